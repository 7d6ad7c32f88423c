//! Decides what a cell of a table says about its item: an answer, nothing, or why there is no answer.
//!
//! Coded answers are decided in [`super::answer`]. This module adds the rules for tables: missing-answer codes, what is
//! declared about the cells, cells of items that are not scored, and more helpful reasons for common mistakes.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::rc::Rc;

use scalewright_model::{Instrument, ItemIx, ResponseKind, ResponseScale};

use super::answer::{Given, NO_DATE, Rule};
use super::codes::{CodeList, CodeMatch};
use super::declared::Declared;
use super::labels::{LabelMatch, Labels};
use super::meaning::DecimalMark;
use super::missing::Missing;
use super::numbers::{self, Seen};
use super::reversed::turned;
use super::several_given;

/// The beginning of the reason for refusing the label of one option, where labels are not declared.
pub(super) const LABEL: &str = "is the label of an answer, not its coded value";
/// The reason for refusing a word for true or false.
pub(super) const TRUTH: &str = "is not a coded value: yes is coded 1 and no is coded 0";
/// The reason for refusing a decimal comma.
pub(super) const COMMA: &str =
    "is not a number: decimals are written with a point, not with a comma";
/// The reason for refusing a label of which the code may be meant reversed.
pub(super) const REVERSED_LABEL: &str = "is the label of an answer, but the map says that the answers in this column are reversed numbers";

/// What a cell says about an item.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Answer {
    /// The coded answer. `None` if the answer is missing without a reason, or the item is not scored.
    Code(Option<f64>),
    /// A missing answer with its reason.
    Absent(Rc<str>),
}

impl Answer {
    /// The coded answer.
    pub(crate) fn code(&self) -> Option<f64> {
        match self {
            Self::Code(code) => *code,
            Self::Absent(_) => None,
        }
    }
}

/// The cells that the column of an item may contain.
pub(crate) struct Cells<'a> {
    rule: Rule<'a>,
    missing: Rc<Missing>,
    declared: Rc<Declared>,
    labels: Rc<Labels>,
    codes: Option<Rc<CodeList>>,
    is_reversed: bool,
    /// The decimal mark of the numbers so far.
    seen: Seen,
    /// Whether answers came as numbers, and as texts that are numbers.
    forms: Cell<(bool, bool)>,
}

impl<'a> Cells<'a> {
    pub(super) fn new(
        instrument: &'a Instrument,
        (item, dated): (ItemIx, &BTreeSet<ItemIx>),
        declared: &Rc<Declared>,
    ) -> Self {
        let scale = instrument.items[item.0].response;
        Self {
            rule: Rule::among(instrument, item, dated),
            missing: Rc::default(),
            declared: Rc::clone(declared),
            labels: declared.labels(scale),
            codes: declared.codes(item),
            is_reversed: declared.is_reversed(item),
            seen: Cell::new(None),
            forms: Cell::new((false, false)),
        }
    }

    /// Sets the codes of missing answers.
    pub(super) fn marked(&mut self, missing: &Rc<Missing>) {
        self.missing = Rc::clone(missing);
    }

    /// Returns what a cell says.
    ///
    /// # Errors
    ///
    /// The reason why the item does not accept the cell.
    pub(super) fn answer(&self, given: Given<'_>) -> Result<Answer, String> {
        // Before the kind of the item: a code such as -99 also marks a missing date or a missing list of choices.
        if let Some(reason) = self.missing.reason(given) {
            return Ok(Answer::Absent(Rc::clone(reason)));
        }
        let is_blank = matches!(given, Given::Text(text) if matches!(text.trim(), "" | "NA"));
        let code = if is_blank { None } else { self.given(given)? };
        if code.is_some() {
            self.formed(given);
        }
        Ok(Answer::Code(code))
    }

