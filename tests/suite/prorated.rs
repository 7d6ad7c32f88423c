//! Marks of scores in which something replaces a missing answer. A mark follows the branch that was taken. For all
//! answers, the marks are compared with an evaluator that goes row by row and follows the definitions literally.

use scalewright_check::{Checked, Input, Source, check};
use scalewright_model::{
    Aggregate, AggregateKind, Comparison, Expr, Fill, Formula, Function, ItemIx, Operator, ScaleIx,
    Test,
};
use scalewright_scoring::{Column, Program, Responses, Score, evaluate, rounded};

use crate::normal;
use crate::oracles::Dice;

/// Three items, and scales with every rule for missing answers. Tests add formulas.
const BASE: &str = include_str!("prorated/base.toml");

fn checked(formulas: &[String]) -> Checked {
    let mut text = BASE.to_owned();
    for (index, formula) in formulas.iter().enumerate() {
        text.push_str(&format!(
            "\n[[scales]]\nid = \"f{index}\"\ntitle = \"F {index}\"\nscore = \"formula\"\nmissing = \"in-formula\"\nformula = '{formula}'\n"
        ));
    }
    let source = Source { name: "base.toml".to_owned(), bytes: text.into_bytes() };
    let checked = check(Input::alone(source));
    let errors: Vec<&str> = checked
        .findings
        .iter()
        .filter(|finding| finding.code.ends_with("name") || finding.code.starts_with("formula"))
        .map(|finding| finding.message.as_str())
        .collect();
    assert!(errors.is_empty(), "{errors:?}\n{formulas:?}");
    assert!(checked.instrument.is_some(), "{:?}", checked.findings);
    checked
}

/// Every combination of answers to the three items, including missing ones.
fn everybody() -> Vec<[Option<f64>; 3]> {
    let choices = |most: u32| (0..=most).map(|v| Some(f64::from(v))).chain([None]);
    let mut all = Vec::new();
    for a in choices(1) {
        for b in choices(6) {
            all.extend(choices(6).map(|c| [a, b, c]));
        }
    }
    all
}

fn columns(rows: &[[Option<f64>; 3]]) -> Responses {
    let column = |item: usize| {
        let mut column = Column::default();
        rows.iter().for_each(|row| column.push(row[item]));
        column
    };
    Responses { rows: rows.len(), items: (0..3).map(column).collect() }
}

/// A number with its mark: whether something replaces a missing answer in it.
type Number = Option<(f64, bool)>;

/// The literal evaluator for one respondent.
struct Slow<'a> {
    program: &'a Program,
    answers: &'a [Option<f64>],
    /// Whether marked numbers are unknown to conditions.
    strict: bool,
}

