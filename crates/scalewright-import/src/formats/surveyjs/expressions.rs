//! Conditions and scores of a survey: which names they use, and how they are read.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::MissingKind;
use scalewright_model::file::ScaleFile;
use serde_json::Value;

use super::Reader;
use crate::expr::{self, Bound, Language, Name};
use crate::place::Place;
use crate::rule::{Rule, Target};

/// The longest expression after its steps have been inserted, in bytes.
const LONGEST: usize = 200_000;

/// The names that the expressions of a survey use.
pub(super) struct Mentioned(BTreeSet<String>);

impl Mentioned {
    pub(super) fn of(survey: &crate::json::Node<'_>) -> Self {
        let mut names = BTreeSet::new();
        collect(survey.value(), &mut names);
        Self(names)
    }

    /// Whether an expression uses a name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.0.contains(&name.to_lowercase())
    }
}

/// The names in the conditions and computations below a value.
fn collect(value: &Value, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(table) => {
            for (key, value) in table {
                match value {
                    Value::String(text) if matches!(key.as_str(), "visibleIf" | "expression") => {
                        names.extend(parts(text).filter_map(Part::name).map(str::to_lowercase));
                    }
                    _ => collect(value, names),
                }
            }
        }
        Value::Array(list) => list.iter().for_each(|value| collect(value, names)),
        _ => {}
    }
}

/// A part of an expression.
#[derive(Clone, Copy)]
enum Part<'t> {
    /// A name in braces, without them.
    Name(&'t str),
    /// Anything else.
    Other(&'t str),
}

impl<'t> Part<'t> {
    fn name(self) -> Option<&'t str> {
        match self {
            Self::Name(name) => Some(name),
            Self::Other(_) => None,
        }
    }
}

/// The parts of an expression: names in braces outside of quotes, and what is between them.
fn parts(text: &str) -> impl Iterator<Item = Part<'_>> {
    let mut parts = Vec::new();
    let (mut from, mut quote, mut open) = (0, None, None);
    let mut is_escaped = false;
    for (at, letter) in text.char_indices() {
        match (quote, letter) {
            (Some(_), _) if is_escaped => is_escaped = false,
            (Some(_), '\\') => is_escaped = true,
            (Some(end), letter) if letter == end => quote = None,
            (Some(_), _) => {}
            (None, '\'' | '"') if open.is_none() => quote = Some(letter),
            (None, '{') => open = Some(at),
            (None, '}') => {
                if let Some(start) = open.take() {
                    parts.push(Part::Other(&text[from..start]));
                    parts.push(Part::Name(text[start + 1..at].trim()));
                    from = at + 1;
                }
            }
            (None, _) => {}
        }
    }
    parts.push(Part::Other(&text[from..]));
    parts.into_iter()
}

/// What an expression belongs to, by position in the form.
#[derive(Clone, Copy)]
pub(super) enum Subject {
    Item(usize),
    Score(usize),
}

/// An expression that is read when all names are known.
pub(super) struct Pending {
    pub(super) subject: Subject,
    pub(super) text: String,
    pub(super) place: Place,
}

/// A condition of a question, or of a panel or page around it.
pub(super) type Condition = (String, Place);

impl Pending {
    /// The conditions of an item, joined; `None` if there are none.
    pub(super) fn condition(item: usize, conditions: &[Condition]) -> Option<Self> {
        let (_, place) = conditions.last()?;
        let text = match conditions {
            [(only, _)] => only.clone(),
            all => {
                all.iter().map(|(text, _)| format!("({text})")).collect::<Vec<_>>().join(" and ")
            }
        };
        Some(Self { subject: Subject::Item(item), text, place: place.clone() })
    }
}

