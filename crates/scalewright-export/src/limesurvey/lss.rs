//! The XML structure, as tables of LimeSurvey's database.

use std::fmt::Write;

use super::model::{Question, Survey};
use super::settings::settings;

/// The version of the database that the tables are those of: LimeSurvey 6.4.
const VERSION: &str = "620";
/// The number of the survey. LimeSurvey gives every imported survey another one if it is in use.
const SURVEY: &str = "123456";

/// The file.
pub(super) fn bytes(survey: &Survey) -> Vec<u8> {
    let mut tables = Tables::default();
    tables.fill(survey);
    let mut text = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<document>\n <LimeSurveyDocType>Survey</LimeSurveyDocType>\n \
         <DBVersion>{VERSION}</DBVersion>\n <languages>\n"
    );
    for language in &survey.languages {
        _ = writeln!(text, "  <language>{language}</language>");
    }
    text.push_str(" </languages>\n");
    for (name, rows) in tables.named() {
        table(&mut text, name, rows);
    }
    text.push_str("</document>\n");
    text.into_bytes()
}

/// A row of a table: names of columns and their values.
type Row = Vec<(&'static str, String)>;

/// The tables.
#[derive(Default)]
struct Tables {
    answers: Vec<Row>,
    answer_words: Vec<Row>,
    groups: Vec<Row>,
    group_words: Vec<Row>,
    questions: Vec<Row>,
    subquestions: Vec<Row>,
    question_words: Vec<Row>,
    attributes: Vec<Row>,
    surveys: Vec<Row>,
    survey_words: Vec<Row>,
    /// The number of the last question or row.
    last: usize,
}

impl Tables {
    fn named(&self) -> [(&'static str, &Vec<Row>); 10] {
        [
            ("answers", &self.answers),
            ("answer_l10ns", &self.answer_words),
            ("groups", &self.groups),
            ("group_l10ns", &self.group_words),
            ("questions", &self.questions),
            ("subquestions", &self.subquestions),
            ("question_l10ns", &self.question_words),
            ("question_attributes", &self.attributes),
            ("surveys", &self.surveys),
            ("surveys_languagesettings", &self.survey_words),
        ]
    }

    fn fill(&mut self, survey: &Survey) {
        let mut own: Row = vec![("sid", SURVEY.to_owned())];
        own.extend(settings(survey));
        self.surveys.push(own);
        for (at, language) in survey.languages.iter().enumerate() {
            self.survey_words.push(vec![
                ("surveyls_survey_id", SURVEY.to_owned()),
                ("surveyls_language", language.clone()),
                ("surveyls_title", survey.title.at(at).to_owned()),
                ("surveyls_dateformat", "6".to_owned()),
                ("surveyls_numberformat", "0".to_owned()),
            ]);
        }
        for (position, group) in survey.groups.iter().enumerate() {
            let id = (position + 1).to_string();
            self.groups.push(vec![
                ("gid", id.clone()),
                ("sid", SURVEY.to_owned()),
                ("group_order", id.clone()),
                ("randomization_group", String::new()),
                ("grelevance", "1".to_owned()),
            ]);
            for (at, language) in survey.languages.iter().enumerate() {
                self.group_words.push(vec![
                    ("id", (self.group_words.len() + 1).to_string()),
                    ("gid", id.clone()),
                    ("group_name", group.name.at(at).to_owned()),
                    ("description", group.description.at(at).to_owned()),
                    ("language", language.clone()),
                    ("sid", SURVEY.to_owned()),
                    ("group_order", id.clone()),
                    ("randomization_group", String::new()),
                    ("grelevance", "1".to_owned()),
                ]);
            }
            for (order, question) in group.questions.iter().enumerate() {
                self.question(survey, &id, order + 1, question);
            }
        }
    }

    fn question(&mut self, survey: &Survey, group: &str, order: usize, question: &Question) {
        let own = self.entry(group, "0", (question.kind, &question.code), order);
        let id = self.last.to_string();
        let mut own = own;
        own.extend([
            ("preg", question.validation.to_owned()),
            ("mandatory", if question.mandatory { "Y" } else { "N" }.to_owned()),
            ("relevance", question.relevance().to_owned()),
        ]);
        self.questions.push(own);
        self.words(survey, &id, &question.text.0);
        for attribute in question.all_attributes() {
            let language = attribute.language.map(|at| survey.languages[at].clone());
            self.attributes.push(vec![
                ("qid", id.clone()),
                ("attribute", attribute.name.to_owned()),
                ("value", attribute.value.to_owned()),
                ("language", language.unwrap_or_default()),
            ]);
        }
        for (order, row) in question.rows.iter().enumerate() {
            let mut own = self.entry(group, &id, (question.kind, &row.code), order + 1);
            own.push(("relevance", "1".to_owned()));
            self.subquestions.push(own);
            self.words(survey, &self.last.to_string(), &row.text.0);
        }
        for (order, answer) in question.answers.iter().enumerate() {
            let number = (self.answers.len() + 1).to_string();
            self.answers.push(vec![
                ("aid", number.clone()),
                ("qid", id.clone()),
                ("code", answer.code.clone()),
                ("sortorder", (order + 1).to_string()),
                ("assessment_value", answer.value.as_whole().unwrap_or_default().to_string()),
                ("scale_id", "0".to_owned()),
            ]);
            for (at, language) in survey.languages.iter().enumerate() {
                self.answer_words.push(vec![
                    ("id", (self.answer_words.len() + 1).to_string()),
                    ("aid", number.clone()),
                    ("answer", answer.text.at(at).to_owned()),
                    ("language", language.clone()),
                ]);
            }
        }
    }

    /// A row of the tables of questions and subquestions.
    fn entry(
        &mut self,
        group: &str,
        parent: &str,
        (kind, code): (&str, &str),
        order: usize,
    ) -> Row {
        self.last += 1;
        vec![
            ("qid", self.last.to_string()),
            ("parent_qid", parent.to_owned()),
            ("sid", SURVEY.to_owned()),
            ("gid", group.to_owned()),
            ("type", kind.to_owned()),
            ("title", code.to_owned()),
            ("other", "N".to_owned()),
            ("encrypted", "N".to_owned()),
            ("question_order", order.to_string()),
            ("scale_id", "0".to_owned()),
            ("same_default", "0".to_owned()),
        ]
    }

    fn words(&mut self, survey: &Survey, id: &str, texts: &[String]) {
        for (at, language) in survey.languages.iter().enumerate() {
            self.question_words.push(vec![
                ("id", (self.question_words.len() + 1).to_string()),
                ("qid", id.to_owned()),
                ("question", texts.get(at).cloned().unwrap_or_default()),
                ("help", String::new()),
                ("script", String::new()),
                ("language", language.clone()),
            ]);
        }
    }
}

fn table(text: &mut String, name: &str, rows: &[Row]) {
    let Some(first) = rows.first() else { return };
    _ = writeln!(text, " <{name}>\n  <fields>");
    for (field, _) in first {
        _ = writeln!(text, "   <fieldname>{field}</fieldname>");
    }
    text.push_str("  </fields>\n  <rows>\n");
    for row in rows {
        text.push_str("   <row>\n");
        for (field, value) in row {
            match value.is_empty() {
                true => _ = writeln!(text, "    <{field}/>"),
                false => _ = writeln!(text, "    <{field}>{}</{field}>", cdata(value)),
            }
        }
        text.push_str("   </row>\n");
    }
    _ = writeln!(text, "  </rows>\n </{name}>");
}

/// A value as character data.
fn cdata(value: &str) -> String {
    format!("<![CDATA[{}]]>", value.replace("]]>", "]]]]><![CDATA[>"))
}
