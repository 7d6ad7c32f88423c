//! Codebooks: tables with one row for each item, as they are kept beside data files. There is no standard for them: the
//! columns are recognised by their headers, what was recognised is reported, and doubt stops the import.

mod answers;
mod columns;
mod headers;
mod own;
mod values;

use scalewright_model::{ScoreKind, Stop};

use crate::draft::{Around, Draft, Keyed, NewItem, keyed};
use crate::empty;
use crate::finding::Kind;
use crate::form::Form;
use crate::format::Format;
use crate::ids::Ids;
use crate::options::Options;
use crate::place::Place;
use crate::sheets::{self, Book, Sheet};
use crate::source::Opened;
use crate::words::{Words, some_of};
use columns::Columns;
use headers::What;

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "codebook",
    title: "a codebook",
    recognises,
    read: |opened, options| {
        let wrong = || Stop::wrong(format!("{}: the file is no table", opened.sources.file));
        let book = book(opened)?.ok_or_else(wrong)?;
        let sheet = book.sheets.first().ok_or_else(wrong)?;
        read(opened.name(), &book, sheet, options)
    },
};

/// The endings of the names of tables.
const TABLES: [&str; 5] = ["csv", "tsv", "txt", "xlsx", "xls"];

/// The tables of a file. Of a workbook, the first sheet whose headers are recognised, else the first one.
fn book(opened: &Opened<'_>) -> Result<Option<Book>, Stop> {
    let Some(mut book) = sheets::workbook(opened, &|_| true)? else { return sheets::table(opened) };
    let best = book.sheets.iter().position(columns::is_known).unwrap_or(0);
    if best < book.sheets.len() {
        let sheet = book.sheets.swap_remove(best);
        book.others.extend(book.sheets.iter().map(|other| other.name.clone()));
        book.sheets.insert(0, sheet);
    }
    Ok(Some(book))
}

/// Whether a file is a table with headers of a codebook, or has the name of a table: its columns can be given.
fn recognises(opened: &Opened<'_>) -> bool {
    let is_table = |sheet: &Sheet| {
        let width = sheet.rows.first().map_or(0, Vec::len);
        width >= 2 && sheet.rows.len() >= 2
    };
    let name = opened.name().to_ascii_lowercase();
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending);
    match book(opened) {
        Ok(Some(book)) => book.sheets.first().is_some_and(|sheet| {
            columns::is_known(sheet) || is_table(sheet) && TABLES.contains(&ending)
        }),
        Ok(None) => false,
        // What is wrong is reported when the file is read.
        Err(_) => true,
    }
}

/// A row of a codebook that became an item.
struct Row {
    position: usize,
    /// The scales that it belongs to, and whether it is reversed there.
    scales: Vec<(String, bool)>,
}

/// Reads a codebook. One that this program exported can have several instruments.
fn read(file: &str, book: &Book, sheet: &Sheet, options: &Options) -> Result<Vec<Form>, Stop> {
    let columns = Columns::of(file, sheet, options)?;
    let instrument = columns.find(What::Instrument).filter(|_| columns.is_own);
    let mut instruments: Vec<(&str, Vec<usize>)> = Vec::new();
    for row in (1..sheet.rows.len()).filter(|row| !sheet.is_blank(*row)) {
        let name = instrument.map_or("", |column| sheet.cell(row, column));
        match instruments.iter_mut().find(|(known, _)| *known == name) {
            Some((_, rows)) => rows.push(row),
            None => instruments.push((name, vec![row])),
        }
    }
    let forms = instruments.iter().map(|(_, rows)| part(file, (book, sheet), rows, options));
    let forms = forms.collect::<Result<Vec<_>, _>>()?;
    empty::without(file, "the codebook has no items", forms)
}

