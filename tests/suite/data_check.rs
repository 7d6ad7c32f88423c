//! `scalewright data-check` and `scalewright compare` as commands: formats, exit codes, pictures, decisions.

use std::fmt::Write;
use std::path::Path;

use scalewright_data::CHECKS;
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{root, run, run_with_input};

const INSTRUMENT: &str = "tests/scoring/steady-ten/instrument.toml";

/// Sixty respondents. In site B, the first item is coded 1 to 4 instead of 0 to 3.
fn table() -> String {
    let mut text = String::from("respondent,site");
    (1..=10).for_each(|item| _ = write!(text, ",steady_{item}"));
    text.push('\n');
    for row in 0..60 {
        let site = if row % 2 == 0 { "A" } else { "B" };
        let _ = write!(text, "r{row},{site}");
        for item in 0..10 {
            let half = row / 2;
            let answer = (half * 7 + item * 5 + half * item / 3) % 4;
            let shift = u32::from(site == "B" && item == 0);
            let _ = write!(text, ",{}", answer + shift);
        }
        text.push('\n');
    }
    text
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let definition = std::fs::read(root().join(INSTRUMENT)).expect("the fixture exists");
    write(folder.path(), "instrument.toml", &definition);
    write(folder.path(), "answers.csv", table().as_bytes());
    folder
}

fn write(folder: &Path, name: &str, bytes: &[u8]) {
    std::fs::write(folder.join(name), bytes).expect("written");
}

fn read(folder: &Path, name: &str) -> String {
    std::fs::read_to_string(folder.join(name)).expect("it was written")
}

#[test]
fn a_finding_has_its_place_in_the_definition() {
    let folder = folder();
    let args = ["data-check", "instrument.toml", "answers.csv", "--by", "site"];
    let result = run(&args, folder.path());
    assert_eq!(result.code, 1, "{}{}", result.out, result.err);
    assert!(result.out.contains("error[shifted-codes]: `steady_1`"), "{}", result.out);
    assert!(result.out.contains("instrument.toml:26:"), "{}", result.out);
    assert!(result.out.contains("column `steady_1`") && result.out.contains("site `B`"));
    assert!(result.err.contains("checked 60 rows: 1 error"), "{}", result.err);
}

#[test]
fn levels_decide_the_exit_code() {
    let folder = folder();
    let code = |more: &[&str]| {
        let args = ["data-check", "instrument.toml", "answers.csv", "--by", "site"];
        run(&[&args, more].concat(), folder.path()).code
    };
    assert_eq!(code(&["--fail-on", "never"]), 0);
    assert_eq!(code(&["--fail-on", "hint"]), 1);
    assert_eq!(code(&["--allow", "no-such-check"]), 2);
    assert_eq!(code(&["--by", "no_such_column"]), 2);
}

