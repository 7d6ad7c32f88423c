//! Computes coefficients from collected moments.

use scalewright_model::Instrument;
use scalewright_scoring::Accepted;

use super::alpha::{
    AlphaIntervals, Guttman, InterItem, Interval, SplitHalf, alpha, feldt, squared_multiple,
};
use super::collect::{GroupSums, Prepared, ScaleSums};
use super::factor::{Factorability, Minres, OneFactor};
use super::icc::Iccs;
use super::matrix::Matrix;
use super::quantiles::NORMAL;
use super::result::{
    AnswerCounts, FloorCeiling, GroupAnalysis, ItemAnalysis, ScaleAnalysis, Statistics,
};
use super::retest::Visits;
use crate::items::KeyedScale;
use crate::moments::{Spread, Tally, count};

/// Coefficients are not computed below this number of respondents.
const FEWEST: u64 = 3;
/// Above this number of items, what takes the fourth power of it is not computed.
const MOST_ITEMS: usize = 120;

impl Prepared<'_> {
    /// The analysis of one group.
    pub(super) fn group(
        &self,
        name: Option<&str>,
        sums: &GroupSums,
        visits: &Visits,
    ) -> GroupAnalysis {
        let answers = self.answers.iter().zip(&sums.answers).map(|((item, _), tally)| {
            (self.instrument.items[*item].id.clone(), self.answer_counts(*item, sums.rows, tally))
        });
        let scales = self.scales.iter().zip(&sums.scales).enumerate();
        let scales = scales.map(|(at, ((scale, _), of))| {
            let id = self.instrument.scales[scale.scale.0].id.clone();
            let analysis = self.scale(scale, of, sums);
            let test_retest = visits.retest(name.unwrap_or_default(), at);
            (id, ScaleAnalysis { test_retest, ..analysis })
        });
        let (answers, scales) = (answers.collect(), scales.collect());
        GroupAnalysis { group: name.map(str::to_owned), rows: sums.rows, answers, scales }
    }

    fn answer_counts(&self, item: usize, rows: u64, tally: &Tally) -> AnswerCounts {
        let mut counts: Vec<(f64, u64)> = tally.counts().collect();
        let accepted = self.program.answers[item].as_ref().map(|answer| &answer.accepted);
        if let Some(Accepted::Values(values)) = accepted {
            let unused = values.iter().map(|value| value.number());
            let is_new = |value: &f64| tally.of(*value) == Some(0);
            counts.extend(unused.filter(is_new).map(|value| (value, 0)));
            counts.sort_by(|one, other| one.0.total_cmp(&other.0));
        }
        let response = self.instrument.response(scalewright_model::ItemIx(item));
        let share = |value: f64| Some(count(tally.of(value)?) / count(tally.n()));
        let ends = response.bounds().filter(|_| tally.n() > 0);
        AnswerCounts {
            n: tally.n(),
            n_missing: rows - tally.n(),
            counts,
            floor_prop: ends.and_then(|(low, _)| share(low)),
            ceiling_prop: ends.and_then(|(_, high)| share(high)),
            spread: tally.spread(),
        }
    }

    fn scale(&self, scale: &KeyedScale, sums: &ScaleSums, group: &GroupSums) -> ScaleAnalysis {
        let sample = Sample::of(scale, sums);
        let id = |at: &usize| self.instrument.items[scale.items[*at].item.0].id.clone();
        let not_computed = sample.not_computed();
        let statistics = not_computed.is_none().then(|| {
            let context = Context { instrument: self.instrument, prepared: self, group };
            sample.statistics(scale, sums, &context)
        });
        ScaleAnalysis {
            title: self.instrument.scales[scale.scale.0].title.clone(),
            items_of_key: scale.items.len(),
            n: sample.n,
            n_most: sample.n_most,
            k: sample.keep.len(),
            constant: sample.constant.iter().map(id).collect(),
            not_computed,
            statistics,
            test_retest: None,
        }
    }
}

/// Where the names and the answers of items are found.
struct Context<'p> {
    instrument: &'p Instrument,
    prepared: &'p Prepared<'p>,
    group: &'p GroupSums,
}

/// The covariances of the weighted items of a scale.
struct Sample {
    n: u64,
    n_most: u64,
    is_pairwise: bool,
    /// The weighted means of the items in `keep`.
    means: Vec<f64>,
    /// The covariances of the items in `keep`.
    v: Matrix,
    /// The items that vary.
    keep: Vec<usize>,
    /// The items that do not.
    constant: Vec<usize>,
}

