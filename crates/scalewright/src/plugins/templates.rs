//! Exporters that consist of templates: their mistakes are printed here.

use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::channel;
use std::time::Duration;

use scalewright_export::dialects::{Dialect, scores};
use scalewright_model::{Instrument, Stop, Wording};
use scalewright_plugins::templates::{self, Printed, TemplateExporter, Wrong};
use scalewright_project::Disk;
use scalewright_scoring::Program;
use scalewright_wire as wire;

use crate::render;
use crate::terminal::Terminal;

/// The longest time for the files of an instrument, in seconds.
const MOST_SECONDS: u64 = 60;
/// The stack of the thread that makes the files, in bytes: as large as that of the main thread.
const STACK: usize = 8 << 20;

/// Reads the `target.toml` and the templates in a folder.
pub(crate) fn read(folder: &Path, terminal: &mut Terminal<'_>) -> Result<TemplateExporter, Stop> {
    let shown = folder.strip_prefix(terminal.cwd).unwrap_or(folder).to_path_buf();
    TemplateExporter::read(&Disk, folder, &shown).map_err(|wrong| refused(&wrong, &shown, terminal))
}

/// Returns the scores in the dialects that templates print. `published` is parallel to the scores of the program.
pub(crate) fn printed(
    wanted: &[templates::Dialect],
    scored: (&Instrument, &Program),
    wording: &Wording,
    published: &[bool],
) -> Printed {
    let of_dialect = |dialect: &templates::Dialect| {
        let name = dialect.name();
        let scores = scores(Dialect::named(name)?, scored, wording, published);
        let scores = scores.into_iter().map(|score| {
            let code = score.code.map_err(|unsupported| unsupported.because);
            (score.id, code)
        });
        Some((name, scores.collect()))
    };
    wanted.iter().filter_map(of_dialect).collect()
}

/// Makes the files of an instrument.
pub(super) fn export(
    exporter: &Arc<TemplateExporter>,
    request: wire::ExportRequest,
    printed: Printed,
    terminal: &mut Terminal<'_>,
) -> Result<wire::ExportResponse, Stop> {
    let name = exporter.description().name;
    match made(exporter.clone(), request, printed) {
        Some(made) => made.map_err(|wrong| refused(&wrong, Path::new(&name), terminal)),
        None => {
            Err(Stop::usage(format!("the templates of `{name}` ran longer than {MOST_SECONDS} s"))
                .help("look for loops over lists of lists, and for comparisons of long lists"))
        }
    }
}

/// Makes the files in another thread; `None` if that takes too long. Steps are limited, but one step may take long.
fn made(
    exporter: Arc<TemplateExporter>,
    request: wire::ExportRequest,
    printed: Printed,
) -> Option<Result<wire::ExportResponse, Wrong>> {
    let (send, receive) = channel();
    let work = move || {
        // Nobody receives the result if it comes too late.
        let _ = send.send(exporter.export(&request, &printed));
    };
    // A thread that takes too long is left alone. It ends with the program.
    std::thread::Builder::new().stack_size(STACK).spawn(work).ok()?;
    receive.recv_timeout(Duration::from_secs(MOST_SECONDS)).ok()
}

fn refused(wrong: &Wrong, shown: &Path, terminal: &mut Terminal<'_>) -> Stop {
    for finding in &wrong.findings {
        terminal.eprint(render::full(finding, &wrong.documents));
    }
    Stop::usage(format!("the templates of `{}` are wrong", shown.display()))
}
