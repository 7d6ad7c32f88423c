//! Codebooks: tables with one row for each item, as they are kept beside data files. There is no standard for them: the
//! columns are recognised by their headers, what was recognised is reported, and doubt stops the import.

mod columns;
mod values;

use scalewright_model::{ScoreKind, Stop};

use crate::draft::{Around, Draft, Keyed, Listed, NewItem, keyed, some_of};
use crate::finding::Kind;
use crate::form::{Form, ResponseKind};
use crate::formats::Format;
use crate::ids::Ids;
use crate::options::{Options, reads_like_no_answer};
use crate::place::Place;
use crate::sheets::{self, Book, Sheet};
use crate::source::Opened;
use crate::words::Words;
use columns::{Columns, What};

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "codebook",
    title: "a codebook",
    recognises,
    read: |opened, options| {
        let wrong = || Stop::wrong(format!("{}: the file is no table", opened.sources.file));
        let book = book(opened)?.ok_or_else(wrong)?;
        let sheet = book.sheets.first().ok_or_else(wrong)?;
        Ok(vec![read(opened.name(), &book, sheet, options)?])
    },
};

/// The endings of the names of tables.
const TABLES: [&str; 5] = ["csv", "tsv", "txt", "xlsx", "xls"];

/// Ranges with at most so many numbers become options.
const MOST_POINTS: i64 = 11;

