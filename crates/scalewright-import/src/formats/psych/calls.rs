//! Key lists, and the calls that score them.

use std::collections::{BTreeMap, BTreeSet};

use super::rules::{Blanks, Method};
use super::script::{Statement, Value};

/// The functions of psych that score key lists.
const SCORING: &[&str] = &["scoreItems", "score.items", "scoreFast", "scoreVeryFast"];

/// The most items of a range of positions.
const LONGEST_RANGE: f64 = 5000.0;

/// An item of a key, and whether it is reversed.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Key {
    /// By the name of its column.
    Column(String, bool),
    /// By the position of its column, from 1.
    Position(usize, bool),
}

impl Key {
    pub(super) fn is_reversed(&self) -> bool {
        match self {
            Self::Column(_, is_reversed) | Self::Position(_, is_reversed) => *is_reversed,
        }
    }

    fn reversed(self) -> Self {
        match self {
            Self::Column(name, is) => Self::Column(name, !is),
            Self::Position(position, is) => Self::Position(position, !is),
        }
    }
}

/// A call that scores keys, or a list of keys that no call scores.
#[derive(Debug, Clone)]
pub(super) struct Call {
    /// The function; empty for a list that no call scores.
    function: String,
    /// The name of the list.
    list: String,
    /// The arguments that decide the score, as written.
    arguments: Vec<String>,
    /// The scales with their items.
    pub(super) scales: Scales,
    /// The lowest and the highest answer.
    pub(super) range: Option<(f64, f64)>,
    /// What is computed, or why that is not understood.
    pub(super) rule: Result<(Method, Blanks), String>,
    pub(super) line: usize,
    pub(super) text: String,
}

impl Call {
    /// The items of all scales.
    pub(super) fn keys(&self) -> impl Iterator<Item = &Key> {
        self.scales.iter().flat_map(|(_, keys)| keys)
    }

    /// The call in words, for the citation.
    pub(super) fn described(&self) -> String {
        let arguments = self.arguments.join(", ");
        match (self.function.as_str(), self.list.as_str()) {
            ("", list) => format!("the key list `{list}`"),
            ("scoreScale", _) => {
                let names: Vec<&str> = self.scales.iter().map(|(name, _)| name.as_str()).collect();
                format!("`{}`, scored by PROscorerTools::scoreScale({arguments})", names.join(", "))
            }
            (function, "") => format!("a key list, scored by psych::{function}({arguments})"),
            (function, list) => {
                format!("the key list `{list}`, scored by psych::{function}({arguments})")
            }
        }
    }

    /// What to say about a score that depends on the sample.
    pub(super) fn depends_on_sample(&self) -> Option<String> {
        let is = matches!(self.rule, Ok((_, Blanks::OfSample)));
        is.then(|| {
            let function = &self.function;
            format!(
                "`{function}` puts a value of the sample in the place of missing answers; ours gives no score then, because an instrument has no sample"
            )
        })
    }
}

/// The scales of a key list, with their items.
type Scales = Vec<(String, Vec<Key>)>;

/// A key list with its line and its text.
#[derive(Debug)]
struct List {
    scales: Scales,
    line: usize,
    text: String,
}

/// The key lists of a script.
#[derive(Debug, Default)]
pub(super) struct Lists {
    lists: BTreeMap<String, List>,
    calls: Vec<Call>,
    /// The files of data, by the names under which they were read.
    files: BTreeMap<String, String>,
    /// The name of the data in the first call that names any.
    data: Option<String>,
    /// The lines of the statements that were read.
    pub(super) read: BTreeSet<usize>,
}

impl Lists {
    pub(super) fn of(statements: &[Statement]) -> Self {
        let mut lists = Self::default();
        for statement in statements {
            lists.statement(statement);
        }
        lists
    }

    pub(super) fn is_empty(&self) -> bool {
        self.lists.is_empty() && self.calls.is_empty()
    }

    fn statement(&mut self, statement: &Statement) {
        let Value::Call(function, arguments) = &statement.value else { return };
        let name = statement.name.clone().unwrap_or_default();
        match function.as_str() {
            "read.csv" | "read.csv2" | "read_csv" | "read.table" | "read.delim" => {
                if let Some((_, Value::Text(file))) = arguments.first() {
                    self.files.insert(name, file.clone());
                }
                return;
            }
            "list" | "make.keys" => {
                let Some(scales) = key_list(&statement.value) else { return };
                let (line, text) = (statement.line, statement.text.clone());
                self.lists.insert(name, List { scales, line, text });
            }
            "scoreScale" => self.calls.push(score_scale(statement, arguments)),
            name if SCORING.contains(&name) => {
                let Some(call) = self.score_items(name, statement, arguments) else { return };
                self.calls.push(call);
            }
            _ => return,
        }
        if let (Some(Value::Name(data)), None) = (argument(arguments, "items", 1), &self.data) {
            self.data = Some(data.clone());
        }
        self.read.insert(statement.line);
    }

