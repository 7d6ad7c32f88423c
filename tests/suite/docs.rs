//! The documentation, run: what a page says the program prints is what it prints.
//!
//! Each page is read from top to bottom, in a folder of its own that begins with the library and the
//! schemas. The first word after the fence says what a block is, the rest what to do with it:
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
//! `UPDATE_DOCS=1 cargo test -p scalewright-tests docs` writes the real output into the pages instead. Read
//! the difference before keeping it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use scalewright_check::lints::LINTS;
use scalewright_check::{Input, Source, check};

use crate::support::root;

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
    pages.extend(book());
    pages
}

/// The path of a page as people call it.
fn name(page: &Path) -> String {
    page.strip_prefix(root()).unwrap_or(page).display().to_string()
}

// Pages and their blocks.

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

// Running a page.

/// A page being run.
struct Page {
    name: String,
    folder: tempfile::TempDir,
    /// The exit code of the last command.
    code: u8,
    faults: Vec<String>,
}

impl Page {
    fn new(name: String) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for part in ["instruments", "schemas"] {
            copy(&root().join(part), &folder.path().join(part));
        }
        Self { name, folder, code: 0, faults: Vec::new() }
    }

    fn fault(&mut self, line: usize, what: &str) {
        self.faults.push(format!("{}:{line}: {what}", self.name));
    }

    /// The path in the page's folder that a block names.
    fn path(&self, named: &str) -> PathBuf {
        let path = Path::new(named);
        let plain = path.components().all(|part| matches!(part, std::path::Component::Normal(_)));
        assert!(plain, "{}: `{named}` leads out of the page's folder", self.name);
        self.folder.path().join(path)
    }

    fn run(&mut self, block: &mut Block) {
        let (file, append, from) =
            (block.value("file"), block.value("append"), block.value("from"));
        match (block.words()[0], file, append, from) {
            ("console", ..) => block.text = self.console(block),
            ("diff", Some(file), ..) => self.change(block, file),
            (_, Some(file), ..) => self.write(file, &block.text),
            (_, _, Some(file), _) => {
                let text = read(&self.path(file));
                self.write(file, &format!("{}\n\n{}", text.trim_end(), block.text));
            }
            (_, _, _, Some(file)) => self.excerpt(block, file),
            ("toml", ..) => self.toml(block),
            ("sh", ..) => self.shell(block),
            _ => {}
        }
    }

    fn write(&self, file: &str, text: &str) {
        let path = self.path(file);
        let folder = path.parent().expect("a file is in a folder");
        fs::create_dir_all(folder).expect("the page's folder can be written to");
        fs::write(path, text).expect("the page's folder can be written to");
    }

    fn change(&mut self, block: &Block, file: &str) {
        let side = |sign: char| -> String {
            let lines = block.text.lines().filter(|line| !line.starts_with(sign));
            lines.map(|line| format!("{}\n", line.get(1..).unwrap_or_default())).collect()
        };
        let (before, after) = (side('+'), side('-'));
        let text = read(&self.path(file));
        if text.matches(&before).count() == 1 {
            self.write(file, &text.replace(&before, &after));
        } else {
            self.fault(block.line, &format!("these lines are not once in `{file}`"));
        }
    }

    fn excerpt(&mut self, block: &Block, file: &str) {
        let text = read(&self.path(file));
        let mut rest = text.as_str();
        for piece in block.text.split('…').map(str::trim).filter(|piece| !piece.is_empty()) {
            match rest.find(piece) {
                Some(at) => rest = &rest[at + piece.len()..],
                None => self.fault(block.line, &format!("not in `{file}`:\n{piece}")),
            }
        }
    }

    fn toml(&mut self, block: &Block) {
        let source = Source { name: String::new(), bytes: block.text.clone().into_bytes() };
        let checked = check(Input {
            definition: source,
            folder: None,
            beside: Vec::new(),
            supplied: Vec::new(),
            cases: None,
        });
        for finding in checked.findings.iter().filter(|finding| finding.code == "syntax") {
            self.fault(block.line, &format!("not TOML: {}", finding.message));
        }
    }

    fn shell(&mut self, block: &Block) {
        for line in block.text.lines() {
            let Some((_, args)) =
                line.split_once(" -- ").filter(|(c, _)| c.starts_with("cargo run"))
            else {
                continue;
            };
            let said = self.command(&format!("scalewright {args}"));
            if self.code != 0 && said.is_some() {
                self.fault(block.line, &format!("fails:\n{}", said.unwrap_or_default()));
            }
        }
    }

    /// Runs the commands of a block; the block as it should read.
    fn console(&mut self, block: &Block) -> String {
        let mut text = String::new();
        let mut lines = block.text.lines().peekable();
        while let Some(line) = lines.next() {
            let Some(command) = line.strip_prefix("$ ") else {
                self.fault(block.line, &format!("a block of commands begins with `{line}`"));
                break;
            };
            let mut said = Vec::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
                said.push(line);
            }
            let real = self.command(command);
            text.push_str(&format!("{line}\n"));
            let real = real.unwrap_or_else(|| said.join("\n"));
            if same(&said, &real, command) {
                text.extend(said.iter().flat_map(|line| [line, "\n"]));
            } else {
                if !updating() {
                    self.fault(
                        block.line,
                        &format!("`{command}` prints\n{real}\nnot\n{}", said.join("\n")),
                    );
                }
                text.extend(tidy(&real).iter().flat_map(|line| [line, "\n"]));
            }
        }
        text
    }

    /// What a command prints, in the order in which it prints it; nothing where it cannot be run in this build.
    fn command(&mut self, command: &str) -> Option<String> {
        let mut words = words(command);
        if words.first().is_some_and(|word| word == "echo") {
            assert_eq!(words, ["echo", "$?"], "{}: only `echo $?` is known", self.name);
            return Some(self.code.to_string());
        }
        assert_eq!(words[0], "scalewright", "{}: `{command}` cannot be run", self.name);
        let file = words.iter().position(|word| word == ">").map(|at| {
            let file = words.remove(at + 1);
            words.truncate(at);
            file
        });
        let screen = Screen::default();
        let mut err = screen.clone();
        let mut out = if file.is_some() { Screen::default() } else { screen.clone() };
        let args = words.into_iter().map(OsString::from);
        self.code = scalewright::run(args, self.folder.path(), &mut out, &mut err);
        if let Some(file) = file {
            self.write(&file, &out.text());
        }
        let said = screen.text();
        (!said.contains("this program was built without PDF")).then_some(said)
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a temporary folder can be written to");
    for entry in fs::read_dir(from).expect("the folder is there").flatten() {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).expect("a temporary folder can be written to");
        }
    }
}

