//! Rows with the same answers, and how many such rows chance gives.
//!
//! The chance that two respondents agree in all answers is estimated within eight levels of each scale: Σ_s w_s² Π_i
//! Σ_x p_i(x|s)², where w_s is the share of level s and p_i(x|s) the share of answer x to item i on that level. Within
//! a level, items of one scale hardly depend on each other, so that a strong common factor does not look like copying.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use super::people::Name;
use crate::reading::Row;
use crate::shape::Shape;
use crate::statistics::float;

/// The most patterns that are distinguished.
const MOST: usize = 1_000_000;
/// The number of levels of a scale.
const LEVELS: usize = 8;
/// The fewest answers of a pattern.
pub(crate) const FEWEST: usize = 8;
/// The most groups of equal rows that are stored.
const GROUPS: usize = 50;
/// The most respondents of such a group that are named.
const NAMED: usize = 6;

/// Rows that are equal.
#[derive(Debug, Default, Clone)]
pub(crate) struct Match {
    /// The number of rows.
    pub(crate) rows: u64,
    /// The first of them.
    pub(crate) names: Vec<Name>,
}

/// The rows that agree in something, by its hash.
#[derive(Debug, Default)]
struct Equal {
    /// The number of rows, and the first.
    seen: HashMap<u64, (u64, Name)>,
    /// The groups of several rows, in the order in which their second row occurs.
    groups: Vec<(u64, Match)>,
    /// The number of pairs of equal rows.
    pairs: u64,
    is_full: bool,
}

impl Equal {
    fn add(&mut self, hash: u64, name: &dyn Fn() -> Name) {
        let Some((rows, first)) = self.seen.get_mut(&hash) else {
            if self.seen.len() < MOST {
                self.seen.insert(hash, (1, name()));
            } else {
                self.is_full = true;
            }
            return;
        };
        self.pairs += *rows;
        *rows += 1;
        if let Some((_, group)) = self.groups.iter_mut().find(|(known, _)| *known == hash) {
            group.rows += 1;
            if group.names.len() < NAMED {
                group.names.push(name());
            }
        } else if self.groups.len() < GROUPS {
            let names = vec![first.clone(), name()];
            self.groups.push((hash, Match { rows: *rows, names }));
        }
    }
}

/// The patterns of answers.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    answers: Equal,
    /// Rows that also agree in all columns but the respondent.
    whole: Equal,
    /// The number of rows with each content of the other columns, to see whether these distinguish rows.
    others: HashMap<u64, u64>,
    /// Whether there were more patterns than are compared.
    pub(crate) is_full: bool,
    rows: u64,
    /// For each scale, the number of rows on each level.
    levels: Vec<[u64; LEVELS]>,
    /// For each coded item, the number of each answer on each level of its scale.
    counts: Vec<[Vec<u64>; LEVELS]>,
}

impl Patterns {
    pub(crate) fn new(shape: &Shape) -> Self {
        let counts =
            shape.items.iter().map(|item| std::array::from_fn(|_| vec![0; item.values.len()]));
        Self {
            levels: vec![[0; LEVELS]; shape.scales.len()],
            counts: counts.collect(),
            ..Self::default()
        }
    }

    pub(crate) fn add(&mut self, row: &Row<'_>, shape: &Shape, name: &dyn Fn() -> Name) {
        let coded = || (0..row.valid.len()).filter(|&at| !shape.items[at].values.is_empty());
        let answered = coded().filter(|&at| !row.valid[at].is_nan()).count();
        // Missing answers agree easily, so rows with many of them are not compared.
        if answered < FEWEST || 5 * answered < 4 * coded().count() {
            return;
        }
        self.rows += 1;
        self.count(row.valid, shape);
        let mut hasher = DefaultHasher::new();
        row.raw.iter().for_each(|answer| answer.to_bits().hash(&mut hasher));
        let answers = hasher.finish();
        row.others.hash(&mut hasher);
        let whole = hasher.finish();
        let mut hasher = DefaultHasher::new();
        row.others.hash(&mut hasher);
        let others = hasher.finish();
        // Equal answers to all items, such as none of the symptoms, are common.
        if !is_uniform(row.valid, shape) && !is_extreme(row.valid, shape) {
            self.answers.add(answers, name);
            if !row.others.is_empty() {
                self.whole.add(whole, name);
            }
        }
        if self.others.len() < MOST {
            *self.others.entry(others).or_default() += 1;
        }
        self.is_full = self.answers.is_full || self.whole.is_full;
    }

    fn count(&mut self, valid: &[f64], shape: &Shape) {
        let levels: Vec<usize> =
            (0..shape.scales.len()).map(|at| level(valid, shape, at)).collect();
        for (counts, level) in self.levels.iter_mut().zip(&levels) {
            counts[*level] += 1;
        }
        for (at, item) in shape.items.iter().enumerate() {
            let level = item.scale.map_or(0, |(scale, _)| levels[scale]);
            if let Some(value) = shape.position(at, valid[at]) {
                self.counts[at][level][value] += 1;
            }
        }
    }

