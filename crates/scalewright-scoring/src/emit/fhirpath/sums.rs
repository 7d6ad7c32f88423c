//! Sums, means, lowest and highest: with `+` and `iif`, for there are engines without `sum()`, `min()` and `max()`.

use scalewright_model::{Aggregate, AggregateKind, Expr, Fill, TOLERANCE};

use super::value::{Binds, Condition, Value, decimal, whole};
use super::{Print, Printer};

/// A sum of more terms than this is made in parts: engines work recursively.
const TERMS: usize = 40;

impl Printer<'_> {
    pub(super) fn aggregate(&mut self, aggregate: &Aggregate, stem: &str) -> Print<Value> {
        let mut terms = Vec::new();
        for term in &aggregate.terms {
            terms.push(self.print(term, stem)?);
        }
        match aggregate.kind {
            AggregateKind::Min | AggregateKind::Max => self.extreme(aggregate, terms, stem),
            AggregateKind::Sum | AggregateKind::Mean if aggregate.need >= terms.len() => {
                self.complete(aggregate, &terms, stem)
            }
            AggregateKind::Sum | AggregateKind::Mean => self.partial(aggregate, terms, stem),
        }
    }

    /// A sum or mean that needs every term: what is missing makes it missing.
    fn complete(&mut self, aggregate: &Aggregate, terms: &[Value], stem: &str) -> Print<Value> {
        let weighted = weighted(aggregate, terms);
        let sum = self.added_up(weighted, stem)?;
        Ok(match aggregate.kind {
            AggregateKind::Mean => sum.over(&Value::number_of(terms.len())),
            _ => sum,
        })
    }

    /// A sum or mean for which some terms may be missing.
    fn partial(&mut self, aggregate: &Aggregate, terms: Vec<Value>, stem: &str) -> Print<Value> {
        let terms = self.all_with_needs(terms, stem)?;
        let there: Vec<Condition> = terms.iter().map(exists).collect();
        let filled = weighted(aggregate, &terms).into_iter().zip(&there).enumerate();
        let filled = filled.map(|(at, (term, there))| {
            let text = there.choose(&term.text, &decimal(stand_in(aggregate, at)));
            if there.text == "true" { term } else { Value::always(text) }
        });
        let sum = self.added_up(filled.collect(), stem)?;
        let all = Value::number_of(terms.len());
        let divides = match (aggregate.kind, &aggregate.fill) {
            (AggregateKind::Mean, Fill::Nothing) | (_, Fill::PersonMean) => true,
            (_, Fill::Nothing | Fill::Constant(_) | Fill::Each(_)) => false,
        };
        if !divides {
            let enough = self.enough(aggregate, &there, stem)?;
            let mean = aggregate.kind == AggregateKind::Mean;
            let value = if mean { sum.over(&all) } else { sum };
            return Ok(Value::guarded(&enough, &value.text));
        }
        let count = self.counted(&there, (stem, "Answered"))?;
        let count = self.operand_called(count, (stem, "Answered"))?;
        let value = match aggregate.kind {
            AggregateKind::Mean => sum.over(&count),
            _ => sum.times(&all).over(&count),
        };
        let mut enough = mandatory(aggregate, &there);
        let need = whole(aggregate.need.max(1));
        enough.insert(0, Condition::one(format!("{} >= {need}", count.text)));
        Ok(Value::guarded(&Condition::all(enough), &value.text))
    }

    /// Whether as many terms are there as are needed, and those that must be.
    fn enough(
        &mut self,
        aggregate: &Aggregate,
        there: &[Condition],
        stem: &str,
    ) -> Print<Condition> {
        let enough = match aggregate.need.max(1) {
            1 => Condition::any(there.to_vec()),
            need if need >= there.len() => Condition::all(there.to_vec()),
            need => Condition::one(format!(
                "{} >= {}",
                self.counted(there, (stem, "Answered"))?.text,
                whole(need)
            )),
        };
        let mut all = mandatory(aggregate, there);
        all.insert(0, enough);
        Ok(Condition::all(all))
    }

    /// The lowest or highest.
    fn extreme(&mut self, aggregate: &Aggregate, terms: Vec<Value>, stem: &str) -> Print<Value> {
        let sign = if aggregate.kind == AggregateKind::Min { "<=" } else { ">=" };
        let terms = self.all_with_needs(terms, stem)?;
        let variable = terms.iter().filter(|term| term.literal.is_none()).count();
        if variable == 1 && aggregate.need >= terms.len() {
            return self.limited(aggregate.kind, terms, sign, stem);
        }
        let there: Vec<Condition> = terms.iter().map(exists).collect();
        let filled = match aggregate.fill {
            Fill::Nothing | Fill::PersonMean => terms,
            Fill::Constant(_) | Fill::Each(_) => {
                let filled =
                    terms.into_iter().zip(&there).enumerate().map(|(at, (term, there))| {
                        let text = there.choose(&term.text, &decimal(stand_in(aggregate, at)));
                        Value::always(text)
                    });
                filled.collect()
            }
        };
        let best = self.best(filled, sign, stem)?;
        if aggregate.fill == Fill::Nothing && aggregate.need <= 1 && aggregate.mandatory.is_empty()
        {
            return Ok(best);
        }
        let enough = self.enough(aggregate, &there, stem)?;
        Ok(Value::guarded(&enough, &best.text))
    }

    /// One number that is kept above or below others, which are always the same.
    fn limited(
        &mut self,
        kind: AggregateKind,
        terms: Vec<Value>,
        sign: &str,
        stem: &str,
    ) -> Print<Value> {
        let better = if kind == AggregateKind::Min { f64::min } else { f64::max };
        let limit = terms.iter().filter_map(|term| term.literal).reduce(better);
        let Some(term) = terms.into_iter().find(|term| term.literal.is_none()) else {
            return Ok(limit.map_or_else(Value::missing, Value::number));
        };
        let Some(limit) = limit.map(decimal) else { return Ok(term) };
        let term = self.short(term, stem)?;
        // Where the number is missing the comparison does not hold, and what is missing is chosen.
        let text = format!("iif({} {} {limit}, {limit}, {})", term.text, turned(sign), term.text);
        Ok(Value::made_of(text, Binds::Term, &[&term]))
    }

    /// The one that compares so with all others, missing ones left out; found term by term.
    fn best(&mut self, terms: Vec<Value>, sign: &str, stem: &str) -> Print<Value> {
        let mut best: Option<Value> = None;
        for term in terms {
            let term = self.short(term, stem)?;
            best = Some(match best {
                None => term,
                Some(best) => {
                    let (a, b) = (&best.text, &term.text);
                    let last = exists(&term).choose(b, a);
                    let better = format!("iif({a} {sign} {b}, {a}, {last})");
                    let about = format!("{stem} up to here");
                    Value::variable(&self.part_called((stem, "Best"), about, better)?)
                }
            });
        }
        Ok(best.unwrap_or_else(Value::missing))
    }

    /// The length of the longest run of equal numbers.
    pub(super) fn longest_run(&mut self, terms: &[Expr], stem: &str) -> Print<Value> {
        let mut runs = Vec::new();
        let mut last: Option<(String, String)> = None;
        for term in terms {
            let term = self.print(term, stem)?;
            let value = self.operand(term, stem)?;
            let one = exists(&value).choose("1.0", "{}");
            let value = value.text;
            let run = match &last {
                None => one,
                Some((before, length)) => {
                    let guard = decimal(TOLERANCE);
                    format!(
                        "iif({value} >= {before} - {guard} and {value} <= {before} + {guard}, %{length} + 1.0, {one})"
                    )
                }
            };
            let about = format!("length of the run of equal answers in {stem}");
            let name = self.part_called((stem, "Run"), about, run)?;
            runs.push(Value::variable(&name));
            last = Some((value, name));
        }
        self.best(runs, ">=", stem)
    }

    /// All terms added up, in parts where they are many.
    pub(super) fn added_up(&mut self, mut terms: Vec<Value>, stem: &str) -> Print<Value> {
        while terms.len() > TERMS {
            let mut sums = Vec::new();
            for part in terms.chunks(TERMS) {
                let sum = sum_of(part);
                let name = self.part(stem, sum.text)?;
                // What always has a value need not be asked for it.
                let needs = sum.needs.filter(|needs| needs.is_empty());
                let variable = Value::variable(&name);
                sums.push(Value { needs: needs.or(variable.needs), ..variable });
            }
            terms = sums;
        }
        Ok(sum_of(&terms))
    }

    fn all_with_needs(&mut self, terms: Vec<Value>, stem: &str) -> Print<Vec<Value>> {
        terms.into_iter().map(|term| self.with_needs(term, stem)).collect()
    }
}

