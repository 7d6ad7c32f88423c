//! Writes scores as files of SPSS and Stata. Bands, truth values and words become codes with labels.

use scalewright_model::Scale;
use scalewright_scoring::Scored;

use crate::responses::{Batch, KeptCell};

use super::header::ScoresHeader;
use super::sink::{Out, Sink};
use super::statistics::{Cell, Column, Kind, Program, Table};
use super::value::{bands, label};

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
        for column in &header.columns {
            let (scale, scored) = (column.scale, &scored[column.position]);
            let score = scored.score.get(row);
            table.add(number(score.map(|score| coded(scale, score))))?;
            if header.all() {
                table.add(Cell::Number(scored.answered[row].into()))?;
                table.add(number(score.map(|_| f64::from(u8::from(scored.prorated[row])))))?;
                for (_, bands) in bands(scale) {
                    let found = label(bands, score);
                    let code = bands.iter().position(|band| Some(band.label.as_str()) == found);
                    table.add(number(code.map(|code| code as f64 + 1.0)))?;
                }
            }
        }
        Ok(())
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
    for column in &header.columns {
        columns.push(score(column.scale));
        if header.all() {
            columns.extend(more(column.scale));
        }
    }
    columns
}

/// The column of a score.
fn score(scale: &Scale) -> Column {
    let words = ["false".to_owned(), "true".to_owned()];
    let labels = match (scale.is_truth(), scale.words()) {
        (true, _) => labels(0, &words),
        (false, Some(words)) => labels(1, words),
        (false, None) => Vec::new(),
    };
    let kind = if labels.is_empty() { Kind::Number(scale.round) } else { Kind::Code };
    Column { name: scale.id.clone(), label: scale.title.clone(), kind, labels }
}

/// The further columns of a score.
fn more(scale: &Scale) -> Vec<Column> {
    let (id, title) = (&scale.id, &scale.title);
    let words = ["no".to_owned(), "yes".to_owned()];
    let mut columns = vec![
        Column {
            name: format!("{id}_answered"),
            label: format!("{title}: number of answers"),
            kind: Kind::Whole,
            labels: Vec::new(),
        },
        Column {
            name: format!("{id}_prorated"),
            label: format!("{title}: prorated"),
            kind: Kind::Code,
            labels: labels(0, &words),
        },
    ];
    columns.extend(bands(scale).map(|(name, bands)| {
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
