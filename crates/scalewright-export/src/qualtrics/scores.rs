//! Scores, bands and flags as fields that the survey flow sets after the last question.

use scalewright_model::{Band, Comparison, Diagnostic, Lower, Scale, ScaleWording, Upper};
use scalewright_scoring::Score;
use scalewright_scoring::emit::digits;
use scalewright_scoring::normal::{CheckIx, Operation, Output, StepIx};

use super::amount::{Amount, bounds};
use super::conditions::{Atom, Cases, always, both, met, tested};
use super::fields::Fields;
use super::grading::Grading;
use super::values::Value;
use crate::ExportRequest;
use crate::code::lines::{Print, unsupported};
use crate::code::losses::{BANDS, SCORE};
use crate::code::options::Columns;
use crate::loss::{refused, unscored};

/// Fields that are set when a condition is true, and what is decided after that.
#[derive(Debug, Clone, Default)]
pub(super) struct Branch {
    pub(super) when: Cases,
    pub(super) set: Vec<(String, String)>,
    pub(super) then: Vec<Branch>,
}

/// The fields of all scores of an instrument.
#[derive(Default)]
pub(super) struct Scores {
    pub(super) branches: Vec<Branch>,
    /// The names of the fields with results, in the order of the definition.
    pub(super) columns: Vec<String>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// A score as the survey flow computes it.
pub(super) enum Plan {
    /// A number computed from points.
    Amount(Value, Cases),
    /// One of several numbers, each with its condition.
    Cases(Vec<(Cases, f64)>),
    /// A truth value: when it is true, and when it is false.
    Truth(Cases, Cases),
}

/// The fields of the scores that `request` publishes.
pub(super) fn scores(
    request: &ExportRequest<'_>,
    grading: &Grading<'_>,
    fields: &mut Fields,
    columns: Columns,
) -> Scores {
    let mut scores = Scores { diagnostics: unscored(request, "Qualtrics"), ..Scores::default() };
    let published = request.published();
    let mut order: Vec<usize> = (0..published.len()).filter(|at| published[*at]).collect();
    order.sort_by_key(|at| request.program.scores[*at].scale);
    for position in order {
        scores.add(request, grading, fields, (position, columns));
    }
    scores
}

impl Scores {
    fn add(
        &mut self,
        request: &ExportRequest<'_>,
        grading: &Grading<'_>,
        fields: &mut Fields,
        (position, columns): (usize, Columns),
    ) {
        let score = &request.program.scores[position];
        let scale = &request.instrument.scales[score.scale.0];
        let before = fields.lengths();
        let made = grading.plan(position, fields).and_then(|plan| {
            let mut branches = grading.branches(&plan, score, scale, fields)?;
            let marks = match columns {
                Columns::All => grading.marks((position, &scale.id), &mut branches, fields)?,
                Columns::Scores => Marks::default(),
            };
            Ok((branches, plan, marks))
        });
        let (mut branches, plan, marks) = match made {
            Ok(made) => made,
            Err(why) => {
                // Nothing else needs what only this score would have needed.
                fields.shorten(before);
                self.diagnostics.push(refused(request, scale.pointer(), (&SCORE, &scale.id), &why));
                return;
            }
        };
        self.columns.push(format!("{}{}", fields.prefix, scale.id));
        self.columns.extend(marks.names.iter().map(|name| format!("{}{name}", fields.prefix)));
        if columns == Columns::All {
            let words = &request.wording.scales[score.scale.0];
            let bands = add_bands((scale, words), &plan, &mut branches, &fields.prefix);
            match bands {
                Ok(names) => self.columns.extend(names),
                Err(why) => {
                    self.diagnostics.push(refused(
                        request,
                        scale.pointer(),
                        (&BANDS, &scale.id),
                        &why,
                    ));
                }
            }
        }
        self.branches.extend(branches);
        self.branches.extend(marks.branches);
    }
}

/// The columns about the answers that a score uses.
#[derive(Default)]
struct Marks {
    names: Vec<String>,
    branches: Vec<Branch>,
}

impl Grading<'_> {
    /// How the survey flow computes a score.
    pub(super) fn plan(&self, position: usize, fields: &mut Fields) -> Print<Plan> {
        match &self.normal.scores[position] {
            Output::Truth(truth) => {
                let yes = self.cases(truth.yes, fields)?;
                Ok(Plan::Truth(yes, self.cases(truth.no, fields)?))
            }
            Output::Number(step) => self.number_plan(*step, fields),
            Output::Word { position: step, words: _ } => match self.number_plan(*step, fields)? {
                Plan::Amount(value, known) => {
                    let values: Vec<_> =
                        value.values()?.into_iter().map(|value| (value, Some(value))).collect();
                    stretches(&value.amount, &values, &known, fields).map(Plan::Cases)
                }
                plan => Ok(plan),
            },
        }
    }

