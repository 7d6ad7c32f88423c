//! The lints that plug-ins provide, for a check.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use scalewright_check::outside::{
    Linted, OutsideAnswer, OutsideLint, OutsideLints, OutsideProblem,
};
use scalewright_export::yes_and_no;
use scalewright_model::Stop;
use scalewright_plugins::find::{Form, Located};
use scalewright_plugins::process::Session;
use scalewright_plugins::{Failure, linted};
use scalewright_wire::encode::{Definition, lint_request};
use scalewright_wire::{self as wire, Kind};

use super::answer::file_name;
use super::run::start;

/// The lint plug-ins of a check.
#[derive(Default)]
pub(crate) struct LintPlugins {
    names: Vec<String>,
    lints: Vec<OutsideLint>,
    /// A session changes while it is used: its process may have ended.
    sessions: RefCell<Vec<LintSession>>,
}

/// A lint plug-in that was started.
struct LintSession {
    name: String,
    session: Session<'static>,
    /// Its time limit for one instrument.
    time: Duration,
    /// Whether it reached its time limit.
    is_slow: bool,
}

impl LintPlugins {
    /// Adds a plug-in that may run.
    pub(crate) fn add(&mut self, located: Located) -> Result<(), Stop> {
        let Located { kind, name, form: Form::Program(program), .. } = located else {
            return Err(Stop::usage("templates cannot be a lint plug-in"));
        };
        debug_assert_eq!(kind, Kind::Lint);
        let time = program.limits.time;
        let session = start(program)?;
        let lints = session.description().lints.iter().map(|lint| linted::lint(&name, lint));
        self.lints.extend(lints);
        self.names.push(name.clone());
        self.sessions.get_mut().push(LintSession { name, session, time, is_slow: false });
        Ok(())
    }

    /// Ends the programs. Nothing may follow their last answers.
    pub(crate) fn close(&self) -> Vec<Failure> {
        let sessions = self.sessions.take().into_iter();
        sessions.filter_map(|one| one.session.finish().err()).collect()
    }
}

impl OutsideLints for LintPlugins {
    fn plugins(&self) -> &[String] {
        &self.names
    }

    fn lints(&self) -> &[OutsideLint] {
        &self.lints
    }

    fn run(&self, linted: &Linted<'_>) -> OutsideAnswer {
        let request = request(linted);
        let mut answer = OutsideAnswer::default();
        for one in self.sessions.borrow_mut().iter_mut() {
            let LintSession { name, session, time, is_slow } = one;
            if *is_slow {
                // A program that hangs would take as long for each instrument.
                let message = "it was not asked again after its time limit".to_owned();
                answer.problems.push(problem(name, message, Vec::new()));
                continue;
            }
            let begun = Instant::now();
            let found = session.lint(&request);
            *is_slow = found.is_err() && begun.elapsed() >= *time;
            match found {
                Ok(wire::LintResponse { refusal: Some(refusal), .. }) => {
                    let message = format!("it refuses the check: {}", refusal.message);
                    answer.problems.push(problem(name, message, refusal.help));
                }
                Ok(response) => answer.hits.extend(
                    response
                        .findings
                        .into_iter()
                        .map(|found| linted::hit(name, found, linted.documents)),
                ),
                Err(Failure { message, mut help, stderr }) => {
                    // The last line: that of a Python traceback says what went wrong.
                    help.extend(stderr.lines().last().map(|line| format!("it wrote: {line}")));
                    answer.problems.push(problem(name, message, help));
                }
            }
        }
        answer
    }
}

fn problem(plugin: &str, message: String, help: Vec<String>) -> OutsideProblem {
    OutsideProblem { plugin: plugin.to_owned(), message, help: help.join("; ") }
}

fn request(linted: &Linted<'_>) -> wire::LintRequest {
    let Linted { instrument, program, ranges, documents } = *linted;
    let sources: Vec<(&str, &str)> =
        documents.iter().map(|document| (file_name(document), document.text.as_str())).collect();
    // Nothing is published, so no score has to be withheld.
    let published = vec![true; program.scores.len()];
    let definition =
        Definition { instrument, program, ranges, published: &published, sources: &sources };
    lint_request(&definition, yes_and_no)
}
