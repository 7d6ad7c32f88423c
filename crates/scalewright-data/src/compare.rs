//! Compares two tables of the same answers, entered twice: cell by cell, in the words of the instrument.

mod agreement;
mod compared;
mod decisions;
mod difference;
mod entered;
mod merged;
mod text;

use scalewright_model::{Instrument, Note, ResponseKind, Stop};

use crate::reading::{ReadAs, TableAt};
pub use compared::Compared;
pub use entered::Comparing;
use entered::Entered;
pub use merged::Merged;

/// Reads two tables and compares them.
///
/// # Errors
///
/// When a table cannot be read, no column names respondents, or a respondent has several rows on one occasion.
pub fn compare(
    from: ReadAs<'_>,
    tables: [&TableAt; 2],
    comparing: &Comparing,
    notes: &mut Vec<Note>,
) -> Result<Compared, Stop> {
    let instrument = coded(from, notes);
    let from = ReadAs { instrument: &instrument, ..from };
    let first = Entered::read(from, tables[0], comparing, notes)?;
    let second = Entered::read(from, tables[1], comparing, notes)?;
    if first.occasion != second.occasion {
        let list = |names: &[String]| match names {
            [] => "none".to_owned(),
            names => names.join(", "),
        };
        return Err(Stop::wrong(format!(
            "the tables have different columns for occasions: {} and {}",
            list(&first.occasion),
            list(&second.occasion)
        ))
        .help("name the columns that both have: `--occasion COLUMN`"));
    }
    let others = shared(&first, &second, notes);
    let (differences, matched) = difference::all(&instrument, [&first, &second], &others);
    let agreement = agreement::all(&instrument, [&first, &second]);
    Ok(Compared { instrument, first, second, differences, agreement, matched })
}

/// The definition without items whose answers are texts or dates: readers do not return these answers as codes, but as
/// the texts of other columns.
fn coded(from: ReadAs<'_>, notes: &mut Vec<Note>) -> Instrument {
    let mut instrument = from.instrument.clone();
    let is_coded = |item: &scalewright_model::Item| {
        !matches!(
            instrument.response_scales[item.response.0].kind,
            ResponseKind::Text { .. } | ResponseKind::Date
        )
    };
    let keep: Vec<bool> = instrument.items.iter().map(is_coded).collect();
    if keep.iter().all(|keep| *keep) {
        return instrument;
    }
    if from.reading.map.is_some() {
        // The map names the items, so they cannot be taken out of the definition.
        let text =
            "answers that are texts or dates are not compared, because a map assigns the columns";
        notes.push(Note::info(text));
        return instrument;
    }
    let mut at = keep.iter();
    instrument.items.retain(|_| at.next().copied().unwrap_or(true));
    for wording in &mut instrument.wordings {
        let mut at = keep.iter();
        wording.stems.retain(|_| at.next().copied().unwrap_or(true));
    }
    // Their items have other positions now, and nothing is scored here.
    instrument.scales.clear();
    instrument.notes.clear();
    instrument.items.iter_mut().for_each(|item| item.ask = None);
    for wording in &mut instrument.wordings {
        wording.scales.clear();
        wording.notes.clear();
    }
    instrument
}

/// The columns that both tables have and that are neither items nor part of the key. The others are noted.
fn shared(first: &Entered, second: &Entered, notes: &mut Vec<Note>) -> Vec<String> {
    let is_key = |entered: &Entered, name: &String| entered.occasion.contains(name);
    for (one, other) in [(first, second), (second, first)] {
        let alone = one.others.iter().filter(|name| !other.others.contains(name));
        let alone: Vec<&str> = alone.map(String::as_str).collect();
        if !alone.is_empty() {
            let text = format!("only {} has {}", one.name, crate::collected::list(&alone));
            notes.push(Note::info(text));
        }
    }
    let both = first.others.iter().filter(|name| second.others.contains(name));
    both.filter(|name| !is_key(first, name)).cloned().collect()
}

impl Compared {
    /// The number of differences: cells, and rows that only one table has.
    #[must_use]
    pub fn differences(&self) -> usize {
        self.differences.len()
    }

    /// The differences and the agreement, as text for people. Texts of the tables are not made safe to print.
    #[must_use]
    pub fn text(&self) -> String {
        text::text(self)
    }

    /// The differences as a CSV table with an empty column `decision`. With `guard`, cells that a spreadsheet would run
    /// as formulas get an apostrophe.
    #[must_use]
    pub fn table(&self, guard: bool) -> Vec<u8> {
        decisions::table(self, guard)
    }

    /// Applies the decisions of a table that [`Compared::table`] wrote.
    ///
    /// # Errors
    ///
    /// When the table is not about these differences, or a difference is not decided or decided in an unknown way. All
    /// of these are listed.
    pub fn merge(&self, decided: &[u8], name: &str, guard: bool) -> Result<Merged, Stop> {
        let decisions = decisions::read(self, decided, name)?;
        Ok(merged::merge(self, &decisions, guard))
    }
}
