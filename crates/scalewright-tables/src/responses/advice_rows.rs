//! What refused cells say about their rows: a second header row, and rows of totals.

use std::collections::BTreeMap;

use scalewright_model::text::line;

use super::batch::Fault;

/// What names a row of totals, in lower case.
const TOTALS: [&str; 20] = [
    "total",
    "totals",
    "grand total",
    "sum",
    "mean",
    "means",
    "average",
    "median",
    "sd",
    "min",
    "max",
    "summe",
    "gesamt",
    "mittelwert",
    "moyenne",
    "somme",
    "suma",
    "media",
    "totaal",
    "gemiddelde",
];

/// The fewest texts that make a first row look like headers.
const FEWEST: u64 = 2;
/// The most rows of totals that are named.
const MOST: usize = 3;

/// The refused rows.
#[derive(Debug, Default)]
pub(super) struct RefusedRows {
    /// The refused texts of the first row, and of the others.
    first: u64,
    others: u64,
    /// The names of rows that may be totals.
    totals: BTreeMap<u64, String>,
}

impl RefusedRows {
    /// Examines a refused cell, and whether it is the label of an answer, which no header is.
    pub(super) fn see(&mut self, fault: &Fault, is_label: bool) {
        let is_total = TOTALS.contains(&fault.respondent.trim().to_lowercase().as_str());
        if is_total && self.totals.len() < MOST {
            self.totals.insert(fault.row, fault.respondent.trim().to_owned());
        }
        if fault.value.trim().replace(',', ".").parse::<f64>().is_err() {
            let is_first = fault.row == 1 && !is_label;
            let count = if is_first { &mut self.first } else { &mut self.others };
            *count += u64::from(!is_total);
        }
    }

    /// What may be done about whole rows.
    pub(super) fn help(&self) -> Option<String> {
        let header = (self.first >= FEWEST && self.others == 0)
            .then(|| "if row 1 is a second row of headers, delete it".to_owned());
        let totals = self.totals.iter().map(|(row, name)| {
            format!("if row {row} (`{}`) is not a respondent, delete it", line(name))
        });
        let all: Vec<String> = header.into_iter().chain(totals).collect();
        (!all.is_empty()).then(|| all.join("; "))
    }
}
