//! Cells that are no answers of the definition.

use std::collections::BTreeMap;

use scalewright_model::text::quote;
use scalewright_model::{Diagnostic, Severity};
use scalewright_tables::Advice;

use super::shifted_codes;
use crate::check::{Check, ids};
use crate::collected::Collected;
use crate::loose::number;

pub(super) static CHECK: Check = Check {
    name: "unknown-codes",
    summary: "Cells that the definition does not accept as answers",
    level: Severity::Error,
    explain: include_str!("unknown_codes.md"),
    run,
};

/// The most contents that are listed for an item.
const SHOWN: usize = 10;

/// The most decimals that a definition can state.
const MOST_DECIMALS: u32 = 6;

/// The number of cells with a content, and why it is refused.
type Cells = BTreeMap<(usize, String), (u64, String)>;

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let mut cells = Cells::new();
    for unread in &collected.unread {
        for (key, (count, reason)) in &unread.refused.cells {
            cells.entry(key.clone()).or_insert((0, reason.clone())).0 += count;
        }
    }
    let shifts = shifted_codes::found(collected);
    cells.retain(|(item, text), _| {
        let value = number(text).map(scalewright_model::OptionValue::number);
        !shifts.iter().any(|shift| shift.item == *item && Some(shift.beyond) == value)
    });
    let mut findings = decimals(collected, &mut cells);
    let mut by_text: BTreeMap<String, Vec<(usize, u64)>> = BTreeMap::new();
    for ((item, text), (count, _)) in &cells {
        by_text.entry(text.clone()).or_default().push((*item, *count));
    }
    for (text, items) in by_text {
        let doubtful = items.iter().any(|(item, _)| may_be_shifted(collected, *item, &text));
        if let Some(help) = missing_code(collected, &text).filter(|_| !doubtful) {
            cells.retain(|(_, other), _| *other != text);
            findings.push(likely(collected, &text, &items, help));
        }
    }
    let mut items: Vec<usize> = cells.keys().map(|(item, _)| *item).collect();
    items.dedup();
    findings.extend(items.into_iter().map(|item| of_item(collected, item, &cells)));
    let more: u64 = collected.unread.iter().map(|unread| unread.refused.more).sum();
    if let Some(last) = findings.last_mut().filter(|_| more > 0) {
        last.help.push(format!("{more} further cells with other contents are refused too"));
    }
    findings
}

/// Takes the numbers that have more decimals than a definition can state out of `cells`. They are rounded off by no rule,
/// so they are not scored, but they are no wrong answers either.
fn decimals(collected: &Collected<'_>, cells: &mut Cells) -> Vec<Diagnostic> {
    let is_long = |text: &str, reason: &str| {
        reason.ends_with(&format!("at most {MOST_DECIMALS} decimals"))
            && text.parse::<f64>().is_ok()
    };
    let mut counts: BTreeMap<usize, u64> = BTreeMap::new();
    cells.retain(|(item, text), (count, reason)| {
        let long = is_long(text, reason);
        if long {
            *counts.entry(*item).or_default() += *count;
        }
        !long
    });
    let Some(first) = counts.keys().next().copied() else { return Vec::new() };
    let items: Vec<usize> = counts.keys().copied().collect();
    let message = format!(
        "{} numbers in {} have more than {MOST_DECIMALS} decimals, the most that a definition can state",
        counts.values().sum::<u64>(),
        ids(collected, &items)
    );
    let help = format!(
        "`scalewright score` refuses them: round them to {MOST_DECIMALS} decimals in the file"
    );
    vec![CHECK.of_item(Severity::Hint, (collected, first), message).help(help)]
}

/// How a content is declared as a missing-answer code, if it is likely to be one.
fn missing_code(collected: &Collected<'_>, text: &str) -> Option<String> {
    let mut advice = Advice::default();
    advice.is_code(text).then(|| advice.help(collected.instrument)).flatten()
}

/// Whether a content is the code before the lowest answer of an item whose highest answer nobody gives: it may mark a missing
/// answer, or all codes may be one too low.
fn may_be_shifted(collected: &Collected<'_>, item: usize, text: &str) -> bool {
    let [low, next, .., high] = collected.shape.items[item].values[..] else {
        let [low, high] = collected.shape.items[item].values[..] else { return false };
        return is_before(text, low, high - low) && collected.whole.count(item, high) == 0;
    };
    is_before(text, low, next - low) && collected.whole.count(item, high) == 0
}

fn is_before(text: &str, low: f64, step: f64) -> bool {
    number(text).map(scalewright_model::OptionValue::number) == Some(low - step)
}

fn likely(
    collected: &Collected<'_>,
    text: &str,
    items: &[(usize, u64)],
    help: String,
) -> Diagnostic {
    let count: u64 = items.iter().map(|(_, count)| count).sum();
    let all: Vec<usize> = items.iter().map(|(item, _)| *item).collect();
    let message = format!(
        "`{}` is no answer, but {} in {}: probably a code for a missing answer",
        quote(text),
        times(count, "occurs"),
        ids(collected, &all)
    );
    CHECK.of_item(Severity::Error, (collected, all[0]), message).help(help)
}

fn of_item(collected: &Collected<'_>, item: usize, cells: &Cells) -> Diagnostic {
    let mut own: Vec<(&str, u64, &str)> = cells
        .iter()
        .filter(|((other, _), _)| *other == item)
        .map(|((_, text), (count, reason))| (text.as_str(), *count, reason.as_str()))
        .collect();
    own.sort_by_key(|(_, count, _)| std::cmp::Reverse(*count));
    let count: u64 = own.iter().map(|(_, count, _)| count).sum();
    let shown: Vec<String> = own
        .iter()
        .take(SHOWN)
        .map(|(text, times, _)| match count {
            1 => format!("`{}`", quote(text)),
            _ => format!("`{}` ({})", quote(text), self::times(*times, "").trim()),
        })
        .collect();
    let more = own.len().saturating_sub(SHOWN);
    let more = if more == 0 { String::new() } else { format!(" and {more} more") };
    let cells = if count == 1 { "cell that is no answer" } else { "cells that are no answers" };
    let message = format!(
        "`{}` has {count} {cells}: {}{more}",
        collected.shape.items[item].id,
        shown.join(", ")
    );
    let mut finding = CHECK.of_item(Severity::Error, (collected, item), message);
    let mut reasons: Vec<&str> = own.iter().map(|(_, _, reason)| *reason).collect();
    reasons.dedup();
    for (text, _, reason) in own.iter().filter(|(_, _, reason)| reasons.contains(reason)).take(2) {
        finding.help.push(format!("`{}` {reason}", quote(text)));
    }
    finding
}

fn times(count: u64, verb: &str) -> String {
    match count {
        1 => format!("{verb} once"),
        2 => format!("{verb} twice"),
        more => format!("{verb} {more} times"),
    }
}
