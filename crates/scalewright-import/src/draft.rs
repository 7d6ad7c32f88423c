//! A form while a table of items is read: its ids, response scales, sections, words and rules.

mod keyed;
mod names;
mod rules;
mod texts;

use scalewright_model::OptionValue;
use std::collections::BTreeMap;

use crate::choices::{LARGEST, MOST_OPTIONS, number, values};
use crate::finding::{Finding, Kind};
use crate::form::rule::Rule;
use crate::form::{Choice, Form, Item, Response, ResponseKind, Score, Section};
use crate::ids::Ids;
use crate::options::{Options, reads_like_no_answer};
use crate::place::Place;
use crate::words::Words;
pub(crate) use keyed::{Keyed, keyed};
pub(crate) use names::Names;
pub(crate) use rules::{Calculation, Language, condition, rules};
use texts::Texts;

/// The most items of a form.
const MOST_ITEMS: usize = 5000;

/// An option as a source lists it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Listed {
    /// What the source stores.
    pub(crate) stored: String,
    /// The words.
    pub(crate) label: Words,
    /// Whether the source says that it means no answer.
    pub(crate) non_response: bool,
    /// Where the source lists it.
    pub(crate) place: Place,
}

/// The words above an item.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Around {
    /// The name of the section in the source; empty if it has none.
    pub(crate) name: String,
    /// The heading.
    pub(crate) title: Words,
    /// The words that all items continue.
    pub(crate) lead_in: Words,
    /// The instructions.
    pub(crate) instructions: Words,
}

/// An item before it has an id.
pub(crate) struct NewItem {
    /// The name in the source, from which the id is made.
    pub(crate) name: String,
    /// The column in data.
    pub(crate) column: String,
    /// The words.
    pub(crate) stem: Words,
    /// The position of the response scale.
    pub(crate) response: usize,
    /// Whether an answer is required.
    pub(crate) required: bool,
    /// Where the source has it.
    pub(crate) place: Place,
}

/// A form while it is read.
pub(crate) struct Draft<'a> {
    pub(crate) file: &'a str,
    pub(crate) options: &'a Options,
    pub(crate) form: Form,
    pub(crate) ids: Ids,
    pub(crate) names: Names,
    texts: Texts,
    /// The position of each response scale, by what it consists of.
    answers: BTreeMap<String, usize>,
    /// What was above the last item, and its section.
    last: Option<(Around, Option<usize>)>,
}

impl<'a> Draft<'a> {
    /// An empty form. `has_markdown` says whether the platform shows texts as Markdown.
    pub(crate) fn new(file: &'a str, options: &'a Options, has_markdown: bool) -> Self {
        Self {
            file,
            options,
            form: Form::default(),
            ids: Ids::default(),
            names: Names::default(),
            texts: Texts::new(has_markdown),
            answers: BTreeMap::new(),
            last: None,
        }
    }

    /// Reports something about a part of the source.
    pub(crate) fn report(
        &mut self,
        kind: Kind,
        code: &'static str,
        place: &Place,
        message: impl Into<String>,
    ) {
        self.form.findings.push(Finding::new(kind, code, place, message));
    }

    /// Reports something, with what to do about it.
    pub(crate) fn advise(
        &mut self,
        kind: Kind,
        code: &'static str,
        place: &Place,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.form.findings.push(Finding::new(kind, code, place, message).help(help));
    }

    /// Words without markup, and not longer than allowed without a finding.
    pub(crate) fn words(&mut self, words: &Words, most: usize, place: &Place) -> Words {
        self.texts.words(words, most, place)
    }

    /// The response scale that consists of `signature`, made if there is none yet.
    pub(crate) fn response(
        &mut self,
        signature: &str,
        name: &str,
        place: &Place,
        make: impl FnOnce(&mut Self) -> ResponseKind,
    ) -> usize {
        if let Some(known) = self.answers.get(signature) {
            return *known;
        }
        let kind = make(self);
        let name = self.ids.response(name);
        self.form.responses.push(Response { name, kind, place: place.clone() });
        let position = self.form.responses.len() - 1;
        self.answers.insert(signature.to_owned(), position);
        position
    }

    /// A list of options; the reason if our format cannot have it.
    pub(crate) fn listed(
        &mut self,
        listed: &[Listed],
        name: &str,
        is_several: bool,
        place: &Place,
    ) -> Result<usize, String> {
        if listed.is_empty() {
            return Err("it has no options".to_owned());
        }
        if listed.len() > MOST_OPTIONS {
            let count = listed.len();
            return Err(format!("it has {count} options; a definition can have {MOST_OPTIONS}"));
        }
        let parts: Vec<_> =
            listed.iter().map(|one| (&one.stored, &one.label, one.non_response)).collect();
        let signature = format!("{is_several} {parts:?}");
        Ok(self.response(&signature, name, place, |draft| {
            let choices = draft.choices(listed, name, place);
            if is_several { ResponseKind::Several(choices) } else { ResponseKind::Coded(choices) }
        }))
    }

    /// The options of a list. Their values are what is stored, if these are different numbers; otherwise the options are
    /// numbered.
    fn choices(&mut self, listed: &[Listed], name: &str, place: &Place) -> Vec<Choice> {
        let values = values(listed.iter().map(|one| one.stored.as_str()));
        if values.is_none() {
            let message = format!(
                "the stored values of `{name}` are not different numbers up to 1,000,000 with at most six decimals: the options are numbered from 1, and a value that is a word is kept as code"
            );
            self.report(Kind::Changed, "options-numbered", place, message);
        }
        let unlabelled = listed.iter().filter(|one| one.label.is_empty()).count();
        if unlabelled > 0 {
            let message = format!("{unlabelled} options of `{name}` have no words, only numbers");
            self.report(Kind::Note, "no-label", place, message);
        }
        let choices = listed.iter().enumerate();
        choices
            .map(|(index, one)| {
                let value = values.as_ref().map_or_else(|| number(index), |values| values[index]);
                self.choice(one, value, name)
            })
            .collect()
    }

