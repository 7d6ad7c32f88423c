//! R scripts with the key lists of the package psych, and with calls of `PROscorerTools::scoreScale`.
//!
//! A script is not run: lists of texts and numbers are read, and the calls that score them.

mod calls;
mod rules;
mod script;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Evidence, Stop};

use crate::finding::{Finding, Kind};
use crate::form::rule::Rule;
use crate::form::{Choice, Form, Item, Response, ResponseKind, Score};
use crate::format::Format;
use crate::ids::Ids;
use crate::options::Options;
use crate::place::Place;
use crate::source::Opened;
use crate::texts::listed;
use crate::words::Words;
use calls::{Call, Key, Lists};
use rules::Scorer;
use script::{Statement, statements};

/// The most bytes of a script.
const MOST_BYTES: usize = 4 << 20;

/// The most items of a form.
const MOST_ITEMS: usize = 5000;

/// The most options of a response scale; a wider range is a number.
const MOST_OPTIONS: f64 = 200.0;

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "psych",
    title: "an R script with a key list of psych or calls of `scoreScale`",
    recognises: |opened| {
        let text = opened.text().filter(|text| text.len() <= MOST_BYTES);
        text.filter(|text| text.contains("list(") || text.contains("scoreScale("))
            .is_some_and(|text| !Lists::of(&statements(text)).is_empty())
    },
    read: |opened, options| Ok(vec![read(opened, options)?]),
};

/// Reads a script.
fn read(opened: &Opened<'_>, options: &Options) -> Result<Form, Stop> {
    let file = opened.name();
    let text = opened.text().filter(|text| text.len() <= MOST_BYTES);
    let text = text.ok_or_else(|| {
        Stop::wrong(format!("{file}: the script is longer than {} MiB", MOST_BYTES >> 20))
    })?;
    let statements = statements(text);
    let lists = Lists::of(&statements);
    let mut reader = Reader {
        file,
        options,
        ids: Ids::default(),
        form: Form::default(),
        items: BTreeMap::new(),
        columns: lists.columns(opened.sources.beside),
    };
    let calls = lists.calls();
    let range = reader.range(&calls)?;
    reader.head(&calls);
    reader.items(&calls, range);
    if reader.form.items.is_empty() {
        return Err(Stop::wrong(format!(
            "{file}: the script names no items; numbers are the columns of data, whose first line is not beside the script"
        )));
    }
    for call in &calls {
        reader.scores(call, range);
    }
    reader.rest(&statements, &lists.read);
    reader.form.findings.extend(reader.ids.finding(file));
    Ok(reader.form)
}

struct Reader<'a> {
    file: &'a str,
    options: &'a Options,
    ids: Ids,
    form: Form,
    /// The position of each item, by its column.
    items: BTreeMap<String, usize>,
    /// The columns of the data that the script reads.
    columns: Vec<String>,
}

