//! The table of what meta-analyses found. A sample's correlation may be set beside these numbers, a client's score never.

use std::io::Result;

use scalewright_tables::{TableColumn, TableWriter, ValueKind};

use super::head::{columns as of, number, text, whole};

/// A published number.
struct Evidence {
    claim: &'static str,
    measure: &'static str,
    value: f64,
    interval: Option<(f64, f64)>,
    studies: i64,
    persons: Option<i64>,
    source: &'static str,
}

/// Only numbers that were read in the source or its abstract.
const ALL: [Evidence; 10] = [
    Evidence {
        claim: "alliance and outcome, face to face",
        measure: "r",
        value: 0.278,
        interval: Some((0.256, 0.299)),
        studies: 295,
        persons: None,
        source: "Flückiger and others 2018",
    },
    Evidence {
        claim: "alliance and outcome, over the internet",
        measure: "r",
        value: 0.275,
        interval: None,
        studies: 23,
        persons: None,
        source: "Flückiger and others 2018",
    },
    Evidence {
        claim: "alliance and outcome, an earlier synthesis",
        measure: "r",
        value: 0.275,
        interval: Some((0.25, 0.30)),
        studies: 190,
        persons: None,
        source: "Horvath and others 2011",
    },
    Evidence {
        claim: "repaired against unrepaired ruptures, and outcome",
        measure: "r",
        value: 0.29,
        interval: Some((0.10, 0.47)),
        studies: 11,
        persons: Some(1314),
        source: "Eubanks and others 2018",
    },
    Evidence {
        claim: "repaired against unrepaired ruptures, an earlier synthesis",
        measure: "r",
        value: 0.24,
        interval: Some((0.09, 0.39)),
        studies: 3,
        persons: Some(148),
        source: "Safran and others 2011",
    },
    Evidence {
        claim: "training of therapists in repair, and outcome",
        measure: "r",
        value: 0.11,
        interval: Some((-0.09, 0.30)),
        studies: 6,
        persons: None,
        source: "Eubanks and others 2018",
    },
    Evidence {
        claim: "weak alliance and drop-out",
        measure: "d",
        value: 0.55,
        interval: None,
        studies: 11,
        persons: Some(1301),
        source: "Sharf and others 2010",
    },
    Evidence {
        claim: "alliance and outcome of drug treatment",
        measure: "z",
        value: 0.30,
        interval: Some((0.20, 0.39)),
        studies: 8,
        persons: Some(1065),
        source: "Psychiatric Services 69:41, 2018",
    },
    Evidence {
        claim: "ratings of the alliance by clients and by therapists correlate",
        measure: "r",
        value: 0.36,
        interval: None,
        studies: 53,
        persons: None,
        source: "Tryon and others 2007",
    },
    Evidence {
        claim: "clients rate the alliance higher than therapists",
        measure: "d",
        value: 0.63,
        interval: None,
        studies: 53,
        persons: None,
        source: "Tryon and others 2007",
    },
];

pub(super) fn columns() -> Vec<TableColumn> {
    let mut all = of(ValueKind::Text, &["claim", "measure"]);
    all.extend(of(ValueKind::Number, &["value", "lower", "upper"]));
    all.extend(of(ValueKind::Whole, &["studies", "persons"]));
    all.extend(of(ValueKind::Text, &["source"]));
    all
}

pub(super) fn rows(writer: &mut TableWriter) -> Result<()> {
    for one in &ALL {
        writer.row(&[
            text(one.claim),
            text(one.measure),
            number(Some(one.value)),
            number(one.interval.map(|interval| interval.0)),
            number(one.interval.map(|interval| interval.1)),
            whole(Some(one.studies)),
            whole(one.persons),
            text(one.source),
        ])?;
    }
    Ok(())
}
