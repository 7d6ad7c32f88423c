//! Explains why a derived score is blank although its raw score exists: a missing age, for example, or no matching norm
//! group.

use scalewright_model::{Expr, Formula, Instrument, ItemIx, Origin, ScaleIx};

use crate::{Program, Responses, Scored};

/// Why a derived score is blank.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Blank {
    /// These items or scores are missing; by their ids, in the order of the definition.
    Lacks(Vec<String>),
    /// No group of the norm fits the respondent.
    NoGroup,
    /// The table has no row for the looked-up value.
    NoRow,
    /// No group of the norm fits, or the group's table has no row for the score.
    NoGroupOrRow,
    /// All operands have values, but the formula gives no score.
    NoValue,
}

/// A norm score, or a score that uses background items (age, sex) or another derived score.
struct DerivedScore {
    position: usize,
    /// The operands of the conditions, which decide the respondent's group.
    tests: Operands,
    /// The operands of the values.
    values: Operands,
    /// The reason when no operand is missing.
    otherwise: Blank,
}

#[derive(Default)]
struct Operands {
    scales: Vec<ScaleIx>,
    items: Vec<ItemIx>,
}

impl Operands {
    /// Removes duplicates.
    fn dedup(&mut self) {
        self.scales.sort_unstable();
        self.scales.dedup();
        self.items.sort_unstable();
        self.items.dedup();
    }
}

/// The derived scores of an instrument, with what is needed to explain blanks.
pub struct Blanks<'a> {
    instrument: &'a Instrument,
    program: &'a Program,
    /// The derived scores, each after those that it is computed from.
    derived: Vec<DerivedScore>,
    /// For each score of the program, its position in `derived`.
    of_position: Vec<Option<usize>>,
}

impl<'a> Blanks<'a> {
    /// Finds the derived scores of `instrument`, whose program is `program`.
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
        let (tests, values, otherwise) = split_operands(&score.formula, is_norm);
        let items = || tests.items.iter().chain(&values.items);
        let scales = || tests.scales.iter().chain(&values.scales);
        let is_background = |item: &ItemIx| self.instrument.items[item.0].background;
        if is_norm
            || items().any(is_background)
            || scales().any(|scale| self.of_scale(*scale).is_some())
        {
            self.of_position[position] = Some(self.derived.len());
            self.derived.push(DerivedScore { position, tests, values, otherwise });
        }
    }

    fn of_scale(&self, scale: ScaleIx) -> Option<usize> {
        self.of_position[self.program.position(scale)?]
    }

    /// Whether the instrument has no derived scores.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.derived.is_empty()
    }

    /// The derived scores that are blank in `row`, by their positions in the program, each with the reason. A score
    /// that is blank because answers to other than background items are missing is left out.
    #[must_use]
    pub fn in_row(
        &self,
        (responses, scored): (&Responses, &[Scored]),
        row: usize,
    ) -> Vec<(usize, Blank)> {
        let is_blank = |derived: &DerivedScore| scored[derived.position].score.get(row).is_none();
        if !self.derived.iter().any(is_blank) {
            return Vec::new();
        }
        // Scores come after those that they use, so the reasons of a score's operands are in `causes` before its own.
        let mut row = BlankRow { responses, scored, row, causes: Vec::new() };
        for derived in &self.derived {
            let cause = if is_blank(derived) { self.cause(derived, &row) } else { None };
            row.causes.push(cause);
        }
        let positions = self.derived.iter().map(|derived| derived.position);
        positions.zip(row.causes).filter_map(|(at, cause)| Some((at, cause?))).collect()
    }

    fn cause(&self, derived: &DerivedScore, row: &BlankRow<'_>) -> Option<Blank> {
        let mut lacks = Lacks::default();
        for &scale in &derived.values.scales {
            if !self.has_score(scale, row) {
                self.lacks_score(scale, row, &mut lacks)?;
            }
        }
        for &item in &derived.values.items {
            match self.is_answered(item, row) {
                true => {}
                false if self.instrument.items[item.0].background => lacks.items.push(item),
                // An ordinary item was skipped: that is a missing answer, not a reason about the norm.
                false => return None,
            }
        }
        for &scale in &derived.tests.scales {
            let known = self.has_score(scale, row);
            // Unlike a missing operand of a value, a missing operand of a condition is always reported: it leaves the
            // group unknown.
            if !known && self.lacks_score(scale, row, &mut lacks).is_none() {
                lacks.scales.push(scale);
            }
        }
        let missing = derived.tests.items.iter().filter(|item| !self.is_answered(**item, row));
        lacks.items.extend(missing);
        Some(self.missing_operands(lacks).unwrap_or_else(|| derived.otherwise.clone()))
    }

    /// Adds to `lacks` why the score of `scale` is blank. `None` when it is blank because answers are missing.
    fn lacks_score(&self, scale: ScaleIx, row: &BlankRow<'_>, lacks: &mut Lacks) -> Option<()> {
        match row.causes[self.of_scale(scale)?].as_ref()? {
            Blank::Lacks(names) => lacks.names.extend(names.iter().cloned()),
            _ => lacks.scales.push(scale),
        }
        Some(())
    }

    fn has_score(&self, scale: ScaleIx, row: &BlankRow<'_>) -> bool {
        let position = self.program.position(scale);
        position.is_some_and(|position| row.scored[position].score.get(row.row).is_some())
    }

    fn is_answered(&self, item: ItemIx, row: &BlankRow<'_>) -> bool {
        let given = row.responses.items[item.0].get(row.row);
        let answer = self.program.answers[item.0].as_ref();
        given.is_some_and(|given| answer.is_some_and(|answer| answer.accepted.contains(given)))
    }

    fn missing_operands(&self, lacks: Lacks) -> Option<Blank> {
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

struct BlankRow<'r> {
    responses: &'r Responses,
    scored: &'r [Scored],
    row: usize,
    /// For each derived score before the current one, why it is blank.
    causes: Vec<Option<Blank>>,
}

#[derive(Default)]
struct Lacks {
    items: Vec<ItemIx>,
    scales: Vec<ScaleIx>,
    /// The ids that its operands lack themselves.
    names: Vec<String>,
}

/// Reads a formula as a chain of groups. Returns the operands of their conditions, the operands of their values, and
/// the reason for a blank when no operand is missing.
fn split_operands(formula: &Formula, is_norm: bool) -> (Operands, Operands, Blank) {
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
            // A chain that ends in a missing value covers only some respondents: the others fit no group.
            ends_open = *rest == Expr::Missing;
            looks_up |= is_lookup(rest);
            rest.operands(&mut values.scales, &mut values.items);
        }
        other => other.operands(&mut values.scales, &mut values.items),
    }
    tests.dedup();
    values.dedup();
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
        // A rounded table is still a table: rounding never makes a value missing.
        Expr::Round { of, .. } => is_lookup(of),
        _ => false,
    }
}

impl Blank {
    /// The reason in words, about one respondent, for example: `age` is missing.
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
            Self::NoValue => "the formula gives no score for these values".to_owned(),
        }
    }
}
