//! Norms: each derived score of each norm becomes a scale. Its formula compares a raw score with the group that the
//! respondent belongs to.

use std::sync::Arc;

use crate::file::{InstrumentFile, NormFile, NormGroupFile};
use crate::formula::{ParsedFormula, Scope, read};
use crate::vocabulary::Derived;
use crate::{
    Diagnostic, Expr, Formula, Function, Operator, Origin, Pointer, Scale, ScaleIx, Table,
};

use super::formulas::formula_scale;
use super::names;
use super::scales::references;
use super::tables::Named;

/// A derived score whose formula has not been resolved yet.
pub(super) struct DerivedScore {
    /// The scale for the derived score, without its formula.
    pub(super) scale: Scale,
    raw: ScaleIx,
    derived: Derived,
    round: Option<u32>,
    groups: Vec<NormGroup>,
}

/// A group of a norm.
#[derive(Clone)]
struct NormGroup {
    when: Option<(ParsedFormula, Pointer)>,
    /// `None` if it is invalid. The condition is still resolved then, so that its errors are reported too.
    reference: Option<NormReference>,
    valid: bool,
}

/// What a raw score is compared with: the mean and standard deviation of a group, or a table.
#[derive(Clone)]
enum NormReference {
    Moments { mean: f64, sd: f64 },
    Table(Arc<Table>),
}

/// Returns the derived scores of all norms whose scale exists. Invalid parts are reported, and the valid parts of the
/// same norm are resolved nevertheless.
pub(super) fn derived_scores(
    file: &InstrumentFile,
    scales: &[Scale],
    tables: &Named<'_, Table>,
    found: &mut Vec<Diagnostic>,
) -> Vec<DerivedScore> {
    let mut derived_scores = Vec::new();
    for (index, norm) in file.norms.iter().enumerate() {
        let place = Pointer::norm(index);
        let source = references(file, &norm.source, &place.key("source"), found);
        let known = scales.iter().map(|scale| scale.id.as_str());
        let raw =
            names::find("scale", "unknown-scale", &norm.scale, known, place.key("scale"), found);
        // Before `raw` is required, so that errors in the groups are reported even if the scale is unknown.
        let groups: Vec<NormGroup> =
            (0..norm.groups.len()).map(|at| group(norm, at, &place, tables, found)).collect();
        check_kinds(norm, &place, found);
        let Some(raw) = raw else { continue };
        for &derived in &norm.derive {
            let id = format!("{}_{}", norm.id, derived.name());
            let title = format!("{}, {} ({})", scales[raw].title, derived.title(), norm.title);
            let scale = Scale {
                description: norm.population.clone(),
                key_status: scales[raw].key_status,
                key_source: source.clone(),
                ..formula_scale(&id, &title, Origin::Norm(index, derived))
            };
            let (raw, round, groups) = (ScaleIx(raw), norm.round, groups.clone());
            derived_scores.push(DerivedScore { scale, raw, derived, round, groups });
        }
    }
    derived_scores
}

/// Reports kinds of derived score that are listed twice or do not fit the groups.
fn check_kinds(norm: &NormFile, place: &Pointer, found: &mut Vec<Diagnostic>) {
    let tabled = norm.groups.iter().any(|group| group.table.is_some());
    if tabled && norm.derive.len() > 1 {
        let finding = Diagnostic::error(
            "broken-norm",
            "a table gives only one kind of derived score",
        )
        .at(place.key("derive"), "")
        .help("name the kind that the tables contain, and add another norm for each further kind");
        found.push(finding);
    }
    if !tabled && norm.derive.contains(&Derived::Measure) {
        let finding = Diagnostic::error("broken-norm", "a measure needs a table")
            .at(place.key("derive"), "")
            .help("give each group a `table`");
        found.push(finding);
    }
    for (index, derived) in norm.derive.iter().enumerate() {
        if norm.derive[..index].contains(derived) {
            let finding =
                Diagnostic::error("broken-norm", "a kind of derived score is listed twice")
                    .at(place.key("derive").index(index), "")
                    .help("remove it");
            found.push(finding);
        }
    }
}

fn group(
    norm: &NormFile,
    at: usize,
    place: &Pointer,
    tables: &Named<'_, Table>,
    found: &mut Vec<Diagnostic>,
) -> NormGroup {
    let group = &norm.groups[at];
    let here = place.key("groups").index(at);
    let when = group.when.as_ref().and_then(|text| {
        let place = here.key("when");
        Some((read(text, &place, found)?, place))
    });
    let reference = reference(group, &here, tables, found);
    // A condition that cannot be parsed must not turn the group into one without a condition, which takes everyone.
    let valid = when.is_some() == group.when.is_some() && reference.is_some();
    NormGroup { when, reference, valid }
}

