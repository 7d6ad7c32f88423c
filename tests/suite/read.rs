//! Forms filled in by third-party programs are read back: the table contains exactly their answers.
//!
//! `READ_ALL=1` also fills in the forms of every scoring fixture. `READ_HARMED=5000` reads that number of damaged
//! copies of a form instead of a few hundred.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use scalewright_check::Checked;
use scalewright_export::form::{Place, place};
use scalewright_model::{ItemIx, ResponseKind, date_of};
use serde_json::{Value, json};

use crate::oracles::{Dice, corpus, respondents};
use crate::support::{Run, root, run};

/// The programs that fill in forms: pypdf rewriting the file, pypdf appending to it, and pikepdf with object streams.
const PROGRAMS: [&str; 3] = ["pypdf", "pypdf-incremental", "pikepdf"];

/// The generated respondents that fill in a form: one with the highest answers, two that leave an item out.
const RESPONDENTS: [usize; 3] = [1, 3, 4];

/// The number of damaged copies of a form that are read per program.
const DAMAGED: usize = 150;

fn export(folder: &Path, out: &Path) {
    let (folder, out) = (folder.display().to_string(), out.display().to_string());
    let wording = "tests/fixtures/wording";
    let args = [
        "export",
        &folder,
        "--to",
        "pdf",
        "--set",
        "pdf.fillable=yes",
        "-q",
        "--wording",
        wording,
        "--out",
        &out,
    ];
    let result = run(&args, &root());
    assert_eq!(result.code, 0, "{}{}", result.out, result.err);
}

fn read(instrument: &Path, args: &[&str]) -> Run {
    let instrument = instrument.display().to_string();
    let wording = "tests/fixtures/wording";
    let fixed = ["read", "--instrument", &instrument, "--wording", wording];
    run(&[&fixed[..], args].concat(), &root())
}

/// Fills in forms with third-party programs.
fn fill(jobs: &[Value], folder: &Path) {
    let path = folder.join("jobs.json");
    std::fs::write(&path, json!(jobs).to_string()).expect("the file is writable");
    let python = root().join("target/oracles/venv/bin/python");
    let output = Command::new(python)
        .arg("tests/oracles/pdf/fill.py")
        .arg(path)
        .current_dir(root())
        .output()
        .expect("python can be run: `tests/oracles/setup` installs it");
    let printed = String::from_utf8_lossy(&output.stdout).into_owned();
    let why = String::from_utf8_lossy(&output.stderr);
    assert_eq!(printed, format!("{} forms filled in\n", jobs.len()), "{why}");
}

/// The text of the field for an answer.
fn entered(checked: &Checked, item: usize, answer: f64) -> String {
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    match instrument.response(ItemIx(item)).kind {
        ResponseKind::Time => format!("{:02}:{:02}", answer as u32 / 60, answer as u32 % 60),
        ResponseKind::Date => date_of(answer).expect("a date"),
        _ => answer.to_string(),
    }
}

/// The jobs that fill in forms of an instrument, one for each program, and the expected table.
fn jobs(name: &str, checked: &Checked, form: &Path, folder: &Path) -> (Vec<Value>, String) {
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let responses = respondents(checked);
    let ids: Vec<&str> = instrument.items.iter().map(|item| item.id.as_str()).collect();
    let mut table = format!("respondent,{}\n", ids.join(","));
    let mut jobs = Vec::new();
    for row in RESPONDENTS.into_iter().filter(|row| *row < responses.rows) {
        let mut answers =
            BTreeMap::from([("scalewright-respondent".to_owned(), format!("r{row}"))]);
        let mut cells = vec![format!("r{row}")];
        for (item, id) in ids.iter().enumerate() {
            let answer =
                responses.items[item].get(row).map(|answer| entered(checked, item, answer));
            cells.push(answer.clone().unwrap_or_default());
            answers.extend(answer.map(|answer| ((*id).to_owned(), answer)));
        }
        table += &format!("{}\n", cells.join(","));
        let out = folder.join(format!("{name}-{row}.pdf"));
        let program = PROGRAMS[row % PROGRAMS.len()];
        jobs.push(json!({ "program": program, "form": form, "out": out, "answers": answers }));
    }
    (jobs, table)
}

