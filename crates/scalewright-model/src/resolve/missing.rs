//! The rule for missing answers: checks that its parameters fit the rule and the scale.

use std::collections::BTreeMap;

use crate::file::ScaleFile;

use super::by_term::by_term;
use crate::vocabulary::MissingKind;
use crate::{Diagnostic, Fill, MOST_FINDINGS, Missing, Pointer};

/// Resolves the rule of a scale. `terms` are the names of the items or scales it is computed from, without signs.
pub(super) fn resolve(
    scale: &ScaleFile,
    terms: &[&str],
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Missing {
    check_parameters(scale, place, found);
    Missing {
        kind: scale.missing,
        need: need(scale, terms.len(), place, found),
        mandatory: mandatory(scale, terms, place, found),
        fill: fill(scale, terms, place, found),
    }
}

fn rule_name(kind: MissingKind) -> &'static str {
    match kind {
        MissingKind::NoScore => "no-score",
        MissingKind::Prorate => "prorate",
        MissingKind::AnsweredOnly => "answered-only",
        MissingKind::Substitute => "substitute",
        MissingKind::InFormula => "in-formula",
    }
}

fn fill(scale: &ScaleFile, terms: &[&str], place: &Pointer, found: &mut Vec<Diagnostic>) -> Fill {
    match scale.missing {
        MissingKind::NoScore | MissingKind::AnsweredOnly | MissingKind::InFormula => Fill::Nothing,
        MissingKind::Prorate => Fill::PersonMean,
        MissingKind::Substitute if scale.substitutes.is_empty() => {
            // The 0 is never used: `check_substitute` reports a missing value.
            Fill::Constant(scale.substitute.unwrap_or(0.0))
        }
        MissingKind::Substitute => {
            let place = place.key("substitutes");
            let what = "the substitutes";
            let each = by_term(what, &scale.substitutes, terms, scale.substitute, &place, found);
            // `by_term` has reported a term without a value, so an empty list is never used.
            Fill::Each(each.unwrap_or_default().into())
        }
    }
}

