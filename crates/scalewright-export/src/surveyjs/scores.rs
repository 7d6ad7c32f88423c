//! Scores as calculated values.

use super::form::Form;
use super::model::CalculatedValue;
use super::texts::literal;
use crate::code::lines::Line;
use crate::code::script::{Column, Kind};
use crate::code::syntax::Syntax;

/// The values of an instrument: the answers that are scored, the steps, and the results. `columns` are the names by
/// which expressions read the answers.
pub(super) fn values(form: &Form<'_>, columns: &[String]) -> Vec<CalculatedValue> {
    let script = &form.script;
    let answers = script.items.iter().map(|item| {
        let clean = form.syntax.clean(&columns[item.ix.0], Some(&item.accepted));
        hidden(&item.name, clean.text)
    });
    let mut values: Vec<CalculatedValue> = answers.collect();
    let lines = script.blocks.iter().flat_map(|block| &block.lines).chain(&script.rest);
    values.extend(lines.map(|line: &Line| hidden(&line.name, line.text.clone())));
    values.extend(script.columns.iter().filter_map(|column| result(form, column)));
    values.extend(version(form));
    values
}

/// A value that is not in the results. `name` is in braces, as in expressions.
fn hidden(name: &str, expression: String) -> CalculatedValue {
    let name = name.trim_start_matches('{').trim_end_matches('}').to_owned();
    CalculatedValue { name, expression, include_into_result: false }
}

/// A value in the results; `None` if it never has a value.
fn result(form: &Form<'_>, column: &Column) -> Option<CalculatedValue> {
    let text = &column.text.text;
    if *text == form.syntax.missing().text {
        return None;
    }
    let expression = match column.kind {
        // A step without a value may be an empty text, which must not be a result.
        Kind::Number => format!("iif({text} notempty, {text})"),
        Kind::Truth | Kind::Word | Kind::Count | Kind::Label => text.clone(),
    };
    Some(CalculatedValue { name: form.name(&column.name), expression, include_into_result: true })
}

/// The instrument and its version, so that results state what they are answers to.
fn version(form: &Form<'_>) -> Option<CalculatedValue> {
    let instrument = form.request.instrument;
    // Neither contains a character that an expression would replace.
    let expression = literal(&format!("{} {}", instrument.id, instrument.version)).ok()?;
    let name = form.name("form__version");
    Some(CalculatedValue { name, expression, include_into_result: true })
}
