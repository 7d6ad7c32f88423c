//! Describes how the score of a scale is computed, for people who score by hand, and for those who check or explain it.
//! Every explanation, on a screen or on paper, is printed from this description, in any language that forms have.

mod bands;
mod entries;
mod missing;
mod norms;
mod parts;
mod phrases;
mod reach;
mod sources;
mod steps;
mod strict;
mod table;
mod tables;
mod terms;

use std::collections::BTreeSet;

use scalewright_model::file::KeyStatus;
use scalewright_model::{Formula, Instrument, Origin, ReferenceIx, Scale, ScaleIx, Terms, Wording};

use crate::emit::number;
use crate::{Program, Range, Score, formula_text};
use phrases::{fill, plural};
use sources::{reliability, sources};

pub use entries::{Content, Entry, Part};
pub use parts::{BandsAccount, Term};
pub use phrases::Phrases;
pub use table::AccountTable;

/// The language of a description.
#[derive(Debug, Clone, Copy)]
pub struct Tongue<'a> {
    /// The words of the description.
    pub phrases: &'static Phrases,
    /// The names of scales and bands, and the labels of options. `None` for those of the definition.
    pub wording: Option<&'a Wording>,
}

impl<'a> Tongue<'a> {
    /// English, with the names in the source language, and the labels of options if they are known.
    #[must_use]
    pub fn english(instrument: &'a Instrument) -> Self {
        let wording = instrument.wordings.iter().find(|one| one.language == instrument.language);
        Self { phrases: Phrases::english(), wording }
    }

    /// The language of `wording`, or English if its words are not built in.
    #[must_use]
    pub fn of(wording: &'a Wording) -> Self {
        let phrases = Phrases::of(&wording.language).unwrap_or_else(Phrases::english);
        Self { phrases, wording: Some(wording) }
    }
}

/// The description of the score of one scale.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    /// The id of the scale.
    pub id: String,
    /// Its title.
    pub title: String,
    /// The kind of score, in English: `scale`, `flag` or `derived score`.
    pub kind: &'static str,
    /// What the scale measures.
    pub description: Option<String>,
    /// The id of the parent scale, if it is a subscale.
    pub part_of: Option<String>,
    /// The unit of the score.
    pub unit: Option<String>,
    /// The rule in words.
    pub rule: String,
    /// The rule in the language of formulas; `None` when the scale is not scored.
    pub formula: Option<String>,
    /// The printed numbers of the items that the formula names, where their ids do not end with them.
    pub numbers: Option<String>,
    /// The terms of the score, each with its keying, recoding and weight.
    pub terms: Vec<Term>,
    /// What the answers to recoded items count as.
    pub recoding: Option<AccountTable>,
    /// What is done with the sum or mean, in order.
    pub steps: Vec<String>,
    /// The rules for missing answers.
    pub missing: Vec<String>,
    /// The ids of the mandatory items, or scales.
    pub mandatory: Vec<String>,
    /// How a derived score is computed from the raw score and the mean and standard deviation of a norm group.
    pub derived: Option<String>,
    /// The groups of respondents that norms distinguish, and what a raw score is compared with.
    pub norms: Vec<AccountTable>,
    /// The tables and models of the formula.
    pub tables: Vec<AccountTable>,
    /// The conditions under which its items are asked.
    pub conditions: Vec<String>,
    /// The reachable scores; `None` for a truth value.
    pub range: Option<Range>,
    /// The reachable scores in words: with all answers, and with missing ones if that differs.
    pub reach: [Option<String>; 2],
    /// The possible words, if the score is a word.
    pub words: Vec<String>,
    /// Its bands, one list for each set.
    pub bands: Vec<BandsAccount>,
    /// The published reliability, in English.
    pub reliability: Option<String>,
    /// How well the key is established.
    pub key: Option<&'static str>,
    /// The parts of the definition taken from sources (key, bands, tables, …), each with its references.
    pub sources: Vec<(String, Vec<ReferenceIx>)>,
}