/// Returns the keys of the limits that a file can state, each with whether it is given. At most one may be given.
fn limits(scale: &ScaleFile) -> [(&'static str, bool); 5] {
    [
        ("min-answered", scale.min_answered.is_some()),
        ("min-proportion", scale.min_proportion.is_some()),
        ("more-than-answered", scale.more_than_answered.is_some()),
        ("more-than-proportion", scale.more_than_proportion.is_some()),
        ("max-missing", scale.max_missing.is_some()),
    ]
}

/// Reports parameters that the rule lacks, and parameters that it does not use.
fn check_parameters(scale: &ScaleFile, place: &Pointer, found: &mut Vec<Diagnostic>) {
    let rule = rule_name(scale.missing);
    let given: Vec<&str> =
        limits(scale).into_iter().filter(|(_, given)| *given).map(|(key, _)| key).collect();
    let why_unused = match scale.missing {
        MissingKind::NoScore => Some("all answers are needed"),
        MissingKind::InFormula => Some("the formula states how many answers it needs"),
        // No default such as one half: published rules differ, and the same answers would get different scores.
        MissingKind::Prorate | MissingKind::AnsweredOnly if given.is_empty() => {
            let message =
                format!("`missing = \"{rule}\"` does not state how many answers are needed");
            let finding = Diagnostic::error("incomplete-missing-rule", message)
                .at(place.key("missing"), "")
                .help("add the limit that the source states: `min-answered = …` or `min-proportion = \"…\"`");
            found.push(finding);
            None
        }
        _ => None,
    };
    if let Some(why) = why_unused {
        let mandatory = (!scale.mandatory.is_empty()).then_some("mandatory");
        for key in given.iter().copied().chain(mandatory) {
            report_unused(key, rule, why, place, found);
        }
    }
    if let [first, second, ..] = given[..] {
        let message = format!("`{first}` and `{second}` are both given");
        let finding = Diagnostic::error("two-limits", message)
            .at_key(place.key(second), "")
            .at_key(place.key(first), "")
            .help("keep the one that the source states");
        found.push(finding);
    }
    check_substitute(scale, rule, place, found);
}

fn check_substitute(scale: &ScaleFile, rule: &str, place: &Pointer, found: &mut Vec<Diagnostic>) {
    if scale.missing != MissingKind::Substitute && !scale.substitutes.is_empty() {
        report_unused(
            "substitutes",
            rule,
            "missing answers are not replaced by fixed values",
            place,
            found,
        );
    }
    match (scale.missing, scale.substitute) {
        // Each term may have its own value. `by_term` reports the terms without one.
        (MissingKind::Substitute, None) if !scale.substitutes.is_empty() => {}
        (MissingKind::Substitute, None) => found.push(
            Diagnostic::error(
                "incomplete-missing-rule",
                "`missing = \"substitute\"` does not state what a missing answer counts as",
            )
            .at(place.key("missing"), "")
            .help("add the keyed value that the source states: `substitute = …`"),
        ),
        (MissingKind::Substitute, Some(_)) | (_, None) => {}
        (_, Some(_)) => report_unused(
            "substitute",
            rule,
            "missing answers are not replaced by fixed values",
            place,
            found,
        ),
    }
}

fn report_unused(key: &str, rule: &str, why: &str, place: &Pointer, found: &mut Vec<Diagnostic>) {
    let message = format!("`{key}` has no meaning with `missing = \"{rule}\"`: {why}");
    let finding = Diagnostic::error("misplaced-key", message)
        .at_key(place.key(key), "")
        .help("remove it, or choose a rule that uses it");
    found.push(finding);
}

/// Returns the number of terms that must be answered, at least 1.
fn need(scale: &ScaleFile, terms: usize, place: &Pointer, found: &mut Vec<Diagnostic>) -> usize {
    if matches!(scale.missing, MissingKind::NoScore | MissingKind::InFormula) {
        // A scale with an unverified key may have no terms, but `Missing::need` is at least 1.
        return terms.max(1);
    }
    let Some((key, need)) = limit(scale, terms) else {
        // Substitution without a limit accepts any number of answers but none: a blank form must not get a score.
        return 1;
    };
    let need = need.unwrap_or(usize::MAX);
    // A scale with an unverified key may have no terms. Any limit would be above their number.
    if terms > 0 && need > terms {
        let message = format!("the limit needs more answers than the scale has ({terms})");
        let help = "no respondent could get a score: compare the limit and the list of items or scales with the source";
        let finding =
            Diagnostic::error("limit-above-items", message).at(place.key(key), "").help(help);
        found.push(finding);
    }
    need.max(1)
}

/// Returns the limit that the file states, as its key and the number of answers it requires. The number is `None` if no
/// number of answers can reach the limit.
fn limit(scale: &ScaleFile, terms: usize) -> Option<(&'static str, Option<usize>)> {
    let to_usize = |count: u32| usize::try_from(count).ok();
    if let Some(count) = scale.min_answered {
        return Some(("min-answered", to_usize(count)));
    }
    if let Some(text) = &scale.min_proportion {
        return Some(("min-proportion", proportion(text, true, terms)));
    }
    if let Some(count) = scale.more_than_answered {
        return Some(("more-than-answered", to_usize(count).map(|count| count + 1)));
    }
    if let Some(text) = &scale.more_than_proportion {
        return Some(("more-than-proportion", proportion(text, false, terms)));
    }
    let most = to_usize(scale.max_missing?)?;
    // A limit above the number of terms allows all to be missing; `need` then still requires one.
    Some(("max-missing", Some(terms.saturating_sub(most))))
}

/// Returns the smallest number of answers that is at least (`inclusive`), or more than, the share `text` (`"80%"`,
/// `"2/3"`) of `terms`. Exact, in integer arithmetic. `None` if there is no such number: the share is too large, or its
/// denominator is zero.
fn proportion(text: &str, inclusive: bool, terms: usize) -> Option<usize> {
    let (numerator, denominator) = match text.strip_suffix('%') {
        Some(percent) => {
            let (whole, part) = percent.split_once('.').unwrap_or((percent, ""));
            // No overflow: the schema limits the text to 12 characters.
            let scale = 10_u64.pow(u32::try_from(part.len()).ok()?);
            (format!("{whole}{part}").parse::<u64>().ok()?, 100 * scale)
        }
        None => {
            let (above, under) = text.split_once('/')?;
            (above.parse().ok()?, under.parse().ok()?)
        }
    };
    crate::formula::share(numerator, denominator, inclusive, terms)
}

/// Returns the positions of the mandatory terms, ascending.
fn mandatory(
    scale: &ScaleFile,
    terms: &[&str],
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Vec<usize> {
    let mut positions = Vec::new();
    let known: BTreeMap<&str, usize> =
        terms.iter().enumerate().map(|(position, term)| (*term, position)).collect();
    for (index, name) in scale.mandatory.iter().enumerate() {
        match known.get(name.as_str()) {
            Some(&position) => positions.push(position),
            None if found.len() > MOST_FINDINGS => {}
            None => found.push(
                Diagnostic::error(
                    "mandatory-off-scale",
                    format!("`{name}` is mandatory but not on the scale `{}`", scale.id),
                )
                .at(place.key("mandatory").index(index), "")
                .help(
                    crate::unsigned_name(name, terms.iter().copied())
                        .unwrap_or_else(|| "add it to the scale, or remove it here".to_owned()),
                ),
            ),
        }
    }
    // In the order of the terms, whatever the order in the file: `Missing::mandatory` promises it.
    positions.sort_unstable();
    positions.dedup();
    positions
}

#[cfg(test)]
mod tests {
    use super::proportion;

    #[test]
    fn shares_are_exact() {
        for (text, inclusive, terms, expected) in [
            ("80%", true, 12, Some(10)),
            ("2/3", true, 12, Some(8)),
            ("50%", true, 9, Some(5)),
            ("50%", true, 10, Some(5)),
            ("50%", false, 10, Some(6)),
            ("33.3333%", true, 3, Some(1)),
            ("100%", true, 7, Some(7)),
            ("100%", false, 7, None),
            ("1/0", true, 7, None),
            ("120%", true, 7, None),
        ] {
            assert_eq!(proportion(text, inclusive, terms), expected, "{text} {inclusive} {terms}");
        }
    }
}
