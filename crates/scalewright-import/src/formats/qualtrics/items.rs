//! Questions as items.

use scalewright_model::OptionValue;
use std::collections::BTreeMap;

use super::choices::{Entry, entries, translated};
use super::parts::{Asked, Branch, Items, Shape};
use super::{MOST_ITEMS, Reader};
use crate::finding::Kind;
use crate::form::Item;
use crate::json::Node;
use crate::texts::joined;
use crate::words::Words;

/// A question while it is read.
struct Question<'q, 'a> {
    node: &'q Node<'a>,
    /// The name of its column in data.
    tag: String,
    branches: Vec<Branch<'a>>,
    required: bool,
}

/// The keys of questions that are read, or that concern the screen and the editor.
const KNOWN: &[&str] = &[
    "AnalyzeChoices",
    "AnswerOrder",
    "Answers",
    "ChoiceDataExportTags",
    "ChoiceOrder",
    "Choices",
    "ClarifyingSymbol",
    "ClarifyingSymbolType",
    "ClarifyingText",
    "ColumnLabels",
    "Configuration",
    "DataExportTag",
    "DataVisibility",
    "DisplayLogic",
    "GradingData",
    "Graphics",
    "GraphicsDescription",
    "Labels",
    "Language",
    "NextAnswerId",
    "NextChoiceId",
    "QuestionDescription",
    "QuestionID",
    "QuestionText",
    "QuestionText_Unsafe",
    "QuestionType",
    "RecodeValues",
    "Selector",
    "SubSelector",
    "Validation",
    "VariableNaming",
];

