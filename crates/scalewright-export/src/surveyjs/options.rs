//! The options of an export to SurveyJS.

use crate::code::options::{COLUMNS, Columns};
use crate::options::{OptionSpec, choice, options};

choice! {
    /// The languages of a form.
    Languages {
        All = "all": "the published language and, if it is that of the definition, its translations too";
        One = "one": "only the published language";
    }
}

choice! {
    /// How a form is divided into pages.
    Pages {
        One = "one": "the whole form on one page";
        Sections = "sections": "the instructions and each section on a page of their own";
    }
}

options! {
    /// How a form is made.
    Options {
        languages: Languages = OptionSpec::choice(
            "languages",
            Languages::VALUES,
            "all",
            "the languages in which the form can be answered",
        );
        pages: Pages = OptionSpec::choice("pages", Pages::VALUES, "one", "how the form is divided into pages");
        matrices: bool = OptionSpec::switch(
            "matrices",
            true,
            "whether neighbouring items with the same response scale become the rows of a table",
        );
        columns: Columns = COLUMNS;
        attachments: bool = OptionSpec::switch(
            "attachments",
            true,
            "whether the form contains its definition in a text that is not shown",
        );
    }
}
