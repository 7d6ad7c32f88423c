//! FHIRPath, as the renderers of questionnaires evaluate it.
//!
//! What is emitted keeps to what four engines agree on: codes are mapped in the expression (no
//! `weight()`), collections are joined by `combine` (`|` drops equal values), `sum`, `count`, `iif`
//! with three arguments, and halves rounded by `floor` (engines differ on `round`). `{}` is missing
//! and stays missing through arithmetic. What is used twice gets a variable, so that no
//! expression grows with its depth.

mod parts;
mod tables;

use std::collections::BTreeSet;

use scalewright_model::{
    Aggregate, AggregateKind, Band, Expr, Fill, Formula, Function, Instrument, Item, ItemIx, Lower,
    Model, Operator, ResponseKind, ScaleIx, TOLERANCE, Test, Upper,
};

use crate::emit::{Unsupported, number};
use crate::{Accepted, Program};

/// A named expression. Each may use those before it as `%name`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable {
    /// Letters and digits only, which every parser takes; unique.
    pub name: String,
    /// What it stands for, in words.
    pub description: String,
    /// The expression.
    pub expression: String,
}

/// A program in FHIRPath.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FhirPath {
    /// In order of dependency.
    pub variables: Vec<Variable>,
    /// The name of the variable that holds each score, parallel to `program.scores`; or why there is none.
    /// Truth values are truth values, words are words.
    pub scores: Vec<Result<String, Unsupported>>,
    /// For each item with a condition an expression that is true where it is asked, false or `{}` where not; or why
    /// there is none.
    pub conditions: Vec<Option<Result<String, Unsupported>>>,
}

/// How coded answers become numbers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// By a map of codes in the expression.
    Portable,
    /// By `weight()`, which reads the numbers of the options.
    Weight,
}

/// An expression longer than this is refused: clients parse recursively and slowly.
const LONGEST: usize = 200_000;

/// Prints the scores that `wanted` accepts, and what they rest on. Questions are found by their link
/// id, which is the item's id.
#[must_use]
pub fn emit(program: &Program, instrument: &Instrument, wanted: &[bool], style: Style) -> FhirPath {
    let mut printer = Printer {
        program,
        instrument,
        style,
        taken: BTreeSet::from(RESERVED.map(str::to_owned)),
        items: vec![None; instrument.items.len()],
        scores: vec![None; program.scores.len()],
        variables: Vec::new(),
    };
    // Names of scores first: they are what a reader looks for.
    let names: Vec<String> = program
        .scores
        .iter()
        .map(|score| printer.name(&instrument.scales[score.scale.0].id))
        .collect();
    for (position, name) in names.iter().enumerate() {
        printer.scores[position] = Some(State::Named(name.clone()));
    }
    let mut scores = Vec::new();
    for (position, name) in names.into_iter().enumerate() {
        let printed = if wanted[position] { printer.score(position) } else { Ok(()) };
        scores.push(printed.map(|()| name));
    }
    let conditions = (0..instrument.items.len()).map(|item| printer.condition(ItemIx(item)));
    let conditions = conditions.collect();
    FhirPath { variables: printer.variables, scores, conditions }
}

/// The label of the band that the score in variable `name` falls in, as an expression.
#[must_use]
pub fn band(name: &str, bands: &[(&Band, &str)]) -> String {
    let edge = |value: f64, guard: f64| number(value + guard);
    let tests = bands.iter().map(|(band, label)| {
        let above = match band.lower {
            Lower::From(from) => format!("%{name} >= {}", edge(from, -TOLERANCE)),
            Lower::Above(above) => format!("%{name} > {}", edge(above, TOLERANCE)),
        };
        let below = match band.upper {
            Upper::To(to) => format!("%{name} <= {}", edge(to, TOLERANCE)),
            Upper::Below(to) => format!("%{name} < {}", edge(to, -TOLERANCE)),
        };
        format!("iif({above} and {below}, {}, ", text(label))
    });
    let tests: String = tests.collect();
    // Comparing a missing score gives {}, which chooses the last branch: {} again.
    format!("{tests}{{}}{}", ")".repeat(bands.len()))
}