/// Where standard output and standard error meet, as on a terminal.
#[derive(Clone, Default)]
struct Screen(Rc<RefCell<Vec<u8>>>);

impl Screen {
    fn text(&self) -> String {
        let bytes = self.0.borrow();
        let plain = anstream::adapter::strip_bytes(&bytes).into_vec();
        String::from_utf8(plain).expect("the program prints UTF-8")
    }
}

impl Write for Screen {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.borrow_mut().extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A command's words; single and double quotes keep some together.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quote = None;
    for character in command.chars() {
        match (quote, character) {
            (Some(open), _) if character == open => quote = None,
            (None, '\'' | '"') => quote = Some(character),
            (None, ' ') => words.extend(Some(std::mem::take(&mut word)).filter(|w| !w.is_empty())),
            _ => word.push(character),
        }
    }
    words.extend(Some(word).filter(|w| !w.is_empty()));
    words
}

/// Lines without blanks at their ends, and without empty lines at the end of all.
fn tidy(text: &str) -> Vec<&str> {
    text.trim_end().lines().map(str::trim_end).collect()
}

/// Whether what a page says is what was printed.
fn same(said: &[&str], real: &str, command: &str) -> bool {
    let said = said.join("\n");
    if command.contains("--help") {
        // Help is wrapped to the width of the terminal, if there is one.
        return said.split_whitespace().eq(real.split_whitespace());
    }
    matches(&tidy(&said), &tidy(real))
}

/// Whether `pattern`, in which `…` alone stands for any lines, is `lines`.
fn matches(pattern: &[&str], lines: &[&str]) -> bool {
    match pattern.split_first() {
        None => lines.is_empty(),
        Some((&"…", rest)) => (0..=lines.len()).any(|skip| matches(rest, &lines[skip..])),
        Some((first, rest)) => lines.first() == Some(first) && matches(rest, &lines[1..]),
    }
}

