//! Exporters that consist of templates: their mistakes are printed here.

use std::path::Path;

use scalewright_export::ExportRequest;
use scalewright_export::dialects::{Dialect, scores};
use scalewright_model::Stop;
use scalewright_plugins::templates::{self, Printed, TemplateExporter, Wrong};
use scalewright_project::Disk;
use scalewright_wire as wire;

use crate::render;
use crate::terminal::Terminal;

/// Reads the `target.toml` and the templates in a folder.
pub(crate) fn read(folder: &Path, terminal: &mut Terminal<'_>) -> Result<TemplateExporter, Stop> {
    let shown = folder.strip_prefix(terminal.cwd).unwrap_or(folder).to_path_buf();
    TemplateExporter::read(&Disk, folder, &shown).map_err(|wrong| refused(&wrong, &shown, terminal))
}

/// Returns the scores in the dialects that the templates print.
pub(super) fn printed(exporter: &TemplateExporter, request: &ExportRequest<'_>) -> Printed {
    let ExportRequest { instrument, program, wording, .. } = request;
    let of_dialect = |dialect: &templates::Dialect| {
        let name = dialect.name();
        let dialect = Dialect::named(name)?;
        let scores = scores(dialect, (instrument, program), wording, &request.published());
        let scores = scores.into_iter().map(|score| {
            let code = score.code.map_err(|unsupported| unsupported.because);
            (score.id, code)
        });
        Some((name, scores.collect()))
    };
    exporter.dialects().iter().filter_map(of_dialect).collect()
}

/// Makes the files of an instrument.
pub(super) fn export(
    exporter: &TemplateExporter,
    request: &wire::ExportRequest,
    printed: &Printed,
    terminal: &mut Terminal<'_>,
) -> Result<wire::ExportResponse, Stop> {
    let shown = exporter.description().name;
    let made = exporter.export(request, printed);
    made.map_err(|wrong| refused(&wrong, Path::new(&shown), terminal))
}

fn refused(wrong: &Wrong, shown: &Path, terminal: &mut Terminal<'_>) -> Stop {
    for finding in &wrong.findings {
        terminal.eprint(render::full(finding, &wrong.documents));
    }
    Stop::usage(format!("the templates of `{}` are wrong", shown.display()))
}
