//! Compares the words of each language. Words that respondents read are major changes; names of scales and bands are
//! not.

use std::collections::BTreeMap;

use scalewright_model::file::TranslationStatus;
use scalewright_model::{
    ItemIx, NoteIx, OptionValue, Pointer, ResponseWording, ScaleWording, SectionIx, SectionWording,
    Wording,
};

use super::same_words::same_words;
use super::{Both, Change, Kind, Touches, listed, notes, responses, word};

pub(super) fn compare(both: &Both<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (both.old.instrument, both.new.instrument);
    let same_source = primary(&old.language) == primary(&new.language);
    if !same_source {
        let change = Change::new(Kind::SourceLanguage, "the language of the words");
        let change = change.was(&old.language).is(&new.language);
        changes.push(change.at(Pointer::top("language")).touching(Touches::Everything));
    }
    recall_period(both, changes);
    let mut matched = vec![false; new.wordings.len()];
    for before in &old.wordings {
        let source = is_source(&before.language, &old.language);
        // The source language may get a region, such as `en` to `en-GB`, and still have the same words.
        let language = if source && same_source { &new.language } else { &before.language };
        let after = new.wordings.iter().position(|w| w.language.eq_ignore_ascii_case(language));
        match after {
            Some(index) => {
                matched[index] = true;
                Words::of(both, before, &new.wordings[index]).compare(changes);
            }
            // The change of the source language is already reported.
            None if source && !same_source => {}
            None => changes.push(removed(both, before, source)),
        }
    }
    for (wording, _) in new.wordings.iter().zip(matched).filter(|(_, matched)| !matched) {
        if same_source || !is_source(&wording.language, &new.language) {
            changes.push(added(both, wording));
        }
    }
}

fn removed(both: &Both<'_>, wording: &Wording, source: bool) -> Change {
    let document = both.old.document(&wording.language);
    let place = Pointer::top("language");
    let language = &wording.language;
    let change = match source {
        true => Change::new(Kind::WordsRemoved, "the words are no longer included"),
        false => {
            let what = format!("the translation into `{language}` is removed");
            Change::new(Kind::TranslationRemoved, what).in_language(language)
        }
    };
    change.gone_inside(document, place)
}

fn added(both: &Both<'_>, wording: &Wording) -> Change {
    let document = both.new.document(&wording.language);
    let language = &wording.language;
    let change = match is_source(language, &both.new.instrument.language) {
        true => Change::new(Kind::WordsAdded, "the words are now included"),
        false => {
            let what = format!("a translation into `{language}` is added");
            Change::new(Kind::TranslationAdded, what).in_language(language)
        }
    };
    change.inside(document, Pointer::top("language"))
}

/// Compares the recall period of the definition, which is not withheld with the words.
fn recall_period(both: &Both<'_>, changes: &mut Vec<Change>) {
    let old = both.old.instrument.administration.recall_period.clone();
    let new = both.new.instrument.administration.recall_period.clone();
    if old == new {
        return;
    }
    let alike = same_words(old.as_deref(), new.as_deref());
    let kind = if alike { Kind::Typography } else { Kind::Words };
    let change = Change::new(kind, "the recall period").turns(old, new);
    let place = Pointer::top("administration").key("recall-period");
    changes.push(change.at(place).touching(Touches::Everything));
}

fn is_source(language: &str, source: &str) -> bool {
    language.eq_ignore_ascii_case(source)
}

fn primary(language: &str) -> String {
    language.split('-').next().unwrap_or_default().to_ascii_lowercase()
}

/// The words of one language in both versions.
struct Words<'a> {
    both: &'a Both<'a>,
    old: &'a Wording,
    new: &'a Wording,
    /// The index of the document with the new words.
    document: usize,
    /// The language, unless it is the source language.
    language: Option<&'a str>,
}

impl<'a> Words<'a> {
    fn of(both: &'a Both<'a>, old: &'a Wording, new: &'a Wording) -> Self {
        let document = both.new.document(&new.language);
        let source = is_source(&new.language, &both.new.instrument.language);
        let language = (!source).then_some(new.language.as_str());
        Self { both, old, new, document, language }
    }

