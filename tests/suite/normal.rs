//! The normal form of a program gives the program's scores for every respondent, and its documented properties are
//! true. So a dialect needs to be compared only with the normal form.

use scalewright_check::{Checked, Input, Source, check};
use scalewright_scoring::normal::{CheckIx, Normal, Operation, TruthChecks, Values};
use scalewright_scoring::{Responses, Scored, evaluate};

use crate::invented;
use crate::oracles::{choosing_respondents, corpus};

/// The tolerance: sums in another order differ in their last digits.
const CLOSE: f64 = 1e-9;

fn row(responses: &Responses, row: usize) -> Vec<Option<f64>> {
    responses.items.iter().map(|column| column.get(row)).collect()
}

/// Compares the scores of the program, and what is reported beside them, with those of its normal form. Returns the
/// number of compared scores.
fn compare(name: &str, checked: &Checked) -> usize {
    compare_rows(name, checked, &choosing_respondents(checked))
}

/// Compares them for these responses.
pub(crate) fn compare_rows(name: &str, checked: &Checked, responses: &Responses) -> usize {
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let normal = Normal::of(&checked.program, instrument);
    refer_back(name, &normal);
    let scored = evaluate(&checked.program, responses);
    for at in 0..responses.rows {
        let answers = row(responses, at);
        let values = normal.values(&checked.program, &answers);
        let scores = checked.program.scores.iter().zip(&values.scores).zip(&scored);
        for ((score, own), scored) in scores {
            let (expected, id) = (scored.score.get(at), &instrument.scales[score.scale.0].id);
            let same = match (expected, *own) {
                (Some(a), Some(b)) => (a - b).abs() <= CLOSE * a.abs().max(1.0),
                (a, b) => a == b,
            };
            assert!(same, "{name}, `{id}`: {own:?} for {expected:?} from {answers:?}");
        }
        let marks = |score: &Scored| (score.answered[at] as usize, score.prorated[at]);
        let expected: Vec<(usize, bool)> = scored.iter().map(marks).collect();
        let own = values.answered.iter().copied().zip(values.prorated.iter().copied());
        assert_eq!(own.collect::<Vec<_>>(), expected, "{name}: marks from {answers:?}");
        keeps_its_promises(name, &normal, &values);
    }
    responses.rows * scored.len()
}

/// Asserts that steps refer only to earlier steps, and that no check is listed twice.
fn refer_back(name: &str, normal: &Normal) {
    for (at, step) in normal.steps.iter().enumerate() {
        assert!(step.operation.operands().iter().all(|operand| operand.0 < at), "{name}: {step:?}");
    }
    for (at, check) in normal.checks.iter().enumerate() {
        assert!(!normal.checks[..at].contains(check), "{name}: {check:?} is listed twice");
    }
}

/// Asserts the documented properties of every step and condition of the normal form.
fn keeps_its_promises(name: &str, normal: &Normal, values: &Values) {
    let is = |check: CheckIx| values.checks[check.0];
    for (step, value) in normal.steps.iter().zip(&values.steps) {
        assert_eq!(is(step.known), value.is_some(), "{name}: {step:?} is {value:?}");
        assert_eq!(is(step.exists), value.is_some(), "{name}: {step:?} is {value:?}");
        let operands = step.operation.operands();
        let all = operands.iter().all(|operand| values.steps[operand.0].is_some());
        match step.operation {
            Operation::Arithmetic { .. }
            | Operation::Apply { .. }
            | Operation::Round { .. }
            | Operation::Sum(_)
            | Operation::Recode { .. }
            | Operation::Lookup { .. } => {
                assert_eq!(is(step.known), all && is(step.when), "{name}: {step:?}");
            }
            _ => {}
        }
        let Some(value) = *value else { continue };
        let slack = CLOSE * value.abs().max(1.0);
        let inside = value >= step.low - slack && value <= step.high + slack;
        assert!(inside, "{name}: {value} is outside {step:?}");
        assert!(!step.whole || value.fract() == 0.0, "{name}: {value} is not whole: {step:?}");
    }
    for TruthChecks { yes, no, known } in normal.asked.iter().flatten() {
        assert!(!(is(*yes) && is(*no)), "{name}: true and false at once");
        assert_eq!(is(*known), is(*yes) || is(*no), "{name}");
    }
}

#[test]
fn the_normal_form_gives_the_scores_of_the_program() {
    let compared: usize = corpus().iter().map(|(name, checked)| compare(name, checked)).sum();
    assert!(compared > 20_000, "{compared} scores were compared");
}

#[test]
fn the_normal_form_gives_the_scores_of_invented_instruments() {
    let compared: usize =
        invented::corpus().iter().map(|(name, checked)| compare(name, checked)).sum();
    assert!(compared > 5_000, "{compared} scores were compared");
}

/// A chain of scores, each computed from the one before in three places.
fn chain(length: usize) -> Normal {
    let mut text = include_str!("prorated/base.toml").to_owned();
    let mut before = "pomp".to_owned();
    for at in 0..length {
        text.push_str(&format!(
            "\n[[scales]]\nid = \"s{at}\"\ntitle = \"S {at}\"\nscore = \"formula\"\nmissing = \"in-formula\"\nformula = 'if {before} > 1 then {before} else {before} + 1'\n"
        ));
        before = format!("s{at}");
    }
    let source = Source { name: "chain.toml".to_owned(), bytes: text.into_bytes() };
    let checked = check(Input::alone(source));
    let instrument = checked.instrument.as_ref().expect("the definition is valid");
    Normal::of(&checked.program, instrument)
}

#[test]
fn a_mark_refers_to_the_marks_of_the_scores_used() {
    let (short, long) = (chain(50), chain(100));
    let growth = long.checks.len() - short.checks.len();
    assert!(growth <= 50 * 12, "{growth} more checks for 50 more scores");
    assert!(long.prorated.iter().filter(|mark| **mark != CheckIx::NEVER).count() > 100);
}

#[test]
fn a_score_without_substitutes_is_never_marked() {
    let (mut never, mut marked) = (0, 0);
    for (name, checked) in corpus() {
        let instrument = checked.instrument.as_ref().expect("loaded without error");
        let normal = Normal::of(&checked.program, instrument);
        let text = checked.program.text(instrument);
        let fills = text.contains("; prorate") || text.contains("; substitute");
        let marks = normal.prorated.iter().filter(|mark| **mark != CheckIx::NEVER).count();
        assert!(fills || marks == 0, "{name} has no substitutes, but marks");
        never += normal.prorated.len() - marks;
        marked += marks;
    }
    assert!(never > 20 && marked > 20, "{never} and {marked}");
}
