//! The rows of the self-test as Python.

use scalewright_scoring::emit::digits;

use super::texts::{literal, value};
use crate::code::script::Script;
use crate::code::self_test::TestRow;

/// `_TEST_ANSWERS` and `_TEST_SCORES`: for each column a list of values.
pub(super) fn columns(script: &Script, rows: &[TestRow]) -> String {
    let mut text = String::from("\n\n_TEST_ANSWERS = {\n");
    for (at, item) in script.items.iter().enumerate() {
        text.push_str(&format!("    \"{}\": [{}],\n", item.id, answers(rows, at).join(", ")));
    }
    text.push_str("}\n_TEST_SCORES = {\n");
    for (at, column) in script.columns.iter().enumerate() {
        let cells = rows.iter().map(|row| value(&row.values[at]));
        text.push_str(&format!(
            "    {}: [{}],\n",
            literal(&column.name),
            cells.collect::<Vec<_>>().join(", ")
        ));
    }
    text + "}\n"
}

/// The answers to an item. If one is a fraction, the others are written as fractions too: polars takes the type of a
/// column from its first value.
fn answers(rows: &[TestRow], at: usize) -> Vec<String> {
    let answers: Vec<Option<f64>> = rows.iter().map(|row| row.answers[at]).collect();
    let whole = answers.iter().flatten().all(|answer| answer.fract() == 0.0);
    let cell = |answer: &Option<f64>| match answer {
        None => "None".to_owned(),
        Some(answer) if !whole && answer.fract() == 0.0 => format!("{}.0", digits(*answer)),
        Some(answer) => digits(*answer),
    };
    answers.iter().map(cell).collect()
}

/// The comparison of two values.
pub(super) const SAME: &str = r#"

def _is_missing(value):
    try:
        return value is None or bool(value != value)
    except TypeError:  # pandas.NA
        return True


def _same(found, expected):
    if _is_missing(found) or expected is None:
        return _is_missing(found) and expected is None
    if isinstance(expected, (bool, str)):
        return found == expected
    return abs(found - expected) <= 1e-9 * max(1, abs(expected))
"#;