    fn compare(&self, changes: &mut Vec<Change>) {
        let Wording {
            language: _,
            title,
            instructions,
            recall_period,
            translation,
            notice,
            responses: _,
            sections: _,
            stems: _,
            notes: _,
            scales,
        } = self.old;
        let root = Pointer::root();
        let read = |what: &str, old: &Option<String>, new: &Option<String>, key: &str| {
            self.read(what, (old.as_deref(), new.as_deref()), root.key(key), Touches::Everything)
        };
        changes.extend(read(
            "the instructions",
            instructions,
            &self.new.instructions,
            "instructions",
        ));
        self.stems(changes);
        self.notes(changes);
        self.sections(changes);
        self.responses(changes);
        // In the source language, other modules compare names and notice, and `recall_period` the recall period.
        let Some(language) = self.language else { return };
        changes.extend(read(
            "the recall period",
            recall_period,
            &self.new.recall_period,
            "recall-period",
        ));
        let name = |what: String, old: Option<String>, new: Option<String>, place: Pointer| {
            let change = Change::new(Kind::TranslationStatus, what).turns(old, new);
            change.inside(self.document, place).in_language(language)
        };
        if *title != self.new.title {
            let (old, new) = (Some(title.clone()), Some(self.new.title.clone()));
            changes.push(name("the title".to_owned(), old, new, root.key("title")));
        }
        if *translation != self.new.translation {
            let text = |status: &Option<TranslationStatus>| status.map(word);
            let (old, new) = (text(translation), text(&self.new.translation));
            let place = root.key("translation").key("status");
            changes.push(name("the status of the translation".to_owned(), old, new, place));
        }
        if *notice != self.new.notice {
            let change = Change::new(Kind::RightsText, "the rights notice of the translation");
            let change = change.turns(notice.clone(), self.new.notice.clone());
            changes.push(change.inside(self.document, root.key("notice")).in_language(language));
        }
        self.names(scales, changes, &name);
    }

    /// Returns the change of words that respondents read, or `None` if they are equal.
    fn read(
        &self,
        what: impl Into<String>,
        (old, new): (Option<&str>, Option<&str>),
        place: Pointer,
        touches: Touches,
    ) -> Option<Change> {
        if old == new {
            return None;
        }
        // Only the old status counts: the words of a draft may change, whatever the translation is now.
        let draft = self.old.translation == Some(TranslationStatus::Draft);
        let kind = match (same_words(old, new), self.language, draft) {
            (true, None, _) => Kind::Typography,
            (true, Some(_), _) => Kind::TranslationTypography,
            (false, None, _) => Kind::Words,
            (false, Some(_), true) => Kind::DraftWords,
            (false, Some(_), false) => Kind::TranslationWords,
        };
        let change = Change::new(kind, what).turns(old.map(str::to_owned), new.map(str::to_owned));
        let change = change.inside(self.document, place).touching(touches);
        Some(match self.language {
            Some(language) => change.in_language(language),
            None => change,
        })
    }

    fn stems(&self, changes: &mut Vec<Change>) {
        for (old, new) in self.both.pairs.items.iter().enumerate() {
            let Some(new) = *new else { continue };
            let id = self.both.new.item(new);
            let place = match self.document {
                0 => Pointer::item(new).key("stem"),
                _ => Pointer::top("items").key(id),
            };
            let (before, after) = (self.old.stems.get(old), self.new.stems.get(new.0));
            let texts = (before.map(String::as_str), after.map(String::as_str));
            let touches = Touches::Items(vec![new]);
            changes.extend(self.read(format!("the stem of `{id}`"), texts, place, touches));
        }
    }

    /// Compares the texts of notes that both versions have.
    fn notes(&self, changes: &mut Vec<Change>) {
        let (old, new) = (self.both.old.instrument, self.both.new.instrument);
        for (index, note) in new.notes.iter().enumerate() {
            let Some(before) = notes::position(old, &note.id) else { continue };
            let place = match self.document {
                0 => Pointer::note(NoteIx(index)).key("text"),
                _ => Pointer::top("notes").key(&note.id),
            };
            let (was, is) = (self.old.notes.get(before.0), self.new.notes.get(index));
            let texts = (was.map(String::as_str), is.map(String::as_str));
            let what = format!("the text of the note `{}`", note.id);
            changes.extend(self.read(what, texts, place, notes::after(new, note)));
        }
    }

