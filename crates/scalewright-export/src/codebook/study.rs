//! A codebook of several instruments.

use super::options::{Format, Options};
use super::{build, files, losses, names};
use crate::{ExportRequest, ExportedStudy, StudyRequest};

/// Exports a study. The columns have the names that they have without a study, because each instrument has a table of
/// scores of its own.
pub(super) fn export(study: &StudyRequest<'_>) -> ExportedStudy {
    let requests: Vec<&ExportRequest<'_>> = study.instruments.iter().collect();
    let Some(first) = requests.first() else { return ExportedStudy::default() };
    let options = Options::of(first.options);
    let book = build::codebook(study.title, &requests, |request| request.wording);
    let mut diagnostics = Vec::new();
    for (at, (request, part)) in requests.iter().zip(&book.parts).enumerate() {
        let mut found = names::refused(request, part);
        if matches!(options.format, Format::PsychDs | Format::All) {
            found.extend(names::shared(request, part, &book.parts[..at]));
        }
        found.extend(losses::reported(request));
        diagnostics.push(found);
    }
    let others = files::translated(&requests);
    let printed = files::files(&book, &others, &options, |ending| study.file_name(ending));
    let files = printed.unwrap_or_else(|why| {
        if let Some(last) = diagnostics.last_mut() {
            last.push(*why);
        }
        Vec::new()
    });
    ExportedStudy { files, diagnostics }
}
