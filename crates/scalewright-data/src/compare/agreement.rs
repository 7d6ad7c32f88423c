//! The agreement of two tables about each item.

use scalewright_model::{Instrument, ItemIx, OptionValue};

use super::entered::Entered;
use crate::statistics::{float, length};

/// The agreement about an item, over the rows in which both tables have an answer.
pub(super) struct Agreement {
    /// The number of these rows.
    pub(super) n: u64,
    /// The number of rows with the same answer.
    pub(super) same: u64,
    /// The number of rows in which only one table has an answer.
    pub(super) one_blank: u64,
    /// Cohen's kappa. `None` if all answers are the same, or the item has no options.
    pub(super) kappa: Option<f64>,
    /// Kappa with quadratic weights: for items with more than two ordered options.
    pub(super) weighted: Option<f64>,
}

pub(super) fn all(instrument: &Instrument, tables: [&Entered; 2]) -> Vec<Agreement> {
    (0..instrument.items.len()).map(|item| of_item(instrument, item, tables)).collect()
}

fn of_item(instrument: &Instrument, item: usize, [first, second]: [&Entered; 2]) -> Agreement {
    let values = instrument.response(ItemIx(item)).scored_values().unwrap_or_default();
    let place = |text: &str| -> Option<usize> {
        let value = OptionValue::of(text.parse().ok()?)?;
        values.binary_search(&value).ok()
    };
    let mut counts = vec![vec![0_u64; values.len()]; values.len()];
    let (mut n, mut same, mut one_blank) = (0, 0, 0);
    for (key, line) in &first.lines {
        let Some(other) = second.lines.get(key) else { continue };
        let (a, b) = (&line.items[item], &other.items[item]);
        if a.is_empty() || b.is_empty() {
            one_blank += u64::from(a != b);
            continue;
        }
        n += 1;
        same += u64::from(a == b);
        if let (Some(a), Some(b)) = (place(a), place(b)) {
            counts[a][b] += 1;
        }
    }
    let kappa = kappa(&counts, |a, b| if a == b { 0.0 } else { 1.0 });
    let apart = |a: usize, b: usize| (length(a) - length(b)).powi(2);
    let weighted = (values.len() > 2).then(|| self::kappa(&counts, apart)).flatten();
    Agreement { n, same, one_blank, kappa, weighted }
}

/// Kappa: 1 − the observed disagreement divided by the one expected from the margins. `weight` is the disagreement of
/// two options.
///
/// Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement, 20, 37–46.
/// Cohen, J. (1968). Weighted kappa. Psychological Bulletin, 70, 213–220.
fn kappa(counts: &[Vec<u64>], weight: impl Fn(usize, usize) -> f64) -> Option<f64> {
    let all: f64 = counts.iter().flatten().map(|&count| float(count)).sum();
    let row = |a: usize| counts[a].iter().map(|&count| float(count)).sum::<f64>();
    let column = |b: usize| counts.iter().map(|row| float(row[b])).sum::<f64>();
    let (mut observed, mut expected) = (0.0, 0.0);
    for (a, counts) in counts.iter().enumerate() {
        for (b, &count) in counts.iter().enumerate() {
            observed += weight(a, b) * float(count);
            expected += weight(a, b) * row(a) * column(b) / all;
        }
    }
    (expected > 0.0).then(|| 1.0 - observed / expected)
}

#[cfg(test)]
mod tests {
    use super::kappa;

    #[test]
    fn kappas_are_those_of_the_formula() {
        // By hand: agreement 0.7, expected 0.5 x 0.6 + 0.5 x 0.4 = 0.5, so kappa is 0.4.
        let counts = [vec![20, 5], vec![10, 15]];
        let nominal = kappa(&counts, |a, b| if a == b { 0.0 } else { 1.0 });
        assert!((nominal.unwrap_or(0.0) - 0.4).abs() < 1e-15);
        assert_eq!(kappa(&[vec![5, 0], vec![0, 0]], |a, b| if a == b { 0.0 } else { 1.0 }), None);
    }
}
