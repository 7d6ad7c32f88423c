//! The rows of the sheet `survey`.

use std::collections::BTreeMap;

use super::columns::Columns;
use super::groups::Group;
use super::kinds::{kind, summed_coalesce};
use crate::draft::{Calculation, Draft, Language, Listed, condition, rules};
use crate::finding::Kind;
use crate::form::Form;
use crate::options::Options;
use crate::place::Place;
use crate::sheets::{Book, Sheet};
use crate::words::{Words, some_of};

/// Columns that are read, or that matter only on a screen.
const KNOWN: &[&str] = &[
    "type",
    "name",
    "label",
    "hint",
    "required",
    "required_message",
    "relevant",
    "calculation",
    "constraint",
    "constraint_message",
    "appearance",
    "parameters",
    "choice_filter",
    "repeat_count",
    "default",
    "readonly",
    "disabled",
    "media",
    "kobo--score-choices",
    "$kuid",
    "$autoname",
];

/// Types of rows that record something about the session instead of an answer.
const METADATA: &[&str] = &[
    "start",
    "end",
    "today",
    "deviceid",
    "device_id",
    "username",
    "user_name",
    "phonenumber",
    "phone_number",
    "email",
    "simserial",
    "subscriberid",
    "audit",
    "start-geopoint",
    "background-audio",
    "hidden",
];

/// A row.
#[derive(Clone, Copy)]
pub(super) struct Row<'s> {
    pub(super) file: &'s str,
    pub(super) sheet: &'s Sheet,
    pub(super) columns: &'s Columns,
    pub(super) at: usize,
}

impl<'s> Row<'s> {
    /// The text of a column; empty if there is none.
    pub(super) fn text(&self, column: &str) -> &'s str {
        self.columns.text(self.sheet, self.at, column)
    }

    /// The cell of a column.
    pub(super) fn place(&self, column: &str) -> Place {
        let column = self.columns.find(column).or_else(|| self.columns.find("type"));
        self.sheet.place(self.file, self.at, column.unwrap_or(0))
    }
}

/// What is asked or shown, by position.
pub(super) enum Subject {
    Item(usize),
    Note(usize),
}

/// When an item is asked, or a note shown.
pub(super) struct Asked {
    pub(super) of: Subject,
    /// The conditions of the item or note and of its groups.
    pub(super) text: String,
    pub(super) place: Place,
}

