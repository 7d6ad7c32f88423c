//! Texts and values in Python.

use scalewright_scoring::emit::digits;

use crate::code::head::wrapped;
use crate::code::self_test::Value;

/// A literal text, in ASCII.
pub(super) fn literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for character in text.chars() {
        match character {
            '"' | '\\' => literal.extend(['\\', character]),
            ' '..='~' => literal.push(character),
            _ => literal.push_str(&format!("\\U{:08x}", u32::from(character))),
        }
    }
    literal + "\""
}

/// A value of the self-test.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::Missing => "None".to_owned(),
        Value::Number(number) => digits(*number),
        Value::Truth(truth) => if *truth { "True" } else { "False" }.to_owned(),
        Value::Text(text) => literal(text),
    }
}

/// A tuple of texts, on lines of bounded length.
pub(super) fn tuple(name: &str, texts: &[&str]) -> String {
    if texts.is_empty() {
        return format!("{name} = ()\n");
    }
    let quoted: Vec<String> = texts.iter().map(|text| format!("\"{text}\",")).collect();
    let lines = wrapped(&quoted.join(" "), 90).join("\n    ");
    format!("{name} = (\n    {lines}\n)\n")
}
