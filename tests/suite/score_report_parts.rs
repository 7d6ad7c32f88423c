//! Score reports of several occasions, of groups, in other languages and as HTML. The expected texts are calculated by hand,
//! and other programs read the same from PDF and HTML.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::support::{Run, root, run};

/// An instrument with bands, feedback, a norm, a reliability and scores below zero.
const EVENING: &str = "tests/fixtures/evening";

/// Fonts for Arabic, Hebrew and Japanese.
const FONTS: &str = "/usr/share/fonts";

/// Rows of one respondent, not in the order of their dates, and one of another rater. A score of three items from −2 to
/// 2, the second reversed: −5, none (one answer of three), 4, and 6; the other rater gives 0.
const SESSIONS: &str = "respondent,date,rater,calm_1,calm_2,calm_3
r01,2026-02-18,own,1,-1,2
r01,2026-01-07,own,-2,2,-1
r01,2026-02-04,own,1,NA,NA
r01,2026-03-04,own,2,-2,2
r01,2026-03-04,other,1,2,1
";

fn written(folder: &Path, name: &str, text: &str) -> String {
    let path = folder.join(name);
    std::fs::write(&path, text).expect("the file is writable");
    path.display().to_string()
}

fn report(responses: &str, out: &Path, more: &[&str]) -> Run {
    let out = out.display().to_string();
    run(&[&["report", EVENING, responses, "--out", &out], more].concat(), &root())
}

fn text(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{path:?}: {error}"))
}

fn printed_by(program: &str, args: &[&str]) -> String {
    let output = Command::new(program).args(args).current_dir(root()).output();
    let output = output.unwrap_or_else(|error| panic!("{program}: {error}: `tests/oracles/setup`"));
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    printed
}

/// The cells of the tables of a page, row by row, without elements.
fn rows(page: &str) -> Vec<Vec<String>> {
    let row = |row: &str| -> Vec<String> {
        let cells = row.split("</th>").flat_map(|part| part.split("</td>"));
        cells.map(plain).filter(|cell| !cell.is_empty()).collect()
    };
    page.split("<tr>")
        .skip(1)
        .map(|part| part.split("</tr>").next().unwrap_or_default())
        .map(row)
        .collect()
}

/// A text without elements and without the marks that isolate it.
fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut is_inside = false;
    for character in html.chars() {
        match character {
            '<' => is_inside = true,
            '>' => is_inside = false,
            '\u{2066}'..='\u{2069}' => {}
            other if !is_inside => text.push(other),
            _ => {}
        }
    }
    text.trim().to_owned()
}

#[test]
fn occasions_are_in_order_with_their_changes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sessions = written(folder.path(), "sessions.csv", SESSIONS);
    let out = folder.path().join("out");
    let result = report(
        &sessions,
        &out,
        &["--occasions", "--format", "html", "--carry", "date", "--carry", "rater"],
    );
    assert_eq!(result.code, 0, "{}", result.err);
    let names: Vec<&str> = result.out.lines().filter_map(|line| line.rsplit('/').next()).collect();
    assert_eq!(names, ["evening.r01.own.html", "evening.r01.other.html"]);
    let page = text(&out.join("evening.r01.own.html"));
    let rows = rows(&page);
    // 1.96 · √2 · 2.5 · √(1 − 0.84) = 2.77.
    for wanted in [
        vec!["1", "Date 2026-01-07", "−5", "3 of 3", "restless"],
        vec!["2", "Date 2026-02-04", "none", "1 of 3"],
        vec!["3", "Date 2026-02-18", "4", "+9 (reliable)", "3 of 3", "calm"],
        vec!["4", "Date 2026-03-04", "6", "+11 (reliable)", "3 of 3", "calm"],
        // T = 50 + 10 (x − 1) / 2.5: 26, 62 and 70.
        vec!["1", "Date 2026-01-07", "26", "3 of 3"],
        vec!["4", "Date 2026-03-04", "70", "+44", "3 of 3"],
    ] {
        assert!(rows.iter().any(|row| *row == wanted), "{wanted:?}\n{rows:#?}");
    }
    for wanted in [
        "Calm on 4 occasions, on an axis from −6 to 6: 1: −5; 2: none; 3: 4; 4: 6",
        "What the scores mean (Occasion 4)",
        "Your evening was calm. Keep what helped you.",
        "Occasion 2: Calm: no score. 1 of 3 items are answered, and 2 are needed.",
    ] {
        assert!(page.contains(wanted), "{wanted}\n{page}");
    }
}

/// Twelve rows of eleven respondents. Ten have scores: 6, 4, 2, 0, −2, −4, −6, 6, 2, and one that is prorated: two of
/// three answers, 2 and −(−1), so 3 · 3 / 2 = 4.5.
const GROUP: &str = "respondent,calm_1,calm_2,calm_3
a,2,-2,2
b,1,-1,2
c,1,-2,-1
d,1,2,1
e,-2,1,1
f,-2,1,-1
g,-2,2,-2
h,2,-2,2
i,1,-2,-1
j,2,-1,NA
k,NA,NA,NA
k,NA,2,NA
";