/// A table without the columns that only forms have.
fn answers_only(table: &str) -> String {
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let heads = reader.headers().expect("the table has a head").clone();
    let form_only = ["date", "language", "form"];
    let kept: Vec<usize> =
        (0..heads.len()).filter(|at| !form_only.contains(&&heads[*at])).collect();
    let line = |row: &csv::StringRecord| {
        kept.iter().map(|at| row[*at].to_owned()).collect::<Vec<_>>().join(",") + "\n"
    };
    let rows = reader.records().map(|row| line(&row.expect("the table is whole")));
    line(&heads) + &rows.collect::<String>()
}

#[test]
fn forms_filled_in_by_other_programs_are_read_back_and_give_the_same_scores() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let forms = folder.path().join("forms");
    let all = std::env::var_os("READ_ALL").is_some();
    let library = root().join("instruments");
    let mut expected = Vec::new();
    let mut every = Vec::new();
    for (name, checked) in corpus() {
        let parent = if library.join(&name).is_dir() {
            library.clone()
        } else {
            root().join("tests/scoring")
        };
        let source = parent.join(&name);
        if parent != library && !all {
            continue;
        }
        export(&source, &forms);
        let instrument = checked.instrument.as_ref().expect("loaded without error");
        let language = &instrument.wordings.first().expect("it has words").language;
        let form = forms.join(format!("{}.{language}.pdf", instrument.id));
        let returned = folder.path().join(&name);
        std::fs::create_dir(&returned).expect("the folder can be created");
        let (jobs, table) = jobs(&name, &checked, &form, &returned);
        every.extend(jobs);
        expected.push((source, returned, table));
    }
    fill(&every, folder.path());
    for (source, returned, table) in expected {
        assert_read_back(&source, &returned, &table);
    }
}

fn assert_read_back(source: &Path, returned: &Path, table: &str) {
    let out = returned.join("answers.csv");
    let (forms, path) = (returned.display().to_string(), out.display().to_string());
    let result = read(source, &[&forms, "--out", &path]);
    assert_eq!(result.code, 0, "{}", result.err);
    let back = std::fs::read_to_string(&out).expect("the table exists");
    assert_eq!(answers_only(&back), table, "{}", source.display());
    // The answers from forms give the same scores as the table.
    let directly = returned.join("direct.csv");
    std::fs::write(&directly, table).expect("the file is writable");
    let score = |path: &Path| {
        let (source, path) = (source.display().to_string(), path.display().to_string());
        let args = ["score", &source, &path, "--accept-recalled-keys", "--drop-all"];
        let result = run(&args, &root());
        assert_eq!(result.code, 0, "{}", result.err);
        result.out
    };
    assert_eq!(score(&out), score(&directly), "{}", source.display());
}

/// The fixture with an item of every kind: its folder, and its form in `out`.
fn every_kind(out: &Path) -> (PathBuf, PathBuf) {
    let source = root().join("tests/fixtures/read/every-kind");
    export(&source, out);
    (source, out.join("every-kind.en.pdf"))
}

fn answers() -> Value {
    json!({
        "scalewright-respondent": "r1", "scalewright-date": "2026-11-23", "warm": "-2", "light": "9",
        "drinks___1": "1", "drinks___3": "3", "height": "72,5", "effort": "40", "again": "0",
        "remark": "=A1, \"quoted\"", "date": "1 May 2026", "came": "7:05",
    })
}

