//! The age of respondents on the day of a sitting, from two declared columns: the date of birth, and that day.
//!
//! Nothing is guessed. Without one of the two dates there is no age; a day before the birth, an age above [`OLDEST`], and an age
//! that the table states otherwise are faults of the row. The same limits apply to the years between dates that are items.

use std::collections::BTreeSet;

use scalewright_model::{Instrument, ItemIx, ResponseScale, date_number, date_of};
use scalewright_scoring::{Column, years_counted};

use crate::Stop;

use super::age_columns::AgeFrom;
use super::batch::{BadRow, Batch, Fault};
use super::hints;
use super::kept::{ExtraColumn, Kept};
use super::meaning::DateOrder;
use super::plan::Plan;
use super::row_reader::RowReader;

/// The highest age of a respondent, in years.
const OLDEST: f64 = 120.0;

/// The computed age of an instrument.
pub(crate) struct Ages {
    /// The index of the item.
    pub(crate) item: usize,
    from: AgeFrom,
    scale: ResponseScale,
    order: DateOrder,
}

impl Ages {
    /// The age for an instrument, which is one of `all`. `None` if only others have the item.
    ///
    /// # Errors
    ///
    /// When no instrument has the item, or it cannot be an age.
    pub(super) fn new(
        from: AgeFrom,
        (instrument, all): (&Instrument, &[&Instrument]),
        order: DateOrder,
    ) -> Result<Option<Self>, Stop> {
        let place = |one: &Instrument| one.items.iter().position(|item| item.id == from.item);
        let Some(item) = place(instrument) else {
            return match all.iter().any(|one| place(one).is_some()) {
                true => Ok(None),
                false => Err(no_item(&from.item, all)),
            };
        };
        let scale = instrument.response(ItemIx(item)).clone();
        let is_number = matches!(scale.kind, scalewright_model::ResponseKind::Numeric { .. });
        if !instrument.items[item].background || !is_number {
            let id = &from.item;
            let message = format!(
                "`{id}` cannot be the age: it is not a number that is a fact about the respondent"
            );
            return Err(Stop::usage(message)
                .help("give the item a numeric response scale and `background = true`"));
        }
        Ok(Some(Self { item, from, scale, order }))
    }

    /// Checks that the table has the columns. Facts about respondents may have the date of birth instead. A column that only
    /// later rows can have is looked for again after the last one.
    ///
    /// # Errors
    ///
    /// When a column does not exist.
    pub(super) fn check(
        &self,
        (name, reader): (&str, &dyn RowReader),
        plan: &mut Plan<'_>,
        has_births: bool,
    ) -> Result<(), Stop> {
        let needed = [("birth", &self.from.birth), ("day", &self.from.day)];
        for (option, column) in needed.into_iter().skip(usize::from(has_births)) {
            let known = reader.columns().iter().chain(reader.kept());
            if known.clone().any(|known| known == column) {
                continue;
            }
            if grows(reader) {
                plan.unseen.push(column.clone());
                continue;
            }
            let stop = Stop::usage(format!("`--{option}`: {name} has no column `{column}`"));
            return Err(match hints::nearest(column, known.map(String::as_str)) {
                Some(near) => stop.help(format!("did you mean `{near}`?")),
                None => stop.help("name the column as in the first row of the table"),
            });
        }
        Ok(())
    }

    /// The columns that are only read for the age: neither kept beside the scores nor by the reader itself.
    pub(super) fn hidden(&self, plan: &Plan<'_>, reader: &dyn RowReader) -> Vec<ExtraColumn> {
        let mut hidden: Vec<ExtraColumn> = Vec::new();
        for name in [&self.from.birth, &self.from.day] {
            let is_kept = self.kept_at(name, plan, reader).is_some();
            if !is_kept && hidden.iter().all(|known| known.name != *name) {
                let column = reader.columns().iter().position(|column| column == name);
                if column.is_some() || grows(reader) {
                    hidden.push(ExtraColumn { column, name: name.clone() });
                }
            }
        }
        hidden
    }

    /// The position of a column among the kept cells of a batch.
    fn kept_at(&self, name: &str, plan: &Plan<'_>, reader: &dyn RowReader) -> Option<usize> {
        let own = reader.kept();
        let planned = || plan.kept.iter().position(|kept| kept.name == name);
        own.iter().position(|kept| kept == name).or_else(|| planned().map(|at| own.len() + at))
    }

