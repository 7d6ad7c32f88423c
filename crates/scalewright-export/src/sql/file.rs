//! The file with the query.

use super::layers::comment;
use super::self_test;
use super::syntax::Sql;
use super::{Options, query};
use crate::ExportRequest;
use crate::code::head::{head, wrapped};
use crate::code::script::Script;
use crate::code::self_test::rows;
use crate::sql::dialect::Dialect;

/// The text of the file.
pub(super) fn text(
    request: &ExportRequest<'_>,
    (sql, script): (&Sql, &Script),
    options: &Options,
) -> String {
    let dialect = sql.dialect;
    let mut text = comment(&head(request, script, &format!("SQL for {}", dialect.name())));
    text.push_str(&comment(&usage(dialect, options)));
    text.push_str(&comment(&formulas(script)));
    text.push('\n');
    let table: Vec<String> = options
        .table
        .0
        .iter()
        .flat_map(|name| name.split('.'))
        .map(|name| dialect.quoted(name))
        .collect();
    let (tables, select) = query(sql, script, options).text(&table.join("."));
    if options.view {
        let name = format!("{}_scores", request.instrument.id.replace('-', "_"));
        let create = if dialect == Dialect::Spark {
            "CREATE OR REPLACE TEMPORARY VIEW"
        } else {
            "CREATE VIEW"
        };
        text.push_str(&format!("{create} {} AS\n", dialect.quoted(&name)));
    }
    text.push_str(&format!("WITH {}\n{select};\n", tables.join(",\n")));
    if options.self_test {
        text.push_str(&self_test::text(sql, script, &rows(request, script)));
    }
    text
}

fn usage(dialect: Dialect, options: &Options) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut add = |text: &str| lines.extend(wrapped(text, 100));
    add(&format!(
        "Reads the table {}, whose columns are named by the items. Answers are numbers, or NULL for a missing answer.",
        options.table.0.join(".")
    ));
    add(
        "An answer that is not allowed counts as missing; `invalid_answers` is the number of such answers in the row.",
    );
    if dialect == Dialect::Spark {
        add(
            "Run `SET spark.sql.codegen.hugeMethodLimit = 8000` before it: Java interprets longer methods, which takes three times as long.",
        );
    }
    add(&format!(
        "The result keeps the columns {}: `--set sql.keep=a+b` keeps others.",
        options.keep.0.join(", ")
    ));
    if !super::layers::is_tested(dialect) {
        add(&format!(
            "The tests of scalewright do not run {}: run the self-test at the end of this file first.",
            dialect.name()
        ));
    }
    lines
}

/// What each score is, because the layers mix the steps of several scores.
fn formulas(script: &Script) -> Vec<String> {
    let mut lines = vec![String::new(), "The scores:".to_owned()];
    for block in &script.blocks {
        lines.extend(wrapped(&format!("{}: {} = {}", block.id, block.title, block.formula), 100));
    }
    lines
}
