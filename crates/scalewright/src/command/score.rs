//! `scalewright score`.

mod many;

use std::fs::File;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressStyle};
use scalewright_check::Checked;
use scalewright_data::reliability::Request;
use scalewright_model::{Instrument, Stop};
use scalewright_project::{Found, Library};
use scalewright_scoring::working;
use scalewright_tables::{
    KeptColumns, Named, REPORT_FORMATS, Reading, Report, SCORE_FORMATS, ScoreRequest, ScoresFormat,
    ScoresOptions, Subject, TableFiles, Which, WithColumns, answers_of, instruments_of, open,
};

use crate::analysis::{Sample, beside};
use crate::cli::{OnError, ScoreArgs};
use crate::exit_code::OK;
use crate::gates;
use crate::output::Outputs;
use crate::render::Printable;
use crate::terminal::Terminal;

/// Scores the responses, or reports why they cannot be scored and writes nothing.
pub(crate) fn run(
    args: &ScoreArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let cwd = terminal.cwd;
    let study = args.together.study.as_ref().map(|study| instruments_of(study, cwd)).transpose()?;
    let Arguments { instruments, responses } = Arguments::of(args, study, library)?;
    let files =
        terminal.with_notes(|notes| TableFiles::find(&responses, args.format, cwd, notes))?;
    let explains = args.explain.is_some() || args.explain_id.is_some();
    let several = match &files {
        Some(files) => Some((files, TableFiles::folder(args.out.as_deref(), explains)?)),
        None => None,
    };
    let form = format(args, files.as_ref(), terminal)?;
    analysis_file(args)?;
    let found: Vec<Found> =
        instruments.iter().map(|given| library.one(given)).collect::<Result<_, _>>()?;
    library.keys_are_used(&found)?;
    let checked: Vec<Checked> =
        found.iter().map(|found| library.check(found, &[])).collect::<Result<_, _>>()?;
    let subjects = subjects(args, &checked, terminal)?;
    let which = match (args.explain, &args.explain_id) {
        (_, Some(id)) => Some(Which::Respondent(id)),
        (row, None) => row.map(Which::Row),
    };
    let (mut reading, keep) = (args.reading.reading(), args.keep.keep());
    reading.map = args.together.study.clone().or(reading.map);
    if let Some(which) = which {
        return explain(which, (&responses[0], &reading), &subjects, terminal);
    }
    let request = ScoreRequest {
        subjects,
        reading: &reading,
        cwd,
        background: args.together.background(cwd),
        kept: KeptColumns::Chosen(&keep),
        columns: args.columns,
        shape: args.together.shape,
        with: &args.together.with,
        is_of_answers: form == ScoresFormat::Redcap,
        guard: args.spreadsheet_safe,
        skip: args.on_error == OnError::Skip,
    };
    match several {
        Some(several) => many::run(args, several, (&request, &checked), terminal),
        None => score(args, (&responses[0], form), (&request, &checked), terminal),
    }
}

/// What the arguments of the command name.
struct Arguments {
    instruments: Vec<PathBuf>,
    responses: Vec<PathBuf>,
}

impl Arguments {
    /// The first argument is an instrument. So are those after it that name definitions, up to the first that does not. With
    /// a study file, its instruments precede those, and all arguments are tables.
    fn of(
        args: &ScoreArgs,
        study: Option<Vec<PathBuf>>,
        library: &Library<'_>,
    ) -> Result<Self, Stop> {
        if let Some(study) = study {
            let instruments = study.into_iter().chain(args.together.also.iter().cloned());
            let responses = std::iter::once(&args.instrument).chain(&args.responses).cloned();
            return Ok(Self { instruments: instruments.collect(), responses: responses.collect() });
        }
        let is_more = |given: &&PathBuf| given.as_os_str() != "-" && library.is_definition(given);
        let more = args.responses.iter().take_while(is_more).count();
        let (more, responses) = args.responses.split_at(more);
        if let (Some(last), []) = (more.last(), responses) {
            let message =
                format!("`{}` is an instrument, and no responses are named", last.display());
            return Err(Stop::usage(message).help("name the table after the instruments"));
        }
        let first = std::iter::once(&args.instrument);
        let instruments = first.chain(more).chain(&args.together.also).cloned().collect();
        Ok(Self { instruments, responses: responses.to_vec() })
    }
}