/// Reads the rows of an instrument.
fn part(
    file: &str,
    (book, sheet): (&Book, &Sheet),
    rows: &[usize],
    options: &Options,
) -> Result<Form, Stop> {
    let mut draft = Draft::new(file, options, false);
    draft.form.is_list = true;
    draft.form.findings.extend(book.findings.iter().cloned());
    let columns = Columns::of(file, sheet, options)?;
    let is_read = |name: &String| columns.is_own && name == "instruments";
    let others = book.others.iter().filter(|name| !is_read(name)).cloned().collect::<Vec<_>>();
    draft.form.findings.extend(columns.findings(file, sheet, &others));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    draft.form.id = Ids::instrument(stem);
    draft.form.titled.title = Words::only(stem);
    draft.form.titled.citation = format!("{file}, a codebook.");
    let mut reader =
        Reader { draft, sheet, columns, coded: 0, rows: Vec::new(), others: 0, is_titled: false };
    for row in rows {
        reader.row(*row)?;
    }
    if let (Some(facts), false, Some(first)) =
        (book.sheet(&["instruments"]), reader.is_titled, rows.first())
        && reader.columns.is_own
    {
        reader.about_in(facts, reader.text(*first, What::Instrument));
    }
    if !reader.is_titled {
        reader.draft.untitled("a codebook");
    }
    reader.scales();
    reader.other_rows();
    Ok(reader.draft.finish())
}

/// Reads the rows.
struct Reader<'a> {
    draft: Draft<'a>,
    sheet: &'a Sheet,
    columns: Columns,
    /// The number of response scales with options.
    coded: usize,
    rows: Vec<Row>,
    /// The number of rows that are no items.
    others: usize,
    /// Whether the codebook states the title of the instrument.
    is_titled: bool,
}

