//! Questions as items.

use super::survey::{Reader, Row, is_true};
use crate::draft::{NewItem, bounded, decimals, joined};
use crate::finding::Kind;
use crate::form::ResponseKind;
use crate::words::Words;

/// The decimal places of numbers, of which a form does not state how many they have.
const DECIMALS: u32 = 3;

impl<'a> Reader<'a> {
    /// Adds the items of a question, or reports why there are none.
    pub(super) fn answered(&mut self, row: &Row<'_>, kind: &str, rest: &str) {
        let name = row.text("name");
        let appearance = row.text("appearance");
        let shows = |word: &str| appearance.split_whitespace().any(|part| part == word);
        if kind == "select_one" && shows("label") {
            return self.header_row(row);
        }
        if self.expression(row, "relevant") == "false()" {
            let place = row.place("relevant");
            return self.draft.leave_out(name, &place, "its condition is never met");
        }
        let response = match kind {
            "select_one" => self.list(row, rest, false),
            "score__row" => {
                let list = self.groups.iter().rev().find_map(|group| group.list.clone());
                self.list(row, &list.unwrap_or_default(), false)
            }
            "select_multiple" => return self.several(row, rest),
            "integer" => self.number(row, Some(0)),
            "decimal" => self.number(row, None),
            "range" => self.range(row),
            "text" => Ok(self.written(row, if shows("multiline") { 4 } else { 1 })),
            "date" => Ok(self.plain("date", row, ResponseKind::Date)),
            "time" => Ok(self.plain("time", row, ResponseKind::Time)),
            "datetime" => {
                let message = format!("`{name}` asks for a date with a time; it is a text here");
                self.draft.report(Kind::Changed, "date-time", &row.place("type"), message);
                Ok(self.written(row, 1))
            }
            other => Err(format!("the type `{other}` has no counterpart")),
        };
        match response {
            Ok(response) => self.add(row, kind, response),
            Err(reason) => self.draft.leave_out(name, &row.place("type"), &reason),
        }
    }

    fn add(&mut self, row: &Row<'_>, kind: &str, response: usize) {
        let name = row.text("name").to_owned();
        let stem = self.stem(row, kind == "range");
        let required = self.required(row);
        self.others(row);
        let around = self.around();
        let item = NewItem {
            name: name.clone(),
            column: name.clone(),
            stem,
            response,
            required,
            place: row.place("name"),
        };
        if let Some(position) = self.draft.item(item, &around) {
            self.draft.names.items.insert(name, position);
        }
    }

    /// A question with several answers. If an expression asks for one of its options, each option is an item.
    fn several(&mut self, row: &Row<'_>, list: &str) {
        let name = row.text("name").to_owned();
        let is_asked_for = [format!("${{{name}}}"), format!("/{name}")]
            .iter()
            .any(|written| self.expressions.contains(written));
        if !is_asked_for {
            return match self.list(row, list, true) {
                Ok(response) => self.add(row, "select_multiple", response),
                Err(reason) => self.draft.leave_out(&name, &row.place("type"), &reason),
            };
        }
        let options = self.lists.get(listed(list).0).cloned().unwrap_or_default();
        if options.is_empty() {
            return self.draft.leave_out(&name, &row.place("type"), "it has no options");
        }
        self.filtered(row);
        let place = row.place("type");
        let response = self.draft.response("tick", "tick", &place, |_| ResponseKind::YesNo {
            yes: Words::default(),
            no: Words::default(),
        });
        if self.required(row) {
            let message = format!("`{name}` needs at least one answer; no single option does");
            self.draft.report(Kind::NotUnderstood, "required", &row.place("required"), message);
        }
        let stem = self.stem(row, false);
        self.others(row);
        let around = self.around();
        for option in options {
            let label = self.draft.words(&option.label, 300, &option.place);
            let item = NewItem {
                name: format!("{name}_{}", option.stored),
                column: format!("{name}/{}", option.stored),
                stem: joined(&stem, " ", &label),
                response,
                required: false,
                place: row.place("name"),
            };
            if let Some(position) = self.draft.item(item, &around) {
                self.draft.names.boxes.entry((name.clone(), option.stored)).or_insert(position);
            }
        }
        let reason = "has several answers: one of its options has to be named".to_owned();
        self.draft.names.left_out.insert(name.clone(), reason);
        // An expression may name it within `selected`.
        self.draft.names.several.insert(name);
    }

    /// The response scale of a list.
    fn list(&mut self, row: &Row<'_>, list: &str, is_several: bool) -> Result<usize, String> {
        let place = row.place("type");
        let (list, other) = listed(list);
        if row.text("appearance").contains("search(") {
            return Err("its options are in another file".to_owned());
        }
        let options = self.lists.get(list).cloned().unwrap_or_default();
        if options.is_empty() {
            return Err(format!("the sheet `choices` has no list `{list}`"));
        }
        if other {
            let message =
                format!("`{}` also takes an answer in words; that is left out", row.text("name"));
            self.draft.report(Kind::NotUnderstood, "other", &place, message);
        }
        self.filtered(row);
        self.constraint_left(row);
        self.draft.listed(&options, list, is_several, &place)
    }

