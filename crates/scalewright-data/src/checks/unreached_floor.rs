//! Items whose lowest answer nobody gives, although many give it to similar items.

use scalewright_model::{Diagnostic, Severity};

use super::shifted_codes;
use crate::check::Check;
use crate::collected::Collected;
use crate::shape::Shape;
use crate::statistics::{float, median};

pub(super) static CHECK: Check = Check {
    name: "unreached-floor",
    summary: "Nobody gives the lowest answer to one item of a response scale",
    level: Severity::Warning,
    explain: include_str!("unreached_floor.md"),
    run,
};

/// The fewest answers to an item.
const FEWEST: u64 = 50;
/// The fewest other items with the same response scale.
const SIBLINGS: usize = 2;
/// The fewest answers at the second step, below which what is expected is too uncertain for a warning.
const MANY: u64 = 20;
/// The least number of lowest answers to be expected: chance gives none of 8 with a probability of 0.0003.
const EXPECTED: f64 = 8.0;

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let shifts = shifted_codes::found(collected);
    let items = 0..collected.shape.items.len();
    let items = items.filter(|item| !shifts.iter().any(|shift| shift.item == *item));
    items.filter_map(|item| finding(collected, item)).collect()
}

fn finding(collected: &Collected<'_>, item: usize) -> Option<Diagnostic> {
    let (shape, whole) = (&collected.shape, &collected.whole);
    let this = &shape.items[item];
    let [low, second, _, ..] = this.values[..] else { return None };
    let (n, next) = (whole.valid(item, shape), whole.count(item, second));
    // One answer in all rows is a finding of its own.
    if n < FEWEST || whole.count(item, low) > 0 || next == n {
        return None;
    }
    let siblings = (0..shape.items.len()).filter(|&other| {
        other != item
            && shape.items[other].response == this.response
            && whole.valid(other, shape) >= FEWEST
            && whole.count(other, ends(shape, item, other).1) >= 10
    });
    // An item that nearly everybody endorses has few answers at the second step too: so the two are compared.
    let ratio = |other: usize| {
        let (low, second) = ends(shape, item, other);
        float(whole.count(other, low)) / float(whole.count(other, second))
    };
    let mut ratios: Vec<f64> = siblings.map(ratio).collect();
    ratios.sort_by(f64::total_cmp);
    if ratios.len() < SIBLINGS {
        return None;
    }
    let (least, usual) = (ratios[0] * float(next), median(&ratios) * float(next));
    let severity = match () {
        () if least >= EXPECTED && next >= MANY => Severity::Warning,
        () if least >= EXPECTED / 4.0 && usual >= 2.0 * EXPECTED => Severity::Hint,
        () => return None,
    };
    let message = format!(
        "none of {n} answers to `{}` is {low}, the lowest, although {next} are {second}: by the other items on this \
         response scale, at least {least:.0} would be expected, and usually {usual:.0}",
        this.id
    );
    let help = "check whether this column is coded from the next value on, such as 1 to 4 instead of 0 to 4";
    Some(CHECK.of_item(severity, (collected, item), message).help(help))
}

/// The answers to another item of the response scale that mean as much as the lowest and the second-lowest answer to an item:
/// the two highest if one of them is keyed the other way.
fn ends(shape: &Shape, item: usize, other: usize) -> (f64, f64) {
    let values = &shape.items[other].values;
    match (shape.is_alike(item, other), &values[..]) {
        (true, [low, second, ..]) | (false, [.., second, low]) => (*low, *second),
        _ => (f64::NAN, f64::NAN),
    }
}
