//! Reliable change of one person between two scores, in its six published forms.
//!
//! Jacobson and Truax (1991), Journal of Consulting and Clinical Psychology 59, 12–19, with √2 as Christensen and
//! Mendoza (1986) corrected it; Edwards and Nunnally in the form of Speer (1992); Gulliksen, Lord and Novick; Hsu,
//! Linn and Lord; Nunnally and Kotsch (1983); Hageman and Arrindell (1999). The form of 1984, which lacks √2, is not
//! offered: its values are 41 % too large.

use scalewright_model::choices;

use crate::numbers::more_than;

choices! {
    /// The forms of the reliable change index.
    ChangeForm {
        Jt = "jt": "Jacobson and Truax: the change by the standard error of a difference",
        En = "en": "Edwards and Nunnally: from the estimated true score, by the SEM",
        Gln = "gln": "Gulliksen, Lord and Novick: from the predicted score, by the error of prediction",
        Hll = "hll": "Hsu, Linn and Lord: as gln, without the mean change of the group",
        Nk = "nk": "Nunnally and Kotsch: as en, with the reliabilities of both scores",
        Ha = "ha": "Hageman and Arrindell: with the reliability of the difference; cut-off 1.65",
    }
}

/// What is known about the scores of a group. Only Jacobson and Truax need no more than the first two.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Group {
    /// The standard deviation of the first scores, or of a norm sample.
    pub sd: f64,
    /// The reliability.
    pub reliability: f64,
    /// The mean of the first scores.
    pub mean: Option<f64>,
    /// The mean of the last scores.
    pub mean_after: Option<f64>,
    /// The standard deviation of the last scores.
    pub sd_after: Option<f64>,
    /// The reliability of the last scores. By default that of the first.
    pub reliability_after: Option<f64>,
    /// The correlation of the first and the last scores.
    pub correlation: Option<f64>,
}

impl Group {
    /// The standard error of measurement.
    #[must_use]
    pub fn sem(&self) -> f64 {
        self.sd * (1.0 - self.reliability).sqrt()
    }

    /// The standard error of a difference of two scores.
    #[must_use]
    pub fn error_of_difference(&self) -> f64 {
        std::f64::consts::SQRT_2 * self.sem()
    }

    /// The standard error of prediction.
    #[must_use]
    pub fn error_of_prediction(&self) -> f64 {
        self.sd * (1.0 - self.reliability.powi(2)).sqrt()
    }

    /// The reliability of the difference, after Hageman and Arrindell. It may be negative.
    #[must_use]
    pub fn reliability_of_difference(&self) -> Option<f64> {
        let (after, r) = (self.sd_after?, self.correlation?);
        let variance = self.sd.powi(2) + after.powi(2) - 2.0 * self.sd * after * r;
        Some((variance - 2.0 * self.sem().powi(2)) / variance)
    }

    /// The index of the change from `before` to `after`. `None` if the group lacks what `form` needs, or has no
    /// variance.
    #[must_use]
    pub fn index(&self, form: ChangeForm, before: f64, after: f64) -> Option<f64> {
        let r = self.reliability;
        let predicted = || self.mean.map(|mean| mean + r * (before - mean));
        let (top, bottom) = match form {
            ChangeForm::Jt => (after - before, self.error_of_difference()),
            ChangeForm::En => (after - predicted()?, self.sem()),
            ChangeForm::Gln => (after - predicted()?, self.error_of_prediction()),
            ChangeForm::Hll => {
                let (mean, last) = (self.mean?, self.mean_after?);
                (after - last - r * (before - mean), self.error_of_prediction())
            }
            ChangeForm::Nk => {
                let later = self.reliability_after.unwrap_or(r);
                let errors = r.powi(2) * self.sd.powi(2) * (1.0 - r);
                (after - predicted()?, (errors + self.sd.powi(2) * (1.0 - later)).sqrt())
            }
            ChangeForm::Ha => {
                let own = self.reliability_of_difference().filter(|own| *own > 0.0)?;
                let of_group = (self.mean_after? - self.mean?) * (1.0 - own);
                ((after - before) * own + of_group, own.sqrt() * self.error_of_difference())
            }
        };
        Some(top / bottom).filter(|index| index.is_finite())
    }
}

/// The cut-offs between a clinical and a functional population, after Jacobson and Truax.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cutoffs {
    /// Two standard deviations from the clinical mean.
    pub a: f64,
    /// Two standard deviations of the functional population from its mean.
    pub b: f64,
    /// Between the means, weighted by the standard deviations.
    pub c: f64,
}

/// The cut-offs from the mean and the standard deviation of both populations. `better` is 1 if a high score is good,
/// and −1 if a low score is.
#[must_use]
pub fn cutoffs(clinical: (f64, f64), functional: (f64, f64), better: f64) -> Cutoffs {
    let ((mean, sd), (healthy, spread)) = (clinical, functional);
    Cutoffs {
        a: mean + better * 2.0 * sd,
        b: healthy - better * 2.0 * spread,
        c: (sd * healthy + spread * mean) / (sd + spread),
    }
}

/// The standard deviation of the true scores, after Hageman and Arrindell (1999).
#[must_use]
pub fn true_deviation(sd: f64, sem: f64) -> f64 {
    sd * (1.0 - sem.powi(2) / sd.powi(2)).sqrt()
}

/// The index of Hageman and Arrindell for the position of a person's last score relative to a cut-off.
#[must_use]
pub fn position(score: f64, (mean, sd): (f64, f64), sem: f64, cutoff: f64) -> f64 {
    let reliability = 1.0 - sem.powi(2) / sd.powi(2);
    (mean + (score - mean) * reliability - cutoff) / (reliability.sqrt() * sem)
}

choices! {
    /// What a change means. A score equal to the cut-off belongs to neither side.
    Category {
        Recovered = "recovered": "Reliably better, and past the cut-off",
        Improved = "improved": "Reliably better",
        Unchanged = "unchanged": "No reliable change",
        Deteriorated = "deteriorated": "Reliably worse",
        Harmed = "harmed": "Reliably worse, and back past the cut-off",
    }
}

/// The category of a change with the index `index`: reliable beyond ±`limit`.
#[must_use]
pub fn category(
    (before, after): (f64, f64),
    index: f64,
    cutoff: Option<f64>,
    (better, limit): (f64, f64),
) -> Category {
    let clinical = |score: f64| cutoff.is_some_and(|cut| more_than(better * cut, better * score));
    let healthy = |score: f64| cutoff.is_some_and(|cut| more_than(better * score, better * cut));
    if more_than(better * index, limit) {
        let crossed = clinical(before) && healthy(after);
        return if crossed { Category::Recovered } else { Category::Improved };
    }
    if more_than(-better * index, limit) {
        let crossed = cutoff.is_some() && !clinical(before) && !healthy(after);
        return if crossed { Category::Harmed } else { Category::Deteriorated };
    }
    Category::Unchanged
}
