//! Takes the words of the items that were matched, of their answers, and of the form as a whole.

use std::borrow::Cow;
use std::collections::BTreeMap;

use scalewright_model::file::{
    ResponseScaleWordingFile, ScaleWordingFile, TranslationFile, WordingFile,
};
use scalewright_model::{Instrument, ResponseKind, Scale, TranslationStatus};

use super::answers::{Part, offered};
use super::items::Matching;
use super::sections;
use super::types::{Remark, Taken, TakenItem};
use crate::alike::key;
use crate::form::Form;
use crate::place::Place;
use crate::words::Words;

/// What a report mentions of the findings about a form: those about its words.
const ABOUT_WORDS: [&str; 4] = ["markup-removed", "placeholder-left", "media", "text-cut"];

/// The words of a form in a language.
pub(super) fn words(
    form: &Form,
    instrument: &Instrument,
    matching: &Matching,
    language: &str,
) -> Taken {
    let taken = Taken {
        format: (Cow::Borrowed(""), Cow::Borrowed("")),
        id: instrument.id.clone(),
        items: Vec::new(),
        of_items: instrument.items.len(),
        refusals: matching.refusals.clone(),
        lacking: Vec::new(),
        beyond: Vec::new(),
        changed: Vec::new(),
        file: WordingFile::new(&instrument.id, language),
    };
    let mut taker = Taker { form, instrument, matching, taken };
    taker.whole();
    taker.items();
    taker.notes();
    taker.responses();
    sections::take(&mut taker);
    taker.scales();
    taker.beyond();
    taker.taken
}

/// A wording file while it is filled.
pub(super) struct Taker<'a> {
    pub(super) form: &'a Form,
    pub(super) instrument: &'a Instrument,
    pub(super) matching: &'a Matching,
    pub(super) taken: Taken,
}

impl<'a> Taker<'a> {
    /// Whether the words are in the language of the definition, which then has the names of scales.
    fn is_source(&self) -> bool {
        self.taken.file.language.eq_ignore_ascii_case(&self.instrument.language)
    }

