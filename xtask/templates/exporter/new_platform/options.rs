//! The options of the platform.

use crate::options::{OptionSpec, options};

options! {
    /// The options of its files.
    Options {
        title: bool = OptionSpec::switch("title", true, "whether the file contains the title");
    }
}
