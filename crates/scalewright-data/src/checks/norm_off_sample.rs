//! Norms that are far from the sample.

use scalewright_model::{Diagnostic, Severity};

use crate::check::{Check, two};
use crate::collected::{Collected, expected};

pub(super) static CHECK: Check = Check {
    name: "norm-off-sample",
    summary: "The sample is far from the published mean or standard deviation of a norm",
    level: Severity::Warning,
    explain: include_str!("norm_off_sample.md"),
    run,
};

/// The fewest scores.
const FEWEST: u64 = 50;

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for norm in &collected.norms.norms {
        let (n, mean, sd) = norm.moments();
        let Some((norm_mean, norm_sd)) = expected(norm.metric).filter(|_| n >= FEWEST) else {
            continue;
        };
        let (away, ratio) = ((mean - norm_mean) / norm_sd, sd / norm_sd);
        let severity = match () {
            () if away.abs() >= 3.0 || !(0.4..=2.5).contains(&ratio) => Severity::Warning,
            () if away.abs() >= 0.8 || !(0.67..=1.5).contains(&ratio) => Severity::Hint,
            () => continue,
        };
        let scale = &collected.instrument.scales[norm.scale];
        let message = format!(
            "`{}` has the mean {} and the standard deviation {} in this sample (n = {n}); by its norm they are {} and {}",
            scale.id,
            two(mean),
            two(sd),
            norm_mean,
            norm_sd
        );
        let finding = Diagnostic::new(CHECK.name, severity, message).at_key(scale.pointer(), "");
        findings.push(finding.help(
            "check the mean and the standard deviation of the norm against its source, and whether its population is yours",
        ));
    }
    findings
}
