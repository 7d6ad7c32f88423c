//! Files to start from, with comments that teach the format: a definition with its cases, and a wording file.

mod key;
mod wording;

use std::collections::BTreeMap;

use scalewright_check::Writer;
use scalewright_model::file::{
    AdministrationFile, BandFile, CaseFile, CasesFile, InstrumentFile, ItemFile, OptionFile,
    ResponseScaleFile, ResponseType, RightsFile, ScaleFile, SectionFile,
};
use scalewright_model::{MissingKind, Pointer, ScoreKind};

pub use key::template as key;
pub use wording::template as wording;

/// The column at which comments at the ends of lines begin.
const COLUMN: usize = 30;

/// Returns a definition that passes the check without findings.
#[must_use]
pub fn definition(id: &str, title: &str, schema: Option<&str>) -> String {
    let prefix = id.replace('-', "_");
    let administration = AdministrationFile {
        recall_period: Some("the last 7 days".to_owned()),
        ..AdministrationFile::new()
    };
    let rights = RightsFile::new("Your name", "All rights reserved");
    let file = InstrumentFile {
        description: Some("What the instrument measures, and for whom.".to_owned()),
        instructions: Some("For each statement, mark the answer that fits best.".to_owned()),
        response_scales: BTreeMap::from([("frequency".to_owned(), frequency())]),
        sections: vec![SectionFile {
            lead_in: Some("In the last 7 days …".to_owned()),
            ..SectionFile::new("week")
        }],
        items: items(&prefix),
        scales: vec![total(&prefix)],
        ..InstrumentFile::new(id, title, "en", rights, administration)
    };
    commented(id, schema).instrument(&file)
}

fn frequency() -> ResponseScaleFile {
    let labels = ["Never", "Sometimes", "Often", "Always"];
    let options = (0_u32..)
        .zip(labels)
        .map(|(value, label)| OptionFile::new(f64::from(value), label))
        .collect();
    ResponseScaleFile { options, ..ResponseScaleFile::new(ResponseType::Coded) }
}

fn items(prefix: &str) -> Vec<ItemFile> {
    let stems = ["I felt at ease.", "I found it hard to settle.", "My thoughts were quiet."];
    let item = |(number, stem): (u32, &str)| ItemFile {
        stem: Some(stem.to_owned()),
        section: Some("week".to_owned()),
        ..ItemFile::new(&format!("{prefix}_{number}"), "frequency")
    };
    (1..).zip(stems).map(item).collect()
}

fn total(prefix: &str) -> ScaleFile {
    let band = |label: &str, from: f64, to: f64| BandFile {
        label: label.to_owned(),
        from: Some(from),
        above: None,
        to: Some(to),
        below: None,
        feedback: None,
    };
    ScaleFile {
        items: ["", "-", ""]
            .into_iter()
            .zip(1..)
            .map(|(sign, number)| format!("{sign}{prefix}_{number}"))
            .collect(),
        round: Some(0),
        min_answered: Some(2),
        bands: vec![band("low", 0.0, 4.0), band("high", 5.0, 9.0)],
        ..ScaleFile::new(&format!("{prefix}_total"), "Total", ScoreKind::Sum, MissingKind::Prorate)
    }
}

fn commented(id: &str, schema: Option<&str>) -> Writer {
    let top = Pointer::top;
    let scale = |key: &str| Pointer::scale(0).key(key);
    titled(schema)
        .head("An instrument: its items, its answer formats, and how scores are computed from answers.")
        .head(&format!(
            "`scalewright check {id}` finds mistakes; `scalewright schema` describes every key."
        ))
        .column(COLUMN)
        .beside(top("version"), "raise it whenever wording, structure or scoring changes")
        .beside(top("status"), "development | active | retired")
        .beside(top("language"), "the language of the words in this file")
        .beside(top("rights"), "who owns the words, and what may be done with them")
        .beside(
            top("rights").key("wording"),
            "withheld: the words are not in this file and are supplied by users who may use them",
        )
        .beside(top("administration").key("respondent"), "self | informant | rater | unknown")
        .above(
            Pointer::response_scale("frequency"),
            "The answer formats. Each item names one. Never change a value after data have been collected.",
        )
        .above(
            top("sections").index(0),
            "Printed groups. The lead-in is part of every item of the section.",
        )
        .beside(scale("items"), "\"-\": reverse keyed, lowest + highest - answer")
        .beside(scale("score"), "sum | mean")
        .beside(
            scale("round"),
            "prorated scores are rounded before they are compared with the bands",
        )
        .beside(
            scale("missing"),
            "no-score | prorate | answered-only | substitute: never guessed",
        )
        .beside(scale("min-answered"), "with fewer answers there is no score")
}

fn titled(schema: Option<&str>) -> Writer {
    schema.map_or_else(Writer::new, |path| Writer::new().schema(path))
}

/// Returns cases for that definition.
#[must_use]
pub fn cases(id: &str, schema: Option<&str>) -> String {
    let prefix = id.replace('-', "_");
    let total = format!("{prefix}_total");
    let case = |title: &str, answers: &[f64]| {
        let responses =
            (1..).zip(answers).map(|(item, answer)| (format!("{prefix}_{item}"), *answer));
        CaseFile::new(title, responses.collect())
    };
    let scored = |title: &str, answers: &[f64], score: f64| CaseFile {
        scores: BTreeMap::from([(total.clone(), score)]),
        ..case(title, answers)
    };
    let banded = |case: CaseFile, band: &str| CaseFile {
        bands: BTreeMap::from([(total.clone(), band.to_owned())]),
        ..case
    };
    let highest = scored("highest: the reversed item is answered lowest", &[3.0, 0.0, 3.0], 9.0);
    let prorated = "one answer missing: (1 + 2) / 2 * 3 = 4.5, rounded to 5";
    let few = CaseFile { no_score: vec![total.clone()], ..case("too few answers", &[3.0]) };
    let file = CasesFile {
        cases: vec![
            banded(highest, "high"),
            banded(scored("lowest", &[0.0, 3.0, 0.0], 0.0), "low"),
            scored(prorated, &[1.0, 1.0], 5.0),
            few,
        ],
        ..CasesFile::new(id, "worked out by hand from the key")
    };
    titled(schema)
        .head("Responses with their expected scores, worked out by hand or typed from the manual, never computed by a program:")
        .head(&format!("`scalewright check {id}` compares the definition with them."))
        .cases(&file)
}
