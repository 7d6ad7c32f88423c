//! Workbooks of spreadsheet programs as tables of answers: which are read, cell by cell, and which are refused, with the
//! name of the cell.

#[path = "workbooks/made.rs"]
mod made;
#[path = "workbooks/out.rs"]
mod out;

use std::fs;
use std::io::Write as _;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{Run, root, run, run_with_input};

use made::{Made, TABLE, sheet, zipped};

/// The table of `README.md` beside the fixtures, as scores.
const EXPECTED: &str = "id,one,two,three,four,five\n007,0,1,2,3,4\n008,4,3,2,1,0\n009,1,1,1,1,1\n010,0,,2,,4\n\
    011,3,3,,3,3\n012,2,2,2,2,\n013,,,,,\n014,,,,1,0\n";

fn fixtures() -> std::path::PathBuf {
    root().join("tests/fixtures/workbooks")
}

/// Scores a table with the definition of the fixtures.
fn score(at: &Path, table: &str, more: &[&str]) -> Run {
    let definition = fixtures().join("demo5.toml").display().to_string();
    let mut args = vec!["score", &definition, table, "--columns", "scores", "--drop-all"];
    args.extend(more);
    run(&args, at)
}

const CODES: [&str; 4] = ["--missing-code", "98", "--missing-code", "99"];

#[test]
fn the_files_of_real_programs_have_the_same_table() {
    for (file, more, notes) in [
        (
            "openpyxl-typed.xlsx",
            &[][..],
            &["row 4 is hidden", "hidden sheets that are not read: `codes`"][..],
        ),
        ("pandas-nullable.xlsx", &[], &[]),
        ("openxlsx-na-text.xlsx", &["--missing-code", "NA"], &[]),
        ("libreoffice.ods", &[], &["row 4 is hidden", "hidden sheets that are not read: `codes`"]),
        ("libreoffice-totals.xlsx", &[], &["columns that formulas compute, not read: `total` (H)"]),
        ("libreoffice-totals.xls", &[], &["columns that formulas compute, not read: `total` (H)"]),
        ("pandas-odfpy.ods", &[], &[]),
        ("xlwt.xls", &[], &[]),
        (
            "libreoffice-hidden.xls",
            &[],
            &["row 4 is hidden, and is read like all others", "not read: `codes`"],
        ),
        // The labels of the factor `q3` are those of the definition; two of them are reasons.
        (
            "jmvreadwrite.omv",
            &["--missing-code", "don't know", "--missing-code", "refused"],
            &["read by the labels of the definition: `q3`"],
        ),
    ] {
        let result = score(&fixtures(), file, &[&CODES[..], more].concat());
        assert_eq!((result.code, result.out.as_str()), (0, EXPECTED), "{file}: {}", result.err);
        for note in notes {
            assert!(result.err.contains(note), "{file}: no {note:?} in {}", result.err);
        }
    }
}

#[test]
fn other_columns_keep_their_types() {
    let definition = fixtures().join("demo5.toml").display().to_string();
    for (file, truth) in [("openpyxl-typed.xlsx", "true"), ("libreoffice.ods", "true")] {
        let mut args = vec![
            "score",
            &definition,
            file,
            "--columns",
            "scores",
            "--keep",
            "consent",
            "--keep",
            "date",
            "--format",
            "jsonl",
        ];
        args.extend(CODES);
        let result = run(&args, &fixtures());
        let first = result.out.lines().next().unwrap_or_default();
        let expected = format!("{{\"id\":\"007\",\"date\":\"2026-01-02\",\"consent\":{truth}");
        assert!(first.starts_with(&expected), "{file}: {first}\n{}", result.err);
    }
}

#[test]
fn faulty_files_of_real_programs_are_refused() {
    let at = fixtures();
    for (file, more, expected) in [
        (
            "openxlsx-na-text.xlsx",
            &CODES[..],
            "row 4, column `q2`: `NA` (cell D5) is a text, not an empty cell",
        ),
        ("openpyxl-typed.xlsx", &[], "row 4, column `q4`: `98` (cell G5) is not an answer"),
        ("xlsxwriter-formulas.xlsx", &CODES, "row 1, column `q5`: `=4+0` (cell F2) is a formula"),
        (
            "xlsxwriter-formulas.xlsx",
            &["--stored-values"],
            "the stored value of every formula is 0",
        ),
        ("password.xlsx", &[], "a password protects the workbook"),
        ("libreoffice.ods", &["--sheet", "codez"], "there is no sheet `codez`"),
    ] {
        let result = score(&at, file, more);
        assert_eq!((result.code == 0, result.out.as_str()), (false, ""), "{file}: {}", result.err);
        assert!(result.err.contains(expected), "{file}: no {expected:?} in {}", result.err);
    }
}

