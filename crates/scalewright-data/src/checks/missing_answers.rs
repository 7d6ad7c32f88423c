//! Missing answers that gather in an item, after an item, or in a group.

use scalewright_model::{Diagnostic, Severity};

use crate::check::{Check, ids, percent};
use crate::collected::{Axis, Collected, Group};
use crate::statistics::{float, median, proportions};

pub(super) static CHECK: Check = Check {
    name: "missing-answers",
    summary: "Missing answers gather in an item, after an item, or in a group",
    level: Severity::Warning,
    explain: include_str!("missing_answers.md"),
    run,
};

/// The fewest rows, of all or of a group.
const FEWEST: u64 = 30;
/// The standardised difference between a group and the others.
const DIFFERS: f64 = 5.0;
/// The share of rows that stop at the same item.
const STOPS: f64 = 0.1;

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let mut findings = by_group(collected);
    findings.extend(by_item(collected));
    findings.extend(after_item(collected));
    findings
}

fn expected(collected: &Collected<'_>) -> impl Iterator<Item = usize> {
    let items = collected.shape.items.iter().enumerate();
    // An empty column is another finding.
    let is_used = |at: usize| collected.whole.missing[at] < collected.whole.rows;
    items.filter(move |(at, item)| item.is_expected && is_used(*at)).map(|(at, _)| at)
}

fn share(group: &Group, item: usize) -> f64 {
    float(group.missing[item]) / float(group.rows.max(1))
}

/// Items that have many more missing answers than the others.
fn by_item(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let whole = &collected.whole;
    let items: Vec<usize> = expected(collected).collect();
    let mut shares: Vec<f64> = items.iter().map(|&item| share(whole, item)).collect();
    shares.sort_by(f64::total_cmp);
    if whole.rows < FEWEST || items.len() < 3 {
        return Vec::new();
    }
    let usual = median(&shares);
    let far = items
        .into_iter()
        .filter(|&item| share(whole, item) >= 0.2 && share(whole, item) >= 3.0 * usual);
    far.map(|item| {
        let here = share(whole, item);
        let severity = if here >= 0.9 { Severity::Warning } else { Severity::Hint };
        let message = format!(
            "`{}` is missing in {} of {} rows; the median of the items is {}",
            collected.shape.items[item].id,
            percent(here),
            whole.rows,
            percent(usual)
        );
        CHECK.of_item(severity, (collected, item), message)
    })
    .collect()
}

/// Items after which many respondents answer nothing more.
fn after_item(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let rows = collected.rows;
    let stops = collected.people.stops.iter().enumerate();
    let many = stops.filter(|(_, count)| {
        rows >= FEWEST && **count >= 5 && float(**count) / float(rows) >= STOPS
    });
    many.map(|(item, count)| {
        let items = &collected.shape.items;
        let next = items.get(item + 1);
        let new_page = next.is_some_and(|next| next.section != items[item].section);
        let place = if new_page { ", the last item of its section" } else { "" };
        let message = format!(
            "{count} of {rows} respondents ({}) answer nothing after `{}`{place}",
            percent(float(*count) / float(rows)),
            items[item].id
        );
        CHECK
            .of_item(Severity::Hint, (collected, item), message)
            .help("check whether the next page was shown and saved")
    })
    .collect()
}

/// Items that are missing in one group and answered elsewhere.
fn by_group(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let mut findings = Vec::new();
    for axis in collected.axes.iter().filter(|axis| axis.groups.len() > 1) {
        for at in 0..axis.groups.len() {
            findings.extend(of_group(collected, axis, at));
        }
    }
    findings
}

fn of_group(collected: &Collected<'_>, axis: &Axis, at: usize) -> Option<Diagnostic> {
    let (whole, group) = (&collected.whole, &axis.groups[at]);
    let others = whole.rows - group.rows;
    if group.rows < FEWEST || others < FEWEST {
        return None;
    }
    let elsewhere = |item: usize| float(whole.missing[item] - group.missing[item]) / float(others);
    let is_far = |item: &usize| {
        let (here, there) =
            (float(group.missing[*item]), float(whole.missing[*item] - group.missing[*item]));
        let z = proportions((here, float(group.rows)), (there, float(others)));
        share(group, *item) - elsewhere(*item) >= 0.2 && z > DIFFERS
    };
    let items: Vec<usize> = expected(collected).filter(is_far).collect();
    let most = |of: &dyn Fn(usize) -> f64| items.iter().map(|&item| of(item)).fold(0.0, f64::max);
    let (here, there) = (most(&|item| share(group, item)), most(&elsewhere));
    let first = *items.first()?;
    let severity = if here >= 0.5 && there <= 0.1 { Severity::Warning } else { Severity::Hint };
    let message = format!(
        "in {}, up to {} of the answers to {} are missing; elsewhere at most {}",
        axis.group_name(at),
        percent(here),
        ids(collected, &items),
        percent(there)
    );
    let help = "check whether this group had another form, or lost a page";
    Some(CHECK.of_item(severity, (collected, first), message).help(help))
}
