//! Sums, means, minima and maxima, with `+` and `iif`: some engines lack `sum()`, `min()` and `max()`.

use scalewright_model::AggregateKind;

use super::value::{Binds, Value, choose, decimal};
use super::variables::{Print, Printer};
use scalewright_scoring::normal::{CheckIx, CombinePart};

/// The maximum number of terms in one sum. Longer sums are split into parts, because engines evaluate them recursively.
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
                // Multiply before dividing: FHIRPath guarantees eight decimals only, and in some engines
                // `34 / 14 * 21` is below 51.
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

    /// Returns the number and the constant, if the terms are one number and one constant and the result is known
    /// exactly when the number is (`when`).
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

    /// Prints a number limited by a constant. If the number is missing, the comparison is not true and the missing
    /// number itself is chosen.
    fn limited(&mut self, kind: AggregateKind, of: &Value, limit: f64, stem: &str) -> Print<Value> {
        let (of, limit) = (self.short(of.clone(), stem)?, decimal(limit));
        let sign = if kind == AggregateKind::Min { ">" } else { "<" };
        let text = format!("iif({} {sign} {limit}, {limit}, {})", of.text, of.text);
        Ok(Value::made_of(text, Binds::Term, &[&of]))
    }

    /// Prints the number of terms that exist, as a variable.
    fn divisor(&mut self, parts: &[CombinePart], stem: &str) -> Print<Value> {
        let checks: Vec<CheckIx> =
            parts.iter().map(|part| self.normal.step(part.of).exists).collect();
        // A variable, because the check for enough answers, which is printed later, counts the same terms.
        let count = self.counted(&checks, stem)?;
        match count.text.starts_with('%') {
            true => Ok(count),
            false => self.count_variable(&checks, count, stem),
        }
    }

    /// Prints the minimum or maximum of the existing terms, found term by term. `sign` compares it with the others.
    fn best(&mut self, terms: Vec<Value>, sign: &str, stem: &str) -> Print<Value> {
        let mut best: Option<Value> = None;
        for term in terms {
            let term = self.short(term, stem)?;
            best = Some(match best {
                None => term,
                Some(best) => {
                    let (a, b) = (&best.text, &term.text);
                    // If one of the two is missing, the comparison is not true, and the existing one must be chosen.
                    let last = choose(&term.exists(), b, a);
                    let better = format!("iif({a} {sign} {b}, {a}, {last})");
                    let about = format!("{stem} up to here");
                    Value::variable(&self.part_called((stem, "Best"), about, better)?)
                }
            });
        }
        Ok(best.unwrap_or_else(Value::missing))
    }

    /// Prints the sum of all terms, split into parts if there are many.
    pub(super) fn added_up(&mut self, mut terms: Vec<Value>, stem: &str) -> Print<Value> {
        while terms.len() > TERMS {
            let mut sums = Vec::new();
            for part in terms.chunks(TERMS) {
                let sum = sum_of(part);
                let always = sum.is_always();
                let name = self.part(stem, sum.text)?;
                let variable = Value::variable(&name);
                // A sum that always exists needs no check.
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

/// Returns the terms, each with a replacement for a missing value: its own stand-in, or else `otherwise`.
fn stood_in(terms: &[Value], parts: &[CombinePart], otherwise: Option<f64>) -> Vec<Value> {
    let each = terms.iter().zip(parts).map(|(term, part)| {
        match part.stand_in.or(otherwise).filter(|_| !term.is_always()) {
            Some(value) => Value::always(choose(&term.exists(), &term.text, &decimal(value))),
            None => term.clone(),
        }
    });
    each.collect()
}
