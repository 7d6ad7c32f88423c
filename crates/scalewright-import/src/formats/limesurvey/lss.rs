//! Survey archives (`.lss`): the tables of LimeSurvey's database as XML.
//!
//! Until database version 400 the texts are in the tables of questions and answers, one row for each language; since then
//! they have tables of their own, `*_l10ns`.

use std::collections::{BTreeMap, HashMap};

use roxmltree::Node;
use scalewright_model::Stop;

use super::survey::{Answer, Group, Origin, Question, Row, Survey, end_text};
use crate::finding::{Finding, Kind};
use crate::words::Words;

/// The most nodes of a document.
const MOST_NODES: u32 = 10_000_000;

/// The tables that are read, or that only concern how a survey is run.
const TABLES: &[&str] = &[
    "answers",
    "answer_l10ns",
    "conditions",
    "groups",
    "group_l10ns",
    "questions",
    "subquestions",
    "question_l10ns",
    "question_attributes",
    "surveys",
    "surveys_languagesettings",
    "survey_url_parameters",
    "surveys_texts",
    "themes",
    "themes_inherited",
    "permissions",
    "languages",
];

/// Whether a text is a survey archive.
pub(super) fn recognises(text: &str) -> bool {
    let start = text.trim_start();
    let head: String = start.chars().take(2000).collect();
    start.starts_with('<') && head.contains("<LimeSurveyDocType>Survey<")
}

/// Reads a survey archive.
///
/// # Errors
///
/// Returns a stop if the XML has an error.
pub(super) fn read(file: &str, text: &str) -> Result<Survey, Stop> {
    let settings = roxmltree::ParsingOptions {
        allow_dtd: false,
        nodes_limit: MOST_NODES,
        ..Default::default()
    };
    let document = roxmltree::Document::parse_with_options(text, settings).map_err(|error| {
        let at = error.pos();
        Stop::wrong(format!("{file}:{}:{}: the XML has an error: {error}", at.row, at.col))
    })?;
    let archive = Archive::of(file, text, &document);
    Ok(archive.survey())
}

/// A row of a table.
#[derive(Debug, Default)]
struct Record<'a> {
    cells: HashMap<&'a str, String>,
    origin: Origin,
}

impl Record<'_> {
    fn get(&self, name: &str) -> &str {
        self.cells.get(name).map_or("", String::as_str)
    }

    fn owned(&self, name: &str) -> String {
        self.get(name).trim().to_owned()
    }

    /// The position of the row among others.
    fn order(&self, name: &str) -> (i64, i64) {
        let number = |name: &str| self.get(name).trim().parse().unwrap_or(0);
        (number("scale_id"), number(name))
    }
}

/// The tables of an archive.
struct Archive<'a> {
    tables: HashMap<&'a str, Vec<Record<'a>>>,
    findings: Vec<Finding>,
}

impl<'a> Archive<'a> {
    fn of(file: &'a str, text: &str, document: &'a roxmltree::Document<'a>) -> Self {
        let ends: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        let mut archive = Self { tables: HashMap::new(), findings: Vec::new() };
        for table in document.root_element().children().filter(Node::is_element) {
            let rows = table.children().filter(|child| child.tag_name().name() == "rows");
            let records: Vec<_> = rows
                .flat_map(|rows| rows.children().filter(Node::is_element))
                .map(|row| {
                    let number = ends.partition_point(|end| *end < row.range().start) + 1;
                    record(row, Origin { file: file.to_owned(), number, is_xml: true })
                })
                .collect();
            let name = table.tag_name().name();
            if let (Some(first), false) = (records.first(), TABLES.contains(&name)) {
                let message = format!(
                    "the table `{name}` has no counterpart; its {} rows are left out",
                    records.len()
                );
                let place = first.origin.place();
                archive.findings.push(Finding::new(
                    Kind::NotUnderstood,
                    "unknown-table",
                    &place,
                    message,
                ));
            }
            archive.tables.entry(name).or_default().extend(records);
        }
        archive
    }

    fn rows(&self, table: &str) -> &[Record<'a>] {
        self.tables.get(table).map_or(&[], Vec::as_slice)
    }

