//! The options of the modules.

use crate::code::options::{COLUMNS, Columns, INVALID, Invalid, SELF_TEST};
use crate::options::{OptionSpec, choice, options};

choice! {
    /// What the module runs on.
    Engine {
        Narwhals = "narwhals": "data frames of pandas, polars and others that narwhals supports";
        Plain = "plain": "one respondent at a time, without packages";
        PySpark = "pyspark": "data frames of Spark, with native columns only";
    }
}

options! {
    /// How the module is written.
    Options {
        engine: Engine = OptionSpec::choice("engine", Engine::VALUES, "narwhals", "what the module runs on");
        columns: Columns = COLUMNS;
        invalid: Invalid = INVALID;
        self_test: bool = SELF_TEST;
    }
}
