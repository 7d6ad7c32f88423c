//! Scores of keyed items or of other scales: each term, then how the terms become the score.

use scalewright_model::{Aggregate, AggregateKind, Expr, Fill, Formula, Operator, Scale, Terms};

use crate::emit::digits;
use crate::{expr_text, tidy, values_of};

use super::row::{AnswerSheet, short, shown};

/// The aggregate in the formula of a score of items or scales, and the operations on it, from the inside out. `None`
/// for other scores.
pub(super) fn parts<'a>(
    scale: &Scale,
    formula: &'a Formula,
) -> Option<(&'a Aggregate, Vec<&'a Expr>)> {
    if !matches!(scale.terms, Terms::Items(_) | Terms::Scales(_)) {
        return None;
    }
    let Formula::Number(expr) = formula else { return None };
    let mut expr: &Expr = expr;
    let mut around = Vec::new();
    loop {
        let inner = match expr {
            Expr::Aggregate(aggregate) => {
                around.reverse();
                return Some((aggregate, around));
            }
            // The compiler puts the score on the left of each transformation, and a constant on the right.
            Expr::Arithmetic { left: inner, .. } | Expr::Round { of: inner, .. } => inner,
            _ => return None,
        };
        around.push(expr);
        expr = inner;
    }
}

impl AnswerSheet<'_> {
    /// The steps of a score of keyed terms, and how many are left out: 0, because the steps themselves note omitted
    /// terms.
    pub(super) fn keyed(
        &self,
        scale: &Scale,
        aggregate: &Aggregate,
        around: &[&Expr],
    ) -> (Vec<String>, usize) {
        const SHOWN: usize = 40;
        let values = values_of(self.program, &self.responses, &aggregate.terms);
        let terms = aggregate.terms.iter().zip(&values).enumerate().take(SHOWN);
        let mut lines: Vec<String> =
            terms.map(|(at, (term, value))| self.term(aggregate, at, term, *value)).collect();
        let left_out = aggregate.terms.len().saturating_sub(SHOWN);
        if left_out > 0 {
            lines.push(format!("… and {left_out} more"));
        }
        lines.push(answered(scale, aggregate, &values));
        lines.extend(self.mandatory(aggregate, &values));
        lines.extend(self.together(aggregate, &values));
        let mut before = self.value(&Expr::Aggregate(aggregate.clone()));
        let known = if before.is_some() { around } else { &[] };
        for expr in known {
            let after = self.value(expr);
            lines.push(step(expr, before, after));
            before = after;
        }
        (lines, 0)
    }

    /// A term, from the answer to the number that is added: `wai_4: 2, reversed 6 − 2 = 4`.
    fn term(&self, aggregate: &Aggregate, at: usize, term: &Expr, value: Option<f64>) -> String {
        let mut text = self.keying(term, value);
        let substitute = match (&aggregate.fill, value) {
            (Fill::Each(each), None) => Some(each[at]),
            _ => None,
        };
        if let Some(substitute) = substitute {
            text.push_str(&format!(", counts as {}", digits(substitute)));
        }
        if let (Some(weights), Some(value)) = (&aggregate.weights, value.or(substitute)) {
            let weight = weights[at];
            text.push_str(&format!(
                ", weighted {} × {} = {}",
                digits(weight),
                digits(value),
                digits(tidy(weight * value))
            ));
        }
        text
    }

    fn keying(&self, term: &Expr, value: Option<f64>) -> String {
        match term {
            Expr::Answer(item) => {
                format!("{}: {}", self.instrument.items[item.0].id, self.answer(*item))
            }
            Expr::Reverse { of, low, high } => {
                let text = self.keying(of, self.value(of));
                match self.value(of) {
                    Some(answer) => format!(
                        "{text}, reversed {} − {} = {}",
                        digits(tidy(low + high)),
                        digits(answer),
                        shown(value)
                    ),
                    None => text,
                }
            }
            Expr::Recode { of, .. } => {
                format!("{}, recoded to {}", self.keying(of, self.value(of)), shown(value))
            }
            other => format!("{}: {}", short(&expr_text(other, self.instrument)), shown(value)),
        }
    }

    /// The mandatory terms that are missing.
    fn mandatory(&self, aggregate: &Aggregate, values: &[Option<f64>]) -> Vec<String> {
        let absent = aggregate.mandatory.iter().filter(|&&at| values[at].is_none());
        let name = |at: &usize| expr_text(&aggregate.terms[*at], self.instrument);
        absent
            .map(|at| format!("{} is mandatory but missing: no score", short(&name(at))))
            .collect()
    }

    /// How the terms become one number; empty if there is no score.
    fn together(&self, aggregate: &Aggregate, values: &[Option<f64>]) -> Vec<String> {
        let Some(result) = self.value(&Expr::Aggregate(aggregate.clone())) else {
            return Vec::new();
        };
        match aggregate.kind {
            AggregateKind::Sum | AggregateKind::Mean => summed(aggregate, values, result),
            AggregateKind::Min => vec![format!("lowest: {}", digits(result))],
            AggregateKind::Max => vec![format!("highest: {}", digits(result))],
        }
    }
}

