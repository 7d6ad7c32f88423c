//! The options of an export to PDF.

use crate::options::{FromValue, OptionSpec, ValueSpec, options};
use crate::platform::Sheet;

options! {
    /// How a printed form and the sheets beside it are made.
    Options {
        fillable: bool = OptionSpec::switch(
            "fillable",
            false,
            "whether the form has fields to fill in on a screen",
        ).instead_of("fillable", Some("yes"));
        with: Vec<Sheet> = OptionSpec::list("with", SHEETS, "the sheets written in addition to the form")
            .instead_of("with", None);
        attachments: bool = OptionSpec::switch(
            "attachments",
            true,
            "whether the form contains its definition and its FHIR Questionnaire as files, as far as rights allow",
        ).instead_of("no-attachments", Some("no"));
    }
}

const SHEETS: &[ValueSpec] = &[ValueSpec::new(
    "scoring",
    "a scoring sheet, for scoring by hand: the items of each score, how each counts, missing answers, bands",
)];

impl FromValue for Sheet {
    fn from_value(_: &str) -> Self {
        Self::Scoring
    }
}
