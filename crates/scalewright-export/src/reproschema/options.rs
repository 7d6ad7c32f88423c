//! The options of an export to ReproSchema.

use crate::code::options::{COLUMNS, Columns};
use crate::options::{OptionSpec, choice, options};

choice! {
    /// The languages of a form.
    Languages {
        All = "all": "the published language and, if it is that of the definition, its translations too";
        One = "one": "only the published language";
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
        columns: Columns = COLUMNS;
        attachments: bool = OptionSpec::switch(
            "attachments",
            true,
            "whether the activity contains its definition in an item that is not shown",
        );
    }
}
