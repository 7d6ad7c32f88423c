//! Items whose codes are all one too high or one too low.

use scalewright_model::{Diagnostic, Severity};

use crate::check::{Check, ids};
use crate::collected::{Collected, Group};
use crate::shape::Shape;
use crate::statistics::{float, median};

pub(super) static CHECK: Check = Check {
    name: "shifted-codes",
    summary: "All codes of an item are one too high or one too low",
    level: Severity::Error,
    explain: include_str!("shifted_codes.md"),
    run,
};

/// The fewest answers.
const FEWEST: u64 = 20;
/// The least number of answers at the unused end that the other items of the response scale let expect, for a rare code and for
/// one that could also mark a missing answer: chance gives none of 8 with a probability of 0.0003.
const EXPECTED: f64 = 8.0;

/// An item whose codes are shifted.
pub(super) struct Shift {
    pub(super) item: usize,
    /// The axis and the group, if it is not all rows.
    pub(super) group: Option<(usize, usize)>,
    /// The code beyond the answers.
    pub(super) beyond: f64,
    /// Whether codes are too high.
    up: bool,
    /// The number of answers.
    n: u64,
    /// How many have the code beyond.
    count: u64,
}

/// The items with shifted codes, in all rows or in some groups.
pub(super) fn found(collected: &Collected<'_>) -> Vec<Shift> {
    let shape = &collected.shape;
    let mut shifts = Vec::new();
    for item in 0..shape.items.len() {
        if let Some(shift) = shift(&collected.whole, item, shape) {
            shifts.push(shift);
            continue;
        }
        for (axis, groups) in collected.axes.iter().enumerate() {
            let several = groups.groups.iter().enumerate().filter(|_| groups.groups.len() > 1);
            for (at, group) in several {
                let one = shift(group, item, shape);
                shifts.extend(one.map(|one| Shift { group: Some((axis, at)), ..one }));
            }
        }
    }
    shifts
}

/// The shift of an item in a group: one end of the answers is never used, and the code beyond the other end is.
fn shift(group: &Group, item: usize, shape: &Shape) -> Option<Shift> {
    let values = &shape.items[item].values;
    let (Some(&first), Some(&last)) = (values.first(), values.last()) else { return None };
    let (&second, &before) = (values.get(1)?, values.get(values.len() - 2)?);
    ends(group, item, shape, [first, second, before, last])
}

fn ends(
    group: &Group,
    item: usize,
    shape: &Shape,
    [first, second, before, last]: [f64; 4],
) -> Option<Shift> {
    let (above, below) = (last + (last - before), first - (second - first));
    let valid = group.valid(item, shape);
    let found = |unused: f64, beyond: f64, up: bool| {
        let count = group.count(item, beyond);
        let n = valid + count;
        let is_common = count >= 2 && 100 * count >= n;
        let enough = n >= FEWEST
            && count > 0
            && (is_common || expected(group, item, shape, unused) >= EXPECTED);
        (enough && group.count(item, unused) == 0).then_some(Shift {
            item,
            group: None,
            beyond,
            up,
            n,
            count,
        })
    };
    // Negative codes usually mark missing answers: then the other items must show that the highest answer is not rare.
    let is_rare = || expected(group, item, shape, last) < EXPECTED;
    found(first, above, true)
        .or_else(|| found(last, below, false).filter(|_| below >= 0.0 || !is_rare()))
}

/// How many answers with this value the other items of the response scale let expect: the median of their shares. Nothing if
/// fewer than two have answers.
fn expected(group: &Group, item: usize, shape: &Shape, value: f64) -> f64 {
    let others = (0..shape.items.len()).filter(|&other| {
        other != item
            && shape.items[other].response == shape.items[item].response
            && group.valid(other, shape) >= FEWEST
    });
    // Of an item that is keyed the other way, the other end means as much.
    let same = |other: usize| match (shape.is_alike(item, other), &shape.items[other].values[..]) {
        (false, [low, .., high]) => low + high - value,
        _ => value,
    };
    let mut shares: Vec<f64> = others
        .map(|other| float(group.count(other, same(other))) / float(group.valid(other, shape)))
        .collect();
    shares.sort_by(f64::total_cmp);
    if shares.len() < 2 { 0.0 } else { median(&shares) * float(group.valid(item, shape)) }
}

/// The response scale, the group, and whether codes are too high.
type Done = (usize, Option<(usize, usize)>, bool);

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let shifts = found(collected);
    let mut done: Vec<Done> = Vec::new();
    let mut findings = Vec::new();
    for shift in &shifts {
        let response = |one: &Shift| collected.shape.items[one.item].response;
        let key = (response(shift), shift.group, shift.up);
        if done.contains(&key) {
            continue;
        }
        done.push(key);
        let same: Vec<&Shift> =
            shifts.iter().filter(|one| (response(one), one.group, one.up) == key).collect();
        findings.push(finding(collected, &same));
    }
    findings
}

/// A finding about items of one response scale with the same shift in the same group.
fn finding(collected: &Collected<'_>, same: &[&Shift]) -> Diagnostic {
    let first = same[0];
    let items: Vec<usize> = same.iter().map(|one| one.item).collect();
    let values = &collected.shape.items[first.item].values;
    let place = first.group.map_or(String::new(), |(axis, group)| {
        format!(" in {}", collected.axes[axis].group_name(group))
    });
    let (direction, unused) = match first.up {
        true => ("high", values.first()),
        false => ("low", values.last()),
    };
    let verb = if items.len() == 1 { "has" } else { "have" };
    let message = format!(
        "{} {verb} codes that are probably one too {direction}{place}: of {} answers, {} are {}, which is no answer, \
         and none is {}",
        ids(collected, &items),
        first.n,
        first.count,
        first.beyond,
        unused.copied().unwrap_or_default()
    );
    CHECK
        .of_item(Severity::Error, (collected, first.item), message)
        .help("compare the codes of the platform with those of the response scale, and correct one of them")
}
