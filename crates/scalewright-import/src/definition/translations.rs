//! The other languages of a form.

use std::collections::BTreeSet;

use scalewright_model::TranslationStatus;
use scalewright_model::file::{
    InstrumentFile, ResponseScaleWordingFile, ScaleWordingFile, SectionWordingFile,
    TranslationFile, WordingFile,
};

use super::{Maker, words};
use crate::finding::{Finding, Kind};
use crate::form::{Choice, ResponseKind};
use crate::words::{Words, counted_texts};

/// The words of one language, and how many of them are missing.
struct Translated<'a> {
    language: &'a str,
    missing: usize,
}

impl Translated<'_> {
    /// The words, at most `most` characters. Words that the source has in other languages only are missing.
    fn of(&mut self, words: &Words, most: usize) -> Option<String> {
        if words.is_empty() {
            return None;
        }
        let text = words.of(self.language);
        self.missing += usize::from(text.is_none());
        text.map(|text| words::shortened(text, most))
    }
}

impl Maker<'_> {
    /// The wording files of the other languages. One that lacks texts says so, and is not published.
    pub(super) fn translations(&mut self, file: &InstrumentFile) -> Vec<WordingFile> {
        let mut all = Vec::new();
        for language in self.languages() {
            let (mut wording, missing) = self.wording(file, &language);
            if missing > 0 {
                let message = format!(
                    "the translation `{language}` lacks {} and is not published",
                    counted_texts(missing)
                );
                let help = format!("complete `{language}.toml`, and remove `incomplete = true`");
                let finding =
                    Finding::new(Kind::Changed, "incomplete-translation", &self.place, message);
                self.findings.push(finding.help(help));
                wording.incomplete = true;
            }
            all.push(wording);
        }
        all
    }

    /// The languages of the stems, without the main one.
    fn languages(&self) -> Vec<String> {
        let stems = self.form.items.iter().flat_map(|item| item.stem.iter());
        let languages: BTreeSet<&str> = stems.map(|(language, _)| language).collect();
        let others = languages
            .into_iter()
            .filter(|language| !language.is_empty() && *language != self.language);
        others.map(str::to_owned).collect()
    }

    /// The words of a language, and how many are missing. Titles of the instrument, scales and bands are names: where a
    /// source does not translate them, they are copied.
    pub(super) fn wording(&self, file: &InstrumentFile, language: &str) -> (WordingFile, usize) {
        let mut translated = Translated { language, missing: 0 };
        let form = self.form;
        let mut wording = WordingFile::new(&file.id, language);
        let is_main = language == self.language;
        let title = form.titled.title.of(language).map(|title| words::shortened(title, 300));
        wording.title = Some(title.unwrap_or_else(|| file.title.clone())).filter(|_| !is_main);
        wording.instructions = translated.of(&form.titled.instructions, 10_000);
        wording.translation = (!is_main)
            .then_some(TranslationFile { status: TranslationStatus::Draft, source: None });
        for (name, scale) in self.response_words(file, &mut translated) {
            wording.response_scales.insert(name, scale);
        }
        for section in &form.sections {
            let words = SectionWordingFile {
                title: translated.of(&section.title, 300),
                lead_in: translated.of(&section.lead_in, 2000),
                instructions: translated.of(&section.instructions, 10_000),
            };
            let is_used = file.sections.iter().any(|used| used.id == section.id);
            if is_used && words != SectionWordingFile::default() {
                wording.sections.insert(section.id.clone(), words);
            }
        }
        for item in &form.items {
            let stem = if item.stem.is_empty() {
                Some(item.column.clone())
            } else {
                translated.of(&item.stem, 4000)
            };
            wording.items.extend(stem.map(|stem| (item.id.clone(), stem)));
        }
        for note in &form.notes {
            let text = translated.of(&note.text, 10_000);
            wording.notes.extend(text.map(|text| (note.id.clone(), text)));
        }
        if !is_main {
            self.scale_words(file, language, &mut wording);
        }
        (wording, translated.missing)
    }

    fn scale_words(&self, file: &InstrumentFile, language: &str, wording: &mut WordingFile) {
        for scale in &file.scales {
            let score = self.form.scores.iter().find(|score| score.id == scale.id);
            let title = score.and_then(|score| score.title.of(language)).unwrap_or(&scale.title);
            let bands = scale.bands.iter().map(|band| (band.label.clone(), band.label.clone()));
            let words = ScaleWordingFile {
                title: Some(words::shortened(title, 300)),
                unit: None,
                bands: bands.collect(),
                feedback: std::collections::BTreeMap::new(),
            };
            wording.scales.insert(scale.id.clone(), words);
        }
    }

    fn response_words(
        &self,
        file: &InstrumentFile,
        translated: &mut Translated<'_>,
    ) -> Vec<(String, ResponseScaleWordingFile)> {
        let used = self
            .form
            .responses
            .iter()
            .filter(|response| file.response_scales.contains_key(&response.name));
        let mut all = Vec::new();
        for response in used {
            let blank = ResponseScaleWordingFile::default();
            let words = match &response.kind {
                ResponseKind::Coded(choices) | ResponseKind::Several(choices) => {
                    let labelled = choices.iter().filter(|choice| !self.is_unlabelled(choice));
                    let labels = labelled.filter_map(|choice| option_words(choice, translated));
                    ResponseScaleWordingFile { options: labels.collect(), ..blank }
                }
                ResponseKind::VisualAnalogue { min, max, low, high, decimals: _ } => {
                    let end = |words: &Words, value: f64, translated: &mut Translated<'_>| {
                        if words.is_empty() {
                            Some(value.to_string())
                        } else {
                            translated.of(words, 300)
                        }
                    };
                    let min_label = end(low, *min, translated);
                    ResponseScaleWordingFile {
                        min_label,
                        max_label: end(high, *max, translated),
                        ..blank
                    }
                }
                ResponseKind::YesNo { yes, no } => ResponseScaleWordingFile {
                    yes_label: translated.of(yes, 100),
                    no_label: translated.of(no, 100),
                    ..blank
                },
                ResponseKind::Numeric { unit, .. } => {
                    ResponseScaleWordingFile { unit: translated.of(unit, 100), ..blank }
                }
                ResponseKind::Text(_) | ResponseKind::Date | ResponseKind::Time => blank,
            };
            if words != ResponseScaleWordingFile::default() {
                all.push((response.name.clone(), words));
            }
        }
        all
    }
}

/// The label of an option. One without words is labelled with its number.
fn option_words(choice: &Choice, translated: &mut Translated<'_>) -> Option<(String, String)> {
    let label = if choice.label.is_empty() {
        Some(choice.value.to_string())
    } else {
        translated.of(&choice.label, 300)
    };
    label.map(|label| (choice.value.to_string(), label))
}
