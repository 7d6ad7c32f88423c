//! The rows of an item table.

use std::collections::BTreeMap;

use crate::draft::{Around, Calculation, Draft, Language, Listed, condition, joined, rules};
use crate::finding::Kind;
use crate::form::Form;
use crate::form::rule::Rule;
use crate::ids::Ids;
use crate::options::Options;
use crate::place::Place;
use crate::sheets::{Book, Sheet};
use crate::words::{Words, some_of};

/// Other spellings of headers, among them those of German tables.
const SPELLINGS: &[(&str, &str)] = &[
    ("typ", "type"),
    ("variablenname", "name"),
    ("variable_name", "name"),
    ("wortlaut", "label"),
    ("text", "label"),
    ("antwortformatbreite", "class"),
    ("ratinguntererpol", "choice1"),
    ("ratingobererpol", "choice2"),
    ("listname", "list_name"),
];

/// Columns that are read, or that matter only on a screen.
const KNOWN: &[&str] = &[
    "type",
    "name",
    "label",
    "optional",
    "showif",
    "value",
    "class",
    "item_order",
    "block_order",
    "notes",
    "note",
    "type_options",
    "choice_list",
    "list_name",
];

/// Types of rows that record something about the session instead of an answer.
const METADATA: &[&str] =
    &["hidden", "random", "ip", "referrer", "server", "get", "browser", "opencpu_session", "block"];

/// The columns of a sheet.
pub(super) struct Columns(Vec<String>);

impl Columns {
    /// The columns by the headers in the first row.
    pub(super) fn of(sheet: &Sheet) -> Self {
        let count = sheet.rows.first().map_or(0, Vec::len);
        Self((0..count).map(|column| spelled(sheet.cell(0, column))).collect())
    }

    /// The number of the first column with this name.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        self.0.iter().position(|column| column == name)
    }

    /// The numbers of the columns `choice1`, `choice2` and so on, with their numbers in the headers.
    pub(super) fn choices(&self) -> impl Iterator<Item = (u32, usize)> + '_ {
        let numbered = |(at, name): (usize, &String)| {
            let number = name.strip_prefix("choice")?.parse().ok()?;
            Some((number, at))
        };
        self.0.iter().enumerate().filter_map(numbered)
    }
}

fn spelled(header: &str) -> String {
    let name = header.trim().to_lowercase().replace([' ', '\u{a0}'], "_");
    let usual = SPELLINGS.iter().find(|(other, _)| *other == name);
    if let Some((_, usual)) = usual {
        return (*usual).to_owned();
    }
    // `mcalt3` is the name of `choice3` in German tables.
    match name.strip_prefix("mcalt") {
        Some(number) => format!("choice{number}"),
        None => name,
    }
}

/// A row.
#[derive(Clone, Copy)]
pub(super) struct Row<'s> {
    file: &'s str,
    pub(super) sheet: &'s Sheet,
    pub(super) columns: &'s Columns,
    pub(super) at: usize,
}

impl<'s> Row<'s> {
    /// The text of a column; empty if there is none.
    pub(super) fn text(&self, column: &str) -> &'s str {
        self.columns.find(column).map_or("", |column| self.sheet.cell(self.at, column))
    }

    /// The cell of a column.
    pub(super) fn place(&self, column: &str) -> Place {
        let column = self.columns.find(column).or_else(|| self.columns.find("type"));
        self.sheet.place(self.file, self.at, column.unwrap_or(0))
    }
}

/// When an item is asked.
pub(super) struct Asked {
    pub(super) item: usize,
    pub(super) text: String,
    pub(super) place: Place,
}

