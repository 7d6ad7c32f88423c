//! Reads the answers in ODM files, versions 1.3.2 and 2.0: `ClinicalData` of our own forms, or of others with a map.

use std::io::Read;

use roxmltree::{Document, ParsingOptions};
use scalewright_model::ScaleIx;
use scalewright_model::text::plain;

use crate::Stop;

use super::answer::Given;
use super::batch::{BadRow, Batch, Stated};
use super::odm_rows::{Filled, Oids, rows};
use super::plan::Plan;
use super::row_answers::RowAnswers;
use super::row_reader::{About, RowReader};

/// The maximum length of a file, in bytes. It is read as a whole.
const LONGEST: u64 = 256 << 20;
/// The most elements, attributes and texts of a file.
const NODES: u32 = 20_000_000;
/// The column of the respondent.
const SUBJECT: &str = "SubjectKey";
/// The columns that distinguish the occasions of a respondent.
const OCCASION: [&str; 3] = ["StudyEventOID", "StudyEventRepeatKey", "FormRepeatKey"];

const HELP: &str = "give an ODM file with `ClinicalData` of the exported form; for items with other identifiers, use `--map`";

/// The forms in a file.
pub(super) struct OdmTable {
    name: String,
    columns: Vec<String>,
    kept: Vec<String>,
    rows: std::vec::IntoIter<Filled>,
    row: u64,
    /// The names and words of the scales.
    scales: Vec<(String, Option<Vec<String>>)>,
    bytes: u64,
    of_others: u64,
    unknown: u64,
}

impl OdmTable {
    /// Opens a file, and reads it.
    pub(super) fn open(name: &str, input: Box<dyn Read>, about: &About<'_>) -> Result<Self, Stop> {
        let text = text(name, input)?;
        let options =
            ParsingOptions { allow_dtd: false, nodes_limit: NODES, ..ParsingOptions::default() };
        let document = Document::parse_with_options(&text, options).map_err(|error| {
            let (line, column) = (error.pos().row, error.pos().col);
            Stop::wrong(format!(
                "{name}:{line}:{column}: this is not valid XML, or it declares entities"
            ))
            .help(HELP)
        })?;
        let root = document.root_element();
        if root.tag_name().name() != "ODM" {
            return Err(Stop::wrong(format!("{name}: this is not an ODM file")).help(HELP));
        }
        if root.attribute("FileType") == Some("Transactional") {
            return Err(Stop::wrong(format!("{name}: the file has changes instead of answers"))
                .help("export a snapshot (`FileType=\"Snapshot\"`)"));
        }
        let found = rows(&document, &Oids::new(about.instrument, about.map));
        if found.rows.iter().all(|row| row.answers.is_empty() && row.fault.is_none()) {
            let id = &about.instrument.id;
            return Err(Stop::wrong(format!("{name}: no form has an answer to an item of `{id}`"))
                .help(HELP));
        }
        let items = about.instrument.items.iter();
        let items = items.map(|item| about.map.column(&item.id).to_owned());
        let kept: Vec<String> = OCCASION.iter().map(|name| (*name).to_owned()).collect();
        Ok(Self {
            name: name.to_owned(),
            columns: std::iter::once(SUBJECT.to_owned()).chain(kept.clone()).chain(items).collect(),
            kept,
            rows: found.rows.into_iter(),
            row: 0,
            scales: scales(about),
            bytes: text.len() as u64,
            of_others: found.of_others,
            unknown: found.unknown,
        })
    }

    fn row(&mut self, filled: &Filled, plan: &Plan<'_>, batch: &mut Batch) {
        self.row += 1;
        let bad = BadRow::new(self.row, Some(filled.line), &filled.subject);
        if let Some((what, why)) = &filled.fault {
            batch.faults.push(bad.fault("", what, why.clone()));
            return;
        }
        let (mut answers, mut faults) = (RowAnswers::new(plan.rules.len()), Vec::new());
        for (item, text) in &filled.answers {
            match plan.cells[*item].answer(Given::Text(text)) {
                Ok(answer) => answers.set(*item, answer),
                Err(why) => faults.push(bad.fault(&plan.names[*item], text, why)),
            }
        }
        if !faults.is_empty() {
            return batch.faults.append(&mut faults);
        }
        let row = batch.numbers.len();
        for (scale, text) in filled.scores.iter().filter(|(_, text)| !text.trim().is_empty()) {
            batch.stated.push(self.stated(row, filled.line, *scale, text));
        }
        batch.numbers.push(self.row);
        if plan.id.is_some() {
            batch.ids.push(&filled.subject);
        }
        let beside = plan.kept.iter().filter_map(|beside| beside.column);
        let beside = beside.map(|_| "");
        let occasion = filled.occasion.iter().map(String::as_str);
        for (kept, text) in batch.kept.iter_mut().zip(occasion.chain(beside)) {
            kept.push(text);
        }
        answers.push(batch);
    }

    /// A score that the file states. A blank one is not compared: OpenEDC computes nothing from incomplete answers.
    fn stated(&self, row: usize, line: u64, scale: ScaleIx, text: &str) -> Stated {
        let (name, words) = &self.scales[scale.0];
        let text = text.trim().to_owned();
        #[expect(clippy::cast_precision_loss, reason = "a position among words")]
        let position = |text: &str| {
            words.as_ref()?.iter().position(|word| word == text).map(|position| position as f64)
        };
        let score = position(&text).or_else(|| text.parse().ok());
        Stated { row, scale, line: Some(line), place: name.clone(), text, score }
    }
}

/// The whole input as text.
fn text(name: &str, input: Box<dyn Read>) -> Result<String, Stop> {
    let mut bytes = Vec::new();
    let read = input.take(LONGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| Stop::usage(format!("cannot read `{name}`: {}", plain(&error))))?;
    if bytes.len() as u64 > LONGEST {
        return Err(Stop::wrong(format!("{name}: the file has more than 256 MiB"))
            .help("divide the results into several files"));
    }
    let text = String::from_utf8(bytes);
    let text = text.map_err(|_| Stop::wrong(format!("{name}: the file is not UTF-8 text")))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

fn scales(about: &About<'_>) -> Vec<(String, Option<Vec<String>>)> {
    let scales = about.instrument.scales.iter().map(|scale| {
        let name = about.map.named_stated(&scale.id).unwrap_or(&scale.id).to_owned();
        (name, scale.words().map(<[String]>::to_vec))
    });
    scales.collect()
}

impl RowReader for OdmTable {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn kept(&self) -> &[String] {
        &self.kept
    }

    fn occasion(&self) -> &[usize] {
        &[0, 1, 2]
    }

    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        while !batch.is_full() {
            let Some(filled) = self.rows.next() else { return Ok(false) };
            self.row(&filled, plan, batch);
        }
        Ok(true)
    }

    fn notes(&self) -> Vec<String> {
        let mut notes = Vec::new();
        if self.of_others > 0 {
            notes.push(format!(
                "{}: forms of other instruments are not scored: {}",
                self.name, self.of_others
            ));
        }
        if self.unknown > 0 {
            notes.push(format!(
                "{}: values of items that the definition does not have are not scored: {}",
                self.name, self.unknown
            ));
        }
        notes
    }

    fn progress(&self) -> u64 {
        self.bytes
    }
}
