//! The years of references.

use scalewright_model::file::ReferenceFile;
use scalewright_model::{Pointer, ReferenceIx, Severity};

use crate::citations::year;

use super::implausible_date::latest;
use super::{Context, Group, Hit, Lint};

/// A reference without a year, or with one that cannot be right.
pub(super) static LINT: Lint = Lint {
    name: "reference-year",
    summary: "a reference without a year, or with one that cannot be right",
    explain: include_str!("reference_year.md"),
    group: Group::Provenance,
    level: Severity::Hint,
    since: "0.1",
    run,
};

/// Words of citations that have no year yet, or never.
const UNDATED: [&str; 8] = [
    "in press",
    "n.d.",
    "no date",
    "forthcoming",
    "submitted",
    "unpublished",
    "personal communication",
    "o. j.",
];
/// No instrument is based on an older work.
const EARLIEST: u32 = 1800;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let latest: u32 =
        latest(context).get(..4).and_then(|year| year.parse().ok()).unwrap_or(u32::MAX);
    for (at, reference) in context.file.references.iter().enumerate() {
        let Some((severity, message)) = wrong(reference, latest) else { continue };
        hits.push(lint.hit(&reference.id, message, |mut d| {
            d.severity = severity;
            d.at(Pointer::reference(ReferenceIx(at)).key("citation"), "")
                .help("compare the citation with the work: readers find it by author and year")
        }));
    }
}

fn wrong(reference: &ReferenceFile, latest: u32) -> Option<(Severity, String)> {
    let id = &reference.id;
    let Some(year) = year(&reference.citation) else {
        // A page on the web has an address instead.
        let lower = reference.citation.to_lowercase();
        let undated = UNDATED.iter().any(|words| lower.contains(words));
        let noted = reference.note.as_deref().and_then(year).is_some();
        let needs = is_work(&reference.citation) && !undated && !noted && reference.url.is_none();
        return needs.then(|| (Severity::Hint, format!("the citation of `{id}` has no year")));
    };
    if !(EARLIEST..=latest).contains(&year) {
        return Some((Severity::Warning, format!("the year of `{id}` is {year}")));
    }
    let digits = id.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let named = digits.get(digits.len().checked_sub(4)?..)?.parse::<u32>().ok()?;
    // An id such as `harbour0042` has another number.
    let is_year = (EARLIEST..2200).contains(&named);
    (is_year && named != year).then(|| {
        (Severity::Warning, format!("the id `{id}` has the year {named}, the citation {year}"))
    })
}

/// Whether a citation begins with an author, as in *Invented, A.* A file or a page has no author.
fn is_work(citation: &str) -> bool {
    let rest = citation.split_once(", ").map_or("", |(_, rest)| rest);
    let mut letters = rest.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next() == Some('.')
}