    fn number_plan(&self, step: StepIx, fields: &mut Fields) -> Print<Plan> {
        if self.reads.step(step).is_too_deep() {
            return unsupported("its formula is nested too deeply");
        }
        if let Operation::Choose { cases, otherwise } = &self.normal.step(step).operation
            && Self::only_item(self.reads.step(step)).is_none()
        {
            return self.chosen(cases, *otherwise, fields);
        }
        let direct = self.value(step);
        let why = match direct {
            Ok(value) => {
                // The formula must be expressible before its branch is written.
                let known = met(&value.needs, true, fields)?;
                return Ok(Plan::Amount(value, known));
            }
            Err(why) => why,
        };
        let Ok(mapped) = self.mapped(step) else { return Err(why) };
        let known = met(&mapped.of.needs, true, fields)?;
        stretches(&mapped.of.amount, &mapped.values, &known, fields).map(Plan::Cases)
    }

    /// A number that is chosen by conditions.
    fn chosen(
        &self,
        cases: &[(CheckIx, StepIx)],
        otherwise: StepIx,
        fields: &mut Fields,
    ) -> Print<Plan> {
        let mut all: Vec<(Cases, f64)> = Vec::new();
        let mut before = always();
        for (check, step) in cases {
            let own = both(&before, &self.cases(*check, fields)?)?;
            all.extend(self.chosen_number(*step, own, fields)?);
            before = both(&before, &self.opposite(*check, fields)?)?;
        }
        all.extend(self.chosen_number(otherwise, before, fields)?);
        Ok(Plan::Cases(all))
    }

    fn chosen_number(
        &self,
        step: StepIx,
        when: Cases,
        fields: &mut Fields,
    ) -> Print<Vec<(Cases, f64)>> {
        if matches!(self.normal.step(step).operation, Operation::Missing) || when.is_empty() {
            return Ok(Vec::new());
        }
        if let Some(value) = self.normal.constant(step) {
            return Ok(vec![(when, value)]);
        }
        match self.number_plan(step, fields)? {
            Plan::Cases(cases) => {
                let both = cases.into_iter().map(|(own, value)| Ok((both(&when, &own)?, value)));
                both.collect()
            }
            Plan::Amount(_, _) | Plan::Truth(_, _) => {
                unsupported("a condition chooses one of several formulas for it")
            }
        }
    }

    /// The branches that set the field of a score.
    fn branches(
        &self,
        plan: &Plan,
        score: &Score,
        scale: &Scale,
        fields: &mut Fields,
    ) -> Print<Vec<Branch>> {
        let name = format!("{}{}", fields.prefix, scale.id);
        let branch = |when: &Cases, value: String| Branch {
            when: when.clone(),
            set: vec![(name.clone(), value)],
            then: Vec::new(),
        };
        let words = match &score.formula {
            scalewright_model::Formula::Word { position: _, words } => Some(words),
            _ => None,
        };
        let text = |value: f64| match words {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "a position among words"
            )]
            Some(words) => words.get(value as usize).map(|word| plain(word)).transpose(),
            None => Ok(Some(digits(value))),
        };
        Ok(match plan {
            Plan::Amount(_, _) if words.is_some() => {
                return unsupported("it is a word computed from points");
            }
            Plan::Amount(value, known) => {
                vec![branch(known, value.amount.field(&name, &mut fields.categories)?)]
            }
            Plan::Cases(cases) => {
                let mut branches = Vec::new();
                for (when, value) in cases {
                    branches.extend(text(*value)?.map(|text| branch(when, text)));
                }
                branches
            }
            Plan::Truth(yes, no) => vec![branch(yes, "1".to_owned()), branch(no, "0".to_owned())],
        })
    }

    /// The number of answers that a score uses, and whether it replaces missing ones. `branches` set the score.
    fn marks(
        &self,
        (position, id): (usize, &str),
        branches: &mut [Branch],
        fields: &mut Fields,
    ) -> Print<Marks> {
        let name = |ending: &str| format!("{}{id}_{ending}", fields.prefix);
        let (answered, prorated) = (name("answered"), name("prorated"));
        let need = self.need(&self.normal.answered[position], 0)?;
        let count = Amount::Sum(need.points, 0.0).field(&answered, &mut fields.categories)?;
        let mut more = vec![labelled(always(), &answered, &count)];
        branches.iter_mut().for_each(|branch| branch.set.push((prorated.clone(), "0".to_owned())));
        match self.normal.prorated[position] {
            CheckIx::NEVER => {}
            check => more.push(labelled(self.cases(check, fields)?, &prorated, "1")),
        }
        let names = vec![format!("{id}_answered"), format!("{id}_prorated")];
        Ok(Marks { names, branches: more })
    }
}

