//! Formulas to the wire.

use std::sync::Arc;

use scalewright_model as inner;
use scalewright_model::{AggregateKind, ItemIx, ReferenceIx, ScaleIx};

use crate::Instrument;
use crate::expression::{Aggregate, Expr, Fill, Formula, Model, ModelItem, Parts, Table, Test};
use crate::number::Number;

/// The most operations that are nested in one tree of JSON. Usual readers of JSON accept 128 levels or more, and an
/// operation takes two.
const DEEPEST: usize = 32;

/// Collects the tables, models and parts that trees refer to.
pub(super) struct Encoder<'a> {
    pub(super) instrument: &'a inner::Instrument,
    tables: Vec<(Arc<inner::Table>, Table)>,
    models: Vec<(Arc<inner::Model>, Model)>,
    parts: Parts,
}

/// A tree and the number of operations that are nested in it.
type Deep<T> = (T, usize);

impl<'a> Encoder<'a> {
    pub(super) fn new(instrument: &'a inner::Instrument) -> Self {
        Self { instrument, tables: Vec::new(), models: Vec::new(), parts: Parts::default() }
    }

    /// Adds the collected tables, models and parts to the instrument.
    pub(super) fn finish(self, instrument: &mut Instrument) {
        instrument.tables = self.tables.into_iter().map(|(_, table)| table).collect();
        instrument.models = self.models.into_iter().map(|(_, model)| model).collect();
        instrument.parts = self.parts;
    }

    pub(super) fn item(&self, item: ItemIx) -> String {
        self.instrument.items[item.0].id.clone()
    }

    pub(super) fn scale(&self, scale: ScaleIx) -> String {
        self.instrument.scales[scale.0].id.clone()
    }

    pub(super) fn references(&self, references: &[ReferenceIx]) -> Vec<String> {
        references.iter().map(|at| self.instrument.references[at.0].id.clone()).collect()
    }

    pub(super) fn formula(&mut self, formula: &inner::Formula) -> Formula {
        match formula {
            inner::Formula::Number(of) => Formula::Number { value: self.expr(of).0 },
            inner::Formula::Truth(of) => Formula::Truth { value: self.test(of) },
            inner::Formula::Word { position, words } => {
                Formula::Word { position: self.expr(position).0, words: words.clone() }
            }
        }
    }

    pub(super) fn test(&mut self, test: &inner::Test) -> Test {
        self.test_of(test).0
    }

    fn expr(&mut self, expr: &inner::Expr) -> Deep<Expr> {
        let mut deepest = 0;
        let encoded = self.expr_of(expr, &mut deepest);
        (encoded, deepest + 1)
    }

    /// Encodes an operand, moves it to the parts if it is too deep, and raises `deepest` to its depth.
    fn number(&mut self, expr: &inner::Expr, deepest: &mut usize) -> Expr {
        let (encoded, depth) = self.expr(expr);
        if depth < DEEPEST {
            *deepest = (*deepest).max(depth);
            return encoded;
        }
        *deepest = (*deepest).max(1);
        self.parts.numbers.push(encoded);
        Expr::Part { part: self.parts.numbers.len() - 1 }
    }

    fn boxed(&mut self, expr: &inner::Expr, deepest: &mut usize) -> Box<Expr> {
        Box::new(self.number(expr, deepest))
    }

    fn numbers(&mut self, exprs: &[inner::Expr], deepest: &mut usize) -> Vec<Expr> {
        exprs.iter().map(|expr| self.number(expr, deepest)).collect()
    }

    /// Like [`Encoder::number`], for a condition.
    fn truth(&mut self, test: &inner::Test, deepest: &mut usize) -> Test {
        let (encoded, depth) = self.test_of(test);
        if depth < DEEPEST {
            *deepest = (*deepest).max(depth);
            return encoded;
        }
        *deepest = (*deepest).max(1);
        self.parts.tests.push(encoded);
        Test::Part { part: self.parts.tests.len() - 1 }
    }

    fn truths(&mut self, tests: &[inner::Test], deepest: &mut usize) -> Vec<Test> {
        tests.iter().map(|test| self.truth(test, deepest)).collect()
    }

    fn expr_of(&mut self, expr: &inner::Expr, deepest: &mut usize) -> Expr {
        match expr {
            inner::Expr::Number(value) => Expr::Number { value: Number(*value) },
            inner::Expr::Missing => Expr::Missing,
            inner::Expr::Answer(item) => Expr::Answer { item: self.item(*item) },
            inner::Expr::Chosen { item, option } => {
                Expr::Chosen { item: self.item(*item), option: *option }
            }
            inner::Expr::Score(scale) => Expr::Score { scale: self.scale(*scale) },
            inner::Expr::Reverse { of, low, high } => {
                let of = self.boxed(of, deepest);
                Expr::Reverse { of, low: Number(*low), high: Number(*high) }
            }
            inner::Expr::Recode { of, table, other, missing } => Expr::Recode {
                of: self.boxed(of, deepest),
                pairs: pairs(table),
                other: other.map(Number),
                missing: missing.map(Number),
            },
            inner::Expr::Aggregate(aggregate) => self.aggregate(aggregate, deepest),
            inner::Expr::Count { tests, need } => {
                Expr::Count { tests: self.truths(tests, deepest), need: *need }
            }
            inner::Expr::LongestRun(terms) => {
                Expr::LongestRun { terms: self.numbers(terms, deepest) }
            }
            inner::Expr::Arithmetic { operator, left, right } => {
                let (left, right) = (self.boxed(left, deepest), self.boxed(right, deepest));
                Expr::Arithmetic { operator: (*operator).into(), left, right }
            }
            inner::Expr::Apply { function, of } => {
                Expr::Apply { function: (*function).into(), of: self.boxed(of, deepest) }
            }
            inner::Expr::Round { of, decimals } => {
                Expr::Round { of: self.boxed(of, deepest), decimals: *decimals }
            }
            inner::Expr::If { test, then, otherwise, unknown } => Expr::If {
                test: Box::new(self.truth(test, deepest)),
                then: self.boxed(then, deepest),
                otherwise: self.boxed(otherwise, deepest),
                unknown: self.boxed(unknown, deepest),
            },
            inner::Expr::Lookup { of, table } => {
                Expr::Lookup { of: self.numbers(of, deepest), table: self.table(table) }
            }
            inner::Expr::Eap { model, need, sd } => {
                Expr::Eap { model: self.model(model), need: *need, sd: *sd }
            }
        }
    }

