//! Makes series of the rows of a table: one for each respondent, form and rater, in the order of the sessions.

use std::collections::BTreeMap;
use std::ops::Range;

use scalewright_model::choices;

use crate::columns::SeriesColumns;
use crate::dates;
use crate::fault::{FaultKind, RowFault};
use crate::sheet::{Row, Sheet, UNKNOWN};

choices! {
    /// What happens to rows with the same respondent, form, rater and session, but other answers.
    Duplicates {
        Error = "error": "Report them and stop",
        First = "first": "Use the first row",
        Last = "last": "Use the last row",
    }
}

/// The rows of one respondent, form and rater.
#[derive(Debug, Clone)]
pub(crate) struct RowSeries {
    pub(crate) respondent: u32,
    pub(crate) form: u32,
    pub(crate) rater: u32,
    /// The rows, as positions in `order` of [`Ordered`].
    pub(crate) rows: Range<usize>,
}

/// The rows of a sheet by series and session.
pub(crate) struct Ordered {
    /// Positions of rows in the sheet.
    pub(crate) order: Vec<u32>,
    pub(crate) series: Vec<RowSeries>,
}

/// Orders the rows. Faults are added to the sheet. Identical duplicates are added to `repeated`.
pub(crate) fn ordered(
    sheet: &mut Sheet,
    columns: &SeriesColumns,
    duplicates: Duplicates,
    repeated: &mut Vec<RowFault>,
) -> Ordered {
    if columns.session.is_none() {
        rank(sheet);
    }
    spellings(sheet, columns);
    let ranks = [&sheet.people, &sheet.forms, &sheet.raters].map(|names| ranks(names.all()));
    let key = |row: &Row| {
        let of = [row.respondent, row.form, row.rater];
        let [person, form, rater] = [0, 1, 2].map(|at| ranks[at][of[at] as usize]);
        (person, form, rater, row.session, row.number)
    };
    let is_good = |at: &u32| !sheet.bad.contains(&sheet.rows[*at as usize].number);
    let mut order: Vec<u32> = (0..sheet.rows.len() as u32).filter(is_good).collect();
    order.sort_unstable_by_key(|at| key(&sheet.rows[*at as usize]));
    let order = without_duplicates(sheet, order, (columns, duplicates), repeated);
    let series = cut(sheet, &order);
    for one in &series {
        dates_rise(sheet, columns, &order[one.rows.clone()]);
    }
    let order: Vec<u32> = order
        .into_iter()
        .filter(|at| !sheet.bad.contains(&sheet.rows[*at as usize].number))
        .collect();
    let series = cut(sheet, &order);
    Ordered { order, series }
}

/// The rank of each name in the order of the names.
fn ranks(names: &[String]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..names.len()).collect();
    order.sort_unstable_by(|a, b| names[*a].cmp(&names[*b]));
    let mut ranks = vec![0; names.len()];
    for (rank, at) in order.into_iter().enumerate() {
        ranks[at] = rank as u32;
    }
    ranks
}

/// Numbers the sessions of each respondent by their dates over all forms, from 1. The responses of one encounter are
/// one session.
fn rank(sheet: &mut Sheet) {
    let no_encounter = sheet.encounters.number("");
    let ranks = ranks(sheet.encounters.all());
    let mut first: BTreeMap<(u32, u32), i32> = BTreeMap::new();
    for row in sheet.rows.iter().filter(|row| row.encounter != no_encounter) {
        let day = first.entry((row.respondent, row.encounter)).or_insert(row.day);
        *day = row.day.min(*day);
    }
    // Two encounters of one day are in the order of their names, which does not depend on the order of rows.
    let occasion = |row: &Row| match first.get(&(row.respondent, row.encounter)) {
        Some(day) => (row.respondent, *day, ranks[row.encounter as usize]),
        None => (row.respondent, row.day, ranks[no_encounter as usize]),
    };
    let mut occasions: Vec<(u32, i32, u32)> = sheet.rows.iter().map(occasion).collect();
    let each = occasions.clone();
    occasions.sort_unstable();
    occasions.dedup();
    let mut numbers: BTreeMap<(u32, i32, u32), i32> = BTreeMap::new();
    let (mut person, mut number) = (None, 0);
    for occasion in occasions {
        number = if person == Some(occasion.0) { number + 1 } else { 1 };
        person = Some(occasion.0);
        numbers.insert(occasion, number);
    }
    for (row, occasion) in sheet.rows.iter_mut().zip(each) {
        row.session = numbers[&occasion];
    }
}

