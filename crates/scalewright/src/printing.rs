//! Turns exported files into bytes: typesets their documents, several at a time.

#[cfg(feature = "pdf")]
use std::thread;

use scalewright_export::{Content, Document, ExportedFile, in_parallel};
use scalewright_model::Stop;

use crate::house::Style;

/// The name and the bytes of a file, or the reason why it could not be made.
type RenderedFile = Result<(String, Vec<u8>), Stop>;

/// How much memory the documents that are typeset at one time may use together, in kB.
const TOGETHER: usize = 200_000;

/// Prepares the fonts and the typesetter for forms in the background. If no thread can be started, this happens with the first
/// document.
pub(crate) fn warm_up() {
    #[cfg(feature = "pdf")]
    let _ = thread::Builder::new()
        .spawn(|| scalewright_pdf::warm_up(scalewright_export::FORM_TEMPLATE));
}

/// Returns the bytes of each file, in the order of `files`.
pub(crate) fn all(files: Vec<ExportedFile>, style: &Style) -> Vec<RenderedFile> {
    let weights: Vec<usize> = files.iter().filter_map(weight).collect();
    let heaviest = weights.iter().copied().max().unwrap_or_default().max(1);
    let most = weights.len().min(TOGETHER / heaviest);
    in_parallel(files, most, |file| one(file, style))
}

fn weight(file: &ExportedFile) -> Option<usize> {
    match &file.content {
        Content::Bytes(_) => None,
        Content::Typst(document) => Some(document.weight),
    }
}

/// Returns the bytes of one file.
fn one(file: ExportedFile, style: &Style) -> RenderedFile {
    let ExportedFile { name, content } = file;
    match content {
        Content::Bytes(bytes) => Ok((name, bytes)),
        Content::Typst(document) => match pdf(document, style) {
            Ok(bytes) => Ok((name, bytes)),
            Err((why, help)) => {
                let stop = Stop::wrong(format!("`{name}` cannot be made: {why}"));
                Err(if help.is_empty() { stop } else { stop.help(help) })
            }
        },
    }
}

#[cfg(feature = "pdf")]
fn pdf(document: Document, style: &Style) -> Result<Vec<u8>, (String, String)> {
    use scalewright_export::FormField;

    let Document { template, data, parts, files, ident, fields, marks, weight: _ } = document;
    let field = |FormField { name, tooltip, options, later }| scalewright_pdf::Field {
        later: later.map(in_pdf),
        name,
        tooltip,
        options,
    };
    let fields = fields.map(|fields| fields.into_iter().map(field).collect::<Vec<_>>());
    // All templates read their data from this path.
    let form = [("/form.json", data.as_slice())].into_iter();
    let further = files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()));
    let files: Vec<(&str, &[u8])> = form.chain(further).chain(style.picture()).collect();
    let source = scalewright_pdf::TypstDocument {
        main: template,
        files: &files,
        parts: &parts,
        ident: &ident,
    };
    let printed = scalewright_pdf::render_with(&source, style.fonts.get());
    let made = match fields {
        Some(fields) => printed.and_then(|pdf| scalewright_pdf::fillable(&pdf, &fields, &marks)),
        None => printed,
    };
    made.map_err(|problems| {
        let first = problems.into_iter().next();
        first.map_or_else(Default::default, |problem| (problem.message, problem.hints.join("; ")))
    })
}

#[cfg(feature = "pdf")]
fn in_pdf(later: scalewright_export::LaterPages) -> scalewright_pdf::LaterPages {
    let scalewright_export::LaterPages { is_right, margin, bottom, width, size } = later;
    scalewright_pdf::LaterPages { is_right, margin, bottom, width, size }
}

#[cfg(not(feature = "pdf"))]
fn pdf(_: Document, _: &Style) -> Result<Vec<u8>, (String, String)> {
    Err(("this program was built without PDF".to_owned(), String::new()))
}
