//! The answers and values of one respondent, in words.

use scalewright_model::text::line;
use scalewright_model::{Expr, Instrument, ItemIx, ResponseKind, Scale, date_of, is_chosen};

use crate::emit::digits;
use crate::{Accepted, Program, Responses, truth_of, value_of};

/// At most this many lines are printed for one score.
pub(super) const MOST_LINES: usize = 60;
/// Longer pieces of formulas are cut to this many characters.
const LONGEST: usize = 100;

/// The answers of one respondent, with the instrument and its program.
pub(super) struct AnswerSheet<'a> {
    pub(super) instrument: &'a Instrument,
    pub(super) program: &'a Program,
    pub(super) answers: &'a [Option<f64>],
    pub(super) responses: Responses,
}

impl AnswerSheet<'_> {
    pub(super) fn value(&self, expr: &Expr) -> Option<f64> {
        value_of(self.program, &self.responses, expr)
    }

    /// The answer to an item, as it counts in scores, in words: `2`, `missing`, `not asked, counts as 0`.
    pub(super) fn answer(&self, item: ItemIx) -> String {
        let counts = self.value(&Expr::Answer(item));
        let ask = self.instrument.items[item.0].ask.as_ref();
        let given = self.answers.get(item.0).copied().flatten();
        if ask.is_some_and(|ask| truth_of(self.program, &self.responses, &ask.when) == Some(false))
        {
            let several = self
                .program
                .answer(item)
                .is_some_and(|a| matches!(a.accepted, Accepted::Choices(_)));
            let effect = match counts {
                Some(value) => format!("counts as {}", digits(value)),
                None if several => "none chosen".to_owned(),
                None => "missing".to_owned(),
            };
            return format!("not asked, {effect}");
        }
        match (given, counts) {
            (Some(given), None) => {
                format!("{}, which is not an accepted answer: missing", digits(given))
            }
            (_, counts) => match self.program.answer(item).map(|answer| &answer.accepted) {
                Some(Accepted::Choices(_)) => self.chosen(item, counts),
                _ if self.instrument.response(item).kind == ResponseKind::Date => {
                    counts.and_then(date_of).unwrap_or_else(|| shown(counts))
                }
                _ => shown(counts),
            },
        }
    }
}

impl AnswerSheet<'_> {
    /// The chosen options of an item, by their values.
    fn chosen(&self, item: ItemIx, recorded: Option<f64>) -> String {
        let Some(recorded) = recorded else { return "none chosen".to_owned() };
        let options = self.instrument.response(item).options().iter().enumerate();
        let chosen = options.filter(|(at, _)| is_chosen(recorded, *at));
        let values: Vec<String> = chosen.map(|(_, option)| option.value.to_string()).collect();
        format!("chosen: {}", values.join(", "))
    }
}

/// A number, or `missing`.
pub(super) fn shown(value: Option<f64>) -> String {
    value.map_or("missing".to_owned(), digits)
}

/// A score in the form of its scale: a number, true or false, or a word.
pub(super) fn named(scale: &Scale, score: Option<f64>) -> String {
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

/// A piece of a formula on one line, cut to [`LONGEST`] characters.
pub(super) fn short(text: &str) -> String {
    let text = line(text);
    if text.chars().count() <= LONGEST {
        return text;
    }
    let cut: String = text.chars().take(LONGEST).collect();
    format!("{} …", cut.trim_end())
}
