//! Wide tables: a row for each respondent, and columns for each session. They are made long before they are read.
//!
//! A pattern such as `{item}_s{session}` says how columns are named: `{item}` is the id of an item, the column that a map
//! gives for it, or a column such as the date; `{session}` is a number or a known label; `{form}` is a word of letters.
//! Columns that do not fit are the respondent's, and are repeated in each row. A session whose cells are all blank was
//! missed, and has no row.

mod pattern;
mod rows;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use scalewright_model::text::{plain, quote};
use scalewright_model::{Instrument, Note, Stop};
use scalewright_tables::{AgeColumns, Meaning, Reading, ResponsesFormat, TableInput, texts_of};

use crate::columns::ColumnNames;
use pattern::KnownNames;
use rows::{Rows, write_row};

pub use pattern::Pattern;

/// The largest table, and the largest one made of it, in bytes.
const MOST_BYTES: usize = 256 << 20;

/// A column of the wide table: the respondent's, or one of a session.
enum Wide {
    Own,
    Of { group: usize, base: usize },
}

/// The columns of a wide table.
struct Layout {
    columns: Vec<Wide>,
    /// Session and form, in the order of their first columns.
    groups: Vec<(String, String)>,
    /// The columns of the long table that take a session's cells.
    bases: Vec<String>,
}

/// Makes a long table, as CSV, of a wide one in CSV or TSV. `session` and `form` name the new columns.
///
/// # Errors
///
/// When no column fits the pattern, a name can be read in two ways, or a row has another number of cells than the first.
fn long(
    (table, bytes): (&str, &[u8]),
    pattern: &Pattern,
    known: &KnownNames,
    (session, form): (&str, &str),
) -> Result<String, Stop> {
    let wrong = |what: String| Stop::wrong(format!("{table}: {what}"));
    if bytes.len() > MOST_BYTES {
        return Err(wrong("a wide table has at most 256 MiB; make it long first".to_owned()));
    }
    let text = std::str::from_utf8(bytes).map_err(|_| wrong("it is not UTF-8".to_owned()))?;
    let rows = Rows::of(text.trim_start_matches('\u{feff}'));
    long_of(table, rows, pattern, known, (session, form))
}

/// The same of the rows of a table in any format. The first has the names of the columns.
fn long_of(
    table: &str,
    mut rows: impl Iterator<Item = Vec<String>>,
    pattern: &Pattern,
    known: &KnownNames,
    (session, form): (&str, &str),
) -> Result<String, Stop> {
    let wrong = |what: String| Stop::wrong(format!("{table}: {what}"));
    let header = rows.next().ok_or_else(|| wrong("it is empty".to_owned()))?;
    let layout = layout(&header, pattern, known).map_err(wrong)?;
    let own = |at: usize| matches!(layout.columns[at], Wide::Own);
    let mut head: Vec<&str> =
        (0..header.len()).filter(|at| own(*at)).map(|at| header[at].as_str()).collect();
    let mut made: Vec<&str> = vec![session];
    made.extend(pattern.has_form().then_some(form));
    made.extend(layout.bases.iter().map(String::as_str));
    if let Some(twice) = made.iter().find(|name| head.contains(*name)) {
        return Err(wrong(format!("the column `{}` is there already", quote(twice))));
    }
    head.extend(&made);
    let mut long = String::new();
    write_row(&mut long, head.into_iter());
    for (number, row) in rows.enumerate() {
        if row.len() == 1 && row[0].trim().is_empty() {
            continue;
        }
        if row.len() != header.len() {
            let number = number + 1;
            return Err(wrong(format!(
                "row {number} has {} cells, and the header {}",
                row.len(),
                header.len()
            )));
        }
        long_rows(&mut long, &layout, &row, pattern.has_form());
        if long.len() > 4 * MOST_BYTES {
            return Err(wrong("the long table is too large; divide the table".to_owned()));
        }
    }
    Ok(long)
}

