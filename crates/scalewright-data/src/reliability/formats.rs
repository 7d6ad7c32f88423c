//! The choices of an analysis: its output, its tables, and how it treats missing answers.

use scalewright_model::choices;
use scalewright_tables::FileFormat;

choices! {
    /// The formats of an analysis.
    AnalysisFormat {
        Text = "text": "A report to read",
        Json = "json": "Everything, as one JSON object",
        Html = "html": "A page with pictures, without other files",
        Csv = "csv": "A table of comma-separated values",
        Tsv = "tsv": "A table of tab-separated values",
        Jsonl = "jsonl": "A table, one object per line",
        Parquet = "parquet": "A table as Parquet",
        Arrow = "arrow": "A table as an Arrow IPC file (Feather)",
    }
}

choices! {
    /// The tables of an analysis.
    AnalysisTable {
        Scales = "scales": "A row for each scale, and for each group",
        Items = "items": "A row for each item of each scale, and for each group",
    }
}

choices! {
    /// Which respondents count when answers are missing.
    MissingAnswers {
        Complete = "complete": "Respondents who answered all items of the scale",
        Pairwise = "pairwise": "For each pair of items, respondents who answered both",
    }
}

/// The formats of an analysis, with their endings. The first is used for standard output.
pub const ANALYSIS_FORMATS: &[FileFormat<AnalysisFormat>] = &[
    format("text", AnalysisFormat::Text, &["txt"]),
    format("JSON", AnalysisFormat::Json, &["json"]),
    format("HTML", AnalysisFormat::Html, &["html", "htm"]),
    format("CSV", AnalysisFormat::Csv, &["csv"]),
    format("TSV", AnalysisFormat::Tsv, &["tsv", "tab"]),
    format("JSON lines", AnalysisFormat::Jsonl, &["jsonl", "ndjson"]),
    format("Parquet", AnalysisFormat::Parquet, &["parquet", "parq", "pq"]),
    format("an Arrow file", AnalysisFormat::Arrow, &["arrow", "feather", "ipc"]),
];

const fn format(
    name: &'static str,
    format: AnalysisFormat,
    endings: &'static [&'static str],
) -> FileFormat<AnalysisFormat> {
    FileFormat { name, format, endings, suits: &[] }
}
