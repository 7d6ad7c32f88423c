//! What is collected from the rows, for each group of respondents and each scale.

use std::collections::BTreeMap;

use scalewright_model::{Expr, Instrument, ScaleIx};
use scalewright_scoring::{Program, Responses, Scored};

use super::formats::MissingAnswers;
use crate::items::{ItemColumns, KeyedScale};
use crate::moments::{Cells, Joint, Pairs, Tally};

/// The number of groups that are kept apart.
pub(super) const MOST_GROUPS: usize = 200;
/// The number of different values of a variable that are counted, without groups and with them.
const MOST_VALUES: [usize; 2] = [20_000, 1_000];

/// What is computed once, before any row is read.
pub(super) struct Prepared<'a> {
    pub(super) instrument: &'a Instrument,
    pub(super) program: &'a Program,
    pub(super) missing: MissingAnswers,
    columns: ItemColumns,
    /// The items with their columns as they were answered.
    pub(super) answers: Vec<(usize, usize)>,
    /// The scales with the columns of their keyed items.
    pub(super) scales: Vec<(KeyedScale, Vec<usize>)>,
    most_values: usize,
}

impl<'a> Prepared<'a> {
    pub(super) fn new(
        (instrument, program): (&'a Instrument, &'a Program),
        scales: Vec<KeyedScale>,
        (missing, has_groups): (MissingAnswers, bool),
    ) -> Self {
        let mut exprs: Vec<(usize, Expr)> = Vec::new();
        let mut column = |item: usize, expr: Expr| {
            let known = exprs.iter().position(|(_, other)| *other == expr);
            known.unwrap_or_else(|| {
                exprs.push((item, expr));
                exprs.len() - 1
            })
        };
        let mut with_columns = Vec::new();
        let mut items = std::collections::BTreeSet::new();
        for scale in scales {
            let columns = scale.items.iter().map(|item| column(item.item.0, item.expr.clone()));
            let columns = columns.collect();
            items.extend(scale.items.iter().map(|item| item.item));
            with_columns.push((scale, columns));
        }
        let answers =
            items.into_iter().map(|item| (item.0, column(item.0, Expr::Answer(item)))).collect();
        Self {
            instrument,
            program,
            missing,
            columns: ItemColumns::new(program, &exprs),
            answers,
            scales: with_columns,
            most_values: MOST_VALUES[usize::from(has_groups)],
        }
    }

    /// The columns of all keyed items and answers in a batch.
    pub(super) fn columns_of(&self, responses: &Responses) -> Vec<Cells> {
        self.columns.of(responses)
    }
}

/// The moments of all groups.
#[derive(Default)]
pub(super) struct AllGroups {
    pub(super) groups: BTreeMap<String, GroupSums>,
}

/// The moments of one group.
pub(super) struct GroupSums {
    pub(super) rows: u64,
    /// For each item, its answers as given.
    pub(super) answers: Vec<Tally>,
    pub(super) scales: Vec<ScaleSums>,
}

/// The moments of one scale.
pub(super) struct ScaleSums {
    /// The keyed items of complete cases.
    pub(super) joint: Joint,
    pub(super) pairs: Option<Pairs>,
    pub(super) items: Vec<Tally>,
    /// The weighted sums of complete cases.
    pub(super) total: Tally,
    /// The scores of complete cases, as the definition makes them.
    pub(super) score: Tally,
}

impl GroupSums {
    fn new(prepared: &Prepared<'_>) -> Self {
        let tally = || Tally::new(prepared.most_values);
        let scale = |(scale, _): &(KeyedScale, Vec<usize>)| {
            let k = scale.items.len();
            let pairwise = prepared.missing == MissingAnswers::Pairwise;
            ScaleSums {
                joint: Joint::new(k),
                pairs: pairwise.then(|| Pairs::new(k)),
                items: (0..k).map(|_| tally()).collect(),
                total: tally(),
                score: tally(),
            }
        };
        Self {
            rows: 0,
            answers: prepared.answers.iter().map(|_| tally()).collect(),
            scales: prepared.scales.iter().map(scale).collect(),
        }
    }