#[test]
fn every_kind_of_answer_is_read_back() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (source, form) = every_kind(folder.path());
    for program in PROGRAMS {
        let out = folder.path().join(format!("{program}.pdf"));
        fill(
            &[json!({ "program": program, "form": form, "out": out, "answers": answers() })],
            folder.path(),
        );
        let out = out.display().to_string();
        let csv = read(&source, &["-q", &out]);
        assert_eq!((csv.code, csv.err.as_str()), (0, ""), "{program}");
        let row = csv.out.lines().nth(1).expect("a row").replace(&out, "F");
        assert_eq!(
            row, "r1,2026-11-23,en,F,-2,9,1;3,72.5,40,0,\"=A1, \"\"quoted\"\"\",2026-05-01,7:05",
            "{program}"
        );
        let json = read(&source, &["-q", &out, "--format", "jsonl"]);
        let row: Value = serde_json::from_str(&json.out).expect("a line of JSON");
        assert_eq!(row["scalewright-date"], "2026-11-23");
        assert_eq!(row["date"], "2026-05-01");
        assert_eq!((&row["warm"], &row["height"]), (&json!(-2), &json!(72.5)));
        assert_eq!(row["remark"], "=A1, \"quoted\"");
        let redcap = read(&source, &["-q", &out, "--format", "redcap"]);
        let (head, row) = redcap.out.split_once('\n').expect("two lines");
        let columns = "record_id,warm,light,drinks___1,drinks___2,drinks___3,height,effort,again,remark,date,came,";
        assert_eq!(head.strip_prefix(columns), Some("every_kind_complete"), "{head}");
        let cells = "r1,-2,9,1,0,1,72.5,40,0,\"=A1, \"\"quoted\"\"\",2026-05-01,07:05,2\n";
        assert_eq!(row, cells, "{program}");
        // Two forms of one respondent would replace each other.
        let copy = folder.path().join("copy.pdf").display().to_string();
        std::fs::copy(&out, &copy).expect("the form exists");
        let both = read(&source, &["-q", &out, &copy, "--format", "redcap"]);
        assert!(both.code != 0 && both.err.contains("both of the respondent `r1`"), "{}", both.err);
    }
}

#[test]
fn what_the_form_prints_may_be_typed() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (source, form) = every_kind(folder.path());
    for (field, typed, expected) in [
        ("height", "172,5 cm", "172.5"),
        ("height", "172.5cm", "172.5"),
        ("height", "\u{661}\u{667}\u{662}\u{66b}\u{665}", "172.5"),
        ("height", "\u{200e}172,5", "172.5"),
        ("came", "\u{ff17}\u{ff1a}\u{ff10}\u{ff15}", "7:05"),
        ("date", "\u{662}\u{660}\u{662}\u{666}-\u{660}\u{665}-\u{660}\u{661}", "2026-05-01"),
    ] {
        let mut answers = answers();
        answers[field] = json!(typed);
        let out = folder.path().join("typed.pdf");
        let job = json!({ "program": "pikepdf", "form": form, "out": out, "answers": answers });
        fill(&[job], folder.path());
        let result = read(&source, &["-q", &out.display().to_string(), "--format", "jsonl"]);
        assert_eq!(result.code, 0, "{typed}: {}", result.err);
        let row: Value = serde_json::from_str(&result.out).expect("a line of JSON");
        assert_eq!(row[field].to_string().trim_matches('"'), expected, "{typed}");
    }
    let mut answers = answers();
    answers["height"] = json!("172,5 mm");
    let out = folder.path().join("typed.pdf");
    let job = json!({ "program": "pikepdf", "form": form, "out": out, "answers": answers });
    fill(&[job], folder.path());
    let result = read(&source, &["-q", &out.display().to_string()]);
    assert!(result.err.contains("`172,5 mm`, which is not a number"), "{}", result.err);
}

#[test]
fn what_is_no_answer_is_reported_with_its_place() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let source = root().join("tests/fixtures/viewers/evening-notes");
    export(&source, folder.path());
    let (form, out) = (folder.path().join("evening-notes.en.pdf"), folder.path().join("a.pdf"));
    let job = json!({
        "program": "pikepdf", "form": form, "out": out,
        // The first of the two is answered `no`, so the second is not asked.
        "answers": { "en_3": "0", "en_4": "A book" },
        "annotate": [["Ink", ""], ["Text", "I ticked the\nwrong box"], ["Link", ""]],
        // As Chromium's pen does: what it draws is no annotation.
        "draw": ["q /GOOG:INKIsInker BMC q 0 0 0 rg 400 630 m 410 640 l 411 639 l h f Q EMC Q"],
    });
    fill(&[job], folder.path());
    let report = folder.path().join("report.csv");
    let args = [&out.display().to_string(), "--report", &report.display().to_string()];
    let result = read(&source, &args);
    assert_eq!(result.code, 0, "{}", result.err);
    for expected in [
        "a.pdf answers items that are not asked: `en_4`; scoring ignores these answers",
        "a.pdf has ink on page 1, near `en_9`; it was not read as an answer",
        "a.pdf has a note on page 1, near `en_9`: \u{201c}I ticked the wrong box\u{201d}; it was not read",
        "a.pdf has a drawing on page 1, near `en_1`; it was not read as an answer",
    ] {
        assert!(result.err.contains(expected), "{expected}\n{}", result.err);
    }
    assert_eq!(result.err.matches("warning").count(), 4, "{}", result.err);
    let report = std::fs::read_to_string(report).expect("the report exists");
    assert!(report.contains(",en_4,\"ink on page 1, near `en_9`; a note"), "{report}");
}