#[test]
fn a_group_has_means_distributions_and_norms_and_hides_what_few_have() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let answers = written(folder.path(), "answers.csv", GROUP);
    let out = folder.path().join("out");
    let made = |more: &[&str]| {
        let result = report(&answers, &out, &[&["--group", "--format", "html"], more].concat());
        assert_eq!(result.code, 0, "{}", result.err);
        text(&out.join("evening.group.html"))
    };
    let page = made(&[]);
    let rows = rows(&page);
    // Scores 6, 4, 2, 0, −2, −4, −6, 6, 2 and 4.5: sum 12.5, squares 172.25; 172.25 − 10 · 1.25² = 156.625, and
    // √(156.625 / 9) = 4.17.
    for wanted in [
        vec!["Calm", "10", "1.25", "4.17", "−6 to 6", "−6 to 6", "2", "1"],
        vec!["restless", "3", "30 %"],
        vec!["mixed", "1", "10 %"],
        vec!["calm", "6", "60 %"],
        vec!["Calm", "Students (Invented, for tests)", "everyone", "1", "2.5", "1.25"],
    ] {
        assert!(rows.iter().any(|row| *row == wanted), "{wanted:?}\n{rows:#?}");
    }
    assert!(page.contains("The table has 12 rows of 11 respondents."), "{page}");
    let hidden = made(&["--min-group", "11"]);
    assert!(hidden.contains("Calm: not shown, because fewer than 11 rows have this score."));
    assert!(!hidden.contains("<table") && !hidden.contains("<svg"), "{hidden}");
}

#[test]
fn pdf_and_html_have_the_same_numbers() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let sessions = written(folder.path(), "sessions.csv", SESSIONS);
    let group = written(folder.path(), "group.csv", GROUP);
    let kinds = [(&sessions, "--occasions"), (&group, "--group"), (&sessions, "--carry=date")];
    let mut pages: Vec<PathBuf> = Vec::new();
    for (at, (table, how)) in kinds.into_iter().enumerate() {
        let out = folder.path().join(format!("out{at}"));
        for format in ["pdf", "html"] {
            let result = report(table, &out, &[how, "--language", "de", "--format", format, "-q"]);
            assert_eq!(result.code, 0, "{}", result.err);
        }
        for entry in std::fs::read_dir(&out).expect("the reports exist") {
            let page = entry.expect("an entry").path();
            if page.extension().is_some_and(|ending| ending == "html") {
                let pdf = page.with_extension("pdf").display().to_string();
                let printed = printed_by("pdftotext", &["-layout", &pdf, "-"]);
                let printed: BTreeSet<&str> = printed.split_whitespace().collect();
                for cell in rows(&text(&page)).concat() {
                    for word in cell.split_whitespace() {
                        assert!(printed.contains(word), "{page:?}: {word} of {cell}\n{printed:?}");
                    }
                }
                pages.push(page);
            }
        }
    }
    assert!(pages.len() > 5, "{pages:?}");
    let paths: Vec<String> =
        pages.iter().map(|page| page.with_extension("pdf").display().to_string()).collect();
    let python = root().join("target/oracles/venv/bin/python").display().to_string();
    let args: Vec<&str> = std::iter::once("tests/oracles/pdf/check.py")
        .chain(paths.iter().map(String::as_str))
        .collect();
    assert_eq!(printed_by(&python, &args).lines().count(), paths.len(), "one line per report");
    let pages: Vec<String> = pages.iter().map(|page| page.display().to_string()).collect();
    let args: Vec<&str> = std::iter::once("tests/oracles/html/pages.mjs")
        .chain(pages.iter().map(String::as_str))
        .collect();
    printed_by("node", &args);
}

#[test]
fn reports_speak_the_language_of_the_wording() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let expected = [
        ("de", "ltr", "31.12.2025", "Ihr Abend war ruhig."),
        ("ar", "rtl", "31/12/2025", "كان مساؤك هادئًا."),
        ("he", "rtl", "31.12.2025", "הערב שלך היה רגוע."),
        ("ja", "ltr", "2025年12月31日", "落ち着いた夕べでした。"),
    ];
    let dated = SESSIONS.replace("2026-02-18", "2025-12-31");
    let dated = written(folder.path(), "dated.csv", &dated);
    for (language, direction, date, feedback) in expected {
        let out = folder.path().join(language);
        let args = ["--row", "1", "--language", language, "--fonts", FONTS, "-q"];
        let html = report(&dated, &out, &[&args[..], &["--format", "html"]].concat());
        assert_eq!(html.code, 0, "{}", html.err);
        let page = text(&out.join("evening.r01.2025-12-31.own.html"));
        let start = format!("<html lang=\"{language}\" dir=\"{direction}\">");
        assert!(page.contains(&start), "{page}");
        assert!(page.contains(date) && page.contains(feedback), "{language}: {page}");
        assert!(!page.contains("Score") && !page.contains("Answers"), "{language}: {page}");
        let pdf = report(&dated, &out, &args);
        assert_eq!(pdf.code, 0, "{}", pdf.err);
    }
}