    /// Remembers whether an answer came as a number or as text.
    fn formed(&self, given: Given<'_>) {
        let (number, text) = self.forms.get();
        let is_number = |byte: u8| byte.is_ascii_digit() || byte == b'.' || byte == b'-';
        match given {
            Given::Number(_) => self.forms.set((true, text)),
            Given::Text(given) if !text && given.trim().bytes().all(is_number) => {
                self.forms.set((number, true));
            }
            Given::Text(_) => {}
        }
    }

    /// Whether some answers came as numbers, and others as texts that are numbers.
    pub(super) fn has_both_forms(&self) -> bool {
        self.forms.get() == (true, true)
    }

    /// Returns the coded answer in a cell as [`answer`](Self::answer) does. `None` if the cell is refused, or if there is a
    /// reason for the missing answer.
    pub(super) fn plain(&self, given: Given<'_>) -> Option<Option<f64>> {
        match self.answer(given) {
            Ok(Answer::Code(code)) => Some(code),
            Ok(Answer::Absent(_)) | Err(_) => None,
        }
    }

    /// Why the answer is missing, if the cell is marked as missing.
    pub(super) fn absent(&self, given: Given<'_>) -> Option<&Rc<str>> {
        self.missing.reason(given)
    }

    /// Whether a text is an answer, so that it cannot mark a missing one. A free text accepts everything and does not count.
    pub(super) fn answers(&self, text: &str) -> bool {
        match self.rule.scale().kind {
            ResponseKind::Text { .. } => false,
            ResponseKind::Date => self.declared.is_date(text),
            ResponseKind::SeveralChoice { .. } => self.choice(Given::Text(text)).is_ok(),
            _ => matches!(self.given(Given::Text(text)), Ok(Some(_))),
        }
    }

    /// The coded answer in a cell that is not missing.
    fn given(&self, given: Given<'_>) -> Result<Option<f64>, String> {
        match (&self.rule.scale().kind, given) {
            (ResponseKind::Text { .. }, _) => Ok(None),
            (ResponseKind::Date, Given::Text(text)) => match self.declared.day(text) {
                Some(day) => self.rule.code(Given::Text(&day)),
                None => Err(NO_DATE.to_owned()),
            },
            (ResponseKind::Date, Given::Number(_)) => Err(NO_DATE.to_owned()),
            (ResponseKind::SeveralChoice { .. }, Given::Text(text)) => {
                // Labels contain spaces and commas, so the whole cell is tried first.
                if self.choice(given).is_ok() {
                    return self.chosen([given]);
                }
                // ODK joins choices by spaces, our own forms by semicolons, other programs by commas or bars.
                let choices = text.split([' ', ',', ';', '|']).filter(|choice| !choice.is_empty());
                self.chosen(choices.map(Given::Text))
            }
            (ResponseKind::SeveralChoice { .. }, _) => self.chosen([given]),
            _ => {
                let code = self.rule.code(self.translated(given)?);
                let code = code.map_err(|why| self.reason(given, why))?;
                let scale = self.rule.scale();
                Ok(if self.is_reversed { code.map(|code| turned(scale, code)) } else { code })
            }
        }
    }

    /// As [`answer`](Self::answer), for a text in a table whose empty cells are no texts: there `NA` is a text like any other.
    ///
    /// # Errors
    ///
    /// The reason why the item does not accept the text.
    pub(super) fn typed(&self, text: &str) -> Result<Answer, String> {
        let given = Given::Text(text);
        if text.trim() == "NA" && self.absent(given).is_none() && !self.takes_anything() {
            return Err("is a text, not an empty cell".to_owned());
        }
        self.answer(given)
    }

    /// The value that words have by what is declared: as a label, if labels are declared, or as a word for yes or no.
    ///
    /// # Errors
    ///
    /// When the words are the label of several options.
    pub(super) fn worded(&self, words: &str) -> Result<Option<f64>, String> {
        let words = words.trim();
        let yes_or_no = || match self.rule.scale().kind {
            ResponseKind::YesNo => self.declared.yes_or_no(words),
            _ => None,
        };
        match self.declared.has_labels {
            true => Ok(self.labelled(words)?.or_else(yes_or_no)),
            false => Ok(yes_or_no()),
        }
    }

