//! Scripts with every construct that the reader knows, and damaged ones.

use crate::formats::testing::{
    contains, finds, imported, imported_all, is_proven, survives_damage,
};
use crate::prove::Outcome;
use crate::{Imported, Options};

const SCORE: &str = include_str!("../../../../../tests/fixtures/import/psych-keys/score.R");

/// Imports a script beside its data, with answers from 1 to 5.
fn script(script: &str) -> Imported {
    let options = Options {
        language: Some("en".to_owned()),
        min: Some(1.0),
        max: Some(5.0),
        ..Options::default()
    };
    let files: [(&str, &[u8]); 2] =
        [("keys.R", script.as_bytes()), ("d.csv", b"\"a\",\"b\",\"c\",\"d\"\n1,2,3,4\n")];
    let mut all = imported_all(&files, &options).expect("the script can be imported");
    all.swap_remove(0)
}

#[test]
fn the_example_is_imported() {
    let imported = imported(&[("score.R", SCORE)]);
    contains(
        &imported,
        &[
            "items = [\"w1\", \"w2\", \"-w3\"]",
            "missing = \"answered-only\"",
            "min-answered = 1",
            "scored by psych::scoreItems(impute = \"none\", min = 1, max = 6).",
        ],
    );
    finds(&imported, "not-read", "line 1", "library(psych)");
    is_proven(&imported);
}

#[test]
fn arguments_decide_the_rule() {
    for (call, expected, is_equal) in [
        (
            "scoreItems(k, d, impute = \"none\", totals = TRUE, min = 1, max = 5)",
            "coalesce(sum(a, reverse(b); >= 1), 0)",
            true,
        ),
        ("scoreItems(k, d, missing = FALSE, min = 1, max = 5)", "missing = \"no-score\"", true),
        ("scoreItems(k, d, TRUE, min = 1, max = 5)", "missing = \"no-score\"", false),
        ("psych::scoreFast(keys = k, items = d)$scores", "missing = \"answered-only\"", true),
        ("scoreVeryFast(k, d, totals = FALSE)", "score = \"mean\"", true),
    ] {
        let imported = script(&format!("k <- list(s = c(\"a\", \"-b\"))\nr <- {call}\n"));
        contains(&imported, &[expected]);
        let equal = imported.proofs.iter().all(|proof| matches!(proof.outcome, Outcome::Equal(_)));
        assert_eq!(equal, is_equal, "{call}: {:?}", imported.proofs);
    }
}

#[test]
fn numbers_stand_for_the_columns_of_data() {
    let imported = script(
        "d <- read.csv('d.csv')\nk <- make.keys(4, list(s = c(1:2, -4), t = -3))\nscoreFast(k, d)\n",
    );
    contains(&imported, &["items = [\"a\", \"b\", \"-d\"]", "items = [\"-c\"]"]);
    finds(&imported, "range-of-sample", "line 3", "in the data");
    let imported = script("k <- list(s = c(\"a\", 7))\nscoreFast(k, d)\n");
    finds(&imported, "score", "line 2", "column 7");
}

#[test]
fn score_scale_is_read() {
    let imported = script(
        "s <- scoreScale(d, items = c(\"a\", \"b\", \"c\"), revitems = \"b\", minmax = c(1, 5), okmiss = 0.4, type = \"sum\", scalename = \"S\")\np <- PROscorerTools::scoreScale(d, c(\"a\", \"c\"), TRUE, c(1, 5))\n",
    );
    contains(
        &imported,
        &[
            "id = \"s\"",
            "missing = \"prorate\"",
            "min-proportion = \"60%\"",
            "items = [\"-a\", \"-c\"]",
            "rescale = { low = 0",
        ],
    );
    is_proven(&imported);
}

#[test]
fn the_range_is_asked_for() {
    let options = Options { language: Some("en".to_owned()), ..Options::default() };
    let files: [(&str, &[u8]); 1] = [("k.R", b"k <- list(s = c('a', 'b'))\n")];
    let stop = imported_all(&files, &options).expect_err("the range is unknown");
    assert!(stop.message.contains("lowest"), "{}", stop.message);
    let imported = script("k <- list(s = c('a', 'b'))\n");
    finds(&imported, "score", "line 1", "no call");
}

#[test]
fn damaged_scripts_are_survived() {
    survives_damage(&[("score.R", SCORE)], 0);
}
