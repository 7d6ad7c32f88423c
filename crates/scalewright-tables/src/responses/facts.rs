//! Facts about respondents that are known before the rows to be scored are read, and how they answer items.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::text::quote;
use scalewright_scoring::Column;

use crate::{Note, NoteKind};

use super::batch::Batch;

/// At most this many respondents are named; the others are counted.
const NAMED: usize = 5;

/// The facts about respondents.
pub(crate) struct Background {
    /// The items that they answer.
    pub(crate) items: Vec<usize>,
    /// The ids of these items.
    ids: Vec<String>,
    /// For each respondent, the answers to these items, and after them the date of birth, if it is a fact.
    facts: BTreeMap<String, Vec<Option<f64>>>,
    /// Whether the date of birth is a fact.
    pub(super) has_births: bool,
    /// The name of the table in messages.
    table: String,
    /// The rows of respondents without facts.
    unknown: Rows,
    /// The rows that state another value.
    other: Rows,
}

impl Background {
    /// `items` are the items with their ids, `facts` the answers to these items for each respondent.
    pub(super) fn new(
        table: &str,
        (items, ids): (Vec<usize>, Vec<String>),
        facts: BTreeMap<String, Vec<Option<f64>>>,
    ) -> Self {
        let table = table.to_owned();
        let (unknown, other) = (Rows::default(), Rows::default());
        Self { items, ids, facts, has_births: false, table, unknown, other }
    }

    /// The same. `has_births` states whether the date of birth follows the answers.
    pub(super) fn with_births(self, has_births: bool) -> Self {
        Self { has_births, ..self }
    }

    /// The date of birth of a respondent, if it is known.
    pub(super) fn birth(&self, who: &str) -> Option<f64> {
        self.facts.get(who).filter(|_| self.has_births)?.last().copied().flatten()
    }

    /// Answers the items in the rows of a batch that do not answer them. A row that states another value keeps its own,
    /// which is an answer too; a note says so.
    pub(super) fn fill(&mut self, batch: &mut Batch) {
        let mut facts: Vec<Option<&Vec<Option<f64>>>> = Vec::with_capacity(batch.numbers.len());
        for row in 0..batch.numbers.len() {
            let who = batch.respondent(row);
            let found = self.facts.get(who.as_ref());
            if found.is_none() {
                self.unknown.add(&who);
            }
            facts.push(found);
        }
        for (at, &item) in self.items.iter().enumerate() {
            let mut column = Column::default();
            for (row, facts) in facts.iter().enumerate() {
                let own = batch.responses.items[item].get(row);
                let fact = facts.and_then(|facts| facts[at]);
                if own.is_some() && fact.is_some() && own != fact {
                    self.other.add(&batch.respondent(row));
                }
                column.push(own.or(fact));
            }
            batch.responses.items[item] = column;
        }
        // What is known from elsewhere is no longer missing.
        let items = &batch.responses.items;
        batch.absent.retain(|absent| items[absent.item].get(absent.row).is_none());
    }

    /// Notes on the rows whose respondent has no facts, and on those that state other ones.
    pub(super) fn notes(&self) -> Vec<Note> {
        let ids: Vec<String> = self.ids.iter().map(|id| format!("`{id}`")).collect();
        let unknown = self
            .unknown
            .describe()
            .map(|rows| Note::info(format!("no facts about the respondents of {rows}")));
        let other = self.other.describe().map(|rows| {
            let text = format!(
                "other values of {} than here are stated in {rows}, and used there",
                ids.join(", ")
            );
            Note::new(NoteKind::Warning, text)
        });
        unknown.into_iter().chain(other).map(|note| note.about(&self.table)).collect()
    }
}

/// Rows with their respondents.
#[derive(Default)]
struct Rows {
    count: u64,
    named: BTreeSet<String>,
}

impl Rows {
    fn add(&mut self, who: &str) {
        self.count += 1;
        if self.named.len() < NAMED {
            self.named.insert(quote(who).to_string());
        }
    }

    fn describe(&self) -> Option<String> {
        let mut named: Vec<String> = self.named.iter().map(|who| format!("`{who}`")).collect();
        if self.count > named.len() as u64 {
            named.push("…".to_owned());
        }
        let rows =
            if self.count == 1 { "1 row".to_owned() } else { format!("{} rows", self.count) };
        (self.count > 0).then(|| format!("{rows}: {}", named.join(", ")))
    }
}