    /// The labels of the options of the item.
    pub(super) fn labels(&self) -> &Labels {
        &self.labels
    }

    /// Whether the answers in the column are turned back.
    pub(super) fn is_reversed(&self) -> bool {
        self.is_reversed
    }

    /// Forgets in which forms answers came, after values were only tried.
    pub(super) fn forget_forms(&self) {
        self.forms.set((false, false));
    }

    /// A cell with the coded value in place of what is declared to mean it.
    fn translated<'g>(&self, given: Given<'g>) -> Result<Given<'g>, String> {
        if let Some(codes) = &self.codes {
            match codes.find(given) {
                CodeMatch::Value(value) => return Ok(Given::Number(value)),
                CodeMatch::Unlisted => return Err(self.unlisted()),
                CodeMatch::Other => {}
            }
        }
        let Given::Text(text) = given else { return Ok(given) };
        let text = text.trim();
        if self.declared.has_labels
            && let Some(value) = self.labelled(text)?
        {
            return Ok(Given::Number(value));
        }
        let scale = self.rule.scale();
        let number = match scale.kind {
            ResponseKind::YesNo => match self.declared.yes_or_no(text) {
                Some(value) => return Ok(Given::Number(value)),
                None => self.number(text, None)?,
            },
            ResponseKind::Numeric { .. } | ResponseKind::VisualAnalogue { .. } => {
                self.number(text, Some(&self.seen))?
            }
            ResponseKind::Coded { .. } if scale.coded(text).is_none() => self.number(text, None)?,
            // In a list of choices a comma separates them.
            _ => None,
        };
        Ok(number.map_or(given, Given::Number))
    }

    /// The number that a text is by its marks. With `seen`, the decimal mark may show itself.
    fn number(&self, text: &str, seen: Option<&Seen>) -> Result<Option<f64>, String> {
        let fits = |number: f64| self.rule.scale().accepts(number).is_ok();
        self.declared.numbers.read(text, fits, seen)
    }

    /// The value of the option whose label is `text`.
    fn labelled(&self, text: &str) -> Result<Option<f64>, String> {
        let value = match self.labels.find(text) {
            LabelMatch::One(value) => value,
            LabelMatch::Several => return Err(self.of_several(text)),
            LabelMatch::None => return Ok(None),
        };
        if self.is_reversed {
            return Err(REVERSED_LABEL.to_owned());
        }
        let is_code = text.parse::<f64>().is_ok_and(|code| self.rule.scale().accepts(code).is_ok());
        if is_code && text.parse() != Ok(value.number()) {
            return Err(format!(
                "is the label of {value}, and also the coded value of another answer: list the texts in a map under `[codes.{}]`",
                self.rule.scale().name
            ));
        }
        Ok(Some(value.number()))
    }

    /// The reason for refusing the label of several options.
    fn of_several(&self, text: &str) -> String {
        let values: Vec<String> =
            self.labels.values_of(text).iter().map(ToString::to_string).collect();
        format!("is the label of several answers: {}", values.join(" and "))
    }

    fn unlisted(&self) -> String {
        format!(
            "is not among the numbers that the map lists under `[codes.{}]`",
            self.rule.scale().name
        )
    }

    /// Returns the answer in a cell that contains a list. Only items with several choices accept lists.
    pub(super) fn list<'g>(
        &self,
        list: impl IntoIterator<Item = Given<'g>>,
    ) -> Result<Answer, String> {
        match self.rule.scale().kind {
            ResponseKind::Text { .. } => Ok(Answer::Code(None)),
            ResponseKind::SeveralChoice { .. } => self.chosen(list).map(Answer::Code),
            _ => Err("is not an answer: it is a list".to_owned()),
        }
    }

    /// Whether the item accepts any cell, so that cells need not be read.
    pub(super) fn takes_anything(&self) -> bool {
        matches!(self.rule.scale().kind, ResponseKind::Text { .. })
    }

    /// The response scale of the item.
    pub(super) fn scale(&self) -> &ResponseScale {
        self.rule.scale()
    }

    /// Whether several options may be chosen.
    pub(super) fn takes_several(&self) -> bool {
        matches!(self.rule.scale().kind, ResponseKind::SeveralChoice { .. })
    }

    /// Whether the cells are read: formulas may look into the choices among several options.
    pub(super) fn is_scored(&self) -> bool {
        self.rule.is_scored() || self.takes_several()
    }

    pub(super) fn is_small(&self) -> bool {
        self.rule.is_small()
    }

    /// Whether the columns of both items may contain the same cells, with the same meaning.
    pub(super) fn is_like(&self, other: &Cells<'_>) -> bool {
        self.rule.is_like(&other.rule)
            && Rc::ptr_eq(&self.missing, &other.missing)
            && self.codes.as_ref().map(Rc::as_ptr) == other.codes.as_ref().map(Rc::as_ptr)
            && self.is_reversed == other.is_reversed
    }

    /// Whether decimal commas were found in the column, without a declaration.
    pub(super) fn has_proven_commas(&self) -> bool {
        self.seen.get() == Some(DecimalMark::Comma)
    }

    /// Returns the number that records the chosen options. `None` if there are none.
    fn chosen<'g>(
        &self,
        choices: impl IntoIterator<Item = Given<'g>>,
    ) -> Result<Option<f64>, String> {
        let chosen: Vec<usize> =
            choices.into_iter().map(|choice| self.choice(choice)).collect::<Result<_, _>>()?;
        Ok(self.rule.scale().chosen(chosen))
    }

    /// Returns the position of the option with this value, code or declared label.
    fn choice(&self, given: Given<'_>) -> Result<usize, String> {
        let scale = self.rule.scale();
        let number = match self.translated(given)? {
            Given::Number(number) => number,
            Given::Text(text) => match scale.coded(text.trim()) {
                Some(value) => value.number(),
                // `accepts` refuses NaN, and its reason lists the choices.
                None => text.trim().parse().unwrap_or(f64::NAN),
            },
        };
        let divided = if number.is_nan() { several_given::NOT_DIVIDED } else { "" };
        scale.accepts(number).map_err(|why| format!("is not a choice: {why}{divided}"))?;
        scale.position(number).ok_or_else(|| "is not a choice".to_owned())
    }

    /// Returns the number that records the options at these positions. `None` if there are none.
    pub(super) fn ticked(&self, options: impl IntoIterator<Item = usize>) -> Option<f64> {
        self.rule.scale().chosen(options)
    }

    /// Returns a more helpful reason than `why`, if one is known.
    fn reason(&self, given: Given<'_>, why: String) -> String {
        let Given::Text(text) = given else {
            let Given::Number(number) = given else { return why };
            return if number.is_finite() { why } else { "is not a number".to_owned() };
        };
        let text = text.trim();
        if several_given::are_several(self.rule.scale(), text) {
            return "has several answers, but the item takes only one".to_owned();
        }
        match self.labels.find(text) {
            LabelMatch::One(value) => return format!("{LABEL}, which is {value}"),
            LabelMatch::Several => return self.of_several(text),
            LabelMatch::None => {}
        }
        // R writes `TRUE`, pandas `True`, and JavaScript `true`.
        let truth = text.eq_ignore_ascii_case("true") || text.eq_ignore_ascii_case("false");
        if truth && self.rule.scale().kind == ResponseKind::YesNo {
            return TRUTH.to_owned();
        }
        match text.parse::<f64>() {
            Ok(number) if number.is_finite() => return why,
            Ok(_) => return "is not a number".to_owned(),
            Err(_) => {}
        }
        match numbers::comma_readings(text) {
            Some((decimal, Some(grouped))) => numbers::doubt(decimal, grouped),
            Some((_, None)) => COMMA.to_owned(),
            None if self.declared.has_labels && !self.labels.is_empty() => {
                "is neither a coded value nor the label of an answer".to_owned()
            }
            None => why,
        }
    }
}
