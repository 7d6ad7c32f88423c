//! The computations and conditions of an activity, with the variables that they know.

use std::cell::Cell;

use super::Reader;
use super::pending::{Pending, Subject};
use crate::expr::{self, Bound, Language, Name};
use crate::finding::Kind;
use crate::form::Score;
use crate::form::rule::{Rule, Target};
use crate::json::Node;
use crate::words::Words;

impl<'a> Reader<'a> {
    /// Notes the computations of an activity. They are read later.
    pub(super) fn computed(&mut self, activity: &Node<'a>, scope: usize) {
        for computation in activity.get("compute").list() {
            self.left_out.keys(
                &computation,
                "a computation",
                &["variableName", "jsExpression", "@type"],
            );
            let (Some(name), Some(text)) =
                (computation.get("variableName").text(), computation.get("jsExpression").text())
            else {
                self.report(
                    Kind::NotUnderstood,
                    "computation",
                    &computation,
                    "a computation without a variable or an expression is left out",
                );
                continue;
            };
            if self.scopes[scope].variables.contains_key(name) {
                self.report(
                    Kind::Doubtful,
                    "same-variable",
                    &computation,
                    format!("`{name}` is computed a second time; the first computation counts"),
                );
                continue;
            }
            let place = computation.get("jsExpression").place();
            let position = self.form.scores.len();
            self.scopes[scope].variables.insert(name.to_owned(), Bound::Score(position));
            let title = self.title_of(activity, name);
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
                scopes: vec![scope],
                place,
            });
        }
    }

    /// The title of a computed value: the label of the item that shows it.
    fn title_of(&mut self, activity: &Node<'a>, name: &str) -> Words {
        let properties = activity.get("ui").get("addProperties");
        let Some(property) =
            properties.list().find(|entry| entry.get("variableName").text() == Some(name))
        else {
            return Words::only(name);
        };
        let stated = property.get("isAbout").text().unwrap_or_default();
        let files = self.files;
        match files.get(&activity.place().file, stated) {
            Ok(item) => {
                let label = self.texts.words(&item.get("prefLabel"));
                if label.is_empty() { Words::only(name) } else { label }
            }
            Err(reason) => {
                let message = format!("{reason}; the title of `{name}` is its name");
                self.report(Kind::Doubtful, "missing-file", &property.get("isAbout"), message);
                Words::only(name)
            }
        }
    }

    /// Reads all computations and conditions.
    pub(super) fn rules(&mut self) {
        for pending in std::mem::take(&mut self.pending) {
            let rule = self.rule(&pending);
            match pending.subject {
                Subject::Item(position) => self.form.items[position].condition = Some(rule),
                Subject::Note(position) => self.form.notes[position].condition = Some(rule),
                Subject::Score(position) => self.form.scores[position].rule = rule,
            }
        }
    }

    fn rule(&self, pending: &Pending) -> Rule {
        let of_texts = Cell::new(None);
        let names = |name: Name<'_>| {
            let bound = self.found(name.text, &pending.scopes);
            if let Some(Bound::Item(item)) = bound.filter(|_| of_texts.get().is_none()) {
                of_texts.set(self.text_numbers.contains(&item).then_some(item));
            }
            bound
        };
        let scope = expr::Scope { language: Language::JavaScript, form: &self.form, names: &names };
        let mut rule = match pending.subject {
            Subject::Item(_) | Subject::Note(_) => {
                expr::condition(&scope, &pending.text, &pending.place)
            }
            Subject::Score(_) => expr::score(&scope, &pending.text, &pending.place),
        };
        if let Some(item) = of_texts.get() {
            let column = &self.form.items[item].column;
            rule = Rule::not_understood(
                &pending.text,
                &pending.place,
                format!("`{column}` stores digits as texts, which JavaScript joins"),
            );
        }
        self.explained(rule, pending)
    }

    /// The variable in these scopes, the innermost first.
    fn found(&self, name: &str, scopes: &[usize]) -> Option<Bound> {
        scopes.iter().rev().find_map(|scope| self.scopes[*scope].variables.get(name).copied())
    }

    /// A rule that names an unknown variable says why it is unknown, if the source has it somewhere.
    fn explained(&self, mut rule: Rule, pending: &Pending) -> Rule {
        let Target::NotUnderstood(reason) = &mut rule.target else { return rule };
        let named = reason.split('`').nth(1).unwrap_or_default().to_owned();
        if self.found(&named, &pending.scopes).is_some() {
            return rule;
        }
        if let Some(path) = self.unasked.get(&named) {
            reason
                .push_str(&format!("; it is the variable of `{path}`, which is not in the order"));
        } else if let Some(alike) = self.alike(&named, &pending.scopes) {
            reason
                .push_str(&format!("; there is `{alike}`, which the player takes for another one"));
        } else if self.lost.contains(&named) {
            reason.push_str("; the item with this variable was left out");
        } else if self.scopes.iter().any(|scope| scope.variables.contains_key(&named)) {
            reason.push_str(
                "; another activity has this variable, and the player does not look there",
            );
        }
        rule
    }

    /// A variable in these scopes whose name differs only by case, signs, and zeros before numbers.
    fn alike(&self, name: &str, scopes: &[usize]) -> Option<&str> {
        let wanted = plain(name);
        let known = scopes.iter().flat_map(|scope| self.scopes[*scope].variables.keys());
        known.filter(|known| plain(known) == wanted).min().map(String::as_str)
    }
}

/// A name in small letters, without signs and without zeros before numbers.
fn plain(name: &str) -> String {
    let mut out = String::new();
    for letter in name.chars().filter(|letter| letter.is_alphanumeric()) {
        let is_leading = letter == '0' && !out.ends_with(|last: char| last.is_ascii_digit());
        if !is_leading {
            out.extend(letter.to_lowercase());
        }
    }
    out
}
