//! `scalewright fmt`.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::{Path, PathBuf};

use scalewright_check::{Formatted, MAX_BYTES, SchemaKind, Source, kind_of, layout};
use scalewright_model::Stop;
use scalewright_model::text::plain;
use scalewright_project::{Library, PACK, SETTINGS};

use crate::cli::FmtArgs;
use crate::exit_code::{OK, WRONG};
use crate::output::Outputs;
use crate::terminal::Terminal;
use crate::{difference, output, render};

/// How many files changed, stayed unchanged, or have a syntax error.
#[derive(Default)]
struct FileCounts {
    changed: usize,
    unchanged: usize,
    broken: usize,
}

/// Formats the named files.
pub(crate) fn run(
    args: &FmtArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    if args.paths.iter().any(|path| path == Path::new("-")) {
        return standard_input(args, terminal);
    }
    let mut counts = FileCounts::default();
    for path in files(args, library)? {
        let source = library.read(&path)?;
        one(args, &path, source, &mut counts, terminal)?;
    }
    terminal.eprint(&summary(&counts, args.check || args.diff));
    let failed = counts.broken > 0 || (args.check && counts.changed > 0);
    Ok(if failed { WRONG } else { OK })
}

fn files(args: &FmtArgs, library: &Library<'_>) -> Result<BTreeSet<PathBuf>, Stop> {
    if args.paths.is_empty() {
        return Ok(library.all_files()?.into_iter().collect());
    }
    let mut files = BTreeSet::new();
    for path in &args.paths {
        files.extend(library.files(path)?);
    }
    Ok(files)
}

fn one(
    args: &FmtArgs,
    path: &Path,
    source: Source,
    counts: &mut FileCounts,
    terminal: &mut Terminal<'_>,
) -> Result<(), Stop> {
    let before = source.bytes.clone();
    let Some(text) = formatted(layout(source.clone(), kind(path, &before)), terminal) else {
        counts.broken += 1;
        return Ok(());
    };
    if text.as_bytes() == before {
        counts.unchanged += 1;
        return Ok(());
    }
    counts.changed += 1;
    if args.diff {
        let before = String::from_utf8_lossy(&before);
        terminal.print(difference::unified(&source.name, &before, &text));
    } else if args.check {
        terminal.print(&path.display().to_string());
    } else {
        output::write_one(Outputs::new(terminal.cwd), path, text.into_bytes(), terminal)?;
    }
    Ok(())
}

/// Returns the formatted text, or prints the findings that prevent it and returns `None`.
fn formatted(layout: Formatted, terminal: &mut Terminal<'_>) -> Option<String> {
    let Formatted { document, text, findings } = layout;
    let documents = [document];
    findings.iter().for_each(|finding| terminal.eprint(render::full(finding, &documents)));
    text
}

fn kind(path: &Path, bytes: &[u8]) -> Option<SchemaKind> {
    match path.file_name()?.to_str() {
        Some(SETTINGS) => Some(SchemaKind::Config),
        Some(PACK) => Some(SchemaKind::Pack),
        Some("instrument.toml") => Some(SchemaKind::Instrument),
        Some("cases.toml") => Some(SchemaKind::Cases),
        Some("key.toml") => Some(SchemaKind::Key),
        _ => Some(kind_of(bytes)),
    }
}

/// Formats standard input to standard output. On a syntax error it prints no text, so that an editor keeps its own.
fn standard_input(args: &FmtArgs, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
    if args.paths.len() > 1 {
        return Err(Stop::usage("`-` is standard input and cannot be combined with other paths"));
    }
    let Some(input) = terminal.input.take() else {
        return Err(Stop::usage("there is no standard input"));
    };
    let mut bytes = Vec::new();
    // One byte more than a file may have, so that a longer one is refused and not cut.
    let read = input.take(MAX_BYTES as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|error| Stop::usage(format!("cannot read standard input: {}", plain(&error))))?;
    let name = "<stdin>";
    let kind = kind_of(&bytes);
    let source = Source { name: name.to_owned(), bytes: bytes.clone() };
    let Some(text) = formatted(layout(source, Some(kind)), terminal) else { return Ok(WRONG) };
    let changed = text.as_bytes() != bytes;
    if args.diff {
        terminal.print(difference::unified(name, &String::from_utf8_lossy(&bytes), &text));
    } else if args.check && changed {
        terminal.print(name);
    } else if !args.check {
        terminal.write(text.as_bytes());
    }
    Ok(if args.check && changed { WRONG } else { OK })
}

fn summary(counts: &FileCounts, dry: bool) -> String {
    let files =
        |count: usize| if count == 1 { "1 file".to_owned() } else { format!("{count} files") };
    let changed = if dry { "would change" } else { "formatted" };
    let mut text =
        format!("{} {changed}, {} already formatted", files(counts.changed), counts.unchanged);
    if counts.broken > 0 {
        text.push_str(&format!(", {} not changed because of errors", counts.broken));
    }
    text.push('\n');
    text
}
