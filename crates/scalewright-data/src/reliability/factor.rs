//! One common factor: by minimum residual of the correlations, and by maximum likelihood of the covariances.
//!
//! Omega total (McDonald 1999) of a congeneric test is (Σ λ)² / ((Σ λ)² + Σ θ): the share of the variance of the total that
//! the factor explains.

use serde::Serialize;

use super::matrix::Matrix;
use super::quantiles::chi_square_log_tail;

/// A uniqueness of this size or less means that the factor explains an item completely.
const IMPROPER: f64 = 0.005;

/// One factor by minimum residual (Harman & Jones 1966): the loadings that leave the smallest sum of squared residual
/// correlations.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Minres {
    /// The loading of each standardised item.
    pub loadings: Vec<f64>,
    /// The variance of each standardised item that the factor does not explain.
    pub uniquenesses: Vec<f64>,
    /// Omega total of the standardised items.
    pub omega_total: f64,
    /// Half the sum of squared residual correlations.
    pub objective: f64,
    /// The root mean square of the residual correlations.
    pub rmsr: f64,
    /// Whether the factor explains an item completely, so that the solution is improper (a Heywood case).
    pub improper: bool,
}

/// One factor by maximum likelihood, without restrictions on the variances.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct OneFactor {
    /// The loading of each item, in its own units, on a factor with variance 1.
    pub loadings: Vec<f64>,
    /// The residual variance of each item.
    pub residual_variances: Vec<f64>,
    /// Omega total, divided by the variance of the total that the model implies.
    pub omega_total_model: f64,
    /// The same divided by the observed variance of the total.
    pub omega_total_observed_var: f64,
    /// Whether a residual variance is not positive, so that the solution is improper (a Heywood case).
    pub improper: bool,
    /// The largest part of the gradient of the fitting function.
    pub max_abs_gradient: f64,
    /// How well the model fits.
    pub fit: Fit,
}

/// How well a model fits the covariances.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Fit {
    /// The likelihood ratio against the observed covariances, with n as multiplier.
    pub chisq: f64,
    /// Its degrees of freedom.
    pub df: f64,
    /// Its probability. `None` without degrees of freedom.
    pub pvalue: Option<f64>,
    /// The comparative fit index (Bentler 1990).
    pub cfi: f64,
    /// The Tucker-Lewis index (1973). `None` without degrees of freedom.
    pub tli: Option<f64>,
    /// The root mean square error of approximation (Steiger 1990). `None` without degrees of freedom.
    pub rmsea: Option<f64>,
    /// The standardised root mean square residual.
    pub srmr: f64,
    /// The likelihood ratio of uncorrelated items.
    #[serde(rename = "baseline.chisq")]
    pub baseline_chisq: f64,
    /// Its degrees of freedom.
    #[serde(rename = "baseline.df")]
    pub baseline_df: f64,
}

impl Minres {
    /// Fits the correlations `r` of at least three items. `None` if it does not converge.
    pub(crate) fn of(r: &Matrix) -> Option<Self> {
        let (value, vector) = r.eigen().into_iter().next()?;
        let mut l: Vec<f64> = vector.iter().map(|v| v * value.max(0.0).sqrt() * 0.9).collect();
        let is_done = sweeps(r, &mut l);
        if l.iter().sum::<f64>() < 0.0 {
            l.iter_mut().for_each(|l| *l = -*l);
        }
        let k = r.k as f64;
        let residual = |i: usize, j: usize| r.at(i, j) - l[i] * l[j];
        let pairs = (0..r.k).flat_map(|i| (0..i).map(move |j| (i, j)));
        let objective: f64 = pairs.map(|(i, j)| residual(i, j).powi(2)).sum();
        let uniquenesses: Vec<f64> = l.iter().map(|l| 1.0 - l * l).collect();
        let common = l.iter().sum::<f64>().powi(2);
        is_done.then(|| Self {
            omega_total: common / (common + uniquenesses.iter().sum::<f64>()),
            improper: uniquenesses.iter().any(|u| *u <= IMPROPER),
            rmsr: (2.0 * objective / (k * (k - 1.0))).sqrt(),
            objective,
            uniquenesses,
            loadings: l,
        })
    }
}