#[test]
fn programs_get_the_pages_of_checks() {
    let folder = folder();
    let of = |format: &str| {
        let args =
            ["data-check", "instrument.toml", "answers.csv", "--by", "site", "--format", format];
        serde_json::from_str::<Value>(&run(&args, folder.path()).out).expect("JSON")
    };
    let report = of("json");
    let findings = report["findings"].as_array().expect("a list");
    let shifted = findings.iter().find(|one| one["code"] == "shifted-codes").expect("it is found");
    assert_eq!(shifted["explain"], "scalewright explain shifted-codes");
    assert_eq!(shifted["place"]["text"], "column `steady_1`");
    assert_eq!(report["summary"]["failed"], true);
    let run = &of("sarif")["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("a list");
    let rule = rules.iter().find(|rule| rule["id"] == "shifted-codes").expect("it is described");
    assert!(rule["help"]["markdown"].as_str().is_some_and(|page| page.contains("## What")));
    assert_eq!(rule["properties"]["tags"][1], "data");
}

#[test]
fn standard_input_is_read_twice() {
    let folder = folder();
    let args = ["data-check", "instrument.toml", "-", "--by", "site", "--format", "concise"];
    let result = run_with_input(&args, folder.path(), table().into_bytes());
    assert!(result.out.contains("error[shifted-codes]"), "{}{}", result.out, result.err);
}

#[test]
fn pictures_have_text_alternatives() {
    let folder = folder();
    let args = ["data-check", "instrument.toml", "answers.csv", "--by", "site", "--html", "p.html"];
    run(&args, folder.path());
    let page = read(folder.path(), "p.html");
    assert_eq!(page.matches("<svg").count(), 3);
    assert_eq!(page.matches("role=\"img\"").count(), 3);
    assert_eq!(page.matches("<desc").count(), 3);
    assert!(!page.contains("<script") && page.contains("default-src 'none'"));
}

#[test]
fn hostile_names_do_not_leave_their_place() {
    let folder = folder();
    let hostile = table().replace(",B,", ",<script>alert(1)</script>\u{1b}[31m,");
    write(folder.path(), "answers.csv", hostile.as_bytes());
    let args = ["data-check", "instrument.toml", "answers.csv", "--by", "site", "--html", "p.html"];
    let result = run(&args, folder.path());
    assert!(!result.out.contains('\u{1b}'), "{}", result.out);
    let page = read(folder.path(), "p.html");
    assert!(!page.contains("<script") && !page.contains('\u{1b}'));
}

#[test]
fn every_check_has_its_page_in_the_book() {
    let page = |name: &str| {
        std::fs::read_to_string(root().join("docs/src").join(name)).expect("the page exists")
    };
    let list = run(&["explain", "data-checks", "--format", "markdown"], &root()).out;
    assert_eq!(page("data-checks.md"), list, "run `cargo xtask generate`");
    for check in CHECKS {
        let printed = run(&["explain", check.name, "--format", "markdown"], &root()).out;
        let written = page(&format!("data-checks/{}.md", check.name));
        assert_eq!(written, printed, "run `cargo xtask generate`");
        assert!(written.starts_with(&format!("# {}\n", check.name)));
        for part in ["\n## When it is quiet\n", "\n## What to do\n"] {
            let optional = check.name == "unreadable-rows";
            assert!(written.contains(part) || optional, "{}: {part}", check.name);
        }
    }
}

const FIRST: &str = "\
respondent,visit,steady_1,steady_2,steady_3,steady_4,steady_5,steady_6,steady_7,steady_8,steady_9,steady_10,remark
r1,1,0,1,2,3,0,1,2,3,0,1,ok
r1,2,0,1,2,3,0,1,2,3,0,1,
r2,1,3,3,3,0,0,0,1,1,1,2,late
";
const SECOND: &str = "\
respondent,visit,steady_1,steady_2,steady_3,steady_4,steady_5,steady_6,steady_7,steady_8,steady_9,steady_10,remark
r1,2,0,1,2,3,0,1,2,3,0,1,
r1,1,0,11,2,3,0,1,2,3,,1,ok
r3,1,0,0,0,0,0,0,0,0,0,0,
";

fn compared(folder: &Path, more: &[&str]) -> crate::support::Run {
    let args =
        ["compare", "a.csv", "b.csv", "--instrument", "instrument.toml", "--occasion", "visit"];
    run(&[&args, more].concat(), folder)
}

#[test]
fn differences_are_shown_in_the_words_of_the_instrument() {
    let folder = folder();
    write(folder.path(), "a.csv", FIRST.as_bytes());
    write(folder.path(), "b.csv", SECOND.as_bytes());
    let result = compared(folder.path(), &[]);
    assert_eq!(result.code, 1);
    assert!(result.out.contains("first   1 (A little)"), "{}", result.out);
    assert!(result.out.contains("second  11\n") && result.out.contains("second  (empty)"));
    assert!(result.out.contains("only the first file has this row"));
    assert!(result.err.contains("4 differences"), "{}", result.err);
    let same = run(
        &["compare", "a.csv", "a.csv", "--instrument", "instrument.toml", "--occasion", "visit"],
        folder.path(),
    );
    assert_eq!((same.code, same.err.contains("do not differ")), (0, true));
}

#[test]
fn a_merged_file_needs_every_decision() {
    let folder = folder();
    write(folder.path(), "a.csv", FIRST.as_bytes());
    write(folder.path(), "b.csv", SECOND.as_bytes());
    compared(folder.path(), &["--out", "differences.csv"]);
    let table = read(folder.path(), "differences.csv");
    let merge = ["--decisions", "decided.csv", "--merged", "merged.csv"];
    let decide = |decisions: [&str; 4]| {
        let mut lines = table.lines();
        let mut text = format!("{}\n", lines.next().unwrap_or_default());
        for (line, decision) in lines.zip(decisions) {
            let _ = writeln!(text, "{line}{decision}");
        }
        write(folder.path(), "decided.csv", text.as_bytes());
        compared(folder.path(), &merge)
    };
    let open = decide(["first", "", "keep", "9"]);
    assert_eq!(open.code, 1, "{}", open.err);
    assert!(open.err.contains("2 of 4 differences are not decided"), "{}", open.err);
    assert!(!folder.path().join("merged.csv").exists());
    let wrong = decide(["11", "second", "keep", "drop"]);
    assert!(wrong.err.contains("`11` is not an answer"), "{}", wrong.err);
    let done = decide(["2", "first", "keep", "drop"]);
    assert_eq!(done.code, 0, "{}", done.err);
    let expected = FIRST.replace("r1,1,0,1,2,3", "r1,1,0,2,2,3");
    assert_eq!(read(folder.path(), "merged.csv"), expected);
}

#[test]
fn repeated_rows_cannot_be_matched() {
    let folder = folder();
    write(folder.path(), "a.csv", FIRST.as_bytes());
    write(folder.path(), "b.csv", SECOND.as_bytes());
    let args = ["compare", "a.csv", "b.csv", "--instrument", "instrument.toml"];
    let result = run(&args, folder.path());
    assert_eq!(result.code, 1);
    assert!(result.err.contains("several rows on one occasion: `r1`"), "{}", result.err);
}
