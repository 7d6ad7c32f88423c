//! The module for data frames.

use super::frames::{FRAMES, column};
use super::options::Options;
use super::plain::invalid;
use super::test_data::{SAME, columns};
use super::texts::{literal, tuple};
use crate::ExportRequest;
use crate::code::head::{commented, head, wrapped};
use crate::code::lines::Piece;
use crate::code::options::Invalid;
use crate::code::script::{Kind, Script, ScriptItem};
use crate::code::self_test::rows;
use crate::sql::layers::levels;

const BEGINNING: &str = r#"

class _Columns:
    """`c.name` is a column of this module; its name is not one of the data."""

    def __getattr__(self, name):
        return _nw.col("scalewright " + name)

    __getitem__ = __getattr__


_MISSING = _nw.lit(None, _nw.Float64)


def _one(condition):
    return _nw.when(condition).then(_nw.lit(1.0)).otherwise(_nw.lit(0.0))


def _count(conditions):
    # Many columns at once would be nested too deeply.
    counts = [condition.cast(_nw.Int32) for condition in conditions]
    parts = [_nw.sum_horizontal(*counts[start : start + 100]) for start in range(0, len(counts), 100)]
    return parts[0] if len(parts) == 1 else _nw.sum_horizontal(*parts)


def _known(*columns):
    return len(columns) - _count([column.is_null() for column in columns])


def _named(**steps):
    return [step.alias("scalewright " + name) for name, step in steps.items()]
"#;

const CHECKS: &str = r#"
    c = _Columns()
    columns = {**{item: item for item in ITEMS}, **(columns or {})}
    unknown = [item for item in columns if item not in ITEMS]
    if unknown:
        raise ValueError("no such items: " + ", ".join(unknown))
    given = _nw.from_native(frame)
    schema = given.collect_schema()
    lacking = [column for column in columns.values() if column not in schema]
    if lacking:
        raise ValueError("the answers lack the columns " + ", ".join(lacking))
    taken = [name for name in schema if name in SCORES]
    if taken:
        raise ValueError("the answers already have the columns " + ", ".join(taken))
    is_polars = given.implementation.is_polars()
    wrong = {}

    def number(item):
        kind = schema[columns[item]]
        is_lazy = isinstance(given, _nw.LazyFrame)
        # A column without values has any type. Complex numbers are an unknown one, and a cast would cut them.
        if kind.is_numeric() or kind == _nw.Boolean or is_lazy and kind == _nw.Unknown:
            return _nw.col(columns[item]).cast(_nw.Float64)
        if not is_lazy and given[columns[item]].is_null().all():
            return _nw.when(_nw.col(columns[item]).is_null()).then(_MISSING).cast(_nw.Float64)
        raise TypeError(f"the column {columns[item]} contains {kind} instead of numbers")

    def accept(item, x, accepted, none):
        expected = accepted | x.is_in(none) if none else accepted
        # In polars, a condition on a missing answer is null, which is neither counted nor fulfilled.
        wrong[item] = ~expected if is_polars else ~x.is_null() & ~expected
        known = accepted if is_polars else accepted & ~x.is_null()
        return _nw.when(known).then(x).otherwise(_MISSING)

    def coded(item, values, none=()):
        x, none = number(item), [float(value) for value in none]
        low, high = min(values, default=0), max(values, default=-1)
        # Two comparisons of small whole numbers take less time than a search in a list.
        if schema[columns[item]].is_integer() and len(set(values)) == high - low + 1:
            whole = _nw.col(columns[item])
            accepted = (whole >= low) & (whole <= high)
            kept = accept(item, x, accepted, none)
            # It takes less time to choose among small numbers, too.
            return _nw.when(accepted).then(whole).cast(_nw.Float64) if is_polars else kept
        return accept(item, x, x.is_in([float(value) for value in values]), none)

    def within(item, low, high, none=()):
        x = number(item)
        return accept(item, x, (x >= low - 1e-7) & (x <= high + 1e-7), [float(value) for value in none])

    # The answers: all that are not allowed are missing.
"#;