/// A string literal.
fn text(value: &str) -> String {
    let mut literal = String::from("'");
    for character in value.chars() {
        match character {
            '\'' => literal.push_str("\\'"),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            other => literal.push(other),
        }
    }
    literal.push('\'');
    literal
}

/// Names that the specifications or engines have taken: variables, and the words of FHIRPath itself, after which
/// `%` does not parse.
const RESERVED: [&str; 40] = [
    "resource",
    "rootResource",
    "context",
    "questionnaire",
    "qitem",
    "ucum",
    "sct",
    "loinc",
    "map",
    "vs",
    "ext",
    "terminologies",
    "and",
    "as",
    "contains",
    "div",
    "false",
    "implies",
    "in",
    "is",
    "mod",
    "or",
    "true",
    "xor",
    "year",
    "years",
    "month",
    "months",
    "week",
    "weeks",
    "day",
    "days",
    "hour",
    "hours",
    "minute",
    "minutes",
    "second",
    "seconds",
    "millisecond",
    "milliseconds",
];

/// What is known of a score.
#[derive(Clone)]
enum State {
    /// It has a name, and no variable yet.
    Named(String),
    /// Its variable is there.
    Defined(String),
    /// It cannot be printed.
    Refused(Unsupported),
}

type Printed = Result<String, Unsupported>;

struct Printer<'a> {
    program: &'a Program,
    instrument: &'a Instrument,
    style: Style,
    taken: BTreeSet<String>,
    items: Vec<Option<String>>,
    scores: Vec<Option<State>>,
    variables: Vec<Variable>,
}

fn unsupported<T>(because: impl Into<String>) -> Result<T, Unsupported> {
    Err(Unsupported { because: because.into() })
}

