//! How the column of an item is read: as codes, or by its value labels, and which of its values are missing.

use std::collections::BTreeMap;
use std::rc::Rc;

use scalewright_model::text::line;
use scalewright_model::{ResponseKind, ResponseScale};

use super::answer::Given;
use super::cell::{Answer, Cells, REVERSED_LABEL};
use super::plan::Plan;
use super::source::{DeclaredMissing, SourceCell, SourceColumn, refusal};
use super::source_labels::{Meaning, decide};
use crate::Stop;

/// At most this many columns or codes are shown in a message.
const SHOWN: usize = 8;

/// What makes a date of an answer.
const DATE: &str =
    "the cell is a date or a time, which spreadsheet programs also make of texts such as 1-2";

/// How the column of an item is read.
#[derive(Default)]
pub(super) struct ColumnRule {
    /// The answers of the stored values, if the labels decide. `None` for a value whose label is no answer.
    by_label: Option<Vec<(SourceCell, Option<f64>)>>,
    labels: Vec<(SourceCell, Rc<str>)>,
    missing: Vec<DeclaredMissing>,
    /// The codes that the definition itself has for missing answers.
    non_response: Vec<f64>,
}

impl ColumnRule {
    /// Whether the answer of a cell depends on other cells.
    pub(super) fn has_state(&self, cells: &Cells<'_>) -> bool {
        cells.scale().kind == ResponseKind::Time
    }

    /// What a cell says about the item.
    ///
    /// # Errors
    ///
    /// Why the cell is refused.
    pub(super) fn answer(&self, cell: &SourceCell, cells: &Cells<'_>) -> Result<Answer, String> {
        if let SourceCell::Reason(reason) = cell {
            return Ok(Answer::Absent(self.label(cell).unwrap_or_else(|| reason.as_str().into())));
        }
        if self.is_missing(cell) {
            return Ok(Answer::Absent(self.label(cell).unwrap_or_else(|| cell.text().into())));
        }
        let labelled = matches!(cell, SourceCell::Number(_) | SourceCell::Text(_));
        match &self.by_label {
            Some(answers) if labelled => self.by_label(answers, cell, cells),
            _ => self.by_code(cell, cells),
        }
    }

    fn by_label(
        &self,
        answers: &[(SourceCell, Option<f64>)],
        cell: &SourceCell,
        cells: &Cells<'_>,
    ) -> Result<Answer, String> {
        let found = answers.iter().find(|(value, _)| value == cell);
        if let Some((_, Some(code))) = found {
            if cells.is_reversed() {
                return Err(REVERSED_LABEL.to_owned());
            }
            return Ok(Answer::Code(Some(*code)));
        }
        match self.declared(cell, cells) {
            Some(answer) => Ok(answer),
            None => Err(match self.label(cell) {
                Some(label) => format!(
                    "has the label `{}`, which is no answer; `--missing-code` declares labels as missing too",
                    line(&label)
                ),
                None => "has no label, but the labels of this column decide".to_owned(),
            }),
        }
    }

    fn by_code(&self, cell: &SourceCell, cells: &Cells<'_>) -> Result<Answer, String> {
        let given = match cell {
            SourceCell::Blank => return Ok(Answer::Code(None)),
            SourceCell::Number(number) => Given::Number(*number),
            SourceCell::Text(text) | SourceCell::Time(text) | SourceCell::Reason(text) => {
                Given::Text(text)
            }
            SourceCell::Truth(truth) => Given::Text(if *truth { "true" } else { "false" }),
            SourceCell::Error(shown) => {
                return match cells.absent(Given::Text(shown)) {
                    Some(reason) => Ok(Answer::Absent(Rc::clone(reason))),
                    None => Err(refusal(shown)),
                };
            }
        };
        let answer = match cell {
            SourceCell::Text(text) => cells.typed(text),
            _ => cells.answer(given),
        };
        let why = match answer {
            Ok(answer) => return Ok(answer),
            Err(why) if matches!(cell, SourceCell::Time(_)) => format!("{why}; {DATE}"),
            Err(why) => why,
        };
        match (self.declared(cell, cells), self.label(cell)) {
            (Some(answer), _) => Ok(answer),
            (None, Some(label)) => Err(format!("{why} (its label is `{}`)", line(&label))),
            (None, None) => Err(why),
        }
    }

