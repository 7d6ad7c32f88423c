//! Sums, means, lowest and highest: with `+` and `iif`, for there are engines without `sum()`, `min()` and `max()`.

use scalewright_model::AggregateKind;

use super::checks::exists;
use super::value::{Binds, Condition, Value, decimal};
use super::{Print, Printer};
use crate::normal::{Check, CheckIx, Part};

/// A sum of more terms than this is made in parts: engines work recursively.
const TERMS: usize = 40;

impl Printer<'_> {
    pub(super) fn combine(
        &mut self,
        (kind, times): (AggregateKind, f64),
        parts: &[Part],
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
            AggregateKind::Min => return self.extreme((kind, "<="), terms, (parts, when), stem),
            AggregateKind::Max => return self.extreme((kind, ">="), terms, (parts, when), stem),
        };
        self.guarded(when, value, stem)
    }

    /// How many parts count.
    fn divisor(&mut self, parts: &[Part], stem: &str) -> Print<Value> {
        let checks: Vec<CheckIx> =
            parts.iter().map(|part| self.normal.step(part.of).exists).collect();
        let count = self.counted(&checks, stem)?;
        match count.text.starts_with('%') {
            true => Ok(count),
            false => self.count_variable(&checks, count, stem),
        }
    }

    /// The lowest or highest.
    fn extreme(
        &mut self,
        (kind, sign): (AggregateKind, &str),
        terms: Vec<Value>,
        (parts, when): (&[Part], CheckIx),
        stem: &str,
    ) -> Print<Value> {
        let known: Vec<CheckIx> =
            parts.iter().map(|part| self.normal.step(part.of).exists).collect();
        let mut open = known.iter().filter(|check| **check != CheckIx::ALWAYS);
        let needed = open.next().is_some_and(|only| *only == when) && open.next().is_none();
        if needed && terms.iter().filter(|term| term.literal.is_none()).count() == 1 {
            return self.limited(kind, terms, sign, stem);
        }
        let best = self.best(stood_in(&terms, parts, None), sign, stem)?;
        // Where there is none that counts, none is found.
        let any = match self.normal.check(when) {
            Check::Any(checks) => *checks == known,
            _ => known == [when],
        };
        if any && parts.iter().all(|part| part.stand_in.is_none()) {
            return Ok(best);
        }
        self.guarded(when, best, stem)
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
        // Where the number is missing the comparison is not true, and what is missing is chosen.
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
fn stood_in(terms: &[Value], parts: &[Part], otherwise: Option<f64>) -> Vec<Value> {
    let each = terms.iter().zip(parts).map(|(term, part)| {
        let there: Condition = exists(term);
        match part.stand_in.or(otherwise) {
            Some(value) if there.text != "true" => {
                Value::always(there.choose(&term.text, &decimal(value)))
            }
            _ => term.clone(),
        }
    });
    each.collect()
}

/// What `a sign b` is when it is read from the right.
fn turned(sign: &str) -> &'static str {
    if sign == "<=" { ">=" } else { "<=" }
}