    /// Answers the item in each row of a batch. `hidden` are the cells of [`hidden`](Self::hidden), and `birth` returns the
    /// date of birth that is known of a respondent from elsewhere. Returns the rows with faults.
    pub(super) fn fill(
        &self,
        batch: &mut Batch,
        (plan, reader): (&Plan<'_>, &dyn RowReader),
        hidden: &[(String, Kept)],
        birth: impl Fn(&str) -> Option<f64>,
    ) -> Vec<(usize, Fault)> {
        let (mut ages, mut faults) = (Column::default(), Vec::new());
        let places = [&self.from.birth, &self.from.day].map(|name| {
            let kept = self.kept_at(name, plan, reader);
            (kept, hidden.iter().position(|(known, _)| known == name))
        });
        for row in 0..batch.numbers.len() {
            let text = |(kept, other): (Option<usize>, Option<usize>)| {
                let kept = kept.and_then(|at| batch.kept[at].get(row));
                kept.or_else(|| other.and_then(|at| hidden[at].1.get(row)))
            };
            let own = batch.responses.items[self.item].get(row);
            let who = batch.respondent(row);
            let age = self.age((text(places[0]), text(places[1])), own, || birth(&who));
            let bad = |(column, value, why): (&str, String, String)| {
                (row, BadRow::new(batch.numbers[row], None, &who).fault(column, &value, why))
            };
            faults.extend(
                age.as_ref().err().cloned().map(|(column, value, why)| bad((column, value, why))),
            );
            ages.push(age.ok().flatten());
        }
        batch.responses.items[self.item] = ages;
        let item = self.item;
        let known = &batch.responses.items[item];
        batch.absent.retain(|absent| absent.item != item || known.get(absent.row).is_none());
        faults
    }

    /// The age in a row with these two texts, in which the table states `own`. An error is the column, its content and why
    /// that is no date.
    fn age(
        &self,
        (birth, day): (Option<&str>, Option<&str>),
        own: Option<f64>,
        elsewhere: impl Fn() -> Option<f64>,
    ) -> Result<Option<f64>, (&str, String, String)> {
        let AgeFrom { birth: of_birth, day: of_day, item } = &self.from;
        let born = self.date(of_birth, birth)?.or_else(elsewhere);
        let (Some(born), Some(on)) = (born, self.date(of_day, day)?) else { return Ok(own) };
        let (born_on, on_day) = (shown(born), shown(on));
        let years = ((on - born) / 10_000.0).floor();
        if years < 0.0 {
            let why = format!("is before the date of birth, {born_on}");
            return Err((of_day, on_day, why));
        }
        if years > OLDEST {
            let why = format!("would be an age of {years} on {on_day}, which is above {OLDEST}");
            return Err((of_birth, born_on, why));
        }
        if let Err(why) = self.scale.accepts(years) {
            let why = format!(
                "is an age of {years} on {on_day}, which is not an answer to `{item}`: {why}"
            );
            return Err((of_birth, born_on, why));
        }
        match own.filter(|own| own.floor() != years) {
            Some(own) => {
                let why = format!(
                    "is stated as the age, which is {years} on {on_day} by the date of birth, {born_on}"
                );
                Err((item, own.to_string(), why))
            }
            None => Ok(Some(years)),
        }
    }

    /// The date in a cell. A time of the day after it does not matter.
    fn date<'c>(
        &self,
        column: &'c str,
        text: Option<&str>,
    ) -> Result<Option<f64>, (&'c str, String, String)> {
        let Some(text) = text.map(str::trim).filter(|text| !matches!(*text, "" | "NA")) else {
            return Ok(None);
        };
        let day = text.split(['T', ' ']).next().unwrap_or_default();
        let number = self.order.iso(day).and_then(|day| date_number(&day));
        number.map(Some).ok_or_else(|| {
            let why = "is not a date such as 2026-01-31, which the age is computed from".to_owned();
            (column, text.to_owned(), why)
        })
    }

    /// The column with the date of birth.
    pub(super) fn birth(&self) -> &str {
        &self.from.birth
    }

    /// The date of birth in a cell.
    ///
    /// # Errors
    ///
    /// Why the text is none.
    pub(super) fn born(&self, text: Option<&str>) -> Result<Option<f64>, String> {
        self.date(&self.from.birth, text).map_err(|(_, value, why)| format!("`{value}` {why}"))
    }
}

