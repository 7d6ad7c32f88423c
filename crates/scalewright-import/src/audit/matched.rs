//! The items and options of a form that are those of a definition.

use scalewright_model::{Instrument, ItemIx, OptionValue, ResponseKind as OurKind, Wording};

use super::known::Known;
use super::types::{Against, Names};
pub(super) use crate::alike::{key, words};
use crate::form::{Choice, Form, ResponseKind};

/// A form and the definition that it is compared with.
pub(super) struct Matched<'a> {
    pub(super) form: &'a Form,
    pub(super) against: Against<'a>,
    /// For each item of the definition, the position of the item of the form.
    pub(super) items: Vec<Option<usize>>,
    /// For each language that both have, its tag in the form and the words of the definition.
    pub(super) languages: Vec<(String, &'a Wording)>,
}

impl<'a> Matched<'a> {
    pub(super) fn of(known: &Known<'a>, against: &Against<'a>, names: &Names) -> Self {
        let form = known.form;
        let languages = languages(known, against.instrument);
        let mut taken = vec![false; form.items.len()];
        let take = |position: Option<usize>, taken: &mut [bool]| {
            position.inspect(|position| taken[*position] = true)
        };
        let ids = against.instrument.items.iter().map(|item| item.id.as_str());
        let by_name = |id| take(known.named(&wanted(id, names), &taken), &mut taken);
        let mut items: Vec<Option<usize>> = ids.map(by_name).collect();
        for (index, place) in items.iter_mut().enumerate().filter(|(_, place)| place.is_none()) {
            let stems = languages.iter().map(|(tag, own)| (tag.as_str(), &*own.stems[index]));
            *place = take(known.only(stems, &taken), &mut taken);
        }
        Self { form, against: *against, items, languages }
    }

    /// How many items of the definition the form has.
    pub(super) fn count(&self) -> usize {
        self.items.iter().flatten().count()
    }

    pub(super) fn instrument(&self) -> &'a Instrument {
        self.against.instrument
    }

    /// The options of an item of the form, if it has any.
    pub(super) fn choices(&self, item: usize) -> Option<&'a [Choice]> {
        match &self.form.responses[self.form.items[item].response].kind {
            ResponseKind::Coded(choices) => Some(choices),
            _ => None,
        }
    }

    /// For each value that the definition scores, what the form has as its value. Options are matched by their words,
    /// then by what is stored, then by their values.
    pub(super) fn values(&self, item: usize, position: usize) -> Vec<(f64, f64)> {
        let scale = self.instrument().response(ItemIx(item));
        let response = self.instrument().items[item].response.0;
        let pair = |ours: OptionValue, theirs: OptionValue| (ours.number(), theirs.number());
        match (&scale.kind, self.choices(position)) {
            (OurKind::Coded { options }, Some(choices)) => {
                let scored = options.iter().enumerate().filter(|(_, option)| !option.non_response);
                let pairs = scored.filter_map(|(index, option)| {
                    let choice = self.by_label(response, index, choices).or_else(|| {
                        choices.iter().find(|choice| {
                            option.code.as_ref().is_some_and(|code| *code == choice.stored)
                        })
                    });
                    let choice = choice.or_else(|| {
                        choices.iter().find(|choice| choice.stored == option.value.to_string())
                    });
                    let choice = choice
                        .or_else(|| choices.iter().find(|choice| choice.value == option.value));
                    choice.map(|choice| pair(option.value, choice.value))
                });
                pairs.collect()
            }
            (OurKind::YesNo, Some(choices)) => {
                let value = |stored: [&str; 4]| {
                    choices
                        .iter()
                        .find(|choice| stored.contains(&choice.stored.to_lowercase().as_str()))
                };
                let (no, yes) =
                    (value(["0", "n", "no", "false"]), value(["1", "y", "yes", "true"]));
                no.zip(yes)
                    .map(|(no, yes)| {
                        vec![(0.0, pair(0.into(), no.value).1), (1.0, pair(1.into(), yes.value).1)]
                    })
                    .unwrap_or_default()
            }
            (OurKind::YesNo, None) => vec![(0.0, 0.0), (1.0, 1.0)],
            (OurKind::Coded { options }, None) => {
                // A form may ask for the number itself.
                options
                    .iter()
                    .filter(|option| !option.non_response)
                    .map(|option| (option.value.number(), option.value.number()))
                    .collect()
            }
            _ => Vec::new(),
        }
    }

    /// The only option with the words of option `index`.
    pub(super) fn by_label<'c>(
        &self,
        response: usize,
        index: usize,
        choices: &'c [Choice],
    ) -> Option<&'c Choice> {
        self.languages.iter().find_map(|(language, wording)| {
            let label = words(wording.responses[response].labels.get(index)?);
            let is_same =
                |choice: &&Choice| choice.label.of(language).map(words).as_ref() == Some(&label);
            let mut same = choices.iter().filter(is_same);
            same.next().filter(|_| same.next().is_none() && !label.is_empty())
        })
    }
}

/// The names of the item with this id, as keys: the id, and its name in a table of names.
fn wanted(id: &str, names: &Names) -> Vec<String> {
    let other = names.of.iter().find(|(known, _)| known == id).map(|(_, name)| name.as_str());
    [Some(id), other].into_iter().flatten().map(key).collect()
}

/// The languages that a form and a definition share.
fn languages<'a>(known: &Known<'a>, instrument: &'a Instrument) -> Vec<(String, &'a Wording)> {
    let form = known.form;
    let own = |tag: &str| {
        let tag = if tag.is_empty() {
            form.language.as_deref().unwrap_or(&instrument.language)
        } else {
            tag
        };
        let main = |tag: &str| tag.split('-').next().map(str::to_lowercase);
        instrument.wording(tag).or_else(|| {
            let mut same =
                instrument.wordings.iter().filter(|wording| main(&wording.language) == main(tag));
            same.next().filter(|_| same.next().is_none())
        })
    };
    let shared = known.tags().filter_map(|tag| Some((tag.to_owned(), own(tag)?)));
    let mut shared: Vec<(String, &Wording)> = shared.collect();
    // The words of the definition itself come first: others are compared with them.
    shared.sort_by_key(|(_, wording)| wording.language != instrument.language);
    shared
}
