//! Cases with the same responses.

use std::collections::BTreeMap;

use scalewright_model::{Pointer, Severity};

use super::File;
use super::{Context, Group, Hit, Lint};

/// Two cases with the same source and the same responses.
pub(super) static LINT: Lint = Lint {
    name: "twin-cases",
    summary: "two cases with the same responses",
    explain: include_str!("twin_cases.md"),
    group: Group::Cases,
    level: Severity::Hint,
    since: "0.1",
    run,
};

/// The source of a case, its responses as comparable bits, and the chosen options.
type Given<'a> = (Option<&'a str>, Vec<(&'a str, u64)>, String);

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let cases = context.cases.map_or(&[][..], |file| &file.cases);
    // Cases from two sources with the same responses are wanted: they confirm each other.
    let mut first: BTreeMap<Given<'_>, usize> = BTreeMap::new();
    for (index, case) in cases.iter().enumerate() {
        let answers = case.responses.iter().map(|(item, answer)| (item.as_str(), answer.to_bits()));
        let chosen = format!("{:?}", case.chosen);
        let given = (case.source.as_deref(), answers.collect(), chosen);
        let Some(before) = first.insert(given, index) else { continue };
        let place = |index: usize| Pointer::case(index).key("responses");
        let message = format!("cases {} and {} have the same responses", before + 1, index + 1);
        let hit = lint.hit(&context.instrument.id, message, |d| {
            d.at(place(index), "").at(place(before), "the same responses").help(
                "one may be a copy: correct its responses, or put all expected scores into one case",
            )
        });
        hits.push(hit.inside(File::Cases));
    }
}