/// A wide table, and what it is read with.
pub struct WideTable<'a> {
    /// The table.
    pub input: TableInput,
    /// Its name in messages.
    pub shown: &'a str,
    /// How it is read.
    pub reading: &'a Reading,
    /// The folder that relative paths start from.
    pub cwd: &'a Path,
    /// The texts of a map and of criteria.
    pub maps: [&'a str; 2],
}

/// Reads a wide table in any format that is rows and columns, and makes a long one of it, as CSV. Also returns whether its cells
/// are labels, as value labels of a statistics program are.
///
/// # Errors
///
/// When the table cannot be read, no column fits the pattern, a name can be read in two ways, or a row has another number of
/// cells than the first.
pub fn long_input(
    wide: WideTable<'_>,
    pattern: &Pattern,
    (instrument, named): (&Instrument, &ColumnNames),
    notes: &mut Vec<Note>,
) -> Result<(TableInput, bool), Stop> {
    let WideTable { input, shown, reading, cwd, maps } = wide;
    let name = |named: &'_ Option<String>, usual: &str| named.clone().unwrap_or(usual.to_owned());
    let more = [
        name(&named.date, "date"),
        name(&named.rater, "rater"),
        name(&named.version, "instrument_version"),
        named.outcome.clone().unwrap_or_default(),
    ];
    let more: Vec<&str> = more.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let items = instrument.items.iter().map(|item| item.id.as_str());
    let known = KnownNames::of(items, &more, maps);
    let columns = (name(&named.session, "session"), name(&named.form, "form"));
    let columns = (columns.0.as_str(), columns.1.as_str());
    let mut bytes = Vec::new();
    let (read, path) = match input {
        TableInput::Stream(mut stream) => (stream.read_to_end(&mut bytes).map(drop), None),
        TableInput::File { path, .. } => {
            (std::fs::read(&path).map(|read| bytes = read), Some(path))
        }
    };
    let unread = |error| Stop::usage(format!("cannot read `{shown}`: {}", plain(&error)));
    read.map_err(unread)?;
    let (made, has_labels) = if is_text(reading.from, &bytes) {
        (long((shown, &bytes), pattern, &known, columns)?, false)
    } else {
        let input = match path {
            Some(path) => TableInput::File { shown: PathBuf::from(shown), path },
            None => TableInput::Stream(Box::new(Cursor::new(bytes))),
        };
        // The map says what the cells of the long table mean, and which of its columns are items.
        let as_it_is = Reading {
            map: None,
            missing_codes: Vec::new(),
            meaning: Meaning::default(),
            age: AgeColumns::default(),
            ..reading.clone()
        };
        let whole = texts_of(input, &as_it_is, (instrument, cwd), notes)?;
        (long_of(shown, whole.rows.into_iter(), pattern, &known, columns)?, whole.has_labels)
    };
    Ok((TableInput::Stream(Box::new(Cursor::new(made.into_bytes()))), has_labels))
}

/// Whether a table is CSV or TSV, by what is stated, else by its content.
fn is_text(from: Option<ResponsesFormat>, bytes: &[u8]) -> bool {
    match from {
        Some(ResponsesFormat::Csv) => true,
        None | Some(ResponsesFormat::Auto) => {
            let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
            let is_json = matches!(start.trim_ascii_start().first(), Some(b'{' | b'['));
            !is_json && !bytes.contains(&0) && std::str::from_utf8(bytes).is_ok()
        }
        Some(_) => false,
    }
}

