//! Generated files: what public commands print. A test compares them.

use std::fs;

use xtask::list;

use crate::divide;
use crate::run::{Done, cargo, output, root, say, scalewright};

/// Writes them all.
pub(crate) fn all() -> Done {
    for kind in ["instrument", "wording", "cases", "config", "report"] {
        let args = ["run", "--quiet", "-p", "scalewright", "--", "schema", kind];
        write(&format!("schemas/{kind}.schema.json"), &args)?;
        // What a report holds is told under Checking, where it is shown.
        if kind == "report" {
            continue;
        }
        let page = [args.as_slice(), &["--format", "markdown"]].concat();
        if kind == "instrument" {
            divided(&output(&cargo(), &page)?)?;
        } else {
            write(&format!("docs/src/reference/{kind}.md"), &page)?;
        }
    }
    let args =
        ["run", "--quiet", "-p", "scalewright", "--", "schema", "fhir", "--format", "markdown"];
    write("docs/src/reference/fhir.md", &args)?;
    let targets = ["run", "--quiet", "-p", "scalewright", "--", "targets", "--format", "markdown"];
    write("docs/src/reference/targets.md", &targets)?;
    instruments()?;
    lints()
}

/// The pages about the keys of `instrument.toml`.
fn divided(printed: &[u8]) -> Done {
    for (name, text) in divide::instrument(&String::from_utf8_lossy(printed))? {
        store(&format!("docs/src/reference/{name}.md"), text.as_bytes())?;
    }
    Ok(())
}

/// The list of the library.
fn instruments() -> Done {
    list::write_list(&root(), &scalewright(&["list", "--format", "csv"])?)?;
    say(&format!("{}\n", list::PAGE))
}

/// The list of lints, a page each, and their lines in the summary.
fn lints() -> Done {
    let explain = ["run", "--quiet", "-p", "scalewright", "--", "explain", "--format", "markdown"];
    write("docs/src/lints.md", &explain)?;
    let table = read("docs/src/lints.md")?;
    let rows = table.lines().filter_map(|line| line.strip_prefix("| [`")?.split_once('`'));
    let mut names: Vec<&str> = rows.map(|(name, _)| name).collect();
    names.sort_unstable();
    for name in &names {
        write(&format!("docs/src/lints/{name}.md"), &[explain.as_slice(), &[name]].concat())?;
    }
    let summary = read("docs/src/SUMMARY.md")?;
    let is_lint = |line: &str| line.contains("](lints/");
    let mut lines: Vec<String> = Vec::new();
    for line in summary.lines().filter(|line| !is_lint(line)) {
        lines.push(line.to_owned());
        if line.ends_with("](lints.md)") {
            lines.extend(names.iter().map(|name| format!("    - [{name}](lints/{name}.md)")));
        }
    }
    store("docs/src/SUMMARY.md", format!("{}\n", lines.join("\n")).as_bytes())
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}"))
}

fn write(path: &str, args: &[&str]) -> Done {
    store(path, &output(&cargo(), args)?)
}

fn store(path: &str, bytes: &[u8]) -> Done {
    fs::write(root().join(path), bytes).map_err(|error| format!("{path}: {error}"))?;
    say(&format!("{path}\n"))
}
