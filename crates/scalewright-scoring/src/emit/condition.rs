//! Conditions as most languages write them: with `and` and `or`, the fewest brackets, and no repeated part.

use std::collections::BTreeSet;

/// The operator that joins the parts of a condition.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Join {
    And,
    Or,
}

/// A condition built from comparisons.
///
/// `and` of no parts is true, `or` of no parts is false. A comparison binds more tightly than both operators. Where
/// `and` and `or` are nested, brackets are written, since languages differ in their precedence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Condition {
    join: Join,
    parts: Vec<String>,
}

impl Condition {
    /// A single comparison or function call.
    #[must_use]
    pub fn one(text: impl Into<String>) -> Self {
        Self { join: Join::And, parts: vec![text.into()] }
    }

    /// A condition that is always `truth`.
    #[must_use]
    pub fn fixed(truth: bool) -> Self {
        Self { join: if truth { Join::And } else { Join::Or }, parts: Vec::new() }
    }

    /// True if all of `conditions` are true.
    #[must_use]
    pub fn all(conditions: impl IntoIterator<Item = Self>) -> Self {
        Self::joined(conditions, Join::And)
    }

    /// True if at least one of `conditions` is true.
    #[must_use]
    pub fn any(conditions: impl IntoIterator<Item = Self>) -> Self {
        Self::joined(conditions, Join::Or)
    }

    fn joined(conditions: impl IntoIterator<Item = Self>, join: Join) -> Self {
        // A constant condition is either neutral and dropped, or decides the result.
        let neutral = Self { join, parts: Vec::new() };
        let mut kept = Vec::new();
        for condition in conditions.into_iter().filter(|condition| *condition != neutral) {
            if condition.parts.is_empty() {
                return condition;
            }
            kept.push(condition);
        }
        if kept.len() < 2 {
            return kept.pop().unwrap_or(neutral);
        }
        let (mut parts, mut seen) = (Vec::new(), BTreeSet::new());
        for condition in kept {
            let same = condition.join == join || condition.parts.len() == 1;
            let more = if same { condition.parts } else { vec![format!("({})", condition.text())] };
            parts.extend(more.into_iter().filter(|part| seen.insert(part.clone())));
        }
        Self { join, parts }
    }

    /// `Some(true)` if the condition is always true, `Some(false)` if it is always false.
    #[must_use]
    pub fn always(&self) -> Option<bool> {
        self.parts.is_empty().then_some(self.join == Join::And)
    }

    /// The condition as text; empty for a condition that is always true or always false.
    #[must_use]
    pub fn text(&self) -> String {
        self.parts.join(if self.join == Join::And { " and " } else { " or " })
    }
}

#[cfg(test)]
mod tests {
    use super::Condition;

    #[test]
    fn brackets_separate_nested_and_and_or() {
        let one = |text: &str| Condition::one(text);
        let or = Condition::any([one("a"), one("b"), one("a")]);
        assert_eq!(or.text(), "a or b");
        let and = Condition::all([or.clone(), one("c"), Condition::fixed(true)]);
        assert_eq!(and.text(), "(a or b) and c");
        assert_eq!(Condition::all([and, one("d")]).text(), "(a or b) and c and d");
        assert_eq!(Condition::any([or, Condition::fixed(true)]).always(), Some(true));
        assert_eq!(Condition::all([]).always(), Some(true));
        assert_eq!(Condition::any([Condition::fixed(false)]).always(), Some(false));
    }
}
