//! PySpark: native columns only, in layers of `select`. The expressions are those of Spark SQL.

use super::options::Options;
use super::test_data::{SAME, columns};
use super::texts::{literal, tuple};
use crate::ExportRequest;
use crate::code::head::{commented, head};
use crate::code::script::Script;
use crate::code::self_test::rows;
use crate::code::syntax::Syntax;
use crate::sql::dialect::Dialect;
use crate::sql::layers::{INVALID, invalid, levels, typed};
use crate::sql::syntax::Sql;

/// Spark SQL. The columns of the query begin with an underscore; those of the data keep their names.
/// With `_` alone, an item `c1` would have the name of a condition, and an item `invalid` that of the number.
pub(super) static SPARK: Sql = Sql { dialect: Dialect::Spark, prefix: "_a_", given: "_given_" };

/// The text of the module.
pub(super) fn text(request: &ExportRequest<'_>, script: &Script, options: &Options) -> String {
    let mut text = commented(&head(request, script, "Python for PySpark"), "#");
    text.push_str(
        "#\n# scores(df) adds the columns of the scores to a data frame whose columns are named by the items. To read others:\n\
         # scores(df, {\"item\": \"column\"}). All columns are native: no shuffle, and no Python for each row.\n\
         # An answer that is not allowed is missing; `invalid_answers` counts such answers.\n\
         # Set spark.sql.codegen.hugeMethodLimit to 8000: Java interprets longer methods, which takes three times as long.\n",
    );
    if options.self_test {
        text.push_str("# To run the self-test: self_test(spark), or spark-submit this file.\n");
    }
    text.push_str("\nfrom pyspark.sql import functions as _F\n\n");
    let items: Vec<&str> = script.items.iter().map(|item| item.id.as_str()).collect();
    text.push_str(&tuple("ITEMS", &items));
    let names: Vec<&str> = script.columns.iter().map(|column| column.name.as_str()).collect();
    text.push_str(&tuple("SCORES", &[&names[..], &["invalid_answers"]].concat()));
    text.push_str(&layers(script));
    text.push_str(FUNCTION);
    if options.self_test {
        text.push_str(&columns(script, &rows(request, script)));
        text.push_str(SAME);
        text.push_str(SELF_TEST);
    }
    text
}

/// The expressions: of the cleaned answers, of the steps by level, of the results.
fn layers(script: &Script) -> String {
    let entry = |name: &str, text: &str, comment: &str| {
        let comment = if comment.is_empty() { String::new() } else { format!("  # {comment}") };
        format!("    {}: {},{comment}\n", literal(name.trim_matches('`')), literal(text))
    };
    let mut text =
        String::from("\n# The answers: all that are not allowed are missing.\n_ANSWERS = {\n");
    let mut wrong = Vec::new();
    for item in &script.items {
        let column = SPARK.column(&item.id);
        text.push_str(&entry(&item.name, &SPARK.clean(&column, Some(&item.accepted)).text, ""));
        wrong.push(invalid(&SPARK, &column, item));
    }
    let wrong = if wrong.is_empty() { "0".to_owned() } else { wrong.join(" + ") };
    text.push_str(&entry(INVALID, &wrong, ""));
    text.push_str("}\n\n# The steps, each layer from those before it.\n_LAYERS = [\n");
    for lines in levels(script) {
        text.push_str("  {\n");
        for (line, comment) in lines {
            text.push_str(&entry(&line.name, &line.text, &comment));
        }
        text.push_str("  },\n");
    }
    text.push_str("]\n\n# The columns of the result.\n_RESULTS = {\n");
    for column in &script.columns {
        text.push_str(&entry(&column.name, &typed(&SPARK, column.kind, &column.text.text), ""));
    }
    text.push_str(&entry("invalid_answers", INVALID, ""));
    text + "}\n"
}

const FUNCTION: &str = r#"

def scores(df, columns=None):
    """Adds the columns of the scores to the data frame `df`."""
    columns = {**{item: item for item in ITEMS}, **(columns or {})}
    unknown = [item for item in columns if item not in ITEMS]
    if unknown:
        raise ValueError("no such items: " + ", ".join(unknown))
    lacking = [column for column in columns.values() if column not in df.columns]
    if lacking:
        raise ValueError("the answers lack the columns " + ", ".join(lacking))
    own = {*SCORES, *_ANSWERS, *(name for steps in _LAYERS for name in steps), *("_given_" + item for item in ITEMS)}
    # Spark ignores upper and lower case.
    taken = [name for name in df.columns if name.lower() in own]
    if taken:
        raise ValueError("the answers already have the columns " + ", ".join(taken))
    texts = [column for column in columns.values() if dict(df.dtypes)[column] in ("string", "binary")]
    if texts:
        raise TypeError("these columns contain texts instead of numbers: " + ", ".join(texts))
    keep = [_F.col("`" + name + "`") for name in df.columns]
    # Each item is read by its own name in the first layer only.
    given = [_F.col("`" + columns[item] + "`").alias("_given_" + item) for item in ITEMS]
    layer = df.select(*keep, *given)
    cleaned = [_F.expr(text).alias(name) for name, text in _ANSWERS.items()]
    layer = layer.select(*keep, *cleaned)
    for steps in _LAYERS:
        layer = layer.select("*", *[_F.expr(text).alias(name) for name, text in steps.items()])
    return layer.select(*keep, *[_F.expr(text).alias(name) for name, text in _RESULTS.items()])

"#;

const SELF_TEST: &str = r#"

def self_test(spark):
    """Raises an AssertionError if the scores are not those of the definition."""
    kinds = ", ".join(f"{item} double" for item in ITEMS)
    rows = [[None if value is None else float(value) for value in row] for row in zip(*_TEST_ANSWERS.values())]
    for row, found in enumerate(scores(spark.createDataFrame(rows, kinds)).collect()):
        for name, column in _TEST_SCORES.items():
            assert _same(found[name], column[row]), f"row {row + 1}: {name} is {found[name]}, not {column[row]}"


if __name__ == "__main__":
    from pyspark.sql import SparkSession

    self_test(SparkSession.builder.getOrCreate())
    print("the scores are right")
"#;
