//! Scoring code that meets hostile ids and answers gives our scores or a clear error.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::Path;

use scalewright_check::Checked;

use super::job::Job;
use super::{Engine, FRAMES, PLAIN, SQL, output, run};
use crate::invented::{Invented, load};
use crate::support;

const COUNT: &[(&str, &str)] = &[("invalid", "count")];
const R: Engine = Engine { name: "r", target: "r", options: COUNT, most: 12, ..PLAIN };
const NODE: Engine = Engine { name: "node", target: "javascript", ..R };
const PYTHON: Engine = Engine {
    name: "plain",
    target: "python",
    options: &[("engine", "plain"), ("invalid", "count")],
    ..R
};
const PANDAS: Engine = Engine { name: "pandas", most: 12, ..FRAMES };
const POLARS: Engine = Engine { name: "polars", ..PANDAS };
const DUCKDB: Engine =
    Engine { name: "duckdb", options: &[("dialect", "duckdb")], most: 12, ..SQL };
const POSTGRES: Engine = Engine { name: "postgres", options: &[("dialect", "postgres")], ..DUCKDB };
const SQLITE: Engine = Engine { name: "sqlite", options: &[("dialect", "sqlite")], ..DUCKDB };
const SPARK: Engine = Engine { name: "spark", options: &[("dialect", "spark")], ..DUCKDB };
const PYSPARK: Engine = Engine { target: "python", options: &[("engine", "pyspark")], ..SPARK };

/// Reserved words, functions and own names of the languages.
const WORDS: &str = "order select user table group in next function class lambda def c t n score answers \
    items item list int float row values current_date default by to with all wrong accept lacking number columns \
    frame data self scores schema native known coded within invalid c1 s1 t1 p1 left join on off case when then \
    end null none undefined var let const new this void await yield eval return break import pass";

/// A definition with these items, which have coded answers or numbers, and their sum.
fn definition(id: &str, items: &[&str], scale: &str, is_coded: bool) -> String {
    let mut text = format!(
        "format = 1\nid = \"{id}\"\ntitle = \"*/ --> ''' \\\"\\\"\\\" ${{x}} </script> ; /// .\"\nversion = \"1.0.0\"\n\
         status = \"development\"\nlanguage = \"en\"\n[rights]\nholder = \"scalewright authors\"\nlicence = \"CC0-1.0\"\n\
         wording = \"included\"\nnotice = \"`*/` ends a comment.\"\n[administration]\nrespondent = \"self\"\n[response-scales.r]\n"
    );
    text.push_str(match is_coded {
        true => {
            "options = [{ value = 1, label = \"No\" }, { value = 2, label = \"Some\" }, { value = 3, label = \"Yes\" }]\n"
        }
        false => "type = \"numeric\"\nmin = 0\nmax = 10\ndecimals = 1\nunit = \"points\"\n",
    });
    for item in items {
        writeln!(text, "[[items]]\nid = \"{item}\"\nstem = \"Statement.\"\nresponse = \"r\"")
            .expect("a text");
    }
    let (listed, most) = (items.join("\", \""), items.len() * 10);
    write!(
        text,
        "[[scales]]\nid = \"{scale}\"\ntitle = \"*/ \\\\ '\"\nitems = [\"{listed}\"]\nscore = \"sum\"\n\
         missing = \"prorate\"\nmin-answered = 1\n\
         bands = [{{ label = \"low\", from = 0, to = 2 }}, {{ label = \"high\", above = 2, to = {most} }}]\n"
    )
    .expect("a text");
    text
}

fn checked(definition: String) -> Checked {
    load(&Invented { id: "hostile".to_owned(), definition, german: None }).1
}

fn job(folder: &Path, checked: &Checked, engine: &Engine) -> Job {
    let job = Job::write(folder, (engine.name, checked), engine, &mut BTreeSet::new());
    job.expect("something is scored")
}

#[test]
fn reserved_words_as_ids_give_our_scores() {
    let words: Vec<&str> = WORDS.split_whitespace().collect();
    let checked = checked(definition("hostile", &words, "sum", true));
    let folder = tempfile::tempdir().expect("a temporary folder");
    for engine in [R, PYTHON, PANDAS, POLARS, NODE, DUCKDB, POSTGRES, SQLITE, PYSPARK] {
        let at = folder.path().join(engine.name);
        let jobs = [job(&at, &checked, &engine)];
        run(engine.name, &folder.path().join("jobs.json"), &jobs);
        assert!(jobs[0].compare() > 0, "{}", engine.name);
    }
}

