//! The value of a field: a number, a word or a blank. A field may be blank, so its formula can return a blank from any
//! branch. A formula within another one cannot: it must be preceded by a check.

use scalewright_model::{ItemIx, Operator, ResponseKind};

use super::Printer;
use super::spelling::{Print, bare, bounded, lookup, rounded, signed, text};
use scalewright_scoring::emit::first_of;
use scalewright_scoring::normal::{CheckIx, Operation, StepIx};

impl Printer<'_> {
    /// Prints the number of a step, rounded if `decimals` are given, and blank if it is missing. Each case and each
    /// table entry is rounded on its own, because the result of rounding a blank is not certain.
    pub(super) fn or_blank(&mut self, ix: StepIx, decimals: Option<u32>) -> Print<String> {
        let step = self.normal.step(ix);
        match &step.operation {
            Operation::Missing => Ok("''".to_owned()),
            Operation::Choose { cases, otherwise } => {
                self.chosen(cases, *otherwise, &mut |own, step| own.or_blank(step, decimals))
            }
            Operation::Round { of, decimals: round }
                if decimals.is_none() && self.is_chosen(*of) =>
            {
                self.or_blank(*of, Some(*round))
            }
            Operation::Lookup { keys, tree } => {
                let tree = match decimals {
                    None => Some(tree.as_ref().clone()),
                    Some(decimals) => tree.rounded(decimals),
                };
                // Interpolated numbers are not listed, so they can be rounded only after the look-up.
                let Some(tree) = tree else { return self.where_known(ix, decimals) };
                let found = lookup(&tree, &self.steps_of(keys)?);
                let known = keys.iter().map(|key| self.normal.step(*key).exists);
                let known: Vec<CheckIx> = known.collect();
                self.behind_all(&known, found)
            }
            _ => self.where_known(ix, decimals),
        }
    }

    fn is_chosen(&self, step: StepIx) -> bool {
        matches!(self.normal.step(step).operation, Operation::Choose { cases: _, otherwise: _ })
    }

    fn where_known(&mut self, ix: StepIx, decimals: Option<u32>) -> Print<String> {
        let (number, step) = (self.step(ix)?, self.normal.step(ix));
        let number = match decimals {
            Some(decimals) => rounded(&number, decimals, step.low >= 0.0),
            None => bare(&number).to_owned(),
        };
        self.behind_all(&[step.known], number)
    }

    /// Prints `text`, or a blank if a check is false.
    fn behind_all(&mut self, checks: &[CheckIx], text: String) -> Print<String> {
        match self.all(checks)? {
            known if known.always() == Some(true) => Ok(text),
            known => bounded(format!("if({}, {text}, '')", known.text())),
        }
    }

    /// Prints the word at the position that a step computes, or a blank if the step is missing.
    pub(super) fn word(&mut self, ix: StepIx, words: &[String]) -> Print<String> {
        let step = self.normal.step(ix);
        match &step.operation {
            Operation::Missing => Ok("''".to_owned()),
            Operation::Constant(position) => of_words(*position, words),
            Operation::Choose { cases, otherwise } => {
                self.chosen(cases, *otherwise, &mut |own, step| own.word(step, words))
            }
            _ => {
                let number = self.step(ix)?;
                let is = |(position, word): (usize, &String)| {
                    Ok((format!("{number} = {position}"), text(word)?))
                };
                let cases = words.iter().enumerate().map(is).collect::<Print<Vec<_>>>()?;
                self.behind_all(&[step.known], first_of("if", cases, "''"))
            }
        }
    }

    /// Prints the short form of sums and means that need every answer, if their fields can contain only scored answers.
    /// It relies on REDCap's only confirmed rule about blanks: arithmetic with a blank field is blank.
    pub(super) fn plain(&mut self, ix: StepIx) -> Option<String> {
        match &self.normal.step(ix).operation {
            Operation::Sum(terms) => {
                let terms: Option<Vec<String>> =
                    terms.iter().map(|t| self.plain_term(*t)).collect();
                Some(terms?.join(" + "))
            }
            Operation::Arithmetic { operator: Operator::Divide, left, right } => {
                let (sum, all) = (self.plain(*left)?, self.normal.constant(*right)?);
                Some(format!("({sum}) / {}", signed(all)))
            }
            _ => self.plain_term(ix),
        }
    }

    fn plain_term(&mut self, ix: StepIx) -> Option<String> {
        match self.normal.step(ix).operation {
            Operation::Answer(item) if self.is_plain(item) => self.field(item).ok(),
            Operation::Arithmetic { operator: Operator::Subtract, left, right } => {
                let left = self.normal.constant(left)?;
                Some(format!("({} - {})", signed(left), self.plain_term(right)?))
            }
            _ => None,
        }
    }

    /// Whether the field can contain only scored answers: no non-response options and no free numbers.
    fn is_plain(&self, item: ItemIx) -> bool {
        match &self.instrument.response(item).kind {
            ResponseKind::Coded { options } => options.iter().all(|o| !o.non_response),
            ResponseKind::YesNo => true,
            _ => false,
        }
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position among words"
)]
fn of_words(position: f64, words: &[String]) -> Print<String> {
    words.get(position as usize).map_or(Ok("''".to_owned()), |word| text(word))
}
