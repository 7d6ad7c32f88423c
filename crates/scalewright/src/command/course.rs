//! `scalewright course`.

use std::path::{Path, PathBuf};

use scalewright_course::{
    Choices, ColumnNames, Course, CourseOptions, Criteria, OtherScores, OutcomeOf, Printed,
    TEMPLATE, TableOf, long_input, parameters, read,
};
use scalewright_export::{Content, Document, ExportedFile};
use scalewright_model::text::plain;
use scalewright_model::{Instrument, Paper, Stop};
use scalewright_project::{Found, Library};
use scalewright_tables::{Named, Reading, ResponsesFormat, TABLE_FORMATS, printable};

use crate::cli::{CourseArgs, OnError};
use crate::exit_code::OK;
use crate::gates::{keys_are_sure, sound};
use crate::house::{self, Style};
use crate::output::Outputs;
use crate::printing;
use crate::render::Printable;
use crate::terminal::Terminal;

/// Scores a table of sessions, makes series of it, and writes a table of what is found in them.
pub(crate) fn run(
    args: &CourseArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let named = Named { option: "--out", path: args.out.as_deref() };
    let format = terminal.with_notes(|notes| named.format(args.format, TABLE_FORMATS, notes))?;
    printable(format, args.out.is_none())?;
    let mut found = vec![library.one(&args.instrument)?];
    if let Some(OutcomeOf::Scores { instrument, .. }) = &args.outcome {
        found.push(library.one(Path::new(instrument))?);
    }
    library.keys_are_used(&found)?;
    let checked = library.check(&found[0], &[])?;
    let instrument = sound(&checked, terminal)?;
    keys_are_sure(&checked, instrument, args.accept_recalled_keys, terminal)?;
    let (options, is_frozen) = options(args, terminal.cwd)?;
    let (named, mut reading) = (names(args), args.reading.reading());
    let table = sessions(args, (&named, &mut reading), instrument, terminal)?;
    let program = (instrument, &checked.program);
    let mut course = terminal.with_notes(|notes| read(table, program, options, notes))?;
    let documents = checked.documents.iter().map(|document| Path::new(&document.name));
    let given = [Some(&args.sessions), args.criteria.as_ref(), args.reading.map.as_ref()];
    let mut outputs =
        Outputs::new(terminal.cwd).reading(documents).reading(given.into_iter().flatten());
    if let Some(OutcomeOf::Scores { scale, table, .. }) = &args.outcome {
        let other = outcome(args, (library, &found[1]), (scale, Path::new(table)), terminal)?;
        outputs = outputs.reading([Path::new(table)]);
        terminal.with_notes(|notes| course.set_beside(&other, table, notes));
    }
    if let Some(path) = args.parameters.as_deref().filter(|_| !is_frozen) {
        outputs.add(path, parameters::text(course.parameters()).into_bytes())?;
    }
    if let Some(folder) = &args.report {
        for (name, page) in course.report()? {
            outputs.add(&folder.join(name), page)?;
        }
    }
    if let Some(folder) = &args.pdf {
        for (name, page) in pdf(&course, library, terminal)? {
            outputs.add(&folder.join(name), page)?;
        }
    }
    if let Some(code) = &args.r {
        let data = code.with_extension("csv");
        let name = data.file_name().unwrap_or_default().to_string_lossy();
        outputs.add(code, course.r_code(&name).into_bytes())?;
        course.r_data(Box::new(outputs.begin(Some(&data))?))?;
    }
    if let Some(respondent) = &args.explain {
        terminal.print(Printable::page(&course.explain(respondent)?));
    } else {
        let file = outputs.begin(args.out.as_deref())?;
        course.write(args.table, format, (Box::new(file), args.spreadsheet_safe))?;
    }
    outputs.commit(terminal)?;
    Ok(OK)
}

/// The table of sessions. A wide one is made long.
fn sessions<'r, 't: 'r>(
    args: &CourseArgs,
    (named, reading): (&'r ColumnNames, &'r mut Reading),
    instrument: &Instrument,
    terminal: &mut Terminal<'t>,
) -> Result<TableOf<'r>, Stop> {
    let (mut from, cwd) = (terminal.table(&args.sessions), terminal.cwd);
    let shown = args.sessions.display().to_string();
    if let Some(pattern) = &args.wide {
        let of = |file: Option<&PathBuf>| file.map_or(Ok(String::new()), |path| text(path, cwd));
        let maps = (of(args.reading.map.as_ref())?, of(args.criteria.as_ref())?);
        let maps = [maps.0.as_str(), &maps.1];
        from = long_input((from, &shown), pattern, (instrument, named), maps)?;
        reading.from = Some(ResponsesFormat::Csv);
    }
    let shown = args.wide.as_ref().map(|_| format!("{shown}, made long"));
    Ok(TableOf { from, shown, reading, columns: Some(named), cwd })
}

