//! The same respondents as a form has them and as a definition has them, with the results of both.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Formula, ScaleIx, TOLERANCE, Test};
use scalewright_scoring::{
    Column, EvalStep, Program, Responses, Score as OurScore, evaluate_scores,
};

use super::matched::Matched;
use super::values;
use crate::form::Form;
use crate::form::rule::{Answers, Rule, Source, Target};
use crate::prove::always::always_more;
use crate::prove::{
    Difference, Outcome, When, in_words, is_complete, is_equal, sets, shown_by, shrink,
};
use crate::value::Value;

/// The most scores that a computation reads.
const MOST_SCORES: usize = 100;

/// Respondents, and the results of the definition.
pub(super) struct Both<'a> {
    pub(super) matched: &'a Matched<'a>,
    /// The values of each item of the definition that both sides have.
    values: Vec<Vec<f64>>,
    /// For each item of the definition, the value in the form by our value.
    map: Vec<Vec<(f64, f64)>>,
    /// The program of the definition, with a score for each condition.
    program: Program,
    /// For each item with a condition, the position of its score in the program.
    pub(super) asked: BTreeMap<usize, usize>,
    /// The same for each note with a condition.
    pub(super) noted: BTreeMap<usize, usize>,
    /// The respondents, without answers to items that the form hides.
    pub(super) sets: Vec<Answers>,
    /// Answers of the form: those to items that only the form has are always blank.
    blank: RefCell<Answers>,
    /// Whether each of them answers every item that the form shows.
    complete: Vec<bool>,
    /// The results of the definition: for each score of the program, one row per set.
    pub(super) ours: Vec<Vec<Value>>,
}

impl<'a> Both<'a> {
    pub(super) fn of(matched: &'a Matched<'a>) -> Self {
        let map = values::pairs(matched);
        let values: Vec<Vec<f64>> = map.iter().map(|pairs| ours(pairs)).collect();
        let (program, asked, noted) = with_conditions(matched);
        let given = sets::of_values(&values);
        let complete = given.iter().map(|set| is_complete(&values, set)).collect();
        let (sets, ours) = (Vec::new(), Vec::new());
        let blank = RefCell::new(Answers { of: vec![None; matched.form.items.len()] });
        let mut both =
            Self { matched, values, map, program, asked, noted, sets, blank, complete, ours };
        both.sets = given.iter().map(|set| both.visible(set)).collect();
        both.ours = both.results(&both.sets);
        both
    }

    /// The answers as the form has them.
    pub(super) fn in_form(&self, ours: &Answers) -> Answers {
        let mut theirs = Answers { of: vec![None; self.matched.form.items.len()] };
        self.enter(ours, &mut theirs);
        theirs
    }

    /// Enters the answers to the items that both sides have.
    fn enter(&self, ours: &Answers, theirs: &mut Answers) {
        for (item, position) in self.matched.items.iter().enumerate() {
            let Some(position) = position else { continue };
            let pair = ours.of[item].and_then(|value| {
                self.map[item].iter().find(|(own, _)| (own - value).abs() < 1e-9)
            });
            theirs.of[*position] = pair.map(|(_, theirs)| *theirs);
        }
    }

    /// The result of the form for answers without those to items that it hides, such as those of a set. A form may have
    /// tens of thousands of other items, so its answers are not built again.
    pub(super) fn value_of(&self, source: &dyn Source, visible: &Answers) -> Value {
        let mut theirs = self.blank.borrow_mut();
        self.enter(visible, &mut theirs);
        source.value(self.matched.form, &theirs)
    }

    /// The same answers without those to items that the form hides.
    pub(super) fn visible(&self, ours: &Answers) -> Answers {
        let (form, given) = (self.matched.form, self.in_form(ours));
        let seen = shown_by(form, &given, &|rule| rule.source.as_deref());
        let mut visible = ours.clone();
        for (item, position) in self.matched.items.iter().enumerate() {
            if position.is_some_and(|position| seen.of[position].is_none()) {
                visible.of[item] = None;
            }
        }
        visible
    }

