//! `scalewright check`.

use std::collections::BTreeSet;
use std::path::Path;

use scalewright_check::{Checked, Finding, Mended, mend, mutants};
use scalewright_model::Severity;

use crate::cli::{CheckArgs, Format};
use crate::library::{Found, Library};
use crate::{OK, Stop, Terminal, WRONG, difference, output, render};

/// Checks what is named and prints everything found.
pub(crate) fn run(
    args: &CheckArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let supplied = library.wordings(&args.wording)?;
    let targets = targets(args, library)?;
    let (mut errors, mut warnings, mut fixable) = (0, 0, 0);
    for target in &targets {
        let checked = match args.fix || args.diff {
            true => mended(mend(library.input(target, &supplied)?), args, terminal)?,
            false => library.check(target, &supplied)?,
        };
        fixable += checked.findings.iter().filter(|finding| finding.fix.is_some()).count();
        for finding in &checked.findings {
            match finding.severity {
                Severity::Error => errors += 1,
                Severity::Warning => warnings += 1,
                Severity::Hint => {}
            }
            terminal.say(&printed(finding, &checked, args.format));
        }
        if args.mutants {
            warnings += try_mutants(&checked, args.format, terminal);
        }
    }
    terminal.tell(&summary(targets.len(), errors, warnings));
    if fixable > 0 && !args.fix && !args.diff {
        let are = if fixable == 1 { "is" } else { "are" };
        terminal.tell(&format!("{fixable} of them {are} mended by `--fix`; `--diff` shows how\n"));
    }
    let failed = errors > 0 || (args.deny_warnings && warnings > 0);
    Ok(if failed { WRONG } else { OK })
}

/// Writes what has been mended, or shows it, and says what it was.
fn mended(mended: Mended, args: &CheckArgs, terminal: &mut Terminal<'_>) -> Result<Checked, Stop> {
    let Mended { checked, changed, done } = mended;
    for (index, before) in changed {
        let document = &checked.documents[index];
        if args.diff {
            let change = difference::unified(&document.name, &before, &document.text);
            terminal.say(&change);
        } else {
            let path = Path::new(&document.name);
            output::replace(terminal.cwd, path, document.text.as_bytes())?;
        }
    }
    let word = if args.diff { "would mend" } else { "mended" };
    for done in done {
        terminal.tell(&format!("{word} {}: {} [{}]\n", done.name, done.message, done.code));
    }
    Ok(checked)
}

fn targets(args: &CheckArgs, library: &Library<'_>) -> Result<BTreeSet<Found>, Stop> {
    if args.paths.is_empty() {
        return Ok(library.all()?.into_iter().collect());
    }
    let mut targets = BTreeSet::new();
    for path in &args.paths {
        targets.extend(library.find(path)?);
    }
    Ok(targets)
}

fn printed(finding: &Finding, checked: &Checked, format: Format) -> String {
    match format {
        Format::Text => render::full(finding, &checked.documents),
        Format::Concise => render::concise(finding, &checked.documents),
    }
}

/// Reports the mutants that no case notices; answers how many there are.
fn try_mutants(checked: &Checked, format: Format, terminal: &mut Terminal<'_>) -> usize {
    let Some(tried) = mutants(checked) else { return 0 };
    for finding in &tried.findings {
        terminal.say(&printed(finding, checked, format));
    }
    let survivors = tried.count - tried.noticed;
    if survivors > tried.findings.len() {
        terminal.say(&format!("… and {} more\n", survivors - tried.findings.len()));
    }
    let id = checked.instrument.as_ref().map_or("", |instrument| instrument.id.as_str());
    let none = if tried.cases == 0 { "; there are no cases" } else { "" };
    let alike = match tried.equivalent {
        0 => String::new(),
        more => format!("; {more} equivalent, not counted"),
    };
    let (count, noticed) = (tried.count, tried.noticed);
    let mutants = if count == 1 { "mutant" } else { "mutants" };
    terminal.tell(&format!(
        "{id}: {count} {mutants}, {noticed} noticed, {survivors} not{alike}{none}\n"
    ));
    survivors
}

fn summary(checked: usize, errors: usize, warnings: usize) -> String {
    let count = |count: usize, what: &str| match count {
        0 => format!("no {what}s"),
        1 => format!("1 {what}"),
        more => format!("{more} {what}s"),
    };
    format!(
        "checked {}: {}, {}\n",
        count(checked, "instrument"),
        count(errors, "error"),
        count(warnings, "warning")
    )
}
