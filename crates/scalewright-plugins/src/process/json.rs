//! Reads the JSON that a plug-in answered, and describes what is wrong with it.

use serde::de::DeserializeOwned;
use serde_json::error::Category;
use serde_json::{Error, Value};

use scalewright_model::text;
use scalewright_wire::PROTOCOL;

use crate::Failure;

/// Reads the answer of `plugin` ("the plug-in `foo`"): one JSON value of type `T`, and nothing after it.
pub(super) fn read<T: DeserializeOwned>(plugin: &str, bytes: &[u8]) -> Result<T, Failure> {
    if bytes.iter().all(u8::is_ascii_whitespace) {
        return Err(Failure::new(format!("{plugin} answered nothing"))
            .help("write one JSON value to standard output for each request"));
    }
    let mut values = serde_json::Deserializer::from_slice(bytes).into_iter::<Value>();
    let value = match values.next() {
        Some(Ok(value)) => value,
        Some(Err(error)) => return Err(not_json(plugin, &error, bytes)),
        None => return Err(Failure::new(format!("{plugin} answered nothing"))),
    };
    let rest = bytes.get(values.byte_offset()..).unwrap_or_default();
    if !rest.iter().all(u8::is_ascii_whitespace) {
        return Err(more(plugin, rest));
    }
    is_our_protocol(plugin, &value)?;
    // Read again from the bytes, because only these errors have a line and a column.
    serde_json::from_slice(bytes).map_err(|error| other_shape(plugin, &error))
}

/// The failure of a plug-in that wrote `rest` after its answer.
pub(super) fn more(plugin: &str, rest: &[u8]) -> Failure {
    let rest = String::from_utf8_lossy(rest.get(..256.min(rest.len())).unwrap_or_default());
    Failure::new(format!("{plugin} wrote more after its answer: `{}`", text::quote(rest.trim())))
        .help("write one JSON value for each request, and messages to standard error")
}

fn is_our_protocol(plugin: &str, value: &Value) -> Result<(), Failure> {
    if !value.is_object() {
        // Serde would also accept a list with the values of the keys in order.
        return Err(Failure::new(format!("{plugin} answered JSON that is not an object"))
            .help("answer an object with the key `protocol`"));
    }
    let Some(version) = value.get("protocol") else { return Ok(()) };
    if !version.is_number() || version.as_u64() == Some(u64::from(PROTOCOL)) {
        return Ok(());
    }
    let newer = version.as_f64().is_some_and(|version| version > f64::from(PROTOCOL));
    let message = format!("{plugin} follows protocol {version}, this program {PROTOCOL}");
    Err(Failure::new(message).help(match newer {
        true => "update this program, or install an earlier version of the plug-in",
        false => "install a newer version of the plug-in",
    }))
}

/// The failure of an answer that is not JSON.
fn not_json(plugin: &str, error: &Error, bytes: &[u8]) -> Failure {
    let place = format!("line {}, column {}", error.line(), error.column());
    if error.classify() == Category::Eof {
        let message = format!("{plugin} answered incomplete JSON: the answer ends at {place}");
        return Failure::new(message)
            .help("write the whole answer before the program ends, and flush it");
    }
    let problem = syntax(&bare(error));
    Failure::new(format!("{plugin} answered invalid JSON at {place}: {problem}"))
        .help(format!("the answer begins with `{}`", beginning(bytes)))
        .help("write the answer with the JSON library of the language, and messages to standard error")
}

fn beginning(bytes: &[u8]) -> String {
    let start = bytes.get(..256.min(bytes.len())).unwrap_or_default();
    text::quote(String::from_utf8_lossy(start).trim())
}

/// What is wrong with the syntax, in our words.
fn syntax(message: &str) -> &'static str {
    match message {
        m if m.contains("control character") => "a text contains an unescaped control character",
        m if m.contains("escape") || m.contains("surrogate") => "an escape in a text is invalid",
        m if m.contains("unicode") || m.contains("UTF-8") => "the answer is not UTF-8",
        m if m.contains("key must be") => "the name of a key is not in double quotes",
        m if m.contains("trailing comma") => "a comma is followed by a closing bracket",
        m if m.contains("`:`") => "a colon is missing after a key",
        m if m.contains("`,`") => "a comma or a closing bracket is missing",
        m if m.contains("number") => "a number is malformed or too large",
        m if m.contains("recursion") => "more than 128 values are nested",
        m if m.contains("ident") || m.contains("expected value") => {
            "a value must be a text in double quotes, a number, `true`, `false`, `null`, a list or an object"
        }
        _ => "this is not JSON",
    }
}