/// Reads a form.
pub(super) struct Reader<'a> {
    pub(super) draft: Draft<'a>,
    book: &'a Book,
    survey: &'a Sheet,
    pub(super) columns: Columns,
    /// The tag of each language that a header names; empty for the only one of a form.
    pub(super) tags: BTreeMap<String, String>,
    /// The tag of words in columns without a language; empty if it is not known.
    pub(super) plain_tag: String,
    /// The lists of options.
    pub(super) lists: BTreeMap<String, Vec<Listed>>,
    /// The groups that have begun.
    pub(super) groups: Vec<Group>,
    /// What is printed above items outside of groups.
    pub(super) outside: Group,
    /// The texts that no item follows yet: the name, the words and the place of each.
    pub(super) pending: Vec<(String, Words, Place)>,
    pub(super) asked: Vec<Asked>,
    calculations: Vec<Calculation>,
    metadata: Vec<String>,
    /// How many expressions have curly quotation marks.
    curly: usize,
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
            columns: Columns::of(survey),
            tags: BTreeMap::new(),
            plain_tag: String::new(),
            lists: BTreeMap::new(),
            groups: Vec::new(),
            outside: Group::default(),
            pending: Vec::new(),
            asked: Vec::new(),
            calculations: Vec::new(),
            metadata: Vec::new(),
            curly: 0,
            expressions: String::new(),
        }
    }

    /// Reads all rows: items, what is printed above them, and the names of scores.
    pub(super) fn rows(&mut self) {
        let columns = self.columns.clone();
        let row = |at| Row { file: self.draft.file, sheet: self.survey, columns: &columns, at };
        let rows: Vec<Row<'_>> =
            (1..self.survey.rows.len()).filter(|at| !self.survey.is_blank(*at)).map(row).collect();
        for column in ["relevant", "calculation", "constraint"] {
            for row in &rows {
                self.expressions.push_str(row.text(column));
                self.expressions.push('\n');
            }
        }
        for row in &rows {
            self.row(row);
        }
        self.unused_notes();
        self.open_groups();
        self.remarks();
    }

    fn row(&mut self, row: &Row<'_>) {
        if is_true(row.text("disabled")) {
            let place = row.place("disabled");
            let message = format!("`{}` is disabled in the form and is left out", row.text("name"));
            self.draft.report(Kind::Note, "disabled", &place, message);
            return;
        }
        let (kind, rest) = kind(row.text("type"));
        match kind.as_str() {
            "" => {
                let place = row.place("type");
                let message = "a row without a type is left out";
                self.draft.report(Kind::NotUnderstood, "no-type", &place, message);
            }
            "begin_group" => self.begin(row, false, None),
            "begin_repeat" => self.begin(row, true, None),
            "begin_score" => {
                self.begin(row, false, Some(row.text("kobo--score-choices").to_owned()));
            }
            "end_group" | "end_repeat" | "end_score" => self.end(row),
            "note" => {
                self.note(row);
                let name = row.text("name").to_owned();
                self.draft.names.left_out.insert(name, "is a note".to_owned());
            }
            "calculate" => self.calculate(row),
            kind if METADATA.contains(&kind) => {
                let name = row.text("name");
                let reason = format!("is metadata of the session (`{kind}`)");
                self.draft.names.left_out.insert(name.to_owned(), reason);
                self.metadata.push(kind.to_owned());
            }
            kind => self.question(row, kind, &rest),
        }
    }

    /// A question, with its name and its place among the groups.
    fn question(&mut self, row: &Row<'_>, kind: &str, rest: &str) {
        let name = row.text("name");
        let place = row.place("name");
        if name.is_empty() {
            let message = format!("a question of the type `{kind}` has no name and is left out");
            self.draft.report(Kind::NotUnderstood, "no-name", &place, message);
            return;
        }
        if self.draft.names.contains(name) {
            let message = format!("a second row has the name `{name}` and is left out");
            self.draft.report(Kind::NotUnderstood, "same-name", &place, message);
            return;
        }
        if self.is_in_repeat() {
            let reason = "is in a group that may be answered several times".to_owned();
            self.draft.names.left_out.insert(name.to_owned(), reason);
            return;
        }
        let first = self.draft.form.items.len();
        self.answered(row, kind, rest);
        let text = self.relevant(row);
        for item in first..self.draft.form.items.len() {
            if !text.is_empty() {
                let (of, place) = (Subject::Item(item), row.place("relevant"));
                self.asked.push(Asked { of, text: text.clone(), place });
            }
        }
    }

    /// The condition of a row and of the groups around it, joined.
    pub(super) fn relevant(&mut self, row: &Row<'_>) -> String {
        let mut parts = self.conditions_above();
        let own = self.expression(row, "relevant");
        parts.extend(Some(own).filter(|own| !own.is_empty()));
        match parts.len() {
            0 | 1 => parts.pop().unwrap_or_default(),
            _ => parts.iter().map(|part| format!("({part})")).collect::<Vec<_>>().join(" and "),
        }
    }

    /// A computed value.
    fn calculate(&mut self, row: &Row<'_>) {
        let name = row.text("name");
        let place = row.place("calculation");
        if name.is_empty() || self.draft.names.contains(name) {
            let message =
                format!("the calculation `{name}` has no name of its own and is left out");
            self.draft.report(Kind::NotUnderstood, "same-name", &place, message);
            return;
        }
        if self.is_in_repeat() {
            let reason = "is in a group that may be answered several times".to_owned();
            self.draft.names.left_out.insert(name.to_owned(), reason);
            return;
        }
        let text = self.expression(row, "calculation");
        if !self.relevant(row).is_empty() {
            let message = format!(
                "`{name}` is computed only if a condition is met; the score is always computed here"
            );
            self.draft.report(Kind::Doubtful, "conditional-score", &row.place("relevant"), message);
        }
        if let Some(part) = summed_coalesce(&text) {
            let message = format!(
                "`{part}` has no result for a blank: arithmetic with it is not a number, and `coalesce` replaces only empty texts"
            );
            let help = "if a blank was meant to count as 0, write `coalesce` around each question";
            self.draft.advise(Kind::Doubtful, "coalesce", &place, message, help);
        }
        let title = self.label(row, 300);
        self.draft.score(name, title, &place);
        self.calculations.push(Calculation { name: name.to_owned(), text, place });
    }

    /// The label of a row.
    pub(super) fn label(&mut self, row: &Row<'_>, most: usize) -> Words {
        let words = row.columns.words(row.sheet, row.at, "label", &self.tags, &self.plain_tag);
        self.draft.words(&words, most, &row.place("label"))
    }

    /// An expression, with straight quotation marks and plain spaces. A truth value of the spreadsheet program is one of
    /// XPath; what is always true is no condition.
    pub(super) fn expression(&mut self, row: &Row<'_>, column: &str) -> String {
        let text = row.text(column);
        let plain: String = text
            .chars()
            .map(|letter| match letter {
                '“' | '”' => '"',
                '‘' | '’' => '\'',
                '\u{a0}' => ' ',
                letter => letter,
            })
            .collect();
        self.curly +=
            usize::from(plain.contains(['"', '\'']) && text.contains(['“', '”', '‘', '’']));
        match plain.to_ascii_lowercase().as_str() {
            "true" | "true()" => String::new(),
            "false" => "false()".to_owned(),
            _ => plain,
        }
    }

    /// Reads the conditions, now that all names are known.
    pub(super) fn conditions(&mut self) {
        for Asked { of, text, place } in std::mem::take(&mut self.asked) {
            let rule = Some(condition(&self.draft, Language::XPath, &text, &place));
            match of {
                Subject::Item(item) => self.draft.form.items[item].condition = rule,
                Subject::Note(note) => self.draft.form.notes[note].condition = rule,
            }
        }
    }

    /// Reads the scores, now that all names are known.
    pub(super) fn scores(&mut self) {
        let calculations = std::mem::take(&mut self.calculations);
        rules(&mut self.draft, Language::XPath, calculations);
    }

    /// What was noticed about the file as a whole.
    fn remarks(&mut self) {
        let file = self.draft.file;
        let place = Place::new(file, "survey");
        if self.curly > 0 {
            let message = format!(
                "{} expressions contain curly quotation marks; they are read as straight ones",
                self.curly
            );
            self.draft.report(Kind::Changed, "quotation-marks", &place, message);
        }
        if !self.metadata.is_empty() {
            let kinds = some_of(self.metadata.iter().map(String::as_str));
            let message = format!("these rows record no answer and are left out: {kinds}");
            self.draft.report(Kind::Note, "metadata", &place, message);
        }
        if !self.book.others.is_empty() {
            let names = some_of(self.book.others.iter().map(String::as_str));
            let message = format!("these sheets are not part of a form and are not read: {names}");
            self.draft.report(Kind::Note, "other-sheets", &Place::new(file, ""), message);
        }
        if self.draft.form.scores.iter().any(|score| score.title == Words::only(&score.column)) {
            let message = "calculations without a label have their names as titles";
            self.draft.report(Kind::Note, "no-title", &place, message);
        }
        let unknown = self.columns.unknown(file, self.survey, KNOWN);
        self.draft.form.findings.extend(unknown);
    }

    pub(super) fn finish(self) -> Form {
        self.draft.finish()
    }
}

/// Whether a cell says yes.
pub(super) fn is_true(text: &str) -> bool {
    matches!(text.to_ascii_lowercase().as_str(), "yes" | "true" | "true()" | "1")
}
