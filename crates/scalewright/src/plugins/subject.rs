//! An exporter that consists of templates, as the conformance kit sees it.

use std::path::Path;

use scalewright_export::dialects::{self, Dialect};
use scalewright_model::Stop;
use scalewright_plugins::kit::{End, Rule, Subject, Trouble};
use scalewright_plugins::templates::{Printed, TemplateExporter, Wrong};
use scalewright_wire::decode::definition;
use scalewright_wire::{Description, ExportRequest, Request};
use serde_json::Value;

use super::templates::read;
use crate::render;
use crate::terminal::Terminal;

/// An exporter that consists of templates.
pub(crate) struct TemplateSubject {
    exporter: TemplateExporter,
    description: Description,
}

impl TemplateSubject {
    /// Reads the templates in a folder.
    pub(crate) fn read(folder: &Path, terminal: &mut Terminal<'_>) -> Result<Self, Stop> {
        let exporter = read(folder, terminal)?;
        let description = exporter.description();
        Ok(Self { exporter, description })
    }

    /// Returns the scores in the dialects that the templates print, from the request alone.
    fn printed(&self, request: &ExportRequest) -> Result<Printed, String> {
        let words = std::slice::from_ref(&request.wording);
        let decoded = definition(&request.instrument, words, &request.scores);
        let decoded = decoded.map_err(|error| error.message)?;
        let published: Vec<bool> =
            request.scores.scores.iter().map(|score| score.published).collect();
        let of_dialect = |dialect: &scalewright_plugins::templates::Dialect| {
            let name = dialect.name();
            let parts = (&decoded.instrument, &decoded.program);
            let wording = decoded.instrument.wordings.first()?;
            let scores = dialects::scores(Dialect::named(name)?, parts, wording, &published);
            let scores = scores.into_iter();
            let codes = scores.map(|score| (score.id, score.code.map_err(|why| why.because)));
            Some((name, codes.collect()))
        };
        Ok(self.exporter.dialects().iter().filter_map(of_dialect).collect())
    }

    fn respond(&self, line: &str) -> Result<Value, String> {
        let request = match serde_json::from_str(line) {
            Ok(Request::Export(request)) => request,
            Ok(_) => return Err("templates only export".to_owned()),
            Err(error) => return Err(format!("the request cannot be read: {error}")),
        };
        let printed = self.printed(&request)?;
        let response = self.exporter.export(&request, &printed).map_err(|wrong| first(&wrong))?;
        serde_json::to_value(response).map_err(|error| error.to_string())
    }
}

fn first(wrong: &Wrong) -> String {
    let first = wrong.findings.first();
    first.map_or_else(String::new, |found| {
        render::concise(found, &wrong.documents).plain().trim_end().to_owned()
    })
}

impl Subject for TemplateSubject {
    fn description(&self) -> &Description {
        &self.description
    }

    fn answer(&mut self, line: &str) -> Result<Value, Trouble> {
        let trouble =
            |message| Trouble { rule: Rule::InvalidAnswer, message, stderr: String::new() };
        self.respond(line).map_err(trouble)
    }

    fn alone(&mut self, line: &str, _: &[(&str, &str)]) -> Result<Value, Trouble> {
        // Templates do not see the environment.
        self.answer(line)
    }

    fn raw(&mut self, _: &[u8]) -> Option<Result<End, Trouble>> {
        None
    }
}