/// Whether later rows may add columns. FHIR, which keeps columns of its own, has no others.
fn grows(reader: &dyn RowReader) -> bool {
    reader.may_grow() && reader.kept().is_empty()
}

fn no_item(id: &str, all: &[&Instrument]) -> Stop {
    let stop = Stop::usage(format!("there is no item `{id}`, which the age would answer"));
    let facts = all.iter().flat_map(|one| &one.items).filter(|item| item.background);
    match hints::nearest(id, facts.map(|item| item.id.as_str())) {
        Some(near) => stop.help(format!("did you mean `--age-item {near}`?")),
        None => stop.help("name the item with `--age-item ID`, or `item` under `[age]` in a map"),
    }
}

fn shown(date: f64) -> String {
    date_of(date).unwrap_or_else(|| date.to_string())
}

/// The years that formulas count between dates that are items.
pub(crate) struct Years {
    pairs: BTreeSet<(ItemIx, ItemIx)>,
}

impl Years {
    pub(super) fn new(instrument: &Instrument) -> Self {
        Self { pairs: years_counted(instrument) }
    }

    /// The rows in which years are counted backwards, or more of them than people live.
    pub(super) fn faults(&self, batch: &Batch, plan: &Plan<'_>) -> Vec<(usize, Fault)> {
        let mut faults = Vec::new();
        for &(from, to) in &self.pairs {
            let [first, second] = [from, to].map(|item| &batch.responses.items[item.0]);
            for row in 0..batch.numbers.len() {
                let (Some(first), Some(second)) = (first.get(row), second.get(row)) else {
                    continue;
                };
                let years = ((second - first) / 10_000.0).floor();
                let why = match years {
                    ..0.0 => format!("is before `{}`, {}", plan.names[from.0], shown(first)),
                    OLDEST.. if years > OLDEST => format!(
                        "is {years} years after `{}`, {}, which is above {OLDEST}",
                        plan.names[from.0],
                        shown(first)
                    ),
                    _ => continue,
                };
                let who = batch.respondent(row);
                let bad = BadRow::new(batch.numbers[row], None, &who);
                faults.push((row, bad.fault(&plan.names[to.0], &shown(second), why)));
            }
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use scalewright_model::{ResponseKind, ResponseScale};

    use super::{AgeFrom, Ages};
    use crate::responses::meaning::DateOrder;

    fn ages() -> Ages {
        let text = str::to_owned;
        let from = AgeFrom { item: text("age"), birth: text("born"), day: text("seen") };
        let kind = ResponseKind::Numeric { min: Some(0.0), max: Some(110.0), decimals: 0 };
        let scale = ResponseScale { name: text("years"), kind };
        Ages { item: 0, from, scale, order: DateOrder::DayMonthYear }
    }

    #[test]
    fn ages_are_completed_years_or_faults() {
        let ages = ages();
        for (birth, day, own, expected) in [
            (Some("29.02.2000"), Some("2026-02-28"), None, Ok(Some(25.0))),
            (Some("29.02.2000"), Some("2026-03-01 09:30"), None, Ok(Some(26.0))),
            (Some("2000-02-29"), Some("2024-02-29T09:30:00Z"), Some(24.0), Ok(Some(24.0))),
            (Some("2026-01-31"), Some("31.1.2026"), None, Ok(Some(0.0))),
            (Some(""), Some("2026-02-28"), Some(33.0), Ok(Some(33.0))),
            (Some("2000-02-29"), None, None, Ok(None)),
            (Some("2026-02-01"), Some("2026-01-31"), None, Err("seen")),
            (Some("1900-01-01"), Some("2026-01-31"), None, Err("born")),
            (Some("1914-01-01"), Some("2026-01-31"), None, Err("born")),
            (Some("2000-02-30"), Some("2026-01-31"), None, Err("born")),
            (Some("2000-01-31"), Some("tomorrow"), None, Err("seen")),
            (Some("2000-01-31"), Some("2026-01-31"), Some(25.0), Err("age")),
        ] {
            let found = ages.age((birth, day), own, || None);
            let found = found.map_err(|(column, _, _)| column);
            assert_eq!(found, expected, "{birth:?} {day:?}");
        }
        let elsewhere = ages.age((None, Some("2026-01-31")), None, || Some(20_000_131.0));
        assert_eq!(elsewhere, Ok(Some(26.0)));
    }
}
