//! The source's own computation of scores and conditions.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use crate::fhirpath::{Enabled, Machine, World, value};
use crate::form::Form;
use crate::form::rule::{Answers, Source};
use crate::value::Value;

/// The most responses of which the enabled items are kept.
const MOST: usize = 8192;

/// A questionnaire, with the items that are enabled in responses. All conditions are asked for the same responses, and
/// each answer needs the conditions of all items.
pub(super) struct Responses {
    world: Arc<World>,
    known: Mutex<HashMap<u64, Known>>,
}

/// The answers of a response, with the items that are enabled.
type Known = (Vec<Option<f64>>, Arc<Enabled>);

impl Responses {
    pub(super) fn of(world: &Arc<World>) -> Self {
        Self { world: Arc::clone(world), known: Mutex::default() }
    }

    fn enabled(&self, answers: &Answers) -> Arc<Enabled> {
        let key = digest(&answers.of);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((same, enabled)) = known.get(&key)
            && *same == answers.of
        {
            return Arc::clone(enabled);
        }
        if known.len() >= MOST {
            known.clear();
        }
        let enabled = Arc::new(Machine::enabled_in(&self.world, &answers.of));
        known.insert(key, (answers.of.clone(), Arc::clone(&enabled)));
        enabled
    }
}

/// A number for answers, which other answers seldom share.
fn digest(answers: &[Option<f64>]) -> u64 {
    answers.iter().fold(0, |digest: u64, answer| {
        let bits = answer.map_or(1, f64::to_bits);
        (digest.rotate_left(5) ^ bits).wrapping_mul(0x517c_c1b7_2722_0a95)
    })
}

/// A calculated item.
pub(super) struct Score {
    pub(super) responses: Arc<Responses>,
    pub(super) position: usize,
}

impl Source for Score {
    fn value(&self, _form: &Form, answers: &Answers) -> Value {
        let world = &self.responses.world;
        let enabled = self.responses.enabled(answers);
        let mut machine = Machine::with(world, &answers.of, &enabled);
        // An expression that fails gives no value.
        machine.score(self.position).map_or(Value::Blank, |found| value(world, &found))
    }
}

/// The condition of an item, with those of the groups around it.
pub(super) struct Asked {
    pub(super) responses: Arc<Responses>,
    pub(super) node: usize,
}

impl Source for Asked {
    fn value(&self, _form: &Form, answers: &Answers) -> Value {
        Value::Truth(self.responses.enabled(answers).asked(self.node))
    }
}
