//! Score reports: third-party programs read the right scores from them, and they conform to the standards of forms.

use std::path::{Path, PathBuf};
use std::process::Command;

use scalewright_check::Checked;

use crate::oracles::{corpus, respondents};
use crate::support::{Run, root, run};

/// The fixtures that are tested besides the library. Together they have bands, flags, codes, norms, clock times and
/// decimals.
const FIXTURES: [&str; 4] =
    ["feature-30-norms", "feature-32-sets", "feature-27-clock", "feature-35-line"];

/// The generated respondents with a report: highest answers, no answers, and one missing answer.
const RESPONDENTS: [usize; 3] = [1, 2, 3];

fn report(instrument: &Path, responses: &Path, out: &Path, more: &[&str]) -> Run {
    let paths = [instrument, responses, out].map(|path| path.display().to_string());
    let fixed = ["report", &paths[0], &paths[1], "--out", &paths[2], "--accept-recalled-keys"];
    run(&[&fixed[..], &["--wording", "tests/fixtures/wording"], more].concat(), &root())
}

fn printed_by(program: &Path, args: &[&str]) -> String {
    let output = Command::new(program).args(args).current_dir(root()).output();
    let output =
        output.unwrap_or_else(|error| panic!("{program:?}: {error}: `tests/oracles/setup`"));
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{printed}{}", String::from_utf8_lossy(&output.stderr));
    printed
}

fn text(pdf: &Path) -> String {
    printed_by(Path::new("pdftotext"), &["-layout", &pdf.display().to_string(), "-"])
}

/// Writes generated responses as a table.
fn table(checked: &Checked, path: &Path) {
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let responses = respondents(checked);
    let ids: Vec<&str> = instrument.items.iter().map(|item| item.id.as_str()).collect();
    let mut text = format!("respondent,{}\n", ids.join(","));
    for row in RESPONDENTS {
        let cells = responses.items.iter().map(|column| column.get(row));
        let cells: Vec<String> =
            cells.map(|c| c.map(|c| c.to_string()).unwrap_or_default()).collect();
        text += &format!("r{row},{}\n", cells.join(","));
    }
    std::fs::write(path, text).expect("the file is writable");
}

/// The scores that `scalewright score` gives, rounded as a report shows them.
fn scores(instrument: &Path, responses: &Path) -> Vec<serde_json::Map<String, serde_json::Value>> {
    let paths = [instrument, responses].map(|path| path.display().to_string());
    let args = [
        "score",
        &paths[0],
        &paths[1],
        "--accept-recalled-keys",
        "--format",
        "json",
        "--columns",
        "scores",
    ];
    let result = run(&args, &root());
    assert_eq!(result.code, 0, "{}", result.err);
    serde_json::from_str(&result.out).expect("the scores are valid JSON")
}

fn shown(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::Null => "none".to_owned(),
        serde_json::Value::Bool(true) => "yes".to_owned(),
        serde_json::Value::Bool(false) => "no".to_owned(),
        serde_json::Value::String(word) => word.clone(),
        number => {
            let number = number.as_f64().expect("a number");
            let text = format!("{:.2}", (number * 100.0).round() / 100.0);
            let text = text.trim_end_matches('0').trim_end_matches('.').replace('-', "−");
            if text == "−0" { "0".to_owned() } else { text }
        }
    }
}