impl Sample {
    fn of(scale: &KeyedScale, sums: &ScaleSums) -> Self {
        let k = scale.items.len();
        let weight = |i: usize| scale.items[i].weight;
        let (n, n_most, means, cells) = match &sums.pairs {
            Some(pairs) => {
                let all = || (0..k).flat_map(|i| (0..=i).map(move |j| (i, j)));
                let ns = || all().map(|(i, j)| pairs.n(i, j));
                let means: Vec<f64> = (0..k).map(|i| pairs.mean(i)).collect();
                let cells = (0..k * k).map(|cell| pairs.covariance(cell / k, cell % k)).collect();
                (ns().min().unwrap_or(0), ns().max().unwrap_or(0), means, cells)
            }
            None => {
                let moments = sums.joint.moments();
                let cells = moments.covariances();
                (moments.n, moments.n, moments.means, cells)
            }
        };
        let raw = Matrix::new(k, cells);
        let varies = |&i: &usize| raw.at(i, i) > 1e-20 * (1.0 + means[i] * means[i]);
        let (keep, constant): (Vec<usize>, Vec<usize>) = (0..k).partition(varies);
        let weighted = Matrix::of(k, |i, j| raw.at(i, j) * weight(i) * weight(j));
        Self {
            n,
            n_most,
            is_pairwise: sums.pairs.is_some(),
            means: keep.iter().map(|&i| means[i] * weight(i)).collect(),
            v: weighted.only(&keep),
            keep,
            constant,
        }
    }

    /// Why there are no coefficients.
    fn not_computed(&self) -> Option<String> {
        let whom = if self.is_pairwise { "of a pair of items" } else { "of all items" };
        if self.n < FEWEST {
            return Some(format!(
                "at least {FEWEST} respondents with answers {whom} are needed, and there are {}",
                self.n
            ));
        }
        if self.keep.len() < 2 {
            return Some("fewer than two items vary".to_owned());
        }
        let is_still = self.v.sum() <= 1e-12 * self.v.trace();
        is_still.then(|| "the sum of the items does not vary".to_owned())
    }

    fn statistics(
        &self,
        scale: &KeyedScale,
        sums: &ScaleSums,
        context: &Context<'_>,
    ) -> Statistics {
        let (v, n, k) = (&self.v, count(self.n), self.v.k as f64);
        let r = v.correlations();
        let smc = squared_multiple(&r);
        let a = alpha(v);
        let of_cases = !self.is_pairwise;
        let error = |sd: f64| sd * (1.0 - a).max(0.0).sqrt();
        let total = sums.total.spread().filter(|_| of_cases);
        let score = sums.score.spread().filter(|_| of_cases);
        let sem_total = error(v.sum().sqrt());
        let sem_score = score.and_then(|score| score.sd).map(error);
        let change = NORMAL * std::f64::consts::SQRT_2;
        let minres = Minres::of(&r).filter(|_| v.k > 2);
        let is_enough = of_cases && self.n > v.k as u64 && v.k <= MOST_ITEMS;
        let cfa = minres.as_ref().filter(|_| is_enough);
        Statistics {
            total,
            mean_score: total.map(|total| scaled(&total, 1.0 / scale.items.len() as f64)),
            score,
            alpha: a,
            alpha_std: alpha(&r),
            kr20_if_dichotomous: (of_cases && is_dichotomous(sums)).then_some(a),
            alpha_ci95: of_cases.then(|| AlphaIntervals::of(v, n)),
            alpha_ci90_feldt: feldt(a, n, k, 0.05).filter(|_| of_cases),
            inter_item: InterItem::of(v, &r),
            guttman: Guttman::of(v, &r, smc.as_deref()),
            split_half: SplitHalf::of(v),
            sem_total,
            sem_mean: sem_total / scale.items.len() as f64,
            sem_score,
            sdc95_total: change * sem_total,
            sdc95_score: sem_score.map(|sem| change * sem),
            floor_ceiling_sum: floor_ceiling(scale, &sums.total).filter(|_| of_cases),
            omega_cfa: cfa.and_then(|start| OneFactor::of(v, n, start)),
            omega_minres: minres,
            factorability: Factorability::of(&r, n).filter(|_| of_cases),
            icc: Iccs::of(self.n, &self.means, v).filter(|_| of_cases),
            items: self.items(scale, sums, (&r, smc.as_deref()), context),
            correlations: (0..r.k).map(|i| r.row(i).to_vec()).collect(),
        }
    }

