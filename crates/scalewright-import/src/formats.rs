//! The formats of sources, one module each. To add one, add its module and its entry to [`FORMATS`].

pub(crate) mod bids;
pub(crate) mod codebook;
pub(crate) mod fhir;
pub(crate) mod formr;
pub(crate) mod jspsych;
pub(crate) mod limesurvey;
pub(crate) mod osd;
pub(crate) mod psych;
pub(crate) mod qualtrics;
pub(crate) mod redcap;
pub(crate) mod reproschema;
pub(crate) mod surveyjs;
#[cfg(test)]
pub(crate) mod testing;
pub(crate) mod xlsform;

use scalewright_model::{Stop, did_you_mean};

use crate::format::Format;
use crate::source::Opened;

/// All formats. The first that recognises a file reads it.
pub const FORMATS: &[&Format] = &[
    &osd::FORMAT,
    &fhir::FORMAT,
    &reproschema::FORMAT,
    &surveyjs::FORMAT,
    &qualtrics::FORMAT,
    &bids::FORMAT,
    &redcap::FORMAT,
    &limesurvey::FORMAT,
    &xlsform::FORMAT,
    &jspsych::FORMAT,
    &psych::FORMAT,
    &formr::FORMAT,
    &codebook::FORMAT,
];

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