    /// Reports a filter of the options.
    fn filtered(&mut self, row: &Row<'_>) {
        if !row.text("choice_filter").is_empty() {
            let message = format!(
                "`{}` shows only some of its options, depending on other answers; all are imported",
                row.text("name")
            );
            let place = row.place("choice_filter");
            self.draft.report(Kind::NotUnderstood, "choice-filter", &place, message);
        }
    }

    /// A number with the bounds of its constraint.
    fn number(&mut self, row: &Row<'_>, decimals: Option<u32>) -> Result<usize, String> {
        let place = row.place("constraint");
        let text = self.expression(row, "constraint");
        let step = if decimals == Some(0) { Some(1.0) } else { None };
        let (min, max) = match bounds(&text, step) {
            Some(bounds) => bounds,
            None => {
                self.constraint_left(row);
                (None, None)
            }
        };
        if min.zip(max).is_some_and(|(min, max)| min >= max) {
            return Err("its lowest number is not below its highest".to_owned());
        }
        if min.is_some() || max.is_some() {
            let message =
                format!("the range of `{}` is read from its constraint", row.text("name"));
            self.draft.report(Kind::Note, "range", &place, message);
        }
        if decimals.is_none() {
            let message = format!(
                "the form does not say how many decimal places `{}` has; {DECIMALS} are allowed",
                row.text("name")
            );
            self.draft.report(Kind::Assumed, "decimals", &row.place("type"), message);
        }
        let decimals = decimals.unwrap_or(DECIMALS);
        let signature = format!("number {min:?} {max:?} {decimals}");
        Ok(self.draft.response(&signature, row.text("name"), &place, |_| ResponseKind::Numeric {
            min,
            max,
            decimals: Some(decimals),
            unit: Words::default(),
        }))
    }

    /// A line between two numbers. Without parameters it has the numbers 1 to 10.
    fn range(&mut self, row: &Row<'_>) -> Result<usize, String> {
        let place = row.place("parameters");
        let parameter = |name: &str, otherwise: f64| {
            let mut parts = row.text("parameters").split([' ', ';', ',']).map(str::trim);
            let value = parts.find_map(|part| {
                let (key, value) = part.split_once('=')?;
                (key.trim() == name).then(|| bounded(value))
            });
            value.unwrap_or(Some(otherwise))
        };
        let (min, max, step) =
            (parameter("start", 1.0), parameter("end", 10.0), parameter("step", 1.0));
        let (Some(min), Some(max), Some(step)) = (min, max, step) else {
            return Err("its parameters are not numbers up to 1,000,000".to_owned());
        };
        if min >= max || step <= 0.0 {
            return Err("the first number of its range is not below the last".to_owned());
        }
        self.constraint_left(row);
        let places = decimals(step);
        let is_usual = (step * 10_f64.powi(i32::try_from(places).unwrap_or(0)) - 1.0).abs() < 1e-9;
        if !is_usual {
            let message = format!("the step of `{}` is {step}; that is left out", row.text("name"));
            self.draft.report(Kind::NotUnderstood, "step", &place, message);
        }
        let hint = self.hint(row);
        let (low, high) = (end(&hint, min), end(&hint, max));
        let signature = format!("range {min} {max} {places} {low:?} {high:?}");
        Ok(self.draft.response(&signature, row.text("name"), &place, |_| {
            ResponseKind::VisualAnalogue { min, max, decimals: places, low, high }
        }))
    }

    fn written(&mut self, row: &Row<'_>, lines: u32) -> usize {
        self.constraint_left(row);
        let name = if lines > 1 { "long_text" } else { "text" };
        self.plain(name, row, ResponseKind::Text(lines))
    }

    fn plain(&mut self, name: &str, row: &Row<'_>, kind: ResponseKind) -> usize {
        self.draft.response(name, name, &row.place("type"), |_| kind)
    }

    /// Reports a constraint that is not understood.
    fn constraint_left(&mut self, row: &Row<'_>) {
        let text = row.text("constraint");
        if !text.is_empty() {
            let message = format!("the constraint `{text}` is left out");
            let place = row.place("constraint");
            self.draft.report(Kind::NotUnderstood, "constraint", &place, message);
        }
    }

    fn hint(&mut self, row: &Row<'_>) -> Words {
        let words = row.columns.words(row.sheet, row.at, "hint", &self.tags, &self.plain_tag);
        self.draft.words(&words, 4000, &row.place("hint"))
    }

    /// The label of an item, followed by its hint. The hint of a line names its ends.
    fn stem(&mut self, row: &Row<'_>, is_line: bool) -> Words {
        let stem = self.label(row, 4000);
        let name = row.text("name");
        if stem.is_empty() {
            let message = format!("`{name}` has no label; its name is the text");
            self.draft.report(Kind::Changed, "no-label", &row.place("label"), message);
        }
        let hint = self.hint(row);
        let names_ends = hint.iter().all(|(_, text)| text.lines().all(|line| line.contains(": ")));
        if hint.is_empty() || is_line && names_ends {
            return stem;
        }
        let message = format!("the hint of `{name}` follows its label");
        self.draft.report(Kind::Changed, "hint", &row.place("hint"), message);
        joined(&stem, "\n", &hint)
    }