fn sum_of(terms: &[Value]) -> Value {
    let [first, rest @ ..] = terms else { return Value::number(0.0) };
    if rest.is_empty() {
        return first.clone();
    }
    let mut text = first.beside(Binds::Sum);
    for term in rest {
        text.push_str(" + ");
        text.push_str(&term.beside(Binds::Sum));
    }
    let all: Vec<&Value> = terms.iter().collect();
    Value::made_of(text, Binds::Sum, &all)
}

/// What `a sign b` is when it is read from the right.
fn turned(sign: &str) -> &'static str {
    if sign == "<=" { ">=" } else { "<=" }
}

/// True where `value` is there.
fn exists(value: &Value) -> Condition {
    value.exists().unwrap_or_else(|| Condition::fixed(true))
}

fn weighted(aggregate: &Aggregate, terms: &[Value]) -> Vec<Value> {
    let Some(weights) = &aggregate.weights else { return terms.to_vec() };
    let weighted = terms.iter().zip(weights).map(|(term, &weight)| match weight {
        1.0 => term.clone(),
        _ => term.times(&Value::number(weight)),
    });
    weighted.collect()
}

/// What stands in for the term at a position, weighted like it.
fn stand_in(aggregate: &Aggregate, at: usize) -> f64 {
    match &aggregate.fill {
        Fill::Nothing | Fill::PersonMean => 0.0,
        Fill::Constant(value) => *value,
        Fill::Each(each) => {
            each[at] * aggregate.weights.as_ref().map_or(1.0, |weights| weights[at])
        }
    }
}

/// The terms that must be there.
fn mandatory(aggregate: &Aggregate, there: &[Condition]) -> Vec<Condition> {
    aggregate.mandatory.iter().map(|&position| there[position].clone()).collect()
}
