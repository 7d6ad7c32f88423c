//! The template engine, with escapes that cannot be turned off and with bounds.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use minijinja::machinery::ast::Stmt;
use minijinja::machinery::{WhitespaceConfig, parse};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, Output, State, UndefinedBehavior};

use crate::templates::file::Escape;
use crate::templates::filters;

/// The most bytes of all files of one export.
pub(super) const MOST_OUTPUT: usize = 64 << 20;
/// The most steps of one template.
const MOST_STEPS: u64 = 10_000_000;
/// The most bytes of a template's own words that macros and `set` blocks may collect in memory.
const MOST_COLLECTED: u64 = 512 << 20;
/// The most parts of a value that is written as JSON.
const MOST_PARTS: usize = 1_000_000;
/// The depth of includes and macros: each include counts as 10 and each macro as 4.
const DEEPEST: usize = 100;

/// Why a template stopped.
pub(super) struct Failure {
    /// The error of the engine, with its place.
    pub(super) error: Error,
    /// Whether the output became too large.
    pub(super) flooded: bool,
}

/// Parses a template as the engine does.
pub(super) fn syntax<'t>(name: &'t str, text: &'t str) -> Result<Stmt<'t>, Error> {
    let whitespace =
        WhitespaceConfig { keep_trailing_newline: true, lstrip_blocks: true, trim_blocks: true };
    parse(text, name, SyntaxConfig, whitespace)
}

/// Returns an environment that knows the templates and escapes values for a kind of file, in whichever template they
/// are printed.
///
/// # Errors
/// Returns the first error in the syntax of a template.
pub(super) fn environment<'t>(
    kind: Escape,
    templates: impl IntoIterator<Item = (&'t str, &'t str)>,
) -> Result<Environment<'t>, Error> {
    let mut environment = Environment::empty();
    environment.set_keep_trailing_newline(true);
    environment.set_lstrip_blocks(true);
    environment.set_trim_blocks(true);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_recursion_limit(DEEPEST);
    environment.set_auto_escape_callback(move |_| kind.marker());
    filters::add_to(&mut environment);
    let mut longest = 0;
    for (name, text) in templates {
        longest = longest.max(text.len());
        environment.add_template(name, text)?;
    }
    // A step may print at most the words of a whole template.
    let collected = MOST_COLLECTED / (longest as u64).max(1);
    environment.set_fuel(Some(MOST_STEPS.min(collected)));
    let printed = Arc::new(AtomicUsize::new(0));
    environment
        .set_formatter(move |out, _: &State<'_, '_>, value| print(kind, out, value, &printed));
    Ok(environment)
}

/// Prints a value.
fn print(
    kind: Escape,
    out: &mut Output<'_>,
    value: &Value,
    printed: &AtomicUsize,
) -> Result<(), Error> {
    let text = shown(kind, value)?;
    if printed.fetch_add(text.len(), Ordering::Relaxed) + text.len() > MOST_OUTPUT {
        return Err(Error::new(ErrorKind::WriteFailure, "the output is too large"));
    }
    out.write_str(&text).map_err(Error::from)
}

/// A value as it appears in a file of a kind.
fn shown(kind: Escape, value: &Value) -> Result<String, Error> {
    if let Some(text) = value.as_str() {
        // What a macro or a `set` block printed is escaped already.
        if value.is_safe() {
            return Ok(text.to_owned());
        }
        return match kind.text(text) {
            Ok(text) => Ok(text.into_owned()),
            Err(control) => {
                let shown = control.escape_unicode();
                let message =
                    format!("a text contains the character {shown}, which no file can show");
                Err(Error::new(ErrorKind::InvalidOperation, message))
            }
        };
    }
    match kind {
        Escape::Json if value.is_undefined() => Err(Error::from(ErrorKind::UndefinedError)),
        Escape::Json => json(value),
        Escape::Csv if value.is_none() => Ok(String::new()),
        // The signs of numbers are active in some formats.
        _ if value.is_undefined() => Err(Error::from(ErrorKind::UndefinedError)),
        _ => filters::scalar(value).map(|text| match (kind, value.is_number()) {
            (Escape::Markdown | Escape::Latex, true) => {
                kind.text(&text).map_or_else(|_| String::new(), std::borrow::Cow::into_owned)
            }
            _ => text,
        }),
    }
}

