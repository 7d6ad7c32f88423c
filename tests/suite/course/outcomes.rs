//! Outcomes on the command line: early scores, what became of drops, response surfaces; wide tables; days as axis;
//! fences.

use std::fs;
use std::path::Path;

use serde_json::{Value, json as value};

use super::agree::{json, near, rows};
use crate::support::{root, run};

/// The oracles have means of twelve items, and here is their sum, so that numbers are whole.
const ITEMS: f64 = 12.0;

fn rating() -> String {
    root().join("tests/course/rating/instrument.toml").display().to_string()
}

/// The rows of a table of the command.
fn table(args: &[&str], table: &str, folder: &Path) -> Vec<Value> {
    let definition = rating();
    let more = ["--table", table, "--format", "jsonl"];
    let result = run(&[&["course", definition.as_str()], args, &more[..]].concat(), folder);
    assert_eq!(result.code, 0, "{}", result.err);
    result.out.lines().map(|line| serde_json::from_str(line).expect("an object")).collect()
}

fn sum(mean: &str) -> String {
    (mean.parse::<f64>().expect("a score") * ITEMS).round().to_string()
}

/// Writes the tables of the oracles as sums.
fn tables(folder: &Path) {
    let write = |name: &str, header: &str, rows: Vec<String>| {
        let text = format!("{header}\n{}\n", rows.join("\n"));
        fs::write(folder.join(name), text).expect("it can be written");
    };
    let alliance = rows("alliance_sessions.csv");
    let of = |row: &Vec<String>| format!("{},{},{},{}", row[0], row[1], sum(&row[2]), row[3]);
    write("alliance.csv", "respondent,session,points,symptom", alliance.iter().map(of).collect());
    let of = |row: &Vec<String>| format!("{},{},{}", row[0], row[1], row[3]);
    write("symptom.csv", "respondent,session,points", alliance.iter().map(of).collect());
    let of = |row: &Vec<String>| format!("{},{},{},{}", row[0], row[1], row[2], sum(&row[3]));
    let dyads = rows("dyad_sessions.csv").iter().map(of).collect();
    write("dyads.csv", "respondent,session,form,points", dyads);
    let outcome = rows("dyad_outcome.csv").iter().map(|row| row.join(",")).collect();
    write("post.csv", "respondent,points", outcome);
    // 1 to 7 becomes 12 to 84.
    fs::write(folder.join("c.toml"), "[scales.rating]\ncentre = 48\n").expect("it can be written");
}

#[test]
fn early_scores_and_drops_are_set_beside_an_outcome() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    tables(at);
    let of_column = ["alliance.csv", "--outcome", "symptom"];
    let name = format!("{}:rating=symptom.csv", rating());
    let of_table = ["alliance.csv", "--outcome", name.as_str()];
    let found = table(&of_column, "outcome", at);
    assert_eq!(found, table(&of_table, "outcome", at));
    let want = &json("alliance_expected.json")["alliance_outcome"];
    let keys = [
        ("r_early_post", "r_last"),
        ("semipartial_early_vs_residualised_post", "r_last_residual"),
        ("partial_early_post_given_pre", "r_last_partial"),
        ("r_early_change", "r_change"),
    ];
    for (oracle, column) in keys {
        near(&want[oracle], found[0][column].as_f64(), 1e-9, column);
    }
    let patterns = json("patterns_expected.json");
    let groups = table(&of_column, "groups", at);
    for group in groups.iter().filter(|row| row["criterion"] == "drop-2sd") {
        let name = group["group"].as_str().expect("a name");
        let want = &patterns["last_symptom_by_group"][name];
        assert_eq!(want["n"], group["respondents"], "{name}");
        near(&want["mean"], group["mean_last_outcome"].as_f64(), 1e-9, name);
        near(&want["sd"], group["sd_last_outcome"].as_f64(), 1e-9, name);
        if name == "unrepaired" {
            let g = group["hedges_g_from_repaired"].as_f64();
            near(&patterns["hedges_g_unrepaired_minus_repaired"], g, 1e-9, "g");
        }
    }
    let sample = &table(&of_table, "sample", at)[0];
    let within = sample["outcome_r_detrended"].as_f64();
    near(&patterns["r_within_detrended"], within, 1e-9, "detrended");
    near(&patterns["r_within_lag1"]["r"], sample["outcome_r_lagged"].as_f64(), 1e-9, "lagged");
    assert_eq!(patterns["r_within_lag1"]["pairs"], sample["outcome_lagged_pairs"]);
}