#[test]
fn joined_forms_are_named() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (source, form) = every_kind(folder.path());
    let out = folder.path().join("joined.pdf");
    let job = json!({
        "program": "pikepdf", "form": form, "out": out, "answers": answers(), "copy": ["warm"],
    });
    fill(&[job], folder.path());
    let result = read(&source, &["-q", &out.display().to_string()]);
    assert!(result.err.contains("several forms joined into one file"), "{}", result.err);
}

#[test]
fn foreign_altered_and_broken_forms_are_rejected_with_a_reason() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (source, form) = every_kind(folder.path());
    let at = |name: &str| folder.path().join(name).display().to_string();
    let damaged = [
        ("encrypt", json!("secret"), "is encrypted"),
        ("rename", json!("warm"), "was altered: it has no field `warm`"),
        ("remove", json!("remark"), "was altered: it has no field `remark`"),
        ("value", json!({ "warm": "5" }), "answers `warm` with `5`, which is not an option"),
        (
            "offer",
            json!({ "light": "5" }),
            "was altered: it offers -1, 1, 2, 5, 9 for `light`, not -1, -2, 1, 2, 9",
        ),
        ("more", json!(1), "was altered: it has an additional field `more0`"),
        ("more", json!(10_000), "has more fields than a form of this instrument"),
        ("nest", json!(40), "has fields nested endlessly, or deeper than in any form"),
        ("loop", json!(1), "has fields nested endlessly, or deeper than in any form"),
        (
            "answers",
            json!({ "height": "tall" }),
            "answers `height` with `tall`, which is not a number",
        ),
        (
            "answers",
            json!({ "height": "251" }),
            "answers `height` with `251`, which is not an answer: the highest answer is 250",
        ),
        (
            "answers",
            json!({ "effort": "1,250" }),
            "answers `effort` with `1,250`, which may mean two different numbers",
        ),
        (
            "answers",
            json!({ "came": "25:00" }),
            "answers `came` with `25:00`, which is not an unambiguous clock time such as 21:05",
        ),
    ];
    let mut jobs = Vec::new();
    for (index, (damage, how, _)) in damaged.iter().enumerate() {
        let mut job = json!({ "program": "pikepdf", "form": form, "out": at(&format!("h{index}.pdf")), "answers": {} });
        job[*damage] = how.clone();
        jobs.push(job);
    }
    fill(&jobs, folder.path());
    for (index, (.., reason)) in damaged.iter().enumerate() {
        let path = at(&format!("h{index}.pdf"));
        let result = read(&source, &[&path]);
        assert_eq!((result.code, result.out.as_str()), (1, ""), "{reason}");
        let first = result.err.lines().next().expect("an error");
        assert_eq!(first, format!("error: {path} {reason}"));
    }
    let bytes = std::fs::read(&form).expect("the form exists");
    let write =
        |name: &str, bytes: &[u8]| std::fs::write(at(name), bytes).expect("the file is writable");
    write("half.pdf", &bytes[..bytes.len() / 2]);
    write("text.pdf", b"respondent,date\n");
    write("empty.pdf", b"");
    for (name, reason) in
        [("half", "is damaged or truncated"), ("text", "is not a PDF"), ("empty", "is not a PDF")]
    {
        let result = read(&source, &[&at(&format!("{name}.pdf"))]);
        assert_eq!(result.code, 1);
        assert!(result.err.contains(reason), "{}", result.err);
    }
}

