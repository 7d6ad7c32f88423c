//! REDCap calculations, in patterns that mean one thing under every reading of how blanks behave.
//!
//! REDCap's logic is two-valued and its rules for blanks are only partly public. So no blank ever
//! meets an operator here: every number is printed beside the condition under which it is there, and
//! every condition as two, that it is surely true and that it is surely false. A formula is
//! `if(condition, number, '')`. Formulas are self-contained, because REDCap advises against calculations that
//! read other calculations.

mod blank;
mod conditions;
mod signs;

use scalewright_model::{
    Aggregate, AggregateKind, Band, Expr, Fill, Formula, Function, Instrument, ItemIx, Lower,
    Operator, ResponseKind, ScaleIx, TOLERANCE, Table, Upper,
};

use crate::emit::tree::{Edge, Leaf, Node, tree_of};
use crate::emit::{Unsupported, number};
use crate::{Accepted, Program};
use conditions::Sure;

/// A formula longer than this is refused. Dictionaries are edited in spreadsheets, which cut off what a cell does not
/// hold: more than 32,767 characters, a few of which an action tag takes.
const LONGEST: usize = 32_700;

/// What REDCap computes; where it cannot, why.
#[derive(Debug, Clone)]
pub struct Emitted {
    /// The formula of each score, parallel to `program.scores`. Truth is 1 and 0. That of a word is for a `@CALCTEXT`
    /// action tag.
    pub scores: Vec<Result<String, Unsupported>>,
    /// When each item is shown, parallel to the instrument's items; nothing for one that always is. An item is shown
    /// once its condition is known to be true.
    pub shown: Vec<Option<Result<String, Unsupported>>>,
}

/// Prints all scores and conditions. The field of each item is called as `names` has it, parallel to the instrument's
/// items.
#[must_use]
pub fn emit(program: &Program, instrument: &Instrument, names: &[String]) -> Emitted {
    let mut printer = Printer {
        program,
        instrument,
        names,
        answers: vec![None; instrument.items.len()],
        scores: Vec::with_capacity(program.scores.len()),
    };
    let mut formulas = Vec::with_capacity(program.scores.len());
    for score in &program.scores {
        formulas.push(printer.formula(&score.formula));
        let printed = printer.scored(&score.formula);
        printer.scores.push(printed);
    }
    let items = (0..instrument.items.len()).map(ItemIx);
    let shown = items.map(|item| printer.shown(item)).collect();
    Emitted { scores: formulas, shown }
}

/// The label of the band that the score in `field` falls in, for a `@CALCTEXT` action tag.
///
/// # Errors
///
/// When a label holds a character that REDCap's logic has no way to write.
pub fn band(field: &str, bands: &[(&Band, &str)]) -> Result<String, Unsupported> {
    let mut tests = String::new();
    for (band, label) in bands {
        let lower = match band.lower {
            Lower::From(from) => format!("[{field}] >= {}", number(from - TOLERANCE)),
            Lower::Above(above) => format!("[{field}] > {}", number(above + TOLERANCE)),
        };
        let upper = match band.upper {
            Upper::To(to) => format!("[{field}] <= {}", number(to + TOLERANCE)),
            Upper::Below(below) => format!("[{field}] < {}", number(below - TOLERANCE)),
        };
        let label = text(label)?;
        tests.push_str(&format!("if({lower} and {upper}, {label}, "));
    }
    let close = ")".repeat(bands.len());
    bounded(format!("if(isnumber([{field}]), {tests}''{close}, '')"))
}

fn bounded(formula: String) -> Result<String, Unsupported> {
    if formula.len() <= LONGEST {
        return Ok(formula);
    }
    let because =
        format!("the calculation would be {} characters long, and {LONGEST} fit", formula.len());
    Err(Unsupported { because })
}

/// A text literal, in whichever quotes it does not hold. Escapes cannot be relied on, nor can brackets,
/// which REDCap pipes.
fn text(value: &str) -> Result<String, Unsupported> {
    if let Some(character) = value.chars().find(|c| matches!(c, '[' | ']' | '\\') || c.is_control())
    {
        let because =
            format!("REDCap's logic has no reliable way to write {character:?} in a text");
        return Err(Unsupported { because });
    }
    match (value.contains('\''), value.contains('"')) {
        (false, _) => Ok(format!("'{value}'")),
        (true, false) => Ok(format!("\"{value}\"")),
        (true, true) => {
            let because = "REDCap's logic has no reliable way to write both kinds of quotes";
            Err(Unsupported { because: because.to_owned() })
        }
    }
}