#[test]
fn a_response_surface_agrees_with_the_oracle() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    tables(at);
    let name = format!("{}:rating=post.csv", rating());
    let args = ["dyads.csv", "--criteria", "c.toml", "--outcome", name.as_str()];
    let found = table(&args, "surface", at);
    let want = &json("dyad_expected.json")["response_surface"];
    let row = |term: &str| found.iter().find(|row| row["term"] == term).expect("a term");
    // Coefficients of twelve times the ratings.
    for (at, power) in [0, 1, 1, 2, 2, 2].into_iter().enumerate() {
        let (row, scale) = (row(&format!("b{at}")), ITEMS.powi(power));
        let of = |key: &str| row[key].as_f64().map(|number| number * scale);
        near(&want["b"][at], of("estimate"), 1e-9, "b");
        near(&want["se"][at], of("error"), 1e-9, "se");
    }
    for (term, power) in [("a1", 1), ("a2", 2), ("a3", 1), ("a4", 2), ("a5", 2)] {
        let (row, want) = (row(term), &want[term]);
        near(&want["est"], row["estimate"].as_f64().map(|a| a * ITEMS.powi(power)), 1e-9, term);
        near(&want["t"], row["t"].as_f64(), 1e-9, term);
        near(&want["p"], row["p"].as_f64(), 1e-9, term);
    }
    near(&want["r2"], row("r2")["estimate"].as_f64(), 1e-9, "r2");
    // Without a centre, the ratings have no common point, and without an outcome there is nothing to explain.
    let uncentred = &table(&["dyads.csv", "--outcome", &name], "surface", at)[0];
    assert_eq!(uncentred["estimate"], Value::Null);
    assert!(uncentred["not_judged"].as_str().is_some_and(|why| why.contains("`centre`")));
    let alone = &table(&["dyads.csv"], "surface", at)[0];
    assert!(alone["not_judged"].as_str().is_some_and(|why| why.contains("`--outcome`")));
}

#[test]
fn an_outcome_that_is_not_known_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("it can");
    write("s.csv", "respondent,session,form,points,y\na,1,client,5,3\na,1,therapist,5,4\n");
    write("two.csv", "respondent,form,points\na,x,1\na,y,2\n");
    let definition = rating();
    let refused = |outcome: &str| {
        let args = ["course", &definition, "s.csv", "--outcome", outcome, "--table", "outcome"];
        let result = run(&args, folder.path());
        assert_eq!((result.code == 0, result.out.as_str()), (false, ""), "{outcome}");
        result.err
    };
    assert!(refused("y").contains("rows 1 and 2 are one session"));
    assert!(refused("z").contains("no such column"));
    assert!(refused(&format!("{definition}:rating=two.csv")).contains("several forms"));
    assert!(refused(&format!("{definition}:nothing=two.csv")).contains("no such scale"));
    assert!(refused("rating=two.csv").contains("ID:SCALE=FILE"));
}

