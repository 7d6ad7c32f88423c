//! What is known while an activity is read: its variables, its conditions, and expressions to be read later.

use std::collections::HashMap;

use crate::around::{Around, Groups};
use crate::expr::Bound;
use crate::place::Place;
use crate::words::Words;

/// The variables of an activity.
#[derive(Default)]
pub(super) struct Scope {
    pub(super) variables: HashMap<String, Bound>,
}

impl Scope {
    /// Whether a variable is the result of a computation.
    pub(super) fn is_score(&self, name: &str) -> bool {
        matches!(self.variables.get(name), Some(Bound::Score(_)))
    }

    /// Adds the variable of an item. Returns whether it is new.
    pub(super) fn add(&mut self, name: &str, item: usize) -> bool {
        let is_new = !self.variables.contains_key(name);
        self.variables.entry(name.to_owned()).or_insert(Bound::Item(item));
        is_new
    }
}

/// An expression that decides whether an entry is shown.
#[derive(Clone)]
pub(super) struct Condition {
    pub(super) text: String,
    pub(super) scope: usize,
    pub(super) place: Place,
}

/// What an expression belongs to, by position in the form.
#[derive(Clone, Copy)]
pub(super) enum Subject {
    Item(usize),
    Note(usize),
    Score(usize),
}

/// An expression that is read when all variables are known.
pub(super) struct Pending {
    pub(super) subject: Subject,
    pub(super) text: String,
    /// The scopes that it was written in, from the outermost on.
    pub(super) scopes: Vec<usize>,
    pub(super) place: Place,
}

impl Pending {
    /// The conditions of an item or a note and of the activities around it, joined; `None` if there are none.
    pub(super) fn condition(subject: Subject, conditions: &[Condition]) -> Option<Self> {
        let last = conditions.last()?;
        let text = match conditions {
            [only] => only.text.clone(),
            all => {
                all.iter().map(|part| format!("({})", part.text)).collect::<Vec<_>>().join(" && ")
            }
        };
        let scopes = conditions.iter().map(|part| part.scope).collect();
        Some(Self { subject, text, scopes, place: last.place.clone() })
    }
}

/// The state of reading an activity and those inside it.
#[derive(Default)]
pub(super) struct State<'a> {
    pub(super) groups: Groups,
    pub(super) around: Around,
    /// The conditions of the activities around.
    pub(super) conditions: Vec<Condition>,
    /// The name of the activity inside that is read.
    pub(super) section: Option<&'a str>,
    /// The activities that are read, from the outermost on.
    pub(super) inside: Vec<String>,
    /// The instructions that no item has followed yet: the name, the words and the place of each.
    pub(super) unused: Vec<(String, Words, Place)>,
}
