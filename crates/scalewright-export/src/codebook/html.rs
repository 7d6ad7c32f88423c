//! The codebook as a page in one file, for reading and printing.

use scalewright_model::{Direction, direction};

use super::document::{Block, Term, Words, document};
use super::table::Codebook;
use crate::html::text::{escaped, lines};

const STYLE: &str = include_str!("codebook.css");

/// What the page may load: nothing. Its style is in the file.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

/// The text of the file.
pub(super) fn text(book: &Codebook) -> String {
    let language = &book.language;
    let direction = match direction(language) {
        Direction::LeftToRight => "ltr",
        Direction::RightToLeft => "rtl",
    };
    let printer = Printer { is_english: is_english(language) };
    let body: String = document(book).iter().map(|block| printer.block(block)).collect();
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\" dir=\"{direction}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"generator\" content=\"scalewright {}\">\n<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n\
         <body>\n<main>\n{body}</main>\n</body>\n</html>\n",
        env!("CARGO_PKG_VERSION"),
        escaped(&book.title),
    )
}

fn is_english(language: &str) -> bool {
    language.split('-').next().is_some_and(|own| own.eq_ignore_ascii_case("en"))
}

/// Prints blocks. Words of another language than that of the page are marked.
struct Printer {
    is_english: bool,
}

impl Printer {
    /// The attributes of an element with English words.
    fn english(&self) -> &'static str {
        if self.is_english { "" } else { " lang=\"en\" dir=\"ltr\"" }
    }

    fn block(&self, block: &Block) -> String {
        match block {
            Block::Heading { level, name, words } => {
                let name = name.as_deref();
                let name = name.map(|name| format!("{}: ", code(name))).unwrap_or_default();
                format!("<h{level}>{name}{}</h{level}>\n", self.inline(words))
            }
            Block::Banner(text) => format!("<p class=\"banner\">{}</p>\n", lines(text)),
            Block::Paragraph(words) => match words {
                Words::None => String::new(),
                words => format!("<p>{}</p>\n", self.inline(words)),
            },
            Block::Table { caption, head, rows } => self.table(caption.as_ref(), head, rows),
            Block::Notes(notes) => {
                let notes: String = notes.iter().map(|note| self.note(note)).collect();
                format!("<dl>\n{notes}</dl>\n")
            }
        }
    }

    fn table(&self, caption: Option<&Words>, head: &[&str], rows: &[Vec<Words>]) -> String {
        let caption = caption.map(|words| format!("<caption>{}</caption>\n", self.inline(words)));
        let head: String = head
            .iter()
            .map(|cell| format!("<th scope=\"col\"{}>{cell}</th>", self.english()))
            .collect();
        let rows: String = rows.iter().map(|row| self.row(row)).collect();
        format!(
            "<table>\n{}<thead>\n<tr>{head}</tr>\n</thead>\n<tbody>\n{rows}</tbody>\n</table>\n",
            caption.unwrap_or_default()
        )
    }

    fn row(&self, row: &[Words]) -> String {
        let cell = |(at, words): (usize, &Words)| match at {
            0 => format!("<th scope=\"row\">{}</th>", self.inline(words)),
            _ => format!("<td>{}</td>", self.inline(words)),
        };
        let cells: String = row.iter().enumerate().map(cell).collect();
        format!("<tr>{cells}</tr>\n")
    }

    fn note(&self, (term, words): &(Term, Words)) -> String {
        let term = match term {
            Term::English(text) => format!("<dt{}>{}</dt>", self.english(), escaped(text)),
            Term::Name(name) => format!("<dt>{}</dt>", code(name)),
        };
        format!("{term}<dd>{}</dd>\n", self.inline(words))
    }

    fn inline(&self, words: &Words) -> String {
        match words {
            Words::English(text) if self.is_english => lines(text),
            Words::English(text) => format!("<span{}>{}</span>", self.english(), lines(text)),
            Words::Own(text) => lines(text),
            Words::Name(name) => code(name),
            Words::Values(values) => {
                let values: Vec<String> = values.iter().map(value).collect();
                values.join("<br>")
            }
            Words::None => String::new(),
        }
    }
}

/// A name or value in the data. It is left to right in every language, and ends without effect on what follows.
fn code(text: &str) -> String {
    format!("<code dir=\"ltr\">{}</code>", escaped(text))
}

fn value((value, meaning): &(String, String)) -> String {
    match meaning.is_empty() {
        true => format!("<bdi>{}</bdi>", lines(value)),
        false => format!("{} = <bdi>{}</bdi>", code(value), lines(meaning)),
    }
}
