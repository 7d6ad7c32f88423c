//! `--deny`, `--warn` and `--allow`: three options whose order on the command line matters.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};
use scalewright_check::Level;

/// The options, each with the level that it sets and its help text.
const OPTIONS: [(&str, Level, &str); 3] = [
    (
        "deny",
        Level::Deny,
        "Fail the check on a lint: its name, that of a group, `all`, or `warnings`",
    ),
    ("warn", Level::Warn, "Report a lint as a warning, whatever its own level"),
    ("allow", Level::Allow, "Switch a lint off"),
];

/// Levels of lints, in the order of the command line.
#[derive(Debug, Clone, Default)]
pub(crate) struct LevelArgs {
    /// The name of a lint or of a group, with its level.
    pub(crate) set: Vec<(String, Level)>,
}

impl FromArgMatches for LevelArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut set: Vec<(usize, String, Level)> = Vec::new();
        for (name, level, _) in OPTIONS {
            let positions = matches.indices_of(name).into_iter().flatten();
            let names = matches.get_many::<String>(name).into_iter().flatten();
            set.extend(positions.zip(names).map(|(at, name)| (at, name.clone(), level)));
        }
        // clap groups values by option; the positions restore the order in which they were written.
        set.sort_by_key(|(position, ..)| *position);
        Ok(Self { set: set.into_iter().map(|(_, name, level)| (name, level)).collect() })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for LevelArgs {
    fn augment_args(command: Command) -> Command {
        OPTIONS.into_iter().fold(command, |command, (name, _, help)| {
            let arg = Arg::new(name).long(name).value_name("LINT").value_delimiter(',');
            command.arg(arg.action(ArgAction::Append).help(help))
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}
