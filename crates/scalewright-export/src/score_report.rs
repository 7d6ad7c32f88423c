//! The score report of one respondent: data for the Typst template, which inserts every text as a value.
//!
//! The report's own words are in the language of the wording if they are built in, otherwise in English. Titles, stems
//! and labels are those of the wording. If no wording may be shown, items are named by their ids.

mod change;
mod items;
mod notes;
mod numbers;
mod profile;
mod request;

use scalewright_model::{Diagnostic, Direction, Instrument, Paper, Wording, direction};
use serde::Serialize;

use crate::ui::{self, ReportWords, Ui, filled};
use crate::{Content, Document, ExportedFile, House};
use change::ChangeRow;
use items::ItemRow;
use profile::Profile;
use request::{Reported, language, score_text};

pub use request::ReportRequest;

/// The Typst template.
const TEMPLATE: &str = include_str!("typst/report.typ");

#[derive(Serialize)]
struct Report<'a> {
    paper: &'static str,
    /// The language of the instrument's words.
    language: &'a str,
    direction: &'static str,
    /// The language of the report's own words.
    own_language: &'static str,
    ui: Words,
    title: &'a str,
    id: &'a str,
    version: &'a str,
    date: Option<&'a str>,
    banner: Option<String>,
    notice: &'a str,
    respondent: &'a str,
    occasion: String,
    answered: String,
    profile: Vec<Profile>,
    scores: Vec<ScoreRow>,
    change: Vec<ChangeRow>,
    items: Vec<ItemRow<'a>>,
    notes: Vec<String>,
    sources: Vec<&'a str>,
    house: &'a House,
}

/// The words that the template itself prints.
#[derive(Serialize)]
struct Words {
    report: &'static str,
    report_of: &'static str,
    profile: &'static str,
    scores: &'static str,
    score_heads: [&'static str; 5],
    how_sure: &'static str,
    how_sure_text: &'static str,
    change_heads: [&'static str; 4],
    to_know: &'static str,
    answers: &'static str,
    item_heads: [&'static str; 5],
    sources: &'static str,
    page: &'static str,
}

#[derive(Serialize)]
struct ScoreRow {
    title: String,
    score: String,
    range: String,
    answered: String,
    bands: String,
}

/// Returns a warning if the report's own words are in English because none are built in for its language.
#[must_use]
pub fn english_words(instrument: &Instrument, wording: Option<&Wording>) -> Option<Diagnostic> {
    ui::english(language(instrument, wording), "the report")
}

/// Returns the report as a file named `name`.
#[must_use]
pub fn score_report(request: &ReportRequest<'_>, name: String) -> ExportedFile {
    let report = report(request);
    let data = serde_json::to_vec(&report).expect("internal: plain data is always JSON");
    let instrument = request.instrument;
    // With the occasion, because a respondent may have several reports.
    let ident = format!(
        "{}|{}|report|{}|{}",
        instrument.id, instrument.version, request.respondent, report.occasion
    );
    let document = Document {
        weight: Document::weight_of(&data),
        template: TEMPLATE,
        data,
        files: Vec::new(),
        ident,
        fields: None,
        marks: Vec::new(),
    };
    ExportedFile { name, content: Content::Typst(document) }
}

fn report<'a>(request: &ReportRequest<'a>) -> Report<'a> {
    let (instrument, wording, answers) = (request.instrument, request.wording, request.answers);
    let language = language(instrument, wording);
    let (own, _) = ui::ui(language);
    Report {
        paper: match request.paper {
            Paper::A4 => "a4",
            Paper::UsLetter => "us-letter",
        },
        language,
        direction: match direction(language) {
            Direction::LeftToRight => "ltr",
            Direction::RightToLeft => "rtl",
        },
        own_language: own.language,
        ui: words(own),
        title: wording.map_or(instrument.title.as_str(), |words| &words.title),
        id: &instrument.id,
        version: &instrument.version,
        date: instrument.date.as_deref(),
        banner: ui::banner(own, instrument.status, wording),
        notice: wording
            .and_then(|words| words.notice.as_deref())
            .unwrap_or(&instrument.rights.notice),
        respondent: request.respondent,
        occasion: occasion(request.occasion, own.report),
        answered: items::answered(instrument, answers, own.report),
        profile: profile::profile(request),
        scores: request.in_order().map(|score| row(request, &score)).collect(),
        change: change::rows(request),
        items: items::rows(request),
        notes: notes::notes(request),
        sources: sources(instrument),
        house: request.house,
    }
}

fn words(own: &'static Ui) -> Words {
    let report = own.report;
    Words {
        report: report.report,
        report_of: report.report_of,
        profile: report.profile,
        scores: own.scores,
        score_heads: [report.score_of, report.score, report.range, report.answered, own.band],
        how_sure: report.how_sure,
        how_sure_text: report.how_sure_text,
        change_heads: [report.score_of, report.interval, report.change, report.reliability],
        to_know: report.to_know,
        answers: report.answers,
        item_heads: [own.number, own.item, report.answer, report.in_words, report.counts_on],
        sources: report.sources,
        page: own.page,
    }
}

/// Returns the occasion as text. REDCap's column names are replaced by words.
fn occasion(parts: &[(String, String)], words: &ReportWords) -> String {
    let part = |(name, value): &(String, String)| {
        let name = match name.as_str() {
            "redcap_event_name" => words.event,
            "redcap_repeat_instance" => words.repeat,
            other => other,
        };
        format!("{name} {value}")
    };
    parts.iter().map(part).collect::<Vec<_>>().join(", ")
}

fn row(request: &ReportRequest<'_>, score: &Reported<'_>) -> ScoreRow {
    let reach = &score.range.any;
    let range = match score.is_number() && reach.low.is_finite() && reach.high.is_finite() {
        true => request.span(reach.low, reach.high),
        false => String::new(),
    };
    ScoreRow {
        title: score.title.to_owned(),
        score: score_text(request, score),
        range,
        answered: filled(
            request.words().count,
            &[("count", &score.answered().to_string()), ("all", &score.items.to_string())],
        ),
        bands: bands(request, score),
    }
}

/// Returns the band of each set that contains the score.
fn bands(request: &ReportRequest<'_>, score: &Reported<'_>) -> String {
    let Some(value) = score.score() else { return String::new() };
    let names = request.band_names(score.index);
    let sets = score.scale.all_bands().zip(names).filter_map(|((set, bands), names)| {
        let at = bands.iter().position(|band| band.contains(value))?;
        let name = names.get(at)?;
        Some(set.map_or_else(|| (*name).to_owned(), |set| format!("{name} ({set})")))
    });
    sets.collect::<Vec<_>>().join("; ")
}

/// Returns the citations of the sources of all scores, each once.
fn sources(instrument: &Instrument) -> Vec<&str> {
    let mut used: Vec<usize> = Vec::new();
    for scale in &instrument.scales {
        let sets = scale.band_sets.iter().flat_map(|set| &set.source);
        let all = scale.key_source.iter().chain(&scale.missing_source).chain(&scale.bands_source);
        let reliability = scale.reliability.iter().flat_map(|given| &given.source);
        used.extend(all.chain(sets).chain(reliability).map(|reference| reference.0));
    }
    used.sort_unstable();
    used.dedup();
    used.into_iter().map(|index| instrument.references[index].citation.as_str()).collect()
}
