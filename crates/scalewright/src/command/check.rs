//! `scalewright check`.

use std::collections::BTreeSet;
use std::path::Path;

use scalewright_check::baseline::{Baseline, MOST_BASELINE_BYTES};
use scalewright_check::outside::{OutsideLints, OutsideProblem, verify};
use scalewright_check::{Checked, Finding, Fixed, Levels, Mark, check_with, fix_with, mutants};
use scalewright_model::{Note, Severity, Stop};
use scalewright_project::{Found, Library, all_are_used};
use scalewright_tables::Named;

use crate::cli::CheckArgs;
use crate::findings_output::{FORMS, FindingsOutput, MutantSummary};
use crate::output::{self, Outputs};
use crate::plugins::{LintPlugins, Plugins, stopped};
use crate::terminal::Terminal;
use crate::{difference, gates};

/// Checks the named instruments and prints all findings.
pub(crate) fn run(
    args: &CheckArgs,
    library: &Library<'_>,
    config_dir: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let named = Named { option: "--out", path: args.out.as_deref() };
    let format = terminal.with_notes(|notes| named.format(args.format, FORMS, notes))?;
    let supplied = library.wordings(&args.wording)?;
    let targets = targets(args, library)?;
    let all: Vec<Found> = targets.iter().cloned().collect();
    all_are_used(&args.wording, &supplied, &all, library)?;
    let outside = outside_lints(args, library, config_dir, terminal)?;
    verify_lints(args, library, &outside, terminal)?;
    let mut output = FindingsOutput::new(args, format);
    library.check_settings().iter().for_each(|checked| output.add_file(checked, terminal));
    let mut baseline = baseline(args, library, terminal)?;
    for target in &targets {
        let levels = library.levels_with(target, &args.levels.set, &args.lints)?;
        let mut input = match library.input(target, &supplied) {
            Ok(input) => input,
            Err(stop) => {
                // The other instruments are still checked. The exit code reports this one at the end.
                library.could_not_read(stop);
                continue;
            }
        };
        input.study.uses.extend(&args.uses);
        input.study.date = args.date.clone().or(input.study.date);
        let mut checked = match args.fix || args.diff {
            true => fixed(fix_with(input, &levels, &outside), args, terminal)?,
            false => check_with(input, &levels, &outside),
        };
        let failures = checked.problems.iter().map(failed);
        let failures: Vec<Finding> = failures.collect();
        checked.findings.extend(failures);
        let mut tried = if args.mutants { run_mutants(&checked, &levels) } else { None };
        if let Some(baseline) = &mut baseline {
            let mutants = tried.as_mut().map(|tried| &mut tried.findings);
            baseline.take(&mut checked, mutants, &levels);
        }
        output.add(&checked, tried, terminal);
    }
    if let Some(baseline) = &baseline {
        let whole = args.paths.is_empty() && !library.has_unread();
        match &args.write_baseline {
            Some(path) => write_baseline(path, baseline.text(whole), &output, terminal)?,
            None => output.add_stale(baseline.stale(whole), terminal),
        }
    }
    outside.close().into_iter().for_each(|failure| library.could_not_read(stopped(failure)));
    output.finish(terminal)
}