#[test]
fn a_form_of_another_definition_is_rejected() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (source, form) = every_kind(folder.path());
    let form = form.display().to_string();
    let definition =
        std::fs::read_to_string(source.join("instrument.toml")).expect("the fixture exists");
    for (from, to, reason) in [
        (
            "id = \"every-kind\"",
            "id = \"other\"",
            "is a form of `every-kind` 1.0.0, not of `other`",
        ),
        (
            "version = \"1.0.0\"",
            "version = \"1.1.0\"",
            "is a form of version 1.0.0; the definition is 1.1.0",
        ),
        (
            "max = 250",
            "max = 240",
            "was made from another definition of `every-kind` 1.0.0: its items, answers or conditions differ",
        ),
        (
            "\"Rather\"",
            "\"Quite\"",
            "was made from another definition of `every-kind` 1.0.0: its words in `en` differ",
        ),
    ] {
        let changed = folder.path().join("changed.toml");
        std::fs::write(&changed, definition.replacen(from, to, 1)).expect("the file is writable");
        let result = read(&changed, &[&form]);
        assert_eq!(result.code, 1);
        let first = result.err.lines().next().expect("an error");
        assert_eq!(first, format!("error: {form} {reason}"));
    }
    // A change of scoring does not affect forms.
    let rescored = folder.path().join("rescored.toml");
    let text = definition.replace("\"warm\", \"-light\"", "\"warm\", \"light\"");
    std::fs::write(&rescored, text).expect("the file is writable");
    assert_eq!(read(&rescored, &[&form]).code, 0);
}

#[test]
fn unreadable_forms_are_skipped_on_request_and_always_reported() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (source, form) = every_kind(folder.path());
    std::fs::write(folder.path().join("bad.pdf"), b"%PDF-1.7\n%%EOF")
        .expect("the file is writable");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let (forms, report, out) = (at(""), at("report.csv"), at("answers.csv"));
    let args = [forms.as_str(), "--report", &report, "--out", &out];
    let stopped = read(&source, &args);
    assert_eq!(stopped.code, 1);
    assert!(
        stopped.err.contains("1 of 2 forms cannot be read; only the report was written"),
        "{}",
        stopped.err
    );
    assert!(!Path::new(&out).exists(), "no answers were written");
    let written = std::fs::read_to_string(&report).expect("the report exists");
    let skipped = read(&source, &[&args[..], &["--on-error", "skip"]].concat());
    assert_eq!(skipped.code, 0, "{}", skipped.err);
    assert_eq!(written, std::fs::read_to_string(&report).expect("the report exists"));
    let written = written.replace(&form.display().to_string(), "F").replace(&at("bad.pdf"), "B");
    assert_eq!(
        written,
        "form,status,respondent,language,answered,items,not_answered,not_asked,remarks,reasons\n\
         B,refused,,,,,,,,is damaged or truncated\n\
         F,read,,en,0,9,warm light drinks height effort again remark date came,,,\n"
    );
    assert!(Path::new(&out).exists(), "the other form was read");
}

/// A damaged form may be rejected or read correctly, but never gives other answers.
#[test]
fn no_damaged_copy_of_a_form_gives_other_answers() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (source, form) = every_kind(folder.path());
    let copies = std::env::var("READ_HARMED").ok().and_then(|n| n.parse().ok()).unwrap_or(DAMAGED);
    let mut dice = Dice::new();
    for program in PROGRAMS {
        let out = folder.path().join(format!("{program}.pdf"));
        fill(
            &[json!({ "program": program, "form": form, "out": out, "answers": answers() })],
            folder.path(),
        );
        let bytes = std::fs::read(&out).expect("the form exists");
        let damaged = folder.path().join(program);
        std::fs::create_dir(&damaged).expect("the folder can be created");
        for copy in 0..copies {
            let path = damaged.join(format!("{copy}.pdf"));
            std::fs::write(path, damage(&bytes, &mut dice)).expect("the file is writable");
        }
        let damaged = damaged.display().to_string();
        let result = read(&source, &[&damaged, "--on-error", "skip", "--format", "jsonl"]);
        assert!(!result.err.contains("panicked"), "{}", result.err);
        for row in result.out.lines() {
            let row: Value = serde_json::from_str(row).expect("a line of JSON");
            let marked = ["warm", "light", "drinks", "again"].map(|item| row[item].clone());
            assert_eq!(
                marked,
                [json!(-2), json!(9), json!("1;3"), json!(0)],
                "{program}: {}",
                row["form"]
            );
        }
    }
}

