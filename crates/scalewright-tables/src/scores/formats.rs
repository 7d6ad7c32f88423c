//! The forms that tables go out in, and the endings that stand for them.

use crate::endings::FileFormat;
use crate::{AnswersFormat, ScoresFormat as Format};

/// The forms of scores; the first is that of standard output.
pub const SCORE_FORMATS: &[FileFormat<Format>] = &[
    FileFormat { name: "CSV", format: Format::Csv, endings: &["csv"], suits: &[] },
    FileFormat { name: "TSV", format: Format::Tsv, endings: &["tsv", "tab"], suits: &[] },
    FileFormat { name: "a JSON list", format: Format::Json, endings: &["json"], suits: &[] },
    FileFormat { name: "JSON lines", format: Format::Jsonl, endings: &["jsonl", "ndjson"], suits: &[] },
    FileFormat {
        name: "Parquet",
        format: Format::Parquet,
        endings: &["parquet", "parq", "pq"],
        suits: &[],
    },
    FileFormat {
        name: "an Arrow file",
        format: Format::Arrow,
        endings: &["arrow", "feather", "ipc"],
        suits: &[],
    },
    FileFormat {
        name: "an Arrow stream",
        format: Format::ArrowStream,
        endings: &["arrows"],
        suits: &["arrow", "ipc"],
    },
    FileFormat { name: "a FHIR Bundle", format: Format::Fhir, endings: &[], suits: &["json"] },
    FileFormat {
        name: "Observations, one a line",
        format: Format::FhirNdjson,
        endings: &[],
        suits: &["ndjson", "jsonl"],
    },
];

/// The forms of the answers of filled forms; the first is that of standard output.
pub const ANSWER_FORMATS: &[FileFormat<AnswersFormat>] = &[
    FileFormat { name: "CSV", format: AnswersFormat::Csv, endings: &["csv"], suits: &[] },
    FileFormat { name: "TSV", format: AnswersFormat::Tsv, endings: &["tsv", "tab"], suits: &[] },
    FileFormat { name: "a JSON list", format: AnswersFormat::Json, endings: &["json"], suits: &[] },
    FileFormat {
        name: "JSON lines",
        format: AnswersFormat::Jsonl,
        endings: &["jsonl", "ndjson"],
        suits: &[],
    },
];

/// The forms of reports on rows and forms, by what is between their cells. There is no `--format` for them.
pub const REPORT_FORMATS: &[FileFormat<u8>] = &[
    FileFormat { name: "", format: b',', endings: &["csv"], suits: &[] },
    FileFormat { name: "", format: b'\t', endings: &["tsv", "tab"], suits: &[] },
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
