//! The scores and conditions of a form beside those of the definition, for the same respondents.

use std::collections::BTreeMap;

use scalewright_model::{Formula, ScaleIx, Severity};
use scalewright_scoring::{Column, EvalStep, Program, Responses, Score as OurScore, evaluate};

use super::bands;
use super::matched::{Matched, key};
use super::types::{Discrepancy, Names};
use crate::form::rule::{Answers, Rule, Target};
use crate::form::{ResponseKind, Score};
use crate::prove::{
    Difference, Outcome, Proof, Subject, When, in_words, is_equal, sets, shown, shrink,
};
use crate::value::Value;

/// The result of the comparison.
pub(super) struct Compared {
    pub(super) proofs: Vec<Proof>,
    pub(super) absent: Vec<String>,
    pub(super) findings: Vec<Discrepancy>,
}

/// Compares all scores and conditions.
pub(super) fn compare(matched: &Matched<'_>, names: &Names) -> Compared {
    let both = Both::of(matched);
    let mut compared = Compared { proofs: Vec::new(), absent: Vec::new(), findings: Vec::new() };
    for (index, scale) in matched.instrument().scales.iter().enumerate() {
        let Some(position) = matched.against.program.position(ScaleIx(index)) else { continue };
        match of_name(&matched.form.scores, &scale.id, names) {
            None => compared.absent.push(scale.id.clone()),
            Some(score) => {
                let outcome = both.outcome(&score.rule, position);
                compared.findings.extend(finding(&score.rule, &scale.id, &outcome));
                compared
                    .findings
                    .extend(bands::findings(matched, index, score, &both.ours, position));
                compared.proofs.push(proof(Subject::Score, &scale.id, &score.rule, outcome));
            }
        }
    }
    compared.findings.extend(both.conditions());
    compared
}

/// The score of the form with this id. Case and signs do not count.
fn of_name<'f>(scores: &'f [Score], id: &str, names: &Names) -> Option<&'f Score> {
    let other = names.of.iter().find(|(known, _)| known == id).map(|(_, name)| key(name));
    let wanted = [Some(key(id)), other];
    scores.iter().find(|score| {
        let own = [key(&score.id), key(&score.column)];
        wanted.iter().flatten().any(|wanted| own.contains(wanted))
    })
}

fn proof(subject: Subject, id: &str, rule: &Rule, outcome: Outcome) -> Proof {
    Proof {
        subject,
        id: id.to_owned(),
        text: rule.text.clone(),
        place: rule.place.clone(),
        outcome,
    }
}

/// A finding for a score that differs or was not understood.
fn finding(rule: &Rule, id: &str, outcome: &Outcome) -> Option<Discrepancy> {
    match outcome {
        Outcome::Equal(_) | Outcome::NotProved(_) => None,
        Outcome::Differs(difference) => {
            let severity =
                if difference.when == When::Complete { Severity::Error } else { Severity::Warning };
            let answers: Vec<String> =
                difference.answers.iter().map(|(id, value)| format!("{id} = {value}")).collect();
            let answers = if answers.is_empty() {
                "a respondent without answers".to_owned()
            } else {
                answers.join(", ")
            };
            let when =
                if difference.when == When::Complete { "" } else { ", because of missing answers" };
            let always = difference
                .always
                .map(|gap| format!("; on complete answers it is always {gap} more in the form"))
                .unwrap_or_default();
            let message = format!(
                "`{id}` differs{when}: {answers} gives {} in the form and {} by the definition{always}",
                difference.source, difference.ours
            );
            Some(Discrepancy::new("score-differs", severity, &rule.place, message))
        }
        Outcome::NotUnderstood(reason) => {
            let message = format!("the computation of `{id}` was not understood: {reason}");
            Some(Discrepancy::new("score-not-understood", Severity::Warning, &rule.place, message))
        }
    }
}

/// Respondents, and the results of the definition.
struct Both<'a> {
    matched: &'a Matched<'a>,
    /// The values of each item of the definition that both sides have.
    values: Vec<Vec<f64>>,
    /// For each item of the definition, the value in the form by our value.
    map: Vec<Vec<(f64, f64)>>,
    /// The program of the definition, with a score for each condition.
    program: Program,
    /// For each item with a condition, the position of its score in the program.
    asked: BTreeMap<usize, usize>,
    sets: Vec<Answers>,
    /// The results of the definition: for each score of the program, one row per set.
    ours: Vec<Vec<Value>>,
}

