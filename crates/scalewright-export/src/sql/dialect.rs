//! The dialects of SQL, and what differs between them.

use crate::options::choice;

choice! {
    /// A dialect of SQL.
    Dialect {
        DuckDb = "duckdb": "DuckDB 1.0 or newer; tested";
        Postgres = "postgres": "PostgreSQL 12 or newer; tested";
        Sqlite = "sqlite": "SQLite 3.35 or newer with its mathematical functions; tested";
        Spark = "spark": "Spark SQL 3.4 or newer, with and without ANSI mode; tested";
        BigQuery = "bigquery": "BigQuery; not run by the tests";
        SqlServer = "sqlserver": "SQL Server 2022 or newer; not run by the tests";
        Snowflake = "snowflake": "Snowflake; not run by the tests";
    }
}

/// What keeps an engine from printing an expression again wherever its name is used, which can take exponential time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fence {
    /// Nothing: the engine computes each layer once.
    None,
    /// The word after `AS` of a common table expression.
    Materialized,
    /// `OFFSET 0` after each layer, which computes row by row and stores nothing.
    Offset,
}

impl Dialect {
    /// Its name for readers.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::DuckDb => "DuckDB",
            Self::Postgres => "PostgreSQL",
            Self::Sqlite => "SQLite",
            Self::Spark => "Spark SQL",
            Self::BigQuery => "BigQuery",
            Self::SqlServer => "SQL Server",
            Self::Snowflake => "Snowflake",
        }
    }

    /// The type of floating-point numbers.
    pub(crate) fn double(self) -> &'static str {
        match self {
            Self::DuckDb | Self::Spark | Self::Snowflake => "DOUBLE",
            Self::Postgres => "DOUBLE PRECISION",
            Self::Sqlite => "REAL",
            Self::BigQuery => "FLOAT64",
            Self::SqlServer => "FLOAT",
        }
    }

    /// The type of texts.
    pub(crate) fn text(self) -> &'static str {
        match self {
            Self::DuckDb | Self::Snowflake => "VARCHAR",
            Self::Postgres | Self::Sqlite => "TEXT",
            Self::Spark | Self::BigQuery => "STRING",
            Self::SqlServer => "NVARCHAR(MAX)",
        }
    }

    /// The type of whole numbers.
    pub(crate) fn integer(self) -> &'static str {
        match self {
            Self::BigQuery => "INT64",
            _ => "INTEGER",
        }
    }

    /// The type of truth values, with true and false; `None` if they are 1 and 0.
    pub(crate) fn boolean(self) -> Option<&'static str> {
        match self {
            Self::Sqlite | Self::SqlServer => None,
            Self::BigQuery => Some("BOOL"),
            _ => Some("BOOLEAN"),
        }
    }

    /// A name as an identifier. Snowflake stores unquoted names in upper case, so there they stay unquoted unless they
    /// are reserved.
    pub(crate) fn quoted(self, name: &str) -> String {
        match self {
            Self::Spark | Self::BigQuery => format!("`{name}`"),
            Self::SqlServer => format!("[{name}]"),
            Self::Snowflake if !RESERVED.contains(&name) => name.to_owned(),
            Self::Snowflake => format!("\"{}\"", name.to_uppercase()),
            Self::DuckDb | Self::Postgres | Self::Sqlite => format!("\"{name}\""),
        }
    }

    /// The ids that cannot be columns, even quoted. SQLite renames a column `true` within a query, and then reads the
    /// name as a text. Where a column with one of the other names is missing, engines give one of their own.
    pub(crate) fn unusable(self) -> &'static [&'static str] {
        match self {
            Self::Sqlite => &["true", "false", "rowid", "oid"],
            Self::DuckDb => &["rowid"],
            Self::Postgres => &["tableoid", "xmin", "xmax", "cmin", "cmax", "ctid"],
            _ => &[],
        }
    }

    /// Whether `\` begins an escape in a text.
    pub(crate) fn escapes(self) -> bool {
        matches!(self, Self::Spark | Self::BigQuery | Self::Snowflake)
    }

    /// The functions for the lowest and highest of several numbers.
    pub(crate) fn extremes(self) -> [&'static str; 2] {
        match self {
            Self::Sqlite => ["MIN", "MAX"],
            _ => ["LEAST", "GREATEST"],
        }
    }

    /// How layers are kept apart.
    pub(crate) fn fence(self) -> Fence {
        match self {
            Self::Sqlite => Fence::Materialized,
            Self::Postgres => Fence::Offset,
            _ => Fence::None,
        }
    }

    /// The most columns of a layer.
    pub(crate) fn most_columns(self) -> usize {
        match self {
            Self::Postgres => 1_600,
            Self::Sqlite => 2_000,
            Self::SqlServer => 4_096,
            _ => 4_000,
        }
    }

    /// The most layers, one on the other.
    pub(crate) fn most_layers(self) -> usize {
        match self {
            Self::Spark => 90,
            _ => 400,
        }
    }

    /// The most bytes of a name. PostgreSQL cuts longer ones, and then reads another column.
    pub(crate) fn longest_name(self) -> usize {
        match self {
            Self::Postgres => 63,
            Self::SqlServer => 128,
            _ => 250,
        }
    }
}

/// The reserved words of Snowflake that an id can be.
const RESERVED: [&str; 84] = [
    "account",
    "all",
    "alter",
    "and",
    "any",
    "as",
    "between",
    "by",
    "case",
    "cast",
    "check",
    "column",
    "connect",
    "connection",
    "constraint",
    "create",
    "cross",
    "current",
    "current_date",
    "current_time",
    "current_timestamp",
    "current_user",
    "database",
    "delete",
    "distinct",
    "drop",
    "else",
    "exists",
    "false",
    "following",
    "for",
    "from",
    "full",
    "grant",
    "group",
    "gscluster",
    "having",
    "ilike",
    "in",
    "increment",
    "inner",
    "insert",
    "intersect",
    "into",
    "is",
    "issue",
    "join",
    "lateral",
    "left",
    "like",
    "localtime",
    "localtimestamp",
    "minus",
    "natural",
    "not",
    "null",
    "of",
    "on",
    "or",
    "order",
    "organization",
    "qualify",
    "regexp",
    "revoke",
    "right",
    "rlike",
    "row",
    "rows",
    "sample",
    "schema",
    "select",
    "set",
    "some",
    "start",
    "table",
    "tablesample",
    "then",
    "to",
    "trigger",
    "true",
    "try_cast",
    "union",
    "unique",
    "update",
];
