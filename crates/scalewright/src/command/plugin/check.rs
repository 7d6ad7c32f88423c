//! `scalewright plugin check`.

use std::fmt::Write;
use std::path::Path;
use std::time::Instant;

use scalewright_model::{Stop, Wording};
use scalewright_plugins::kit::{
    Example, Problem, ProgramSubject, Report, Sample, TemplateSubject, check_exporter,
    check_importer, check_linter,
};
use scalewright_plugins::process::{Program, Sandbox, Session};
use scalewright_plugins::templates::{Dialect, Printed};
use scalewright_plugins::{Failure, Limits};
use scalewright_project::Library;
use scalewright_wire::Kind;
use serde::Serialize;

use crate::cli::{PluginCheckArgs, PluginKind, PluginListFormat};
use crate::exit_code::{OK, WRONG};
use crate::output::{self, Outputs};
use crate::plugins::{Form, Located, Places, Plugins, kind_name, scores_in, stopped, templates_in};
use crate::render::Printable;
use crate::terminal::Terminal;

/// The report of the kit, and what this run measured.
#[derive(Serialize)]
struct Checked {
    passes: bool,
    #[serde(flatten)]
    report: Report,
    /// How far the program was closed off; absent for templates.
    #[serde(skip_serializing_if = "Option::is_none")]
    sandbox: Option<&'static str>,
    seconds: f64,
}

/// Checks a plug-in, prints the report, and saves the requests that show the problems.
pub(super) fn run(
    args: &PluginCheckArgs,
    library: &Library<'_>,
    config_dir: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let plugins = Plugins::of(library, config_dir, &args.plugins, terminal.cwd);
    let located = located(args, &plugins.places)?;
    plugins.may_run(&located)?;
    let since = Instant::now();
    let (report, sandbox) = match &located.form {
        Form::Program(program) => of_program(located.kind, program)?,
        Form::Templates(folder) => {
            let exporter = templates_in(folder, terminal)?;
            let mut subject = TemplateSubject::new(&exporter, printed).map_err(unsound)?;
            (check_exporter(&mut subject, &Limits::default()).map_err(unsound)?, None)
        }
    };
    let seconds = since.elapsed().as_secs_f64();
    let checked = Checked { passes: report.passes(), report, sandbox, seconds };
    match args.format {
        PluginListFormat::Json => {
            let text = serde_json::to_string_pretty(&checked).unwrap_or_default() + "\n";
            terminal.write(text.as_bytes());
        }
        PluginListFormat::Text => terminal.print(Printable::page(&text(&checked))),
    }
    if let Some(folder) = &args.save {
        save(folder, &checked.report.problems, terminal)?;
    }
    Ok(if checked.passes { OK } else { WRONG })
}

/// Returns the plug-in with the name of the arguments.
fn located(args: &PluginCheckArgs, places: &Places<'_>) -> Result<Located, Stop> {
    if let Some(given) = places.given(&args.name) {
        return Ok(given);
    }
    let kinds: &[Kind] = match args.kind {
        Some(PluginKind::Export) => &[Kind::Export],
        Some(PluginKind::Lint) => &[Kind::Lint],
        Some(PluginKind::Import) => &[Kind::Import],
        None => &[Kind::Export, Kind::Lint, Kind::Import],
    };
    let mut found = Vec::new();
    for kind in kinds {
        found.extend(places.find(*kind, &args.name)?);
    }
    if found.len() > 1 {
        let names: Vec<&str> = found.iter().map(|located| kind_name(located.kind)).collect();
        let message =
            format!("there are plug-ins `{}` of several kinds: {}", args.name, names.join(", "));
        return Err(Stop::usage(message).help("name one of them: `--kind export`"));
    }
    found.pop().ok_or_else(|| {
        Stop::usage(format!("there is no plug-in `{}`", args.name))
            .help("`scalewright plugin list` lists them; a folder of templates is named with a `/`: `./page`")
    })
}

