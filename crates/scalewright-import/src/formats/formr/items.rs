//! Rows as items.

use super::rows::{Asked, Reader, Row};
use crate::draft::{Listed, NewItem, bounded, decimals, joined};
use crate::finding::Kind;
use crate::form::ResponseKind;
use crate::words::Words;

impl<'a> Reader<'a> {
    /// A question, with when it is asked.
    pub(super) fn question(&mut self, row: &Row<'_>, kind: &str, rest: &str) {
        let name = row.text("name");
        let place = row.place("name");
        if name.is_empty() {
            let message = format!("a question of the type `{kind}` has no name and is left out");
            self.draft.report(Kind::NotUnderstood, "no-name", &place, message);
            return;
        }
        if self.draft.names.contains(name) {
            let message = format!("a second row has the name `{name}` and is left out");
            self.draft.report(Kind::NotUnderstood, "same-name", &place, message);
            return;
        }
        if row.text("showif").eq_ignore_ascii_case("false") {
            return self.draft.leave_out(name, &row.place("showif"), "its condition is never met");
        }
        let first = self.draft.form.items.len();
        if let Err(reason) = self.answered(row, kind, rest) {
            self.draft.leave_out(name, &row.place("type"), &reason);
        }
        let text = row.text("showif");
        if text.is_empty() || text.eq_ignore_ascii_case("true") {
            return;
        }
        for item in first..self.draft.form.items.len() {
            let (text, place) = (text.to_owned(), row.place("showif"));
            self.asked.push(Asked { item, text, place });
        }
    }

    /// Adds the items of a question; the reason if there are none.
    fn answered(&mut self, row: &Row<'_>, kind: &str, rest: &str) -> Result<(), String> {
        let place = row.place("type");
        let response = match kind {
            "mc" | "mc_button" | "select_one" | "select" | "sex" => {
                let options =
                    if kind == "sex" { self.options(row, "") } else { self.options(row, rest) };
                self.draft.listed(&options, response_name(row, rest), false, &place)?
            }
            "rating_button" => self.rating(row, rest)?,
            "check" | "check_button" => self.draft.response("tick", "tick", &place, |_| {
                ResponseKind::YesNo { yes: Words::default(), no: Words::default() }
            }),
            "mc_multiple" | "mc_multiple_button" | "select_multiple" => {
                let options = self.options(row, rest);
                if self.expressions.contains(row.text("name")) {
                    let message = format!(
                        "an expression asks for `{}`, which has several answers; formr stores them in one text",
                        row.text("name")
                    );
                    self.draft.report(Kind::Doubtful, "several-answers", &place, message);
                }
                self.draft.listed(&options, response_name(row, rest), true, &place)?
            }
            "select_or_add_one" | "select_or_add_multiple" => {
                return Err("answers that are not listed can be added to it".to_owned());
            }
            "number" => self.number(row, rest, false)?,
            "range" | "range_ticks" | "visual_analog" => self.number(row, rest, true)?,
            "text" | "letters" | "email" | "url" | "tel" | "cc" => {
                self.draft.response("text", "text", &place, |_| ResponseKind::Text(1))
            }
            "textarea" => {
                self.draft.response("long", "long_text", &place, |_| ResponseKind::Text(4))
            }
            "date" => self.draft.response("date", "date", &place, |_| ResponseKind::Date),
            "time" => self.draft.response("time", "time", &place, |_| ResponseKind::Time),
            other => return Err(format!("the type `{other}` has no counterpart")),
        };
        self.add(row, rest, response);
        Ok(())
    }

    fn add(&mut self, row: &Row<'_>, list: &str, response: usize) {
        let name = row.text("name").to_owned();
        let stem = self.draft.words(&Words::only(row.text("label")), 4000, &row.place("label"));
        if stem.is_empty() {
            let message = format!("`{name}` has no label; its name is the text");
            self.draft.report(Kind::Changed, "no-label", &row.place("label"), message);
        }
        let value = row.text("value");
        if !value.is_empty() {
            let message = format!(
                "`{name}` has the default `{value}`, an answer that nobody gave; that is left out"
            );
            self.draft.report(Kind::NotUnderstood, "default", &row.place("value"), message);
        }
        let required = self.required(row);
        let around = self.above(list);
        let (column, place) = (name.clone(), row.place("name"));
        let item = NewItem { name: name.clone(), column, stem, response, required, place };
        if let Some(position) = self.draft.item(item, &around) {
            self.draft.names.items.insert(name, position);
        }
    }

    /// Whether an answer is required: `*` is optional, `!` and an empty cell are not.
    fn required(&mut self, row: &Row<'_>) -> bool {
        let flag = row.text("optional");
        if !matches!(flag, "" | "!" | "*") {
            let message = format!("`{flag}` is neither `*` nor `!`; an answer is required");
            self.draft.report(Kind::Doubtful, "optional", &row.place("optional"), message);
        }
        flag != "*"
    }

