//! Formulas from the wire.

use std::sync::Arc;

use scalewright_model as inner;
use scalewright_model::{AggregateKind, ItemIx, ReferenceIx, ScaleIx};

use super::ids::{DecodeError, Decoded, Ids, error};
use crate::Instrument;
use crate::expression::{Aggregate, Expr, Fill, Formula, Model, ModelItem, Table, Test};
use crate::number::Number;

/// The most operations that are nested in a formula. Definitions have at most 500 of their own, and compiling adds some;
/// the limit bounds recursion.
const DEEPEST: usize = 600;

/// Reads formulas, and what they refer to.
pub(super) struct Decoder<'a> {
    pub(super) ids: &'a Ids<'a>,
    tables: Vec<Arc<inner::Table>>,
    models: Vec<Arc<inner::Model>>,
    /// The parts that have not been used yet. Each is used once, so there are no circles.
    numbers: Vec<Option<&'a Expr>>,
    tests: Vec<Option<&'a Test>>,
    depth: usize,
}

impl<'a> Decoder<'a> {
    pub(super) fn new(ids: &'a Ids<'a>, instrument: &'a Instrument) -> Decoded<Self> {
        let mut decoder = Self {
            ids,
            tables: Vec::new(),
            models: Vec::new(),
            numbers: instrument.parts.numbers.iter().map(Some).collect(),
            tests: instrument.parts.tests.iter().map(Some).collect(),
            depth: 0,
        };
        for table in &instrument.tables {
            let table = decoder.table(table)?;
            decoder.tables.push(Arc::new(table));
        }
        for model in &instrument.models {
            let model = decoder.model(model)?;
            decoder.models.push(Arc::new(model));
        }
        Ok(decoder)
    }

    pub(super) fn item(&self, id: &str) -> Decoded<ItemIx> {
        self.ids.items.get(id).map(ItemIx)
    }

    pub(super) fn scale(&self, id: &str) -> Decoded<ScaleIx> {
        self.ids.scales.get(id).map(ScaleIx)
    }

    pub(super) fn references(&self, ids: &[String]) -> Decoded<Vec<ReferenceIx>> {
        ids.iter().map(|id| self.ids.references.get(id).map(ReferenceIx)).collect()
    }

    pub(super) fn formula(&mut self, formula: &'a Formula) -> Decoded<inner::Formula> {
        Ok(match formula {
            Formula::Number { value } => inner::Formula::Number(self.number(value)?),
            Formula::Truth { value } => inner::Formula::Truth(self.truth(value)?),
            Formula::Word { position, words } => {
                inner::Formula::Word { position: self.number(position)?, words: words.clone() }
            }
        })
    }

    fn deeper<T>(&mut self, read: impl FnOnce(&mut Self) -> Decoded<T>) -> Decoded<T> {
        if self.depth >= DEEPEST {
            return Err(error(format!("a formula is nested deeper than {DEEPEST} operations")));
        }
        self.depth += 1;
        let result = read(self);
        self.depth -= 1;
        result
    }

    fn boxed(&mut self, expr: &'a Expr) -> Decoded<Box<inner::Expr>> {
        self.number(expr).map(Box::new)
    }

    fn numbers(&mut self, exprs: &'a [Expr]) -> Decoded<Vec<inner::Expr>> {
        exprs.iter().map(|expr| self.number(expr)).collect()
    }

    fn truths(&mut self, tests: &'a [Test]) -> Decoded<Vec<inner::Test>> {
        tests.iter().map(|test| self.truth(test)).collect()
    }

    fn number(&mut self, expr: &'a Expr) -> Decoded<inner::Expr> {
        self.deeper(|decoder| decoder.expr(expr))
    }

    pub(super) fn truth(&mut self, test: &'a Test) -> Decoded<inner::Test> {
        self.deeper(|decoder| decoder.test(test))
    }

    fn expr(&mut self, expr: &'a Expr) -> Decoded<inner::Expr> {
        Ok(match expr {
            Expr::Number { value } => inner::Expr::Number(value.0),
            Expr::Missing => inner::Expr::Missing,
            Expr::Answer { item } => inner::Expr::Answer(self.item(item)?),
            Expr::Chosen { item, option } => {
                inner::Expr::Chosen { item: self.item(item)?, option: *option }
            }
            Expr::Score { scale } => inner::Expr::Score(self.scale(scale)?),
            Expr::Reverse { of, low, high } => {
                inner::Expr::Reverse { of: self.boxed(of)?, low: low.0, high: high.0 }
            }
            Expr::Recode { of, pairs: table, other, missing } => inner::Expr::Recode {
                of: self.boxed(of)?,
                table: pairs(table).into(),
                other: other.map(f64::from),
                missing: missing.map(f64::from),
            },
            Expr::Sum(of) => self.aggregate(AggregateKind::Sum, of)?,
            Expr::Mean(of) => self.aggregate(AggregateKind::Mean, of)?,
            Expr::Min(of) => self.aggregate(AggregateKind::Min, of)?,
            Expr::Max(of) => self.aggregate(AggregateKind::Max, of)?,
            Expr::Count { tests, need } => {
                inner::Expr::Count { tests: self.truths(tests)?, need: *need }
            }
            Expr::LongestRun { terms } => inner::Expr::LongestRun(self.numbers(terms)?),
            Expr::Arithmetic { operator, left, right } => {
                let operator = (*operator).into();
                inner::Expr::Arithmetic {
                    operator,
                    left: self.boxed(left)?,
                    right: self.boxed(right)?,
                }
            }
            Expr::Apply { function, of } => {
                inner::Expr::Apply { function: (*function).into(), of: self.boxed(of)? }
            }
            Expr::Round { of, decimals } => {
                inner::Expr::Round { of: self.boxed(of)?, decimals: *decimals }
            }
            Expr::If { test, then, otherwise, unknown } => inner::Expr::If {
                test: Box::new(self.truth(test)?),
                then: self.boxed(then)?,
                otherwise: self.boxed(otherwise)?,
                unknown: self.boxed(unknown)?,
            },
            Expr::Lookup { of, table } => inner::Expr::Lookup {
                of: self.numbers(of)?,
                table: listed("table", &self.tables, *table)?,
            },
            Expr::Eap { model, need, sd } => {
                let model = listed("model", &self.models, *model)?;
                inner::Expr::Eap { model, need: *need, sd: *sd }
            }
            Expr::Part { part } => {
                let of = self.numbers.get_mut(*part).and_then(Option::take);
                self.number(of.ok_or_else(|| no_part(*part))?)?
            }
        })
    }