/// Improves one loading after the other until none changes. Each step is the exact minimum over one loading, within the
/// bounds of a proper solution.
fn sweeps(r: &Matrix, l: &mut [f64]) -> bool {
    const MOST_SWEEPS: usize = 20_000;
    let bound = (1.0 - IMPROPER).sqrt();
    for _ in 0..MOST_SWEEPS {
        let mut change = 0.0_f64;
        for i in 0..r.k {
            let others = (0..r.k).filter(|&j| j != i);
            let (above, below) = others.fold((0.0, 0.0), |(above, below), j| {
                (above + r.at(i, j) * l[j], below + l[j] * l[j])
            });
            let next = if below > 0.0 { (above / below).clamp(-bound, bound) } else { 0.0 };
            change = change.max((next - l[i]).abs());
            l[i] = next;
        }
        if change < 1e-13 {
            return true;
        }
    }
    false
}

/// The parameters of a factor, and the model that they imply.
struct Model {
    loadings: Vec<f64>,
    residuals: Vec<f64>,
}

/// A model with what the next step needs: the value of the fitting function, and the inverse of the implied matrix.
struct Fitted {
    model: Model,
    /// ln |Σ| + tr(R Σ⁻¹).
    value: f64,
    inverse: Matrix,
}

impl Model {
    fn implied(&self) -> Matrix {
        let (l, t) = (&self.loadings, &self.residuals);
        Matrix::of(l.len(), |i, j| l[i] * l[j] + if i == j { t[i] } else { 0.0 })
    }

    fn fitted(self, r: &Matrix) -> Option<Fitted> {
        let (inverse, log) = self.implied().inverse()?;
        let trace: f64 = (0..r.k)
            .flat_map(|i| (0..r.k).map(move |j| (i, j)))
            .map(|(i, j)| r.at(i, j) * inverse.at(j, i))
            .sum();
        Some(Fitted { value: log + trace, model: self, inverse })
    }
}

impl Fitted {
    /// Half the gradient by loadings, then by residual variances: tr(M ∂Σ) / 2 with M = Σ⁻¹ (Σ − R) Σ⁻¹.
    fn half_gradient(&self, r: &Matrix) -> Vec<f64> {
        let k = r.k;
        let w = &self.inverse;
        let wr = Matrix::of(k, |i, j| (0..k).map(|l| w.at(i, l) * r.at(l, j)).sum());
        let m = Matrix::of(k, |i, j| {
            w.at(i, j) - (0..k).map(|l| wr.at(i, l) * w.at(l, j)).sum::<f64>()
        });
        let by_loading =
            (0..k).map(|i| (0..k).map(|j| m.at(i, j) * self.model.loadings[j]).sum::<f64>());
        by_loading.chain((0..k).map(|i| m.at(i, i) / 2.0)).collect()
    }

    /// The expected information of one respondent.
    fn information(&self) -> Matrix {
        let k = self.model.loadings.len();
        let (w, l) = (&self.inverse, &self.model.loadings);
        let u: Vec<f64> = (0..k).map(|i| (0..k).map(|j| w.at(i, j) * l[j]).sum()).collect();
        let c: f64 = u.iter().zip(l).map(|(u, l)| u * l).sum();
        Matrix::of(2 * k, |a, b| match (a < k, b < k) {
            (true, true) => u[a] * u[b] + c * w.at(a, b),
            (true, false) => w.at(a, b - k) * u[b - k],
            (false, true) => w.at(b, a - k) * u[a - k],
            (false, false) => w.at(a - k, b - k).powi(2) / 2.0,
        })
    }

