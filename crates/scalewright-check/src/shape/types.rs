//! Values of the wrong type: what was written, what is wanted, and how to write it.

use jsonschema::JsonType;
use jsonschema::error::TypeKind;
use scalewright_model::{Diagnostic, Pointer, Segment};
use serde_json::Value;
use toml::de::{DeArray, DeTable, DeValue};

use super::{context, patterns};
use crate::document::Tree;
use crate::instance::num;

/// The most entries of a list that help writes out.
const MOST_WRITTEN: usize = 12;

/// Reports a value of the wrong type. `property` is the schema of the value.
pub(super) fn wrong(
    name: &str,
    wanted: &TypeKind,
    place: Pointer,
    (tree, property): (&Tree<'_>, Option<&Value>),
) -> Diagnostic {
    let value = tree.value(&place);
    let fraction = matches!(wanted, TypeKind::Multiple(_));
    let wanted = match wanted {
        TypeKind::Single(kind) => *kind,
        TypeKind::Multiple(_) => JsonType::Number,
    };
    let found = value.map_or("something else", |value| found(value));
    let takes = match fraction {
        true => "a number or a fraction in quotes",
        false => wanted_words(wanted),
    };
    let message = format!("{name} takes {takes}, not {found}");
    let help = special(wanted, value, &place, tree)
        .unwrap_or_else(|| general(wanted, value, &place, property));
    Diagnostic::error("wrong-type", message).at(place, "").help(help)
}

/// Whether the entry at `place` of a list has the same type as the one before it, so that one finding is enough for both.
pub(super) fn repeats(place: &Pointer, tree: &Tree<'_>) -> bool {
    let Some(Segment::Index(index)) = place.segments().last() else { return false };
    let Some(before) = index.checked_sub(1) else { return false };
    let kind = |place: &Pointer| tree.value(place).map(found);
    let before = place.parent().index(before);
    kind(&before) == kind(place)
}

/// Returns help for values that people often write in a certain place.
fn special(
    wanted: JsonType,
    value: Option<&DeValue<'_>>,
    place: &Pointer,
    tree: &Tree<'_>,
) -> Option<String> {
    let kind = context::of(place);
    let key = kind.rsplit('.').next().unwrap_or_default();
    Some(match (key, wanted, value?) {
        ("min-proportion" | "more-than-proportion", _, value) => percent(value)?,
        ("missing", JsonType::String, DeValue::Boolean(_)) => {
            "write the rule of the source, such as `missing = \"no-score\"`".to_owned()
        }
        ("missing", JsonType::String, value) if num(value).is_some() => {
            let share = percent(value)?;
            format!("write the rule, such as `missing = \"prorate\"`, and its limit: {share}, as `min-proportion`")
        }
        ("min-answered" | "max-missing", JsonType::Integer, DeValue::String(text)) if text.contains('%') => {
            format!("for a share, write `min-proportion = \"{text}\"`")
        }
        ("stated-range" | "rescale", JsonType::Object, DeValue::Array(list)) => {
            let [low, high] = &numbers(list)[..] else { return None };
            format!("write `{key} = {{ low = {low}, high = {high} }}`")
        }
        ("reliability", JsonType::Object, value) if num(value).is_some() => {
            format!("write `reliability = {{ value = {}, kind = \"alpha\" }}`, with the kind that the source states", plain(value))
        }
        ("weights", JsonType::Object, DeValue::Array(list)) => weights(list, place, tree)?,
        ("recode", JsonType::Array, DeValue::Table(table)) => {
            format!("write `recode = [{{ values = {} }}]`", pairs(table)?)
        }
        ("recode", JsonType::Array, DeValue::String(text)) => {
            format!("write `recode = [{{ use = \"{text}\" }}]`, and give `[recodes.{text}]`")
        }
        ("recode[]", JsonType::Object, DeValue::Array(_)) => {
            "write `recode = [{ values = { 0 = 0, 1 = 2 } }]`: each keyed answer with its value".to_owned()
        }
        ("recode[]", JsonType::Object, DeValue::String(text)) => {
            format!("write `{{ use = \"{text}\" }}`, and give `[recodes.{text}]`")
        }
        ("options[]", JsonType::Object, value) => {
            let Some(Segment::Index(index)) = place.segments().last() else { return None };
            let label = value.as_str().unwrap_or("…");
            format!("write each option with its value: `{{ value = {index}, label = \"{label}\" }}`")
        }
        ("options", JsonType::Array, DeValue::Table(table)) => {
            let (key, label) = table.iter().next()?;
            let (key, label) = (key.get_ref(), label.get_ref().as_str().unwrap_or("…"));
            format!("write a list: `options = [{{ value = {key}, label = \"{label}\" }}, …]`")
        }
        ("bands[]", JsonType::Object, _) | ("bands", JsonType::Array, DeValue::Table(_)) => {
            "write each band as `{ label = \"low\", from = 0, to = 4 }`".to_owned()
        }
        ("groups[]", JsonType::Object, _) => {
            "write each group as `{ mean = 10, sd = 3 }` or `{ table = \"…\" }`".to_owned()
        }
        ("response", JsonType::String, DeValue::Table(_)) => {
            "give the answers below a header `[response-scales.NAME]`, and write `response = \"NAME\"`".to_owned()
        }
        ("items[]" | "mandatory[]", JsonType::String, value) => listed(value, tree)?,
        ("scales[]", JsonType::String, DeValue::Table(_)) => {
            "write the id of each scale in quotes".to_owned()
        }
        _ => return None,
    })
}

/// Returns how to write an entry of a list of items that is a number or a table.
fn listed(value: &DeValue<'_>, tree: &Tree<'_>) -> Option<String> {
    if let DeValue::Table(table) = value {
        let id = table.get("id").or_else(|| table.get("item"))?.get_ref().as_str()?;
        return Some(format!(
            "write only the id: `\"{id}\"`, or `\"-{id}\"` if the item is reverse keyed"
        ));
    }
    let number = plain(value);
    let (sign, digits) = match number.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", number.as_str()),
    };
    let at = digits.parse::<usize>().ok()?.checked_sub(1)?;
    let id = tree.value(&Pointer::entry("items", at).key("id"))?.as_str()?;
    Some(format!("write the id of the item in quotes: `\"{sign}{id}\"`"))
}

