//! Why scores could not be written.

use scalewright_model::text::plain;

use crate::Stop;

/// The error of a build without support for Parquet and Arrow.
pub(super) fn no_columnar() -> Stop {
    Stop::usage("this build cannot write Parquet and Arrow files")
        .help("build with `--features columnar`, or write CSV")
}

/// The error of a build without support for workbooks.
#[cfg(not(feature = "workbooks"))]
pub(super) fn no_workbooks() -> Stop {
    Stop::usage("this build cannot write workbooks")
        .help("build with `--features workbooks`, or write CSV")
}

/// The error for scores that could not be written.
#[must_use]
pub fn failed(error: &std::io::Error) -> Stop {
    Stop::usage(format!("the scores could not be written: {}", plain(error)))
        .help("nothing was written")
}