/// The tables of a file. Of a workbook, the first sheet whose headers are recognised, else the first one.
fn book(opened: &Opened<'_>) -> Result<Option<Book>, Stop> {
    let Some(mut book) = sheets::workbook(opened, &|_| true)? else { return sheets::table(opened) };
    let best = book.sheets.iter().position(columns::is_known).unwrap_or(0);
    if best < book.sheets.len() {
        let sheet = book.sheets.swap_remove(best);
        book.others.extend(book.sheets.drain(..).map(|other| other.name));
        book.sheets.push(sheet);
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

/// Reads a codebook.
fn read(file: &str, book: &Book, sheet: &Sheet, options: &Options) -> Result<Form, Stop> {
    let mut draft = Draft::new(file, options, false);
    draft.form.findings.extend(book.findings.iter().cloned());
    let columns = Columns::of(file, sheet, options)?;
    draft.form.findings.extend(columns.findings(file, sheet, &book.others));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    draft.form.id = Ids::instrument(stem);
    draft.form.titled.title = Words::only(stem);
    draft.form.titled.citation = format!("{file}, a codebook.");
    draft.untitled("a codebook");
    let mut reader = Reader { draft, sheet, columns, coded: 0, rows: Vec::new(), others: 0 };
    for row in 1..sheet.rows.len() {
        if !sheet.is_blank(row) {
            reader.row(row)?;
        }
    }
    if reader.draft.form.items.is_empty() {
        return Err(Stop::wrong(format!("{file}: the codebook has no items")));
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
        let place = self.place(row, What::Id);
        let text = self.text(row, What::Text);
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
        let response = match self.response(row, &name, !scales.is_empty()) {
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
        let item = NewItem {
            name: name.clone(),
            column: name.clone(),
            stem,
            response,
            required: false,
            place,
        };
        if let Some(position) = self.draft.item(item, &Around::default()) {
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

    /// The position of the response scale of a row.
    fn response(&mut self, row: usize, name: &str, is_scored: bool) -> Result<usize, String> {
        let place = self.place(row, What::Values);
        let mut options = self.listed(row)?;
        let bounds = self.bounds(row);
        if let (Some((min, max)), false) = (bounds, options.is_empty()) {
            self.fill(&mut options, min, max, row, name);
        }
        if let (Some((min, max)), true) = (bounds, options.is_empty()) {
            let points = points(min, max).filter(|points| is_scored && points.len() > 1);
            let Some(points) = points else { return Ok(self.number(min, max, name, row)) };
            let message =
                format!("`{name}` has no words for its values; the numbers are their labels");
            self.draft.report(Kind::Assumed, "no-label", &self.place(row, What::Min), message);
            options = points.into_iter().map(|value| unlabelled(value, &place)).collect();
        }
        self.missing(row, &mut options);
        if options.is_empty() {
            let message = format!("`{name}` has no values; it is a text");
            let help = "with a lowest and a highest number it can be a number";
            self.draft.advise(Kind::Assumed, "no-values", &place, message, help);
            return Ok(self.draft.response("words", "words_1", &place, |_| ResponseKind::Text(1)));
        }
        let known = self.draft.form.responses.len();
        let answers = format!("answers_{}", self.coded + 1);
        let position = self.draft.listed(&options, &answers, false, &place)?;
        self.coded += usize::from(self.draft.form.responses.len() > known);
        Ok(position)
    }

    /// The options that a row lists, in one cell or in a column for each value.
    fn listed(&mut self, row: usize) -> Result<Vec<Listed>, String> {
        let mut pairs: Vec<(String, String, Place)> = Vec::new();
        let place = self.place(row, What::Values);
        let text = self.text(row, What::Values);
        for (value, label) in values::parsed(text)
            .map_err(|reason| format!("its values `{}` {reason}", short(text)))?
        {
            pairs.push((value, label, place.clone()));
        }
        for (value, column) in self.columns.values.clone() {
            let label = self.sheet.cell(row, column);
            if !label.is_empty() {
                let place = self.sheet.place(self.draft.file, row, column);
                pairs.push((value, label.to_owned(), place));
            }
        }
        let numbers: Vec<i64> = pairs
            .iter()
            .filter(|(_, label, _)| !reads_like_no_answer(label))
            .filter_map(|(value, _, _)| value.parse().ok())
            .collect();
        let listed = pairs.into_iter().map(|(stored, label, place)| {
            let non_response = is_outside(&stored, &numbers) && reads_like_no_answer(&label);
            if non_response {
                let message = format!("`{stored}` is marked as no answer, because its label is `{label}` and the number is not one of the scale");
                self.draft.report(Kind::Assumed, "non-response", &place, message);
            }
            Listed { stored, label: Words::only(&label), non_response, place }
        });
        Ok(listed.collect())
    }

    /// Adds the values between a lowest and a highest one that have no words.
    fn fill(&mut self, options: &mut Vec<Listed>, min: f64, max: f64, row: usize, name: &str) {
        let place = self.place(row, What::Min);
        let value = |option: &Listed| option.stored.parse::<i64>().ok();
        let listed: Vec<i64> =
            options.iter().filter(|option| !option.non_response).filter_map(value).collect();
        let Some(points) = points(min, max) else { return };
        if listed.iter().any(|value| !points.contains(value)) {
            let message =
                format!("`{name}` lists values outside of {min} to {max}; the values are taken");
            self.draft.report(Kind::Doubtful, "range", &place, message);
            return;
        }
        let absent = points.iter().filter(|value| !listed.contains(value));
        let absent: Vec<Listed> = absent.map(|value| unlabelled(*value, &place)).collect();
        if !absent.is_empty() {
            options.extend(absent);
            options.sort_by_key(|option| (option.non_response, value(option)));
        }
    }

    /// The lowest and the highest value of a row.
    fn bounds(&mut self, row: usize) -> Option<(f64, f64)> {
        let mut bound = |what| {
            let text = self.text(row, what);
            // A comma is a decimal point in many countries.
            let number = crate::draft::bounded(&text.replace(',', "."));
            if number.is_none() && !text.is_empty() {
                let message = format!("`{text}` is not a number up to 1,000,000 and is left out");
                self.draft.report(Kind::NotUnderstood, "limit", &self.place(row, what), message);
            }
            number
        };
        let (min, max) = (bound(What::Min), bound(What::Max));
        let bounds = min.zip(max).filter(|(min, max)| min < max);
        if bounds.is_none() && (min.is_some() || max.is_some()) {
            let message = "a lowest number without a higher highest one is left out";
            self.draft.report(Kind::NotUnderstood, "limit", &self.place(row, What::Min), message);
        }
        bounds
    }

    fn number(&mut self, min: f64, max: f64, name: &str, row: usize) -> usize {
        let place = self.place(row, What::Min);
        let decimals = crate::draft::decimals(min).max(crate::draft::decimals(max));
        let signature = format!("number {min} {max} {decimals}");
        self.draft.response(&signature, name, &place, |_| ResponseKind::Numeric {
            min: Some(min),
            max: Some(max),
            decimals: Some(decimals),
            unit: Words::default(),
        })
    }

    /// Adds the codes of missing answers that a row lists.
    fn missing(&mut self, row: usize, options: &mut Vec<Listed>) {
        let text = self.text(row, What::Missing);
        if text.is_empty() {
            return;
        }
        let place = self.place(row, What::Missing);
        let codes = values::codes(text);
        if codes.is_empty() || options.is_empty() {
            let message = format!("the missing codes `{}` are left out", short(text));
            self.draft.report(Kind::NotUnderstood, "missing-codes", &place, message);
            return;
        }
        for (stored, label) in codes {
            match options.iter_mut().find(|option| option.stored == stored) {
                Some(option) => option.non_response = true,
                None => {
                    let label =
                        if label.is_empty() { Words::default() } else { Words::only(&label) };
                    options.push(Listed {
                        stored,
                        label,
                        non_response: true,
                        place: place.clone(),
                    });
                }
            }
        }
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
            let rule = keyed(&self.draft, &items, kind, &place);
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

/// Whether a number is none of a scale: negative where the others are not, or beyond a gap.
fn is_outside(stored: &str, numbers: &[i64]) -> bool {
    let Ok(value) = stored.parse::<i64>() else { return true };
    let (Some(low), Some(high)) = (numbers.iter().min(), numbers.iter().max()) else { return true };
    value < low - 1 || value > high + 1 || value < 0 && *low >= 0
}

/// The whole numbers from a lowest to a highest one, if they are few.
#[expect(clippy::cast_possible_truncation, reason = "whole, and within ±1,000,000")]
fn points(min: f64, max: f64) -> Option<Vec<i64>> {
    let are_whole = min.fract() == 0.0 && max.fract() == 0.0;
    let (low, high) = (min as i64, max as i64);
    (are_whole && high - low < MOST_POINTS).then(|| (low..=high).collect())
}

fn unlabelled(value: i64, place: &Place) -> Listed {
    let stored = value.to_string();
    Listed { stored, label: Words::default(), non_response: false, place: place.clone() }
}

/// The beginning of a text, for a message.
fn short(text: &str) -> String {
    if text.chars().count() <= 60 {
        return text.to_owned();
    }
    format!("{}…", text.chars().take(60).collect::<String>())
}
