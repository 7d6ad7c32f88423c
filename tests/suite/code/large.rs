//! Scoring code of large definitions: more items than engines have columns, 60 subscales, a norm table of 2,000 rows. Each
//! engine gives our scores, or the export is refused with a reason.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::job::{self, Job};
use super::{EAP, Engine, FRAMES, PLAIN, SQL, run};
use crate::invented::{Invented, load};

/// The respondents of a definition.
const MOST: usize = 6;
const R: Engine =
    Engine { name: "r", target: "r", options: &[("invalid", "count")], most: MOST, ..PLAIN };

const ENGINES: [Engine; 12] = [
    R,
    Engine {
        name: "plain",
        target: "python",
        options: &[("engine", "plain"), ("invalid", "count")],
        ..R
    },
    Engine { name: "pandas", most: MOST, ..FRAMES },
    Engine { name: "polars", most: MOST, ..FRAMES },
    Engine { name: "node", target: "javascript", ..R },
    Engine { name: "pspp", target: "spss", options: &[], controls: false, self_test: false, ..R },
    Engine {
        name: "libreoffice",
        target: "excel",
        options: &[],
        controls: false,
        self_test: false,
        ..R
    },
    Engine { name: "duckdb", options: &[("dialect", "duckdb")], most: MOST, ..SQL },
    Engine { name: "postgres", options: &[("dialect", "postgres")], most: MOST, ..SQL },
    Engine { name: "sqlite", options: &[("dialect", "sqlite")], most: MOST, ..SQL },
    Engine { name: "spark", options: &[("dialect", "spark")], most: MOST, ..SQL },
    Engine {
        name: "spark",
        target: "python",
        options: &[("engine", "pyspark")],
        most: MOST,
        ..SQL
    },
];

/// The beginning of a definition, with items `q1` and so on that have four codes.
fn head(id: &str, items: usize) -> String {
    let mut text = format!(
        "format = 1\nid = \"{id}\"\ntitle = \"Large\"\nversion = \"1.0.0\"\nstatus = \"development\"\nlanguage = \"en\"\n\
         [rights]\nholder = \"scalewright authors\"\nlicence = \"CC0-1.0\"\nwording = \"included\"\n\
         [administration]\nrespondent = \"self\"\n[response-scales.r]\noptions = [{{ value = 0, label = \"No\" }}, \
         {{ value = 1, label = \"Little\" }}, {{ value = 2, label = \"Some\" }}, {{ value = 3, label = \"Yes\" }}]\n"
    );
    for item in 1..=items {
        writeln!(
            text,
            "[[items]]\nid = \"q{item}\"\nstem = \"Statement {item}.\"\nresponse = \"r\""
        )
        .expect("a text");
    }
    text
}

fn scale(text: &mut String, id: &str, items: impl Iterator<Item = usize>, rest: &str) {
    let sign = |item: usize| if item % 100 == 2 { "-" } else { "" };
    let items: Vec<String> = items.map(|item| format!("\"{}q{item}\"", sign(item))).collect();
    writeln!(
        text,
        "[[scales]]\nid = \"{id}\"\ntitle = \"Scale\"\nitems = [{}]\n{rest}",
        items.join(", ")
    )
    .expect("a text");
}

/// 1,700 items in one prorated sum.
fn many_items() -> String {
    let mut text = head("items", 1_700);
    let rest = "score = \"sum\"\nmissing = \"prorate\"\nmin-answered = 850";
    scale(&mut text, "total", 1..=1_700, rest);
    text
}

/// 60 subscales of five items each, with bands, and their mean.
fn many_scales() -> String {
    let mut text = head("subscales", 300);
    let rest = "score = \"mean\"\nmissing = \"prorate\"\nmin-answered = 4\n\
                bands = [{ label = \"low\", from = 0, to = 1 }, { label = \"high\", above = 1, to = 3 }]";
    for at in 0..60 {
        scale(&mut text, &format!("s{at}"), at * 5 + 1..=at * 5 + 5, rest);
    }
    let all: Vec<String> = (0..60).map(|at| format!("\"s{at}\"")).collect();
    write!(
        text,
        "[[scales]]\nid = \"overall\"\ntitle = \"All\"\nscales = [{}]\nscore = \"mean\"\nmissing = \"answered-only\"\nmin-answered = 30\n",
        all.join(", ")
    )
    .expect("a text");
    text
}

/// A norm table of 2,000 rows, which looks a sum of four-digit numbers up.
fn long_table() -> String {
    let mut text = head("norms", 2);
    text.push_str(
        "[response-scales.n]\ntype = \"numeric\"\nmin = 0\nmax = 2100\nunit = \"points\"\n",
    );
    text.push_str("[[items]]\nid = \"points\"\nstem = \"Points.\"\nresponse = \"n\"\n[tables.ranks]\nmatching = [\"step\"]\nrows = [");
    for row in 0..2_000 {
        write!(text, "[{row}, {}], ", f64::from(row) / 20.0).expect("a text");
    }
    text.push_str("]\n[[scales]]\nid = \"raw\"\ntitle = \"Raw\"\nscore = \"formula\"\nformula = \"points + q1 - q2\"\nmissing = \"in-formula\"\n");
    text.push_str("[[scales]]\nid = \"rank\"\ntitle = \"Rank\"\nscore = \"formula\"\nformula = \"lookup(ranks, raw)\"\nmissing = \"in-formula\"\n");
    text
}

/// The positions of engines that take a minute or more.
const PANDAS: usize = 2;
const DUCKDB: usize = 7;
const SPARK: usize = 10;
const PYSPARK: usize = 11;

/// What a definition is refused for in some engines.
const REFUSED: [&str; 2] = ["the query would have", "the expression would be"];

/// Compares the scores of every engine. `slow` are positions of engines that only the whole run has for this definition.
fn give_our_scores(id: &str, definition: String, refused: &[&str], slow: &[usize]) {
    let checked = load(&Invented { id: id.to_owned(), definition, german: None }).1;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut without = Vec::new();
    let is_usual = |at: usize| job::is_whole() || !slow.contains(&at);
    for (at, engine) in ENGINES.iter().enumerate().filter(|(at, _)| is_usual(*at)) {
        let mut reasons = BTreeSet::new();
        let at = folder.path().join(at.to_string());
        let Some(job) = Job::write(&at, (engine.name, &checked), engine, &mut reasons) else {
            assert!(
                reasons.iter().all(|why| REFUSED.iter().any(|known| why.contains(known))),
                "{}: {reasons:?}",
                engine.name
            );
            without.push(engine.name);
            continue;
        };
        assert!(reasons.iter().all(|why| why.contains(EAP)), "{}: {reasons:?}", engine.name);
        let jobs = [job];
        run(engine.name, &at.join("jobs.json"), &jobs);
        assert!(jobs[0].compare() >= MOST, "{}", engine.name);
    }
    assert_eq!(without, refused);
}

#[test]
fn of_1700_items() {
    give_our_scores(
        "items",
        many_items(),
        &["libreoffice", "postgres"],
        &[PANDAS, DUCKDB, SPARK, PYSPARK],
    );
}

#[test]
fn of_60_subscales() {
    give_our_scores("subscales", many_scales(), &[], &[SPARK]);
}

#[test]
fn of_2000_rows_of_norms() {
    give_our_scores("norms", long_table(), &[], &[PYSPARK]);
}
