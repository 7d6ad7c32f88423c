//! `scalewright report`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use scalewright_check::locate;
use scalewright_export::{ReportRequest, english_words, score_report};
use scalewright_model::{Instrument, Note, NoteKind, Stop, Wording};
use scalewright_project::{Library, all_are_used};
use scalewright_scoring::{Responses, evaluate};
use scalewright_tables::{Advice, Batch, Differences, Keep, KeptColumns, Row, Stated, open};

use crate::cli::ReportArgs;
use crate::exit_code::OK;
use crate::gates::{keys_are_sure, sound};
use crate::house::{self, Style};
use crate::output::Outputs;
use crate::terminal::Terminal;
use crate::words::{self, untranslated};
use crate::{output, printing, render};

/// The largest number of reports in one run.
const MOST: usize = 2_000;

/// A respondent of the table.
struct ReportSubject {
    /// The row's number, from 1.
    row: u64,
    /// The name of the respondent; the row's number if no column names one.
    name: String,
    /// The columns that distinguish this occasion from others of the respondent, each with its value.
    occasion: Vec<(String, String)>,
    answers: Vec<Option<f64>>,
    /// Scores that the table states, for comparison with the computed ones.
    stated: Vec<Stated>,
}

/// Reads the responses, and writes a report for each selected respondent.
pub(crate) fn run(
    args: &ReportArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    printing::warm_up();
    let supplied = library.wordings(&args.wording)?;
    let found = library.one(&args.instrument)?;
    all_are_used(&args.wording, &supplied, std::slice::from_ref(&found), library)?;
    let checked = library.check(&found, &supplied)?;
    let instrument = sound(&checked, terminal)?;
    keys_are_sure(&checked, instrument, args.accept_recalled_keys, terminal)?;
    let language = args.language.as_deref();
    if let Some(stop) = language.and_then(|language| words::unfinished(&checked, language)) {
        return Err(stop);
    }
    let wording = wording(instrument, language)?;
    if let Some(english) = english_words(instrument, wording).filter(|_| !args.quiet) {
        for finding in locate(vec![english], 0, &checked.documents[0]) {
            terminal.eprint(render::concise(&finding, &checked.documents));
        }
    }
    for line in wording.iter().flat_map(|wording| untranslated(&checked, wording)) {
        if !args.quiet {
            terminal.eprint(&line);
        }
    }
    let (respondents, mut differences) = respondents(args, instrument, terminal)?;
    let mut names = BTreeSet::new();
    let settings = library.settings();
    let style = Style::of(settings, args.fonts.as_deref(), true, terminal)?;
    if let Some(lacking) =
        wording.and_then(|words| style.fonts.unprintable(instrument, words).pop())
    {
        return Err(lacking);
    }
    let mut made = Vec::new();
    let key = checked.key.as_ref();
    for respondent in &respondents {
        let scored = evaluate(&checked.program, &Responses::of_one(&respondent.answers));
        let row = Row { number: respondent.row, respondent: &respondent.name };
        for stated in &respondent.stated {
            let Some(position) = checked.program.position(stated.scale) else { continue };
            let score = scored[position].score.get(0);
            let scale = &instrument.scales[stated.scale.0];
            terminal.with_notes(|notes| differences.compare(scale, stated, (&row, score), notes));
        }
        let request = ReportRequest {
            instrument,
            program: &checked.program,
            ranges: &checked.ranges,
            supplied_key: key.map(|key| (key.source.as_str(), key.digest.as_str())),
            wording,
            respondent: &respondent.name,
            occasion: &respondent.occasion,
            answers: &respondent.answers,
            scored: &scored,
            paper: house::paper(args.paper, settings),
            house: &style.house,
        };
        let name = file_name(instrument, respondent, &mut names);
        made.push(score_report(&request, name));
    }
    differences.finish().iter().for_each(|note| terminal.note(note));
    let files = printing::all(made, &style).into_iter().collect::<Result<Vec<_>, _>>()?;
    let documents = checked.documents.iter().map(|document| Path::new(&document.name));
    let reading = &args.reading;
    let given = [Some(&args.responses), reading.map.as_ref(), reading.names.as_ref()];
    let given = given.into_iter().chain([reading.questionnaire.as_ref()]);
    let outputs = Outputs::new(terminal.cwd).reading(documents).reading(given.flatten());
    for path in output::write_all(outputs, &args.out, files, terminal)? {
        if !args.quiet {
            terminal.print(&path.display().to_string());
        }
    }
    Ok(OK)
}

/// Returns the wording in `language`, else that in the source language, else any other. `None` if all is withheld.
fn wording<'i>(
    instrument: &'i Instrument,
    language: Option<&str>,
) -> Result<Option<&'i Wording>, Stop> {
    match language {
        Some(language) => words::wording(instrument, language).map(Some),
        None => Ok(instrument.wording(&instrument.language).or(instrument.wordings.first())),
    }
}

