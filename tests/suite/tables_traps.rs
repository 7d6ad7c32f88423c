//! Tables with traps: each is read exactly, or refused with a place and a way on that leads to the right scores.

use std::fs;

use serde::Deserialize;

use crate::support::{root, run};

#[derive(Deserialize)]
struct Traps {
    trap: Vec<Trap>,
}

#[derive(Deserialize)]
struct Trap {
    name: String,
    #[serde(default = "table")]
    file: String,
    text: String,
    says: Option<String>,
    #[serde(default)]
    then: Vec<String>,
    #[serde(default)]
    scores: Vec<String>,
}

fn table() -> String {
    "a.csv".to_owned()
}

/// The answers of each row as scores of single items, without the respondent and the mean.
fn answers(out: &str) -> Vec<String> {
    let row = |line: &str| line.splitn(3, ',').nth(2).unwrap_or_default().to_owned();
    out.lines().skip(1).map(row).collect()
}

#[test]
fn each_trap_is_read_exactly_or_refused_with_a_way_on() {
    let fixtures = root().join("tests/fixtures");
    let text = fs::read_to_string(fixtures.join("traps/tables.toml")).expect("the fixture exists");
    let Traps { trap } = toml::from_str(&text).expect("a list of traps");
    assert!(trap.len() >= 40, "{}", trap.len());
    let definition = fixtures.join("statistics/instrument.toml");
    for Trap { name, file, text, says, then, scores } in trap {
        let at = tempfile::tempdir().expect("a temporary folder");
        fs::copy(&definition, at.path().join("stat5.toml")).expect("the fixture exists");
        fs::write(at.path().join(&file), text).expect("the file is writable");
        let score = |more: &[String]| {
            let mut args = vec!["score", "stat5.toml", &file, "--columns", "scores", "--drop-all"];
            args.extend(more.iter().map(String::as_str));
            run(&args, at.path())
        };
        let mut done = score(&[]);
        if let Some(says) = says {
            assert!(done.code != 0 && done.out.is_empty(), "{name}: {}", done.out);
            assert!(done.err.contains(&says), "{name}: no {says:?} in {}", done.err);
            if then.is_empty() {
                continue;
            }
            done = score(&then);
        }
        assert_eq!((done.code, answers(&done.out)), (0, scores), "{name}: {}", done.err);
    }
}
