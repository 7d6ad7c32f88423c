//! `scalewright diff`: what changed between two versions, and whether the version number agrees with the change.

mod compared;
mod json;
mod keys;
mod markdown;
mod text;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use scalewright_check::compare::{compare, forms, removed};
use scalewright_check::{Checked, Finding, report};
use scalewright_model::Stop;
use scalewright_project::{
    Found, Library, Repository, Revisions, Side, Snapshot, changed_settings, is_revision, pairs,
    settings_of_folders,
};

use crate::cli::{DiffArgs, DiffFormat};
use crate::exit_code::{OK, WRONG};
use crate::terminal::Terminal;
use crate::{gates, render};
use compared::{Compared, Comparisons};

/// Compares the named versions and prints the changes.
pub(crate) fn run(
    args: &DiffArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    if let Some(instrument) = &args.instrument {
        return keys::run(args, instrument, library, terminal);
    }
    match input(args, library, terminal.cwd)? {
        DiffInput::Paths(old, new) => {
            let found = (library.find(&old)?, library.find(&new)?);
            let side = || Side { library, revision: None };
            let settings = settings_of_folders(terminal.cwd, &old, &new);
            compare_all(args, [side(), side()], found, settings, terminal)
        }
        DiffInput::Git(range, paths) => revisions(args, &range, &paths, library, terminal),
    }
}

/// What the arguments compare.
enum DiffInput {
    /// An old and a new path.
    Paths(PathBuf, PathBuf),
    /// The definitions at these paths, at two revisions; the whole library if there is no path.
    Git(Revisions, Vec<PathBuf>),
}

fn input(args: &DiffArgs, library: &Library<'_>, cwd: &Path) -> Result<DiffInput, Stop> {
    if let Some(range) = &args.git {
        return Ok(DiffInput::Git(Revisions::parse(range)?, args.what.clone()));
    }
    let (first, rest) = match args.what.as_slice() {
        [] => return Err(nothing_to_compare()),
        [first, rest @ ..] => (first, rest),
    };
    let found = library.find(first);
    let text = first.to_string_lossy();
    // A path such as `../old` contains two dots too.
    if found.is_err() && text.contains("..") && !cwd.join(first).exists() {
        return Ok(DiffInput::Git(Revisions::parse(&text)?, rest.to_vec()));
    }
    match (found, rest) {
        (Ok(_), [second]) => Ok(DiffInput::Paths(first.clone(), second.clone())),
        (Ok(_), []) => Err(Stop::usage(format!("`{text}` has no second version to compare with"))
            .help(format!(
                "to compare it with the last commit: `scalewright diff --git HEAD {text}`"
            ))),
        (Ok(_), _) => Err(Stop::usage("more than two versions are named").help(
            "name an old and a new version, or revisions: `scalewright diff --git OLD..NEW PATH…`",
        )),
        (Err(stop), rest) => {
            let known = is_revision(&text)
                && Repository::around(cwd).is_ok_and(|repository| repository.tree(&text).is_ok());
            match known {
                true => Ok(DiffInput::Git(Revisions::parse(&text)?, rest.to_vec())),
                false => Err(Stop {
                    message: stop.message.replace(
                        "there is no file, folder or instrument",
                        "there is no file, folder, instrument or git revision",
                    ),
                    ..stop
                }),
            }
        }
    }
}

fn nothing_to_compare() -> Stop {
    Stop::usage("nothing to compare")
        .help("name an old and a new version, or a git revision: `scalewright diff HEAD`")
}

fn revisions(
    args: &DiffArgs,
    range: &Revisions,
    paths: &[PathBuf],
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let repository = Repository::around(terminal.cwd)?;
    let old = repository.read(&range.old, paths, library.folder())?;
    let new = match &range.new {
        Some(revision) => Some(repository.read(revision, paths, library.folder())?),
        None => None,
    };
    let old_library = old.library();
    let new_library = new.as_ref().map(Snapshot::library);
    let before = old.find(&old_library, paths);
    let after = match (&new, &new_library) {
        (Some(snapshot), Some(library)) => snapshot.find(library, paths),
        _ => on_disk(library, paths),
    };
    // An instrument on one side only was added or removed. A path that is on neither side is a mistake.
    let found = match (before, after) {
        (Err(_), Err(stop)) => return Err(stop),
        (before, after) => (before.unwrap_or_default(), after.unwrap_or_default()),
    };
    let before = old.settings();
    let after = match &new {
        Some(snapshot) => snapshot.settings(),
        None => repository.settings(&before.keys().cloned().collect(), library.folder()),
    };
    let settings = changed_settings(before, after);
    let old = Side { library: &old_library, revision: Some(&range.old) };
    let new = match &new_library {
        Some(library) => Side { library, revision: range.new.as_deref() },
        None => Side { library, revision: None },
    };
    let done = compare_all(args, [old, new], found, settings, terminal);
    for library in std::iter::once(&old_library).chain(&new_library) {
        gates::report_skipped(library.skipped(), terminal);
    }
    done
}