impl<'a> Reader<'a> {
    /// A question of a block.
    pub(super) fn question(&mut self, id: &'a str, node: &Node<'a>, branches: &[Branch<'a>]) {
        let kind = node.get("QuestionType").text().unwrap_or_default();
        let selector = node.get("Selector").text().unwrap_or_default();
        let sub = node.get("SubSelector").text().unwrap_or_default();
        if kind == "DB" {
            return self.text(node, branches);
        }
        let settings = node.get("Validation").get("Settings");
        let question = Question {
            node,
            tag: node.get("DataExportTag").as_text().unwrap_or_else(|| id.to_owned()),
            branches: branches.to_vec(),
            required: settings.get("ForceResponse").text() == Some("ON"),
        };
        if self.shapes.contains_key(id) {
            let message = format!("`{}` is asked a second time; it is imported once", question.tag);
            return self.report(Kind::NotUnderstood, "repeated-question", node, message);
        }
        self.keys(node);
        let read = match (kind, selector) {
            ("Timing" | "Meta" | "Captcha", _) => Err("it is filled in by the platform".to_owned()),
            ("Matrix", "Likert") if sub == "MultipleAnswer" => {
                self.rows_of(&question, Self::several)
            }
            ("Matrix", "Likert") => self.rows_of(&question, Self::columns),
            ("Matrix", "TE") => self.rows_of(&question, Self::text_of),
            ("MC", "SAVR" | "SAHR" | "SACOL" | "DL" | "SB" | "NPS") => {
                self.one(&question, Self::choices)
            }
            ("MC", "MAVR" | "MAHR" | "MACOL" | "MSB") if self.split.contains(id) => {
                self.boxes(&question)
            }
            ("MC", "MAVR" | "MAHR" | "MACOL" | "MSB") => self.one(&question, Self::several_choices),
            ("TE", "FORM") => self.rows_of(&question, Self::text_of),
            ("TE", "SL" | "ML" | "ESTB") => self.one(&question, Self::text_of),
            ("Slider", "HSLIDER" | "HBAR") => self.sliders(&question),
            _ => Err(format!("questions of the type `{kind}/{selector}` have no counterpart")),
        };
        match read {
            Ok(shape) => {
                self.shapes.insert(id, shape);
            }
            Err(reason) => {
                let message = format!("`{}` is left out: {reason}", question.tag);
                self.report(Kind::NotUnderstood, "item", node, message);
            }
        }
    }

    /// A question that is one item.
    fn one(
        &mut self,
        question: &Question<'_, 'a>,
        answers: impl FnOnce(
            &mut Self,
            &Node<'a>,
            &str,
        ) -> Result<(usize, BTreeMap<String, OptionValue>), String>,
    ) -> Result<Shape, String> {
        let (response, values) = answers(self, question.node, &question.tag)?;
        let section = self.section(&question.tag);
        let stem = self.stem(question.node);
        let item = self.add(question, None, &question.tag, stem, (response, section))?;
        Ok(Shape { items: Items::One(item), values })
    }

    /// The words of a question.
    fn stem(&mut self, node: &Node<'a>) -> Words {
        let own = node.get("QuestionText");
        self.words(node, &own, 4000, |translated| translated.get("QuestionText").as_text())
    }

    /// The words of an entry of a question.
    fn label(&mut self, node: &Node<'a>, key: &str, entry: &Entry<'a>, most: usize) -> Words {
        let id = entry.id.clone();
        let own = entry.node.get("Display");
        if entry.node.get("TextEntry").as_text().is_some_and(|text| text == "true") {
            let message = "the text that respondents can add to this choice is left out";
            self.report(Kind::NotUnderstood, "text-entry", &entry.node, message);
        }
        self.words(node, &own, most, |question| translated(key, &id, question))
    }

    /// The words of a choice or an answer that is an option.
    pub(super) fn option_words(&mut self, node: &Node<'a>, key: &str, entry: &Entry<'a>) -> Words {
        self.label(node, key, entry, 300)
    }

    /// A question whose rows are items.
    fn rows_of(
        &mut self,
        question: &Question<'_, 'a>,
        answers: impl FnOnce(
            &mut Self,
            &Node<'a>,
            &str,
        ) -> Result<(usize, BTreeMap<String, OptionValue>), String>,
    ) -> Result<Shape, String> {
        let (response, values) = answers(self, question.node, &question.tag)?;
        let section = self.matrix_section(question.node, &question.tag);
        self.rows(question, response, section, values)
    }

    fn rows(
        &mut self,
        question: &Question<'_, 'a>,
        response: usize,
        section: Option<usize>,
        values: BTreeMap<String, OptionValue>,
    ) -> Result<Shape, String> {
        let node = question.node;
        let mut rows = BTreeMap::new();
        for (index, row) in entries(node, "Choices", "ChoiceOrder").iter().enumerate() {
            let stem = self.label(node, "Choices", row, 4000);
            let own = node.get("ChoiceDataExportTags").get(&row.id).as_text();
            let column = own
                .filter(|tag| !tag.trim().is_empty())
                .unwrap_or_else(|| format!("{}_{}", question.tag, index + 1));
            let item = self.add(question, Some(&row.node), &column, stem, (response, section))?;
            rows.insert(row.id.clone(), item);
        }
        Ok(Shape { items: Items::Rows(rows), values })
    }

    /// One slider, or several as the rows of a question.
    fn sliders(&mut self, question: &Question<'_, 'a>) -> Result<Shape, String> {
        let node = question.node;
        let response = self.slider(node, &question.tag)?;
        let rows = entries(node, "Choices", "ChoiceOrder");
        let [row] = rows.as_slice() else {
            let section = self.matrix_section(node, &question.tag);
            return self.rows(question, response, section, BTreeMap::new());
        };
        let section = self.section(&question.tag);
        let stem = self.stem(node);
        let stem = joined(&stem, &self.label(node, "Choices", row, 4000));
        let own = node.get("ChoiceDataExportTags").get(&row.id).as_text();
        let column = own.unwrap_or_else(|| format!("{}_{}", question.tag, row.id));
        let item = self.add(question, None, &column, stem, (response, section))?;
        Ok(Shape {
            items: Items::Rows(BTreeMap::from([(row.id.clone(), item)])),
            values: BTreeMap::new(),
        })
    }

    /// A question with several answers for which conditions or grades ask one by one.
    fn boxes(&mut self, question: &Question<'_, 'a>) -> Result<Shape, String> {
        let node = question.node;
        let response = self.tick(node);
        let section = self.section(&question.tag);
        let words = self.stem(node);
        let mut boxes = BTreeMap::new();
        for choice in entries(node, "Choices", "ChoiceOrder") {
            let stem = joined(&words, &self.label(node, "Choices", &choice, 300));
            let column = format!("{}_{}", question.tag, choice.id);
            let item =
                self.add(question, Some(&choice.node), &column, stem, (response, section))?;
            if let Some(item) = self.form.items.get_mut(item) {
                item.required = false;
            }
            boxes.insert(choice.id, item);
        }
        let message = format!(
            "conditions or grades ask for single choices of `{}`: each is an item with the answers yes and no",
            question.tag
        );
        self.report(Kind::Changed, "options-as-items", node, message);
        Ok(Shape { items: Items::Boxes(boxes), values: BTreeMap::new() })
    }

    fn add(
        &mut self,
        question: &Question<'_, 'a>,
        row: Option<&Node<'a>>,
        column: &str,
        stem: Words,
        (response, section): (usize, Option<usize>),
    ) -> Result<usize, String> {
        let position = self.form.items.len();
        if position >= MOST_ITEMS {
            return Err(format!("the survey has more than {MOST_ITEMS} items"));
        }
        let mut branches = question.branches.clone();
        let own = [Some(question.node), row].into_iter().flatten();
        for node in own.filter(|node| node.has("DisplayLogic")) {
            branches.push(Branch::If(node.get("DisplayLogic")));
        }
        if branches.iter().any(|branch| matches!(branch, Branch::If(_))) {
            self.asked.push(Asked { item: position, branches });
        }
        self.form.items.push(Item {
            id: self.ids.item(column),
            column: column.to_owned(),
            number: None,
            stem,
            response,
            section,
            required: question.required,
            condition: None,
            place: row.unwrap_or(question.node).place(),
        });
        Ok(position)
    }

    /// Notes the keys of a question that have no counterpart.
    fn keys(&mut self, node: &Node<'a>) {
        for (key, value) in node.entries() {
            let is_off = value.value().is_null()
                || value.truth() == Some(false)
                || value.as_text().is_some_and(|text| text.trim().is_empty())
                || value.table().is_some_and(serde_json::Map::is_empty)
                || value.value().as_array().is_some_and(Vec::is_empty);
            if !is_off && !KNOWN.contains(&key) {
                self.keys.entry(key).or_insert_with(|| (value.place(), 0)).1 += 1;
            }
        }
    }

    /// One finding for each key that is left out.
    pub(super) fn key_findings(&mut self) {
        for (key, (place, count)) in std::mem::take(&mut self.keys) {
            let unit = if count == 1 { "question" } else { "questions" };
            if matches!(key, "Randomization" | "AnswerRandomization") {
                let message = format!(
                    "`{key}` of {count} {unit} changes the order on the screen; ours keeps that of the file"
                );
                self.report_at(Kind::Note, "order", &place, message);
            } else {
                let message =
                    format!("`{key}` of {count} {unit} has no counterpart and is left out");
                self.report_at(Kind::NotUnderstood, "unknown-key", &place, message);
            }
        }
    }
}
