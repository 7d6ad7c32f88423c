//! The variables of DDI-Codebook 2.5.

use super::table::{ASKED, Kind, Part, Role, Value, Variable};
use crate::xml::Xml;

/// The identifier of a table.
pub(super) fn file(part: &Part, what: &str) -> String {
    format!("F.{}.{what}", part.id)
}

/// The identifier of a variable.
fn id(part: &Part, name: &str) -> String {
    format!("V.{}.{name}", part.id)
}

fn ids<'a>(part: &Part, names: impl Iterator<Item = &'a String>) -> String {
    names.map(|name| id(part, name)).collect::<Vec<_>>().join(" ")
}

/// Writes a group for each section with a title, for all items, and for all columns of scores.
pub(super) fn groups(xml: &mut Xml, part: &Part) {
    let mut rest = part.answers.as_slice();
    let mut at = 0;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|item| item.section == first.section).count();
        let (items, after) = rest.split_at(count);
        let section = &first.section;
        let words = [&section.title, &section.lead_in].into_iter().flatten();
        let label: Vec<&str> = words.map(String::as_str).collect();
        if !label.is_empty() {
            let name = format!("G.{}.section.{at}", part.id);
            group(xml, part, (&name, "section", &label.join(" – ")), items);
        }
        at += 1;
        rest = after;
    }
    let both = [("answers", &part.answers), ("scores", &part.scores)];
    for (what, variables) in both.into_iter().filter(|(_, variables)| !variables.is_empty()) {
        let name = format!("G.{}.{what}", part.id);
        group(xml, part, (&name, "file", &format!("{}: {what}", part.title)), variables);
    }
}

fn group(xml: &mut Xml, part: &Part, (name, kind, label): (&str, &str, &str), of: &[Variable]) {
    let variables = ids(part, of.iter().map(|variable| &variable.name));
    let attributes = [("ID", name), ("type", kind), ("var", &variables)];
    xml.nested(&["varGrp"], &attributes, &[("labl", label)]);
}

/// Writes all variables of an instrument. `others` is the same instrument in other languages.
pub(super) fn all(xml: &mut Xml, part: &Part, others: &[&Part]) {
    for (at, variable) in part.variables().enumerate() {
        let others: Vec<(&str, &Variable)> = others
            .iter()
            .filter_map(|other| Some((other.language.as_str(), other.variables().nth(at)?)))
            .collect();
        one(xml, part, variable, &others);
    }
}

fn one(xml: &mut Xml, part: &Part, variable: &Variable, others: &[(&str, &Variable)]) {
    let interval = if variable.kind == Kind::Number { "contin" } else { "discrete" };
    let (id, files) = (id(part, &variable.name), files(part, variable));
    xml.open(
        "var",
        &[("ID", &id), ("name", &variable.name), ("files", &files), ("intrvl", interval)],
    );
    xml.text("labl", &variable.label);
    for (language, other) in others {
        xml.worded("labl", &[("xml:lang", language)], &other.label);
    }
    question(xml, variable, None);
    others.iter().for_each(|(language, other)| question(xml, other, Some(language)));
    ranges(xml, variable);
    let (asked, notes): (Vec<_>, Vec<_>) =
        variable.notes.iter().partition(|(name, _)| *name == ASKED);
    asked.into_iter().for_each(|(_, text)| xml.text("universe", text));
    categories(xml, variable, others);
    derivation(xml, part, variable);
    format(xml, variable);
    for (name, text) in notes.into_iter().filter(|_| variable.role == Role::Item) {
        xml.worded("notes", &[("type", name)], text);
    }
    xml.close();
}

/// The identifiers of the tables that contain a variable.
fn files(part: &Part, variable: &Variable) -> String {
    let (answers, scores) = (file(part, "answers"), file(part, "scores"));
    match variable.role {
        Role::Key if part.scores.is_empty() => answers,
        Role::Key => format!("{answers} {scores}"),
        Role::Item => answers,
        Role::Score | Role::Answered | Role::Prorated | Role::Band => scores,
    }
}

