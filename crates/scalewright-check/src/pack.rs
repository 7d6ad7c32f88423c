//! Reads `pack.toml`, the description of a pack.

use std::collections::BTreeMap;
use std::path::{Component, Path};

use scalewright_model::file::{FORMAT, FormatsFile, LIBRARY_NAME, PackFile, PackProgramFile};
use scalewright_model::{Diagnostic, Pointer, is_date};

use crate::{Document, Finding, SchemaKind, Source, locate, shape};

/// Reads a `pack.toml`. The file is `None` if it has errors. Findings have positions in the document, which has index 0.
#[must_use]
pub fn read_pack(source: Source) -> (Option<PackFile>, Document, Vec<Finding>) {
    let (document, unread) = Document::decode(0, source.name, source.bytes);
    if let Some(finding) = unread {
        return (None, document, vec![finding]);
    }
    let (file, mut found) = match document.tree(0) {
        (tree, errors) if errors.is_empty() => shape::read::<PackFile>(&tree, SchemaKind::Pack),
        (_, errors) => return (None, document.clone(), errors),
    };
    found.extend(file.iter().flat_map(wrong));
    let file = file.filter(|_| found.is_empty());
    let mut findings = locate(found, 0, &document);
    findings.sort_by_key(Finding::order);
    (file, document, findings)
}

fn wrong(pack: &PackFile) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    if pack.name == LIBRARY_NAME {
        let message = format!("a pack cannot be named `{LIBRARY_NAME}`");
        found.push(Diagnostic::error("reserved-name", message).at(Pointer::top("name"), "").help(
            format!("`{LIBRARY_NAME}:id` names an instrument of the library: choose another name"),
        ));
    }
    found.extend(formats(pack));
    for (index, evidence) in pack.rights.evidence.iter().enumerate() {
        if !is_date(&evidence.seen) {
            let place = Pointer::top("rights").key("evidence").index(index).key("seen");
            let message = format!("the date `{}` does not exist", evidence.seen);
            found.push(
                Diagnostic::error("no-such-date", message)
                    .at(place, "")
                    .help("write year, month and day, such as `2026-01-31`"),
            );
        }
    }
    found.extend(programs("lints", &pack.lints));
    found.extend(programs("exporters", &pack.exporters));
    found.extend(programs("importers", &pack.importers));
    found
}

fn formats(pack: &PackFile) -> Option<Diagnostic> {
    let FormatsFile { from, to } = pack.formats();
    let place = Pointer::top("formats");
    if from > to {
        let message = format!("the range of formats is empty: from {from} to {to}");
        let found = Diagnostic::error("empty-range", message).at(place, "");
        return Some(found.help("exchange the two numbers"));
    }
    let message = format!(
        "the definitions of this pack have a format from {from} to {to}, but this program reads format {FORMAT}"
    );
    let found = Diagnostic::error("unsupported-format", message).at(place, "");
    let newer = "install a version of scalewright that reads this pack";
    (!(from..=to).contains(&FORMAT)).then(|| found.help(newer))
}

/// Checks names and commands. Names become parts of codes, of file names and of the command line.
fn programs(table: &str, programs: &BTreeMap<String, PackProgramFile>) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, program) in programs {
        let place = Pointer::top(table).key(name);
        if !is_name(name) {
            found.push(
                Diagnostic::error(
                    "wrong-form",
                    format!("`{name}` cannot be the name of a program"),
                )
                .at_key(place.clone(), "")
                .help(
                    "write lower-case words and digits joined by single hyphens, such as `house`",
                ),
            );
        }
        for (index, word) in program.command.iter().enumerate().filter(|(_, word)| leaves(word)) {
            found.push(
                Diagnostic::error("outside-pack", format!("`{word}` leads out of the pack"))
                    .at(place.key("command").index(index), "")
                    .help("put the file into the pack: others have only the pack"),
            );
        }
    }
    found
}

/// Whether `text` is a name like an id: at most 64 bytes of lower-case words and digits joined by single hyphens.
fn is_name(text: &str) -> bool {
    let word = |word: &str| {
        !word.is_empty() && word.bytes().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    let starts = text.starts_with(|c: char| c.is_ascii_lowercase());
    text.len() <= 64 && starts && text.split('-').all(word)
}

fn leaves(word: &str) -> bool {
    Path::new(word).components().any(|part| part == Component::ParentDir)
}
