//! The parts of a description, in the order in which they are printed.

use super::{Account, AccountTable, Phrases, Term};

impl Account {
    /// The parts of the description, in the order in which they are printed, each with its label.
    #[must_use]
    pub fn entries(&self, phrases: &Phrases) -> Vec<Entry> {
        let text = |part, label: &str, text: &Option<String>| {
            let lines = text.iter().cloned().collect();
            Entry { part, label: label.to_owned(), content: Content::Lines(lines) }
        };
        let list = |part, label: &str, lines: &[String]| Entry {
            part,
            label: label.to_owned(),
            content: Content::Lines(lines.to_vec()),
        };
        let joined = |list: &[String]| (!list.is_empty()).then(|| list.join(", "));
        let is_norm = !self.norms.is_empty();
        let by = if self.kind == "flag" { phrases.true_if } else { phrases.formula };
        let mut entries = vec![
            text(Part::Measures, phrases.measures, &self.description),
            text(Part::PartOf, phrases.part_of, &self.part_of),
            text(Part::Unit, phrases.unit, &self.unit),
            text(Part::Rule, phrases.rule, &Some(self.rule.clone())),
            Entry {
                part: Part::Terms,
                label: phrases.computed_from.to_owned(),
                content: Content::Terms(self.terms.clone()),
            },
        ];
        entries.extend(self.recoding.iter().map(Entry::table));
        entries.extend([
            list(Part::Steps, phrases.then, &self.steps),
            // A chain of conditions for the groups is what the table of norms is for.
            text(Part::Formula, by, &self.formula.clone().filter(|_| !is_norm)),
            text(Part::Numbers, phrases.numbers, &self.numbers),
            text(Part::Derived, phrases.derived, &self.derived),
        ]);
        entries.extend(self.norms.iter().chain(&self.tables).map(Entry::table));
        entries.extend([
            list(Part::Missing, phrases.missing, &self.missing),
            text(Part::Needed, phrases.needed, &joined(&self.mandatory)),
            list(Part::Asked, phrases.asked, &self.conditions),
            text(Part::Complete, phrases.complete, &self.reach[0]),
            text(Part::WithMissing, phrases.with_missing, &self.reach[1]),
            text(Part::Words, phrases.words, &joined(&self.words)),
        ]);
        for set in &self.bands {
            let label = set.set.as_ref().map(|set| format!("{} {set}", phrases.bands));
            let line = |(label, scores): &(String, String)| format!("{label}: {scores}");
            let lines: Vec<String> = set.bands.iter().map(line).collect();
            entries.push(list(Part::Bands, label.as_deref().unwrap_or(phrases.bands), &lines));
        }
        entries.push(text(Part::Reliability, phrases.reliability, &self.reliability));
        entries.push(text(Part::Key, phrases.key, &self.key.map(str::to_owned)));
        entries.retain(|entry| !entry.content.is_empty());
        entries
    }
}

/// A part of a description.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Which part it is.
    pub part: Part,
    /// Its label.
    pub label: String,
    /// What it states.
    pub content: Content,
}

impl Entry {
    fn table(table: &AccountTable) -> Self {
        let content = Content::Table(table.clone());
        Self { part: Part::Table, label: table.title.clone(), content }
    }
}

/// The parts of a description.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is the field of the account with its name")]
pub enum Part {
    Measures,
    PartOf,
    Unit,
    Rule,
    Terms,
    Steps,
    Formula,
    Numbers,
    Derived,
    Table,
    Missing,
    Needed,
    Asked,
    Complete,
    WithMissing,
    Words,
    Bands,
    Reliability,
    Key,
}

/// What a part of a description states.
#[derive(Debug, Clone, PartialEq)]
pub enum Content {
    /// Some sentences.
    Lines(Vec<String>),
    /// The terms of the score.
    Terms(Vec<Term>),
    /// A table.
    Table(AccountTable),
}

impl Content {
    fn is_empty(&self) -> bool {
        match self {
            Self::Lines(lines) => lines.is_empty(),
            Self::Terms(terms) => terms.is_empty(),
            Self::Table(table) => table.rows.is_empty() && table.notes.is_empty(),
        }
    }
}
