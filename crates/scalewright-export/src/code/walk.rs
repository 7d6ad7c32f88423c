//! Prints the steps and checks of the normal form in any [`Syntax`].

use scalewright_model::{AggregateKind, Comparison, Function, ItemIx, Operator, TOLERANCE};
use scalewright_scoring::normal::tree::Node;
use scalewright_scoring::normal::{
    Check, CheckIx, CombinePart, Operation, Output, Step, StepIx, TruthChecks,
};

use super::lines::{Language, Lines, Piece, Print, unsupported};
use super::syntax::{ChoiceRead, Part, Syntax, no_option_columns};

/// Divisors of up to this size are taken for 0, as by the evaluator.
const ZERO: f64 = 1e-12;

/// Prints in a syntax.
pub(crate) struct Walk<'s>(pub(crate) &'s dyn Syntax);

impl Language for Walk<'_> {
    fn step_name(&self, ix: StepIx) -> String {
        self.0.step_name(ix)
    }

    fn lengths(&self) -> (usize, usize) {
        self.0.lengths()
    }

    fn is_short(&self, text: &str) -> bool {
        self.0.is_short(text)
    }

    fn longest(&self) -> usize {
        self.0.longest()
    }

    fn check_line(&self, ix: CheckIx, condition: Piece) -> (String, Piece, Piece) {
        let name = self.0.check_name(ix);
        let (line, piece) = self.0.check_line(&name, condition);
        (name, line, piece)
    }

    fn step(&self, lines: &mut Lines<'_>, ix: StepIx) -> Print<Piece> {
        let normal = lines.normal;
        let step = normal.step(ix);
        match &step.operation {
            Operation::Constant(value) => Ok(self.0.number(*value)),
            Operation::Missing => Ok(self.0.missing()),
            Operation::Answer(item) => self.answer(lines, *item),
            Operation::Chosen { item, option } => self.chosen(lines, *item, *option),
            Operation::Score(position) => self.score_number(lines, *position),
            Operation::Choose { cases, otherwise } => self.choose(lines, cases, *otherwise),
            Operation::Recode { of, pairs, other, exact } => {
                self.recode(lines, *of, (pairs, *other), *exact)
            }
            Operation::Lookup { keys, tree } => self.lookup(lines, keys, tree),
            operation => {
                let piece = self.computed(lines, step, operation)?;
                self.guarded(lines, step, piece)
            }
        }
    }

    fn check(&self, lines: &mut Lines<'_>, ix: CheckIx) -> Print<Piece> {
        let normal = lines.normal;
        Ok(match normal.check(ix) {
            Check::Never => self.0.truth(false),
            Check::Always => self.0.truth(true),
            Check::Given(item) => match lines.given.get(item).copied() {
                Some(answer) => self.0.known(&lines.repeated(answer)?),
                None => self.0.truth(false),
            },
            Check::Known(step) => self.0.known(&lines.repeated(*step)?),
            Check::Flag { score, truth } => lines.check(lines.flag(*score, *truth))?,
            Check::Decided(score) => lines.check(normal.is_scored(*score))?,
            Check::Compare { comparison, left, right, exact } => {
                self.compare(lines, *comparison, (*left, *right), *exact)?
            }
            Check::NonZero(of) => {
                let x = self.operand(lines, *of)?;
                let size = self.0.apply(Function::Abs, &x)?;
                let test = self.0.compare(Comparison::Greater, &size, &self.0.number(ZERO));
                self.definite(lines, test, &[*of])?
            }
            Check::Listed { of, values, exact } => {
                let x = self.operand(lines, *of)?;
                let test = match exact {
                    true => self.0.listed(&x, values),
                    false => {
                        let each = values.iter().map(|value| self.near(&x, *value));
                        self.0.any(&each.collect::<Print<Vec<_>>>()?)
                    }
                };
                self.definite(lines, test, &[*of])?
            }
            Check::Covered { keys, tree } => {
                // A table is printed as a number; its condition is that there is one.
                let found = self.lookup(lines, keys, tree)?;
                self.covered(lines, found)?
            }
            Check::AtLeast { count, of } => self.counted(lines, Comparison::AtLeast, *count, of)?,
            Check::All(checks) => self.0.all(&lines.checks(checks)?),
            Check::Any(checks) => self.0.any(&lines.checks(checks)?),
            Check::Not(of) => self.negated(lines, *of)?,
        })
    }
}