    /// The words in the language. Words without a language are in that of the form.
    pub(super) fn text(&self, words: &'a Words) -> Option<&'a str> {
        let wanted = &self.taken.file.language;
        let own = self.form.language.as_ref().is_none_or(|own| own.eq_ignore_ascii_case(wanted));
        let named = words.iter().find(|(language, _)| language.eq_ignore_ascii_case(wanted));
        let unnamed = || words.iter().find(|(language, _)| language.is_empty() && own);
        named.or_else(unnamed).map(|(_, text)| text)
    }

    /// The words, if they fit into a wording file. A text that would be cut is not certain.
    pub(super) fn fitting(
        &mut self,
        words: &'a Words,
        most: usize,
        place: &Place,
    ) -> Option<String> {
        let text = self.text(words)?;
        let length = text.chars().count();
        if length > most {
            let message = format!("a text of {length} characters is too long: at most {most}");
            self.taken.refusals.push(Remark::new(place, message));
            return None;
        }
        Some(text.to_owned())
    }

    /// The words, or an empty text under a key that the form lacks.
    fn needed(&mut self, key: String, text: Option<String>) -> String {
        if text.is_none() {
            self.taken.lacking.push(key);
        }
        text.unwrap_or_default()
    }

    /// The texts of notes, which are certain only if they have the same ids.
    fn notes(&mut self) {
        let (form, instrument) = (self.form, self.instrument);
        for note in &instrument.notes {
            let own = form.notes.iter().find(|own| own.id == note.id);
            let text = own.and_then(|own| self.fitting(&own.text, 10_000, &own.place));
            let text = self.needed(format!("notes.{}", note.id), text);
            self.taken.file.notes.insert(note.id.clone(), text);
        }
    }

    fn whole(&mut self) {
        let titled = &self.form.titled;
        let place = self.place();
        self.taken.file.instructions = self.fitting(&titled.instructions, 10_000, &place);
        if self.is_source() {
            return;
        }
        let title = self.fitting(&titled.title, 300, &place);
        self.taken.file.title = Some(self.needed("title".to_owned(), title));
        if self.instrument.administration.recall_period.is_some() {
            let period = self.needed("recall-period".to_owned(), None);
            self.taken.file.recall_period = Some(period);
        }
        let translation = TranslationFile { status: TranslationStatus::Draft, source: None };
        self.taken.file.translation = Some(translation);
    }

    /// The file of the form.
    pub(super) fn place(&self) -> Place {
        let file = self.form.items.first().map(|item| item.place.file.clone());
        Place::new(&file.unwrap_or_default(), "")
    }

    /// Whether each stem begins with the number that the definition prints before it.
    fn are_numbered(&self) -> bool {
        let found = self.instrument.items.iter().zip(&self.matching.items);
        let stems = found.filter_map(|(ours, found)| {
            let (position, _) = (*found)?;
            Some((&ours.number, self.text(&self.form.items[position].stem)?))
        });
        let numbered: Vec<bool> = stems
            .filter(|(number, _)| !number.is_empty())
            .map(|(number, stem)| without_number(stem, number).is_some())
            .collect();
        numbered.len() > 1 && numbered.iter().all(|is_numbered| *is_numbered)
    }

    fn items(&mut self) {
        let are_numbered = self.are_numbered();
        if are_numbered {
            let message =
                "numbers were removed from the words of the items: the definition has them";
            let place = self.place();
            self.taken.changed.push(Remark::new(&place, message.to_owned()));
        }
        for (ours, found) in self.instrument.items.iter().zip(&self.matching.items) {
            let mut stem = None;
            if let Some((position, by)) = *found {
                let theirs = &self.form.items[position];
                stem = self.fitting(&theirs.stem, 4000, &theirs.place);
                stem = stem.map(|stem| match without_number(&stem, &ours.number) {
                    Some(rest) if are_numbered => rest.to_owned(),
                    _ => stem,
                });
                let (id, name) = (ours.id.clone(), theirs.column.clone());
                let place = theirs.place.clone();
                self.taken.items.push(TakenItem { id, name, by, place });
            }
            let stem = self.needed(format!("items.{}", ours.id), stem);
            self.taken.file.items.insert(ours.id.clone(), stem);
        }
    }

    fn responses(&mut self) {
        for index in 0..self.instrument.response_scales.len() {
            let words = self.offered(index);
            self.response(index, &words);
        }
    }

    /// The words of the parts of a response scale, on which all items must agree.
    fn offered(&mut self, response: usize) -> BTreeMap<Part, String> {
        let mut words: BTreeMap<Part, (String, &'a str)> = BTreeMap::new();
        let scale = &self.instrument.response_scales[response];
        for (index, found) in self.matching.items.iter().enumerate() {
            let ours = &self.instrument.items[index];
            let Some((position, _)) = found.filter(|_| ours.response.0 == response) else {
                continue;
            };
            let theirs = &self.form.items[position];
            let kind = &self.form.responses[theirs.response].kind;
            let offered = match offered(self.form, scale, kind) {
                Ok(offered) => offered,
                Err(reason) => {
                    let message = format!("`{}`: {reason}", ours.id);
                    self.taken.refusals.push(Remark::new(&theirs.place, message));
                    continue;
                }
            };
            for (part, text) in offered.words {
                let Some(text) = self.fitting(text, 300, &theirs.place) else { continue };
                let (known, first) = words.entry(part).or_insert_with(|| (text.clone(), &ours.id));
                if *known != text {
                    let message = format!(
                        "`{}`: an answer has other words than that of `{first}`, and both have the response scale `{}`: `{text}` and `{known}`",
                        ours.id, scale.name
                    );
                    self.taken.refusals.push(Remark::new(&theirs.place, message));
                }
            }
            for choice in offered.beyond {
                let label = self.text(&choice.label).unwrap_or(&choice.stored);
                let message = format!(
                    "the option `{label}` of `{}` means no answer and is not taken",
                    ours.id
                );
                self.taken.beyond.push(Remark::new(&theirs.place, message));
            }
        }
        words.into_iter().map(|(part, (text, _))| (part, text)).collect()
    }

    fn response(&mut self, index: usize, words: &BTreeMap<Part, String>) {
        let scale = &self.instrument.response_scales[index];
        let at = format!("response-scales.{}", scale.name);
        let of = |part: Part| words.get(&part).cloned();
        let mut file = ResponseScaleWordingFile::default();
        match &scale.kind {
            ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => {
                for option in options.iter().filter(|option| !option.unlabelled) {
                    let key = format!("{at}.options.{}", option.value);
                    let label = self.needed(key, of(Part::Option(option.value)));
                    file.options.insert(option.value.to_string(), label);
                }
            }
            ResponseKind::VisualAnalogue { .. } => {
                file.min_label = Some(self.needed(format!("{at}.min-label"), of(Part::Low)));
                file.max_label = Some(self.needed(format!("{at}.max-label"), of(Part::High)));
            }
            // The usual words are printed if there are none, and the unit is in the definition.
            ResponseKind::YesNo => (file.yes_label, file.no_label) = (of(Part::Yes), of(Part::No)),
            ResponseKind::Numeric { .. } if !self.is_source() => file.unit = of(Part::Unit),
            ResponseKind::Numeric { .. }
            | ResponseKind::Text { .. }
            | ResponseKind::Date
            | ResponseKind::Time => {}
        }
        if file != ResponseScaleWordingFile::default() {
            self.taken.file.response_scales.insert(scale.name.clone(), file);
        }
    }

    fn scales(&mut self) {
        if self.is_source() {
            return;
        }
        for scale in &self.instrument.scales {
            let file = self.scale(scale);
            self.taken.file.scales.insert(scale.id.clone(), file);
        }
    }

    /// The names of a scale. Forms have no words for bands, and no feedback.
    fn scale(&mut self, scale: &Scale) -> ScaleWordingFile {
        let at = format!("scales.{}", scale.id);
        let own = key(&scale.id);
        let mut scores = self.form.scores.iter();
        let score = scores.find(|score| [key(&score.id), key(&score.column)].contains(&own));
        // Without a title of its own, a score has its name as its title.
        let titled = score.filter(|score| self.text(&score.title) != Some(&score.column));
        let place = self.place();
        let title = titled.and_then(|score| self.fitting(&score.title, 300, &place));
        let mut file = ScaleWordingFile {
            title: Some(self.needed(format!("{at}.title"), title)),
            ..ScaleWordingFile::default()
        };
        file.unit = scale.unit.as_ref().map(|_| self.needed(format!("{at}.unit"), None));
        for band in scale.all_bands().flat_map(|(_, bands)| bands) {
            if !file.bands.contains_key(&band.label) {
                let text = self.needed(format!("{at}.bands.{}", band.label), None);
                file.bands.insert(band.label.clone(), text);
            }
            if band.feedback.is_some() && !file.feedback.contains_key(&band.label) {
                let text = self.needed(format!("{at}.feedback.{}", band.label), None);
                file.feedback.insert(band.label.clone(), text);
            }
        }
        file
    }

    /// What only the form has, and what was changed in its words.
    fn beyond(&mut self) {
        let items = self.form.items.iter().enumerate();
        for (_, item) in items.filter(|(position, _)| !self.matching.has(*position)) {
            let message = format!("`{}` is not in the definition", item.column);
            self.taken.beyond.push(Remark::new(&item.place, message));
        }
        if self.text(&self.form.titled.notice).is_some() {
            let message = "the notice is not taken: that of the definition is printed".to_owned();
            self.taken.beyond.push(Remark::new(&self.place(), message));
        }
        let about = self.form.findings.iter().filter(|one| ABOUT_WORDS.contains(&&*one.code));
        let changed = about.map(|finding| Remark::new(&finding.place, finding.message.clone()));
        self.taken.changed.extend(changed);
    }
}

/// A stem without its printed number: `1. I walk.`, `1) I walk.`
fn without_number<'t>(stem: &'t str, number: &str) -> Option<&'t str> {
    let rest = stem.strip_prefix(number).filter(|_| !number.is_empty())?;
    let rest = rest.strip_prefix(['.', ')', ':']).unwrap_or(rest);
    rest.strip_prefix(' ').map(str::trim_start).filter(|rest| !rest.is_empty())
}
