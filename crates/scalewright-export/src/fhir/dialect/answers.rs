//! Answers: where a response contains them, and how they become numbers.

use scalewright_model::{ItemIx, OptionValue, ResponseKind, UNLIMITED};

use super::value::{Value, decimal};
use super::variables::{Print, Printer};
use crate::fhir::options::Scoring;
use scalewright_scoring::normal::Operation;
use scalewright_scoring::{Accepted, Answer};

impl Printer<'_> {
    /// Returns the variable of the answer to `item`, which includes the value for when it was not asked.
    pub(super) fn answer(&mut self, item: ItemIx) -> Print<Value> {
        if let Some(name) = &self.items[item.0] {
            return Ok(Value::variable(name));
        }
        let Some(step) = self.normal.answers[item.0] else { return Ok(Value::missing()) };
        let id = self.instrument.items[item.0].id.clone();
        let name = self.name(&id);
        let expression = match &self.normal.step(step).operation {
            Operation::Choose { cases, otherwise } => {
                let given = self.name(&format!("{name}Given"));
                let raw = self.raw_answer(item);
                self.define(&given, format!("coded answer to {id}, asked or not"), raw)?;
                // Before the choice is printed, because its cases refer to the answer as given.
                self.given[item.0] = Some(given);
                self.choose(cases, *otherwise, &name)?.text
            }
            _ => self.raw_answer(item),
        };
        self.define(&name, format!("coded answer to {id}"), expression)?;
        self.items[item.0] = Some(name.clone());
        Ok(Value::variable(&name))
    }

    /// Returns the variable of the answer to `item` as given, whether or not it was asked.
    pub(super) fn given(&mut self, item: ItemIx) -> Print<Value> {
        match &self.given[item.0] {
            Some(name) => Ok(Value::variable(name)),
            None => self.answer(item),
        }
    }

    fn raw_answer(&self, item: ItemIx) -> String {
        let Some(Answer { accepted, asked: _ }) = self.program.answer(item) else {
            return "{}".to_owned();
        };
        let values = self.values(item);
        match (&self.instrument.response(item).kind, accepted) {
            (ResponseKind::YesNo, _) if !self.is_coded(item) => {
                // Compared, because engines disagree about the truth of an answer used as a condition.
                format!("{values}.select(iif($this = true, 1.0, 0.0))")
            }
            (ResponseKind::Time, _) => {
                // FHIR writes a time as `08:30:00`: the hours begin at 0, the minutes at 3.
                let part = |from| format!("$this.toString().substring({from}, 2).toDecimal()");
                format!("{values}.select({} * 60.0 + {})", part(0), part(3))
            }
            (ResponseKind::Date, _) => {
                // FHIR writes a date as `2026-01-31`, but a date may also be only a year or a month, which is no day.
                let part =
                    |from, long| format!("$this.toString().substring({from}, {long}).toDecimal()");
                let (year, month, day) = (part(0, 4), part(5, 2), part(8, 2));
                let whole = format!("{values}.where($this.toString().length() >= 10)");
                format!("{whole}.select({year} * 10000.0 + {month} * 100.0 + {day})")
            }
            (_, Accepted::Values(codes)) => {
                if self.scoring == Scoring::Weight && self.weighs(item, codes) {
                    return format!("{values}.weight()");
                }
                format!("{values}.code{}", of_codes(codes))
            }
            // Read option by option.
            (_, Accepted::Choices(_)) => "{}".to_owned(),
            (_, Accepted::Between { min, max, decimals: _ }) => {
                let low = (*min > -UNLIMITED).then(|| format!("$this >= {}", decimal(*min)));
                let high = (*max < UNLIMITED).then(|| format!("$this <= {}", decimal(*max)));
                let limits: Vec<String> = low.into_iter().chain(high).collect();
                let all = format!("{values}.select($this.toDecimal())");
                match limits.is_empty() {
                    true => all,
                    false => format!("{all}.where({})", limits.join(" and ")),
                }
            }
        }
    }

    /// Returns whether an option of an item with several choices is among its answers, as 1 or 0.
    pub(super) fn chosen(&self, item: ItemIx, option: usize) -> Value {
        let code = self.instrument.response(item).options()[option].value;
        let found = format!("{}.code.where($this = '{code}').exists()", self.values(item));
        Value::always(format!("iif({found}, 1.0, 0.0)"))
    }

    /// Returns a path to the answers to `item`. Some engines lack `descendants()`, so the path depends on the position:
    /// items of a section are in its group, others are at the top level.
    fn values(&self, item: ItemIx) -> String {
        let item = &self.instrument.items[item.0];
        let level = if item.section.is_some() { "item.item" } else { "item" };
        format!("%resource.{level}.where(linkId = '{}').answer.value", item.id)
    }

    /// Whether a yes-no question is published with two coded options, because it has its own words for them.
    fn is_coded(&self, item: ItemIx) -> bool {
        self.instrument.has_own_yes_and_no(self.instrument.items[item.0].response)
    }

    /// Whether every option is scored, and so has a number in the Questionnaire. For an option without a number,
    /// `weight()` would query a terminology server.
    fn weighs(&self, item: ItemIx, codes: &[OptionValue]) -> bool {
        let options = self.instrument.response(item).options();
        options.iter().all(|option| !option.non_response && codes.contains(&option.value))
    }
}

/// How many codes are united without parentheses: engines nest as deeply as there are operators.
const MOST_UNITED: usize = 50;

/// Prints the conversion of scored codes to numbers. Other codes give no number.
fn of_codes(codes: &[OptionValue]) -> String {
    let united = |codes: &[OptionValue]| {
        let codes: Vec<String> = codes.iter().map(|code| format!("'{code}'")).collect();
        codes.join(" | ")
    };
    let all = match codes.len() <= MOST_UNITED {
        true => united(codes),
        false => {
            let parts = codes.chunks(MOST_UNITED).map(|part| format!("({})", united(part)));
            parts.collect::<Vec<_>>().join(" | ")
        }
    };
    format!(".where($this in ({all})).select($this.toDecimal())")
}
