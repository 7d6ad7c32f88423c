//! Questions as items.

use scalewright_model::Code;
use serde_json::Value as Json;

use super::json::{extension, list, text, truth};
use super::kinds::{self, has_control};
use super::numbers::coded;
use super::options::{self, Listed, Options};
use super::reader::Reader;
use crate::fhirpath::{Answered, Offered, Question};
use crate::finding::Kind;
use crate::form::{Choice, Item, Response, ResponseKind};
use crate::words::Words;

/// Yes and no as expressions see them.
pub(super) fn yes_no(item: usize) -> Answered {
    let offered = [(1, true), (0, false)].map(|(value, yes)| Offered {
        value: value.into(),
        json: Json::Bool(yes),
        weight: None,
    });
    Answered::One { item, offered: offered.to_vec() }
}

/// Adds the items of a question, and says what expressions see. `node` is its position in the world.
pub(super) fn add<'j>(
    reader: &mut Reader<'j>,
    item: &'j Json,
    pointer: &str,
    section: Option<usize>,
    node: usize,
) -> Option<Question> {
    let link_id = reader.world.nodes[node].link_id.clone();
    let stem = stem(reader, item, pointer, &link_id);
    let mut asked = Item {
        id: String::new(),
        column: link_id.clone(),
        number: text(item, "prefix").map(|prefix| prefix.trim().to_owned()),
        stem,
        response: 0,
        section,
        required: truth(item, "required"),
        condition: None,
        place: reader.place(pointer),
    };
    let options = options::read(reader, item, pointer);
    let kind = text(item, "type").unwrap_or_default();
    let chooses = matches!(kind, "choice" | "open-choice" | "coding");
    match options {
        Options::Listed(listed) => Some(choose(reader, item, pointer, (asked, node), listed)),
        Options::Unclear(why) if chooses => Some(written(reader, pointer, (asked, node), &why)),
        Options::None if chooses => {
            Some(written(reader, pointer, (asked, node), "it has no options"))
        }
        Options::Unclear(_) | Options::None => {
            if truth(item, "repeats") {
                let message = "it takes several answers; one is imported";
                reader.report(Kind::NotUnderstood, "repeats", pointer, message);
            }
            let position = reader.form.items.len();
            let read = kinds::read(reader, item, pointer, position);
            let Some((key, response, answered)) = read else {
                let message = format!("a question of the type `{kind}` is not imported");
                reader.report(Kind::NotUnderstood, "question", pointer, message);
                return None;
            };
            asked.id = reader.ids.item(&link_id);
            asked.response = self::response(reader, response, &asked.id, pointer);
            push(reader, asked, node);
            Some(Question { key, answered })
        }
    }
}

/// Keeps the codes of a question that has become one item: the one after `before` items.
pub(super) fn codes(reader: &mut Reader<'_>, item: &Json, before: usize) {
    let code = |coding: &Json| {
        let (system, code) = (text(coding, "system")?, text(coding, "code")?);
        Some(Code { system: system.to_owned(), code: code.to_owned() })
    };
    let codes: Vec<Code> = list(item, "code").iter().filter_map(code).collect();
    if !codes.is_empty() && reader.form.items.len() == before + 1 {
        reader.form.codes.insert(before, codes);
    }
}

fn push(reader: &mut Reader<'_>, item: Item, node: usize) {
    let position = reader.form.items.len();
    reader.asked[node].items.push(position);
    reader.form.items.push(item);
}

/// The words of a question.
fn stem(reader: &mut Reader<'_>, item: &Json, pointer: &str, link_id: &str) -> Words {
    let mut stem = reader.words(item, "text", pointer);
    if stem.is_empty() {
        let message = "the question has no words: its link id is taken";
        reader.report_many((Kind::Assumed, "no-words"), pointer, message);
        stem.add(&reader.language.clone(), if link_id.is_empty() { "?" } else { link_id });
    }
    stem
}

/// A question whose options are not known, as free text.
fn written(
    reader: &mut Reader<'_>,
    pointer: &str,
    (mut asked, node): (Item, usize),
    why: &str,
) -> Question {
    reader.report_with(
        (Kind::NotUnderstood, "options"),
        pointer,
        format!("{why}: the question is imported as free text"),
        "give its response scale options",
    );
    asked.id = reader.ids.item(&asked.column);
    asked.response = response(reader, ResponseKind::Text(1), &asked.id, pointer);
    let item = Some(reader.form.items.len());
    push(reader, asked, node);
    Question { key: "valueCoding", answered: Answered::Other { item } }
}

