//! Reads a file of criteria.

use std::collections::BTreeMap;

use scalewright_model::text::message;
use scalewright_model::{Choice, Stop};
use serde::Deserialize;

use crate::change::ChangeForm;
use crate::chart::{Gaps, Quartiles, Spread};
use crate::drops::DropKind;
use crate::sessions::EarlyRule;
use crate::sheet::Labels;
use crate::sudden::Third;

use super::{ChangeRule, Criteria, Need, RuptureKind, RuptureRule, ScaleFacts, change_rule};

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