/// Returns the instruments to score with. Each is sound, and its keys may be used.
fn subjects<'a>(
    args: &ScoreArgs,
    all: &'a [Checked],
    terminal: &mut Terminal<'_>,
) -> Result<Vec<Subject<'a>>, Stop> {
    let mut subjects: Vec<Subject<'a>> = Vec::new();
    for checked in all {
        let instrument = gates::sound(checked, terminal)?;
        gates::keys_are_sure(checked, instrument, args.accept_recalled_keys, terminal)?;
        if subjects.iter().any(|known| known.instrument.id == instrument.id) {
            let message = format!("`{}` is named twice", instrument.id);
            return Err(Stop::usage(message).help("name each instrument once"));
        }
        let key_digest = checked.key.as_ref().map(|key| key.digest.as_str());
        subjects.push(Subject { instrument, program: &checked.program, key_digest });
    }
    Ok(subjects)
}

/// Shows how the scores of one row are computed.
fn explain(
    which: Which<'_>,
    (responses, reading): (&Path, &Reading),
    subjects: &[Subject<'_>],
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    // Explanations show one row as it is, so facts from elsewhere are not used.
    let [Subject { instrument, program, .. }] = subjects else {
        let message = "`--explain` and `--explain-id` show the scores of one instrument, but several are named";
        return Err(
            Stop::usage(message).help("name only the instrument whose scores you ask about")
        );
    };
    let (from, cwd) = (terminal.table(responses), terminal.cwd);
    let (table, plan) = terminal.with_notes(|notes| {
        let table = open(from, reading, instrument, cwd, notes)?;
        let plan = table.plan(KeptColumns::Unused, instrument, notes)?;
        Ok((table, plan))
    })?;
    let answers = answers_of(which, (table, plan), instrument)?;
    let shown = working(instrument, program, &answers);
    terminal.print(Printable::page(&shown));
    Ok(OK)
}

/// Returns the files that are read, which must not be overwritten: `tables` and the others.
fn read(args: &ScoreArgs, all: &[Checked], tables: Vec<PathBuf>) -> Vec<PathBuf> {
    let reading = &args.reading;
    let given = [
        reading.map.as_ref(),
        reading.names.as_ref(),
        reading.questionnaire.as_ref(),
        args.together.join.as_ref(),
        args.together.study.as_ref(),
    ];
    let given = tables.into_iter().chain(given.into_iter().flatten().cloned());
    let documents = all.iter().flat_map(|checked| &checked.documents);
    given.chain(documents.map(|document| PathBuf::from(&document.name))).collect()
}

/// Returns the format of the scores of a table. Stops if arguments contradict it, or that of one of `files`.
fn format(
    args: &ScoreArgs,
    files: Option<&TableFiles>,
    terminal: &mut Terminal<'_>,
) -> Result<ScoresFormat, Stop> {
    let named = Named { option: "--out", path: args.out.as_deref() };
    let stated = args.format;
    let forms = match files {
        Some(files) => files.files.iter().map(|file| file.format).collect(),
        None => vec![terminal.with_notes(|notes| named.format(stated, SCORE_FORMATS, notes))?],
    };
    let options = ScoresOptions {
        columns: args.columns,
        shape: args.together.shape,
        with: &args.together.with,
        spreadsheet_safe: args.spreadsheet_safe,
        has_report: args.report.is_some(),
        is_printed: args.out.is_none(),
    };
    options.suit(&forms)?;
    Ok(forms[0])
}

/// Scores one table, or reports why it cannot be scored and writes nothing.
fn score(
    args: &ScoreArgs,
    (given, form): (&Path, ScoresFormat),
    (request, all): (&ScoreRequest<'_>, &[Checked]),
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let from = terminal.table(given);
    let opening = terminal.with_notes(|notes| request.open(from, notes))?;
    // Standard input may be a file as well, which must not be overwritten.
    let input = if given.as_os_str() == "-" { Path::new("/dev/stdin") } else { given };
    let inputs = read(args, all, vec![input.to_path_buf()]);
    let mut outputs = Outputs::new(terminal.cwd).reading(inputs);
    let file = outputs.begin(args.out.as_deref())?;
    let report = report_file(args, &mut outputs, terminal)?
        .map(|(file, delimiter)| Report::new(Box::new(file), delimiter, args.spreadsheet_safe));
    let progress = progress(opening.size());
    let mut run = terminal
        .with_notes(|notes| request.begin(opening, (form, Box::new(file)), report, notes))?;
    let mut more = true;
    while more {
        let mut notes = Vec::new();
        let done = run.step(&mut notes);
        progress.set_position(run.progress());
        progress.suspend(|| notes.iter().for_each(|note| terminal.note(note)));
        // After the notes, which explain the error.
        more = done?;
    }
    progress.finish_and_clear();
    let rows = terminal.with_notes(|notes| run.finish(notes))?;
    analysed(args, request, &Sample::One(given), &mut outputs)?;
    outputs.commit(terminal)?;
    if let Some(path) = &args.out {
        let rows = if rows == 1 { "1 row".to_owned() } else { format!("{rows} rows") };
        terminal.eprint(&format!("scored {rows}: {}\n", path.display()));
    }
    Ok(OK)
}

/// The file of the item analysis: that of `--reliability`; for `--with reliability` one beside the table of scores.
fn analysis_file(args: &ScoreArgs) -> Result<Option<PathBuf>, Stop> {
    let is_asked = args.together.with.contains(&WithColumns::Reliability);
    match (&args.reliability, &args.out) {
        (None, Some(out)) if is_asked => Ok(Some(out.with_extension("reliability.txt"))),
        (None, None) if is_asked => {
            Err(Stop::usage("`--with reliability` needs the file of a table, to write beside it")
                .help("add `--out FILE`, or name the file: `--reliability FILE`"))
        }
        (named, _) => Ok(named.clone()),
    }
}

/// Adds the item analysis: a file, or one for each of several instruments.
fn analysed(
    args: &ScoreArgs,
    scored: &ScoreRequest<'_>,
    sample: &Sample<'_>,
    outputs: &mut Outputs<'_>,
) -> Result<(), Stop> {
    let Some(path) = &analysis_file(args)? else { return Ok(()) };
    let all: Vec<&Instrument> = scored.subjects.iter().map(|one| one.instrument).collect();
    for Subject { instrument, program, .. } in &scored.subjects {
        let how = (scored.reading, scored.cwd);
        let request = Request::new((instrument, program), how, scored.skip).among(&all);
        let own = if all.len() > 1 { named_after(path, &instrument.id) } else { path.clone() };
        beside((path, &own), &request, sample, outputs)?;
    }
    Ok(())
}

/// The path of a file for one of several instruments: its id precedes the ending.
fn named_after(path: &Path, id: &str) -> PathBuf {
    match path.extension() {
        Some(ending) => path.with_extension(format!("{id}.{}", ending.display())),
        None => path.with_extension(id),
    }
}

/// Returns the file of `--report`, which lists the errors in rows left out, and the delimiter between its cells.
fn report_file(
    args: &ScoreArgs,
    outputs: &mut Outputs<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<Option<(File, u8)>, Stop> {
    let Some(path) = args.report.as_deref() else { return Ok(None) };
    let named = Named { option: "--report", path: Some(path) };
    let delimiter = terminal.with_notes(|notes| named.format(None, REPORT_FORMATS, notes))?;
    Ok(Some((outputs.begin(Some(path))?, delimiter)))
}

/// Returns a progress bar for tables of more than 16 MiB. It is only visible on a terminal.
fn progress(size: Option<u64>) -> ProgressBar {
    let plain = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let Some(size) = size.filter(|&size| size > 16 << 20 && !plain) else {
        return ProgressBar::hidden();
    };
    let bar = ProgressBar::new(size);
    let style = ProgressStyle::with_template("{bar:30} {percent}% {bytes} {eta}");
    match style {
        Ok(style) => bar.with_style(style),
        Err(_) => bar,
    }
}
