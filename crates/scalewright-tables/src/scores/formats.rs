//! The formats of output tables, with their file endings.

use crate::endings::FileFormat;
use crate::{AnswersFormat, ScoresFormat as Format};

/// The formats of scores. The first is used for standard output.
pub const SCORE_FORMATS: &[FileFormat<Format>] = &[
    FileFormat { name: "CSV", format: Format::Csv, endings: &["csv"], suits: &[] },
    FileFormat { name: "TSV", format: Format::Tsv, endings: &["tsv", "tab"], suits: &[] },
    FileFormat { name: "a JSON list", format: Format::Json, endings: &["json"], suits: &[] },
    FileFormat {
        name: "JSON lines",
        format: Format::Jsonl,
        endings: &["jsonl", "ndjson"],
        suits: &[],
    },
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
        name: "Observations, one per line",
        format: Format::FhirNdjson,
        endings: &[],
        suits: &["ndjson", "jsonl"],
    },
];

/// The formats of answers read from filled forms. The first is used for standard output.
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

/// The formats of reports on rows and forms, by the delimiter between cells. They have no `--format`, so no names.
pub const REPORT_FORMATS: &[FileFormat<u8>] = &[
    FileFormat { name: "", format: b',', endings: &["csv"], suits: &[] },
    FileFormat { name: "", format: b'\t', endings: &["tsv", "tab"], suits: &[] },
];

/// The delimiter between the cells of a text table; `None` for other formats.
#[must_use]
pub fn delimiter(format: Format) -> Option<u8> {
    match format {
        Format::Csv => Some(b','),
        Format::Tsv => Some(b'\t'),
        _ => None,
    }
}
