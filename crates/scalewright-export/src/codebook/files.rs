//! The files of a codebook in the chosen formats.

use scalewright_model::Diagnostic;

use super::options::{Format, Options};
use super::table::Codebook;
use super::{bids, build, csv, ddi, frictionless, html, markdown, psych_ds, workbook};
use crate::{ExportRequest, ExportedFile};

/// The codebook in the other languages that a file with several languages contains: those of all instruments. There are
/// none unless the codebook is in the language of the definitions.
pub(super) fn translated<'a>(requests: &[&'a ExportRequest<'a>]) -> Vec<Codebook> {
    let Some(first) = requests.first() else { return Vec::new() };
    let is_source = |request: &&ExportRequest<'_>| {
        request.wording.language.eq_ignore_ascii_case(&request.instrument.language)
    };
    let wanted = requests.iter().all(is_source);
    let own = first.wording.language.as_str();
    let languages = first.instrument.wordings.iter().map(|wording| wording.language.as_str());
    let languages = languages.filter(|other| wanted && !other.eq_ignore_ascii_case(own));
    let everywhere = languages.filter(|language| {
        requests.iter().all(|request| request.instrument.wording(language).is_some())
    });
    everywhere
        .map(|language| {
            build::codebook("", requests, |request| {
                request.instrument.wording(language).unwrap_or(request.wording)
            })
        })
        .collect()
}

/// The files of a codebook. `named` makes the name of a file with an ending. `others` are the translations.
pub(super) fn files(
    book: &Codebook,
    others: &[Codebook],
    options: &Options,
    named: impl Fn(&str) -> String,
) -> Result<Vec<ExportedFile>, Box<Diagnostic>> {
    let wants = |format: Format| options.format == format || options.format == Format::All;
    let mut files = Vec::new();
    let mut add = |ending: &str, bytes: Vec<u8>| files.push(ExportedFile::of(named(ending), bytes));
    if wants(Format::Markdown) {
        add("codebook.md", markdown::text(book).into_bytes());
    }
    if wants(Format::Html) {
        add("codebook.html", html::text(book).into_bytes());
    }
    if wants(Format::Csv) {
        add("codebook.csv", csv::text(book).into_bytes());
    }
    if wants(Format::Xlsx) {
        add("codebook.xlsx", workbook::bytes(book)?);
    }
    if wants(Format::Frictionless) {
        add("datapackage.json", frictionless::bytes(book));
    }
    if wants(Format::PsychDs) {
        add("dataset_description.json", psych_ds::bytes(book));
    }
    if wants(Format::Ddi) {
        add("ddi.xml", ddi::bytes(book, others));
    }
    if wants(Format::Bids) {
        for part in &book.parts {
            let name = format!("{}.{}.phenotype.json", part.id, part.language);
            files.push(ExportedFile::of(name, bids::bytes(part)));
        }
    }
    Ok(files)
}
