//! `--shape long`: one row for each score, with the instrument and the scale in columns.

use std::collections::BTreeSet;
use std::io::Result;

use scalewright_scoring::Scored;

use crate::responses::Batch;
use crate::{Stop, TableFormat};

use super::header::{Column, Origin, ScoresHeader};
use super::other_table::{TableCell, TableColumn, TableWriter, ValueKind};
use super::sink::{Out, Sink};
use super::value::{Value, label, value};

/// The columns of a score that are not in every table.
#[derive(Clone, Copy)]
struct Optional {
    /// Whether a score is a word or a truth value, which is written in a column of texts.
    words: bool,
    /// Whether the counts and the bands are written.
    all: bool,
    /// Whether the table is CSV or TSV, in which a score is prorated `yes` or `no`.
    is_text: bool,
}

/// A long table being written.
pub(super) struct LongScores<'a> {
    layout: Layout<'a>,
    table: TableWriter,
}

/// The columns of the table.
struct Layout<'a> {
    header: ScoresHeader<'a>,
    optional: Optional,
    /// The sets of bands besides the unnamed one, in the order of the scales that have them.
    sets: Vec<String>,
    counts: Counts,
}

/// The columns with the numbers of missing answers.
#[derive(Default)]
struct Counts {
    /// What each column counts: blank answers, or a reason.
    endings: Vec<String>,
    /// For each score, where the count of each column is among the kept cells. `None` if its instrument has no such count.
    cells: Vec<Vec<Option<usize>>>,
}

impl Counts {
    /// Takes the columns of counts from those that are kept beside the scores: a long table has a row for each score.
    fn taken(header: &mut ScoresHeader<'_>) -> Self {
        let mut counts = Self::default();
        let mut found: Vec<(usize, String, usize)> = Vec::new();
        for kept in header.kept.iter().filter(|kept| kept.origin.is_count()) {
            let Origin::Count(score) = kept.origin else { continue };
            let name = format!("{}_", header.columns[score].name);
            let ending = kept.name.strip_prefix(&name).unwrap_or(&kept.name).to_owned();
            if !counts.endings.contains(&ending) {
                counts.endings.push(ending.clone());
            }
            found.push((score, ending, kept.at));
        }
        header.kept.retain(|kept| !kept.origin.is_count());
        counts.cells = vec![vec![None; counts.endings.len()]; header.columns.len()];
        for (score, ending, at) in found {
            if let Some(column) = counts.endings.iter().position(|known| *known == ending) {
                counts.cells[score][column] = Some(at);
            }
        }
        counts
    }

    /// The counts of a score in a row.
    fn cells<'b>(&self, score: usize, batch: &Batch, row: usize, cells: &mut Vec<TableCell<'b>>) {
        let count = |at: &Option<usize>| batch.kept[(*at)?].get(row)?.parse().ok();
        let counts = self.cells[score].iter().map(count);
        cells.extend(counts.map(|count| count.map_or(TableCell::Empty, TableCell::Whole)));
    }
}

impl<'a> LongScores<'a> {
    pub(super) fn new(
        mut header: ScoresHeader<'a>,
        format: TableFormat,
        file: Out,
    ) -> std::result::Result<Self, Stop> {
        let counts = Counts::taken(&mut header);
        let words = header.columns.iter().any(|column| !column.plain);
        let is_text = matches!(format, TableFormat::Csv | TableFormat::Tsv);
        let optional = Optional { words, all: header.all(), is_text };
        let sets = if optional.all { sets(&header) } else { Vec::new() };
        let columns = columns(&header, optional, (&sets, &counts));
        let table = TableWriter::new(columns, format, (file, header.guard))?;
        Ok(Self { layout: Layout { header, optional, sets, counts }, table })
    }
}