    fn merge(&mut self, other: &Self) {
        self.rows += other.rows;
        self.answers.iter_mut().zip(&other.answers).for_each(|(all, more)| all.merge(more));
        for (all, more) in self.scales.iter_mut().zip(&other.scales) {
            all.joint.merge(&more.joint);
            if let (Some(all), Some(more)) = (&mut all.pairs, &more.pairs) {
                all.merge(more);
            }
            all.items.iter_mut().zip(&more.items).for_each(|(all, more)| all.merge(more));
            all.total.merge(&more.total);
            all.score.merge(&more.score);
        }
    }
}

impl AllGroups {
    /// Adds a batch: `groups` lists the rows of each group.
    pub(super) fn add(
        &mut self,
        prepared: &Prepared<'_>,
        (responses, scored): (&Responses, &[Scored]),
        groups: &BTreeMap<String, Vec<usize>>,
    ) {
        let columns = prepared.columns.of(responses);
        for (name, rows) in groups {
            let sums = self.groups.entry(name.clone()).or_insert_with(|| GroupSums::new(prepared));
            sums.rows += rows.len() as u64;
            let is_all = rows.len() == responses.rows;
            let own: Vec<Cells>;
            let columns = match is_all {
                true => &columns,
                false => {
                    own = columns.iter().map(|column| column.only(rows)).collect();
                    &own
                }
            };
            for (tally, (_, column)) in sums.answers.iter_mut().zip(&prepared.answers) {
                tally.add_cells(&columns[*column]);
            }
            for (sums, (scale, of)) in sums.scales.iter_mut().zip(&prepared.scales) {
                let items: Vec<&Cells> = of.iter().map(|&column| &columns[column]).collect();
                let score = score(prepared.program, scored, scale.scale);
                sums.add(scale, &items, |row| score.and_then(|s| s.score.get(rows[row])));
            }
        }
    }

    pub(super) fn merge(&mut self, other: Self) {
        for (name, sums) in other.groups {
            match self.groups.get_mut(&name) {
                Some(all) => all.merge(&sums),
                None => {
                    self.groups.insert(name, sums);
                }
            }
        }
    }
}

fn score<'s>(program: &Program, scored: &'s [Scored], scale: ScaleIx) -> Option<&'s Scored> {
    program.position(scale).map(|position| &scored[position])
}

/// The rows in which no item is missing.
pub(super) fn complete(items: &[&Cells]) -> Vec<usize> {
    let mut mask = vec![true; items.first().map_or(0, |cells| cells.len())];
    items.iter().for_each(|cells| cells.mask(&mut mask));
    mask.iter().enumerate().filter(|(_, keep)| **keep).map(|(row, _)| row).collect()
}

impl ScaleSums {
    fn add(&mut self, scale: &KeyedScale, items: &[&Cells], score: impl Fn(usize) -> Option<f64>) {
        if let Some(pairs) = &mut self.pairs {
            pairs.add(items);
        }
        let rows = complete(items);
        let only: Vec<Cells> = items.iter().map(|cells| cells.only(&rows)).collect();
        self.joint.add(&only);
        self.items.iter_mut().zip(&only).for_each(|(tally, cells)| tally.add_cells(cells));
        self.total.add(&totals(scale, &only, rows.len()));
        self.score.add(&rows.into_iter().filter_map(score).collect::<Vec<f64>>());
    }
}

/// The weighted sum of each of `rows` complete rows.
fn totals(scale: &KeyedScale, columns: &[Cells], rows: usize) -> Vec<f64> {
    let mut totals = vec![0.0; rows];
    for (item, cells) in scale.items.iter().zip(columns) {
        match cells {
            Cells::Whole(values) => {
                for (total, value) in totals.iter_mut().zip(values) {
                    *total += item.weight * f64::from(*value);
                }
            }
            Cells::Real(values, _) => {
                totals
                    .iter_mut()
                    .zip(values)
                    .for_each(|(total, value)| *total += item.weight * value);
            }
        }
    }
    totals
}