    /// A call of psych; `None` if its list is not known.
    fn score_items(
        &self,
        function: &str,
        statement: &Statement,
        arguments: &[(Option<String>, Value)],
    ) -> Option<Call> {
        let keys = argument(arguments, "keys", 0)?;
        let (list, scales) = match keys {
            Value::Name(name) => (name.clone(), self.lists.get(name)?.scales.clone()),
            value => (String::new(), key_list(value)?),
        };
        let (min, max) =
            (argument(arguments, "min", usize::MAX), argument(arguments, "max", usize::MAX));
        let range = min.and_then(number).zip(max.and_then(number));
        Some(Call {
            function: function.to_owned(),
            list,
            arguments: written(arguments, &["keys", "items"], 2),
            scales,
            range,
            rule: rule_of(function, arguments),
            line: statement.line,
            text: statement.text.clone(),
        })
    }

    /// All calls, and the lists that no call scores.
    pub(super) fn calls(&self) -> Vec<Call> {
        let mut calls = self.calls.clone();
        for (name, List { scales, line, text }) in &self.lists {
            if !self.calls.iter().any(|call| call.list == *name) {
                calls.push(Call {
                    function: String::new(),
                    list: name.clone(),
                    arguments: Vec::new(),
                    scales: scales.clone(),
                    range: None,
                    rule: Err("no call of the script says how this key is scored".to_owned()),
                    line: *line,
                    text: text.clone(),
                });
            }
        }
        calls.sort_by_key(|call| call.line);
        calls
    }

    /// The columns of the data: the first line of the file, if it is beside the script.
    pub(super) fn columns(&self, beside: &dyn Fn(&str) -> Option<Vec<u8>>) -> Vec<String> {
        let named = self.data.as_ref().and_then(|data| self.files.get(data));
        let Some(file) = named.or_else(|| self.files.values().next()) else { return Vec::new() };
        // Only files beside the script are read.
        let is_beside =
            !file.starts_with(['/', '\\', '~']) && !file.contains("..") && !file.contains(':');
        let bytes = if is_beside { beside(file) } else { None };
        let text = bytes.and_then(|bytes| crate::encoding::decode(&bytes)).map(|(text, _)| text);
        let line = text.as_deref().and_then(|text| text.lines().next()).unwrap_or_default();
        let delimiter = [',', ';', '\t'].into_iter().max_by_key(|sign| line.matches(*sign).count());
        line.split(delimiter.unwrap_or(','))
            .map(|cell| cell.trim().trim_matches('"').to_owned())
            .take(super::MOST_ITEMS)
            .collect()
    }
}

/// An argument by its name, or by its position among those without one.
fn argument<'v>(
    arguments: &'v [(Option<String>, Value)],
    name: &str,
    position: usize,
) -> Option<&'v Value> {
    let named = arguments.iter().find(|(own, _)| own.as_deref() == Some(name));
    let unnamed = arguments.iter().filter(|(own, _)| own.is_none());
    named.or_else(|| unnamed.clone().nth(position)).map(|(_, value)| value)
}

/// The arguments that decide a score, as written: those with names other than `left_out`, and those after `skip` without.
fn written(arguments: &[(Option<String>, Value)], left_out: &[&str], skip: usize) -> Vec<String> {
    let mut unnamed = 0;
    let mut written = Vec::new();
    for (name, value) in arguments {
        let Some(text) = text(value) else { continue };
        match name.as_deref() {
            Some(name) if !left_out.contains(&name) => written.push(format!("{name} = {text}")),
            Some(_) => {}
            None => {
                unnamed += 1;
                if unnamed > skip {
                    written.push(text);
                }
            }
        }
    }
    written
}

/// A short value as R writes it.
fn text(value: &Value) -> Option<String> {
    Some(match value {
        Value::Text(text) => format!("\"{text}\""),
        Value::Number(number) => number.to_string(),
        Value::Truth(truth) => truth.to_string().to_uppercase(),
        Value::Call(name, arguments) if name == "c" => {
            let parts: Option<Vec<String>> =
                arguments.iter().map(|(_, value)| text(value)).collect();
            format!("c({})", parts?.join(", "))
        }
        _ => return None,
    })
}

fn number(value: &Value) -> Option<f64> {
    match value {
        Value::Number(number) => Some(*number),
        _ => None,
    }
}

/// How a function of psych computes.
fn rule_of(
    function: &str,
    arguments: &[(Option<String>, Value)],
) -> Result<(Method, Blanks), String> {
    let truth =
        |name: &str, position: usize, otherwise: bool| match argument(arguments, name, position) {
            None => Ok(otherwise),
            Some(Value::Truth(truth)) => Ok(*truth),
            Some(_) => Err(format!("the argument `{name}` is no truth value")),
        };
    let method = if truth("totals", 2, false)? { Method::Sum } else { Method::Mean };
    if function == "scoreVeryFast" {
        return Ok((method, Blanks::LeftOut));
    }
    let otherwise = if function == "scoreFast" { "none" } else { "median" };
    let impute = match argument(arguments, "impute", usize::MAX) {
        None => otherwise,
        Some(Value::Text(impute)) => impute.as_str(),
        Some(_) => return Err("the argument `impute` is no text".to_owned()),
    };
    let blanks = match (truth("missing", usize::MAX, true)?, impute) {
        (false, _) => Blanks::NoScore,
        (true, "none") => Blanks::LeftOut,
        (true, "median" | "mean") => Blanks::OfSample,
        (true, other) => return Err(format!("the argument `impute` is `{other}`")),
    };
    Ok((method, blanks))
}

