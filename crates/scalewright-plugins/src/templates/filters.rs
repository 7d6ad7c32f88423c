//! The filters and tests of templates: those of the engine whose results cannot grow without a bound, and our own.

use minijinja::value::{Value, ValueKind};
use minijinja::{Environment, Error, ErrorKind, State, filters, tests};

use crate::templates::file::Escape;

/// The names of all filters.
pub(super) const FILTERS: &[&str] = &[
    "abs",
    "attr",
    "capitalize",
    "code",
    "default",
    "dictsort",
    "first",
    "float",
    "groupby",
    "int",
    "items",
    "join",
    "last",
    "length",
    "lines",
    "list",
    "lower",
    "map",
    "max",
    "min",
    "reject",
    "rejectattr",
    "replace",
    "reverse",
    "round",
    "select",
    "selectattr",
    "sort",
    "split",
    "sum",
    "trim",
    "unique",
    "upper",
    "url",
];

/// The names of all tests.
pub(super) const TESTS: &[&str] = &[
    "defined",
    "divisibleby",
    "endingwith",
    "eq",
    "even",
    "false",
    "ge",
    "gt",
    "in",
    "iterable",
    "le",
    "lt",
    "mapping",
    "ne",
    "none",
    "number",
    "odd",
    "sequence",
    "startingwith",
    "string",
    "true",
    "undefined",
];

/// The most bytes of a text that a filter makes.
const LONGEST: usize = 1 << 20;

/// Adds the filters and tests to an environment that has none.
pub(super) fn add_to(environment: &mut Environment<'_>) {
    add_lists(environment);
    add_texts(environment);
    add_tests(environment);
    environment.add_function("range", minijinja::functions::range);
}

fn add_lists(environment: &mut Environment<'_>) {
    environment.add_filter("abs", filters::abs);
    environment.add_filter("attr", filters::attr);
    environment.add_filter("default", filters::default);
    environment.add_filter("dictsort", filters::dictsort);
    environment.add_filter("first", filters::first);
    environment.add_filter("float", filters::float);
    environment.add_filter("groupby", filters::groupby);
    environment.add_filter("int", filters::int);
    environment.add_filter("items", filters::items);
    environment.add_filter("last", filters::last);
    environment.add_filter("length", filters::length);
    environment.add_filter("list", filters::list);
    environment.add_filter("map", filters::map);
    environment.add_filter("max", filters::max);
    environment.add_filter("min", filters::min);
    environment.add_filter("reject", filters::reject);
    environment.add_filter("rejectattr", filters::rejectattr);
    environment.add_filter("reverse", filters::reverse);
    environment.add_filter("round", filters::round);
    environment.add_filter("select", filters::select);
    environment.add_filter("selectattr", filters::selectattr);
    environment.add_filter("sort", filters::sort);
    environment.add_filter("sum", filters::sum);
    environment.add_filter("unique", filters::unique);
}

/// The engine's own filters for texts would pass on that a text is escaped already, although the text changes.
fn add_texts(environment: &mut Environment<'_>) {
    environment.add_filter("capitalize", |text: &str| scalewright_model::text::capital(text));
    environment.add_filter("lower", |text: &str| text.to_lowercase());
    environment.add_filter("upper", |text: &str| text.to_uppercase());
    environment.add_filter("trim", |text: &str| text.trim().to_owned());
    environment
        .add_filter("lines", |text: &str| text.lines().map(Value::from).collect::<Vec<Value>>());
    environment.add_filter("split", |text: &str, by: &str| {
        text.split(by).map(Value::from).collect::<Vec<Value>>()
    });
    environment.add_filter("join", join);
    environment.add_filter("replace", replace);
    environment.add_filter("url", url);
    environment.add_filter("code", code);
}

