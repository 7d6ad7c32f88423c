//! The rules of a form, once all its names are known.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::Draft;
use super::names::words;
use crate::expr::{self, Name, Scope};
use crate::form::Form;
use crate::form::rule::{Answers, Rule, Source};
use crate::place::Place;
use crate::value::Value;

pub(crate) use crate::expr::Language;

/// The most scores that computing one score may take, counting each use.
const MOST_USES: usize = 2000;

/// The longest chain of scores that use each other.
const DEEPEST: usize = 100;

/// The computation of a score in a source.
#[derive(Debug, Clone)]
pub(crate) struct Calculation {
    /// The name of the score in the source.
    pub(crate) name: String,
    /// The expression.
    pub(crate) text: String,
    /// Where the source has it.
    pub(crate) place: Place,
}

/// Reads a condition. One whose result is nothing is not met.
pub(crate) fn condition(draft: &Draft<'_>, language: Language, text: &str, place: &Place) -> Rule {
    let rule = read(draft, language, text, place, expr::condition);
    let source = rule.source.map(|source| Arc::new(Met(source)) as Arc<dyn Source>);
    Rule { source, ..rule }
}

/// Whether the result of a condition is met.
struct Met(Arc<dyn Source>);

impl Source for Met {
    fn value(&self, form: &Form, answers: &Answers) -> Value {
        Value::Truth(self.0.value(form, answers).is_met())
    }
}

fn read(
    draft: &Draft<'_>,
    language: Language,
    text: &str,
    place: &Place,
    read: fn(&Scope<'_>, &str, &Place) -> Rule,
) -> Rule {
    if let Some(reason) = draft.names.obstacle(text) {
        return Rule::not_understood(text, place, reason);
    }
    scoped(draft, language, |scope| read(scope, text, place))
}

fn scoped<T>(draft: &Draft<'_>, language: Language, read: impl FnOnce(&Scope<'_>) -> T) -> T {
    let names = |name: Name<'_>| draft.names.bound(name);
    read(&Scope { language, form: &draft.form, names: &names })
}

/// Reads the rules of all scores. A text that names intervals of one score becomes the bands of that score.
pub(crate) fn rules(draft: &mut Draft<'_>, language: Language, mut calculations: Vec<Calculation>) {
    Rules::read(draft, language, &calculations);
    let banded = bands(draft, language, &calculations);
    if banded.is_empty() {
        return;
    }
    // The rules refer to scores by position, so that they are read again without the scores that became bands.
    calculations.retain(|calculation| !banded.contains_key(&calculation.name));
    draft.form.scores.retain(|score| !banded.contains_key(&score.column));
    draft.number_scores();
    for (name, score) in banded {
        draft.names.left_out.insert(name, format!("is the band of `{score}`"));
    }
    Rules::read(draft, language, &calculations);
}

/// The scores that are bands of another one, each with the name of that one.
fn bands(
    draft: &mut Draft<'_>,
    language: Language,
    calculations: &[Calculation],
) -> BTreeMap<String, String> {
    let mut banded = BTreeMap::new();
    for Calculation { name, text, place: _ } in calculations {
        let Some((score, bands)) = scoped(draft, language, |scope| expr::bands(scope, text)) else {
            continue;
        };
        // A second set of bands stays a score whose values are words.
        let Some(score) = draft.form.scores.get_mut(score).filter(|score| score.bands.is_empty())
        else {
            continue;
        };
        score.bands = bands;
        banded.insert(name.clone(), score.column.clone());
    }
    banded
}

/// How far the reading of a score has got: the uses of one that was read.
#[derive(Clone, Copy)]
enum Stage {
    Open,
    Done(usize),
}

/// Reads rules, each after those that it uses.
struct Rules<'d, 'a, 'c> {
    draft: &'d mut Draft<'a>,
    language: Language,
    calculations: &'c [Calculation],
    /// The position of each calculation by its name.
    positions: HashMap<&'c str, usize>,
    stages: HashMap<usize, Stage>,
}

impl<'d, 'a, 'c> Rules<'d, 'a, 'c> {
    fn read(draft: &'d mut Draft<'a>, language: Language, calculations: &'c [Calculation]) {
        let names = calculations.iter().enumerate();
        let positions = names.map(|(index, calculation)| (calculation.name.as_str(), index));
        let positions = positions.collect();
        let mut rules = Self { draft, language, calculations, positions, stages: HashMap::new() };
        for index in 0..calculations.len() {
            rules.rule(index, 0);
        }
    }

    /// Reads a rule. Returns how many scores its computation takes; `None` if it uses itself or too many.
    fn rule(&mut self, index: usize, depth: usize) -> Option<usize> {
        match self.stages.get(&index) {
            Some(Stage::Done(uses)) => return Some(*uses),
            // A circle.
            Some(Stage::Open) => return None,
            None => {}
        }
        self.stages.insert(index, Stage::Open);
        let Calculation { name, text, place } = &self.calculations[index];
        let mut uses = Some(1_usize);
        for used in self.used(text) {
            let of_used = if depth < DEEPEST { self.rule(used, depth + 1) } else { None };
            uses = uses
                .zip(of_used)
                .map(|(all, more)| all.saturating_add(more))
                .filter(|all| *all <= MOST_USES);
        }
        let rule = match uses {
            Some(_) => read(self.draft, self.language, text, place, expr::score),
            None => {
                let reason = "it uses itself, or more scores than can be computed";
                Rule::not_understood(text, place, reason)
            }
        };
        if let Some(score) = self.draft.names.scores.get(name) {
            self.draft.form.scores[*score].rule = rule;
        }
        self.stages.insert(index, Stage::Done(uses.unwrap_or(1)));
        uses
    }

    /// The calculations that an expression uses.
    fn used(&self, text: &str) -> Vec<usize> {
        words(text).filter_map(|word| self.positions.get(word).copied()).collect()
    }
}
