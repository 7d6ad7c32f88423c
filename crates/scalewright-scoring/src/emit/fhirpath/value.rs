//! What the printer makes: expressions for numbers, and for conditions.

use std::collections::BTreeSet;

use crate::emit::number;

/// A number as a decimal: some engines refuse to mix decimals and integers.
pub(super) fn decimal(value: f64) -> String {
    let text = number(value);
    if text.contains('.') { text } else { format!("{text}.0") }
}

/// A count as a decimal.
#[expect(clippy::cast_precision_loss, reason = "counts of terms are small")]
pub(super) fn whole(count: usize) -> String {
    decimal(count as f64)
}

/// How tightly the outermost operator of an expression binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Binds {
    /// A negative number.
    Signed,
    /// `+` and `-`.
    Sum,
    /// `*` and `/`.
    Product,
    /// A name, a call, a number.
    Term,
}

/// An expression for a number.
#[derive(Debug, Clone)]
pub(super) struct Value {
    pub(super) text: String,
    pub(super) binds: Binds,
    /// The variables that must have a value for this to have one, where that is all it takes.
    pub(super) needs: Option<BTreeSet<String>>,
    /// The number, where it is always the same.
    pub(super) literal: Option<f64>,
}

impl Value {
    /// An expression of which nothing is known.
    pub(super) fn call(text: String) -> Self {
        Self { text, binds: Binds::Term, needs: None, literal: None }
    }

    pub(super) fn number(value: f64) -> Self {
        Self {
            text: decimal(value),
            binds: if value < 0.0 { Binds::Signed } else { Binds::Term },
            needs: Some(BTreeSet::new()),
            literal: Some(value),
        }
    }

    /// An expression that always has a value.
    pub(super) fn always(text: String) -> Self {
        Self { needs: Some(BTreeSet::new()), ..Self::call(text) }
    }

    /// The same, which is known to have a value always.
    pub(super) fn known(self) -> Self {
        Self { needs: Some(BTreeSet::new()), ..self }
    }

    /// Whether it is known to have a value always.
    pub(super) fn is_always(&self) -> bool {
        self.needs.as_ref().is_some_and(BTreeSet::is_empty)
    }

    /// What a variable holds.
    pub(super) fn variable(name: &str) -> Self {
        let needs = Some(BTreeSet::from([name.to_owned()]));
        Self { needs, ..Self::call(format!("%{name}")) }
    }

    pub(super) fn missing() -> Self {
        Self::call("{}".to_owned())
    }

    /// `text` where `condition` holds, missing elsewhere.
    pub(super) fn guarded(condition: &Condition, text: &str) -> Self {
        Self::call(condition.choose(text, "{}"))
    }

    /// An expression that has a value whenever `parts` have theirs.
    pub(super) fn made_of(text: String, binds: Binds, parts: &[&Self]) -> Self {
        let needs: Option<Vec<_>> = parts.iter().map(|part| part.needs.as_ref()).collect();
        let needs = needs.map(|all| all.into_iter().flatten().cloned().collect());
        Self { text, binds, needs, literal: None }
    }

    /// Whether it is there; nothing when it always is. `needs` must be known.
    pub(super) fn exists(&self) -> Option<Condition> {
        let needs = self.needs.iter().flatten();
        let tests: Vec<_> = needs.map(|name| Condition::one(format!("%{name}.exists()"))).collect();
        (!tests.is_empty()).then(|| Condition::all(tests))
    }

    /// The text as an operand beside an operator that binds so.
    pub(super) fn beside(&self, binds: Binds) -> String {
        if self.binds >= binds { self.text.clone() } else { format!("({})", self.text) }
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        let text = format!("{} + {}", self.beside(Binds::Sum), other.beside(Binds::Sum));
        Self::made_of(text, Binds::Sum, &[self, other])
    }

    pub(super) fn minus(&self, other: &Self) -> Self {
        let text = format!("{} - {}", self.beside(Binds::Sum), other.beside(Binds::Product));
        Self::made_of(text, Binds::Sum, &[self, other])
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        let text = format!("{} * {}", self.beside(Binds::Product), other.beside(Binds::Term));
        Self::made_of(text, Binds::Product, &[self, other])
    }

    /// The quotient, where the divisor is known not to be 0.
    pub(super) fn over(&self, other: &Self) -> Self {
        let text = format!("{} / {}", self.beside(Binds::Product), other.beside(Binds::Term));
        Self::made_of(text, Binds::Product, &[self, other])
    }
}

/// An expression that is true where something is so, and false or missing elsewhere. It is only ever asked whether it
/// is true: engines differ on what `not()` and `empty()` make of a comparison with nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    pub(super) text: String,
    join: Join,
}

/// What holds the parts of a condition together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    None,
    And,
    Or,
}

const TRUE: &str = "true";
const FALSE: &str = "false";

impl Condition {
    pub(super) fn one(text: String) -> Self {
        Self { text, join: Join::None }
    }

    pub(super) fn fixed(truth: bool) -> Self {
        Self::one(truth.to_string())
    }

    /// True where all are.
    pub(super) fn all(parts: Vec<Self>) -> Self {
        Self::joined(parts, Join::And)
    }

    /// True where one is.
    pub(super) fn any(parts: Vec<Self>) -> Self {
        Self::joined(parts, Join::Or)
    }

    fn joined(mut parts: Vec<Self>, join: Join) -> Self {
        let (word, neutral, decides) = match join {
            Join::Or => (" or ", FALSE, TRUE),
            Join::And | Join::None => (" and ", TRUE, FALSE),
        };
        if parts.iter().any(|part| part.text == decides) {
            return Self::one(decides.to_owned());
        }
        let mut seen = BTreeSet::new();
        parts.retain(|part| part.text != neutral && seen.insert(part.text.clone()));
        if parts.len() < 2 {
            return parts.pop().unwrap_or_else(|| Self::one(neutral.to_owned()));
        }
        let texts = parts.into_iter().map(|Self { text, join: own }| {
            if own == Join::None || own == join { text } else { format!("({text})") }
        });
        Self { text: texts.collect::<Vec<_>>().join(word), join }
    }

    /// One text where it holds, another elsewhere.
    pub(super) fn choose(&self, then: &str, otherwise: &str) -> String {
        match self.text.as_str() {
            TRUE => then.to_owned(),
            FALSE => otherwise.to_owned(),
            text => format!("iif({text}, {then}, {otherwise})"),
        }
    }

    /// 1 where it holds, 0 elsewhere.
    pub(super) fn count(&self) -> Value {
        Value::always(self.choose("1.0", "0.0"))
    }
}
