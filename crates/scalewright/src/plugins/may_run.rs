//! Opens plug-ins, after asking whether they may run.

use std::path::Path;

use scalewright_check::outside::OutsideLints;
use scalewright_model::Stop;
use scalewright_plugins::find::{Form, Located, Origin, Places};
use scalewright_plugins::process::Program;
use scalewright_project::Library;
use scalewright_wire::{Description, Kind};

use super::exporter::OutsideExporter;
use super::lints::LintPlugins;
use super::run::{command_text, start};
use super::trust::Trust;
use crate::cli::PluginArgs;
use crate::terminal::Terminal;

/// The plug-ins that a command can use.
pub(crate) struct Plugins<'a> {
    pub(crate) places: Places<'a>,
    pub(crate) trust: Trust,
}

impl<'a> Plugins<'a> {
    /// The plug-ins of the library's settings and packs, and those on the `PATH`.
    pub(crate) fn of(
        library: &'a Library<'_>,
        config_dir: Option<&Path>,
        args: &PluginArgs,
        cwd: &'a Path,
    ) -> Self {
        let places = Places::new(library.settings(), library.packs(), cwd);
        Self { places, trust: Trust::new(config_dir, args.trust_plugins) }
    }
}

impl Plugins<'_> {
    /// Returns the exporter for `--to NAME`; `None` if no plug-in has this name.
    pub(crate) fn exporter(
        &self,
        name: &str,
        terminal: &mut Terminal<'_>,
    ) -> Result<Option<OutsideExporter>, Stop> {
        let found = match self.places.given(name) {
            Some(given) => Some(given),
            None => self.places.find(Kind::Export, name)?,
        };
        let Some(located) = found else { return Ok(None) };
        self.may_run(&located)?;
        OutsideExporter::open(located, terminal).map(Some)
    }

    /// Starts the lint plug-ins with these names, each once.
    pub(crate) fn lints<'n>(
        &self,
        names: impl Iterator<Item = &'n String>,
    ) -> Result<LintPlugins, Stop> {
        let mut lints = LintPlugins::default();
        for name in names {
            if lints.plugins().contains(name) {
                continue;
            }
            let located = self.places.find(Kind::Lint, name)?.ok_or_else(|| {
                Stop::usage(format!("there is no lint plug-in `{name}`")).help(format!(
                    "install a program `scalewright-lint-{name}` on the `PATH`, or name its command \
                     under `[plugins.lint.{name}]` in `scalewright.toml`"
                ))
            })?;
            self.may_run(&located)?;
            lints.add(located)?;
        }
        Ok(lints)
    }

    /// Returns the description of a plug-in that may run.
    pub(crate) fn describe(
        &self,
        located: Located,
        terminal: &mut Terminal<'_>,
    ) -> Result<Description, Stop> {
        self.may_run(&located)?;
        match located.form {
            Form::Program(program) => Ok(start(program)?.description().clone()),
            Form::Templates(_) => {
                OutsideExporter::open(located, terminal).map(|exporter| exporter.description)
            }
        }
    }

    /// Stops if a command of the settings would be run that the user has not trusted.
    pub(crate) fn may_run(&self, located: &Located) -> Result<(), Stop> {
        let (Origin::File(_), Form::Program(program)) = (&located.origin, &located.form) else {
            return Ok(());
        };
        match self.trust.covers(program)? {
            true => Ok(()),
            false => Err(self.untrusted(&located.origin, program)?),
        }
    }

    fn untrusted(&self, origin: &Origin, program: &Program) -> Result<Stop, Stop> {
        let name = &program.name;
        let why = match self.trust.covered(program)? {
            true => "its command has changed since you trusted it",
            false => "you have not trusted its command",
        };
        let stop = Stop::usage(format!("the plug-in `{name}` was not run: {why}"))
            .help(format!("{} names this command: `{}`", origin.shown(), command_text(program)))
            .help(format!(
                "read it first, then run `scalewright plugin trust {name}`, or add `--trust-plugins`"
            ));
        Ok(stop)
    }
}
