//! The documentation, run: what a page says the program prints is what it prints.
//!
//! Each page is read from top to bottom, in a folder of its own that begins with the library and the
//! schemas; that of a lint also with what `scalewright new example` writes. The first word after the fence says what a block is, the rest what to do with it:
//!
//! | fence | what happens |
//! |---|---|
//! | `console` | each `$ scalewright …` is run; what follows it is its output; `…` alone stands for lines left out |
//! | `toml,file=PATH`, `csv,file=PATH` | PATH is written |
//! | `toml,append=PATH` | the block is added to the end of PATH |
//! | `diff,file=PATH` | PATH is changed: the lines with `-` become those with `+` |
//! | `json,from=PATH` | the block is in PATH; `…` stands for what is left out |
//! | `sh` | a line `cargo run … -- ARGS` is run as `scalewright ARGS`, and succeeds |
//! | `toml` | is TOML |
//!
//! Readers do not see what follows the language in a fence. So a line above the block names the file: "File `PATH`:",
//! "Add to `PATH`:", "Change in `PATH`:" or "In `PATH`:"; a test compares it with the fence.
//!
//! `UPDATE_DOCS=1 cargo test -p scalewright-tests docs` writes the real output into the pages instead. Read
//! the difference before keeping it.

mod book;
mod run;

use std::fs;
use std::path::{Path, PathBuf};

use crate::support::root;
use run::Page;

fn updating() -> bool {
    std::env::var_os("UPDATE_DOCS").is_some()
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Every file below `folder` whose name ends so, in the order of their paths.
fn below(folder: &Path, ending: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            files.extend(below(&path, ending));
        } else if path.to_string_lossy().ends_with(ending) {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The pages of the book.
fn book() -> Vec<PathBuf> {
    let pages = below(&root().join("docs/src"), ".md");
    assert!(pages.len() > 20, "the book is there");
    pages
}

/// The pages of the book, and those that are read in the repository.
fn pages() -> Vec<PathBuf> {
    let mut pages = vec![
        root().join("README.md"),
        root().join("CONTRIBUTING.md"),
        root().join("crates/README.md"),
        root().join("instruments/README.md"),
    ];
    // Those of the lints are run where they are written.
    pages.extend(book().into_iter().filter(|page| !of_a_lint(page)));
    pages.extend(below(&root().join("crates/scalewright-check/src/lints"), ".md"));
    pages
}

fn of_a_lint(page: &Path) -> bool {
    page.parent().is_some_and(|folder| folder.ends_with("lints"))
}

/// The path of a page as people call it.
fn name(page: &Path) -> String {
    page.strip_prefix(root()).unwrap_or(page).display().to_string()
}

/// A part of a page.
enum Part {
    /// Lines outside of blocks.
    Prose(String),
    /// A fenced block.
    Block(Block),
}

struct Block {
    /// The line of the opening fence, counted from 1.
    line: usize,
    /// The opening fence, whole.
    fence: String,
    /// What is between the fences.
    text: String,
}

impl Block {
    /// The language, then what is said about it.
    fn words(&self) -> Vec<&str> {
        self.fence.trim_start_matches('`').split(',').map(str::trim).collect()
    }

    /// What is said about `key`.
    fn value(&self, key: &str) -> Option<&str> {
        self.words().iter().find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
    }
}

fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut prose = String::new();
    let mut open: Option<Block> = None;
    for (index, line) in text.lines().enumerate() {
        match &mut open {
            None if line.starts_with("```") => {
                parts.push(Part::Prose(std::mem::take(&mut prose)));
                let fence = line.to_owned();
                open = Some(Block { line: index + 1, fence, text: String::new() });
            }
            None => prose.extend([line, "\n"]),
            Some(block) if line.starts_with("```") => {
                let (line, fence) = (block.line, std::mem::take(&mut block.fence));
                let text = std::mem::take(&mut block.text);
                parts.push(Part::Block(Block { line, fence, text }));
                open = None;
            }
            Some(block) => block.text.extend([line, "\n"]),
        }
    }
    assert!(open.is_none(), "a block is never closed");
    parts.push(Part::Prose(prose));
    parts
}

fn whole(parts: &[Part]) -> String {
    let texts = parts.iter().map(|part| match part {
        Part::Prose(text) => text.clone(),
        Part::Block(block) => format!("{}\n{}```\n", block.fence, block.text),
    });
    texts.collect()
}

#[test]
fn every_example_does_what_its_page_says() {
    let mut faults = Vec::new();
    for path in pages() {
        let text = read(&path);
        let mut page = Page::new(name(&path));
        if of_a_lint(&path) {
            page.begin_with_an_example();
        }
        let mut parts = parts(&text);
        for part in &mut parts {
            if let Part::Block(block) = part {
                page.run(block);
            }
        }
        if updating() && whole(&parts) != text {
            fs::write(&path, whole(&parts)).expect("the page can be written to");
        }
        faults.extend(page.faults);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