    /// The positions of the respondents who answer every item that the form shows.
    pub(super) fn complete_sets(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.sets.len()).filter(|index| self.complete[*index])
    }

    /// The respondents who give the lowest, and the highest, answer to every item that both sides have.
    pub(super) fn ends(&self) -> [Answers; 2] {
        let of = |end: fn(&[f64]) -> Option<&f64>| Answers {
            of: self.values.iter().map(|values| end(values).copied()).collect(),
        };
        [of(<[f64]>::first), of(<[f64]>::last)]
    }

    fn results(&self, sets: &[Answers]) -> Vec<Vec<Value>> {
        let column = |item: usize| {
            let mut column = Column::default();
            sets.iter().for_each(|set| column.push(set.of[item]));
            column
        };
        let responses =
            Responses { rows: sets.len(), items: (0..self.values.len()).map(column).collect() };
        let mut scored = Vec::new();
        evaluate_scores(&self.program, &responses, &mut scored);
        let rows = self.program.scores.iter().zip(&scored).map(|(score, scored)| {
            let words = match &score.formula {
                Formula::Word { words, .. } => Some(words),
                Formula::Number(_) | Formula::Truth(_) => None,
            };
            (0..sets.len()).map(|row| value(scored.score.get(row), words)).collect()
        });
        rows.collect()
    }

    pub(super) fn outcome(&self, rule: &Rule, position: usize) -> Outcome {
        // What the platform computes can be run, even where our language cannot express it.
        let Some(source) = rule.source.as_deref() else {
            return Outcome::NotUnderstood(reason(rule));
        };
        if let Some(reason) = without_source(self.matched.form, source) {
            return Outcome::NotUnderstood(reason);
        }
        let theirs = |answers: &Answers| self.value_of(source, answers);
        let different: Vec<usize> = (0..self.sets.len())
            .filter(|index| !is_near(&theirs(&self.sets[*index]), &self.ours[position][*index]))
            .collect();
        let Some(first) = different.first() else { return Outcome::Equal(self.sets.len()) };
        let complete = different.iter().find(|index| self.complete[**index]);
        let when = if complete.is_some() { When::Complete } else { When::Blanks };
        let first = *complete.unwrap_or(first);
        // Where complete answers differ, missing answers are not what is wrong.
        let is_scored = self.ours[position][first].score().is_some();
        let differs = |answers: &Answers, ours: &Value| {
            let is_like_first = when == When::Blanks || ours.score().is_some() == is_scored;
            is_like_first && !is_near(&theirs(answers), ours)
        };
        let smallest = self.smallest_of(first, &|sets: &[Answers], wanted: bool| {
            let sets: Vec<Answers> = sets.iter().map(|answers| self.visible(answers)).collect();
            let ours = self.results(&sets).swap_remove(position);
            let mut both = sets.iter().zip(&ours);
            both.position(|(answers, ours)| differs(answers, ours) == wanted)
        });
        let always = always_more(
            self.complete_sets()
                .map(|index| (theirs(&self.sets[index]), &self.ours[position][index])),
        );
        let items = self.matched.instrument().items.iter().zip(&smallest.of);
        Outcome::Differs(Box::new(Difference {
            answers: items
                .filter_map(|(item, answer)| Some((item.id.clone(), (*answer)?)))
                .collect(),
            source: in_words(&theirs(&smallest)),
            ours: in_words(&self.result(&smallest, position)),
            when,
            always,
        }))
    }

    /// Whether the definition shows something to the respondent of a set, by the position of its condition; `None` if that
    /// is not known.
    pub(super) fn asks_in(&self, asked: Option<usize>, index: usize) -> Option<bool> {
        let Some(score) = asked else { return Some(true) };
        self.ours[score][index].score().map(|score| score != 0.0)
    }

    /// The same for a respondent.
    pub(super) fn asks(&self, asked: Option<usize>, answers: &Answers) -> Option<bool> {
        let Some(score) = asked else { return Some(true) };
        self.result(answers, score).score().map(|score| score != 0.0)
    }

    /// A respondent for whom something differs, starting from one of the sets, with as few and as low answers as possible.
    pub(super) fn smallest(&self, index: usize, differs: impl Fn(&Answers) -> bool) -> Answers {
        let differs = |answers: &Answers| differs(&self.visible(answers));
        self.smallest_of(index, &shrink::one_by_one(differs))
    }

    fn smallest_of(&self, index: usize, first: &shrink::First<'_>) -> Answers {
        self.visible(&shrink::smallest(&self.values, &self.sets[index], first))
    }

    /// The answers of a respondent in words.
    pub(super) fn described(&self, answers: &Answers) -> String {
        let items = self.matched.instrument().items.iter().zip(&answers.of);
        let given: Vec<String> = items
            .filter_map(|(item, answer)| Some(format!("{} = {}", item.id, (*answer)?)))
            .collect();
        if given.is_empty() { "no answers".to_owned() } else { given.join(", ") }
    }

    pub(super) fn result(&self, answers: &Answers, position: usize) -> Value {
        self.results(std::slice::from_ref(answers)).swap_remove(position).swap_remove(0)
    }
}