/// A number and the condition under which it is there.
#[derive(Clone)]
struct Printed {
    condition: String,
    number: String,
}

/// What is always there.
const ALWAYS: &str = "1 = 1";
/// What is never there.
const NEVER: &str = "1 = 0";

impl Printed {
    fn always(number: String) -> Self {
        Self { condition: ALWAYS.to_owned(), number }
    }

    fn never() -> Self {
        Self { condition: NEVER.to_owned(), number: "0".to_owned() }
    }
}

/// A score that others are made of.
#[derive(Clone)]
enum Scored {
    Number(Printed),
    Truth(Sure),
}

type Print<T> = Result<T, Unsupported>;

struct Printer<'a> {
    program: &'a Program,
    instrument: &'a Instrument,
    /// What the fields of the items are called.
    names: &'a [String],
    answers: Vec<Option<Print<Printed>>>,
    /// The scores printed so far, in the order of the program.
    scores: Vec<Print<Scored>>,
}

impl Printer<'_> {
    fn formula(&mut self, formula: &Formula) -> Print<String> {
        let printed = match formula {
            Formula::Number(expr) => match self.plain(expr) {
                Some(plain) => plain,
                None => self.or_blank(expr)?,
            },
            Formula::Word { position, words } => self.word(position, words)?,
            Formula::Truth(test) => {
                let Sure { yes, no } = self.test(test)?;
                format!("if({yes}, 1, if({no}, 0, ''))")
            }
        };
        bounded(printed)
    }

    fn scored(&mut self, formula: &Formula) -> Print<Scored> {
        match formula {
            Formula::Number(expr) | Formula::Word { position: expr, words: _ } => {
                self.print(expr).map(Scored::Number)
            }
            Formula::Truth(test) => self.test(test).map(Scored::Truth),
        }
    }

    /// The short form, where blanks propagate as wanted by REDCap's one confirmed rule: arithmetic with a
    /// blank field is blank. For sums and means that need every answer, of fields that hold nothing
    /// but scored answers.
    fn plain(&self, expr: &Expr) -> Option<String> {
        let Expr::Aggregate(aggregate) = expr else { return None };
        if aggregate.need < aggregate.terms.len() || aggregate.weights.is_some() {
            return None;
        }
        let terms: Option<Vec<String>> =
            aggregate.terms.iter().map(|t| self.plain_term(t)).collect();
        let sum = terms?.join(" + ");
        match aggregate.kind {
            AggregateKind::Sum => Some(sum),
            AggregateKind::Mean => Some(format!("({sum}) / {}", aggregate.terms.len())),
            AggregateKind::Min | AggregateKind::Max => None,
        }
    }

    fn plain_term(&self, expr: &Expr) -> Option<String> {
        match expr {
            Expr::Answer(item) if self.is_plain(*item) => Some(self.field(*item)),
            Expr::Reverse { of, low, high } => {
                Some(format!("({} - {})", number(low + high), self.plain_term(of)?))
            }
            _ => None,
        }
    }

    /// Whether whatever the field can hold is a scored answer: no non-response options, no free numbers, no
    /// condition.
    fn is_plain(&self, item: ItemIx) -> bool {
        if self.program.answer(item).is_none_or(|answer| answer.asked.is_some()) {
            return false;
        }
        match &self.instrument.response(item).kind {
            ResponseKind::Coded { options } => options.iter().all(|o| !o.non_response),
            ResponseKind::YesNo => true,
            _ => false,
        }
    }

    fn field(&self, item: ItemIx) -> String {
        format!("[{}]", self.names[item.0])
    }

    fn score(&self, scale: ScaleIx) -> Print<Scored> {
        match self.program.position(scale) {
            Some(position) => self.scores[position].clone(),
            None => Ok(Scored::Number(Printed::never())),
        }
    }

    fn print(&mut self, expr: &Expr) -> Print<Printed> {
        let printed = match expr {
            Expr::Number(value) => Printed::always(signed(*value)),
            Expr::Missing => Printed::never(),
            Expr::Answer(item) => self.answer(*item)?,
            Expr::Score(scale) => match self.score(*scale)? {
                Scored::Number(printed) => printed,
                Scored::Truth(Sure { yes, no }) => Printed {
                    condition: format!("({yes} or {no})"),
                    number: format!("if({yes}, 1, 0)"),
                },
            },
            Expr::Reverse { of, low, high } => {
                let Printed { condition, number: of } = self.print(of)?;
                Printed { condition, number: format!("({} - {of})", number(low + high)) }
            }
            Expr::Recode { of, table, other, missing } => {
                recode(self.print(of)?, table, *other, *missing)
            }
            Expr::Aggregate(aggregate) => self.aggregate(aggregate)?,
            Expr::Count { tests, need } => {
                let counts = self.counts(tests)?;
                let condition = match need {
                    0 => ALWAYS.to_owned(),
                    need => format!("{} >= {need}", counts.known),
                };
                Printed { condition, number: counts.met }
            }
            Expr::LongestRun(terms) => self.longest_run(terms)?,
            Expr::Arithmetic { operator, left, right } => {
                let (left, right) = (self.print(left)?, self.print(right)?);
                arithmetic(*operator, left, right)
            }
            Expr::Apply { function, of } => apply(*function, self.print(of)?)?,
            Expr::Round { of, decimals } => {
                let Printed { condition, number } = self.print(of)?;
                Printed {
                    condition,
                    number: rounded(&number, *decimals, self.is_never_negative(of)),
                }
            }
            Expr::If { test, then, otherwise, unknown } => {
                let Sure { yes, no } = self.test(test)?;
                let (then, otherwise) = (self.print(then)?, self.print(otherwise)?);
                let unknown = self.print(unknown)?;
                choice(&yes, &no, then, otherwise, unknown)
            }
            Expr::Lookup { of, table } => self.lookup(of, table)?.printed()?,
            Expr::Eap { model, .. } => {
                let because = format!(
                    "a calculation cannot weigh the pattern of answers of the model `{}`: `eap_sum` can, by a table",
                    model.name
                );
                return Err(Unsupported { because });
            }
        };
        let Printed { condition, number } = printed;
        Ok(Printed { condition: bounded(condition)?, number: bounded(number)? })
    }

    fn answer(&mut self, item: ItemIx) -> Print<Printed> {
        if let Some(printed) = &self.answers[item.0] {
            return printed.clone();
        }
        let printed = self.asked_answer(item);
        self.answers[item.0] = Some(printed.clone());
        printed
    }

    /// The answer where the item was asked, and what stands for it where it was not.
    fn asked_answer(&mut self, item: ItemIx) -> Print<Printed> {
        let Some(answer) = self.program.answer(item).cloned() else { return Ok(Printed::never()) };
        if self.instrument.response(item).kind == ResponseKind::Time {
            let because = "a calculation cannot read a clock time as minutes".to_owned();
            return Err(Unsupported { because });
        }
        let given = self.plain_answer(item, &answer.accepted);
        let Some(asked) = &answer.asked else { return Ok(given) };
        let Sure { yes: _, no } = self.test(&asked.when)?;
        let otherwise = asked.otherwise.filter(|value| answer.accepted.contains(*value));
        Ok(match otherwise {
            Some(value) => Printed {
                condition: format!("({no} or ({}))", given.condition),
                number: format!("if({no}, {}, {})", signed(value), given.number),
            },
            None => Printed {
                condition: format!("(if({no}, 0, 1) = 1 and {})", given.condition),
                number: given.number,
            },
        })
    }

    /// When an item that is asked under a condition is surely asked.
    fn shown(&mut self, item: ItemIx) -> Option<Print<String>> {
        let when = &self.instrument.items[item.0].ask.as_ref()?.when;
        Some(self.test(when).and_then(|sure| bounded(sure.yes)))
    }

    fn plain_answer(&self, item: ItemIx, accepted: &Accepted) -> Printed {
        let field = self.field(item);
        let mut condition = format!("{field} <> ''");
        match accepted {
            Accepted::Between { min, max, decimals: _ } => {
                let (min, max) = (number(*min), number(*max));
                condition.push_str(&format!(" and {field} >= {min} and {field} <= {max}"));
            }
            Accepted::Values(_) => {
                let options = self.instrument.response(item).options();
                for option in options.iter().filter(|option| option.non_response) {
                    condition.push_str(&format!(" and {field} <> '{}'", option.value));
                }
            }
        }
        Printed { condition, number: field }
    }

    fn aggregate(&mut self, aggregate: &Aggregate) -> Print<Printed> {
        let mut terms = Vec::new();
        for (position, term) in aggregate.terms.iter().enumerate() {
            let Printed { condition, number } = self.print(term)?;
            terms.push(match &aggregate.weights {
                Some(weights) => Printed {
                    condition,
                    number: format!("({} * {number})", signed(weights[position])),
                },
                None => Printed { condition, number },
            });
        }
        let all = terms.len();
        let extreme = matches!(aggregate.kind, AggregateKind::Min | AggregateKind::Max);
        if aggregate.need >= all && !extreme {
            let condition = conjunction(terms.iter().map(|t| t.condition.as_str()));
            let sum = joined(terms.iter().map(|t| t.number.as_str()), " + ");
            let number = match aggregate.kind {
                AggregateKind::Mean => format!("(({sum}) / {all})"),
                _ => format!("({sum})"),
            };
            return Ok(Printed { condition, number });
        }
        let counts = terms.iter().map(|t| format!("if({}, 1, 0)", t.condition));
        let count = format!("sum({})", joined(counts, ", "));
        let mut condition = format!("{count} >= {}", aggregate.need.max(1));
        for &position in &aggregate.mandatory {
            condition.push_str(&format!(" and {}", terms[position].condition));
        }
        let number = match extreme {
            true => extreme_of(aggregate, &terms),
            false => filled(aggregate, &terms),
        };
        Ok(Printed { condition: format!("({condition})"), number })
    }

    /// Runs are told by their ends: for each length and place, whether all of it is there and equal. REDCap has no
    /// variables, so that only short lists can be printed.
    fn longest_run(&mut self, terms: &[Expr]) -> Print<Printed> {
        let printed: Print<Vec<Printed>> = terms.iter().map(|term| self.print(term)).collect();
        let printed = printed?;
        let same = |a: &Printed, b: &Printed| {
            let (x, y) = (&a.number, &b.number);
            format!("{} and {} and {x} = {y}", a.condition, b.condition)
        };
        let mut run = String::new();
        let mut runs = Vec::new();
        for (index, term) in printed.iter().enumerate() {
            run = match index {
                0 => format!("if({}, 1, 0)", term.condition),
                _ => {
                    let equal = same(term, &printed[index - 1]);
                    bounded(format!("if({equal}, {run} + 1, if({}, 1, 0))", term.condition))?
                }
            };
            runs.push(run.clone());
        }
        let any = printed.iter().map(|term| format!("({})", term.condition));
        Ok(Printed {
            condition: format!("({})", joined(any, " or ")),
            number: format!("max({})", joined(runs.iter(), ", ")),
        })
    }
}

