//! The rule for missing answers: its parameters agree with it and with the scale.

use std::collections::BTreeMap;

use crate::file::{MissingKind, ScaleFile};
use crate::{Diagnostic, Fill, MOST_FINDINGS, Missing, Pointer};

/// Resolves the rule of a scale made of `terms` (their names, without keying).
pub(super) fn resolve(
    scale: &ScaleFile,
    terms: &[&str],
    place: &Pointer,
    found: &mut Vec<Diagnostic>,
) -> Missing {
    parameters(scale, place, found);
    Missing {
        kind: scale.missing,
        need: need(scale, terms.len(), place, found),
        mandatory: mandatory(scale, terms, place, found),
        fill: fill(scale),
    }
}

fn rule_name(kind: MissingKind) -> &'static str {
    match kind {
        MissingKind::NoScore => "no-score",
        MissingKind::Prorate => "prorate",
        MissingKind::AnsweredOnly => "answered-only",
        MissingKind::Substitute => "substitute",
    }
}

fn fill(scale: &ScaleFile) -> Fill {
    match scale.missing {
        MissingKind::NoScore | MissingKind::AnsweredOnly => Fill::Nothing,
        MissingKind::Prorate => Fill::PersonMean,
        MissingKind::Substitute => Fill::Constant(scale.substitute.unwrap_or(0.0)),
    }
}

/// Parameters that the rule lacks, or has no use for.
fn parameters(scale: &ScaleFile, place: &Pointer, found: &mut Vec<Diagnostic>) {
    let rule = rule_name(scale.missing);
    let limits = [
        ("min-answered", scale.min_answered.is_some()),
        ("min-proportion", scale.min_proportion.is_some()),
    ];
    let limited = limits.iter().any(|&(_, given)| given);
    match scale.missing {
        MissingKind::NoScore => {
            let given = limits.into_iter().chain([("mandatory", !scale.mandatory.is_empty())]);
            for (key, _) in given.filter(|&(_, given)| given) {
                useless(key, rule, "all answers are needed", place, found);
            }
        }
        MissingKind::Prorate | MissingKind::AnsweredOnly if !limited => found.push(
            Diagnostic::error(
                "incomplete-missing-rule",
                format!("`missing = \"{rule}\"` does not say how many answers are needed"),
            )
            .at(place.key("missing"), "")
            .help("add `min-answered = 3` or `min-proportion = \"80%\"`"),
        ),
        _ => {}
    }
    if limits.iter().all(|&(_, given)| given) {
        let message = "`min-answered` and `min-proportion` are both given";
        let finding = Diagnostic::error("two-limits", message)
            .at_key(place.key("min-proportion"), "")
            .at_key(place.key("min-answered"), "")
            .help("keep the one the source states");
        found.push(finding);
    }
    substitute(scale, rule, place, found);
}

fn substitute(scale: &ScaleFile, rule: &str, place: &Pointer, found: &mut Vec<Diagnostic>) {
    match (scale.missing, scale.substitute) {
        (MissingKind::Substitute, None) => found.push(
            Diagnostic::error(
                "incomplete-missing-rule",
                "`missing = \"substitute\"` does not say what a missing answer counts as",
            )
            .at(place.key("missing"), "")
            .help("add the keyed value it counts as: `substitute = 0`"),
        ),
        (MissingKind::Substitute, Some(_)) | (_, None) => {}
        (_, Some(_)) => useless("substitute", rule, "nothing is put in", place, found),
    }
}

fn useless(key: &str, rule: &str, why: &str, place: &Pointer, found: &mut Vec<Diagnostic>) {
    let message = format!("`{key}` has no meaning with `missing = \"{rule}\"`: {why}");
    let finding = Diagnostic::error("misplaced-key", message)
        .at_key(place.key(key), "")
        .help("remove it, or choose the rule that has it");
    found.push(finding);
}

/// How many terms must be answered.
fn need(scale: &ScaleFile, terms: usize, place: &Pointer, found: &mut Vec<Diagnostic>) -> usize {
    if scale.missing == MissingKind::NoScore {
        return terms.max(1);
    }
    let share = scale.min_proportion.as_deref().map(|text| proportion(text, terms));
    let (key, need) = match (scale.min_answered, share) {
        (Some(count), _) => ("min-answered", usize::try_from(count).ok()),
        (None, Some(count)) => ("min-proportion", count),
        // Substitution without a limit scores whatever is there; one answer is still needed, or every
        // respondent who left the form blank would get a score.
        (None, None) => return 1,
    };
    let need = need.unwrap_or(usize::MAX);
    if terms > 0 && need > terms {
        let message = format!("more answers are needed than the scale has: it has {terms}");
        let cure = match share {
            Some(_) => {
                "no respondent could ever get a score: give a share of the whole, as `\"80%\"`"
                    .to_owned()
            }
            None => format!("no respondent could ever get a score: give {terms} or fewer"),
        };
        let finding =
            Diagnostic::error("limit-above-items", message).at(place.key(key), "").help(cure);
        found.push(finding);
    }
    need.max(1)
}

/// The smallest count that is at least the share `text` (`"80%"`, `"2/3"`) of `terms`, exactly.
/// `None` when the share is none that can be: above the whole, or divided by zero.
fn proportion(text: &str, terms: usize) -> Option<usize> {
    let (numerator, denominator) = match text.strip_suffix('%') {
        Some(percent) => {
            let (whole, part) = percent.split_once('.').unwrap_or((percent, ""));
            let scale = 10_usize.pow(u32::try_from(part.len()).ok()?);
            (format!("{whole}{part}").parse::<usize>().ok()?, 100 * scale)
        }
        None => {
            let (above, under) = text.split_once('/')?;
            (above.parse().ok()?, under.parse().ok()?)
        }
    };
    if denominator == 0 || numerator > denominator {
        return None;
    }
    Some((numerator * terms).div_ceil(denominator))
}

/// The positions of the mandatory terms.
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
                    crate::did_you_mean(name, terms.iter().copied())
                        .unwrap_or_else(|| "add it to the scale, or remove it here".to_owned()),
                ),
            ),
        }
    }
    positions.sort_unstable();
    positions.dedup();
    positions
}

#[cfg(test)]
mod tests {
    use super::proportion;

    #[test]
    fn shares_are_exact() {
        assert_eq!(proportion("80%", 12), Some(10));
        assert_eq!(proportion("2/3", 12), Some(8));
        assert_eq!(proportion("50%", 9), Some(5));
        assert_eq!(proportion("33.3333%", 3), Some(1));
        assert_eq!(proportion("100%", 7), Some(7));
        assert_eq!(proportion("1/0", 7), None);
        assert_eq!(proportion("120%", 7), None);
    }
}
