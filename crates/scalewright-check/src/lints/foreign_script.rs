//! Letters of a script that a language does not use.

use scalewright_model::Severity;

use crate::scripts::Scripts;

use super::{Context, Group, Hit, Lint};

/// Letters of a script that the language does not use.
pub(super) static LINT: Lint = Lint {
    name: "foreign-script",
    summary: "letters of a script that the language does not use",
    explain: include_str!("foreign_script.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for words in context.words {
        let Some(scripts) = Scripts::of(words.language) else { continue };
        let mut strange =
            words.texts.iter().filter_map(|text| Some((text, scripts.stranger(text.text)?)));
        let Some((text, stranger)) = strange.next() else { continue };
        let more = match strange.count() {
            0 => String::new(),
            1 => ", and another text does too".to_owned(),
            more => format!(", and {more} other texts do too"),
        };
        let message =
            format!("the text contains {stranger}, which `{}` does not use{more}", words.language);
        let hit = lint.hit(words.language, message, |d| {
            d.at(text.place.clone(), "").help(
                "type the text again: copied text may contain letters of another script that look alike; or correct the language",
            )
        });
        hits.push(hit.inside(words.file));
    }
}
