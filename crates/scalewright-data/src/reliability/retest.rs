//! The same respondents on several occasions: correlations, differences and intraclass correlations of their scores.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::Stop;
use scalewright_scoring::Scored;
use scalewright_tables::Batch;
use serde::Serialize;

use super::alpha::Interval;
use super::collect::{Prepared, complete};
use super::icc::Iccs;
use super::matrix::Matrix;
use super::quantiles::NORMAL;
use crate::items::KeyedScale;
use crate::moments::{Cells, Joint, Tally, count};

/// The number of rows whose scores are stored until all rows were read.
const MOST_ROWS: usize = 1_000_000;
/// The size of the names of respondents, groups and occasions that are stored, in bytes.
const MOST_BYTES: usize = 128 << 20;

/// The scores of one row, one for each scale.
type Scores = Box<[Option<f64>]>;

/// The scores of each respondent of each group, with their occasions.
#[derive(Default)]
pub(super) struct Visits {
    rows: usize,
    bytes: usize,
    of: BTreeMap<(String, String), Vec<(String, Scores)>>,
}

/// What repeated scores of a scale say about its reliability.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Retest {
    /// Each occasion with the next.
    pub pairs: Vec<RetestPair>,
    /// Intraclass correlations over all occasions, of respondents with a score on each. `None` for two occasions.
    pub all_occasions: Option<Iccs>,
    /// The number of respondents who have two rows for one occasion, and are left out.
    pub repeated: u64,
}

/// Two occasions, compared over the respondents with complete answers on both.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RetestPair {
    /// The first occasion.
    pub first: String,
    /// The second occasion.
    pub second: String,
    /// The number of respondents.
    pub n: u64,
    /// The correlation of the scores.
    pub pearson: f64,
    /// Its interval at 95 %, after Fisher (1921). `None` for fewer than four respondents.
    pub pearson_ci95: Option<Interval>,
    /// The correlation of the ranks.
    pub spearman: Option<f64>,
    /// The mean difference, second less first.
    pub mean_diff: f64,
    /// The standard deviation of the differences.
    pub sd_diff: f64,
    /// The t statistic of the differences.
    pub paired_t: Option<f64>,
    /// The limits of agreement of Bland and Altman (1986).
    pub bland_altman: Interval,
    /// The standard error of measurement: the standard deviation of the differences, divided by √2.
    pub sem_from_sd_diff: f64,
    /// The smallest detectable change at 95 %.
    pub sdc95_from_sd_diff: f64,
    /// Intraclass correlations of the two occasions.
    pub icc: Option<Iccs>,
}

impl Visits {
    /// Adds a batch. `groups` lists the rows of each group.
    pub(super) fn add(
        &mut self,
        prepared: &Prepared<'_>,
        (batch, scored): (&Batch, &[Scored]),
        (occasion, groups): (usize, &BTreeMap<String, Vec<usize>>),
    ) -> Result<(), Stop> {
        self.rows += batch.responses.rows;
        self.sound()?;
        let scales = prepared.scores(&batch.responses, scored);
        for (group, rows) in groups {
            for &row in rows {
                let Some(id) = batch.ids.get(row) else { return Err(no_respondents()) };
                let at = batch.kept[occasion].get(row).unwrap_or_default().to_owned();
                self.bytes += group.len() + id.len() + at.len();
                let scores = scales.iter().map(|scale| scale[row]).collect();
                self.of.entry((group.clone(), id.to_owned())).or_default().push((at, scores));
            }
        }
        Ok(())
    }

    pub(super) fn merge(&mut self, other: Self) {
        self.rows += other.rows;
        self.bytes += other.bytes;
        for (who, visits) in other.of {
            self.of.entry(who).or_default().extend(visits);
        }
    }

    /// Whether more is stored than is allowed, after tables were merged.
    pub(super) fn sound(&self) -> Result<(), Stop> {
        let is_small = self.rows <= MOST_ROWS && self.bytes <= MOST_BYTES;
        if is_small { Ok(()) } else { Err(too_many()) }
    }

    /// What the scores of the scale at position `scale` say in `group`. `None` with fewer than two occasions.
    pub(super) fn retest(&self, group: &str, scale: usize) -> Option<Retest> {
        let own = || self.of.iter().filter(|((of, _), _)| of == group).map(|(_, visits)| visits);
        let labels: BTreeSet<&str> = own().flatten().map(|(at, _)| at.as_str()).collect();
        let labels = in_order(labels);
        let is_single = |visits: &&Vec<(String, Scores)>| {
            let different: BTreeSet<&str> = visits.iter().map(|(at, _)| at.as_str()).collect();
            different.len() == visits.len()
        };
        let repeated = own().filter(|visits| !is_single(visits)).count() as u64;
        let table: Vec<Vec<Option<f64>>> = own()
            .filter(is_single)
            .map(|visits| {
                let at = |label: &&str| {
                    visits.iter().find(|(at, _)| at == label).and_then(|(_, scores)| scores[scale])
                };
                labels.iter().map(at).collect()
            })
            .collect();
        let pairs = (1..labels.len()).filter_map(|at| {
            let both = table.iter().filter_map(|row| Some((row[at - 1]?, row[at]?)));
            RetestPair::of((labels[at - 1], labels[at]), &both.collect::<Vec<_>>())
        });
        let pairs: Vec<RetestPair> = pairs.collect();
        let whole: Vec<Vec<f64>> =
            table.iter().filter_map(|row| row.iter().copied().collect()).collect();
        let all_occasions = if labels.len() > 2 { iccs(labels.len(), &whole) } else { None };
        (labels.len() > 1).then_some(Retest { pairs, all_occasions, repeated })
    }
}

