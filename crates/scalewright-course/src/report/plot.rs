//! Where sessions and scores are in a picture.

/// The width of a picture.
pub(super) const WIDTH: f64 = 760.0;
/// The top and the bottom of the plot, and its left and right edge.
pub(super) const TOP: f64 = 14.0;
pub(super) const BOTTOM: f64 = 254.0;
pub(super) const LEFT: f64 = 52.0;
pub(super) const RIGHT: f64 = 540.0;

/// The top of the lanes below the plot.
pub(super) const LANE_TOP: f64 = BOTTOM + 60.0;

/// The axes of a picture.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plot {
    pub(super) sessions: (i64, i64),
    pub(super) scores: (f64, f64),
}

impl Plot {
    pub(super) fn x(&self, session: i64) -> f64 {
        let (first, last) = self.sessions;
        let whole = (last - first).max(1) as f64;
        let middle = if first == last { 0.5 } else { 0.0 };
        LEFT + 12.0 + (RIGHT - LEFT - 24.0) * ((session - first) as f64 / whole + middle)
    }

    pub(super) fn y(&self, score: f64) -> f64 {
        let (low, high) = self.scores;
        let whole = if high > low { high - low } else { 1.0 };
        BOTTOM - (BOTTOM - TOP) * ((score - low) / whole).clamp(-0.02, 1.02)
    }

    /// The sessions that get a label: all, or every second, fifth, tenth and so on.
    pub(super) fn session_labels(&self) -> Vec<i64> {
        let (first, last) = self.sessions;
        let steps = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 10_000, 100_000];
        let step = steps.into_iter().find(|step| (last - first) / step <= 24).unwrap_or(100_000);
        (first..=last).filter(|session| (session - first) % step == 0).take(40).collect()
    }

    /// The scores that get a label: about six round ones.
    pub(super) fn score_labels(&self) -> Vec<f64> {
        let (low, high) = self.scores;
        let rough = (high - low) / 6.0;
        if !(rough > 0.0 && rough.is_finite()) {
            return vec![low];
        }
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0].map(|round| round * power);
        let step = step.into_iter().find(|step| *step >= rough).unwrap_or(10.0 * power);
        let first = (low / step).ceil();
        let labels = (0..12).map(|at| (first + f64::from(at)) * step);
        labels.take_while(|label| *label <= high + step * 1e-9).collect()
    }
}
