//! Requests to a plug-in, and its answers.

use serde::Serialize;
use serde::de::DeserializeOwned;

use scalewright_wire::{
    Describe, Description, EvaluateRequest, EvaluateResponse, ExportRequest, ExportResponse,
    ImportRequest, ImportResponse, LintRequest, LintResponse, feature,
};

use super::json;
use super::program::Program;
use super::running::Running;
use super::sandbox::Sandbox;
use crate::Failure;
use crate::answer;

/// A plug-in that has described itself, and answers requests.
///
/// A plug-in whose description lists `serve` is started at the first request and kept until the session ends. Another one
/// is started for each request. After a failure, a serving plug-in is started again at the next request.
pub struct Session<'a> {
    program: &'a Program,
    description: Description,
    sandbox: Sandbox,
    /// The process of a plug-in that serves.
    serving: Option<Running<'a>>,
}

/// A request as JSON, with its kind.
#[derive(Serialize)]
struct Line<'a, T> {
    request: &'static str,
    #[serde(flatten)]
    body: &'a T,
}

impl<'a> Session<'a> {
    /// Asks a plug-in for its description, and validates it.
    ///
    /// # Errors
    ///
    /// Fails if the program cannot be started, exceeds a limit, or describes another plug-in or one that breaks the rules
    /// of the protocol.
    pub fn start(program: &'a Program) -> Result<Self, Failure> {
        let describe = Describe::new(program.kind, &program.name);
        let running = Running::start(program)?;
        let sandbox = running.sandbox;
        let bytes = once(running, line("describe", &describe)?)?;
        let description: Description = json::read(&program.shown(), &bytes)?;
        let problems = answer::description(&description, program.kind, &program.name);
        if !problems.is_empty() {
            let message = format!("the description of {} is wrong", program.shown());
            return Err(Failure::of_answer(&message, &problems));
        }
        Ok(Self { program, description, sandbox, serving: None })
    }

    /// What the plug-in is and does.
    #[must_use]
    pub fn description(&self) -> &Description {
        &self.description
    }

    /// How far the plug-in is closed off from files and the network.
    #[must_use]
    pub fn sandbox(&self) -> Sandbox {
        self.sandbox
    }

    /// Asks an exporter for the files of an instrument. Validate them with [`answer::files`].
    ///
    /// # Errors
    ///
    /// Fails if the plug-in does not answer within its limits, or not as the protocol requires.
    pub fn export(&mut self, request: &ExportRequest) -> Result<ExportResponse, Failure> {
        let response: ExportResponse = self.ask("export", request)?;
        let mut problems = answer::findings(&response.diagnostics, None);
        problems.extend(answer::losses(&response.losses));
        problems.extend(answer::refusal(response.refusal.as_ref()));
        self.judged(response, problems)
    }

    /// Asks a lint plug-in for its findings. Each is of one of its lints.
    ///
    /// # Errors
    ///
    /// As for [`Self::export`].
    pub fn lint(&mut self, request: &LintRequest) -> Result<LintResponse, Failure> {
        let response: LintResponse = self.ask("lint", request)?;
        let mut problems = answer::findings(&response.findings, Some(&self.description.lints));
        problems.extend(answer::refusal(response.refusal.as_ref()));
        self.judged(response, problems)
    }

    /// Asks an importer for a definition. Validate its files with [`answer::files`].
    ///
    /// # Errors
    ///
    /// As for [`Self::export`].
    pub fn import(&mut self, request: &ImportRequest) -> Result<ImportResponse, Failure> {
        let response: ImportResponse = self.ask("import", request)?;
        let mut problems = answer::notes(&response.notes);
        problems.extend(answer::refusal(response.refusal.as_ref()));
        self.judged(response, problems)
    }