fn weights(list: &DeArray<'_>, place: &Pointer, tree: &Tree<'_>) -> Option<String> {
    let scale = place.parent();
    let ids = ["items", "scales"].map(|key| texts(tree.value(&scale.key(key)))).concat();
    let numbers = numbers(list);
    if ids.len() != numbers.len() || ids.len() > MOST_WRITTEN {
        return Some("write each with its id: `weights = { q1 = 1, q2 = 2 }`".to_owned());
    }
    let pair =
        |(id, number): (&&str, &String)| format!("{} = {number}", id.trim_start_matches('-'));
    let pairs: Vec<String> = ids.iter().zip(&numbers).map(pair).collect();
    Some(format!("write each with its id: `weights = {{ {} }}`", pairs.join(", ")))
}

/// Returns how to write a number as a share.
fn percent(value: &DeValue<'_>) -> Option<String> {
    let number: f64 = plain(value).parse().ok()?;
    // A share is at most 1; a larger number is a percentage already.
    let percent = if number <= 1.0 { (number * 1e8).round() / 1e6 } else { number };
    (percent > 0.0).then(|| format!("write `\"{percent}%\"`"))
}

/// Returns help that fits every place.
fn general(
    wanted: JsonType,
    value: Option<&DeValue<'_>>,
    place: &Pointer,
    property: Option<&Value>,
) -> String {
    // Only the header of a table at the top level is just its key.
    let key = match place.segments() {
        [Segment::Key(key)] => Some(key.as_str()),
        _ => None,
    };
    match (wanted, value) {
        (JsonType::String, Some(DeValue::Datetime(date))) => {
            format!("put it in quotes: `\"{date}\"`")
        }
        (JsonType::String, Some(value)) if num(value).is_some() => {
            // In quotes alone, it would be refused for its form.
            let form = property.and_then(patterns::form);
            form.map_or_else(
                || format!("put it in quotes: `\"{}\"`", plain(value)),
                |form| format!("write {form}, in quotes"),
            )
        }
        (JsonType::String, Some(DeValue::Array(_))) => {
            "write one text, without brackets".to_owned()
        }
        (JsonType::Integer | JsonType::Number, Some(value @ DeValue::Float(_)))
            if num(value).is_none() =>
        {
            "write a finite number".to_owned()
        }
        // An integer has the wrong type only if it does not fit into 64 bits.
        (JsonType::Integer, Some(DeValue::Integer(_))) => "write a smaller number".to_owned(),
        (JsonType::Integer, Some(DeValue::Float(_))) => {
            "write a number without decimals".to_owned()
        }
        (JsonType::Integer | JsonType::Number, Some(DeValue::String(text))) => number(text),
        (JsonType::Boolean, Some(DeValue::String(text))) => truth(text),
        (JsonType::Array, Some(DeValue::String(text))) => {
            format!("put it in brackets: `{}`", split(text, place))
        }
        (JsonType::Array, Some(DeValue::Table(table))) if key.is_some() => {
            entries(key.unwrap_or_default(), table)
        }
        (JsonType::Object, Some(DeValue::Array(list))) if key.is_some() => {
            named(key.unwrap_or_default(), list)
        }
        (JsonType::Object, _) => "write a table, such as `{ key = value }`".to_owned(),
        _ => format!("give {}", wanted_words(wanted)),
    }
}

