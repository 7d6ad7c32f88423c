//! Conditions as Qualtrics writes them: numbered expressions, joined either all by "and" or all by "or".

use scalewright_model::{Instrument, ResponseKind};
use serde_json::{Map, Value, json};

use super::conditions::{Atom, Cases};
use super::layout::{Layout, Place};
use super::points::Cell;
use crate::choices;

/// The id of a question.
pub(super) fn question_id(number: usize) -> String {
    format!("QID{number}")
}

/// Prints conditions of one instrument.
pub(super) struct Logic<'a> {
    pub(super) instrument: &'a Instrument,
    pub(super) layout: &'a Layout,
}

impl Logic<'_> {
    /// The display logic of a question.
    pub(super) fn display(&self, cases: &Cases) -> Value {
        let (atoms, conjunction) = match cases.as_slice() {
            [all] => (all.clone(), "And"),
            any => (any.iter().flatten().cloned().collect(), "Or"),
        };
        let is_choices = matches!(atoms.as_slice(), [Atom::Any(_)]);
        let conjunction = if is_choices { "Or" } else { conjunction };
        let mut logic = self.expression(&atoms, conjunction);
        logic["inPage"] = json!(false);
        logic
    }

    /// The logic of a branch for one test.
    pub(super) fn branch(&self, atom: &Atom) -> Value {
        self.expression(std::slice::from_ref(atom), "Or")
    }

    fn expression(&self, atoms: &[Atom], conjunction: &str) -> Value {
        let mut set = Map::new();
        for test in atoms.iter().flat_map(|atom| self.tests(atom)) {
            let mut test = test;
            if !set.is_empty() {
                test["Conjuction"] = json!(conjunction);
            }
            set.insert(set.len().to_string(), test);
        }
        set.insert("Type".to_owned(), json!("If"));
        json!({"0": set, "Type": "BooleanExpression"})
    }

    fn tests(&self, atom: &Atom) -> Vec<Value> {
        match atom {
            Atom::Any(cells) => cells.iter().map(|cell| self.selected(*cell)).collect(),
            Atom::Number { item, operator, right } => {
                let id = question_id(self.layout.places[item.0].question);
                let mut test = about(&id, &format!("q://{id}/ChoiceTextEntryValue"), operator);
                test["RightOperand"] = json!(right);
                test["Description"] =
                    json!(format!("{} {operator} {right}", self.instrument.items[item.0].id));
                vec![test]
            }
            Atom::Set { name: _, value: _ } => Vec::new(),
            Atom::Field { name, operator, right } => vec![json!({
                "LogicType": "EmbeddedField",
                "LeftOperand": name,
                "Operator": operator,
                "RightOperand": right,
                "_HiddenExpression": false,
                "Type": "Expression",
                "Description": format!("{name} {operator} {right}"),
            })],
        }
    }

    fn selected(&self, (item, code): Cell) -> Value {
        let Place { question, row } = self.layout.places[item.0];
        let id = question_id(question);
        let choice = choice_id(self.instrument, (item, code));
        let locator = match row {
            Some(row) => format!("q://{id}/SelectableChoice/{row}/{choice}"),
            None => format!("q://{id}/SelectableChoice/{choice}"),
        };
        let mut test = about(&id, &locator, "Selected");
        test["Description"] = json!(format!("{} is {code}", self.instrument.items[item.0].id));
        test
    }
}

/// The position of an option among the options of its item, from 1.
pub(super) fn choice_id(instrument: &Instrument, (item, code): Cell) -> usize {
    let response = instrument.items[item.0].response;
    let at = match &instrument.response_scales[response.0].kind {
        ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => {
            options.iter().position(|option| option.value == code)
        }
        _ => choices::options(instrument, response).iter().position(|option| option.value == code),
    };
    at.map_or(0, |at| at + 1)
}

fn about(id: &str, locator: &str, operator: &str) -> Value {
    json!({
        "LogicType": "Question",
        "QuestionID": id,
        "QuestionIsInLoop": "no",
        "ChoiceLocator": locator,
        "Operator": operator,
        "QuestionIDFromLocator": id,
        "LeftOperand": locator,
        "Type": "Expression",
        "Description": "",
    })
}
