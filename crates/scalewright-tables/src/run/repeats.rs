//! Respondents who appear in more than one row.

use std::collections::HashSet;
use std::hash::{BuildHasher, BuildHasherDefault, Hash, Hasher, RandomState};

use crate::responses::{Batch, Kept, Opened};
use crate::{Note, ResponsesFormat as Format};

use super::ranges::Ranges;

/// At most this many hashes are stored for one table, or for the tables that are scored at the same time, 8 bytes each.
pub(crate) const MOST: usize = 3_500_000;
/// At most this many rows are named; the others are counted.
const NAMED: usize = 3;

/// The bit that distinguishes the mark of a row from that of a respondent, because all marks are in one set.
const IS_OF_ROW: u64 = 1;

/// The respondents of a table, to be compared with those of other tables.
pub(crate) struct Respondents {
    /// One mark for each respondent, except those in `numbers`.
    pub(crate) marks: Vec<u64>,
    /// The respondents of a table in which all of them are ascending numbers.
    pub(crate) numbers: Ranges,
    /// Whether all respondents are in one of these; if not, both are empty.
    pub(crate) is_complete: bool,
    /// The first and the last respondent of a table in ascending order, by length first.
    pub(crate) range: Option<[String; 2]>,
}

impl Respondents {
    /// How many respondents there are.
    pub(crate) fn count(&self) -> usize {
        self.marks.len() + self.numbers.len()
    }

    /// One mark for each respondent. `hashes` must be those of the table.
    pub(crate) fn into_marks(mut self, hashes: &RandomState) -> Vec<u64> {
        let mut digits = itoa::Buffer::new();
        let of_number = |number| mark(hashes, digits.format(number), &[], 0) & !IS_OF_ROW;
        self.marks.extend(self.numbers.numbers().map(of_number));
        self.marks
    }
}

/// A hasher that returns the value unchanged, because the values are hashes already.
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

/// The respondents so far, by randomly seeded hashes of 64 bits, so that collisions are negligible.
pub(super) struct Repeats {
    table: String,
    hashes: RandomState,
    seen: HashSet<u64, BuildHasherDefault<AsIs>>,
    /// While respondents come in ascending order, none can repeat. Numbers are stored as ranges. Of other texts, the
    /// hashes are only collected in `sorted`, which costs far less than inserting them into the set.
    numbers: Option<Ranges>,
    is_sorted: bool,
    sorted: Vec<u64>,
    /// The first respondent.
    first: String,
    last: String,
    /// The number of leading kept columns that distinguish rows of one respondent by design, such as an event.
    own: usize,
    /// At most this many hashes are stored. After that, no more respondents are compared.
    most: usize,
    /// The number of rows that were compared, if the comparison stopped.
    stopped: Option<u64>,
    /// Rows with the same respondent and the same kept cells as an earlier row.
    same: Rows,
    /// Rows with the same respondent as an earlier row, but with other kept cells.
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

    fn describe(&self) -> String {
        let more = match self.count - self.named.len() as u64 {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let rows = if self.count == 1 { "row" } else { "rows" };
        format!("{rows} {}{more}", self.named.join(", "))
    }
}

impl Repeats {
    /// In REDCap exports the kept columns name the event and the repeat of each line, and in long tables the occasion, so rows
    /// that differ in them are not repeats.
    pub(super) fn new(table: &Opened) -> Self {
        let has_occasions =
            matches!(table.format(), Some(Format::Redcap | Format::RedcapLabels | Format::Long));
        let own = if has_occasions { table.reader.kept().len() } else { 0 };
        Self {
            table: table.name.clone(),
            hashes: RandomState::new(),
            seen: HashSet::default(),
            numbers: Some(Ranges::default()),
            is_sorted: true,
            sorted: Vec::new(),
            first: String::new(),
            last: String::new(),
            own,
            most: MOST,
            stopped: None,
            same: Rows::default(),
            again: Rows::default(),
        }
    }

    /// Stores at most `most` hashes, comparable to those of other tables, whose `hashes` they share.
    pub(super) fn set_beside(&mut self, hashes: &RandomState, most: usize) {
        (self.hashes, self.most) = (hashes.clone(), most);
    }

    /// Removes and returns the respondents, to compare them with those of other tables.
    pub(super) fn take(&mut self) -> Respondents {
        let is_complete = self.stopped.is_none();
        if let Some(numbers) = self.numbers.take() {
            let numbers = if is_complete { numbers } else { Ranges::default() };
            let range = is_complete.then(|| numbers.ends());
            return Respondents { marks: Vec::new(), numbers, is_complete, range };
        }
        let mut marks = std::mem::take(&mut self.sorted);
        // Taken in any case, to free their memory before the next table.
        marks.extend(std::mem::take(&mut self.seen));
        marks.retain(|mark| is_complete && mark & IS_OF_ROW == 0);
        marks.shrink_to_fit();
        let range = (is_complete && self.is_sorted)
            .then(|| [&mut self.first, &mut self.last].map(std::mem::take));
        Respondents { marks, numbers: Ranges::default(), is_complete, range }
    }