    /// Asks an exporter for the scores that its files would compute: one row for each row of answers.
    ///
    /// # Errors
    ///
    /// As for [`Self::export`].
    pub fn evaluate(&mut self, request: &EvaluateRequest) -> Result<EvaluateResponse, Failure> {
        let response: EvaluateResponse = self.ask("evaluate", request)?;
        let mut problems = answer::refusal(response.refusal.as_ref());
        let (found, asked) = (response.rows.len(), request.answers.rows.len());
        if response.refusal.is_none() && found != asked {
            problems.push(format!("it has {found} rows of scores for {asked} rows of answers"));
        }
        self.judged(response, problems)
    }

    /// Ends the session: standard input of a serving plug-in is closed, and it must end without writing more.
    ///
    /// # Errors
    ///
    /// Fails if it writes more, exits with another code than 0, or does not end within its time limit.
    pub fn finish(mut self) -> Result<(), Failure> {
        let Some(mut running) = self.serving.take() else { return Ok(()) };
        running.is_silent()?;
        running.close();
        let rest = running.until_end()?;
        match rest.is_empty() {
            true => Ok(()),
            false => Err(json::more(&self.program.shown(), &rest)),
        }
    }

    /// Sends a line that was written elsewhere, and returns the answer as it is.
    ///
    /// # Errors
    ///
    /// As for [`Self::export`], except that only the syntax of the answer is validated.
    pub(crate) fn value(&mut self, line: &str) -> Result<serde_json::Value, Failure> {
        let bytes = self.answered(format!("{line}\n").into_bytes())?;
        json::read(&self.program.shown(), &bytes)
    }

    fn judged<T>(&self, response: T, problems: Vec<String>) -> Result<T, Failure> {
        if problems.is_empty() {
            return Ok(response);
        }
        let message = format!("the answer of {} is wrong", self.program.shown());
        Err(Failure::of_answer(&message, &problems))
    }

    fn ask<T: DeserializeOwned>(
        &mut self,
        request: &'static str,
        body: &impl Serialize,
    ) -> Result<T, Failure> {
        let line = line(request, body)?;
        let bytes = self.answered(line)?;
        json::read(&self.program.shown(), &bytes)
    }

    fn answered(&mut self, line: Vec<u8>) -> Result<Vec<u8>, Failure> {
        match self.description.features.iter().any(|f| f == feature::SERVE) {
            true => self.served(line),
            false => once(Running::start(self.program)?, line),
        }
    }

    /// Sends a line to the process that is kept.
    fn served(&mut self, line: Vec<u8>) -> Result<Vec<u8>, Failure> {
        let mut running = match self.serving.take() {
            Some(running) => running,
            None => Running::start(self.program)?,
        };
        running.is_silent()?;
        running.send(line);
        let answer = running.until_line()?;
        // Kept only after an answer in good order.
        self.serving = Some(running);
        Ok(answer)
    }
}

/// Gives bytes to a process of its own, closes its standard input, and returns all that it writes.
///
/// # Errors
///
/// Fails if the program does not end within its limits, or not with exit code 0.
pub(crate) fn alone(program: &Program, bytes: &[u8]) -> Result<Vec<u8>, Failure> {
    once(Running::start(program)?, bytes.to_vec())
}

/// Returns the only JSON value of an output.
///
/// # Errors
///
/// Fails if the output has no JSON value, or more than one.
pub(crate) fn value(program: &Program, bytes: &[u8]) -> Result<serde_json::Value, Failure> {
    json::read(&program.shown(), bytes)
}

/// Sends one line to a process, and returns all that it answers.
fn once(mut running: Running<'_>, line: Vec<u8>) -> Result<Vec<u8>, Failure> {
    running.send(line);
    running.close();
    running.until_end()
}

/// A request as a line of JSON.
fn line(request: &'static str, body: &impl Serialize) -> Result<Vec<u8>, Failure> {
    let mut line = serde_json::to_vec(&Line { request, body })
        .map_err(|_| Failure::new("the request to a plug-in cannot be written as JSON"))?;
    line.push(b'\n');
    Ok(line)
}