/// The text of the module.
pub(super) fn text(request: &ExportRequest<'_>, script: &Script, options: &Options) -> String {
    let mut text = commented(&head(request, script, "Python for data frames"), "#");
    text.push_str(
        "#\n# scores(frame) adds the columns of the scores to a data frame of pandas, polars or another library that narwhals\n\
         # supports. The columns are named by the items. To read others: scores(frame, {\"item\": \"column\"}).\n",
    );
    text.push_str(&commented(&wrapped(invalid(options.invalid), 100), "#"));
    if options.self_test {
        text.push_str("# To run the self-test: self_test(dataframe), with pandas.DataFrame or polars.DataFrame.\n");
    }
    text.push_str("\nimport narwhals as _nw\n\n");
    let items: Vec<&str> = script.items.iter().map(|item| item.id.as_str()).collect();
    text.push_str(&tuple("ITEMS", &items));
    let mut names: Vec<&str> = script.columns.iter().map(|column| column.name.as_str()).collect();
    if options.invalid == Invalid::Count {
        names.push("invalid_answers");
    }
    text.push_str(&tuple("SCORES", &names));
    let truths = script.columns.iter().filter(|column| column.kind == Kind::Truth);
    text.push_str(&tuple("TRUTHS", &truths.map(|column| &*column.name).collect::<Vec<_>>()));
    text.push_str(BEGINNING);
    text.push_str(&function(script, options));
    if options.self_test {
        text.push_str(&columns(script, &rows(request, script)));
        text.push_str(SAME);
        text.push_str(SELF_TEST);
    }
    text
}

fn function(script: &Script, options: &Options) -> String {
    let mut text = String::from(
        "\n\ndef scores(frame, columns=None):\n    \"\"\"Adds the columns of the scores to `frame`.\"\"\"",
    );
    text.push_str(CHECKS);
    text.push_str("    answers = {\n");
    script.items.iter().for_each(|item| text.push_str(&answer(item)));
    text.push_str("    }\n");
    text.push_str(match options.invalid {
        Invalid::Refuse => REFUSE,
        Invalid::Count => COUNT,
    });
    for (at, lines) in levels(script).iter().enumerate() {
        text.push_str(&format!("    table = table.with_columns(  # step {}\n", at + 1));
        for (line, comment) in lines {
            let name = column_name(&line.name);
            let code = column(&Piece::atom(&line.text));
            text.push_str(&format!(
                "        ({code}).alias(\"scalewright {name}\"),  # {comment}\n"
            ));
        }
        text.push_str("    )\n");
    }
    text.push_str("    table = table.select(\n        _nw.col(*schema),\n");
    for column in &script.columns {
        let cast = match column.kind {
            Kind::Number => ".cast(_nw.Float64)",
            Kind::Count => ".cast(_nw.Int64)",
            Kind::Truth | Kind::Word | Kind::Label => "",
        };
        let code = super::frames::column(&column.text);
        text.push_str(&format!("        {code}{cast}.alias({}),\n", literal(&column.name)));
    }
    if options.invalid == Invalid::Count {
        text.push_str("        c.invalid_.cast(_nw.Int64).alias(\"invalid_answers\"),\n");
    }
    text + "    )\n" + END
}

/// The name of the column that `c.name` is.
fn column_name(reference: &str) -> String {
    let name = reference.trim_start_matches("c.");
    name.trim_start_matches("c[\"").trim_end_matches("\"]").to_owned()
}

fn answer(item: &ScriptItem) -> String {
    let call = item.cleaning_call(&FRAMES, |values| format!("none=[{values}]"));
    format!("        \"{}\": {call},\n", column_name(&item.name))
}

const REFUSE: &str = r#"    counts = given.select(*[is_wrong.sum().alias(item) for item, is_wrong in wrong.items()])
    counts = counts.collect() if isinstance(counts, _nw.LazyFrame) else counts
    refused = {columns[item]: int(counts[item][0] or 0) for item in wrong}
    refused = {column: count for column, count in refused.items() if count > 0}
    if refused:
        raise ValueError(f"{sum(refused.values())} answers are not allowed; they are in the columns " + ", ".join(refused))
    table = given.with_columns(*_named(**answers))
"#;

const COUNT: &str = r#"    table = given.with_columns(*_named(**answers, invalid_=_count(wrong.values())))
"#;

/// Columns of pandas have truth values and nulls only if their type is `boolean`. `with_columns` refuses to add no column.
const END: &str = r#"    if not TRUTHS:
        return table.to_native()
    if table.implementation.is_pandas_like():
        return table.to_native().astype({name: "boolean" for name in TRUTHS})
    return table.with_columns(*[_nw.col(name).cast(_nw.Boolean) for name in TRUTHS]).to_native()
"#;

const SELF_TEST: &str = r#"

def self_test(dataframe):
    """Raises an AssertionError if the scores are not those of the definition."""
    found = _nw.from_native(scores(dataframe(_TEST_ANSWERS)))
    for name, column in _TEST_SCORES.items():
        for row, (score, expected) in enumerate(zip(found[name].to_list(), column)):
            assert _same(score, expected), f"row {row + 1}: {name} is {score}, not {expected}"
"#;
