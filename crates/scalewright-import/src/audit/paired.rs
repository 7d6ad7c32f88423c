//! Scores of a form that have other names than in the definition, matched by what they compute.
//!
//! A score of the form is that of the definition with which it shares most items, if they share two thirds, and if no
//! other score of the form is more like it. Which items a score of the form reads is tried out: they are those whose
//! answer changes the score of a respondent who gives the lowest, or the highest, answer to all items.

use std::collections::BTreeSet;

use scalewright_model::ScoreKind;

use super::both::Both;
use super::matched::key;
use crate::form::Score;
use crate::form::rule::{Answers, Source};
use crate::prove::is_equal;
use crate::value::Value;

/// The most scores of a form that are tried.
const MOST: usize = 300;
/// The most items of a definition whose scores are matched.
const MOST_ITEMS: usize = 500;
/// About how many respondents decide between scores with the same items.
const RESPONDENTS: usize = 200;
/// The least share of the items that both read among those that either reads.
const SHARED: f64 = 0.66;

/// Scores of a form that belong to scores of the definition, although their names differ.
#[derive(Default)]
pub(super) struct Paired {
    /// Positions in the program of the definition, each with the position of the score of the form.
    pub(super) pairs: Vec<(usize, usize)>,
    /// Scores of the form that read the items of the definition and are none of its scores.
    pub(super) others: Vec<usize>,
}

/// How like two scores are: the share of items, of respondents with the same score, and how they vary together.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
struct Likeness(f64, f64, f64);

/// Pairs the scores of the form without a name of the definition (those not in `named`) with the scores of the definition
/// without one in the form, `wanted`: positions in its program.
pub(super) fn paired(both: &Both<'_>, wanted: &[usize], named: &BTreeSet<usize>) -> Paired {
    let mut paired = Paired::default();
    if wanted.is_empty() || both.matched.items.len() > MOST_ITEMS {
        return paired;
    }
    let sample = Sample::of(both);
    let mut found: Vec<(Likeness, usize, usize)> = Vec::new();
    for score in candidates(both, named) {
        let Some(source) = both.matched.form.scores[score].rule.source.as_deref() else { continue };
        let (read, theirs) = (sample.read(source), sample.values(source));
        // A band may be the same at both ends whatever one item adds, but not for all respondents.
        if read.is_empty() && theirs.windows(2).all(|pair| is_equal(&pair[0], &pair[1])) {
            continue;
        }
        paired.others.push(score);
        let best = sample.best(&theirs, &read);
        found.extend(best.map(|(likeness, position)| (likeness, position, score)));
    }
    // The likest come first; the order of the form decides between equals.
    found.sort_by(|one, two| two.0.partial_cmp(&one.0).unwrap_or(std::cmp::Ordering::Equal));
    for (_, position, score) in found {
        let is_free = paired.pairs.iter().all(|(taken, _)| *taken != position);
        if is_free && wanted.contains(&position) {
            paired.pairs.push((position, score));
        }
    }
    let pairs = &paired.pairs;
    paired.others.retain(|other| pairs.iter().all(|(_, score)| score != other));
    paired
}

/// The scores of the form that may be scores of the definition: they mention one of its items, or another score.
fn candidates<'b>(
    both: &'b Both<'_>,
    named: &'b BTreeSet<usize>,
) -> impl Iterator<Item = usize> + 'b {
    let form = both.matched.form;
    let ids: Vec<String> =
        both.matched.instrument().scales.iter().map(|scale| key(&scale.id)).collect();
    let columns: Vec<&str> = both
        .matched
        .items
        .iter()
        .flatten()
        .flat_map(|item| [form.items[*item].id.as_str(), form.items[*item].column.as_str()])
        .collect();
    let reads = move |score: &Score| {
        let text = &score.rule.text;
        text.is_empty()
            || columns.iter().any(|column| text.contains(column))
            || score.rule.source.as_ref().is_some_and(|source| !source.uses().is_empty())
    };
    // The band, or the number of answers, of a score that has its name.
    let belongs = move |score: &Score| ids.iter().any(|id| key(&score.column).starts_with(id));
    let scores = form.scores.iter().enumerate();
    let free =
        scores.filter(move |(at, score)| !named.contains(at) && !belongs(score) && reads(score));
    free.map(|(at, _)| at).take(MOST)
}

/// Respondents on whom scores are compared.
struct Sample<'b> {
    both: &'b Both<'b>,
    /// For both ends of the response scales: the respondent who gives that answer to all items, then for each item one who
    /// gives the answer at the other end to this item. Without answers to items that the form hides.
    ends: [Vec<Answers>; 2],
    /// Respondents who answer all items, by their positions among the sets of `both`.
    complete: Vec<usize>,
}