#[test]
fn reports_contain_every_score_and_conform_to_the_standards() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut pdfs: Vec<PathBuf> = Vec::new();
    for (name, checked) in corpus() {
        let library = root().join("instruments").join(&name);
        let source = match library.is_dir() {
            true => library,
            false if FIXTURES.contains(&name.as_str()) => root().join("tests/scoring").join(&name),
            false => continue,
        };
        let responses = folder.path().join(format!("{name}.csv"));
        table(&checked, &responses);
        let out = folder.path().join(&name);
        let result = report(&source, &responses, &out, &["-q"]);
        assert_eq!(result.code, 0, "{name}: {}", result.err);
        for (row, scores) in RESPONDENTS.iter().zip(scores(&source, &responses)) {
            let id = &checked.instrument.as_ref().expect("loaded without error").id;
            let pdf = out.join(format!("{id}.r{row}.pdf"));
            let printed = text(&pdf);
            for (scale, value) in scores["scores"].as_object().expect("an object of scores") {
                let value = shown(&value["score"]);
                let words = || printed.split_whitespace();
                let first = value.split_whitespace().next().unwrap_or_default();
                assert!(
                    words().any(|word| word == first),
                    "{name}, r{row}: {scale} is {value}\n{printed}"
                );
            }
            pdfs.push(pdf);
        }
    }
    assert!(pdfs.len() > 50, "the library is there");
    // Conformance depends on the template, so one report per instrument is validated.
    let python = root().join("target/oracles/venv/bin/python");
    let paths: Vec<String> =
        pdfs.iter().step_by(5).map(|path| path.display().to_string()).collect();
    let args: Vec<&str> = ["tests/oracles/pdf/check.py"]
        .into_iter()
        .chain(paths.iter().map(String::as_str))
        .collect();
    assert_eq!(printed_by(&python, &args).lines().count(), paths.len(), "one line per report");
}

/// Writes a definition of two items and a table with the given rows. Returns their paths and that of the output folder.
fn two_items(folder: &Path, rows: &str) -> (PathBuf, PathBuf, PathBuf) {
    let responses = folder.join("answers.csv");
    std::fs::write(&responses, format!("respondent,first,second\n{rows}"))
        .expect("the file is writable");
    let definition = folder.join("two.toml");
    let text = "format = 1\nid = \"two\"\ntitle = \"Two <b>#panic()</b> $x$\"\nversion = \"1.0.0\"\nstatus = \"active\"\n\
        language = \"en\"\n[rights]\nholder = \"scalewright authors\"\nlicence = \"CC0-1.0\"\nwording = \"included\"\n\
        [administration]\nrespondent = \"self\"\n[response-scales.s]\noptions = [\n  { value = 0, label = \"Low\" },\n  { value = 3, label = \"High\" },\n]\n\
        [[items]]\nid = \"first\"\nstem = \"#include \\\"/etc/passwd\\\"\"\nresponse = \"s\"\n\
        [[items]]\nid = \"second\"\nstem = \"Second.\"\nresponse = \"s\"\n\
        [[scales]]\nid = \"both\"\ntitle = \"Both\"\nitems = [\"first\", \"-second\"]\nscore = \"sum\"\nmissing = \"no-score\"\n\
        bands = [{ label = \"little\", from = 0, to = 3 }, { label = \"much\", above = 3, to = 6 }]\n";
    std::fs::write(&definition, text).expect("the file is writable");
    (definition, responses, folder.join("out"))
}

#[test]
fn texts_are_printed_literally_and_files_stay_in_the_folder() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (definition, responses, out) =
        two_items(folder.path(), "../../x,3,0\n#emph[y],0,\nz,0,3\nZ,3,3\n");
    let result = report(&definition, &responses, &out, &[]);
    assert_eq!(result.code, 0, "{}", result.err);
    let mut names: Vec<String> = std::fs::read_dir(&out)
        .expect("the reports exist")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(names, ["two.row.1.pdf", "two.row.2.pdf", "two.row.4.pdf", "two.z.pdf"]);
    let first = text(&out.join("two.row.1.pdf"));
    for wanted in [
        "Two <b>#panic()</b> $x$",
        "../../x",
        "#include \"/etc/passwd\"",
        "much",
        "Both (reversed)",
    ] {
        assert!(first.contains(wanted), "{wanted}\n{first}");
    }
    let second = text(&out.join("two.row.2.pdf"));
    for wanted in
        ["#emph[y]", "not answered", "Both: no score. 1 of 2 items are answered, and 2 are needed."]
    {
        assert!(second.contains(wanted), "{wanted}\n{second}");
    }
}