    fn aggregate(&mut self, kind: AggregateKind, of: &'a Aggregate) -> Decoded<inner::Expr> {
        let Aggregate { terms, weights, need, mandatory, fill } = of;
        Ok(inner::Expr::Aggregate(inner::Aggregate {
            kind,
            terms: self.numbers(terms)?,
            weights: weights.as_deref().map(floats),
            need: *need,
            mandatory: mandatory.clone(),
            fill: self::fill(fill.as_ref()),
        }))
    }

    fn test(&mut self, test: &'a Test) -> Decoded<inner::Test> {
        Ok(match test {
            Test::Truth { value } => inner::Test::Truth(*value),
            Test::Unknown => inner::Test::Missing,
            Test::Flag { scale } => inner::Test::Flag(self.scale(scale)?),
            Test::Compare { comparison, left, right } => {
                let comparison = (*comparison).into();
                inner::Test::Compare {
                    comparison,
                    left: self.boxed(left)?,
                    right: self.boxed(right)?,
                }
            }
            Test::AtLeast { count, tests } => {
                inner::Test::AtLeast { count: *count, tests: self.truths(tests)? }
            }
            Test::All { tests } => inner::Test::All(self.truths(tests)?),
            Test::Any { tests } => inner::Test::Any(self.truths(tests)?),
            Test::Not { of } => inner::Test::Not(Box::new(self.truth(of)?)),
            Test::IsMissing { of } => inner::Test::IsMissing(self.boxed(of)?),
            Test::IsUnknown { of } => inner::Test::IsUnknown(Box::new(self.truth(of)?)),
            Test::Part { part } => {
                let of = self.tests.get_mut(*part).and_then(Option::take);
                self.truth(of.ok_or_else(|| no_part(*part))?)?
            }
        })
    }

    fn table(&self, table: &Table) -> Decoded<inner::Table> {
        let Table { name, matching, outside, rows, source, of_sums } = table;
        if rows.iter().any(|row| row.len() != matching.len() + 1) {
            return Err(error(format!("a row of table `{name}` has too few or too many numbers")));
        }
        Ok(inner::Table {
            name: name.clone(),
            matching: matching.clone(),
            outside: *outside,
            rows: rows.iter().map(|row| floats(row)).collect(),
            source: self.references(source)?,
            of_sums: *of_sums,
        })
    }

    fn model(&mut self, model: &'a Model) -> Decoded<inner::Model> {
        let Model { name, kind, items, scaling, points, source } = model;
        Ok(inner::Model {
            name: name.clone(),
            kind: *kind,
            items: items.iter().map(|item| self.model_item(item)).collect::<Decoded<_>>()?,
            scaling: scaling.0,
            points: pairs(points),
            source: self.references(source)?,
        })
    }

    fn model_item(&mut self, item: &'a ModelItem) -> Decoded<inner::ModelItem> {
        let ModelItem { answer, values, discrimination, thresholds } = item;
        Ok(inner::ModelItem {
            answer: self.number(answer)?,
            values: floats(values),
            discrimination: discrimination.0,
            thresholds: floats(thresholds),
        })
    }
}

fn no_part(part: usize) -> DecodeError {
    error(format!("the part {part} of a formula does not exist, or is used twice"))
}

fn listed<T>(what: &str, list: &[Arc<T>], at: usize) -> Decoded<Arc<T>> {
    list.get(at).cloned().ok_or_else(|| error(format!("there is no {what} {at}")))
}

pub(super) fn fill(fill: Option<&Fill>) -> inner::Fill {
    match fill {
        None => inner::Fill::Nothing,
        Some(Fill::PersonMean) => inner::Fill::PersonMean,
        Some(Fill::Constant { value }) => inner::Fill::Constant(value.0),
        Some(Fill::Each { values }) => inner::Fill::Each(floats(values).into()),
    }
}

pub(super) fn floats(numbers: &[Number]) -> Vec<f64> {
    numbers.iter().map(|number| number.0).collect()
}

pub(super) fn pairs(pairs: &[[Number; 2]]) -> Vec<(f64, f64)> {
    pairs.iter().map(|[of, to]| (of.0, to.0)).collect()
}