fn answered(scale: &Scale, aggregate: &Aggregate, values: &[Option<f64>]) -> String {
    let (all, present) = (values.len(), values.iter().flatten().count());
    let blank = |term: &Expr| matches!(term, Expr::Recode { missing: Some(_), .. });
    let what = match scale.terms {
        Terms::Scales(_) => "available",
        // A missing answer may have a value too.
        _ if aggregate.terms.iter().any(blank) => "with a value",
        _ => "answered",
    };
    let verdict = if present >= aggregate.need { "enough" } else { "too few, no score" };
    format!("{what}: {present} of {all} ({} needed): {verdict}", aggregate.need)
}

fn summed(aggregate: &Aggregate, values: &[Option<f64>], result: f64) -> Vec<String> {
    const SHOWN: usize = 20;
    let weight = |at: usize| aggregate.weights.as_ref().map_or(1.0, |weights| weights[at]);
    let each =
        |at: usize| if let Fill::Each(each) = &aggregate.fill { Some(each[at]) } else { None };
    let parts: Vec<f64> = values
        .iter()
        .enumerate()
        .filter_map(|(at, value)| value.or(each(at)).map(|value| tidy(value * weight(at))))
        .collect();
    let sum = tidy(parts.iter().sum());
    let mut list: Vec<String> = parts.iter().take(SHOWN).map(|part| digits(*part)).collect();
    if parts.len() > SHOWN {
        list.push("…".to_owned());
    }
    // A negative term is shown as a subtraction: `3 − 2`, not `3 + -2`.
    let mut lines =
        vec![format!("sum: {} = {}", list.join(" + ").replace("+ -", "− "), digits(sum))];
    lines.extend(filled(aggregate, values, sum, result));
    lines
}

/// The division by the number of terms, or the substitutes for missing terms.
fn filled(aggregate: &Aggregate, values: &[Option<f64>], sum: f64, result: f64) -> Option<String> {
    let (all, present) = (values.len(), values.iter().flatten().count());
    let (sum, result) = (digits(sum), digits(result));
    let lacking = all - present;
    match (aggregate.kind, &aggregate.fill) {
        (AggregateKind::Mean, Fill::Nothing | Fill::PersonMean) => {
            Some(format!("mean: {sum} / {present} = {result}"))
        }
        (AggregateKind::Mean, Fill::Constant(value)) if lacking > 0 => Some(format!(
            "each missing one counts as {}: ({sum} + {lacking} × {}) / {all} = {result}",
            digits(*value),
            digits(*value)
        )),
        (AggregateKind::Mean, _) => Some(format!("mean: {sum} / {all} = {result}")),
        (_, Fill::PersonMean) if lacking > 0 => Some(format!(
            "each missing one counts as the mean of the others: {sum} × {all} / {present} = {result}"
        )),
        (_, Fill::Constant(value)) if lacking > 0 => Some(format!(
            "each missing one counts as {}: {sum} + {lacking} × {} = {result}",
            digits(*value),
            digits(*value)
        )),
        _ => None,
    }
}

/// One step of a transformation: `multiply: 13 × 4 = 52`.
fn step(expr: &Expr, before: Option<f64>, after: Option<f64>) -> String {
    let (before, after) = (shown(before), shown(after));
    match expr {
        Expr::Arithmetic { operator, right, .. } => {
            let right =
                if let Expr::Number(value) = **right { digits(value) } else { "…".to_owned() };
            let (sign, what) = match operator {
                Operator::Add => ("+", "add"),
                Operator::Subtract => ("−", "subtract"),
                Operator::Multiply => ("×", "multiply"),
                Operator::Divide => ("/", "divide"),
                Operator::Modulo => ("mod", "modulo"),
            };
            format!("{what}: {before} {sign} {right} = {after}")
        }
        Expr::Round { decimals: 0, .. } => format!("rounded to a whole number: {after}"),
        Expr::Round { decimals: 1, .. } => format!("rounded to 1 decimal: {after}"),
        Expr::Round { decimals, .. } => format!("rounded to {decimals} decimals: {after}"),
        _ => after,
    }
}
