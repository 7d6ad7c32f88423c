//! A codebook as a document for readers, which is printed as Markdown and as HTML.

use super::table::{Codebook, Kind, Note, Part, Role, Section, Value, Variable};

/// A part of the document.
pub(super) enum Block {
    /// A heading; the title is at level 1. `name` is the name of a column or of a response scale, before the words.
    Heading {
        level: u8,
        name: Option<String>,
        words: Words,
    },
    /// A warning.
    Banner(String),
    Paragraph(Words),
    /// A table with a header for each column. The first cell of each row is its header.
    Table {
        caption: Option<Words>,
        head: Vec<&'static str>,
        rows: Vec<Vec<Words>>,
    },
    /// Names with their meanings.
    Notes(Vec<(Term, Words)>),
}

/// What a note is about.
pub(super) enum Term {
    /// English words.
    English(&'static str),
    /// A name in the data or in the definition.
    Name(String),
}

/// Words of the document.
pub(super) enum Words {
    /// English words.
    English(String),
    /// Words in the language of the codebook.
    Own(String),
    /// A name in the data.
    Name(String),
    /// Values with their meanings.
    Values(Vec<(String, String)>),
    None,
}

impl Words {
    fn english(text: &str) -> Self {
        if text.is_empty() { Self::None } else { Self::English(text.to_owned()) }
    }

    fn own(text: &str) -> Self {
        if text.is_empty() { Self::None } else { Self::Own(text.to_owned()) }
    }
}

/// The document.
pub(super) fn document(book: &Codebook) -> Vec<Block> {
    let mut blocks = vec![
        Block::Heading { level: 1, name: None, words: Words::own(&book.title) },
        Block::Paragraph(Words::English(format!(
            "Codebook: the columns of the answers, and those of the scores as “scalewright score” writes them. \
             Made from the definition by scalewright {}; change the definition instead of this file.",
            env!("CARGO_PKG_VERSION")
        ))),
    ];
    let is_alone = book.parts.len() == 1;
    for part in &book.parts {
        if !is_alone {
            let words = Words::own(&part.title);
            blocks.push(Block::Heading { level: 2, name: None, words });
        }
        blocks.extend(instrument(part, if is_alone { 2 } else { 3 }));
    }
    blocks
}

fn heading(level: u8, text: &str) -> Block {
    Block::Heading { level, name: None, words: Words::english(text) }
}

fn instrument(part: &Part, level: u8) -> Vec<Block> {
    let mut blocks = Vec::new();
    blocks.extend(part.banner.clone().map(Block::Banner));
    blocks.push(Block::Paragraph(Words::own(&part.notice)));
    blocks.push(heading(level, "Answers"));
    blocks.extend(part.instructions.as_deref().map(|text| Block::Paragraph(Words::own(text))));
    blocks.push(keys(&part.keys));
    blocks.extend(answers(&part.answers));
    blocks.push(heading(level, "Response scales"));
    blocks.push(Block::Notes(response_scales(&part.answers)));
    if !part.scores.is_empty() {
        blocks.push(heading(level, "Scores"));
        blocks.push(score_columns(&part.scores));
        let scores = part.scores.iter().filter(|variable| variable.role == Role::Score);
        blocks.extend(scores.flat_map(|score| explained(score, level + 1)));
    }
    blocks.push(heading(level, "About the instrument"));
    blocks.push(Block::Notes(about(&part.facts)));
    if !part.references.is_empty() {
        blocks.push(heading(level, "References"));
        let works = part.references.iter();
        let works = works.map(|(id, text)| (Term::Name(id.clone()), Words::own(text)));
        blocks.push(Block::Notes(works.collect()));
    }
    blocks
}

fn keys(keys: &[Variable]) -> Block {
    let rows = keys.iter().map(|key| vec![Words::Name(key.name.clone()), Words::own(&key.label)]);
    Block::Table { caption: None, head: vec!["Column", "Identifies the row"], rows: rows.collect() }
}

/// A table of items for each section.
fn answers(answers: &[Variable]) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut rest = answers;
    while let Some(first) = rest.first() {
        let count = rest.iter().take_while(|item| item.section == first.section).count();
        let (items, after) = rest.split_at(count);
        let Section { title, lead_in, instructions } = &first.section;
        blocks.extend(instructions.as_deref().map(|text| Block::Paragraph(Words::own(text))));
        let caption: Vec<&str> =
            [title, lead_in].into_iter().flatten().map(String::as_str).collect();
        blocks.push(Block::Table {
            caption: (!caption.is_empty()).then(|| Words::own(&caption.join(" – "))),
            head: vec!["Column", "Question", "Response scale", "Notes"],
            rows: items.iter().map(item).collect(),
        });
        rest = after;
    }
    blocks
}