fn choice(yes: &str, no: &str, then: Printed, otherwise: Printed, unknown: Printed) -> Printed {
    let mut condition =
        format!("(({yes} and {}) or ({no} and {})", then.condition, otherwise.condition);
    let mut number = format!("if({yes}, {}, {})", then.number, otherwise.number);
    if unknown.condition != NEVER {
        let open = format!("if({yes} or {no}, 0, 1) = 1");
        condition.push_str(&format!(" or ({open} and {})", unknown.condition));
        number = format!(
            "if({yes}, {}, if({no}, {}, {}))",
            then.number, otherwise.number, unknown.number
        );
    }
    Printed { condition: condition + ")", number }
}

fn recode(of: Printed, table: &[(f64, f64)], other: Option<f64>, missing: Option<f64>) -> Printed {
    let Printed { condition, number: x } = of;
    let is = |key: f64| match key.fract() == 0.0 {
        true => format!("{x} = {}", signed(key)),
        false => {
            format!("{x} >= {} and {x} <= {}", signed(key - TOLERANCE), signed(key + TOLERANCE))
        }
    };
    let tests: String =
        table.iter().map(|(key, value)| format!("if({}, {}, ", is(*key), signed(*value))).collect();
    let last = other.map_or("''".to_owned(), signed);
    let chain = format!("{tests}{last}{}", ")".repeat(table.len()));
    let listed = match other {
        Some(_) => condition.clone(),
        None => {
            let keys: Vec<String> =
                table.iter().map(|(key, _)| format!("({})", is(*key))).collect();
            format!("({condition} and ({}))", keys.join(" or "))
        }
    };
    match missing {
        None => Printed { condition: listed, number: chain },
        Some(value) => Printed {
            condition: format!("({listed} or if({condition}, 0, 1) = 1)"),
            number: format!("if({condition}, {chain}, {})", signed(value)),
        },
    }
}

