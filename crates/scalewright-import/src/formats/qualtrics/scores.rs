//! Grades as scores: each selected answer adds its points.

use scalewright_model::OptionValue;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::Reader;
use super::parts::Items;
use crate::finding::Kind;
use crate::form::rule::{Answers, Rule, Source, Target};
use crate::form::{Form, ResponseKind, Score};
use crate::json::Node;
use crate::value::Value;
use crate::words::Words;

/// The longest formula that a definition may contain, in characters.
const LONGEST_FORMULA: usize = 8000;

/// The points of the answers to items: item, then value.
#[derive(Debug, Clone, Default)]
pub(super) struct Table(BTreeMap<usize, BTreeMap<OptionValue, f64>>);

impl Table {
    /// The points of what was selected. What was not selected adds nothing.
    pub(super) fn sum(&self, answers: &Answers) -> f64 {
        let mut sum = 0.0;
        for (item, points) in &self.0 {
            let Some(answer) = answers.of.get(*item).copied().flatten() else { continue };
            let found = points.iter().find(|(value, _)| (answer - value.number()).abs() < 1e-9);
            sum += found.map_or(0.0, |(_, points)| *points);
        }
        sum
    }
}

/// A score: the sum of the points of what was selected. What was not selected adds nothing.
struct Grades(Table);

impl Source for Grades {
    fn value(&self, _form: &Form, answers: &Answers) -> Value {
        Value::Number(self.0.sum(answers))
    }
}

impl<'a> Reader<'a> {
    /// Reads the scoring categories.
    pub(super) fn scores(&mut self) {
        let mut tables = self.tables();
        self.computed_fields(&tables);
        for scoring in self.elements("SCO") {
            for category in scoring.get("ScoringCategories").list() {
                let id = category.get("ID").as_text().unwrap_or_default();
                let table = tables.remove(&id).unwrap_or_default();
                self.score(&category, table);
            }
        }
        for (id, _) in tables.into_iter().filter(|(id, _)| !id.is_empty()) {
            let message = format!("grades name the scoring category `{id}`, which is not there");
            let place = self.elements("SCO").first().map(Node::place).unwrap_or_default();
            self.report_at(Kind::Doubtful, "no-category", &place, message);
        }
    }

    /// The points in each category.
    fn tables(&mut self) -> BTreeMap<String, Table> {
        let mut tables: BTreeMap<String, Table> = BTreeMap::new();
        let mut ids: Vec<&'a str> = self.questions.keys().copied().collect();
        ids.sort_unstable();
        for id in ids {
            let question = self.questions[id].clone();
            let mut lost = 0_usize;
            for grade in question.get("GradingData").list() {
                for (category, points) in grade.get("Grades").entries() {
                    let text = points.as_text().unwrap_or_default();
                    if text.trim().is_empty() {
                        continue;
                    }
                    let cell = self.cell(id, &grade);
                    let points = text.trim().parse().ok().filter(|number: &f64| number.is_finite());
                    match cell.zip(points) {
                        Some(((item, value), points)) => {
                            let table = tables.entry(category.to_owned()).or_default();
                            table.0.entry(item).or_default().insert(value, points);
                        }
                        None => lost += 1,
                    }
                }
            }
            if lost > 0 {
                let message = format!(
                    "{lost} grades of `{id}` belong to nothing that was imported, or are no numbers"
                );
                let at = question.get("GradingData");
                self.report(Kind::NotUnderstood, "grade", &at, message);
            }
        }
        tables
    }

    /// The item and the value for which a grade is given.
    fn cell(&self, question: &str, grade: &Node<'_>) -> Option<(usize, OptionValue)> {
        let shape = self.shapes.get(question)?;
        let choice = grade.get("ChoiceID").as_text()?;
        match &shape.items {
            Items::One(item) => Some((*item, *shape.values.get(&choice)?)),
            Items::Rows(rows) => {
                let answer = grade.get("AnswerID").as_text()?;
                Some((*rows.get(&choice)?, *shape.values.get(&answer)?))
            }
            Items::Boxes(boxes) => Some((*boxes.get(&choice)?, 1.into())),
        }
    }

    fn score(&mut self, category: &Node<'a>, table: Table) {
        let position = self.form.scores.len();
        let column = format!("SC{position}");
        let name = category.get("Name").text().unwrap_or(&column);
        let title = self.texts.text(name, 300, &category.place());
        let target = match self.formula(&table) {
            Ok(formula) if formula.chars().count() > LONGEST_FORMULA => Target::NotUnderstood(
                format!("the formula is longer than {LONGEST_FORMULA} characters"),
            ),
            Ok(formula) => Target::Formula(formula),
            Err(reason) => Target::NotUnderstood(reason),
        };
        let rule = Rule {
            text: format!("the grades of {} items", table.0.len()),
            place: category.place(),
            source: Some(Arc::new(Grades(table))),
            target,
        };
        self.form.scores.push(Score {
            id: self.ids.item(name),
            column,
            title: Words::only(&title),
            description: category.get("Description").text().map(str::to_owned),
            rule,
            bands: Vec::new(),
        });
    }

    /// The sum of the points as a formula.
    fn formula(&self, table: &Table) -> Result<String, String> {
        let mut terms = Vec::new();
        let mut counted = Vec::new();
        for (item, points) in &table.0 {
            let Some((id, values)) = self.values(*item) else {
                return Err("an item with grades has no options".to_owned());
            };
            let of = |value: &OptionValue| points.get(value).copied().unwrap_or(0.0);
            if values.iter().all(|value| of(value) == 0.0) {
                continue;
            }
            if values.iter().all(|value| of(value) == 1.0) {
                counted.push(id);
            }
            terms.push(format!("coalesce({}, 0)", keyed(id, &values, &of)));
        }
        if terms.is_empty() {
            return Err("no answer has points in it".to_owned());
        }
        if terms.len() == counted.len() {
            return Ok(format!("answered({})", counted.join(", ")));
        }
        Ok(terms.join(" + "))
    }

    /// The id of an item and its values, without those that mean that no answer was given.
    fn values(&self, item: usize) -> Option<(&str, Vec<OptionValue>)> {
        let item = self.form.items.get(item)?;
        let values = match &self.form.responses.get(item.response)?.kind {
            ResponseKind::Coded(choices) => choices
                .iter()
                .filter(|choice| !choice.non_response)
                .map(|choice| choice.value)
                .collect(),
            ResponseKind::YesNo { yes: _, no: _ } => vec![0.into(), 1.into()],
            _ => return None,
        };
        Some((&item.id, values))
    }
}

/// An item as it counts: as it is, reversed, or recoded.
fn keyed(id: &str, values: &[OptionValue], points: &dyn Fn(&OptionValue) -> f64) -> String {
    let low = values.iter().min().copied().unwrap_or_default();
    let high = values.iter().max().copied().unwrap_or_default();
    let is = |expected: &dyn Fn(OptionValue) -> OptionValue| {
        values.iter().all(|value| (points(value) - expected(*value).number()).abs() < 1e-9)
    };
    if is(&|value| value) {
        return id.to_owned();
    }
    if is(&|value| low + high - value) {
        return format!("reverse({id})");
    }
    let mut values = values.to_vec();
    values.sort_unstable();
    let table: Vec<String> =
        values.iter().map(|value| format!("{value}: {}", points(value))).collect();
    format!("recode({id}, {})", table.join(", "))
}