/// Damages a file: truncates it, changes some bytes, or removes a part.
fn damage(bytes: &[u8], dice: &mut Dice) -> Vec<u8> {
    let at = dice.roll(bytes.len());
    let mut damaged = bytes.to_vec();
    match dice.roll(4) {
        0 => damaged.truncate(at),
        1 => drop(damaged.drain(at..(at + 1 + dice.roll(200)).min(bytes.len()))),
        more => {
            for _ in 0..more * more - 3 {
                let at = dice.roll(bytes.len());
                damaged[at] = u8::try_from(dice.roll(256)).expect("a byte");
            }
        }
    }
    damaged
}

#[test]
fn the_places_of_answers_match_the_options() {
    let folder = root().join("tests/fixtures/read/every-kind");
    let checked = crate::support::load(&folder);
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let texts =
        |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect::<Vec<_>>();
    assert_eq!(place(instrument, ItemIx(0)), Place::One(texts(&["-2", "-1", "1", "2", "9"])));
    assert_eq!(place(instrument, ItemIx(2)), Place::Any(texts(&["1", "2", "3"])));
    assert_eq!(place(instrument, ItemIx(3)), Place::Typed);
}

#[test]
fn the_instrument_is_found_by_the_id_in_the_form() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    export(&root().join("instruments/side-by-side"), folder.path());
    let form = folder.path().join("side-by-side.en.pdf").display().to_string();
    let result = run(&["read", &form], &root());
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(result.out.starts_with("respondent,date,language,form,sbs_1,"), "{}", result.out);
    // An instrument that is not in the library, and a file that names none.
    let (_, strange) = every_kind(folder.path());
    let result = run(&["read", &strange.display().to_string()], &root());
    assert_eq!(result.code, 2);
    assert!(
        result.err.contains("there is no file, folder or instrument `every-kind`"),
        "{}",
        result.err
    );
    let nothing = folder.path().join("nothing.pdf").display().to_string();
    std::fs::write(&nothing, b"nothing").expect("the file is writable");
    let result = run(&["read", &nothing], &root());
    assert_eq!(result.code, 1);
    assert!(result.err.starts_with(&format!("error: {nothing} is not a PDF\n")), "{}", result.err);
}

#[test]
fn forms_of_several_instruments_give_a_table_for_each() {
    let at = tempfile::tempdir().expect("a temporary folder");
    let forms = at.path().join("forms");
    for id in ["side-by-side", "side-by-side-t"] {
        export(&root().join("instruments").join(id), &forms);
    }
    std::fs::write(forms.join("a.pdf"), "%PDF-1.7\n").expect("it can be written");
    let path = |name: &str| at.path().join(name).display().to_string();
    let (forms, tables, report) = (path("forms"), path("tables"), path("report.csv"));
    let refused = run(&["read", &forms], &root());
    assert!(refused.err.contains("the forms are of several instruments: `"), "{}", refused.err);
    let skip = ["--on-error", "skip", "--report", &report];
    let out = ["--out", &tables];
    let done = run(&[&["read", &forms][..], &out, &skip].concat(), &root());
    assert_eq!(done.code, 0, "{}", done.err);
    for (id, item) in [("side-by-side", ",sbs_12\n"), ("side-by-side-t", ",sbs_t_12\n")] {
        let table = std::fs::read_to_string(at.path().join("tables").join(format!("{id}.csv")));
        let table = table.expect("it was written");
        assert!(table.lines().count() == 2 && table.contains(item), "{table}");
    }
    let report = std::fs::read_to_string(report).expect("it was written");
    assert_eq!(report.lines().count(), 4, "{report}");
    assert_eq!(report.matches("refused").count(), 1, "{report}");
    assert_eq!(report.matches("form,status").count(), 1, "{report}");
}