#[test]
fn a_wide_table_gives_what_the_long_one_gives() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("it can");
    write(
        "long.csv",
        "respondent,session,form,date,points\n\
         a,1,client,2026-01-05,40\na,2,client,2026-01-12,20\na,4,client,2026-01-26,45\n\
         a,1,therapist,2026-01-05,50\nb,2,client,2026-01-13,\nb,10,client,2026-03-09,33\n",
    );
    write(
        "wide.csv",
        "respondent,client.date.1,client.points.1,client.date.2,client.points.2,client.points.4,client.date.4,\
         therapist.points.1,therapist.date.1,client.points.10,client.date.10\n\
         b,,,2026-01-13,,,,,,33,2026-03-09\n\
         a,2026-01-05,40,2026-01-12,20,45,2026-01-26,50,2026-01-05,,\n",
    );
    for name in ["summary", "episodes", "missed", "dyads", "sample"] {
        let wide = table(&["wide.csv", "--wide", "{form}.{item}.{session}"], name, folder.path());
        assert_eq!(wide, table(&["long.csv"], name, folder.path()), "{name}");
    }
    // The same in a format that is no text.
    let text = fs::read_to_string(folder.path().join("wide.csv")).expect("it was written");
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let names = lines.next().expect("a header");
    let object = |cells: Vec<&str>| {
        let filled = names.iter().zip(cells).filter(|(_, cell)| !cell.is_empty());
        Value::Object(filled.map(|(name, cell)| ((*name).to_owned(), cell.into())).collect())
    };
    let objects: Vec<Value> = lines.map(object).collect();
    write("wide.json", &Value::from(objects).to_string());
    let wide = ["wide.json", "--wide", "{form}.{item}.{session}"];
    assert_eq!(
        table(&wide, "summary", folder.path()),
        table(&["long.csv"], "summary", folder.path())
    );
    let definition = rating();
    let refused = |pattern: &str| {
        run(&["course", &definition, "wide.csv", "--wide", pattern], folder.path()).err
    };
    assert!(refused("{item}_{session}").contains("no column fits"));
    assert!(refused("{item}").contains("{session}"));
}

#[test]
fn slopes_over_days_are_those_of_a_week() {
    let folder = tempfile::tempdir().expect("a folder");
    // Every second week, two points more.
    let days = ["01-05", "01-19", "02-02", "02-16", "03-02", "03-16"];
    let row = |(at, day): (usize, &&str)| format!("a,{},2026-{day},{}\n", at + 1, 20 + 2 * at);
    let rows: String = days.iter().enumerate().map(row).collect();
    fs::write(folder.path().join("s.csv"), format!("respondent,session,date,points\n{rows}"))
        .expect("it can be written");
    let sessions = &table(&["s.csv"], "summary", folder.path())[0];
    let near_to = |got: &Value, want: f64| near(&value!(want), got.as_f64(), 1e-9, "slope");
    near_to(&sessions["slope_per_session"], 2.0);
    let days = &table(&["s.csv", "--axis", "days"], "summary", folder.path())[0];
    near_to(&days["slope_per_week"], 1.0);
    assert_eq!(days["shape"], "linear-increase");
    // A parabola of nothing turns nowhere.
    assert_eq!(days["vertex_day"], Value::Null);
    fs::write(folder.path().join("n.csv"), "respondent,session,points\na,1,1\na,2,3\n")
        .expect("it can be written");
    let none = &table(&["n.csv", "--axis", "days"], "summary", folder.path())[0];
    assert!(none["not_judged"].as_str().is_some_and(|why| why.contains("has no date")));
}

#[test]
fn scores_beyond_the_fences_are_marked() {
    let folder = tempfile::tempdir().expect("a folder");
    // Quartiles of type 7: 50 and 51, so that the lower fence is 48.5.
    let scores = [50, 51, 52, 51, 50, 10];
    let row = |(at, score): (usize, &i32)| format!("a,{},{score}\n", at + 1);
    let rows: String = scores.iter().enumerate().map(row).collect();
    let text = format!("respondent,session,points\n{rows}b,1,50\nb,2,10\n");
    fs::write(folder.path().join("s.csv"), text).expect("it can be written");
    let criteria = "[[rupture]]\nid = \"low\"\nkind = \"fences\"\n";
    fs::write(folder.path().join("c.toml"), criteria).expect("it can be written");
    let args = ["s.csv", "--criteria", "c.toml"];
    let found = table(&args, "episodes", folder.path());
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(value!([found[0]["respondent"], found[0]["drop_session"]]), value!(["a", 6]));
    let summary = table(&args, "summary", folder.path());
    let why = summary[1]["not_judged"].as_str().expect("a reason");
    assert!(why.contains("low: 2 scores, 6 needed"), "{why}");
}
