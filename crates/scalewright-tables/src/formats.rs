//! The formats that tables come and go in, each with its name and what there is to say about it.

use scalewright_model::choices;

choices! {
    /// The formats that responses come in.
    ResponsesFormat {
        Csv = "csv": "Comma-separated values; semicolons and tabs are understood",
        Json = "json": "A list of objects",
        Jsonl = "jsonl": "An object a line",
        Redcap = "redcap": "What REDCap exports as \"CSV / raw data\", with its events, repeats and checkboxes",
        Fhir = "fhir": "FHIR QuestionnaireResponses: one, a Bundle, a list, or one a line",
        Parquet = "parquet": "Parquet",
        Arrow = "arrow": "Arrow IPC, as a file (Feather) or a stream",
    }
}

choices! {
    /// The formats that scores go out in.
    ScoresFormat {
        Csv = "csv": "Comma-separated values",
        Tsv = "tsv": "Tab-separated values",
        Json = "json": "A list of objects",
        Jsonl = "jsonl": "An object a line",
        Fhir = "fhir": "A FHIR Bundle of Observations, one for each row",
        FhirNdjson = "fhir-ndjson": "The same Observations, one a line",
        Parquet = "parquet": "Parquet",
        Arrow = "arrow": "Arrow IPC, as a file (Feather)",
        ArrowStream = "arrow-stream": "Arrow IPC, as a stream",
    }
}

choices! {
    /// How much is written of each score.
    ScoreColumns {
        All = "all": "The score, the number of answers, whether it was prorated, and the band",
        Scores = "scores": "The score alone",
    }
}

choices! {
    /// The formats that the answers of filled forms go out in.
    AnswersFormat {
        Csv = "csv": "Comma-separated values",
        Tsv = "tsv": "Tab-separated values",
        Json = "json": "A list of objects",
        Jsonl = "jsonl": "An object a line",
    }
}