/// Adds the labels of bands to the branches of a score. Returns the names of their fields.
fn add_bands(
    (scale, words): (&Scale, &ScaleWording),
    plan: &Plan,
    branches: &mut [Branch],
    prefix: &str,
) -> Print<Vec<String>> {
    let (mut names, mut added) = (Vec::new(), vec![Vec::new(); branches.len()]);
    for ((set, bands), labels) in scale.all_bands().zip(words.all_bands()) {
        let name = match set {
            None => format!("{prefix}{}_band", scale.id),
            Some(set) => format!("{prefix}{}_band_{set}", scale.id),
        };
        let field = format!("{prefix}{}", scale.id);
        match plan {
            Plan::Amount(value, _) => {
                added[0].extend(banded(value, (&field, &name), bands, labels)?)
            }
            Plan::Cases(cases) => {
                for (at, (_, value)) in cases.iter().enumerate().take(added.len()) {
                    if let Some(label) = label(*value, bands, labels) {
                        added[at].push(labelled(always(), &name, &plain(label)?));
                    }
                }
            }
            Plan::Truth(_, _) => {
                // A truth value is scored 1 or 0.
                for (branch, value) in added.iter_mut().zip([1.0, 0.0]) {
                    if let Some(label) = label(value, bands, labels) {
                        branch.push(labelled(always(), &name, &plain(label)?));
                    }
                }
            }
        }
        names.push(name);
    }
    branches.iter_mut().zip(added).for_each(|(branch, bands)| branch.then.extend(bands));
    Ok(names)
}

fn labelled(when: Cases, name: &str, label: &str) -> Branch {
    Branch { when, set: vec![(name.to_owned(), label.to_owned())], then: Vec::new() }
}

/// The branches for the bands of a number. The last field that is set counts, so the first band comes last.
fn banded(
    value: &Value,
    (field, name): (&str, &str),
    bands: &[Band],
    labels: &[String],
) -> Print<Vec<Branch>> {
    let values = value.values()?;
    let mut branches = Vec::new();
    for (band, label) in bands.iter().zip(labels).rev() {
        let mut atoms = Vec::new();
        let mut is_possible = true;
        for (comparison, edge) in edges(band) {
            match bounds(&value.amount, &values, comparison, edge)? {
                None => is_possible = false,
                Some(tests) => atoms.extend(tests.into_iter().map(|(operator, right)| {
                    Atom::Field { name: field.to_owned(), operator, right }
                })),
            }
        }
        if is_possible {
            branches.push(labelled(vec![atoms], name, &plain(label)?));
        }
    }
    Ok(branches)
}

/// The ends of a band as comparisons; one without an end has none there.
fn edges(band: &Band) -> Vec<(Comparison, f64)> {
    let lower = match band.lower {
        Lower::From(from) => (Comparison::AtLeast, from),
        Lower::Above(above) => (Comparison::Greater, above),
    };
    let upper = match band.upper {
        Upper::To(to) => (Comparison::AtMost, to),
        Upper::Below(below) => (Comparison::Less, below),
    };
    [lower, upper].into_iter().filter(|(_, edge)| edge.is_finite()).collect()
}

/// The label of the first band that contains a number.
fn label<'l>(value: f64, bands: &[Band], labels: &'l [String]) -> Option<&'l str> {
    let within = |band: &Band| {
        edges(band).into_iter().all(|(comparison, edge)| comparison.holds(value, edge))
    };
    let (_, label) = bands.iter().zip(labels).find(|(band, _)| within(band))?;
    Some(label)
}

/// A text as the value of a field, which Qualtrics would read for fields in `${…}` and formulas in `$e{…}`.
fn plain(text: &str) -> Print<String> {
    if text.contains("${") || text.contains("$e{") {
        return unsupported("Qualtrics would replace `${` or `$e{` in a text of a field");
    }
    if text.chars().any(char::is_control) || text.trim() != text {
        return unsupported("a field of Qualtrics is one line of text without spaces around it");
    }
    Ok(text.to_owned())
}

/// The conditions for the values of a number that another number depends on: neighbouring values with the same result
/// share a condition.
fn stretches(
    amount: &Amount,
    values: &[(f64, Option<f64>)],
    known: &Cases,
    fields: &mut Fields,
) -> Print<Vec<(Cases, f64)>> {
    let mut cases = Vec::new();
    let (all, mut rest): (Vec<f64>, _) = (values.iter().map(|(of, _)| *of).collect(), values);
    while let Some((first, value)) = rest.first() {
        let len = rest.iter().take_while(|(_, other)| other == value).count();
        if let Some(value) = value {
            let mut tests = Vec::new();
            for (comparison, edge) in
                [(Comparison::AtLeast, *first), (Comparison::AtMost, rest[len - 1].0)]
            {
                tests.extend(bounds(amount, &all, comparison, edge)?.into_iter().flatten());
            }
            let own = vec![tested(amount, tests, fields)?];
            cases.push((both(known, &own)?, *value));
        }
        rest = &rest[len..];
    }
    Ok(cases)
}
