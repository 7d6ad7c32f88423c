//! Columns that are empty, or in which all answers are the same.

use scalewright_model::{Diagnostic, Severity};

use crate::check::Check;
use crate::collected::Collected;

pub(super) static CHECK: Check = Check {
    name: "constant-column",
    summary: "A column is empty, or has the same answer in every row",
    level: Severity::Warning,
    explain: include_str!("constant_column.md"),
    run,
};

/// The fewest answers.
const FEWEST: u64 = 30;

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let items = 0..collected.shape.items.len();
    items.filter_map(|item| empty(collected, item).or_else(|| constant(collected, item))).collect()
}

fn empty(collected: &Collected<'_>, item: usize) -> Option<Diagnostic> {
    let (whole, this) = (&collected.whole, &collected.shape.items[item]);
    let is_measured = this.is_number || !this.values.is_empty();
    // Cells that are no answers have a finding of their own.
    let is_refused = collected
        .unread
        .iter()
        .any(|unread| unread.refused.cells.keys().any(|(of, _)| *of == item));
    if whole.rows < FEWEST || whole.missing[item] < whole.rows || !is_measured || is_refused {
        return None;
    }
    let message = format!("`{}` has no answer in any of {} rows", this.id, whole.rows);
    // An item that is not always asked may concern nobody.
    let severity = if this.is_expected { Severity::Warning } else { Severity::Hint };
    let help = "check whether the answers are in another column";
    Some(CHECK.of_item(severity, (collected, item), message).help(help))
}

fn constant(collected: &Collected<'_>, item: usize) -> Option<Diagnostic> {
    let (whole, this) = (&collected.whole, &collected.shape.items[item]);
    let (n, value) = if this.is_number {
        let sorted = whole.numbers[item].sorted();
        let (first, last) = (*sorted.first()?, *sorted.last()?);
        #[expect(clippy::float_cmp, reason = "all equal or not")]
        let same = first == last;
        same.then(|| (whole.numbers[item].seen(), first.to_string()))?
    } else {
        let [(code, count)] = whole.codes[item].iter().collect::<Vec<_>>()[..] else { return None };
        (*count, code.to_string())
    };
    if n < FEWEST {
        return None;
    }
    // An item with two answers that everybody solves, or nobody has, is not rare.
    let severity =
        if this.values.len() > 2 || this.is_number { Severity::Warning } else { Severity::Hint };
    let message = format!("all {n} answers to `{}` are {value}", this.id);
    let help = "check whether the column was filled with a default, or with one row's answer";
    Some(CHECK.of_item(severity, (collected, item), message).help(help))
}
