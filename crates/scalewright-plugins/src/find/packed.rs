//! The plug-ins of a pack.

use std::collections::BTreeSet;
use std::path::Path;

use scalewright_project::{Disk, Pack};
use scalewright_wire::Kind;

/// Returns the names of the plug-ins of a kind that a pack provides.
pub(super) fn names(pack: &Pack, kind: Kind, cwd: &Path) -> BTreeSet<String> {
    match kind {
        Kind::Lint => pack.file.lints.keys().cloned().collect(),
        Kind::Import => pack.file.importers.keys().cloned().collect(),
        Kind::Export => {
            // `pack check` reports a folder that cannot be read.
            let folders = pack.templates(&Disk, cwd).unwrap_or_default().into_iter();
            let templates =
                folders.filter_map(|folder| Some(folder.file_name()?.to_str()?.to_owned()));
            templates.chain(pack.file.exporters.keys().cloned()).collect()
        }
    }
}

/// Returns the command of a plug-in; `None` if it consists of templates.
pub(super) fn command<'p>(pack: &'p Pack, kind: Kind, name: &str) -> Option<&'p [String]> {
    let programs = match kind {
        Kind::Export => &pack.file.exporters,
        Kind::Lint => &pack.file.lints,
        Kind::Import => &pack.file.importers,
    };
    programs.get(name).map(|program| program.command.as_slice())
}
