//! Outdated evidence of rights.

use scalewright_model::{Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// Evidence of rights that is older than five years.
pub(super) static LINT: Lint = Lint {
    name: "stale-evidence",
    summary: "evidence of rights that is older than five years",
    explain: include_str!("stale_evidence.md"),
    group: Group::Rights,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// The release date of this version of the program. Evidence is compared with it, or with a later date of the
/// definition. It is not the current date, so that the same files give the same findings on every day.
pub(super) const RELEASED: &str = "2026-11-22";
/// The number of years for which evidence is valid.
const YEARS: u32 = 5;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let own = context.file.date.as_deref().unwrap_or_default();
    let day = context.study.date.as_deref().unwrap_or_else(|| own.max(RELEASED));
    let Some(oldest) = years_before(day) else { return };
    let evidence = &context.file.rights.evidence;
    // Only the latest evidence counts.
    let Some((index, latest)) = evidence.iter().enumerate().max_by_key(|(_, one)| &one.seen) else {
        return;
    };
    if latest.seen >= oldest {
        return;
    }
    let place = Pointer::top("rights").key("evidence").index(index).key("seen");
    let message = format!(
        "the evidence of the rights was last seen on {}, over {YEARS} years before {day}",
        latest.seen
    );
    hits.push(lint.hit(&context.instrument.id, message, |d| {
        d.at(place, "").help("check again, or ask: terms change and permissions are withdrawn; then update the date on which it was `seen`")
    }));
}

/// Returns the date [`YEARS`] years before `day`. Dates are compared as texts, so 29 February needs no special case.
fn years_before(day: &str) -> Option<String> {
    let (year, rest) = day.split_once('-')?;
    let year: u32 = year.parse().ok()?;
    Some(format!("{:04}-{rest}", year.checked_sub(YEARS)?))
}