fn item(item: &Variable) -> Vec<Words> {
    vec![
        Words::Name(item.name.clone()),
        Words::own(&item.label),
        item.response.clone().map_or(Words::None, Words::Name),
        Words::english(&item.explained()),
    ]
}

/// The response scales, each once.
fn response_scales(answers: &[Variable]) -> Vec<(Term, Words)> {
    let mut known: Vec<&str> = Vec::new();
    let mut scales = Vec::new();
    for item in answers {
        let Some(name) = item.response.as_deref().filter(|name| !known.contains(name)) else {
            continue;
        };
        known.push(name);
        let mut values = vec![(typed(item), String::new())];
        values.extend(item.values.iter().map(value));
        scales.push((Term::Name(name.to_owned()), Words::Values(values)));
    }
    scales
}

/// The type of a variable with its limits and unit.
pub(super) fn typed(variable: &Variable) -> String {
    let mut text = variable.kind.name().to_owned();
    let number = scalewright_scoring::emit::number;
    match (variable.min, variable.max) {
        (Some(min), Some(max)) => text.push_str(&format!(", {} to {}", number(min), number(max))),
        (Some(min), None) => text.push_str(&format!(", at least {}", number(min))),
        (None, Some(max)) => text.push_str(&format!(", at most {}", number(max))),
        (None, None) => {}
    }
    if let Some(unit) = &variable.unit {
        text.push_str(&format!(", {unit}"));
    }
    text
}

/// A value and what it means, with what else is known.
fn value(value: &Value) -> (String, String) {
    let Value { value, label, code, is_missing, limits } = value;
    let mut text = label.clone();
    if let Some(code) = code {
        text.push_str(&format!(" [{code}]"));
    }
    if *is_missing {
        text.push_str(" (missing answer)");
    }
    if let Some(limits) = limits {
        text.push_str(&format!(": {limits}"));
    }
    (value.clone(), text)
}

fn score_columns(scores: &[Variable]) -> Block {
    let row = |variable: &Variable| {
        let values = match variable.kind {
            Kind::Text => Words::Values(
                variable.values.iter().map(|value| (value.value.clone(), String::new())).collect(),
            ),
            _ => Words::English(typed(variable)),
        };
        vec![Words::Name(variable.name.clone()), Words::own(&variable.label), values]
    };
    Block::Table {
        caption: None,
        head: vec!["Column", "Content", "Values"],
        rows: scores.iter().map(row).collect(),
    }
}

fn explained(score: &Variable, level: u8) -> Vec<Block> {
    let words = Words::own(&score.label);
    let heading = Block::Heading { level, name: Some(score.name.clone()), words };
    let notes = score.notes.iter();
    let notes = notes.map(|(name, text)| {
        let words = match *name {
            "formula" => Words::Name(text.clone()),
            _ => Words::english(text),
        };
        (Term::English(name), words)
    });
    vec![heading, Block::Notes(notes.collect())]
}

fn about(facts: &[Note]) -> Vec<(Term, Words)> {
    facts.iter().map(|(name, text)| (Term::English(name), Words::own(text))).collect()
}