    fn choice(&mut self, one: &Listed, value: OptionValue, name: &str) -> Choice {
        let label = self.words(&one.label, 300, &one.place);
        let stored = &one.stored;
        let non_response = one.non_response || self.options.is_non_response(stored);
        let like = label.iter().map(|(_, label)| label).find(|label| reads_like_no_answer(label));
        if let Some(like) = like.filter(|_| !non_response) {
            let message = format!(
                "the option `{like}` of `{name}` reads like no answer, but it counts as an answer"
            );
            let help = format!(
                "to treat it as missing, import with `--non-response {stored}`; this changes scores"
            );
            self.advise(Kind::Note, "like-no-answer", &one.place, message, help);
        }
        Choice { value, stored: stored.clone(), label, non_response }
    }

    /// The section of the next item: that of the last item, or a new one.
    pub(crate) fn section(&mut self, around: &Around) -> Option<usize> {
        if let Some((_, section)) = self.last.as_ref().filter(|(last, _)| last == around) {
            return *section;
        }
        let has_words =
            [&around.title, &around.lead_in, &around.instructions].iter().any(|w| !w.is_empty());
        let section = has_words.then(|| {
            let number = self.form.sections.len() + 1;
            let name = Some(around.name.clone()).filter(|name| !name.is_empty());
            let id = self.ids.section(&name.unwrap_or_else(|| format!("section_{number}")));
            let Around { title, lead_in, instructions, name: _ } = around.clone();
            self.form.sections.push(Section { id, title, lead_in, instructions });
            self.form.sections.len() - 1
        });
        self.last = Some((around.clone(), section));
        section
    }

    /// Adds an item, and returns its position; `None` if the form has too many.
    pub(crate) fn item(&mut self, item: NewItem, around: &Around) -> Option<usize> {
        if self.form.items.len() >= MOST_ITEMS {
            self.leave_out(
                &item.name,
                &item.place,
                &format!("the form has more than {MOST_ITEMS} items"),
            );
            return None;
        }
        let section = self.section(around);
        let NewItem { name, column, stem, response, required, place } = item;
        let id = self.ids.item(&name);
        self.form.items.push(Item {
            id,
            column,
            number: None,
            stem,
            response,
            section,
            required,
            condition: None,
            place,
        });
        Some(self.form.items.len() - 1)
    }

    /// Adds a note after the items so far, and returns its position; `None` if the form has too many.
    pub(crate) fn note(
        &mut self,
        name: &str,
        (text, place): (Words, &Place),
        is_after: bool,
    ) -> Option<usize> {
        self.form.note(&mut self.ids, name, (text, place), is_after)
    }

    /// Adds the name of a score. Its rule is read when all names of the form are known.
    pub(crate) fn score(&mut self, name: &str, title: Words, place: &Place) -> usize {
        let id = self.ids.item(name);
        let title = if title.is_empty() { Words::only(name) } else { title };
        self.names.scores.insert(name.to_owned(), self.form.scores.len());
        self.form.scores.push(Score {
            id,
            column: name.to_owned(),
            title,
            description: None,
            rule: Rule::not_understood("", place, ""),
            bands: Vec::new(),
        });
        self.form.scores.len() - 1
    }

    /// Moves the last scores before all others. No rule refers to a score yet.
    pub(crate) fn last_scores_first(&mut self, count: usize) {
        let count = count.min(self.form.scores.len());
        self.form.scores.rotate_right(count);
        self.number_scores();
    }

    /// Numbers the names of the scores again.
    fn number_scores(&mut self) {
        let positions = self.form.scores.iter().enumerate();
        self.names.scores = positions.map(|(index, score)| (score.column.clone(), index)).collect();
    }

    /// Reports that the source has no title.
    pub(crate) fn untitled(&mut self, what: &str) {
        let message = format!("{what} has no title: the name of the file is the title");
        self.report(Kind::Note, "no-title", &Place::new(self.file, ""), message);
    }

    /// Reports a question that is left out.
    pub(crate) fn leave_out(&mut self, name: &str, place: &Place, reason: &str) {
        self.report(Kind::NotUnderstood, "item", place, format!("`{name}` is left out: {reason}"));
        self.names.left_out.insert(name.to_owned(), format!("is left out: {reason}"));
    }

    /// The form, with what was noticed about it as a whole.
    pub(crate) fn finish(mut self) -> Form {
        self.form.findings.extend(self.ids.finding(self.file));
        self.form.findings.extend(self.texts.findings(self.file));
        self.form
    }
}

/// The decimal places of a step: 0 for 1, 1 for 0.5 or 0.1.
pub(crate) fn decimals(step: f64) -> u32 {
    (0..6)
        .find(|places| {
            let scaled = step * 10_f64.powi(i32::try_from(*places).unwrap_or(0));
            (scaled - scaled.round()).abs() < 1e-9
        })
        .unwrap_or(6)
}

/// A number within the bounds of our format.
pub(crate) fn bounded(text: &str) -> Option<f64> {
    let number: f64 = text.trim().parse().ok()?;
    (number.abs() <= LARGEST).then_some(number)
}

/// Words in order, with `between` between them.
pub(crate) fn joined(first: &Words, between: &str, second: &Words) -> Words {
    let mut words = first.clone();
    for (language, text) in second.iter() {
        let before = first.of(language).map(|before| format!("{before}{between}"));
        words.add(language, &format!("{}{text}", before.unwrap_or_default()));
    }
    words
}
