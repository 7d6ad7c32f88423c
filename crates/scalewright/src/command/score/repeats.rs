//! Respondents who come more than once.

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, Hasher, RandomState};

use crate::cli::ResponsesFormat as Format;
use crate::responses::{Batch, Opened};
use crate::{Terminal, render};

/// So many marks are held at most, 8 bytes each; then no more respondents are compared.
const MOST: usize = 3_500_000;
/// More rows than this are counted, not named.
const NAMED: usize = 3;

/// Marks are hashes already.
#[derive(Default)]
struct AsIs(u64);

impl Hasher for AsIs {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, _: &[u8]) {}

    fn write_u64(&mut self, mark: u64) {
        self.0 = mark;
    }
}

/// Who has been seen, by hashes that nobody can foresee: two respondents of one hash do not come up.
pub(super) struct Repeats {
    table: String,
    hashes: RandomState,
    seen: HashSet<u64, BuildHasherDefault<AsIs>>,
    /// The columns that tell rows of one respondent apart by their nature: an event.
    own: Vec<usize>,
    /// Rows until no more were compared.
    stopped: Option<u64>,
    /// Rows like another one in who answered and in all that is kept.
    same: Rows,
    /// Rows of a respondent who came before, that differ in what is kept.
    again: Rows,
}

#[derive(Default)]
struct Rows {
    count: u64,
    named: Vec<String>,
}

impl Rows {
    fn add(&mut self, batch: &Batch, row: usize) {
        self.count += 1;
        if self.named.len() < NAMED {
            let who: String = batch.respondent(row).chars().take(40).collect();
            self.named.push(format!("{} (`{who}`)", batch.numbers[row]));
        }
    }

    fn said(&self) -> String {
        let more = match self.count - self.named.len() as u64 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let rows = if self.count == 1 { "row" } else { "rows" };
        format!("{rows} {}{more}", self.named.join(", "))
    }
}

impl Repeats {
    /// What REDCap keeps of each line says which event and repeat it is: rows that differ in it are nothing to be noted.
    pub(super) fn new(table: &Opened, from: Option<Format>) -> Self {
        let own = if from == Some(Format::Redcap) { table.source.kept().len() } else { 0 };
        Self {
            table: table.name.clone(),
            hashes: RandomState::new(),
            seen: HashSet::default(),
            own: (0..own).collect(),
            stopped: None,
            same: Rows::default(),
            again: Rows::default(),
        }
    }

    pub(super) fn add(&mut self, batch: &Batch) {
        for row in 0..batch.numbers.len() {
            let Some(who) = batch.ids.get(row).filter(|id| !id.trim().is_empty()) else { continue };
            if self.seen.len() >= MOST {
                let before = batch.numbers[row] - 1;
                self.stopped.get_or_insert(before);
                return;
            }
            let own = self.own.iter().map(|&at| batch.kept[at].get(row));
            let own = self.hashes.hash_one((who, own.collect::<Vec<_>>()));
            let is_new = self.seen.insert(own);
            let all = batch.kept.len() > self.own.len();
            let is_other = all && {
                let kept: Vec<_> = batch.kept.iter().map(|kept| kept.get(row)).collect();
                self.seen.insert(self.hashes.hash_one((who, kept, "all")))
            };
            match (is_new, is_other) {
                (true, _) => {}
                (false, true) => self.again.add(batch, row),
                (false, false) => self.same.add(batch, row),
            }
        }
    }

    pub(super) fn tell(&self, terminal: &mut Terminal<'_>) {
        let table = &self.table;
        let mut notes = Vec::new();
        if self.same.count > 0 {
            let rows = self.same.said();
            notes.push(format!(
                "{table}: respondents come more than once, and nothing kept beside the scores tells their rows apart: {rows}"
            ));
        }
        if self.again.count > 0 {
            let rows = self.again.said();
            notes.push(format!(
                "{table}: respondents come more than once, and their rows differ in what is kept beside the scores: {rows}"
            ));
        }
        if let Some(rows) = self.stopped {
            notes.push(format!(
                "{table}: whether respondents come more than once was looked at in the first {rows} rows only"
            ));
        }
        for note in notes {
            terminal.tell(&format!("note: {}\n", render::line(&note)));
        }
    }
}
