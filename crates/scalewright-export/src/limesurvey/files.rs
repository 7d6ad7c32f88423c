//! The files of a survey.

use super::model::Survey;
use super::options::Format;
use super::{lss, tsv};
use crate::ExportedFile;

/// The ending of the table of names.
pub(super) const NAMES: &str = "limesurvey-names.csv";

/// The files of a survey in a format.
pub(super) fn files(
    survey: &Survey,
    format: Format,
    name: impl Fn(&str) -> String,
) -> Vec<ExportedFile> {
    let mut files = Vec::new();
    if matches!(format, Format::Tsv | Format::Both) {
        files.push(ExportedFile::of(name("limesurvey.txt"), tsv::bytes(survey)));
    }
    if matches!(format, Format::Lss | Format::Both) {
        files.push(ExportedFile::of(name("limesurvey.lss"), lss::bytes(survey)));
    }
    files
}
