//! The files of a source, opened as far as every format needs them.

use scalewright_model::Stop;
use serde_json::Value;

/// The most bytes of a file that is read.
pub const MOST_BYTES: usize = 64 << 20;

/// A file, with those beside it.
pub struct Sources<'a> {
    /// The name in messages: the path as the user gave it.
    pub file: &'a str,
    /// The content.
    pub bytes: &'a [u8],
    /// Reads a file by its path from the folder of this one; `None` if there is none.
    pub beside: &'a dyn Fn(&str) -> Option<Vec<u8>>,
    /// The files attached to it, by name, if it is a PDF.
    pub attached: &'a [(String, Vec<u8>)],
}

/// The pairs of a table of names: CSV with the columns `id` and `field_name`, as the exporters write them.
///
/// # Errors
///
/// Returns a stop if the file is no such table.
pub fn names_of(sources: &Sources<'_>) -> Result<Vec<(String, String)>, Stop> {
    let wrong = |what: &str| {
        Stop::wrong(format!("{}: {what}", sources.file)).help(
            "a table of names is CSV with the columns `id` and `field_name`, as exports write it",
        )
    };
    let text =
        std::str::from_utf8(sources.bytes).map_err(|_| wrong("the table of names is not UTF-8"))?;
    let mut lines = text.trim_start_matches('\u{feff}').lines().map(|line| {
        line.split(',').map(|cell| cell.trim().trim_matches('"').to_owned()).collect::<Vec<_>>()
    });
    let header = lines.next().ok_or_else(|| wrong("the table of names is empty"))?;
    let column = |name: &str| header.iter().position(|cell| cell == name);
    let (id, name) = column("id")
        .zip(column("field_name").or_else(|| column("name")))
        .ok_or_else(|| wrong("the table of names lacks a column"))?;
    let pair = |cells: Vec<String>| Some((cells.get(id)?.clone(), cells.get(name)?.clone()));
    Ok(lines.filter_map(pair).collect())
}

/// The content of a file.
pub(crate) enum Content {
    /// A JSON document.
    Json(Value),
    /// A text.
    Text(String),
    /// Anything else: a workbook, an archive.
    Bytes,
}

/// A file whose content was recognised.
pub(crate) struct Opened<'a> {
    pub(crate) sources: &'a Sources<'a>,
    pub(crate) content: Content,
}

impl<'a> Opened<'a> {
    /// Opens the file.
    ///
    /// # Errors
    ///
    /// Returns a stop if the file is empty, too large, or JSON with an error.
    pub(crate) fn of(sources: &'a Sources<'a>) -> Result<Self, Stop> {
        let Sources { file, bytes, beside: _, attached: _ } = sources;
        if bytes.len() > MOST_BYTES {
            return Err(Stop::wrong(format!(
                "{file}: the file is larger than {} MiB",
                MOST_BYTES >> 20
            )));
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        if bytes.iter().all(u8::is_ascii_whitespace) {
            return Err(Stop::wrong(format!("{file}: the file is empty")));
        }
        let content = match std::str::from_utf8(bytes) {
            Ok(text) if text.trim_start().starts_with(['{', '[']) => {
                Content::Json(json(file, text)?)
            }
            Ok(text) if !text.contains('\0') => Content::Text(text.to_owned()),
            _ => Content::Bytes,
        };
        Ok(Self { sources, content })
    }

    /// The JSON document; `None` for other contents.
    pub(crate) fn json(&self) -> Option<&Value> {
        match &self.content {
            Content::Json(value) => Some(value),
            Content::Text(_) | Content::Bytes => None,
        }
    }

    /// The text; `None` for JSON and for other contents.
    pub(crate) fn text(&self) -> Option<&str> {
        match &self.content {
            Content::Text(text) => Some(text),
            Content::Json(_) | Content::Bytes => None,
        }
    }

    /// The name of the file without its folders.
    pub(crate) fn name(&self) -> &'a str {
        let file = self.sources.file;
        file.rsplit(['/', '\\']).next().unwrap_or(file)
    }
}

/// Parses JSON. Its nesting is limited to 128 levels, so that no document can exhaust the stack.
fn json(file: &str, text: &str) -> Result<Value, Stop> {
    serde_json::from_str(text).map_err(|error| {
        let at = format!("{file}:{}:{}", error.line(), error.column());
        let message = error.to_string();
        let message = message.split(" at line ").next().unwrap_or_default();
        match message {
            "recursion limit exceeded" => {
                Stop::wrong(format!("{at}: the file is nested deeper than 128 levels"))
            }
            _ => Stop::wrong(format!("{at}: the JSON has an error: {message}")),
        }
    })
}