/// Returns a file name. A respondent's name can neither lead out of the folder nor overwrite another respondent's file.
fn file_name(
    instrument: &Instrument,
    respondent: &ReportSubject,
    names: &mut BTreeSet<String>,
) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let parts = respondent.occasion.iter().map(|(_, value)| value);
    let parts: Vec<&str> =
        std::iter::once(&respondent.name).chain(parts).map(String::as_str).collect();
    let is_plain = |name: &&str| !name.is_empty() && name.chars().all(plain);
    let name = parts.join(".");
    // On some systems, names that differ only in case are the same file.
    let of_respondent =
        parts.iter().all(is_plain) && name.len() <= 60 && names.insert(name.to_lowercase());
    match of_respondent {
        true => format!("{}.{name}.pdf", instrument.id),
        false => format!("{}.row.{}.pdf", instrument.id, respondent.row),
    }
}

fn respondents(
    args: &ReportArgs,
    instrument: &Instrument,
    terminal: &mut Terminal<'_>,
) -> Result<(Vec<ReportSubject>, Differences), Stop> {
    let (from, reading, cwd) =
        (terminal.table(&args.responses), args.reading.reading(), terminal.cwd);
    let mut notes = Vec::new();
    let opened = open(from, &reading, instrument, cwd, &mut notes).and_then(|table| {
        let named = !args.carry.is_empty();
        let keep = if named { args.carry.clone() } else { table.usual_occasion(instrument) };
        let keep = Keep { drop_all: keep.is_empty(), keep, ..Keep::default() };
        let plan = table.plan(KeptColumns::Read(&keep), instrument, &mut notes)?;
        Ok((table, plan, keep.keep))
    });
    let is_shown = |note: &&Note| !args.quiet || note.kind != NoteKind::Note;
    notes.iter().filter(is_shown).for_each(|note| terminal.note(note));
    let (mut table, mut plan, carried) = opened?;
    let mut batch = table.batch(&plan);
    let (mut chosen, mut more) = (Vec::new(), true);
    while more {
        batch.clear();
        let mut places = BTreeMap::new();
        more = table.fill(&mut plan, &mut batch)?;
        let is_wanted = |row: u64, name: &str| match (&args.id, args.row) {
            (Some(id), _) => name == id,
            (None, Some(wanted)) => row == wanted,
            (None, None) => true,
        };
        refuse_faults(&table.name, (&batch, instrument), is_wanted, terminal)?;
        for row in 0..batch.responses.rows {
            let (number, name) = (batch.numbers[row], batch.respondent(row).into_owned());
            if is_wanted(number, &name) {
                let answers = batch.responses.items.iter().map(|column| column.get(row)).collect();
                let mut occasion = table.occasion(&batch, row);
                occasion.extend(table.carried(&plan, (&batch, row), &carried));
                occasion.dedup();
                chosen.push(ReportSubject {
                    row: number,
                    name,
                    occasion,
                    answers,
                    stated: Vec::new(),
                });
                places.insert(row, chosen.len() - 1);
            }
        }
        for stated in batch.stated.drain(..) {
            if let Some(&place) = places.get(&stated.row) {
                chosen[place].stated.push(stated);
            }
        }
        if chosen.len() > MOST {
            let message = format!("there are more than {MOST} respondents in {}", table.name);
            return Err(Stop::usage(message).help("divide the table, or choose: `--id` or `--row`"));
        }
    }
    table.end(&mut plan)?;
    if chosen.is_empty() {
        let what = match (&args.id, args.row) {
            (Some(id), _) => format!("no respondent `{id}`"),
            (None, Some(row)) => format!("no row {row}"),
            (None, None) => "no respondent".to_owned(),
        };
        return Err(Stop::wrong(format!("{}: there is {what}", table.name)));
    }
    table.notes().iter().for_each(|note| terminal.note(note));
    Ok((chosen, Differences::new(&table.name)))
}

/// How many wrong answers are printed. Further ones are counted.
const SHOWN: usize = 20;

/// Stops if a selected row contains an answer that the definition does not allow.
fn refuse_faults(
    name: &str,
    (batch, instrument): (&Batch, &Instrument),
    is_wanted: impl Fn(u64, &str) -> bool,
    terminal: &mut Terminal<'_>,
) -> Result<(), Stop> {
    let meant = || {
        let faults = batch.faults.iter();
        faults.filter(|fault| fault.concerns_all() || is_wanted(fault.row, &fault.respondent))
    };
    let (mut count, mut advice) = (0_usize, Advice::default());
    for fault in meant() {
        count += 1;
        advice.see(fault);
    }
    for fault in meant().take(SHOWN) {
        terminal.eprint(&format!("error: {name}: {}", fault.text()));
    }
    match count {
        0 => Ok(()),
        count => {
            let answers = if count == 1 { "1 answer is" } else { &format!("{count} answers are") };
            let message =
                format!("{name}: {answers} not allowed by the definition; nothing was written");
            let help = match advice.help(instrument) {
                Some(help) => format!("correct the cells; {help}"),
                None => "correct the cells, or empty them if the item was not answered".to_owned(),
            };
            Err(Stop::wrong(message).help(help))
        }
    }
}
