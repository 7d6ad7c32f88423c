//! Dates in the future, and dates before the works that they follow.

use scalewright_model::{Pointer, Severity};

use crate::citations::year;

use super::stale_evidence::RELEASED;
use super::{Context, Group, Hit, Lint};

/// A date in the future, or before the works that it follows.
pub(super) static LINT: Lint = Lint {
    name: "implausible-date",
    summary: "a date in the future, or before the works that it follows",
    explain: include_str!("implausible_date.md"),
    group: Group::Provenance,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// The years after the release of this program, or after the date of the study, in which no date is in the future.
const AHEAD: u32 = 1;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let file = context.file;
    let latest = latest(context);
    let evidence = Pointer::top("rights").key("evidence");
    let seen = || {
        file.rights
            .evidence
            .iter()
            .enumerate()
            .map(|(at, e)| (evidence.index(at).key("seen"), &e.seen))
    };
    let date = file.date.iter().map(|date| (Pointer::top("date"), date));
    for (place, date) in date.chain(seen()).filter(|(_, date)| **date > latest) {
        let message = format!("the date {date} is in the future");
        hits.push(lint.hit(&file.id, message, |d| {
            d.at(place, "").help(format!("correct the date: it is later than {latest}, a year after the release of this program"))
        }));
    }
    let years: Vec<(usize, u32)> = file
        .references
        .iter()
        .enumerate()
        .filter_map(|(at, one)| Some((at, year(&one.citation)?)))
        .collect();
    let of = |date: &str| date.get(..4).and_then(|year| year.parse::<u32>().ok());
    let own = file.date.as_deref().and_then(of).unwrap_or(u32::MAX);
    let last = years.iter().copied().max_by_key(|(_, year)| *year);
    if let Some((at, year)) = last.filter(|(_, year)| own < *year) {
        let message = format!("the date of the definition is before a reference of {year}");
        hits.push(lint.hit(&file.references[at].id, message, |d| {
            d.at(Pointer::top("date"), format!("in {own}"))
                .at(Pointer::entry("references", at).key("citation"), "published later")
                .help("correct the year that is wrong: a version is published after the works that it is based on")
        }));
    }
    // Terms are read after the instrument exists.
    let first =
        years.iter().map(|(_, year)| *year).min().filter(|_| years.len() == file.references.len());
    for (place, date) in seen() {
        let (Some(first), Some(read)) = (first, of(date)) else { continue };
        if read < first {
            let message =
                format!("the evidence was seen in {read}, before the first reference of {first}");
            hits.push(lint.hit(&file.id, message, |d| {
                d.at(place, "").help(
                    "correct the date on which the terms were read, or the year of the reference",
                )
            }));
        }
    }
}

/// The latest day that is not in the future.
pub(super) fn latest(context: &Context<'_>) -> String {
    let day = context.study.date.as_deref().unwrap_or_default().max(RELEASED);
    let year: u32 = day.get(..4).and_then(|year| year.parse().ok()).unwrap_or_default();
    format!("{:04}{}", year + AHEAD, day.get(4..).unwrap_or_default())
}
