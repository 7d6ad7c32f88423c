//! The self-test: a query over five rows of answers that returns the rows with wrong scores, so none.

use scalewright_scoring::emit::digits;

use super::layers::{Query, typed};
use super::syntax::Sql;
use crate::code::script::{Kind, Script};
use crate::code::self_test::{TestRow, Value};
use crate::code::syntax::Syntax;

/// The column that identifies a row of the self-test.
const ROW: &str = "_row";

/// The comment that begins the self-test, and the query.
pub(super) fn text(sql: &Sql, script: &Script, rows: &[TestRow]) -> String {
    let keep = [ROW.to_owned()];
    let (tables, scores) = Query { sql, script, keep: &keep }.text("_given");
    let mut all = vec![format!("_given AS (\n{}\n)", given(sql, script, rows))];
    all.extend(tables);
    all.push(format!("_scores AS (\n{scores}\n)"));
    all.push(format!("_expected AS (\n{}\n)", expected(sql, script, rows)));
    let wrong: Vec<String> = script
        .columns
        .iter()
        .map(|column| {
            let name = sql.dialect.quoted(&column.name);
            differs(&format!("s.{name}"), &format!("e.{name}"), column.kind)
        })
        .collect();
    format!(
        "\n-- self-test: this query must return no row\nWITH {}\nSELECT s.*\nFROM _scores AS s JOIN _expected AS e ON s.{row} = e.{row}\nWHERE {};\n",
        all.join(",\n"),
        wrong.join("\n   OR "),
        row = sql.dialect.quoted(ROW),
    )
}

/// The condition that two values are not the same.
fn differs(a: &str, b: &str, kind: Kind) -> String {
    let unequal = match kind {
        Kind::Number | Kind::Count => format!("ABS({a} - {b}) > 0.000000001 * (1 + ABS({b}))"),
        Kind::Truth | Kind::Word | Kind::Label => format!("{a} <> {b}"),
    };
    format!("({unequal} OR ({a} IS NULL AND {b} IS NOT NULL) OR ({a} IS NOT NULL AND {b} IS NULL))")
}

fn given(sql: &Sql, script: &Script, rows: &[TestRow]) -> String {
    let row = |(at, row): (usize, &TestRow)| {
        let cells = script.items.iter().zip(&row.answers).map(|(item, answer)| {
            let text = answer.map_or("NULL".to_owned(), digits);
            format!("{} AS {}", typed(sql, Kind::Number, &text), sql.column(&item.id))
        });
        select(at, cells.collect(), sql)
    };
    rows.iter().enumerate().map(row).collect::<Vec<_>>().join("\n  UNION ALL\n")
}

fn expected(sql: &Sql, script: &Script, rows: &[TestRow]) -> String {
    let row = |(at, row): (usize, &TestRow)| {
        let cells = script.columns.iter().zip(&row.values).map(|(column, value)| {
            format!("{} AS {}", cell(sql, column.kind, value), sql.dialect.quoted(&column.name))
        });
        select(at, cells.collect(), sql)
    };
    rows.iter().enumerate().map(row).collect::<Vec<_>>().join("\n  UNION ALL\n")
}

fn select(at: usize, cells: Vec<String>, sql: &Sql) -> String {
    let row = format!("{} AS {}", at + 1, sql.dialect.quoted(ROW));
    let cells: Vec<String> = std::iter::once(row).chain(cells).collect();
    format!("  SELECT {}", cells.join(", "))
}

fn cell(sql: &Sql, kind: Kind, value: &Value) -> String {
    let dialect = sql.dialect;
    match value {
        Value::Number(number) => typed(sql, kind, &digits(*number)),
        Value::Truth(truth) => match (dialect.boolean(), truth) {
            (Some(_), true) => "TRUE".to_owned(),
            (Some(_), false) => "FALSE".to_owned(),
            (None, truth) => u8::from(*truth).to_string(),
        },
        Value::Text(text) => sql.text(text).unwrap_or_else(|_| sql.missing_text()),
        Value::Missing => {
            let kind = match kind {
                Kind::Number => dialect.double(),
                Kind::Count => dialect.integer(),
                Kind::Truth => dialect.boolean().unwrap_or(dialect.integer()),
                Kind::Word | Kind::Label => dialect.text(),
            };
            format!("CAST(NULL AS {kind})")
        }
    }
}
