//! `scalewright export`.

mod chosen;
mod links;
mod run;
mod sheet;
mod sources;
mod study;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use scalewright_check::check_at;
use scalewright_export::in_parallel;
use scalewright_model::Stop;
use scalewright_model::text::quote;
use scalewright_project::{Library, all_are_used};

use crate::cli::ExportArgs;
use crate::house::Style;
use crate::plugins::Plugins;
use crate::printing;
use crate::target::Target;
use crate::target_options;
use crate::terminal::Terminal;
use chosen::{sheets, targets, targets_of};
use run::ExportRun;

/// Makes all files in memory, and writes them only if all of them could be made.
pub(crate) fn run(
    args: &ExportArgs,
    library: &Library<'_>,
    config_dir: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let plugins = Plugins::of(library, config_dir, &args.plugins, terminal.cwd);
    let to = targets_of(&args.to, &plugins, terminal)?;
    let prints = to.iter().any(Target::prints);
    if prints {
        // So early, because it runs while the definitions are read and checked.
        printing::warm_up();
    }
    let chosen = target_options::chosen(args, &to, library.settings(), terminal)?;
    if args.study.is_some() {
        study::can_be_made(&to)?;
    }
    let supplied = library.wordings(&args.wording)?;
    let targets = targets(args, library)?;
    all_are_used(&args.wording, &supplied, &targets, library)?;
    let progress = progress(targets.len(), args.quiet);
    let settings = library.settings();
    let shows = prints || to.iter().any(|target| matches!(target, Target::Outside(_)));
    let style = Style::of(settings, args.fonts.as_deref(), shows, terminal)?;
    let mut run = ExportRun {
        args,
        settings,
        sheets: sheets(&chosen),
        chosen,
        style,
        read: BTreeSet::new(),
        made: Vec::new(),
        files: Vec::new(),
        foreign: BTreeSet::new(),
        reported: BTreeSet::new(),
        failed: 0,
    };
    let mut together = Vec::new();
    for some in targets.chunks(AT_ONCE) {
        let mut read = Vec::new();
        for target in some {
            progress.set_message(quote(&target.path.display().to_string()));
            read.push(library.to_check(target, &supplied)?);
        }
        let mut all = in_parallel(read, some.len(), |(input, levels)| check_at(input, &levels));
        let documents = all.iter().flat_map(|checked| &checked.documents);
        run.read.extend(documents.map(|document| PathBuf::from(&document.name)));
        match args.study {
            Some(_) => together.append(&mut all),
            None => progress.suspend(|| run.instruments(&all, terminal))?,
        }
        progress.suspend(|| run.print(terminal))?;
        progress.inc(some.len() as u64);
    }
    progress.finish_and_clear();
    if let Some(name) = &args.study {
        run.study(name, &together, terminal)?;
        run.print(terminal)?;
    }
    run.finish(terminal)
}

/// How many instruments are checked before they are exported, and their documents typeset, on all processors.
const AT_ONCE: usize = 16;

/// Returns a progress bar for runs with several instruments. It is only visible on a terminal.
fn progress(count: usize, quiet: bool) -> ProgressBar {
    if count < 2 || quiet {
        return ProgressBar::hidden();
    }
    let bar = ProgressBar::new(count as u64);
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} {wide_msg}");
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
