//! Writes scores as comma- or tab-separated values.

use std::io::Write;

use scalewright_scoring::Scored;

use crate::ScoresFormat as Format;
use crate::responses::Batch;

use super::answers::{self, Answer};
use super::formats::delimiter;
use super::header::{Column, ScoresHeader};
use super::sink::{Out, Sink};
use super::text::{CsvCells, LONGEST, Texts};
use super::value::{Value, label, value};

/// A text table being written.
pub(super) struct CsvScores<'a> {
    header: ScoresHeader<'a>,
    file: Out,
    text: Vec<u8>,
    cells: CsvCells,
    numbers: Texts,
}

impl<'a> CsvScores<'a> {
    pub(super) fn new(
        header: ScoresHeader<'a>,
        format: Format,
        mut file: Out,
    ) -> std::io::Result<Self> {
        let mut text = Vec::new();
        let mut cells = CsvCells::new(delimiter(format).unwrap_or(b','), header.guard);
        let names = header.score_names();
        let kept = header.kept.iter().map(|beside| beside.shown.as_str());
        let answers = header.answers.iter().map(|answer| answer.name.as_str());
        let scores = answers.chain(names.iter().map(String::as_str));
        cells.line(&mut text, std::iter::once(header.id_name.as_str()).chain(kept).chain(scores));
        file.write_all(&text)?;
        Ok(Self { header, file, text, cells, numbers: Texts::new() })
    }

    fn value(&mut self, value: Value<'_>) {
        match value {
            Value::Number(number) => self.numbers.add(&mut self.text, number),
            Value::Truth(truth) => {
                self.text.extend_from_slice(if truth { b"true" } else { b"false" })
            }
            Value::Word(word) => self.cells.add(&mut self.text, word),
        }
    }

    fn answer(&mut self, answer: &Answer<'_>) {
        match answer {
            Answer::Number(number) => self.numbers.add(&mut self.text, *number),
            Answer::Several(values) => self.cells.add(&mut self.text, &answers::list(values)),
            Answer::Text(text) => self.cells.add(&mut self.text, text),
        }
    }

    fn rest(&mut self, column: &Column<'_>, scored: &Scored, row: usize, score: Option<f64>) {
        let mut digits = itoa::Buffer::new();
        self.text.push(self.cells.delimiter());
        self.text.extend_from_slice(digits.format(scored.answered[row]).as_bytes());
        self.text.push(self.cells.delimiter());
        if score.is_some() {
            let prorated: &[u8] = if scored.prorated[row] { b"yes" } else { b"no" };
            self.text.extend_from_slice(prorated);
        }
        for (_, bands) in column.bands() {
            self.text.push(self.cells.delimiter());
            self.cells.add(&mut self.text, label(bands, score).unwrap_or_default());
        }
    }
}

/// A column of scores: its scores, and the numbers, if it has only numbers.
type Scores<'a, 'b> = (&'b Column<'a>, &'b Scored, Option<Numbers<'b>>);

/// Numbers, and whether each is present.
type Numbers<'b> = (&'b [f64], &'b [bool]);

impl<'a> CsvScores<'a> {
    /// Adds a row.
    fn row(&mut self, batch: &Batch, row: usize, columns: &[Scores<'a, '_>]) {
        let (all, delimiter) = (self.header.all(), self.cells.delimiter());
        match batch.ids.get(row) {
            Some(id) => self.cells.add(&mut self.text, id),
            None => {
                let mut digits = itoa::Buffer::new();
                self.text.extend_from_slice(digits.format(batch.numbers[row]).as_bytes());
            }
        }
        for beside in &self.header.kept {
            self.text.push(delimiter);
            let kept = batch.kept[beside.at].get(row);
            self.cells.add(&mut self.text, kept.unwrap_or_default());
        }
        for at in 0..self.header.answers.len() {
            self.text.push(delimiter);
            if let Some(answer) = self.header.answers[at].get(batch, row) {
                self.answer(&answer);
            }
        }
        for &(column, scored, numbers) in columns {
            self.text.push(delimiter);
            if let Some((values, present)) = numbers {
                if present[row] {
                    self.numbers.add(&mut self.text, values[row]);
                }
            } else if let Some(score) = scored.score.get(row) {
                self.value(value(column.scale, score));
            }
            if all {
                let score = scored.score.get(row);
                self.rest(column, scored, row, score);
            }
        }
        self.text.push(b'\n');
    }

    /// The numbers of all columns, if rows are respondents that need no quotation marks, and numbers.
    fn plain<'b>(&self, batch: &Batch, columns: &[Scores<'_, 'b>]) -> Option<Vec<Numbers<'b>>> {
        let is_plain = !self.header.all()
            && self.header.kept.is_empty()
            && self.header.answers.is_empty()
            && batch.ids.len() == batch.numbers.len()
            && CsvCells::are_harmless(batch.ids.joined());
        columns.iter().map(|&(_, _, numbers)| numbers.filter(|_| is_plain)).collect()
    }

    /// Writes rows as [`row`](Self::row) does to the beginning of the text, if they are [`plain`](Self::plain). Returns
    /// their length: the text is not cut, because making it longer again would fill it with zeros.
    fn plain_rows(
        &mut self,
        batch: &Batch,
        columns: &[Scores<'a, '_>],
        plain: &[Numbers<'_>],
    ) -> usize {
        let delimiter = self.cells.delimiter();
        let of_numbers = plain.len() * (1 + LONGEST) + 1;
        let mut end = 0;
        for (row, id) in batch.ids.bytes_from(0).enumerate() {
            let most = end + id.len() + of_numbers;
            if self.text.len() < most {
                self.text.resize(2 * most, 0);
            }
            let line = &mut self.text[end..most];
            line[..id.len()].copy_from_slice(id);
            let numbers = plain.iter().map(|&(values, present)| (values[row], present[row]));
            if let Some(length) = self.numbers.line(&mut line[id.len()..], delimiter, numbers) {
                end += id.len() + length;
            } else {
                self.text.truncate(end);
                self.row(batch, row, columns);
                end = self.text.len();
            }
        }
        end
    }
}

impl<'a> Sink for CsvScores<'a> {
    fn batch(&mut self, batch: &Batch, scored: &[Scored]) -> std::io::Result<()> {
        // Plain numbers are looked up once: `value` looks up the words of the scale for each cell.
        // Cloned, because writing a row changes the rest of the table.
        let header = self.header.columns.clone();
        let columns: Vec<_> = header
            .iter()
            .map(|column| {
                let scored = &scored[column.position];
                (column, scored, scored.score.floats().filter(|_| column.plain))
            })
            .collect();
        let length = match self.plain(batch, &columns) {
            Some(plain) => self.plain_rows(batch, &columns, &plain),
            None => {
                self.text.clear();
                (0..batch.numbers.len()).for_each(|row| self.row(batch, row, &columns));
                self.text.len()
            }
        };
        self.file.write_all(&self.text[..length])
    }

    fn note(&self, table: &str) -> Option<String> {
        self.cells.note(table)
    }

    fn finish(self: Box<Self>) -> std::io::Result<()> {
        Ok(())
    }
}
