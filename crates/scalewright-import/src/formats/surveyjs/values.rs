//! The calculated values of a survey: scores, steps of scores, and texts.

use super::Reader;
use super::expressions::{Pending, Subject};
use crate::expr::Bound;
use crate::finding::Kind;
use crate::form::Score;
use crate::form::rule::Rule;
use crate::json::Node;
use crate::words::Words;

impl<'a> Reader<'a> {
    /// Notes the calculated values. They are read later.
    pub(super) fn values(&mut self, survey: &Node<'a>) {
        for value in survey.get("calculatedValues").list() {
            self.left_out.keys(
                &value,
                "a calculated value",
                &["name", "expression", "includeIntoResult"],
            );
            let (Some(name), Some(text)) =
                (value.get("name").text(), value.get("expression").text())
            else {
                self.report(
                    Kind::NotUnderstood,
                    "computation",
                    &value,
                    "a calculated value without a name or an expression is left out",
                );
                continue;
            };
            let is_result = value.get("includeIntoResult").truth() == Some(true);
            if let Some(constant) = constant(text) {
                self.texts.constant(name, constant);
                if is_result {
                    let message = format!("`{name}` is always the same text, and is left out");
                    self.report(Kind::Note, "constant", &value, message);
                }
            } else if !is_result && self.mentioned.has(name) {
                self.steps.insert(name.to_lowercase(), text.to_owned());
            } else {
                self.score(&value, name, text, Words::only(name));
            }
        }
    }

    /// Notes a score.
    pub(super) fn score(&mut self, at: &Node<'a>, name: &str, text: &str, title: Words) {
        let position = self.form.scores.len();
        if !self.named(name, Bound::Score(position)) {
            self.report(
                Kind::Doubtful,
                "same-name",
                at,
                format!("a second value is called `{name}`; expressions use the first"),
            );
        }
        let place = at.get("expression").place();
        self.form.scores.push(Score {
            id: self.ids.item(name),
            column: name.to_owned(),
            title,
            description: None,
            rule: Rule::not_understood(text, &place, "it was not read"),
            bands: Vec::new(),
        });
        self.pending.push(Pending {
            subject: Subject::Score(position),
            text: text.to_owned(),
            place,
        });
    }

    /// Notes what a name means. Returns whether the name is new.
    pub(super) fn named(&mut self, name: &str, bound: Bound) -> bool {
        let is_new = !self.names.contains_key(name);
        self.names.entry(name.to_owned()).or_insert(bound);
        self.names.entry(name.to_lowercase()).or_insert(bound);
        is_new
    }
}

/// The text of an expression that is nothing but a text in quotes.
fn constant(expression: &str) -> Option<&str> {
    let text = expression.trim();
    let quote = text.chars().next().filter(|first| matches!(first, '\'' | '"'))?;
    let inner = text.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains([quote, '\\'])).then_some(inner)
}
