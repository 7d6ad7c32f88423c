//! The options that the user wrote on the command line, in contrast to those left at their defaults.

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Command, Error, FromArgMatches};

/// The names of the options that the user wrote, without leading hyphens: `value-sets`.
///
/// It must be the first field of a struct of arguments, because later fields remove their values from the matches.
#[derive(Debug, Clone, Default)]
pub(crate) struct ExplicitOptions(Vec<String>);

impl ExplicitOptions {
    /// Returns those of `options` that the user wrote.
    pub(crate) fn among<'a>(
        &self,
        options: impl Iterator<Item = &'a str>,
    ) -> impl Iterator<Item = &'a str> {
        options.filter(|option| self.0.iter().any(|given| given == option))
    }

    /// Returns all options that the user wrote.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(String::as_str)
    }
}

impl FromArgMatches for ExplicitOptions {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let ids = matches.ids().map(|id| id.as_str());
        let written = ids.filter(|id| matches.value_source(id) == Some(ValueSource::CommandLine));
        Ok(Self(written.map(|id| id.replace('_', "-")).collect()))
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for ExplicitOptions {
    fn augment_args(command: Command) -> Command {
        command
    }

    fn augment_args_for_update(command: Command) -> Command {
        command
    }
}