impl Walk<'_> {
    /// The cleaned answer to an item: the variable that has it, or the expression.
    fn answer(&self, lines: &mut Lines<'_>, ItemIx(item): ItemIx) -> Print<Piece> {
        self.0.reads(&lines.instrument.response(ItemIx(item)).kind)?;
        lines.read.insert(ItemIx(item));
        Ok(match lines.cleaned {
            Some(names) => Piece::atom(&names[item]),
            None => {
                let column = self.0.column(&lines.instrument.items[item].id);
                let answer = lines.program.answers[item].as_ref();
                self.0.clean(&column, answer.map(|answer| &answer.accepted))
            }
        })
    }

    /// Whether an option of an item with several choices is chosen, as 1 or 0.
    fn chosen(&self, lines: &mut Lines<'_>, item: ItemIx, option: usize) -> Print<Piece> {
        let instrument = lines.instrument;
        let (id, options) = (&instrument.items[item.0].id, instrument.response(item).options());
        if let ChoiceRead::Number(piece) = self.0.choice(id, options, option)? {
            return Ok(piece);
        }
        let Some(names) = lines.option_names else {
            return unsupported(no_option_columns(self.0.language()));
        };
        let Some(name) = names.get(&(item, option)) else { return Ok(self.0.number(0.0)) };
        lines.read_options.insert((item, option));
        // A blank cell is an option that is not chosen.
        Ok(self.0.or_else(&Piece::atom(name), 0.0))
    }

    pub(super) fn score_number(&self, lines: &mut Lines<'_>, position: usize) -> Print<Piece> {
        if let Some(line) = lines.scored(position) {
            return Ok(line);
        }
        match lines.normal.scores[position] {
            Output::Number(step) | Output::Word { position: step, words: _ } => lines.step(step),
            Output::Truth(TruthChecks { yes, no, known: _ }) => {
                let cases = [
                    (lines.check(yes)?, self.0.number(1.0)),
                    (lines.check(no)?, self.0.number(0.0)),
                ];
                Ok(self.0.choose(&cases, &self.0.missing()))
            }
        }
    }

    /// A step that occurs in a condition, named if the condition repeats it.
    fn operand(&self, lines: &mut Lines<'_>, ix: StepIx) -> Print<Piece> {
        match self.0.repeats() && !lines.is_certain(ix) {
            true => lines.repeated(ix),
            false => lines.step(ix),
        }
    }

    fn definite(&self, lines: &mut Lines<'_>, test: Piece, of: &[StepIx]) -> Print<Piece> {
        let mut open = Vec::new();
        for step in of {
            if !lines.is_certain(*step) {
                open.push(self.operand(lines, *step)?);
            }
        }
        Ok(if open.is_empty() { test } else { self.0.definite(test, &open) })
    }

    /// Whether two numbers are within the tolerance of each other (`AtMost`), or are not (`Greater`).
    fn apart(&self, comparison: Comparison, a: &Piece, b: &Piece) -> Print<Piece> {
        let size = self.0.arithmetic(Operator::Subtract, a, b);
        let size = self.0.apply(Function::Abs, &size)?;
        Ok(self.0.compare(comparison, &size, &self.0.number(TOLERANCE)))
    }

    fn near(&self, x: &Piece, value: f64) -> Print<Piece> {
        self.apart(Comparison::AtMost, x, &self.0.number(value))
    }

    fn compare(
        &self,
        lines: &mut Lines<'_>,
        comparison: Comparison,
        (left, right): (StepIx, StepIx),
        exact: bool,
    ) -> Print<Piece> {
        let (a, b) = (self.operand(lines, left)?, self.operand(lines, right)?);
        let moved = |by: f64| match lines.normal.constant(right) {
            _ if exact => b.clone(),
            Some(value) => self.0.number(value + by),
            None if by < 0.0 => {
                self.0.arithmetic(Operator::Subtract, &b, &self.0.number(TOLERANCE))
            }
            None => self.0.arithmetic(Operator::Add, &b, &self.0.number(TOLERANCE)),
        };
        let test = match comparison {
            Comparison::Less | Comparison::AtLeast => {
                self.0.compare(comparison, &a, &moved(-TOLERANCE))
            }
            Comparison::AtMost | Comparison::Greater => {
                self.0.compare(comparison, &a, &moved(TOLERANCE))
            }
            Comparison::Equal | Comparison::Unequal if exact => self.0.compare(comparison, &a, &b),
            Comparison::Equal => self.apart(Comparison::AtMost, &a, &b)?,
            Comparison::Unequal => self.apart(Comparison::Greater, &a, &b)?,
        };
        self.definite(lines, test, &[left, right])
    }

    /// Whether the number of true checks is at least `count`, or less.
    fn counted(
        &self,
        lines: &mut Lines<'_>,
        comparison: Comparison,
        count: usize,
        of: &[CheckIx],
    ) -> Print<Piece> {
        let number = self.number_of(lines, of)?;
        #[expect(clippy::cast_precision_loss, reason = "a number of checks")]
        Ok(self.0.compare(comparison, &number, &self.0.number(count as f64)))
    }

    fn negated(&self, lines: &mut Lines<'_>, of: CheckIx) -> Print<Piece> {
        let normal = lines.normal;
        Ok(match normal.check(of) {
            Check::Known(step) => self.0.absent(&lines.repeated(*step)?),
            Check::Given(item) => match lines.given.get(item).copied() {
                Some(answer) => self.0.absent(&lines.repeated(answer)?),
                None => self.0.truth(true),
            },
            Check::AtLeast { count, of } => self.counted(lines, Comparison::Less, *count, of)?,
            _ => self.0.not(&lines.check(of)?),
        })
    }

    /// The piece, where the condition of the step is true.
    fn guarded(&self, lines: &mut Lines<'_>, step: &Step, piece: Piece) -> Print<Piece> {
        let complete = matches!(step.operation, Operation::Combine { kind: _, parts: _, times: _ });
        let complete = complete || !self.0.propagates() || self.absorbs(lines, &step.operation);
        let check = if complete { step.known } else { step.when };
        match check {
            CheckIx::ALWAYS => Ok(piece),
            check => Ok(self.0.choose(&[(lines.check(check)?, piece)], &self.0.missing())),
        }
    }

    /// Whether the operation may give 0 although an operand is missing.
    fn absorbs(&self, lines: &Lines<'_>, operation: &Operation) -> bool {
        let Operation::Arithmetic { operator: Operator::Multiply | Operator::Divide, left, right } =
            operation
        else {
            return false;
        };
        let other = |ix: StepIx| lines.normal.constant(ix).is_none_or(|value| value == 0.0);
        self.0.absorbs_zero() && other(*left) && other(*right)
    }

    fn computed(&self, lines: &mut Lines<'_>, step: &Step, operation: &Operation) -> Print<Piece> {
        Ok(match operation {
            Operation::Arithmetic { operator, left, right } => {
                let (a, b) = match operator {
                    Operator::Modulo => (lines.repeated(*left)?, lines.repeated(*right)?),
                    _ => (lines.step(*left)?, lines.step(*right)?),
                };
                self.0.arithmetic(*operator, &a, &b)
            }
            Operation::Apply { function, of } => {
                let x = match function {
                    Function::Truncate => lines.repeated(*of)?,
                    _ => lines.step(*of)?,
                };
                self.0.apply(*function, &x)?
            }
            Operation::Round { of, decimals } => {
                let positive = lines.normal.step(*of).low >= 0.0;
                let x = if positive { lines.step(*of)? } else { lines.repeated(*of)? };
                self.0.round(&x, *decimals, positive)
            }
            Operation::Sum(terms) => self.0.sum(&lines.steps(terms)?),
            Operation::Combine { kind, parts, times } => {
                let parts = self.parts(lines, step.known, parts)?;
                match kind {
                    AggregateKind::Sum => self.0.sum_of(&parts),
                    AggregateKind::Mean => self.mean(lines, &parts, *times)?,
                    AggregateKind::Min | AggregateKind::Max => self.0.extreme(*kind, &parts),
                }
            }
            Operation::Count(checks) => self.number_of(lines, checks)?,
            Operation::Eap { answers, model, sd } => {
                self.0.eap(&lines.steps(answers)?, model, *sd)?
            }
            _ => self.0.missing(),
        })
    }

    fn parts(
        &self,
        lines: &mut Lines<'_>,
        known: CheckIx,
        parts: &[CombinePart],
    ) -> Print<Vec<Part>> {
        let mut printed = Vec::new();
        for CombinePart { of, stand_in } in parts {
            let exists = lines.normal.step(*of).exists;
            let is_known = lines.implies(known, exists);
            let repeats = self.0.repeats() && !is_known;
            let number = if repeats { lines.repeated(*of)? } else { lines.step(*of)? };
            let known = lines.check(exists)?;
            printed.push(Part { number, is_known, stand_in: *stand_in, known, exists });
        }
        Ok(printed)
    }

    /// The mean of parts. The number of known parts is often also the condition of the mean: both refer to one line.
    fn mean(&self, lines: &mut Lines<'_>, parts: &[Part], times: f64) -> Print<Piece> {
        let open = |part: &Part| (!part.is_known && part.stand_in.is_none()).then_some(part.exists);
        match parts.iter().map(open).collect::<Option<Vec<CheckIx>>>() {
            Some(checks) if self.0.names_counts() => {
                let count = self.number_of(lines, &checks)?;
                Ok(self.0.mean_over(parts, &count, times))
            }
            _ => Ok(self.0.mean_of(parts, times)),
        }
    }

    /// How many checks are true.
    fn number_of(&self, lines: &mut Lines<'_>, of: &[CheckIx]) -> Print<Piece> {
        if !self.0.names_counts() {
            return Ok(self.0.count(&lines.checks(of)?));
        }
        lines.counted(of, |lines| {
            let count = self.0.count(&lines.checks(of)?);
            Ok((self.0.part_name(lines.len()), count))
        })
    }

    fn choose(
        &self,
        lines: &mut Lines<'_>,
        cases: &[(CheckIx, StepIx)],
        otherwise: StepIx,
    ) -> Print<Piece> {
        let mut printed = Vec::new();
        for (check, step) in cases {
            printed.push((lines.check(*check)?, lines.step(*step)?));
        }
        let last = lines.step(otherwise)?;
        self.chain(lines, printed, last)
    }

    /// A choice of any length. Where the language allows only some cases in one expression, the last ones get lines of
    /// their own.
    pub(super) fn chain(
        &self,
        lines: &mut Lines<'_>,
        mut cases: Vec<(Piece, Piece)>,
        mut last: Piece,
    ) -> Print<Piece> {
        while cases.len() > self.0.most_cases() {
            let rest = cases.split_off(cases.len() - self.0.most_cases());
            let text = self.0.choose(&rest, &last);
            last = lines.piece_line(&self.0.part_name(lines.len()), text)?;
        }
        Ok(self.0.choose(&cases, &last))
    }

    fn recode(
        &self,
        lines: &mut Lines<'_>,
        of: StepIx,
        (pairs, other): (&[(f64, f64)], Option<f64>),
        exact: bool,
    ) -> Print<Piece> {
        let x = lines.repeated(of)?;
        if let Some(piece) = self.0.recode(&x, pairs, other, exact) {
            return Ok(piece);
        }
        let mut cases = Vec::new();
        // Otherwise a missing number would be compared, or would get the number for all that are not listed.
        if !lines.is_certain(of) && (other.is_some() || !self.0.propagates()) {
            cases.push((self.0.absent(&x), self.0.missing()));
        }
        for (old, new) in pairs {
            let is = match exact {
                true => self.0.compare(Comparison::Equal, &x, &self.0.number(*old)),
                false => self.near(&x, *old)?,
            };
            cases.push((is, self.0.number(*new)));
        }
        let last = other.map_or_else(|| self.0.missing(), |other| self.0.number(other));
        self.chain(lines, cases, last)
    }

    /// The number that a table has for some keys; missing if it has none, or if a key is missing.
    fn lookup(&self, lines: &mut Lines<'_>, keys: &[StepIx], tree: &Node) -> Print<Piece> {
        let (mut printed, mut missing) = (Vec::new(), Vec::new());
        for key in keys {
            let piece = lines.repeated(*key)?;
            if !lines.is_certain(*key) {
                missing.push(self.0.absent(&piece));
            }
            printed.push(piece);
        }
        let found = self.0.table(tree, &printed);
        Ok(match missing.is_empty() {
            true => found,
            false => self.0.choose(&[(self.0.any(&missing), self.0.missing())], &found),
        })
    }

    /// The condition that a table has a number.
    fn covered(&self, lines: &mut Lines<'_>, found: Piece) -> Print<Piece> {
        let found = lines.piece_line(&self.0.part_name(lines.len()), found)?;
        Ok(self.0.known(&found))
    }
}
