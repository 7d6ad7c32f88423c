//! Reports of scores: of one respondent, of several occasions of one, and of a group.
//!
//! A report is a page of parts, which the Typst template and the writer of HTML show alike, so both have the same
//! numbers. The report's own words are in the language of the wording if they are built in, otherwise in English. Titles,
//! stems and labels are those of the wording. If no wording may be shown, items are named by their ids.

mod block;
mod change;
mod course;
mod figures;
mod group;
mod histogram;
mod html;
mod items;
mod notes;
mod page;
mod picture;
mod profile;
mod request;
mod scores;
mod svg;

use scalewright_model::{Diagnostic, Instrument, Wording};

use crate::ExportedFile;
use crate::ui;
use block::{Block, Run, Style};
use page::{Page, Subject};
use request::language;

pub use course::{order_of_occasions, shared_by_occasions};
pub use group::{Group, GroupRequest};
pub use request::{ReportFormat, ReportRequest, ReportSheet};

/// Returns a warning if the report's own words are in English because none are built in for its language.
#[must_use]
pub fn english_words(instrument: &Instrument, wording: Option<&Wording>) -> Option<Diagnostic> {
    ui::english(language(instrument, wording), "the report")
}

/// Returns the report of one occasion as a file. The ending of its format is added to `name`.
#[must_use]
pub fn score_report(request: &ReportRequest<'_>, name: &str) -> ExportedFile {
    let parts = [
        profile::part(request),
        scores::feedback(request, None),
        scores::part(request),
        change::part(request),
        to_know(request, notes::notes(request)),
        items::part(request),
        sources(request),
    ];
    let answered =
        items::answered(request.sheet.instrument, request.answers, request.sheet.words());
    let subject = respondent(request, &course::name(request), &answered);
    let blocks = parts.into_iter().flatten().collect();
    Page::new(request.sheet, subject, blocks).file(request.sheet, name)
}

/// Returns the report of several occasions of one respondent as a file. The ending of its format is added to `name`.
/// The occasions share one sheet.
///
/// # Panics
/// If there is no occasion.
#[must_use]
pub fn course_report(occasions: &[ReportRequest<'_>], name: &str) -> ExportedFile {
    let last = occasions.last().expect("a respondent has an occasion");
    let sheet = last.sheet;
    let mut notes = Vec::new();
    for (at, occasion) in occasions.iter().enumerate() {
        let of = |note: String| format!("{} {}: {note}", sheet.ui().parts().occasion, at + 1);
        notes.extend(notes::of_answers(occasion).into_iter().map(of));
    }
    notes.extend(notes::of_keys(last));
    let parts = [
        course::part(occasions),
        scores::feedback(last, Some(occasions.len())),
        change::part(last),
        to_know(last, notes),
        sources(last),
    ];
    let subject = respondent(last, &course::shared(last), "");
    Page::new(sheet, subject, parts.into_iter().flatten().collect()).file(sheet, name)
}

/// Returns the report of a group as a file. The ending of its format is added to `name`.
#[must_use]
pub fn group_report(request: &GroupRequest<'_>, name: &str) -> ExportedFile {
    let sheet = request.sheet;
    let (kind, who) = (sheet.ui().parts().group_report, group::subject(request));
    let about = vec![Run::own(format!("{kind}: ")), Run::own(&*who).styled(Style::Strong)];
    let subject = Subject { kind, name: who, about };
    Page::new(sheet, subject, group::parts(request)).file(sheet, name)
}

/// Whom a report is about: the respondent, the occasion if there may be several, and `more`.
fn respondent(request: &ReportRequest<'_>, occasion: &str, more: &str) -> Subject {
    let (words, figures) = (request.sheet.words(), request.sheet.figures());
    let who = figures.isolated(request.respondent);
    let dotted = |text: &str| if text.is_empty() { String::new() } else { format!(" · {text}") };
    let (occasion, more) = (dotted(occasion), dotted(more));
    let (before, after) = words.report_of.split_once("{respondent}").unwrap_or_default();
    let about = vec![
        Run::own(before),
        Run::own(&*who).styled(Style::Strong),
        Run::own(format!("{occasion}{after}{more}")),
    ];
    Subject { kind: words.report, name: format!("{who}{occasion}"), about }
}

/// Returns the part with the notes.
fn to_know(request: &ReportRequest<'_>, notes: Vec<String>) -> Vec<Block> {
    match notes.is_empty() {
        true => Vec::new(),
        false => vec![Block::heading(request.sheet.words().to_know), Block::list(notes)],
    }
}

/// Returns the part with the citations of the sources of all scores, each once.
fn sources(request: &ReportRequest<'_>) -> Vec<Block> {
    let instrument = request.sheet.instrument;
    let mut used: Vec<usize> = Vec::new();
    for scale in &instrument.scales {
        let sets = scale.band_sets.iter().flat_map(|set| &set.source);
        let all = scale.key_source.iter().chain(&scale.missing_source).chain(&scale.bands_source);
        let reliability = scale.reliability.iter().flat_map(|given| &given.source);
        used.extend(all.chain(sets).chain(reliability).map(|reference| reference.0));
    }
    used.sort_unstable();
    used.dedup();
    let works: Vec<String> =
        used.into_iter().map(|index| instrument.references[index].citation.clone()).collect();
    match works.is_empty() {
        true => Vec::new(),
        false => vec![Block::heading(request.sheet.words().sources), Block::list(works)],
    }
}
