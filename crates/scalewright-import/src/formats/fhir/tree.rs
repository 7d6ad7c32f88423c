//! Goes through the items of a questionnaire.

use scalewright_model::Stop;
use serde_json::Value as Json;

use super::json::{choice, extension, extensions, list, short, text, truth};
use super::kinds::has_control;
use super::questions;
use super::reader::{Asked, Reader};
use super::sections::{Group, Groups, joined};
use crate::fhirpath::{Calculated, Node, Variable, parse};
use crate::finding::Kind;
use crate::words::Words;

/// The greatest number of items, groups and texts included.
const MOST: usize = 5_000;

/// Elements of an item that are read.
const KNOWN: [&str; 20] = [
    "id",
    "extension",
    "linkId",
    "prefix",
    "text",
    "_text",
    "type",
    "enableWhen",
    "enableBehavior",
    "required",
    "repeats",
    "readOnly",
    "answerOption",
    "option",
    "options",
    "answerValueSet",
    "answerConstraint",
    "item",
    "initial",
    "_prefix",
];

/// Extensions of an item that are read, or that only say how it is shown.
const SHOWN: [&str; 25] = [
    "calculatedExpression",
    "enableWhenExpression",
    "variable",
    "itemControl",
    "hidden",
    "minValue",
    "maxValue",
    "maxDecimalPlaces",
    "unit",
    "unitOption",
    "choiceOrientation",
    "sliderStepValue",
    "openLabel",
    "designNote",
    "observationExtract",
    "rendering-style",
    "rendering-xhtml",
    "rendering-markdown",
    "initialExpression",
    "answerExpression",
    "candidateExpression",
    "constraint",
    "targetConstraint",
    "answerOptionsToggleExpression",
    "cqf-expression",
];

/// Reads all items.
pub(super) fn read(reader: &mut Reader<'_>) -> Result<(), Stop> {
    let json = reader.json;
    gather(json, &mut reader.expressions);
    variables(reader, json, "", 0);
    let mut walk = Walk { groups: Groups::default() };
    walk.items(reader, json, ("", 0), false)?;
    walk.end(reader);
    Ok(())
}

/// Adds all expressions, and the questions that conditions name in quotes.
fn gather(json: &Json, out: &mut String) {
    match json {
        Json::Array(all) => all.iter().for_each(|of| gather(of, out)),
        Json::Object(object) => {
            for (key, of) in object {
                match of.as_str() {
                    Some(text) if key == "expression" => out.push_str(text),
                    Some(text) if key == "question" => {
                        out.push('\'');
                        out.push_str(text);
                        out.push('\'');
                    }
                    Some(_) => {}
                    None => gather(of, out),
                }
                out.push(' ');
            }
        }
        _ => {}
    }
}

/// Warns of what engines do differently.
fn unsure(reader: &mut Reader<'_>, written: &str, pointer: &str) {
    let plain: String = written.split_whitespace().collect();
    if plain.contains("valueDecimal.toInteger()") || plain.contains("weight().toInteger()") {
        let message = "`toInteger()` of a decimal is empty by the specification; engines give the number if it is whole, and so does this import";
        reader.report_many((Kind::Doubtful, "to-integer"), pointer, message);
    }
}

/// Reads the variables of the questionnaire or of an item.
fn variables(reader: &mut Reader<'_>, json: &Json, pointer: &str, owner: usize) {
    for (at, extension) in extensions(json, "variable") {
        let pointer = format!("{pointer}/extension/{at}");
        let Some((_, expression)) = choice(extension, "value") else { continue };
        let Some(name) = text(expression, "name") else {
            reader.report(Kind::Doubtful, "variable", &pointer, "a variable has no name");
            continue;
        };
        let written = expression_of(expression);
        unsure(reader, written.as_deref().unwrap_or_default(), &pointer);
        let ast = written.and_then(parse);
        if let Err(why) = &ast {
            let message = format!("the variable `%{name}`: {why}");
            reader.report(Kind::NotUnderstood, "variable", &pointer, message);
        }
        reader.world.variables.push(Variable { name: name.to_owned(), owner, ast });
    }
}

