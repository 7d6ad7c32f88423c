//! Drops of a score, and whether it comes back: from the session before, or from the last peak.
//!
//! After the idea of Stiles and others (2004) and Strauss and others (2006), with the parameters stated. Neither
//! bears a paper's name: the rules of the papers could not be read in the originals.

use scalewright_model::choices;

use crate::chart::Gaps;
use crate::numbers::at_least;

choices! {
    /// What became of a drop.
    Outcome {
        Repaired = "repaired": "The score came back within the window",
        Unrepaired = "unrepaired": "The window was seen completely, and the score did not come back",
        Censored = "censored": "The data end before the window does",
    }
}

choices! {
    /// What a drop is measured from.
    DropKind {
        Drop = "drop": "The score of the session before",
        Peak = "peak": "The highest score since the last episode",
    }
}

/// When a fall counts as a drop, and when it counts as repaired.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct DropRule {
    /// What a drop is measured from.
    pub kind: DropKind,
    /// The smallest drop.
    pub need: f64,
    /// The window after the drop: measurements with `bridge`, session numbers with `break`.
    pub within: usize,
    /// The share of the fall that must be recovered.
    pub recover: f64,
    /// Whether neighbours may be apart, and what the window counts.
    pub gaps: Gaps,
}

/// A drop and what became of it. Sessions are given as positions in the series.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Episode {
    /// The session with the base.
    pub onset: usize,
    /// The session with the drop.
    pub drop: usize,
    /// The score before the drop.
    pub base: f64,
    /// The session of the lowest score.
    pub trough_at: usize,
    /// The lowest score before the repair or the end of the window.
    pub trough: f64,
    /// What became of it.
    pub outcome: Outcome,
    /// The session of the repair.
    pub repair: Option<usize>,
}

/// The drops of a series.
#[must_use]
pub fn drops(sessions: &[i64], scores: &[f64], rule: &DropRule) -> Vec<Episode> {
    // The last position of the greatest score since the last episode.
    let mut top = 0;
    let (mut found, mut at) = (Vec::new(), 1);
    while at < scores.len() {
        let onset = match rule.kind {
            DropKind::Drop => at - 1,
            DropKind::Peak => top,
        };
        let apart = rule.kind == DropKind::Drop
            && rule.gaps == Gaps::Break
            && sessions[at] - sessions[onset] != 1;
        if apart || !at_least(scores[onset] - scores[at], rule.need) {
            top = if scores[at] >= scores[top] { at } else { top };
            at += 1;
            continue;
        }
        let end = window_end(sessions, at, rule);
        let episode = follow(sessions, scores, (onset, at, end), rule);
        // The session of the repair may be the base of the next drop, and so may the last session of the window.
        top = episode.repair.unwrap_or(end - 1);
        at = top + 1;
        found.push(episode);
    }
    found
}

/// The position after the window that begins with the drop.
fn window_end(sessions: &[i64], drop: usize, rule: &DropRule) -> usize {
    match rule.gaps {
        Gaps::Bridge => drop.saturating_add(rule.within).saturating_add(1).min(sessions.len()),
        Gaps::Break => {
            let last =
                sessions[drop].saturating_add(i64::try_from(rule.within).unwrap_or(i64::MAX));
            drop + sessions[drop..].iter().take_while(|session| **session <= last).count()
        }
    }
}

/// Follows a drop to its repair or to the end of the window.
fn follow(
    sessions: &[i64],
    scores: &[f64],
    (onset, drop, end): (usize, usize, usize),
    rule: &DropRule,
) -> Episode {
    let base = scores[onset];
    let (mut trough_at, mut repair) = (drop, None);
    for at in drop + 1..end {
        let back = base - (1.0 - rule.recover) * (base - scores[trough_at]);
        if at_least(scores[at], back) {
            repair = Some(at);
            break;
        }
        if scores[at] < scores[trough_at] {
            trough_at = at;
        }
    }
    let within = i64::try_from(rule.within).unwrap_or(i64::MAX);
    let seen = match rule.gaps {
        Gaps::Bridge => scores.len() - 1 - drop >= rule.within,
        Gaps::Break => sessions[sessions.len() - 1] >= sessions[drop].saturating_add(within),
    };
    let outcome = match (repair, seen) {
        (Some(_), _) => Outcome::Repaired,
        (None, true) => Outcome::Unrepaired,
        (None, false) => Outcome::Censored,
    };
    Episode { onset, drop, base, trough_at, trough: scores[trough_at], outcome, repair }
}

/// The outcome of a whole series: unrepaired if any drop is, else repaired, else censored. `None` without a drop.
#[must_use]
pub fn worst(episodes: &[Episode]) -> Option<Outcome> {
    let order = [Outcome::Unrepaired, Outcome::Repaired, Outcome::Censored];
    order.into_iter().find(|outcome| episodes.iter().any(|episode| episode.outcome == *outcome))
}

/// The standard deviation around each person's own line, pooled over the persons with at least three scores.
#[must_use]
pub fn pooled_deviation<'s>(
    series: impl IntoIterator<Item = (&'s [i64], &'s [f64])>,
) -> Option<f64> {
    let (mut squares, mut freedom) = (0.0, 0);
    for (sessions, scores) in series.into_iter().filter(|(_, scores)| scores.len() >= 3) {
        squares += around_line(sessions, scores);
        freedom += scores.len() - 2;
    }
    (freedom > 0).then(|| (squares / freedom as f64).sqrt())
}

/// The sum of squared distances from the least squares line.
fn around_line(sessions: &[i64], scores: &[f64]) -> f64 {
    crate::within::detrended(sessions, scores).iter().map(|rest| rest * rest).sum()
}