/// Writes a workbook with one visible sheet, and scores it.
fn scored(made: &Made, more: &[&str]) -> Run {
    let at = tempfile::tempdir().expect("a temporary folder");
    fs::write(at.path().join("a.xlsx"), made.bytes()).expect("the file is writable");
    score(at.path(), "a.xlsx", more)
}

#[test]
fn cells_are_read_as_they_are_meant() {
    let head = "'id|'q1|'q2|'q3|'q4|'q5";
    for (rows, more, expected, note) in [
        // Numbers and texts that name respondents stay apart.
        (&["7|0|1|2|3|4", "'007|4|3|2|1|0"][..], &[][..], "7,0,1,2,3,4\n007,4,3,2,1,0\n", ""),
        (
            &["'a|'0|'1|2|3|4"],
            &[],
            "a,0,1,2,3,4\n",
            "numbers stored as text, read as numbers: 2, the first in B2",
        ),
        (&["'a|=1-1:0|1|2|3|=2+2:4"], &["--stored-values"], "a,0,1,2,3,4\n", ""),
        (
            &["'a|0|1|2|3|4", "", "", "'b|1|1|1|1|1"],
            &[],
            "a,0,1,2,3,4\nb,1,1,1,1,1\n",
            "2 empty rows were skipped, the first is row 3",
        ),
        (&["'a|0.0|1e0|2|3|'"], &[], "a,0,1,2,3,\n", ""),
        (&["'a|0|1|2|3|4|'no header below this"], &["--sheet", "answers"], "", ""),
    ] {
        let made = Made::of(head, rows);
        let result = scored(&made, more);
        if expected.is_empty() {
            assert!(
                result.err.contains("the header cell G1 is empty, but G2 has content"),
                "{}",
                result.err
            );
            continue;
        }
        let table = format!("id,one,two,three,four,five\n{expected}");
        assert_eq!((result.code, result.out), (0, table), "{rows:?}: {}", result.err);
        assert!(result.err.contains(note), "{rows:?}: {}", result.err);
    }
}

#[test]
fn cells_that_are_no_answers_are_named() {
    for (row, more, expected) in [
        (
            "'a|=1+1:2|1|2|3|4",
            &[][..],
            "column `q1`: `=1+1` (cell B2) is a formula: replace the formulas",
        ),
        (
            "'a|=1+1|1|2|3|4",
            &["--stored-values"],
            "column `q1`: `=1+1 (no value)` (cell B2) is a formula without a stored value",
        ),
        ("'a|0|#N/A|2|3|4", &[], "column `q2`: `#N/A` (cell C2) is an error, not an answer"),
        (
            "'a|0|1|@46024|3|4",
            &[],
            "column `q3`: `2026-01-02` (cell D2) is not a number; the cell is a date",
        ),
        ("'a|0|1|2|!1|4", &[], "column `q4`: `true` (cell E2) is not a number"),
        ("'a|0|1|2|3|'NA", &[], "column `q5`: `NA` (cell F2) is a text, not an empty cell"),
        ("'a|0|1|2|3|7", &[], "column `q5`: `7` (cell F2) is not an answer"),
        ("=1:1|0|1|2|3|4", &[], "the column `id` names the respondents, but A2 is a formula"),
        ("=1|0|1|2|3|4", &["--stored-values"], "but A2 is a formula without a stored value"),
    ] {
        let result = scored(&Made::of("'id|'q1|'q2|'q3|'q4|'q5", &[row]), more);
        assert_eq!((result.code == 0, result.out.as_str()), (false, ""), "{row}: {}", result.err);
        assert!(result.err.contains(expected), "{row}: no {expected:?} in {}", result.err);
    }
}

