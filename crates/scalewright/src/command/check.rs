//! `scalewright check`.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use scalewright_check::outside::{OutsideLints, OutsideProblem, verify};
use scalewright_check::report::{self, Report, Summary};
use scalewright_check::{Checked, Finding, Fixed, Levels, check_with, fix_with, mutants};
use scalewright_model::{Severity, Stop};
use scalewright_project::{Found, Library, all_are_used};
use scalewright_tables::{FileFormat, Named};

use crate::cli::{CheckArgs, FindingsFormat};
use crate::exit_code::{OK, WRONG};
use crate::output::Outputs;
use crate::plugins::{LintPlugins, Places, Plugins, Trust, stopped};
use crate::render::Printable;
use crate::terminal::Terminal;
use crate::{difference, gates, output, render};

/// The formats of findings and the file endings that select them. The first is the format of standard output.
pub(super) const FORMS: &[FileFormat<FindingsFormat>] = &[
    FileFormat { name: "text", format: FindingsFormat::Text, endings: &["txt", "log"], suits: &[] },
    FileFormat { name: "JSON", format: FindingsFormat::Json, endings: &["json"], suits: &[] },
    FileFormat {
        name: "SARIF",
        format: FindingsFormat::Sarif,
        endings: &["sarif"],
        suits: &["json"],
    },
    FileFormat { name: "JUnit XML", format: FindingsFormat::Junit, endings: &["xml"], suits: &[] },
    FileFormat {
        name: "one line per finding",
        format: FindingsFormat::Concise,
        endings: &[],
        suits: &["txt", "log"],
    },
    FileFormat {
        name: "workflow commands",
        format: FindingsFormat::Github,
        endings: &[],
        suits: &["txt", "log"],
    },
    FileFormat {
        name: "GitLab's code quality",
        format: FindingsFormat::Gitlab,
        endings: &[],
        suits: &["json"],
    },
];

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
        let checked = match args.fix || args.diff {
            true => fixed(fix_with(input, &levels, &outside), args, terminal)?,
            false => check_with(input, &levels, &outside),
        };
        for problem in &checked.problems {
            let file = checked.documents.first().map_or("", |document| document.name.as_str());
            let OutsideProblem { plugin, message, help } = problem;
            let message = format!("{file}: the lint plug-in `{plugin}` failed: {message}");
            // The other instruments are still checked. The exit code reports this one at the end.
            library.could_not_read(Stop::usage(message).help(help.clone()));
        }
        let tried = if args.mutants { run_mutants(&checked, &levels) } else { None };
        output.add(&checked, tried, terminal);
    }
    outside.close().into_iter().for_each(|failure| library.could_not_read(stopped(failure)));
    output.finish(terminal)
}

/// Starts the lint plug-ins that the settings and `--lints` name.
fn outside_lints(
    args: &CheckArgs,
    library: &Library<'_>,
    config_dir: Option<&Path>,
    terminal: &Terminal<'_>,
) -> Result<LintPlugins, Stop> {
    let trust = Trust::new(config_dir, args.plugins.trust_plugins);
    let plugins =
        Plugins { places: Places::new(library.settings(), library.packs(), terminal.cwd), trust };
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

/// The result of running the cases of an instrument against its mutants.
pub(super) struct MutantSummary {
    findings: Vec<Finding>,
    /// How many unnoticed mutants have no finding, because there are too many.
    not_shown: usize,
    /// One line with the counts.
    summary: String,
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
    let not_shown = survivors - tried.findings.len();
    Some(MutantSummary { findings: tried.findings, not_shown, summary })
}

/// Prints the findings: as text after each instrument, in the formats for programs as one report at the end.
pub(super) struct FindingsOutput<'a> {
    args: &'a CheckArgs,
    format: FindingsFormat,
    /// The text that is not printed yet.
    text: Printable,
    report: Report,
    counts: Summary,
    /// The files that were read.
    read: Vec<PathBuf>,
    /// How many findings `--fix` can fix.
    fixable: usize,
}

impl<'a> FindingsOutput<'a> {
    pub(super) fn new(args: &'a CheckArgs, format: FindingsFormat) -> Self {
        Self {
            args,
            format,
            text: Printable::default(),
            report: Report::new(),
            counts: Summary::default(),
            read: Vec::new(),
            fixable: 0,
        }
    }

