//! An exporter that a plug-in provides.

use std::cell::{Cell, RefCell};
use std::sync::Arc;
use std::time::Instant;

use scalewright_check::Checked;
use scalewright_export::{
    Content, ExportRequest, Exported, ExportedFile, OptionSpec, TargetOptions, exporter,
};
use scalewright_model::Stop;
use scalewright_plugins::find::{Form, Located};
use scalewright_plugins::process::Session;
use scalewright_plugins::templates::TemplateExporter;
use scalewright_plugins::{Failure, Limits};
use scalewright_wire::{self as wire, Description};

use super::options::{spec, values};
use super::run::{start, stopped};
use super::{answer, templates};
use crate::terminal::Terminal;

/// An exporter that a plug-in provides.
pub(crate) struct OutsideExporter {
    pub(crate) description: Description,
    specs: Vec<OptionSpec>,
    limits: Limits,
    /// A session changes while it is used: its process may have ended.
    runner: RefCell<Runner>,
    /// Whether it reached its time limit.
    is_slow: Cell<bool>,
}

/// What makes the files.
enum Runner {
    Program(Box<Session<'static>>),
    /// The session of a program was closed.
    Closed,
    Templates(Arc<TemplateExporter>),
}

impl OutsideExporter {
    /// Opens a plug-in that may run. Mistakes in templates are printed.
    pub(crate) fn open(located: Located, terminal: &mut Terminal<'_>) -> Result<Self, Stop> {
        let (description, limits, runner) = match located.form {
            Form::Program(program) => {
                let limits = program.limits;
                let session = start(program)?;
                (session.description().clone(), limits, Runner::Program(Box::new(session)))
            }
            Form::Templates(folder) => {
                let templates = templates::read(&folder, terminal)?;
                let runner = Runner::Templates(Arc::new(templates.clone()));
                (templates.description(), Limits::default(), runner)
            }
        };
        if exporter(&description.name).is_some() {
            let message = format!("`{}` is the name of a built-in target", description.name);
            return Err(Stop::usage(message).help("give the plug-in another name"));
        }
        let specs = description.options.iter().map(spec).collect();
        Ok(Self {
            description,
            specs,
            limits,
            runner: RefCell::new(runner),
            is_slow: Cell::new(false),
        })
    }

    pub(crate) fn own(&self) -> TargetOptions<'_> {
        TargetOptions { name: &self.description.name, options: &self.specs, conflicts: &[] }
    }

    pub(crate) fn flags(&self) -> Vec<&str> {
        self.description.flags.iter().map(String::as_str).collect()
    }

    /// Makes the files of an instrument. `picture` has the bytes of the logo. The answer is validated completely.
    pub(crate) fn export(
        &self,
        (request, picture): (&ExportRequest<'_>, Option<&[u8]>),
        checked: &Checked,
        terminal: &mut Terminal<'_>,
    ) -> Result<Exported, Stop> {
        if self.is_slow.get() {
            let name = &self.description.name;
            let message = format!("the plug-in `{name}` was not asked again after its time limit");
            return Err(Stop::usage(message));
        }
        let refused = answer::names(&self.description, request);
        if !refused.is_empty() {
            return Ok(Exported { files: Vec::new(), diagnostics: refused });
        }
        let wire = super::request::export(request, picture, values(&self.specs, request.options));
        let response = match &mut *self.runner.borrow_mut() {
            Runner::Program(session) => {
                let begun = Instant::now();
                let answer = session.export(&wire);
                // Not asked again for each instrument: a program that hangs would take as long each time.
                self.is_slow.set(answer.is_err() && begun.elapsed() >= self.limits.time);
                answer.map_err(stopped)?
            }
            Runner::Closed => return Err(Stop::usage("the plug-in has been closed")),
            Runner::Templates(exporter) => {
                let scored = (request.instrument, request.program);
                let published = request.published();
                let printed =
                    templates::printed(exporter.dialects(), scored, request.wording, &published);
                templates::export(exporter, wire, printed, terminal)?
            }
        };
        self.exported(response, checked)
    }

    /// Returns the answer as files and diagnostics.
    fn exported(
        &self,
        response: wire::ExportResponse,
        checked: &Checked,
    ) -> Result<Exported, Stop> {
        let wire::ExportResponse { protocol: _, files, diagnostics, losses, refusal } = response;
        let name = &self.description.name;
        if let Some(refusal) = refusal {
            let message = format!("`{name}` refuses the export: {}", refusal.message);
            return Err(refusal.help.into_iter().fold(Stop::wrong(message), Stop::help));
        }
        let files = scalewright_plugins::answer::files(files, &self.limits);
        let files = files.map_err(|problems| {
            let message = format!("the answer of the plug-in `{name}` is wrong");
            stopped(Failure::of_answer(&message, &problems))
        })?;
        let is_refused =
            diagnostics.iter().any(|found| found.severity == Some(wire::Severity::Error));
        if files.is_empty() && !is_refused {
            let message = format!("the plug-in `{name}` answered without files");
            let help = "an exporter answers files, an error as a diagnostic, or a refusal";
            return Err(Stop::usage(message).help(help));
        }
        let file = |(name, bytes)| ExportedFile { name, content: Content::Bytes(bytes) };
        let files = files.into_iter().map(file).collect();
        let mut found = answer::findings(name, diagnostics, checked)?;
        found.extend(answer::losses(name, losses, checked)?);
        Ok(Exported { files, diagnostics: found })
    }

    /// Ends the program. Nothing may follow its last answer.
    pub(crate) fn close(&self) -> Result<(), Stop> {
        match self.runner.replace(Runner::Closed) {
            Runner::Program(session) => session.finish().map_err(stopped),
            Runner::Templates(_) | Runner::Closed => Ok(()),
        }
    }
}