/// The text of an expression in FHIRPath.
pub(super) fn expression_of(expression: &Json) -> Result<&str, String> {
    match text(expression, "language") {
        None | Some("text/fhirpath") => {}
        Some(other) => return Err(format!("it is written in `{other}`")),
    }
    let plain = expression.as_str().or_else(|| text(expression, "expression"));
    plain.ok_or_else(|| "it is stored in another resource".to_owned())
}

struct Walk {
    groups: Groups,
}

impl Walk {
    fn items<'j>(
        &mut self,
        reader: &mut Reader<'j>,
        of: &'j Json,
        (pointer, parent): (&str, usize),
        hidden: bool,
    ) -> Result<(), Stop> {
        for (at, item) in list(of, "item").iter().enumerate() {
            let pointer = format!("{pointer}/item/{at}");
            self.item(reader, item, (&pointer, parent), hidden)?;
        }
        Ok(())
    }

    fn item<'j>(
        &mut self,
        reader: &mut Reader<'j>,
        item: &'j Json,
        (pointer, parent): (&str, usize),
        hidden: bool,
    ) -> Result<(), Stop> {
        if !item.is_object() {
            reader.report(Kind::NotUnderstood, "item", pointer, "an item is not an object");
            return Ok(());
        }
        let node = node(reader, item, pointer, parent)?;
        variables(reader, item, pointer, node);
        details(reader, item, pointer);
        let hidden = hidden || extension(item, "hidden").and_then(Json::as_bool) == Some(true);
        let calculated = extension(item, "calculatedExpression");
        match (text(item, "type"), calculated) {
            (Some("group"), _) => return self.group(reader, item, (pointer, node), hidden),
            (Some("display"), _) => {
                if hidden {
                    let message = "a hidden text is not imported";
                    reader.report_many((Kind::NotUnderstood, "hidden-text"), pointer, message);
                } else {
                    self.display(reader, item, pointer, (parent, node));
                }
            }
            (_, Some(expression)) => score(reader, item, (pointer, node), expression),
            (kind, None) => {
                let read_only = truth(item, "readOnly");
                if hidden || read_only {
                    let how = if hidden { "hidden" } else { "read only" };
                    let message =
                        format!("the question is {how} and is not computed: it is not imported");
                    reader.report(Kind::NotUnderstood, "not-asked", pointer, message);
                } else if kind.is_none() {
                    reader.report(Kind::NotUnderstood, "item", pointer, "the item has no type");
                } else {
                    let section = self.groups.section(reader);
                    let before = reader.form.items.len();
                    reader.world.nodes[node].question =
                        questions::add(reader, item, pointer, section, node);
                    questions::codes(reader, item, before);
                }
            }
        }
        self.items(reader, item, (pointer, node), hidden)
    }

    fn group<'j>(
        &mut self,
        reader: &mut Reader<'j>,
        item: &'j Json,
        (pointer, node): (&str, usize),
        hidden: bool,
    ) -> Result<(), Stop> {
        if truth(item, "repeats") {
            let message = "the group is repeated; it is imported once";
            reader.report(Kind::NotUnderstood, "repeats", pointer, message);
        }
        if extension(item, "calculatedExpression").is_some() {
            let message = "the group has a computed value";
            reader.report(Kind::NotUnderstood, "calculated", pointer, message);
        }
        let title = reader.words(item, "text", pointer);
        let link_id = reader.world.nodes[node].link_id.clone();
        self.groups.open.push(Group { link_id, title, ..Group::default() });
        let read = self.items(reader, item, (pointer, node), hidden);
        if let Some(group) = self.groups.open.pop().filter(|group| !group.is_printed) {
            unprinted(reader, &group, pointer);
        }
        read
    }

    /// A text: instructions, a lead-in, a note, or the words of a control of a question.
    fn display(
        &mut self,
        reader: &mut Reader<'_>,
        item: &Json,
        pointer: &str,
        (parent, node): (usize, usize),
    ) {
        // The ends of a line and a unit are read with their question.
        if ["lower", "upper", "unit"].iter().any(|control| has_control(item, control)) {
            return;
        }
        let words = reader.words(item, "text", pointer);
        if words.is_empty() {
            return;
        }
        if has_control(item, "legal") {
            return self::legal(reader, words, pointer);
        }
        let is_help = ["help", "flyover", "footer", "prompt"]
            .iter()
            .any(|control| has_control(item, control));
        let is_inside_question = reader.world.nodes[parent].question.is_some();
        if is_help || is_inside_question {
            reader.report(Kind::NotUnderstood, "help-text", pointer, "a help text is not imported");
            return;
        }
        let link_id = text(item, "linkId").unwrap_or_default();
        let before = reader.asked[parent].items.is_empty() && !self.has_begun(reader, parent);
        if !list(item, "enableWhen").is_empty() || extension(item, "enableWhenExpression").is_some()
        {
            let is_after = !before && self.groups.pending.is_empty();
            reader.asked[node].note = reader.note(link_id, (words, pointer), is_after);
            return;
        }
        let is_below_words = self.groups.open.iter().any(Group::has_words);
        match self.groups.open.last_mut() {
            // Otherwise the group would have to be divided, and its heading printed again.
            Some(_) if !before && is_below_words && self.groups.pending.is_empty() => {
                reader.note(link_id, (words, pointer), true);
            }
            Some(group) if before && link_id.ends_with("lead-in") => group.lead_in = words,
            Some(group) if before => {
                group.instructions = joined(&[&group.instructions, &words], "\n")
            }
            None if !self.groups.has_items && self.groups.pending.is_empty() => {
                let all = joined(&[&reader.form.titled.instructions, &words], "\n");
                reader.form.titled.instructions = all;
            }
            _ => {
                link_id.clone_into(&mut self.groups.pending_name);
                self.groups.pending = joined(&[&self.groups.pending, &words], "\n");
                pointer.clone_into(&mut self.groups.pending_at);
            }
        }
    }

    /// Whether a group has an item already.
    fn has_begun(&self, reader: &Reader<'_>, group: usize) -> bool {
        let inside = reader.world.inside(group);
        inside.iter().any(|node| !reader.asked[*node].items.is_empty())
    }

    fn end(&mut self, reader: &mut Reader<'_>) {
        let words = std::mem::take(&mut self.groups.pending);
        if !words.is_empty() {
            let pointer = std::mem::take(&mut self.groups.pending_at);
            let name = std::mem::take(&mut self.groups.pending_name);
            reader.note(&name, (words, &pointer), true);
        }
    }
}

