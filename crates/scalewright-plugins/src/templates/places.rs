//! Where a template prints values: places in which the escape of the kind of file would not be safe.

use std::ops::Range;

use crate::templates::file::Escape;
use crate::templates::markup;
use crate::templates::pieces::Piece;
use crate::templates::rules::Mistake;

/// Returns the mistakes of a template of `length` bytes for a kind of file.
pub(super) fn mistakes(pieces: &[Piece<'_>], kind: Escape, length: usize) -> Vec<Mistake> {
    match kind {
        Escape::Html | Escape::Xml => markup::mistakes(pieces, kind, length),
        Escape::Csv => in_cells(pieces),
        Escape::Json => after_words(pieces, json_text, "inside a text in quotation marks", JSON),
        Escape::Markdown => {
            let mut found = after_words(pieces, markdown_code, "inside code", MARKDOWN);
            found.extend(after_words(pieces, raw_html, "inside HTML", HTML_IN_MARKDOWN));
            found.extend(in_markdown(pieces));
            found
        }
        Escape::Latex => {
            after_words(pieces, latex_code, "inside a comment or verbatim text", LATEX)
        }
        Escape::Plain => Vec::new(),
    }
}

const JSON: &str = "remove the quotation marks: a printed text has its own";
const MARKDOWN: &str = "remove the backticks: the filter `code` makes a block of code";
const LATEX: &str = "print it as ordinary text: escapes have no effect there";

const HTML_IN_MARKDOWN: &str = "write a template of HTML, or put a blank line after the HTML";

/// Reports addresses of Markdown without the filter `url`, and blocks of code that do not begin a line.
fn in_markdown(pieces: &[Piece<'_>]) -> Vec<Mistake> {
    let (mut before, mut found) = (String::new(), Vec::new());
    for piece in pieces {
        let (span, filter) = match piece {
            Piece::Words(words) => {
                before.push_str(words);
                continue;
            }
            Piece::Print { span, filter } => (span, *filter),
            Piece::Include(_) | Piece::Open | Piece::Close(_) => continue,
        };
        let line = before.rsplit('\n').next().unwrap_or_default();
        let address = line.rsplit_once("](").map(|(_, address)| address);
        let open = address.filter(|address| !address.contains(')'));
        let is_led =
            |address: &str| ["https://", "http://", "#"].iter().any(|led| address.starts_with(led));
        let mistake = match (filter, open) {
            (Some("code"), _) if !line.trim().is_empty() => Some((
                "a block of code does not begin its line",
                "print it on a line of its own, outside lists, quotes and tables",
            )),
            (filter, Some(address)) if filter != Some("url") && !is_led(address) => Some((
                "the address of a link may be a script",
                "add the filter `url`, or begin the address with fixed words such as `https://` or `#`",
            )),
            _ => None,
        };
        found.extend(
            mistake
                .map(|(message, help)| Mistake::new("unsafe-place", span.clone(), message, help)),
        );
        before.push('x');
    }
    found
}

/// Whether the words before a value are HTML, in which the escapes of Markdown have no effect.
fn raw_html(before: &str) -> bool {
    let block = before.rsplit("\n\n").next().unwrap_or_default();
    let tags = block.match_indices('<').map(|(at, _)| block[at + 1..].chars().next());
    tags.flatten().any(|next| next.is_ascii_alphabetic() || matches!(next, '/' | '!' | '?'))
}

/// Reports values after words that end in a place which `is_unsafe`.
fn after_words(
    pieces: &[Piece<'_>],
    is_unsafe: fn(&str) -> bool,
    place: &str,
    help: &str,
) -> Vec<Mistake> {
    let (mut before, mut found) = (String::new(), Vec::new());
    for piece in pieces {
        match piece {
            Piece::Words(words) => before.push_str(words),
            Piece::Print { span, .. } if is_unsafe(&before) => {
                let message = format!("a value is printed {place}");
                found.push(Mistake::new("unsafe-place", span.clone(), message, help));
            }
            Piece::Print { .. } | Piece::Include(_) | Piece::Open | Piece::Close(_) => {}
        }
    }
    found
}

/// Whether the words before a value end inside a text of JSON.
fn json_text(before: &str) -> bool {
    let (mut inside, mut escaped) = (false, false);
    for character in before.chars() {
        match character {
            '"' if !escaped => inside = !inside,
            '\\' if inside && !escaped => {
                escaped = true;
                continue;
            }
            _ => {}
        }
        escaped = false;
    }
    inside
}

/// Whether the words before a value end inside a block or a span of code.
fn markdown_code(before: &str) -> bool {
    let is_fence = |line: &&str| {
        let line = line.trim_start();
        line.starts_with("```") || line.starts_with("~~~")
    };
    let fences = before.lines().filter(is_fence).count();
    let line = before.rsplit('\n').next().unwrap_or_default();
    let spans = line.matches('`').count();
    fences % 2 == 1 || (!is_fence(&line) && spans % 2 == 1)
}

/// Whether the words before a value end inside verbatim text or a comment of LaTeX.
fn latex_code(before: &str) -> bool {
    let open = [
        "verbatim",
        "verbatim*",
        "Verbatim",
        "Verbatim*",
        "BVerbatim",
        "LVerbatim",
        "alltt",
        "lstlisting",
        "minted",
        "comment",
        "filecontents",
        "filecontents*",
    ]
    .iter()
    .any(|name| {
        let count = |command: &str| before.matches(&format!("\\{command}{{{name}}}")).count();
        count("begin") > count("end")
    });
    let line = before.rsplit('\n').next().unwrap_or_default();
    // The arguments of these are not read as ordinary text.
    let raw =
        ["\\verb", "\\lstinline", "\\mintinline", "\\url{", "\\href{", "\\directlua", "\\input{"];
    open || raw.iter().any(|command| line.contains(command))
        || line.replace("\\%", "").contains('%')
}

/// Reports values that are not whole cells.
fn in_cells(pieces: &[Piece<'_>]) -> Vec<Mistake> {
    let edge = |c: char| matches!(c, ',' | ';' | '\t' | '|' | '\n' | '\r');
    let mut found = Vec::new();
    let is_shown = |piece: &&Piece<'_>| !matches!(piece, Piece::Open | Piece::Close(_));
    let pieces: Vec<&Piece<'_>> = pieces.iter().filter(is_shown).collect();
    for (index, piece) in pieces.iter().enumerate() {
        let Piece::Print { span, .. } = piece else { continue };
        let words = |index: Option<usize>| match index.and_then(|index| pieces.get(index)) {
            Some(&Piece::Words(words)) => *words,
            _ => "",
        };
        let before = words(index.checked_sub(1)).chars().next_back();
        let after = words(Some(index + 1)).chars().next();
        if before.is_none_or(edge) && after.is_none_or(edge) && !touches(&pieces, index, span) {
            continue;
        }
        let message = "a value is only a part of a cell";
        let help = "print the whole cell: `{{ [one, \"and\", other] | join(\" \") }}`";
        found.push(Mistake::new("unsafe-place", span.clone(), message, help));
    }
    found
}

/// Whether the value at `index` directly follows another one.
fn touches(pieces: &[&Piece<'_>], index: usize, span: &Range<usize>) -> bool {
    let before = index.checked_sub(1).and_then(|index| pieces.get(index));
    // `}}` and `{{` are between the expressions.
    matches!(before, Some(Piece::Print { span: other, .. }) if span.start.saturating_sub(other.end) < 7)
}
