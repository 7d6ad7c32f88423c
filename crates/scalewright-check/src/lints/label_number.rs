//! Labels with a number that is not their value.

use scalewright_model::{Severity, TOLERANCE};

use crate::words::{Label, Labels};

use super::{Context, Group, Hit, Lint};

/// A label with a number that is not its value.
pub(super) static LINT: Lint = Lint {
    name: "label-number",
    summary: "a label with a number that is not its value",
    explain: include_str!("label_number.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for words in context.words {
        for scale in &words.labels {
            let Some((label, number)) = wrong(scale) else { continue };
            let message = format!(
                "the label `{}` of `{}` has the number {number}, but the value {}",
                label.text, scale.name, label.value
            );
            let hit = lint.hit(scale.name, message, |d| {
                d.at(label.place.clone(), "").help(
                    "compare the value with the source, and remove the number from the label if it is not printed there",
                )
            });
            hits.push(hit.inside(words.file));
        }
    }
}

/// Returns the first label whose number is not its value.
fn wrong<'s, 'a>(scale: &'s Labels<'a>) -> Option<(&'s Label<'a>, f64)> {
    let is_value = |label: &Label<'_>, number: f64| (label.value - number).abs() <= TOLERANCE;
    // The ends of a line have no values.
    let labels = || scale.labels.iter().filter(|label| label.value.abs() < f64::MAX);
    let numbered = labels().find_map(|label| {
        let number = beside(label.text).filter(|number| !is_value(label, *number))?;
        Some((label, number))
    });
    numbered.or_else(|| {
        // Labels that are numbers only may differ from the values, but all in the same way: 1 to 5 coded 0 to 4, or
        // reversed.
        let numbers: Vec<(&Label<'a>, f64)> =
            labels().filter_map(|label| Some((label, label.text.trim().parse().ok()?))).collect();
        let same = |way: f64| {
            let by = |(label, number): &(&Label<'_>, f64)| number - way * label.value;
            numbers.windows(2).all(|pair| (by(&pair[0]) - by(&pair[1])).abs() <= TOLERANCE)
        };
        // Among words, a number is a label of another option, or a value that was typed into the wrong place.
        let words = || labels().any(|label| label.text.chars().any(char::is_alphabetic));
        let odd = if numbers.len() < 3 { words() } else { !same(1.0) && !same(-1.0) };
        numbers.into_iter().find(|(label, number)| odd && !is_value(label, *number))
    })
}

/// Returns the number that a label has beside its words: `2 = Often`, `2 - Often`, `Often (2)`.
fn beside(text: &str) -> Option<f64> {
    let text = text.trim();
    let digits = |text: &str| text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let start = usize::from(text.starts_with('-'));
    let end = start + digits(&text[start..]);
    if end > start && end - start < 5 {
        let rest = text[end..].trim_start();
        let mark = rest.chars().next()?;
        let words = rest[mark.len_utf8()..].trim_start();
        let named = words.starts_with(char::is_alphabetic);
        // `1 - 2 days` is a range, and `3. Klasse` an ordinal.
        let is_mark = match mark {
            '=' | ':' | ')' => true,
            '-' | '–' | '—' => rest.len() < text[end..].len(),
            '.' => words.starts_with(char::is_uppercase),
            _ => false,
        };
        return if named && is_mark { text[..end].parse().ok() } else { None };
    }
    let inner = text.strip_suffix(')').and_then(|text| Some(text.rsplit_once('(')?.1));
    let inner = inner.or_else(|| Some(text.rsplit_once('=')?.1.trim()))?;
    let signed = inner.strip_prefix('-').unwrap_or(inner);
    let is_number = !signed.is_empty() && signed.len() < 5 && digits(signed) == signed.len();
    is_number.then(|| inner.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::beside;

    #[test]
    fn numbers_beside_words_are_found_and_quantities_are_not() {
        for text in
            ["2 = Often", "2: Often", "2) Often", "2 - Often", "2. Often", "Often (2)", "Often = 2"]
        {
            assert_eq!(beside(text), Some(2.0), "{text}");
        }
        assert_eq!(beside("-1 = Less"), Some(-1.0));
        for text in [
            "2 days",
            "1-2 days",
            "1 - 2 days",
            "3. klasse",
            "2 or more",
            "Often (2 days)",
            "10 %",
            "2",
            "24-hour shift",
        ] {
            assert_eq!(beside(text), None, "{text}");
        }
    }
}
