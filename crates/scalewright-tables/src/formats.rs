//! The formats of input and output tables, each with its name and a short description.

use scalewright_model::choices;

choices! {
    /// The formats of responses.
    ResponsesFormat {
        Auto = "auto": "The format that the content proves; else that of the first bytes and the ending",
        Csv = "csv": "Comma-separated values; semicolons and tabs are understood",
        Json = "json": "A list of objects",
        Jsonl = "jsonl": "One object per line",
        Redcap = "redcap": "A REDCap export of type \"CSV / raw data\", with its events, repeats and checkboxes",
        RedcapLabels = "redcap-labels": "A REDCap export of type \"CSV / labels\", with the labels of fields and choices",
        Xlsform = "xlsform": "Submissions from ODK Central, KoboToolbox or Ona as CSV with names as headers, or as JSON (OData)",
        Limesurvey = "limesurvey": "Responses exported from LimeSurvey as CSV, with question codes or texts as headers",
        Odm = "odm": "CDISC ODM: ClinicalData of an exported form, versions 1.3.2 and 2.0",
        Qualtrics = "qualtrics": "A CSV export from Qualtrics, with its three rows of headers",
        GoogleForms = "google-forms": "Responses of a Google Form as CSV: questions as headers, labels as answers",
        Surveymonkey = "surveymonkey": "A CSV export from SurveyMonkey with labels as answers and two rows of headers",
        Formr = "formr": "Results of a formr survey as CSV or JSON",
        Long = "long": "One answer per row, with columns such as `id`, `item` and `resp`: see `--long`",
        Bids = "bids": "BIDS phenotype data: a TSV file with `participant_id` and `n/a`",
        DatasetJson = "dataset-json": "CDISC Dataset-JSON 1.1, as JSON or NDJSON",
        Fhir = "fhir": "FHIR QuestionnaireResponses: one, a Bundle, a list, or one per line",
        Surveyjs = "surveyjs": "Results of a SurveyJS form: one, a list, or one per line",
        Jspsych = "jspsych": "Data of a jsPsych experiment as JSON or CSV: its survey trials",
        Html = "html": "What an HTML form saved, as JSON or CSV",
        Parquet = "parquet": "Parquet",
        Arrow = "arrow": "Arrow IPC, as a file (Feather) or a stream",
        Sav = "sav": "SPSS, as a .sav or a compressed .zsav file",
        Dta = "dta": "Stata, of all versions",
        Workbook = "workbook": "A sheet of a workbook: XLSX, XLSM, ODS, or XLS",
        Jamovi = "jamovi": "A jamovi file (.omv)",
    }
}

choices! {
    /// The formats of scores.
    ScoresFormat {
        Csv = "csv": "Comma-separated values",
        Tsv = "tsv": "Tab-separated values",
        Json = "json": "A list of objects",
        Jsonl = "jsonl": "One object per line",
        Fhir = "fhir": "A FHIR Bundle of Observations, one for each row",
        FhirNdjson = "fhir-ndjson": "The same Observations, one per line",
        Parquet = "parquet": "Parquet",
        Arrow = "arrow": "Arrow IPC, as a file (Feather)",
        ArrowStream = "arrow-stream": "Arrow IPC, as a stream",
        Redcap = "redcap": "The answers as a CSV file that REDCap imports, without scores, which it calculates",
        Sav = "sav": "SPSS, with labels",
        Zsav = "zsav": "The same, compressed",
        Dta = "dta": "Stata 14 and later, with labels",
        Xlsx = "xlsx": "A workbook of a spreadsheet program",
    }
}

choices! {
    /// Which columns are written for each score.
    ScoreColumns {
        All = "all": "The score, the number of answers, whether it was prorated, and the band",
        Scores = "scores": "Only the score",
    }
}

choices! {
    /// What is written beside the scores, besides the columns of the table.
    WithColumns {
        Answers = "answers": "The coded answer to each item, as it was scored",
        Missing = "missing": "For each score, how many answers are blank, and how many are missing for each declared reason",
        Reliability = "reliability": "The item analysis of the scales, in a file beside the table: `scores.reliability.txt`",
    }
}

choices! {
    /// The shape of a table of scores.
    TableShape {
        Wide = "wide": "One row for each row of the responses, with columns for each score",
        Long = "long": "One row for each score, with the instrument and the scale in columns",
    }
}

choices! {
    /// The formats of answers read from filled forms.
    AnswersFormat {
        Csv = "csv": "Comma-separated values",
        Tsv = "tsv": "Tab-separated values",
        Json = "json": "A list of objects",
        Jsonl = "jsonl": "One object per line",
        Redcap = "redcap": "A CSV file that REDCap imports, one record for each form",
    }
}

choices! {
    /// The formats of tables that are not tables of scores.
    TableFormat {
        Csv = "csv": "Comma-separated values",
        Tsv = "tsv": "Tab-separated values",
        Json = "json": "A list of objects",
        Jsonl = "jsonl": "One object per line",
        Parquet = "parquet": "Parquet",
        Arrow = "arrow": "Arrow IPC, as a file (Feather)",
        ArrowStream = "arrow-stream": "Arrow IPC, as a stream",
        Sav = "sav": "SPSS",
        Zsav = "zsav": "The same, compressed",
        Dta = "dta": "Stata 14 and later",
        Xlsx = "xlsx": "A workbook of a spreadsheet program",
    }
}
