//! Submissions of XLSForms, as ODK Central and KoboToolbox export them to CSV.

use tempfile::TempDir;

use crate::support::{Run, run};

/// A folder with the instrument `tiny` and a table of submissions.
fn folder(table: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let new = run(&["new", "tiny"], folder.path());
    assert_eq!(new.code, 0, "{}", new.err);
    std::fs::write(folder.path().join("data.csv"), table).expect("the file is writable");
    folder
}

fn score(folder: &TempDir, more: &[&str]) -> Run {
    let args = ["score", "tiny", "data.csv", "--from", "xlsform", "--drop-all"];
    run(&[&args[..], more].concat(), folder.path())
}

#[test]
fn submissions_of_odk_central_are_scored() {
    let folder = folder(
        "SubmissionDate,matrix-head,matrix-tiny_1,matrix-tiny_2,matrix-tiny_3,tiny_total,tiny_total_band,meta-instanceID,KEY\n\
         2026-01-05T10:00:00.000Z,,3,0,3,9,high,uuid:1,uuid:1\n\
         2026-01-06T10:00:00.000Z,,3,,,,,uuid:2,uuid:2\n",
    );
    let result = score(&folder, &["--columns", "scores"]);
    assert_eq!(result.code, 0, "{}", result.err);
    assert_eq!(result.out, "KEY,tiny_total\nuuid:1,9\nuuid:2,\n", "{}", result.err);
}

#[test]
fn submissions_of_kobotoolbox_are_scored() {
    let folder = folder(
        "\"start\";\"matrix/head\";\"matrix/tiny_1\";\"matrix/tiny_2\";\"matrix/tiny_3\";\"tiny_total\";\"_id\";\"_uuid\"\n\
         \"2026-01-05T10:00:00.000+01:00\";\"\";\"0\";\"3\";\"1\";\"1\";\"17\";\"0a\"\n",
    );
    let result = score(&folder, &["--columns", "scores"]);
    assert_eq!(result.code, 0, "{}", result.err);
    assert_eq!(result.out, "_uuid,tiny_total\n0a,1\n");
}

#[test]
fn a_score_that_differs_from_that_of_the_form_is_reported() {
    let folder = folder("KEY,tiny_1,tiny_2,tiny_3,tiny_total\nuuid:1,3,0,3,8\n");
    let result = score(&folder, &[]);
    assert!(result.err.contains("uuid:1") && result.err.contains('8'), "{}", result.err);
}

#[test]
fn names_of_a_study_are_found_in_its_table() {
    let folder = folder("KEY,a-matrix-a_tiny_1,a-matrix-a_tiny_2,tiny_3,a_tiny_total\n1,3,0,3,9\n");
    let names = "field_name,id,instrument\na_tiny_1,tiny_1,tiny\na_tiny_2,tiny_2,tiny\na_tiny_total,tiny_total,tiny\n";
    std::fs::write(folder.path().join("names.csv"), names).expect("the file is writable");
    let result = score(&folder, &["--columns", "scores", "--names", "names.csv"]);
    assert_eq!(result.code, 0, "{}", result.err);
    assert_eq!(result.out, "KEY,tiny_total\n1,9\n");
    assert_eq!(score(&folder, &[]).code, 1, "without the table the columns are not found");
}
