//! Totals of scales with different rules for missing answers.

use std::collections::BTreeMap;

use scalewright_model::file::MissingKind;
use scalewright_model::{Scale, ScaleIx, Severity, TOLERANCE, Terms};

use super::{Context, Group, Hit, Lint};

/// A total of scales whose rules for missing answers differ.
pub(super) static LINT: Lint = Lint {
    name: "mixed-missing-rules",
    summary: "a total of scales with different rules for missing answers",
    explain: include_str!("mixed_missing_rules.md"),
    group: Group::Missing,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let scales = &context.instrument.scales;
    for scale in scales {
        let Terms::Scales(parts) = &scale.terms else { continue };
        // The rule of a scale of scales is about scores, not about answers.
        let keyed = |index: &usize| matches!(scales[parts[*index].scale.0].terms, Terms::Items(_));
        let positions: Vec<usize> = (0..parts.len()).filter(keyed).collect();
        let kind = |index: usize| scales[parts[index].scale.0].missing.kind;
        let Some(&first) = positions.first() else { continue };
        let Some(&other) = positions.iter().find(|&&index| kind(index) != kind(first)) else {
            continue;
        };
        let (one, two) = (&scales[parts[first].scale.0], &scales[parts[other].scale.0]);
        let message = format!(
            "`{}` is computed from scales with different rules for missing answers",
            scale.id
        );
        hits.push(lint.hit(&scale.id, message, |d| {
            d.at(scale.pointer().key("scales").index(other), "")
                .at(two.pointer().key("missing"), format!("the rule of `{}`", two.id))
                .at(one.pointer().key("missing"), format!("the rule of `{}`", one.id))
                .help(
                    "manuals usually state one rule for all subscales: compare both with the source",
                )
        }));
    }
    siblings(lint, context, hits);
    in_formulas(lint, context, hits);
}

/// Reports the one subscale of a total whose rule is unlike that of all others.
fn siblings(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let scales = &context.instrument.scales;
    let mut families: BTreeMap<ScaleIx, Vec<&Scale>> = BTreeMap::new();
    for scale in scales.iter().filter(|scale| scale.terms.len() > 1 && scale.is_scored()) {
        if let (Some(parent), Terms::Items(_)) = (scale.parent, &scale.terms) {
            families.entry(parent).or_default().push(scale);
        }
    }
    for (parent, family) in families {
        // The parts of a total of scales are compared with one another as such.
        if matches!(scales[parent.0].terms, Terms::Scales(_)) {
            continue;
        }
        whole(lint, &scales[parent.0], &family, hits);
        let Some((odd, usual)) = odd_one(&family) else { continue };
        let message = format!(
            "`{}` has another rule for missing answers than the other subscales of `{}`",
            odd.id, scales[parent.0].id
        );
        hits.push(lint.hit(&odd.id, message, |d| {
            d.at(odd.pointer().key("missing"), rule_in_words(odd))
                .at(usual.pointer().key("missing"), format!("`{}`: {}", usual.id, rule_in_words(usual)))
                .help("manuals usually state one rule for all subscales: compare both with the source")
        }));
    }
}

/// Reports a total with another kind of rule than all its subscales have.
fn whole(lint: &Lint, total: &Scale, family: &[&Scale], hits: &mut Vec<Hit>) {
    let kind = family[0].missing.kind;
    let one_kind = family.iter().all(|scale| scale.missing.kind == kind);
    if family.len() < 2
        || !one_kind
        || total.missing.kind == kind
        || !matches!(total.terms, Terms::Items(_))
    {
        return;
    }
    let message =
        format!("`{}` has another rule for missing answers than all its subscales", total.id);
    hits.push(lint.hit(&total.id, message, |d| {
        d.at(total.pointer().key("missing"), "")
            .at(family[0].pointer().key("missing"), format!("the rule of `{}`", family[0].id))
            .help("manuals usually state one rule for all scales: compare both with the source")
    }));
}

/// The only scale that does not fit a rule of all others, and one of these.
fn odd_one<'a>(family: &[&'a Scale]) -> Option<(&'a Scale, &'a Scale)> {
    if family.len() < 3 || one_rule(family) {
        return None;
    }
    let without = |odd: usize| -> Vec<&'a Scale> {
        family.iter().enumerate().filter(|(at, _)| *at != odd).map(|(_, scale)| *scale).collect()
    };
    let odd: Vec<usize> = (0..family.len()).filter(|at| one_rule(&without(*at))).collect();
    let [odd] = odd[..] else { return None };
    Some((family[odd], without(odd)[0]))
}

/// Whether one statement can be the rule of all scales: one kind, with one number of answers, of missing answers, or one
/// share.
fn one_rule(family: &[&Scale]) -> bool {
    let same = |of: &dyn Fn(&Scale) -> usize| family.iter().all(|scale| of(scale) == of(family[0]));
    let kind = family.iter().all(|scale| scale.missing.kind == family[0].missing.kind);
    if !kind || family[0].missing.kind == MissingKind::NoScore {
        return kind;
    }
    let need = |scale: &Scale| scale.missing.need;
    let all = |scale: &Scale| scale.terms.len();
    same(&need) || same(&|scale| all(scale).saturating_sub(need(scale))) || one_share(family)
}

/// Whether the numbers of answers are the least that make up one share of the items, or more than one share.
fn one_share(family: &[&Scale]) -> bool {
    let size = |count: usize| u32::try_from(count).map_or(f64::INFINITY, f64::from);
    // `need` answers are enough for every share above (need − 1) / all, up to need / all.
    let span = |scale: &&Scale| {
        let (need, all) = (size(scale.missing.need), size(scale.terms.len()));
        ((need - 1.0) / all, need / all)
    };
    let low = family.iter().map(|scale| span(scale).0).fold(f64::MIN, f64::max);
    let high = family.iter().map(|scale| span(scale).1).fold(f64::MAX, f64::min);
    low < high - TOLERANCE
}

/// The rule of a scale, in words.
fn rule_in_words(scale: &Scale) -> String {
    format!("{} of {} answers needed", scale.missing.need, scale.terms.len())
}

/// Reports a list of a formula with the items of a scale and another rule.
fn in_formulas(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let all = context.combined();
    let (scales, formulas): (Vec<_>, Vec<_>) = all.iter().partition(|list| !list.in_formula);
    for list in formulas {
        let Some(fill) =
            list.fill.filter(|_| list.answers.len() > 1 && list.answers.len() == list.all)
        else {
            continue;
        };
        let items = list.items();
        let same = |other: &&&super::Combined<'_>| {
            other.all == list.all && other.kind == list.kind && other.items() == items
        };
        // Several scales with these items may have several rules.
        let mut twins = scales.iter().filter(same);
        let (Some(twin), None) = (twins.next(), twins.next()) else { continue };
        if twin.need == list.need && twin.fill == Some(fill) {
            continue;
        }
        let message = format!(
            "{} has the items of `{}`, but another rule for missing answers",
            list.name(),
            twin.scale.id
        );
        hits.push(lint.hit(&list.scale.id, message, |d| {
            list.mark_rule(d, format!("{} of {} answers needed", list.need, list.all))
                .at(twin.scale.pointer().key("missing"), rule_in_words(twin.scale))
                .help("compare both with the source; `items(…)` lists the items of a scale")
        }));
    }
}
