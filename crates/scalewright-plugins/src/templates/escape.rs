//! Escapes printed values by the kind of file.

use std::borrow::Cow;

use minijinja::AutoEscape;

use crate::templates::file::Escape;

impl Escape {
    /// All kinds.
    pub const ALL: [Self; 7] =
        [Self::Html, Self::Xml, Self::Csv, Self::Json, Self::Markdown, Self::Latex, Self::Plain];

    /// The kind of a file, by the ending of its name.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let name = name.strip_suffix(".j2").or_else(|| name.strip_suffix(".jinja")).unwrap_or(name);
        let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())?;
        Some(match ending.as_str() {
            "html" | "htm" => Self::Html,
            "xml" | "svg" => Self::Xml,
            "csv" | "tsv" => Self::Csv,
            "json" => Self::Json,
            "md" => Self::Markdown,
            "tex" => Self::Latex,
            "txt" => Self::Plain,
            _ => return None,
        })
    }

    /// The mark by which the template engine knows the kind.
    pub(super) fn marker(self) -> AutoEscape {
        AutoEscape::Custom(match self {
            Self::Html => "html",
            Self::Xml => "xml",
            Self::Csv => "csv",
            Self::Json => "json",
            Self::Markdown => "markdown",
            Self::Latex => "latex",
            Self::Plain => "plain",
        })
    }

    /// Returns a text so that the file shows exactly the text, whatever characters it contains.
    ///
    /// # Errors
    /// Returns the control character that no file can represent.
    pub fn text(self, text: &str) -> Result<Cow<'_, str>, char> {
        let control = |c: &char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
        // XML and HTML forbid these two as well.
        let forbidden = text.chars().find(|c| control(c) || matches!(c, '\u{fffe}' | '\u{ffff}'));
        if let Some(found) = forbidden.filter(|_| self != Self::Json) {
            return Err(found);
        }
        Ok(match self {
            Self::Html => replaced(text, html),
            Self::Xml => replaced(text, xml),
            Self::Csv => cell(text),
            Self::Json => Cow::Owned(json(text)),
            Self::Markdown => markdown(text),
            Self::Latex => replaced(text, latex),
            Self::Plain => Cow::Borrowed(text),
        })
    }
}

/// Replaces the characters for which `escape` returns a replacement.
fn replaced(text: &str, escape: fn(char) -> Option<&'static str>) -> Cow<'_, str> {
    if !text.chars().any(|c| escape(c).is_some()) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        match escape(character) {
            Some(instead) => safe.push_str(instead),
            None => safe.push(character),
        }
    }
    Cow::Owned(safe)
}

fn html(character: char) -> Option<&'static str> {
    Some(match character {
        '&' => "&amp;",
        '<' => "&lt;",
        '>' => "&gt;",
        '"' => "&quot;",
        '\'' => "&#39;",
        // A parser turns a bare carriage return into a line feed.
        '\r' => "&#13;",
        _ => return None,
    })
}

fn xml(character: char) -> Option<&'static str> {
    Some(match character {
        // A parser turns these into spaces in attributes.
        '\n' => "&#10;",
        '\t' => "&#9;",
        _ => return html(character),
    })
}

/// A cell of a table in CSV. Quotation marks protect every delimiter that is in use.
fn cell(text: &str) -> Cow<'_, str> {
    let special = |c| matches!(c, '"' | '\n' | '\r' | ',' | ';' | '\t' | '|');
    match text.contains(special) || text.starts_with(' ') || text.ends_with(' ') {
        true => Cow::Owned(format!("\"{}\"", text.replace('"', "\"\""))),
        false => Cow::Borrowed(text),
    }
}

/// A text of JSON in quotation marks, which may also be part of a script in HTML.
fn json(text: &str) -> String {
    let mut safe = String::with_capacity(text.len() + 2);
    safe.push('"');
    for character in text.chars() {
        match character {
            '"' => safe.push_str("\\\""),
            '\\' => safe.push_str("\\\\"),
            '\n' => safe.push_str("\\n"),
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' | '\u{7f}'..='\u{9f}' | '\0'..='\u{1f}' => {
                safe.push_str(&format!("\\u{:04x}", u32::from(character)));
            }
            _ => safe.push(character),
        }
    }
    safe.push('"');
    safe
}

/// Text of CommonMark. A backslash makes any punctuation character literal. A line break becomes `<br>`, because a bare
/// one would end a heading, a list item or a row of a table.
fn markdown(text: &str) -> Cow<'_, str> {
    let active = |c: char| c.is_ascii_punctuation() && !matches!(c, ',' | ';' | '\'' | '?' | '%');
    let safe = text.trim_matches([' ', '\t']);
    if safe.len() == text.len() && !text.contains(|c| active(c) || matches!(c, '\n' | '\t' | '\r'))
    {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut characters = text.chars().peekable();
    let mut edge = true;
    while let Some(character) = characters.next() {
        let last = characters.peek().is_none_or(|next| matches!(next, '\n' | '\r'));
        match character {
            '\r' if characters.peek() == Some(&'\n') => continue,
            '\n' | '\r' => out.push_str("<br>"),
            '\t' => out.push_str("&#9;"),
            // Spaces at the edge of a line are layout in Markdown.
            ' ' if edge || last => out.push_str("&#32;"),
            c if active(c) => out.extend(['\\', c]),
            c => out.push(c),
        }
        edge = matches!(character, '\n' | '\r') || (edge && matches!(character, ' ' | '\t'));
    }
    Cow::Owned(out)
}

fn latex(character: char) -> Option<&'static str> {
    Some(match character {
        '\\' => "\\textbackslash{}",
        '{' => "\\{",
        '}' => "\\}",
        '$' => "\\$",
        '&' => "\\&",
        '#' => "\\#",
        '%' => "\\%",
        '_' => "\\_",
        '^' => "\\textasciicircum{}",
        '~' => "\\textasciitilde{}",
        '<' => "\\textless{}",
        '>' => "\\textgreater{}",
        '|' => "\\textbar{}",
        // Some languages make the quotation mark a command.
        '"' => "\\symbol{34}",
        // Ligatures would turn two of them into another character.
        '`' => "\\textasciigrave{}",
        '-' => "-{}",
        '\'' => "'{}",
        // A bracket after `\\` or `\item` would start an option.
        '[' => "{[}",
        ']' => "{]}",
        '\n' => "\\newline{}",
        '\r' => "",
        '\t' => " ",
        _ => return None,
    })
}
