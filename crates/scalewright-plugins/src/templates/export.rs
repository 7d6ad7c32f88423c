//! Exports an instrument with templates. The answer has the form of a program's answer, and is validated in the same
//! way.

use minijinja::value::Value;
use scalewright_check::locate;
use scalewright_model::{Diagnostic, Pointer};
use scalewright_wire as wire;
use serde_json::Value as Json;

use crate::templates::context::{self, Printed};
use crate::templates::engine::{Failure, MOST_OUTPUT, environment, render};
use crate::templates::file::{Escape, OutputFile};
use crate::templates::losses;
use crate::templates::read::{TemplateExporter, Wrong, finding, in_text, of_engine};
use crate::templates::result;
use crate::templates::rules::Mistake;

impl TemplateExporter {
    /// Exports an instrument. `printed` has the scores in the [`dialects`](Self::dialects) of the exporter.
    ///
    /// # Errors
    /// Returns the mistake of a template that shows only in this export, with its place in the template.
    pub fn export(
        &self,
        request: &wire::ExportRequest,
        printed: &Printed,
    ) -> Result<wire::ExportResponse, Wrong> {
        let mut answer =
            wire::ExportResponse { protocol: wire::PROTOCOL, ..wire::ExportResponse::default() };
        let definition = definition(request);
        let context = context::of(request, printed).map_err(|error| self.internal(&error))?;
        answer.diagnostics.extend(self.refused_names(&definition));
        self.report_dialects(request, printed, &definition, &mut answer);
        let context = context::value(&context);
        let losses = losses::of_definition(&self.target.losses, &definition, &context);
        answer.losses.extend(losses.map_err(|found| self.about_target(*found))?);
        for (index, file) in self.target.files.iter().enumerate() {
            let left = MOST_OUTPUT - answer.files.iter().map(size).sum::<usize>();
            let written = self.file(index, file, &context, left)?;
            let kind = file.kind().unwrap_or(Escape::Plain);
            let text = written.text.as_deref().unwrap_or_default();
            answer.diagnostics.extend(result::formulas(kind, &written.path, text));
            answer.files.push(written);
        }
        Ok(answer)
    }

    /// Renders a file and its name.
    fn file(
        &self,
        index: usize,
        file: &OutputFile,
        context: &Value,
        left: usize,
    ) -> Result<wire::File, Wrong> {
        let kind = file.kind().unwrap_or(Escape::Plain);
        let name = self.name(index, file, context)?;
        let fail = |failure: Box<Failure>| self.failed(file, &failure);
        let environment = environment(kind, self.templates())
            .map_err(|error| fail(Box::new(Failure { error, flooded: false })))?;
        let text = render(&environment, &file.template, context, left).map_err(fail)?;
        if let Some(mistake) = result::wrong(kind, &name, &text) {
            return Err(self.wrong(vec![finding(mistake, self.document(&file.template))]));
        }
        Ok(wire::File { path: name, text: Some(text), base64: None })
    }

    fn name(&self, index: usize, file: &OutputFile, context: &Value) -> Result<String, Wrong> {
        let place = Pointer::entry("files", index).key("name");
        let failed = |error| self.about_target(in_text(&error, place.clone()));
        let environment =
            environment(Escape::Plain, [("name", file.name.as_str())]).map_err(failed)?;
        render(&environment, "name", context, 4096).map_err(|failure| failed(failure.error))
    }

    /// A mistake in a template that shows only when it runs.
    fn failed(&self, file: &OutputFile, failure: &Failure) -> Wrong {
        // An error in an included template is the cause of the error of the template around it.
        let mut error = &failure.error;
        while let Some(inner) = std::error::Error::source(error).and_then(|one| one.downcast_ref())
        {
            error = inner;
        }
        let document = self.document(error.name().unwrap_or(&file.template));
        let mut mistake = of_engine(error, &self.documents[document].text);
        if failure.flooded {
            mistake = Mistake::new(
                "too-large",
                mistake.span,
                format!("the files of the export are larger than {} MiB", MOST_OUTPUT >> 20),
                "look for loops in loops",
            );
        }
        self.wrong(vec![finding(mistake, document)])
    }

