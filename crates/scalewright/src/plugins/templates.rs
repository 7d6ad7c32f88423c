//! Exporters that consist of templates: their mistakes are printed here.

use std::path::Path;

use scalewright_model::Stop;
use scalewright_plugins::templates::{Printed, TemplateExporter, Wrong};
use scalewright_project::Disk;
use scalewright_wire::{ExportRequest, ExportResponse};

use crate::render;
use crate::terminal::Terminal;

/// Reads the `target.toml` and the templates in a folder.
pub(super) fn read(folder: &Path, terminal: &mut Terminal<'_>) -> Result<TemplateExporter, Stop> {
    let shown = folder.strip_prefix(terminal.cwd).unwrap_or(folder).to_path_buf();
    TemplateExporter::read(&Disk, folder, &shown).map_err(|wrong| refused(&wrong, &shown, terminal))
}

/// Makes the files of an instrument.
pub(super) fn export(
    exporter: &TemplateExporter,
    request: &ExportRequest,
    printed: &Printed,
    terminal: &mut Terminal<'_>,
) -> Result<ExportResponse, Stop> {
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