impl Printer<'_> {
    /// A free name that is made of `id`: `sbs_tasks` becomes `sbsTasks`.
    fn name(&mut self, id: &str) -> String {
        let mut base = String::new();
        for (index, part) in id.split('_').enumerate() {
            let mut letters = part.chars();
            match letters.next() {
                Some(first) if index > 0 => base.extend(first.to_uppercase()),
                Some(first) => base.push(first),
                None => {}
            }
            base.extend(letters);
        }
        base.truncate(48);
        let mut name = base.clone();
        let mut count = 2;
        while self.taken.contains(&name) {
            name = format!("{base}V{count}");
            count += 1;
        }
        self.taken.insert(name.clone());
        name
    }

    fn define(
        &mut self,
        name: &str,
        description: String,
        expression: String,
    ) -> Result<(), Unsupported> {
        if expression.len() > LONGEST {
            return unsupported(format!(
                "the expression would be {} characters long",
                expression.len()
            ));
        }
        self.variables.push(Variable { name: name.to_owned(), description, expression });
        Ok(())
    }

    /// `expression` as something that can be named again and again.
    fn operand(&mut self, expression: String, stem: &str) -> Printed {
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '.';
        let named = expression.strip_prefix('%').unwrap_or(&expression);
        if named.chars().all(plain) && !named.contains('.') {
            return Ok(expression);
        }
        if expression.parse::<f64>().is_ok() {
            return Ok(format!("({expression})"));
        }
        let name = self.name(&format!("{stem}Part"));
        self.define(&name, format!("part of {stem}"), expression)?;
        Ok(format!("%{name}"))
    }

    /// Makes sure that a score has its variable.
    fn score(&mut self, position: usize) -> Result<(), Unsupported> {
        let name = match &self.scores[position] {
            Some(State::Defined(_)) | None => return Ok(()),
            Some(State::Refused(unsupported)) => return Err(unsupported.clone()),
            Some(State::Named(name)) => name.clone(),
        };
        let score = &self.program.scores[position];
        let id = self.instrument.scales[score.scale.0].id.clone();
        // What a refused score had defined on the way is taken back.
        let before = self.variables.len();
        let printed = self.formula(&score.formula, &name);
        let defined = printed.and_then(|text| self.define(&name, format!("score of {id}"), text));
        self.scores[position] = Some(match &defined {
            Ok(()) => State::Defined(name),
            Err(unsupported) => {
                self.forget(before);
                State::Refused(unsupported.clone())
            }
        });
        defined
    }

    /// When `item` is asked, where that is not always.
    fn condition(&mut self, item: ItemIx) -> Option<Printed> {
        let instrument = self.instrument;
        let Item { id, ask, .. } = &instrument.items[item.0];
        let before = self.variables.len();
        let printed = self.test(&ask.as_ref()?.when, &format!("{id}_asked"));
        if printed.is_err() {
            self.forget(before);
        }
        Some(printed)
    }

    /// Takes back all variables but the first `keep`.
    fn forget(&mut self, keep: usize) {
        let gone: BTreeSet<String> =
            self.variables.drain(keep..).map(|variable| variable.name).collect();
        for item in &mut self.items {
            if item.as_ref().is_some_and(|name| gone.contains(name)) {
                *item = None;
            }
        }
        for state in &mut self.scores {
            if let Some(State::Defined(name)) = state
                && gone.contains(name)
            {
                *state = Some(State::Named(name.clone()));
            }
        }
    }

    fn formula(&mut self, formula: &Formula, stem: &str) -> Printed {
        match formula {
            Formula::Number(expr) => self.print(expr, stem),
            Formula::Truth(test) => self.test(test, stem),
            Formula::Word { position, words } => {
                let position = self.print(position, stem)?;
                let position = self.operand(position, stem)?;
                let tests: String = words
                    .iter()
                    .enumerate()
                    .map(|(index, word)| format!("iif({position} = {index}, {}, ", text(word)))
                    .collect();
                Ok(format!("{tests}{{}}{}", ")".repeat(words.len())))
            }
        }
    }

    /// The variable of a score that is a term.
    fn score_of(&mut self, scale: ScaleIx) -> Printed {
        let Some(position) = self.program.position(scale) else { return Ok("{}".to_owned()) };
        self.score(position)?;
        match &self.scores[position] {
            Some(State::Defined(name)) => Ok(format!("%{name}")),
            _ => Ok("{}".to_owned()),
        }
    }

    /// A score as a number: a word as its position.
    fn score_number(&mut self, scale: ScaleIx) -> Printed {
        let variable = self.score_of(scale)?;
        let Some(words) = self.instrument.scales[scale.0].words() else { return Ok(variable) };
        let tests: String = words
            .iter()
            .enumerate()
            .map(|(index, word)| format!("iif({variable} = {}, {index}, ", text(word)))
            .collect();
        Ok(format!("{tests}{{}}{}", ")".repeat(words.len())))
    }

    /// An expression for the value of `expr`; `stem` names what it has to define on the way.
    fn print(&mut self, expr: &Expr, stem: &str) -> Printed {
        match expr {
            Expr::Number(value) if *value < 0.0 => Ok(format!("(0 - {})", number(-value))),
            Expr::Number(value) => Ok(number(*value)),
            Expr::Missing => Ok("{}".to_owned()),
            Expr::Answer(item) => self.answer(*item),
            Expr::Score(scale) => self.score_number(*scale),
            Expr::Reverse { of, low, high } => {
                let of = self.print(of, stem)?;
                let of = self.operand(of, stem)?;
                Ok(format!("{of}.select({} - $this)", number(low + high)))
            }
            Expr::Recode { of, table, other, missing } => {
                let of = self.print(of, stem)?;
                let of = self.operand(of, stem)?;
                Ok(parts::recode(&of, table, *other, *missing))
            }
            Expr::Aggregate(aggregate) => self.aggregate(aggregate, stem),
            Expr::Count { tests, need } => self.count(tests, *need, stem),
            Expr::LongestRun(terms) => self.longest_run(terms, stem),
            Expr::Arithmetic { operator, left, right } => {
                self.arithmetic(*operator, left, right, stem)
            }
            Expr::Apply { function, of } => self.apply(*function, of, stem),
            Expr::Round { of, decimals } => {
                let inner = self.print(of, stem)?;
                let name = self.name(&format!("{stem}Unrounded"));
                self.define(&name, format!("{stem} before rounding"), inner)?;
                Ok(parts::rounded(&name, *decimals))
            }
            Expr::If { test, then, otherwise, unknown } => {
                let test = self.test(test, stem)?;
                let test = self.operand(test, stem)?;
                let then = self.print(then, stem)?;
                let otherwise = self.print(otherwise, stem)?;
                let unknown = self.print(unknown, stem)?;
                Ok(format!("iif({test}, {then}, iif({test}.not(), {otherwise}, {unknown}))"))
            }
            Expr::Lookup { of, table } => {
                let mut keys = Vec::new();
                for key in of {
                    let key = self.print(key, stem)?;
                    keys.push(self.operand(key, stem)?);
                }
                Ok(tables::lookup(&keys, table))
            }
            Expr::Eap { model, .. } => eap(model),
        }
    }

    fn arithmetic(&mut self, operator: Operator, left: &Expr, right: &Expr, stem: &str) -> Printed {
        let left = self.print(left, stem)?;
        let right = self.print(right, stem)?;
        match operator {
            Operator::Add => Ok(format!("({left} + {right})")),
            Operator::Subtract => Ok(format!("({left} - {right})")),
            Operator::Multiply => Ok(format!("({left} * {right})")),
            Operator::Divide => Ok(format!("({left} / {right})")),
            Operator::Modulo => {
                let (a, b) = (self.operand(left, stem)?, self.operand(right, stem)?);
                Ok(format!("({a} - {b} * ({a} / {b}).floor())"))
            }
        }
    }

    fn apply(&mut self, function: Function, of: &Expr, stem: &str) -> Printed {
        let of = self.print(of, stem)?;
        let x = self.operand(of, stem)?;
        let guard = number(TOLERANCE);
        Ok(match function {
            Function::Abs => format!("iif({x} < 0, 0 - {x}, {x})"),
            Function::Sqrt => format!("iif({x} >= 0, {x}.sqrt(), {{}})"),
            Function::Ln => format!("iif({x} > 0, {x}.ln(), {{}})"),
            Function::Exp => format!("{x}.exp()"),
            Function::Floor => format!("({x} + {guard}).floor()"),
            Function::Ceiling => format!("({x} - {guard}).ceiling()"),
            Function::Truncate => {
                format!("iif({x} < 0, ({x} - {guard}).ceiling(), ({x} + {guard}).floor())")
            }
            Function::NormalCdf => {
                return unsupported(
                    "FHIRPath has no normal distribution: give the norm as a table",
                );
            }
        })
    }

    /// The variable that holds the coded answer to `item`.
    fn answer(&mut self, item: ItemIx) -> Printed {
        if let Some(name) = &self.items[item.0] {
            return Ok(format!("%{name}"));
        }
        let Some(answer) = self.program.answer(item).cloned() else { return Ok("{}".to_owned()) };
        let id = self.instrument.items[item.0].id.clone();
        let raw = self.raw_answer(item, &answer.accepted);
        let name = self.name(&id);
        let expression = match &answer.asked {
            None => raw,
            Some(asked) => {
                let given = self.name(&format!("{name}Given"));
                self.define(&given, format!("coded answer to {id}, asked or not"), raw)?;
                let when = self.test(&asked.when, &name)?;
                let otherwise = asked.otherwise.filter(|value| answer.accepted.contains(*value));
                let otherwise = otherwise.map_or("{}".to_owned(), number);
                format!("iif(({when}).not(), {otherwise}, %{given})")
            }
        };
        self.define(&name, format!("coded answer to {id}"), expression)?;
        self.items[item.0] = Some(name.clone());
        Ok(format!("%{name}"))
    }

    /// Whether every option counts and so carries its number: for one without, `weight()` asks a terminology server.
    fn weighs(&self, item: ItemIx, codes: &[i64]) -> bool {
        let options = self.instrument.response(item).options();
        options.iter().all(|option| !option.non_response && codes.contains(&option.value))
    }

    /// Whether a yes-no question is published with two coded options, which alone can have words of their own.
    fn is_coded(&self, item: ItemIx) -> bool {
        self.instrument.has_own_yes_and_no(self.instrument.items[item.0].response)
    }

    fn raw_answer(&self, item: ItemIx, accepted: &Accepted) -> String {
        let id = &self.instrument.items[item.0].id;
        let values = format!("%resource.descendants().where(linkId = '{id}').answer.value");
        match (&self.instrument.response(item).kind, accepted) {
            (ResponseKind::YesNo, _) if !self.is_coded(item) => {
                format!("{values}.select(iif($this = true, 1, 0))")
            }
            (ResponseKind::Time, _) => {
                let part = |from| format!("$this.toString().substring({from}, 2).toInteger()");
                format!("{values}.select({} * 60 + {})", part(0), part(3))
            }
            (_, Accepted::Values(codes)) => {
                if self.style == Style::Weight && self.weighs(item, codes) {
                    return format!("{values}.weight()");
                }
                format!("{values}.code.select({})", parts::code_map(codes))
            }
            (_, Accepted::Between { min, max, decimals: _ }) => {
                let (min, max) = (number(*min), number(*max));
                // Adding nothing makes a plain number of an answer, which one engine sums only then.
                format!("{values}.where($this >= {min} and $this <= {max}).select($this + 0)")
            }
        }
    }

    /// The keyed terms of a list in one variable, and each of them.
    fn terms(&mut self, terms: Vec<String>, stem: &str) -> Result<String, Unsupported> {
        let name = self.name(&format!("{stem}Terms"));
        let joined: String = terms.iter().skip(1).map(|term| format!(".combine({term})")).collect();
        let first = terms.first().map_or("{}", String::as_str);
        let first =
            match first.starts_with('%') || first.starts_with("iif(") || first.starts_with('{') {
                true => first.to_owned(),
                false => format!("({first})"),
            };
        self.define(&name, format!("terms of {stem}"), format!("{first}{joined}"))?;
        Ok(name)
    }

    fn aggregate(&mut self, aggregate: &Aggregate, stem: &str) -> Printed {
        let mut keyed: Vec<String> = Vec::new();
        for term in &aggregate.terms {
            keyed.push(self.print(term, stem)?);
        }
        let mut guard = Vec::new();
        for &position in &aggregate.mandatory {
            keyed[position] = self.operand(keyed[position].clone(), stem)?;
            guard.push(format!("{}.exists()", keyed[position]));
        }
        if let Some(weights) = &aggregate.weights {
            for (term, weight) in keyed.iter_mut().zip(weights) {
                *term = format!("({term} * {})", signed(*weight));
            }
        }
        // Counted before substitutes of their own are put in.
        if let Fill::Each(each) = &aggregate.fill {
            let present = self.terms(keyed.clone(), stem)?;
            guard.insert(0, format!("%{present}.count() >= {}", aggregate.need));
            let weights = aggregate.weights.as_ref();
            let stand_ins =
                each.iter().enumerate().map(|(at, value)| value * weights.map_or(1.0, |w| w[at]));
            for (term, value) in keyed.iter_mut().zip(stand_ins) {
                let operand = self.operand(term.clone(), stem)?;
                *term = format!("iif({operand}.exists(), {operand}, {})", signed(value));
            }
        }
        let name = self.terms(keyed, stem)?;
        if !matches!(aggregate.fill, Fill::Each(_)) {
            guard.insert(0, format!("%{name}.count() >= {}", aggregate.need));
        }
        Ok(format!("iif({}, {}, {{}})", guard.join(" and "), parts::combined(aggregate, &name)))
    }

    fn count(&mut self, tests: &[Test], need: usize, stem: &str) -> Printed {
        let (met, known) = self.counts(tests, stem, need > 0)?;
        match known {
            Some(known) => Ok(format!("iif({known} >= {need}, {met}, {{}})")),
            None => Ok(met),
        }
    }

    /// How many tests are true and, when asked for, how many are known.
    fn counts(
        &mut self,
        tests: &[Test],
        stem: &str,
        known: bool,
    ) -> Result<(String, Option<String>), Unsupported> {
        let mut printed = Vec::new();
        for test in tests {
            printed.push(self.test(test, stem)?);
        }
        if known {
            let all = self.name(&format!("{stem}Tests"));
            let joined: String =
                printed.iter().skip(1).map(|test| format!(".combine({test})")).collect();
            let first = printed.first().map_or("{}", String::as_str);
            self.define(&all, format!("conditions of {stem}"), format!("({first}){joined}"))?;
            let met = format!("%{all}.where($this = true).count()");
            return Ok((met, Some(format!("%{all}.count()"))));
        }
        let met = self.name(&format!("{stem}Met"));
        let one = |test: &String| format!("iif({test}, 1, 0)");
        let joined: String =
            printed.iter().skip(1).map(|test| format!(".combine({})", one(test))).collect();
        let first = printed.first().map_or("0".to_owned(), one);
        self.define(
            &met,
            format!("conditions of {stem}, 1 where met"),
            format!("{first}{joined}"),
        )?;
        Ok((format!("%{met}.sum()"), None))
    }

    fn longest_run(&mut self, terms: &[Expr], stem: &str) -> Printed {
        let mut runs: Vec<String> = Vec::new();
        let mut last: Option<(String, String)> = None;
        for term in terms {
            let term = self.print(term, stem)?;
            let value = self.operand(term, stem)?;
            let run = self.name(&format!("{stem}Run"));
            let expression = match &last {
                None => format!("iif({value}.exists(), 1, {{}})"),
                Some((before, length)) => {
                    format!(
                        "iif({value} = {before}, %{length} + 1, iif({value}.exists(), 1, {{}}))"
                    )
                }
            };
            self.define(&run, format!("length of the run of equal answers in {stem}"), expression)?;
            runs.push(format!("%{run}"));
            last = Some((value, run));
        }
        let name = self.terms(runs, stem)?;
        Ok(format!("iif(%{name}.exists(), %{name}.max(), {{}})"))
    }

    /// An expression that is true, false or `{}`.
    fn test(&mut self, test: &Test, stem: &str) -> Printed {
        match test {
            Test::Truth(truth) => Ok(truth.to_string()),
            Test::Missing => Ok("{}".to_owned()),
            Test::Flag(scale) => self.score_of(*scale),
            Test::Compare { comparison, left, right } => {
                let exact = |expr: &Expr| crate::program::is_whole(expr, &self.program.answers);
                let exact = exact(left) && exact(right);
                let left = self.print(left, stem)?;
                let right = self.print(right, stem)?;
                if exact {
                    return Ok(parts::compared_exactly(*comparison, &left, &right));
                }
                let left = self.operand(left, stem)?;
                Ok(parts::compared(*comparison, &left, &right))
            }
            Test::AtLeast { count, tests } => {
                let (met, known) = self.counts(tests, stem, true)?;
                let known = known.unwrap_or_default();
                let all = tests.len();
                let out_of_reach = format!("{met} + {all} - {known} < {count}");
                Ok(format!("iif({met} >= {count}, true, iif({out_of_reach}, false, {{}}))"))
            }
            Test::All(tests) => self.joined(tests, " and ", stem),
            Test::Any(tests) => self.joined(tests, " or ", stem),
            Test::Not(of) => Ok(format!("({}).not()", self.test(of, stem)?)),
            Test::IsMissing(of) => Ok(format!("({}).empty()", self.print(of, stem)?)),
            Test::IsUnknown(of) => Ok(format!("({}).empty()", self.test(of, stem)?)),
        }
    }

    fn joined(&mut self, tests: &[Test], by: &str, stem: &str) -> Printed {
        let mut parts = Vec::new();
        for test in tests {
            parts.push(format!("({})", self.test(test, stem)?));
        }
        Ok(format!("({})", parts.join(by)))
    }
}

fn eap(model: &Model) -> Printed {
    unsupported(format!(
        "the pattern of answers of the model `{}` cannot be weighed in FHIRPath: `eap_sum` can, by a table",
        model.name
    ))
}

/// A number that may stand after an operator.
fn signed(value: f64) -> String {
    if value < 0.0 { format!("(0 - {})", number(-value)) } else { number(value) }
}

/// Whether terms are added up, or the lowest or highest is taken.
fn is_extreme(kind: AggregateKind) -> bool {
    matches!(kind, AggregateKind::Min | AggregateKind::Max)
}
