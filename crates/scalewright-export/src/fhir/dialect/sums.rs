//! Sums, means, lowest and highest: with `+` and `iif`, for there are engines without `sum()`, `min()` and `max()`.

use scalewright_model::AggregateKind;

use super::value::{Binds, Value, choose, decimal};
use super::variables::{Print, Printer};
use scalewright_scoring::normal::{CheckIx, CombinePart};

/// A sum of more terms than this is made in parts: engines work recursively.
const TERMS: usize = 40;

impl Printer<'_> {
    pub(super) fn combine(
        &mut self,
        (kind, times): (AggregateKind, f64),
        parts: &[CombinePart],
        when: CheckIx,
        stem: &str,
    ) -> Print<Value> {
        let mut terms = Vec::new();
        for part in parts {
            let term = self.print(part.of, stem)?;
            terms.push(self.with_needs(term, stem)?);
        }
        let value = match kind {
            AggregateKind::Sum => self.added_up(stood_in(&terms, parts, Some(0.0)), stem)?,
            AggregateKind::Mean => {
                let sum = self.added_up(stood_in(&terms, parts, Some(0.0)), stem)?;
                let count = self.divisor(parts, stem)?;
                let sum = if times == 1.0 { sum } else { sum.times(&Value::number(times)) };
                sum.over(&count)
            }
            AggregateKind::Min | AggregateKind::Max => {
                if let Some((of, limit)) = self.limit(parts, &terms, when) {
                    return self.limited(kind, of, limit, stem);
                }
                let sign = if kind == AggregateKind::Min { "<=" } else { ">=" };
                self.best(stood_in(&terms, parts, None), sign, stem)?
            }
        };
        self.guarded(when, value, stem)
    }

    /// The one number that is kept below or above a constant, and the constant. `when` is that it is known.
    fn limit<'v>(
        &self,
        parts: &[CombinePart],
        terms: &'v [Value],
        when: CheckIx,
    ) -> Option<(&'v Value, f64)> {
        let ([a, b], [first, second]) = (terms, parts) else { return None };
        let (of, limit, part) = match (a.literal, b.literal) {
            (None, Some(limit)) => (a, limit, first),
            (Some(limit), None) => (b, limit, second),
            _ => return None,
        };
        (self.normal.step(part.of).exists == when).then_some((of, limit))
    }

    /// A number that is kept below or above another. Where it is missing the comparison is not true, and what is
    /// missing is chosen.
    fn limited(&mut self, kind: AggregateKind, of: &Value, limit: f64, stem: &str) -> Print<Value> {
        let (of, limit) = (self.short(of.clone(), stem)?, decimal(limit));
        let sign = if kind == AggregateKind::Min { ">" } else { "<" };
        let text = format!("iif({} {sign} {limit}, {limit}, {})", of.text, of.text);
        Ok(Value::made_of(text, Binds::Term, &[&of]))
    }

    /// How many parts count.
    fn divisor(&mut self, parts: &[CombinePart], stem: &str) -> Print<Value> {
        let checks: Vec<CheckIx> =
            parts.iter().map(|part| self.normal.step(part.of).exists).collect();
        let count = self.counted(&checks, stem)?;
        match count.text.starts_with('%') {
            true => Ok(count),
            false => self.count_variable(&checks, count, stem),
        }
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
                    let last = choose(&term.exists(), b, a);
                    let better = format!("iif({a} {sign} {b}, {a}, {last})");
                    let about = format!("{stem} up to here");
                    Value::variable(&self.part_called((stem, "Best"), about, better)?)
                }
            });
        }
        Ok(best.unwrap_or_else(Value::missing))
    }

    /// All terms added up, in parts where they are many.
    pub(super) fn added_up(&mut self, mut terms: Vec<Value>, stem: &str) -> Print<Value> {
        while terms.len() > TERMS {
            let mut sums = Vec::new();
            for part in terms.chunks(TERMS) {
                let sum = sum_of(part);
                let always = sum.is_always();
                let name = self.part(stem, sum.text)?;
                let variable = Value::variable(&name);
                // What always has a value need not be asked for it.
                sums.push(if always { variable.known() } else { variable });
            }
            terms = sums;
        }
        Ok(sum_of(&terms))
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

/// The terms, each with what counts where it is missing: its own stand-in, or `otherwise`.
fn stood_in(terms: &[Value], parts: &[CombinePart], otherwise: Option<f64>) -> Vec<Value> {
    let each = terms.iter().zip(parts).map(|(term, part)| {
        match part.stand_in.or(otherwise).filter(|_| !term.is_always()) {
            Some(value) => Value::always(choose(&term.exists(), &term.text, &decimal(value))),
            None => term.clone(),
        }
    });
    each.collect()
}
