//! What would make refused cells readable: missing-answer codes, labels, words for yes and no, marks in numbers, the order of
//! dates. Nothing is advised that could make an answer of a cell that means something else.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Choice, Instrument, ItemIx, ResponseKind};
use scalewright_scoring::dated;

use super::advice_rows::RefusedRows;
use super::answer::NO_DATE;
use super::answer::{Given, Rule};
use super::batch::Fault;
use super::cell::{COMMA, LABEL, TRUTH};
use super::hints;
use super::meaning::DateOrder;

/// Texts that programs and people often write for missing answers, in lower case.
const TEXTS: [&str; 20] = [
    "n/a", "na", "n.a.", "nan", "null", "none", "nil", "missing", ".", "-", "--", "---", "–", "?",
    "#n/a", "#null!", "<na>", "<null>", "\\n", "nat",
];

/// Numbers that are often used as missing-answer codes.
const NUMBERS: [f64; 24] = [
    -1.0, -7.0, -8.0, -9.0, -66.0, -77.0, -88.0, -97.0, -98.0, -99.0, -777.0, -888.0, -999.0,
    -9999.0, 77.0, 88.0, 97.0, 98.0, 99.0, 777.0, 888.0, 998.0, 999.0, 9999.0,
];

/// At most this many possible codes are named.
const MOST_CODES: usize = 4;

/// What the refused cells have in common.
#[derive(Debug, Default)]
pub struct Advice {
    /// The cells that may be missing-answer codes, with their number.
    codes: BTreeMap<String, u64>,
    /// For each column with refused texts, whether all of them are labels.
    labels: BTreeMap<String, bool>,
    /// The words for true and false.
    truths: BTreeSet<String>,
    has_commas: bool,
    dates: RefusedDates,
    rows: RefusedRows,
}

/// The refused dates: how many there are, and how many exist in each order.
#[derive(Debug, Default)]
struct RefusedDates {
    all: u64,
    day_first: u64,
    month_first: u64,
}

impl Advice {
    /// Examines a fault.
    pub fn see(&mut self, fault: &Fault) {
        let is_code = self.is_code(fault.value.trim());
        if fault.column.is_empty() || is_code {
            return;
        }
        let text = fault.value.trim();
        // In workbooks, the cell precedes the reason.
        let cell = fault.reason.strip_prefix("(cell ").and_then(|rest| rest.split_once(") "));
        let reason = cell.map_or(fault.reason.as_str(), |(_, reason)| reason);
        let is_label = reason.starts_with(LABEL);
        self.rows.see(fault, is_label);
        if is_label || text.parse::<f64>().is_err() {
            *self.labels.entry(fault.column.clone()).or_insert(true) &= is_label;
        }
        // Of several instruments, the reason also names the one that refuses the cell.
        match reason {
            why if why.starts_with(TRUTH) => _ = self.truths.insert(text.to_owned()),
            why if why.starts_with(COMMA) || is_whole(text) => self.has_commas = true,
            why if why.starts_with(NO_DATE) => self.dates.see(text),
            _ => {}
        }
    }

    /// Counts a cell that may be a missing-answer code. Returns whether it may be such a code.
    pub fn is_code(&mut self, text: &str) -> bool {
        let Some(code) = Self::as_code(text) else { return false };
        if self.codes.len() < MOST_CODES || self.codes.contains_key(&code) {
            *self.codes.entry(code).or_insert(0) += 1;
        }
        true
    }

    /// The missing-answer code that a cell may be.
    pub(crate) fn as_code(text: &str) -> Option<String> {
        let number: Option<f64> = text.parse().ok().filter(|number| NUMBERS.contains(number));
        match number {
            // -99.0 is the code -99.
            Some(number) => Some(number.to_string()),
            None => TEXTS.contains(&text.to_lowercase().as_str()).then(|| text.to_owned()),
        }
    }

    /// The help, if any is known.
    #[must_use]
    pub fn help(&self, instrument: &Instrument) -> Option<String> {
        self.help_of(&[instrument])
    }

    /// The same for a table of answers to several instruments.
    pub(crate) fn help_of(&self, instruments: &[&Instrument]) -> Option<String> {
        let [codes, others] = self.codes(instruments);
        let help: Vec<String> = [
            codes,
            others,
            self.labels(),
            self.truths(),
            self.has_commas.then(|| "if the comma is a decimal mark, use `--decimal ,`".to_owned()),
            self.dates.help(),
            self.rows.help(),
        ]
        .into_iter()
        .flatten()
        .collect();
        (!help.is_empty()).then(|| help.join("; "))
    }