#[test]
fn a_respondent_can_be_selected_despite_wrong_answers_of_others() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (definition, responses, out) = two_items(folder.path(), "a,3,0\nb,7,0\nc,0,0\n");
    for chosen in [["--id", "c"], ["--row", "3"]] {
        let result = report(&definition, &responses, &out, &chosen);
        assert_eq!(result.code, 0, "{}", result.err);
        assert_eq!(result.out, format!("{}\n", out.join("two.c.pdf").display()));
    }
    let wrong = report(&definition, &responses, &folder.path().join("none"), &[]);
    assert_eq!(wrong.code, 1);
    assert!(
        wrong.err.contains("row 2 (line 3), column `first`: `7` is not an answer"),
        "{}",
        wrong.err
    );
    assert!(!folder.path().join("none").exists(), "nothing is written");
    for (chosen, reason) in
        [(["--id", "q"], "there is no respondent `q`"), (["--row", "9"], "there is no row 9")]
    {
        let result = report(&definition, &responses, &out, &chosen);
        assert_eq!(result.code, 1);
        assert!(result.err.contains(reason), "{}", result.err);
    }
}

#[test]
fn items_that_are_never_scored_are_not_reported_as_missing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let responses = folder.path().join("answers.csv");
    let table = "respondent,warm,light,drinks,height,effort,again,remark,date,came\nr1,2,-2,1;3,,40,0,Words.,2026-01-05,07:05\n";
    std::fs::write(&responses, table).expect("the file is writable");
    let source = root().join("tests/fixtures/read/every-kind");
    let result = report(&source, &responses, folder.path(), &[]);
    assert_eq!(result.code, 0, "{}", result.err);
    let printed = text(&folder.path().join("every-kind.r1.pdf"));
    assert_eq!(printed.matches("not shown").count(), 2, "{printed}");
    assert_eq!(printed.matches("not answered").count(), 1, "{printed}");
    for wanted in [
        "Very much",
        "Tea; Water",
        "07:05",
        "No",
        "5 of 6 items answered, plus 3 that are never scored",
    ] {
        assert!(printed.contains(wanted), "{wanted}\n{printed}");
    }
}

#[test]
fn the_same_answers_give_the_same_bytes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (definition, responses, out) = two_items(folder.path(), "a,3,0\n");
    let made = || {
        assert_eq!(report(&definition, &responses, &out, &["-q"]).code, 0);
        std::fs::read(out.join("two.a.pdf")).expect("the report exists")
    };
    assert_eq!(made(), made());
}

#[test]
fn a_sourced_reliability_gives_an_interval_and_the_least_reliable_change() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (definition, responses, out) = two_items(folder.path(), "a,3,0\nb,0,3\nc,,3\n");
    let text_of = |reliability: &str| {
        let plain = std::fs::read_to_string(&definition).expect("the definition exists");
        let known = "[[references]]\nid = \"w\"\ncitation = \"Walker (2026). Walking.\"\n";
        let changed = folder.path().join("changed.toml");
        std::fs::write(&changed, format!("{plain}{reliability}\n{known}"))
            .expect("the file is writable");
        let result = report(&changed, &responses, &out, &["-q"]);
        assert_eq!(result.code, 0, "{}", result.err);
        ["a", "b", "c"].map(|name| text(&out.join(format!("two.{name}.pdf"))))
    };
    // 2.5 · √(1 − 0.84) = 1; 1.96 · 1 = 1.96; 1.96 · √2 = 2.77. Scores 6, 0 and none.
    let given = "reliability = { value = 0.84, kind = \"retest\", sd = 2.5, population = \"a class\", source = [\"w\"] }";
    let reports = text_of(given);
    for (report, interval) in reports.iter().zip(["4.04 to 7.96", "−1.96 to 1.96", "no score"]) {
        for wanted in [
            interval,
            "more than 2.77",
            "retest correlation 0.84, SD 2.5; a class.",
            "Walker (2026). Walking.",
        ] {
            assert!(report.contains(wanted), "{wanted}\n{report}");
        }
    }
    // Without a source, or without the standard deviation of the sample, the report has no interval.
    for lacking in [
        "reliability = { value = 0.84, kind = \"alpha\", sd = 2.5 }",
        "reliability = { value = 0.84, kind = \"alpha\", source = [\"w\"] }",
    ] {
        for report in text_of(lacking) {
            assert!(
                !report.contains("Reliable change") && !report.contains("How sure"),
                "{report}"
            );
        }
    }
}
