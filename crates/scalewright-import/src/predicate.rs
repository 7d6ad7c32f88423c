//! Conditions in our formula language, written without needless brackets.

use scalewright_model::OptionValue;

/// A condition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Predicate {
    /// Always true or false.
    Constant(bool),
    /// A comparison or a call, as text.
    Test(String),
    /// The answer to an item has one of some values.
    Values(Values),
    /// All hold.
    And(Vec<Predicate>),
    /// At least one holds.
    Or(Vec<Predicate>),
}

/// The values of an item for which a condition holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Values {
    id: String,
    /// Each value of the item, and whether the condition holds for it; ascending.
    met: Vec<(OptionValue, bool)>,
    /// Whether it holds for a blank.
    blank: bool,
}

impl Predicate {
    /// All of these; lists of all are flattened, and tests of one item become one test.
    pub(crate) fn and(parts: Vec<Self>) -> Self {
        Self::joined(parts, true)
    }

    /// At least one of these; lists are flattened, and tests of one item become one test.
    pub(crate) fn or(parts: Vec<Self>) -> Self {
        Self::joined(parts, false)
    }

    fn joined(parts: Vec<Self>, all: bool) -> Self {
        let mut flat: Vec<Self> = Vec::new();
        for part in parts {
            match part {
                Self::Constant(truth) if truth == all => {}
                Self::Constant(_) => return part,
                Self::And(inner) if all => flat.extend(inner),
                Self::Or(inner) if !all => flat.extend(inner),
                Self::Values(values) => {
                    let same = flat.iter_mut().find_map(|known| match known {
                        Self::Values(known) if known.id == values.id => Some(known),
                        _ => None,
                    });
                    match same {
                        Some(known) => known.join(&values, all),
                        None => flat.push(Self::Values(values)),
                    }
                }
                Self::Test(_) | Self::And(_) | Self::Or(_) => flat.push(part),
            }
        }
        match flat.len() {
            0 => Self::Constant(all),
            1 => flat.swap_remove(0),
            _ if all => Self::And(flat),
            _ => Self::Or(flat),
        }
    }

    /// A condition that is never missing: `core` if the item was answered, otherwise `blank`.
    fn guarded(id: &str, core: Self, blank: bool) -> Self {
        let missing = Self::Test(format!("is_missing({id})"));
        let given = Self::Test(format!("not is_missing({id})"));
        match (core, blank) {
            (Self::Constant(true), true) => Self::Constant(true),
            (Self::Constant(false), false) => Self::Constant(false),
            (Self::Constant(true), false) => given,
            (Self::Constant(false), true) => missing,
            (core, true) => Self::or(vec![missing, core]),
            (core, false) => Self::and(vec![given, core]),
        }
    }

    /// The condition that holds for some values of an item, and perhaps for a blank.
    pub(crate) fn of_values(id: &str, met: &[(OptionValue, bool)], blank: bool) -> Self {
        let mut met = met.to_vec();
        met.sort_unstable();
        Self::Values(Values { id: id.to_owned(), met, blank })
    }

    /// A comparison of a numeric item with a number, for the operators of sources that spell them out.
    ///
    /// # Errors
    ///
    /// Returns the reason if the operator or the number is not understood.
    pub(crate) fn of_number(
        id: &str,
        operator: &str,
        number: Option<f64>,
        blank: bool,
    ) -> Result<Self, String> {
        let sign = match operator {
            "is_answered" => return Ok(Self::guarded(id, Self::Constant(true), false)),
            "is_not_answered" => return Ok(Self::guarded(id, Self::Constant(false), true)),
            "equals" => "=",
            "not_equals" => "!=",
            "greater_than" => ">",
            "less_than" => "<",
            _ => return Err(format!("the operator `{operator}` with the number `{id}`")),
        };
        let number =
            number.ok_or_else(|| format!("a comparison of `{id}` with what is no number"))?;
        Ok(Self::guarded(id, Self::Test(format!("{id} {sign} {number}")), blank))
    }

    /// The condition as text.
    pub(crate) fn text(&self) -> String {
        let all = |parts: &[Self], joint: &str| {
            parts.iter().map(|part| part.part(joint)).collect::<Vec<_>>().join(joint)
        };
        match self {
            Self::Constant(truth) => truth.to_string(),
            Self::Test(text) => text.clone(),
            Self::Values(values) => values.written().text(),
            Self::And(parts) => all(parts, " and "),
            Self::Or(parts) => all(parts, " or "),
        }
    }

    /// The text of a part of a list joined by `joint`. `and` binds more tightly than `or`.
    fn part(&self, joint: &str) -> String {
        match self {
            Self::Or(_) if joint == " and " => format!("({})", self.text()),
            Self::Values(values) => values.written().part(joint),
            _ => self.text(),
        }
    }
}

impl Values {
    /// Joins two tests of the same item.
    fn join(&mut self, other: &Self, all: bool) {
        let joined = |one: bool, two: bool| if all { one && two } else { one || two };
        self.blank = joined(self.blank, other.blank);
        for ((_, met), (_, other)) in self.met.iter_mut().zip(&other.met) {
            *met = joined(*met, *other);
        }
    }

    /// The test as comparisons, in the shortest usual form.
    fn written(&self) -> Predicate {
        let Self { id, met, blank } = self;
        let having = |wanted: bool| {
            met.iter()
                .filter(|(_, met)| *met == wanted)
                .map(|(value, _)| *value)
                .collect::<Vec<_>>()
        };
        let (holding, others) = (having(true), having(false));
        let test = |sign: &str, value: OptionValue| Predicate::Test(format!("{id} {sign} {value}"));
        let core = match (holding.as_slice(), others.as_slice()) {
            ([], _) => Predicate::Constant(false),
            (_, []) => Predicate::Constant(true),
            ([value], _) => test("=", *value),
            (_, [.., highest]) if *highest < holding[0] => test(">", *highest),
            ([.., highest], _) if *highest < others[0] => test("<", others[0]),
            (_, [value]) => test("!=", *value),
            (values, _) => Predicate::or(values.iter().map(|value| test("=", *value)).collect()),
        };
        Predicate::guarded(id, core, *blank)
    }
}
