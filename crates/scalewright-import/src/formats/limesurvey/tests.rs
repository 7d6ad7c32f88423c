//! Survey structures and archives with every construct that the reader knows, and damaged ones.

use crate::Imported;
use crate::formats::testing::{contains, finds, imported, is_proven, survives_damage, text};
use crate::prove::Outcome;

const SNOW: &str = include_str!("../../../../../tests/fixtures/import/limesurvey/snow.txt");

const HEADER: &str = "class\ttype/scale\tname\trelevance\ttext\thelp\tlanguage\tmandatory\tother\tassessment_value\tequation\thidden\tmin_num_value_n\tmax_num_value_n\tem_validation_q\n";

/// Imports a survey of one language with these rows below its settings.
fn survey(rows: &str) -> Imported {
    let head = "S\t\tlanguage\t\ten\nSL\t\tsurveyls_title\t\tIce\t\ten\nG\t1\tOne\t1\n";
    imported(&[("ice.txt", &format!("{HEADER}{head}{rows}"))])
}

#[test]
fn the_example_is_imported() {
    let imported = imported(&[("snow.txt", SNOW)]);
    contains(
        &imported,
        &[
            "id = \"sn_1\"",
            "code = \"A3\"",
            "items = [\"sn_1\", \"-sn_2\"]",
            "answered(sn_1, sn_2)",
        ],
    );
    assert!(text(&imported, "de.toml").contains("Wenn es schneit …"));
    assert!(text(&imported, "import/columns.toml").contains("sn_1 = \"SN[SQ001]\""));
    finds(&imported, "score", "row 17, column \"text\"", "assessments");
    let not = |proof: &&crate::prove::Proof| !matches!(proof.outcome, Outcome::Equal(_));
    assert_eq!(imported.proofs.iter().filter(not).count(), 1, "{:?}", imported.proofs);
}

#[test]
fn questions_of_every_kind() {
    let imported = survey(concat!(
        "Q\tX\tintro\t1\t<p>Please read.</p>\n",
        "Q\tL\tone\t1\tOne?\tOnly one\t\tS\tY\nA\t0\t1\t\tyes\nA\t0\t9\t\tDon't know\n",
        "Q\t!\tcolour\t1\tColour {one}?\nA\t0\tr\t\tred\t\t\t\t\t0\nA\t0\tg\t\tgreen\t\t\t\t\t0\n",
        "Q\t5\tfive\t1\tFive\nQ\tG\tsex\t1\tSex\nQ\tD\tborn\t1\tBorn\nQ\tT\tlong\t1\tLong\n",
        "Q\tN\tage\t1\tAge\t\t\tY\t\t\t\t\t18\t99\nQ\tN\twide\t1\tWide\t\t\t\t\t\t\t\tself\n",
        "Q\tM\tmany\t1\tMany?\nSQ\t0\ta\t1\tA\nSQ\t0\tb\t1\tB\n",
        "Q\tM\tsome\t1\tSome?\nSQ\t0\ta\t1\tA\nSQ\t0\tb\t1\tB\n",
        "Q\tS\twhy\tsome_a == \"Y\"\tWhy?\n",
        "Q\t1\ttwo\t1\tTwo\nSQ\t0\tSQ007\t1\tRow\nA\t0\t1\t\tlow\nA\t0\t2\t\thigh\nA\t1\t1\t\tbad\nA\t1\t2\t\tgood\n",
        "Q\tB\tten\tage.NAOK > 20\tTen\nSQ\t0\tSQ001\tone.NAOK == 1\tRow\n",
        "Q\tR\trank\t1\tRank\nQ\tN\tseen\t1\tSeen\t\t\t\t\t\t\t1\nQTA\t\tquota\n",
        "Q\tS\tvalid\t1\tValid\t\t\t\t\t\t\t\t\t\tself > 1\n",
    ));
    contains(
        &imported,
        &[
            "instructions = \"Please read.\"",
            "id = \"some_a\"",
            "ask-if = \"not is_missing(some_a) and some_a = 1\"",
            "id = \"two_7_0\"",
            "id = \"two_7_1\"",
            "{ value = 2, label = \"green\", code = \"g\" }",
            "min = 18",
            "lead-in = \"Two\"",
        ],
    );
    for (code, at, message) in [
        ("like-no-answer", "row 6", "Don't know"),
        ("other", "row 6", "`one`"),
        ("note", "row 6", "help"),
        ("soft-mandatory", "row 6", "`one`"),
        ("options-numbered", "row 9", "`colour`"),
        ("placeholder-left", "row 9", "{one}"),
        ("own-words", "row 13", "`sex`"),
        ("limit", "row 17", "self"),
        ("options-as-items", "row 21", "`some`"),
        ("two-answers", "row 25", "`two`"),
        ("item", "row 33", "ranked"),
        ("item", "row 34", "do not see"),
        ("unknown-class", "row 35", "QTA"),
        ("attribute", "row 36", "em_validation_q"),
    ] {
        finds(&imported, code, at, message);
    }
}

