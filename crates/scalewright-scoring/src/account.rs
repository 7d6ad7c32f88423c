//! Describes how the score of a scale is computed, for people who score by hand, and for those who check or explain it.
//! Every explanation, on a screen or on paper, is printed from this description, in any language that forms have.

mod bands;
mod missing;
mod norms;
mod phrases;
mod reach;
mod steps;
mod strict;
mod table;
mod tables;
mod terms;

use std::collections::BTreeSet;

use scalewright_model::file::KeyStatus;
use scalewright_model::{
    Formula, Instrument, Origin, ReferenceIx, Reliability, Scale, ScaleIx, Terms, Wording,
};

use crate::emit::number;
use crate::{Program, Range, Score, formula_text};
use phrases::{fill, plural};

pub use bands::BandsAccount;
pub use phrases::Phrases;
pub use table::AccountTable;
pub use terms::Term;

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
            reach: range.filter(|_| scale.words().is_none()).map_or([None, None], |range| describer.reach(range)),
            words: scale.words().map(<[String]>::to_vec).unwrap_or_default(),
            bands: describer.bands(names),
            reliability: scale.reliability.as_ref().map(reliability),
            key: describer.key(),
            sources: sources(scale, score),
        }
    }

    /// The parts of the description, in the order in which they are printed, each with its label.
    #[must_use]
    pub fn entries(&self, phrases: &Phrases) -> Vec<Entry> {
        let text = |part, label: &str, text: &Option<String>| {
            let lines = text.iter().cloned().collect();
            Entry { part, label: label.to_owned(), content: Content::Lines(lines) }
        };
        let list = |part, label: &str, lines: &[String]| {
            Entry { part, label: label.to_owned(), content: Content::Lines(lines.to_vec()) }
        };
        let joined = |list: &[String]| (!list.is_empty()).then(|| list.join(", "));
        let is_norm = !self.norms.is_empty();
        let by = if self.kind == "flag" { phrases.true_if } else { phrases.formula };
        let mut entries = vec![
            text(Part::Measures, phrases.measures, &self.description),
            text(Part::PartOf, phrases.part_of, &self.part_of),
            text(Part::Unit, phrases.unit, &self.unit),
            text(Part::Rule, phrases.rule, &Some(self.rule.clone())),
            Entry {
                part: Part::Terms,
                label: phrases.computed_from.to_owned(),
                content: Content::Terms(self.terms.clone()),
            },
        ];
        entries.extend(self.recoding.iter().map(Entry::table));
        entries.extend([
            list(Part::Steps, phrases.then, &self.steps),
            // A chain of conditions for the groups is what the table of norms is for.
            text(Part::Formula, by, &self.formula.clone().filter(|_| !is_norm)),
            text(Part::Numbers, phrases.numbers, &self.numbers),
            text(Part::Derived, phrases.derived, &self.derived),
        ]);
        entries.extend(self.norms.iter().chain(&self.tables).map(Entry::table));
        entries.extend([
            list(Part::Missing, phrases.missing, &self.missing),
            text(Part::Needed, phrases.needed, &joined(&self.mandatory)),
            list(Part::Asked, phrases.asked, &self.conditions),
            text(Part::Complete, phrases.complete, &self.reach[0]),
            text(Part::WithMissing, phrases.with_missing, &self.reach[1]),
            text(Part::Words, phrases.words, &joined(&self.words)),
        ]);
        for set in &self.bands {
            let label = set.set.as_ref().map(|set| format!("{} {set}", phrases.bands));
            let line = |(label, scores): &(String, String)| format!("{label}: {scores}");
            let lines: Vec<String> = set.bands.iter().map(line).collect();
            entries.push(list(Part::Bands, label.as_deref().unwrap_or(phrases.bands), &lines));
        }
        entries.push(text(Part::Reliability, phrases.reliability, &self.reliability));
        entries.push(text(Part::Key, phrases.key, &self.key.map(str::to_owned)));
        entries.retain(|entry| !entry.content.is_empty());
        entries
    }
}

/// A part of a description.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Which part it is.
    pub part: Part,
    /// Its label.
    pub label: String,
    /// What it states.
    pub content: Content,
}

impl Entry {
    fn table(table: &AccountTable) -> Self {
        let content = Content::Table(table.clone());
        Self { part: Part::Table, label: table.title.clone(), content }
    }
}

/// The parts of a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the field of the account with its name")]
pub enum Part {
    Measures,
    PartOf,
    Unit,
    Rule,
    Terms,
    Steps,
    Formula,
    Numbers,
    Derived,
    Table,
    Missing,
    Needed,
    Asked,
    Complete,
    WithMissing,
    Words,
    Bands,
    Reliability,
    Key,
}

/// What a part of a description states.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Some sentences.
    Lines(Vec<String>),
    /// The terms of the score.
    Terms(Vec<Term>),
    /// A table.
    Table(AccountTable),
}

impl Content {
    fn is_empty(&self) -> bool {
        match self {
            Self::Lines(lines) => lines.is_empty(),
            Self::Terms(terms) => terms.is_empty(),
            Self::Table(table) => table.rows.is_empty() && table.notes.is_empty(),
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

/// The coefficient. With a standard deviation, also the standard error of measurement and the reliable change, to two
/// decimals.
fn reliability(known: &Reliability) -> String {
    let mut text = format!("{} {}", known.kind.title(), number(known.value));
    if let Some(who) = &known.population {
        text.push_str(&format!(" ({who})"));
    }
    let derived = known.sd.zip(known.standard_error()).zip(known.reliable_change());
    if let Some(((sd, error), change)) = derived {
        text.push_str(&format!(
            "; with a standard deviation of {}, the standard error of measurement is {error:.2} and a change of \
             more than {change:.2} is reliable",
            number(sd)
        ));
    }
    text
}

fn sources(scale: &Scale, score: Option<&Score>) -> Vec<(String, Vec<ReferenceIx>)> {
    let key = if matches!(scale.origin, Origin::Norm(..)) { "norm" } else { "key" };
    let mut sources = vec![
        (key.to_owned(), scale.key_source.clone()),
        ("rule for missing answers".to_owned(), scale.missing_source.clone()),
        ("bands".to_owned(), scale.bands_source.clone()),
        (
            "reliability".to_owned(),
            scale.reliability.as_ref().map(|known| known.source.clone()).unwrap_or_default(),
        ),
    ];
    sources.extend(
        scale.band_sets.iter().map(|set| (format!("bands `{}`", set.id), set.source.clone())),
    );
    for (kind, name, references) in score.map_or(Vec::new(), |score| score.formula.published()) {
        let table = (format!("{kind} `{name}`"), references.to_vec());
        // A formula may use the same table several times.
        if !sources.contains(&table) {
            sources.push(table);
        }
    }
    sources.retain(|(_, references)| !references.is_empty());
    sources
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