impl Account {
    /// Describes one scale of `instrument`, whose program is `program`. `ranges` is parallel to the program's scores.
    #[must_use]
    pub fn of(
        instrument: &Instrument,
        program: &Program,
        ranges: &[Range],
        index: ScaleIx,
        tongue: Tongue<'_>,
    ) -> Self {
        let scale = &instrument.scales[index.0];
        let position = program.position(index);
        let score = position.map(|position| &program.scores[position]);
        let names = tongue.wording.map(|wording| &wording.scales[index.0]);
        let range = position.filter(|_| !scale.is_truth()).map(|position| &ranges[position]);
        let describer = Describer { instrument, scale, score, tongue, phrases: tongue.phrases };
        Self {
            id: scale.id.clone(),
            title: names.map_or(&scale.title, |names| &names.title).clone(),
            kind: kind(scale),
            description: scale.description.clone(),
            unit: names.map_or(&scale.unit, |names| &names.unit).clone(),
            part_of: scale.parent.map(|parent| instrument.scales[parent.0].id.clone()),
            rule: describer.rule(),
            formula: score.map(|score| formula_text(&score.formula, instrument)),
            numbers: describer.numbers(),
            terms: describer.terms(),
            recoding: describer.recoding(),
            steps: describer.steps(),
            missing: describer.missing(),
            mandatory: describer.mandatory(),
            derived: describer.derived(),
            norms: describer.norms(),
            tables: describer.tables(),
            conditions: describer.conditions(),
            range: range.cloned(),
            reach: range
                .filter(|_| scale.words().is_none())
                .map_or([None, None], |range| describer.reach(range)),
            words: scale.words().map(<[String]>::to_vec).unwrap_or_default(),
            bands: describer.bands(names),
            reliability: scale.reliability.as_ref().map(reliability),
            key: describer.key(),
            sources: sources(scale, score),
        }
    }
}

/// A scale to describe, and the language to do so.
struct Describer<'a> {
    instrument: &'a Instrument,
    scale: &'a Scale,
    score: Option<&'a Score>,
    tongue: Tongue<'a>,
    phrases: &'static Phrases,
}

impl Describer<'_> {
    /// The rule in one sentence.
    fn rule(&self) -> String {
        let phrases = self.phrases;
        match &self.scale.terms {
            Terms::Items(items) => {
                let rule = self.made_of(phrases.items, items.len(), phrases.one_item);
                match self.reversed() {
                    0 => rule,
                    // Its line says how.
                    _ if items.len() == 1 => rule,
                    count => format!("{rule}; {}", plural(phrases.reversed, count)),
                }
            }
            Terms::Scales(scales) => self.made_of(phrases.scales, scales.len(), phrases.one_scale),
            Terms::Unknown => phrases.unknown_key.to_owned(),
            Terms::Formula(formula) => match (&self.scale.origin, &**formula) {
                (Origin::Norm(..), _) => self.by_norm(),
                (_, Formula::Truth(_)) => phrases.truth.to_owned(),
                (_, Formula::Number(_) | Formula::Word { .. }) => phrases.by_formula.to_owned(),
            },
        }
    }

    fn made_of(&self, nouns: [&'static str; 2], count: usize, one: &str) -> String {
        use scalewright_model::file::ScoreKind;
        let phrases = self.phrases;
        if count == 1 {
            return one.to_owned();
        }
        let pattern = match (self.scale.score, &self.scale.weights) {
            (ScoreKind::Sum | ScoreKind::Formula, Some(_)) => phrases.weighted,
            (ScoreKind::Sum | ScoreKind::Formula, None) => phrases.sum,
            (ScoreKind::Mean, _) => phrases.mean_of,
            (ScoreKind::Min, _) => phrases.lowest,
            (ScoreKind::Max, _) => phrases.highest,
        };
        let terms = fill(plural(nouns, count), &[("count", &count.to_string())]);
        fill(pattern, &[("terms", &terms)])
    }

    /// How well the key is established.
    fn key(&self) -> Option<&'static str> {
        Some(match self.scale.key_status? {
            KeyStatus::Verified => self.phrases.verified,
            KeyStatus::SingleSource => self.phrases.single,
            KeyStatus::Recalled => self.phrases.recalled,
            KeyStatus::Unverified => self.phrases.unverified,
        })
    }
}

/// A number in a sentence.
fn shown(value: f64) -> String {
    number(value).replace('-', "−")
}

fn kind(scale: &Scale) -> &'static str {
    match scale.origin {
        Origin::Scale(_) => "scale",
        Origin::Flag(_) => "flag",
        Origin::Norm(..) => "derived score",
    }
}

/// The works that any of `accounts` cites, in the order of the definition.
#[must_use]
pub fn cited(accounts: &[Account]) -> BTreeSet<ReferenceIx> {
    accounts
        .iter()
        .flat_map(|account| &account.sources)
        .flat_map(|(_, references)| references.iter().copied())
        .collect()
}
