//! Response options with the same words.

use std::collections::BTreeMap;

use scalewright_model::{Pointer, Severity};

use crate::words::plain;

use super::{Context, Group, Hit, Lint};

/// Two options of a response scale, or two bands of a scale, with the same words.
pub(super) static LINT: Lint = Lint {
    name: "option-labels-equal",
    summary: "two options, or two bands, with the same words",
    explain: include_str!("option_labels_equal.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for words in context.words {
        for scale in &words.labels {
            let labels = scale.labels.iter().map(|label| (label.text, label.place.clone()));
            let help = "respondents cannot tell them apart: write each label as in the source";
            let hit = twins(labels).map(|twins| report(lint, scale.name, twins, help));
            hits.extend(hit.map(|hit| hit.inside(words.file)));
        }
    }
    for (place, file) in context.wordings {
        let root = Pointer::root;
        for (name, scale) in &file.response_scales {
            let at = root().key("response-scales").key(name);
            let both = [(&scale.yes_label, "yes-label"), (&scale.no_label, "no-label")];
            let labels =
                both.into_iter().filter_map(|(label, key)| Some((label.as_deref()?, at.key(key))));
            let help = "write the words for yes and for no";
            let hit = twins(labels).map(|twins| report(lint, name, twins, help));
            hits.extend(hit.map(|hit| hit.inside(*place)));
        }
        for (id, scale) in &file.scales {
            let at = root().key("scales").key(id).key("bands");
            let labels = scale.bands.iter().map(|(label, words)| (words.as_str(), at.key(label)));
            let help = "readers of reports cannot tell the bands apart: translate each of them";
            let hit = twins(labels).map(|twins| report(lint, id, twins, help));
            hits.extend(hit.map(|hit| hit.inside(*place)));
        }
    }
}

/// Two labels with the same words: the words, the place of the second and that of the first.
type Twins<'a> = (&'a str, Pointer, Pointer);

fn report(lint: &Lint, name: &str, (text, second, first): Twins<'_>, help: &str) -> Hit {
    let message = format!("`{name}` has the label `{text}` twice");
    lint.hit(name, message, |d| d.at(second, "the same words").at(first, "as here").help(help))
}

fn twins<'a>(labels: impl Iterator<Item = (&'a str, Pointer)>) -> Option<Twins<'a>> {
    let mut first: BTreeMap<String, Pointer> = BTreeMap::new();
    for (text, place) in labels {
        // Labels may be signs only: `+` and `++`.
        let plain = plain(text);
        let key =
            if plain.is_empty() || has_signs(text) { text.trim().to_lowercase() } else { plain };
        if let Some(before) = first.insert(key, place.clone()) {
            return Some((text, place, before));
        }
    }
    None
}

/// Whether a text has signs that distinguish it from another one with the same letters: `-1`, `< 5`.
fn has_signs(text: &str) -> bool {
    let minus = text.split(' ').any(|word| word.starts_with(['-', '–']));
    minus || text.contains(['<', '>', '+', '=', '−', '≤', '≥', '±', '%', '/'])
}

#[cfg(test)]
mod tests {
    use scalewright_model::Pointer;

    use super::twins;

    #[test]
    fn labels_are_compared_by_their_words() {
        let are_twins =
            |a, b| twins([(a, Pointer::root()), (b, Pointer::root())].into_iter()).is_some();
        assert!(are_twins("Agree", "agree."));
        assert!(are_twins("まれに", "まれに"));
        assert!(!are_twins("+", "++"));
        assert!(!are_twins("1", "-1"));
        assert!(!are_twins("Agree", "Disagree"));
    }
}
