//! Explains the scores of one respondent, step by step.

mod keyed;
mod row;
mod steps;

use scalewright_model::text::line;
use scalewright_model::{Band, Instrument, Scale};

use crate::{Program, Responses, Scored, evaluate};
use row::{AnswerSheet, MOST_LINES, named};

/// The computation of each score of one respondent, as lines of text. `answers` has one entry for each item of the
/// instrument, in its order.
#[must_use]
pub fn working(instrument: &Instrument, program: &Program, answers: &[Option<f64>]) -> String {
    let responses = Responses::of_one(answers);
    let scored = evaluate(program, &responses);
    let row = AnswerSheet { instrument, program, answers, responses };
    let mut order: Vec<usize> = (0..program.scores.len()).collect();
    // Readers expect the order of the definition; the program has operands first.
    order.sort_by_key(|&position| program.scores[position].scale);
    let parts: Vec<String> =
        order.iter().map(|&position| row.score(position, &scored[position])).collect();
    parts.join("\n")
}

impl AnswerSheet<'_> {
    fn score(&self, position: usize, scored: &Scored) -> String {
        let score = &self.program.scores[position];
        let scale = &self.instrument.scales[score.scale.0];
        let (lines, more) = match keyed::parts(scale, &score.formula) {
            Some((aggregate, around)) => self.keyed(scale, aggregate, &around),
            None => self.formula(&score.formula, &score.items),
        };
        let mut text = format!("{}: {}\n", scale.id, line(&scale.title));
        for step in lines.iter().take(MOST_LINES) {
            text.push_str(&format!("  {step}\n"));
        }
        let more = more + lines.len().saturating_sub(MOST_LINES);
        if more > 0 {
            text.push_str(&format!("  … and {more} more\n"));
        }
        text + &self.result(scale, scored)
    }

    /// The score and its bands.
    fn result(&self, scale: &Scale, scored: &Scored) -> String {
        let score = scored.score.get(0);
        let replaced = if scored.prorated[0] { ", with missing answers replaced" } else { "" };
        let mut text = format!("  {} = {}{replaced}\n", scale.id, named(scale, score));
        for (set, bands) in scale.all_bands() {
            let band = score.and_then(|score| Band::containing(bands, score));
            let name = set.map_or("band".to_owned(), |set| format!("band ({set})"));
            let label = match (score, band) {
                (None, _) => "none, because there is no score".to_owned(),
                (_, None) => "no band covers this score".to_owned(),
                (_, Some(band)) => line(&band.label),
            };
            text.push_str(&format!("  {name}: {label}\n"));
        }
        text
    }
}