impl<'b> Sample<'b> {
    fn of(both: &'b Both<'b>) -> Self {
        let all: Vec<usize> = both.complete_sets().collect();
        let step = all.len().div_ceil(RESPONDENTS).max(1);
        let complete = all.into_iter().step_by(step).collect();
        let [lowest, highest] = both.ends();
        let ends = [(&lowest, &highest), (&highest, &lowest)].map(|(one, other)| {
            let flipped = (0..one.of.len()).map(|item| {
                let mut flipped = one.clone();
                flipped.of[item] = other.of[item];
                flipped
            });
            let all = std::iter::once(one.clone()).chain(flipped);
            all.map(|answers| both.visible(&answers)).collect()
        });
        Self { both, ends, complete }
    }

    /// The items of the definition that a computation of the form reads.
    fn read(&self, source: &dyn Source) -> BTreeSet<usize> {
        let mut read = BTreeSet::new();
        for end in &self.ends {
            let mut values = end.iter().map(|answers| self.both.value_of(source, answers));
            let Some(first) = values.next() else { continue };
            let other = values.enumerate().filter(|(_, value)| !is_equal(value, &first));
            read.extend(other.map(|(item, _)| item));
        }
        read
    }

    /// The results of a computation of the form for the respondents who answer all items.
    fn values(&self, source: &dyn Source) -> Vec<Value> {
        let sets = self.complete.iter().map(|index| &self.both.sets[*index]);
        sets.map(|answers| self.both.value_of(source, answers)).collect()
    }

    /// The score of the definition that is most like a computation of the form, if any is: by its results, and the items
    /// that it reads.
    fn best(&self, theirs: &[Value], read: &BTreeSet<usize>) -> Option<(Likeness, usize)> {
        let program = self.both.matched.against.program;
        let of = |position: usize| {
            let items: BTreeSet<usize> =
                program.scores[position].items.iter().map(|item| item.0).collect();
            let all = items.union(read).count();
            #[expect(clippy::cast_precision_loss, reason = "numbers of items")]
            let shared = items.intersection(read).count() as f64 / all as f64;
            if shared < SHARED {
                return None;
            }
            let ours: Vec<&Value> =
                self.complete.iter().map(|index| &self.both.ours[position][*index]).collect();
            let agree = agreement(theirs, &ours);
            // A count or a condition on the same items is another score, unless it gives the same.
            let is_keyed = self.both.matched.instrument().scales[program.scores[position].scale.0]
                .score
                != ScoreKind::Formula;
            (is_keyed || agree >= 1.0)
                .then(|| (Likeness(shared, agree, correlation(theirs, &ours)), position))
        };
        let mut like: Vec<(Likeness, usize)> = (0..program.scores.len()).filter_map(of).collect();
        like.sort_by(|one, two| two.0.partial_cmp(&one.0).unwrap_or(std::cmp::Ordering::Equal));
        match like.as_slice() {
            [first, second, ..] if first.0 == second.0 => None,
            [first, ..] => Some(*first),
            [] => None,
        }
    }
}

/// The share of respondents with the same result.
#[expect(clippy::cast_precision_loss, reason = "numbers of respondents")]
fn agreement(theirs: &[Value], ours: &[&Value]) -> f64 {
    let same = theirs.iter().zip(ours).filter(|(theirs, ours)| is_equal(theirs, ours)).count();
    same as f64 / theirs.len().max(1) as f64
}

/// The absolute correlation of the results that are numbers on both sides; 0 without variation.
fn correlation(theirs: &[Value], ours: &[&Value]) -> f64 {
    let pairs: Vec<(f64, f64)> = theirs
        .iter()
        .zip(ours)
        .filter_map(|(theirs, ours)| theirs.score().zip(ours.score()))
        .collect();
    #[expect(clippy::cast_precision_loss, reason = "numbers of respondents")]
    let count = pairs.len().max(1) as f64;
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count;
    let (x, y) = (mean(|pair| pair.0), mean(|pair| pair.1));
    let sum = |of: &dyn Fn(f64, f64) -> f64| {
        pairs.iter().map(|pair| of(pair.0 - x, pair.1 - y)).sum::<f64>()
    };
    let (xx, yy, xy) = (sum(&|x, _| x * x), sum(&|_, y| y * y), sum(&|x, y| x * y));
    if xx * yy > 0.0 { xy.abs() / (xx * yy).sqrt() } else { 0.0 }
}
