//! `scalewright pack list`.

use scalewright_model::Stop;
use scalewright_project::{Disk, Library, inspect};

use crate::exit_code::OK;
use crate::terminal::Terminal;

/// Prints one line for each pack: its name, version, folder, and what it contains.
pub(super) fn run(library: &Library<'_>, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
    if library.packs().is_empty() {
        return Err(Stop::usage("there are no packs")
            .help("name them in `SCALEWRIGHT_PATH`, or under `[packs]` in `scalewright.toml`"));
    }
    for pack in library.packs() {
        let contents = inspect(&Disk, terminal.cwd, &pack.folder, &pack.file)?;
        let counts = [
            (contents.instruments.len(), "instrument"),
            (contents.wordings.len(), "wording"),
            (contents.templates.len(), "template"),
            (pack.file.lints.len(), "lint"),
            (pack.file.exporters.len(), "exporter"),
            (pack.file.importers.len(), "importer"),
        ];
        let counts: Vec<String> = counts.into_iter().map(|(n, what)| count(n, what)).collect();
        let (name, version) = (&pack.file.name, &pack.file.version);
        let folder = pack.folder.display();
        terminal.print(&format!("{name}  {version}  {folder}  {}", counts.join(", ")));
    }
    Ok(OK)
}

fn count(count: usize, what: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {what}{plural}")
}
