//! Questions as items.

use super::answers::separator;
use super::{MOST_ITEMS, Reader, names, together};
use crate::expr::Bound;
use crate::finding::Kind;
use crate::form::Item;
use crate::formats::limesurvey::survey::{Group, Question, Row, is_always};
use crate::texts::joined;
use crate::words::Words;

impl<'a> Reader<'a> {
    /// A question.
    pub(super) fn question(&mut self, group: &'a Group, question: &'a Question) {
        if question.kind == "X" {
            return self.text(group, question);
        }
        if question.is_equation() {
            return self.equation(group, question);
        }
        self.note_attributes(question);
        self.old_conditions(question);
        if question.is_hidden() {
            return self.leave_out(question, "respondents do not see it");
        }
        self.additions(question);
        let relevance = together(&[&group.relevance, &question.relevance]);
        let read = match question.kind.as_str() {
            "F" | "H" | "A" | "B" | "C" | "E" => self.array(question, relevance.as_deref()),
            "1" => self.dual(question, relevance.as_deref()),
            "Q" | "K" => self.list(question, relevance.as_deref()),
            "M" | "P" => self.several(question, relevance.as_deref()),
            _ => self.single(question, relevance.as_deref()),
        };
        if let Err(reason) = read {
            self.leave_out(question, &reason);
        }
    }

    fn leave_out(&mut self, question: &'a Question, reason: &str) {
        let message = format!("`{}` is left out: {reason}", question.code);
        self.report(Kind::NotUnderstood, "item", &question.origin.place(), message);
    }

    /// Reports conditions of the kind that came before relevance, unless the relevance repeats them.
    fn old_conditions(&mut self, question: &'a Question) {
        if question.has_conditions && is_always(&question.relevance) {
            let message = format!(
                "`{}` has conditions, but no relevance; they are left out, and the item is always asked",
                question.code
            );
            let place = question.origin.place();
            self.report(Kind::NotUnderstood, "conditions", &place, message);
        }
    }

    /// Reports what respondents can add to their answer.
    fn additions(&mut self, question: &'a Question) {
        let place = question.origin.place();
        let code = &question.code;
        if question.other {
            let message = format!("the answer `Other` of `{code}` with its text is left out");
            self.report(Kind::NotUnderstood, "other", &question.origin.part("other"), message);
        }
        if matches!(question.kind.as_str(), "O" | "P") {
            let message = format!("the comments on answers to `{code}` are left out");
            self.report(Kind::NotUnderstood, "comment", &place, message);
        }
        if question.mandatory == "S" {
            let message =
                format!("respondents can skip `{code}` after a warning; it is not required");
            self.report(Kind::Note, "soft-mandatory", &question.origin.part("mandatory"), message);
        }
    }

    fn single(&mut self, question: &'a Question, relevance: Option<&str>) -> Result<(), String> {
        let response = self.response(question)?;
        let section = self.section(question);
        let stem = self.stem(question);
        let id = self.ids.item(&question.code);
        self.add(question, None, ("", id, stem), response, section, relevance);
        Ok(())
    }

    /// The words of a single question, with its help.
    fn stem(&mut self, question: &'a Question) -> Words {
        let stem = self.words(&question.text, 4000, &question.origin.part("text"));
        let place = question.origin.part("help");
        let help = self.words(&question.help, 4000, &place);
        if !help.is_empty() {
            let message = format!("the help of `{}` follows its words", question.code);
            self.report(Kind::Changed, "note", &place, message);
        }
        joined(&stem, &help)
    }

    /// The rows of an array.
    fn array(&mut self, question: &'a Question, relevance: Option<&str>) -> Result<(), String> {
        let response = self.response(question)?;
        let section = self.array_section(question);
        for row in &question.rows {
            self.row(question, row, (&row.code, response), section, relevance);
        }
        Ok(())
    }

    /// The rows of an array with two answers each.
    fn dual(&mut self, question: &'a Question, relevance: Option<&str>) -> Result<(), String> {
        let first = self.listed(question, "0")?;
        let second = self.listed(question, "1")?;
        let section = self.array_section(question);
        for row in &question.rows {
            for (scale, response) in [("0", first), ("1", second)] {
                let code = format!("{}_{scale}", row.code);
                self.row(question, row, (&code, response), section, relevance);
            }
        }
        let message = format!("each row of `{}` has two answers and is two items", question.code);
        self.report(Kind::Changed, "two-answers", &question.origin.place(), message);
        Ok(())
    }