/// Faults for forms that differ only in case or blanks, at the first row that has the later spelling.
fn spellings(sheet: &mut Sheet, columns: &SeriesColumns) {
    let mut plain: BTreeMap<String, u32> = BTreeMap::new();
    let mut odd: BTreeMap<u32, String> = BTreeMap::new();
    for (number, form) in sheet.forms.all().iter().enumerate() {
        let folded: String =
            form.to_lowercase().chars().filter(|letter| !letter.is_whitespace()).collect();
        match plain.get(&folded) {
            Some(&other) => {
                odd.insert(number as u32, sheet.forms.name(other).to_owned());
            }
            None => {
                plain.insert(folded, number as u32);
            }
        }
    }
    let meant = |row: &&Row| odd.contains_key(&row.form);
    let rows: Vec<Row> = sheet.rows.iter().filter(meant).copied().collect();
    for row in rows {
        let fault = RowFault {
            row: row.number,
            other: odd.get(&row.form).cloned(),
            column: columns.form.clone().unwrap_or_default(),
            value: sheet.forms.name(row.form).to_owned(),
            kind: FaultKind::Spelling,
        };
        sheet.fault(fault);
    }
}

fn same_session(a: &Row, b: &Row) -> bool {
    (a.respondent, a.form, a.rater, a.session) == (b.respondent, b.form, b.rater, b.session)
}

/// Removes rows of the same series and session, by the rule for duplicates.
fn without_duplicates(
    sheet: &mut Sheet,
    order: Vec<u32>,
    (columns, duplicates): (&SeriesColumns, Duplicates),
    repeated: &mut Vec<RowFault>,
) -> Vec<u32> {
    let mut kept: Vec<u32> = Vec::with_capacity(order.len());
    for at in order {
        let row = sheet.rows[at as usize];
        let before = kept.last().map(|before| sheet.rows[*before as usize]);
        let Some(before) = before.filter(|before| same_session(before, &row)) else {
            kept.push(at);
            continue;
        };
        let same = before.answers == row.answers;
        let fault = RowFault {
            row: row.number,
            other: Some(format!("row {}", before.number)),
            column: columns.session.clone().or(columns.date.clone()).unwrap_or_default(),
            value: row.session.to_string(),
            kind: if same { FaultKind::SameTwice } else { FaultKind::Conflict },
        };
        match (same, duplicates) {
            (true, _) => repeated.push(fault),
            (false, Duplicates::Error) => sheet.fault(fault),
            (false, Duplicates::First) => {}
            (false, Duplicates::Last) => {
                kept.pop();
                kept.push(at);
            }
        }
    }
    kept
}

fn cut(sheet: &Sheet, order: &[u32]) -> Vec<RowSeries> {
    let row = |at: &u32| &sheet.rows[*at as usize];
    let of = |row: &Row| (row.respondent, row.form, row.rater);
    let mut start = 0;
    let chunks = order.chunk_by(|a, b| of(row(a)) == of(row(b)));
    let series = chunks.map(|chunk| {
        let (respondent, form, rater) = of(row(&chunk[0]));
        start += chunk.len();
        RowSeries { respondent, form, rater, rows: start - chunk.len()..start }
    });
    series.collect()
}

/// Faults for dates that fall as sessions rise.
fn dates_rise(sheet: &mut Sheet, columns: &SeriesColumns, rows: &[u32]) {
    let mut latest: Option<Row> = None;
    for at in rows {
        let row = sheet.rows[*at as usize];
        if row.day == UNKNOWN {
            continue;
        }
        match latest.filter(|latest| latest.day > row.day) {
            Some(latest) => sheet.fault(RowFault {
                row: row.number,
                other: Some(format!(
                    "session {} in row {}, {}",
                    latest.session,
                    latest.number,
                    dates::text(latest.day)
                )),
                column: columns.date.clone().unwrap_or_default(),
                value: dates::text(row.day),
                kind: FaultKind::DatesFall,
            }),
            None => latest = Some(row),
        }
    }
}
