//! What is declared about the cells of a table: by options, by a map, and by the table itself.

use std::fs;

use crate::support::run;
use crate::tables_in::{HEAD, folder, refused, row, scores};

#[test]
fn labels_are_read_in_tables_of_platforms_too() {
    let at = folder();
    let cells = "r1,Yes,a LITTLE,7,23:15,,,";
    let redcap = row(cells).replacen("id,", "record_id,", 1);
    for (name, text, more) in
        [("a.csv", row(cells), &[][..]), ("b.csv", redcap, &["--from", "redcap"][..])]
    {
        let result = scores(at.path(), name, &text, &[&["--labels"], more].concat());
        assert!(result.out.ends_with("\nr1,10,1\n"), "{}{}", result.out, result.err);
        let result = scores(at.path(), name, &text, more);
        refused(&result, &["all refused texts in `q1`, `q2` are labels", "add `--labels`"]);
    }
    let result = scores(at.path(), "a.csv", row(cells), &["--yes", "Yes"]);
    assert_eq!(result.code, 2, "{}", result.err);
    assert!(result.err.contains("no item is a yes-no item"), "{}", result.err);
}

#[test]
fn missing_answers_are_counted_by_their_reason() {
    let at = folder();
    let csv =
        format!("{HEAD}r1,-8,1,7,23:15,,,\nr2,,n/a,n/a,,,,\nr3,1,1,7,23:15,,,\nr4,5,-8,7,,,,\n");
    let json = r#"[{"id": "r1", "q1": -8, "q2": 1, "hours": 7, "bed": "23:15", "helped": null, "words": null, "day": null},
        {"id": "r2", "q1": null, "q2": "n/a", "hours": "n/a", "bed": null},
        {"id": "r3", "q1": 1, "q2": 1, "hours": 7, "bed": "23:15"},
        {"id": "r4", "q1": 5, "q2": -8, "hours": 7, "bed": null}]"#;
    let head = "id,total_blank,total_don_t_know,total_n_a,late_blank,late_don_t_know,late_n_a,total,late\n";
    let expected = format!("{head}r1,0,1,0,0,0,0,,1\nr2,1,0,2,1,0,0,,\nr3,0,0,0,0,0,0,9,1\n");
    let args = [
        "--missing-code",
        "-8=don't know",
        "--missing-code",
        "n/a",
        "--with",
        "missing",
        "--on-error",
        "skip",
        "--drop-all",
    ];
    for (name, text) in [("a.csv", csv.as_str()), ("a.json", json)] {
        let result = scores(at.path(), name, text, &args);
        assert_eq!((result.code, &result.out), (0, &expected), "{name}: {}", result.err);
        // The row that is left out does not count.
        let note = "missing answers: 2 blank, 1 `don't know`, 2 `n/a`";
        assert!(result.err.contains(note), "{name}: {}", result.err);
    }
    let typed = [&args[..], &["--format", "json"]].concat();
    let result = scores(at.path(), "a.csv", &csv, &typed);
    assert!(result.out.contains("\"total_n_a\": 2,"), "{}{}", result.out, result.err);
    let several = ["score", "mix.toml", "a.csv", "a.json", "--out", "out", "--columns", "scores"];
    let result = run(&[&several[..], &args].concat(), at.path());
    assert_eq!(result.code, 0, "{}", result.err);
    let written = fs::read_to_string(at.path().join("out/a.csv")).expect("a table");
    assert_eq!(written, expected, "{}", result.err);
}

#[test]
fn counts_are_whole_numbers_in_parquet() {
    let at = folder();
    let table = format!("{HEAD}r1,-8,1,7,23:15,,,\nr2,,2,7,,,,\n");
    let write = ["--missing-code", "-8", "--with", "missing", "--out", "a.parquet"];
    let result = scores(at.path(), "a.csv", table, &write);
    assert_eq!(result.code, 0, "{}", result.err);
    let file = fs::File::open(at.path().join("a.parquet")).expect("a table");
    let reader = parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder::try_new(file);
    let schema = reader.expect("a table").schema().clone();
    let kind = schema.field_with_name("total_8").expect("a column").data_type().clone();
    assert_eq!(kind, arrow_schema::DataType::UInt32);
}

#[test]
fn a_column_of_the_table_never_takes_the_name_of_a_count() {
    let at = folder();
    let table = "id,q1,q2,hours,bed,helped,words,day,total_blank\nr1,1,1,7,23:15,,,,mine\n";
    let result = scores(at.path(), "a.csv", table, &["--with", "missing"]);
    assert_eq!(
        result.out, "id,total_blank_in_table,total_blank,late_blank,total,late\nr1,mine,0,0,9,1\n",
        "{}",
        result.err
    );
}

