//! `scalewright plugin check`.

use std::path::Path;
use std::time::Instant;

use scalewright_model::Stop;
use scalewright_plugins::kit::{
    Example, Problem, ProgramSubject, Report, Subject, check_exporter, check_importer, check_linter,
};
use scalewright_plugins::process::{Program, Sandbox};
use scalewright_plugins::{Failure, Limits};
use scalewright_project::Library;
use scalewright_wire::Kind;
use serde_json::json;

use crate::cli::{PluginCheckArgs, PluginKind, PluginListFormat};
use crate::exit_code::{OK, WRONG};
use crate::output::{self, Outputs};
use crate::plugins::{Form, Located, Places, Plugins, TemplateSubject, Trust, start};
use crate::render::Printable;
use crate::terminal::Terminal;

/// What the kit found, and how the plug-in was run.
struct Judged {
    report: Report,
    /// How far the program was closed off; `None` for templates.
    sandbox: Option<Sandbox>,
    seconds: f64,
}

/// Judges a plug-in.
pub(super) fn run(
    args: &PluginCheckArgs,
    library: &Library<'_>,
    config_dir: Option<&Path>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let trust = Trust::new(config_dir, args.plugins.trust_plugins);
    let places = Places::new(library.settings(), library.packs(), terminal.cwd);
    let plugins = Plugins { places, trust };
    let located = find(args, &plugins)?;
    plugins.may_run(&located)?;
    let judged = judged(located, terminal)?;
    let passes = judged.report.passes();
    match args.format {
        PluginListFormat::Json => terminal.write(as_json(&judged).as_bytes()),
        PluginListFormat::Text => terminal.print(Printable::page(&as_text(&judged))),
    }
    if let Some(folder) = &args.save {
        save(&judged.report, folder, terminal)?;
    }
    Ok(if passes { OK } else { WRONG })
}

fn find(args: &PluginCheckArgs, plugins: &Plugins<'_>) -> Result<Located, Stop> {
    let name = &args.name;
    if let Some(given) = plugins.places.given(name) {
        return Ok(given);
    }
    let kinds = match args.kind {
        Some(PluginKind::Export) => vec![Kind::Export],
        Some(PluginKind::Lint) => vec![Kind::Lint],
        Some(PluginKind::Import) => vec![Kind::Import],
        None => vec![Kind::Export, Kind::Lint, Kind::Import],
    };
    let mut found = Vec::new();
    for kind in kinds {
        found.extend(plugins.places.find(kind, name)?);
    }
    match (found.pop(), found.is_empty()) {
        (Some(only), true) => Ok(only),
        (Some(_), false) => {
            Err(Stop::usage(format!("several kinds of plug-ins are called `{name}`"))
                .help("choose one: `--kind export`, `--kind lint` or `--kind import`"))
        }
        (None, _) => Err(Stop::usage(format!("there is no plug-in `{name}`")).help(
            "`scalewright plugin list` shows them; a folder of templates is named with a `/`",
        )),
    }
}

fn judged(located: Located, terminal: &mut Terminal<'_>) -> Result<Judged, Stop> {
    let begun = Instant::now();
    let (report, sandbox) = match located.form {
        Form::Program(program) => of_program(located.kind, program)?,
        Form::Templates(folder) => {
            let mut subject = TemplateSubject::read(&folder, terminal)?;
            (kit(Kind::Export, &mut subject, &Limits::default())?, None)
        }
    };
    Ok(Judged { report, sandbox, seconds: begun.elapsed().as_secs_f64() })
}

fn of_program(kind: Kind, program: Program) -> Result<(Report, Option<Sandbox>), Stop> {
    let limits = program.limits;
    // The subject refers to the program, as its session does.
    let program: &'static Program = Box::leak(Box::new(program));
    let session = start(program.clone())?;
    let sandbox = session.sandbox();
    let mut subject = ProgramSubject::new(program, session);
    let mut report = kit(kind, &mut subject, &limits)?;
    if let Err(Failure { message, help, stderr }) = subject.finish() {
        let example = Some(Example { stderr, ..Example::default() });
        let help = help.join("; ");
        report.problems.push(Problem { rule: "bad-end", message, help, count: 1, example });
    }
    Ok((report, Some(sandbox)))
}

fn kit(kind: Kind, subject: &mut impl Subject, limits: &Limits) -> Result<Report, Stop> {
    let report = match kind {
        Kind::Export => check_exporter(subject, limits),
        Kind::Lint => check_linter(subject),
        Kind::Import => check_importer(subject, limits),
    };
    report.map_err(Stop::usage)
}

fn as_json(judged: &Judged) -> String {
    let Judged { report, sandbox, seconds } = judged;
    let mut value = json!(report);
    value["sandbox"] = json!(sandbox.map(sandbox_name));
    value["seconds"] = json!((seconds * 1000.0).round() / 1000.0);
    value["passes"] = json!(report.passes());
    format!("{}\n", serde_json::to_string_pretty(&value).unwrap_or_default())
}

fn as_text(judged: &Judged) -> String {
    let Judged { report, sandbox, seconds } = judged;
    let problems: String = report.problems.iter().map(problem).collect();
    let notes: String = report.notes.iter().map(|note| format!("note: {note}\n")).collect();
    let Report { name, version, requests, respondents, serves, evaluates, .. } = report;
    let served = if *serves { "one process" } else { "a process for each" };
    let scores = match evaluates {
        true => format!(", the scores of {respondents} respondents compared"),
        false => String::new(),
    };
    let closed = sandbox
        .map_or(String::new(), |sandbox| format!("; files and network: {}", sandbox_name(sandbox)));
    let verdict = match report.problems.len() {
        0 => "passes".to_owned(),
        1 => "fails: 1 rule is broken".to_owned(),
        more => format!("fails: {more} rules are broken"),
    };
    format!(
        "{problems}{notes}{name} {version} {verdict}\n{requests} requests, {served}{scores}, in \
         {seconds:.1} s{closed}\n"
    )
}

fn problem(problem: &Problem) -> String {
    let Problem { rule, message, help, count, example } = problem;
    let mut text = format!("error[{rule}]: {message}\n");
    if let Some(Example { instrument, language, option, place, stderr, request: _ }) = example {
        let parts = [instrument, language, option, place];
        let parts: Vec<&str> =
            parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
        if !parts.is_empty() {
            text.push_str(&format!("  --> {}\n", parts.join(", ")));
        }
        stderr.lines().for_each(|line| text.push_str(&format!("  | {line}\n")));
    }
    if !help.is_empty() {
        text.push_str(&format!("  = help: {help}\n"));
    }
    if *count > 1 {
        text.push_str(&format!("  = note: {} more like this\n", count - 1));
    }
    text + "\n"
}

fn sandbox_name(sandbox: Sandbox) -> &'static str {
    match sandbox {
        Sandbox::Full => "closed",
        Sandbox::Partial => "partly closed",
        Sandbox::None => "open: this system cannot close them",
    }
}

/// Writes the request that shows each problem, to be replayed.
fn save(report: &Report, folder: &Path, terminal: &mut Terminal<'_>) -> Result<(), Stop> {
    let requests = report.problems.iter().filter_map(|problem| {
        let request = &problem.example.as_ref()?.request;
        let line = format!("{}\n", request.trim_end()).into_bytes();
        (!request.is_empty()).then(|| (format!("{}.json", problem.rule), line))
    });
    let requests: Vec<(String, Vec<u8>)> = requests.collect();
    for path in output::write_all(Outputs::new(terminal.cwd), folder, requests, terminal)? {
        terminal.eprint(&format!("saved {}\n", path.display()));
    }
    Ok(())
}