fn reference(
    group: &NormGroupFile,
    here: &Pointer,
    tables: &Named<'_, Table>,
    found: &mut Vec<Diagnostic>,
) -> Option<NormReference> {
    let mut refuse = |message: &str, place: Pointer, help: &str| {
        found.push(Diagnostic::error("broken-norm", message).at_key(place, "").help(help));
        None
    };
    match (group.mean, group.sd, &group.table) {
        (Some(mean), Some(sd), None) if sd > 0.0 => Some(NormReference::Moments { mean, sd }),
        // The schema refuses a negative number, so only 0 remains.
        (Some(_), Some(_), None) => refuse(
            "the standard deviation is 0",
            here.key("sd"),
            "the scores of a norm group must differ: give the `sd` that the source states",
        ),
        (None, None, Some(name)) => {
            let known = tables.keys().copied();
            let place = here.key("table");
            let position =
                names::find("table", "unknown-table", name, known, place.clone(), found)?;
            // `find` has searched the keys of the same map, so the positions agree.
            let table = tables.values().nth(position)?.clone()?;
            if table.matching.len() == 1 {
                return Some(NormReference::Table(table));
            }
            let finding = Diagnostic::error(
                "broken-norm",
                format!("the table `{name}` needs more numbers than the raw score"),
            )
            .at(place, "")
            .help("give each group a table of its own, or write a formula with `lookup(…)`");
            found.push(finding);
            None
        }
        _ => refuse(
            "a group needs `mean` and `sd`, or a `table`",
            here.clone(),
            "give `mean` and `sd`, or only `table`",
        ),
    }
}

/// Returns the formulas of the derived scores. `None` for a derived score with an invalid part. The derived scores of a
/// norm share its groups, so findings about groups are reported only for the first of them.
pub(super) fn formulas(
    derived_scores: &[DerivedScore],
    names: &Scope<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Option<Formula>> {
    let norm = |score: &DerivedScore| match score.scale.origin {
        Origin::Norm(norm, _) => Some(norm),
        _ => None,
    };
    let mut formulas = Vec::new();
    let mut last = None;
    for score in derived_scores {
        let mut own = Vec::new();
        formulas.push(score.formula(names, &mut own));
        if last != norm(score) {
            found.extend(own);
        }
        last = norm(score);
    }
    formulas
}

impl DerivedScore {
    /// Returns a chain of choices that compares the raw score with the first group that the respondent belongs to.
    fn formula(&self, names: &Scope<'_>, found: &mut Vec<Diagnostic>) -> Option<Formula> {
        let mut valid = true;
        let mut chain = Expr::Missing;
        // From the last group to the first, because each choice contains the following one as its `else` branch.
        for group in self.groups.iter().rev() {
            let value = group.reference.as_ref().map_or(Expr::Missing, |of| self.value(of));
            valid &= group.valid;
            match &group.when {
                // A group without a condition takes everyone, so the groups after it, which are in `chain`, are never
                // reached.
                None => chain = value,
                Some((written, place)) => match written.test(names, place, found) {
                    // If the condition is unknown, there is no derived score: a later group could be the wrong one.
                    Some(test) => chain = Expr::choice(test, value, chain),
                    None => valid = false,
                },
            }
        }
        valid.then_some(Formula::Number(chain))
    }

    /// Returns the derived score for one group, rounded as the norm states.
    fn value(&self, reference: &NormReference) -> Expr {
        let raw = Expr::Score(self.raw);
        let value = match reference {
            NormReference::Table(table) => Expr::Lookup { of: vec![raw], table: table.clone() },
            NormReference::Moments { mean, sd } => {
                let distance = Expr::arithmetic(Operator::Subtract, raw, Expr::Number(*mean));
                self.derived.of_z(Expr::arithmetic(Operator::Divide, distance, Expr::Number(*sd)))
            }
        };
        match self.round {
            Some(decimals) => Expr::Round { of: Box::new(value), decimals },
            None => value,
        }
    }
}

impl Derived {
    /// Returns the name used in ids: `t`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Z => "z",
            Self::T => "t",
            Self::Iq => "iq",
            Self::Stanine => "stanine",
            Self::Sten => "sten",
            Self::Percentile => "percentile",
            Self::Measure => "measure",
        }
    }

    /// Returns the name in words: `T score`.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Z => "z score",
            Self::T => "T score",
            Self::Iq => "deviation quotient",
            Self::Stanine => "stanine",
            Self::Sten => "sten",
            Self::Percentile => "percentile rank",
            Self::Measure => "measure",
        }
    }

    /// Returns the derived score as a function of the z score. Stanines and stens are rounded and limited to their
    /// range.
    fn of_z(self, z: Expr) -> Expr {
        let linear = |add: f64, times: f64, z: Expr| {
            let product = Expr::arithmetic(Operator::Multiply, Expr::Number(times), z);
            Expr::arithmetic(Operator::Add, Expr::Number(add), product)
        };
        let rounded = |of: Expr| Expr::Round { of: Box::new(of), decimals: 0 };
        match self {
            // `check_kinds` reports a measure without a table, so this value is never used.
            Self::Z | Self::Measure => z,
            Self::T => linear(50.0, 10.0, z),
            Self::Iq => linear(100.0, 15.0, z),
            Self::Stanine => {
                Expr::clamp(rounded(linear(5.0, 2.0, z)), Expr::Number(1.0), Expr::Number(9.0))
            }
            Self::Sten => {
                Expr::clamp(rounded(linear(5.5, 2.0, z)), Expr::Number(1.0), Expr::Number(10.0))
            }
            Self::Percentile => {
                let share = Expr::Apply { function: Function::NormalCdf, of: Box::new(z) };
                Expr::arithmetic(Operator::Multiply, Expr::Number(100.0), share)
            }
        }
    }
}