fn arithmetic(operator: Operator, left: Printed, right: Printed) -> Printed {
    let mut condition =
        conjunction([left.condition.as_str(), right.condition.as_str()].into_iter());
    let (a, b) = (left.number, right.number);
    let number = match operator {
        Operator::Add => format!("({a} + {b})"),
        Operator::Subtract => format!("({a} - {b})"),
        Operator::Multiply => format!("({a} * {b})"),
        Operator::Divide | Operator::Modulo => {
            // A number is divided by where it is known and not 0.
            match b.parse::<f64>() {
                Ok(divisor) if divisor.abs() <= 1e-12 => return Printed::never(),
                Ok(_) => {}
                Err(_) => {
                    condition =
                        format!("{condition} and ({b} > 0.000000000001 or {b} < -0.000000000001)");
                }
            }
            match operator {
                Operator::Divide => format!("({a} / {b})"),
                _ => format!("({a} - {b} * {})", floor(&format!("({a} / {b})"))),
            }
        }
    };
    Printed { condition, number }
}

fn apply(function: Function, of: Printed) -> Print<Printed> {
    let Printed { condition, number: x } = of;
    Ok(match function {
        Function::Abs => Printed { condition, number: format!("abs({x})") },
        Function::Sqrt => {
            Printed { condition: format!("{condition} and {x} >= 0"), number: format!("sqrt({x})") }
        }
        Function::Ln => {
            Printed { condition: format!("{condition} and {x} > 0"), number: format!("log({x})") }
        }
        Function::Exp => Printed { condition, number: format!("exponential({x})") },
        Function::Floor => Printed { condition, number: floor(&x) },
        Function::Ceiling => Printed { condition, number: ceiling(&x) },
        Function::Truncate => {
            Printed { condition, number: format!("if({x} < 0, {}, {})", ceiling(&x), floor(&x)) }
        }
        Function::NormalCdf => {
            let because = "REDCap has no normal distribution: give the norm as a table".to_owned();
            return Err(Unsupported { because });
        }
    })
}

