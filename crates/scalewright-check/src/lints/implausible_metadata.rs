//! Statements about the instrument that are hardly right.

use std::collections::BTreeSet;

use scalewright_model::{Change, Pointer, Respondent, Severity};

use crate::words::plain;

use super::{Context, Group, Hit, Lint};

/// A duration, a name or a list about the instrument that is hardly right.
pub(super) static LINT: Lint = Lint {
    name: "implausible-metadata",
    summary: "a duration, a name or a list about the instrument that is hardly right",
    explain: include_str!("implausible_metadata.md"),
    group: Group::Provenance,
    level: Severity::Hint,
    since: "0.1",
    run,
};

/// The seconds that an answer takes at least and at most. An interview takes longer.
const SECONDS: (u32, u32) = (4, 120);
/// Fewer items than this do not show how long each takes.
const FEW: u32 = 8;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    duration(lint, context, hits);
    names(lint, context, hits);
    authors(lint, context, hits);
    let modes = &context.file.administration.modes;
    for (at, _) in modes.iter().enumerate().filter(|(at, mode)| modes[..*at].contains(mode)) {
        let place = Pointer::top("administration").key("modes").index(at);
        hits.push(lint.hit(&context.file.id, "a mode is listed twice".to_owned(), |d| {
            d.at(place.clone(), "")
                .help("remove one")
                .fix("remove the mode", vec![Change::Remove(place)])
        }));
    }
}

fn duration(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let administration = &context.file.administration;
    let items = u32::try_from(context.file.items.len()).unwrap_or(u32::MAX);
    let Some(minutes) = administration.minutes.filter(|_| items >= FEW) else { return };
    let (least, most) = SECONDS;
    let seconds = minutes * 60 / items;
    let self_report = administration.respondent == Respondent::SelfReport;
    if seconds >= least && (seconds <= most || !self_report) {
        return;
    }
    let message = format!("{minutes} minutes for {items} items are {seconds} seconds for each");
    let place = Pointer::top("administration").key("minutes");
    hits.push(lint.hit(&context.file.id, message, |d| {
        d.at(place, "").help("compare the duration with the manual: it is in minutes")
    }));
}

fn names(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let file = context.file;
    let Some(short) = file.short_title.as_deref() else { return };
    let same = plain(short) == plain(&file.title);
    let longer = short.chars().count() > file.title.chars().count();
    let message = if same {
        "the short title is the title".to_owned()
    } else if longer {
        "the short title is longer than the title".to_owned()
    } else if !abbreviates(short, &file.title) {
        format!("the letters of `{short}` do not occur in this order in the title")
    } else {
        return;
    };
    hits.push(lint.hit(&file.id, message, |d| {
        d.at(Pointer::top("short-title"), "")
            .at(Pointer::top("title"), "the title")
            .help("compare both with the source; a short title is the usual abbreviation")
    }));
}

/// Whether the capitals of an abbreviation occur in the title in the same order. A word is no abbreviation.
fn abbreviates(short: &str, title: &str) -> bool {
    let first = short.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let is_abbreviation = first.chars().count() > 2 && first.chars().all(char::is_uppercase);
    let mut letters = title.chars().flat_map(char::to_uppercase);
    !is_abbreviation || first.chars().all(|c| letters.any(|letter| letter == c))
}

fn authors(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let mut seen = BTreeSet::new();
    for (at, author) in context.file.authors.iter().enumerate() {
        let twice = !seen.insert(plain(author));
        // `A. Invented and B. Other`: two people. Ministries have `and` in their names.
        let joined = author.contains(';')
            || ((author.contains(" and ") || author.contains(" & ")) && author.contains(". "));
        let mark = author.ends_with([',', ';', ':'])
            || author.contains('@')
            || author.to_lowercase().contains("et al");
        let what = match (twice, joined, mark) {
            (true, ..) => "is listed twice",
            (_, true, _) => "is more than one person",
            (.., true) => "is not a name alone",
            _ => continue,
        };
        let message = format!("the author `{author}` {what}");
        let place = Pointer::top("authors").index(at);
        hits.push(lint.hit(&context.file.id, message, |d| {
            d.at(place, "").help("write each author as an entry of its own, in citation order: `[\"A. Invented\", \"B. Other\"]`")
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::abbreviates;

    #[test]
    fn abbreviations_follow_their_titles() {
        assert!(abbreviates("HISD-18", "Harbour Inventory of Settling Down"));
        assert!(abbreviates("WHO-5", "World Health Organization Well-Being Index"));
        assert!(abbreviates("Zung", "Self-Rating Depression Scale"));
        assert!(!abbreviates("HIDS-18", "Harbour Inventory of Settling Down"));
    }
}