/// A question with options.
fn choose(
    reader: &mut Reader<'_>,
    item: &Json,
    pointer: &str,
    (mut asked, node): (Item, usize),
    listed: Vec<Listed>,
) -> Question {
    let key = match listed.first().map(|listed| &listed.json) {
        Some(Json::Number(_)) => "valueInteger",
        Some(Json::String(_)) => "valueString",
        _ => "valueCoding",
    };
    let (choices, offered, has_no_numbers) = coded(reader, listed, pointer);
    let constraint = text(item, "answerConstraint").unwrap_or_default();
    let is_open = text(item, "type") == Some("open-choice")
        || matches!(constraint, "optionsOrString" | "optionsOrType");
    let link_id = asked.column.clone();
    let repeats = truth(item, "repeats") || has_control(item, "check-box");
    let answered = if repeats && is_looked_into(reader, &link_id) {
        ticked(reader, pointer, (&asked, node), &choices, offered)
    } else {
        asked.id = reader.ids.item(&link_id);
        let position = reader.form.items.len();
        let (kind, answered) = if repeats {
            (ResponseKind::Several(choices), Answered::Other { item: Some(position) })
        } else {
            (ResponseKind::Coded(choices), Answered::One { item: position, offered })
        };
        asked.response = response(reader, kind, "", pointer);
        if has_no_numbers {
            reader.unnumbered.entry(asked.response).or_insert_with(|| pointer.to_owned());
        }
        push(reader, asked.clone(), node);
        answered
    };
    if is_open {
        other(reader, item, pointer, (&asked, node));
    }
    Question { key, answered }
}

/// Whether a condition or an expression names a question.
fn is_looked_into(reader: &Reader<'_>, link_id: &str) -> bool {
    ['\'', '"'].iter().any(|quote| reader.expressions.contains(&format!("{quote}{link_id}{quote}")))
}

/// A yes-no item for each option, because a rule looks into the answers.
fn ticked(
    reader: &mut Reader<'_>,
    pointer: &str,
    (asked, node): (&Item, usize),
    choices: &[Choice],
    offered: Vec<Offered>,
) -> Answered {
    let kind = ResponseKind::YesNo { yes: Words::default(), no: Words::default() };
    let response = response(reader, kind, "", pointer);
    let mut all = Vec::new();
    for (choice, offered) in choices.iter().zip(offered) {
        let position = reader.form.items.len();
        let column = format!("{}_{}", asked.column, choice.stored);
        let mut stem = Words::default();
        for (language, text) in asked.stem.iter() {
            let label = choice.label.of(language).unwrap_or(&choice.stored);
            stem.add(language, &format!("{text} {label}"));
        }
        let id = reader.ids.item(&column);
        let item = Item { id, column, stem, response, required: false, ..asked.clone() };
        push(reader, item, node);
        all.push((position, offered));
    }
    let message =
        "several answers are possible, and a rule looks into them: each option is a yes-no item";
    reader.report(Kind::Changed, "several-choice", pointer, message);
    Answered::Several(all)
}

/// The item for words beside the options.
fn other(reader: &mut Reader<'_>, item: &Json, pointer: &str, (asked, node): (&Item, usize)) {
    let column = format!("{}_other", asked.column);
    let id = reader.ids.item(&column);
    let label = extension(item, "openLabel").and_then(Json::as_str);
    let stem = match label {
        Some(label) => {
            let mut words = Words::default();
            words.add(&reader.language.clone(), label);
            words
        }
        None => asked.stem.map(|stem| format!("{stem} (…)")),
    };
    let response = response(reader, ResponseKind::Text(1), &id, pointer);
    let message = format!("words beside the options are a text item of their own, `{id}`");
    reader.report(Kind::Changed, "open-choice", pointer, message);
    let number = None;
    push(
        reader,
        Item { id, column, number, stem, response, required: false, ..asked.clone() },
        node,
    );
}

/// The position of a response scale, which items with the same one share. Without a name it is called `answers_1` and so
/// on.
fn response(reader: &mut Reader<'_>, kind: ResponseKind, name: &str, pointer: &str) -> usize {
    let own = matches!(kind, ResponseKind::Numeric { .. } | ResponseKind::VisualAnalogue { .. });
    // A number has a scale of its own, so that its bounds can be changed for one item.
    let content = if own { format!("{name} {kind:?}") } else { format!("{kind:?}") };
    if let Some(known) = reader.shared.get(&content) {
        return *known;
    }
    let position = reader.form.responses.len();
    let wanted = match &kind {
        ResponseKind::Coded(_) | ResponseKind::Several(_) => {
            let is_listed = |response: &&Response| {
                matches!(response.kind, ResponseKind::Coded(_) | ResponseKind::Several(_))
            };
            let before = reader.form.responses.iter().filter(is_listed).count();
            format!("answers_{}", before + 1)
        }
        ResponseKind::YesNo { .. } => "yes_no".to_owned(),
        ResponseKind::Text(1) => "text".to_owned(),
        ResponseKind::Text(_) => "long_text".to_owned(),
        ResponseKind::Date => "date".to_owned(),
        ResponseKind::Time => "time".to_owned(),
        ResponseKind::Numeric { .. } | ResponseKind::VisualAnalogue { .. } => name.to_owned(),
    };
    let name = reader.ids.response(&wanted);
    let place = reader.place(pointer);
    reader.form.responses.push(Response { name, kind, place });
    reader.shared.insert(content, position);
    position
}
