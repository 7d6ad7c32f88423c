//! Headers of LimeSurvey's exports that are the texts of questions: `Question`, `Question [row]`, or `code. Question`.

use std::borrow::Cow;

use scalewright_export::limesurvey_codes::{CHOICE, Codes, SLIDER, answers};
use scalewright_model::{Instrument, ItemIx, ResponseKind};

use super::map_file::Map;
use super::word_cells::WordCells;
use super::worded::Wordings;
use crate::Stop;

/// The columns of LimeSurvey itself in exports with texts as headers, and in those with codes.
const OWN: [(&str, &str); 5] = [
    ("Response ID", "id"),
    ("Date submitted", "submitdate"),
    ("Last page", "lastpage"),
    ("Start language", "startlanguage"),
    ("Seed", "seed"),
];

/// The headers with codes in place of the words of items. `None` if no header has the words of an item.
///
/// # Errors
///
/// When a header has the words of two items, or two headers have the words of one.
pub(super) fn coded(
    name: &str,
    headers: &[String],
    codes: &Codes,
    (instrument, map): (&Instrument, &Map),
) -> Result<Option<Vec<String>>, Stop> {
    let words = Wordings::new(instrument, map);
    let cells = WordCells::new(instrument);
    let choices: Vec<Option<(usize, usize)>> =
        headers.iter().map(|header| choice(header, (&words, &cells), instrument)).collect();
    let texts = headers.iter().zip(&choices);
    let texts: Vec<String> = texts
        .map(|(header, choice)| match choice {
            Some(_) => String::new(),
            None => match by_code(&words, header, codes) {
                // A code decides where the words after it are cut.
                Some(item) => words.whole(item).unwrap_or_default(),
                None => plain(&words, header).into_owned(),
            },
        })
        .collect();
    let items = words.items_with_cut(name, &texts)?;
    if items.iter().all(Option::is_none) && choices.iter().all(Option::is_none) {
        return Ok(None);
    }
    let code = |item: usize| match map.names(&instrument.items[item].id) {
        true => map.column(&instrument.items[item].id),
        false => codes.items[item].as_str(),
    };
    let one = |at: usize| match (choices[at], items[at]) {
        (Some((item, option)), _) => {
            let own = answers(instrument.response(ItemIx(item)).options()).swap_remove(option);
            format!("{}[{CHOICE}{own}]", code(item))
        }
        (None, Some(item)) => match instrument.response(ItemIx(item)).kind {
            ResponseKind::VisualAnalogue { .. } => format!("{}[{SLIDER}]", code(item)),
            _ => code(item).to_owned(),
        },
        (None, None) => {
            let own = OWN.iter().find(|(text, _)| *text == headers[at]);
            own.map_or_else(|| headers[at].clone(), |(_, code)| (*code).to_owned())
        }
    };
    Ok(Some((0..headers.len()).map(one).collect()))
}

/// The item whose code precedes the cut words of a header: `q1. Over the la..`.
fn by_code(words: &Wordings<'_>, header: &str, codes: &Codes) -> Option<usize> {
    let (code, rest) = header.split_once(". ")?;
    let item = codes.items.iter().position(|own| own == code)?;
    (words.only(header).is_none() && words.only_cut(rest) != Some(item))
        .then_some(item)
        .filter(|item| words.is_cut_of(rest, *item))
}

/// The header without the code before it, if only the rest has the words of an item.
fn plain<'h>(words: &Wordings<'_>, header: &'h str) -> Cow<'h, str> {
    let rest = header.split_once(". ").map(|(_, rest)| rest);
    let fits = |rest: &str| words.has(rest) || words.only_cut(rest).is_some();
    match rest.filter(|rest| !words.has(header) && fits(rest)) {
        Some(rest) => rest.into(),
        None => header.into(),
    }
}

/// The item and the position of the option in the header of a choice: `Question [label]`.
fn choice(
    header: &str,
    (words, cells): (&Wordings<'_>, &WordCells),
    instrument: &Instrument,
) -> Option<(usize, usize)> {
    let (question, label) = header.strip_suffix(']')?.rsplit_once('[')?;
    let question = plain(words, question.trim_end());
    let item = words.only(&question)?;
    let scale = instrument.response(ItemIx(item));
    if !matches!(scale.kind, ResponseKind::SeveralChoice { .. }) {
        return None;
    }
    let option = scale.position(cells.option(item, label)?.number())?;
    Some((item, option))
}
