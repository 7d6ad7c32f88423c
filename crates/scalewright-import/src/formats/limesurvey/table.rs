//! The survey structure as tab-separated text.

use std::collections::{BTreeMap, HashMap};

use scalewright_model::Stop;

use super::survey::{Answer, Group, Origin, Question, Row, Survey, end_text};
use crate::csv;
use crate::finding::{Finding, Kind};
use crate::place::Place;

/// The columns that are no attributes of questions.
const COLUMNS: &[&str] = &[
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
    "encrypted",
    "other",
    "same_default",
    "same_script",
    "assessment_value",
];

/// The most subquestions and the most answers of a question.
const MOST_PARTS: usize = 5000;

/// Whether a text is a survey structure.
pub(super) fn recognises(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let mut cells = line.split('\t').take(40).map(|cell| cell.trim_matches('"'));
    ["class", "type/scale", "name"].iter().all(|wanted| cells.any(|cell| cell == *wanted))
}

/// Reads a survey structure.
///
/// # Errors
///
/// Returns a stop if the table is too long.
pub(super) fn read(file: &str, text: &str) -> Result<Survey, Stop> {
    let mut rows = csv::rows(text, '\t').into_iter();
    let header = rows.next().unwrap_or_default();
    let mut reader = Reader {
        survey: Survey { source: "survey structure (tab separated)", ..Survey::default() },
        ordinals: BTreeMap::new(),
        codes: HashMap::new(),
        group: None,
        question: None,
        unknown: BTreeMap::new(),
        has_values: header.iter().any(|name| name == "assessment_value"),
    };
    for (index, cells) in rows.enumerate() {
        if index >= csv::MOST_ROWS {
            let most = csv::MOST_ROWS;
            return Err(Stop::wrong(format!("{file}: the table has more than {most} rows")));
        }
        let origin = Origin { file: file.to_owned(), number: index + 2, is_xml: false };
        if cells.len() > header.len() {
            let message = "the row has more cells than the header; the others are left out";
            reader.survey.findings.push(Finding::new(
                Kind::NotUnderstood,
                "odd-row",
                &origin.place(),
                message,
            ));
        }
        let cells = header
            .iter()
            .zip(&cells)
            .filter(|(_, cell)| !cell.trim().is_empty())
            .map(|(name, cell)| (name.trim(), cell.as_str()))
            .collect();
        reader.row(&Cells { cells, origin });
    }
    Ok(reader.finished(file))
}

/// The cells of a row that are not empty, by their column.
struct Cells<'t> {
    cells: BTreeMap<&'t str, &'t str>,
    origin: Origin,
}

impl<'t> Cells<'t> {
    fn get(&self, column: &str) -> &'t str {
        self.cells.get(column).copied().unwrap_or_default()
    }

    fn owned(&self, column: &str) -> String {
        self.get(column).trim().to_owned()
    }
}

struct Reader {
    survey: Survey,
    /// How many groups each language has so far.
    ordinals: BTreeMap<String, usize>,
    /// The group and the position of each question, by its code.
    codes: HashMap<String, (usize, usize)>,
    /// The group and the question to which the next rows belong.
    group: Option<usize>,
    question: Option<usize>,
    /// The classes of rows that are not read, with the first place and their number.
    unknown: BTreeMap<String, (Place, usize)>,
    has_values: bool,
}

impl Reader {
    fn row(&mut self, cells: &Cells<'_>) {
        match cells.get("class") {
            "S" => self.setting(cells),
            "SL" => self.words_of_survey(cells),
            "G" => self.group(cells),
            "Q" => self.question(cells),
            "SQ" => self.subquestion(cells),
            "A" => self.answer(cells),
            "" if cells.cells.is_empty() => {}
            class => {
                let known = self.unknown.entry(class.to_owned());
                known.or_insert_with(|| (cells.origin.place(), 0)).1 += 1;
            }
        }
    }

    /// Settings concern how a survey is run; only its languages concern what it asks.
    fn setting(&mut self, cells: &Cells<'_>) {
        let text = cells.get("text");
        let languages = &mut self.survey.languages;
        match cells.get("name") {
            "language" => languages.insert(0, text.trim().to_owned()),
            "additional_languages" => {
                languages.extend(text.split_whitespace().map(str::to_owned));
            }
            _ => {}
        }
    }

    fn words_of_survey(&mut self, cells: &Cells<'_>) {
        let (language, text) = (self.language(cells), cells.get("text"));
        match cells.get("name") {
            "surveyls_title" => self.survey.title.add(&language, text),
            "surveyls_description" => self.survey.description.add(&language, text),
            "surveyls_welcometext" => self.survey.welcome.add(&language, text),
            "surveyls_endtext" => self.survey.findings.push(end_text(&cells.origin.part("text"))),
            _ => {}
        }
    }

    fn language(&self, cells: &Cells<'_>) -> String {
        match cells.get("language").trim() {
            "" => self.main().to_owned(),
            language => language.to_owned(),
        }
    }

    fn main(&self) -> &str {
        self.survey.languages.first().map_or("", String::as_str)
    }

    /// A group. Its number is the same in each language; files without numbers have the groups in the same order.
    fn group(&mut self, cells: &Cells<'_>) {
        let language = self.language(cells);
        let ordinal = self.ordinals.entry(language.clone()).or_default();
        let index = *ordinal;
        *ordinal += 1;
        let is_main = language == self.main() || self.survey.languages.is_empty();
        if is_main && index >= self.survey.groups.len() {
            self.survey.groups.push(Group {
                relevance: cells.owned("relevance"),
                origin: cells.origin.clone(),
                ..Group::default()
            });
        }
        self.question = None;
        self.group = (index < self.survey.groups.len()).then_some(index);
        if let Some(group) = self.group.and_then(|index| self.survey.groups.get_mut(index)) {
            group.title.add(&language, cells.get("name"));
            group.description.add(&language, cells.get("text"));
        }
    }

