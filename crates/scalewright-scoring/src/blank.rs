//! Why a derived score is blank although what it is derived from is there: for want of an age, say, or because no group
//! of a norm fits.

use scalewright_model::{Expr, Formula, Instrument, ItemIx, Origin, ScaleIx};

use crate::{Program, Responses, Scored};

/// Why a derived score is blank.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blank {
    /// These items, or scores, are missing; by their ids, in the order of the definition.
    Lacks(Vec<String>),
    /// No group of the norm fits.
    NoGroup,
    /// What was looked up is not in the table.
    NoRow,
    /// One or the other: no group of the norm fits, or the group's table has no row for the score.
    NoGroupOrRow,
    /// All it is made of is there, and its formula gives no score.
    NoValue,
}

/// A score that rests on facts about the respondent, such as age and sex, beside answers.
struct Derived {
    position: usize,
    /// What decides which group the respondent is in.
    tests: Operands,
    /// What the score is made of.
    values: Operands,
    /// What is so where nothing is missing.
    otherwise: Blank,
}

#[derive(Default)]
struct Operands {
    scales: Vec<ScaleIx>,
    items: Vec<ItemIx>,
}

impl Operands {
    /// Each is named once.
    fn once(&mut self) {
        self.scales.sort_unstable();
        self.scales.dedup();
        self.items.sort_unstable();
        self.items.dedup();
    }
}

/// The derived scores of an instrument.
pub struct Blanks<'a> {
    instrument: &'a Instrument,
    program: &'a Program,
    /// Each after those it is made of.
    derived: Vec<Derived>,
    /// For each score of the program, where it is among the derived.
    of_position: Vec<Option<usize>>,
}

impl<'a> Blanks<'a> {
    /// Finds them.
    #[must_use]
    pub fn new(instrument: &'a Instrument, program: &'a Program) -> Self {
        let of_position = vec![None; program.scores.len()];
        let mut new = Self { instrument, program, derived: Vec::new(), of_position };
        for position in 0..program.scores.len() {
            new.add(position);
        }
        new
    }

    fn add(&mut self, position: usize) {
        let score = &self.program.scores[position];
        let is_norm = matches!(self.instrument.scales[score.scale.0].origin, Origin::Norm(..));
        let (tests, values, otherwise) = taken_apart(&score.formula, is_norm);
        let items = || tests.items.iter().chain(&values.items);
        let scales = || tests.scales.iter().chain(&values.scales);
        let is_background = |item: &ItemIx| self.instrument.items[item.0].background;
        if is_norm
            || items().any(is_background)
            || scales().any(|scale| self.of_scale(*scale).is_some())
        {
            self.of_position[position] = Some(self.derived.len());
            self.derived.push(Derived { position, tests, values, otherwise });
        }
    }

    fn of_scale(&self, scale: ScaleIx) -> Option<usize> {
        self.of_position[self.program.position(scale)?]
    }

    /// Whether there is any.
    #[must_use]
    pub fn are_none(&self) -> bool {
        self.derived.is_empty()
    }

    /// The derived scores that are blank in `row`, by their positions among the program's, and why. Left out are those
    /// whose raw score is blank for want of answers.
    #[must_use]
    pub fn in_row(
        &self,
        (responses, scored): (&Responses, &[Scored]),
        row: usize,
    ) -> Vec<(usize, Blank)> {
        let is_blank = |derived: &Derived| scored[derived.position].score.get(row).is_none();
        if !self.derived.iter().any(is_blank) {
            return Vec::new();
        }
        // Scores come after those they are made of: what those lack is known when it is asked for.
        let mut row = Row { responses, scored, row, causes: Vec::new() };
        for derived in &self.derived {
            let cause = if is_blank(derived) { self.cause(derived, &row) } else { None };
            row.causes.push(cause);
        }
        let positions = self.derived.iter().map(|derived| derived.position);
        positions.zip(row.causes).filter_map(|(at, cause)| Some((at, cause?))).collect()
    }

