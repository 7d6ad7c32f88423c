//! An importer that a plug-in provides.

use scalewright_export::{OptionSpec, OptionValues, base64};
use scalewright_import::{FORMATS, Finding, Kind as FindingKind, Outside, Place, Sources};
use scalewright_model::Stop;
use scalewright_plugins::answer::{ImportAnswer, imported};
use scalewright_plugins::find::{Form, Located};
use scalewright_plugins::process::Session;
use scalewright_plugins::{Failure, Limits, formats};
use scalewright_wire::{self as wire, Description, ImportRequest, PROTOCOL};

use super::options::{given, spec, values};
use super::run::{start, stopped};

/// An importer that a plug-in provides.
pub(crate) struct OutsideImporter {
    description: Description,
    specs: Vec<OptionSpec>,
    limits: Limits,
    session: Session<'static>,
}

impl OutsideImporter {
    /// Opens a plug-in that may run.
    pub(super) fn open(located: Located) -> Result<Self, Stop> {
        let Located { name, form: Form::Program(program), .. } = located else {
            return Err(Stop::usage("templates cannot be an importer"));
        };
        is_free(&name)?;
        let limits = program.limits;
        let session = start(program)?;
        let description = session.description().clone();
        let specs = description.options.iter().map(spec).collect();
        Ok(Self { description, specs, limits, session })
    }

    pub(crate) fn name(&self) -> &str {
        &self.description.name
    }

    /// Whether the plug-in declares that it reads such files.
    pub(crate) fn recognises(&self, sources: &Sources<'_>) -> bool {
        formats::recognises(&self.description, sources.file, sources.bytes)
    }

    /// Returns what `--set` gives to the plug-in.
    pub(crate) fn given(&self, set: &[String]) -> Result<OptionValues, Stop> {
        given(self.name(), &self.specs, set)
    }

    /// Asks the plug-in for the definition or the form in a file. The answer is validated completely.
    pub(crate) fn ask(
        &mut self,
        sources: &Sources<'_>,
        options: &OptionValues,
    ) -> Result<(Outside, ImportAnswer), Stop> {
        let request = ImportRequest {
            protocol: PROTOCOL,
            options: values(&self.specs, options),
            name: formats::name(sources.file).to_owned(),
            base64: base64(sources.bytes),
        };
        let mut response = self.session.import(&request).map_err(stopped)?;
        let name = self.name().to_owned();
        if let Some(wire::Refusal { message, help }) = response.refusal {
            let message = format!("{}: `{name}` refuses the import: {message}", sources.file);
            return Err(help.into_iter().fold(Stop::wrong(message), Stop::help));
        }
        let notes = std::mem::take(&mut response.notes).into_iter();
        let findings = notes.map(|note| finding(&name, note, sources.file)).collect();
        let made = imported(response, &self.limits).map_err(|problems| {
            let message = format!("the answer of the plug-in `{name}` is wrong");
            stopped(Failure::of_answer(&message, &problems))
        })?;
        let (file, format) =
            (sources.file.to_owned(), formats::what(&self.description, sources.file));
        Ok((Outside { format, name, file, findings }, made))
    }

    /// Ends the program. Nothing may follow its last answer.
    pub(crate) fn close(self) -> Result<(), Stop> {
        self.session.finish().map_err(stopped)
    }
}

/// Stops if `--from` would never reach a plug-in of this name.
pub(crate) fn is_free(name: &str) -> Result<(), Stop> {
    if !is_built_in(name) {
        return Ok(());
    }
    Err(Stop::usage(format!("`{name}` is the name of a built-in format"))
        .help("give the plug-in another name"))
}

/// Whether `--from` with this name means one of our formats.
pub(super) fn is_built_in(name: &str) -> bool {
    name == "scalewright" || FORMATS.iter().any(|format| format.name == name)
}

fn finding(plugin: &str, note: wire::Finding, file: &str) -> Finding {
    let kind = match note.severity.unwrap_or_default() {
        wire::Severity::Hint => FindingKind::Note,
        wire::Severity::Warning => FindingKind::Doubtful,
        wire::Severity::Error => FindingKind::NotUnderstood,
    };
    let code = format!("{plugin}/{}", note.code);
    let place = Place::new(file, note.at);
    note.help.into_iter().fold(Finding::new(kind, code, &place, note.message), Finding::help)
}
