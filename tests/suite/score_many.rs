//! Many tables in one run: which files are read, where their scores are written, and what happens to errors.

use std::fs::{self, File};
use std::path::Path;
use std::sync::Arc;

use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
use parquet::arrow::ArrowWriter;
use tempfile::TempDir;

use crate::support::{Run, root, run};

const ITEMS: &str = "who5_1,who5_2,who5_3,who5_4,who5_5";

/// A folder for tables.
struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path().join(name);
        fs::create_dir_all(path.parent().expect("it is in a folder")).expect("it can be created");
        fs::write(path, text).expect("it can be written");
    }

    /// Writes a CSV table of respondents and their first answers. The other answers are 3.
    fn csv(&self, name: &str, rows: &[(&str, &str)]) {
        let rows = rows.iter().map(|(who, first)| format!("{who},{first},3,3,3,3\n"));
        self.write(name, format!("respondent,{ITEMS}\n{}", rows.collect::<String>()));
    }

    fn parquet(&self, name: &str, rows: &[(&str, i64)]) {
        self.write(name, "");
        let ids: ArrayRef = Arc::new(StringArray::from_iter_values(rows.iter().map(|row| row.0)));
        let answer = |item: usize| -> ArrayRef {
            let answers = rows.iter().map(|row| if item == 0 { row.1 } else { 3 });
            Arc::new(Int64Array::from_iter_values(answers))
        };
        let items = ITEMS.split(',').enumerate().map(|(item, id)| (id, answer(item)));
        let columns = std::iter::once(("respondent", ids)).chain(items);
        let batch = RecordBatch::try_from_iter(columns).expect("columns of one length");
        let file = File::create(self.path().join(name)).expect("a file");
        let mut writer = ArrowWriter::try_new(file, batch.schema(), None).expect("a writer");
        writer.write(&batch).expect("rows are written");
        writer.close().expect("the file is complete");
    }

    fn score(&self, args: &[&str]) -> Run {
        let instrument = root().join("instruments/who-5");
        let instrument = instrument.to_str().expect("valid UTF-8");
        run(&[&["score", instrument], args].concat(), self.path())
    }

    fn scored(&self, args: &[&str]) -> Run {
        let done = self.score(args);
        assert_eq!(done.code, 0, "{}", done.err);
        done
    }

    fn refused(&self, args: &[&str], expected: &str) {
        let before = self.names();
        let done = self.score(args);
        assert_ne!(done.code, 0, "{expected}");
        assert!(done.err.contains(expected), "{expected}: {}", done.err);
        assert_eq!(self.names(), before, "{expected}");
    }

    fn bytes(&self, name: &str) -> Vec<u8> {
        fs::read(self.path().join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    /// The files below the folder, in order.
    fn names(&self) -> Vec<String> {
        self.below("")
    }

    fn below(&self, folder: &str) -> Vec<String> {
        let mut names = Vec::new();
        for entry in fs::read_dir(self.path().join(folder)).expect("it is a folder").flatten() {
            let name = Path::new(folder).join(entry.file_name()).display().to_string();
            match entry.path().is_dir() {
                true => names.extend(self.below(&name)),
                false => names.push(name),
            }
        }
        names.sort();
        names
    }
}

#[test]
fn a_partitioned_folder_keeps_its_layout_and_its_rows() {
    let at = Place::new();
    let tables = ["year=2024/site=a/part-0", "year=2025/site=a/part-0", "year=2025/site=b/part-1"];
    for (number, table) in tables.iter().enumerate() {
        let ids: Vec<String> = (0..50).map(|row| format!("p{number}{}", 99 - row)).collect();
        let rows: Vec<(&str, i64)> = ids.iter().map(String::as_str).zip((0..6).cycle()).collect();
        at.parquet(&format!("answers/{table}.snappy.parquet"), &rows);
    }
    at.write("answers/_SUCCESS", "");
    at.write("answers/_metadata", "x");
    at.write("answers/_common_metadata", "x");
    at.write("answers/.part.crc", "x");
    at.write("answers/year=2024/site=a/.hidden.parquet", "x");
    for (given, out) in
        [("answers", "a"), ("answers/", "new/b"), ("answers/**/*.parquet", "c"), ("ans*/**", "d")]
    {
        let done = at.scored(&[given, "--out", out]);
        let expected = tables.map(|table| format!("{out}/{table}.snappy.parquet"));
        let expected =
            expected.map(|name| if out == "d" { name.replace("d/", "d/answers/") } else { name });
        assert_eq!(at.below(out), expected, "{given}");
        assert!(done.err.contains("scored 150 rows of 3 tables: "), "{}", done.err);
        assert!(done.err.contains("not data: `answers/"), "{given}: {}", done.err);
    }
    assert!(at.scored(&["answers", "--out", "e"]).err.contains("and checksums are not data: `answers/.part.crc`, `answers/_SUCCESS`, `answers/_common_metadata`, 2 more"));
    // Each file is what scoring it alone gives.
    for table in tables {
        let table = format!("{table}.snappy.parquet");
        at.scored(&[&format!("answers/{table}"), "--out", "alone.parquet"]);
        assert_eq!(at.bytes(&format!("a/{table}")), at.bytes("alone.parquet"), "{table}");
    }
}

#[test]
fn every_format_of_table_is_scored_in_its_own_format() {
    let at = Place::new();
    at.csv("in/a.csv", &[("p1", "1")]);
    at.write("in/b.tsv", format!("respondent,{ITEMS}\np2,1,3,3,3,3\n").replace(',', "\t"));
    at.write(
        "in/c.jsonl",
        "{\"id\":\"p3\",\"who5_1\":1,\"who5_2\":3,\"who5_3\":3,\"who5_4\":3,\"who5_5\":3}\n",
    );
    at.write("in/notes.md", "# Notes");
    at.parquet("in/d.parquet", &[("p4", 1)]);
    at.scored(&["in/d.parquet", "--out", "in/e.arrow"]);
    fs::remove_file(at.path().join("in/e.arrow")).expect("it can be removed");
    at.csv("in/f.txt", &[("p5", "1")]);
    let done = at.scored(&["in", "--out", "out", "--columns", "scores"]);
    assert_eq!(at.below("out"), ["out/a.csv", "out/b.tsv", "out/c.jsonl", "out/d.parquet"]);
    let note =
        "not read, because the name does not end like that of a table: `in/f.txt`, `in/notes.md`";
    assert!(done.err.contains(note), "{}", done.err);
    assert_eq!(at.bytes("out/b.tsv"), b"respondent\twho5_raw\twho5_percent\np2\t13\t52\n");
    let args = ["in/f.txt", "in/d.parquet", "in/b.tsv", "--columns", "scores", "--format", "jsonl"];
    at.scored(&[&args[..], &["--out", "lines"]].concat());
    assert_eq!(at.below("lines"), ["lines/b.jsonl", "lines/d.jsonl", "lines/f.txt.jsonl"]);
}

#[test]
fn files_of_partitions_keep_the_names_of_their_folders() {
    let at = Place::new();
    at.csv("in/year=2024/a.csv", &[("p1", "1")]);
    at.csv("in/year=2024/b.csv", &[("p2", "1")]);
    at.scored(&["in/year=2024/a.csv", "in/year=2024/b.csv", "--out", "one"]);
    at.scored(&["in/year=2024", "--out", "two"]);
    assert_eq!(at.below("one"), ["one/year=2024/a.csv", "one/year=2024/b.csv"]);
    assert_eq!(at.below("two"), ["two/year=2024/a.csv", "two/year=2024/b.csv"]);
    // Files in the working folder may have their scores in a folder below it.
    at.csv("c.csv", &[("p3", "1")]);
    at.csv("d.csv", &[("p4", "1")]);
    at.scored(&["*.csv", "--out", "three"]);
    let again = at.scored(&["c.csv", "./d.csv", "d.csv", "--out", "four"]);
    assert_eq!(at.below("three"), ["three/c.csv", "three/d.csv"]);
    assert_eq!(at.below("four"), ["four/c.csv", "four/d.csv"]);
    assert!(again.err.contains("named more than once, read once: `d.csv`"), "{}", again.err);
}

#[test]
fn errors_in_several_tables_are_all_reported() {
    let at = Place::new();
    at.csv("in/a.csv", &[("p1", "6"), ("p2", "1")]);
    at.csv("in/b.csv", &[("p3", "1")]);
    at.csv("in/c.csv", &[("p4", "7"), ("p5", "x")]);
    at.write("in/d.csv", "respondent,who5_1\np6,1\n");
    let before = at.names();
    let done = at.score(&["in", "--out", "deep/out"]);
    assert_eq!(done.code, 1);
    for expected in [
        "error: in/a.csv: row 1 (line 2), column `who5_1`: `6` is not an answer",
        "error: in/c.csv: row 1 (line 2), column `who5_1`: `7` is not an answer",
        "error: in/c.csv: row 2 (line 3), column `who5_1`: `x` is not a number",
        "error: in/a.csv: 1 answer is not allowed by the definition",
        "error: in/c.csv: 2 answers are not allowed by the definition",
        "in/d.csv",
        "error: 3 of 4 tables cannot be scored; nothing was written",
    ] {
        assert!(done.err.contains(expected), "{expected}: {}", done.err);
    }
    assert_eq!(at.names(), before);
    assert!(!at.path().join("deep").exists());
    // Without the table that lacks columns, the rows can be left out.
    let skip = ["in/[a-c].csv", "--on-error", "skip", "--report", "left-out.csv", "--out", "out"];
    let done = at.scored(&skip);
    assert!(done.err.contains("scored 2 rows of 3 tables, 3 rows left out: out"), "{}", done.err);
    let report = String::from_utf8(at.bytes("left-out.csv")).expect("valid UTF-8");
    let starts: Vec<&str> = report.lines().map(|line| &line[..line.len().min(24)]).collect();
    let expected = [
        "table,row,respondent,col",
        "in/a.csv,1,p1,who5_1,6,\"",
        "in/c.csv,1,p4,who5_1,7,\"",
        "in/c.csv,2,p5,who5_1,x,i",
    ];
    assert_eq!(starts, expected);
    assert_eq!(at.below("out"), ["out/a.csv", "out/b.csv", "out/c.csv"]);
}

#[test]
fn the_messages_do_not_grow_with_the_tables() {
    let at = Place::new();
    for table in 0..60 {
        at.csv(&format!("in/t{table:02}.csv"), &[("p1", "6"), ("p2", "7")]);
    }
    let done = at.score(&["in", "--out", "out"]);
    assert_eq!(done.code, 1);
    assert!(done.err.lines().count() < 120, "{}", done.err);
    for expected in [
        "in/t24.csv: row 2",
        "… and 70 more lines about rows",
        "… and 10 more tables that cannot be scored",
        "60 of 60 tables cannot be scored; nothing was written",
    ] {
        assert!(done.err.contains(expected), "{expected}: {}", done.err);
    }
}

#[test]
fn equal_notes_are_reported_once() {
    let at = Place::new();
    for table in ["a", "b", "c"] {
        let rows = format!("respondent,visit,{ITEMS}\np{table},1,3,3,3,3,3\n");
        at.write(&format!("in/{table}.csv"), rows);
    }
    at.csv("in/d.csv", &[("pd", "1"), ("pd", "2"), ("pa", "1")]);
    let done = at.scored(&["in", "--out", "out"]);
    for expected in [
        "note: 3 of 4 tables: columns that are not items, written beside the scores: `visit`\n",
        "note: in/d.csv: respondents appear more than once",
        "note: 1 respondent appears in more than one table\n",
    ] {
        assert!(done.err.contains(expected), "{expected}: {}", done.err);
    }
}

#[test]
fn what_cannot_be_done_is_refused_and_nothing_is_written() {
    let at = Place::new();
    at.csv("in/a.csv", &[("p1", "1")]);
    at.csv("in/b.csv", &[("p2", "1")]);
    at.csv("in/b.csv.gz", &[("p2", "1")]);
    at.write("full/x", "x");
    at.write("empty/x.md", "x");
    at.csv(&format!("_deep/{}a.csv", "x/".repeat(70)), &[("p1", "1")]);
    for (args, expected) in [
        (&["in/*.parquet", "--out", "o"][..], "no file matches `in/*.parquet`"),
        (&["nowhere/**/*.csv", "--out", "o"], "no file matches `nowhere/**/*.csv`"),
        (&["_deep", "--out", "o"], "is nested too deeply"),
        (&["empty", "--out", "o"], "there is no table in `empty`"),
        (&["in", "--out", "o"], "would both be written to `b.csv`"),
        (&["in/a.csv", "-", "--out", "o"], "standard input (`-`) cannot be one of several tables"),
        (&["in/*.csv"], "name a new folder for them: `--out DIR`"),
        (&["in/*.csv", "--explain", "1"], "`--explain` and `--explain-id` show one row"),
        (&["in/*.csv", "--explain-id", "p1"], "`--explain` and `--explain-id` show one row"),
        (&["in/*.csv", "--out", "full"], "the folder `full` is not empty"),
        (&["in/*.csv", "--out", "in"], "the folder `in` is not empty"),
        (&["in/*.csv", "--out", "full/x"], "`full/x` is a file"),
        (&["in/**/*.csv", "--out", "in/o"], "the folder `in/o` is inside the folder that is read"),
        (&["./**/*.csv", "--out", "o"], "the folder `o` is inside the folder that is read"),
        (&["in/*.csv", "--out", "o", "--report", "o/r.csv"], "`--report` is inside the folder"),
        (&["in/*.csv", "--out", "o", "--report", "in/r.csv"], "`--report` is inside the folder"),
        (&["in/*.csv", "--out", "o", "--report", "in/a.csv"], "is a file that is read"),
        (&["in/*.csv", "--out", "o", "--from", "parquet"], "2 of 2 tables cannot be scored"),
        (&["in/a.csv", "in/none.csv", "--out", "o"], "cannot read `in/none.csv`"),
        (&["in/*.csv", "--out", "o", "--format", "fhir", "--columns", "scores"], "`--columns` has"),
        (
            &["in/*.csv", "--out", "o", "--format", "parquet", "--spreadsheet-safe"],
            "`--spreadsheet-safe` only affects CSV and TSV",
        ),
    ] {
        at.refused(args, expected);
    }
}

#[cfg(unix)]
#[test]
fn links_to_files_are_read_and_links_to_folders_are_not() {
    use std::os::unix::fs::symlink;
    let at = Place::new();
    at.csv("in/a.csv", &[("p1", "1")]);
    at.csv("elsewhere/b.csv", &[("p2", "1")]);
    symlink("../elsewhere/b.csv", at.path().join("in/b.csv")).expect("the link can be created");
    symlink("../elsewhere", at.path().join("in/linked")).expect("the link can be created");
    let done = at.scored(&["in", "--out", "out"]);
    assert_eq!(at.below("out"), ["out/a.csv", "out/b.csv"]);
    assert!(done.err.contains("links to folders are not followed: `in/linked`"), "{}", done.err);
    symlink("nowhere.csv", at.path().join("in/lost.csv")).expect("the link can be created");
    at.refused(&["in", "--out", "again"], "cannot read `in/lost.csv`");
    // The folder of the output may be a link to an empty folder.
    fs::remove_file(at.path().join("in/lost.csv")).expect("it can be removed");
    fs::create_dir(at.path().join("real")).expect("it can be created");
    symlink("real", at.path().join("link")).expect("the link can be created");
    at.scored(&["in", "--out", "link"]);
    assert_eq!(at.below("real"), ["real/a.csv", "real/b.csv"]);
}