    fn aggregate(&mut self, aggregate: &inner::Aggregate, deepest: &mut usize) -> Expr {
        let inner::Aggregate { kind, terms, weights, need, mandatory, fill } = aggregate;
        let aggregate = Aggregate {
            terms: self.numbers(terms, deepest),
            weights: weights.as_deref().map(numbers),
            need: *need,
            mandatory: mandatory.clone(),
            fill: self::fill(fill),
        };
        match kind {
            AggregateKind::Sum => Expr::Sum(aggregate),
            AggregateKind::Mean => Expr::Mean(aggregate),
            AggregateKind::Min => Expr::Min(aggregate),
            AggregateKind::Max => Expr::Max(aggregate),
        }
    }

    fn test_of(&mut self, test: &inner::Test) -> Deep<Test> {
        let mut deepest = 0;
        let encoded = match test {
            inner::Test::Truth(value) => Test::Truth { value: *value },
            inner::Test::Missing => Test::Unknown,
            inner::Test::Flag(scale) => Test::Flag { scale: self.scale(*scale) },
            inner::Test::Compare { comparison, left, right } => {
                let (left, right) =
                    (self.boxed(left, &mut deepest), self.boxed(right, &mut deepest));
                Test::Compare { comparison: (*comparison).into(), left, right }
            }
            inner::Test::AtLeast { count, tests } => {
                Test::AtLeast { count: *count, tests: self.truths(tests, &mut deepest) }
            }
            inner::Test::All(tests) => Test::All { tests: self.truths(tests, &mut deepest) },
            inner::Test::Any(tests) => Test::Any { tests: self.truths(tests, &mut deepest) },
            inner::Test::Not(of) => Test::Not { of: Box::new(self.truth(of, &mut deepest)) },
            inner::Test::IsMissing(of) => Test::IsMissing { of: self.boxed(of, &mut deepest) },
            inner::Test::IsUnknown(of) => {
                Test::IsUnknown { of: Box::new(self.truth(of, &mut deepest)) }
            }
        };
        (encoded, deepest + 1)
    }

    /// The position of a table. Formulas share tables, so each is listed once.
    fn table(&mut self, table: &Arc<inner::Table>) -> usize {
        if let Some(at) = self.tables.iter().position(|(known, _)| Arc::ptr_eq(known, table)) {
            return at;
        }
        let inner::Table { name, matching, outside, rows, source, of_sums } = &**table;
        let encoded = Table {
            name: name.clone(),
            matching: matching.clone(),
            outside: *outside,
            rows: rows.iter().map(|row| numbers(row)).collect(),
            source: self.references(source),
            of_sums: *of_sums,
        };
        self.tables.push((table.clone(), encoded));
        self.tables.len() - 1
    }

    /// The position of a model. Formulas share models, so each is listed once.
    pub(super) fn model(&mut self, model: &Arc<inner::Model>) -> usize {
        if let Some(at) = self.models.iter().position(|(known, _)| Arc::ptr_eq(known, model)) {
            return at;
        }
        let inner::Model { name, kind, items, scaling, points, source } = &**model;
        let encoded = Model {
            name: name.clone(),
            kind: *kind,
            items: items.iter().map(|item| self.model_item(item)).collect(),
            scaling: Number(*scaling),
            points: pairs(points),
            source: self.references(source),
        };
        // After its items, so that a model would refer only to earlier ones.
        self.models.push((model.clone(), encoded));
        self.models.len() - 1
    }

    fn model_item(&mut self, item: &inner::ModelItem) -> ModelItem {
        let inner::ModelItem { answer, values, discrimination, thresholds } = item;
        ModelItem {
            answer: self.number(answer, &mut 0),
            values: numbers(values),
            discrimination: Number(*discrimination),
            thresholds: numbers(thresholds),
        }
    }
}

pub(super) fn fill(fill: &inner::Fill) -> Option<Fill> {
    match fill {
        inner::Fill::Nothing => None,
        inner::Fill::PersonMean => Some(Fill::PersonMean),
        inner::Fill::Constant(value) => Some(Fill::Constant { value: Number(*value) }),
        inner::Fill::Each(values) => Some(Fill::Each { values: numbers(values) }),
    }
}

pub(super) fn numbers(values: &[f64]) -> Vec<Number> {
    values.iter().copied().map(Number).collect()
}

pub(super) fn pairs(pairs: &[(f64, f64)]) -> Vec<[Number; 2]> {
    pairs.iter().map(|(of, to)| [Number(*of), Number(*to)]).collect()
}