fn on_disk(library: &Library<'_>, paths: &[PathBuf]) -> Result<Vec<Found>, Stop> {
    if paths.is_empty() {
        return library.all();
    }
    let mut found = BTreeSet::new();
    for path in paths {
        found.extend(library.find(path)?);
    }
    Ok(found.into_iter().collect())
}

fn compare_all(
    args: &DiffArgs,
    [old, new]: [Side<'_>; 2],
    (before, after): (Vec<Found>, Vec<Found>),
    settings: Vec<Checked>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let mut comparisons = Comparisons::default();
    let (mut broken, mut unsound) = (0, 0);
    for (id, pair) in pairs(&old, &new, before, after)? {
        match pair {
            (Some(before), Some(after)) => {
                match compare_one(id, &old.checked(&before)?, &new.checked(&after)?, terminal) {
                    Some(compared) => {
                        // Errors that allow a comparison. Those of the old version do not count: it cannot be fixed.
                        unsound += usize::from(compared.new.sound().is_none());
                        comparisons.compared.push(compared);
                    }
                    None => broken += 1,
                }
            }
            (Some(before), None) => {
                comparisons.warnings.push(removed(&id, &old.library.check_anywhere(&before)?));
                comparisons.removed.push(id);
            }
            (None, _) => comparisons.added.push(id),
        }
    }
    let versions = comparisons.compared.iter().map(|one| (&one.old, &one.new));
    comparisons.warnings.extend(forms(&versions.collect::<Vec<_>>()));
    comparisons.warnings.extend(settings);
    print(args.format, &comparisons, terminal);
    let wrong = comparisons.compared.iter().filter(|one| one.comparison.finding.is_some()).count();
    comparisons.compared.iter().for_each(|one| one.print_errors(terminal));
    terminal.eprint(&summary(&comparisons, wrong, broken));
    let denied = args.deny_warnings && !comparisons.warnings.is_empty();
    Ok(if denied || wrong + broken + unsound > 0 { WRONG } else { OK })
}

fn print(format: DiffFormat, comparisons: &Comparisons, terminal: &mut Terminal<'_>) {
    match format {
        DiffFormat::Text => terminal.print(text::all(comparisons)),
        DiffFormat::Json => terminal.write(json::all(comparisons).as_bytes()),
        DiffFormat::Markdown => terminal.write(markdown::all(comparisons).as_bytes()),
        DiffFormat::Github => {
            let report = comparisons.report(terminal.cwd);
            terminal.write(report::github::report(&report).as_bytes());
        }
    }
}

/// Compares two definitions, or prints what is wrong with them.
fn compare_one(
    id: String,
    old: &Checked,
    new: &Checked,
    terminal: &mut Terminal<'_>,
) -> Option<Compared> {
    if let Some(comparison) = compare(old, new) {
        let (old, new) = (old.clone(), new.clone());
        return Some(Compared { id, old, new, comparison });
    }
    for (which, checked) in [("old", old), ("new", new)] {
        let errors: Vec<&Finding> =
            checked.findings.iter().filter(|finding| checked.obscures(finding)).collect();
        if errors.is_empty() {
            continue;
        }
        for finding in &errors {
            terminal.eprint(render::full(finding, &checked.documents));
        }
        let count = if errors.len() == 1 { "an error" } else { "errors" };
        let message = format!("the {which} version of `{id}` has {count}, so nothing is compared");
        let help = match which {
            "new" => "fix it, then compare again",
            _ => "compare with a version without errors",
        };
        terminal.eprint(render::stop(&Stop::wrong(message).help(help)));
    }
    None
}

fn summary(comparisons: &Comparisons, wrong: usize, broken: usize) -> String {
    let count = |count: usize, one: &str, more: &str| match count {
        1 => format!("1 {one}"),
        count => format!("{count} {more}"),
    };
    let changes = comparisons.compared.iter().map(|one| one.comparison.changes.len()).sum();
    let mut text = format!(
        "compared {}: {}",
        count(comparisons.compared.len(), "instrument", "instruments"),
        count(changes, "change", "changes")
    );
    for (number, what) in
        [(comparisons.added.len(), "added"), (comparisons.removed.len(), "removed")]
    {
        if number > 0 {
            text.push_str(&format!(", {number} {what}"));
        }
    }
    let warnings: usize = comparisons.warnings.iter().map(|one| one.findings.len()).sum();
    if warnings > 0 {
        text.push_str(&format!("; {}", count(warnings, "warning", "warnings")));
    }
    if wrong > 0 {
        let versions = count(wrong, "version does", "versions do");
        text.push_str(&format!("; {versions} not agree with the change"));
    }
    if broken > 0 {
        text.push_str(&format!("; {} not compared", count(broken, "instrument", "instruments")));
    }
    text + "\n"
}
