//! The texts between the items of a form beside the notes of the definition.

use scalewright_model::{Severity, Side};

use super::both::Both;
use super::conditions::{self, Subject};
use super::matched::{Matched, key, words};
use super::types::{Discrepancy, Names};
use crate::place::Place;
use crate::words::Words;

/// A text of the form that has the words of a note.
struct Found<'f> {
    /// The position among the notes of the form; `None` for instructions and headings, which are always shown.
    note: Option<usize>,
    text: &'f Words,
    /// The number of items of the form before it.
    at: usize,
    place: Place,
}

/// Notes that are lost, reworded, moved, or shown to others.
pub(super) fn findings(both: &Both<'_>, names: &Names) -> Vec<Discrepancy> {
    let matched = both.matched;
    // A list of items for people has no texts between them.
    if matched.form.is_list {
        return Vec::new();
    }
    let notes = 0..matched.instrument().notes.len();
    notes.flat_map(|note| of_note(both, names, note)).collect()
}

fn of_note(both: &Both<'_>, names: &Names, note: usize) -> Vec<Discrepancy> {
    let matched = both.matched;
    let id = &matched.instrument().notes[note].id;
    let Some(found) = find(matched, names, note) else {
        let file = matched.form.items.first().map(|item| item.place.file.as_str());
        let place = Place::new(file.unwrap_or_default(), "");
        let message = format!("the form has no note `{id}` with the words of the definition");
        return vec![Discrepancy::new("missing-note", Severity::Warning, &place, message)];
    };
    let mut findings = reworded(matched, note, &found);
    if is_moved(matched, note, found.at) {
        let message = format!("the note `{id}` is beside other items than in the definition");
        findings.push(Discrepancy::new("moved-note", Severity::Warning, &found.place, message));
    }
    let theirs = found.note.and_then(|note| matched.form.notes[note].condition.as_ref());
    let subject = Subject {
        id,
        asked: both.noted.get(&note).copied(),
        place: &found.place,
        severity: Severity::Warning,
    };
    findings.extend(conditions::finding(both, &subject, theirs));
    findings
}

/// The text of a note in the form: by its name, then by its words.
fn find<'f>(matched: &Matched<'f>, names: &Names, note: usize) -> Option<Found<'f>> {
    let id = &matched.instrument().notes[note].id;
    let other = names.of.iter().find(|(known, _)| known == id).map(|(_, name)| key(name));
    let wanted = [Some(key(id)), other];
    let texts = texts(matched);
    let by_name = texts.iter().position(|text| {
        let name = text.note.map(|note| key(&matched.form.notes[note].id));
        name.is_some() && wanted.contains(&name)
    });
    let has_words = |text: &Found<'_>, is_whole: bool| {
        matched.languages.iter().any(|(language, wording)| {
            let ours = words(&wording.notes[note]);
            let theirs = text.text.of(language).map(words).unwrap_or_default();
            !ours.is_empty() && (theirs == ours || !is_whole && theirs.contains(&ours))
        })
    };
    let by_words = |is_whole| texts.iter().position(|text| has_words(text, is_whole));
    let at = by_name.or_else(|| by_words(true)).or_else(|| by_words(false))?;
    texts.into_iter().nth(at)
}

/// All texts of the form between its items, the notes first.
fn texts<'f>(matched: &Matched<'f>) -> Vec<Found<'f>> {
    let form = matched.form;
    let mut texts: Vec<Found<'f>> = Vec::new();
    for (index, note) in form.notes.iter().enumerate() {
        let place = note.place.clone();
        texts.push(Found { note: Some(index), text: &note.text, at: note.at, place });
    }
    let start = form.items.first().map(|item| item.place.clone()).unwrap_or_default();
    let instructions = &form.titled.instructions;
    texts.push(Found { note: None, text: instructions, at: 0, place: start });
    for (index, section) in form.sections.iter().enumerate() {
        let first = form.items.iter().position(|item| item.section == Some(index));
        let Some(at) = first else { continue };
        for text in [&section.instructions, &section.lead_in, &section.title] {
            texts.push(Found { note: None, text, at, place: form.items[at].place.clone() });
        }
    }
    // Some platforms show a text only as part of a question.
    for (at, item) in form.items.iter().enumerate() {
        texts.push(Found { note: None, text: &item.stem, at, place: item.place.clone() });
    }
    texts
}

/// Other words in a language that both have.
fn reworded(matched: &Matched<'_>, note: usize, found: &Found<'_>) -> Vec<Discrepancy> {
    let id = &matched.instrument().notes[note].id;
    let differs = matched.languages.iter().filter_map(|(language, wording)| {
        let theirs = words(found.text.of(language)?);
        let ours = words(&wording.notes[note]);
        let is_same = theirs.is_empty() || ours.is_empty() || theirs.contains(&ours);
        (!is_same).then(|| {
            let message = format!(
                "the words of the note `{id}` in `{}` are not those of the definition",
                wording.language
            );
            Discrepancy::new("words-differ", Severity::Warning, &found.place, message)
        })
    });
    differs.collect()
}

/// Whether the items before and after a text of the form are both others than in the definition. `at` is the number of
/// items of the form before it. Another order of the items alone moves no note.
fn is_moved(matched: &Matched<'_>, note: usize, at: usize) -> bool {
    let instrument = matched.instrument();
    let of = &instrument.notes[note];
    let next = of.item.0 + usize::from(of.side == Side::After);
    let is_there = |item: &usize| matched.items[*item].is_some();
    let ours = ((0..next).rev().find(is_there), (next..instrument.items.len()).find(is_there));
    let of_form = |position: usize| matched.items.iter().position(|at| *at == Some(position));
    let theirs = (
        (0..at.min(matched.form.items.len())).rev().find_map(of_form),
        (at..matched.form.items.len()).find_map(of_form),
    );
    ours.0 != theirs.0 && ours.1 != theirs.1
}
