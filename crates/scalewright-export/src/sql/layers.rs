//! The query: a layer with the cleaned answers, a layer for each level of steps, and the columns of the scores.

use scalewright_model::Diagnostic;

use super::dialect::{Dialect, Fence};
use super::syntax::Sql;
use crate::code::head::commented;
use crate::code::lines::Line;
use crate::code::names::INVALID_ANSWERS;
use crate::code::script::{Kind, Script, ScriptItem};
use crate::code::syntax::Syntax;

/// The name of the column with the number of invalid answers, within the query.
pub(crate) const INVALID: &str = "_invalid";

/// A query from a table of answers to scores.
pub(super) struct Query<'a> {
    pub(super) sql: &'a Sql,
    pub(super) script: &'a Script,
    /// The columns of the table that the result keeps.
    pub(super) keep: &'a [String],
}

/// The expression that is 1 if the answer in `column` is not allowed.
pub(crate) fn invalid(sql: &Sql, column: &str, item: &ScriptItem) -> String {
    if sql.dialect == Dialect::Spark {
        return invalid_in_spark(sql, column, item);
    }
    let none = match item.non_response.is_empty() {
        true => String::new(),
        false => format!(" AND NOT ({})", sql.one_of(&sql.compared(column), &item.non_response)),
    };
    let accepted = sql.accepts(column, &item.accepted);
    format!("CASE WHEN NOT ({accepted}){none} THEN 1 ELSE 0 END")
}

/// The same for Spark. Outside ANSI mode, a comparison of a text that is no number with numbers is NULL, as it is for a
/// missing answer.
fn invalid_in_spark(sql: &Sql, column: &str, item: &ScriptItem) -> String {
    let none = match item.non_response.is_empty() {
        true => String::new(),
        false => format!(" OR {}", sql.one_of(column, &item.non_response)),
    };
    let accepted = sql.accepts(column, &item.accepted);
    format!("CASE WHEN {column} IS NULL OR {accepted}{none} THEN 0 ELSE 1 END")
}

/// The lines of a script by their level, each with its comment.
pub(crate) fn levels(script: &Script) -> Vec<Vec<(&Line, String)>> {
    let mut levels: Vec<Vec<(&Line, String)>> = Vec::new();
    for block in &script.blocks {
        for line in &block.lines {
            levels.resize_with(levels.len().max(line.level + 1), Vec::new);
            let comment = match line.comment.is_empty() {
                true => block.id.clone(),
                false => format!("{}: {}", block.id, line.comment),
            };
            levels[line.level].push((line, comment));
        }
    }
    levels
}

/// The expression of a column of the result, with its type.
pub(crate) fn typed(sql: &Sql, kind: Kind, text: &str) -> String {
    match kind {
        Kind::Number => format!("CAST({text} AS {})", sql.dialect.double()),
        Kind::Count => format!("CAST({text} AS {})", sql.dialect.integer()),
        Kind::Truth | Kind::Word | Kind::Label => text.to_owned(),
    }
}