#[test]
fn every_example_does_what_its_page_says() {
    let mut faults = Vec::new();
    for path in pages() {
        let text = read(&path);
        let mut page = Page::new(name(&path));
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

// The book hangs together.

/// Where the links of a page lead, outside of blocks and code.
fn links(text: &str) -> Vec<String> {
    let mut links = Vec::new();
    for part in parts(text) {
        let Part::Prose(prose) = part else { continue };
        let shown = prose.split("<!--").map(|part| part.rsplit("-->").next().unwrap_or_default());
        let prose: String = shown.collect();
        let prose: String = prose.split('`').step_by(2).collect();
        for after in prose.split("](").skip(1) {
            links.extend(after.split_once(')').map(|(link, _)| link.to_owned()));
        }
    }
    links
}

/// A heading as the end of a link names it.
fn anchor(heading: &str) -> String {
    let kept =
        heading.trim().chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

fn anchors(text: &str) -> BTreeSet<String> {
    let mut anchors = BTreeSet::new();
    for part in parts(text) {
        let Part::Prose(prose) = part else { continue };
        let headings = prose.lines().filter(|line| line.starts_with('#'));
        anchors.extend(headings.map(|line| anchor(line.trim_start_matches('#'))));
    }
    anchors
}

#[test]
fn every_link_leads_somewhere() {
    let mut faults = Vec::new();
    let mut count = 0;
    for page in pages() {
        for link in links(&read(&page)) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            count += 1;
            let (file, part) = link.split_once('#').unwrap_or((&link, ""));
            let folder = page.parent().expect("a page is in a folder");
            let target = if file.is_empty() { page.clone() } else { folder.join(file) };
            let there =
                target.exists() && (part.is_empty() || anchors(&read(&target)).contains(part));
            if !there {
                faults.push(format!("{}: {link}", name(&page)));
            }
        }
    }
    assert!(count > 50, "links are found");
    assert!(faults.is_empty(), "links that lead nowhere:\n{}", faults.join("\n"));
}

#[test]
fn the_summary_lists_every_page() {
    let folder = root().join("docs/src");
    let listed: BTreeSet<PathBuf> =
        links(&read(&folder.join("SUMMARY.md"))).iter().map(|link| folder.join(link)).collect();
    let there: BTreeSet<PathBuf> =
        book().into_iter().filter(|page| !page.ends_with("SUMMARY.md")).collect();
    assert_eq!(listed, there);
}

#[test]
fn every_lint_has_its_page() {
    for lint in LINTS {
        let page = read(&root().join(format!("docs/src/lints/{}.md", lint.name)));
        let file = format!("crates/scalewright-check/src/lints/{}.md", lint.name.replace('-', "_"));
        let include = format!("{{{{#include ../../../{file}}}}}");
        assert!(page.contains(&include), "{}: its page does not include {file}", lint.name);
        assert_eq!(read(&root().join(&file)), lint.explain, "{}: another file", lint.name);
        assert!(page.contains(&format!("[{}]", lint.name)), "{}: its page shows none", lint.name);
    }
}

/// The codes of all findings that the sources make.
fn codes() -> BTreeSet<String> {
    let mut codes: BTreeSet<String> = LINTS.iter().map(|lint| lint.name.to_owned()).collect();
    for file in below(&root().join("crates"), ".rs") {
        let text = read(&file);
        for sign in ["Diagnostic::error(", "Diagnostic::warning(", "code: "] {
            let calls = text.split(sign).skip(1).map(str::trim_start);
            let literals = calls.filter_map(|call| call.strip_prefix('"')?.split_once('"'));
            codes.extend(literals.map(|(code, _)| code.to_owned()));
        }
    }
    assert!(codes.len() > 50, "codes are found");
    codes
}

#[test]
fn every_message_is_explained() {
    let page = read(&root().join("docs/src/messages.md"));
    let missing: Vec<String> =
        codes().into_iter().filter(|code| !page.contains(&format!("| `{code}` |"))).collect();
    assert!(missing.is_empty(), "docs/src/messages.md lacks {missing:?}");
}

#[test]
fn the_pages_of_keys_are_those_of_the_schemas() {
    for kind in ["instrument", "wording", "cases"] {
        let path = root().join(format!("docs/src/reference/{kind}.md"));
        let screen = Screen::default();
        let args = ["scalewright", "schema", kind, "--format", "markdown"].map(OsString::from);
        let code = scalewright::run(args, &root(), &mut screen.clone(), &mut screen.clone());
        assert_eq!(code, 0, "{}", screen.text());
        if updating() {
            fs::write(&path, screen.text()).expect("the page can be written to");
        }
        assert!(
            read(&path) == screen.text(),
            "{} is not what `scalewright schema {kind} --format markdown` prints",
            name(&path)
        );
    }
}

#[test]
fn the_command_page_has_every_command() {
    let page = read(&root().join("docs/src/reference/commands.md"));
    let screen = Screen::default();
    let args = ["scalewright", "--help"].map(OsString::from);
    scalewright::run(args, &root(), &mut screen.clone(), &mut screen.clone());
    let help = screen.text();
    let list = help.split("Commands:").nth(1).and_then(|rest| rest.split("Options:").next());
    let commands = list.unwrap_or_default().lines().filter_map(|line| {
        let name = line.strip_prefix("  ")?.split_whitespace().next()?;
        (!line.starts_with("   ") && name != "help").then_some(name)
    });
    let commands: Vec<&str> = commands.collect();
    assert!(commands.len() >= 8, "commands are found: {commands:?}");
    for command in commands {
        let line = format!("$ scalewright {command} --help");
        assert!(page.contains(&line), "docs/src/reference/commands.md lacks `{line}`");
    }
}
