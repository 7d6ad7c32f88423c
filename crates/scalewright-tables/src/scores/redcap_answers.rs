//! Writes answers as a file that REDCap imports: one line for each row, with the names of the fields that our export gives the
//! items.
//!
//! Scores are left out, because REDCap calculates them itself. A checkbox has a column for each choice. The status of a form
//! is complete where it has an answer. With `--with missing`, a missing answer with a reason is written as the code of the reason,
//! which the project must have among its missing data codes.

use std::collections::BTreeMap;
use std::rc::Rc;

use scalewright_model::{OptionValue, ResponseKind};
use scalewright_scoring::Scored;

use crate::Stop;
use crate::responses::{Batch, REDCAP_KEYS as KEYS};

use super::answers::{Answer, AnswerColumn};
use super::header::ScoresHeader;
use super::redcap_fields::{
    COMPLETE, RECORD, clock, columns, options, refuse_names, status, ticks,
};
use super::sink::{Out, Sink};
use super::text::CsvCells;

/// An import file being written.
pub(super) struct RedcapAnswers<'a> {
    header: ScoresHeader<'a>,
    file: Out,
    cells: CsvCells,
    text: Vec<u8>,
    /// The codes that were written, with their reasons.
    written: BTreeMap<String, Rc<str>>,
    /// The number of reasons of checkboxes, which have no place for them.
    of_checkboxes: u64,
}

impl<'a> RedcapAnswers<'a> {
    /// Begins a file.
    ///
    /// # Errors
    ///
    /// When two items would have one field, a name is reserved by REDCap, or the beginning cannot be written.
    pub(super) fn new(mut header: ScoresHeader<'a>, mut file: Out) -> Result<Self, Stop> {
        header.kept.retain(|kept| KEYS.contains(&kept.name.as_str()));
        let names = names(&header);
        refuse_names(&names)?;
        let (mut cells, mut text) = (CsvCells::new(b',', false), Vec::new());
        cells.line(&mut text, names.iter().map(String::as_str));
        file.write_all(&text).map_err(|error| super::failures::failed(&error))?;
        Ok(Self { header, file, cells, text, written: BTreeMap::new(), of_checkboxes: 0 })
    }

    /// The cells of a row.
    fn row(&mut self, batch: &Batch, row: usize, absent: &AbsentReasons<'_>) -> Vec<String> {
        let mut cells = vec![batch.respondent(row).into_owned()];
        let kept = self.header.kept.iter().map(|kept| batch.kept[kept.at].get(row));
        cells.extend(kept.map(|cell| cell.unwrap_or_default().to_owned()));
        for of in 0..self.header.instruments.len() {
            let mut is_answered = false;
            for column in self.header.answers.iter().filter(|column| column.of == of) {
                let answer = column.get(batch, row);
                is_answered |= answer.is_some();
                let reason = absent.get(&(row, column.item())).filter(|_| answer.is_none());
                match (&self.header.codes, reason, options(column.scale)) {
                    (Some(codes), Some(reason), None) => {
                        let code = codes.get(*reason).cloned().unwrap_or_else(|| coded(reason));
                        self.written.insert(code.clone(), Rc::clone(reason));
                        cells.push(code);
                    }
                    (Some(_), Some(_), Some(_)) => {
                        self.of_checkboxes += 1;
                        answer_cells(column, answer, &mut cells);
                    }
                    _ => answer_cells(column, answer, &mut cells),
                }
            }
            cells.push(if is_answered { COMPLETE.to_owned() } else { String::new() });
        }
        cells
    }
}

/// The reasons of the missing answers of a batch, by the row and the item.
type AbsentReasons<'b> = BTreeMap<(usize, usize), &'b Rc<str>>;

/// A reason as a missing data code, which has only letters, digits, periods, hyphens and underscores.
fn coded(reason: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    let code = reason.trim().replace(|c: char| !is_plain(c), "_");
    if code.chars().all(|c| c == '_') { "missing".to_owned() } else { code }
}

/// The names of all columns.
fn names(header: &ScoresHeader<'_>) -> Vec<String> {
    // The first field of a project. A table of REDCap names it itself.
    let is_redcap = header.own.iter().any(|own| KEYS.contains(&own.as_str()));
    let id = if is_redcap { header.id_name.clone() } else { RECORD.to_owned() };
    let mut names = vec![id];
    names.extend(header.kept.iter().map(|kept| kept.name.clone()));
    for (of, instrument) in header.instruments.iter().enumerate() {
        let own = header.answers.iter().filter(|column| column.of == of);
        names.extend(own.flat_map(|column| columns(column.id, column.scale)));
        names.push(status(&instrument.id));
    }
    names
}

/// Adds the cells of an answer: one, or one for each option of a checkbox.
fn answer_cells(column: &AnswerColumn<'_>, answer: Option<Answer<'_>>, cells: &mut Vec<String>) {
    let chosen = match &answer {
        Some(Answer::Several(values)) => {
            Some(values.iter().filter_map(|value| OptionValue::of(*value)).collect::<Vec<_>>())
        }
        _ => None,
    };
    if let Some(ticks) = ticks(column.scale, chosen.as_deref()) {
        cells.extend(ticks);
        return;
    }
    cells.push(match answer {
        None => String::new(),
        Some(Answer::Number(minutes)) if column.scale.kind == ResponseKind::Time => clock(minutes),
        Some(other) => other.text().into_owned(),
    });
}

impl Sink for RedcapAnswers<'_> {
    fn batch(&mut self, batch: &Batch, _: &[Scored]) -> std::io::Result<()> {
        self.text.clear();
        let absent = batch.absent.iter().filter(|_| self.header.codes.is_some());
        let absent: AbsentReasons<'_> =
            absent.map(|absent| ((absent.row, absent.item), &absent.reason)).collect();
        for row in 0..batch.numbers.len() {
            let cells = self.row(batch, row, &absent);
            self.cells.line(&mut self.text, cells.iter().map(String::as_str));
        }
        self.file.write_all(&self.text)
    }

    fn note(&self, _: &str) -> Option<String> {
        let codes: Vec<String> =
            self.written.iter().map(|(code, reason)| format!("`{code}` ({reason})")).collect();
        let lost = match self.of_checkboxes {
            0 => None,
            1 => Some("1 reason for a missing answer to a checkbox was left out".to_owned()),
            more => Some(format!("{more} reasons for missing answers to checkboxes were left out")),
        };
        let codes = Some(codes.join(", ")).filter(|codes| !codes.is_empty());
        let codes = codes.map(|codes| {
            format!(
                "the REDCap project must have these missing data codes before the import: {codes}"
            )
        });
        let all: Vec<String> = codes.into_iter().chain(lost).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }

    fn finish(mut self: Box<Self>) -> std::io::Result<()> {
        self.file.flush()
    }
}
