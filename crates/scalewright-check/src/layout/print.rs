//! Writes a file: spaces, line breaks, and what fits on one line.

use super::read::{Block, Entry, File, Lead, Note, Piece, Value};

/// The most characters of a line that can be broken.
pub(crate) const WIDTH: usize = 100;
/// The most characters of list entries that share lines.
const SHORT: usize = 30;

/// Writes a file.
pub(crate) fn print(file: &File<'_>) -> String {
    let mut out = String::new();
    let head = file.head.iter().skip_while(|line| **line == Lead::Blank);
    head.for_each(|line| lead(*line, &mut out));
    entries(&file.root, &mut out);
    for (index, block) in file.blocks.iter().enumerate() {
        // Comments at the beginning of the file may belong to its first table.
        let headed = index == 0 && file.root.is_empty() && block.lead.is_empty();
        header(block, headed, &mut out);
        entries(&block.entries, &mut out);
    }
    let tail = file.tail.iter().rposition(|line| *line != Lead::Blank).map_or(0, |at| at + 1);
    file.tail[..tail].iter().for_each(|line| lead(*line, &mut out));
    let end = out.trim_end_matches('\n').len();
    out.truncate(end);
    if !out.is_empty() {
        out.push('\n');
    }
    out
}

fn lead(line: Lead<'_>, out: &mut String) {
    match line {
        Lead::Comment(text) => {
            out.push_str(text);
            out.push('\n');
        }
        Lead::Blank => blank(out),
    }
}

