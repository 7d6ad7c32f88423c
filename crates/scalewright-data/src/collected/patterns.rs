//! Rows with the same answers, and how many such rows chance gives.
//!
//! The chance that two respondents agree in all answers is estimated within eight levels of each scale: Σ_s w_s² Π_i
//! Σ_x p_i(x|s)², where w_s is the share of level s and p_i(x|s) the share of answer x to item i on that level. Within
//! a level, items of one scale hardly depend on each other, so that a strong common factor does not look like copying.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::equal::{Equal, Match, NONE, counted};
use super::names::Names;
use crate::reading::Row;
use crate::shape::Shape;
use crate::statistics::float;

/// The most rows that are compared: each takes two hashes and its name.
const MOST: usize = 1_000_000;
/// The number of levels of a scale.
const LEVELS: usize = 8;
/// The fewest answers of a pattern.
pub(crate) const FEWEST: usize = 8;
/// The hash of a row without other columns.
const ALONE: u64 = 1;

/// The patterns of answers.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    /// The names of the rows that are compared.
    names: Names,
    /// The hash of the answers of each of them, or [`NONE`].
    answers: Vec<u64>,
    /// The hash of its other columns, to see whether these distinguish rows; [`NONE`] if the row has too few answers.
    others: Vec<u64>,
    /// Rows with equal answers.
    equal: Equal,
    /// Rows that also agree in all columns but the respondent.
    whole: Equal,
    /// The number of pairs of rows that agree in their other columns.
    same_others: f64,
    /// The number of rows with enough answers among those that are compared.
    compared: u64,
    /// Whether there were more rows than are compared.
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

    /// Adds a row of a table.
    pub(crate) fn add(&mut self, row: &Row<'_>, shape: &Shape, table: u32) {
        let is_compared = self.answers.len() < MOST;
        let (mut answers, mut others) = (NONE, NONE);
        // Missing answers agree easily, so rows with many of them are not compared.
        if has_enough(row.valid, shape) {
            self.rows += 1;
            self.count(row.valid, shape);
            self.is_full |= !is_compared;
            self.compared += u64::from(is_compared);
            others = if row.others.is_empty() { ALONE } else { hash(&row.others).max(ALONE + 1) };
            // Equal answers to all items, such as none of the symptoms, are common.
            if !is_uniform(row.valid, shape) && !is_extreme(row.valid, shape) {
                answers = hash(&BitsOf(row.raw)).max(NONE + 1);
            }
        }
        if is_compared {
            self.names.push(table, row.respondent);
            self.answers.push(answers);
            self.others.push(others);
        }
    }

    /// Compares the rows, after the last one.
    pub(crate) fn finish(&mut self) {
        self.equal = Equal::of(self.answers.iter().copied(), &self.names);
        if self.others.iter().any(|hash| *hash > ALONE) {
            let both = self.answers.iter().zip(&self.others);
            let whole = both.map(|(answers, others)| match (*answers, *others) {
                (NONE, _) | (_, ALONE) => NONE,
                both => hash(&both).max(NONE + 1),
            });
            self.whole = Equal::of(whole, &self.names);
        }
        let same = counted(self.others.iter().copied()).into_iter();
        let same = same.map(|(_, count)| float(count) * float(count - 1) / 2.0);
        // A sum of whole numbers has no order.
        self.same_others = same.sum();
        (self.answers, self.others) = (Vec::new(), Vec::new());
        self.names = Names::default();
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
        let compared = float(self.compared);
        (compared * (compared - 1.0) / 2.0 * chance, self.same_others * chance)
    }

    /// The number of pairs of rows with the same answers but different other columns, and these rows.
    pub(crate) fn same_answers(&self) -> (u64, Vec<&Match>) {
        let is_same = |one: &Match, other: &Match| {
            one.names.first() == other.names.first() && one.rows == other.rows
        };
        let is_whole = |one: &&Match| self.whole.groups.iter().any(|whole| is_same(whole, one));
        let groups = self.equal.groups.iter().filter(|one| !is_whole(one));
        (self.equal.pairs.saturating_sub(self.whole.pairs), groups.collect())
    }

    /// The number of pairs of rows that agree in all but the respondent, and these rows.
    pub(crate) fn identical(&self) -> (u64, Vec<&Match>) {
        (self.whole.pairs, self.whole.groups.iter().collect())
    }
}

/// Answers by their bits, so that missing ones are equal.
struct BitsOf<'a>(&'a [f64]);

impl Hash for BitsOf<'_> {
    fn hash<H: Hasher>(&self, hasher: &mut H) {
        self.0.iter().for_each(|answer| hasher.write_u64(answer.to_bits()));
    }
}

/// A hash of 64 bits: of a million rows, two share it by chance with a probability of one in thirty million.
fn hash(what: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    what.hash(&mut hasher);
    hasher.finish()
}

/// Whether at least [`FEWEST`] and four fifths of the coded items are answered.
fn has_enough(valid: &[f64], shape: &Shape) -> bool {
    let (mut coded, mut answered) = (0, 0);
    for (answer, _) in valid.iter().zip(&shape.items).filter(|(_, item)| !item.values.is_empty()) {
        coded += 1;
        answered += usize::from(!answer.is_nan());
    }
    answered >= FEWEST && 5 * answered >= 4 * coded
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
        if let Some(place) = shape.items[item].place(valid[item], sign) {
            sum += place;
            count += 1.0;
        }
    }
    if count == 0.0 {
        return 0;
    }
    let share = sum / count * 8.0;
    (0..LEVELS).rev().find(|&level| share >= crate::statistics::length(level)).unwrap_or(0)
}
