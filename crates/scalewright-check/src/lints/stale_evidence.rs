//! Evidence of rights that is old.

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

/// The day this version of the program was released: a definition without a date of its own is taken to be used
/// from then on. It is no clock, so that the same files are checked alike on every day.
const RELEASED: &str = "2026-11-22";
/// How many years evidence holds.
const YEARS: u32 = 5;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let own = context.file.date.as_deref().unwrap_or_default();
    let day = context.study.date.as_deref().unwrap_or_else(|| own.max(RELEASED));
    let Some(oldest) = years_before(day) else { return };
    let evidence = &context.file.rights.evidence;
    // Of several things that were seen, the latest tells how things stand.
    let Some((index, latest)) = evidence.iter().enumerate().max_by_key(|(_, one)| &one.seen) else {
        return;
    };
    if latest.seen >= oldest {
        return;
    }
    let place = Pointer::top("rights").key("evidence").index(index).key("seen");
    let message = format!(
        "what is known of the rights was last seen on {}, over {YEARS} years before {day}",
        latest.seen
    );
    hits.push(lint.hit(&context.instrument.id, message, |d| {
        d.at(place, "").help("look again, or ask: terms change and permissions are withdrawn. Then state the day on which it was `seen`")
    }));
}

/// The day so many years before. Days compare as their texts do.
fn years_before(day: &str) -> Option<String> {
    let (year, rest) = day.split_once('-')?;
    let year: u32 = year.parse().ok()?;
    Some(format!("{:04}-{rest}", year.checked_sub(YEARS)?))
}