fn add_tests(environment: &mut Environment<'_>) {
    environment.add_test("defined", tests::is_defined);
    environment.add_test("divisibleby", tests::is_divisibleby);
    environment.add_test("endingwith", tests::is_endingwith);
    environment.add_test("eq", tests::is_eq);
    environment.add_test("even", tests::is_even);
    environment.add_test("false", tests::is_false);
    environment.add_test("ge", tests::is_ge);
    environment.add_test("gt", tests::is_gt);
    environment.add_test("in", tests::is_in);
    environment.add_test("iterable", tests::is_iterable);
    environment.add_test("le", tests::is_le);
    environment.add_test("lt", tests::is_lt);
    environment.add_test("mapping", tests::is_mapping);
    environment.add_test("ne", tests::is_ne);
    environment.add_test("none", tests::is_none);
    environment.add_test("number", tests::is_number);
    environment.add_test("odd", tests::is_odd);
    environment.add_test("sequence", tests::is_sequence);
    environment.add_test("startingwith", tests::is_startingwith);
    environment.add_test("string", tests::is_string);
    environment.add_test("true", tests::is_true);
    environment.add_test("undefined", tests::is_undefined);
}

fn too_long() -> Error {
    let message = format!("a text is longer than {} MiB", LONGEST >> 20);
    Error::new(ErrorKind::InvalidOperation, message)
}

/// Joins texts and numbers, with `by` between them.
fn join(values: &Value, by: Option<&str>) -> Result<String, Error> {
    let mut text = String::new();
    for (index, value) in values.try_iter()?.enumerate() {
        if index > 0 {
            text.push_str(by.unwrap_or_default());
        }
        text.push_str(&scalar(&value)?);
        if text.len() > LONGEST {
            return Err(too_long());
        }
    }
    Ok(text)
}

/// A text, number or truth value as text.
pub(super) fn scalar(value: &Value) -> Result<String, Error> {
    if let Some(text) = value.as_str() {
        return Ok(text.to_owned());
    }
    if let (true, Ok(number)) = (value.is_number(), f64::try_from(value.clone())) {
        // `4.0` of a definition is `4` for readers.
        return Ok(if value.is_integer() { value.to_string() } else { number.to_string() });
    }
    match value.kind() {
        ValueKind::Bool => Ok(value.to_string()),
        kind => {
            let message = format!("{} cannot be printed", name_of(kind));
            Err(Error::new(ErrorKind::NonPrimitive, message))
        }
    }
}

/// A kind of value in a message.
fn name_of(kind: ValueKind) -> String {
    use ValueKind as Kind;
    match kind {
        Kind::None => "a missing value".to_owned(),
        Kind::Undefined => "an undefined value".to_owned(),
        Kind::Seq | Kind::Iterable => "a list".to_owned(),
        Kind::Map => "a table".to_owned(),
        other => format!("a value of the type `{other}`"),
    }
}

fn replace(text: &str, from: &str, to: &str) -> Result<String, Error> {
    // The size is known before the text is made.
    let count = text.matches(from).count();
    let size = count.saturating_mul(to.len()).saturating_add(text.len());
    if size > LONGEST {
        return Err(too_long());
    }
    Ok(text.replace(from, to))
}

/// Returns an address that is safe to follow: a link to the web, a mail address, or a place in the page.
fn url(text: &str) -> Result<String, Error> {
    let start = text.to_ascii_lowercase();
    let known =
        ["https://", "http://", "mailto:", "#"].iter().any(|known| start.starts_with(known));
    match known && !text.contains(|c: char| c.is_control() || c.is_whitespace()) {
        true => Ok(text.to_owned()),
        false => {
            let shown = scalewright_model::text::quote(text);
            let message = format!("`{shown}` is not an address that a page may link to");
            Err(Error::new(ErrorKind::InvalidOperation, message))
        }
    }
}

/// Returns a text as a block of code of Markdown, in which nothing is active.
fn code(state: &State<'_, '_>, text: &str, language: Option<&str>) -> Result<Value, Error> {
    let language = language.unwrap_or_default();
    let wrong = |message: &'static str| Err(Error::new(ErrorKind::InvalidOperation, message));
    if state.auto_escape() != Escape::Markdown.marker() {
        return wrong("the filter `code` is for Markdown only");
    }
    if !language.chars().all(|c| c.is_ascii_alphanumeric()) {
        return wrong(
            "the language of a block of code has other characters than letters and digits",
        );
    }
    if text.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')) {
        return wrong("a block of code has a control character");
    }
    // The fence is longer than any run of backticks in the code.
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    Ok(Value::from_safe_string(format!("{fence}{language}\n{text}\n{fence}")))
}