    /// A question. In other languages than the main one it is found by its code.
    fn question(&mut self, cells: &Cells<'_>) {
        let language = self.language(cells);
        let code = cells.get("name").trim();
        let is_main = language == self.main() || self.survey.languages.is_empty();
        let known = self.codes.get(code).copied();
        let found = match known {
            Some(known) if !is_main => Some(known),
            Some(_) => {
                self.lost(cells, "same-code", format!("a second question has the code `{code}`"));
                None
            }
            None if is_main => self.new_question(cells, code),
            None => {
                let message = format!("`{code}` is not a question of the main language");
                self.lost(cells, "other-question", message);
                None
            }
        };
        self.question = found.map(|(_, question)| question);
        self.group = found.map(|(group, _)| group).or(self.group);
        if let Some(question) = self.current() {
            question.text.add(&language, cells.get("text"));
            question.help.add(&language, cells.get("help"));
        }
    }

    fn new_question(&mut self, cells: &Cells<'_>, code: &str) -> Option<(usize, usize)> {
        if self.survey.groups.is_empty() {
            self.survey.groups.push(Group::default());
        }
        let group = self.group.unwrap_or(self.survey.groups.len() - 1);
        let mut attributes: BTreeMap<String, String> = cells
            .cells
            .iter()
            .filter(|(name, _)| !COLUMNS.contains(name))
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        if !cells.get("validation").is_empty() {
            attributes.insert("validation".to_owned(), cells.owned("validation"));
        }
        let questions = &mut self.survey.groups.get_mut(group)?.questions;
        questions.push(Question {
            code: code.to_owned(),
            kind: cells.owned("type/scale"),
            relevance: cells.owned("relevance"),
            mandatory: cells.owned("mandatory"),
            other: cells.get("other").trim() == "Y",
            attributes,
            origin: cells.origin.clone(),
            ..Question::default()
        });
        let position = (group, questions.len() - 1);
        self.codes.insert(code.to_owned(), position);
        Some(position)
    }

    fn current(&mut self) -> Option<&mut Question> {
        let group = self.survey.groups.get_mut(self.group?)?;
        group.questions.get_mut(self.question?)
    }

    fn subquestion(&mut self, cells: &Cells<'_>) {
        let language = self.language(cells);
        let (scale, code) = (cells.owned("type/scale"), cells.owned("name"));
        let is_main = language == self.main() || self.survey.languages.is_empty();
        let Some(question) = self.current() else {
            return self.lost(
                cells,
                "no-question",
                "a subquestion is below no question".to_owned(),
            );
        };
        let has_room = question.rows.len() < MOST_PARTS;
        let known = question.rows.iter_mut().find(|row| row.scale == scale && row.code == code);
        match known {
            Some(row) => row.text.add(&language, cells.get("text")),
            None if is_main && has_room => {
                let mut row = Row {
                    scale,
                    code,
                    relevance: cells.owned("relevance"),
                    origin: cells.origin.clone(),
                    ..Row::default()
                };
                row.text.add(&language, cells.get("text"));
                question.rows.push(row);
            }
            None => {
                let message = format!(
                    "`{code}` is not a subquestion of the main language, or one of too many"
                );
                self.lost(cells, "other-question", message);
            }
        }
    }

    fn answer(&mut self, cells: &Cells<'_>) {
        let language = self.language(cells);
        let (scale, code) = (cells.owned("type/scale"), cells.owned("name"));
        // Older files have the value in the column for the relevance.
        let value = cells.owned(if self.has_values { "assessment_value" } else { "relevance" });
        let is_main = language == self.main() || self.survey.languages.is_empty();
        let Some(question) = self.current() else {
            return self.lost(cells, "no-question", "an answer is below no question".to_owned());
        };
        let has_room = question.answers.len() < MOST_PARTS;
        let known =
            question.answers.iter_mut().find(|answer| answer.scale == scale && answer.code == code);
        match known {
            Some(answer) => answer.text.add(&language, cells.get("text")),
            None if is_main && has_room => {
                let mut answer = Answer { scale, code, value, ..Answer::default() };
                answer.text.add(&language, cells.get("text"));
                question.answers.push(answer);
            }
            None => {
                let message =
                    format!("`{code}` is not an answer of the main language, or one of too many");
                self.lost(cells, "other-answer", message);
            }
        }
    }

    /// Reports a row that is left out.
    fn lost(&mut self, cells: &Cells<'_>, code: &'static str, why: String) {
        let message = format!("{why}; the row is left out");
        let finding = Finding::new(Kind::NotUnderstood, code, &cells.origin.place(), message);
        self.survey.findings.push(finding);
    }

    fn finished(mut self, file: &str) -> Survey {
        for (class, (place, count)) in self.unknown {
            let message =
                format!("rows of the class `{class}` have no counterpart; {count} are left out");
            let finding = Finding::new(Kind::NotUnderstood, "unknown-class", &place, message);
            self.survey.findings.push(finding);
        }
        if self.survey.languages.is_empty() {
            let message = "the file has no setting `language`";
            let place = Place::new(file, "");
            self.survey.findings.push(Finding::new(Kind::Doubtful, "language", &place, message));
        }
        self.survey
    }
}
