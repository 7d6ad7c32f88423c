//! SQL: a query from a table of answers to their scores, in the dialect of an engine.

pub(crate) mod dialect;
mod file;
pub(crate) mod layers;
mod self_test;
pub(crate) mod syntax;

use scalewright_check::{TargetRules, WordRules};
use scalewright_model::{Diagnostic, Severity};

use crate::code::options::{COLUMNS, Columns, SELF_TEST};
use crate::code::refusals::refusals;
use crate::code::script::Script;
use crate::code::{keys, losses};
use crate::options::{Names, OptionSpec, options};
use crate::{ExportRequest, Exported, Exporter, FileSpec, Platform};
use dialect::Dialect;
use layers::Query;
use syntax::Sql;

/// The rules of SQL, for lints. Nothing that a score contains is refused by one dialect alone.
pub(crate) static RULES: TargetRules = TargetRules {
    platform: "SQL",
    names: None,
    words: WordRules::PLAIN,
    refusals: Some(|instrument, program, _| {
        refusals(instrument, program, &Sql { dialect: Dialect::DuckDb, prefix: "", given: "" })
    }),
};

/// The SQL platform.
pub(crate) static PLATFORM: Platform = Platform {
    name: "SQL",
    rules: &RULES,
    exporters: &[Exporter {
        files: &[FileSpec {
            name: "<id>.<language>.<dialect>.sql",
            what: "a query from a table of answers to their scores, and its self-test",
        }],
        flags: &["leave-out-scores"],
        options: Options::SPECS,
        ..Exporter::new("sql", "scoring code in SQL, for databases and clusters", export)
    }],
    limits: &[
        "The dialects of BigQuery, SQL Server and Snowflake are not run by the tests.",
        "A query cannot stop at an answer that is not allowed: it is missing, and `invalid_answers` counts such answers.",
        "The query reads numbers: a column of texts is an error in most engines.",
        "A clock time is a number of minutes after midnight, and a date the number of its eight digits: 20260131.",
        "PostgreSQL cuts names after 63 bytes, so an instrument with a longer name of a column is refused for it.",
        "PostgreSQL allows 1,600 columns, SQLite 2,000, Spark SQL 90 layers: an instrument that needs more is refused.",
    ],
    losses: losses::LOSSES,
    keys: keys::KEYS,
};

options! {
    /// How the query is written.
    Options {
        dialect: Dialect = OptionSpec::choice("dialect", Dialect::VALUES, "duckdb", "the engine that runs the query");
        table: Names = OptionSpec::names("table", "answers", "the table of answers");
        keep: Names = OptionSpec::names("keep", "respondent", "the columns of the table that the result keeps");
        view: bool = OptionSpec::switch("view", false, "whether the query creates a view, `<id>_scores`");
        columns: Columns = COLUMNS;
        self_test: bool = SELF_TEST;
    }
}

fn export(request: &ExportRequest<'_>) -> Exported {
    let options = Options::of(request.options);
    let sql = Sql { dialect: options.dialect, prefix: "", given: "" };
    let mut refused = Vec::new();
    let name = request.file_name(&format!("{}.sql", request.options.get(&Options::SPECS[0])));
    let exported = crate::code::exported(request, &sql, options.columns, |script| {
        refused = query(&sql, script, &options).refused();
        vec![(name, file::text(request, (&sql, script), &options))]
    });
    let Exported { files, mut diagnostics } = exported;
    let is_refused = refused.iter().any(|finding: &Diagnostic| finding.severity == Severity::Error);
    diagnostics.extend(refused);
    Exported { files: if is_refused { Vec::new() } else { files }, diagnostics }
}

fn query<'a>(sql: &'a Sql, script: &'a Script, options: &'a Options) -> Query<'a> {
    Query { sql, script, keep: &options.keep.0 }
}
