//! Lead-ins that ask about another period than the recall period.

use scalewright_model::{Pointer, Severity};

use crate::period;
use crate::words::Kind;

use super::{Context, File, Group, Hit, Lint};

/// A lead-in that asks about another period than the recall period.
pub(super) static LINT: Lint = Lint {
    name: "recall-period-mismatch",
    summary: "a lead-in that asks about another period than the recall period",
    explain: include_str!("recall_period_mismatch.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let administration = &context.file.administration;
    let source = administration.recall_period.as_deref();
    let Some(stated) = source.and_then(|text| period::of(text, &context.file.language)) else {
        return;
    };
    let place = Pointer::top("administration").key("recall-period");
    for words in context.words {
        for text in words.all() {
            let all = match text.kind {
                Kind::LeadIn => period::all(text.text, words.language),
                Kind::RecallPeriod if words.file != File::Definition => {
                    period::all(text.text, words.language)
                }
                // These also name other periods: *return it within two weeks*.
                Kind::Instructions | Kind::Title => period::past(text.text, words.language),
                Kind::About if text.place == Pointer::top("description") => {
                    period::past(text.text, words.language)
                }
                _ => continue,
            };
            // A text may name other periods too; one that fits is enough.
            let Some(other) =
                all.first().copied().filter(|_| !all.iter().any(|one| one.fits(stated)))
            else {
                continue;
            };
            let message = format!("this asks about {other}, but the recall period is {stated}");
            let hit = lint.hit(words.language, message, |d| {
                let d = d.at(text.place.clone(), "");
                // All locations of a finding are in one file, so a finding in a wording file cannot point here.
                let d = if words.file == File::Definition { d.at(place.clone(), "stated here") } else { d };
                d.help("respondents answer for the period that they read: correct the one that differs from the source")
            });
            hits.push(hit.inside(words.file));
        }
    }
}