/// The message of an error without its place.
fn bare(error: &Error) -> String {
    let message = error.to_string();
    message.rsplit_once(" at line ").map_or(message.clone(), |(before, _)| before.to_owned())
}

/// The failure of an answer that is JSON of another shape.
fn other_shape(plugin: &str, error: &Error) -> Failure {
    let place = format!("line {}, column {}", error.line(), error.column());
    let (problem, help) = shape(&bare(error));
    let failure = Failure::new(format!(
        "{plugin} answered other JSON than the protocol defines: {problem}, at {place}"
    ));
    match help {
        Some(help) => failure.help(help),
        None => failure,
    }
    .help("`scalewright schema plugin-response` prints what an answer may have")
}

/// What is wrong with the shape, in our words, and what to do.
fn shape(message: &str) -> (String, Option<String>) {
    let quoted = message.split('`').nth(1).map(text::quote).unwrap_or_default();
    let known = || {
        let names = message.split_once("expected").map(|(_, names)| names).unwrap_or_default();
        let names = names.trim().trim_start_matches("one of ");
        (!names.is_empty()).then(|| format!("known here: {names}"))
    };
    if message.starts_with("unknown field") {
        return (format!("the key `{quoted}` is not known"), known());
    }
    if message.starts_with("unknown variant") {
        return (format!("the value `{quoted}` is not known"), known());
    }
    if message.starts_with("missing field") {
        return (format!("the key `{quoted}` is missing"), None);
    }
    if message.starts_with("duplicate field") {
        return (format!("the key `{quoted}` appears twice"), None);
    }
    let found =
        message.split_once(": ").map(|(_, rest)| rest).and_then(|r| r.rsplit_once(", expected "));
    match found {
        Some((found, expected)) => {
            (format!("found {}, expected {}", kind(found), kind(expected)), None)
        }
        None => ("a value has another type".to_owned(), None),
    }
}

/// The name that users know for a type or a value of it.
fn kind(name: &str) -> &'static str {
    match name {
        n if n.starts_with("string")
            || n.contains("a string")
            || n.contains("str") && !n.starts_with("struct") =>
        {
            "a text"
        }
        n if n.starts_with("integer") || n.starts_with('u') || n.starts_with('i') => {
            "a whole number"
        }
        n if n.starts_with("float") || n.starts_with('f') => "a number",
        n if n.contains("bool") => "`true` or `false`",
        n if n.contains("sequence") || n.contains("array") => "a list",
        n if n.contains("null") || n.contains("unit") || n.contains("Option") => "`null`",
        _ => "an object",
    }
}

#[cfg(test)]
mod tests {
    use scalewright_wire::ExportResponse;

    use super::read;

    #[test]
    fn each_mistake_of_an_answer_has_its_own_message() {
        for (answer, message) in [
            ("", "answered nothing"),
            ("{\"protocol\": 1}\n{}", "wrote more after its answer: `{}`"),
            ("{\"protocol\": 2, \"new\": 1}", "follows protocol 2, this program 1"),
            ("{\"protocol\": 1,", "answered incomplete JSON: the answer ends at line 1, column 15"),
            (
                "{\"protocol\": 1,}",
                "answered invalid JSON at line 1, column 16: a comma is followed by a closing bracket",
            ),
            (
                "hello",
                "answered invalid JSON at line 1, column 1: a value must be a text in double quotes",
            ),
            (
                "{\"protocol\": 1, \"flies\": []}",
                "the key `flies` is not known, at line 1, column 23",
            ),
            ("{\"files\": []}", "the key `protocol` is missing, at line 1, column 13"),
            (
                "{\"protocol\": \"1\"}",
                "found a text, expected a whole number, at line 1, column 16",
            ),
            ("{\"protocol\": 1, \"files\": 3}", "found a whole number, expected a list"),
            ("[]", "answered JSON that is not an object"),
            ("{\"protocol\": 1, \"files\": [3]}", "found a whole number, expected an object"),
        ] {
            let failure = read::<ExportResponse>("it", answer.as_bytes()).expect_err(answer);
            assert!(failure.message.contains(message), "{answer}: {}", failure.message);
        }
        assert!(read::<ExportResponse>("it", b" {\"protocol\": 1}\n\n").is_ok());
    }
}