#[test]
fn options_and_a_map_must_agree() {
    let at = folder();
    let table = row("r1,1,1,\"7,5\",23:15,,,");
    let map = |text: &str| fs::write(at.path().join("map.toml"), text).expect("written");
    for (text, more, expected) in [
        ("decimal = \",\"\n", &[][..], "r1,9.5,1\n"),
        ("decimal = \",\"\n", &["--decimal", ","], "r1,9.5,1\n"),
        ("decimal = \".\"\n", &["--decimal", ","], "contradicts `decimal = \".\"` in map.toml"),
        (
            "decimal = \",\"\nthousands = \",\"\n",
            &[],
            "map.toml:2:13: `,` cannot mark both decimals and thousands",
        ),
        (
            "open = [{ item = \"q1\", question = \"Q1?\" }]\n",
            &[],
            "map.toml:1:1: the map has 1 open question; decide it and remove `open`",
        ),
        (
            "labels = 1\ndecimal = \";\"\nreversed = [\"bed\", \"q9\"]\n[missing]\n\"\" = \"x\"\n97 = 1\n[missing.ratings]\n98 = \"x\"\n",
            &[],
            "7 entries are wrong",
        ),
        (
            "reversed = \"q1\"\n",
            &["--decimal", ","],
            "already reversed, as the map says, so turned back: `q1` (0 counts as 2)",
        ),
    ] {
        map(text);
        let result = scores(at.path(), "a.csv", &table, &[&["--map", "map.toml"], more].concat());
        let all = format!("{}{}", result.out, result.err);
        assert!(all.contains(expected), "{text}: {all}");
        assert_eq!(result.code == 0, !result.out.is_empty(), "{all}");
        for line in result.err.lines().filter(|line| line.starts_with("error: map.toml:")) {
            let place: Vec<&str> = line.splitn(5, ':').collect();
            assert!(
                place.len() < 5 || place[2..4].iter().all(|n| n.parse::<u32>().is_ok()),
                "{line}"
            );
        }
    }
}

#[test]
fn a_table_proves_its_decimal_commas_or_is_refused() {
    let at = folder();
    let table = |hours: &[&str]| {
        let rows = hours.iter().map(|hours| format!("r;1;1;{hours};23:15;;;\n"));
        format!("{}{}", HEAD.replace(',', ";"), rows.collect::<String>())
    };
    let result = scores(at.path(), "a.csv", table(&["7,5", "8"]), &[]);
    assert_eq!(result.out, "id,total,late\nr,9.5,1\nr,10,1\n", "{}", result.err);
    assert!(
        result.err.contains(
            "read with decimal commas, because the numbers have no other reading: `hours`"
        ),
        "{}",
        result.err
    );
    // Leaving out a row does not help: it is not known which mark is right.
    for more in [&[][..], &["--on-error", "skip"]] {
        let result = scores(at.path(), "a.csv", table(&["7,5", "7.5"]), more);
        refused(&result, &["row 2", "declare the marks with `--decimal` and `--thousands`"]);
    }
}

#[test]
fn columns_that_differ_only_in_case_or_blanks_are_refused() {
    let at = folder();
    for name in ["Q1", "q\u{a0}1", " q 1"] {
        let table = format!("{},{name}\nr1,1,1,7,23:15,,,,2\n", HEAD.trim_end());
        refused(&scores(at.path(), "a.csv", table, &[]), &["differ only in case or blanks"]);
    }
}

#[test]
fn respondents_that_differ_only_by_leading_zeros_are_reported() {
    let at = folder();
    let table = format!("{HEAD}007,1,1,7,23:15,,,\n7,1,1,7,23:15,,,\n");
    let result = scores(at.path(), "a.csv", table, &[]);
    assert_eq!(result.out, "id,total,late\n007,9,1\n7,9,1\n", "{}", result.err);
    assert!(result.err.contains("`7` and `007` differ only by leading zeros"), "{}", result.err);
}

#[test]
fn numbers_and_texts_in_one_column_are_reported_once() {
    let at = folder();
    let lines = "{\"id\": \"a\", \"q1\": 1, \"q2\": 1, \"hours\": 7, \"bed\": null, \"helped\": null, \"words\": null, \"day\": null}\n\
        {\"id\": \"b\", \"q1\": \"2\", \"q2\": 1, \"hours\": 7}\n";
    let result = scores(at.path(), "a.jsonl", lines, &[]);
    assert_eq!(result.out, "id,total,late\na,9,\nb,10,\n", "{}", result.err);
    let note = "numbers and texts that are numbers, read alike: `q1`\n";
    assert_eq!(result.err.matches(note).count(), 1, "{}", result.err);
}

#[test]
fn observations_say_which_answers_were_turned_back() {
    let at = folder();
    fs::write(at.path().join("map.toml"), "reversed = [\"q1\"]\n").expect("written");
    fs::write(at.path().join("a.csv"), row("r1,0,1,7,23:15,,,")).expect("written");
    let args = ["score", "mix.toml", "a.csv", "--map", "map.toml", "--format", "fhir"];
    let result = run(&args, at.path());
    let note = "turned back: `q1` (0 counts as 2)\"";
    assert!(result.out.contains(note), "{}{}", result.out, result.err);
}

#[test]
fn a_course_reads_dates_in_the_declared_order() {
    let at = folder();
    let course = |dates: [&str; 2], more: &[&str]| {
        let rows = dates.iter().zip([0, 2]);
        let rows = rows.map(|(date, q1)| format!("r1,{date},{q1},1,7,23:15,,,\n"));
        let table = format!("{}{}", HEAD.replacen("id,", "id,when,", 1), rows.collect::<String>());
        fs::write(at.path().join("a.csv"), table).expect("written");
        run(&[&["course", "mix.toml", "a.csv", "--date", "when"], more].concat(), at.path())
    };
    let expected = course(["2026-01-03", "2026-02-01"], &[]);
    assert_eq!(expected.code, 0, "{}", expected.err);
    let dates = ["3.1.2026", "1.2.2026 10:00"];
    let result = course(dates, &["--date-format", "day-month-year"]);
    assert_eq!(result.out, expected.out, "{}", result.err);
    assert_ne!(course(dates, &["--date-format", "month-day-year"]).out, expected.out);
    assert_eq!(course(dates, &[]).code, 1);
}