    /// The texts in a column of a table, by the row's key.
    fn texts(&self, tables: [&str; 2], key: &str, column: &str) -> HashMap<String, Words> {
        let mut texts: HashMap<String, Words> = HashMap::new();
        for record in tables.iter().flat_map(|table| self.rows(table)) {
            let text = record.get(column);
            if !text.is_empty() {
                let words = texts.entry(record.owned(key)).or_default();
                words.add(record.get("language").trim(), text);
            }
        }
        texts
    }

    fn survey(mut self) -> Survey {
        let mut survey = Survey { source: "survey archive (.lss)", ..Survey::default() };
        self.head(&mut survey);
        let main = survey.languages.first().cloned().unwrap_or_default();
        survey.groups = self.groups(&main);
        survey.findings = std::mem::take(&mut self.findings);
        let texts = self.rows("surveys_languagesettings").iter();
        for record in texts.filter(|record| !record.get("surveyls_endtext").trim().is_empty()) {
            survey.findings.push(end_text(&record.origin.part("surveyls_endtext")));
        }
        survey
    }

    fn head(&self, survey: &mut Survey) {
        if let Some(record) = self.rows("surveys").first() {
            survey.languages.push(record.owned("language"));
            let others = record.get("additional_languages").split_whitespace();
            survey.languages.extend(others.map(str::to_owned));
            survey.languages.retain(|language| !language.is_empty());
        }
        for record in self.rows("surveys_languagesettings") {
            let language = record.owned("surveyls_language");
            for (words, column) in [
                (&mut survey.title, "surveyls_title"),
                (&mut survey.description, "surveyls_description"),
                (&mut survey.welcome, "surveyls_welcometext"),
            ] {
                words.add(&language, record.get(column));
            }
        }
        if survey.languages.is_empty() {
            let first = self.rows("surveys_languagesettings").first();
            survey.languages.extend(first.map(|record| record.owned("surveyls_language")));
        }
    }