    /// The answer of a cell whose number or label is declared as a missing-answer code.
    fn declared(&self, cell: &SourceCell, cells: &Cells<'_>) -> Option<Answer> {
        let label = self.label(cell)?;
        let by_number = || match cell {
            SourceCell::Number(number) => cells.absent(Given::Number(*number)),
            _ => None,
        };
        let reason = cells.absent(Given::Text(&label)).or_else(by_number)?;
        Some(Answer::Absent(Rc::clone(reason)))
    }

    fn label(&self, cell: &SourceCell) -> Option<Rc<str>> {
        self.labels.iter().find(|(value, _)| value == cell).map(|(_, label)| Rc::clone(label))
    }

    fn is_missing(&self, cell: &SourceCell) -> bool {
        let by_code = self.by_label.is_none();
        self.missing.iter().any(|declared| declared.has(cell))
            && !matches!(cell, SourceCell::Number(number)
                if by_code && self.non_response.contains(number))
    }
}

/// Decides how the column of each item is read. Adds notes on what the labels decided.
///
/// # Errors
///
/// When labels contradict the definition, or a value that the table declares as missing is an answer.
pub(super) fn rules(
    name: &str,
    columns: &[SourceColumn],
    plan: &Plan<'_>,
    notes: &mut Vec<String>,
) -> Result<Vec<ColumnRule>, Stop> {
    let (mut rules, mut remarks) = (Vec::new(), Remarks::default());
    for (item, column) in plan.items.iter().enumerate() {
        let Some(column) = column.map(|column| &columns[column]) else {
            rules.push(ColumnRule::default());
            continue;
        };
        rules.push(rule(column, plan, item, &mut remarks));
    }
    notes.extend(remarks.notes());
    remarks.stop(name).map_or(Ok(rules), Err)
}

fn rule(column: &SourceColumn, plan: &Plan<'_>, item: usize, remarks: &mut Remarks) -> ColumnRule {
    let cells = &plan.cells[item];
    let scale = cells.scale();
    let options = scale.options().iter().filter(|option| option.non_response);
    let mut rule = ColumnRule {
        by_label: None,
        labels: column
            .value_labels
            .iter()
            .map(|(value, label)| (value.clone(), label.as_str().into()))
            .collect(),
        missing: column.missing.clone(),
        non_response: options.map(|option| option.value.number()).collect(),
    };
    match decide(column, cells) {
        Meaning::Codes => {}
        Meaning::Unknown => remarks.unknown(&column.name),
        Meaning::Labels(answers) => {
            remarks.renumbered(&column.name, &answers);
            rule.by_label = Some(answers);
        }
        Meaning::Contradiction(rows) => remarks.contradictions.push((column.name.clone(), rows)),
    }
    if let Some(value) = contested(column, (&rule, scale), plan, item) {
        remarks.contested.push((column.name.clone(), value));
    } else {
        remarks.missing(column, &rule);
    }
    rule
}

/// A value that the table declares as missing, but that is an answer.
fn contested(
    column: &SourceColumn,
    (rule, scale): (&ColumnRule, &ResponseScale),
    plan: &Plan<'_>,
    item: usize,
) -> Option<String> {
    let labels = plan.cells[item].labels();
    let is_non_response = |value: f64| rule.non_response.contains(&value);
    // An answer by its label.
    let labelled = column.value_labels.iter().find(|(value, label)| {
        let missing = column.is_missing(value) || matches!(value, SourceCell::Reason(_));
        missing && labels.value_of(label, column.label_bytes).is_some_and(|of| !is_non_response(of))
    });
    if let Some((value, label)) = labelled {
        return Some(format!("{} (`{}`)", value.text(), line(label)));
    }
    if rule.by_label.is_some() {
        return None;
    }
    // An answer by its code.
    let answers = scale.scored_values().unwrap_or_default();
    let choices = match scale.kind {
        ResponseKind::SeveralChoice { .. } => scale.options().iter().map(|o| o.value).collect(),
        _ => answers,
    };
    let by_code = choices.iter().map(|value| value.number());
    let found = by_code
        .filter(|value| !is_non_response(*value))
        .find(|value| column.is_missing(&SourceCell::Number(*value)));
    if let Some(value) = found {
        return Some(value.to_string());
    }
    // Numbers between limits.
    let (low, high) = scale.bounds().filter(|_| choices.is_empty())?;
    column.missing.iter().find_map(|declared| match declared {
        DeclaredMissing::Value(SourceCell::Number(number)) if (low..=high).contains(number) => {
            Some(number.to_string())
        }
        DeclaredMissing::Range(from, to) if *from <= high && *to >= low => {
            Some(format!("{} to {}", from.max(low), to.min(high)))
        }
        _ => None,
    })
}

