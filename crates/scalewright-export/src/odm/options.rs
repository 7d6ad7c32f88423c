//! The options of an export to ODM.

use crate::code::options::{COLUMNS, Columns};
use crate::options::{OptionSpec, choice, options};

choice! {
    /// The version of ODM.
    Version {
        One = "1.3.2": "the version that most programs read";
        Two = "2.0": "the version of 2023, in which forms are groups of items";
    }
}

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
        version: Version = OptionSpec::choice("version", Version::VALUES, "1.3.2", "the version of ODM");
        languages: Languages = OptionSpec::choice(
            "languages",
            Languages::VALUES,
            "all",
            "the languages in which the form has its words",
        );
        columns: Columns = COLUMNS;
        attachments: bool = OptionSpec::switch(
            "attachments",
            true,
            "whether the form contains its definition in an alias",
        );
    }
}
