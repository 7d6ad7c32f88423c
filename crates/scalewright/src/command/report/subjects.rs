//! The rows of a table of responses that a report is about, with their scores.

use std::collections::BTreeMap;

use scalewright_check::Checked;
use scalewright_model::{Instrument, Note, NoteKind, Stop};
use scalewright_scoring::{Responses, Scored, evaluate};
use scalewright_tables::{
    Advice, Batch, Differences, Keep, KeptColumns, Opened, Row, Stated, open,
};

use crate::cli::ReportArgs;
use crate::terminal::Terminal;

/// A row of the table.
pub(super) struct Subject {
    /// Its number, from 1.
    pub(super) row: u64,
    /// The name of the respondent; the row's number if no column names one.
    pub(super) name: String,
    /// The columns that distinguish this occasion from others of the respondent, each with its value.
    pub(super) occasion: Vec<(String, String)>,
    pub(super) answers: Vec<Option<f64>>,
    /// The scores of this row.
    pub(super) scored: Vec<Scored>,
}

/// Reads the responses and scores them, and calls `take` with the selected rows, some at a time. Notes how far scores
/// that the table states differ from the computed ones.
pub(super) fn each(
    args: &ReportArgs,
    (checked, instrument): (&Checked, &Instrument),
    terminal: &mut Terminal<'_>,
    take: &mut dyn FnMut(Vec<Subject>) -> Result<(), Stop>,
) -> Result<(), Stop> {
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
    let mut differences = Differences::new(&table.name);
    let (mut found, mut more) = (false, true);
    while more {
        batch.clear();
        more = table.fill(&mut plan, &mut batch)?;
        let is_wanted = |row: u64, name: &str| match (&args.id, args.row) {
            (Some(id), _) => name == id,
            (None, Some(wanted)) => row == wanted,
            (None, None) => true,
        };
        refuse_faults(&table.name, (&batch, instrument), is_wanted, terminal)?;
        let mut chosen = Vec::new();
        let mut places = BTreeMap::new();
        for row in 0..batch.responses.rows {
            let (number, name) = (batch.numbers[row], batch.respondent(row).into_owned());
            if is_wanted(number, &name) {
                let mut occasion = table.occasion(&batch, row);
                occasion.extend(table.carried(&plan, (&batch, row), &carried));
                occasion.dedup();
                places.insert(row, chosen.len());
                chosen.push(subject((checked, &batch), (row, name), occasion));
            }
        }
        for stated in batch.stated.drain(..) {
            if let Some(&place) = places.get(&stated.row) {
                let compared = (&stated, &chosen[place]);
                compare(compared, (checked, instrument), &mut differences, terminal);
            }
        }
        found |= !chosen.is_empty();
        take(chosen)?;
    }
    table.end(&mut plan)?;
    if !found {
        return Err(nobody(args, &table));
    }
    table.notes().iter().for_each(|note| terminal.note(note));
    differences.finish().iter().for_each(|note| terminal.note(note));
    Ok(())
}

fn subject(
    (checked, batch): (&Checked, &Batch),
    (row, name): (usize, String),
    occasion: Vec<(String, String)>,
) -> Subject {
    let answers: Vec<Option<f64>> =
        batch.responses.items.iter().map(|column| column.get(row)).collect();
    let scored = evaluate(&checked.program, &Responses::of_one(&answers));
    Subject { row: batch.numbers[row], name, occasion, answers, scored }
}

/// Compares a score that the table states with the computed one.
fn compare(
    (stated, subject): (&Stated, &Subject),
    (checked, instrument): (&Checked, &Instrument),
    differences: &mut Differences,
    terminal: &mut Terminal<'_>,
) {
    let Some(position) = checked.program.position(stated.scale) else { return };
    let row = Row { number: subject.row, respondent: &subject.name };
    let score = subject.scored[position].score.get(0);
    let scale = &instrument.scales[stated.scale.0];
    terminal.with_notes(|notes| differences.compare(scale, stated, (&row, score), notes));
}

fn nobody(args: &ReportArgs, table: &Opened) -> Stop {
    let what = match (&args.id, args.row) {
        (Some(id), _) => format!("no respondent `{id}`"),
        (None, Some(row)) => format!("no row {row}"),
        (None, None) => "no respondent".to_owned(),
    };
    Stop::wrong(format!("{}: there is {what}", table.name))
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