#[test]
fn equations_become_scores_and_bands() {
    let imported = survey(concat!(
        "Q\tF\tq\t1\tQ\nSQ\t0\ta\t1\tA\nSQ\t0\tb\t1\tB\nA\t0\t0\t\tno\nA\t0\t1\t\tyes\nA\t0\t2\t\tvery\n",
        "Q\t*\ttotal\t1\tThe total\t\t\t\t\t\t{if(count(q_a.NAOK, q_b.NAOK) >= 2, sum(q_a.NAOK, q_b.NAOK), '')}\t1\n",
        "Q\t*\tsome\tq_a.NAOK > 0\t{sum(q_a.NAOK, q_b.NAOK)}\n",
        "Q\t*\tme\t1\t{me.NAOK + 1}\n",
    ));
    contains(&imported, &["title = \"The total\"", "items = [\"q_a\", \"q_b\"]"]);
    let of = |id: &str| {
        let proof = imported.proofs.iter().find(|proof| proof.id == id);
        &proof.expect("the score is proven").outcome
    };
    assert!(matches!(of("total"), Outcome::Equal(_)), "{:?}", of("total"));
    assert!(matches!(of("some"), Outcome::Equal(_)), "{:?}", of("some"));
    assert!(matches!(of("me"), Outcome::NotUnderstood(_)), "{:?}", of("me"));
}

/// A table of an archive.
fn table(name: &str, columns: &[&str], rows: &[&[&str]]) -> String {
    let mut text = format!("<{name}><rows>");
    for row in rows {
        text.push_str("<row>");
        for (column, cell) in columns.iter().zip(*row) {
            text.push_str(&format!("<{column}><![CDATA[{cell}]]></{column}>"));
        }
        text.push_str("</row>\n");
    }
    format!("{text}</rows></{name}>\n")
}

/// An archive of the years before texts had tables of their own.
fn old_archive() -> String {
    let questions = [
        "qid",
        "parent_qid",
        "sid",
        "gid",
        "type",
        "title",
        "question",
        "relevance",
        "language",
        "question_order",
    ];
    [
        "<?xml version=\"1.0\"?>\n<document><LimeSurveyDocType>Survey</LimeSurveyDocType><DBVersion>177</DBVersion>\n".to_owned(),
        table("answers", &["qid", "code", "answer", "language", "sortorder", "assessment_value"], &[
            &["5", "2", "often", "en", "2", "0"],
            &["5", "1", "never", "en", "1", "0"],
            &["5", "1", "nie", "de", "1", "0"],
            &["5", "2", "oft", "de", "2", "0"],
        ]),
        table("conditions", &["cid", "qid", "cfieldname"], &[&["1", "7", "1X2X5"]]),
        table("groups", &["gid", "group_name", "group_order", "language"], &[&["2", "Frost", "0", "en"], &["2", "Frost (de)", "0", "de"]]),
        table("questions", &questions, &[
            &["6", "0", "1", "2", "S", "why", "Why?", "1X2X5.NAOK == 2", "en", "2"],
            &["5", "0", "1", "2", "L", "cold", "Cold?", "1", "en", "1"],
            &["5", "0", "1", "2", "L", "cold", "Kalt?", "1", "de", "1"],
            &["6", "0", "1", "2", "S", "why", "Warum?", "1X2X5.NAOK == 2", "de", "2"],
            &["7", "0", "1", "2", "S", "odd", "Odd", "1", "en", "3"],
            &["7", "0", "1", "2", "S", "odd", "Seltsam", "1", "de", "3"],
            &["8", "0", "1", "9", "S", "lost", "Lost", "1", "en", "1"],
        ]),
        table("quota", &["id"], &[&["1"]]),
        table("surveys", &["sid", "language", "additional_languages"], &[&["1", "en", "de"]]),
        table("surveys_languagesettings", &["surveyls_language", "surveyls_title", "surveyls_endtext"], &[&["en", "Frost", "Bye"], &["de", "Frost", ""]]),
        "</document>".to_owned(),
    ]
    .concat()
}

#[test]
fn archives_of_old_versions_are_imported() {
    let imported = imported(&[("frost.lss", &old_archive())]);
    contains(
        &imported,
        &[
            "{ value = 1, label = \"never\" }",
            "ask-if = \"not is_missing(cold) and cold = 2\"",
            "stem = \"Cold?\"",
        ],
    );
    assert!(text(&imported, "de.toml").contains("Warum?"));
    for (code, at, message) in [
        ("conditions", "line", "`odd`"),
        ("no-group", "line", "`lost`"),
        ("unknown-table", "line", "quota"),
        ("end-text", "surveyls_endtext", "end"),
    ] {
        finds(&imported, code, at, message);
    }
    is_proven(&imported);
}

#[test]
fn damaged_files_are_survived() {
    survives_damage(&[("snow.txt", SNOW)], 0);
    survives_damage(&[("frost.lss", &old_archive())], 0);
}
