//! Writes scores as the sheet of a workbook.

use scalewright_scoring::Scored;

use crate::responses::{Batch, KeptCell};

use super::answers::{Answer, AnswerColumn};
use super::header::{Column, ScoresHeader};
use super::sink::{Out, Sink};
use super::value::{Value, label, value};
use super::xlsx_table::XlsxTable;

/// A sheet of scores being written.
pub(super) struct XlsxScores<'a> {
    header: ScoresHeader<'a>,
    table: XlsxTable,
}

impl<'a> XlsxScores<'a> {
    pub(super) fn new(header: ScoresHeader<'a>, file: Out) -> std::io::Result<Self> {
        let scores = header.score_names();
        let kept = header.kept.iter().map(|beside| beside.shown.as_str());
        let names = std::iter::once(header.id_name.as_str()).chain(kept);
        let answers = header.answers.iter().map(|answer| answer.name.as_str());
        let names = names.chain(answers).chain(scores.iter().map(String::as_str));
        let table = XlsxTable::new(("scores", file), names)?;
        Ok(Self { header, table })
    }

    fn row(&mut self, batch: &Batch, scored: &[Scored], row: usize) -> std::io::Result<()> {
        let Self { header, table } = self;
        match batch.ids.get(row) {
            Some(id) => table.text(id)?,
            None => whole(table, batch.numbers[row])?,
        }
        for beside in &header.kept {
            match batch.kept[beside.at].cell(row) {
                None => table.empty(),
                Some(KeptCell::Text(text)) => table.text(text)?,
                Some(KeptCell::Literal(text)) => literal(table, text)?,
            }
        }
        for column in &header.answers {
            answer(table, column, (batch, row))?;
        }
        for column in &header.columns {
            score(table, (column, header.all()), &scored[column.position], row)?;
        }
        table.end_row()
    }
}

/// Adds the answer to an item: a number, or a text.
fn answer(
    table: &mut XlsxTable,
    column: &AnswerColumn<'_>,
    (batch, row): (&Batch, usize),
) -> std::io::Result<()> {
    match column.get(batch, row) {
        None => {
            table.empty();
            Ok(())
        }
        Some(Answer::Number(number)) => table.number(number),
        Some(answer) => table.text(&answer.text()),
    }
}

/// Adds the score in a row, and with `all` its further columns.
fn score(
    table: &mut XlsxTable,
    (column, all): (&Column<'_>, bool),
    scored: &Scored,
    row: usize,
) -> std::io::Result<()> {
    let score = scored.score.get(row);
    match score.map(|score| value(column.scale, score)) {
        None => table.empty(),
        Some(Value::Number(number)) => table.number(number)?,
        Some(Value::Truth(truth)) => table.truth(truth)?,
        Some(Value::Word(word)) => table.text(word)?,
    }
    if !all {
        return Ok(());
    }
    whole(table, u64::from(scored.answered[row]))?;
    match score {
        Some(_) => table.text(if scored.prorated[row] { "yes" } else { "no" })?,
        None => table.empty(),
    }
    for (_, bands) in column.bands() {
        match label(bands, score) {
            Some(label) => table.text(label)?,
            None => table.empty(),
        }
    }
    Ok(())
}

#[expect(clippy::cast_precision_loss, reason = "a count far below 2⁵³")]
fn whole(table: &mut XlsxTable, number: u64) -> std::io::Result<()> {
    table.number(number as f64)
}

/// A number or a truth value. A number that a workbook would round stays a text, and so does a list.
fn literal(table: &mut XlsxTable, text: &str) -> std::io::Result<()> {
    match (text, text.parse::<f64>()) {
        ("true" | "false", _) => table.truth(text == "true"),
        (_, Ok(number)) if number.is_finite() && number.abs() < 9_007_199_254_740_992.0 => {
            table.number(number)
        }
        _ => table.text(text),
    }
}

impl Sink for XlsxScores<'_> {
    fn batch(&mut self, batch: &Batch, scored: &[Scored]) -> std::io::Result<()> {
        (0..batch.numbers.len()).try_for_each(|row| self.row(batch, scored, row))
    }

    fn finish(self: Box<Self>) -> std::io::Result<()> {
        self.table.finish()
    }
}
