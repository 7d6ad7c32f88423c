//! Conditions as they are printed: with no bracket more than is needed, and nothing said twice.

use std::fmt::{Display, Formatter};
use std::rc::Rc;

/// What holds the parts of a condition together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Join {
    And,
    Or,
}

/// A condition made of parts, none of which is joined in the same way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Condition {
    join: Join,
    parts: Vec<String>,
}

impl Condition {
    /// A comparison.
    pub(super) fn one(text: impl Into<String>) -> Self {
        Self { join: Join::And, parts: vec![text.into()] }
    }

    /// Several comparisons.
    pub(super) fn new(join: Join, parts: impl Into<Vec<String>>) -> Self {
        Self { join, parts: parts.into() }
    }

    /// Several conditions.
    pub(super) fn joined(join: Join, all: &[Rc<Self>]) -> Self {
        let mut parts: Vec<String> = Vec::new();
        for condition in all {
            let same = condition.join == join || condition.parts.len() == 1;
            let more = if same { condition.parts.clone() } else { vec![format!("({condition})")] };
            for part in more {
                if !parts.contains(&part) {
                    parts.push(part);
                }
            }
        }
        Self { join, parts }
    }

    pub(super) fn text(&self) -> String {
        self.parts.join(if self.join == Join::And { " and " } else { " or " })
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.text())
    }
}
