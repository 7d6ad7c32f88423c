//! Files of plug-ins are not written through links.

use std::collections::BTreeSet;
use std::path::Path;

use scalewright_model::Stop;

/// Stops if a file of a plug-in would be written through a link in the folder `out`. The user has not seen the names of these
/// files.
pub(super) fn no_links(names: &BTreeSet<String>, out: &Path, cwd: &Path) -> Result<(), Stop> {
    let folder = cwd.join(out);
    let link = names.iter().find(|name| folder.join(name).is_symlink());
    link.map_or(Ok(()), |name| {
        let path = out.join(name);
        let message = format!(
            "cannot write `{}`: it is a link, which may lead out of the folder",
            path.display()
        );
        Err(Stop::usage(message)
            .help("remove the link, or export to another folder; nothing was written"))
    })
}
