//! The options of the platform.

use crate::options::{OptionSpec, options};

options! {
    /// How the files of the platform are written.
    Options {
        title: bool = OptionSpec::switch("title", true, "whether the file contains the title");
    }
}
