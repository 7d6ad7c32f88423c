//! The formats of output tables, with their file endings.

use crate::endings::FileFormat;
use crate::{AnswersFormat, ScoresFormat, TableFormat};

/// The formats of scores. The first is used for standard output.
pub const SCORE_FORMATS: &[FileFormat<ScoresFormat>] = &[
    FileFormat { name: "CSV", format: ScoresFormat::Csv, endings: &["csv"], suits: &[] },
    FileFormat { name: "TSV", format: ScoresFormat::Tsv, endings: &["tsv", "tab"], suits: &[] },
    FileFormat { name: "a JSON list", format: ScoresFormat::Json, endings: &["json"], suits: &[] },
    FileFormat {
        name: "JSON lines",
        format: ScoresFormat::Jsonl,
        endings: &["jsonl", "ndjson"],
        suits: &[],
    },
    FileFormat {
        name: "Parquet",
        format: ScoresFormat::Parquet,
        endings: &["parquet", "parq", "pq"],
        suits: &[],
    },
    FileFormat {
        name: "an Arrow file",
        format: ScoresFormat::Arrow,
        endings: &["arrow", "feather", "ipc"],
        suits: &[],
    },
    FileFormat {
        name: "an Arrow stream",
        format: ScoresFormat::ArrowStream,
        endings: &["arrows"],
        suits: &["arrow", "ipc"],
    },
    FileFormat { name: "an SPSS file", format: ScoresFormat::Sav, endings: &["sav"], suits: &[] },
    FileFormat {
        name: "a compressed SPSS file",
        format: ScoresFormat::Zsav,
        endings: &["zsav"],
        suits: &[],
    },
    FileFormat { name: "a Stata file", format: ScoresFormat::Dta, endings: &["dta"], suits: &[] },
    FileFormat { name: "a workbook", format: ScoresFormat::Xlsx, endings: &["xlsx"], suits: &[] },
    FileFormat {
        name: "a FHIR Bundle",
        format: ScoresFormat::Fhir,
        endings: &[],
        suits: &["json"],
    },
    FileFormat {
        name: "Observations, one per line",
        format: ScoresFormat::FhirNdjson,
        endings: &[],
        suits: &["ndjson", "jsonl"],
    },
    FileFormat {
        name: "an import file for REDCap",
        format: ScoresFormat::Redcap,
        endings: &[],
        suits: &["csv"],
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
    FileFormat {
        name: "an import file for REDCap",
        format: AnswersFormat::Redcap,
        endings: &[],
        suits: &["csv"],
    },
];

/// The formats of other tables. The first is used for standard output.
pub const TABLE_FORMATS: &[FileFormat<TableFormat>] = &[
    FileFormat { name: "CSV", format: TableFormat::Csv, endings: &["csv"], suits: &[] },
    FileFormat { name: "TSV", format: TableFormat::Tsv, endings: &["tsv", "tab"], suits: &[] },
    FileFormat { name: "a JSON list", format: TableFormat::Json, endings: &["json"], suits: &[] },
    FileFormat {
        name: "JSON lines",
        format: TableFormat::Jsonl,
        endings: &["jsonl", "ndjson"],
        suits: &[],
    },
    FileFormat {
        name: "Parquet",
        format: TableFormat::Parquet,
        endings: &["parquet", "parq", "pq"],
        suits: &[],
    },
    FileFormat {
        name: "an Arrow file",
        format: TableFormat::Arrow,
        endings: &["arrow", "feather", "ipc"],
        suits: &[],
    },
    FileFormat {
        name: "an Arrow stream",
        format: TableFormat::ArrowStream,
        endings: &["arrows"],
        suits: &["arrow", "ipc"],
    },
    FileFormat { name: "an SPSS file", format: TableFormat::Sav, endings: &["sav"], suits: &[] },
    FileFormat {
        name: "a compressed SPSS file",
        format: TableFormat::Zsav,
        endings: &["zsav"],
        suits: &[],
    },
    FileFormat { name: "a Stata file", format: TableFormat::Dta, endings: &["dta"], suits: &[] },
    FileFormat { name: "a workbook", format: TableFormat::Xlsx, endings: &["xlsx"], suits: &[] },
];

/// The formats of reports on rows and forms, by the delimiter between cells. They have no `--format`, so no names.
pub const REPORT_FORMATS: &[FileFormat<u8>] = &[
    FileFormat { name: "", format: b',', endings: &["csv"], suits: &[] },
    FileFormat { name: "", format: b'\t', endings: &["tsv", "tab"], suits: &[] },
];

/// The delimiter between the cells of a text table; `None` for other formats.
pub(crate) fn delimiter(format: ScoresFormat) -> Option<u8> {
    match format {
        ScoresFormat::Csv => Some(b','),
        ScoresFormat::Tsv => Some(b'\t'),
        _ => None,
    }
}
