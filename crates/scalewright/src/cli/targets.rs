//! The parts of the command line that come from the registry of targets: help, completions, and former options, which
//! are now options of targets.

use super::plugin::PluginArgs;
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Args, Command, Error, FromArgMatches, ValueEnum};
use scalewright_export::{Former, exporter, exporters, listed};
use scalewright_import::FORMATS;

/// List the targets of `scalewright export`, or describe one: its files, options, limits and losses.
///
/// Use it before an export, to find the options that `--set` takes and the content that a target cannot represent.
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  scalewright targets                     list the targets
  scalewright targets redcap              files, options, names and losses of one target
  scalewright targets redcap --format json
  scalewright targets --keys              what each target does with each key of a definition")]
pub(crate) struct TargetsArgs {
    /// The target, as in `--to`: redcap.
    #[arg(value_name = "TARGET")]
    pub(crate) target: Option<String>,
    /// Print what each target does with each key of a definition: a table in Markdown, or JSON.
    #[arg(long, conflicts_with = "target")]
    pub(crate) keys: bool,
    /// The format of the description.
    #[arg(long, value_enum, default_value_t = TargetsFormat::Text)]
    pub(crate) format: TargetsFormat,
    #[command(flatten)]
    pub(crate) plugins: PluginArgs,
}

impl TargetsArgs {
    /// Whether a built-in target is described, so that no settings are needed.
    pub(crate) fn is_built_in(&self) -> bool {
        self.target.as_deref().is_some_and(|name| exporter(name).is_some())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum TargetsFormat {
    /// Text for a terminal.
    Text,
    /// JSON: a list of objects, or an object for a single target.
    Json,
    /// Markdown, a page of the documentation.
    Markdown,
}

/// Returns the end of the help of `export`: the targets and the examples.
pub(crate) fn export_help() -> String {
    let width = listed().map(|(_, target)| target.name.len()).max().unwrap_or(0);
    let targets = listed()
        .map(|(_, target)| format!("  {:width$}  {}\n", target.name, target.summary))
        .collect::<String>();
    format!("Targets:\n{targets}\n{OF_PLUGINS}{EXPORT_EXAMPLES}")
}

/// How targets of plug-ins are named.
const OF_PLUGINS: &str = "\
Plug-ins provide others: `scalewright plugin list` shows them, and a folder of templates is named by its path.
";

const EXPORT_EXAMPLES: &str = "\
`scalewright targets NAME` lists the options of a target.

Examples:
  scalewright export side-by-side --to pdf,fhir,redcap --out out
  scalewright export side-by-side --to pdf --language de --paper us-letter --out out
  scalewright export side-by-side --to redcap --set redcap.project=yes --out out
  scalewright export wai-sr --to pdf --wording licensed/en.toml --out out
  scalewright export side-by-side who-5 --to redcap --study my-trial --wording licensed --out out

Exit codes: 0 written, 1 an instrument is wrong or refused (nothing written), 2 usage";

/// Returns the command with the names and values that shells complete.
pub(crate) fn completing(command: Command) -> Command {
    let names = || PossibleValuesParser::new(listed().map(|(_, target)| target.name));
    command
        .mut_subcommand("export", |export| {
            let export = shown("export", &export).mut_arg("to", |to| to.value_parser(names()));
            export.mut_arg("set", |set| set.value_parser(PossibleValuesParser::new(settings())))
        })
        .mut_subcommand("targets", |targets| {
            targets.mut_arg("target", |target| target.value_parser(names()))
        })
        .mut_subcommand("import", with_formats)
        .mut_subcommand("audit", with_formats)
        .mut_subcommand("wording", |wording| wording.mut_subcommand("from", with_formats))
}

/// Returns a command whose `--from` has the names of the formats that are imported.
fn with_formats(command: Command) -> Command {
    let names = FORMATS.iter().map(|format| format.name);
    command.mut_arg("from", |from| from.value_parser(PossibleValuesParser::new(names)))
}

/// Returns the command without its hidden options, which some shells would complete.
fn shown(name: &'static str, command: &Command) -> Command {
    let options = command.get_arguments().filter(|option| !option.is_hide_set()).cloned();
    let about = command.get_about().cloned().unwrap_or_default();
    Command::new(name).about(about).args(options)
}

/// Returns every value of every option in the form that `--set` takes.
fn settings() -> Vec<&'static str> {
    let mut all: Vec<&'static str> = Vec::new();
    for (_, target) in listed() {
        for option in target.options {
            for (value, _) in option.values() {
                // clap needs `'static` texts. They are few, and are built once per run.
                all.push(format!("{}.{}={value}", target.name, option.name).leak());
            }
        }
    }
    all
}

/// The former options that the user wrote. Options of targets have replaced them, and the help does not show them.
#[derive(Debug, Clone, Default)]
pub(crate) struct FormerArgs {
    /// The name of the option, with its value if it had one.
    pub(crate) written: Vec<(&'static str, Option<String>)>,
}

/// Returns all former options, each once.
fn former() -> Vec<Former> {
    let mut all: Vec<Former> = Vec::new();
    for former in exporters().flat_map(|(_, target)| target.options).filter_map(|o| o.former) {
        if !all.iter().any(|other| other.flag == former.flag) {
            all.push(former);
        }
    }
    all
}

impl FromArgMatches for FormerArgs {
    fn from_arg_matches(matches: &ArgMatches) -> Result<Self, Error> {
        let mut written = Vec::new();
        for Former { flag, value } in former() {
            match value {
                Some(_) if matches.get_count(flag) > 0 => written.push((flag, None)),
                None if matches.contains_id(flag) => {
                    written.push((flag, matches.get_one::<String>(flag).cloned()));
                }
                _ => {}
            }
        }
        Ok(Self { written })
    }

    fn update_from_arg_matches(&mut self, matches: &ArgMatches) -> Result<(), Error> {
        *self = Self::from_arg_matches(matches)?;
        Ok(())
    }
}

impl Args for FormerArgs {
    fn augment_args(command: Command) -> Command {
        former().into_iter().fold(command, |command, Former { flag, value }| {
            let arg = Arg::new(flag).long(flag).hide(true);
            command.arg(match value {
                Some(_) => arg.action(ArgAction::Count),
                None => arg.action(ArgAction::Append).num_args(0..=1),
            })
        })
    }

    fn augment_args_for_update(command: Command) -> Command {
        Self::augment_args(command)
    }
}
