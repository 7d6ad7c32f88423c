//! `--explain`: how the scores of one respondent come about.

use std::fmt::Write;

use scalewright_model::Instrument;
use scalewright_scoring::{Column, Program, Responses, evaluate};

/// The answers of one respondent, an item a line, and the scores made of them.
pub(crate) fn row(instrument: &Instrument, program: &Program, answers: &[Option<f64>]) -> String {
    let mut text = String::new();
    for (item, answer) in instrument.items.iter().zip(answers) {
        let answer = answer.map_or("missing".to_owned(), |answer| answer.to_string());
        let _ = writeln!(text, "{}: {answer}", item.id);
    }
    let column = |answer: &Option<f64>| {
        let mut column = Column::default();
        column.push(*answer);
        column
    };
    let responses = Responses { rows: 1, items: answers.iter().map(column).collect() };
    for (score, scored) in program.scores.iter().zip(evaluate(program, &responses)) {
        let value = scored.score.get(0).map_or("no score".to_owned(), |score| score.to_string());
        let _ = writeln!(text, "{} = {value}", instrument.scales[score.scale.0].id);
    }
    text
}
