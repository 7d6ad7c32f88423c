//! Pairs the sessions of two series of one respondent: client and therapist, or two observers.

use std::collections::BTreeMap;

use crate::course::Course;
use crate::series::RowSeries;

/// Two forms, each with its rater.
pub(crate) type Sides = [(u32, u32); 2];

/// The paired scores of a respondent.
pub(crate) struct Dyad {
    pub(crate) respondent: u32,
    pub(crate) first: Vec<f64>,
    pub(crate) second: Vec<f64>,
    /// Scored sessions that only one of the two has.
    pub(crate) unpaired: usize,
}

impl Course<'_> {
    /// The dyads on the scale at `scale`, for each two forms and raters that a respondent has.
    pub(crate) fn dyads(&self, scale: usize) -> Vec<(Sides, Vec<Dyad>)> {
        let mut all: Vec<(Sides, Vec<Dyad>)> = Vec::new();
        let mut place: BTreeMap<Sides, usize> = BTreeMap::new();
        for of_person in self.ordered.series.chunk_by(|a, b| a.respondent == b.respondent) {
            for (at, first) in of_person.iter().enumerate() {
                for second in &of_person[at + 1..] {
                    let sides = [(first.form, first.rater), (second.form, second.rater)];
                    let place = *place.entry(sides).or_insert_with(|| {
                        all.push((sides, Vec::new()));
                        all.len() - 1
                    });
                    all[place].1.push(self.dyad(scale, first, second));
                }
            }
        }
        all
    }

    fn dyad(&self, scale: usize, first: &RowSeries, second: &RowSeries) -> Dyad {
        let (one, two) = (self.line(first, scale), self.line(second, scale));
        let other: BTreeMap<i64, f64> =
            two.sessions.iter().copied().zip(two.scores.iter().copied()).collect();
        let mut dyad = Dyad {
            respondent: first.respondent,
            first: Vec::new(),
            second: Vec::new(),
            unpaired: 0,
        };
        for (session, score) in one.sessions.iter().zip(&one.scores) {
            if let Some(second) = other.get(session) {
                dyad.first.push(*score);
                dyad.second.push(*second);
            }
        }
        dyad.unpaired = one.scores.len() + two.scores.len() - 2 * dyad.first.len();
        dyad
    }
}
