//! What gets a variable, and what is taken back when a score turns out not to be printable.

use std::collections::BTreeSet;

use super::value::Value;
use super::{Print, Printer, State, Variable, unsupported};

/// What is longer than this gets a variable where it would be written twice.
const SHORT: usize = 48;

/// An expression longer than this is refused: clients parse recursively and slowly.
const LONGEST: usize = 200_000;

impl Printer<'_> {
    pub(super) fn define(
        &mut self,
        name: &str,
        description: String,
        expression: String,
    ) -> Print<()> {
        if expression.len() > LONGEST {
            return unsupported(format!(
                "the expression would be {} characters long",
                expression.len()
            ));
        }
        self.variables.push(Variable { name: name.to_owned(), description, expression });
        Ok(())
    }

    /// The name of a variable that holds a part of `stem`.
    pub(super) fn part(&mut self, stem: &str, expression: String) -> Print<String> {
        self.part_called((stem, "Part"), format!("part of {stem}"), expression)
    }

    pub(super) fn part_called(
        &mut self,
        (stem, suffix): (&str, &str),
        description: String,
        expression: String,
    ) -> Print<String> {
        if let Some(name) = self.parts.get(&expression) {
            return Ok(name.clone());
        }
        let name = self.name(&format!("{stem}{suffix}"));
        self.define(&name, description, expression.clone())?;
        self.parts.insert(expression, name.clone());
        Ok(name)
    }

    /// `value` as something that can be written again and again.
    pub(super) fn operand(&mut self, value: Value, stem: &str) -> Print<Value> {
        self.operand_called(value, (stem, "Part"))
    }

    pub(super) fn operand_called(
        &mut self,
        value: Value,
        (stem, suffix): (&str, &str),
    ) -> Print<Value> {
        let name = value.text.strip_prefix('%').unwrap_or_default();
        let is_variable = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric());
        if is_variable || value.literal.is_some() {
            return Ok(value);
        }
        let always = value.is_always();
        let about = format!("part of {stem}");
        let variable = Value::variable(&self.part_called((stem, suffix), about, value.text)?);
        Ok(if always { Value::always(variable.text) } else { variable })
    }

    /// `value` with what it needs, by a variable where that is not known.
    pub(super) fn with_needs(&mut self, value: Value, stem: &str) -> Print<Value> {
        if value.needs.is_some() { Ok(value) } else { self.operand(value, stem) }
    }

    /// `value` short enough to be written twice, with what it needs.
    pub(super) fn short(&mut self, value: Value, stem: &str) -> Print<Value> {
        let is_short = value.needs.is_some() && value.text.len() <= SHORT;
        if is_short { Ok(value) } else { self.operand(value, stem) }
    }

    /// Takes back all variables but the first `keep`.
    pub(super) fn forget(&mut self, keep: usize) {
        let gone: BTreeSet<String> =
            self.variables.drain(keep..).map(|variable| variable.name).collect();
        self.parts.retain(|_, name| !gone.contains(name));
        self.counts.retain(|_, name| !gone.contains(name));
        for item in self.items.iter_mut().chain(&mut self.given) {
            if item.as_ref().is_some_and(|name| gone.contains(name)) {
                *item = None;
            }
        }
        for state in &mut self.scores {
            if let Some(State::Defined(name)) = state
                && gone.contains(name)
            {
                *state = Some(State::Named(name.clone()));
            }
        }
    }
}
