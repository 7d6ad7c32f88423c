//! Files that are not tables, and columns with other names: messages state what they are.

use std::fs;

use crate::support::run;
use crate::tables_in::{folder, scores};

/// An entry of a ZIP archive, as far as the detection of formats reads it.
fn entry(name: &str, text: &str) -> Vec<u8> {
    let length = u16::try_from(name.len()).expect("a short name").to_le_bytes();
    let mut bytes = b"PK\x03\x04".to_vec();
    bytes.extend([0; 22]);
    bytes.extend(length);
    bytes.extend([0; 2]);
    bytes.extend(name.as_bytes());
    bytes.extend(text.as_bytes());
    bytes
}

fn archive(entries: &[(&str, &str)]) -> Vec<u8> {
    entries.iter().flat_map(|(name, text)| entry(name, text)).collect()
}

/// The first bytes of a format, its name, and a part of the advice.
fn kinds() -> Vec<(Vec<u8>, &'static str, &'static str)> {
    let ods = "application/vnd.oasis.opendocument.spreadsheet";
    let mut kinds = vec![
        (
            archive(&[("[Content_Types].xml", ""), ("xl/workbook.xml", "")]),
            "an Excel workbook (.xlsx)",
            "CSV UTF-8",
        ),
        (archive(&[("mimetype", ods)]), "an OpenDocument spreadsheet (.ods)", "CSV UTF-8"),
        (
            archive(&[("meta", ""), ("metadata.json", ""), ("data.bin", "")]),
            "a jamovi file (.omv)",
            "codes are those of the definition",
        ),
        (
            archive(&[("META-INF/MANIFEST.MF", "JASP-Archive-Version: 1")]),
            "a JASP file (.jasp)",
            "CSV",
        ),
        (
            b"ASCII SPSS PORT FILE".repeat(10),
            "an SPSS portable file (.por)",
            "save it as a .sav file",
        ),
        (
            "id,q1\n1,2\n".encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "text in UTF-16",
            "UTF-8",
        ),
    ];
    let magic: [(&[u8], &str, &str); 12] = [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook (.xls)", "CSV UTF-8"),
        (b"%PDF-1.7\n", "a PDF", "scalewright read"),
        (b"SQLite format 3\0", "a SQLite database", "CSV"),
        (b"RDX3\nX\n", "an R file", "write.csv"),
        (b"X\n\0\0\0\x03", "an R file", "write.csv"),
        (b"\x80\x04\x95\0\0", "a Python pickle file", "CSV"),
        (b"\x89HDF\r\n\x1a\n", "an HDF5 file", "CSV"),
        (b"\xfd7zXZ\0", "a file compressed with xz", "unpack"),
        (b"\xff\xfei\0d\0", "text in UTF-16", "UTF-8"),
        (b"<!DOCTYPE html><table>", "an HTML page", "CSV UTF-8"),
        (b"<?xml version=\"1.0\"?>", "an XML file", "CSV"),
        (b"version https://git-lfs.github.com/spec/v1\n", "a Git LFS pointer", "git lfs pull"),
    ];
    kinds.extend(magic.map(|(bytes, what, help)| (bytes.to_vec(), what, help)));
    kinds
}

#[test]
fn a_file_of_another_format_is_recognised_in_every_argument() {
    let at = folder();
    for (bytes, what, help) in kinds() {
        // Workbooks and jamovi files are tables, but these have only the first bytes.
        let is_table = what.contains("(.xls") || what.contains("(.ods)") || what.contains("(.omv)");
        for name in ["a.dat", "a.csv", "a.json", "a.parquet"] {
            let result = scores(at.path(), name, &bytes, &[]);
            if is_table {
                assert_eq!((result.code, result.out.as_str()), (1, ""), "{what}: {}", result.err);
                assert!(result.err.contains("is damaged"), "{what}: {}", result.err);
                continue;
            }
            assert_eq!((result.code, result.out.as_str()), (1, ""), "{what}: {}", result.err);
            assert!(
                result.err.contains(&format!("{name}: this is {what}")),
                "{what}: {}",
                result.err
            );
            assert!(result.err.contains(help), "{what}: {}", result.err);
        }
        fs::write(at.path().join("a.dat"), &bytes).expect("the file is writable");
        fs::write(at.path().join("a.csv"), "id\n").expect("the file is writable");
        let asked = [
            &["report", "mix.toml", "a.dat", "--out", "reports"][..],
            &["score", "mix.toml", "a.csv", "--map", "a.dat"],
            &["score", "mix.toml", "a.csv", "--from", "redcap", "--names", "a.dat"],
            &["score", "a.dat", "a.csv"],
            &["check", "a.dat"],
        ];
        for args in asked {
            if is_table && args.contains(&"report") {
                continue;
            }
            // The check of a definition has its own message for text in another encoding.
            if args.contains(&"a.dat") && what.starts_with("text in") && !args.contains(&"mix.toml")
            {
                continue;
            }
            let result = run(args, at.path());
            assert!(result.code > 0 && result.out.is_empty(), "{args:?}: {}", result.err);
            assert!(result.err.contains(what), "{args:?} {what}: {}", result.err);
        }
    }
}