impl<'a> Layout<'a> {
    /// The cells of a score.
    fn score<'b>(
        &'b self,
        column: &'b Column<'a>,
        scored: &Scored,
        row: usize,
        cells: &mut Vec<TableCell<'b>>,
    ) {
        let score = scored.score.get(row);
        let instrument = self.header.instruments[column.of];
        cells.push(TableCell::Text(instrument.id.as_str().into()));
        cells.push(TableCell::Text(column.scale.id.as_str().into()));
        let (number, word) = match score.map(|score| value(column.scale, score)) {
            None => (None, None),
            Some(Value::Number(number)) => (Some(number), None),
            Some(Value::Truth(truth)) => (score, Some(if truth { "true" } else { "false" })),
            Some(Value::Word(word)) => (None, Some(word)),
        };
        cells.push(number.map_or(TableCell::Empty, TableCell::Number));
        if self.optional.words {
            cells.push(text(word));
        }
        if self.optional.all {
            cells.push(TableCell::Whole(scored.answered[row].into()));
            let prorated = score.map(|_| scored.prorated[row]);
            cells.push(match (self.optional.is_text, prorated) {
                (_, None) => TableCell::Empty,
                (true, Some(prorated)) => text(Some(if prorated { "yes" } else { "no" })),
                (false, Some(prorated)) => TableCell::Truth(prorated),
            });
            cells.push(text(label(&column.scale.bands, score)));
            for id in &self.sets {
                let set = column.scale.band_sets.iter().find(|set| set.id == *id);
                cells.push(text(set.and_then(|set| label(&set.bands, score))));
            }
        }
    }
}

fn text(text: Option<&str>) -> TableCell<'_> {
    text.map_or(TableCell::Empty, |text| TableCell::Text(text.into()))
}

fn sets(header: &ScoresHeader<'_>) -> Vec<String> {
    let mut sets: Vec<String> = Vec::new();
    for set in header.columns.iter().flat_map(|column| &column.scale.band_sets) {
        if !sets.contains(&set.id) {
            sets.push(set.id.clone());
        }
    }
    sets
}

/// The columns of the table. A column of the responses that has the name of another gets an ending.
fn columns(
    header: &ScoresHeader<'_>,
    optional: Optional,
    (sets, counts): (&[String], &Counts),
) -> Vec<TableColumn> {
    let column = |name: &str, kind| TableColumn { name: name.to_owned(), kind };
    let mut of_scores = vec![
        column("instrument", ValueKind::Text),
        column("scale", ValueKind::Text),
        column("score", ValueKind::Number),
    ];
    if optional.words {
        of_scores.push(column("word", ValueKind::Text));
    }
    if optional.all {
        of_scores.push(column("answered", ValueKind::Whole));
        let truth = if optional.is_text { ValueKind::Text } else { ValueKind::Truth };
        of_scores.push(column("prorated", truth));
        of_scores.push(column("band", ValueKind::Text));
        of_scores.extend(sets.iter().map(|set| column(&format!("band_{set}"), ValueKind::Text)));
    }
    let counted = counts.endings.iter().map(|ending| format!("missing_{ending}"));
    of_scores.extend(counted.map(|name| TableColumn { name, kind: ValueKind::Whole }));
    let mut taken: BTreeSet<String> = of_scores.iter().map(|column| column.name.clone()).collect();
    let kept = header.kept.iter().map(|kept| kept.shown.as_str());
    let names = std::iter::once(header.id_name.as_str()).chain(kept);
    let mut columns: Vec<TableColumn> = Vec::new();
    for name in names {
        let mut name = name.to_owned();
        while !taken.insert(name.clone()) {
            name.push_str("_in_table");
        }
        columns.push(TableColumn { name, kind: ValueKind::Text });
    }
    columns.extend(of_scores);
    columns
}

impl Sink for LongScores<'_> {
    fn batch(&mut self, batch: &Batch, scored: &[Scored]) -> Result<()> {
        for row in 0..batch.numbers.len() {
            let Layout { header, .. } = &self.layout;
            for (at, column) in header.columns.iter().enumerate() {
                let mut cells = vec![TableCell::Text(batch.respondent(row))];
                let kept = header.kept.iter().map(|beside| batch.kept[beside.at].get(row));
                cells.extend(kept.map(text));
                self.layout.score(column, &scored[column.position], row, &mut cells);
                self.layout.counts.cells(at, batch, row, &mut cells);
                self.table.row(&cells)?;
            }
        }
        Ok(())
    }

    fn note(&self, table: &str) -> Option<String> {
        self.table.note(table)
    }

    fn finish(self: Box<Self>) -> Result<()> {
        self.table.finish()
    }
}
