//! The forms that tables go out in, and the endings that stand for them.

use crate::endings::Form;
use crate::{AnswersFormat, ScoresFormat as Format};

/// The forms of scores; the first is that of standard output.
pub const SCORE_FORMS: &[Form<Format>] = &[
    Form { name: "CSV", form: Format::Csv, endings: &["csv"], suits: &[] },
    Form { name: "TSV", form: Format::Tsv, endings: &["tsv", "tab"], suits: &[] },
    Form { name: "a JSON list", form: Format::Json, endings: &["json"], suits: &[] },
    Form { name: "JSON lines", form: Format::Jsonl, endings: &["jsonl", "ndjson"], suits: &[] },
    Form {
        name: "Parquet",
        form: Format::Parquet,
        endings: &["parquet", "parq", "pq"],
        suits: &[],
    },
    Form {
        name: "an Arrow file",
        form: Format::Arrow,
        endings: &["arrow", "feather", "ipc"],
        suits: &[],
    },
    Form {
        name: "an Arrow stream",
        form: Format::ArrowStream,
        endings: &["arrows"],
        suits: &["arrow", "ipc"],
    },
    Form { name: "a FHIR Bundle", form: Format::Fhir, endings: &[], suits: &["json"] },
    Form {
        name: "Observations, one a line",
        form: Format::FhirNdjson,
        endings: &[],
        suits: &["ndjson", "jsonl"],
    },
];

/// The forms of the answers of filled forms; the first is that of standard output.
pub const ANSWER_FORMS: &[Form<AnswersFormat>] = &[
    Form { name: "CSV", form: AnswersFormat::Csv, endings: &["csv"], suits: &[] },
    Form { name: "TSV", form: AnswersFormat::Tsv, endings: &["tsv", "tab"], suits: &[] },
    Form { name: "a JSON list", form: AnswersFormat::Json, endings: &["json"], suits: &[] },
    Form {
        name: "JSON lines",
        form: AnswersFormat::Jsonl,
        endings: &["jsonl", "ndjson"],
        suits: &[],
    },
];

/// The forms of reports on rows and forms, by what is between their cells. There is no `--format` for them.
pub const REPORT_FORMS: &[Form<u8>] = &[
    Form { name: "", form: b',', endings: &["csv"], suits: &[] },
    Form { name: "", form: b'\t', endings: &["tsv", "tab"], suits: &[] },
];

/// What is between the cells of a table of text; nothing where the form is none.
#[must_use]
pub fn delimiter(format: Format) -> Option<u8> {
    match format {
        Format::Csv => Some(b','),
        Format::Tsv => Some(b'\t'),
        _ => None,
    }
}