fn too_many() -> Stop {
    Stop::usage(format!("`--occasion`: more than {MOST_ROWS} rows, or long names"))
        .help("the scores of all occasions are stored; analyse a sample of respondents")
}

fn no_respondents() -> Stop {
    Stop::usage("`--occasion`: no column names the respondents")
        .help("name it with `--id-column COLUMN`, so that the rows of a respondent are found")
}

/// Occasions in the order of their numbers, or of their letters if some are no numbers.
fn in_order(labels: BTreeSet<&str>) -> Vec<&str> {
    let numbers: Option<Vec<(f64, &str)>> =
        labels.iter().map(|label| Some((label.parse().ok()?, *label))).collect();
    match numbers {
        Some(mut numbers) => {
            numbers.sort_by(|one, other| one.0.total_cmp(&other.0));
            numbers.into_iter().map(|(_, label)| label).collect()
        }
        None => labels.into_iter().collect(),
    }
}

impl Prepared<'_> {
    /// For each scale, the scores of complete cases, a list of all rows.
    fn scores(
        &self,
        responses: &scalewright_scoring::Responses,
        scored: &[Scored],
    ) -> Vec<Vec<Option<f64>>> {
        let columns = self.columns_of(responses);
        let of = |(scale, at): &(KeyedScale, Vec<usize>)| {
            let items: Vec<&Cells> = at.iter().map(|&column| &columns[column]).collect();
            let mut scores = vec![None; responses.rows];
            let position = self.program.position(scale.scale);
            for row in complete(&items) {
                scores[row] = position.and_then(|position| scored[position].score.get(row));
            }
            scores
        };
        self.scales.iter().map(of).collect()
    }
}

/// The moments of a table of respondents by occasions.
fn moments(k: usize, rows: &[Vec<f64>]) -> crate::moments::Moments {
    let mut joint = Joint::new(k);
    let column = |at: usize| Cells::of_numbers(rows.iter().map(|row| Some(row[at])));
    joint.add(&(0..k).map(column).collect::<Vec<_>>());
    joint.moments()
}

fn iccs(k: usize, rows: &[Vec<f64>]) -> Option<Iccs> {
    let moments = moments(k, rows);
    let v = Matrix::new(k, moments.covariances());
    if moments.n < 2 { None } else { Iccs::of(moments.n, &moments.means, &v) }
}

impl RetestPair {
    /// Compares the scores of two occasions. `None` for fewer than three respondents, or without variance.
    fn of((first, second): (&str, &str), both: &[(f64, f64)]) -> Option<Self> {
        let mut differences = Tally::new(0);
        differences.add(&both.iter().map(|(a, b)| b - a).collect::<Vec<f64>>());
        let rows: Vec<Vec<f64>> = both.iter().map(|(a, b)| vec![*a, *b]).collect();
        let n = both.len() as u64;
        if n < 3 {
            return None;
        }
        let (pearson, spread) = (correlation(&rows)?, differences.spread()?);
        let (mean, sd) = (spread.mean, spread.sd?);
        let z = pearson.atanh();
        let by = NORMAL / (count(n) - 3.0).sqrt();
        let interval = Interval { lower: (z - by).tanh(), upper: (z + by).tanh() };
        let limits = Interval { lower: mean - NORMAL * sd, upper: mean + NORMAL * sd };
        Some(Self {
            first: first.to_owned(),
            second: second.to_owned(),
            n,
            pearson,
            pearson_ci95: (n > 3 && z.is_finite()).then_some(interval),
            spearman: correlation(&ranks(&rows)),
            mean_diff: mean,
            sd_diff: sd,
            paired_t: (sd > 0.0).then(|| mean / (sd / count(n).sqrt())),
            bland_altman: limits,
            sem_from_sd_diff: sd / std::f64::consts::SQRT_2,
            sdc95_from_sd_diff: NORMAL * sd,
            icc: iccs(2, &rows),
        })
    }
}

/// The correlation of two columns. `None` if one does not vary.
fn correlation(rows: &[Vec<f64>]) -> Option<f64> {
    let products = moments(2, rows).products;
    let by = (products[0] * products[3]).sqrt();
    (by > 0.0).then(|| products[1] / by)
}

/// The ranks of two columns; equal values share the mean of their ranks.
fn ranks(rows: &[Vec<f64>]) -> Vec<Vec<f64>> {
    let column = |at: usize| {
        let mut order: Vec<usize> = (0..rows.len()).collect();
        order.sort_by(|&a, &b| rows[a][at].total_cmp(&rows[b][at]));
        let mut ranks = vec![0.0; rows.len()];
        let mut from = 0;
        for same in order.chunk_by(|&a, &b| rows[a][at].total_cmp(&rows[b][at]).is_eq()) {
            let rank = (2 * from + same.len() + 1) as f64 / 2.0;
            same.iter().for_each(|&row| ranks[row] = rank);
            from += same.len();
        }
        ranks
    };
    let (first, second) = (column(0), column(1));
    first.into_iter().zip(second).map(|(a, b)| vec![a, b]).collect()
}
