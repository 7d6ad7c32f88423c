//! The options of the platform.

use crate::options::{OptionSpec, options};

options! {
    /// How its files are made.
    Options {
        title: bool = OptionSpec::switch("title", true, "whether the file contains the title");
    }
}
