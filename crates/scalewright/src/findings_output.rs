//! The findings of a check: printed for people, or as a report for programs.

use std::path::PathBuf;

use scalewright_check::report::{self, Report, Summary};
use scalewright_check::{Checked, Finding};
use scalewright_model::{MOST_FINDINGS, Severity, Stop};
use scalewright_tables::FileFormat;

use crate::cli::{CheckArgs, FindingsFormat};
use crate::exit_code::{OK, WRONG};
use crate::output::{self, Outputs};
use crate::render::{self, Printable};
use crate::terminal::Terminal;

/// The formats of findings and the file endings that select them. The first is the format of standard output.
pub(crate) const FORMS: &[FileFormat<FindingsFormat>] = &[
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

/// The result of running the cases of an instrument against its mutants.
pub(crate) struct MutantSummary {
    pub(crate) findings: Vec<Finding>,
    /// One line with the counts.
    pub(crate) summary: String,
}

/// Prints the findings: as text after each instrument, in the formats for programs as one report at the end.
pub(crate) struct FindingsOutput<'a> {
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
    pub(crate) fn new(args: &'a CheckArgs, format: FindingsFormat) -> Self {
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
    pub(crate) fn add_file(&mut self, checked: &Checked, terminal: &mut Terminal<'_>) {
        self.add(checked, None, terminal);
        self.counts.instruments -= 1;
    }

    pub(crate) fn add(
        &mut self,
        checked: &Checked,
        tried: Option<MutantSummary>,
        terminal: &mut Terminal<'_>,
    ) {
        let survivors = tried.as_ref().map_or(&[][..], |tried| tried.findings.as_slice());
        let (survivors, cut) = survivors.split_at(survivors.len().min(MOST_FINDINGS));
        let findings = || checked.findings.iter().chain(survivors);
        findings().for_each(|finding| self.count(finding));
        self.counts.instruments += 1;
        self.counts.silenced += checked.silenced.len();
        self.counts.known += checked.known.len();
        let not_shown = cut.len();
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

    /// Adds hints about entries of the baseline that are no longer found.
    pub(crate) fn add_stale(&mut self, stale: Option<Checked>, terminal: &mut Terminal<'_>) {
        self.report.compared = true;
        if let Some(stale) = stale {
            self.counts.stale += stale.findings.len();
            self.add_file(&stale, terminal);
        }
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.counts.errors > 0
    }

    /// The files that were read.
    pub(crate) fn read(&self) -> &[PathBuf] {
        &self.read
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
    pub(crate) fn finish(mut self, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
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
    let known = match counts.known {
        0 => String::new(),
        some => format!("; {} in the baseline", count(some, "known finding")),
    };
    format!(
        "checked {}: {}, {}{hints}{known}\n",
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
