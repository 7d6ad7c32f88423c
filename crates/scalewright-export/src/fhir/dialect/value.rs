//! Printed expressions: numbers and conditions.

use std::collections::BTreeSet;

use scalewright_scoring::emit::{Condition, number};

/// Returns a number as a decimal literal. Some engines refuse to mix decimals and integers.
pub(super) fn decimal(value: f64) -> String {
    let text = number(value);
    if text.contains('.') { text } else { format!("{text}.0") }
}

/// Returns a count as a decimal literal.
#[expect(clippy::cast_precision_loss, reason = "counts of terms are small")]
pub(super) fn whole(count: usize) -> String {
    decimal(count as f64)
}

/// The precedence of the outermost operator of an expression, in ascending order.
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
    /// The variables whose existence is necessary and sufficient for this value to exist. `None` if the condition is
    /// not of this kind.
    pub(super) needs: Option<BTreeSet<String>>,
    /// The number, if the expression is a literal.
    pub(super) literal: Option<f64>,
}

impl Value {
    /// An expression whose existence depends on unknown conditions.
    pub(super) fn call(text: String) -> Self {
        Self { text, binds: Binds::Term, needs: None, literal: None }
    }

    /// A literal.
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

    /// Marks the value as one that always exists.
    pub(super) fn known(self) -> Self {
        Self { needs: Some(BTreeSet::new()), ..self }
    }

    /// Whether it is known to exist always.
    pub(super) fn is_always(&self) -> bool {
        self.needs.as_ref().is_some_and(BTreeSet::is_empty)
    }

    /// The value of a variable.
    pub(super) fn variable(name: &str) -> Self {
        let needs = Some(BTreeSet::from([name.to_owned()]));
        Self { needs, ..Self::call(format!("%{name}")) }
    }

    /// A missing value: `{}`.
    pub(super) fn missing() -> Self {
        Self::call("{}".to_owned())
    }

    /// `text` if `condition` is true, otherwise missing.
    pub(super) fn guarded(condition: &Condition, text: &str) -> Self {
        Self::call(choose(condition, text, "{}"))
    }

    /// An expression that exists if all `parts` exist.
    pub(super) fn made_of(text: String, binds: Binds, parts: &[&Self]) -> Self {
        let needs: Option<Vec<_>> = parts.iter().map(|part| part.needs.as_ref()).collect();
        let needs = needs.map(|all| all.into_iter().flatten().cloned().collect());
        Self { text, binds, needs, literal: None }
    }

    /// Returns the condition that it exists. `needs` must be known.
    pub(super) fn exists(&self) -> Condition {
        let needs = self.needs.iter().flatten();
        Condition::all(needs.map(|name| Condition::one(format!("%{name}.exists()"))))
    }

    /// Returns the text as an operand of an operator with this precedence, in parentheses if necessary.
    pub(super) fn beside(&self, binds: Binds) -> String {
        if self.binds >= binds { self.text.clone() } else { format!("({})", self.text) }
    }

    fn joined(&self, sign: &str, (binds, right): (Binds, Binds), other: &Self) -> Self {
        let text = format!("{} {sign} {}", self.beside(binds), other.beside(right));
        Self::made_of(text, binds, &[self, other])
    }

    pub(super) fn plus(&self, other: &Self) -> Self {
        self.joined("+", (Binds::Sum, Binds::Sum), other)
    }

    pub(super) fn minus(&self, other: &Self) -> Self {
        self.joined("-", (Binds::Sum, Binds::Product), other)
    }

    pub(super) fn times(&self, other: &Self) -> Self {
        self.joined("*", (Binds::Product, Binds::Term), other)
    }

    /// The quotient. The divisor must be known not to be 0.
    pub(super) fn over(&self, other: &Self) -> Self {
        self.joined("/", (Binds::Product, Binds::Term), other)
    }
}

/// Returns a condition as an expression that is true, or else false or missing. It must only be tested for being true,
/// because engines differ on the result of `not()` and `empty()` for a comparison with a missing value.
pub(super) fn test(condition: &Condition) -> String {
    condition.always().map_or_else(|| condition.text(), |truth| truth.to_string())
}

/// Returns an expression that is `then` if a condition is true, and otherwise `otherwise`.
pub(super) fn choose(condition: &Condition, then: &str, otherwise: &str) -> String {
    match condition.always() {
        Some(true) => then.to_owned(),
        Some(false) => otherwise.to_owned(),
        None => format!("iif({}, {then}, {otherwise})", condition.text()),
    }
}

/// Returns an expression that is 1 if a condition is true, and otherwise 0.
pub(super) fn count(condition: &Condition) -> Value {
    Value::always(choose(condition, "1.0", "0.0"))
}
