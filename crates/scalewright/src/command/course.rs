//! `scalewright course`.

use std::path::Path;

use scalewright_course::{
    Choices, ColumnNames, CourseOptions, Criteria, SeriesColumns, parameters, read,
};
use scalewright_model::Stop;
use scalewright_model::text::plain;
use scalewright_project::Library;
use scalewright_tables::{Keep, KeptColumns, Named, TABLE_FORMATS, open, printable};

use crate::cli::{CourseArgs, OnError};
use crate::exit_code::OK;
use crate::gates::{keys_are_sure, sound};
use crate::output::Outputs;
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
    let found = library.one(&args.instrument)?;
    library.keys_are_used(std::slice::from_ref(&found))?;
    let checked = library.check(&found, &[])?;
    let instrument = sound(&checked, terminal)?;
    keys_are_sure(&checked, instrument, args.accept_recalled_keys, terminal)?;
    let (options, is_frozen) = options(args, terminal.cwd)?;
    let (from, reading) = (terminal.table(&args.sessions), args.reading.reading());
    let cwd = terminal.cwd;
    let course = terminal.with_notes(|notes| {
        let table = open(from, &reading, instrument, cwd, notes)?;
        let columns = SeriesColumns::find(&table, &names(args))?;
        let keep = Keep { keep: columns.keep(), ..Keep::default() };
        let plan = table.plan(KeptColumns::Read(&keep), instrument, notes)?;
        read((table, plan), columns, (instrument, &checked.program), options, notes)
    })?;
    let documents = checked.documents.iter().map(|document| Path::new(&document.name));
    let given = [Some(&args.sessions), args.criteria.as_ref(), args.reading.map.as_ref()];
    let mut outputs = Outputs::new(cwd).reading(documents).reading(given.into_iter().flatten());
    if let Some(path) = args.parameters.as_deref().filter(|_| !is_frozen) {
        outputs.add(path, parameters::text(course.parameters()).into_bytes())?;
    }
    if let Some(folder) = &args.report {
        for (name, page) in course.report()? {
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

fn names(args: &CourseArgs) -> ColumnNames {
    ColumnNames {
        session: args.session.clone(),
        date: args.date.clone(),
        form: args.form.clone(),
        rater: args.rater.clone(),
        version: args.version_column.clone(),
        outcome: args.outcome.clone(),
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
    let options = CourseOptions {
        criteria,
        choices: Choices { baseline, gaps, planned },
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