fn of_program(kind: Kind, program: &Program) -> Result<(Report, Option<&'static str>), Stop> {
    let session = Session::start(program).map_err(failed)?;
    let sandbox = match session.sandbox() {
        Sandbox::Full => "full",
        Sandbox::Partial => "partial",
        Sandbox::None => "none",
    };
    let mut subject = ProgramSubject::new(program, session);
    let report = match kind {
        Kind::Export => check_exporter(&mut subject, &program.limits),
        Kind::Lint => check_linter(&mut subject),
        Kind::Import => check_importer(&mut subject, &program.limits),
    };
    let report = report.map_err(unsound)?;
    subject.finish().map_err(failed)?;
    Ok((report, Some(sandbox)))
}

/// A plug-in that cannot be started, or ends in a wrong way, does not pass.
fn failed(failure: Failure) -> Stop {
    let stop = stopped(failure);
    stop.help.into_iter().fold(Stop::wrong(stop.message), Stop::help)
}

fn unsound(error: String) -> Stop {
    Stop::usage(format!("the instruments of the conformance kit have an error: {error}"))
}

/// Returns the scores of an instrument in the dialects that templates print.
fn printed(sample: &Sample, wording: &Wording, wanted: &[Dialect], published: &[bool]) -> Printed {
    let scored = (&sample.instrument, &sample.checked.program);
    scores_in(wanted, scored, wording, published)
}

/// Writes the request that shows each problem: `DIR/1-wrong-score.json`.
fn save(folder: &Path, problems: &[Problem], terminal: &mut Terminal<'_>) -> Result<(), Stop> {
    let requests = problems.iter().enumerate().filter_map(|(index, problem)| {
        let request = &problem.example.as_ref()?.request;
        let name = format!("{}-{}.json", index + 1, problem.rule);
        (!request.is_empty()).then(|| (name, format!("{request}\n").into_bytes()))
    });
    output::write_all(Outputs::new(terminal.cwd), folder, requests.collect(), terminal)?;
    Ok(())
}

/// Returns the report for a terminal.
fn text(checked: &Checked) -> String {
    let Checked { passes, report, sandbox, seconds } = checked;
    let mut text = String::new();
    for problem in &report.problems {
        let Problem { rule, message, help, count, example } = problem;
        let _ = writeln!(text, "error[{rule}]: {message}");
        if let Some(example) = example {
            let _ = writeln!(text, "  --> {}", place(example));
            for line in example.stderr.lines() {
                let _ = writeln!(text, "   | {line}");
            }
        }
        if *count > 1 {
            let _ = writeln!(text, "   = {count} answers have this problem");
        }
        let _ = writeln!(text, "   = help: {help}\n");
    }
    for note in &report.notes {
        let _ = writeln!(text, "note: {note}");
    }
    let Report { name, version, kind, requests, respondents, serves, evaluates, .. } = report;
    let how = if *serves { "one process" } else { "a process for each" };
    let scores = match evaluates {
        true => format!(", scores of {respondents} respondents compared"),
        false => String::new(),
    };
    let _ = writeln!(
        text,
        "{} {name} {version}: {requests} requests ({how}) in {seconds:.1} s{scores}",
        kind_name(*kind)
    );
    if let Some(sandbox) = sandbox {
        let _ = writeln!(text, "sandbox: {sandbox}");
    }
    let _ = match passes {
        true => writeln!(text, "passes"),
        false => match report.problems.len() {
            1 => writeln!(text, "does not pass: 1 problem"),
            more => writeln!(text, "does not pass: {more} problems"),
        },
    };
    text
}

/// Returns where a problem occurs: the instrument, its language, the option, and the place in the answer.
fn place(example: &Example) -> String {
    let Example { instrument, language, option, place, .. } = example;
    let parts = [instrument, language, option, place];
    let parts: Vec<&str> =
        parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join(", ")
}
