//! Scores as comma-separated values.

use std::fs::File;
use std::io::Write;

use scalewright_scoring::Scored;

use crate::responses::Batch;

use super::text::{Texts, csv_cell};
use super::{Column, Layout, Sink, Value, bands, label, value};

/// A CSV table being written.
pub(super) struct CsvScores<'a> {
    layout: Layout<'a>,
    file: File,
    text: Vec<u8>,
    numbers: Texts,
}

impl<'a> CsvScores<'a> {
    pub(super) fn new(layout: Layout<'a>, mut file: File) -> std::io::Result<Self> {
        let mut text = Vec::new();
        csv_cell(&mut text, &layout.id_name);
        for name in &layout.kept {
            text.push(b',');
            csv_cell(&mut text, name);
        }
        for Column { scale, .. } in &layout.columns {
            let id = &scale.id;
            let mut names = vec![id.clone()];
            if layout.all() {
                names.extend([format!("{id}_answered"), format!("{id}_prorated")]);
                names.extend(bands(scale).map(|(name, _)| name));
            }
            for name in names {
                text.push(b',');
                csv_cell(&mut text, &name);
            }
        }
        text.push(b'\n');
        file.write_all(&text)?;
        Ok(Self { layout, file, text, numbers: Texts::new() })
    }

    fn value(&mut self, value: Value<'_>) {
        match value {
            Value::Number(number) => self.numbers.add(&mut self.text, number),
            Value::Truth(truth) => {
                self.text.extend_from_slice(if truth { b"true" } else { b"false" })
            }
            Value::Word(word) => csv_cell(&mut self.text, word),
        }
    }

    fn rest(&mut self, column: Column<'_>, scored: &Scored, row: usize, score: Option<f64>) {
        let mut digits = itoa::Buffer::new();
        self.text.push(b',');
        self.text.extend_from_slice(digits.format(scored.answered[row]).as_bytes());
        self.text.push(b',');
        if score.is_some() {
            let prorated: &[u8] = if scored.prorated[row] { b"yes" } else { b"no" };
            self.text.extend_from_slice(prorated);
        }
        for (_, bands) in bands(column.scale) {
            self.text.push(b',');
            csv_cell(&mut self.text, label(bands, score).unwrap_or_default());
        }
    }
}

impl Sink for CsvScores<'_> {
    fn batch(&mut self, batch: &Batch, scored: &[Scored]) -> std::io::Result<()> {
        self.text.clear();
        let all = self.layout.all();
        let mut digits = itoa::Buffer::new();
        for row in 0..batch.numbers.len() {
            match batch.ids.get(row) {
                Some(id) => csv_cell(&mut self.text, id),
                None => self.text.extend_from_slice(digits.format(batch.numbers[row]).as_bytes()),
            }
            for texts in &batch.kept {
                self.text.push(b',');
                csv_cell(&mut self.text, texts.get(row).unwrap_or_default());
            }
            for index in 0..self.layout.columns.len() {
                let column = self.layout.columns[index];
                let scored = &scored[column.position];
                let score = scored.score.get(row);
                self.text.push(b',');
                match score.map(|score| (column.plain, score)) {
                    None => {}
                    Some((true, score)) => self.numbers.add(&mut self.text, score),
                    Some((false, score)) => self.value(value(column.scale, score)),
                }
                if all {
                    self.rest(column, scored, row, score);
                }
            }
            self.text.push(b'\n');
        }
        self.file.write_all(&self.text)
    }

    fn finish(self: Box<Self>) -> std::io::Result<()> {
        Ok(())
    }
}
