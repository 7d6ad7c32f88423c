//! The file of criteria: how sessions are labelled, what is known about each scale, and what is looked for.

mod read;
mod sound;

use std::collections::BTreeMap;

use scalewright_model::Choice;
use serde::Deserialize;

use crate::change::ChangeForm;
use crate::chart::{Gaps, Quartiles, Spread};
use crate::drops::DropKind;
use crate::sessions::{EARLY, EarlyRule};
use crate::sheet::Labels;
use crate::sudden::Third;

/// What a course is judged by.
#[derive(Debug, Clone, PartialEq)]
pub struct Criteria {
    pub(crate) labels: Labels,
    pub(crate) scales: BTreeMap<String, ScaleFacts>,
    pub(crate) change: Vec<ChangeRule>,
    pub(crate) rupture: Vec<RuptureRule>,
    pub(crate) early: EarlyRule,
}

/// What the file states about a scale.
#[derive(Debug, Clone, Default, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub(crate) struct ScaleFacts {
    pub(crate) reliability: Option<f64>,
    pub(crate) sd: Option<Sd>,
    pub(crate) mean: Option<f64>,
    pub(crate) mean_after: Option<f64>,
    pub(crate) sd_after: Option<f64>,
    pub(crate) reliability_after: Option<f64>,
    pub(crate) correlation: Option<f64>,
    pub(crate) better: Option<Better>,
    pub(crate) cutoff: Option<f64>,
    pub(crate) functional: Option<Population>,
    pub(crate) clinical: Option<Population>,
    pub(crate) minimum: Option<f64>,
    /// The point on which the ratings of a response surface are centred.
    pub(crate) centre: Option<f64>,
    pub(crate) source: Option<String>,
}

/// A standard deviation, or where it comes from.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(untagged)]
pub(crate) enum Sd {
    Known(f64),
    Of(SdOf),
}

/// A standard deviation that depends on the sample.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum SdOf {
    FirstSessions,
}

/// Which scores are good.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Better {
    Higher,
    Lower,
}

/// The mean and the standard deviation of a population.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Population {
    pub(crate) mean: f64,
    pub(crate) sd: f64,
}

/// A criterion of reliable change.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ChangeRule {
    pub(crate) id: String,
    pub(crate) form: ChangeForm,
    /// The index that a change must exceed.
    pub(crate) limit: f64,
}

/// A criterion of drops, marks or sudden changes.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct RuptureRule {
    pub(crate) id: String,
    pub(crate) need: Need,
    pub(crate) gaps: Option<Gaps>,
    pub(crate) kind: RuptureKind,
}

/// What a criterion looks for.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum RuptureKind {
    Drop { from: DropKind, within: usize, recover: f64 },
    Chart { spread: Spread, baseline: Option<usize> },
    Fences { quartiles: Quartiles },
    Sudden { gain: bool, share: f64, third: Third, critical: [f64; 3] },
}

impl RuptureKind {
    /// Whether it marks scores beyond limits instead of drops of some size.
    pub(crate) fn has_limits(self) -> bool {
        matches!(self, Self::Chart { .. } | Self::Fences { .. })
    }
}

/// How large a drop must be.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Need {
    /// In points of the scale.
    Points(f64),
    /// In standard deviations around the persons' own lines, pooled over the sample.
    PooledSd(f64),
    /// The same, or the person's own standard deviation if it is greater.
    StricterSd(f64),
    /// More than the measurement error of a difference explains, at 95 %.
    Reliable,
}

impl Default for Criteria {
    /// Reliable change after Jacobson and Truax, five kinds of drops, and the chart with a baseline of five.
    fn default() -> Self {
        let drop = |id: &str, from, need| RuptureRule {
            id: id.to_owned(),
            need,
            gaps: None,
            kind: RuptureKind::Drop { from, within: 3, recover: 1.0 },
        };
        let chart = RuptureRule {
            id: "chart".to_owned(),
            need: Need::Points(0.0),
            gaps: None,
            kind: RuptureKind::Chart { spread: Spread::Mean, baseline: Some(5) },
        };
        let change = vec![change_rule("reliable", ChangeForm::Jt, None)];
        let rupture = vec![
            drop("reliable-drop", DropKind::Drop, Need::Reliable),
            drop("peak-reliable", DropKind::Peak, Need::Reliable),
            drop("drop-1sd", DropKind::Drop, Need::PooledSd(1.0)),
            drop("drop-2sd", DropKind::Drop, Need::PooledSd(2.0)),
            drop("drop-2sd-stricter", DropKind::Drop, Need::StricterSd(2.0)),
            chart,
        ];
        let (labels, scales) = (Labels::new(), BTreeMap::new());
        Self { labels, scales, change, rupture, early: EARLY }
    }
}

/// The limit of Hageman and Arrindell is their own; the others have the 97.5 % quantile.
fn change_rule(id: &str, form: ChangeForm, limit: Option<f64>) -> ChangeRule {
    let usual = if form == ChangeForm::Ha { 1.65 } else { crate::numbers::QUANTILE };
    ChangeRule { id: id.to_owned(), form, limit: limit.unwrap_or(usual) }
}

impl ScaleFacts {
    /// The cut-off: the stated one, else c where both populations are known, else b, else a. With an `error` of
    /// measurement above 0, from the standard deviations of the true scores.
    pub(crate) fn cutoff(&self, better: f64, error: f64) -> Option<f64> {
        let pair = |one: Option<Population>| {
            one.map(|one| (one.mean, crate::change::true_deviation(one.sd, error)))
        };
        let of_both = |clinical, functional| crate::change::cutoffs(clinical, functional, better);
        self.cutoff.or_else(|| match (pair(self.clinical), pair(self.functional)) {
            (Some(clinical), Some(functional)) => Some(of_both(clinical, functional).c),
            (None, Some(functional)) => Some(of_both(functional, functional).b),
            (Some(clinical), None) => Some(of_both(clinical, clinical).a),
            (None, None) => None,
        })
    }
}

impl Need {
    /// The parameter as it is stated: `2 pooled-sd`.
    pub(crate) fn text(self) -> String {
        match self {
            Self::Points(size) => format!("{size} points"),
            Self::PooledSd(count) => format!("{count} pooled-sd"),
            Self::StricterSd(count) => format!("{count} stricter-sd"),
            Self::Reliable => "reliable".to_owned(),
        }
    }
}

impl RuptureRule {
    /// The kind and its parameters, for people and for the table of criteria.
    pub(crate) fn text(&self) -> (&'static str, String) {
        match self.kind {
            RuptureKind::Drop { from, within, recover } => {
                let need = self.need.text();
                (from.name(), format!("need = {need}, within = {within}, recover = {recover}"))
            }
            RuptureKind::Chart { spread, baseline } => {
                let baseline = baseline.map_or("all".to_owned(), |count| count.to_string());
                ("chart", format!("spread = {}, baseline = {baseline}", spread.name()))
            }
            RuptureKind::Fences { quartiles } => {
                ("fences", format!("quartiles = {}, reach = 1.5", quartiles.name()))
            }
            RuptureKind::Sudden { gain, share, third, critical } => {
                let kind = if gain { "sudden-gain" } else { "sudden-loss" };
                let need = self.need.text();
                let critical = critical.map(|value| format!("{value:.3}")).join(" ");
                let third = third.name();
                (kind, format!("need = {need}, share = {share}, third = {third}, t = {critical}"))
            }
        }
    }
}
