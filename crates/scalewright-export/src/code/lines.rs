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

use super::described::{described, described_check};

/// The maximum length of the code of a score, in bytes.
pub(crate) const LONGEST: usize = 200_000;
/// The maximum length of an expression that is printed inside another one. Longer ones get a line of their own.
const INLINE: usize = 90;
/// The same for an expression that occurs several times within another one.
const REPEATED: usize = 30;

pub(crate) type Print<T> = Result<T, Unsupported>;

pub(crate) fn unsupported<T>(because: impl Into<String>) -> Print<T> {
    Err(Unsupported { because: because.into() })
}

pub(crate) fn bounded(code: String) -> Print<String> {
    within(LONGEST, code)
}

/// The code, if it is not longer than `longest`.
pub(crate) fn within(longest: usize, code: String) -> Print<String> {
    if code.len() <= longest {
        return Ok(code);
    }
    unsupported(format!(
        "the expression would be {} characters long, and the limit is {longest}",
        code.len()
    ))
}

/// A printed expression.
#[derive(Debug, Clone)]
pub(crate) struct Piece {
    pub(crate) text: String,
    /// Whether it can be an operand without parentheses.
    atom: bool,
    /// Whether the text is a statement that sets [`TARGET`], instead of an expression.
    statement: bool,
}

/// A placeholder for the name of the line in a statement.
pub(crate) const TARGET: &str = "\u{1}";

impl Piece {
    /// An expression that can be an operand: a name, a function call. For checks, anything but a chain of `and` or
    /// `or`.
    pub(crate) fn atom(text: impl Into<String>) -> Self {
        Self { text: text.into(), atom: true, statement: false }
    }

    /// An expression that is parenthesised as an operand.
    pub(crate) fn open(text: impl Into<String>) -> Self {
        Self { text: text.into(), atom: false, statement: false }
    }

    /// A statement that sets [`TARGET`]. It always becomes a line, so it is never an operand.
    pub(crate) fn statement(text: impl Into<String>) -> Self {
        Self { text: text.into(), atom: true, statement: true }
    }

    /// The text as an operand.
    pub(crate) fn operand(&self) -> String {
        if self.atom { self.text.clone() } else { format!("({})", self.text) }
    }
}

/// The syntax of a language. `lines` prints operands.
pub(crate) trait Language {
    /// Prints the number of a step; missing if the step has no value.
    fn step(&self, lines: &mut Lines<'_>, ix: StepIx) -> Print<Piece>;
    /// Prints a check. Whether a printed check may be missing instead of false is up to the language.
    fn check(&self, lines: &mut Lines<'_>, ix: CheckIx) -> Print<Piece>;
    /// The name of the line of a step.
    fn step_name(&self, ix: StepIx) -> String;
    /// The lengths beyond which an expression gets a line of its own: anywhere, and if it is repeated.
    fn lengths(&self) -> (usize, usize) {
        (INLINE, REPEATED)
    }
    /// Whether an expression can be repeated without a line of its own.
    fn is_short(&self, text: &str) -> bool {
        text.len() <= self.lengths().1
    }
    /// The maximum length of an expression, in bytes.
    fn longest(&self) -> usize {
        LONGEST
    }
    /// The line of a check: its name, its expression, and the condition that refers to it.
    fn check_line(&self, ix: CheckIx, condition: Piece) -> (String, Piece, Piece);
}

/// A line: an expression with a name.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) name: String,
    pub(crate) text: String,
    /// The lines that the expression refers to.
    needs: BTreeSet<usize>,
    /// The length of the longest chain of lines that it needs.
    pub(crate) level: usize,
    /// Whether `text` is a statement that sets the name.
    pub(crate) statement: bool,
    /// What it is, for a comment; may be empty.
    pub(crate) comment: String,
}

impl Line {
    /// The comment that follows the line: empty, or after `sign`.
    pub(crate) fn note(&self, sign: &str) -> String {
        if self.comment.is_empty() { String::new() } else { format!("{sign} {}", self.comment) }
    }
}

/// A printed expression, and the lines that it refers to.
#[derive(Debug, Clone)]
struct Printed {
    piece: Piece,
    needs: Rc<BTreeSet<usize>>,
    is_line: bool,
}

/// All that has been printed of an instrument.
pub(crate) struct Lines<'a> {
    pub(crate) instrument: &'a Instrument,
    pub(crate) program: &'a Program,
    pub(crate) normal: &'a Normal,
    language: &'a dyn Language,
    /// The step with the answer to an item as given.
    pub(crate) given: BTreeMap<ItemIx, StepIx>,
    steps: Vec<Option<Print<Printed>>>,
    checks: Vec<Option<Print<Printed>>>,
    /// The lines that count checks, by these checks in order.
    counts: BTreeMap<Vec<CheckIx>, Printed>,
    lines: Vec<Line>,
    /// The lines that the expression being printed refers to so far.
    needs: BTreeSet<usize>,
    /// The names of the variables with the cleaned answers, if they are set before all lines.
    pub(crate) cleaned: Option<&'a [String]>,
    /// The items that have been printed.
    pub(crate) read: BTreeSet<ItemIx>,
    /// The names of the variables for the options of items with several choices, if the data have a column for each.
    pub(crate) option_names: Option<&'a BTreeMap<(ItemIx, usize), String>>,
    /// The options that have been printed.
    pub(crate) read_options: BTreeSet<(ItemIx, usize)>,
    /// The lines of scores, which later scores refer to by name.
    scores: BTreeMap<usize, (usize, Piece)>,
    /// The step that gets this name if it becomes a line.
    preferred: Option<(StepIx, String)>,
}