/// The whole number below, by rounding: what `rounddown` does below 0 is not documented. The guards keep clear of
/// numbers halfway between two, on which documentation is silent too.
fn floor(x: &str) -> String {
    format!("round({x} - {}, 0)", number(0.5 - 2.0 * TOLERANCE))
}

fn ceiling(x: &str) -> String {
    format!("round({x} + {}, 0)", number(0.5 - 2.0 * TOLERANCE))
}

/// What is found in a table.
struct Found {
    tree: Node,
    keys: Vec<Printed>,
    /// When all keys are there.
    known: String,
    /// Blank where the table has nothing.
    number: String,
}

impl Found {
    fn printed(self) -> Print<Printed> {
        let Self { tree, keys, known, number } = self;
        if !has_gap(&tree) {
            return Ok(Printed { condition: known, number });
        }
        let there = print_tree(&tree, &keys, &|leaf| match leaf {
            Leaf::Missing => "0".to_owned(),
            Leaf::Value(_) | Leaf::Line { .. } => "1".to_owned(),
        });
        Ok(Printed { condition: bounded(format!("({known} and {there} = 1)"))?, number })
    }
}

impl Printer<'_> {
    fn lookup(&mut self, of: &[Expr], table: &Table) -> Print<Found> {
        let keys: Print<Vec<Printed>> = of.iter().map(|key| self.print(key)).collect();
        let keys = keys?;
        let whole: Vec<bool> = of.iter().map(|key| self.is_whole(key)).collect();
        let tree = tree_of(table, &whole);
        let known = conjunction(keys.iter().map(|key| key.condition.as_str()));
        let number = bounded(print_tree(&tree, &keys, &|leaf| leaf_text(leaf, &keys)))?;
        Ok(Found { tree, keys, known, number })
    }
}

