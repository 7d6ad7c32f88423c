//! Converts a position in a text to the position in its TOML literal, which has quotes and escapes.

use std::ops::Range;

/// Returns the bytes of `source`, a TOML string with its quotes, that encode the bytes `within` of its text.
pub(crate) fn span(source: &str, within: &Range<usize>) -> Range<usize> {
    let (open, raw) = opening(source);
    let body = &source[open..];
    let (mut start, mut end) = (None, None);
    let mut decoded = 0;
    let mut at = 0;
    while at < body.len() {
        if start.is_none() && decoded >= within.start {
            start = Some(at);
        }
        if decoded >= within.end {
            end = Some(at);
            break;
        }
        let (length, size) = character(&body[at..], raw);
        at += length;
        decoded += size;
    }
    let close = body.len().saturating_sub(closing(source));
    let start = start.unwrap_or(close).min(close);
    let end = end.unwrap_or(close).clamp(start, close.max(start));
    // A position at the end of the text is marked by the closing quote.
    let end = if end == start { (start + 1).min(body.len()) } else { end };
    open + start..open + end
}

/// Returns the length of the opening quotes, including a line break after three quotes, and whether the string is
/// literal, without escapes.
fn opening(source: &str) -> (usize, bool) {
    for (quotes, raw) in [("\"\"\"", false), ("'''", true)] {
        if source.starts_with(quotes) && source.len() >= 6 {
            let rest = &source[3..];
            let line_break =
                if rest.starts_with("\r\n") { 2 } else { usize::from(rest.starts_with('\n')) };
            return (3 + line_break, raw);
        }
    }
    (usize::from(!source.is_empty()), source.starts_with('\''))
}

fn closing(source: &str) -> usize {
    let long = source.len() >= 6 && (source.starts_with("\"\"\"") || source.starts_with("'''"));
    if long { 3 } else { 1 }
}

/// Returns the bytes that the next character has in the source, and those that it has in the text.
fn character(rest: &str, raw: bool) -> (usize, usize) {
    let Some(first) = rest.chars().next() else { return (1, 1) };
    if raw || first != '\\' {
        return (first.len_utf8(), first.len_utf8());
    }
    let Some(kind) = rest[1..].chars().next() else { return (1, 1) };
    let digits = match kind {
        'u' => 4,
        'U' => 8,
        'x' => 2,
        // An escaped line break, which is removed together with the space after it.
        '\n' | '\r' | ' ' | '\t' => {
            let length = rest[1..].len() - rest[1..].trim_start().len();
            return (1 + length, 0);
        }
        // Every other escape, such as `\n`, is one byte of the text.
        _ => return (1 + kind.len_utf8(), 1),
    };
    let code = rest.get(2..2 + digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
    let size = code.and_then(char::from_u32).map_or(1, char::len_utf8);
    ((2 + digits).min(rest.len()), size)
}

#[cfg(test)]
mod tests {
    use super::span;

    #[test]
    fn positions_account_for_quotes_and_escapes() {
        for (source, within, marked) in [
            (r#""a + b""#, 4..5, "b"),
            ("'a + b'", 0..1, "a"),
            ("\"\"\"\na +\n b\"\"\"", 5..6, "b"),
            (r#""sex = \"x\" + y""#, 12..13, "y"),
            (r#""\u00e4 + b""#, 5..6, "b"),
            ("\"\"\"a \\\n   + b\"\"\"", 4..5, "b"),
            (r#""a +""#, 3..3, "\""),
        ] {
            assert_eq!(&source[span(source, &within)], marked, "{source}");
        }
    }
}
