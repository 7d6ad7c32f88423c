//! Letters that a language is not written in.

use scalewright_model::Severity;

use crate::scripts::Scripts;

use super::{Context, Group, Hit, Lint};

/// Letters that a language is not written in.
pub(super) static LINT: Lint = Lint {
    name: "foreign-script",
    summary: "letters that a language is not written in",
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
            1 => ", and so does another text".to_owned(),
            more => format!(", and so do {more} other texts"),
        };
        let message = format!(
            "the text holds {stranger}, in which `{}` is not written{more}",
            words.language
        );
        let hit = lint.hit(words.language, message, |d| {
            d.at(text.place.clone(), "").help(
                "type the text anew: letters of another script look alike and come from copying, or the text is of another language",
            )
        });
        hits.push(hit.inside(words.file));
    }
}
