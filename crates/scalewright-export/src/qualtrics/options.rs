//! The options of an export to Qualtrics.

use crate::code::options::{COLUMNS, Columns};
use crate::options::{OptionSpec, choice, options};

choice! {
    /// The files of an export.
    Format {
        Qsf = "qsf": "a survey file with scores, conditions and translations";
        Both = "both": "the survey file and the text file";
        Txt = "txt": "an Advanced Format text file: questions only";
    }
}

choice! {
    /// The languages of a survey.
    Languages {
        All = "all": "the published language and, if it is that of the definition, its translations too";
        One = "one": "only the published language";
    }
}

options! {
    /// How a survey is made.
    Options {
        format: Format = OptionSpec::choice("format", Format::VALUES, "qsf", "which files are written");
        languages: Languages = OptionSpec::choice(
            "languages",
            Languages::VALUES,
            "all",
            "the languages in which the survey can be answered",
        );
        matrices: bool = OptionSpec::switch(
            "matrices",
            true,
            "whether neighbouring items with the same response scale become the rows of a table",
        );
        columns: Columns = COLUMNS;
        attachments: bool = OptionSpec::switch(
            "attachments",
            true,
            "whether the survey file contains its definition among the unused questions",
        );
    }
}
