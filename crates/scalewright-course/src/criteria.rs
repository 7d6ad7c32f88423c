//! The file of criteria: how sessions are labelled, what is known about each scale, and what is looked for.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::text::message;
use scalewright_model::{Choice, Stop};
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

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    #[serde(default)]
    sessions: Labels,
    #[serde(default)]
    scales: BTreeMap<String, ScaleFacts>,
    change: Option<Vec<ChangeFile>>,
    rupture: Option<Vec<RuptureFile>>,
    early: Option<EarlyFile>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct EarlyFile {
    target: i64,
    from: i64,
    to: i64,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct ChangeFile {
    id: String,
    method: String,
    limit: Option<f64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RuptureFile {
    id: String,
    kind: String,
    need: Option<Need>,
    within: Option<usize>,
    recover: Option<f64>,
    gaps: Option<String>,
    spread: Option<String>,
    baseline: Option<usize>,
    quartiles: Option<String>,
    share: Option<f64>,
    third: Option<String>,
    alpha: Option<f64>,
    adjust: Option<bool>,
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

/// At most this many criteria, because each has columns of its own.
const MOST: usize = 50;

impl Criteria {
    /// Reads a file of criteria. What it leaves out is as in [`Criteria::default`].
    ///
    /// # Errors
    ///
    /// When the text is no such file, with its line.
    pub fn read(name: &str, text: &str) -> Result<Self, Stop> {
        let file: File = toml::from_str(text).map_err(|error| {
            let at = error.span().map(|span| text[..span.start.min(text.len())].lines().count());
            let line = at.map(|line| format!(", line {}", line.max(1))).unwrap_or_default();
            Stop::wrong(format!("{name}{line}: {}", message(error.message())))
                .help("the page of the book about courses shows a file of criteria")
        })?;
        let usual = Self::default();
        let wrong = |what: String| Stop::wrong(format!("{name}: {what}"));
        let change = match file.change {
            None => usual.change,
            Some(rules) => {
                rules.into_iter().map(change).collect::<Result<_, _>>().map_err(wrong)?
            }
        };
        let rupture = match file.rupture {
            None => usual.rupture,
            Some(rules) => {
                rules.into_iter().map(rupture).collect::<Result<_, _>>().map_err(wrong)?
            }
        };
        let early = file.early.map_or(usual.early, |early| EarlyRule {
            target: early.target,
            from: early.from,
            to: early.to,
        });
        let all = Self { labels: file.sessions, scales: file.scales, change, rupture, early };
        all.sound().map_err(wrong)?;
        Ok(all)
    }

    /// The labels of sessions alone, for the table of another instrument.
    #[must_use]
    pub fn only_labels(self) -> Self {
        Self { labels: self.labels, ..Self::default() }
    }

    fn sound(&self) -> Result<(), String> {
        let mut ids = BTreeSet::new();
        let all = self.change.iter().map(|rule| &rule.id);
        for id in all.chain(self.rupture.iter().map(|rule| &rule.id)) {
            let plain = |letter: char| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'
            };
            if id.is_empty() || id.len() > 40 || !id.chars().all(plain) {
                return Err(format!(
                    "`{}` is no id: use up to 40 lower-case letters, digits and hyphens",
                    message(id)
                ));
            }
            if !ids.insert(id) {
                return Err(format!("two criteria have the id `{id}`"));
            }
        }
        if ids.len() > MOST {
            return Err(format!("there are more than {MOST} criteria"));
        }
        for (scale, facts) in &self.scales {
            facts.sound().map_err(|why| format!("[scales.{}]: {why}", message(scale)))?;
        }
        match self.labels.iter().find(|(_, number)| **number < 0) {
            Some((label, _)) => Err(format!("the session `{}` is below 0", message(label))),
            None => Ok(()),
        }
    }
}

impl ScaleFacts {
    fn sound(&self) -> Result<(), String> {
        let reliabilities = [self.reliability, self.reliability_after];
        if reliabilities.into_iter().flatten().any(|value| !(0.0..1.0).contains(&value)) {
            return Err("a reliability is at least 0 and below 1".to_owned());
        }
        let known = match &self.sd {
            Some(Sd::Known(sd)) => Some(*sd),
            _ => None,
        };
        let populations = [self.clinical, self.functional].into_iter().flatten();
        let sds = [known, self.sd_after].into_iter().flatten();
        if sds
            .chain(populations.map(|population| population.sd))
            .any(|sd| !(sd > 0.0 && sd.is_finite()))
        {
            return Err("a standard deviation is above 0".to_owned());
        }
        let means = [self.mean, self.mean_after, self.cutoff, self.minimum, self.centre];
        if means.into_iter().flatten().any(|value| !value.is_finite()) {
            return Err("a number is not finite".to_owned());
        }
        if self.correlation.is_some_and(|r| !(-1.0..=1.0).contains(&r)) {
            return Err("a correlation is from -1 to 1".to_owned());
        }
        Ok(())
    }

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

fn change(file: ChangeFile) -> Result<ChangeRule, String> {
    let form = named::<ChangeForm>("method", &file.method)?;
    match file.limit {
        Some(limit) if !(limit > 0.0 && limit.is_finite()) => {
            Err(format!("`{}`: the limit is above 0", file.id))
        }
        limit => Ok(change_rule(&file.id, form, limit)),
    }
}

fn rupture(file: RuptureFile) -> Result<RuptureRule, String> {
    let at = |why: &str| format!("`{}`: {why}", message(&file.id));
    let choice = |text: &Option<String>| text.clone();
    let drop = |from| {
        let (within, recover) = (file.within.unwrap_or(3), file.recover.unwrap_or(1.0));
        if within == 0 || within > 1000 {
            return Err(at("`within` is from 1 to 1000 sessions"));
        }
        if !(recover > 0.0 && recover <= 1.0) {
            return Err(at("`recover` is above 0 and at most 1"));
        }
        Ok(RuptureKind::Drop { from, within, recover })
    };
    let sudden = |gain| {
        let third = match choice(&file.third) {
            Some(name) => named::<Third>("third", &name)?,
            None => Third::PooledSd,
        };
        let alpha = file.alpha.unwrap_or(0.05);
        if !(alpha > 0.0 && alpha < 1.0) {
            return Err(at("`alpha` is between 0 and 1"));
        }
        let share = file.share.unwrap_or(0.0);
        if !(0.0..=1.0).contains(&share) {
            return Err(at("`share` is from 0 to 1"));
        }
        let critical = crate::sudden::critical(alpha, file.adjust.unwrap_or(true));
        Ok(RuptureKind::Sudden { gain, share, third, critical })
    };
    let kind = match file.kind.as_str() {
        "drop" => drop(DropKind::Drop)?,
        "peak" => drop(DropKind::Peak)?,
        "sudden-loss" => sudden(false)?,
        "sudden-gain" => sudden(true)?,
        "chart" => RuptureKind::Chart {
            spread: match choice(&file.spread) {
                Some(name) => named::<Spread>("spread", &name)?,
                None => Spread::Mean,
            },
            baseline: file.baseline,
        },
        "fences" => RuptureKind::Fences {
            quartiles: match choice(&file.quartiles) {
                Some(name) => named::<Quartiles>("quartiles", &name)?,
                None => Quartiles::Type7,
            },
        },
        _ => return Err(at("`kind` is drop, peak, chart, fences, sudden-loss or sudden-gain")),
    };
    let gaps = match &file.gaps {
        Some(name) => Some(named::<Gaps>("gaps", name)?),
        None => None,
    };
    let need = match (kind, file.need) {
        (kind, None) if kind.has_limits() => Need::Points(0.0),
        (kind, Some(_)) if kind.has_limits() => return Err(at("it has limits and no `need`")),
        (_, None) => Need::Reliable,
        (_, Some(need)) => need,
    };
    let is_positive = |size: f64| size.is_finite() && size > 0.0;
    match need {
        Need::Points(size) | Need::PooledSd(size) | Need::StricterSd(size)
            if !kind.has_limits() && !is_positive(size) =>
        {
            Err(at("`need` is above 0"))
        }
        _ => Ok(RuptureRule { id: file.id, need, gaps, kind }),
    }
}

fn named<T: Choice>(key: &str, name: &str) -> Result<T, String> {
    let found = T::ALL.iter().copied().find(|one| one.name() == name);
    found.ok_or_else(|| {
        let names: Vec<&str> = T::ALL.iter().map(|one| one.name()).collect();
        format!("`{key} = \"{}\"` is none of {}", message(name), names.join(", "))
    })
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
