//! What the printers of dialects share: steps and checks are printed once, and long ones get a name.
//!
//! The normal form lists a step once however often it is used. Printing it again at every use can make an expression
//! grow exponentially. So a printer gives each long part a line of its own, `name = expression`, and a score is the
//! lines that it needs, in order, and an expression that refers to them.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use scalewright_model::{Instrument, ItemIx};
use scalewright_scoring::Program;
use scalewright_scoring::emit::Unsupported;
use scalewright_scoring::normal::{Check, CheckIx, Normal, Operation, Output, StepIx};

/// The maximum length of the code of a score, in bytes.
pub(super) const LONGEST: usize = 200_000;
/// The maximum length of an expression that is printed inside another one. Longer ones get a line of their own.
const INLINE: usize = 90;
/// The same for an expression that occurs several times within another one.
const REPEATED: usize = 30;

pub(super) type Print<T> = Result<T, Unsupported>;

pub(super) fn unsupported<T>(because: impl Into<String>) -> Print<T> {
    Err(Unsupported { because: because.into() })
}

pub(super) fn bounded(code: String) -> Print<String> {
    if code.len() <= LONGEST {
        return Ok(code);
    }
    unsupported(format!(
        "the expression would be {} characters long, and the limit is {LONGEST}",
        code.len()
    ))
}

/// A printed expression.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    /// Whether it can be an operand without parentheses.
    atom: bool,
}

impl Piece {
    /// An expression that can be an operand: a name, a function call. For checks, anything but a chain of `and` or
    /// `or`.
    pub(super) fn atom(text: impl Into<String>) -> Self {
        Self { text: text.into(), atom: true }
    }

    /// An expression that is parenthesised as an operand.
    pub(super) fn open(text: impl Into<String>) -> Self {
        Self { text: text.into(), atom: false }
    }

    /// The text as an operand.
    pub(super) fn operand(&self) -> String {
        if self.atom { self.text.clone() } else { format!("({})", self.text) }
    }
}

/// The syntax of a language. `lines` prints operands.
pub(super) trait Language {
    /// Prints the number of a step; missing if the step has no value.
    fn step(&self, lines: &mut Lines<'_>, ix: StepIx) -> Print<Piece>;
    /// Prints a check. Whether a printed check may be missing instead of false is up to the language.
    fn check(&self, lines: &mut Lines<'_>, ix: CheckIx) -> Print<Piece>;
    /// The name of the line of a step.
    fn step_name(&self, ix: StepIx) -> String;
    /// The line of a check whose condition is `text`: its name, its expression, and the condition that refers to it.
    fn check_line(&self, ix: CheckIx, text: String) -> (String, String, Piece);
}

/// A line: an expression with a name.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) name: String,
    pub(super) text: String,
    /// The lines that the expression refers to.
    needs: BTreeSet<usize>,
    /// The length of the longest chain of lines that it needs.
    pub(super) level: usize,
}

/// A printed expression, and the lines that it refers to.
#[derive(Debug, Clone)]
struct Printed {
    piece: Piece,
    needs: Rc<BTreeSet<usize>>,
    is_line: bool,
}

/// All that has been printed of an instrument.
pub(super) struct Lines<'a> {
    pub(super) instrument: &'a Instrument,
    pub(super) program: &'a Program,
    pub(super) normal: &'a Normal,
    language: &'a dyn Language,
    /// The step with the answer to an item as given.
    pub(super) given: BTreeMap<ItemIx, StepIx>,
    steps: Vec<Option<Print<Printed>>>,
    checks: Vec<Option<Print<Printed>>>,
    lines: Vec<Line>,
    /// The lines that the expression being printed refers to so far.
    needs: BTreeSet<usize>,
}