fn layout(header: &[String], pattern: &Pattern, known: &KnownNames) -> Result<Layout, String> {
    let mut layout = Layout { columns: Vec::new(), groups: Vec::new(), bases: Vec::new() };
    let (mut groups, mut bases) = (BTreeMap::new(), BTreeMap::new());
    let mut taken = BTreeSet::new();
    for column in header {
        let mut readings = pattern.readings(column, known);
        let place = match (readings.pop(), readings.pop()) {
            (None, _) => {
                layout.columns.push(Wide::Own);
                continue;
            }
            (Some(one), None) => one,
            (Some(one), Some(other)) => {
                return Err(format!(
                    "the column `{}` may be `{}` of session {} or `{}` of session {}; use another pattern",
                    quote(column),
                    quote(&one.item),
                    quote(&one.session),
                    quote(&other.item),
                    quote(&other.session)
                ));
            }
        };
        // Session 01 is session 1.
        let session = match place.session.trim_start_matches('0') {
            "" => "0",
            number if number.bytes().all(|byte| byte.is_ascii_digit()) => number,
            _ => &place.session,
        };
        let group = (session.to_owned(), place.form);
        let group = *groups.entry(group.clone()).or_insert_with(|| {
            layout.groups.push(group);
            layout.groups.len() - 1
        });
        let base = *bases.entry(place.item.clone()).or_insert_with(|| {
            layout.bases.push(place.item);
            layout.bases.len() - 1
        });
        if !taken.insert((group, base)) {
            return Err(format!("the column `{}` comes twice", quote(column)));
        }
        layout.columns.push(Wide::Of { group, base });
    }
    match layout.groups.is_empty() {
        true => {
            Err("no column fits the pattern of `--wide`; `{item}` is the id of an item".to_owned())
        }
        false => Ok(layout),
    }
}

/// Writes a row for each session that has a cell.
fn long_rows(long: &mut String, layout: &Layout, row: &[String], has_form: bool) {
    let mut of = vec![vec![""; layout.bases.len()]; layout.groups.len()];
    let mut own = Vec::new();
    for (column, cell) in layout.columns.iter().zip(row) {
        match column {
            Wide::Own => own.push(cell.as_str()),
            Wide::Of { group, base } => of[*group][*base] = cell,
        }
    }
    for ((session, form), cells) in layout.groups.iter().zip(of) {
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        let names = [session.as_str()].into_iter().chain(has_form.then_some(form.as_str()));
        write_row(long, own.iter().copied().chain(names).chain(cells));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made(table: &str, pattern: &str) -> Result<String, String> {
        let items = ["q_1", "q_11", "q_2", "date"].map(str::to_owned).into_iter().collect();
        let known = KnownNames { items, labels: BTreeSet::from(["intake".to_owned()]) };
        let pattern: Pattern = pattern.parse()?;
        long(("t.csv", table.as_bytes()), &pattern, &known, ("session", "form"))
            .map_err(|stop| stop.message)
    }

    #[test]
    fn a_row_becomes_a_row_a_session_that_was_not_missed() {
        let wide = "id,q_1_1,q_2_1,q_1_2,q_2_2,date_1,date_02,note\n\
                    a,1,2,,,2026-01-01,,\"x, \"\"y\"\"\"\nb,3,,4,5,,2026-02-01,\n";
        let long = "id,note,session,q_1,q_2,date\n\
                    a,\"x, \"\"y\"\"\",1,1,2,2026-01-01\nb,,1,3,,\nb,,2,4,5,2026-02-01\n";
        assert_eq!(made(wide, "{item}_{session}").as_deref(), Ok(long));
    }

    #[test]
    fn forms_and_labels_are_read() {
        let wide = "id\tclient.q_1@intake\ttherapist.q_1@intake\r\na\t1\t2\r\n";
        let long = "id,session,form,q_1\na,intake,client,1\na,intake,therapist,2\n";
        assert_eq!(made(wide, "{form}.{item}@{session}").as_deref(), Ok(long));
    }

    #[test]
    fn what_cannot_be_read_is_refused() {
        let refused = |table: &str, pattern: &str| made(table, pattern).expect_err("it is refused");
        assert!(refused("id,q_111\n", "{item}{session}").contains("may be"));
        assert!(refused("id,x_1\n", "{item}_{session}").contains("no column fits"));
        assert!(refused("id,q_1_1,q_1_01\n", "{item}_{session}").contains("comes twice"));
        assert!(refused("id,q_1_1\na\n", "{item}_{session}").contains("has 1 cells"));
        assert!(refused("session,q_1_1\na,1\n", "{item}_{session}").contains("there already"));
        assert!(refused("", "{item}_{session}").contains("empty"));
        assert!(refused("id\n", "{item}").contains("needed"));
        assert!(refused("id\n", "{item}{who}{session}").contains("none of"));
    }
}
