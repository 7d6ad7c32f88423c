//! The tab-separated structure. Row order gives parenthood: a group, its questions, and below each its rows and answers.
//! The base language is complete before the next one begins.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::model::{Question, Survey};
use super::settings::settings;

/// The columns that are not attributes.
const COLUMNS: [&str; 11] = [
    "id",
    "related_id",
    "class",
    "type/scale",
    "name",
    "relevance",
    "text",
    "help",
    "language",
    "validation",
    "mandatory",
];
/// The columns before attributes that our surveys leave empty except in the column `other`.
const MORE: [&str; 5] = ["encrypted", "other", "default", "same_default", "same_script"];

/// The table.
pub(super) fn bytes(survey: &Survey) -> Vec<u8> {
    let mut table = Table { text: String::from("\u{feff}"), attributes: attributes(survey) };
    let names: Vec<&str> =
        COLUMNS.iter().chain(&MORE).copied().chain(table.attributes.iter().copied()).collect();
    table.text.push_str(&names.join("\t"));
    table.text.push_str("\r\n");
    for (name, value) in settings(survey) {
        table.row(&Cells { class: "S", name, text: &value, ..Cells::default() }, &[]);
    }
    for (at, language) in survey.languages.iter().enumerate() {
        // Numbers have a decimal point in every language, as in expressions.
        for (name, text) in [
            ("surveyls_title", survey.title.at(at)),
            ("surveyls_dateformat", "6"),
            ("surveyls_numberformat", "0"),
        ] {
            table.row(&Cells { class: "SL", name, text, language, ..Cells::default() }, &[]);
        }
    }
    for (at, language) in survey.languages.iter().enumerate() {
        table.groups(survey, at, language);
    }
    table.text.into_bytes()
}

/// The names of all attributes.
fn attributes(survey: &Survey) -> BTreeSet<&'static str> {
    let questions = survey.groups.iter().flat_map(|group| &group.questions);
    let own = questions.flat_map(|question| question.all_attributes());
    own.map(|attribute| attribute.name).chain(["assessment_value"]).collect()
}

/// The cells of a row.
#[derive(Default)]
struct Cells<'a> {
    class: &'a str,
    kind: &'a str,
    name: &'a str,
    relevance: &'a str,
    text: &'a str,
    language: &'a str,
    validation: &'a str,
    mandatory: &'a str,
}

struct Table {
    text: String,
    attributes: BTreeSet<&'static str>,
}

impl Table {
    fn row(&mut self, cells: &Cells<'_>, attributes: &[(&str, &str)]) {
        let Cells { class, kind, name, relevance, text, language, validation, mandatory } = *cells;
        let help = "";
        let mut row =
            vec!["", "", class, kind, name, relevance, text, help, language, validation, mandatory];
        row.extend(MORE.iter().map(|_| ""));
        for name in &self.attributes {
            let value = attributes.iter().find(|(own, _)| own == name);
            row.push(value.map_or("", |(_, value)| value));
        }
        let cells: Vec<String> = row.into_iter().map(cell).collect();
        _ = write!(self.text, "{}\r\n", cells.join("\t"));
    }

    fn groups(&mut self, survey: &Survey, at: usize, language: &str) {
        for (position, group) in survey.groups.iter().enumerate() {
            let number = (position + 1).to_string();
            let cells = Cells {
                class: "G",
                kind: &number,
                name: group.name.at(at),
                relevance: "1",
                text: group.description.at(at),
                language,
                ..Cells::default()
            };
            self.row(&cells, &[]);
            for question in &group.questions {
                self.question(question, at, language);
            }
        }
    }

    fn question(&mut self, question: &Question, at: usize, language: &str) {
        let all = question.all_attributes();
        // Attributes without a language are in the rows of the first language alone.
        let own =
            all.iter().filter(|attribute| attribute.language.map_or(at == 0, |own| own == at));
        let own: Vec<(&str, &str)> = own.map(|own| (own.name, own.value)).collect();
        let cells = Cells {
            class: "Q",
            kind: question.kind,
            name: &question.code,
            relevance: question.relevance(),
            text: question.text.at(at),
            language,
            validation: question.validation,
            mandatory: if question.mandatory { "Y" } else { "N" },
        };
        self.row(&cells, &own);
        for row in &question.rows {
            let (name, text) = (row.code.as_str(), row.text.at(at));
            let cells = Cells {
                class: "SQ",
                kind: "0",
                name,
                relevance: "1",
                text,
                language,
                ..Cells::default()
            };
            self.row(&cells, &[]);
        }
        for answer in &question.answers {
            let (name, text) = (answer.code.as_str(), answer.text.at(at));
            let cells = Cells { class: "A", kind: "0", name, text, language, ..Cells::default() };
            self.row(
                &cells,
                &[("assessment_value", &answer.value.as_whole().unwrap_or_default().to_string())],
            );
        }
    }
}

/// A cell. LimeSurvey takes the quotation marks off a value that has them at both ends; our values never do.
fn cell(text: &str) -> String {
    match text.contains(['"', '\t', '\r', '\n']) {
        true => format!("\"{}\"", text.replace('"', "\"\"")),
        false => text.to_owned(),
    }
}
