//! The source's own computation of scores and conditions.

use std::sync::Arc;

use crate::fhirpath::{Machine, World, value};
use crate::form::Form;
use crate::form::rule::{Answers, Source};
use crate::value::Value;

/// A calculated item.
pub(super) struct Score {
    pub(super) world: Arc<World>,
    pub(super) position: usize,
}

impl Source for Score {
    fn value(&self, _form: &Form, answers: &Answers) -> Value {
        let mut machine = Machine::respond(&self.world, &answers.of);
        // An expression that fails gives no value.
        machine.score(self.position).map_or(Value::Blank, |found| value(&self.world, &found))
    }
}

/// The condition of an item, with those of the groups around it.
pub(super) struct Asked {
    pub(super) world: Arc<World>,
    pub(super) node: usize,
}

impl Source for Asked {
    fn value(&self, _form: &Form, answers: &Answers) -> Value {
        let mut machine = Machine::respond(&self.world, &answers.of);
        Value::Truth(machine.enabled().get(self.node).copied().unwrap_or(true))
    }
}
