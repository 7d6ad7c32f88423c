//! Untrusted text in messages: a message stays on one line whatever it quotes, and contains no control sequences for a
//! terminal and no commands for a CI service that reads the output.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{Run, root, run};

/// A hostile text: line ends of all kinds, CI commands, terminal styles and characters that change the text direction.
const HOSTILE: &str = "x\n::error file=a,line=1::pwned\r\u{85}::warning::b\u{2028}::notice::c\u{1b}[31m\u{202e}\u{200f}\u{9b}1m";

fn steady_ten() -> TempDir {
    let at = tempfile::tempdir().expect("a temporary folder");
    let text = fs::read_to_string(root().join("tests/scoring/steady-ten/instrument.toml"));
    write(at.path(), "instruments/steady-ten/instrument.toml", &text.expect("a fixture"));
    at
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a file is in a folder"))
        .expect("the folder can be created");
    fs::write(path, text).expect("the file is writable");
}

/// Asserts that no line is a CI command, and none is extremely long. (`run` checks control characters.)
fn is_harmless(done: &Run, what: &str) {
    for line in done.out.lines().chain(done.err.lines()) {
        let start = line.trim_start();
        assert!(!start.starts_with("::"), "{what}: {line:?}");
        assert!(!line.contains("##["), "{what}: {line:?}");
        let odd = line.chars().find(|c| {
            matches!(c, '\u{2028}' | '\u{2029}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
        });
        assert_eq!(odd, None, "{what}: {line:?}");
        assert!(line.chars().count() < 5_000, "{what}: a line of {} bytes", line.len());
    }
}

/// The columns of an instrument with ten items.
fn head(first: &str) -> String {
    let items: Vec<String> = (1..=10).map(|item| format!("steady_{item}")).collect();
    format!("{first},{}\n", items.join(","))
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('"', "\"\""))
}

#[test]
fn cells_columns_and_names_of_files_are_quoted_on_one_line() {
    let at = steady_ten();
    let hostile = quoted(HOSTILE);
    let ones = ",1".repeat(9);
    let long = "é".repeat(100_000);
    let tables = [
        ("cell.csv", format!("{}p1,{hostile}{ones}\n", head("respondent"))),
        ("id.csv", format!("{}{hostile},77{ones}\n", head("respondent"))),
        ("column.csv", format!("{hostile},{}p1,1{ones},1\n", head("respondent"))),
        ("columns.csv", format!("respondent,{hostile}\np1,1\n")),
        ("long.csv", format!("{}{long},{long}{ones}\n", head("respondent"))),
        ("longer.csv", format!("respondent,{long}\np1,1\n")),
    ];
    for (name, text) in tables {
        write(at.path(), name, &text);
        is_harmless(&run(&["score", "steady-ten", name, "--drop-all"], at.path()), name);
    }
    let answers: Vec<String> = (1..=10).map(|item| format!("\"steady_{item}\": 77")).collect();
    let respondent = serde_json::json!(HOSTILE);
    let lines = format!("{{\"respondent\": {respondent}, {}}}\n", answers.join(", "));
    write(at.path(), "id.jsonl", &lines);
    is_harmless(&run(&["score", "steady-ten", "id.jsonl"], at.path()), "id.jsonl");
    let named = "::error::\nx\u{202e}.csv";
    write(at.path(), named, &format!("{}p1,77{ones}\n", head("respondent")));
    is_harmless(&run(&["score", "steady-ten", named], at.path()), "the name of the table");
    is_harmless(&run(&["score", "steady-ten", "answers.csv\n::error::x"], at.path()), "no table");
}

#[test]
fn arguments_are_quoted_on_one_line() {
    let at = steady_ten();
    let long = "a".repeat(100_000);
    for text in [HOSTILE, "::error::x", "##[error]x", &long] {
        let option = format!("--{text}");
        let cases: [&[&str]; 9] = [
            &[text],
            &["check", text],
            &["check", &option],
            &["check", "--format", text],
            &["check", "--date", text],
            &["explain", text],
            &["score", text, text],
            &["diff", text, text],
            &["wording", "steady-ten", "--language", text],
        ];
        for args in cases {
            let done = run(args, at.path());
            assert_eq!(done.code, 2, "{args:?}: {}", done.err);
            is_harmless(&done, &format!("{args:?}"));
        }
    }
}

#[test]
fn definitions_are_quoted_on_one_line() {
    let at = steady_ten();
    let path = at.path().join("instruments/steady-ten/instrument.toml");
    let sound = fs::read_to_string(path).expect("a fixture");
    let text = serde_json::json!(HOSTILE).to_string().replace("\\u001b", "\\u001B");
    let broken = [
        sound.replacen("[[items]]\nid = \"", &format!("[[items]]\nid = {text}\nx-id = \""), 1),
        format!("{text} = 1\n{sound}"),
        sound.replacen("title = ", &format!("title = {text} #"), 1),
        format!("# \u{202e}::error::\u{200f}\u{2028}x\nformat = \"\u{202e}\n{sound}"),
    ];
    for (number, text) in broken.iter().enumerate() {
        let folder = format!("lib/::error::{number}\n::warning::x");
        write(at.path(), &format!("{folder}/instrument.toml"), text);
    }
    let cases: [&[&str]; 6] = [
        &["--library", "lib", "list"],
        &["--library", "lib", "check"],
        &["--library", "lib", "check", "--format", "concise"],
        &["--library", "lib", "fmt", "--check"],
        &["--library", "lib", "fmt", "--diff"],
        &["--library", "lib", "explain-score", "lib/::error::2\n::warning::x"],
    ];
    for args in cases {
        is_harmless(&run(args, at.path()), &format!("{args:?}"));
    }
    let list = run(cases[0], at.path());
    // The header and a row for each definition.
    assert_eq!(list.out.lines().count(), 1 + broken.len(), "{}", list.out);
}
