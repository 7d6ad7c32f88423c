//! `--deny`, `--warn` and `--allow`: three options whose order counts.

use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches};
use scalewright_check::Level;

/// The options, what each sets, and what its help says.
const OPTIONS: [(&str, Level, &str); 3] = [
    (
        "deny",
        Level::Deny,
        "Let a lint fail the check: its name, that of a group, `all`, or `warnings`",
    ),
    ("warn", Level::Warn, "Let a lint warn, whatever it does otherwise"),
    ("allow", Level::Allow, "Switch a lint off"),
];

/// Levels of lints, in the order in which the command line sets them.
#[derive(Debug, Clone, Default)]
pub(crate) struct LevelArgs {
    /// The name of a lint or of a group, and the level.
    pub(crate) set: Vec<(String, Level)>,
}

impl FromArgMatches for LevelArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut set: Vec<(usize, String, Level)> = Vec::new();
        for (name, level, _) in OPTIONS {
            let places = matches.indices_of(name).into_iter().flatten();
            let names = matches.get_many::<String>(name).into_iter().flatten();
            set.extend(places.zip(names).map(|(place, name)| (place, name.clone(), level)));
        }
        set.sort_by_key(|(place, ..)| *place);
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
