//! Numbers far from the others: another unit, or a misplaced decimal point.

use scalewright_model::{Diagnostic, Severity};

use crate::check::Check;
use crate::collected::Collected;
use crate::statistics::{length, median};

pub(super) static CHECK: Check = Check {
    name: "outlying-numbers",
    summary: "Numbers far from the others, such as those in another unit",
    level: Severity::Warning,
    explain: include_str!("outlying_numbers.md"),
    run,
};

/// The fewest numbers.
const FEWEST: usize = 30;
/// The distance from the median, in robust standard deviations, from which a number is far from the others.
const FAR: f64 = 6.0;
/// The distance within which a converted number is among the others.
const NEAR: f64 = 2.5;
/// The factors between usual units, and what they are.
const FACTORS: [(f64, &str); 8] = [
    (10.0, "a decimal place"),
    (100.0, "metres and centimetres, or two decimal places"),
    (1000.0, "a thousand, such as grams and kilograms"),
    (2.54, "inches and centimetres"),
    (2.204_622_6, "kilograms and pounds"),
    (30.48, "feet and centimetres"),
    (12.0, "months and years, or inches and feet"),
    (60.0, "minutes and hours"),
];

fn run(collected: &Collected<'_>) -> Vec<Diagnostic> {
    let items = (0..collected.shape.items.len()).filter(|&at| collected.shape.items[at].is_number);
    items.filter_map(|item| finding(collected, item)).collect()
}

fn finding(collected: &Collected<'_>, item: usize) -> Option<Diagnostic> {
    let sorted = collected.whole.numbers[item].sorted();
    let (middle, spread) = robust(&sorted)?;
    let distance = |x: f64| (x - middle).abs() / spread;
    let far: Vec<f64> = sorted.iter().copied().filter(|&x| distance(x) > FAR).collect();
    if far.is_empty() {
        return None;
    }
    let id = &collected.shape.items[item].id;
    let converted = |&(factor, _): &(f64, &str)| {
        let fits = |x: &&f64| distance(**x * factor) < NEAR || distance(**x / factor) < NEAR;
        far.iter().filter(fits).count()
    };
    let best = FACTORS.iter().max_by_key(|factor| (converted(factor), -factor.0 as i64));
    let best = best.filter(|factor| 2 * converted(factor) >= far.len() && converted(factor) > 1);
    let shown: Vec<String> = far.iter().take(5).map(f64::to_string).collect();
    let (count, all) = (far.len(), sorted.len());
    let numbers = format!(
        "{count} of {all} numbers of `{id}` are far from the others (median {middle}): {}{}",
        shown.join(", "),
        if count > 5 { ", …" } else { "" }
    );
    Some(match best {
        Some(factor) => {
            let text = format!(
                "{numbers}; times or divided by {}, {} of them are among the others",
                factor.0,
                converted(factor)
            );
            let help = format!("check the unit: the factor between {}", factor.1);
            CHECK.of_item(Severity::Warning, (collected, item), text).help(help)
        }
        None => {
            let help = "compare them with the forms";
            CHECK.of_item(Severity::Hint, (collected, item), numbers).help(help)
        }
    })
}

/// The median, and the median absolute deviation times 1.4826, which is the standard deviation of normal numbers.
fn robust(sorted: &[f64]) -> Option<(f64, f64)> {
    if sorted.len() < FEWEST {
        return None;
    }
    let middle = median(sorted);
    let mut away: Vec<f64> = sorted.iter().map(|x| (x - middle).abs()).collect();
    away.sort_by(f64::total_cmp);
    let spread = 1.4826 * median(&away);
    let mean = sorted.iter().sum::<f64>() / length(sorted.len());
    // More than half of the numbers are equal: nothing is far from them.
    (spread > 0.0 && mean.is_finite()).then_some((middle, spread))
}