    /// Adds the findings about a file that is not a definition.
    pub(super) fn add_file(&mut self, checked: &Checked, terminal: &mut Terminal<'_>) {
        self.add(checked, None, terminal);
        self.counts.instruments -= 1;
    }

    pub(super) fn add(
        &mut self,
        checked: &Checked,
        tried: Option<MutantSummary>,
        terminal: &mut Terminal<'_>,
    ) {
        let survivors = tried.as_ref().map_or(&[][..], |tried| tried.findings.as_slice());
        let findings = || checked.findings.iter().chain(survivors);
        findings().for_each(|finding| self.count(finding));
        self.counts.instruments += 1;
        self.counts.silenced += checked.silenced.len();
        let not_shown = tried.as_ref().map_or(0, |tried| tried.not_shown);
        self.counts.not_shown += not_shown;
        // With `--deny-warnings` these must fail the check too, although they have no finding.
        self.counts.warnings += not_shown;
        let documents = &checked.documents;
        self.read.extend(documents.iter().map(|document| PathBuf::from(&document.name)));
        match self.format {
            FindingsFormat::Text => {
                self.text.extend(findings().map(|found| render::full(found, documents)));
            }
            FindingsFormat::Concise => {
                self.text.extend(findings().map(|found| render::concise(found, documents)));
            }
            _ => self.report.add(checked, survivors, terminal.cwd),
        }
        if not_shown > 0 && !self.is_for_programs() {
            self.text.push(&Printable::from(&format!("… and {not_shown} more")));
        }
        if self.args.out.is_none() {
            terminal.print(std::mem::take(&mut self.text));
        }
        tried.iter().for_each(|tried| terminal.eprint(&tried.summary));
    }

    fn count(&mut self, finding: &Finding) {
        self.fixable += usize::from(finding.fix.is_some());
        match finding.severity {
            Severity::Error => self.counts.errors += 1,
            Severity::Warning => self.counts.warnings += 1,
            Severity::Hint => self.counts.hints += 1,
        }
    }

    fn is_for_programs(&self) -> bool {
        !matches!(self.format, FindingsFormat::Text | FindingsFormat::Concise)
    }

    /// Prints the rest of the output and returns the exit code.
    pub(super) fn finish(mut self, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
        let strict = self.args.deny_warnings;
        self.counts.failed = self.counts.errors > 0 || (strict && self.counts.warnings > 0);
        let (failed, summary) = (self.counts.failed, summary(&self.counts));
        self.report.summary = self.counts;
        let text = match self.format {
            FindingsFormat::Text | FindingsFormat::Concise => self.text.plain(),
            FindingsFormat::Json => report::json::report(&self.report),
            FindingsFormat::Sarif => report::sarif::report(&self.report),
            FindingsFormat::Github => report::github::report(&self.report),
            FindingsFormat::Gitlab => report::gitlab::report(&self.report),
            FindingsFormat::Junit => report::junit::report(&self.report, strict),
        };
        match &self.args.out {
            Some(path) => {
                let outputs = Outputs::new(terminal.cwd).reading(&self.read);
                output::write_one(outputs, path, text.into_bytes(), terminal)?;
            }
            None => terminal.write(text.as_bytes()),
        }
        terminal.eprint(&summary);
        print_fixable(self.fixable, self.args, terminal);
        Ok(if failed { WRONG } else { OK })
    }
}

fn summary(counts: &Summary) -> String {
    let count = |count: usize, what: &str| match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        more => format!("{more} {what}s"),
    };
    let hints = match counts.hints {
        0 => String::new(),
        some => format!(", {}", count(some, "hint")),
    };
    format!(
        "checked {}: {}, {}{hints}\n",
        count(counts.instruments, "instrument"),
        count(counts.errors, "error"),
        count(counts.warnings, "warning")
    )
}

/// Prints how many findings `--fix` can fix.
fn print_fixable(count: usize, args: &CheckArgs, terminal: &mut Terminal<'_>) {
    if count > 0 && !args.fix && !args.diff {
        terminal.eprint(&format!("{count} can be fixed with `--fix` (preview: `--diff`)\n"));
    }
}
