//! Writes scores as the sheet of a workbook.

use scalewright_scoring::Scored;

use crate::responses::{Batch, KeptCell};

use super::header::{Column, ScoresHeader};
use super::sink::{Out, Sink};
use super::value::{Value, bands, label, value};
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
        let names = names.chain(scores.iter().map(String::as_str));
        let table = XlsxTable::new(("scores", file), names)?;
        Ok(Self { header, table })
    }

    fn row(&mut self, batch: &Batch, scored: &[Scored], row: usize) -> std::io::Result<()> {
        match batch.ids.get(row) {
            Some(id) => self.table.text(id)?,
            None => self.whole(batch.numbers[row])?,
        }
        for beside in &self.header.kept {
            match batch.kept[beside.at].cell(row) {
                None => self.table.empty(),
                Some(KeptCell::Text(text)) => self.table.text(text)?,
                Some(KeptCell::Literal(text)) => literal(&mut self.table, text)?,
            }
        }
        for at in 0..self.header.columns.len() {
            let column = self.header.columns[at];
            self.score(column, &scored[column.position], row)?;
        }
        self.table.end_row()
    }

    fn score(&mut self, column: Column<'_>, scored: &Scored, row: usize) -> std::io::Result<()> {
        let score = scored.score.get(row);
        match score.map(|score| value(column.scale, score)) {
            None => self.table.empty(),
            Some(Value::Number(number)) => self.table.number(number)?,
            Some(Value::Truth(truth)) => self.table.truth(truth)?,
            Some(Value::Word(word)) => self.table.text(word)?,
        }
        if !self.header.all() {
            return Ok(());
        }
        self.whole(u64::from(scored.answered[row]))?;
        match score {
            Some(_) => self.table.text(if scored.prorated[row] { "yes" } else { "no" })?,
            None => self.table.empty(),
        }
        for (_, bands) in bands(column.scale) {
            match label(bands, score) {
                Some(label) => self.table.text(label)?,
                None => self.table.empty(),
            }
        }
        Ok(())
    }

    #[expect(clippy::cast_precision_loss, reason = "a count far below 2⁵³")]
    fn whole(&mut self, number: u64) -> std::io::Result<()> {
        self.table.number(number as f64)
    }
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
