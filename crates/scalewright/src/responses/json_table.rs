//! JSON: a list of objects, or an object a line; one a respondent: `{"respondent": "p1", "calm1": 3, "calm2": null}`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::io::Read;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::Value;

use crate::Stop;

use super::Source;
use super::answer::Given;
use super::batch::{self, Batch, Fault};
use super::blocks::Blocks;
use super::plan::{self, Plan};
use super::strict_json::{self, Strict};

/// Rows that are looked at to see which columns there are.
const LOOKED_AT: usize = 1024;

/// Objects, from a list or from lines.
pub(super) struct JsonTable {
    name: String,
    rows: Rows,
    /// Rows that were read to see the columns.
    waiting: std::collections::VecDeque<Row>,
    columns: Vec<String>,
    known: BTreeSet<String>,
    row: u64,
    items: Option<BTreeMap<String, usize>>,
}

/// Where the objects come from.
enum Rows {
    List(std::vec::IntoIter<Value>),
    Lines { blocks: Blocks, line: u64 },
}

/// A row as read: its line, where there are lines, and its cells or what is wrong with all of it.
struct Row {
    line: Option<u64>,
    cells: Result<Vec<(String, Value)>, &'static str>,
}

impl JsonTable {
    /// A list of flat objects, read whole. Columns are the keys of all of them.
    pub(super) fn list(name: &str, mut input: Box<dyn Read>) -> Result<Self, Stop> {
        let mut bytes = Vec::new();
        input.read_to_end(&mut bytes).map_err(|error| {
            Stop::usage(format!("cannot read `{name}`: {}", crate::library::plain(&error)))
        })?;
        let Strict(value) =
            serde_json::from_slice(&bytes).map_err(|error| strict_json::refused(name, &error))?;
        if value["resourceType"].is_string() {
            return Err(Stop::wrong(format!(
                "{name}: this is a resource of FHIR, not a list of rows"
            ))
            .help("to score QuestionnaireResponses: `--from fhir`"));
        }
        let Value::Array(list) = value else {
            return Err(Stop::wrong(format!("{name}: the file is not a list"))
                .help("write `[{\"respondent\": \"p1\", \"item1\": 3}]`, an object a respondent"));
        };
        let table = Self::new(name, Rows::List(list.into_iter()));
        table.look(usize::MAX)
    }

    /// An object a line.
    pub(super) fn lines(name: &str, input: Box<dyn Read>) -> Result<Self, Stop> {
        let mut blocks = Blocks::new(name, input);
        blocks.more()?;
        if blocks.rest().starts_with(b"\xef\xbb\xbf") {
            blocks.take(3);
        }
        Self::new(name, Rows::Lines { blocks, line: 0 }).look(LOOKED_AT)
    }

    fn new(name: &str, rows: Rows) -> Self {
        Self {
            name: name.to_owned(),
            rows,
            waiting: Default::default(),
            columns: Vec::new(),
            known: BTreeSet::new(),
            row: 0,
            items: None,
        }
    }

    /// Reads ahead, to see which columns there are.
    fn look(mut self, rows: usize) -> Result<Self, Stop> {
        while self.waiting.len() < rows {
            let Some(row) = self.next()? else { break };
            self.waiting.push_back(row);
        }
        Ok(self)
    }

    fn next(&mut self) -> Result<Option<Row>, Stop> {
        let row = match &mut self.rows {
            Rows::List(list) => list.next().map(|value| Row { line: None, cells: object(value) }),
            Rows::Lines { blocks, line } => next_line(blocks, line)?,
        };
        if let Some(Row { cells: Ok(cells), .. }) = &row {
            for (column, _) in cells {
                if !self.known.contains(column) {
                    self.known.insert(column.clone());
                    self.columns.push(column.clone());
                }
            }
        }
        if self.columns.len() > 100_000 {
            return Err(Stop::wrong(format!("{}: there are more than 100000 keys", self.name)));
        }
        Ok(row)
    }

    fn read_row(&mut self, row: Row, plan: &Plan<'_>, batch: &mut Batch) {
        self.row += 1;
        let items = self.items.get_or_insert_with(|| {
            plan.names.iter().enumerate().map(|(item, name)| (name.clone(), item)).collect()
        });
        let mut answers = vec![None; plan.rules.len()];
        let mut faults = Faults { row: self.row, line: row.line, list: Vec::new() };
        let mut id = String::new();
        match row.cells {
            Err(why) => faults.add("", "", why.to_owned()),
            Ok(cells) => {
                for (column, value) in &cells {
                    if plan.id.is_some() && *column == plan.id_name {
                        id = id_text(value);
                    }
                    let Some(&item) = items.get(column) else { continue };
                    match code(plan, item, value) {
                        Ok(answer) => answers[item] = answer,
                        Err(why) => faults.add(column, &shown(value), why),
                    }
                }
            }
        }
        if faults.list.is_empty() {
            batch.numbers.push(self.row);
            if plan.id.is_some() {
                batch.ids.push(&id);
            }
            for (column, answer) in batch.responses.items.iter_mut().zip(answers) {
                column.push(answer);
            }
            batch.responses.rows += 1;
        } else {
            let id = if plan.id.is_some() { id } else { self.row.to_string() };
            faults.list.iter_mut().for_each(|fault| fault.respondent.clone_from(&id));
            batch.faults.append(&mut faults.list);
        }
    }