impl Slow<'_> {
    /// The number that a condition sees, or `None` if the condition may not use it.
    fn seen(&self, expr: &Expr) -> Option<Option<f64>> {
        match self.number(expr) {
            Some((_, true)) if self.strict => None,
            number => Some(number.map(|(x, _)| x)),
        }
    }

    fn score(&self, scale: ScaleIx) -> Number {
        let score = &self.program.scores[self.program.position(scale)?];
        self.formula(&score.formula)
    }

    fn formula(&self, formula: &Formula) -> Number {
        match formula {
            Formula::Number(expr) | Formula::Word { position: expr, words: _ } => self.number(expr),
            Formula::Truth(test) => {
                let (truth, filled) = self.marked(test)?;
                Some((f64::from(u8::from(truth)), filled))
            }
        }
    }

    fn answer(&self, item: ItemIx) -> Number {
        let answer = self.program.answer(item)?;
        let given = self.answers[item.0].filter(|given| answer.accepted.contains(*given));
        let given = given.map(|given| (given, false));
        let Some(asked) = &answer.asked else { return given };
        match self.marked(&asked.when) {
            Some((false, filled)) => asked.otherwise.map(|value| (value, filled)),
            _ => given,
        }
    }

    fn number(&self, expr: &Expr) -> Number {
        match expr {
            Expr::Number(value) => Some((*value, false)),
            Expr::Missing => None,
            Expr::Answer(item) => self.answer(*item),
            Expr::Chosen { .. } => unreachable!("the formulas look into no options"),
            Expr::Score(scale) => self.score(*scale),
            Expr::Reverse { of, low, high } => self.number(of).map(|(x, m)| (low + high - x, m)),
            Expr::Recode { of, table, other, missing } => match self.number(of) {
                None => missing.map(|value| (value, false)),
                Some((x, mark)) => {
                    let hit = table.iter().find(|(key, _)| (key - x).abs() < 1e-7);
                    hit.map(|(_, value)| *value).or(*other).map(|value| (value, mark))
                }
            },
            Expr::Aggregate(aggregate) => self.aggregate(aggregate),
            Expr::Count { tests, need } => {
                let all: Vec<(bool, bool)> = tests.iter().filter_map(|t| self.marked(t)).collect();
                let met = all.iter().filter(|(truth, _)| *truth).count();
                let mark = all.iter().any(|(_, mark)| *mark);
                (all.len() >= *need).then_some((met as f64, mark))
            }
            Expr::LongestRun(terms) => self.run(terms),
            Expr::Arithmetic { operator, left, right } => {
                let ((a, m), (b, n)) = (self.number(left)?, self.number(right)?);
                let value = match operator {
                    Operator::Add => a + b,
                    Operator::Subtract => a - b,
                    Operator::Multiply => a * b,
                    Operator::Divide => a / b,
                    Operator::Modulo => a - b * (a / b).floor(),
                };
                value.is_finite().then_some((value, m || n))
            }
            Expr::Apply { function, of } => {
                let (x, mark) = self.number(of)?;
                assert_eq!(*function, Function::Abs, "the formulas have no other function");
                Some((x.abs(), mark))
            }
            Expr::Round { of, decimals } => {
                self.number(of).map(|(x, mark)| (rounded(x, *decimals), mark))
            }
            Expr::If { test, then, otherwise, unknown } => match self.marked(test) {
                None => self.number(unknown),
                Some((truth, decided)) => {
                    let (x, mark) = self.number(if truth { then } else { otherwise })?;
                    Some((x, mark || decided))
                }
            },
            Expr::Lookup { .. } | Expr::Eap { .. } => panic!("the formulas have none"),
        }
    }

    fn run(&self, terms: &[Expr]) -> Number {
        let all: Vec<Number> = terms.iter().map(|term| self.number(term)).collect();
        let mut longest = 0;
        for start in 0..all.len() {
            let Some((first, _)) = all[start] else { continue };
            let same = |number: &&Number| number.is_some_and(|(x, _)| (x - first).abs() < 1e-7);
            longest = longest.max(all[start..].iter().take_while(same).count());
        }
        let mark = all.iter().flatten().any(|(_, mark)| *mark);
        (longest > 0).then_some((longest as f64, mark))
    }

    fn aggregate(&self, aggregate: &Aggregate) -> Number {
        let Aggregate { kind, terms, weights, need, mandatory, fill } = aggregate;
        assert!(weights.is_none() && mandatory.is_empty(), "the formulas have none");
        let all: Vec<Number> = terms.iter().map(|term| self.number(term)).collect();
        let there: Vec<f64> = all.iter().flatten().map(|(x, _)| *x).collect();
        if there.len() < *need {
            return None;
        }
        let mean = there.iter().sum::<f64>() / there.len() as f64;
        let stand_in = match fill {
            Fill::Nothing => None,
            Fill::PersonMean => Some(mean),
            Fill::Constant(value) => Some(*value),
            Fill::Each(_) => panic!("the formulas have none"),
        };
        let stand_ins = stand_in.map_or(0, |_| all.len() - there.len());
        let mut whole = there.clone();
        whole.extend(std::iter::repeat_n(stand_in.unwrap_or_default(), stand_ins));
        let sum: f64 = whole.iter().sum();
        let value = match kind {
            AggregateKind::Sum => sum,
            AggregateKind::Mean => sum / whole.len() as f64,
            AggregateKind::Min => whole.iter().copied().fold(f64::INFINITY, f64::min),
            AggregateKind::Max => whole.iter().copied().fold(f64::NEG_INFINITY, f64::max),
        };
        let mark = stand_ins > 0 || all.iter().flatten().any(|(_, mark)| *mark);
        Some((value, mark))
    }

    /// The truth of a condition, and its mark: whether it would be unknown without replaced answers.
    fn marked(&self, test: &Test) -> Option<(bool, bool)> {
        let truth = Slow { strict: false, ..*self }.truth(test)?;
        let without = Slow { strict: true, ..*self }.truth(test);
        Some((truth, without != Some(truth)))
    }

    fn truth(&self, test: &Test) -> Option<bool> {
        match test {
            Test::Truth(truth) => Some(*truth),
            Test::Missing => None,
            Test::Flag(scale) => self.seen(&Expr::Score(*scale))?.map(|truth| truth != 0.0),
            Test::Compare { comparison, left, right } => {
                Some(Comparison::holds(*comparison, self.seen(left)??, self.seen(right)??))
            }
            Test::AtLeast { count, tests } => self.at_least(*count, tests),
            Test::All(tests) => self.at_least(tests.len(), tests),
            Test::Any(tests) => self.at_least(1, tests),
            Test::Not(of) => self.truth(of).map(|truth| !truth),
            Test::IsMissing(of) => Some(self.seen(of)?.is_none()),
            Test::IsUnknown(of) => match self.marked(of) {
                Some((_, true)) if self.strict => None,
                truth => Some(truth.is_none()),
            },
        }
    }

    fn at_least(&self, count: usize, tests: &[Test]) -> Option<bool> {
        let all: Vec<Option<bool>> = tests.iter().map(|test| self.truth(test)).collect();
        let met = all.iter().filter(|truth| **truth == Some(true)).count();
        let open = all.iter().filter(|truth| truth.is_none()).count();
        if met >= count { Some(true) } else { (met + open < count).then_some(false) }
    }
}

