//! Equations as scores.

use super::names::{mentioned, without_braces};
use super::{Equation, Reader, together};
use crate::expr::{self, Bound};
use crate::finding::Kind;
use crate::form::Score;
use crate::form::rule::Rule;
use crate::formats::limesurvey::survey::{Group, Question};
use crate::place::Place;
use crate::uses;
use crate::words::Words;

impl<'a> Reader<'a> {
    /// A computed question. Its rule is read when all names are known.
    pub(super) fn equation(&mut self, group: &'a Group, question: &'a Question) {
        self.note_attributes(question);
        self.other_equations(question);
        let place = question.origin.part("text");
        let is_titled = !question.attribute("equation").is_empty() && !question.text.is_empty();
        let title = if is_titled {
            self.words(&question.text, 300, &place)
        } else {
            Words::only(&question.code)
        };
        let bound = Bound::Score(self.form.scores.len());
        for name in super::names::in_expressions(question, "") {
            self.names.entry(name).or_insert(bound);
        }
        let id = self.ids.item(&question.code);
        self.equations.push(Equation { question, relevance: &group.relevance });
        self.form.scores.push(Score {
            id,
            column: question.code.clone(),
            title,
            description: None,
            rule: Rule::not_understood("", &place, ""),
            bands: Vec::new(),
        });
    }

    /// Reports an equation that is another one in other languages.
    fn other_equations(&mut self, question: &'a Question) {
        let main = question.text.of(self.main());
        let differing = question.text.iter().find(|(_, text)| Some(*text) != main);
        if let (Some((language, _)), true) = (differing, question.attribute("equation").is_empty())
        {
            let message =
                format!("the equation `{}` is another one in `{language}`", question.code);
            self.report(Kind::Doubtful, "other-equation", &question.origin.part("text"), message);
        }
    }

    /// Reads the rules of all scores. One that names intervals of another score gives the bands of that score.
    pub(super) fn scores(&mut self) {
        self.rules();
        let banded = self.bands();
        if banded.is_empty() {
            return;
        }
        // The rules refer to scores by position, so that they are read again without those that became bands.
        let mut kept = Vec::new();
        for (index, score) in std::mem::take(&mut self.form.scores).into_iter().enumerate() {
            if !banded.contains(&index) {
                kept.push(index);
                self.form.scores.push(score);
            }
        }
        self.equations =
            kept.iter().filter_map(|index| self.equations.get(*index).copied()).collect();
        self.names.retain(|_, bound| match bound {
            Bound::Score(index) => match kept.iter().position(|kept| kept == index) {
                Some(position) => {
                    *index = position;
                    true
                }
                None => false,
            },
            Bound::Item(_) | Bound::Ticked(_) => true,
        });
        self.rules();
    }

    fn rules(&mut self) {
        let texts: Vec<String> =
            self.equations.iter().map(|equation| self.expression(*equation)).collect();
        let uses: Vec<Vec<usize>> = texts.iter().map(|text| self.used(text)).collect();
        for (index, is_computable) in uses::order(&uses) {
            let place = self.place(self.equations[index].question);
            let text = texts[index].as_str();
            let rule = if is_computable {
                self.scoped(|scope| expr::score(scope, text, &place))
            } else {
                let reason = "it uses itself, or more scores than can be computed";
                Rule::not_understood(text, &place, reason)
            };
            self.form.scores[index].rule = rule;
        }
    }

    /// The expression of an equation. One that is not relevant is blank.
    fn expression(&self, equation: Equation<'a>) -> String {
        let Equation { question, relevance } = equation;
        let text = question.equation(self.main());
        match together(&[relevance, &question.relevance]) {
            None => text.to_owned(),
            Some(relevance) => format!("if({relevance}, {}, '')", without_braces(text)),
        }
    }

    fn place(&self, question: &Question) -> Place {
        let is_attribute = !question.attribute("equation").is_empty();
        match (is_attribute, question.origin.is_xml) {
            (true, false) => question.origin.part("equation"),
            (false, false) => question.origin.part("text"),
            (_, true) => question.origin.place(),
        }
    }

    /// The scores that an expression names.
    fn used(&self, text: &str) -> Vec<usize> {
        mentioned(text)
            .filter_map(|name| match self.names.get(name) {
                Some(Bound::Score(index)) => Some(*index),
                _ => None,
            })
            .collect()
    }

    /// The scores that are the bands of another score, by position.
    fn bands(&mut self) -> Vec<usize> {
        let mut banded = Vec::new();
        for index in 0..self.equations.len() {
            let text = self.expression(self.equations[index]);
            let Some((score, bands)) = self.scoped(|scope| expr::bands(scope, &text)) else {
                continue;
            };
            // A second set of bands stays a score whose values are words.
            let free = self.form.scores.get_mut(score).filter(|score| score.bands.is_empty());
            if let Some(score) = free.filter(|_| score != index) {
                score.bands = bands;
                banded.push(index);
            }
        }
        banded
    }
}