/// The question of an item.
fn question(xml: &mut Xml, variable: &Variable, language: Option<&str>) {
    if variable.role != Role::Item {
        return;
    }
    let domain = match variable.kind {
        Kind::Integer if !variable.values.is_empty() => "code",
        Kind::Integer | Kind::Number => "numeric",
        Kind::Several => "multiple",
        Kind::Date | Kind::Time => "datetime",
        Kind::Text | Kind::Truth => "text",
    };
    let mut attributes = vec![("responseDomainType", domain)];
    attributes.extend(language.map(|language| ("xml:lang", language)));
    let section = &variable.section;
    let before = section.lead_in.as_deref().map(|text| ("preQTxt", text));
    let own = ("qstnLit", variable.label.as_str());
    let after = section.instructions.as_deref().map(|text| ("ivuInstr", text));
    let texts: Vec<_> = before.into_iter().chain([own]).chain(after).collect();
    xml.nested(&["qstn"], &attributes, &texts);
}

/// The limits of a number, and the codes for missing answers.
fn ranges(xml: &mut Xml, variable: &Variable) {
    let number = scalewright_scoring::emit::digits;
    let units = if variable.kind == Kind::Integer { "INT" } else { "REAL" };
    let (min, max) = (variable.min.map(number), variable.max.map(number));
    let mut limits = vec![("UNITS", units)];
    limits.extend(min.as_deref().map(|min| ("min", min)));
    limits.extend(max.as_deref().map(|max| ("max", max)));
    if limits.len() > 1 {
        xml.open("valrng", &[]);
        xml.empty("range", &limits);
        xml.close();
    }
    if variable.missing().next().is_some() {
        xml.open("invalrng", &[]);
        for value in variable.missing() {
            xml.empty("item", &[("UNITS", "INT"), ("VALUE", &value.value)]);
        }
        xml.close();
    }
}

fn categories(xml: &mut Xml, variable: &Variable, others: &[(&str, &Variable)]) {
    for (at, value) in variable.values.iter().enumerate() {
        let others: Vec<(&str, &Value)> = others
            .iter()
            .filter_map(|(language, other)| Some((*language, other.values.get(at)?)))
            .collect();
        category(xml, value, &others);
    }
}

fn category(xml: &mut Xml, value: &Value, others: &[(&str, &Value)]) {
    let missing = [("missing", "Y")];
    xml.open("catgry", if value.is_missing { &missing } else { &[] });
    xml.text("catValu", &value.value);
    xml.text("labl", &value.label);
    for (language, other) in others {
        xml.worded("labl", &[("xml:lang", language)], &other.label);
    }
    for text in value.limits.iter().chain(&value.code) {
        xml.text("txt", text);
    }
    xml.close();
}

/// How a score is computed: in words, and as the formula of the definition.
fn derivation(xml: &mut Xml, part: &Part, variable: &Variable) {
    if variable.role == Role::Item || variable.inputs.is_empty() {
        return;
    }
    let inputs = ids(part, variable.inputs.iter());
    xml.open("derivation", &[("var", &inputs)]);
    let (formula, notes): (Vec<_>, Vec<_>) =
        variable.notes.iter().partition(|(name, _)| *name == "formula");
    let lines: Vec<String> = notes.iter().map(|(name, text)| format!("{name}: {text}")).collect();
    let words = if lines.is_empty() { variable.label.clone() } else { lines.join("\n") };
    xml.text("drvdesc", &words);
    for (_, text) in formula {
        xml.worded("drvcmd", &[("syntax", "scalewright")], text);
    }
    xml.close();
}

fn format(xml: &mut Xml, variable: &Variable) {
    let (kind, category) = match variable.kind {
        Kind::Integer | Kind::Number => ("numeric", "other"),
        Kind::Text | Kind::Truth | Kind::Several => ("character", "other"),
        Kind::Date => ("character", "date"),
        Kind::Time => ("character", "time"),
    };
    xml.empty("varFormat", &[("type", kind), ("category", category)]);
}
