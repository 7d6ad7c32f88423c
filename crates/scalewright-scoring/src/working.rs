//! How the scores of one respondent came about, step by step.

mod keyed;
mod steps;

use scalewright_model::text::line;
use scalewright_model::{Band, Expr, Instrument, ItemIx, Scale};

use crate::emit::digits;
use crate::{Program, Responses, Scored, evaluate, truth_of, value_of};

/// More lines than this are not printed for one score.
const MOST_LINES: usize = 60;
/// A longer piece of a formula is cut.
const LONGEST: usize = 100;

/// How each score of the respondent who gave `answers` came about, as lines of text. There is an answer for each item of
/// the instrument, in its order.
#[must_use]
pub fn working(instrument: &Instrument, program: &Program, answers: &[Option<f64>]) -> String {
    let responses = Responses::of_one(answers);
    let scored = evaluate(program, &responses);
    let row = Row { instrument, program, answers, responses };
    let mut order: Vec<usize> = (0..program.scores.len()).collect();
    order.sort_by_key(|&position| program.scores[position].scale);
    let parts: Vec<String> =
        order.iter().map(|&position| row.score(position, &scored[position])).collect();
    parts.join("\n")
}

/// A respondent.
struct Row<'a> {
    instrument: &'a Instrument,
    program: &'a Program,
    answers: &'a [Option<f64>],
    responses: Responses,
}

impl Row<'_> {
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

    /// What it comes to, and the bands that is in.
    fn result(&self, scale: &Scale, scored: &Scored) -> String {
        let score = scored.score.get(0);
        let stands_in = if scored.prorated[0] {
            ", with something standing in for a missing answer"
        } else {
            ""
        };
        let mut text = format!("  {} = {}{stands_in}\n", scale.id, named(scale, score));
        for (set, bands) in scale.all_bands() {
            let band = score.and_then(|score| Band::holding(bands, score));
            let name = set.map_or("band".to_owned(), |set| format!("band ({set})"));
            let label = match (score, band) {
                (None, _) => "none, for there is no score".to_owned(),
                (_, None) => "none holds this score".to_owned(),
                (_, Some(band)) => line(&band.label),
            };
            text.push_str(&format!("  {name}: {label}\n"));
        }
        text
    }

    fn value(&self, expr: &Expr) -> Option<f64> {
        value_of(self.program, &self.responses, expr)
    }

    /// The answer to an item as it counts, in words: `2`, `missing`, `not asked, counts as 0`.
    fn answer(&self, item: ItemIx) -> String {
        let counts = self.value(&Expr::Answer(item));
        let ask = self.instrument.items[item.0].ask.as_ref();
        let given = self.answers.get(item.0).copied().flatten();
        if ask.is_some_and(|ask| truth_of(self.program, &self.responses, &ask.when) == Some(false))
        {
            let stands =
                counts.map_or("missing".to_owned(), |value| format!("counts as {}", digits(value)));
            return format!("not asked, {stands}");
        }
        match (given, counts) {
            (Some(given), None) => format!("{}, which is no answer: missing", digits(given)),
            (_, counts) => shown(counts),
        }
    }
}

/// A number, or that it is missing.
fn shown(value: Option<f64>) -> String {
    value.map_or("missing".to_owned(), digits)
}

/// A score as its scale has it: a number, true or false, or a word.
fn named(scale: &Scale, score: Option<f64>) -> String {
    let Some(score) = score else { return "missing".to_owned() };
    if scale.is_truth() {
        return (score != 0.0).to_string();
    }
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a position among words"
    )]
    match scale.words() {
        Some(words) => {
            words.get(score as usize).map_or("?".to_owned(), |word| format!("\"{}\"", line(word)))
        }
        None => digits(score),
    }
}

/// A piece of a formula on one line, cut where it is long.
fn short(text: &str) -> String {
    let text = line(text);
    if text.chars().count() <= LONGEST {
        return text;
    }
    let cut: String = text.chars().take(LONGEST).collect();
    format!("{} …", cut.trim_end())
}
