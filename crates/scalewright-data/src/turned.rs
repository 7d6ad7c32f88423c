//! Groups in which all answers look reversed.

use crate::collected::{Axis, Pairs, correlation};
use crate::shape::Shape;
use crate::statistics::length;

/// The fewest respondents of a group, and of the others.
const FEWEST: f64 = 30.0;
/// The fewest items whose means are compared.
const ITEMS: usize = 4;
/// The mean square of the standardised differences of means above which a group differs.
const DIFFERS: f64 = 6.0;

/// Whether all answers of a group of the axis look reversed. Then differences between single items mean nothing.
pub(crate) fn is_turned(shape: &Shape, axis: &Axis, whole: &Pairs) -> bool {
    axis.groups.len() > 1
        && axis
            .groups
            .iter()
            .any(|group| mirrored(shape, &group.pairs, &whole.without(&group.pairs)).is_some())
}

/// The items of a response scale whose means in a group mirror those elsewhere, and the correlation of the means.
pub(crate) fn mirrored(shape: &Shape, own: &Pairs, others: &Pairs) -> Option<(Vec<usize>, f64)> {
    let mut responses: Vec<usize> = shape.items.iter().map(|item| item.response).collect();
    responses.sort_unstable();
    responses.dedup();
    responses.into_iter().find_map(|response| {
        let (mut same, mut turned, mut means, mut items) = (0.0, 0.0, Vec::new(), Vec::new());
        for (at, item) in shape.items.iter().enumerate().filter(|(_, one)| one.response == response)
        {
            let (Some(low), Some(high)) = (item.values.first(), item.values.last()) else {
                continue;
            };
            let (n, m) = (own.count(at, at), others.count(at, at));
            let error = own.variance(at) / n + others.variance(at) / m;
            if n < FEWEST || m < FEWEST || error <= 0.0 {
                continue;
            }
            let (x, y) = (own.mean(at), others.mean(at));
            same += (x - y).powi(2) / error;
            turned += (low + high - x - y).powi(2) / error;
            means.push((x, y));
            items.push(at);
        }
        let r = correlation(&means)?;
        let is_mirrored = items.len() >= ITEMS
            && same / length(items.len()) > DIFFERS
            && turned < same / 4.0
            && r < -0.5;
        is_mirrored.then_some((items, r))
    })
}