/// What is reported about the columns, and which columns it concerns.
#[derive(Default)]
struct Remarks {
    notes: BTreeMap<(usize, String), Vec<String>>,
    contradictions: Vec<(String, Vec<String>)>,
    contested: Vec<(String, String)>,
}

impl Remarks {
    fn add(&mut self, rank: usize, text: String, column: &str) {
        self.notes.entry((rank, text)).or_default().push(column.to_owned());
    }

    fn unknown(&mut self, column: &str) {
        let text = "value labels that are not those of the definition, so the codes decide";
        self.add(1, text.to_owned(), column);
    }

    fn renumbered(&mut self, column: &str, answers: &[(SourceCell, Option<f64>)]) {
        let pairs = answers
            .iter()
            .filter_map(|(value, code)| code.map(|code| format!("{} means {code}", value.text())));
        let pairs: Vec<String> = pairs.take(SHOWN).collect();
        let text = format!(
            "renumbered columns, read by their value labels, which are those of the definition ({})",
            pairs.join(", ")
        );
        self.add(0, text, column);
    }

    fn missing(&mut self, column: &SourceColumn, rule: &ColumnRule) {
        let shown = |declared: &DeclaredMissing| match declared {
            DeclaredMissing::Value(value) => match rule.label(value) {
                Some(label) => format!("{} (`{}`)", value.text(), line(&label)),
                None => value.text(),
            },
            DeclaredMissing::Range(low, high) => {
                let text = match (low.is_finite(), high.is_finite()) {
                    (true, true) => format!("{low} to {high}"),
                    (true, false) => format!("{low} and above"),
                    (false, _) => format!("{high} and below"),
                };
                let labels = rule.labels.iter().filter(|(value, _)| declared.has(value));
                let labels: Vec<String> = labels
                    .take(SHOWN)
                    .map(|(value, label)| format!("{} is `{}`", value.text(), line(label)))
                    .collect();
                if labels.is_empty() { text } else { format!("{text} ({})", labels.join(", ")) }
            }
        };
        let values: Vec<String> = column.missing.iter().take(SHOWN).map(shown).collect();
        if !values.is_empty() {
            let text = format!("values that the table declares as missing: {}", values.join(", "));
            self.add(2, text, &column.name);
        }
    }

    fn notes(&self) -> Vec<String> {
        let note = |((_, text), columns): (&(usize, String), &Vec<String>)| {
            format!("{text}: {}", listed(columns))
        };
        self.notes.iter().map(note).collect()
    }

    /// The error for all columns that cannot be read.
    fn stop(self, name: &str) -> Option<Stop> {
        let before = if name.is_empty() { String::new() } else { format!("{name}: ") };
        if let Some((column, rows)) = self.contradictions.first() {
            let all: Vec<String> =
                self.contradictions.iter().map(|(column, _)| column.clone()).collect();
            let column = line(column);
            let mut stop = Stop::wrong(format!(
                "{before}value labels contradict the definition: {}",
                listed(&all)
            ));
            stop = stop.help(format!("`{column}`: {}", rows.join("; ")));
            return Some(stop.help(
                "if the labels are right, convert the column to the text of its labels; if the codes are right, remove or correct the labels",
            ));
        }
        let (column, value) = self.contested.first()?;
        let more: Vec<String> = self.contested.iter().map(|(column, _)| column.clone()).collect();
        let message = format!(
            "{before}the table declares {value} of `{}` as missing, but the definition has it as an answer: {}",
            line(column),
            listed(&more)
        );
        Some(Stop::wrong(message).help(
            "if it is an answer, remove it from the missing values of the column; if it is not, give it a code that is no answer",
        ))
    }
}

/// The names of the first columns.
fn listed(columns: &[String]) -> String {
    let shown: Vec<String> =
        columns.iter().take(SHOWN).map(|column| format!("`{}`", line(column))).collect();
    match columns.len().saturating_sub(SHOWN) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