/// Packed tables and tables of other programs are read only where tables are.
#[test]
fn packed_files_are_no_definitions_and_no_maps() {
    let at = folder();
    fs::write(at.path().join("a.csv"), "id\n").expect("the file is writable");
    for (bytes, what) in [
        (
            archive(&[("form.csv", ""), ("repeat.csv", "")]),
            "a ZIP archive with `form.csv`, `repeat.csv`",
        ),
        (b"\x28\xb5\x2f\xfd\0".to_vec(), "a file compressed with zstd"),
        (b"\x1f\x8b\x08\0".to_vec(), "a file compressed with gzip"),
        (b"{\"datasetJSONVersion\": \"1.1.0\"}".to_vec(), "a CDISC Dataset-JSON file"),
    ] {
        fs::write(at.path().join("a.dat"), &bytes).expect("the file is writable");
        for args in [
            &["score", "mix.toml", "a.csv", "--map", "a.dat"][..],
            &["score", "mix.toml", "a.csv", "--from", "redcap", "--names", "a.dat"],
            &["score", "a.dat", "a.csv"],
            &["check", "a.dat"],
        ] {
            let result = run(args, at.path());
            assert!(result.code > 0 && result.out.is_empty(), "{args:?}: {}", result.err);
            assert!(result.err.contains(what), "{args:?} {what}: {}", result.err);
        }
    }
}

/// A short form whose items are numbered differently than in the long form.
const SHORT: &str = r#"
format = 1
id = "brief"
title = "Brief"
version = "1.0.0"
status = "development"
language = "en"
short-form-of = "long"

[rights]
holder = "us"
licence = "CC0-1.0"
wording = "included"

[administration]
respondent = "self"

[response-scales.rating]
options = [{ value = 0, label = "No" }, { value = 1, label = "Yes" }]

[[items]]
id = "b_1"
stem = "I sing."
response = "rating"
taken-from = "b_3"

[[items]]
id = "b_2"
stem = "I dance."
response = "rating"
taken-from = "l_5"

[[scales]]
id = "total"
title = "Total"
items = ["b_1", "b_2"]
score = "sum"
missing = "no-score"
"#;

#[test]
fn hints_follow_the_items_of_the_long_form() {
    let at = folder();
    fs::write(at.path().join("short.toml"), SHORT).expect("the file is writable");
    for (table, expected) in [
        ("id,b_1,l_5\n1,0,1\n", "is `l_5` the column of `b_2`, which is taken from that item?"),
        ("id,b_1,B_2\n1,0,1\n", "is `B_2` the column of `b_2`?"),
        ("id,b_1,B_2,l_5\n1,0,1,1\n", "if the item was not asked"),
        (
            "id,b_1,b_2,b_3\n1,0,1,1\n",
            "the columns may be those of the long form: there is a column `b_3`, and `b_1` is taken from that item",
        ),
    ] {
        fs::write(at.path().join("a.csv"), table).expect("the file is writable");
        let result = run(&["score", "short.toml", "a.csv"], at.path());
        assert_eq!((result.code, result.out.as_str()), (1, ""), "{table}: {}", result.err);
        assert!(result.err.contains(expected), "{expected}: {}", result.err);
    }
    // Following the advice in either way.
    fs::write(at.path().join("map.toml"), "[columns]\nb_1 = \"b_1\"\n").expect("written");
    let args =
        ["score", "short.toml", "a.csv", "--map", "map.toml", "--columns", "scores", "--drop-all"];
    assert_eq!(run(&args, at.path()).out, "id,total\n1,1\n");
    fs::write(at.path().join("map.toml"), "[columns]\nb_1 = \"b_3\"\n").expect("written");
    assert_eq!(run(&args, at.path()).out, "id,total\n1,2\n");
}

#[test]
fn suggestions_for_a_map_are_unused_columns() {
    let at = folder();
    let table = "id,q1,Q2x,hours,bed,helped,words,day\nr1,1,1,7,23:15,,,\n";
    for (map, expected) in [
        ("[columns]\nq2 = \"QQ2x\"\n", "did you mean `Q2x`?"),
        ("[columns]\nq2 = \"q1x\"\n", "has no column `q1x`\n"),
        (
            "[columns]\nq2 = \"Q2x\"\nhourz = \"hours\"\n",
            "there is no item `hourz`; did you mean `hours`?",
        ),
        ("[columns]\nq2 = \"Q2x\"\nq3 = \"q1\"\n", "there is no item `q3`\n"),
    ] {
        fs::write(at.path().join("map.toml"), map).expect("the file is writable");
        let result = scores(at.path(), "a.csv", table, &["--map", "map.toml"]);
        assert_eq!((result.code, result.out.as_str()), (1, ""), "{map}: {}", result.err);
        assert!(result.err.contains(expected), "{expected}: {}", result.err);
    }
    let result = scores(at.path(), "a.csv", table, &["--id-column", "q"]);
    assert!(!result.err.contains("did you mean `q"), "{}", result.err);
}
