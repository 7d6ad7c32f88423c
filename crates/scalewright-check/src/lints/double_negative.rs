//! Stems with more than one negation.

use scalewright_model::Severity;

use crate::words::{self, Text};

use super::{Context, Group, Hit, Lint};

/// A stem with more than one negation.
pub(super) static LINT: Lint = Lint {
    name: "double-negative",
    summary: "a stem with more than one negation",
    explain: include_str!("double_negative.md"),
    group: Group::Wording,
    level: Severity::Hint,
    since: "0.1",
    run,
};

/// The words of negation, by language. Languages in which two negations make one, such as Spanish, are not listed.
const DENYING: [(&str, &[&str]); 4] = [
    (
        "de",
        &[
            "nicht", "nie", "niemals", "nichts", "niemand", "ohne", "kein", "keine", "keinen",
            "keinem", "keiner", "keines",
        ],
    ),
    (
        "en",
        &[
            "not", "never", "no", "none", "nothing", "nobody", "nowhere", "neither", "without",
            "cannot", "hardly",
        ],
    ),
    ("fr", &["pas", "jamais", "aucun", "aucune", "sans"]),
    ("nl", &["niet", "nooit", "niets", "niemand", "zonder", "geen"]),
];
/// The number of stems that are marked in the file; the message counts all.
const MOST: usize = 5;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for words in context.words {
        let denied: Vec<&Text<'_>> =
            words.stems().filter(|text| denials(text.text, words.language) > 1).collect();
        if denied.is_empty() {
            continue;
        }
        let (count, language) = (denied.len(), words.language);
        let (noun, verb) = if count == 1 { ("stem", "has") } else { ("stems", "have") };
        let message = format!("{count} {noun} in `{language}` {verb} more than one negation");
        let hit = lint.hit(language, message, |mut d| {
            for text in denied.into_iter().take(MOST) {
                d = d.at(text.place.clone(), "");
            }
            d.help("rephrase without the double negative: respondents easily answer on the wrong side of it")
        });
        hits.push(hit.inside(words.file));
    }
}

/// The number of negations in a text.
fn denials(text: &str, language: &str) -> usize {
    let Some(denying) = words::listed(&DENYING, language) else { return 0 };
    let denies = |word: &str| denying.iter().any(|known| known.eq_ignore_ascii_case(word));
    let short = |word: &str| word.ends_with("n't") || word.ends_with("n\u{2019}t");
    // The apostrophe of a contraction belongs to its word: `don't` is one negation.
    text.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '\u{2019}'))
        .filter(|word| denies(word) || short(word))
        .count()
}

#[cfg(test)]
mod tests {
    use super::denials;

    #[test]
    fn each_negation_is_counted() {
        assert_eq!(denials("I don\u{2019}t feel that nobody cares.", "en"), 2);
        assert_eq!(denials("I am neither calm nor tired.", "en"), 1);
        assert_eq!(denials("Ich konnte nicht ohne Licht schlafen.", "de-AT"), 2);
        assert_eq!(denials("No sentí nada.", "es"), 0);
    }
}
