//! Respondents who come more than once.

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher, RandomState};

use crate::responses::{Batch, Kept, Opened};
use crate::{Note, ResponsesFormat as Format};

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
    /// As long as respondents come in ascending order, nobody comes twice: marks wait here, which costs far less.
    is_sorted: bool,
    sorted: Vec<u64>,
    last: String,
    /// How many of the columns that are kept tell rows of one respondent apart by their nature: an event.
    own: usize,
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
    pub(super) fn new(table: &Opened) -> Self {
        let own =
            if table.format() == Some(Format::Redcap) { table.source.kept().len() } else { 0 };
        Self {
            table: table.name.clone(),
            hashes: RandomState::new(),
            seen: HashSet::default(),
            is_sorted: true,
            sorted: Vec::new(),
            last: String::new(),
            own,
            stopped: None,
            same: Rows::default(),
            again: Rows::default(),
        }
    }

    pub(super) fn add(&mut self, batch: &Batch) {
        let beside = batch.kept.len() > self.own;
        for row in 0..batch.numbers.len() {
            let Some(who) = batch.ids.get(row).filter(|id| !id.trim().is_empty()) else { continue };
            if self.sorted.len().max(self.seen.len()) >= MOST {
                let before = batch.numbers[row] - 1;
                self.stopped.get_or_insert(before);
                return;
            }
            let own = self.mark(who, &batch.kept[..self.own], row);
            let all = beside.then(|| self.mark(who, &batch.kept, row));
            if self.is_sorted && (who.len(), who) > (self.last.len(), self.last.as_str()) {
                self.sorted.extend([Some(own), all].into_iter().flatten());
                self.last.clear();
                self.last.push_str(who);
                continue;
            }
            self.is_sorted = false;
            self.seen.extend(std::mem::take(&mut self.sorted));
            let (is_new, differs) =
                (self.seen.insert(own), all.is_some_and(|m| self.seen.insert(m)));
            match (is_new, differs) {
                (true, _) => {}
                (false, true) => self.again.add(batch, row),
                (false, false) => self.same.add(batch, row),
            }
        }
    }

    fn mark(&self, who: &str, kept: &[Kept], row: usize) -> u64 {
        let mut hash = self.hashes.build_hasher();
        (who, kept.len()).hash(&mut hash);
        kept.iter().for_each(|kept| kept.get(row).hash(&mut hash));
        hash.finish()
    }

    /// What there is to say of them.
    pub(super) fn notes(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        if self.same.count > 0 {
            let rows = self.same.said();
            notes.push(format!(
                "respondents come more than once, and nothing kept beside the scores tells their rows apart: {rows}"
            ));
        }
        if self.again.count > 0 {
            let rows = self.again.said();
            notes.push(format!(
                "respondents come more than once, and their rows differ in what is kept beside the scores: {rows}"
            ));
        }
        if let Some(rows) = self.stopped {
            notes.push(format!(
                "whether respondents come more than once was looked at in the first {rows} rows only"
            ));
        }
        notes.into_iter().map(|text| Note::info(text).about(&self.table)).collect()
    }
}
