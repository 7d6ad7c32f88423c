//! The normal form of a program means what the program means, for every respondent: a dialect then needs to be compared
//! with the normal form alone.

use scalewright_check::Checked;
use scalewright_scoring::normal::Normal;
use scalewright_scoring::{Responses, evaluate};

use crate::invented;
use crate::oracles::{corpus, respondents};

/// Tidied numbers are the same; sums in another order differ in their last digits.
const CLOSE: f64 = 1e-9;

fn row(responses: &Responses, row: usize) -> Vec<Option<f64>> {
    responses.items.iter().map(|column| column.get(row)).collect()
}

fn compare(name: &str, checked: &Checked) -> usize {
    let instrument = checked.instrument.as_ref().expect("loaded without error");
    let normal = Normal::of(&checked.program, instrument);
    let responses = respondents(checked);
    let scored = evaluate(&checked.program, &responses);
    for at in 0..responses.rows {
        let answers = row(&responses, at);
        let scores = normal.scores_of(&checked.program, &answers);
        for ((score, own), scored) in checked.program.scores.iter().zip(scores).zip(&scored) {
            let (expected, id) = (scored.score.get(at), &instrument.scales[score.scale.0].id);
            let same = match (expected, own) {
                (Some(a), Some(b)) => (a - b).abs() <= CLOSE * a.abs().max(1.0),
                (a, b) => a == b,
            };
            assert!(same, "{name}, `{id}`: {own:?} for {expected:?} from {answers:?}");
        }
    }
    responses.rows * scored.len()
}

#[test]
fn the_normal_form_scores_as_the_program_does() {
    let compared: usize = corpus().iter().map(|(name, checked)| compare(name, checked)).sum();
    assert!(compared > 20_000, "{compared} scores were compared");
}

#[test]
fn the_normal_form_scores_invented_instruments_as_their_programs_do() {
    let compared: usize =
        invented::corpus().iter().map(|(name, checked)| compare(name, checked)).sum();
    assert!(compared > 5_000, "{compared} scores were compared");
}