impl<'a> Both<'a> {
    fn of(matched: &'a Matched<'a>) -> Self {
        let map: Vec<Vec<(f64, f64)>> =
            (0..matched.items.len()).map(|item| pairs(matched, item)).collect();
        let values: Vec<Vec<f64>> = map
            .iter()
            .map(|pairs| {
                let mut values: Vec<f64> = pairs.iter().map(|(ours, _)| *ours).collect();
                values.sort_by(f64::total_cmp);
                values
            })
            .collect();
        let (program, asked) = with_conditions(matched);
        let mut both =
            Self { matched, values, map, program, asked, sets: Vec::new(), ours: Vec::new() };
        both.sets =
            sets::of_values(&both.values).into_iter().map(|set| both.visible(&set)).collect();
        both.ours = both.results(&both.sets);
        both
    }

    /// The answers as the form has them.
    fn in_form(&self, ours: &Answers) -> Answers {
        let mut theirs = Answers { of: vec![None; self.matched.form.items.len()] };
        for (item, position) in self.matched.items.iter().enumerate() {
            let (Some(position), Some(value)) = (position, ours.of[item]) else { continue };
            let pair = self.map[item].iter().find(|(own, _)| (own - value).abs() < 1e-9);
            theirs.of[*position] = pair.map(|(_, theirs)| *theirs);
        }
        theirs
    }

    /// The same answers without those to items that the form hides.
    fn visible(&self, ours: &Answers) -> Answers {
        let seen = shown(self.matched.form, &self.in_form(ours));
        let mut visible = ours.clone();
        for (item, position) in self.matched.items.iter().enumerate() {
            if position.is_some_and(|position| seen.of[position].is_none()) {
                visible.of[item] = None;
            }
        }
        visible
    }

    fn results(&self, sets: &[Answers]) -> Vec<Vec<Value>> {
        let column = |item: usize| {
            let mut column = Column::default();
            sets.iter().for_each(|set| column.push(set.of[item]));
            column
        };
        let responses =
            Responses { rows: sets.len(), items: (0..self.values.len()).map(column).collect() };
        let scored = evaluate(&self.program, &responses);
        let rows = self.program.scores.iter().zip(&scored).map(|(score, scored)| {
            let words = match &score.formula {
                Formula::Word { words, .. } => Some(words),
                Formula::Number(_) | Formula::Truth(_) => None,
            };
            (0..sets.len()).map(|row| value(scored.score.get(row), words)).collect()
        });
        rows.collect()
    }

