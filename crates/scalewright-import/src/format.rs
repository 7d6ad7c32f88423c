//! A format of sources: how it is recognised and read.

use scalewright_model::Stop;

use crate::form::Form;
use crate::options::Options;
use crate::source::Opened;

/// A format of sources.
pub struct Format {
    /// The name for `--from`.
    pub name: &'static str,
    /// What it is, with an article: `an Open Scale Definition`.
    pub title: &'static str,
    /// Whether a file is of this format, judged by its content.
    pub(crate) recognises: fn(&Opened<'_>) -> bool,
    /// Reads the forms of a file.
    pub(crate) read: fn(&Opened<'_>, &Options) -> Result<Vec<Form>, Stop>,
}