impl Query<'_> {
    /// The common table expressions and the final `SELECT`, for the table `from`.
    pub(super) fn text(&self, from: &str) -> (Vec<String>, String) {
        let mut tables = vec![self.answers(from)];
        let levels = levels(self.script);
        for (at, lines) in levels.iter().enumerate() {
            let before = if at == 0 { "_answers".to_owned() } else { format!("_t{at}") };
            let columns = lines.iter().enumerate().map(|(place, (line, comment))| {
                let comma = if place + 1 < lines.len() { "," } else { "" };
                format!("    {} AS {}{comma}  -- {comment}\n", line.text, line.name)
            });
            let columns: String = columns.collect();
            tables.push(format!(
                "_t{} AS {}(\n  SELECT *,\n{columns}  FROM {before}{}\n)",
                at + 1,
                self.materialized(),
                self.fence()
            ));
        }
        let last =
            if levels.is_empty() { "_answers".to_owned() } else { format!("_t{}", levels.len()) };
        (tables, self.scores(&last))
    }

    fn materialized(&self) -> &'static str {
        if self.sql.dialect.fence() == Fence::Materialized { "MATERIALIZED " } else { "" }
    }

    fn fence(&self) -> &'static str {
        if self.sql.dialect.fence() == Fence::Offset { "\n  OFFSET 0" } else { "" }
    }

    /// The layer with the cleaned answers.
    fn answers(&self, from: &str) -> String {
        let dialect = self.sql.dialect;
        let mut columns: Vec<String> =
            self.keep.iter().map(|name| format!("    a.{}", dialect.quoted(name))).collect();
        let mut wrong = Vec::new();
        for item in &self.script.items {
            // With the name of the table: SQLite reads an unknown quoted name as a text.
            let column = format!("a.{}", self.sql.column(&item.id));
            let clean = self.sql.clean(&column, Some(&item.accepted));
            columns.push(format!("    {} AS {}", clean.text, item.name));
            wrong.push(invalid(self.sql, &column, item));
        }
        let wrong = match wrong.is_empty() {
            true => "0".to_owned(),
            false => {
                let chunks: Vec<String> = wrong
                    .chunks(100)
                    .map(|part| format!("({})", part.join("\n      + ")))
                    .collect();
                chunks.join("\n      + ")
            }
        };
        columns.push(format!("    {wrong} AS {INVALID}"));
        format!(
            "_answers AS {}(  -- the answers; all that are not allowed are missing\n  SELECT\n{}\n  FROM {from} AS a{}\n)",
            self.materialized(),
            columns.join(",\n"),
            self.fence()
        )
    }

    /// Whether the query has a column with a name, in upper or lower case. SQLite would read one of the two.
    fn has_column(&self, name: &str) -> bool {
        let items = self.script.items.iter().map(|item| item.id.as_str());
        let scores = self.script.columns.iter().map(|column| column.name.as_str());
        let lines = self.script.blocks.iter().flat_map(|block| &block.lines);
        let lines = lines.map(|line| line.name.trim_matches(['"', '`', '[', ']']));
        let mut all = items.chain(scores).chain(lines).chain([INVALID, INVALID_ANSWERS]);
        all.any(|column| column.eq_ignore_ascii_case(name))
    }

    fn scores(&self, from: &str) -> String {
        let dialect = self.sql.dialect;
        let kept = self.keep.iter().map(|name| format!("  {}", dialect.quoted(name)));
        let scores = self.script.columns.iter().map(|column| {
            let text = typed(self.sql, column.kind, &column.text.text);
            format!("  {text} AS {}", dialect.quoted(&column.name))
        });
        let invalid = [format!("  {INVALID} AS {}", dialect.quoted(INVALID_ANSWERS))];
        let columns: Vec<String> = kept.chain(scores).chain(invalid).collect();
        format!("SELECT\n{}\nFROM {from}", columns.join(",\n"))
    }

    /// What the dialect does not allow of this query: too many columns or layers, names that it would cut.
    pub(super) fn refused(&self) -> Vec<Diagnostic> {
        let dialect = self.sql.dialect;
        let layers = levels(self.script).len() + 1;
        let lines: usize = self.script.blocks.iter().map(|block| block.lines.len()).sum();
        let columns = self.keep.len() + self.script.items.len() + lines + 1;
        let columns = columns.max(self.keep.len() + self.script.columns.len() + 1);
        let mut found = Vec::new();
        let mut refuse = |what: String| {
            let error = Diagnostic::error("not-in-sql", what);
            found.push(error.help("export the scores to another target, such as `python` or `r`"));
        };
        if columns > dialect.most_columns() {
            refuse(format!(
                "the query would have {columns} columns; {} allows {}",
                dialect.name(),
                dialect.most_columns()
            ));
        }
        if layers > dialect.most_layers() {
            refuse(format!(
                "the query would have {layers} layers; {} allows {}",
                dialect.name(),
                dialect.most_layers()
            ));
        }
        for name in self.keep.iter().filter(|name| self.has_column(name)) {
            refuse(format!(
                "the result cannot keep `{name}`: an item or a column of the scores has this name"
            ));
        }
        let items = self.script.items.iter().map(|item| &item.id);
        let columns = items.clone().chain(self.script.columns.iter().map(|column| &column.name));
        for name in columns.filter(|name| dialect.unusable().contains(&name.as_str())) {
            refuse(format!(
                "{} cannot tell a column `{name}` from a name of its own",
                dialect.name()
            ));
        }
        let names = items.chain(self.script.columns.iter().map(|column| &column.name));
        for name in names.filter(|name| name.len() > dialect.longest_name()) {
            refuse(format!(
                "`{name}` is longer than {} bytes, the limit of {}",
                dialect.longest_name(),
                dialect.name()
            ));
        }
        found
    }
}

/// The head of a block of the comment.
pub(super) fn comment(lines: &[String]) -> String {
    commented(lines, "--")
}

/// Whether the tests run a dialect.
pub(super) fn is_tested(dialect: Dialect) -> bool {
    matches!(dialect, Dialect::DuckDb | Dialect::Postgres | Dialect::Sqlite | Dialect::Spark)
}
