//! Within and between persons: means, deviations, lags, intraclass and within-person correlations.
//!
//! Shrout and Fleiss (1979) for ICC(1) from a one-way analysis of variance. Person means are those of the available
//! sessions.

use crate::numbers::{correlation, mean, products, squares};

/// The deviations from the person's own mean.
#[must_use]
pub fn centred(scores: &[f64]) -> Vec<f64> {
    let mean = mean(scores).unwrap_or_default();
    scores.iter().map(|score| score - mean).collect()
}

/// The residuals of the person's own least squares line; the deviations from the mean if there is no line.
#[must_use]
pub fn detrended(sessions: &[i64], scores: &[f64]) -> Vec<f64> {
    let times: Vec<f64> = sessions.iter().map(|session| *session as f64).collect();
    let (times, rest) = (centred(&times), centred(scores));
    let spread = squares(&times);
    let slope = if spread > 0.0 { products(&times, &rest) / spread } else { 0.0 };
    times.iter().zip(&rest).map(|(time, rest)| rest - slope * time).collect()
}

/// The value of the session number before each one. A missed session breaks it.
#[must_use]
pub fn lagged(sessions: &[i64], values: &[f64]) -> Vec<Option<f64>> {
    let before = |at: usize| at.checked_sub(1).filter(|at| sessions[*at] + 1 == sessions[*at + 1]);
    (0..values.len()).map(|at| before(at).map(|before| values[before])).collect()
}

/// The variance between and within groups of scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Variance {
    /// The mean square between groups.
    pub between: f64,
    /// The mean square within groups.
    pub within: f64,
    /// The size of the groups for the variance component: n0.
    pub size: f64,
    /// The mean size of the groups.
    pub mean_size: f64,
}

impl Variance {
    /// The one-way analysis of variance. `None` for fewer than two groups, or without repeated scores.
    #[must_use]
    pub fn of<'g>(groups: impl IntoIterator<Item = &'g [f64]>) -> Option<Self> {
        let groups: Vec<&[f64]> = groups.into_iter().filter(|group| !group.is_empty()).collect();
        let (n, k) = (groups.iter().map(|group| group.len()).sum::<usize>(), groups.len());
        if k < 2 || n == k {
            return None;
        }
        let total = groups.iter().flat_map(|group| group.iter()).sum::<f64>() / n as f64;
        let between = groups
            .iter()
            .map(|group| group.len() as f64 * (mean(group).unwrap_or_default() - total).powi(2));
        let within = groups.iter().map(|group| squares(group));
        let sizes = groups.iter().map(|group| (group.len() as f64).powi(2)).sum::<f64>();
        let n = n as f64;
        Some(Self {
            between: between.sum::<f64>() / (k - 1) as f64,
            within: within.sum::<f64>() / (n - k as f64),
            size: (n - sizes / n) / (k - 1) as f64,
            mean_size: n / k as f64,
        })
    }

    /// ICC(1), with the group size n0.
    #[must_use]
    pub fn icc(&self) -> f64 {
        self.icc_of(self.size)
    }

    /// ICC(1), with the mean group size.
    #[must_use]
    pub fn icc_by_mean(&self) -> f64 {
        self.icc_of(self.mean_size)
    }

    fn icc_of(&self, size: f64) -> f64 {
        (self.between - self.within) / (self.between + (size - 1.0) * self.within)
    }

    /// ICC(2), the reliability of the means.
    #[must_use]
    pub fn icc_of_means(&self) -> f64 {
        (self.between - self.within) / self.between
    }
}

/// The correlation of two variables: in total, within persons, between them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Parts {
    /// The number of pairs.
    pub pairs: usize,
    /// The number of persons.
    pub persons: usize,
    /// Over all pairs.
    pub total: Option<f64>,
    /// Both variables centred on the person's own means.
    pub within: Option<f64>,
    /// Of the means, each person counted once.
    pub between: Option<f64>,
    /// Of the means, each person counted once a pair.
    pub between_weighted: Option<f64>,
    /// The share of the standard deviation of each variable that is between persons.
    pub eta: (f64, f64),
}

/// The two variables of a person, of the same length.
pub type Person = (Vec<f64>, Vec<f64>);