    /// The next model by Fisher scoring, with a step that improves the fit.
    fn next(&self, r: &Matrix) -> Option<Fitted> {
        let k = r.k;
        let gradient = self.half_gradient(r);
        let step = self.information().cholesky()?.solve(gradient);
        let mut size = 1.0;
        for _ in 0..40 {
            let moved = |from: &[f64], at: usize| -> Vec<f64> {
                from.iter().enumerate().map(|(i, value)| value - size * step[at + i]).collect()
            };
            let model = Model {
                loadings: moved(&self.model.loadings, 0),
                residuals: moved(&self.model.residuals, k),
            };
            // A last step may leave the value as it is, because of rounding.
            if let Some(next) = model.fitted(r)
                && next.value <= self.value + 1e-14 * self.value.abs()
            {
                return Some(next);
            }
            size /= 2.0;
        }
        None
    }
}

impl OneFactor {
    /// Fits the covariances `v` (divisor n − 1) of `n` respondents and at least three items. `None` if they are singular
    /// or the fit does not converge.
    pub(crate) fn of(v: &Matrix, n: f64, start: &Minres) -> Option<Self> {
        let r = v.correlations();
        // The likelihood does not depend on units, so the correlations are fitted. Maximum likelihood has divisor n.
        let (fitted, max_abs_gradient) = fit(&r, start)?;
        let sd: Vec<f64> = v.diagonal().iter().map(|v| (v * (n - 1.0) / n).sqrt()).collect();
        let Fitted { model, value, .. } = &fitted;
        let loadings: Vec<f64> = model.loadings.iter().zip(&sd).map(|(l, sd)| l * sd).collect();
        let residuals = model.residuals.iter().zip(&sd);
        let residual_variances: Vec<f64> = residuals.map(|(t, sd)| t * sd * sd).collect();
        let common = loadings.iter().sum::<f64>().powi(2);
        let (_, log) = r.inverse()?;
        Some(Self {
            omega_total_model: common / (common + residual_variances.iter().sum::<f64>()),
            omega_total_observed_var: common / (v.sum() * (n - 1.0) / n),
            improper: model.residuals.iter().any(|t| *t <= 0.0),
            max_abs_gradient,
            fit: Fit::of(&r, &model.implied(), (value - log - r.k as f64, log), n),
            loadings,
            residual_variances,
        })
    }
}

fn fit(r: &Matrix, start: &Minres) -> Option<(Fitted, f64)> {
    const MOST_STEPS: usize = 2000;
    let uniqueness = |l: &f64| (1.0 - l * l).max(0.05);
    let model = Model {
        loadings: start.loadings.clone(),
        residuals: start.loadings.iter().map(uniqueness).collect(),
    };
    let mut now = model.fitted(r)?;
    let gradient = |now: &Fitted| {
        let parts = now.half_gradient(r);
        parts.iter().map(|part| part.abs()).fold(0.0, f64::max)
    };
    for _ in 0..MOST_STEPS {
        if gradient(&now) < 1e-13 {
            break;
        }
        let Some(next) = now.next(r) else { break };
        now = next;
    }
    let left = gradient(&now);
    if now.model.loadings.iter().sum::<f64>() < 0.0 {
        now.model.loadings.iter_mut().for_each(|l| *l = -*l);
    }
    (left < 1e-8).then_some((now, left))
}

impl Fit {
    /// The fit of the matrix `implied` to correlations `r`: `apart` is the value of the fitting function at its minimum,
    /// `log` the logarithm of the determinant of `r`.
    fn of(r: &Matrix, implied: &Matrix, (apart, log): (f64, f64), n: f64) -> Self {
        let k = r.k as f64;
        let (chisq, df) = (n * apart.max(0.0), k * (k - 3.0) / 2.0);
        let (baseline_chisq, baseline_df) = (-n * log, k * (k - 1.0) / 2.0);
        let beyond = (chisq - df).max(0.0);
        let most = beyond.max(baseline_chisq - baseline_df);
        let ratio = baseline_chisq / baseline_df;
        let cells = (0..r.k).flat_map(|i| (0..=i).map(move |j| (i, j)));
        let squares: f64 = cells.map(|(i, j)| (r.at(i, j) - implied.at(i, j)).powi(2)).sum();
        let has_df = |value: f64| (df > 0.0).then_some(value);
        Self {
            chisq,
            df,
            pvalue: has_df(chi_square_log_tail(chisq, df).exp()),
            cfi: if most > 0.0 { 1.0 - beyond / most } else { 1.0 },
            tli: has_df((ratio - chisq / df) / (ratio - 1.0)),
            rmsea: has_df((beyond / (df * n)).sqrt()),
            srmr: (squares / (k * (k + 1.0) / 2.0)).sqrt(),
            baseline_chisq,
            baseline_df,
        }
    }
}

