//! The table of answers, one row per item.

use scalewright_model::{
    Instrument, ItemIx, Keying, ResponseKind, ResponseOption, Terms, date_of, is_chosen,
};

use super::block::{Block, Column, REST, Run, Style, Table, Width};
use super::request::ReportRequest;
use crate::ui::{ReportWords, filled};

/// Returns the part with every item and its answer, in the order of presentation.
pub(super) fn part(request: &ReportRequest<'_>) -> Vec<Block> {
    let (own, words) = (request.sheet.ui(), request.sheet.words());
    let counted = counted(request);
    let items = request.sheet.instrument.items.iter().zip(counted).enumerate();
    let table = Table {
        caption: words.answers.to_owned(),
        columns: vec![
            Column::of_numbers(own.number),
            Column::new(own.item, REST),
            Column::of_numbers(words.answer),
            Column::new(words.in_words, Width::Fixed(36.0)),
            Column::new(words.counts_on, Width::Fixed(40.0)),
        ],
        named_by: 1,
        rows: items
            .map(|(index, (item, scales))| row(request, ItemIx(index), (&item.number, &scales)))
            .collect(),
    };
    vec![Block::heading(words.answers), Block::Table(table)]
}

/// Returns the row of an item: its number, its stem or its id without wording, the coded value, the label of the answer
/// or why none is shown, and the scales that it counts on.
fn row(request: &ReportRequest<'_>, item: ItemIx, (number, scales): (&str, &[String])) -> Vec<Run> {
    let sheet = request.sheet;
    let stem = sheet.wording.and_then(|words| words.stems.get(item.0));
    let stem = stem.unwrap_or(&sheet.instrument.items[item.0].id);
    let answer = request.answers.get(item.0).copied().flatten();
    let label = label(request, item, answer).unwrap_or_default();
    let (value, label) = match answer {
        Some(answer) => (Run::own(value(request, item, answer)), Run::words(label)),
        None => (Run::own("–").styled(Style::Quiet), Run::own(label).styled(Style::Quiet)),
    };
    vec![
        Run::own(number).styled(Style::Quiet),
        Run::words(stem.as_str()),
        value,
        label,
        Run::words(scales.join(", ")).styled(Style::Small),
    ]
}

/// Returns for each item the scales that have it as a term. Scales on which it is reverse scored are marked.
fn counted(request: &ReportRequest<'_>) -> Vec<Vec<String>> {
    let mut counted = vec![Vec::new(); request.sheet.instrument.items.len()];
    for score in request.in_order() {
        let Terms::Items(items) = &score.of.scale.terms else { continue };
        for item in items {
            counted[item.item.0].push(match item.keying {
                Keying::Positive => score.of.title.to_owned(),
                Keying::Negative => {
                    filled(request.sheet.words().reversed, &[("scale", score.of.title)])
                }
            });
        }
    }
    counted
}

fn value(request: &ReportRequest<'_>, item: ItemIx, answer: f64) -> String {
    match &request.sheet.instrument.response(item).kind {
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "minutes of a day"
        )]
        ResponseKind::Time => format!("{:02}:{:02}", answer as u32 / 60, answer as u32 % 60),
        ResponseKind::Date => date_of(answer).unwrap_or_default(),
        ResponseKind::SeveralChoice { options } => {
            let chosen = chosen(options, answer).map(|at| options[at].value.to_string());
            chosen.collect::<Vec<_>>().join(", ")
        }
        _ => request.sheet.figures().exact(answer),
    }
}

/// The positions of the options that are recorded as chosen.
fn chosen(options: &[ResponseOption], recorded: f64) -> impl Iterator<Item = usize> {
    (0..options.len()).filter(move |at| is_chosen(recorded, *at))
}

/// Returns the label of the option with this value, or those of the options that are chosen.
fn label(request: &ReportRequest<'_>, item: ItemIx, answer: Option<f64>) -> Option<String> {
    let response = request.sheet.instrument.response(item);
    let Some(answer) = answer else {
        // The request contains no texts and dates, and not every table has the chosen options, so whether there is an answer
        // to such an item is unknown here.
        let words = request.sheet.words();
        let none = if is_scored(&response.kind) { words.not_answered } else { words.not_shown };
        return Some(none.to_owned());
    };
    let words =
        request.sheet.wording?.responses.get(request.sheet.instrument.items[item.0].response.0)?;
    match &response.kind {
        ResponseKind::YesNo => {
            let own = request.sheet.ui();
            let (label, other) =
                if answer == 0.0 { (&words.no_label, own.no) } else { (&words.yes_label, own.yes) };
            Some(label.as_deref().unwrap_or(other).to_owned())
        }
        ResponseKind::SeveralChoice { options } => {
            let labels = chosen(options, answer).filter_map(|at| words.labels.get(at));
            Some(labels.map(String::as_str).collect::<Vec<_>>().join("; "))
        }
        _ => {
            let at = response.position(answer)?;
            // The label of an option without words is its value, which is shown anyway.
            let is_unlabelled = response.options().get(at).is_some_and(|option| option.unlabelled);
            words.labels.get(at).filter(|_| !is_unlabelled).cloned()
        }
    }
}

/// Returns in words how many of the scored items were answered, and how many items are never scored.
pub(super) fn answered(
    instrument: &Instrument,
    answers: &[Option<f64>],
    words: &ReportWords,
) -> String {
    let all = instrument.items.len();
    let scored = |item: &usize| is_scored(&instrument.response(ItemIx(*item)).kind);
    let given = |item: &usize| scored(item) && answers.get(*item).is_some_and(Option::is_some);
    let (given, scored) = ((0..all).filter(given).count(), (0..all).filter(scored).count());
    let count = [("count", &*given.to_string()), ("all", &scored.to_string())];
    let text = filled(words.items_answered, &count);
    match all - scored {
        0 => text,
        1 => format!("{text}, {}", words.beside_one),
        more => {
            format!("{text}, {}", filled(words.beside_more, &[("more", &more.to_string())]))
        }
    }
}

fn is_scored(kind: &ResponseKind) -> bool {
    match kind {
        ResponseKind::Coded { options: _ }
        | ResponseKind::YesNo
        | ResponseKind::Numeric { min: _, max: _, decimals: _ }
        | ResponseKind::VisualAnalogue { min: _, max: _, decimals: _ }
        | ResponseKind::Time => true,
        ResponseKind::SeveralChoice { options: _ }
        | ResponseKind::Text { lines: _ }
        | ResponseKind::Date => false,
    }
}
