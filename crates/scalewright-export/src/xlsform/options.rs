//! The options of an export to XLSForm.

use crate::options::{OptionSpec, options};

options! {
    /// How the form is made.
    Options {
        matrices: bool = OptionSpec::switch(
            "matrices",
            true,
            "whether neighbouring items with the same response scale are shown as a table",
        );
        numbers: bool = OptionSpec::switch(
            "numbers",
            true,
            "whether the printed number of an item precedes its text",
        );
        translations: bool = OptionSpec::switch(
            "translations",
            true,
            "whether a form in the language of the definition contains the translations too",
        );
        attachments: bool = OptionSpec::switch(
            "attachments",
            true,
            "whether the workbook contains the definition in a hidden sheet",
        );
    }
}