    /// Several texts, numbers or sliders. A single slider is an item with the words of its question.
    fn list(&mut self, question: &'a Question, relevance: Option<&str>) -> Result<(), String> {
        let response = self.response(question)?;
        let is_slider = question.attribute("slider_layout") == "1";
        if let ([row], true) = (question.rows.as_slice(), is_slider) {
            let section = self.section(question);
            let mut stem = self.stem(question);
            stem = joined(&stem, &own_words(question, row));
            let id = self.ids.named(&question.code, &names::column(question, &row.code));
            self.add(question, Some(row), (&row.code, id, stem), response, section, relevance);
            return Ok(());
        }
        let section = self.array_section(question);
        for row in &question.rows {
            self.row(question, row, (&row.code, response), section, relevance);
        }
        Ok(())
    }

    /// A row as an item, called `code` and answered by `response`.
    fn row(
        &mut self,
        question: &'a Question,
        row: &'a Row,
        (code, response): (&str, usize),
        section: Option<usize>,
        relevance: Option<&str>,
    ) {
        let words = if question.attribute("slider_layout") == "1" {
            own_words(question, row)
        } else {
            row.text.clone()
        };
        let stem = self.words(&words, 4000, &row.origin.part("text"));
        let id = self.ids.named(&names::wanted(question, code), &names::column(question, code));
        self.add(question, Some(row), (code, id, stem), response, section, relevance);
    }

    /// A question with several answers: one item, or an item for each option if expressions ask for options.
    fn several(&mut self, question: &'a Question, relevance: Option<&str>) -> Result<(), String> {
        let is_asked = |row: &Row| {
            let names = names::in_expressions(question, &row.code);
            names.iter().any(|name| self.mentioned.contains(name))
        };
        if !question.rows.iter().any(is_asked) {
            let response = self.boxes(question)?;
            let section = self.section(question);
            let stem = self.stem(question);
            let id = self.ids.item(&question.code);
            self.add(question, None, ("", id, stem), response, section, relevance);
            return Ok(());
        }
        let response = self.yes_no(question);
        let section = self.section(question);
        let question_words = self.stem(question);
        for row in &question.rows {
            let label = self.words(&row.text, 300, &row.origin.part("text"));
            let stem = joined(&question_words, &label);
            let column = names::column(question, &row.code);
            let id = self.ids.named(&names::wanted(question, &row.code), &column);
            if let Some(item) =
                self.add(question, Some(row), (&row.code, id, stem), response, section, relevance)
            {
                self.form.items[item].required = false;
                for name in names::in_expressions(question, &row.code) {
                    self.names.insert(name, Bound::Ticked(item));
                }
            }
        }
        let message = format!(
            "expressions ask for single options of `{}`: each is an item with the answers yes and no",
            question.code
        );
        self.report(Kind::Changed, "options-as-items", &question.origin.place(), message);
        Ok(())
    }

    /// Adds an item: a question or one of its rows, with its code, id and stem.
    fn add(
        &mut self,
        question: &'a Question,
        row: Option<&'a Row>,
        (code, id, stem): (&str, String, Words),
        response: usize,
        section: Option<usize>,
        relevance: Option<&str>,
    ) -> Option<usize> {
        let position = self.form.items.len();
        if position >= MOST_ITEMS {
            self.leave_out(question, &format!("the survey has more than {MOST_ITEMS} items"));
            return None;
        }
        let origin = row.map_or(&question.origin, |row| &row.origin);
        self.form.items.push(Item {
            id,
            column: names::column(question, code),
            number: None,
            stem,
            response,
            section,
            required: question.mandatory == "Y",
            condition: None,
            place: origin.place(),
        });
        for name in names::in_expressions(question, code) {
            self.names.entry(name).or_insert(Bound::Item(position));
        }
        let own = row.map_or("", |row| row.relevance.as_str());
        if let Some(text) = together(&[relevance.unwrap_or_default(), own]) {
            let origin = if is_always(own) { &question.origin } else { origin };
            self.conditions.push((position, text, origin.part("relevance")));
        }
        Some(position)
    }
}

/// The words of a slider before those at its ends.
fn own_words(question: &Question, row: &Row) -> Words {
    row.text.map(|text| text.split(separator(question)).next().unwrap_or_default().to_owned())
}