    /// The index of the document of a template.
    fn document(&self, name: &str) -> usize {
        self.documents.iter().skip(1).position(|one| one.name == name).map_or(0, |index| index + 1)
    }

    fn about_target(&self, found: Diagnostic) -> Wrong {
        self.wrong(locate(vec![found], 0, &self.documents[0]))
    }

    fn internal(&self, error: &serde_json::Error) -> Wrong {
        let message = format!("the request cannot be passed to templates: {error}");
        let help = "this is a bug in scalewright: please report it with the definition";
        self.about_target(Diagnostic::error("internal", message).at(Pointer::root(), "").help(help))
    }

    /// Reports ids of items and scales that break the declared rules of names.
    fn refused_names(&self, definition: &Json) -> Vec<wire::Finding> {
        let Some(rules) = &self.target.names else { return Vec::new() };
        let platform = &self.target.name;
        let mut found = Vec::new();
        for (place, id) in ids(definition) {
            let message = if rules.longest.is_some_and(|most| id.chars().count() > most) {
                let most = rules.longest.unwrap_or_default();
                format!("`{id}` is longer than the {most} characters that `{platform}` allows")
            } else if rules.reserved.iter().any(|word| word.to_lowercase() == id.to_lowercase()) {
                format!("`{platform}` reserves the name `{id}`")
            } else {
                continue;
            };
            found.push(wire::Finding {
                code: "refused-name".to_owned(),
                severity: Some(wire::Severity::Error),
                message,
                at: place.to_string(),
                about: Some(id.to_owned()),
                help: vec!["change the id in the definition".to_owned()],
                ..wire::Finding::default()
            });
        }
        found
    }

    /// Reports scores that a declared dialect cannot express: as losses if they may be left out, otherwise as errors.
    fn report_dialects(
        &self,
        request: &wire::ExportRequest,
        printed: &Printed,
        definition: &Json,
        answer: &mut wire::ExportResponse,
    ) {
        for dialect in self.dialects() {
            for (scale, code) in printed.get(dialect.name()).into_iter().flatten() {
                let Err(why) = code else { continue };
                let place = ids(definition).into_iter().find(|(_, id)| id == scale);
                let at = place.map_or_else(Pointer::root, |(place, _)| place.parent()).to_string();
                if request.leave_out_scores {
                    let what = format!("the score `{scale}`");
                    let loss = wire::Loss { at, what, because: why.clone(), help: String::new() };
                    answer.losses.push(loss);
                    continue;
                }
                answer.diagnostics.push(wire::Finding {
                    code: "unsupported-score".to_owned(),
                    severity: Some(wire::Severity::Error),
                    message: format!("the score `{scale}` cannot be exported: {why}"),
                    at,
                    about: Some(scale.clone()),
                    help: vec!["to export the other scores: `--leave-out-scores`".to_owned()],
                    ..wire::Finding::default()
                });
            }
        }
    }
}

fn size(file: &wire::File) -> usize {
    file.text.as_ref().map_or(0, String::len)
}

/// The definition as a tree. It has passed all checks, so it can be read.
fn definition(request: &wire::ExportRequest) -> Json {
    let text = request.sources.first().map(|source| source.text.as_str()).unwrap_or_default();
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    toml::from_str(text).unwrap_or(Json::Null)
}

/// The ids of items, notes, scales, flags and norms, with their places.
fn ids(definition: &Json) -> Vec<(Pointer, &str)> {
    let mut ids = Vec::new();
    for list in ["items", "notes", "scales", "flags", "norms"] {
        let entries = definition.get(list).and_then(Json::as_array).into_iter().flatten();
        for (index, entry) in entries.enumerate() {
            let id = entry.get("id").and_then(Json::as_str);
            ids.extend(id.map(|id| (Pointer::entry(list, index).key("id"), id)));
        }
    }
    ids
}
