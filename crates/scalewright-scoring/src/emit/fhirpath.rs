//! FHIRPath, as the renderers of questionnaires evaluate it.
//!
//! What is emitted keeps to what four engines agree on: codes are mapped in the expression (no
//! `weight()`), collections are joined by `combine` (`|` drops equal values), `sum`, `count`, `iif`
//! with three arguments, and halves rounded by `floor` (engines differ on `round`). `{}` is missing
//! and stays missing through arithmetic.

use std::collections::BTreeSet;

use scalewright_model::file::ScoreKind;
use scalewright_model::{Fill, Instrument, ItemIx, ResponseKind, TOLERANCE};

use crate::emit::number;
use crate::{Accepted, Aggregate, Expr, Program};

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
    /// The name of the variable that holds each score, parallel to `program.scores`.
    pub scores: Vec<String>,
}

/// Prints the scores that `wanted` accepts, and what they rest on. Questions are found by their link
/// id, which is the item's id.
#[must_use]
pub fn emit(program: &Program, instrument: &Instrument, wanted: &[bool]) -> FhirPath {
    let mut printer = Printer {
        program,
        instrument,
        taken: BTreeSet::from(RESERVED.map(str::to_owned)),
        items: vec![None; instrument.items.len()],
        out: FhirPath { variables: Vec::new(), scores: Vec::new() },
    };
    for (position, score) in program.scores.iter().enumerate() {
        let scale = &instrument.scales[score.scale.0];
        let name = printer.name(&scale.id);
        if wanted[position] {
            let expression = printer.print(&score.expr, &name);
            printer.define(name.clone(), format!("score of {}", scale.id), expression);
        }
        printer.out.scores.push(name);
    }
    printer.out
}

/// The label of the band that the score in variable `name` falls in, as an expression.
#[must_use]
pub fn band(name: &str, bands: &[(&scalewright_model::Band, &str)]) -> String {
    let edge = |value: f64, guard: f64| number(value + guard);
    let tests = bands.iter().map(|(band, label)| {
        let above = format!("%{name} >= {}", edge(band.from, -TOLERANCE));
        let below = match band.upper {
            scalewright_model::Upper::To(to) => format!("%{name} <= {}", edge(to, TOLERANCE)),
            scalewright_model::Upper::Below(to) => format!("%{name} < {}", edge(to, -TOLERANCE)),
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

/// Names that the specifications or engines have taken.
const RESERVED: [&str; 12] = [
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
];

struct Printer<'a> {
    program: &'a Program,
    instrument: &'a Instrument,
    taken: BTreeSet<String>,
    items: Vec<Option<String>>,
    out: FhirPath,
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

    fn define(&mut self, name: String, description: String, expression: String) {
        self.out.variables.push(Variable { name, description, expression });
    }

    /// An expression for the value of `expr`; `stem` names what it has to define on the way.
    fn print(&mut self, expr: &Expr, stem: &str) -> String {
        match expr {
            Expr::Answer { item, accepted } => format!("%{}", self.answer(*item, accepted)),
            Expr::Score(position) => self.score(*position),
            Expr::Reverse { of, low, high } => {
                let of = self.print(of, stem);
                format!("{of}.select({} - $this)", number(low + high))
            }
            Expr::Aggregate(aggregate) => self.aggregate(aggregate, stem),
            Expr::Round { of, decimals } => {
                let inner = self.print(of, stem);
                let name = self.name(&format!("{stem}Unrounded"));
                self.define(name.clone(), format!("{stem} before rounding"), inner);
                rounded(&name, *decimals)
            }
        }
    }

    /// A score that is a term. One that was not wanted for itself is printed all the same.
    fn score(&mut self, position: usize) -> String {
        let name = self.out.scores[position].clone();
        if !self.out.variables.iter().any(|variable| variable.name == name) {
            let score = &self.program.scores[position];
            let id = self.instrument.scales[score.scale.0].id.clone();
            let expression = self.print(&score.expr.clone(), &name);
            self.define(name.clone(), format!("score of {id}"), expression);
        }
        format!("%{name}")
    }

    /// The variable that holds the coded answer to `item`.
    fn answer(&mut self, item: ItemIx, accepted: &Accepted) -> String {
        if let Some(name) = &self.items[item.0] {
            return name.clone();
        }
        let id = self.instrument.items[item.0].id.clone();
        let name = self.name(&id);
        let kind = &self.instrument.response(item).kind;
        let values = format!("%resource.descendants().where(linkId = '{id}').answer.value");
        let expression = match (kind, accepted) {
            (ResponseKind::YesNo, _) => format!("{values}.select(iif($this = true, 1, 0))"),
            (_, Accepted::Values(codes)) => format!("{values}.code.select({})", code_map(codes)),
            (_, Accepted::Between { min, max, decimals: _ }) => {
                let (min, max) = (number(*min), number(*max));
                // Adding nothing makes a plain number of an answer, which one engine sums only then.
                format!("{values}.where($this >= {min} and $this <= {max}).select($this + 0)")
            }
        };
        self.define(name.clone(), format!("coded answer to {id}"), expression);
        self.items[item.0] = Some(name.clone());
        name
    }

    fn aggregate(&mut self, aggregate: &Aggregate, stem: &str) -> String {
        let terms: Vec<String> =
            aggregate.terms.iter().map(|term| self.print(term, stem)).collect();
        let name = self.name(&format!("{stem}Terms"));
        let joined = terms.iter().skip(1).map(|term| format!(".combine({term})"));
        let joined: String = joined.collect();
        let first = terms.first().map_or("{}", String::as_str);
        self.define(name.clone(), format!("keyed terms of {stem}"), format!("{first}{joined}"));
        let mut guard = format!("%{name}.count() >= {}", aggregate.need);
        for &position in &aggregate.mandatory {
            guard.push_str(&format!(" and {}.exists()", terms[position]));
        }
        format!("iif({guard}, {}, {{}})", combined(aggregate, &name))
    }
}

/// The number made of the terms in variable `name`, when the rule is met.
fn combined(aggregate: &Aggregate, name: &str) -> String {
    let all = aggregate.terms.len();
    let (sum, count) = (format!("%{name}.sum()"), format!("%{name}.count()"));
    match (aggregate.kind, aggregate.fill) {
        (ScoreKind::Sum, Fill::Nothing) => sum,
        (ScoreKind::Sum, Fill::PersonMean) => format!("{sum} * {all} / {count}"),
        (ScoreKind::Mean, Fill::Nothing | Fill::PersonMean) => format!("{sum} / {count}"),
        (ScoreKind::Sum, Fill::Constant(value)) => {
            format!("{sum} + ({all} - {count}) * ({})", number(value))
        }
        (ScoreKind::Mean, Fill::Constant(value)) => {
            format!("({sum} + ({all} - {count}) * ({})) / {all}", number(value))
        }
    }
}

fn code_map(codes: &[i64]) -> String {
    let tests: String =
        codes.iter().map(|code| format!("iif($this = '{code}', {code}, ")).collect();
    format!("{tests}{{}}{}", ")".repeat(codes.len()))
}

fn rounded(name: &str, decimals: u32) -> String {
    let scale = 10_u64.pow(decimals.min(6));
    let half = number(0.5 + TOLERANCE);
    let above = format!("(%{name} * {scale} + {half}).floor() / {scale}");
    let below = format!("0 - ((0 - %{name}) * {scale} + {half}).floor() / {scale}");
    format!("iif(%{name} >= 0, {above}, {below})")
}
