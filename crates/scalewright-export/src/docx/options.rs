//! The options of an export to Word.

use crate::options::{OptionSpec, options};

options! {
    /// How a document is made.
    Options {
        values: bool = OptionSpec::switch(
            "values",
            true,
            "whether the value of each option is beside its box",
        );
        attachments: bool = OptionSpec::switch(
            "attachments",
            true,
            "whether the document contains its definition, as far as rights allow",
        );
    }
}