/// A call of `PROscorerTools::scoreScale`.
fn score_scale(statement: &Statement, arguments: &[(Option<String>, Value)]) -> Call {
    let given = |name: &str, position: usize| argument(arguments, name, position);
    let name = match given("scalename", 6) {
        Some(Value::Text(name)) => name.clone(),
        _ => statement.name.clone().unwrap_or_else(|| "scoredScale".to_owned()),
    };
    let keys = given("items", 1).map_or(Some(Vec::new()), keys_of);
    let reversed = match given("revitems", 2) {
        None | Some(Value::Truth(false)) => Some(Vec::new()),
        Some(Value::Truth(true)) => keys.clone(),
        Some(value) => keys_of(value),
    };
    let range = match given("minmax", 3).and_then(numbers).as_deref() {
        Some([low, high]) => Some((*low, *high)),
        _ => None,
    };
    let rule = match (&keys, &reversed) {
        (Some(_), Some(_)) => scale_rule(arguments),
        _ => Err("its items are no list of names or positions".to_owned()),
    };
    let reversed = reversed.unwrap_or_default();
    let keyed = keys.unwrap_or_default().into_iter();
    let keyed = keyed.map(|key| if reversed.contains(&key) { key.reversed() } else { key });
    Call {
        function: "scoreScale".to_owned(),
        list: String::new(),
        arguments: written(arguments, &["df", "items", "revitems", "scalename"], 3),
        scales: vec![(name, keyed.collect())],
        range,
        rule,
        line: statement.line,
        text: statement.text.clone(),
    }
}

/// How `scoreScale` computes.
fn scale_rule(arguments: &[(Option<String>, Value)]) -> Result<(Method, Blanks), String> {
    let method = match argument(arguments, "type", 5) {
        None => Method::Percentage,
        Some(Value::Text(kind)) => match kind.as_str() {
            "pomp" | "100" => Method::Percentage,
            "sum" => Method::Sum,
            "mean" => Method::Mean,
            other => return Err(format!("the type of score `{other}` is not known")),
        },
        Some(_) => return Err("the argument `type` is no text".to_owned()),
    };
    let share = match argument(arguments, "okmiss", 4) {
        None => 0.5,
        Some(Value::Number(share)) if (0.0..=1.0).contains(share) => *share,
        Some(_) => return Err("the argument `okmiss` is no number from 0 to 1".to_owned()),
    };
    Ok((method, if share == 0.0 { Blanks::NoScore } else { Blanks::AtMost(share) }))
}

fn numbers(value: &Value) -> Option<Vec<f64>> {
    match value {
        Value::Call(name, arguments) if name == "c" => {
            arguments.iter().map(|(_, value)| number(value)).collect()
        }
        _ => None,
    }
}

/// The scales of a key list; `None` if the value is no such list.
fn key_list(value: &Value) -> Option<Scales> {
    let Value::Call(name, arguments) = value else { return None };
    match name.as_str() {
        "make.keys" => key_list(argument(arguments, "keys.list", 1)?),
        "list" if !arguments.is_empty() => {
            arguments.iter().map(|(name, value)| Some((name.clone()?, keys_of(value)?))).collect()
        }
        _ => None,
    }
}

/// The items of a key: texts, numbers and ranges of numbers. A minus sign reverses.
fn keys_of(value: &Value) -> Option<Vec<Key>> {
    match value {
        Value::Call(name, arguments) if name == "c" => {
            let parts: Option<Vec<Vec<Key>>> =
                arguments.iter().map(|(_, value)| keys_of(value)).collect();
            parts.map(|parts| parts.concat())
        }
        Value::Text(text) => Some(vec![match text.trim().strip_prefix('-') {
            Some(name) => Key::Column(name.trim().to_owned(), true),
            None => Key::Column(text.trim().to_owned(), false),
        }])
        .filter(|_| !text.trim().trim_start_matches('-').is_empty()),
        Value::Number(number) => Some(vec![position(*number)?]),
        Value::Minus(inner) => Some(keys_of(inner)?.into_iter().map(Key::reversed).collect()),
        Value::Range(from, to) => {
            let (from, to) = (number(from)?, number(to)?);
            if (to - from).abs() > LONGEST_RANGE {
                return None;
            }
            let step = if to < from { -1.0 } else { 1.0 };
            let mut keys = Vec::new();
            let mut at = from;
            while (to - at) * step >= 0.0 {
                keys.push(position(at)?);
                at += step;
            }
            Some(keys)
        }
        Value::Truth(_) | Value::Name(_) | Value::Call(..) | Value::Other => None,
    }
}

/// A column by its number, reversed if that is negative.
fn position(number: f64) -> Option<Key> {
    let size = number.abs();
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked")]
    let position = (size.fract() == 0.0 && (1.0..=1e6).contains(&size)).then_some(size as usize)?;
    Some(Key::Position(position, number < 0.0))
}
