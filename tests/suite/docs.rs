//! Runs the documentation: every output on a page is the real output of the program.
//!
//! Each page is run from top to bottom in its own folder, which contains the library and the schemas. The folder of a
//! lint's page also contains the files of `scalewright new example`. The first word after the fence is the kind of the
//! block, the rest are its options:
//!
//! | fence | what happens |
//! |---|---|
//! | `console` | each `$ scalewright …` is run, and the lines after it are its output; a line `…` replaces omitted lines; `python3`, `jq`, `Rscript` and `node` are run too, and `python`, which has the packages of `tests/oracles/code` |
//! | `toml,file=PATH`, `csv,file=PATH` | PATH is written |
//! | `toml,append=PATH` | the block is added to the end of PATH |
//! | `diff,file=PATH` | PATH is changed: lines with `-` are replaced by lines with `+` |
//! | `json,from=PATH` | the block is part of PATH; `…` replaces omitted text |
//! | `sh` | a line `cargo run … -- ARGS` is run as `scalewright ARGS`, and succeeds |
//! | `toml` | the block is valid TOML |
//!
//! Readers do not see the options of a fence. So a line above the block names the file: "File `PATH`:", "Add to
//! `PATH`:", "Change in `PATH`:" or "In `PATH`:"; a test compares it with the fence.
//!
//! `UPDATE_DOCS=1 cargo test -p scalewright-tests docs` writes the real output into the pages instead. Read
//! the difference before keeping it.

mod book;
mod programs;
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

/// The files below `folder` whose path ends with `ending`, sorted.
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
    assert!(pages.len() > 20, "the book exists");
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
    // The pages of lints are generated, so their sources are run instead.
    pages.extend(book().into_iter().filter(|page| !of_a_lint(page)));
    pages.extend(below(&root().join("crates/scalewright-check/src/lints"), ".md"));
    pages
}

fn of_a_lint(page: &Path) -> bool {
    page.parent().is_some_and(|folder| folder.ends_with("lints"))
}

/// The path of a page from the root of the repository.
fn name(page: &Path) -> String {
    page.strip_prefix(root()).unwrap_or(page).display().to_string()
}

/// A chunk of a page.
enum Chunk {
    /// Lines outside blocks.
    Prose(String),
    /// A fenced block.
    Block(Block),
}

struct Block {
    /// The line of the opening fence, counted from 1.
    line: usize,
    /// The whole line of the opening fence.
    fence: String,
    /// The text between the fences.
    text: String,
}

impl Block {
    /// The language and the options.
    fn words(&self) -> Vec<&str> {
        self.fence.trim_start_matches('`').split(',').map(str::trim).collect()
    }

    /// The value of the option `key`.
    fn value(&self, key: &str) -> Option<&str> {
        self.words().iter().find_map(|word| word.strip_prefix(key)?.strip_prefix('='))
    }
}

fn chunks(text: &str) -> Vec<Chunk> {
    let mut chunks = Vec::new();
    let mut prose = String::new();
    let mut open: Option<Block> = None;
    for (index, line) in text.lines().enumerate() {
        match &mut open {
            None if line.starts_with("```") => {
                chunks.push(Chunk::Prose(std::mem::take(&mut prose)));
                let fence = line.to_owned();
                open = Some(Block { line: index + 1, fence, text: String::new() });
            }
            None => prose.extend([line, "\n"]),
            Some(block) if line.starts_with("```") => {
                let (line, fence) = (block.line, std::mem::take(&mut block.fence));
                let text = std::mem::take(&mut block.text);
                chunks.push(Chunk::Block(Block { line, fence, text }));
                open = None;
            }
            Some(block) => block.text.extend([line, "\n"]),
        }
    }
    assert!(open.is_none(), "a block is never closed");
    chunks.push(Chunk::Prose(prose));
    chunks
}

fn whole(chunks: &[Chunk]) -> String {
    let texts = chunks.iter().map(|chunk| match chunk {
        Chunk::Prose(text) => text.clone(),
        Chunk::Block(block) => format!("{}\n{}```\n", block.fence, block.text),
    });
    texts.collect()
}

#[test]
fn every_example_gives_the_output_on_its_page() {
    let mut faults = Vec::new();
    for path in pages() {
        let text = read(&path);
        let mut page = Page::new(name(&path));
        if of_a_lint(&path) {
            page.begin_with_an_example();
        }
        let mut chunks = chunks(&text);
        for chunk in &mut chunks {
            if let Chunk::Block(block) = chunk {
                page.run(block);
            }
        }
        if updating() && whole(&chunks) != text {
            fs::write(&path, whole(&chunks)).expect("the page is writable");
        }
        faults.extend(page.faults);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}
