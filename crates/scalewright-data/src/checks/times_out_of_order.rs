//! Times that are out of order.

use scalewright_model::text::quote;
use scalewright_model::{Diagnostic, Severity};

use crate::check::Check;
use crate::collected::Collected;

pub(super) static CHECK: Check = Check {
    name: "times-out-of-order",
    summary: "A row ends before it starts, or a later session has an earlier date",
    level: Severity::Warning,
    explain: include_str!("times_out_of_order.md"),
    run,
};

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let times = &collected.times;
    let mut findings = Vec::new();
    if times.backward_count > 0 {
        let shown: Vec<String> = times
            .backward
            .iter()
            .take(5)
            .map(|(name, start, end)| {
                format!("{} ({} to {})", collected.named(name), quote(start), quote(end))
            })
            .collect();
        let message = format!(
            "in {} of {} rows, the end is before the start: {}{}",
            times.backward_count,
            times.both,
            shown.join(", "),
            if times.backward_count > 5 { ", …" } else { "" }
        );
        findings.push(CHECK.finding(Severity::Warning, message));
    }
    if times.unordered_count > 0 {
        let shown: Vec<String> = times
            .unordered
            .iter()
            .take(5)
            .map(|(name, text)| format!("{}: {}", collected.named(name), quote(text)))
            .collect();
        let message = format!(
            "sessions out of order: {} of {}: {}{}",
            times.unordered_count,
            times.sessions,
            shown.join(", "),
            if times.unordered_count > 5 { ", …" } else { "" }
        );
        findings.push(CHECK.finding(Severity::Warning, message));
    }
    findings
}
