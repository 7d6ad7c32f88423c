//! The formulas of one row: the answers, the lines of the script, and the scores.

use std::collections::BTreeMap;

use scalewright_scoring::Accepted;
use scalewright_scoring::emit::digits;

use super::answers::{INVALID, cleaned, separated};
use super::names::{list, name, shown};
use crate::code::lines::Line;
use crate::code::script::{Block, Kind, Script, ScriptItem};

/// A cell of the row.
pub(super) struct Cell {
    /// The header of its column.
    pub(super) header: String,
    /// What it contains, for readers.
    pub(super) comment: String,
    /// Its name in formulas.
    name: String,
    /// Its formula, with names instead of references.
    pub(super) formula: String,
}

/// All cells that are computed for a respondent.
pub(super) struct Row {
    /// The cells with answers as typed: the respondent, and an item each.
    pub(super) typed: Vec<String>,
    /// The intermediate results.
    pub(super) steps: Vec<Cell>,
    /// The scores.
    pub(super) scores: Vec<Cell>,
}

/// The name of the cell with the respondent. Names of items and scores contain no space.
const RESPONDENT: &str = "the respondent";
/// The name of the cell that states whether the row has been filled in.
const FILLED: &str = "row filled";

impl Row {
    /// The cells for a script.
    pub(super) fn of(script: &Script) -> Self {
        let ids = script.items.iter().map(|item| typed(&item.id));
        let typed: Vec<String> = std::iter::once(name(RESPONDENT)).chain(ids).collect();
        let mut steps = vec![respondent(), filled(&typed)];
        steps.extend(script.items.iter().map(answer));
        steps.extend(script.blocks.iter().flat_map(lines));
        let mut scores = vec![respondent()];
        scores.extend(script.columns.iter().map(|column| {
            let text = &column.text.text;
            let formula = match column.kind {
                // Within the steps, any text is a missing number.
                Kind::Number => format!("IF(ISTEXT({text}),\"\",{text})"),
                _ => text.clone(),
            };
            score(&column.name, &formula)
        }));
        let names: Vec<&str> = script.items.iter().map(|item| item.name.as_str()).collect();
        let counted = match names.is_empty() {
            true => "0".to_owned(),
            false => format!("COUNTIF({},\"{INVALID}\")", list(&names)),
        };
        scores.push(score("invalid_answers", &counted));
        Self { typed, steps, scores }
    }

    /// The column of each typed cell, if the first one is in this column.
    pub(super) fn typed_columns(&self, first: u16) -> BTreeMap<String, u16> {
        numbered(self.typed.iter().cloned(), first)
    }

    /// The column of each step, if the first one is in this column.
    pub(super) fn step_columns(&self, first: u16) -> BTreeMap<String, u16> {
        numbered(self.steps.iter().map(|cell| cell.name.clone()), first)
    }
}

fn numbered(names: impl Iterator<Item = String>, first: u16) -> BTreeMap<String, u16> {
    names.zip(first..).collect()
}

/// The name of the cell with an answer as typed.
fn typed(id: &str) -> String {
    name(&format!("typed {id}"))
}

fn respondent() -> Cell {
    let typed = name(RESPONDENT);
    Cell {
        header: "respondent".to_owned(),
        comment: "as in the sheet of answers".to_owned(),
        name: name("respondent shown"),
        formula: format!("IF({typed}=\"\",\"\",{typed})"),
    }
}

fn filled(typed: &[String]) -> Cell {
    let all: Vec<&str> = typed.iter().map(String::as_str).collect();
    Cell {
        header: "filled".to_owned(),
        comment: "whether the row has any entry".to_owned(),
        name: name(FILLED),
        formula: format!("COUNTA({})>0", list(&all)),
    }
}

fn answer(item: &ScriptItem) -> Cell {
    let allowed = match &item.accepted {
        Accepted::Values(values) => format!("allowed: {}", separated(values, ", ")),
        Accepted::Choices(_) => "allowed: 0, 1".to_owned(),
        Accepted::Between { min, max, decimals: _ } => {
            format!("allowed: from {} to {}", digits(*min), digits(*max))
        }
    };
    let none = match item.non_response.is_empty() {
        true => String::new(),
        false => format!("; no answer: {}", separated(&item.non_response, ", ")),
    };
    Cell {
        header: item.id.clone(),
        comment: format!("the answer; {allowed}{none}"),
        name: item.name.clone(),
        formula: cleaned(&typed(&item.id), &item.accepted, &item.non_response),
    }
}

/// The cells of the lines of a score. Its own line, which is the last one, shows its title and formula.
fn lines(block: &Block) -> Vec<Cell> {
    let cell = |line: &Line| {
        let is_own = !shown(&line.name).contains(' ');
        let own = format!("{}: {}", block.title, block.formula);
        Cell {
            header: shown(&line.name).to_owned(),
            comment: match (is_own, line.comment.is_empty()) {
                (true, true) => own,
                (true, false) => format!("{own} ({})", line.comment),
                (false, _) => line.comment.clone(),
            },
            name: line.name.clone(),
            formula: line.text.clone(),
        }
    };
    block.lines.iter().map(cell).collect()
}

fn score(id: &str, formula: &str) -> Cell {
    Cell {
        header: id.to_owned(),
        comment: String::new(),
        name: name(id),
        formula: format!("IF({},{formula},\"\")", name(FILLED)),
    }
}
