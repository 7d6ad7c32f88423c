//! The engines that run scoring code, and the tests that compare their scores with ours.

use crate::support::root;

/// An engine that runs the code of a target.
pub(super) struct Proof {
    target: &'static str,
    /// The value of the option that chooses the language; empty if the target has only one.
    variant: &'static str,
    pub(super) engine: &'static str,
    version: Version,
    /// The test in `tests/suite/code.rs`.
    pub(super) test: &'static str,
}

/// Where the version of an engine is stated.
enum Version {
    /// A package in the requirements of the engines.
    Package(&'static str),
    /// The packages of Debian 12, which `tests/oracles/setup` installs.
    Debian(&'static str),
}

use Version::{Debian, Package};

impl Proof {
    const fn new(
        (target, variant): (&'static str, &'static str),
        (engine, version): (&'static str, Version),
        test: &'static str,
    ) -> Self {
        Self { target, variant, engine, version, test }
    }

    pub(super) fn version(&self) -> String {
        let package = match self.version {
            Debian(version) => return version.to_owned(),
            Package(package) => package,
        };
        let path = root().join("tests/oracles/code/engines/requirements.txt");
        let list = std::fs::read_to_string(path).expect("it exists");
        let line = list.lines().find_map(|line| line.strip_prefix(&format!("{package}==")));
        line.unwrap_or_else(|| panic!("{package} is not among the requirements")).to_owned()
    }
}

static PROOFS: [Proof; 12] = [
    Proof::new(("r", ""), ("R", Debian("4.2.2")), "r_gives_our_scores"),
    Proof::new(("python", "narwhals"), ("pandas", Package("pandas")), "pandas_gives_our_scores"),
    Proof::new(("python", "narwhals"), ("polars", Package("polars")), "polars_gives_our_scores"),
    Proof::new(("python", "plain"), ("Python", Debian("3.11")), "plain_python_gives_our_scores"),
    Proof::new(("python", "pyspark"), ("Spark", Package("pyspark")), "spark_gives_our_scores"),
    Proof::new(("sql", "duckdb"), ("DuckDB", Package("duckdb")), "duckdb_gives_our_scores"),
    Proof::new(("sql", "postgres"), ("PostgreSQL", Debian("15")), "postgres_gives_our_scores"),
    Proof::new(("sql", "sqlite"), ("SQLite", Debian("3.40.1")), "sqlite_gives_our_scores"),
    Proof::new(("sql", "spark"), ("Spark", Package("pyspark")), "spark_gives_our_scores"),
    Proof::new(("javascript", ""), ("Node", Debian("18 or newer")), "node_gives_our_scores"),
    Proof::new(("spss", ""), ("PSPP", Debian("1.6.2")), "pspp_gives_our_scores"),
    Proof::new(("excel", ""), ("LibreOffice", Debian("7.4.7")), "libreoffice_gives_our_scores"),
];

/// Targets whose platform does not run here, and the test that runs their code in an evaluator written from its manual.
static EVALUATED: [(&str, &str); 1] = [("stata", "stata_code_gives_our_scores_by_the_manual")];

/// The test that runs the code of a target in an evaluator that was written from the platform's manual.
pub(super) fn evaluated(target: &str) -> Option<&'static str> {
    let test = EVALUATED.iter().find(|(name, _)| *name == target).map(|(_, test)| *test)?;
    assert_exists(test);
    Some(test)
}

fn assert_exists(test: &str) {
    let tests = include_str!("../code.rs");
    assert!(tests.contains(&format!("fn {test}()")), "tests/suite/code.rs has no test `{test}`");
}

/// The engines that run the code of a target. A test that a line names must exist.
pub(super) fn of(target: &str, variant: &str) -> Vec<&'static Proof> {
    let all = PROOFS.iter();
    let found: Vec<&Proof> =
        all.filter(|proof| proof.target == target && proof.variant == variant).collect();
    found.iter().for_each(|proof| assert_exists(proof.test));
    found
}
