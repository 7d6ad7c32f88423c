//! A folder of templates as the kit sees it: it has no process.

use scalewright_model::Wording;
use scalewright_wire::{Description, Request};
use serde_json::Value;

use super::Rule;
use super::definitions::{Sample, longest_names, samples};
use super::request;
use super::subject::{End, Subject, Trouble};
use crate::templates::{Dialect, Printed, TemplateExporter};

/// Prints the scores of an instrument in some dialects. The last argument states which of them may be published.
pub type Printer = fn(&Sample, &Wording, &[Dialect], &[bool]) -> Printed;

/// A folder of templates.
pub struct TemplateSubject<'a> {
    exporter: &'a TemplateExporter,
    description: Description,
    samples: Vec<Sample>,
    printer: Printer,
}

impl<'a> TemplateSubject<'a> {
    /// A folder of templates, and the function that prints scores for it.
    ///
    /// # Errors
    /// If the kit itself cannot be used, which its tests exclude.
    pub fn new(exporter: &'a TemplateExporter, printer: Printer) -> Result<Self, String> {
        let description = exporter.description();
        let mut samples = samples()?;
        samples.extend(longest_names(description.names.as_ref())?);
        Ok(Self { exporter, description, samples, printer })
    }

    /// Returns the scores as the templates print them.
    fn printed(&self, id: &str, language: &str) -> Printed {
        let sample = self.samples.iter().find(|sample| sample.instrument.id == id);
        let found = sample.and_then(|sample| Some((sample, sample.instrument.wording(language)?)));
        found.map_or_else(Printed::default, |(sample, wording)| {
            (self.printer)(sample, wording, self.exporter.dialects(), &request::published(sample))
        })
    }
}

impl Subject for TemplateSubject<'_> {
    fn description(&self) -> &Description {
        &self.description
    }

    fn answer(&mut self, line: &str) -> Result<Value, Trouble> {
        let wrong =
            |message: String| Trouble { rule: Rule::InvalidAnswer, message, stderr: String::new() };
        let request = match serde_json::from_str(line) {
            Ok(Request::Export(request)) => request,
            Ok(_) | Err(_) => {
                return Err(wrong("templates answer requests to export only".to_owned()));
            }
        };
        let printed = self.printed(&request.instrument.id, &request.wording.language);
        match self.exporter.export(&request, &printed) {
            Ok(response) => {
                serde_json::to_value(response).map_err(|error| wrong(error.to_string()))
            }
            Err(found) => {
                let first = found.findings.first().map(|finding| finding.message.clone());
                Err(wrong(first.unwrap_or_default()))
            }
        }
    }

    fn alone(&mut self, line: &str, _: &[(&str, &str)]) -> Result<Value, Trouble> {
        self.answer(line)
    }

    fn raw(&mut self, _: &[u8]) -> Option<Result<End, Trouble>> {
        None
    }
}