/// The scores of another instrument, read as the sessions are, but with columns of the usual names.
fn outcome(
    args: &CourseArgs,
    (library, found): (&Library<'_>, &Found),
    (scale, file): (&str, &Path),
    terminal: &mut Terminal<'_>,
) -> Result<OtherScores, Stop> {
    let checked = library.check(found, &[])?;
    let instrument = sound(&checked, terminal)?;
    keys_are_sure(&checked, instrument, args.accept_recalled_keys, terminal)?;
    let (mut options, _) = options(args, terminal.cwd)?;
    options.criteria = options.criteria.only_labels();
    options.scales = vec![scale.to_owned()];
    // These options describe the table of the sessions.
    let reading = Reading {
        from: None,
        map: None,
        names: None,
        sheet: None,
        stored_values: false,
        ..args.reading.reading()
    };
    let (from, cwd) = (terminal.table(file), terminal.cwd);
    let of = TableOf { from, shown: None, reading: &reading, columns: None, cwd };
    let program = (instrument, &checked.program);
    terminal.with_notes(|notes| {
        read(of, program, options, notes)?.as_outcome(&file.display().to_string())
    })
}

/// The pages as PDF, each with the name of its file.
fn pdf(
    course: &Course<'_>,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<Vec<(String, Vec<u8>)>, Stop> {
    printing::warm_up();
    let style = Style::of(library.settings(), None, true, terminal)?;
    let paper = match house::paper(None, library.settings()) {
        Paper::A4 => "a4",
        Paper::UsLetter => "us-letter",
    };
    let sheets = course.sheets(&Printed { paper, house: &style.house })?;
    let files = sheets.into_iter().map(|sheet| ExportedFile {
        name: sheet.name,
        content: Content::Typst(Document {
            weight: Document::weight_of(&sheet.data),
            template: TEMPLATE,
            data: sheet.data,
            parts: Vec::new(),
            files: Vec::new(),
            ident: sheet.ident,
            fields: None,
            marks: Vec::new(),
        }),
    });
    printing::all(files.collect(), &style).into_iter().collect()
}

fn names(args: &CourseArgs) -> ColumnNames {
    let outcome = match &args.outcome {
        Some(OutcomeOf::Column(column)) => Some(column.clone()),
        _ => None,
    };
    ColumnNames {
        session: args.session.clone(),
        date: args.date.clone(),
        form: args.form.clone(),
        rater: args.rater.clone(),
        version: args.version_column.clone(),
        outcome,
    }
}

/// The options of the library, and whether the parameters are frozen.
fn options(args: &CourseArgs, cwd: &Path) -> Result<(CourseOptions, bool), Stop> {
    let criteria = match &args.criteria {
        Some(path) => Criteria::read(&path.display().to_string(), &text(path, cwd)?)?,
        None => Criteria::default(),
    };
    let frozen = args.parameters.as_ref().filter(|path| cwd.join(path).exists());
    let parameters = match frozen {
        Some(path) => parameters::read(&path.display().to_string(), &text(path, cwd)?)?,
        None => parameters::Parameters::new(),
    };
    let (baseline, gaps, planned) = (args.baseline.into(), args.gaps, args.planned);
    let (axis, whiskers) = (args.axis, args.whiskers);
    let options = CourseOptions {
        criteria,
        choices: Choices { baseline, gaps, planned, axis, whiskers },
        parameters,
        average: args.average_raters,
        duplicates: args.duplicates,
        scales: args.scale.clone(),
        skip: args.on_error == OnError::Skip,
    };
    Ok((options, frozen.is_some()))
}

fn text(path: &Path, cwd: &Path) -> Result<String, Stop> {
    std::fs::read_to_string(cwd.join(path)).map_err(|error| {
        Stop::usage(format!("cannot read `{}`: {}", path.display(), plain(&error)))
    })
}
