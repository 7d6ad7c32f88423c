//! Questions that are several items: matrices, lists of texts, and checkboxes that expressions look into.

use super::Reader;
use super::elements::State;
use super::questions::{Asked, is_required};
use crate::around::Around;
use crate::finding::Kind;
use crate::form::{Choice, ResponseKind};
use crate::json::Node;
use crate::words::Words;

impl<'a> Reader<'a> {
    /// A matrix: each row is an item.
    pub(super) fn matrix(&mut self, element: &Node<'a>, name: &str, state: &mut State<'a>) {
        let rows: Vec<Node<'a>> = element.get("rows").list().collect();
        if rows.is_empty() {
            self.report(
                Kind::NotUnderstood,
                "no-rows",
                element,
                format!("the matrix `{name}` has no rows, and is left out"),
            );
            return;
        }
        let Some(response) = self.columns(element, name) else { return };
        let around = self.above(element, state);
        state.section = element.get("name").text().or(state.section);
        let each = |key: &str| element.get(key).truth() == Some(true);
        let required = each("isAllRowRequired") || each("eachRowRequired");
        if is_required(element) && !required {
            self.report(
                Kind::Note,
                "required",
                &element.get("isRequired"),
                format!(
                    "the matrix `{name}` requires an answer in one row, which has no counterpart"
                ),
            );
        }
        for (index, row) in rows.iter().enumerate() {
            self.left_out.keys(row, "a row", &["value", "text", "visibleIf"]);
            let value = row.get("value").as_text().or_else(|| row.as_text());
            let value = value.unwrap_or_else(|| (index + 1).to_string());
            let stem = self.words_of(row);
            let before = state.conditions.len();
            let condition = row.get("visibleIf");
            state
                .conditions
                .extend(condition.text().map(|text| (text.to_owned(), condition.place())));
            let full = format!("{name}.{value}");
            let id = self.row_id(name, &value, index);
            self.add_around(
                row,
                Asked { name: &full, id: &id, stem, response, required },
                &around,
                state,
            );
            state.conditions.truncate(before);
        }
        self.comments(element, name, state);
    }

    /// What is printed around the rows of a question: its words are the lead-in.
    fn above(&mut self, element: &Node<'a>, state: &State<'a>) -> Around {
        let is_hidden = element.get("titleLocation").text() == Some("hidden");
        let mut around = state.around.clone();
        if !is_hidden {
            let title = self.texts.words(&element.get("title"));
            around.lead_in = title.then(&self.texts.words(&element.get("description")));
        }
        around
    }

    /// The id of a row: its value, if that is a word that no other question or row has.
    fn row_id(&self, name: &str, value: &str, index: usize) -> String {
        let is_word = value.len() <= 40
            && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
        let begins = value.starts_with(|letter: char| letter.is_ascii_alphabetic());
        match (is_word, begins) {
            (true, true) if !self.is_taken(value) => value.to_owned(),
            (true, _) => format!("{name}_{value}"),
            (false, _) => format!("{name}_{}", index + 1),
        }
    }

    /// Whether a question, or a row before, has this name.
    fn is_taken(&self, value: &str) -> bool {
        let end = format!(".{value}");
        self.form.items.iter().any(|item| item.column == value || item.column.ends_with(&end))
            || self.form.scores.iter().any(|score| score.column == value)
    }

    fn columns(&mut self, element: &Node<'a>, name: &str) -> Option<usize> {
        let columns = element.get("columns");
        let signature = format!("matrix {}", columns.value());
        if let Some(known) = self.answers.get(&signature) {
            return Some(*known);
        }
        let choices = self.listed(&columns);
        if choices.is_empty() {
            let message = format!("there are no columns, so that `{name}` is left out");
            self.report(Kind::NotUnderstood, "answers", element, message);
            return None;
        }
        let position = self.add_response(ResponseKind::Coded(choices), name, element);
        self.answers.insert(signature, position);
        Some(position)
    }

    /// A list of short texts.
    pub(super) fn several_texts(&mut self, element: &Node<'a>, name: &str, state: &mut State<'a>) {
        let around = self.above(element, state);
        state.section = element.get("name").text().or(state.section);
        for item in element.get("items").list() {
            let Some(own) = item.get("name").text() else {
                self.report(
                    Kind::NotUnderstood,
                    "no-name",
                    &item,
                    "a text without a name is left out",
                );
                continue;
            };
            self.left_out.keys(&item, "a text of a list", super::keys::QUESTION);
            let Some(response) = self.response(&item, "text", own) else { continue };
            let stem = self.stem(&item);
            let (full, id) = (format!("{name}.{own}"), format!("{name}_{own}"));
            let required = is_required(&item);
            self.add_around(
                &item,
                Asked { name: &full, id: &id, stem, response, required },
                &around,
                state,
            );
        }
    }

    /// A question with several answers: one item, or a yes-no item for each option if an expression looks into it.
    pub(super) fn checkbox(&mut self, element: &Node<'a>, name: &str, state: &mut State<'a>) {
        let is_split = self.mentioned.has(name);
        let Some(response) = self.response(element, "checkbox", name) else { return };
        if !is_split {
            let stem = self.stem(element);
            let required = is_required(element);
            self.add(element, Asked { name, id: name, stem, response, required }, state);
            return self.comments(element, name, state);
        }
        let choices = match &self.form.responses[response].kind {
            ResponseKind::Several(choices) => choices.clone(),
            _ => Vec::new(),
        };
        self.report(
            Kind::Changed,
            "split",
            element,
            format!("each option of `{name}` is a yes-no item, because an expression uses the answer; an option that is not ticked is no"),
        );
        let yes_no = self.yes_no_of_ticks(element);
        let mut around = self.above(element, state);
        if around.lead_in.is_empty() {
            around.lead_in = self.stem(element);
        }
        state.section = element.get("name").text().or(state.section);
        for choice in &choices {
            self.tick(element, name, choice, yes_no, &around, state);
        }
        self.comments(element, name, state);
    }

    fn tick(
        &mut self,
        element: &Node<'a>,
        name: &str,
        choice: &Choice,
        response: usize,
        around: &Around,
        state: &mut State<'a>,
    ) {
        let Choice { value: _, stored, label, non_response: _ } = choice;
        let stem = if label.is_empty() { Words::only(stored) } else { label.clone() };
        let (full, id) = (format!("{name}[{stored}]"), format!("{name}_{stored}"));
        let asked = Asked { name: &full, id: &id, stem, response, required: false };
        if let Some(position) = self.add_around(element, asked, around, state) {
            self.ticks.insert((name.to_lowercase(), stored.clone()), position);
        }
    }

    /// The response scale of options that are ticked or not.
    fn yes_no_of_ticks(&mut self, element: &Node<'a>) -> usize {
        let signature = "ticks";
        if let Some(known) = self.answers.get(signature) {
            return *known;
        }
        let kind = ResponseKind::YesNo { yes: Words::default(), no: Words::default() };
        let position = self.add_response(kind, "ticked", element);
        self.answers.insert(signature.to_owned(), position);
        position
    }
}