    fn required(&mut self, row: &Row<'_>) -> bool {
        let text = row.text("required");
        let is_no =
            matches!(text.to_ascii_lowercase().as_str(), "" | "no" | "false" | "false()" | "0");
        if !is_no && !is_true(text) {
            let message = format!("`{}` is required only if `{text}`", row.text("name"));
            self.draft.report(Kind::NotUnderstood, "required", &row.place("required"), message);
        }
        is_true(text)
    }

    /// Reports what else a row says about an answer.
    fn others(&mut self, row: &Row<'_>) {
        let name = row.text("name");
        let default = row.text("default");
        if !default.is_empty() {
            let message = format!(
                "`{name}` has the default `{default}`, an answer that nobody gave; that is left out"
            );
            self.draft.report(Kind::NotUnderstood, "default", &row.place("default"), message);
        }
        let calculation = row.text("calculation");
        if !calculation.is_empty() {
            let message =
                format!("the answer to `{name}` is computed as `{calculation}`; that is left out");
            let place = row.place("calculation");
            self.draft.report(Kind::NotUnderstood, "calculation", &place, message);
        }
        if is_true(row.text("readonly")) {
            let message = format!("`{name}` cannot be answered, because it is read-only");
            self.draft.report(Kind::Doubtful, "readonly", &row.place("readonly"), message);
        }
        if !row.text("media").is_empty() {
            let message = format!("the image or the sound of `{name}` is left out");
            self.draft.report(Kind::NotUnderstood, "media", &row.place("media"), message);
        }
    }
}

/// The list of a choice, and whether it takes another answer in words.
fn listed(list: &str) -> (&str, bool) {
    let trimmed = list.trim();
    ["or_other", "or other", "or specify other"]
        .iter()
        .find_map(|end| trimmed.strip_suffix(end))
        .map_or((trimmed, false), |list| (list.trim(), true))
}

/// The words at an end of a line, from hints such as `0: not at all`.
fn end(hint: &Words, value: f64) -> Words {
    let begin = format!("{value}: ");
    let mut words = Words::default();
    for (language, text) in hint.iter() {
        if let Some(end) = text.lines().find_map(|line| line.trim().strip_prefix(&begin)) {
            words.add(language, end);
        }
    }
    words
}

/// The bounds in a constraint such as `. >= 0 and . <= 40`; `None` if it is anything else. Numbers with a `step` can have
/// open bounds.
fn bounds(text: &str, step: Option<f64>) -> Option<(Option<f64>, Option<f64>)> {
    let (mut min, mut max) = (None, None);
    let text =
        text.trim().trim_start_matches('(').trim_end_matches(')').replace(") and (", " and ");
    if text.is_empty() {
        return Some((None, None));
    }
    for part in text.split(" and ") {
        let compact: String = part.chars().filter(|letter| !letter.is_whitespace()).collect();
        let compact = match compact.strip_suffix("<=.").or_else(|| compact.strip_suffix("<.")) {
            // `0 <= .` is `. >= 0`.
            Some(number) if compact.contains('=') => format!(".>={number}"),
            Some(number) => format!(".>{number}"),
            None => compact,
        };
        let (sign, number) = [".>=", ".<=", ".>", ".<"]
            .iter()
            .find_map(|sign| compact.strip_prefix(sign).map(|number| (*sign, number)))?;
        let number = bounded(number)?;
        let (bound, value) = match sign {
            ".>=" => (&mut min, number),
            ".<=" => (&mut max, number),
            ".>" => (&mut min, number + step?),
            _ => (&mut max, number - step?),
        };
        if bound.replace(value).is_some() {
            return None;
        }
    }
    Some((min, max))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bounds_are_read_from_constraints() {
        for (text, step, expected) in [
            (". >= 0 and . <= 40", Some(1.0), Some((Some(0.0), Some(40.0)))),
            (".>=0 and .<=40", None, Some((Some(0.0), Some(40.0)))),
            ("(. >= 0) and (. <= 40)", None, Some((Some(0.0), Some(40.0)))),
            (". > 0 and . < 40", Some(1.0), Some((Some(1.0), Some(39.0)))),
            (". > 0", None, None),
            ("0 <= . and . <= 5", None, Some((Some(0.0), Some(5.0)))),
            (". <= 120", Some(1.0), Some((None, Some(120.0)))),
            ("", None, Some((None, None))),
            (". != 3", None, None),
            (". >= ${a}", None, None),
            (". >= 1 and . >= 2", None, None),
            (". >= 1 or . <= -5", None, None),
            (". <= 99999999", None, None),
        ] {
            assert_eq!(bounds(text, step), expected, "{text}");
        }
    }
}
