//! What the printer makes: expressions for numbers, and for conditions.

use std::collections::BTreeSet;

use scalewright_scoring::emit::{Condition, number};

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
        Self::call(choose(condition, text, "{}"))
    }

    /// An expression that has a value whenever `parts` have theirs.
    pub(super) fn made_of(text: String, binds: Binds, parts: &[&Self]) -> Self {
        let needs: Option<Vec<_>> = parts.iter().map(|part| part.needs.as_ref()).collect();
        let needs = needs.map(|all| all.into_iter().flatten().cloned().collect());
        Self { text, binds, needs, literal: None }
    }

    /// Whether it exists. `needs` must be known.
    pub(super) fn exists(&self) -> Condition {
        let needs = self.needs.iter().flatten();
        Condition::all(needs.map(|name| Condition::one(format!("%{name}.exists()"))))
    }

    /// The text as an operand beside an operator that binds so.
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

    /// The quotient, where the divisor is known not to be 0.
    pub(super) fn over(&self, other: &Self) -> Self {
        self.joined("/", (Binds::Product, Binds::Term), other)
    }
}

/// A condition as an expression that is true where it holds, and false or missing elsewhere. It is only ever asked
/// whether it is true: engines differ on what `not()` and `empty()` make of a comparison with nothing.
pub(super) fn test(condition: &Condition) -> String {
    condition.always().map_or_else(|| condition.text(), |truth| truth.to_string())
}

/// One text where a condition is true, another elsewhere.
pub(super) fn choose(condition: &Condition, then: &str, otherwise: &str) -> String {
    match condition.always() {
        Some(true) => then.to_owned(),
        Some(false) => otherwise.to_owned(),
        None => format!("iif({}, {then}, {otherwise})", condition.text()),
    }
}

/// 1 where a condition is true, 0 elsewhere.
pub(super) fn count(condition: &Condition) -> Value {
    Value::always(choose(condition, "1.0", "0.0"))
}