/// Keeps the texts of a group without items as a note, and reports its heading.
fn unprinted(reader: &mut Reader<'_>, group: &Group, pointer: &str) {
    let texts = group.texts();
    if !texts.is_empty() {
        reader.note(&group.link_id, (joined(&[&group.title, &texts], "\n"), pointer), false);
    } else if !group.title.is_empty() {
        let message = "the group has no items, and its heading is not imported";
        reader.report(Kind::NotUnderstood, "empty-group", pointer, message);
    }
}

/// A legal text is the notice, unless the questionnaire has one.
fn legal(reader: &mut Reader<'_>, words: Words, pointer: &str) {
    let notice = &mut reader.form.titled.notice;
    if notice.is_empty() {
        *notice = words;
        return;
    }
    let is_known = words.iter().all(|(language, text)| {
        notice.of(language).is_none_or(|notice| notice.contains(text) || text.contains(notice))
    });
    if !is_known {
        let message = "a legal text is not imported, because the questionnaire has another one as its copyright";
        reader.report(Kind::NotUnderstood, "legal-text", pointer, message);
    }
}

/// Adds an item to the world.
fn node<'j>(
    reader: &mut Reader<'j>,
    item: &'j Json,
    pointer: &str,
    parent: usize,
) -> Result<usize, Stop> {
    let node = reader.world.nodes.len();
    if node > MOST {
        let message = format!("`{}` has more than {MOST} items", reader.file);
        return Err(Stop::wrong(message).help("split the questionnaire"));
    }
    let link_id = text(item, "linkId").unwrap_or_default().to_owned();
    if link_id.is_empty() {
        reader.report(Kind::Doubtful, "no-link-id", pointer, "the item has no link id");
    } else if reader.by_link.contains_key(&link_id) {
        let message = format!("the link id `{link_id}` is used twice; rules mean the first item");
        reader.report(Kind::Doubtful, "same-link-id", pointer, message);
    } else {
        reader.by_link.insert(link_id.clone(), node);
    }
    let text = text(item, "text").unwrap_or_default().to_owned();
    let pointer = pointer.to_owned();
    reader.world.nodes[parent].children.push(node);
    reader.world.nodes.push(Node { link_id, text, parent, pointer, ..Node::default() });
    reader.asked.push(Asked { items: Vec::new(), note: None, json: Some(item) });
    Ok(node)
}

