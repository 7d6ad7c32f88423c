//! `scalewright report`.

mod files;
mod subjects;

use std::collections::BTreeSet;
use std::path::Path;

use scalewright_check::{Checked, locate};
use scalewright_export::{
    ExportedFile, Group, GroupRequest, ReportFormat, ReportSheet, english_words, group_report,
};
use scalewright_model::{Instrument, Stop, Wording};
use scalewright_project::{Library, all_are_used};

use crate::cli::ReportArgs;
use crate::exit_code::OK;
use crate::gates::{keys_are_sure, sound};
use crate::house::{self, Style};
use crate::output::Outputs;
use crate::terminal::Terminal;
use crate::words::{self, untranslated};
use crate::{output, printing, render};
use subjects::Subject;

/// The largest number of reports in one run.
const MOST: usize = 2_000;

/// Reads the responses, and writes a report for each selected respondent, or one for all of them.
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
    let wording = wording(&checked, instrument, args.language.as_deref())?;
    tell_language(args, (&checked, instrument), wording, terminal);
    let settings = library.settings();
    let style = Style::of(settings, args.fonts.as_deref(), true, terminal)?;
    // A browser has fonts of its own.
    let printed = wording.filter(|_| args.format == ReportFormat::Pdf);
    if let Some(lacking) =
        printed.and_then(|words| style.fonts.unprintable(instrument, words).pop())
    {
        return Err(lacking);
    }
    let key = checked.key.as_ref();
    let sheet = ReportSheet {
        instrument,
        program: &checked.program,
        ranges: &checked.ranges,
        supplied_key: key.map(|key| (key.source.as_str(), key.digest.as_str())),
        wording,
        paper: house::paper(args.paper, settings),
        house: &style.house,
        logo: style.picture().map(|(_, bytes)| bytes),
        format: args.format,
    };
    let made = match args.group {
        true => vec![group(args, (&checked, &sheet), terminal)?],
        false => files::of_respondents(
            &sheet,
            &respondents(args, (&checked, instrument), terminal)?,
            args,
        ),
    };
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
    checked: &Checked,
    instrument: &'i Instrument,
    language: Option<&str>,
) -> Result<Option<&'i Wording>, Stop> {
    let Some(language) = language else {
        return Ok(instrument.wording(&instrument.language).or(instrument.wordings.first()));
    };
    match words::unfinished(checked, language) {
        Some(stop) => Err(stop),
        None => words::wording(instrument, language).map(Some),
    }
}

/// Prints what is not in the language of the reports.
fn tell_language(
    args: &ReportArgs,
    (checked, instrument): (&Checked, &Instrument),
    wording: Option<&Wording>,
    terminal: &mut Terminal<'_>,
) {
    if args.quiet {
        return;
    }
    if let Some(english) = english_words(instrument, wording) {
        for finding in locate(vec![english], 0, &checked.documents[0]) {
            terminal.eprint(render::concise(&finding, &checked.documents));
        }
    }
    for line in wording.iter().flat_map(|wording| untranslated(checked, wording)) {
        terminal.eprint(&line);
    }
}

fn respondents(
    args: &ReportArgs,
    (checked, instrument): (&Checked, &Instrument),
    terminal: &mut Terminal<'_>,
) -> Result<Vec<Subject>, Stop> {
    let mut all = Vec::new();
    subjects::each(args, (checked, instrument), terminal, &mut |chosen| {
        all.extend(chosen);
        if all.len() > MOST {
            let message = format!("there are more than {MOST} rows to report");
            let help =
                "divide the table, or choose: `--id` or `--row`; `--group` reports all in one file";
            return Err(Stop::usage(message).help(help));
        }
        Ok(())
    })?;
    Ok(all)
}

/// Returns the report of all respondents together.
fn group(
    args: &ReportArgs,
    (checked, sheet): (&Checked, &ReportSheet<'_>),
    terminal: &mut Terminal<'_>,
) -> Result<ExportedFile, Stop> {
    let (mut group, mut names) = (Group::default(), BTreeSet::new());
    let items: Vec<usize> = sheet.program.scores.iter().map(|score| score.items.len()).collect();
    subjects::each(args, (checked, sheet.instrument), terminal, &mut |chosen| {
        for Subject { name, scored, .. } in chosen {
            group.add(&scored, 1, &items);
            names.insert(name);
        }
        Ok(())
    })?;
    group.respondents = names.len();
    let request =
        GroupRequest { sheet, group: &group, least: args.min_group, norms: checked.norms() };
    Ok(group_report(&request, &format!("{}.group", sheet.instrument.id)))
}