    /// The number of pairs of rows with the same answers that chance gives, and the same for rows that also agree in
    /// all other columns.
    pub(crate) fn expected(&self, shape: &Shape) -> (f64, f64) {
        let n = float(self.rows);
        let mut chance = 1.0;
        let is_used =
            |at: &usize| shape.items.iter().any(|i| i.scale.is_some_and(|(s, _)| s == *at));
        for at in (0..self.levels.len()).filter(is_used) {
            let levels = &self.levels[at];
            let on_level = |level: usize| {
                let items = (0..shape.items.len())
                    .filter(|&item| shape.items[item].scale.is_some_and(|(scale, _)| scale == at));
                let agree: f64 = items.map(|item| agreement(&self.counts[item][level])).product();
                (float(levels[level]) / n).powi(2) * agree
            };
            chance *= (0..LEVELS).map(on_level).sum::<f64>();
        }
        let alone = (0..shape.items.len())
            .filter(|&at| shape.items[at].scale.is_none() && !shape.items[at].values.is_empty());
        chance *= alone.map(|at| agreement(&self.counts[at][0])).product::<f64>();
        let pairs = n * (n - 1.0) / 2.0;
        let mut same = 0.0;
        #[expect(clippy::iter_over_hash_type, reason = "a sum of whole numbers has no order")]
        for &count in self.others.values() {
            same += float(count) * float(count.saturating_sub(1)) / 2.0;
        }
        (pairs * chance, same * chance)
    }

    /// The number of pairs of rows with the same answers but different other columns, and these rows.
    pub(crate) fn same_answers(&self) -> (u64, Vec<&Match>) {
        let whole = |hash: &Match| {
            self.whole
                .groups
                .iter()
                .any(|(_, one)| one.names.first() == hash.names.first() && one.rows == hash.rows)
        };
        let groups = self.answers.groups.iter().map(|(_, group)| group);
        (
            self.answers.pairs.saturating_sub(self.whole.pairs),
            groups.filter(|one| !whole(one)).collect(),
        )
    }

    /// The number of pairs of rows that agree in all but the respondent, and these rows.
    pub(crate) fn identical(&self) -> (u64, Vec<&Match>) {
        (self.whole.pairs, self.whole.groups.iter().map(|(_, group)| group).collect())
    }
}

fn is_uniform(valid: &[f64], shape: &Shape) -> bool {
    let coded = valid.iter().zip(&shape.items).filter(|(_, item)| !item.values.is_empty());
    let mut given = coded.map(|(answer, _)| answer).filter(|answer| !answer.is_nan());
    let first = given.next();
    given.all(|answer| Some(answer) == first)
}

/// Whether nearly all answers are at the same end of their scales, such as none of the symptoms but one, also where some items
/// are keyed the other way: at most one in eight is elsewhere.
fn is_extreme(valid: &[f64], shape: &Shape) -> bool {
    let (mut all, mut low, mut high) = (0, 0, 0);
    for (item, answer) in shape.items.iter().zip(valid) {
        let (Some(first), Some(last)) = (item.values.first(), item.values.last()) else { continue };
        let is_turned = item.scale.is_some_and(|(_, sign)| sign < 0.0);
        let (bottom, top) = if is_turned { (last, first) } else { (first, last) };
        all += usize::from(!answer.is_nan());
        low += usize::from(answer == bottom);
        high += usize::from(answer == top);
    }
    8 * low.max(high) >= 7 * all
}

/// The chance that two respondents of a level give the same answer.
fn agreement(counts: &[u64]) -> f64 {
    let all: u64 = counts.iter().sum();
    match all {
        0 => 1.0,
        all => counts.iter().map(|&count| (float(count) / float(all)).powi(2)).sum(),
    }
}

/// The level of a row on a scale: the keyed mean as a share of the range, in eight steps.
fn level(valid: &[f64], shape: &Shape, scale: usize) -> usize {
    let (mut sum, mut count) = (0.0, 0.0);
    for &(item, sign) in &shape.scales[scale].items {
        let values = &shape.items[item].values;
        let (Some(low), Some(high)) = (values.first(), values.last()) else { continue };
        let place = (valid[item] - low) / (high - low);
        if !place.is_nan() {
            sum += if sign < 0.0 { 1.0 - place } else { place };
            count += 1.0;
        }
    }
    if count == 0.0 {
        return 0;
    }
    let share = sum / count * 8.0;
    (0..LEVELS).rev().find(|&level| share >= crate::statistics::length(level)).unwrap_or(0)
}