    fn items(
        &self,
        scale: &KeyedScale,
        sums: &ScaleSums,
        (r, smc): (&Matrix, Option<&[f64]>),
        context: &Context<'_>,
    ) -> Vec<(String, ItemAnalysis)> {
        // The correlations with the communality of each item in the diagonal.
        let common =
            smc.map(|smc| Matrix::of(r.k, |i, j| if i == j { smc[i] } else { r.at(i, j) }));
        let of = |(at, &position): (usize, &usize)| {
            let item = &scale.items[position];
            let id = context.instrument.items[item.item.0].id.clone();
            let (n_answered, n_missing) = context.answered(item.item.0);
            let tally = &sums.items[position];
            let spread = tally.spread().filter(|_| !self.is_pairwise);
            let share = |value: f64| Some(count(tally.of(value)?) / count(tally.n()));
            let ends = item.ends.filter(|_| tally.n() > 0 && !self.is_pairwise);
            let rest = self.rest(at);
            let smc_without = |r: &Matrix| {
                let smc = if r.k <= MOST_ITEMS { squared_multiple(r) } else { None };
                smc.map(|smc| r.k as f64 - smc.iter().sum::<f64>())
            };
            let without = (r.k > 2).then(|| (self.v.without(at), r.without(at)));
            let analysis = ItemAnalysis {
                reversed: item.is_reversed,
                weight: item.weight,
                n_answered,
                n_missing,
                mean: self.means[at] / item.weight,
                sd: self.v.at(at, at).sqrt() / item.weight.abs(),
                skew: spread.and_then(|spread: Spread| spread.skew_type2_g1),
                floor_prop: ends.and_then(|(low, _)| share(low)),
                ceiling_prop: ends.and_then(|(_, high)| share(high)),
                r_item_total: self.v.row_sum(at) / (self.v.at(at, at) * self.v.sum()).sqrt(),
                r_item_rest: rest,
                r_item_rest_ci95: rest.and_then(|r| self.fisher(r)),
                r_cor_psych: common
                    .as_ref()
                    .map(|common| common.row_sum(at) / common.sum().sqrt())
                    .filter(|r| r.is_finite()),
                r_std: r.row_sum(at) / r.sum().sqrt(),
                smc: smc.map(|smc| smc[at]),
                alpha_if_deleted: without.as_ref().map(|(v, _)| alpha(v)),
                alpha_std_if_deleted: without.as_ref().map(|(_, r)| alpha(r)),
                lambda6_if_deleted: without
                    .as_ref()
                    .and_then(|(_, r)| Some(1.0 - smc_without(r)? / r.sum())),
                mean_r_if_deleted: without.as_ref().map(|(_, r)| {
                    let below = r.below();
                    below.iter().sum::<f64>() / below.len() as f64
                }),
            };
            (id, analysis)
        };
        self.keep.iter().enumerate().map(of).collect()
    }

    /// The correlation of an item with the total of the others.
    fn rest(&self, at: usize) -> Option<f64> {
        let (own, row, all) = (self.v.at(at, at), self.v.row_sum(at), self.v.sum());
        let rest = all - 2.0 * row + own;
        (rest > 1e-12 * all).then(|| (row - own) / (own * rest).sqrt())
    }

    /// The interval of a correlation at 95 %, after Fisher (1921).
    fn fisher(&self, r: f64) -> Option<Interval> {
        let (z, by) = (r.atanh(), NORMAL / (count(self.n) - 3.0).sqrt());
        let interval = Interval { lower: (z - by).tanh(), upper: (z + by).tanh() };
        (self.n > 3 && z.is_finite() && !self.is_pairwise).then_some(interval)
    }
}

impl Context<'_> {
    /// How many respondents answered an item, and how many did not.
    fn answered(&self, item: usize) -> (u64, u64) {
        let at = self.prepared.answers.iter().position(|(other, _)| *other == item);
        let n = at.map_or(0, |at| self.group.answers[at].n());
        (n, self.group.rows - n)
    }
}

/// Whether all keyed items are 0 or 1.
fn is_dichotomous(sums: &ScaleSums) -> bool {
    let is_bit = |(value, _): (f64, u64)| value == 0.0 || value == 1.0;
    sums.items.iter().all(|item| item.counts().next().is_some() && item.counts().all(is_bit))
}

fn floor_ceiling(scale: &KeyedScale, total: &Tally) -> Option<FloorCeiling> {
    let (low, high) = scale.ends()?;
    let (floor_n, ceiling_n, n) = (total.of(low)?, total.of(high)?, count(total.n()));
    Some(FloorCeiling {
        theoretical_min: low,
        theoretical_max: high,
        floor_n,
        ceiling_n,
        floor_prop: count(floor_n) / n,
        ceiling_prop: count(ceiling_n) / n,
    })
}

/// The description of a variable multiplied by a positive `factor`.
fn scaled(spread: &Spread, factor: f64) -> Spread {
    let times = |value: Option<f64>, by: f64| value.map(|value| value * by);
    Spread {
        mean: spread.mean * factor,
        sd: times(spread.sd, factor),
        var: times(spread.var, factor * factor),
        min: spread.min * factor,
        max: spread.max * factor,
        median: times(spread.median, factor),
        se_mean: times(spread.se_mean, factor),
        ..*spread
    }
}
