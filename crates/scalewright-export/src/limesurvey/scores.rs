//! Scores, their marks and bands, and cleaned answers as equations that are not shown.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{ItemIx, OptionValue, ResponseKind, TOLERANCE, UNLIMITED};
use scalewright_scoring::Accepted;

use super::codes::{Codes, LINE, Namer, coded};
use super::form::{Form, Run};
use super::model::{Question, Text};
use super::syntax::{MISSING, decimal, reference, referred};
use crate::ExportRequest;
use crate::code::script::{Column, Content, Kind};

/// A clock time in an expression, in which braces are reserved.
const CLOCK: &str = "/^([01][0-9]|2[0-3]):[0-5][0-9]$/";

/// What refers to the answer of each item and to the number of each scale, by the names that the shared code asks for.
pub(super) fn variables(
    request: &ExportRequest<'_>,
    codes: &Codes,
    runs: &[Run],
    ending: &str,
) -> BTreeMap<String, String> {
    let instrument = request.instrument;
    let mut variables = BTreeMap::new();
    for (at, item) in instrument.items.iter().enumerate() {
        let stored = Form::stored(request, runs, at);
        let own = match cleaning(request, at, &stored) {
            None => stored,
            Some(_) => reference(&cleaned_code(at, ending)),
        };
        variables.insert(item.id.clone(), own);
    }
    for (at, scale) in instrument.scales.iter().enumerate() {
        // The equation with the code of the scale contains the word of a score that is a word.
        let own = match scale.words() {
            None => reference(&codes.scales[at]),
            Some(_) => reference(&format!("{LINE}{at}w{ending}")),
        };
        let is_item = variables.contains_key(&scale.id);
        let id = if is_item { format!("{}_score", scale.id) } else { scale.id.clone() };
        variables.insert(id, own);
    }
    variables
}

fn cleaned_code(item: usize, ending: &str) -> String {
    format!("{LINE}{item}a{ending}")
}

/// The expression of the cleaned answer to an item. `None` if the stored answer is already one, or if none is scored.
fn cleaning(request: &ExportRequest<'_>, at: usize, stored: &str) -> Option<String> {
    let item = ItemIx(at);
    if request.instrument.response(item).kind == ResponseKind::Time {
        let minutes =
            format!("intval(substr({stored}, 0, 2)) * 60 + intval(substr({stored}, 3, 2))");
        return Some(format!("if(regexMatch('{CLOCK}', {stored}), {minutes}, {MISSING})"));
    }
    match &request.program.answer(item)?.accepted {
        Accepted::Values(values) => of_codes(request, item, values, stored),
        // Read option by option.
        Accepted::Choices(_) => None,
        Accepted::Between { min, max, decimals: _ } => {
            let ends = [("ge", min - TOLERANCE), ("le", max + TOLERANCE)];
            let ends = ends.iter().filter(|(_, end)| end.abs() < UNLIMITED);
            let tests: Vec<String> =
                ends.map(|(word, end)| format!("{stored} {word} {}", signed(*end))).collect();
            if tests.is_empty() {
                return None;
            }
            let tests = tests.join(" and ");
            Some(format!("if(!is_empty({stored}) and {tests}, {stored}, {MISSING})"))
        }
    }
}

fn signed(value: f64) -> String {
    if value < 0.0 { format!("({})", decimal(value)) } else { decimal(value) }
}

/// The number for each code. `None` if every code is the number that it means.
fn of_codes(
    request: &ExportRequest<'_>,
    item: ItemIx,
    values: &[OptionValue],
    stored: &str,
) -> Option<String> {
    let codes = coded(request.instrument, item);
    let is_accepted = |value: OptionValue| values.contains(&value);
    if codes.iter().all(|(code, value)| is_accepted(*value) && *code == value.to_string()) {
        return None;
    }
    let accepted = codes.iter().filter(|(_, value)| is_accepted(*value));
    let choice = |rest: String, (code, value): &(String, OptionValue)| {
        let value = if value.number() < 0.0 { format!("({value})") } else { value.to_string() };
        format!("if({stored} eq '{code}', {value}, {rest})")
    };
    Some(accepted.rev().fold(MISSING.to_owned(), choice))
}

/// The equations of an instrument in an order in which each follows those that it refers to, and the code and the name
/// of each column of results.
pub(super) fn equations(
    form: &Form<'_>,
    namer: &mut Namer,
) -> (Vec<Question>, Vec<(String, String)>) {
    let script = &form.script;
    let (mut all, mut named) = (Vec::new(), Vec::new());
    for item in &script.items {
        let stored = Form::stored(form.request, &form.runs, item.ix.0);
        if let Some(expression) = cleaning(form.request, item.ix.0, &stored) {
            let code = cleaned_code(item.ix.0, &form.expressions.ending);
            all.push(number(&code, Text::default(), &expression));
        }
    }
    for block in &script.blocks {
        for line in &block.lines {
            // The line of a number is its result.
            let is_result =
                referred(&line.name) == form.codes.scales[block.scale.0] && !line.text.is_empty();
            let title = if is_result { title(form, block.scale.0) } else { Text::default() };
            all.push(number(referred(&line.name), title, &line.text));
        }
        for column in script.columns.iter().filter(|column| column.scale == block.scale) {
            let code = code(form, column, namer);
            all.extend(result(form, column, &code));
            named.push((code, column.name.clone()));
        }
    }
    all.extend(
        script.rest.iter().map(|line| number(referred(&line.name), Text::default(), &line.text)),
    );
    (all, named)
}

/// The code of the equation of a column.
fn code(form: &Form<'_>, column: &Column, namer: &mut Namer) -> String {
    match column.content {
        Content::Score => form.codes.scales[column.scale.0].clone(),
        Content::Answered | Content::Prorated | Content::Band(_) => namer.name(&column.name),
    }
}

fn title(form: &Form<'_>, scale: usize) -> Text {
    form.languages.text(|wording| Some(wording.scales[scale].title.clone()))
}

/// The equation of a column; `None` if a line has its code already.
fn result(form: &Form<'_>, column: &Column, code: &str) -> Option<Question> {
    if column.content == Content::Score && column.text.text == reference(code) {
        return None;
    }
    let title = title(form, column.scale.0);
    Some(match column.kind {
        Kind::Number | Kind::Truth | Kind::Count => number(code, title, &column.text.text),
        Kind::Word | Kind::Label => equation(code, title, &column.text.text),
    })
}

/// An equation. It is never shown.
pub(super) fn equation(code: &str, text: Text, expression: &str) -> Question {
    Question {
        kind: "*",
        code: code.to_owned(),
        text,
        attributes: vec![("hidden", "1".to_owned()), ("equation", format!("{{{expression}}}"))],
        ..Question::default()
    }
}

/// An equation with a number or no value.
fn number(code: &str, text: Text, expression: &str) -> Question {
    let mut question = equation(code, text, expression);
    question.attributes.push(("numbers_only", "1".to_owned()));
    question
}

/// The codes that an expression refers to.
pub(super) fn references(expression: &str) -> BTreeSet<&str> {
    let words = expression.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '_'));
    words.filter_map(|word| word.strip_suffix(".NAOK")).collect()
}

/// The expression of an equation.
pub(super) fn expression(question: &Question) -> &str {
    let own = question.attributes.iter().find(|(name, _)| *name == "equation");
    own.map_or("", |(_, expression)| expression.as_str())
}