/// Returns how to write a list of tables that was written as one table.
fn entries(key: &str, table: &DeTable<'_>) -> String {
    let named = table.iter().all(|(_, value)| value.get_ref().as_table().is_some());
    match table.iter().next().filter(|_| named) {
        Some((name, _)) => {
            let name = name.get_ref();
            format!(
                "begin each entry with `[[{key}]]`, and write its name below: `id = \"{name}\"`"
            )
        }
        None => format!("for a list of tables, write each as `[[{key}]]`"),
    }
}

/// Returns how to write a table, or tables with names, that were written as a list.
fn named(key: &str, list: &DeArray<'_>) -> String {
    if !context::NAMED.contains(&key) {
        return format!("for one table, write `[{key}]`");
    }
    let first = list.iter().next().and_then(|first| first.get_ref().as_table());
    let name = first.and_then(|table| {
        ["id", "name"].iter().find_map(|key| table.get(*key)?.get_ref().as_str())
    });
    format!("write the name of each in its header, not below: `[{key}.{}]`", name.unwrap_or("NAME"))
}

/// Returns how to write a number that was written as a text.
pub(super) fn number(text: &str) -> String {
    let point = text.trim().replace(',', ".");
    let is_number = point.parse::<f64>().is_ok_and(f64::is_finite);
    match (is_number, text.contains(',')) {
        (true, true) => format!("write it with a point and without quotes: `{point}`"),
        (true, false) => format!("write it without quotes: `{point}`"),
        (false, _) => "give a number, without quotes".to_owned(),
    }
}

fn truth(text: &str) -> String {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "on" => "write `true`, without quotes".to_owned(),
        "false" | "no" | "n" | "0" | "off" => "write `false`, without quotes".to_owned(),
        _ => "give `true` or `false`".to_owned(),
    }
}

/// Returns a list with a text. In a list of ids, commas and spaces separate them.
fn split(text: &str, place: &Pointer) -> String {
    let kind = context::of(place);
    let ids =
        ["items", "scales", "mandatory", "source"].contains(&kind.rsplit('.').next().unwrap_or(""));
    let parts: Vec<&str> = match ids {
        true => text.split([',', ';', ' ']).filter(|part| !part.is_empty()).collect(),
        false => vec![text],
    };
    match parts.len() > MOST_WRITTEN || text.len() > 200 {
        true => "[\"…\", \"…\"]".to_owned(),
        false => list(&parts),
    }
}

/// Returns texts as a list of TOML; a long list is cut.
pub(super) fn list<T: AsRef<str>>(texts: &[T]) -> String {
    let mut parts: Vec<String> =
        texts.iter().take(MOST_WRITTEN).map(|text| format!("\"{}\"", text.as_ref())).collect();
    if texts.len() > MOST_WRITTEN {
        parts.push("…".to_owned());
    }
    format!("[{}]", parts.join(", "))
}

/// Returns the texts in a list.
pub(super) fn texts<'a>(value: Option<&'a DeValue<'_>>) -> Vec<&'a str> {
    let list = value.and_then(DeValue::as_array).into_iter().flat_map(|list| list.iter());
    list.filter_map(|text| text.get_ref().as_str()).collect()
}

fn numbers(list: &DeArray<'_>) -> Vec<String> {
    list.iter().filter(|one| num(one.get_ref()).is_some()).map(|one| plain(one.get_ref())).collect()
}

fn pairs(table: &DeTable<'_>) -> Option<String> {
    if table.iter().count() > MOST_WRITTEN {
        return None;
    }
    let pairs: Vec<String> = table
        .iter()
        .map(|(key, value)| format!("{} = {}", key.get_ref(), plain(value.get_ref())))
        .collect();
    Some(format!("{{ {} }}", pairs.join(", ")))
}

/// Returns a number or a text as it is written, without quotes.
fn plain(value: &DeValue<'_>) -> String {
    match value {
        DeValue::Integer(number) => number.as_str().to_owned(),
        DeValue::Float(number) => number.as_str().to_owned(),
        other => other.as_str().unwrap_or("…").to_owned(),
    }
}

fn wanted_words(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Array => "a list",
        JsonType::Boolean => "`true` or `false`",
        JsonType::Integer => "a whole number",
        JsonType::Number => "a number",
        JsonType::Object => "a table",
        JsonType::String | JsonType::Null => "a text in quotes",
    }
}

fn found(value: &DeValue<'_>) -> &'static str {
    match value {
        DeValue::String(_) => "a text",
        DeValue::Integer(_) if num(value).is_none() => "a number that large",
        DeValue::Float(_) if num(value).is_none() => "an infinite or undefined number",
        DeValue::Integer(_) => "a number",
        DeValue::Float(_) => "a number with decimals",
        DeValue::Boolean(_) => "a truth value",
        DeValue::Datetime(_) => "a date",
        DeValue::Array(_) => "a list",
        DeValue::Table(_) => "a table",
    }
}