    /// The help on codes that no item has as an answer, which can be declared for all items, and on the other codes.
    fn codes(&self, instruments: &[&Instrument]) -> [Option<String>; 2] {
        let is_any = |code: &str| instruments.iter().any(|one| is_answer(code, one));
        let (others, codes): (Vec<_>, Vec<_>) =
            self.codes.iter().partition(|(code, _)| is_any(code));
        let options: Vec<String> =
            codes.iter().map(|(code, _)| format!("--missing-code {}", quoted(code))).collect();
        let (is_one, options) = (others.len() == 1, options.join(" "));
        let (them, have) =
            if is_one { ("it", "has it as an answer") } else { ("them", "have them as answers") };
        let items = if is_one { "another item" } else { "other items" };
        let codes =
            named(&codes).map(|codes| format!("if {codes} a missing answer, use `{options}`"));
        let others = named(&others).map(|codes| {
            format!("if {codes} a missing answer, list {them} in a map under `[missing.<response scale>]`: {items} {have}")
        });
        [codes, others]
    }

    fn labels(&self) -> Option<String> {
        let columns = self.labels.iter().filter(|(_, all)| **all);
        let names = hints::listed(columns.map(|(column, _)| column.as_str()))?;
        Some(format!(
            "all refused texts in {names} are labels of the definition: to read them, add `--labels`"
        ))
    }

    fn truths(&self) -> Option<String> {
        let first = self.truths.first()?;
        let (yes, no) = match first.chars().nth(1) {
            Some(second) if second.is_uppercase() => ("TRUE", "FALSE"),
            _ if first.starts_with(char::is_uppercase) => ("True", "False"),
            _ => ("true", "false"),
        };
        Some(format!("if `{yes}` means yes and `{no}` no, use `--yes {yes} --no {no}`"))
    }
}

impl RefusedDates {
    fn see(&mut self, text: &str) {
        self.all += 1;
        self.day_first += u64::from(DateOrder::DayMonthYear.iso(text).is_some());
        self.month_first += u64::from(DateOrder::MonthDayYear.iso(text).is_some());
    }

    fn help(&self) -> Option<String> {
        let option = |order: DateOrder| format!("`--date-format {}`", order.name());
        let (day, month) = (option(DateOrder::DayMonthYear), option(DateOrder::MonthDayYear));
        let is_all = |count: u64| self.all > 0 && count == self.all;
        match (is_all(self.day_first), is_all(self.month_first)) {
            (true, true) => Some(format!(
                "the refused dates can be read with {day} and with {month}: use the one that is true of the file"
            )),
            (true, false) => Some(format!("if the day comes first in all dates, use {day}")),
            (false, true) => Some(format!("if the month comes first in all dates, use {month}")),
            (false, false) => None,
        }
    }
}

/// Whether a text is a whole number with a decimal comma, such as `1,0`, which may also be a list of two answers.
fn is_whole(text: &str) -> bool {
    text.split_once(',').is_some_and(|(whole, decimals)| {
        whole.parse::<i32>().is_ok()
            && !decimals.is_empty()
            && decimals.bytes().all(|byte| byte == b'0')
    })
}

/// Whether any item accepts `mark` as an answer. Items with free text, which accept everything, do not count.
fn is_answer(mark: &str, instrument: &Instrument) -> bool {
    let dated = dated(instrument);
    let answers = |index: usize| {
        let rule = Rule::among(instrument, ItemIx(index), &dated);
        let scale = instrument.response(ItemIx(index));
        match scale.kind {
            ResponseKind::Text { .. } => false,
            ResponseKind::Date => scalewright_model::is_date(mark),
            ResponseKind::SeveralChoice { .. } => {
                let number = mark.parse().is_ok_and(|number| scale.accepts(number).is_ok());
                number || scale.coded(mark).is_some()
            }
            _ => matches!(rule.code(Given::Text(mark)), Ok(Some(_))),
        }
    };
    (0..instrument.items.len()).any(answers)
}

/// The codes with their numbers, and a verb: `98` (2 cells) and `99` mark.
fn named(codes: &[(&String, &u64)]) -> Option<String> {
    let name = |(code, count): &(&String, &u64)| match count {
        1 => format!("`{code}`"),
        more => format!("`{code}` ({more} cells)"),
    };
    let names: Vec<String> = codes.iter().map(name).collect();
    let verb = if names.len() == 1 { "marks" } else { "mark" };
    (!names.is_empty()).then(|| format!("{} {verb}", names.join(" and ")))
}

/// A code as it is typed in a shell.
fn quoted(mark: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-./".contains(c);
    if mark.chars().all(plain) { mark.to_owned() } else { format!("'{mark}'") }
}
