//! The options of an export to PDF.

use crate::options::{FromValue, OptionSpec, ValueSpec, choice, options};
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
        attachments: Attached = OptionSpec::choice(
            "attachments",
            Attached::VALUES,
            "auto",
            "whether the form contains its definition and its FHIR Questionnaire as files, as far as rights allow",
        ).instead_of("no-attachments", Some("no"));
    }
}

choice! {
    /// Whether a form contains its definition.
    Attached {
        Auto = "auto": "a form to print does, one to fill in does not: viewers show the files, and with them the scoring, to the respondent";
        No = "no": "no form does";
        Yes = "yes": "every form does";
    }
}

impl Options {
    /// Whether the form contains its definition.
    pub(super) fn attaches(&self) -> bool {
        match self.attachments {
            Attached::Auto => !self.fillable,
            Attached::Yes => true,
            Attached::No => false,
        }
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
