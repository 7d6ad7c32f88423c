//! The codebook as Markdown, with the tables of GitHub and GitLab.

use super::document::{Block, Term, Words, document};
use super::table::Codebook;

/// The text of the file.
pub(super) fn text(book: &Codebook) -> String {
    let mut text = String::new();
    for block in document(book) {
        let printed = printed(&block);
        if !printed.is_empty() {
            text.push_str(&printed);
            text.push_str("\n\n");
        }
    }
    format!("{}\n", text.trim_end())
}

fn printed(block: &Block) -> String {
    match block {
        Block::Heading { level, name, words } => {
            let signs = "#".repeat(usize::from(*level));
            let name = name.as_deref().map(|name| format!("{}: ", code(name))).unwrap_or_default();
            format!("{signs} {name}{}", inline(words))
        }
        Block::Banner(text) => format!("> **{}**", escaped(text)),
        Block::Paragraph(words) => block_safe(inline(words)),
        Block::Table { caption, head, rows } => table(caption.as_ref(), head, rows),
        Block::Notes(notes) => notes.iter().map(note).collect::<Vec<_>>().join("\n"),
    }
}

fn table(caption: Option<&Words>, head: &[&str], rows: &[Vec<Words>]) -> String {
    let caption = caption.map(|words| format!("*{}*\n\n", inline(words))).unwrap_or_default();
    let line = |cells: Vec<String>| format!("| {} |", cells.join(" | "));
    let mut lines = vec![
        line(head.iter().map(|&cell| cell.to_owned()).collect()),
        line(head.iter().map(|_| "---".to_owned()).collect()),
    ];
    lines.extend(rows.iter().map(|row| line(row.iter().map(inline).collect())));
    format!("{caption}{}", lines.join("\n"))
}

fn note((term, words): &(Term, Words)) -> String {
    let term = match term {
        Term::English(text) => format!("**{}**", escaped(text)),
        Term::Name(name) => code(name),
    };
    match words {
        Words::Values(values) => {
            let lines: Vec<String> = values.iter().map(value).collect();
            match lines.split_first() {
                Some((first, rest)) if !rest.is_empty() => {
                    format!("- {term}: {first}\n  - {}", rest.join("\n  - "))
                }
                _ => format!("- {term}: {}", lines.join("")),
            }
        }
        _ => format!("- {term}: {}", inline(words)),
    }
}

/// A value with what it means; without a meaning, words.
fn value((value, meaning): &(String, String)) -> String {
    match meaning.is_empty() {
        true => escaped(value),
        false => format!("{} = {}", code(value), escaped(meaning)),
    }
}

/// Words within a line or a cell.
fn inline(words: &Words) -> String {
    match words {
        Words::English(text) | Words::Own(text) => escaped(text),
        Words::Name(name) => code(name),
        Words::Values(values) => values.iter().map(value).collect::<Vec<_>>().join("<br>"),
        Words::None => String::new(),
    }
}

/// A name or value in the data. Its characters have no effect, except in tables and for a backtick.
fn code(text: &str) -> String {
    let is_plain = text.chars().all(|c| !matches!(c, '`' | '|' | '\\') && !c.is_control());
    if is_plain && !text.trim().is_empty() { format!("`{text}`") } else { escaped(text) }
}

/// A text that is shown as written.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    let mut characters = text.trim().chars().peekable();
    let mut before = ' ';
    while let Some(character) = characters.next() {
        let next = characters.peek().copied().unwrap_or(' ');
        match character {
            // Within a word an underscore has no effect, and ids are easier to read without backslashes.
            '_' if before.is_alphanumeric() && next.is_alphanumeric() => escaped.push('_'),
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\r' => {}
            '\n' => escaped.push_str("<br>"),
            // References instead of backslashes where a backslash is not enough on every forge: `@` and `#` make links
            // to people and issues.
            '@' => escaped.push_str("&#64;"),
            '#' => escaped.push_str("&#35;"),
            '$' => escaped.push_str("&#36;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '|' | '~' => {
                escaped.extend(['\\', character]);
            }
            control if control.is_control() => escaped.push('\u{fffd}'),
            other => escaped.push(other),
        }
        before = character;
    }
    escaped
}

/// Escapes the first characters of a text that would begin a list, a rule or a quotation.
fn block_safe(text: String) -> String {
    let rest = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let is_number = rest.len() < text.len() && rest.starts_with(['.', ')']);
    match text.chars().next() {
        Some('-' | '+' | '=' | '!') => format!("\\{text}"),
        _ if is_number => {
            let digits = &text[..text.len() - rest.len()];
            format!("{digits}\\{rest}")
        }
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::{block_safe, code, escaped};

    #[test]
    fn texts_are_shown_as_written() {
        assert_eq!(
            escaped("a|b *c* <d> & [e](f)\ng"),
            "a\\|b \\*c\\* &lt;d&gt; &amp; \\[e\\](f)<br>g"
        );
        assert_eq!(block_safe("1. one".to_owned()), "1\\. one");
        assert_eq!(block_safe("- one".to_owned()), "\\- one");
        assert_eq!(escaped("a_b _c_"), "a_b \\_c\\_");
        assert_eq!(escaped("#5 @anna"), "&#35;5 &#64;anna");
    }

    #[test]
    fn names_are_code_unless_that_would_show_them_otherwise() {
        assert_eq!(code("a_b"), "`a_b`");
        assert_eq!(code("a|`b"), "a\\|\\`b");
    }
}
