//! Indices of response quality, one row at a time: the longest run of equal answers, and the agreement of odd and even
//! items.

use crate::reading::Row;
use crate::shape::Shape;
use crate::statistics::length;

/// The fewest answered items of a response scale: on fewer items, equal answers are ordinary.
pub(crate) const FEWEST: usize = 8;
/// The fewest scales for the agreement of odd and even items.
pub(crate) const FEWEST_SCALES: usize = 5;
/// The agreement below which a row is counted: Curran (2016) discusses .30 after correction for length.
pub(crate) const LEAST_AGREEMENT: f64 = 0.30;
/// The most respondents that are named.
const NAMED: usize = 20;

/// A respondent: the table and the name.
pub(crate) type Name = (u32, String);

/// Respondents with a property.
#[derive(Debug, Default)]
pub(crate) struct Marked {
    /// The number of respondents that could have it.
    pub(crate) of: u64,
    /// The number of those that have it.
    pub(crate) count: u64,
    /// The first of them.
    pub(crate) names: Vec<Name>,
}

impl Marked {
    fn add(&mut self, has: bool, name: &dyn Fn() -> Name) {
        self.of += 1;
        self.count += u64::from(has);
        if has && self.names.len() < NAMED {
            self.names.push(name());
        }
    }
}

/// What rows say about how they were answered.
#[derive(Debug, Default)]
pub(crate) struct People {
    /// The same answer to all items of a response scale, although some are keyed the other way.
    pub(crate) straight: Marked,
    /// The same answer to at least ten items in a row, and to half of the items.
    pub(crate) long: Marked,
    /// Odd and even items of the scales that do not agree.
    pub(crate) uneven: Marked,
    /// The number of rows whose last answer is to each item, if a later one is expected.
    pub(crate) stops: Vec<u64>,
}

impl People {
    pub(crate) fn add(&mut self, row: &Row<'_>, shape: &Shape, name: &dyn Fn() -> Name) {
        if let Some((longest, items, is_mixed)) = runs(row.raw, shape) {
            if is_mixed {
                self.straight.add(longest == items, name);
            }
            self.long.add(longest < items && longest >= 10 && 2 * longest >= items, name);
        }
        if let Some(agreement) = even_odd(row.valid, shape) {
            self.uneven.add(agreement < LEAST_AGREEMENT, name);
        }
        self.stop(row.raw, shape);
    }

    /// Counts the item after which a respondent answered nothing more.
    fn stop(&mut self, raw: &[f64], shape: &Shape) {
        self.stops.resize(shape.items.len(), 0);
        let last = raw.iter().rposition(|answer| !answer.is_nan());
        let Some(last) = last else { return };
        let missed = shape.items[last + 1..].iter().filter(|item| item.is_expected).count();
        // One missing answer at the end is an ordinary omission.
        if missed >= 2 {
            self.stops[last] += 1;
        }
    }
}

/// The longest run of equal answers to neighbouring items of one response scale with more than two options, the number
/// of these items, and whether at least two are keyed in each direction. `None` if fewer than [`FEWEST`] are answered.
fn runs(raw: &[f64], shape: &Shape) -> Option<(usize, usize, bool)> {
    let mut best = None;
    for items_alike in shape.alike.iter().filter(|items| items.len() >= FEWEST) {
        let (mut run, mut longest, mut items, mut last) = (0, 0, 0, f64::NAN);
        let mut directions = [0, 0];
        for &at in items_alike.iter().filter(|&&at| !raw[at].is_nan()) {
            let answer = raw[at];
            #[expect(clippy::float_cmp, reason = "codes are equal or not")]
            let repeats = answer == last;
            run = if repeats { run + 1 } else { 1 };
            (last, items) = (answer, items + 1);
            longest = longest.max(run);
            if let Some((_, sign)) = shape.items[at].scale {
                directions[usize::from(sign < 0.0)] += 1;
            }
        }
        let is_mixed = directions.iter().all(|count| *count >= 2);
        let known = best.map_or(0, |(_, known, _)| known);
        if items >= FEWEST && items > known {
            best = Some((longest, items, is_mixed));
        }
    }
    best
}

/// The correlation, over scales, of the mean of the odd items with that of the even items, corrected for length by the
/// formula of Spearman and Brown. `None` if there are fewer than five scales or the means do not vary.
///
/// Johnson, J. A. (2005). Ascertaining the validity of individual protocols from web-based personality inventories.
/// Journal of Research in Personality, 39, 103–129.
fn even_odd(valid: &[f64], shape: &Shape) -> Option<f64> {
    let scales = || shape.scales.iter().filter(|scale| scale.items.len() >= 4);
    // Most instruments have few scales, and this is asked of every row.
    if scales().count() < FEWEST_SCALES {
        return None;
    }
    let mut halves = Vec::new();
    for scale in scales() {
        let mean = |parity: usize| {
            let half = scale.items.iter().skip(parity).step_by(2);
            let keyed = half.filter_map(|&(at, sign)| {
                shape.items[at].place(valid[at], sign).filter(|place| place.is_finite())
            });
            let (mut sum, mut count) = (0.0, 0.0);
            for place in keyed {
                sum += place;
                count += 1.0;
            }
            (count > 0.0).then(|| sum / count)
        };
        halves.extend(mean(0).zip(mean(1)));
    }
    if halves.len() < FEWEST_SCALES {
        return None;
    }
    let r = correlation(&halves)?;
    Some(2.0 * r / (1.0 + r)).filter(|corrected| corrected.is_finite())
}

/// The correlation of pairs; `None` if one side does not vary.
pub(crate) fn correlation(pairs: &[(f64, f64)]) -> Option<f64> {
    let n = length(pairs.len());
    let (x, y) = pairs.iter().fold((0.0, 0.0), |(x, y), pair| (x + pair.0, y + pair.1));
    let (x, y) = (x / n, y / n);
    let (mut xx, mut yy, mut xy) = (0.0, 0.0, 0.0);
    for (a, b) in pairs {
        xx += (a - x).powi(2);
        yy += (b - y).powi(2);
        xy += (a - x) * (b - y);
    }
    let both: f64 = xx * yy;
    (both > 1e-12).then(|| xy / both.sqrt())
}
