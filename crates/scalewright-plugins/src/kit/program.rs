//! A program as the kit sees it.

use std::time::{Duration, Instant};

use scalewright_wire::Description;
use serde_json::Value;

use super::Rule;
use super::subject::{End, Subject, Trouble};
use crate::Failure;
use crate::process::{Program, Session, alone, value};

/// How long a process may take to end when it gets no request. It is shorter than the time for a request, so that a
/// process that waits for ever is reported soon.
const PATIENCE: Duration = Duration::from_secs(5);

/// A program, with the process that serves.
pub struct ProgramSubject<'a> {
    program: &'a Program,
    session: Session<'a>,
    /// The rule that the first useless answer broke. Others are assumed to break the same one.
    broken: Option<Rule>,
}

impl<'a> ProgramSubject<'a> {
    /// A program whose session was started.
    #[must_use]
    pub fn new(program: &'a Program, session: Session<'a>) -> Self {
        Self { program, session, broken: None }
    }

    /// Ends the process that serves.
    ///
    /// # Errors
    /// If it writes more than its answers, or does not end.
    pub fn finish(self) -> Result<(), Failure> {
        self.session.finish()
    }

    /// Finds out whether the answer is there, with something else beside it.
    fn trouble(&mut self, failure: Failure, line: &str) -> Trouble {
        let rule = self.broken.unwrap_or_else(|| self.broken_rule(line));
        self.broken = Some(rule);
        let Failure { message, help: _, stderr } = failure;
        Trouble { rule, message, stderr }
    }

    fn broken_rule(&self, line: &str) -> Rule {
        let output = alone(self.program, format!("{line}\n").as_bytes()).unwrap_or_default();
        match has_answer_and_more(&output) {
            true => Rule::ExtraOutput,
            false => Rule::InvalidAnswer,
        }
    }
}

fn has_answer_and_more(output: &[u8]) -> bool {
    let text = String::from_utf8_lossy(output);
    let lines: Vec<&str> = text.lines().filter(|line| !line.trim().is_empty()).collect();
    let is_answer = |line: &&&str| {
        let value: Option<Value> = serde_json::from_str(line).ok();
        value.is_some_and(|value| value.get("protocol").is_some())
    };
    lines.len() > 1 && lines.iter().filter(is_answer).count() == 1
}

impl Subject for ProgramSubject<'_> {
    fn description(&self) -> &Description {
        self.session.description()
    }

    fn answer(&mut self, line: &str) -> Result<Value, Trouble> {
        let answer = self.session.value(line);
        answer.map_err(|failure| self.trouble(failure, line))
    }

    fn alone(&mut self, line: &str, environment: &[(&str, &str)]) -> Result<Value, Trouble> {
        let set_env =
            environment.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        let program = Program { set_env: set_env.collect(), ..self.program.clone() };
        let answer = alone(&program, format!("{line}\n").as_bytes());
        let answer = answer.and_then(|bytes| value(&program, &bytes));
        answer.map_err(|failure| self.trouble(failure, line))
    }

    fn raw(&mut self, bytes: &[u8]) -> Option<Result<End, Trouble>> {
        let mut program = self.program.clone();
        program.limits.time = program.limits.time.min(PATIENCE);
        let since = Instant::now();
        Some(match alone(&program, bytes) {
            Ok(output) => Ok(End { success: true, output }),
            Err(failure) if since.elapsed() >= program.limits.time => {
                let Failure { message, help: _, stderr } = failure;
                Err(Trouble { rule: Rule::NoRequest, message, stderr })
            }
            Err(_) => Ok(End::default()),
        })
    }
}
