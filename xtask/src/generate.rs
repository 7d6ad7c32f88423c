//! Generated files: what public commands print. A test compares them.

use std::fs;

use crate::run::{Done, cargo, output, root, say};

/// Writes them all.
pub(crate) fn all() -> Done {
    for kind in ["instrument", "wording", "cases"] {
        let args = ["run", "--quiet", "-p", "scalewright", "--", "schema", kind];
        write(&format!("schemas/{kind}.schema.json"), &args)?;
        let page = [args.as_slice(), &["--format", "markdown"]].concat();
        write(&format!("docs/src/reference/{kind}.md"), &page)?;
    }
    Ok(())
}

fn write(path: &str, args: &[&str]) -> Done {
    let bytes = output(&cargo(), args)?;
    fs::write(root().join(path), bytes).map_err(|error| format!("{path}: {error}"))?;
    say(&format!("{path}\n"))
}
