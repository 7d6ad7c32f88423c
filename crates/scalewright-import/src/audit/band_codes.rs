//! Bands that a form computes as codes, in a field with any name: 0 for `minimal`, 1 for `mild`.
//!
//! A field has the codes of a score's bands if it changes with the score alone, never returns to an earlier code as the
//! score rises, and has as many codes as the definition has bands.

use scalewright_model::Band;
use scalewright_model::Severity;

use super::both::Both;
use super::types::Discrepancy;
use crate::form::rule::Answers;
use crate::prove::{in_words, is_equal};
use crate::value::Value;

/// A score on both sides: its position in the program of the definition, and in the form.
#[derive(Clone, Copy)]
pub(super) struct Pair {
    pub(super) position: usize,
    pub(super) score: usize,
}

/// A score of the form with its code, and a respondent who has both.
struct Step {
    score: f64,
    code: Value,
    respondent: usize,
}

/// Whether `field`, a score of the form, has the codes of the bands of a score; if so, a finding if a score has the code of
/// another band.
pub(super) fn of_field(
    both: &Both<'_>,
    pair: Pair,
    bands: &[Band],
    field: usize,
) -> Option<Option<Discrepancy>> {
    let steps = steps(both, pair.score, field)?;
    let codes = ranks(steps.iter().map(|step| &step.code), is_equal)?;
    let own: Vec<usize> = steps
        .iter()
        .map(|step| bands.iter().position(|band| band.contains(step.score)))
        .collect::<Option<_>>()?;
    let own_ranks = ranks(own.iter(), |one, other| one == other)?;
    let is_like = codes.last() == own_ranks.last() && codes.last().is_some_and(|last| *last > 0);
    if !is_like {
        return None;
    }
    let differs = (0..steps.len()).find(|at| codes[*at] != own_ranks[*at]);
    Some(differs.map(|at| {
        let theirs = own_ranks.iter().position(|rank| *rank == codes[at]).map(|first| own[first]);
        finding(both, pair, field, &steps[at], (theirs.map(|band| &bands[band]), &bands[own[at]]))
    }))
}

/// The scores of the form in ascending order, each with its code; `None` if a score has several codes, or a field has none.
fn steps(both: &Both<'_>, score: usize, field: usize) -> Option<Vec<Step>> {
    let form = both.matched.form;
    let value = |of: usize, answers: &Answers| {
        let source = form.scores[of].rule.source.as_deref();
        source.map_or(Value::Blank, |source| both.value_of(source, answers))
    };
    let mut steps: Vec<Step> = Vec::new();
    for respondent in both.complete_sets() {
        let answers = &both.sets[respondent];
        let score = value(score, answers).score()?;
        let code = value(field, answers);
        if code == Value::Blank {
            return None;
        }
        match steps.binary_search_by(|step| step.score.total_cmp(&score)) {
            Ok(at) if !is_equal(&steps[at].code, &code) => return None,
            Ok(_) => {}
            Err(at) => steps.insert(at, Step { score, code, respondent }),
        }
    }
    Some(steps)
}

/// For each of some values, how many other values came before it; `None` if an earlier value returns.
fn ranks<'v, V: 'v>(
    values: impl Iterator<Item = &'v V>,
    is_same: impl Fn(&V, &V) -> bool,
) -> Option<Vec<usize>> {
    let (mut seen, mut ranks): (Vec<&V>, Vec<usize>) = (Vec::new(), Vec::new());
    for value in values {
        match seen.iter().position(|known| is_same(known, value)) {
            Some(at) if at + 1 == seen.len() => {}
            Some(_) => return None,
            None => seen.push(value),
        }
        ranks.push(seen.len() - 1);
    }
    Some(ranks)
}

fn finding(
    both: &Both<'_>,
    pair: Pair,
    field: usize,
    step: &Step,
    (theirs, own): (Option<&Band>, &Band),
) -> Discrepancy {
    let form = both.matched.form;
    let (score, field) = (&form.scores[pair.score], &form.scores[field]);
    let has_it = |answers: &Answers| {
        let source = score.rule.source.as_ref();
        let value = source.and_then(|source| both.value_of(source.as_ref(), answers).score());
        value == Some(step.score)
    };
    let respondent = both.smallest(step.respondent, has_it);
    let program = both.matched.against.program;
    let scale = program.scores[pair.position].scale;
    let theirs =
        theirs.map_or_else(|| "another band".to_owned(), |band| format!("`{}`", band.label));
    let message = format!(
        "a `{}` of {} is in {theirs} in the form (`{}` is {}) and in `{}` by the definition, for instance with {}",
        both.matched.instrument().scales[scale.0].id,
        step.score,
        field.column,
        in_words(&step.code),
        own.label,
        both.described(&respondent)
    );
    Discrepancy::new("band-differs", Severity::Error, &field.rule.place, message)
}
