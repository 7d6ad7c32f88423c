//! Labels whose order contradicts the order of the values.

use scalewright_model::Severity;

use crate::ranks::{Order, order};
use crate::words::{Labels, Words};

use super::{Context, Group, Hit, Lint};

/// Labels that neither rise nor fall with the values, or that run in another direction than in another language.
pub(super) static LINT: Lint = Lint {
    name: "label-order",
    summary: "labels whose order contradicts the order of the values",
    explain: include_str!("label_order.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    // The direction of each response scale in the first language whose labels are known.
    let mut first: Vec<(&str, &str, Order)> = Vec::new();
    for words in context.words {
        for scale in &words.labels {
            let Some(now) = of(scale, words) else { continue };
            if let Order::Broken(at, dimension) = now {
                hits.push(broken(lint, scale, at, dimension).inside(words.file));
                continue;
            }
            match first.iter().find(|(name, ..)| *name == scale.name) {
                Some((_, language, before)) if *before != now => {
                    hits.push(opposite(lint, scale, words.language, language).inside(words.file));
                }
                Some(_) => {}
                None => first.push((scale.name, words.language, now)),
            }
        }
    }
}

fn of(scale: &Labels<'_>, words: &Words<'_>) -> Option<Order> {
    let labels: Vec<&str> = scale.labels.iter().map(|label| label.text).collect();
    order(&labels, words.language)
}

fn broken(lint: &Lint, scale: &Labels<'_>, at: usize, dimension: &str) -> Hit {
    let label = &scale.labels[at];
    let before = &scale.labels[at.saturating_sub(1)];
    let message = format!(
        "the labels of `{}` neither rise nor fall with the values: `{}` follows `{}`",
        scale.name, label.text, before.text
    );
    lint.hit(scale.name, message, |d| {
        d.at(label.place.clone(), format!("out of order by {dimension}")).help(
            "compare each label with its value in the source: two labels, or two values, may be exchanged",
        )
    })
}

fn opposite(lint: &Lint, scale: &Labels<'_>, here: &str, there: &str) -> Hit {
    let message = format!(
        "the labels of `{}` run in the opposite direction in `{here}` and in `{there}`",
        scale.name
    );
    let place = scale.labels[0].place.clone();
    lint.hit(scale.name, message, |d| {
        d.at(place, "").help(
            "compare each label with its value: the same answer would give opposite values in the two languages",
        )
    })
}
