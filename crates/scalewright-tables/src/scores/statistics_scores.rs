//! Writes scores as files of SPSS and Stata. Bands, truth values and words become codes with labels.

use scalewright_model::Scale;
use scalewright_scoring::Scored;

use crate::responses::{Batch, KeptCell};

use super::answers::{Answer, AnswerColumn};
use super::header::{self, ScoresHeader};
use super::sink::{Out, Sink};
use super::statistics::{Cell, Column, Kind, Program, Table};
use super::value::label;

/// Scores being written.
pub(super) struct StatisticsScores<'a> {
    header: ScoresHeader<'a>,
    table: Table,
}

impl<'a> StatisticsScores<'a> {
    pub(super) fn new(
        header: ScoresHeader<'a>,
        program: Program,
        file: Out,
    ) -> std::io::Result<Self> {
        let table = Table::new(program, columns(&header), file)?;
        Ok(Self { header, table })
    }

    fn row(&mut self, batch: &Batch, scored: &[Scored], row: usize) -> std::io::Result<()> {
        let Self { header, table } = self;
        table.add(Cell::Text(&batch.respondent(row)))?;
        for beside in &header.kept {
            table.add(match batch.kept[beside.at].cell(row) {
                None => Cell::Missing,
                Some(KeptCell::Text(text)) => Cell::Text(text),
                Some(KeptCell::Literal(text)) => text
                    .parse()
                    .ok()
                    .filter(|n: &f64| n.is_finite())
                    .map_or(Cell::Text(text), Cell::Number),
            })?;
        }
        for answer in &header.answers {
            add_answer(table, answer, (batch, row))?;
        }
        for column in &header.columns {
            let (scale, scored) = (column.scale, &scored[column.position]);
            let score = scored.score.get(row);
            table.add(number(score.map(|score| coded(scale, score))))?;
            if header.all() {
                table.add(Cell::Number(scored.answered[row].into()))?;
                table.add(number(score.map(|_| f64::from(u8::from(scored.prorated[row])))))?;
                for (_, bands) in column.bands() {
                    let found = label(bands, score);
                    let code = bands.iter().position(|band| Some(band.label.as_str()) == found);
                    table.add(number(code.map(|code| code as f64 + 1.0)))?;
                }
            }
        }
        Ok(())
    }
}

/// Adds the answer to an item: a number, or a text.
fn add_answer(
    table: &mut Table,
    column: &AnswerColumn<'_>,
    (batch, row): (&Batch, usize),
) -> std::io::Result<()> {
    match column.get(batch, row) {
        None => table.add(Cell::Missing),
        Some(Answer::Number(number)) => table.add(Cell::Number(number)),
        Some(answer) => table.add(Cell::Text(&answer.text())),
    }
}

fn number<'c>(number: Option<f64>) -> Cell<'c> {
    number.map_or(Cell::Missing, Cell::Number)
}

/// A score as a number: the position of a word from 1.
fn coded(scale: &Scale, score: f64) -> f64 {
    let is_word = !scale.is_truth() && scale.words().is_some();
    if is_word { score + 1.0 } else { score }
}

/// The columns, with what each is about and what its codes mean.
fn columns(header: &ScoresHeader<'_>) -> Vec<Column> {
    let text = |name: &String, kind| Column {
        name: name.clone(),
        label: String::new(),
        kind,
        labels: Vec::new(),
    };
    let mut columns = vec![text(&header.id_name, Kind::Text)];
    columns.extend(header.kept.iter().map(|beside| text(&beside.shown, Kind::Any)));
    columns.extend(header.answers.iter().map(|answer| {
        let kind = if answer.is_number() { Kind::Number(None) } else { Kind::Text };
        text(&answer.name, kind)
    }));
    for column in &header.columns {
        columns.push(score(column));
        if header.all() {
            columns.extend(more(column));
        }
    }
    columns
}

/// The column of a score.
fn score(column: &header::Column<'_>) -> Column {
    let scale = column.scale;
    let words = ["false".to_owned(), "true".to_owned()];
    let labels = match (scale.is_truth(), scale.words()) {
        (true, _) => labels(0, &words),
        (false, Some(words)) => labels(1, words),
        (false, None) => Vec::new(),
    };
    let kind = if labels.is_empty() { Kind::Number(scale.round) } else { Kind::Code };
    Column { name: column.name.clone(), label: scale.title.clone(), kind, labels }
}

/// The further columns of a score.
fn more(column: &header::Column<'_>) -> Vec<Column> {
    let ([answered, prorated], title) = (column.counts(), &column.scale.title);
    let words = ["no".to_owned(), "yes".to_owned()];
    let mut columns = vec![
        Column {
            name: answered,
            label: format!("{title}: number of answers"),
            kind: Kind::Whole,
            labels: Vec::new(),
        },
        Column {
            name: prorated,
            label: format!("{title}: prorated"),
            kind: Kind::Code,
            labels: labels(0, &words),
        },
    ];
    columns.extend(column.bands().map(|(name, bands)| {
        // Several intervals may have the same label, which is then one code.
        let mut known: Vec<(i32, String)> = Vec::new();
        for (code, band) in (1..).zip(bands) {
            if !known.iter().any(|(_, label)| *label == band.label) {
                known.push((code, band.label.clone()));
            }
        }
        Column { name, label: format!("{title}: band"), kind: Kind::Code, labels: known }
    }));
    columns
}

fn labels(first: i32, words: &[String]) -> Vec<(i32, String)> {
    (first..).zip(words.iter().cloned()).collect()
}

impl Sink for StatisticsScores<'_> {
    fn batch(&mut self, batch: &Batch, scored: &[Scored]) -> std::io::Result<()> {
        (0..batch.numbers.len()).try_for_each(|row| self.row(batch, scored, row))
    }

    fn note(&self, _: &str) -> Option<String> {
        self.table.note()
    }

    fn finish(self: Box<Self>) -> std::io::Result<()> {
        self.table.finish()
    }
}
