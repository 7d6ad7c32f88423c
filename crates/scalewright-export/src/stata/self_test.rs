//! The self-test in the do-file: `preserve` keeps the data while five rows are scored in their place.

use scalewright_scoring::emit::digits;

use super::commands::{lines, literal};
use crate::code::script::{Column, Script};
use crate::code::self_test::{TestRow, Value};

/// The commands that replace the data by the rows.
pub(super) fn answers(script: &Script, rows: &[TestRow]) -> String {
    let mut text = format!("drop _all\nquietly set obs {}\n", rows.len());
    for (at, item) in script.items.iter().enumerate() {
        let values = rows.iter().map(|row| row.answers[at].map_or(".".to_owned(), digits));
        text.push_str(&format!("quietly generate double {} = {}\n", item.id, by_row(values)));
    }
    guarded("// The answers of the self-test.", &text)
}

/// The commands that compare the scores, and end the do-file.
pub(super) fn scores((script, names): (&Script, &[String]), rows: &[TestRow]) -> String {
    let mut text = String::new();
    for (at, (column, name)) in script.columns.iter().zip(names).enumerate() {
        text.push_str(&check((column, name), rows.iter().map(|row| &row.values[at])));
    }
    text.push_str("display \"the scores are right\"\nrestore\nexit\n");
    guarded("// The scores that the self-test must give.", &text)
}

fn guarded(comment: &str, commands: &str) -> String {
    format!("\n{comment}\nif \"`mode'\" == \"self-test\" {{\n{}}}\n", lines(commands, "    "))
}

fn check<'a>((column, name): (&Column, &str), values: impl Iterator<Item = &'a Value>) -> String {
    let is_text = column.is_text();
    let expected = by_row(values.map(|value| match value {
        Value::Missing if is_text => literal(""),
        Value::Missing => ".".to_owned(),
        Value::Number(number) => digits(*number),
        Value::Truth(truth) => u8::from(*truth).to_string(),
        Value::Text(text) => literal(text),
    }));
    match is_text {
        true => format!("assert {name} == {expected}\n"),
        false => format!(
            "quietly generate double __0expected = {expected}\n\
             assert missing({name}) == missing(__0expected)\n\
             assert abs({name} - __0expected) <= 0.000000001 * max(1, abs(__0expected)) if !missing({name})\n\
             drop __0expected\n"
        ),
    }
}

/// An expression for one value in each row.
fn by_row(values: impl Iterator<Item = String>) -> String {
    let mut values: Vec<String> = values.collect();
    let mut text = values.pop().unwrap_or_else(|| ".".to_owned());
    for (at, value) in values.into_iter().enumerate().rev() {
        text = format!("cond(_n == {}, {value}, {text})", at + 1);
    }
    text
}
