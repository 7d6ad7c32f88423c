//! The messages of many tables. Equal ones are reported once, with the number of tables, and errors are shown in the order
//! of the tables, however the tables were divided between threads.

use std::collections::{BTreeMap, HashMap};

use scalewright_model::Cause;

use crate::{Note, NoteKind, Stop};

/// At most this many lines about rows are shown, and at most this many tables that cannot be scored. The others are
/// counted.
const SHOWN: usize = 50;
/// At most this many different notes are stored; the others are counted.
const MOST_NOTES: usize = 1_000;

/// A note on one table or more.
struct Shared {
    note: Note,
    /// The position of the first of the tables.
    first: usize,
    tables: usize,
}

/// The messages so far.
#[derive(Default)]
pub(super) struct Messages {
    shared: Vec<Shared>,
    /// The positions in `shared`.
    by_text: HashMap<String, usize>,
    unstored: usize,
    /// The lines about rows of each table.
    rows: BTreeMap<usize, Vec<Note>>,
    stored_rows: usize,
    unstored_rows: usize,
    stops: BTreeMap<usize, Stop>,
    failed: usize,
    is_wrong: bool,
}

impl Messages {
    /// Adds the notes of the table at position `index`, which is named `name` in messages.
    pub(super) fn add(&mut self, index: usize, name: &str, notes: Vec<Note>) {
        for note in notes {
            match note.kind {
                NoteKind::Error | NoteKind::LeftOut | NoteKind::Total => {
                    self.row(index, name, note)
                }
                NoteKind::Warning | NoteKind::Note | NoteKind::Help => {
                    self.share(index, name, note)
                }
            }
        }
    }

    /// Adds a line about a row. Beyond the limit, lines of the last tables are dropped. Those would not be shown
    /// whichever table is finished next.
    fn row(&mut self, index: usize, name: &str, note: Note) {
        self.rows.entry(index).or_default().push(about(note, name));
        self.stored_rows += 1;
        if self.stored_rows > SHOWN
            && let Some(mut last) = self.rows.last_entry()
        {
            last.get_mut().pop();
            self.stored_rows -= 1;
            self.unstored_rows += 1;
            if last.get().is_empty() {
                last.remove();
            }
        }
    }

    fn share(&mut self, index: usize, name: &str, note: Note) {
        let text = note.text.replace(&format!("`{name}`"), "the file");
        let key = Note { place: None, text: text.clone(), ..note }.to_string();
        if let Some(&at) = self.by_text.get(&key) {
            let shared = &mut self.shared[at];
            shared.tables += 1;
            // So that the named table does not depend on which thread was faster.
            if index < shared.first {
                shared.first = index;
                shared.note.place = Some(name.to_owned());
            }
        } else if self.shared.len() < MOST_NOTES {
            self.by_text.insert(key, self.shared.len());
            let note = Note { text, place: Some(name.to_owned()), kind: note.kind };
            self.shared.push(Shared { note, first: index, tables: 1 });
        } else {
            self.unstored += 1;
        }
    }

    /// Adds the reason why the table at position `index` cannot be scored.
    pub(super) fn stop(&mut self, index: usize, stop: Stop) {
        self.failed += 1;
        self.is_wrong |= stop.cause == Cause::Wrong;
        self.stops.insert(index, stop);
        if self.stops.len() > SHOWN {
            self.stops.pop_last();
        }
    }

    /// Adds all messages to `notes`. `tables` is the number of tables of the run.
    ///
    /// # Errors
    ///
    /// When a table cannot be scored.
    pub(super) fn finish(mut self, tables: usize, notes: &mut Vec<Note>) -> Result<(), Stop> {
        // Stable: the notes of one table keep their order.
        self.shared.sort_by_key(|shared| shared.first);
        notes.extend(self.shared.into_iter().map(|shared| shared.note(tables)));
        let more = |count: usize, what: &str| {
            (count > 0).then(|| Note::new(NoteKind::Total, format!("… and {count} more {what}")))
        };
        notes.extend(more(self.unstored, "notes"));
        notes.extend(self.rows.into_values().flatten());
        notes.extend(more(self.unstored_rows, "lines about rows"));
        if self.failed == 0 {
            return Ok(());
        }
        if self.failed == 1
            && let Some((_, only)) = self.stops.pop_first()
        {
            return Err(only);
        }
        let unnamed = self.failed - self.stops.len();
        // Equal advice is given once, after all errors.
        let mut advice: Vec<String> = Vec::new();
        for stop in self.stops.into_values() {
            notes.push(Note::new(NoteKind::Error, stop.message));
            advice.extend(stop.help);
        }
        notes.extend(more(unnamed, "tables that cannot be scored"));
        Err(stopped((self.failed, tables), self.is_wrong, advice))
    }
}

impl Shared {
    fn note(self, tables: usize) -> Note {
        match self.tables {
            1 => self.note,
            all if all == tables => self.note.about(format!("all {all} tables")),
            some => self.note.about(format!("{some} of {tables} tables")),
        }
    }
}

fn about(note: Note, name: &str) -> Note {
    match note.place {
        Some(_) => note,
        None => note.about(name),
    }
}

fn stopped((failed, tables): (usize, usize), is_wrong: bool, advice: Vec<String>) -> Stop {
    let message = format!("{failed} of {tables} tables cannot be scored; nothing was written");
    let mut stop = if is_wrong { Stop::wrong(message) } else { Stop::usage(message) };
    for line in advice {
        if !stop.help.contains(&line) {
            stop.help.push(line);
        }
    }
    stop
}

#[cfg(test)]
mod tests {
    use super::{Messages, SHOWN};
    use crate::{Note, NoteKind, Stop};

    fn lines(messages: Messages, tables: usize) -> (Vec<String>, Result<(), Stop>) {
        let mut notes = Vec::new();
        let end = messages.finish(tables, &mut notes);
        (notes.iter().map(ToString::to_string).collect(), end)
    }

    #[test]
    fn equal_notes_are_reported_once_in_the_order_of_the_tables() {
        let mut messages = Messages::default();
        messages.add(2, "c", vec![Note::info("equal"), Note::info("`c` is JSON")]);
        messages.add(0, "a", vec![Note::info("own"), Note::info("equal").about("a")]);
        messages.add(1, "b", vec![Note::info("`b` is JSON")]);
        let (lines, end) = lines(messages, 3);
        let expected =
            ["note: 2 of 3 tables: equal", "note: a: own", "note: 2 of 3 tables: the file is JSON"];
        assert_eq!(lines, expected);
        assert_eq!(end, Ok(()));
    }

    #[test]
    fn the_first_lines_about_rows_are_shown() {
        let notes = |name: &str| {
            (0..40)
                .map(|row| Note::new(NoteKind::Error, format!("row {row}")).about(name))
                .collect()
        };
        let mut messages = Messages::default();
        for (index, name) in [(2, "c"), (0, "a"), (1, "b")] {
            messages.add(index, name, notes(name));
            messages.stop(index, Stop::wrong(format!("{name}: 40 errors")).help("correct them"));
        }
        let (lines, end) = lines(messages, 3);
        assert_eq!(lines[39..=40], ["error: a: row 39", "error: b: row 0"]);
        assert_eq!(lines[SHOWN], "… and 70 more lines about rows");
        assert_eq!(
            lines[SHOWN + 1..],
            ["error: a: 40 errors", "error: b: 40 errors", "error: c: 40 errors"]
        );
        let stop = end.expect_err("tables failed");
        assert_eq!(stop.message, "3 of 3 tables cannot be scored; nothing was written");
        assert_eq!(stop.help, ["correct them"]);
    }
}