/// Reads the baseline; one to write may not exist yet.
fn baseline(
    args: &CheckArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<Option<Baseline>, Stop> {
    let (path, writes) = match (&args.baseline, &args.write_baseline) {
        (None, None) => return Ok(None),
        (Some(path), _) => (path, false),
        (None, Some(path)) => (path, true),
    };
    let read = library.baseline(path, writes);
    let baseline = read.map_err(|refused| gates::refused(&refused, terminal))?;
    Ok(Some(if writes { baseline.adopting() } else { baseline }))
}

fn write_baseline(
    path: &Path,
    (text, count): (String, usize),
    output: &FindingsOutput<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<(), Stop> {
    if text.len() > MOST_BASELINE_BYTES {
        return Err(Stop::usage("there are too many findings for one baseline")
            .help("write one for each of several folders: name a folder"));
    }
    let outputs = Outputs::new(terminal.cwd).reading(output.read());
    output::write_one(outputs, path, text.into_bytes(), terminal)?;
    let findings = if count == 1 { "finding" } else { "findings" };
    terminal.note(&Note::info(format!("`{}` knows {count} {findings}", path.display())));
    if output.has_errors() {
        terminal
            .note(&Note::info("it does not know the errors above: they are not findings of lints"));
    }
    Ok(())
}

/// Returns the failure of a lint plug-in as a finding, so that every report has it.
fn failed(problem: &OutsideProblem) -> Finding {
    let OutsideProblem { plugin, message, help } = problem;
    Finding {
        code: "plugin-failed".into(),
        severity: Severity::Error,
        message: format!("the lint plug-in `{plugin}` failed: {message}"),
        marks: vec![Mark::at(0, 0..0)],
        help: if help.is_empty() { Vec::new() } else { vec![help.clone()] },
        fix: None,
    }
}

/// Starts the lint plug-ins that the settings and `--lints` name.
fn outside_lints(
    args: &CheckArgs,
    library: &Library<'_>,
    config_dir: Option<&Path>,
    terminal: &Terminal<'_>,
) -> Result<LintPlugins, Stop> {
    let plugins = Plugins::of(library, config_dir, &args.plugins, terminal.cwd);
    let enabled = library.settings().lint_plugins().iter().map(|(name, _)| name);
    plugins.lints(enabled.chain(&args.lints))
}

/// Checks the names of lints of plug-ins in the settings and the options.
fn verify_lints(
    args: &CheckArgs,
    library: &Library<'_>,
    outside: &dyn OutsideLints,
    terminal: &mut Terminal<'_>,
) -> Result<(), Stop> {
    let settings = library.settings().verify_lints(outside);
    settings.map_err(|refused| gates::refused(&refused, terminal))?;
    for (name, _) in &args.levels.set {
        verify(name, outside).map_err(|help| {
            let stop = Stop::usage(format!("there is no lint `{name}`"));
            stop.help(help.unwrap_or_else(|| "correct the name".to_owned()))
        })?;
    }
    Ok(())
}

/// Writes the fixed files, or shows the changes with `--diff`, and lists the fixes.
fn fixed(fixed: Fixed, args: &CheckArgs, terminal: &mut Terminal<'_>) -> Result<Checked, Stop> {
    let Fixed { checked, changed, done } = fixed;
    let mut outputs = Outputs::new(terminal.cwd);
    for (index, before) in changed {
        let document = &checked.documents[index];
        if args.diff {
            let change = difference::unified(&document.name, &before, &document.text);
            terminal.print(change);
        } else {
            outputs.add(Path::new(&document.name), document.text.clone().into_bytes())?;
        }
    }
    outputs.commit(terminal)?;
    // Only after the commit: until then nothing is fixed.
    let word = if args.diff { "would fix" } else { "fixed" };
    for done in done {
        terminal.eprint(&format!("{word} {}: {} [{}]\n", done.name, done.message, done.code));
    }
    Ok(checked)
}

fn targets(args: &CheckArgs, library: &Library<'_>) -> Result<BTreeSet<Found>, Stop> {
    if args.paths.is_empty() {
        return Ok(library.all_readable()?.into_iter().collect());
    }
    let mut targets = BTreeSet::new();
    for path in &args.paths {
        targets.extend(library.find_readable(path)?);
    }
    Ok(targets)
}

fn run_mutants(checked: &Checked, levels: &Levels) -> Option<MutantSummary> {
    let mut tried = mutants(checked)?;
    tried.findings.iter_mut().for_each(|finding| levels.raise(finding));
    let survivors = tried.count - tried.noticed;
    let id = checked.instrument.as_ref().map_or("", |instrument| instrument.id.as_str());
    let none = if tried.cases == 0 { "; there are no cases" } else { "" };
    let equivalent = match tried.equivalent {
        0 => String::new(),
        more => format!("; {more} equivalent, not counted"),
    };
    let (count, noticed) = (tried.count, tried.noticed);
    let mutants = if count == 1 { "mutant" } else { "mutants" };
    let summary =
        format!("{id}: {count} {mutants}, {noticed} noticed, {survivors} not{equivalent}{none}\n");
    Some(MutantSummary { findings: tried.findings, summary })
}
