//! `scalewright data-check`.

use std::path::{Path, PathBuf};

use scalewright_check::outside::OutsideLint;
use scalewright_check::report::{self, Report, Summary};
use scalewright_check::{Checked, locate};
use scalewright_data::{CHECKS, Collected, Columns, ReadAs, TableAt, check_named, findings, page};
use scalewright_model::{Diagnostic, Severity, Stop};
use scalewright_project::Library;
use scalewright_tables::{Named, TableFiles};

use crate::cli::{DataCheckArgs, FailOn, FindingsFormat};
use crate::exit_code::{OK, WRONG};
use crate::findings_output::FORMS;
use crate::gates::sound;
use crate::output::Outputs;
use crate::render::{self, Printable};
use crate::stored::Stored;
use crate::terminal::Terminal;

/// Reads the answers, and prints what they say about the definition and the files.
pub(crate) fn run(
    args: &DataCheckArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let named = Named { option: "--out", path: args.out.as_deref() };
    let format = terminal.with_notes(|notes| named.format(args.format, FORMS, notes))?;
    let allowed = allowed(&args.allow)?;
    let found = library.one(&args.instrument)?;
    library.keys_are_used(std::slice::from_ref(&found))?;
    let mut checked = library.check(&found, &[])?;
    sound(&checked, terminal)?;
    let stored = Stored::of(&args.answers, terminal)?;
    let tables = tables(&args.answers, &stored, terminal)?;
    let columns = Columns {
        by: args.by.clone(),
        occasion: args.occasion.clone(),
        start: args.start.clone(),
        end: args.end.clone(),
    };
    let (reading, cwd) = (args.reading.reading(), terminal.cwd);
    let (diagnostics, pictures, rows) = {
        let instrument = sound(&checked, terminal)?;
        let from = ReadAs { instrument, reading: &reading, cwd };
        let collected = terminal.with_notes(|notes| {
            Collected::read(from, &checked.program, &tables, &columns, notes)
        })?;
        let diagnostics = findings(&collected, &allowed);
        let pictures = args.html.as_ref().map(|_| page(&collected, &diagnostics));
        (diagnostics, pictures, collected.rows())
    };
    let counts = Counts::of(&diagnostics);
    let fails = counts.fail(args.fail_on);
    about_data(&mut checked, diagnostics);
    let text = text(&checked, format, (&counts, fails), cwd);
    let read = tables.iter().map(|table| table.path.clone());
    let read = read.chain(checked.documents.iter().map(|one| PathBuf::from(&one.name)));
    let mut outputs = Outputs::new(cwd).reading(read);
    if let (Some(path), Some(page)) = (&args.html, pictures) {
        outputs.add(path, page.into_bytes())?;
    }
    if let Some(path) = &args.out {
        outputs.add(path, text.bytes())?;
    }
    outputs.commit(terminal)?;
    match text {
        _ if args.out.is_some() => {}
        Findings::People(text) => terminal.print(text),
        Findings::Programs(text) => terminal.write(text.as_bytes()),
    }
    terminal.eprint(&counts.summary(rows));
    Ok(if fails { WRONG } else { OK })
}

/// The names of the checks that are left out.
fn allowed(names: &[String]) -> Result<Vec<&str>, Stop> {
    let one = |name: &String| match check_named(name) {
        Ok(check) => Ok(check.name),
        Err(near) => {
            let stop = Stop::usage(format!("there is no check `{name}`"));
            let all: Vec<&str> = CHECKS.iter().map(|check| check.name).collect();
            Err(stop.help(near.unwrap_or_else(|| format!("the checks are {}", all.join(", ")))))
        }
    };
    names.iter().map(one).collect()
}