/// Asserts that every score and mark of every respondent equals that of the slow evaluator.
fn agree(formulas: &[String]) {
    let checked = checked(formulas);
    let program = &checked.program;
    let rows = everybody();
    let scored = evaluate(program, &columns(&rows));
    // The normal form states the marks too.
    normal::compare_rows("random formulas", &checked, &columns(&rows));
    for (score, scored) in program.scores.iter().zip(&scored) {
        for (row, answers) in rows.iter().enumerate() {
            let slow = Slow { program, answers, strict: false }.formula(&score.formula);
            let got = scored.score.get(row).map(|score| (score, scored.prorated[row]));
            let same = match (got, slow) {
                (None, None) => !scored.prorated[row],
                (Some((a, m)), Some((b, n))) => (a - b).abs() < 1e-9 && m == n,
                _ => false,
            };
            let instrument = checked.instrument.as_ref().expect("the definition was resolved");
            let id = &instrument.scales[score.scale.0].id;
            let formula = scalewright_scoring::formula_text(&score.formula, instrument);
            assert!(same, "{id} = {formula}\n{answers:?}: {got:?}, not {slow:?}");
        }
    }
}

#[test]
fn marks_follow_the_branch_taken() {
    // The mark of each respondent's score, by hand: `a` is 1, 0, missing, 1; `b` missing, 5, 5, 5.
    let rows: Vec<[Option<f64>; 3]> =
        vec![[Some(1.0), None, Some(3.0)], [Some(0.0), Some(5.0), None], [None, Some(5.0), None]];
    for (formula, marks) in [
        ("if a = 1 then one else pomp", [false, false, false]),
        ("if is_missing(a) then pomp else one", [false, false, true]),
        ("if pomp > 20 then 1 else 0", [true, false, true]),
        ("round(if pomp > 20 then 1 else 0)", [true, false, true]),
        ("sum(if pomp > 20 then 1 else 0, 1)", [true, false, true]),
        ("coalesce(one, pomp)", [false, false, true]),
        ("coalesce(pomp, one)", [true, false, true]),
        ("if a = 1 or pomp > 20 then 1 else 0", [false, false, true]),
        ("max(one, round(pomp); >= 1)", [true, false, true]),
        ("count(pomp > 20, a >= 1)", [true, false, true]),
        ("if is_missing(pomp) then 1 else 0", [true, false, true]),
    ] {
        let checked = checked(&[formula.to_owned()]);
        let scored = evaluate(&checked.program, &columns(&rows));
        let instrument = checked.instrument.as_ref().expect("the definition was resolved");
        let of = |score: &Score| instrument.scales[score.scale.0].id == "f0";
        let at = checked.program.scores.iter().position(of).expect("the formula is scored");
        assert_eq!(scored[at].prorated, marks, "{formula}");
    }
}

#[test]
fn marks_equal_those_of_a_slow_evaluator() {
    let mut dice = Dice::new();
    for _ in 0..6 {
        let formulas: Vec<String> = (0..40).map(|_| number(&mut dice, 3)).collect();
        agree(&formulas);
    }
}

fn one(dice: &mut Dice, of: &[&str]) -> String {
    of[dice.roll(of.len())].to_owned()
}

/// A random formula for a number, at most `depth` levels deep.
fn number(dice: &mut Dice, depth: usize) -> String {
    if depth == 0 {
        return one(dice, &["a", "b", "c", "pomp", "sub", "one", "ans", "lowest", "mixed", "2"]);
    }
    let x = number(dice, depth - 1);
    let y = number(dice, depth - 1);
    match dice.roll(12) {
        0 | 1 => format!("(if {} then {x} else {y})", condition(dice, depth - 1)),
        2 => format!("coalesce({x}, {y})"),
        3 => format!("sum({x}, {y}; >= 1; prorate)"),
        4 => format!("mean({x}, {y}, b)"),
        5 => format!("{}({x}, {y}; >= 1)", one(dice, &["min", "max"])),
        6 => format!("round({x})"),
        7 => format!("({x} - {y})"),
        8 => format!("count({}, {})", condition(dice, depth - 1), condition(dice, depth - 1)),
        9 => format!("abs({x})"),
        10 => format!("longest_run({x}, {y}, b)"),
        _ => format!("sum({x}, {y}; >= 1; substitute 1)"),
    }
}

/// A random condition, at most `depth` levels deep.
fn condition(dice: &mut Dice, depth: usize) -> String {
    let sign = one(dice, &[">", ">=", "=", "<"]);
    if depth == 0 {
        return match dice.roll(4) {
            0 => format!("is_missing({})", number(dice, 0)),
            1 => "few".to_owned(),
            _ => format!("{} {sign} {}", number(dice, 0), dice.roll(5)),
        };
    }
    let one = condition(dice, depth - 1);
    let other = condition(dice, depth - 1);
    match dice.roll(4) {
        0 => format!("({one} and {other})"),
        1 => format!("({one} or {other})"),
        2 => format!("not ({one})"),
        _ => format!("{} {sign} {}", number(dice, depth - 1), dice.roll(5)),
    }
}
