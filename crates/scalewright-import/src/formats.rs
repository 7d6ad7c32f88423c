//! The formats of sources, one module each. To add one, add its module and its entry to [`FORMATS`].

pub(crate) mod codebook;
pub(crate) mod formr;
pub(crate) mod osd;
pub(crate) mod redcap;
pub(crate) mod xlsform;

use scalewright_model::{Stop, did_you_mean};

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

/// All formats. The first that recognises a file reads it.
pub const FORMATS: &[&Format] =
    &[&osd::FORMAT, &redcap::FORMAT, &xlsform::FORMAT, &formr::FORMAT, &codebook::FORMAT];

/// The format of a file: the one with the name `from`, or the one that recognises the content.
pub(crate) fn format_of(opened: &Opened<'_>, from: Option<&str>) -> Result<&'static Format, Stop> {
    let names = || FORMATS.iter().map(|format| format.name);
    let Some(from) = from else {
        return FORMATS.iter().copied().find(|format| (format.recognises)(opened)).ok_or_else(
            || {
                Stop::wrong(format!(
                    "{}: the file is of no format that can be imported",
                    opened.sources.file
                ))
                .help(format!("the formats are: {}", names().collect::<Vec<_>>().join(", ")))
            },
        );
    };
    let format = FORMATS.iter().copied().find(|format| format.name == from).ok_or_else(|| {
        let stop = Stop::usage(format!("no format is called `{from}`"));
        match did_you_mean(from, names()) {
            Some(help) => stop.help(help),
            None => {
                stop.help(format!("the formats are: {}", names().collect::<Vec<_>>().join(", ")))
            }
        }
    })?;
    if (format.recognises)(opened) {
        return Ok(format);
    }
    Err(Stop::wrong(format!("{}: the file is not {}", opened.sources.file, format.title)))
}