impl<'a> Lines<'a> {
    pub(crate) fn new(
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
            counts: BTreeMap::new(),
            lines: Vec::new(),
            needs: BTreeSet::new(),
            cleaned: None,
            read: BTreeSet::new(),
            option_names: None,
            read_options: BTreeSet::new(),
            scores: BTreeMap::new(),
            preferred: None,
        }
    }

    /// The number of a step.
    pub(crate) fn step(&mut self, ix: StepIx) -> Print<Piece> {
        let printed = match self.steps[ix.0].clone() {
            Some(printed) => printed,
            None => self.printed_step(ix),
        }?;
        self.needs.extend(printed.needs.iter().copied());
        Ok(printed.piece)
    }

    /// The number of a step that is used several times in one expression.
    pub(crate) fn repeated(&mut self, ix: StepIx) -> Print<Piece> {
        let before = std::mem::take(&mut self.needs);
        let piece = self.step(ix);
        let needs = std::mem::replace(&mut self.needs, before);
        let piece = piece?;
        let is_line = matches!(&self.steps[ix.0], Some(Ok(printed)) if printed.is_line);
        if is_line || self.language.is_short(&piece.text) {
            self.needs.extend(needs);
            return Ok(piece);
        }
        let named = self.named_step(ix, piece, needs)?;
        self.steps[ix.0] = Some(Ok(named.clone()));
        self.needs.extend(named.needs.iter().copied());
        Ok(named.piece)
    }

    /// The number of a step as the whole code of a score: if it is a line, the expression of the line.
    pub(crate) fn whole(&mut self, ix: StepIx) -> Print<Piece> {
        let before = std::mem::take(&mut self.needs);
        let piece = self.step(ix)?;
        let mut needs = std::mem::replace(&mut self.needs, before);
        let is_line = matches!(&self.steps[ix.0], Some(Ok(printed)) if printed.is_line);
        let line = needs.first().filter(|_| is_line).map(|line| &self.lines[*line]);
        // A line that sets its name by a statement is referred to.
        let whole = match line.filter(|line| !line.statement) {
            Some(line) => {
                needs = line.needs.clone();
                Piece::open(line.text.clone())
            }
            None => piece,
        };
        self.needs.extend(needs);
        Ok(whole)
    }

    pub(crate) fn steps(&mut self, steps: &[StepIx]) -> Print<Vec<Piece>> {
        steps.iter().map(|step| self.step(*step)).collect()
    }

    /// The condition of a check.
    pub(crate) fn check(&mut self, ix: CheckIx) -> Print<Piece> {
        let printed = match self.checks[ix.0].clone() {
            Some(printed) => printed,
            None => self.printed_check(ix),
        }?;
        self.needs.extend(printed.needs.iter().copied());
        Ok(printed.piece)
    }

    pub(crate) fn checks(&mut self, checks: &[CheckIx]) -> Print<Vec<Piece>> {
        checks.iter().map(|check| self.check(*check)).collect()
    }

    /// How many checks are true: `print` returns a name and the expression, which becomes a line unless it is short.
    pub(crate) fn counted(
        &mut self,
        of: &[CheckIx],
        print: impl FnOnce(&mut Self) -> Print<(String, Piece)>,
    ) -> Print<Piece> {
        let mut key = of.to_vec();
        key.sort();
        if let Some(printed) = self.counts.get(&key).cloned() {
            self.needs.extend(printed.needs.iter().copied());
            return Ok(printed.piece);
        }
        let before = std::mem::take(&mut self.needs);
        let printed = print(self);
        let needs = std::mem::replace(&mut self.needs, before);
        let (name, piece) = printed?;
        if self.language.is_short(&piece.text) {
            self.needs.extend(needs);
            return Ok(piece);
        }
        let comment = format!("how many of {} are true", of.len());
        let named = self.named(needs, |lines| lines.noted_line(&name, piece, comment))?;
        self.needs.extend(named.needs.iter().copied());
        self.counts.insert(key, named.clone());
        Ok(named.piece)
    }

    /// Adds a line that needs all that has been printed of the present expression, and refers to it.
    pub(crate) fn line(&mut self, name: &str, text: String) -> Print<Piece> {
        self.noted_line(name, Piece::atom(text), String::new())
    }

    /// The same for a piece, which may be a statement.
    pub(crate) fn piece_line(&mut self, name: &str, piece: Piece) -> Print<Piece> {
        self.noted_line(name, piece, String::new())
    }

    /// The same with a comment.
    fn noted_line(&mut self, name: &str, piece: Piece, comment: String) -> Print<Piece> {
        let statement = piece.statement;
        let text = match statement {
            true => piece.text.replace(TARGET, name),
            false => piece.text,
        };
        let text = within(self.language.longest(), text)?;
        let needs = std::mem::take(&mut self.needs);
        let level = needs.iter().map(|line| self.lines[*line].level + 1).max().unwrap_or(0);
        self.needs.insert(self.lines.len());
        self.lines.push(Line { name: name.to_owned(), text, needs, level, statement, comment });
        Ok(Piece::atom(name))
    }

    /// Gives the number of a score a line of its own, with this name. Later scores refer to it.
    pub(crate) fn score_line(&mut self, position: usize, name: &str, of: StepIx) -> Print<Piece> {
        self.needs.clear();
        let before = self.lines.len();
        self.preferred = Some((of, name.to_owned()));
        let piece = self.step(of);
        self.preferred = None;
        let piece = piece?;
        let is_own =
            self.lines.len() > before && self.lines.last().is_some_and(|last| last.name == name);
        let piece = match is_own {
            true => piece,
            false => self.noted_line(name, piece, String::new())?,
        };
        self.scores.insert(position, (self.lines.len() - 1, piece.clone()));
        Ok(piece)
    }

    /// The line of the number of a score, if it has one.
    pub(crate) fn scored(&mut self, position: usize) -> Option<Piece> {
        let (line, piece) = self.scores.get(&position)?;
        self.needs.insert(*line);
        Some(piece.clone())
    }

    /// The lines from this position on.
    pub(crate) fn since(&self, position: usize) -> &[Line] {
        &self.lines[position..]
    }

    /// The number of lines.
    pub(crate) fn len(&self) -> usize {
        self.lines.len()
    }

    /// Prints with `print` an expression that is not a part of another one.
    pub(crate) fn started<T>(&mut self, print: impl FnOnce(&mut Self) -> Print<T>) -> Print<T> {
        self.needs.clear();
        print(self)
    }

    /// Prints with `print`, and returns the result with all lines that it needs, in order.
    pub(crate) fn with_lines<T>(
        &mut self,
        print: impl FnOnce(&mut Self) -> Print<T>,
    ) -> Print<(T, Vec<&Line>)> {
        let printed = self.started(print)?;
        Ok((printed, self.needed().into_iter().map(|line| &self.lines[line]).collect()))
    }

    /// The positions of all lines that the expression printed last needs, in order.
    pub(crate) fn needed(&self) -> Vec<usize> {
        let (mut all, mut next) = (BTreeSet::new(), self.needs.clone());
        while let Some(line) = next.pop_last() {
            if all.insert(line) {
                next.extend(&self.lines[line].needs);
            }
        }
        all.into_iter().collect()
    }

    /// Prints with `print`, and returns the result and whether it refers to no line.
    pub(crate) fn apart<T>(
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
        let longest = language.lengths().0;
        let printed = piece.and_then(|piece| match piece.statement || piece.text.len() > longest {
            true => self.named_step(ix, piece, needs),
            false => Ok(Printed { piece, needs: Rc::new(needs), is_line: false }),
        });
        self.steps[ix.0] = Some(printed.clone());
        printed
    }

    fn named_step(&mut self, ix: StepIx, piece: Piece, needs: BTreeSet<usize>) -> Print<Printed> {
        let name = match &self.preferred {
            Some((step, name)) if *step == ix => name.clone(),
            _ => self.language.step_name(ix),
        };
        let comment = described(&self.normal.step(ix).operation);
        self.named(needs, |lines| lines.noted_line(&name, piece, comment))
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
        let longest = language.lengths().0;
        let printed = piece.and_then(|piece| match piece.statement || piece.text.len() > longest {
            true => {
                let (name, line, piece) = language.check_line(ix, piece);
                let comment = described_check(self.normal.check(ix));
                let line = |lines: &mut Self| lines.noted_line(&name, line, comment);
                let named = self.named(needs, line)?;
                Ok(Printed { piece, needs: named.needs, is_line: true })
            }
            false => Ok(Printed { piece, needs: Rc::new(needs), is_line: false }),
        });
        self.checks[ix.0] = Some(printed.clone());
        printed
    }

    /// Whether a step always has a value.
    pub(crate) fn is_certain(&self, ix: StepIx) -> bool {
        self.normal.step(ix).exists == CheckIx::ALWAYS
    }

    /// The checks of the truth value at a position among the scores; none of them true if it is no truth value.
    pub(crate) fn flag(&self, position: usize, truth: bool) -> CheckIx {
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
    pub(crate) fn implies(&self, known: CheckIx, check: CheckIx) -> bool {
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
