//! Collects problems: those of the same kind are counted, and the first is the example.

use std::collections::BTreeMap;

use scalewright_wire::Kind;

use super::Rule;
use super::report::{Example, Problem, Report};
use super::subject::{Subject, Trouble};

/// Collects problems.
#[derive(Default)]
pub(super) struct Judge {
    /// By rule, and by what tells problems of one rule apart, such as the name of an option.
    found: BTreeMap<(Rule, String), Problem>,
    pub(super) notes: Vec<String>,
    pub(super) requests: usize,
    pub(super) respondents: usize,
}

/// The request whose answer is judged.
#[derive(Clone, Copy)]
pub(super) struct Asked<'a> {
    pub(super) instrument: &'a str,
    pub(super) language: &'a str,
    pub(super) option: &'a str,
    pub(super) line: &'a str,
}

impl Asked<'_> {
    fn example(&self, place: &str) -> Example {
        Example {
            instrument: self.instrument.to_owned(),
            language: self.language.to_owned(),
            option: self.option.to_owned(),
            place: place.to_owned(),
            stderr: String::new(),
            request: self.line.to_owned(),
        }
    }
}

impl Judge {
    /// Adds a problem of the answer to a request. `about` tells problems of one rule apart.
    pub(super) fn add(
        &mut self,
        rule: Rule,
        about: &str,
        asked: &Asked<'_>,
        place: &str,
        message: String,
    ) {
        self.insert(rule, about, message, Some(asked.example(place)));
    }

    /// Adds a problem that no single request shows.
    pub(super) fn general(&mut self, rule: Rule, about: &str, message: String) {
        self.insert(rule, about, message, None);
    }

    /// Adds the reason why a request was not answered.
    pub(super) fn trouble(&mut self, trouble: Trouble, asked: &Asked<'_>) {
        let example = Example { stderr: trouble.stderr, ..asked.example("") };
        // The message may name values, so that it does not tell problems apart.
        self.insert(trouble.rule, "", trouble.message, Some(example));
    }

    fn insert(&mut self, rule: Rule, about: &str, message: String, example: Option<Example>) {
        let problem = || Problem {
            rule: rule.name(),
            message,
            help: rule.advice().to_owned(),
            count: 0,
            example,
        };
        self.found.entry((rule, about.to_owned())).or_insert_with(problem).count += 1;
    }

    /// Whether a problem of this rule was found.
    pub(super) fn has(&self, rule: Rule) -> bool {
        self.found.keys().any(|(found, _)| *found == rule)
    }

    /// Adds a note, once.
    pub(super) fn note(&mut self, note: String) {
        if !self.notes.contains(&note) {
            self.notes.push(note);
        }
    }

    /// Returns the report, and leaves nothing behind.
    pub(super) fn report(&mut self, subject: &impl Subject, kind: Kind) -> Report {
        let description = subject.description();
        Report {
            name: description.name.clone(),
            kind,
            version: description.version.clone(),
            requests: self.requests,
            respondents: self.respondents,
            serves: subject.serves(),
            evaluates: subject.evaluates(),
            problems: self.problems(),
            notes: std::mem::take(&mut self.notes),
        }
    }

    /// Returns the problems, by rule.
    pub(super) fn problems(&mut self) -> Vec<Problem> {
        std::mem::take(&mut self.found).into_values().collect()
    }
}