/// Writes `abc` for the invalid answers. Engines that count such answers must give the scores of the numbers.
#[test]
fn texts_are_never_scored() {
    let refused = [
        (PANDAS, "instead of numbers"),
        (POLARS, "instead of numbers"),
        (DUCKDB, "Could not convert string"),
        (POSTGRES, "operator does not exist"),
    ];
    let counted = [R, PYTHON, NODE, SQLITE, Engine { lenient: true, ..SPARK }];
    let engines = refused.map(|(engine, why)| (engine, Some(why)));
    for (engine, why) in engines.into_iter().chain(counted.map(|engine| (engine, None))) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let jobs = [true, false].map(|is_coded| {
            let at = folder.path().join(is_coded.to_string());
            let checked = checked(definition("hostile", &["q1", "q2", "q3"], "total", is_coded));
            let job = job(&at, &checked, &engine);
            replace(&at.join("answers.csv"), "99999", "abc");
            job
        });
        let list = folder.path().join("jobs.json");
        match why {
            None => {
                run(engine.name, &list, &jobs);
                assert!(jobs.iter().all(|job| job.compare() > 0), "{}", engine.name);
            }
            Some(why) => {
                let (succeeded, printed) = output(engine.name, &list, &jobs);
                assert!(!succeeded && printed.contains(why), "{}: {printed}", engine.name);
            }
        }
    }
}

#[test]
fn a_missing_column_is_an_error_that_names_it() {
    let checked = checked(definition("hostile", &["q1", "q2", "q3"], "total", true));
    for engine in [R, PYTHON, PANDAS, POLARS, NODE, DUCKDB, POSTGRES, SQLITE] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let jobs = [job(folder.path(), &checked, &engine)];
        // R would accept the beginning of a name, and SQLite reads an unknown quoted name as a text.
        replace(&folder.path().join("answers.csv"), "respondent,q1", "respondent,q1x");
        let (succeeded, printed) = output(engine.name, &folder.path().join("jobs.json"), &jobs);
        assert!(!succeeded && printed.contains("q1"), "{}: {printed}", engine.name);
    }
}

fn replace(path: &Path, from: &str, to: &str) {
    let text = std::fs::read_to_string(path).expect("the file is readable");
    assert!(text.contains(from), "{text}");
    std::fs::write(path, text.replace(from, to)).expect("the file is writable");
}

#[test]
fn a_column_with_the_name_of_an_item_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["total_answered", "total_band", "invalid_answers"] {
        let text = definition("hostile", &[name, "q2"], "total", true);
        std::fs::write(folder.path().join("hostile.toml"), text).expect("the file is writable");
        for target in ["r", "python", "javascript", "sql", "spss", "stata", "excel"] {
            let args = ["export", "hostile.toml", "--to", target, "--out", "out"];
            let ran = support::run(&args, folder.path());
            let message = format!("the scores have a column `{name}`");
            assert!(ran.code == 1 && ran.err.contains(&message), "{target}: {}", ran.err);
        }
    }
    // SQLite would read `true` as a text, and the number of the row where there is no column `rowid`.
    for name in ["true", "rowid"] {
        let text = definition("hostile", &[name, "q2"], "total", true);
        std::fs::write(folder.path().join("hostile.toml"), text).expect("the file is writable");
        let args = [
            "export",
            "hostile.toml",
            "--to",
            "sql",
            "--set",
            "sql.dialect=sqlite",
            "--out",
            "out",
        ];
        let ran = support::run(&args, folder.path());
        assert!(ran.code == 1 && ran.err.contains("cannot tell a column"), "{}", ran.err);
    }
    let text = definition("hostile", &["respondent", "q2"], "total", true);
    std::fs::write(folder.path().join("hostile.toml"), text).expect("the file is writable");
    let ran =
        support::run(&["export", "hostile.toml", "--to", "sql", "--out", "out"], folder.path());
    assert!(ran.code == 1 && ran.err.contains("cannot keep `respondent`"), "{}", ran.err);
}
