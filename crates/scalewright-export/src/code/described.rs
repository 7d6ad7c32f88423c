//! What a line of code computes, in a few words for its comment.

use scalewright_model::AggregateKind;
use scalewright_scoring::normal::{Check, Operation};

/// What an operation computes. Empty where the code says it as well.
pub(super) fn described(operation: &Operation) -> String {
    match operation {
        Operation::Constant(_)
        | Operation::Missing
        | Operation::Answer(_)
        | Operation::Chosen { item: _, option: _ }
        | Operation::Score(_)
        | Operation::Arithmetic { operator: _, left: _, right: _ }
        | Operation::Apply { function: _, of: _ } => String::new(),
        Operation::Round { of: _, decimals: 0 } => "rounded, halves away from zero".to_owned(),
        Operation::Round { of: _, decimals } => {
            format!("rounded to {decimals} decimals, halves away from zero")
        }
        Operation::Sum(terms) => format!("the sum of {} terms; all are needed", terms.len()),
        Operation::Combine { kind, parts, times } => combined(*kind, parts.len(), *times),
        Operation::Count(checks) => format!("how many of {} conditions are true", checks.len()),
        Operation::Choose { cases: _, otherwise: _ } => "the first case that applies".to_owned(),
        Operation::Recode { of: _, pairs: _, other: _, exact: _ } => "recoded".to_owned(),
        Operation::Lookup { keys: _, tree: _ } => "from a table".to_owned(),
        Operation::Eap { answers: _, model: _, sd: false } => {
            "the expected trait, given the answers".to_owned()
        }
        Operation::Eap { answers: _, model: _, sd: true } => {
            "the standard deviation of the trait".to_owned()
        }
    }
}

fn combined(kind: AggregateKind, parts: usize, times: f64) -> String {
    match kind {
        AggregateKind::Sum => format!("the sum of {parts} terms; some may be missing"),
        AggregateKind::Mean if times > 1.0 => format!("the prorated sum of {parts} terms"),
        AggregateKind::Mean => format!("the mean of those of {parts} terms that are known"),
        AggregateKind::Min => format!("the lowest of {parts} terms"),
        AggregateKind::Max => format!("the highest of {parts} terms"),
    }
}

/// What a condition states.
pub(super) fn described_check(check: &Check) -> String {
    match check {
        Check::AtLeast { count, of } => {
            format!("whether at least {count} of {} are true", of.len())
        }
        Check::All(all) => format!("whether all of {} are true", all.len()),
        Check::Any(any) => format!("whether any of {} is true", any.len()),
        _ => String::new(),
    }
}