#[test]
fn sheets_that_are_not_one_table_are_refused() {
    for (head, rows, extra, expected) in [
        (
            "'Study of 2026",
            &["", "'id|'q1|'q2|'q3|'q4|'q5", "'a|0|1|2|3|4"][..],
            "",
            "the names of the columns are in row 3, not in row 1",
        ),
        (
            "'id|'q1|'q2|'q3|'q4|'q5",
            &["|'I sing|'I dance|'I run|'I sit|'I sleep", "'a|0|1|2|3|4"],
            "",
            "row 2 is a second header row, not a row of answers (`I sing` in B2)",
        ),
        (
            "'id|'q1||'q3|'q4|'q5",
            &["'a|0|1|2|3|4"],
            "",
            "the header cell C1 is empty, but C2 has content",
        ),
        (
            "'id|'q1|'q2|'q3|'q4|'q5|'q1",
            &["'a|0|1|2|3|4|1"],
            "",
            "the columns `q1` (B1) and `q1` (G1) have the same name",
        ),
        (
            "'id|'q1|'q2|'q3|'q4|'q5|'Q 5\u{a0}",
            &["'a|0|1|2|3|4|1"],
            "",
            "differ only in case and spaces",
        ),
        (
            "'id|'q1|'q2|'q3|'q4|'q5|#REF!",
            &["'a|0|1|2|3|4|1"],
            "",
            "the header cell G1 has the error `#REF!`",
        ),
        (
            "'id|'q1|'q2|'q3|'q4|'q5",
            &["'a|0|1|2|3|4", "'b|0|1|2|3|4"],
            "<mergeCells><mergeCell ref=\"B2:B3\"/></mergeCells>",
            "cells of the table are merged: B2:B3",
        ),
        ("'id|'q1|'q2|'q3|'q4", &["'a|0|1|2|3"], "", "there is no column for `q5`"),
        ("", &[], "", "no sheet with content"),
    ] {
        let mut made = Made::of(head, rows);
        made.sheets[0].2.push_str(extra);
        let result = scored(&made, &[]);
        assert_eq!((result.code == 0, result.out.as_str()), (false, ""), "{head}: {}", result.err);
        assert!(result.err.contains(expected), "{head}: no {expected:?} in {}", result.err);
    }
}

#[test]
fn the_sheet_with_the_answers_is_chosen_or_asked_for() {
    let other = sheet(&["'x", "1"]);
    let two = |state: &str| {
        let mut made = Made::of(TABLE[0], &TABLE[1..]);
        made.sheets.push(("Code book".to_owned(), state.to_owned(), other.clone()));
        made
    };
    let asked = scored(&two("visible"), &[]);
    assert!(
        asked.err.contains("several sheets have content: `answers`, `Code book`"),
        "{}",
        asked.err
    );
    assert!(asked.err.contains("such as `--sheet 'answers'`"), "{}", asked.err);
    let named = scored(&two("visible"), &["--sheet", "answers"]);
    assert_eq!((named.code, named.out.lines().count()), (0, 3), "{}", named.err);
    assert!(named.err.contains("sheets that are not read: `Code book`"), "{}", named.err);
    let hidden = scored(&two("veryHidden"), &[]);
    assert_eq!(hidden.code, 0, "{}", hidden.err);
    assert!(hidden.err.contains("hidden sheets that are not read: `Code book`"), "{}", hidden.err);
    let mut made = two("visible");
    made.sheets[0].1 = "hidden".to_owned();
    let wrong = scored(&made, &[]);
    assert!(wrong.err.contains("there is no column for"), "{}", wrong.err);
    let shown = scored(&made, &["--sheet", "answers"]);
    assert_eq!(shown.code, 0, "{}", shown.err);
    assert!(shown.err.contains("the sheet `answers` is hidden"), "{}", shown.err);
}

#[test]
fn what_is_hidden_and_not_used_is_named() {
    let mut made = Made::of(TABLE[0], &TABLE[1..]);
    made.sheets[0].2 = made.sheets[0].2.replace("<row r=\"2\">", "<row r=\"2\" hidden=\"1\">");
    made.before = "<cols><col min=\"3\" max=\"3\" hidden=\"1\"/></cols>".to_owned();
    made.parts.push(("xl/vbaProject.bin".to_owned(), vec![1, 2, 3]));
    let result = scored(&made, &[]);
    assert_eq!(result.code, 0, "{}", result.err);
    for note in [
        "row 2 is hidden",
        "hidden columns, read like all others: C",
        "the workbook has macros, which are not run",
    ] {
        assert!(result.err.contains(note), "no {note:?} in {}", result.err);
    }
}

#[test]
fn options_of_workbooks_are_refused_elsewhere() {
    let at = tempfile::tempdir().expect("a temporary folder");
    fs::write(at.path().join("a.csv"), "id,q1,q2,q3,q4,q5\na,0,1,2,3,4\n").expect("writable");
    for option in [&["--sheet", "x"][..], &["--stored-values"]] {
        let result = score(at.path(), "a.csv", option);
        assert_eq!(result.code, 2, "{}", result.err);
        assert!(result.err.contains("applies only to workbooks"), "{}", result.err);
    }
    fs::write(at.path().join("b.xlsx"), "id,q1\na,0\n").expect("writable");
    let result = score(at.path(), "b.xlsx", &[]);
    assert!(result.err.contains("this is not a workbook, or it is damaged"), "{}", result.err);
    fs::write(at.path().join("c.csv"), Made::of(TABLE[0], &TABLE[1..]).bytes()).expect("writable");
    let result = score(at.path(), "c.csv", &[]);
    assert_eq!(result.code, 0, "{}", result.err);
    assert!(result.err.contains("`c.csv` is a workbook, and is read as that"), "{}", result.err);
    let definition = fixtures().join("demo5.toml").display().to_string();
    let bytes = fs::read(at.path().join("c.csv")).expect("a workbook");
    let piped =
        run_with_input(&["score", &definition, "-", "--from", "workbook"], at.path(), bytes);
    assert_eq!(piped.code, 0, "{}", piped.err);
}