/// Whether two results are equal within the tolerance of scores: platforms have fewer decimals than we.
pub(super) fn is_near(theirs: &Value, ours: &Value) -> bool {
    let is_close = theirs
        .score()
        .zip(ours.score())
        .is_some_and(|(theirs, ours)| (theirs - ours).abs() <= TOLERANCE * ours.abs().max(1.0));
    is_close || is_equal(theirs, ours)
}

/// Why a computation cannot be run: the score that it reads, directly or not, cannot be.
fn without_source(form: &Form, source: &dyn Source) -> Option<String> {
    let mut open = source.uses();
    let mut seen = BTreeSet::new();
    while let Some(score) = open.pop() {
        if !seen.insert(score) {
            continue;
        }
        let score = form.scores.get(score)?;
        match score.rule.source.as_deref() {
            Some(source) => open.extend(source.uses()),
            None => return Some(format!("it uses `{}`: {}", score.column, reason(&score.rule))),
        }
    }
    (seen.len() > MOST_SCORES).then(|| format!("it uses more than {MOST_SCORES} scores"))
}

/// Why a rule cannot be run.
pub(super) fn reason(rule: &Rule) -> String {
    match &rule.target {
        Target::NotUnderstood(reason) => reason.clone(),
        Target::Scale(_) | Target::Formula(_) => "it cannot be run here".to_owned(),
    }
}

/// Our values of an item, ascending.
fn ours(pairs: &[(f64, f64)]) -> Vec<f64> {
    let mut values: Vec<f64> = pairs.iter().map(|(ours, _)| *ours).collect();
    values.sort_by(f64::total_cmp);
    values
}

/// A number, or the word at this position.
fn value(number: Option<f64>, words: Option<&Vec<String>>) -> Value {
    match (number, words) {
        (None, _) => Value::Blank,
        (Some(number), None) => Value::Number(number),
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a position in a list"
        )]
        (Some(number), Some(words)) => {
            words.get(number as usize).map_or(Value::Blank, |word| Value::Text(word.clone()))
        }
    }
}

/// The program of the definition with a score for each condition, and the positions of these by item and by note.
fn with_conditions(
    matched: &Matched<'_>,
) -> (Program, BTreeMap<usize, usize>, BTreeMap<usize, usize>) {
    let program = matched.against.program;
    let (mut scores, mut order) = (program.scores.clone(), program.order.clone());
    let scales = matched.instrument().scales.len();
    let mut add = |test: &Test| {
        let position = scores.len();
        order.push(EvalStep::Score(position));
        let scale = ScaleIx(scales + 1 + position - program.scores.len());
        scores.push(OurScore { scale, formula: Formula::Truth(test.clone()), items: Vec::new() });
        position
    };
    let mut asked = BTreeMap::new();
    for (item, answer) in program.answers.iter().enumerate() {
        let of_items = matched.instrument().items[item].ask.as_ref();
        let test = answer
            .as_ref()
            .and_then(|answer| answer.asked.as_ref())
            .map(|asked| &asked.when)
            .or(of_items.map(|ask| &ask.when));
        asked.extend(test.map(|test| (item, add(test))));
    }
    let notes = matched.instrument().notes.iter().enumerate();
    let noted =
        notes.filter_map(|(index, note)| Some((index, add(&note.ask.as_ref()?.when)))).collect();
    let scales = scales + 1 + scores.len() - program.scores.len();
    (Program::of_parts(program.answers.clone(), scores, order, scales), asked, noted)
}