    pub(super) fn add(&mut self, batch: &Batch) {
        let mut row = 0;
        while row < batch.numbers.len() {
            // Most tables number their respondents, so most batches are added at once.
            match self.add_next(batch, row) {
                0 if !self.add_row(batch, row) => return,
                added => row += added.max(1),
            }
        }
    }

    /// Adds a respondent. Returns `false` if no more respondents are compared.
    fn add_row(&mut self, batch: &Batch, row: usize) -> bool {
        // A blank respondent is unknown, so the row cannot be compared.
        let Some(who) = batch.ids.get(row).filter(|id| !id.trim().is_empty()) else { return true };
        if self.count() >= self.most {
            // Memory is bounded: the rest of the table is not compared.
            let before = batch.numbers[row] - 1;
            // Later batches stop here again, so only the first number is stored.
            self.stopped.get_or_insert(before);
            return false;
        }
        // Marks of rows that have kept cells need these cells, not only the number.
        if let Some(numbers) = &mut self.numbers {
            if batch.kept.is_empty() && numbers.add(who) {
                return true;
            }
            self.leave_numbers();
        }
        let own = self.mark(who, &batch.kept[..self.own], row) & !IS_OF_ROW;
        let beside = batch.kept.len() > self.own;
        let all = beside.then(|| self.mark(who, &batch.kept, row) | IS_OF_ROW);
        // By length first, so that numbers in ascending order count as sorted: 9 comes before 10.
        if self.is_sorted && (who.len(), who) > (self.last.len(), self.last.as_str()) {
            if self.sorted.is_empty() {
                self.first.push_str(who);
            }
            self.sorted.extend([Some(own), all].into_iter().flatten());
            self.last.clear();
            self.last.push_str(who);
            return true;
        }
        self.is_sorted = false;
        self.seen.extend(std::mem::take(&mut self.sorted));
        let (is_new, differs) = (self.seen.insert(own), all.is_some_and(|m| self.seen.insert(m)));
        match (is_new, differs) {
            (true, _) => {}
            (false, true) => self.again.add(batch, row),
            (false, false) => self.same.add(batch, row),
        }
        true
    }

    /// Adds the respondents from `first` on while each is the number after the one before.
    fn add_next(&mut self, batch: &Batch, first: usize) -> usize {
        let Some(numbers) = &mut self.numbers else { return 0 };
        let most = self.most.saturating_sub(numbers.len());
        if !batch.kept.is_empty() || first >= batch.ids.len() {
            return 0;
        }
        numbers.add_next(batch.ids.bytes_from(first).take(most))
    }

    /// How many hashes or numbers are stored.
    fn count(&self) -> usize {
        let numbers = self.numbers.as_ref().map_or(0, Ranges::len);
        numbers.max(self.sorted.len()).max(self.seen.len())
    }

    /// Replaces the numbers by their hashes.
    fn leave_numbers(&mut self) {
        let Some(numbers) = self.numbers.take() else { return };
        let mut digits = itoa::Buffer::new();
        for number in numbers.numbers() {
            let who = digits.format(number);
            if self.sorted.is_empty() {
                who.clone_into(&mut self.first);
            }
            self.sorted.push(self.mark(who, &[], 0) & !IS_OF_ROW);
            who.clone_into(&mut self.last);
        }
    }

    fn mark(&self, who: &str, kept: &[Kept], row: usize) -> u64 {
        mark(&self.hashes, who, kept, row)
    }

    /// The notes on repeated respondents.
    pub(super) fn notes(&self) -> Vec<Note> {
        let mut notes = Vec::new();
        if self.same.count > 0 {
            let rows = self.same.describe();
            notes.push(format!(
                "respondents appear more than once, and no column written beside the scores distinguishes their rows: {rows}"
            ));
        }
        if self.again.count > 0 {
            let rows = self.again.describe();
            notes.push(format!(
                "respondents appear more than once, in rows that differ in the columns written beside the scores: {rows}"
            ));
        }
        if let Some(rows) = self.stopped {
            notes.push(format!(
                "only the first {rows} rows were checked for respondents who appear more than once"
            ));
        }
        notes.into_iter().map(|text| Note::info(text).about(&self.table)).collect()
    }
}

fn mark(hashes: &RandomState, who: &str, kept: &[Kept], row: usize) -> u64 {
    let mut hash = hashes.build_hasher();
    (who, kept.len()).hash(&mut hash);
    kept.iter().for_each(|kept| kept.get(row).hash(&mut hash));
    hash.finish()
}
