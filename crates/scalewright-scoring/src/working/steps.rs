//! Scores computed by a formula: every subexpression with its value, from the inside out.

use scalewright_model::{Expr, Formula, ItemIx, Operation, Test};

use crate::{expr_text, formula_text, test_text, truth_of};

use super::row::{AnswerSheet, MOST_LINES, named, short, shown};

/// A part of a formula that is shown with its value.
#[derive(Clone, Copy, PartialEq)]
enum Subexpression<'a> {
    Expr(&'a Expr),
    Test(&'a Test),
    /// The condition of a choice, and its value: `None` when it is unknown.
    Branch(&'a Test, Option<bool>),
}

impl AnswerSheet<'_> {
    /// The steps of a formula, and how many are left out.
    pub(super) fn formula(&self, formula: &Formula, items: &[ItemIx]) -> (Vec<String>, usize) {
        const SHOWN: usize = 20;
        let mut lines = vec![short(&formula_text(formula, self.instrument))];
        let named =
            |item: &ItemIx| format!("{}: {}", self.instrument.items[item.0].id, self.answer(*item));
        lines.extend(items.iter().take(SHOWN).map(named));
        if items.len() > SHOWN {
            lines.push(format!("… and {} more answers", items.len() - SHOWN));
        }
        let mut walk = FormulaWalk { row: self, parts: Vec::new() };
        walk.operation(formula.root());
        let words =
            if let Formula::Word { words, .. } = formula { Some(words.as_slice()) } else { None };
        walk.parts = distinct(std::mem::take(&mut walk.parts));
        // Never below 0: there are at most 22 lines here.
        let room = MOST_LINES - lines.len();
        let steps: Vec<String> =
            walk.parts.iter().take(room).map(|part| self.part(*part, words)).collect();
        lines.extend(steps);
        (lines, walk.parts.len().saturating_sub(room))
    }

    fn part(&self, part: Subexpression<'_>, words: Option<&[String]>) -> String {
        match part {
            Subexpression::Expr(Expr::Lookup { of, table }) => {
                let keys: Vec<String> = of.iter().map(|key| shown(self.value(key))).collect();
                let found =
                    shown(self.value(&Expr::Lookup { of: of.clone(), table: table.clone() }));
                format!("lookup in {}: {} gives {found}", table.name, keys.join(", "))
            }
            // Of a choice between words only the result is shown; its condition has a line of its own.
            Subexpression::Expr(expr @ Expr::If { .. }) if words.is_some() => {
                match self.value(expr) {
                    Some(_) => format!("{} is chosen", self.word(expr, words)),
                    None => "no word is chosen".to_owned(),
                }
            }
            Subexpression::Expr(expr @ Expr::Score(scale)) => {
                let score = self.value(expr);
                let scale = &self.instrument.scales[scale.0];
                format!("{} = {}", scale.id, named(scale, score))
            }
            Subexpression::Expr(expr) => {
                format!(
                    "{} = {}",
                    short(&expr_text(expr, self.instrument)),
                    shown(self.value(expr))
                )
            }
            Subexpression::Test(test) => self.condition(test),
            Subexpression::Branch(test, truth) => {
                let way = match truth {
                    Some(true) => "is true: the `then` branch applies",
                    Some(false) => "is false: the `else` branch applies",
                    None => "is missing: neither the `then` nor the `else` branch applies",
                };
                format!("{} {way}", short(&test_text(test, self.instrument)))
            }
        }
    }

    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a position among words"
    )]
    fn word(&self, expr: &Expr, words: Option<&[String]>) -> String {
        let Some(position) = self.value(expr) else { return "missing".to_owned() };
        let word = words.and_then(|words| words.get(position as usize));
        word.map_or_else(|| shown(Some(position)), |word| format!("\"{}\"", short(word)))
    }

    /// A condition with the values that it compares: `tot >= 4: 3 >= 4 is false`.
    fn condition(&self, test: &Test) -> String {
        let text = short(&test_text(test, self.instrument));
        let truth = truth(self.truth(test));
        match test {
            Test::Compare { comparison, left, right } => {
                let (left, right) = self.sides(left, right);
                format!("{text}: {left} {} {right} is {truth}", comparison.sign())
            }
            Test::AtLeast { tests, .. } | Test::All(tests) | Test::Any(tests) => {
                let known: Vec<Option<bool>> = tests.iter().map(|test| self.truth(test)).collect();
                let count = |of| known.iter().filter(|truth| **truth == of).count();
                let missing = match count(None) {
                    0 => String::new(),
                    missing => format!(", {missing} missing"),
                };
                format!("{text}: {} of {} true{missing}: {truth}", count(Some(true)), known.len())
            }
            _ => format!("{text}: {truth}"),
        }
    }

    /// The values of the two sides of a comparison: words if a word is compared, otherwise numbers.
    fn sides(&self, left: &Expr, right: &Expr) -> (String, String) {
        let (of_left, of_right) = (self.value(left), self.value(right));
        match left {
            Expr::Score(scale) if self.instrument.scales[scale.0].words().is_some() => {
                let scale = &self.instrument.scales[scale.0];
                (named(scale, of_left), named(scale, of_right))
            }
            _ => (shown(of_left), shown(of_right)),
        }
    }

    fn truth(&self, test: &Test) -> Option<bool> {
        truth_of(self.program, &self.responses, test)
    }
}

/// Collects the parts of a formula that are shown, each after its operands.
struct FormulaWalk<'r, 'a> {
    row: &'r AnswerSheet<'r>,
    parts: Vec<Subexpression<'a>>,
}

impl<'a> FormulaWalk<'_, 'a> {
    fn operation(&mut self, operation: Operation<'a>) {
        match operation {
            // Numbers need no explanation, and answers are listed before.
            Operation::Number(Expr::Number(_) | Expr::Missing | Expr::Answer(_))
            | Operation::Truth(Test::Truth(_) | Test::Missing) => return,
            Operation::Number(Expr::Eap { .. }) => {}
            Operation::Number(expr) if expr.dates_between().is_some() => {}
            // Only the branch that applies affects the score.
            Operation::Number(Expr::If { test, then, otherwise, unknown }) => {
                self.operation(Operation::Truth(test));
                let truth = self.row.truth(test);
                self.parts.push(Subexpression::Branch(test, truth));
                self.operation(Operation::Number(match truth {
                    Some(true) => then,
                    Some(false) => otherwise,
                    None => unknown,
                }));
            }
            Operation::Number(_) | Operation::Truth(_) => {
                operation.children().into_iter().for_each(|child| self.operation(child));
            }
        }
        self.parts.push(match operation {
            Operation::Number(expr) => Subexpression::Expr(expr),
            Operation::Truth(test) => Subexpression::Test(test),
        });
    }
}

/// The parts, without repetitions.
fn distinct(parts: Vec<Subexpression<'_>>) -> Vec<Subexpression<'_>> {
    // Far more than is printed. Beyond it, repetitions are kept, because the search for them takes quadratic time.
    const MOST: usize = 500;
    let mut shown: Vec<Subexpression<'_>> = Vec::new();
    for part in parts {
        if shown.len() > MOST || !shown.contains(&part) {
            shown.push(part);
        }
    }
    shown
}

fn truth(truth: Option<bool>) -> String {
    truth.map_or("missing".to_owned(), |truth| truth.to_string())
}