/// Whether the items have enough in common for a factor analysis.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Factorability {
    /// The measure of sampling adequacy of Kaiser (1974).
    pub kmo_overall: f64,
    /// The same for each item.
    pub kmo_items: Vec<f64>,
    /// The test of sphericity of Bartlett (1951).
    pub bartlett: Bartlett,
    /// The logarithm of the determinant of the correlations.
    #[serde(rename = "log_det_R")]
    pub log_det_r: f64,
    /// The eigenvalues of the correlations, descending.
    pub eigenvalues: Vec<f64>,
}

/// A test of uncorrelated items.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bartlett {
    /// The statistic.
    pub chisq: f64,
    /// Its degrees of freedom.
    pub df: f64,
    /// The decimal logarithm of its probability.
    pub p_log10: f64,
}

impl Factorability {
    /// Of the correlations `r` of `n` respondents. `None` if they are singular.
    pub(crate) fn of(r: &Matrix, n: f64) -> Option<Self> {
        let (inverse, log) = r.inverse()?;
        let k = r.k as f64;
        let d = inverse.diagonal();
        let squares = |i: usize| -> (f64, f64) {
            let others = (0..r.k).filter(|&j| j != i);
            others.fold((0.0, 0.0), |(simple, partial), j| {
                (simple + r.at(i, j).powi(2), partial + inverse.at(i, j).powi(2) / (d[i] * d[j]))
            })
        };
        let all: Vec<(f64, f64)> = (0..r.k).map(squares).collect();
        let share = |(simple, partial): (f64, f64)| simple / (simple + partial);
        let sum = all.iter().fold((0.0, 0.0), |sum, each| (sum.0 + each.0, sum.1 + each.1));
        let (chisq, df) = (-(n - 1.0 - (2.0 * k + 5.0) / 6.0) * log, k * (k - 1.0) / 2.0);
        let p_log10 = chi_square_log_tail(chisq, df) / std::f64::consts::LN_10;
        Some(Self {
            kmo_overall: share(sum),
            kmo_items: all.into_iter().map(share).collect(),
            bartlett: Bartlett { chisq, df, p_log10 },
            log_det_r: log,
            eigenvalues: r.eigen().into_iter().map(|(value, _)| value).collect(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Matrix, Minres, OneFactor};

    #[test]
    fn a_matrix_of_one_factor_gives_its_loadings() {
        let (loadings, residuals) = ([1.2, 0.8, 0.5, 2.0], [0.9, 1.0, 0.4, 3.0]);
        let n = 200.0;
        let v = Matrix::of(4, |i, j| {
            let own = if i == j { residuals[i] } else { 0.0 };
            (loadings[i] * loadings[j] + own) * n / (n - 1.0)
        });
        let minres = Minres::of(&v.correlations()).expect("it converges");
        let found = OneFactor::of(&v, n, &minres).expect("it converges");
        for i in 0..4 {
            assert!((found.loadings[i] - loadings[i]).abs() < 1e-9, "{:?}", found.loadings);
            let standardised = loadings[i] / (loadings[i] * loadings[i] + residuals[i]).sqrt();
            assert!((minres.loadings[i] - standardised).abs() < 1e-9, "{:?}", minres.loadings);
        }
        // (1.2 + 0.8 + 0.5 + 2.0)² = 20.25, and the residual variances sum to 5.3.
        assert!((found.omega_total_model - 20.25 / 25.55).abs() < 1e-9);
        assert!(found.fit.chisq.abs() < 1e-9 && found.fit.df == 2.0);
    }

    #[test]
    fn uncorrelated_items_have_no_factor_that_explains_them() {
        let minres = Minres::of(&Matrix::of(3, |i, j| f64::from(u8::from(i == j))));
        assert!(minres.is_none_or(|found| found.omega_total < 1e-6));
    }
}