    /// The rows of a table in their order, each key once: old tables have a row for each language.
    fn once(&self, table: &str, main: &str, key: &[&str], order: &str) -> Vec<&Record<'a>> {
        let mut rows: Vec<&Record<'a>> = self.rows(table).iter().collect();
        rows.sort_by_key(|record| {
            let language = record.get("language").trim();
            (!(language.is_empty() || language == main), record.order(order))
        });
        let mut seen = std::collections::HashSet::new();
        rows.retain(|record| {
            let key: Vec<String> = key.iter().map(|name| record.owned(name)).collect();
            seen.insert(key)
        });
        rows
    }

    fn groups(&mut self, main: &str) -> Vec<Group> {
        let mut questions = self.questions(main);
        let titles = self.texts(["groups", "group_l10ns"], "gid", "group_name");
        let descriptions = self.texts(["groups", "group_l10ns"], "gid", "description");
        let rows = self.once("groups", main, &["gid"], "group_order");
        let groups = rows.into_iter().map(|record| {
            let id = record.owned("gid");
            Group {
                title: titles.get(&id).cloned().unwrap_or_default(),
                description: descriptions.get(&id).cloned().unwrap_or_default(),
                relevance: record.owned("grelevance"),
                questions: questions.remove(&id).unwrap_or_default(),
                origin: record.origin.clone(),
            }
        });
        let groups = groups.collect();
        for question in questions.into_values().flatten() {
            let message = format!("`{}` is in no group and is left out", question.code);
            let place = question.origin.place();
            self.findings.push(Finding::new(Kind::NotUnderstood, "no-group", &place, message));
        }
        groups
    }

    /// The questions of each group, by the group's number.
    fn questions(&self, main: &str) -> BTreeMap<String, Vec<Question>> {
        let texts = self.texts(["questions", "question_l10ns"], "qid", "question");
        let helps = self.texts(["questions", "question_l10ns"], "qid", "help");
        let mut rows = self.subquestions(main);
        let mut answers = self.answers(main);
        let mut attributes = self.attributes();
        let conditions: std::collections::HashSet<String> =
            self.rows("conditions").iter().map(|record| record.owned("qid")).collect();
        let mut questions: BTreeMap<String, Vec<Question>> = BTreeMap::new();
        for record in self.once("questions", main, &["qid"], "question_order") {
            let parent = record.get("parent_qid").trim();
            if !matches!(parent, "" | "0") {
                continue;
            }
            let (id, group) = (record.owned("qid"), record.owned("gid"));
            let mut attributes = attributes.remove(&id).unwrap_or_default();
            if !record.get("preg").is_empty() {
                attributes.insert("validation".to_owned(), record.owned("preg"));
            }
            questions.entry(group.clone()).or_default().push(Question {
                code: record.owned("title"),
                kind: record.owned("type"),
                text: texts.get(&id).cloned().unwrap_or_default(),
                help: helps.get(&id).cloned().unwrap_or_default(),
                relevance: record.owned("relevance"),
                mandatory: record.owned("mandatory"),
                other: record.get("other").trim() == "Y",
                attributes,
                rows: rows.remove(&id).unwrap_or_default(),
                answers: answers.remove(&id).unwrap_or_default(),
                numbered: format!("{}X{group}X{id}", record.owned("sid")),
                has_conditions: conditions.contains(&id),
                origin: record.origin.clone(),
            });
        }
        questions
    }

    fn subquestions(&self, main: &str) -> HashMap<String, Vec<Row>> {
        let mut texts = self.texts(["subquestions", "question_l10ns"], "qid", "question");
        let mut rows: HashMap<String, Vec<Row>> = HashMap::new();
        for record in self.once("subquestions", main, &["qid"], "question_order") {
            rows.entry(record.owned("parent_qid")).or_default().push(Row {
                scale: record.owned("scale_id"),
                code: record.owned("title"),
                text: texts.remove(&record.owned("qid")).unwrap_or_default(),
                relevance: record.owned("relevance"),
                origin: record.origin.clone(),
            });
        }
        rows
    }

    fn answers(&self, main: &str) -> HashMap<String, Vec<Answer>> {
        // Answers of old files have no number of their own.
        let mut old: HashMap<[String; 3], Words> = HashMap::new();
        let key = |record: &Record<'_>| ["qid", "scale_id", "code"].map(|name| record.owned(name));
        for record in self.rows("answers") {
            let words = old.entry(key(record)).or_default();
            words.add(record.get("language").trim(), record.get("answer"));
        }
        let mut new = self.texts(["answer_l10ns", ""], "aid", "answer");
        let mut answers: HashMap<String, Vec<Answer>> = HashMap::new();
        for record in self.once("answers", main, &["qid", "scale_id", "code"], "sortorder") {
            let own = new.remove(&record.owned("aid"));
            answers.entry(record.owned("qid")).or_default().push(Answer {
                scale: record.owned("scale_id"),
                code: record.owned("code"),
                text: own.or_else(|| old.remove(&key(record))).unwrap_or_default(),
                value: record.owned("assessment_value"),
            });
        }
        answers
    }

    fn attributes(&self) -> HashMap<String, BTreeMap<String, String>> {
        let mut attributes: HashMap<String, BTreeMap<String, String>> = HashMap::new();
        for record in self.rows("question_attributes") {
            let value = record.get("value");
            if !value.trim().is_empty() {
                let of_question = attributes.entry(record.owned("qid")).or_default();
                of_question.entry(record.owned("attribute")).or_insert_with(|| value.to_owned());
            }
        }
        for record in self.rows("defaultvalues") {
            let of_question = attributes.entry(record.owned("qid")).or_default();
            of_question.insert("default".to_owned(), record.owned("defaultvalue"));
        }
        attributes
    }
}

/// The cells of a row.
fn record<'a>(row: Node<'a, 'a>, origin: Origin) -> Record<'a> {
    let cells = row.children().filter(Node::is_element).map(|cell| {
        let text: String = cell.children().filter_map(|part| part.text()).collect();
        (cell.tag_name().name(), text)
    });
    Record { cells: cells.collect(), origin }
}