impl<'a> Reader<'a> {
    fn text(&self, row: usize, what: What) -> &'a str {
        self.columns.find(what).map_or("", |column| self.sheet.cell(row, column))
    }

    fn place(&self, row: usize, what: What) -> Place {
        let column = self.columns.find(what).or_else(|| self.columns.find(What::Id)).unwrap_or(0);
        self.sheet.place(self.draft.file, row, column)
    }

    fn row(&mut self, row: usize) -> Result<(), Stop> {
        if self.columns.is_own && self.text(row, What::Role) == "instrument" {
            self.about(row);
            return Ok(());
        }
        let place = self.place(row, What::Id);
        let text = own::unguarded(self.text(row, What::Text));
        let name = match self.columns.find(What::Id) {
            Some(_) => self.text(row, What::Id).to_owned(),
            None => format!("item_{row}"),
        };
        if name.is_empty() {
            let message = "a row without a name is left out";
            self.draft.report(Kind::NotUnderstood, "no-name", &place, message);
            return Ok(());
        }
        if self.draft.names.contains(&name) {
            let message = format!("a second row has the name `{name}` and is left out");
            self.draft.report(Kind::NotUnderstood, "same-name", &place, message);
            return Ok(());
        }
        let role = self.text(row, What::Role);
        if !matches!(role, "" | "item") {
            self.draft.names.left_out.insert(name, format!("is a row with the role `{role}`"));
            self.others += 1;
            return Ok(());
        }
        let reversed = self.reversed(row)?;
        let scales = scales(self.text(row, What::Scale));
        let scales = scales.into_iter().map(|scale| (scale, reversed));
        let scales: Vec<_> = scales.chain(noted(self.text(row, What::Notes))).collect();
        let response = match self.columns.is_own {
            true => self.typed(row),
            false => self.response(row, &name, !scales.is_empty()),
        };
        let response = match response {
            Ok(response) => response,
            Err(reason) => {
                self.draft.leave_out(&name, &self.place(row, What::Values), &reason);
                return Ok(());
            }
        };
        let stem = self.draft.words(&Words::only(text), 4000, &self.place(row, What::Text));
        if stem.is_empty() {
            let message = format!("`{name}` has no text; its name is the text");
            let place = self.place(row, What::Text);
            self.draft.report(Kind::Changed, "no-label", &place, message);
        }
        let (around, required) = match self.columns.is_own {
            true => (self.around(row), self.is_required(row, &name)),
            false => (Around::default(), false),
        };
        let item =
            NewItem { name: name.clone(), column: name.clone(), stem, response, required, place };
        if let Some(position) = self.draft.item(item, &around) {
            self.draft.names.items.insert(name, position);
            self.rows.push(Row { position, scales });
        }
        Ok(())
    }

    /// Whether the item is reversed. A flag that is neither yes nor no stops the import.
    fn reversed(&self, row: usize) -> Result<bool, Stop> {
        let (what, flag) = match self.columns.find(What::Sign) {
            Some(_) => (What::Sign, self.text(row, What::Sign)),
            None => (What::Reverse, self.text(row, What::Reverse)),
        };
        columns::is_reversed(flag, what == What::Sign).ok_or_else(|| {
            let place = self.place(row, what);
            Stop::wrong(format!("{place}: `{flag}` does not say whether the item is reversed"))
                .help("flags are `R`, `x`, `yes`, `true` and `1` for reversed, and nothing, `no`, `false` and `0` for not; in a column of signs, `-` and `-1` are reversed and `+` and `1` are not")
                .help("name the column with `--column reverse=HEADER` for flags, or with `--column sign=HEADER` for signs")
        })
    }

    /// Adds a score for each scale that the rows name.
    fn scales(&mut self) {
        let mut names: Vec<String> = Vec::new();
        for (scale, _) in self.rows.iter().flat_map(|row| &row.scales) {
            if !names.contains(scale) {
                names.push(scale.clone());
            }
        }
        let place = self.place(0, What::Scale);
        let Some(kind) = self.draft.options.score.filter(|kind| is_listed(*kind)) else {
            if !names.is_empty() {
                let message = format!(
                    "the codebook does not say how scores are computed, so that these scales are left out: {}",
                    some_of(names.iter().map(String::as_str))
                );
                let help = "add `--score sum` or `--score mean`";
                self.draft.advise(Kind::NotUnderstood, "score", &place, message, help);
            }
            return;
        };
        if !names.is_empty() {
            self.assumed(&place);
        }
        for name in names {
            let of = |row: &Row| {
                let (_, reversed) = row.scales.iter().find(|(scale, _)| *scale == name)?;
                Some(Keyed { item: row.position, reversed: *reversed })
            };
            let items: Vec<Keyed> = self.rows.iter().filter_map(of).collect();
            let rule = keyed(&self.draft.form, &items, kind, &place);
            let score = self.draft.score(&name, Words::default(), &place);
            self.draft.form.scores[score].rule = rule;
        }
    }

    /// Reports rows about scores, keys and so on.
    fn other_rows(&mut self) {
        if self.others > 0 {
            let message = format!("{} rows describe no items and are left out", self.others);
            let place = self.place(0, What::Role);
            self.draft.report(Kind::Note, "other-rows", &place, message);
        }
    }

    /// What a codebook does not say about its scores.
    fn assumed(&mut self, place: &Place) {
        let message = "the codebook has no rule for missing answers: a score needs all of them";
        self.draft.report(Kind::Assumed, "missing", place, message);
        let is_reversed = |row: &Row| row.scales.iter().any(|(_, reversed)| *reversed);
        if self.rows.iter().any(is_reversed) {
            let message = "answers are reversed within the listed values; the codebook does not say whether its data are already reversed";
            self.draft.report(Kind::Assumed, "reversal", place, message);
        }
    }
}

/// The scales in the notes of a codebook that this program exported, with their signs: `keyed on: + a; − b: 4 − answer`.
fn noted(notes: &str) -> Vec<(String, bool)> {
    let keyed = notes.lines().find_map(|line| line.trim().strip_prefix("keyed on:"));
    let sign = |part: &str| {
        let (part, reversed) = match part.trim().strip_prefix('+') {
            Some(part) => (part, false),
            None => (part.trim().strip_prefix(['−', '-'])?, true),
        };
        let id = part.split(':').next()?.trim();
        (!id.is_empty()).then(|| (id.to_owned(), reversed))
    };
    keyed.unwrap_or_default().split(';').filter_map(sign).collect()
}

/// Whether a score is computed from a list of items alone.
fn is_listed(kind: ScoreKind) -> bool {
    matches!(kind, ScoreKind::Sum | ScoreKind::Mean | ScoreKind::Min | ScoreKind::Max)
}

/// The scales that a cell names, separated by semicolons or bars.
fn scales(text: &str) -> Vec<String> {
    let names = text.split([';', '|']).map(str::trim).filter(|name| !name.is_empty());
    names.filter(|name| !matches!(*name, "-" | "–" | "NA" | "n/a")).map(str::to_owned).collect()
}
