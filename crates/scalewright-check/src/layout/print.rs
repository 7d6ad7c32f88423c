//! How it is written: spaces, lines, and what fits on one.

use super::read::{Block, Entry, File, Lead, Note, Piece, Value};

/// A line is no longer than this, in characters, where it can be broken.
pub(crate) const WIDTH: usize = 100;
/// Entries of a list that are no longer than this share lines.
const SHORT: usize = 30;

/// Writes a file.
pub(crate) fn print(file: &File<'_>) -> String {
    let mut out = String::new();
    let head = file.head.iter().skip_while(|line| **line == Lead::Blank);
    head.for_each(|line| lead(*line, &mut out));
    entries(&file.root, &mut out);
    for (index, block) in file.blocks.iter().enumerate() {
        // The comments that begin the file may belong to its first table.
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

/// One blank line, if there is none yet and something to set apart.
fn blank(out: &mut String) {
    if !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

/// A blank line unless it is `headed` already, the comments that belong to the header, and the header.
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

/// A comment at the end of a line: in its column, or two spaces on.
fn note(note: Option<Note<'_>>, out: &mut String) {
    let Some(note) = note else { return };
    let line = out.rfind('\n').map_or(0, |at| at + 1);
    let width = out[line..].chars().count();
    let column = note.column.filter(|column| *column > width && *column <= WIDTH);
    let gap = column.map_or(2, |column| column - width);
    out.extend(std::iter::repeat_n(' ', gap));
    out.push_str(note.text);
}

/// A value that begins in column `column` of a line indented by `indent`.
fn value(it: &Value<'_>, indent: usize, column: usize, out: &mut String) {
    let (pieces, braces) = match it {
        Value::Scalar(text) => return out.push_str(text),
        Value::Array(pieces) => (pieces, ("[", "]")),
        Value::Table(pieces) => (pieces, ("{", "}")),
    };
    let flat = flat(it);
    match flat {
        _ if commented(pieces) => lines(pieces, braces, indent, out),
        Some(flat) if matches!(it, Value::Table(_)) => out.push_str(&flat),
        Some(flat) if column + flat.chars().count() <= WIDTH && !tabular(pieces) => {
            out.push_str(&flat);
        }
        _ => broken(pieces, braces, indent, out),
    }
}

/// A value on one line; nothing where a comment or a text of several lines stands in the way.
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

/// Several tables of several keys each: a line for each reads as a table does.
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

/// One entry a line; short ones fill lines.
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

/// The lines as the author set them, as the comments at their ends are about them.
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
        let remark = match piece {
            Piece::Comment(remark) => Some(*remark),
            _ => None,
        };
        // The first entry gets a line of its own; a comment behind the bracket stays there.
        let begins = out.len() == opening + braces.0.len();
        if fresh || (begins && remark.is_none()) {
            if breaks > 1 && !begins {
                out.push('\n');
            }
            newline(inner, out);
            start = out.len();
        } else if remark.is_none() {
            out.push(' ');
        }
        (fresh, breaks) = (false, 0);
        match remark {
            Some(remark) if out.len() == start => out.push_str(remark.text),
            Some(remark) => note(Some(remark), out),
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
