//! The options of an export to LimeSurvey.

use crate::code::options::{COLUMNS, Columns};
use crate::options::{OptionSpec, choice, options};

choice! {
    /// The files of a survey.
    Format {
        Tsv = "tsv": "the tab-separated structure, which every LimeSurvey since 2.0 imports";
        Lss = "lss": "the XML structure of LimeSurvey 4 and later";
        Both = "both": "both files";
    }
}

choice! {
    /// The languages of a survey.
    Languages {
        All = "all": "the published language and, if it is that of the definition, its translations too";
        One = "one": "only the published language";
    }
}

choice! {
    /// How a survey is divided into pages.
    Pages {
        One = "one": "the whole survey on one page";
        Sections = "sections": "each section on a page of its own";
    }
}

choice! {
    /// What happens to ids that cannot be codes of questions.
    Names {
        Fitted = "fitted": "other codes are chosen, and listed in a table of names";
        Same = "same": "the export is refused";
    }
}

options! {
    /// How a survey is made.
    Options {
        format: Format = OptionSpec::choice("format", Format::VALUES, "tsv", "the files that are written");
        languages: Languages = OptionSpec::choice(
            "languages",
            Languages::VALUES,
            "all",
            "the languages in which the survey can be answered",
        );
        pages: Pages = OptionSpec::choice("pages", Pages::VALUES, "one", "how the survey is divided into pages");
        matrices: bool = OptionSpec::switch(
            "matrices",
            true,
            "whether neighbouring items with the same response scale become the rows of an array",
        );
        names: Names = OptionSpec::choice(
            "names",
            Names::VALUES,
            "fitted",
            "what happens to ids that are not codes of LimeSurvey",
        );
        columns: Columns = COLUMNS;
        attachments: bool = OptionSpec::switch(
            "attachments",
            true,
            "whether the survey contains its definition in a question that is not shown",
        );
    }
}