impl<'a> Lines<'a> {
    pub(super) fn new(
        instrument: &'a Instrument,
        program: &'a Program,
        normal: &'a Normal,
        language: &'a dyn Language,
    ) -> Self {
        let steps = normal.steps.iter().enumerate();
        let given = steps.filter_map(|(ix, step)| match step.operation {
            Operation::Answer(item) => Some((item, StepIx(ix))),
            _ => None,
        });
        Self {
            instrument,
            program,
            normal,
            language,
            given: given.collect(),
            steps: vec![None; normal.steps.len()],
            checks: vec![None; normal.checks.len()],
            lines: Vec::new(),
            needs: BTreeSet::new(),
        }
    }

    /// The number of a step.
    pub(super) fn step(&mut self, ix: StepIx) -> Print<Piece> {
        let printed = match self.steps[ix.0].clone() {
            Some(printed) => printed,
            None => self.printed_step(ix),
        }?;
        self.needs.extend(printed.needs.iter().copied());
        Ok(printed.piece)
    }

    /// The number of a step that is used several times in one expression.
    pub(super) fn repeated(&mut self, ix: StepIx) -> Print<Piece> {
        let before = std::mem::take(&mut self.needs);
        let piece = self.step(ix);
        let needs = std::mem::replace(&mut self.needs, before);
        let piece = piece?;
        let is_line = matches!(&self.steps[ix.0], Some(Ok(printed)) if printed.is_line);
        if is_line || piece.text.len() <= REPEATED {
            self.needs.extend(needs);
            return Ok(piece);
        }
        let named = self.named_step(ix, piece.text, needs)?;
        self.steps[ix.0] = Some(Ok(named.clone()));
        self.needs.extend(named.needs.iter().copied());
        Ok(named.piece)
    }

    /// The number of a step as the whole code of a score: if it is a line, the expression of the line.
    pub(super) fn whole(&mut self, ix: StepIx) -> Print<String> {
        let before = std::mem::take(&mut self.needs);
        let piece = self.step(ix)?;
        let mut needs = std::mem::replace(&mut self.needs, before);
        let is_line = matches!(&self.steps[ix.0], Some(Ok(printed)) if printed.is_line);
        let line = needs.first().filter(|_| is_line).map(|line| &self.lines[*line]);
        let text = match line {
            Some(line) => {
                let text = line.text.clone();
                needs = line.needs.clone();
                text
            }
            None => piece.text,
        };
        self.needs.extend(needs);
        Ok(text)
    }

    pub(super) fn steps(&mut self, steps: &[StepIx]) -> Print<Vec<Piece>> {
        steps.iter().map(|step| self.step(*step)).collect()
    }

    /// The condition of a check.
    pub(super) fn check(&mut self, ix: CheckIx) -> Print<Piece> {
        let printed = match self.checks[ix.0].clone() {
            Some(printed) => printed,
            None => self.printed_check(ix),
        }?;
        self.needs.extend(printed.needs.iter().copied());
        Ok(printed.piece)
    }

    pub(super) fn checks(&mut self, checks: &[CheckIx]) -> Print<Vec<Piece>> {
        checks.iter().map(|check| self.check(*check)).collect()
    }

    /// Adds a line that needs all that has been printed of the present expression, and refers to it.
    pub(super) fn line(&mut self, name: &str, text: String) -> Print<Piece> {
        let text = bounded(text)?;
        let needs = std::mem::take(&mut self.needs);
        let level = needs.iter().map(|line| self.lines[*line].level + 1).max().unwrap_or(0);
        self.needs.insert(self.lines.len());
        self.lines.push(Line { name: name.to_owned(), text, needs, level });
        Ok(Piece::atom(name))
    }

    /// Prints with `print`, and returns the result with all lines that it needs, in order.
    pub(super) fn with_lines<T>(
        &mut self,
        print: impl FnOnce(&mut Self) -> Print<T>,
    ) -> Print<(T, Vec<&Line>)> {
        self.needs.clear();
        let printed = print(self)?;
        let (mut all, mut next) = (BTreeSet::new(), std::mem::take(&mut self.needs));
        while let Some(line) = next.pop_last() {
            if all.insert(line) {
                next.extend(&self.lines[line].needs);
            }
        }
        Ok((printed, all.into_iter().map(|line| &self.lines[line]).collect()))
    }