    /// Compares the words around items: those of the section that an item was in with those of the section it is in
    /// now.
    fn sections(&self, changes: &mut Vec<Change>) {
        let (old, new) = (self.both.old.instrument, self.both.new.instrument);
        let mut together: BTreeMap<(Option<SectionIx>, Option<SectionIx>), Vec<ItemIx>> =
            BTreeMap::new();
        for (before, after) in self.both.pairs.items.iter().enumerate() {
            let Some(after) = *after else { continue };
            let pair = (old.items[before].section, new.items[after.0].section);
            together.entry(pair).or_default().push(after);
        }
        let nothing = SectionWording::default();
        for ((before, after), items) in together {
            let words = |wording: &'a Wording, at: Option<SectionIx>| {
                at.and_then(|at| wording.sections.get(at.0))
            };
            let old = words(self.old, before).unwrap_or(&nothing);
            let new_words = words(self.new, after).unwrap_or(&nothing);
            let place = match after {
                None => Pointer::item(ItemIx(items.first().map_or(0, |item| item.0))),
                Some(at) if self.document == 0 => Pointer::section(at),
                Some(at) => Pointer::top("sections").key(&new.sections[at.0].id),
            };
            let of = listed(items.iter().map(|item| self.both.new.item(*item)));
            let SectionWording { title, lead_in, instructions } = old;
            for (what, key, old, new) in [
                ("heading", "title", title, &new_words.title),
                ("lead-in", "lead-in", lead_in, &new_words.lead_in),
                ("instructions", "instructions", instructions, &new_words.instructions),
            ] {
                let what = format!("the {what} above {of}");
                let touches = Touches::Items(items.clone());
                let texts = (old.as_deref(), new.as_deref());
                changes.extend(self.read(what, texts, place.key(key), touches));
            }
        }
    }

    fn responses(&self, changes: &mut Vec<Change>) {
        for ((before, after), items) in responses::used(self.both) {
            let (Some(old), Some(new)) =
                (self.old.responses.get(before), self.new.responses.get(after))
            else {
                continue;
            };
            let scale = &self.both.new.instrument.response_scales[after];
            let place = Pointer::response_scale(&scale.name);
            // `responses` reports labels that moved to other values.
            if self.language.is_none() && items.iter().any(|item| self.both.labels_moved[item.0]) {
                continue;
            }
            let touches = || Touches::Items(items.clone());
            let name = &scale.name;
            let ResponseWording { labels, min_label, max_label, yes_label, no_label, unit } = old;
            let was: BTreeMap<OptionValue, &String> = self.both.old.instrument.response_scales
                [before]
                .options()
                .iter()
                .map(|option| option.value)
                .zip(labels)
                .collect();
            for (index, (option, label)) in scale.options().iter().zip(&new.labels).enumerate() {
                // `responses` reports values that are added or removed.
                let Some(old) = was.get(&option.value) else { continue };
                let place = match self.document {
                    0 => place.key("options").index(index).key("label"),
                    _ => place.key("options").key(&option.value.to_string()),
                };
                let what = format!("the label of {} on `{name}`", option.value);
                let texts = (Some(old.as_str()), Some(label.as_str()));
                changes.extend(self.read(what, texts, place, touches()));
            }
            for (what, key, old, new) in [
                ("the words at the low end", "min-label", min_label, &new.min_label),
                ("the words at the high end", "max-label", max_label, &new.max_label),
                ("the word for yes", "yes-label", yes_label, &new.yes_label),
                ("the word for no", "no-label", no_label, &new.no_label),
                ("the unit", "unit", unit, &new.unit),
            ] {
                let what = format!("{what} on `{name}`");
                let texts = (old.as_deref(), new.as_deref());
                changes.extend(self.read(what, texts, place.key(key), touches()));
            }
        }
    }

    /// Compares the names that a translation gives to scales, units and bands.
    fn names(
        &self,
        old: &[ScaleWording],
        changes: &mut Vec<Change>,
        name: &dyn Fn(String, Option<String>, Option<String>, Pointer) -> Change,
    ) {
        for (old, new) in old.iter().enumerate().filter_map(|(index, old)| {
            let new = self.both.pairs.scales.get(index).copied().flatten()?;
            Some((old, new))
        }) {
            let Some(after) = self.new.scales.get(new.0) else { continue };
            let id = self.both.new.scale(new);
            let place = Pointer::top("scales").key(id);
            let ScaleWording { title, unit, bands, band_sets, feedback } = old;
            if *unit != after.unit {
                let what = format!("the unit of `{id}`");
                changes.push(name(what, unit.clone(), after.unit.clone(), place.key("unit")));
            }
            if *title != after.title {
                let what = format!("the title of `{id}`");
                let (old, new) = (Some(title.clone()), Some(after.title.clone()));
                changes.push(name(what, old, new, place.key("title")));
            }
            // `bands` reports bands that are added or removed.
            let sets = std::iter::once((bands, &after.bands))
                .chain(band_sets.iter().zip(&after.band_sets));
            for (old, new) in sets.filter(|(old, new)| old.len() == new.len()) {
                for (old, new) in old.iter().zip(new).filter(|(old, new)| old != new) {
                    let what = format!("the name of a band of `{id}`");
                    let (old, new) = (Some(old.clone()), Some(new.clone()));
                    changes.push(name(what, old, new, place.key("bands")));
                }
            }
            let sets = feedback.iter().zip(&after.feedback);
            for (old, new) in sets.filter(|(old, new)| old.len() == new.len()) {
                for (old, new) in old.iter().zip(new).filter(|(old, new)| old != new) {
                    let what = format!("the feedback on a band of `{id}`");
                    let change = Change::new(Kind::Feedback, what).turns(old.clone(), new.clone());
                    let change = change.inside(self.document, place.key("feedback"));
                    changes.push(change.in_language(self.language.unwrap_or_default()));
                }
            }
        }
    }
}
