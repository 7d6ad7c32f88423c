//! A plug-in as the kit sees it: a machine that turns a line into an answer.

use scalewright_wire::Description;
use serde_json::Value;

use super::Rule;

/// A plug-in that is judged.
pub trait Subject {
    /// Its description.
    fn description(&self) -> &Description;

    /// Answers a request as in ordinary use: in the process that serves, or in a new one.
    ///
    /// # Errors
    /// If there is no answer that is one JSON value.
    fn answer(&mut self, line: &str) -> Result<Value, Trouble>;

    /// Answers a request in a process of its own, with these variables of the environment.
    ///
    /// # Errors
    /// If there is no answer that is one JSON value.
    fn alone(&mut self, line: &str, environment: &[(&str, &str)]) -> Result<Value, Trouble>;

    /// Gives these bytes to a new process, closes its standard input and waits for its end. `None` if the plug-in has
    /// no process.
    ///
    /// # Errors
    /// If the process does not start, or does not end in time.
    fn raw(&mut self, bytes: &[u8]) -> Option<Result<End, Trouble>>;

    /// Whether one process answers several requests.
    fn serves(&self) -> bool {
        self.description().features.iter().any(|name| name == scalewright_wire::feature::SERVE)
    }

    /// Whether it computes scores.
    fn evaluates(&self) -> bool {
        self.description().features.iter().any(|name| name == scalewright_wire::feature::EVALUATE)
    }
}

/// How a process ended.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct End {
    /// Whether its exit code is 0.
    pub success: bool,
    /// What it wrote to standard output.
    pub output: Vec<u8>,
}

/// The reason why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// The rule that the plug-in breaks.
    pub rule: Rule,
    /// What went wrong.
    pub message: String,
    /// What it wrote to standard error, safe to print; empty if nothing.
    pub stderr: String,
}