/// The tables that the arguments name.
fn tables(
    answers: &[PathBuf],
    stored: &Stored,
    terminal: &mut Terminal<'_>,
) -> Result<Vec<TableAt>, Stop> {
    let cwd = terminal.cwd;
    if let Some(table) = &stored.table {
        return Ok(vec![table.clone()]);
    }
    let files = terminal.with_notes(|notes| TableFiles::find(answers, None, cwd, notes))?;
    Ok(match files {
        Some(files) => {
            let files = files.files.into_iter();
            files.map(|file| TableAt { shown: file.shown, path: file.path }).collect()
        }
        None => answers
            .iter()
            .map(|path| TableAt { shown: path.clone(), path: cwd.join(path) })
            .collect(),
    })
}

/// Replaces the findings about the definition by those about the data, and adds the pages of the checks.
fn about_data(checked: &mut Checked, diagnostics: Vec<Diagnostic>) {
    checked.findings = locate(diagnostics, 0, &checked.documents[0]);
    checked.silenced.clear();
    checked.known.clear();
    checked.outside = CHECKS
        .iter()
        .map(|check| OutsideLint {
            name: check.name.to_owned(),
            summary: check.summary.to_owned(),
            explain: check.explain.to_owned(),
            level: check.level,
        })
        .collect();
}

/// The numbers of findings by level.
struct Counts {
    errors: usize,
    warnings: usize,
    hints: usize,
}

impl Counts {
    fn of(diagnostics: &[Diagnostic]) -> Self {
        let count = |level| diagnostics.iter().filter(|one| one.severity == level).count();
        Self {
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            hints: count(Severity::Hint),
        }
    }

    fn fail(&self, on: FailOn) -> bool {
        match on {
            FailOn::Error => self.errors > 0,
            FailOn::Warning => self.errors + self.warnings > 0,
            FailOn::Hint => self.errors + self.warnings + self.hints > 0,
            FailOn::Never => false,
        }
    }

    fn summary(&self, rows: u64) -> String {
        let count = |count: usize, what: &str| match count {
            0 => format!("no {what}s"),
            1 => format!("1 {what}"),
            more => format!("{more} {what}s"),
        };
        let rows = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
        format!(
            "checked {rows}: {}, {}, {}\n",
            count(self.errors, "error"),
            count(self.warnings, "warning"),
            count(self.hints, "hint")
        )
    }
}

/// The findings in the format that was asked for.
enum Findings {
    People(Printable),
    Programs(String),
}

impl Findings {
    fn bytes(&self) -> Vec<u8> {
        match self {
            Self::People(text) => text.plain().into_bytes(),
            Self::Programs(text) => text.clone().into_bytes(),
        }
    }
}

fn text(
    checked: &Checked,
    format: FindingsFormat,
    counts: (&Counts, bool),
    cwd: &Path,
) -> Findings {
    let (findings, documents) = (&checked.findings, &checked.documents);
    let mut text = Printable::default();
    match format {
        FindingsFormat::Text => {
            text.extend(findings.iter().map(|found| render::full(found, documents)));
        }
        FindingsFormat::Concise => {
            text.extend(findings.iter().map(|found| render::concise(found, documents)));
        }
        _ => return Findings::Programs(for_programs(checked, format, counts, cwd)),
    }
    Findings::People(text)
}

fn for_programs(
    checked: &Checked,
    format: FindingsFormat,
    (counts, failed): (&Counts, bool),
    cwd: &Path,
) -> String {
    let mut report = Report::new();
    report.add(checked, &[], cwd);
    for finding in &mut report.findings {
        finding.group = Some("data".to_owned());
        finding.explain = Some(format!("scalewright explain {}", finding.code));
    }
    let &Counts { errors, warnings, hints } = counts;
    report.summary =
        Summary { instruments: 1, errors, warnings, hints, failed, ..Summary::default() };
    match format {
        FindingsFormat::Sarif => report::sarif::report(&report),
        FindingsFormat::Github => report::github::report(&report),
        FindingsFormat::Gitlab => report::gitlab::report(&report),
        FindingsFormat::Junit => report::junit::report(&report, failed),
        _ => report::json::report(&report),
    }
}
