//! Writes answers as a file that REDCap imports: one line for each row, with the names of the fields that our export gives the
//! items.
//!
//! Scores are left out, because REDCap calculates them itself. A checkbox has a column for each choice. The status of a form
//! is complete where it has an answer.

use scalewright_model::{OptionValue, ResponseKind};
use scalewright_scoring::Scored;

use crate::Stop;
use crate::responses::{Batch, REDCAP_KEYS as KEYS};

use super::answers::{Answer, AnswerColumn};
use super::header::ScoresHeader;
use super::redcap_fields::{COMPLETE, RECORD, clock, columns, refuse_names, status, ticks};
use super::sink::{Out, Sink};
use super::text::CsvCells;

/// An import file being written.
pub(super) struct RedcapAnswers<'a> {
    header: ScoresHeader<'a>,
    file: Out,
    cells: CsvCells,
    text: Vec<u8>,
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
        Ok(Self { header, file, cells, text })
    }

    /// The cells of a row.
    fn row(&self, batch: &Batch, row: usize) -> Vec<String> {
        let mut cells = vec![batch.respondent(row).into_owned()];
        let kept = self.header.kept.iter().map(|kept| batch.kept[kept.at].get(row));
        cells.extend(kept.map(|cell| cell.unwrap_or_default().to_owned()));
        for of in 0..self.header.instruments.len() {
            let mut is_answered = false;
            for column in self.header.answers.iter().filter(|column| column.of == of) {
                let answer = column.get(batch, row);
                is_answered |= answer.is_some();
                answer_cells(column, answer, &mut cells);
            }
            cells.push(if is_answered { COMPLETE.to_owned() } else { String::new() });
        }
        cells
    }
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
        for row in 0..batch.numbers.len() {
            let cells = self.row(batch, row);
            self.cells.line(&mut self.text, cells.iter().map(String::as_str));
        }
        self.file.write_all(&self.text)
    }

    fn finish(mut self: Box<Self>) -> std::io::Result<()> {
        self.file.flush()
    }
}