    fn cause(&self, derived: &Derived, row: &Row<'_>) -> Option<Blank> {
        let mut lacks = Lacks::default();
        for &scale in &derived.values.scales {
            if !self.is_there(scale, row) {
                self.lacks_score(scale, row, &mut lacks)?;
            }
        }
        for &item in &derived.values.items {
            match self.is_answered(item, row) {
                true => {}
                false if self.instrument.items[item.0].background => lacks.items.push(item),
                false => return None,
            }
        }
        for &scale in &derived.tests.scales {
            let known = self.is_there(scale, row);
            if !known && self.lacks_score(scale, row, &mut lacks).is_none() {
                lacks.scales.push(scale);
            }
        }
        let missing = derived.tests.items.iter().filter(|item| !self.is_answered(**item, row));
        lacks.items.extend(missing);
        Some(self.said(lacks).unwrap_or_else(|| derived.otherwise.clone()))
    }

    /// What a score that is blank lacks itself; nothing where that are answers.
    fn lacks_score(&self, scale: ScaleIx, row: &Row<'_>, lacks: &mut Lacks) -> Option<()> {
        match row.causes[self.of_scale(scale)?].as_ref()? {
            Blank::Lacks(names) => lacks.names.extend(names.iter().cloned()),
            _ => lacks.scales.push(scale),
        }
        Some(())
    }

    fn is_there(&self, scale: ScaleIx, row: &Row<'_>) -> bool {
        let position = self.program.position(scale);
        position.is_some_and(|position| row.scored[position].score.get(row.row).is_some())
    }

    fn is_answered(&self, item: ItemIx, row: &Row<'_>) -> bool {
        let given = row.responses.items[item.0].get(row.row);
        let answer = self.program.answers[item.0].as_ref();
        given.is_some_and(|given| answer.is_some_and(|answer| answer.accepted.contains(given)))
    }

    fn said(&self, lacks: Lacks) -> Option<Blank> {
        let Lacks { mut items, scales, names: mut all } = lacks;
        items.sort_unstable();
        all.extend(items.iter().map(|item| self.instrument.items[item.0].id.clone()));
        all.extend(scales.iter().map(|scale| self.instrument.scales[scale.0].id.clone()));
        let mut names: Vec<String> = Vec::new();
        for name in all {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        (!names.is_empty()).then_some(Blank::Lacks(names))
    }
}

struct Row<'r> {
    responses: &'r Responses,
    scored: &'r [Scored],
    row: usize,
    /// Why the derived scores so far are blank.
    causes: Vec<Option<Blank>>,
}

#[derive(Default)]
struct Lacks {
    items: Vec<ItemIx>,
    scales: Vec<ScaleIx>,
    /// What scores that it is made of lack.
    names: Vec<String>,
}

/// A formula as a chain of groups: what their conditions are about, what their values are made of, and why there may be
/// no score where nothing is missing.
fn taken_apart(formula: &Formula, is_norm: bool) -> (Operands, Operands, Blank) {
    let (mut tests, mut values) = (Operands::default(), Operands::default());
    let (mut looks_up, mut ends_open) = (false, false);
    match formula {
        Formula::Number(expr) => {
            let mut rest = expr;
            while let Expr::If { test, then, otherwise, .. } = rest {
                test.operands(&mut tests.scales, &mut tests.items);
                then.operands(&mut values.scales, &mut values.items);
                looks_up |= is_lookup(then);
                rest = &**otherwise;
            }
            ends_open = *rest == Expr::Missing;
            looks_up |= is_lookup(rest);
            rest.operands(&mut values.scales, &mut values.items);
        }
        other => other.operands(&mut values.scales, &mut values.items),
    }
    tests.once();
    values.once();
    let otherwise = match (is_norm, ends_open, looks_up) {
        (true, true, true) => Blank::NoGroupOrRow,
        (true, true, false) => Blank::NoGroup,
        (_, _, true) => Blank::NoRow,
        _ => Blank::NoValue,
    };
    (tests, values, otherwise)
}

fn is_lookup(expr: &Expr) -> bool {
    match expr {
        Expr::Lookup { .. } => true,
        Expr::Round { of, .. } => is_lookup(of),
        _ => false,
    }
}

impl Blank {
    /// It in words, about one respondent: `age` is missing.
    #[must_use]
    pub fn reason(&self) -> String {
        match self {
            Self::Lacks(names) => {
                let list: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
                let are = if names.len() == 1 { "is" } else { "are" };
                format!("{} {are} missing", list.join(" and "))
            }
            Self::NoGroup => "no group of the norm fits".to_owned(),
            Self::NoRow => "the table has no row that fits".to_owned(),
            Self::NoGroupOrRow => {
                "no group of the norm fits, or its table has no row for the score".to_owned()
            }
            Self::NoValue => "the formula gives no score for what is there".to_owned(),
        }
    }
}
