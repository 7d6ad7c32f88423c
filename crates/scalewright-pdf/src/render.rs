//! Renders markup to a PDF that conforms to the standards, or reports all problems that prevent it. A long document is rendered
//! part by part, so that its memory is bounded.

use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::foundations::{Datetime, Smart};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards, Timestamp};

use crate::document::{Problem, TypstDocument};
use crate::fonts::Fonts;
use crate::join::Joined;
use crate::world::{MemoryWorld, Place};
use crate::{glyphs, world};

/// The creator program in the metadata of the PDF.
const CREATOR: &str = concat!("scalewright ", env!("CARGO_PKG_VERSION"));

/// Cached results that this many documents have not used are dropped. More than one, because documents are rendered in
/// parallel.
const REMEMBERED_DOCUMENTS: usize = 2;

/// After a document whose PDF is longer than this, in bytes, the cache is emptied, because it takes too much memory.
const REMEMBERED_BYTES: usize = 400_000;

/// Prepares what every document with this main source needs: the embedded fonts, the Typst library and the parsed source.
/// Otherwise the first document waits for them.
pub fn warm_up(main: &str) {
    world::warm_up(main);
    Fonts::embedded().warm_up();
}

/// Renders a document with the embedded fonts.
///
/// # Errors
///
/// All problems that prevent a PDF: markup that does not compile, a file that was not given, a character that is in no
/// embedded font, a violated standard, and any warning.
pub fn render(source: &TypstDocument<'_>) -> Result<Vec<u8>, Vec<Problem>> {
    render_with(source, Fonts::embedded())
}

/// Renders a document with the given fonts.
///
/// # Errors
///
/// The same as [`render()`].
pub fn render_with(source: &TypstDocument<'_>, fonts: &Fonts) -> Result<Vec<u8>, Vec<Problem>> {
    if !source.parts.is_empty() {
        return in_parts(source, fonts);
    }
    let pdf = part(source, None, fonts).and_then(|document| write(&document, source.ident));
    let is_long = pdf.as_ref().is_ok_and(|pdf| pdf.len() > REMEMBERED_BYTES);
    comemo::evict(if is_long { 0 } else { REMEMBERED_DOCUMENTS });
    pdf
}

/// Renders a long document part by part. All parts are laid out twice: the numbers of their pages depend on those before
/// them, and each page states how many there are.
fn in_parts(source: &TypstDocument<'_>, fonts: &Fonts) -> Result<Vec<u8>, Vec<Problem>> {
    let [(path, first), files @ ..] = source.files else {
        let message = "a document in parts has no file that differs between them".to_owned();
        return Err(vec![Problem { message, hints: Vec::new() }]);
    };
    let further = source.parts.iter().map(Vec::as_slice);
    let sources: Vec<Vec<(&str, &[u8])>> = std::iter::once(*first)
        .chain(further)
        .map(|data| std::iter::once((*path, data)).chain(files.iter().copied()).collect())
        .collect();
    let of_part = |files| TypstDocument { files, parts: &[], ..*source };
    let mut counts = Vec::new();
    for files in &sources {
        // The number of digits on a page does not change what is on it.
        let place = Place { before: counts.iter().sum(), all: 0 };
        counts.push(part(&of_part(files), Some(place), fonts)?.pages().len());
        comemo::evict(0);
    }
    let all = counts.iter().sum();
    let mut joined = Joined::new();
    let mut before = 0;
    for files in &sources {
        let document = part(&of_part(files), Some(Place { before, all }), fonts)?;
        before += document.pages().len();
        let pdf = write(&document, source.ident)?;
        drop(document);
        comemo::evict(0);
        joined.add(&pdf).map_err(unjoined)?;
    }
    joined.finish().map_err(unjoined)
}

/// A defect of this program, not of the document.
fn unjoined(error: lopdf::Error) -> Vec<Problem> {
    let message = format!("the parts of the document cannot be joined: {error}");
    vec![Problem { message, hints: Vec::new() }]
}

/// Lays out a document, or the part of one at `place`.
fn part(
    source: &TypstDocument<'_>,
    place: Option<Place>,
    fonts: &Fonts,
) -> Result<PagedDocument, Vec<Problem>> {
    let world = MemoryWorld::new(source, place, fonts).map_err(|problem| vec![problem])?;
    lay_out(&world)
}

fn lay_out(world: &MemoryWorld<'_>) -> Result<PagedDocument, Vec<Problem>> {
    let compiled = typst::compile::<PagedDocument>(world);
    let (document, errors) = match compiled.output {
        Ok(document) => (Some(document), problems(&[])),
        Err(errors) => (None, problems(&errors)),
    };
    // Even if there are other problems, so that all of them are reported at once.
    let missing = document.as_ref().and_then(glyphs::missing);
    let found = [errors, problems(&compiled.warnings), Vec::from_iter(missing)].concat();
    match document {
        Some(document) if found.is_empty() => Ok(document),
        _ => Err(found),
    }
}

fn write(document: &PagedDocument, ident: &str) -> Result<Vec<u8>, Vec<Problem>> {
    let options = PdfOptions {
        ident: Smart::Custom(ident.to_owned()),
        creator: Smart::Custom(Some(CREATOR.to_owned())),
        // PDF/A requires a date, and the present one would give other bytes each time.
        timestamp: Datetime::from_ymd_hms(1970, 1, 1, 0, 0, 0).map(Timestamp::new_utc),
        standards: standards(),
        ..PdfOptions::default()
    };
    typst_pdf::pdf(document, &options).map_err(|errors| problems(&errors))
}

fn standards() -> PdfStandards {
    // PDF/A-3, because PDF/A-1 and PDF/A-2 do not allow the attached definition, which is no PDF.
    PdfStandards::new(&[PdfStandard::A_3a, PdfStandard::Ua_1])
        .expect("internal: PDF/A-3a and PDF/UA-1 are compatible")
}

fn problems(diagnostics: &[SourceDiagnostic]) -> Vec<Problem> {
    diagnostics.iter().map(problem).collect()
}

fn problem(diagnostic: &SourceDiagnostic) -> Problem {
    let hints = diagnostic.hints.iter().map(|hint| hint.v.to_string()).collect();
    Problem { message: diagnostic.message.to_string(), hints }
}