    /// The options of a row: its list, or its own.
    fn options(&mut self, row: &Row<'_>, rest: &str) -> Vec<Listed> {
        let list = rest.rsplit([' ', ',']).next().unwrap_or_default();
        if let Some(options) = self.lists.get(list).filter(|_| !list.is_empty()) {
            return options.clone();
        }
        let own = row.columns.choices().map(|(number, column)| Listed {
            stored: number.to_string(),
            label: Words::only(row.sheet.cell(row.at, column)),
            non_response: false,
            place: row.place("type"),
        });
        let own: Vec<Listed> = own.filter(|listed| !listed.label.is_empty()).collect();
        self.has_own_options |= !own.is_empty();
        own
    }

    /// Buttons from a lowest to a highest number, with words at the ends: `rating_button 1,5,1`.
    fn rating(&mut self, row: &Row<'_>, rest: &str) -> Result<usize, String> {
        let (numbers, list) = limits(rest);
        let (min, max, step) = match numbers.as_slice() {
            [] => (1.0, 5.0, 1.0),
            [max] => (1.0, *max, 1.0),
            [min, max] => (*min, *max, 1.0),
            [min, max, step, ..] => (*min, *max, *step),
        };
        let count = ((max - min) / step).round();
        let are_whole = [min, max, step].iter().all(|number| number.fract() == 0.0);
        if !are_whole || step <= 0.0 || !(1.0..=199.0).contains(&count) {
            return Err("the buttons of its rating are not whole numbers".to_owned());
        }
        let ends: Vec<Words> =
            self.options(row, &list).into_iter().map(|listed| listed.label).collect();
        let place = row.place("type");
        #[expect(clippy::cast_possible_truncation, reason = "whole, and bounded above")]
        let (min, step, count) = (min as i64, step as i64, count as i64);
        let listed: Vec<Listed> = (0..=count)
            .map(|index| Listed {
                stored: (min + index * step).to_string(),
                label: match index {
                    0 => ends.first().cloned().unwrap_or_default(),
                    index if index == count => ends.get(1).cloned().unwrap_or_default(),
                    _ => Words::default(),
                },
                non_response: false,
                place: place.clone(),
            })
            .collect();
        self.draft.listed(&listed, row.text("name"), false, &place)
    }

    /// A number or a line: `number 0,50,1` has the lowest, the highest and the step.
    fn number(&mut self, row: &Row<'_>, rest: &str, is_line: bool) -> Result<usize, String> {
        let place = row.place("type");
        let (numbers, _) = limits(rest);
        let (min, max) = (numbers.first().copied(), numbers.get(1).copied());
        let step =
            if rest.contains("any") { 0.001 } else { numbers.get(2).copied().unwrap_or(1.0) };
        if min.zip(max).is_some_and(|(min, max)| min >= max) || step <= 0.0 {
            return Err("its lowest number is not below its highest".to_owned());
        }
        let places = decimals(step);
        if (step * 10_f64.powi(i32::try_from(places).unwrap_or(0)) - 1.0).abs() > 1e-9 {
            let message = format!("the step of `{}` is {step}; that is left out", row.text("name"));
            self.draft.report(Kind::NotUnderstood, "step", &place, message);
        }
        let labels: Vec<Words> =
            self.options(row, "").into_iter().map(|listed| listed.label).collect();
        let low = self.draft.words(&labels.first().cloned().unwrap_or_default(), 300, &place);
        let high = self.draft.words(&labels.get(1).cloned().unwrap_or_default(), 300, &place);
        let name = row.text("name");
        if !is_line {
            if !labels.is_empty() {
                let message = format!("the words beside the number `{name}` are left out");
                self.draft.report(Kind::NotUnderstood, "labels", &place, message);
            }
            let signature = format!("number {min:?} {max:?} {places}");
            return Ok(self.draft.response(&signature, name, &place, |_| ResponseKind::Numeric {
                min,
                max,
                decimals: Some(places),
                unit: Words::default(),
            }));
        }
        let (min, max) = (min.unwrap_or(0.0), max.unwrap_or(100.0));
        let signature = format!("line {min} {max} {places} {:?}", joined(&low, "|", &high));
        Ok(self.draft.response(&signature, name, &place, |_| ResponseKind::VisualAnalogue {
            min,
            max,
            decimals: places,
            low,
            high,
        }))
    }
}

/// The name of a response scale: that of the list, or of the item.
fn response_name<'t>(row: &Row<'t>, rest: &'t str) -> &'t str {
    let list = rest.rsplit([' ', ',']).next().unwrap_or_default();
    if list.is_empty() || list.parse::<f64>().is_ok() { row.text("name") } else { list }
}

/// The numbers at the beginning of what follows a type, and the list of options after them.
fn limits(rest: &str) -> (Vec<f64>, String) {
    let mut numbers = Vec::new();
    let mut list = String::new();
    for part in rest.split([',', ' ']).map(str::trim).filter(|part| !part.is_empty()) {
        match bounded(part) {
            Some(number) if list.is_empty() => numbers.push(number),
            _ => part.clone_into(&mut list),
        }
    }
    (numbers, list)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_are_read() {
        for (rest, numbers, list) in [
            ("0,50,1", &[0.0, 50.0, 1.0][..], ""),
            ("1,5,1 agree", &[1.0, 5.0, 1.0], "agree"),
            ("agree", &[], "agree"),
            ("0,10,any", &[0.0, 10.0], "any"),
            ("", &[], ""),
        ] {
            assert_eq!(limits(rest), (numbers.to_vec(), list.to_owned()), "{rest}");
        }
    }
}