/// Decomposes a correlation.
#[must_use]
pub fn parts(persons: &[Person]) -> Parts {
    let all =
        |take: fn(&Person) -> Vec<f64>| -> Vec<f64> { persons.iter().flat_map(take).collect() };
    let repeated = |values: &[f64]| vec![mean(values).unwrap_or_default(); values.len()];
    let of_means = |take: fn(&Person) -> &Vec<f64>| -> Vec<f64> {
        persons.iter().filter_map(|person| mean(take(person))).collect()
    };
    let (x, y) = (all(|person| person.0.clone()), all(|person| person.1.clone()));
    let (wx, wy) = (all(|person| centred(&person.0)), all(|person| centred(&person.1)));
    let bx: Vec<f64> = persons.iter().flat_map(|person| repeated(&person.0)).collect();
    let by: Vec<f64> = persons.iter().flat_map(|person| repeated(&person.1)).collect();
    let eta = |means: &[f64], values: &[f64]| (squares(means) / squares(values)).sqrt();
    Parts {
        pairs: x.len(),
        persons: persons.iter().filter(|person| !person.0.is_empty()).count(),
        total: correlation(&x, &y),
        within: correlation(&wx, &wy),
        between: correlation(&of_means(|person| &person.0), &of_means(|person| &person.1)),
        between_weighted: correlation(&bx, &by),
        eta: (eta(&bx, &x), eta(&by, &y)),
    }
}

/// A series of sessions, with two variables at each.
pub type SessionPairs = (Vec<i64>, Vec<f64>, Vec<f64>);

/// How two variables go together over the sessions of several persons.
#[derive(Debug, Clone, PartialEq)]
pub struct Paired {
    /// Within and between persons.
    pub parts: Parts,
    /// The correlation of the residuals of each person's own lines.
    pub detrended: Option<f64>,
    /// The deviations of the first variable from the person's mean at the session before, and of the second.
    pub lagged: (Vec<f64>, Vec<f64>),
}

/// Decomposes how two variables go together.
#[must_use]
pub fn paired(persons: impl IntoIterator<Item = SessionPairs>) -> Paired {
    let (mut all, mut rests): (Vec<Person>, _) = (Vec::new(), (Vec::new(), Vec::new()));
    let mut lags = (Vec::new(), Vec::new());
    for (sessions, x, y) in persons {
        rests.0.extend(detrended(&sessions, &x));
        rests.1.extend(detrended(&sessions, &y));
        let before = lagged(&sessions, &centred(&x));
        for (before, now) in before.into_iter().zip(centred(&y)) {
            if let Some(before) = before {
                lags.0.push(before);
                lags.1.push(now);
            }
        }
        all.push((x, y));
    }
    let detrended = correlation(&rests.0, &rests.1);
    Paired { parts: parts(&all), detrended, lagged: lags }
}

/// Correlations of an early score with an outcome.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prediction {
    /// The number of persons.
    pub persons: usize,
    /// With the last outcome.
    pub after: Option<f64>,
    /// With the last outcome, less what the first one predicts of it.
    pub semipartial: Option<f64>,
    /// With the last outcome, with the first one as a control.
    pub partial: Option<f64>,
    /// With the change of the outcome.
    pub change: Option<f64>,
}

/// Correlates early scores with an outcome `before` and `after`.
#[must_use]
pub fn prediction(early: &[f64], before: &[f64], after: &[f64]) -> Prediction {
    let slope = products(before, after) / squares(before);
    let rest: Vec<f64> = before.iter().zip(after).map(|(x, y)| y - slope * x).collect();
    let change: Vec<f64> = before.iter().zip(after).map(|(x, y)| y - x).collect();
    let after_r = correlation(early, after);
    let partial = || {
        let (ea, eb, ba) = (after_r?, correlation(early, before)?, correlation(before, after)?);
        Some((ea - eb * ba) / ((1.0 - eb.powi(2)) * (1.0 - ba.powi(2))).sqrt())
    };
    Prediction {
        persons: early.len(),
        after: after_r,
        semipartial: correlation(early, &rest),
        partial: partial(),
        change: correlation(early, &change),
    }
}