/// Reads an item table.
pub(super) struct Reader<'a> {
    pub(super) draft: Draft<'a>,
    book: &'a Book,
    survey: &'a Sheet,
    /// The lists of options.
    pub(super) lists: BTreeMap<String, Vec<Listed>>,
    /// What is printed above the next item.
    pub(super) around: Around,
    /// The list of options of the heading above, whose rows have the same list.
    pub(super) heading: Option<String>,
    /// Whether an item follows what is printed above it.
    pub(super) is_used: bool,
    /// The texts that no item follows yet: the name, the words and the place of each.
    pending: Vec<(String, Words, Place)>,
    /// The condition of each note that has one.
    shown: Vec<(usize, String, Place)>,
    pub(super) asked: Vec<Asked>,
    /// Whether a row has options of its own.
    pub(super) has_own_options: bool,
    calculations: Vec<Calculation>,
    metadata: Vec<String>,
    /// All expressions, to find the questions that they ask for.
    pub(super) expressions: String,
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        file: &'a str,
        book: &'a Book,
        survey: &'a Sheet,
        options: &'a Options,
    ) -> Self {
        Self {
            draft: Draft::new(file, options, true),
            book,
            survey,
            lists: BTreeMap::new(),
            around: Around::default(),
            heading: None,
            is_used: false,
            pending: Vec::new(),
            shown: Vec::new(),
            asked: Vec::new(),
            has_own_options: false,
            calculations: Vec::new(),
            metadata: Vec::new(),
            expressions: String::new(),
        }
    }

    /// The id and the title, which are the name of the file: a table has none.
    pub(super) fn head(&mut self) {
        let file = self.draft.file;
        self.draft.form.findings.extend(self.book.findings.iter().cloned());
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        self.draft.form.id = Ids::instrument(stem);
        self.draft.form.titled.title = Words::only(stem);
        self.draft.form.titled.citation = format!("{file}, a formr item table.");
        self.draft.untitled("an item table");
    }

    /// Reads the lists of options.
    pub(super) fn choices(&mut self, sheet: Option<&Sheet>) {
        let Some(sheet) = sheet else { return };
        let columns = Columns::of(sheet);
        let mut list = String::new();
        for at in 1..sheet.rows.len() {
            let row = Row { file: self.draft.file, sheet, columns: &columns, at };
            let (named, stored) = (row.text("list_name"), row.text("name"));
            if !named.is_empty() {
                named.clone_into(&mut list);
            }
            if stored.is_empty() || list.is_empty() {
                if !sheet.is_blank(at) {
                    let message = "an option without a list or without a name is left out";
                    self.draft.report(Kind::NotUnderstood, "option", &row.place("name"), message);
                }
                continue;
            }
            let listed = Listed {
                stored: stored.to_owned(),
                label: Words::only(row.text("label")),
                non_response: false,
                place: row.place("label"),
            };
            self.lists.entry(list.clone()).or_default().push(listed);
        }
    }

    /// Reads all rows: items, what is printed above them, and the names of scores.
    pub(super) fn rows(&mut self) {
        let columns = Columns::of(self.survey);
        let (file, survey) = (self.draft.file, self.survey);
        let rows: Vec<Row<'_>> = (1..survey.rows.len())
            .filter(|at| !survey.is_blank(*at))
            .map(|at| Row { file, sheet: survey, columns: &columns, at })
            .collect();
        for row in &rows {
            for column in ["showif", "value"] {
                self.expressions.push_str(row.text(column));
                self.expressions.push('\n');
            }
        }
        for row in &rows {
            self.row(row);
        }
        self.unused();
        self.unknown(&columns);
        self.defaults();
    }

    fn row(&mut self, row: &Row<'_>) {
        let mut words = row.text("type").split_whitespace();
        let kind = words.next().unwrap_or_default().to_lowercase();
        let rest: Vec<&str> = words.collect();
        let rest = rest.join(" ");
        let name = row.text("name").to_owned();
        match kind.as_str() {
            "" => {
                let message = "a row without a type is left out";
                self.draft.report(Kind::NotUnderstood, "no-type", &row.place("type"), message);
            }
            "submit" => {
                self.end_of_page();
                self.draft.names.left_out.insert(name, "is a button".to_owned());
            }
            "note" | "note_iframe" => self.note(row),
            "mc_heading" => self.heading(row, &rest),
            "calculate" => self.calculate(row),
            kind if METADATA.contains(&kind) => {
                self.draft.names.left_out.insert(name, format!("is filled by formr (`{kind}`)"));
                self.metadata.push(kind.to_owned());
            }
            kind => self.question(row, kind, &rest),
        }
    }

    /// A text to read. The first ones are the instructions of the form, later ones those of the items below them.
    fn note(&mut self, row: &Row<'_>) {
        let place = row.place("label");
        self.draft.names.left_out.insert(row.text("name").to_owned(), "is a note".to_owned());
        let words = self.draft.words(&Words::only(row.text("label")), 10_000, &place);
        if words.is_empty() {
            return;
        }
        if !row.text("showif").is_empty() {
            let note = self.draft.note(row.text("name"), (words, &place), self.is_used);
            let (text, place) = (row.text("showif").to_owned(), row.place("showif"));
            self.shown.extend(note.map(|note| (note, text, place)));
            return;
        }
        if self.draft.form.items.is_empty() && self.around == Around::default() {
            let instructions = &mut self.draft.form.titled.instructions;
            *instructions = joined(instructions, "\n\n", &words);
            return;
        }
        self.heading = None;
        let before = if self.is_used { Words::default() } else { self.around.instructions.clone() };
        let name = row.text("name").to_owned();
        let instructions = joined(&before, "\n\n", &words);
        self.around = Around { name: name.clone(), instructions, ..Around::default() };
        self.is_used = false;
        self.pending.push((name, words, place));
    }

    /// The head of a table of items that share a list of options.
    fn heading(&mut self, row: &Row<'_>, list: &str) {
        let place = row.place("label");
        let lead_in = self.draft.words(&Words::only(row.text("label")), 2000, &place);
        let name = row.text("name").to_owned();
        self.draft.names.left_out.insert(name.clone(), "is a heading".to_owned());
        let instructions =
            if self.is_used { Words::default() } else { self.around.instructions.clone() };
        self.pending.push((name.clone(), lead_in.clone(), place));
        self.around = Around { name, lead_in, instructions, title: Words::default() };
        self.is_used = false;
        self.heading = Some(list.to_owned());
    }

    /// A button ends a page, and with it what is printed above its items.
    fn end_of_page(&mut self) {
        self.unused();
        self.around = Around::default();
        self.heading = None;
    }

    /// Texts of a page that no item of it follows are notes.
    fn unused(&mut self) {
        for (name, words, place) in std::mem::take(&mut self.pending) {
            if !words.is_empty() {
                self.draft.note(&name, (words, &place), true);
            }
        }
    }

    /// What is printed above the next item. The items of a table have its list of options.
    pub(super) fn above(&mut self, list: &str) -> Around {
        if self.heading.as_deref().is_some_and(|heading| heading != list) {
            self.around = Around::default();
            self.heading = None;
        }
        self.is_used = true;
        self.pending.clear();
        self.around.clone()
    }

    /// A computed value.
    fn calculate(&mut self, row: &Row<'_>) {
        let name = row.text("name").to_owned();
        let place = row.place("value");
        if name.is_empty() || self.draft.names.contains(&name) {
            let message =
                format!("the calculation `{name}` has no name of its own and is left out");
            self.draft.report(Kind::NotUnderstood, "same-name", &place, message);
            return;
        }
        if !row.text("showif").is_empty() {
            let message = format!(
                "`{name}` is computed only if a condition is met; the score is always computed here"
            );
            let place = row.place("showif");
            self.draft.report(Kind::Doubtful, "conditional-score", &place, message);
        }
        let title = self.draft.words(&Words::only(row.text("label")), 300, &row.place("label"));
        self.draft.score(&name, title, &place);
        let text = row.text("value").to_owned();
        self.calculations.push(Calculation { name, text, place });
    }

    /// Reads the conditions, now that all names are known.
    pub(super) fn conditions(&mut self) {
        for Asked { item, text, place } in std::mem::take(&mut self.asked) {
            self.draft.form.items[item].condition = Some(self.condition(&text, &place));
        }
        for (note, text, place) in std::mem::take(&mut self.shown) {
            self.draft.form.notes[note].condition = Some(self.condition(&text, &place));
        }
    }

    fn condition(&self, text: &str, place: &Place) -> Rule {
        if text.contains("//") {
            let reason = "it is JavaScript, which formr runs in the browser";
            return Rule::not_understood(text, place, reason);
        }
        condition(&self.draft, Language::R, text, place)
    }

    /// Reads the scores, now that all names are known.
    pub(super) fn scores(&mut self) {
        let calculations = std::mem::take(&mut self.calculations);
        rules(&mut self.draft, Language::R, calculations);
    }

    /// Reports columns and rows that are not read.
    fn unknown(&mut self, columns: &Columns) {
        let file = self.draft.file;
        for (at, name) in columns.0.iter().enumerate() {
            let is_known = name.is_empty()
                || KNOWN.contains(&name.as_str())
                || name.strip_prefix("choice").is_some_and(|number| number.parse::<u32>().is_ok());
            let count = (1..self.survey.rows.len())
                .filter(|row| !self.survey.cell(*row, at).is_empty())
                .count();
            if !is_known && count > 0 {
                let header = self.survey.cell(0, at);
                let message = format!(
                    "the column `{header}` has no counterpart; its {count} cells are left out"
                );
                let place = self.survey.place(file, 0, at);
                self.draft.report(Kind::NotUnderstood, "unknown-column", &place, message);
            }
        }
        if !self.metadata.is_empty() {
            let kinds = some_of(self.metadata.iter().map(String::as_str));
            let message = format!("these rows record no answer and are left out: {kinds}");
            let place = Place::new(file, self.survey.name.as_str());
            self.draft.report(Kind::Note, "metadata", &place, message);
        }
        let settings = self.book.sheet(&["settings"]).is_some_and(|sheet| sheet.rows.len() > 1);
        if settings {
            let message =
                "the settings of the survey in formr have no counterpart and are left out";
            self.draft.report(Kind::Note, "settings", &Place::new(file, "settings"), message);
        }
    }

    /// Reports what formr takes for granted.
    fn defaults(&mut self) {
        let place = Place::new(self.draft.file, self.survey.name.as_str());
        if self.draft.form.items.iter().any(|item| item.required) {
            let message = "an answer is required where the column `optional` is empty or `!`";
            self.draft.report(Kind::Note, "required", &place, message);
        }
        if self.has_own_options {
            let message =
                "options in the columns `choice1`, `choice2` and so on are stored as their numbers";
            self.draft.report(Kind::Note, "choice-numbers", &place, message);
        }
    }

    pub(super) fn finish(self) -> Form {
        self.draft.finish()
    }
}