    /// Whether every item was a key of some row.
    fn all_seen(&self, plan: &mut Plan<'_>) -> Result<(), Stop> {
        for (item, name) in plan.names.iter().enumerate() {
            plan.items[item] = self.known.contains(name).then_some(0);
        }
        plan::all_there(&self.name, &self.columns, &plan.names, &plan.items)
    }
}

/// What is wrong in one row.
struct Faults {
    row: u64,
    line: Option<u64>,
    list: Vec<Fault>,
}

impl Faults {
    fn add(&mut self, column: &str, value: &str, reason: String) {
        self.list.push(Fault {
            within: None,
            row: self.row,
            line: self.line,
            respondent: String::new(),
            column: column.to_owned(),
            value: value.to_owned(),
            reason,
        });
    }
}

fn next_line(blocks: &mut Blocks, number: &mut u64) -> Result<Option<Row>, Stop> {
    loop {
        let rest = blocks.rest();
        let end = memchr::memchr(b'\n', rest);
        if end.is_none() && !blocks.at_end() {
            blocks.more()?;
            continue;
        }
        if rest.is_empty() {
            return Ok(None);
        }
        let length = end.map_or(rest.len(), |end| end + 1);
        let line = rest[..length].trim_ascii();
        *number += 1;
        let row = (!line.is_empty()).then(|| Row { line: Some(*number), cells: parse(line) });
        blocks.take(length);
        if row.is_some() {
            return Ok(row);
        }
    }
}

fn parse(line: &[u8]) -> Result<Vec<(String, Value)>, &'static str> {
    let text = std::str::from_utf8(line).map_err(|_| "is not UTF-8 text")?;
    if !text.starts_with('{') && serde_json::from_str::<Value>(text).is_ok() {
        return Err("is not an object");
    }
    let Pairs(pairs) = serde_json::from_str(text).map_err(|error| {
        match error.is_data() && text.starts_with('{') {
            true => "has a key twice",
            false => "is not JSON",
        }
    })?;
    let mut keys: Vec<&str> = pairs.iter().map(|(key, _)| key.as_str()).collect();
    keys.sort_unstable();
    if keys.windows(2).any(|two| two[0] == two[1]) {
        return Err("has a key twice");
    }
    Ok(pairs)
}

fn object(value: Value) -> Result<Vec<(String, Value)>, &'static str> {
    match value {
        Value::Object(entries) => Ok(entries.into_iter().collect()),
        _ => Err("is not an object"),
    }
}

/// The entries of an object as they stand, one given twice included.
struct Pairs(Vec<(String, Value)>);

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Entries;
        impl<'de> Visitor<'de> for Entries {
            type Value = Pairs;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs = Vec::new();
                while let Some((key, Strict(value))) = map.next_entry()? {
                    pairs.push((key, value));
                }
                Ok(Pairs(pairs))
            }
        }
        deserializer.deserialize_map(Entries)
    }
}

/// The coded answer that a value stands for: yes and no are coded 1 and 0.
fn code(plan: &Plan<'_>, item: usize, value: &Value) -> Result<Option<f64>, String> {
    let given = match value {
        Value::Null => return Ok(None),
        Value::Bool(truth) => Given::Number(f64::from(u8::from(*truth))),
        Value::Number(number) => match number.as_f64() {
            Some(number) => Given::Number(number),
            None => return Err("is not a number".to_owned()),
        },
        Value::String(text) => Given::Text(text),
        Value::Array(_) => return Err("is no answer: it is a list".to_owned()),
        Value::Object(_) => return Err("is no answer: it is an object".to_owned()),
    };
    plan.rules[item].code(given)
}

fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Array(_) => "[…]".to_owned(),
        Value::Object(_) => "{…}".to_owned(),
        Value::Bool(truth) => u8::from(*truth).to_string(),
        Value::Null | Value::Number(_) => value.to_string(),
    }
}

fn id_text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::Array(_) | Value::Object(_) => value.to_string(),
        other => shown(other),
    }
}

impl Source for JsonTable {
    fn columns(&self) -> &[String] {
        &self.columns
    }

    fn may_grow(&self) -> bool {
        // A row that is no object is worth more than the columns it lacks.
        matches!(self.rows, Rows::Lines { .. }) || self.waiting.iter().any(|row| row.cells.is_err())
    }

    fn fill(&mut self, plan: &mut Plan<'_>, batch: &mut Batch) -> Result<bool, Stop> {
        while batch.numbers.len() + batch.faults.len() < batch::ROWS {
            let row = match self.waiting.pop_front() {
                Some(row) => Some(row),
                None => self.next()?,
            };
            let Some(row) = row else {
                return Ok(false);
            };
            self.read_row(row, plan, batch);
        }
        Ok(true)
    }

    fn end(&self, plan: &mut Plan<'_>) -> Result<(), Stop> {
        self.all_seen(plan)
    }

    fn progress(&self) -> u64 {
        match &self.rows {
            Rows::List(_) => self.row,
            Rows::Lines { blocks, .. } => blocks.used(),
        }
    }
}