#[test]
fn a_definition_that_is_a_workbook_is_named() {
    let result = run(&["check", "xlwt.xls"], &fixtures());
    assert_ne!(result.code, 0);
    let at = tempfile::tempdir().expect("a temporary folder");
    fs::copy(fixtures().join("pandas-nullable.xlsx"), at.path().join("a.toml")).expect("a copy");
    let result = run(&["check", "a.toml"], at.path());
    assert_ne!((result.code, result.err.as_str()), (0, ""));
}

#[test]
fn hostile_workbooks_are_refused_in_bounded_memory() {
    let long = "x".repeat(64 << 20);
    let cases: [(&str, String); 5] = [
        ("too large", format!("<sheetData><row r=\"1\"><c t=\"inlineStr\"><is><t>{long}</t></is></c></row></sheetData>")),
        ("damaged", "<sheetData><row r=\"1\"><c r=\"ZZZ1\"><v>1</v></c></row></sheetData>".to_owned()),
        ("damaged", "<sheetData><row r=\"99999999999\"><c><v>1</v></c></row></sheetData>".to_owned()),
        ("damaged", "<sheetData><row r=\"1\"><c t=\"s\"><v>77</v></c></row></sheetData>".to_owned()),
        (
            "damaged",
            "<sheetData><row r=\"2\"><c r=\"A2\"><v>1</v></c></row><row r=\"1\"><c r=\"A1\"><v>1</v></c></row></sheetData>".to_owned(),
        ),
    ];
    let mut many = Made::of(TABLE[0], &TABLE[1..]);
    let texts = "<sst uniqueCount=\"9999999999999\"><si><t>a</t></si></sst>";
    many.parts.push(("xl/sharedStrings.xml".to_owned(), texts.as_bytes().to_vec()));
    let result = scored(&many, &[]);
    assert!(
        result.err.contains("damaged or incomplete (in `xl/sharedStrings.xml`)"),
        "{}",
        result.err
    );
    for (expected, markup) in cases {
        let mut made = Made::of("", &[]);
        made.sheets[0].2 = markup;
        let result = scored(&made, &[]);
        assert_eq!((result.code == 0, result.out.as_str()), (false, ""), "{}", result.err);
        assert!(result.err.contains(expected), "no {expected:?} in {}", result.err);
    }
}

/// Numbers that look random, the same in every run.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, most: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % most.max(1)
    }
}

#[test]
fn damaged_files_never_panic() {
    let at: TempDir = tempfile::tempdir().expect("a temporary folder");
    let mut numbers = Numbers(7);
    for entry in fs::read_dir(fixtures()).expect("the fixtures").flatten() {
        let name = entry.file_name().into_string().expect("a name");
        if name.ends_with(".toml") || name.ends_with(".md") {
            continue;
        }
        let bytes = fs::read(entry.path()).expect("a fixture");
        for _ in 0..12 {
            let mut harmed = bytes.clone();
            match numbers.below(3) {
                0 => harmed.truncate(numbers.below(bytes.len())),
                _ => (0..4).for_each(|_| {
                    let at = numbers.below(bytes.len());
                    harmed[at] = u8::try_from(numbers.below(256)).expect("a byte");
                }),
            }
            fs::write(at.path().join(&name), harmed).expect("writable");
            assert!(score(at.path(), &name, &CODES).code <= 2);
        }
        // Archives notice that bytes changed, so what is inside is changed too.
        let Some(parts) = made::unzipped(&bytes) else { continue };
        for _ in 0..25 {
            let mut harmed = parts.clone();
            let part = numbers.below(harmed.len());
            let content = &mut harmed[part].1;
            for _ in 0..=numbers.below(3) {
                let at = numbers.below(content.len());
                if let Some(byte) = content.get_mut(at) {
                    *byte = b"<>\"0Z/&= "[numbers.below(9)];
                }
            }
            fs::write(at.path().join(&name), zipped(&harmed)).expect("writable");
            assert!(score(at.path(), &name, &CODES).code <= 2);
        }
    }
    let mut file = fs::File::create(at.path().join("a.xlsx.gz")).expect("a file");
    file.write_all(b"\x1f\x8b").expect("writable");
    assert_ne!(score(at.path(), "a.xlsx.gz", &[]).code, 0);
}
