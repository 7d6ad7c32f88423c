//! Properties tested with very many respondents: no score leaves its range, and prorating changes nothing if no answer
//! is missing.

use scalewright_check::Checked;
use scalewright_model::{Fill, Formula, ItemIx, Terms};
use scalewright_scoring::{Accepted, Column, Range, Reach, Responses, compile, evaluate};

use crate::oracles::{Dice, answers, corpus};

/// The number of respondents for each instrument of the library.
const MANY: usize = 1_000_000;
/// The number of respondents for each fixture.
const FEW: usize = 20_000;
/// The number of respondents per evaluation.
const BATCH: usize = 50_000;

/// Random respondents in four groups: none, one in twenty, one in five, and one in two answers are missing.
fn respondents(checked: &Checked, rows: usize, dice: &mut Dice) -> Responses {
    let items = checked.instrument.as_ref().expect("loaded without error").items.len();
    let column = |item: usize| {
        let choices = match checked.program.answer(ItemIx(item)).map(|answer| &answer.accepted) {
            Some(Accepted::Choices(options)) => {
                (1..1_u32 << options.len()).map(f64::from).collect()
            }
            _ => answers(checked, item),
        };
        let mut column = Column::default();
        for row in 0..rows {
            let odds = [usize::MAX, 20, 5, 2][row % 4];
            let missing = choices.is_empty() || dice.roll(1 << 20).is_multiple_of(odds);
            column.push((!missing).then(|| choices[dice.roll(choices.len())]));
        }
        column
    };
    let items = (0..items).map(column).collect();
    Responses { rows, items }
}

fn assert_in_range(name: &str, reach: &Reach, score: Option<f64>) {
    let Some(score) = score else {
        assert!(reach.may_miss, "{name}: the score is missing, though its range excludes that");
        return;
    };
    let inside = score >= reach.low - 1e-9 && score <= reach.high + 1e-9;
    assert!(inside, "{name}: {score} is outside {} to {}", reach.low, reach.high);
    if let Some(values) = &reach.values {
        let next = values.partition_point(|value| *value < score - 1e-6);
        let near = values.get(next).is_some_and(|value| (value - score).abs() < 1e-6);
        assert!(near, "{name}: {score} is none of the values");
    }
}

#[test]
fn a_million_respondents_stay_in_the_range() {
    let library = crate::support::root().join("instruments");
    for (name, checked) in corpus() {
        let mut dice = Dice::new();
        let rows = if library.join(&name).is_dir() { MANY } else { FEW };
        for _ in 0..rows.div_ceil(BATCH) {
            let responses = respondents(&checked, rows.min(BATCH), &mut dice);
            let complete: Vec<bool> = (0..responses.rows)
                .map(|row| responses.items.iter().all(|column| column.get(row).is_some()))
                .collect();
            let scored = evaluate(&checked.program, &responses);
            let scores = checked.program.scores.iter().zip(&scored).zip(&checked.ranges);
            for ((score, scored), Range { any, complete: full }) in scores {
                let instrument = checked.instrument.as_ref().expect("loaded without error");
                let scale = format!("{name}, {}", instrument.scales[score.scale.0].id);
                for (row, complete) in complete.iter().enumerate() {
                    let score = scored.score.get(row);
                    assert_in_range(&scale, any, score);
                    // Non-response options are answers that count as missing.
                    let heard = *complete && all_scored(&checked, &responses, row);
                    if heard {
                        assert_in_range(&scale, full, score);
                    }
                }
            }
        }
    }
}

/// Whether every answer of a row is given and is not a non-response.
fn all_scored(checked: &Checked, responses: &Responses, row: usize) -> bool {
    responses.items.iter().enumerate().all(|(item, column)| {
        let accepted = checked.program.answer(ItemIx(item)).map(|answer| &answer.accepted);
        accepted.is_none_or(|accepted| column.get(row).is_some_and(|x| accepted.contains(x)))
    })
}

#[test]
fn prorating_complete_responses_gives_the_plain_score() {
    let mut compared = 0;
    for (name, checked) in corpus() {
        let mut instrument = checked.instrument.clone().expect("loaded without error");
        for scale in &mut instrument.scales {
            if matches!(scale.terms, Terms::Items(_)) {
                scale.missing.fill = Fill::Nothing;
            }
        }
        let plain = compile(&instrument);
        let responses = respondents(&checked, 2_000, &mut Dice::new());
        let (ours, theirs) = (evaluate(&checked.program, &responses), evaluate(&plain, &responses));
        for ((score, ours), theirs) in checked.program.scores.iter().zip(&ours).zip(&theirs) {
            let all = score.items.len();
            // Only sums and means: formulas may have conditions on prorated scores.
            if !score.parts().is_empty() || !matches!(score.formula, Formula::Number(_)) {
                continue;
            }
            let gated =
                |item: &ItemIx| checked.program.answer(*item).is_some_and(|a| a.asked.is_some());
            if score.items.iter().any(gated) {
                continue;
            }
            for row in 0..responses.rows {
                if ours.answered[row] as usize == all && !ours.prorated[row] {
                    assert_eq!(ours.score.get(row), theirs.score.get(row), "{name}, row {row}");
                    compared += 1;
                }
            }
        }
    }
    assert!(compared > 10_000, "only {compared} complete scores were compared");
}