/// A value of JSON. Texts in lists and tables are escaped like texts alone.
fn json(value: &Value) -> Result<String, Error> {
    let wrong = |_| Error::new(ErrorKind::BadSerialization, "a value cannot be written as JSON");
    if !fits(value, &mut MOST_PARTS.clone(), DEEPEST) {
        return Err(Error::new(
            ErrorKind::WriteFailure,
            "a value is too large or nested too deeply",
        ));
    }
    let tree: serde_json::Value = serde_json::to_value(value).map_err(wrong)?;
    let mut text = String::new();
    write_json(&tree, &mut text);
    Ok(text)
}

/// Whether a value has at most `left` parts, nested at most `depth` deep. A list may have the same list many times.
fn fits(value: &Value, left: &mut usize, depth: usize) -> bool {
    if depth == 0 || *left == 0 {
        return false;
    }
    *left -= 1;
    if !matches!(value.kind(), ValueKind::Seq | ValueKind::Map | ValueKind::Iterable) {
        return true;
    }
    let Ok(mut entries) = value.try_iter() else { return true };
    let is_map = value.kind() == ValueKind::Map;
    entries.all(|entry| match is_map {
        true => value.get_item(&entry).is_ok_and(|entry| fits(&entry, left, depth - 1)),
        false => fits(&entry, left, depth - 1),
    })
}

fn write_json(tree: &serde_json::Value, out: &mut String) {
    use serde_json::Value as Json;
    let quoted =
        |text: &str| Escape::Json.text(text).map(|text| text.into_owned()).unwrap_or_default();
    match tree {
        Json::Null | Json::Bool(_) => out.push_str(&tree.to_string()),
        Json::Number(number) => match (number.as_i64(), number.as_f64()) {
            (None, Some(number)) => out.push_str(&number.to_string()),
            _ => out.push_str(&number.to_string()),
        },
        Json::String(text) => out.push_str(&quoted(text)),
        Json::Array(list) => {
            for (index, one) in list.iter().enumerate() {
                out.push(if index == 0 { '[' } else { ',' });
                write_json(one, out);
            }
            out.push_str(if list.is_empty() { "[]" } else { "]" });
        }
        Json::Object(table) => {
            for (index, (key, one)) in table.iter().enumerate() {
                out.push(if index == 0 { '{' } else { ',' });
                out.push_str(&quoted(key));
                out.push(':');
                write_json(one, out);
            }
            out.push_str(if table.is_empty() { "{}" } else { "}" });
        }
    }
}

/// Renders a template of the environment. `most` bytes are left for its output.
pub(super) fn render(
    environment: &Environment<'_>,
    name: &str,
    context: &Value,
    most: usize,
) -> Result<String, Box<Failure>> {
    let fail = |error| Box::new(Failure { error, flooded: false });
    let template = environment.get_template(name).map_err(fail)?;
    let mut out = Bounded { bytes: Vec::new(), most, flooded: false };
    let rendered = template.render_captured_to(context, &mut out).map(|_| ());
    match rendered {
        Ok(()) => Ok(String::from_utf8(out.bytes).unwrap_or_default()),
        Err(error) => {
            let flooded = out.flooded || error.detail() == Some("the output is too large");
            Err(Box::new(Failure { error, flooded }))
        }
    }
}

/// A buffer that refuses more than `most` bytes.
struct Bounded {
    bytes: Vec<u8>,
    most: usize,
    flooded: bool,
}

impl io::Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + bytes.len() > self.most {
            self.flooded = true;
            return Err(io::Error::other("the output is too large"));
        }
        self.bytes.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