impl Reader<'_> {
    /// Reads all conditions and scores.
    pub(super) fn rules(&mut self) {
        self.copies();
        for pending in std::mem::take(&mut self.pending) {
            let rule = self.rule(&pending);
            match pending.subject {
                Subject::Item(position) => self.form.items[position].condition = Some(rule),
                Subject::Score(position) => self.form.scores[position].rule = rule,
            }
        }
    }

    /// Steps that are the answer to one question, and nothing else, are other names of this question.
    fn copies(&mut self) {
        let steps = std::mem::take(&mut self.steps);
        for (name, text) in steps {
            match self.copied(&text) {
                Some(item) => {
                    self.named(&name, Bound::Item(item));
                }
                None => {
                    self.steps.insert(name, text);
                }
            }
        }
    }

    /// The item that an expression is a copy of. An expression with empty texts is none, because SurveyJS distinguishes
    /// an empty text from nothing where it joins texts.
    fn copied(&self, text: &str) -> Option<usize> {
        let names: BTreeSet<&str> = parts(text).filter_map(Part::name).collect();
        let (Some(name), 1) = (names.first(), names.len()) else { return None };
        let Some(Bound::Item(item)) = self.found(Name { text: name, option: None }) else {
            return None;
        };
        if text.contains("''") || text.contains("\"\"") {
            return None;
        }
        let names = |name: Name<'_>| self.found(name);
        let scope = expr::Scope { language: Language::SurveyJs, form: &self.form, names: &names };
        let id = &self.form.items[item].id;
        let is_copy = match expr::score(&scope, text, &Place::default()).target {
            Target::Formula(formula) => formula == *id,
            Target::Scale(scale) => {
                let plain = ScaleFile::new("", "", scale.score, scale.missing);
                let plain = ScaleFile { items: vec![id.clone()], ..plain };
                scale.missing == MissingKind::NoScore
                    && ScaleFile { id: String::new(), title: String::new(), ..*scale } == plain
            }
            Target::NotUnderstood(_) => false,
        };
        is_copy.then_some(item)
    }

    fn rule(&self, pending: &Pending) -> Rule {
        let Pending { subject, text, place } = pending;
        let written = match with_steps(&self.steps, text) {
            Ok(written) => written,
            Err(reason) => return Rule::not_understood(text, place, reason),
        };
        let names = |name: Name<'_>| self.found(name);
        let scope = expr::Scope { language: Language::SurveyJs, form: &self.form, names: &names };
        let rule = match subject {
            Subject::Item(_) => expr::condition(&scope, &written, place),
            Subject::Score(_) => expr::score(&scope, &written, place),
        };
        Rule { text: text.clone(), ..rule }
    }

    /// What a name stands for. Names may differ in case, as in SurveyJS.
    fn found(&self, name: Name<'_>) -> Option<Bound> {
        if let Some(option) = name.option {
            let tick = |text: &str| self.ticks.get(&(text.to_lowercase(), option.to_owned()));
            if let Some(item) = tick(name.text) {
                return Some(Bound::Ticked(*item));
            }
        }
        self.names.get(name.text).or_else(|| self.names.get(&name.text.to_lowercase())).copied()
    }
}

/// The expression with each step that it uses in brackets instead of its name.
///
/// # Errors
///
/// Returns the reason if steps use each other in a circle, or if the result is too long.
fn with_steps(steps: &BTreeMap<String, String>, text: &str) -> Result<String, String> {
    let mut written = String::new();
    insert(steps, text, &mut Vec::new(), &mut written)?;
    Ok(written)
}

fn insert<'t>(
    steps: &'t BTreeMap<String, String>,
    text: &'t str,
    inside: &mut Vec<&'t str>,
    written: &mut String,
) -> Result<(), String> {
    for part in parts(text) {
        match part {
            Part::Other(text) => written.push_str(text),
            Part::Name(name) => match steps.get_key_value(&name.to_lowercase()) {
                Some((name, _)) if inside.contains(&name.as_str()) || inside.len() > 50 => {
                    return Err(format!("`{name}` is computed from itself, or in too many steps"));
                }
                Some((name, step)) => {
                    inside.push(name);
                    written.push('(');
                    insert(steps, step, inside, written)?;
                    written.push(')');
                    inside.pop();
                }
                None => {
                    written.push('{');
                    written.push_str(name);
                    written.push('}');
                }
            },
        }
        if written.len() > LONGEST {
            return Err("the expression is too long with the steps that it uses".to_owned());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::with_steps;

    #[test]
    fn steps_are_inserted() {
        let steps = [("s", "{a} + {b}"), ("t", "{s} * 2"), ("u", "{u}")];
        let steps = steps.map(|(name, text)| (name.to_owned(), text.to_owned())).into();
        for (text, expected) in [
            ("{t} - 1", Some("(({a} + {b}) * 2) - 1")),
            ("{S} = '{t}'", Some("({a} + {b}) = '{t}'")),
            ("{ a } + 1}", Some("{a} + 1}")),
            ("{u}", None),
        ] {
            assert_eq!(with_steps(&steps, text).ok().as_deref(), expected, "{text}");
        }
    }
}
