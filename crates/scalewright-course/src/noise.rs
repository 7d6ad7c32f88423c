//! How often criteria find something in pure noise: series of independent normal scores around an unchanging level.

use crate::change::Group;
use crate::chart::Gaps;
use crate::course::{Axis, Choices, Known, Line};
use crate::criteria::{Criteria, Need, RuptureRule, ScaleFacts};
use crate::judge::{Found, Judge};
use crate::parameters::SampleNumbers;

/// The lengths of the series.
pub(crate) const LENGTHS: [usize; 3] = [8, 12, 20];
/// How many series of each length.
pub(crate) const SERIES: usize = 20_000;

/// Numbers that look random and are the same in every run: SplitMix64 (Steele, Lea and Flood 2014).
struct Noise(u64);

impl Noise {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number above 0 and up to 1.
    fn share(&mut self) -> f64 {
        ((self.next() >> 11) + 1) as f64 / (1_u64 << 53) as f64
    }

    /// A normal number, by the method of Box and Muller.
    fn normal(&mut self) -> f64 {
        let (radius, angle) = ((-2.0 * self.share().ln()).sqrt(), self.share());
        radius * (2.0 * std::f64::consts::PI * angle).cos()
    }
}

/// The share of series of noise in which each criterion finds something, for one length. The standard deviation of the
/// noise is the SEM of the scale, and the pooled one. `sem` turns points of a scale into this unit. `None` if a criterion
/// needs it and it is not known.
pub(crate) fn shares(criteria: &Criteria, length: usize, sem: Option<f64>) -> Vec<Option<f64>> {
    let (rules, known) = (in_units(&criteria.rupture, sem), noisy());
    let criteria = Criteria {
        rupture: rules.iter().flatten().cloned().collect(),
        change: Vec::new(),
        ..criteria.clone()
    };
    let choices = Choices {
        baseline: 1,
        gaps: Gaps::Bridge,
        planned: None,
        axis: Axis::Sessions,
        whiskers: false,
    };
    let judge = Judge { criteria: &criteria, choices };
    let (mut noise, mut counts) = (Noise(length as u64), vec![0_usize; criteria.rupture.len()]);
    let sessions: Vec<i64> = (1..=length as i64).collect();
    let mut line = Line { sessions, scores: Vec::new(), at: (0..length).collect(), days: None };
    for _ in 0..SERIES {
        line.scores.clear();
        line.scores.extend((0..length).map(|_| noise.normal()));
        for (count, rule) in counts.iter_mut().zip(&criteria.rupture) {
            *count += usize::from(finds(&judge, rule, &line, &known));
        }
    }
    let mut shares = counts.into_iter().map(|count| count as f64 / SERIES as f64);
    rules.iter().map(|rule| rule.as_ref().and_then(|_| shares.next())).collect()
}

/// A scale whose scores are nothing but error with a standard deviation of 1.
fn noisy() -> Known {
    let facts = ScaleFacts { minimum: Some(0.0), ..ScaleFacts::default() };
    let group = Group { sd: 1.0, reliability: 0.0, ..Group::default() };
    let sample = SampleNumbers { pooled_sd: Some(1.0), first_sd: Some(1.0) };
    Known { facts, sample, group: Some(group), better: Some(1.0), cutoff: None, true_cutoff: None }
}

/// The criteria with points in units of the SEM. `None` if it is not known.
fn in_units(rules: &[RuptureRule], sem: Option<f64>) -> Vec<Option<RuptureRule>> {
    let one = |rule: &RuptureRule| match rule.need {
        Need::Points(points) if points > 0.0 => {
            let need = Need::Points(points / sem.filter(|sem| *sem > 0.0)?);
            Some(RuptureRule { need, ..rule.clone() })
        }
        _ => Some(rule.clone()),
    };
    rules.iter().map(one).collect()
}

fn finds(judge: &Judge<'_>, rule: &RuptureRule, line: &Line, known: &Known) -> bool {
    match judge.rupture(rule, line, known) {
        Err(_) => false,
        Ok((_, Found::Drops(drops))) => !drops.is_empty(),
        Ok((_, Found::Marks(_, marks))) => !marks.is_empty(),
        Ok((_, Found::Sudden(all))) => all.iter().any(|one| one.sudden == Some(true)),
    }
}