    /// Prints with `print`, and returns the result and whether it refers to no line.
    pub(super) fn apart<T>(
        &mut self,
        print: impl FnOnce(&mut Self) -> Print<T>,
    ) -> Print<(T, bool)> {
        let before = std::mem::take(&mut self.needs);
        let printed = print(self);
        let needs = std::mem::replace(&mut self.needs, before);
        let is_alone = needs.is_empty();
        self.needs.extend(needs);
        Ok((printed?, is_alone))
    }

    fn printed_step(&mut self, ix: StepIx) -> Print<Printed> {
        let language = self.language;
        let before = std::mem::take(&mut self.needs);
        let piece = language.step(self, ix);
        let needs = std::mem::replace(&mut self.needs, before);
        let printed = piece.and_then(|piece| match piece.text.len() > INLINE {
            true => self.named_step(ix, piece.text, needs),
            false => Ok(Printed { piece, needs: Rc::new(needs), is_line: false }),
        });
        self.steps[ix.0] = Some(printed.clone());
        printed
    }

    fn named_step(&mut self, ix: StepIx, text: String, needs: BTreeSet<usize>) -> Print<Printed> {
        let name = self.language.step_name(ix);
        self.named(needs, |lines| lines.line(&name, text))
    }

    fn named(
        &mut self,
        needs: BTreeSet<usize>,
        line: impl FnOnce(&mut Self) -> Print<Piece>,
    ) -> Print<Printed> {
        let before = std::mem::replace(&mut self.needs, needs);
        let piece = line(self);
        let needs = std::mem::replace(&mut self.needs, before);
        Ok(Printed { piece: piece?, needs: Rc::new(needs), is_line: true })
    }

    fn printed_check(&mut self, ix: CheckIx) -> Print<Printed> {
        let language = self.language;
        let before = std::mem::take(&mut self.needs);
        let piece = language.check(self, ix);
        let needs = std::mem::replace(&mut self.needs, before);
        let printed = piece.and_then(|piece| match piece.text.len() > INLINE {
            true => {
                let (name, text, piece) = language.check_line(ix, piece.text);
                let line = |lines: &mut Self| lines.line(&name, text);
                let named = self.named(needs, line)?;
                Ok(Printed { piece, needs: named.needs, is_line: true })
            }
            false => Ok(Printed { piece, needs: Rc::new(needs), is_line: false }),
        });
        self.checks[ix.0] = Some(printed.clone());
        printed
    }

    /// Whether a step always has a value.
    pub(super) fn is_certain(&self, ix: StepIx) -> bool {
        self.normal.step(ix).exists == CheckIx::ALWAYS
    }

    /// The checks of the truth value at a position among the scores; none of them true if it is no truth value.
    pub(super) fn flag(&self, position: usize, truth: bool) -> CheckIx {
        match self.normal.scores[position] {
            Output::Truth(checks) => {
                if truth {
                    checks.yes
                } else {
                    checks.no
                }
            }
            Output::Number(_) | Output::Word { position: _, words: _ } => CheckIx::NEVER,
        }
    }

    /// Whether `check` is true wherever `known` is, because it is the same check or a part of it.
    pub(super) fn implies(&self, known: CheckIx, check: CheckIx) -> bool {
        check == CheckIx::ALWAYS
            || known == check
            || matches!(self.normal.check(known), Check::All(all) if all.contains(&check))
    }
}

#[cfg(test)]
mod tests {
    use super::{LONGEST, bounded};

    #[test]
    fn long_code_is_refused_with_its_length() {
        assert!(bounded("x".repeat(LONGEST)).is_ok());
        let refused = bounded("x".repeat(LONGEST + 1)).expect_err("it is too long");
        assert!(refused.because.contains("200001 characters"), "{}", refused.because);
    }
}