/// Writes one blank line, unless there is one already or nothing precedes it.
fn blank(out: &mut String) {
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

/// Writes a blank line unless the block is `headed` by the comments of the file, then the comments that belong to the
/// header, and the header.
fn header(block: &Block<'_>, headed: bool, out: &mut String) {
    let own = block.lead.iter().rposition(|line| *line == Lead::Blank).map_or(0, |at| at + 1);
    block.lead[..own].iter().for_each(|line| lead(*line, out));
    if !headed {
        blank(out);
    }
    block.lead[own..].iter().for_each(|line| lead(*line, out));
    out.push_str(&block.header);
    note(block.note, out);
    out.push('\n');
}

fn entries(entries: &[Entry<'_>], out: &mut String) {
    for (index, entry) in entries.iter().enumerate() {
        let opening = index == 0;
        let lines = entry.lead.iter().skip_while(|line| opening && **line == Lead::Blank);
        lines.for_each(|line| lead(*line, out));
        out.push_str(&entry.key);
        out.push_str(" = ");
        value(&entry.value, 0, entry.key.chars().count() + 3, out);
        note(entry.note, out);
        out.push('\n');
    }
}

/// Writes a comment at the end of a line: in its column, or after two spaces.
fn note(note: Option<Note<'_>>, out: &mut String) {
    let Some(note) = note else { return };
    let line = out.rfind('\n').map_or(0, |at| at + 1);
    let width = out[line..].chars().count();
    let column = note.column.filter(|column| *column > width && *column <= WIDTH);
    let gap = column.map_or(2, |column| column - width);
    out.extend(std::iter::repeat_n(' ', gap));
    out.push_str(note.text);
}

/// Writes a value that begins in column `column` of a line indented by `indent`.
fn value(it: &Value<'_>, indent: usize, column: usize, out: &mut String) {
    let (pieces, braces) = match it {
        Value::Scalar(text) => return out.push_str(text),
        Value::Array(pieces) => (pieces, ("[", "]")),
        Value::Table(pieces) => (pieces, ("{", "}")),
    };
    let flat = flat(it);
    match flat {
        // Even if it is too long: before version 1.1, TOML allows no line break between braces.
        Some(flat) if matches!(it, Value::Table(_)) => out.push_str(&flat),
        None if matches!(it, Value::Table(_)) => inline(pieces, indent, out),
        _ if commented(pieces) => lines(pieces, braces, indent, out),
        Some(flat) if column + flat.chars().count() <= WIDTH && !tabular(pieces) => {
            out.push_str(&flat);
        }
        _ => broken(pieces, braces, indent, out),
    }
}

/// Writes a table in braces whose values have several lines: a text, or a list with comments. Only these values are
/// broken.
fn inline(pieces: &[Piece<'_>], indent: usize, out: &mut String) {
    out.push('{');
    let pairs = pieces.iter().filter(|piece| matches!(piece, Piece::Pair(_)));
    for (index, pair) in pairs.enumerate() {
        out.push_str(if index == 0 { " " } else { ", " });
        element(pair, indent, out);
    }
    out.push_str(" }");
}

/// Returns a value on one line, or `None` if it contains a comment or a text of several lines.
pub(crate) fn flat(it: &Value<'_>) -> Option<String> {
    let pieces = match it {
        Value::Scalar(text) => return (!text.contains('\n')).then(|| text.to_string()),
        Value::Array(pieces) | Value::Table(pieces) => pieces,
    };
    let mut parts = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Element(value) => parts.push(flat(value)?),
            Piece::Pair(entry) => parts.push(format!("{} = {}", entry.key, flat(&entry.value)?)),
            Piece::Comment(_) => return None,
            Piece::Break => {}
        }
    }
    Some(match it {
        Value::Table(_) if parts.is_empty() => "{}".to_owned(),
        Value::Table(_) => format!("{{ {} }}", parts.join(", ")),
        _ => format!("[{}]", parts.join(", ")),
    })
}

fn commented(pieces: &[Piece<'_>]) -> bool {
    pieces.iter().any(|piece| matches!(piece, Piece::Comment(_)))
}

/// Whether a list has several tables with several keys. With one line each, they read like a table.
fn tabular(pieces: &[Piece<'_>]) -> bool {
    let pairs = |piece: &Piece<'_>| match piece {
        Piece::Element(Value::Table(inner)) => {
            inner.iter().filter(|piece| matches!(piece, Piece::Pair(_))).count()
        }
        _ => 0,
    };
    let tables = pieces.iter().filter(|piece| matches!(piece, Piece::Element(Value::Table(_))));
    tables.clone().count() > 1 && tables.map(pairs).any(|pairs| pairs > 1)
}

/// Writes one entry per line, except that short entries share lines.
fn broken(pieces: &[Piece<'_>], braces: (&str, &str), indent: usize, out: &mut String) {
    let inner = indent + 2;
    let short = !tabular(pieces)
        && pieces.iter().all(|piece| match piece {
            Piece::Element(value) => flat(value).is_some_and(|text| text.chars().count() <= SHORT),
            _ => matches!(piece, Piece::Break),
        });
    out.push_str(braces.0);
    let mut width = WIDTH;
    for piece in pieces.iter().filter(|piece| !matches!(piece, Piece::Break)) {
        let size = if short { element_width(piece) + 2 } else { WIDTH };
        if width + size > WIDTH {
            newline(inner, out);
            // No space precedes the first entry of a line.
            width = inner + size - 1;
        } else {
            out.push(' ');
            width += size;
        }
        element(piece, inner, out);
        out.push(',');
    }
    newline(indent, out);
    out.push_str(braces.1);
}

fn element_width(piece: &Piece<'_>) -> usize {
    match piece {
        Piece::Element(value) => flat(value).map_or(WIDTH, |text| text.chars().count()),
        _ => WIDTH,
    }
}

fn element(piece: &Piece<'_>, indent: usize, out: &mut String) {
    match piece {
        Piece::Element(it) => value(it, indent, indent, out),
        Piece::Pair(entry) => {
            out.push_str(&entry.key);
            out.push_str(" = ");
            value(&entry.value, indent, indent + entry.key.chars().count() + 3, out);
        }
        Piece::Comment(_) | Piece::Break => {}
    }
}

/// Writes the entries with the author's line breaks, because the comments at the ends of lines refer to them.
fn lines(pieces: &[Piece<'_>], braces: (&str, &str), indent: usize, out: &mut String) {
    let inner = indent + 2;
    let opening = out.len();
    out.push_str(braces.0);
    let (mut fresh, mut breaks, mut start) = (false, 0, opening);
    for piece in pieces {
        if matches!(piece, Piece::Break) {
            (fresh, breaks) = (true, breaks + 1);
            continue;
        }
        let comment = match piece {
            Piece::Comment(comment) => Some(*comment),
            _ => None,
        };
        // The first entry begins a new line, but a comment after the bracket stays there.
        let begins = out.len() == opening + braces.0.len();
        if fresh || (begins && comment.is_none()) {
            if breaks > 1 && !begins {
                out.push('\n');
            }
            newline(inner, out);
            start = out.len();
        } else if comment.is_none() {
            out.push(' ');
        }
        (fresh, breaks) = (false, 0);
        match comment {
            Some(comment) if out.len() == start => out.push_str(comment.text),
            Some(comment) => note(Some(comment), out),
            None => {
                element(piece, inner, out);
                out.push(',');
            }
        }
    }
    newline(indent, out);
    out.push_str(braces.1);
}

fn newline(indent: usize, out: &mut String) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}