/// Reports what is not read of an item.
fn details(reader: &mut Reader<'_>, item: &Json, pointer: &str) {
    for key in item.as_object().into_iter().flat_map(|object| object.keys()) {
        if !KNOWN.contains(&key.as_str()) {
            reader.ignore(key, &format!("{pointer}/{key}"));
        }
    }
    let texts = item.get("_text").unwrap_or(&Json::Null);
    if extension(texts, "cqf-expression").is_some() {
        let message = "the text is computed by an expression; the text without it is imported";
        reader.report(Kind::NotUnderstood, "computed-text", pointer, message);
    }
    if !list(item, "initial").is_empty() {
        let message = "the question has an initial answer, which is not imported";
        reader.report(Kind::NotUnderstood, "initial", &format!("{pointer}/initial"), message);
    }
    let skipped: [(&str, &str); 5] = [
        ("initialExpression", "the initial answer is computed, and is not imported"),
        ("constraint", "a rule for valid answers is not imported"),
        ("targetConstraint", "a rule for valid answers is not imported"),
        (
            "answerOptionsToggleExpression",
            "options that are offered only sometimes are always offered",
        ),
        ("cqf-expression", "a value is computed, and is not imported"),
    ];
    for (at, extension) in list(item, "extension").iter().enumerate() {
        let name = text(extension, "url").map(short).unwrap_or_default();
        let pointer = format!("{pointer}/extension/{at}");
        match skipped.iter().find(|(known, _)| *known == name) {
            Some((_, message)) => {
                reader.report(Kind::NotUnderstood, "expression", &pointer, *message);
            }
            None if SHOWN.contains(&name) => {}
            None => reader.ignore(name, &pointer),
        }
    }
}

/// Adds a calculated item.
fn score(reader: &mut Reader<'_>, item: &Json, (pointer, node): (&str, usize), expression: &Json) {
    let at = extensions(item, "calculatedExpression").next().map_or(0, |(at, _)| at);
    if extensions(item, "calculatedExpression").count() > 1 {
        let message = "it has several computed values; the first is read";
        reader.report(Kind::NotUnderstood, "calculated", pointer, message);
    }
    if !truth(item, "readOnly") && extension(item, "hidden").is_none() {
        let message = "respondents may change the computed value; it is imported as a score";
        reader.report(Kind::Note, "calculated", pointer, message);
    }
    let written = expression_of(expression);
    unsure(reader, written.as_deref().unwrap_or_default(), pointer);
    let ast = written.clone().and_then(parse);
    let written = written.map_or_else(|_| expression.to_string(), str::to_owned);
    let key = match text(item, "type").unwrap_or_default() {
        "boolean" => "valueBoolean",
        "integer" => "valueInteger",
        "quantity" => "valueQuantity",
        "string" | "text" => "valueString",
        "choice" | "open-choice" | "coding" => "valueCoding",
        _ => "valueDecimal",
    };
    let mut title = reader.words(item, "text", pointer);
    let link_id = reader.world.nodes[node].link_id.clone();
    if title.is_empty() {
        title.add(&reader.language.clone(), &link_id);
    }
    let place = reader.place(pointer);
    let id = reader.ids.item(&link_id);
    reader.world.nodes[node].score = Some(reader.world.calculated.len());
    reader.world.calculated.push(Calculated { node, key, ast });
    reader.titles.push((title, place, id));
    let place = reader.place(&format!("{pointer}/extension/{at}"));
    reader.texts.push((written, place));
}