    fn outcome(&self, rule: &Rule, position: usize) -> Outcome {
        if let Target::NotUnderstood(reason) = &rule.target {
            return Outcome::NotUnderstood(reason.clone());
        }
        let Some(source) = rule.source.as_deref() else {
            return Outcome::NotUnderstood("the form's computation cannot be run here".to_owned());
        };
        let form = self.matched.form;
        let theirs = |answers: &Answers| source.value(form, &shown(form, &self.in_form(answers)));
        let different: Vec<usize> = (0..self.sets.len())
            .filter(|index| !is_equal(&theirs(&self.sets[*index]), &self.ours[position][*index]))
            .collect();
        let Some(first) = different.first() else { return Outcome::Equal(self.sets.len()) };
        let is_complete = |index: &usize| {
            self.sets[*index]
                .of
                .iter()
                .zip(&self.values)
                .all(|(answer, values)| answer.is_some() || values.is_empty())
        };
        let when = if different.iter().any(is_complete) { When::Complete } else { When::Blanks };
        let differs = |answers: &Answers| {
            let answers = self.visible(answers);
            !is_equal(&theirs(&answers), &self.result(&answers, position))
        };
        let smallest = self.visible(&shrink::smallest(&self.values, &self.sets[*first], differs));
        let gaps: Option<Vec<f64>> = (0..self.sets.len())
            .filter(is_complete)
            .map(|index| {
                Some(theirs(&self.sets[index]).score()? - self.ours[position][index].score()?)
            })
            .collect();
        let always = gaps.and_then(|gaps| {
            gaps.first().copied().filter(|first| {
                first.abs() > 1e-6 && gaps.iter().all(|gap| (gap - first).abs() < 1e-6)
            })
        });
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

    fn result(&self, answers: &Answers, position: usize) -> Value {
        self.results(std::slice::from_ref(answers)).swap_remove(position).swap_remove(0)
    }

    /// Items that the form shows to other respondents than the definition asks.
    fn conditions(&self) -> Vec<Discrepancy> {
        let form = self.matched.form;
        let mut findings = Vec::new();
        for (item, position) in self.matched.items.iter().enumerate() {
            let Some(position) = *position else { continue };
            let theirs = form.items[position].condition.as_ref();
            if theirs.is_none() && !self.asked.contains_key(&item) {
                continue;
            }
            let id = &self.matched.instrument().items[item].id;
            let place = theirs.map_or(&form.items[position].place, |rule| &rule.place);
            if let Some(Target::NotUnderstood(reason)) = theirs.map(|rule| &rule.target) {
                let message = format!("the condition of `{id}` was not understood: {reason}");
                findings.push(Discrepancy::new(
                    "condition-not-understood",
                    Severity::Warning,
                    place,
                    message,
                ));
                continue;
            }
            let shows = |answers: &Answers| {
                theirs
                    .and_then(|rule| rule.source.as_deref())
                    .is_none_or(|source| source.value(form, answers).is_met())
            };
            let asks = |index: usize| match self.asked.get(&item) {
                None => Some(true),
                Some(score) => self.ours[*score][index].score().map(|score| score != 0.0),
            };
            let differs = (0..self.sets.len()).find(|index| {
                asks(*index).is_some_and(|asks| asks != shows(&self.in_form(&self.sets[*index])))
            });
            let Some(index) = differs else { continue };
            let shown = self
                .matched
                .instrument()
                .items
                .iter()
                .zip(&self.sets[index].of)
                .filter(|(_, answer)| answer.is_some())
                .take(6);
            let answers: Vec<String> = shown
                .map(|(item, answer)| format!("{} = {}", item.id, answer.unwrap_or_default()))
                .collect();
            let word = if asks(index) == Some(true) { "hides" } else { "shows" };
            let message = format!(
                "the form {word} `{id}` to respondents for whom the definition decides otherwise, for instance with {}",
                answers.join(", ")
            );
            findings.push(Discrepancy::new("condition-differs", Severity::Error, place, message));
        }
        findings
    }
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

/// Our values of an item and those of the form.
fn pairs(matched: &Matched<'_>, item: usize) -> Vec<(f64, f64)> {
    let Some(position) = matched.items[item] else { return Vec::new() };
    let pairs = matched.values(item, position);
    if !pairs.is_empty() {
        return pairs;
    }
    let bounds = matched.instrument().response(scalewright_model::ItemIx(item)).bounds();
    let is_number = matches!(
        matched.form.responses[matched.form.items[position].response].kind,
        ResponseKind::Numeric { .. } | ResponseKind::VisualAnalogue { .. }
    );
    let Some((low, high)) = bounds.filter(|_| is_number) else { return Vec::new() };
    let middle = ((low + high) / 2.0).floor();
    [low, middle, high]
        .into_iter()
        .filter(|value| (low..=high).contains(value))
        .map(|value| (value, value))
        .collect()
}

/// The program of the definition with a score for each condition, and the positions of these by item.
fn with_conditions(matched: &Matched<'_>) -> (Program, BTreeMap<usize, usize>) {
    let program = matched.against.program;
    let (mut scores, mut order) = (program.scores.clone(), program.order.clone());
    let mut asked = BTreeMap::new();
    let scales = matched.instrument().scales.len();
    for (item, answer) in program.answers.iter().enumerate() {
        let of_items = matched.instrument().items[item].ask.as_ref();
        let test = answer
            .as_ref()
            .and_then(|answer| answer.asked.as_ref())
            .map(|asked| &asked.when)
            .or(of_items.map(|ask| &ask.when));
        let Some(test) = test else { continue };
        asked.insert(item, scores.len());
        order.push(EvalStep::Score(scores.len()));
        let scale = ScaleIx(scales + asked.len());
        scores.push(OurScore { scale, formula: Formula::Truth(test.clone()), items: Vec::new() });
    }
    (Program::of_parts(program.answers.clone(), scores, order, scales + asked.len() + 1), asked)
}