impl Reader<'_> {
    fn report(&mut self, kind: Kind, code: &'static str, line: usize, message: impl Into<String>) {
        let place = self.place(line);
        self.form.findings.push(Finding::new(kind, code, &place, message));
    }

    fn place(&self, line: usize) -> Place {
        Place::new(self.file, format!("line {line}"))
    }

    /// The lowest and the highest answer: of the calls, or of the user.
    fn range(&mut self, calls: &[Call]) -> Result<(f64, f64), Stop> {
        let stated: Vec<(usize, (f64, f64))> =
            calls.iter().filter_map(|call| Some((call.line, call.range?))).collect();
        if let Some((line, _)) = stated.iter().find(|(_, range)| *range != stated[0].1) {
            let message =
                "the calls state different ranges of answers; the first is taken for all items";
            self.report(Kind::Doubtful, "ranges", *line, message);
        }
        let own = self.options.min.zip(self.options.max);
        let range = own.or(stated.first().map(|(_, range)| *range)).ok_or_else(|| {
            Stop::usage(format!(
                "{}: the script does not state the lowest and the highest answer",
                self.file
            ))
            .help("add `--min` and `--max`, such as `--min 1 --max 5`")
        })?;
        let (low, high) = range;
        if !(low < high && low.abs() <= 1e6 && high.abs() <= 1e6) {
            return Err(Stop::wrong(format!(
                "{}: answers from {low} to {high} are no range",
                self.file
            )));
        }
        Ok(range)
    }

    fn head(&mut self, calls: &[Call]) {
        let stem = self.file.rsplit_once('.').map_or(self.file, |(stem, _)| stem);
        self.form.id = Ids::instrument(stem);
        self.form.titled.title = Words::only(stem);
        let described: Vec<String> = calls.iter().map(Call::described).collect();
        self.form.titled.citation = format!("{}: {}.", self.file, described.join("; "));
        self.form.rights.evidence.push(Evidence {
            source: self.file.to_owned(),
            states: "The file has no words of the instrument and says nothing about rights."
                .to_owned(),
            seen: String::new(),
        });
    }

    /// The items that the keys name: in the order of the data if that is known, else as they are first named.
    fn items(&mut self, calls: &[Call], range: (f64, f64)) {
        let mut named = BTreeSet::new();
        let mut order = Vec::new();
        for (call, key) in calls.iter().flat_map(|call| call.keys().map(move |key| (call, key))) {
            if let Some(column) = self.column(key).filter(|column| named.insert(column.clone())) {
                order.push((column, call.line));
            }
        }
        let at = |column: &String| self.columns.iter().position(|own| own == column);
        order.sort_by_key(|(column, _)| at(column).unwrap_or(usize::MAX));
        let place = self.place(calls.first().map_or(1, |call| call.line));
        let (name, kind) = (self.ids.response("answers"), kind(range));
        self.form.responses.push(Response { name, kind, place });
        for (column, line) in order.into_iter().take(MOST_ITEMS) {
            self.items.insert(column.clone(), self.form.items.len());
            self.form.items.push(Item {
                id: self.ids.item(&column),
                column,
                number: None,
                stem: Words::default(),
                response: 0,
                section: None,
                required: false,
                condition: None,
                place: self.place(line),
            });
        }
    }

    /// The column of a key; a number is a position in the data.
    fn column(&self, key: &Key) -> Option<String> {
        match key {
            Key::Column(name, _) => Some(name.clone()),
            Key::Position(position, _) => self.columns.get(position.checked_sub(1)?).cloned(),
        }
    }

    /// The scores of a call.
    fn scores(&mut self, call: &Call, range: (f64, f64)) {
        if let Some(message) = call.depends_on_sample() {
            self.report(Kind::Doubtful, "depends-on-sample", call.line, message);
        }
        for (name, keys) in &call.scales {
            let id = self.ids.item(name);
            let place = self.place(call.line);
            let rule = match self.scorer(call, keys, range) {
                Ok(scorer) => Rule {
                    text: call.text.clone(),
                    place,
                    target: scorer.target(&self.form),
                    source: Some(std::sync::Arc::new(scorer)),
                },
                Err(reason) => Rule::not_understood(&call.text, &place, reason),
            };
            self.form.scores.push(Score {
                id,
                column: name.clone(),
                title: Words::only(name),
                description: None,
                rule,
                bands: Vec::new(),
            });
        }
        let has_reversed = call.keys().any(Key::is_reversed);
        if call.range.is_none() && has_reversed && call.rule.is_ok() {
            let message = "the call does not state the range of answers, so that it reverses by the lowest and the highest answer in the data; ours reverses by the range that you gave";
            self.report(Kind::Doubtful, "range-of-sample", call.line, message);
        }
    }

    fn scorer(&self, call: &Call, keys: &[Key], range: (f64, f64)) -> Result<Scorer, String> {
        let (method, blanks) = call.rule.clone()?;
        let mut items = Vec::new();
        for key in keys {
            let column = self.column(key).ok_or_else(|| match key {
                Key::Position(position, _) => format!(
                    "column {position} of the data is not known: the first line of the data is not beside the script"
                ),
                Key::Column(name, _) => format!("the item `{name}` is not known"),
            })?;
            let item = self
                .items
                .get(&column)
                .ok_or_else(|| format!("the item `{column}` is one of too many"))?;
            items.push((*item, key.is_reversed()));
        }
        if items.is_empty() {
            return Err("it names no items".to_owned());
        }
        Ok(Scorer { items, range, method, blanks })
    }

    /// Says which statements were not read.
    fn rest(&mut self, statements: &[Statement], read: &BTreeSet<usize>) {
        let others: Vec<&Statement> =
            statements.iter().filter(|statement| !read.contains(&statement.line)).collect();
        if let Some(first) = others.first() {
            let shown = listed(
                others.iter().map(|statement| statement.text.lines().next().unwrap_or_default()),
            );
            let message = format!("these statements are no data and are not read: {shown}");
            self.report(Kind::Note, "not-read", first.line, message);
        }
    }
}

/// The answers from one number to another: options if they are few whole numbers.
fn kind((low, high): (f64, f64)) -> ResponseKind {
    if low.fract() != 0.0 || high.fract() != 0.0 || high - low >= MOST_OPTIONS {
        let (min, max) = (Some(low), Some(high));
        return ResponseKind::Numeric { min, max, decimals: Some(6), unit: Words::default() };
    }
    #[expect(clippy::cast_possible_truncation, reason = "whole, and bounded")]
    let (low, high) = (low as i64, high as i64);
    let choices = (low..=high).map(|value| Choice {
        value: value.into(),
        stored: value.to_string(),
        label: Words::default(),
        non_response: false,
    });
    ResponseKind::Coded(choices.collect())
}
