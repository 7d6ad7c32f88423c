//! Runs a page in its own folder.

use std::cell::RefCell;
use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use scalewright_check::{Input, Source, check};

use super::{Block, programs, read, updating};
use crate::support::root;

/// A page that is being run.
pub(super) struct Page {
    name: String,
    folder: tempfile::TempDir,
    /// The exit code of the last command.
    code: u8,
    pub(super) faults: Vec<String>,
}

impl Page {
    pub(super) fn new(name: String) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        for part in ["instruments", "schemas", "tests/scoring/steady-ten"] {
            copy(&root().join(part), &folder.path().join(part));
        }
        Self { name, folder, code: 0, faults: Vec::new() }
    }

    pub(super) fn begin_with_an_example(&self) {
        let made = crate::support::run(&["new", "example"], self.folder.path());
        assert_eq!(made.code, 0, "{}", made.err);
    }

    fn fault(&mut self, line: usize, what: &str) {
        self.faults.push(format!("{}:{line}: {what}", self.name));
    }

    /// The path, in the page's folder, that a block names.
    fn path(&self, named: &str) -> PathBuf {
        let path = Path::new(named);
        let plain = path.components().all(|part| matches!(part, std::path::Component::Normal(_)));
        assert!(plain, "{}: `{named}` leads out of the page's folder", self.name);
        self.folder.path().join(path)
    }

    pub(super) fn run(&mut self, block: &mut Block) {
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
        fs::create_dir_all(folder).expect("the page's folder is writable");
        fs::write(path, text).expect("the page's folder is writable");
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
            self.fault(block.line, &format!("these lines are not exactly once in `{file}`"));
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
        let checked = check(Input::alone(source));
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
            let output = self.command(&format!("scalewright {args}"));
            if self.code != 0 && output.is_some() {
                self.fault(block.line, &format!("fails:\n{}", output.unwrap_or_default()));
            }
        }
    }

    /// Runs the commands of a block. Returns the block with the real output.
    fn console(&mut self, block: &Block) -> String {
        let mut text = String::new();
        let mut lines = block.text.lines().peekable();
        while let Some(line) = lines.next() {
            let Some(command) = line.strip_prefix("$ ") else {
                self.fault(block.line, &format!("a block of commands begins with `{line}`"));
                break;
            };
            let mut expected = Vec::new();
            while let Some(line) = lines.next_if(|line| !line.starts_with("$ ")) {
                expected.push(line);
            }
            let real = self.command(command);
            text.push_str(&format!("{line}\n"));
            let real = real.unwrap_or_else(|| expected.join("\n"));
            if same(&expected, &real, command) {
                text.extend(expected.iter().flat_map(|line| [line, "\n"]));
            } else {
                if !updating() {
                    self.fault(
                        block.line,
                        &format!("`{command}` prints\n{real}\nnot\n{}", expected.join("\n")),
                    );
                }
                text.extend(tidy(&real).iter().flat_map(|line| [line, "\n"]));
            }
        }
        text
    }

    /// The output of a command, with standard output and standard error in order. Returns `None` if the command cannot
    /// be run in this build.
    fn command(&mut self, command: &str) -> Option<String> {
        let mut words = words(command);
        if words.first().is_some_and(|word| word == "echo") {
            assert_eq!(words, ["echo", "$?"], "{}: only `echo $?` is known", self.name);
            return Some(self.code.to_string());
        }
        if programs::is_known(&words[0]) {
            let (code, output) = programs::run(&words, self.folder.path());
            self.code = code;
            return Some(output);
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
        // The record of trusted plug-ins is that of the page, never that of the person who runs the tests.
        let record = self.folder.path().join(".scalewright");
        words.splice(1..1, ["--config-dir".to_owned(), record.display().to_string()]);
        let args = words.into_iter().map(OsString::from);
        self.code = scalewright::run(args, self.folder.path(), &mut out, &mut err);
        if let Some(file) = file {
            self.write(&file, &out.text());
        }
        let output = screen.text();
        (!output.contains("this program was built without PDF")).then_some(output)
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a temporary folder is writable");
    for entry in fs::read_dir(from).expect("the folder exists").flatten() {
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        if path.is_dir() {
            copy(&path, &to);
        } else {
            fs::copy(&path, &to).expect("a temporary folder is writable");
        }
    }
}

/// A writer for both standard output and standard error, like a terminal.
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

/// Splits a command into words. Single and double quotes group words.
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

/// Lines without trailing blanks, and without empty lines at the end.
fn tidy(text: &str) -> Vec<&str> {
    text.trim_end().lines().map(str::trim_end).collect()
}

/// Whether the output on a page matches the printed output.
fn same(expected: &[&str], real: &str, command: &str) -> bool {
    let expected = expected.join("\n");
    if command.contains("--help") {
        // Help is wrapped to the width of the terminal, if there is one.
        return expected.split_whitespace().eq(real.split_whitespace());
    }
    matches(&tidy(&expected), &tidy(real))
}

/// Whether `lines` match `pattern`, in which a line `…` matches any lines.
fn matches(pattern: &[&str], lines: &[&str]) -> bool {
    match pattern.split_first() {
        None => lines.is_empty(),
        Some((&"…", rest)) => (0..=lines.len()).any(|skip| matches(rest, &lines[skip..])),
        Some((first, rest)) => lines.first() == Some(first) && matches(rest, &lines[1..]),
    }
}