fn leaf_text(leaf: &Leaf, keys: &[Printed]) -> String {
    match leaf {
        Leaf::Missing => "''".to_owned(),
        Leaf::Value(value) => signed(*value),
        Leaf::Line { from, value, rise, run } => {
            let (value, from, slope) = (signed(*value), signed(*from), signed(rise / run));
            format!("({value} + ({} - {from}) * {slope})", keys[0].number)
        }
    }
}

fn has_gap(node: &Node) -> bool {
    match node {
        Node::Leaf(leaf) => *leaf == Leaf::Missing,
        Node::Split { edge: _, less, more } => has_gap(less) || has_gap(more),
    }
}

fn print_tree(node: &Node, keys: &[Printed], leaf: &dyn Fn(&Leaf) -> String) -> String {
    match node {
        Node::Leaf(end) => leaf(end),
        Node::Split { edge: Edge { key, below }, less, more } => {
            let (less, more) = (print_tree(less, keys, leaf), print_tree(more, keys, leaf));
            format!("if({} < {}, {less}, {more})", keys[*key].number, signed(*below))
        }
    }
}

/// The number made of the terms that are there, when the rule is met.
fn filled(aggregate: &Aggregate, terms: &[Printed]) -> String {
    let all = terms.len();
    let with = |stand_in: &dyn Fn(usize) -> String| {
        let terms = terms.iter().enumerate();
        let terms =
            terms.map(|(at, t)| format!("if({}, {}, {})", t.condition, t.number, stand_in(at)));
        joined(terms, ", ")
    };
    let blank = |_: usize| "''".to_owned();
    let constant = |value: f64| move |_: usize| signed(value);
    let weight = |at: usize| aggregate.weights.as_ref().map_or(1.0, |weights| weights[at]);
    match (aggregate.kind, &aggregate.fill) {
        (AggregateKind::Mean, Fill::Nothing | Fill::PersonMean) => {
            format!("mean({})", with(&blank))
        }
        (AggregateKind::Mean, Fill::Constant(value)) => {
            format!("(sum({}) / {all})", with(&constant(*value)))
        }
        (AggregateKind::Mean, Fill::Each(each)) => {
            format!("(sum({}) / {all})", with(&|at| signed(each[at] * weight(at))))
        }
        (_, Fill::Nothing) => format!("sum({})", with(&constant(0.0))),
        (_, Fill::PersonMean) => format!("(mean({}) * {all})", with(&blank)),
        (_, Fill::Constant(value)) => {
            let value = *value;
            format!("sum({})", with(&|at| signed(value * weight(at))))
        }
        (_, Fill::Each(each)) => format!("sum({})", with(&|at| signed(each[at] * weight(at)))),
    }
}

fn extreme_of(aggregate: &Aggregate, terms: &[Printed]) -> String {
    let name = if aggregate.kind == AggregateKind::Min { "min" } else { "max" };
    let stand_in = |at: usize| match &aggregate.fill {
        Fill::Each(each) => signed(each[at]),
        Fill::Constant(value) => signed(*value),
        Fill::Nothing | Fill::PersonMean => "''".to_owned(),
    };
    let list = terms.iter().enumerate();
    let list = list.map(|(at, t)| format!("if({}, {}, {})", t.condition, t.number, stand_in(at)));
    format!("{name}({})", joined(list, ", "))
}

/// All of some conditions; those that always hold left out.
fn conjunction<'a>(conditions: impl Iterator<Item = &'a str>) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for condition in conditions.filter(|condition| *condition != ALWAYS) {
        if !kept.contains(&condition) {
            kept.push(condition);
        }
    }
    if kept.is_empty() { ALWAYS.to_owned() } else { kept.join(" and ") }
}

fn joined(parts: impl Iterator<Item = impl AsRef<str>>, by: &str) -> String {
    let parts: Vec<String> = parts.map(|part| part.as_ref().to_owned()).collect();
    parts.join(by)
}

/// A number that may stand after an operator.
fn signed(value: f64) -> String {
    if value < 0.0 { format!("({})", number(value)) } else { number(value) }
}

/// Halves away from zero: the guard makes a half that was stored a little low round as it should, and
/// keeps clear of ties, on which documentation is silent.
fn rounded(value: &str, decimals: u32, is_never_negative: bool) -> String {
    let guard = number(TOLERANCE);
    match is_never_negative {
        true => format!("round({value} + {guard}, {decimals})"),
        false => format!("round({value} + if({value} >= 0, {guard}, -{guard}), {decimals})"),
    }
}
