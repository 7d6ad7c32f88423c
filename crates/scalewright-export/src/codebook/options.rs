//! The options of a codebook.

use crate::options::{Names, OptionSpec, choice, options};

choice! {
    /// What is written.
    Format {
        Markdown = "markdown": "a text that a forge shows as tables";
        Html = "html": "a page in one file, for reading and printing";
        Csv = "csv": "a table with a row for each column of the data";
        Xlsx = "xlsx": "a workbook with sheets for variables, values and instruments";
        Frictionless = "frictionless": "a Data Package that describes the tables of answers and of scores";
        Bids = "bids": "the JSON file beside a table in the folder `phenotype` of a BIDS data set";
        PsychDs = "psych-ds": "the description of a Psych-DS data set";
        Ddi = "ddi": "DDI-Codebook 2.5, for archives";
        All = "all": "all of them";
    }
}

options! {
    /// How a codebook is written.
    Options {
        format: Format = OptionSpec::choice("format", Format::VALUES, "markdown", "what is written");
        keys: Names = OptionSpec::names("keys", "respondent", "the columns that identify a row of the data");
    }
}
