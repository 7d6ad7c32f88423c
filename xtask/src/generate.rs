//! `cargo xtask generate` writes the outputs of public commands, the pages about the sources, and the page that a test
//! computes. Tests compare them.

use std::fs;

use xtask::{api, list};

use crate::divide;
use crate::run::{Done, cargo, output, print, root, scalewright, step};

/// The schemas, by the name with which `scalewright schema` prints them.
const SCHEMAS: [&str; 12] = [
    "instrument",
    "wording",
    "cases",
    "key",
    "config",
    "pack",
    "target",
    "map",
    "baseline",
    "report",
    "plugin-request",
    "plugin-response",
];

/// Writes all generated files.
pub(crate) fn all() -> Done {
    for kind in SCHEMAS {
        let args = ["run", "--quiet", "-p", "scalewright", "--", "schema", kind];
        write(&format!("schemas/{kind}.schema.json"), &args)?;
        // The chapter on checking describes the report, and that on maps their keys, so there are no pages for them.
        // The page on the protocol describes requests and responses.
        if kind == "report" || kind == "map" || kind.starts_with("plugin-") {
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
    crates()?;
    targets()?;
    instruments()?;
    lints()?;
    data_checks()?;
    scoring_code()
}

/// Writes the page about the features that scoring code carries. A test computes it, because it exports the tests' own
/// definitions and names the tests that compare the scores.
fn scoring_code() -> Done {
    let test = "code::matrix";
    let args = ["test", "--quiet", "-p", "scalewright-tests", "--test", "suite", "--", test];
    step(&cargo(), &args, &[("UPDATE_DOCS", "1")])?;
    print("docs/src/reference/scoring-code.md\n")
}

/// Writes the pages about the public interfaces of the crates.
fn crates() -> Done {
    for (path, text) in api::pages(&root())? {
        store(&path, text.as_bytes())?;
    }
    Ok(())
}

/// Writes the reference pages of `instrument.toml`.
fn divided(printed: &[u8]) -> Done {
    for (name, text) in divide::instrument(&String::from_utf8_lossy(printed))? {
        store(&format!("docs/src/reference/{name}.md"), text.as_bytes())?;
    }
    Ok(())
}

/// Writes the list of the library.
fn instruments() -> Done {
    list::write_list(&root(), &scalewright(&["list", "--format", "csv"])?)?;
    print(&format!("{}\n", list::PAGE))
}

/// Writes the list of targets, one page for each, and their lines in the summary.
fn targets() -> Done {
    let list = PageList {
        args: &["run", "--quiet", "-p", "scalewright", "--", "targets", "--format", "markdown"],
        list: None,
        page: "reference/targets.md",
        folder: "reference/targets/",
        indent: "  ",
    };
    list.write(|names| names)?;
    let keys = ["run", "--quiet", "-p", "scalewright", "--", "targets", "--keys"];
    write("docs/src/reference/targets-keys.md", &keys)
}

/// Writes the list of lints, one page for each, and their lines in the summary.
fn lints() -> Done {
    let list = PageList {
        args: &["run", "--quiet", "-p", "scalewright", "--", "explain", "--format", "markdown"],
        list: None,
        page: "lints.md",
        folder: "lints/",
        indent: "    ",
    };
    list.write(|mut names| {
        // The page lists them by group, but the summary by name.
        names.sort_unstable();
        names
    })
}

/// Writes the list of the checks of data, one page for each, and their lines in the summary.
fn data_checks() -> Done {
    let list = PageList {
        args: &["run", "--quiet", "-p", "scalewright", "--", "explain", "--format", "markdown"],
        list: Some("data-checks"),
        page: "data-checks.md",
        folder: "data-checks/",
        indent: "    ",
    };
    list.write(|names| names)
}

/// A page of the book with a table. Each row begins with a name that has its own page.
struct PageList<'a> {
    /// The arguments that print the list; with a name added, the page of that name.
    args: &'a [&'a str],
    /// The name that prints the list, if it has one.
    list: Option<&'a str>,
    page: &'a str,
    folder: &'a str,
    /// The indentation of the pages in the summary.
    indent: &'a str,
}

impl PageList<'_> {
    fn write(&self, order: fn(Vec<&str>) -> Vec<&str>) -> Done {
        let Self { args, list: name, page, folder, indent } = self;
        let list = format!("docs/src/{page}");
        let named: Vec<&str> = args.iter().copied().chain(*name).collect();
        write(&list, &named)?;
        let table = read(&list)?;
        let rows = table.lines().filter_map(|line| line.strip_prefix("| [`")?.split_once('`'));
        let names = order(rows.map(|(name, _)| name).collect());
        fs::create_dir_all(root().join("docs/src").join(folder)).map_err(|e| e.to_string())?;
        for name in &names {
            write(&format!("docs/src/{folder}{name}.md"), &[args, [*name].as_slice()].concat())?;
        }
        let summary = read("docs/src/SUMMARY.md")?;
        let mut lines: Vec<String> = Vec::new();
        for line in summary.lines().filter(|line| !line.contains(&format!("]({folder}"))) {
            lines.push(line.to_owned());
            if line.ends_with(&format!("]({page})")) {
                lines.extend(
                    names.iter().map(|name| format!("{indent}- [{name}]({folder}{name}.md)")),
                );
            }
        }
        store("docs/src/SUMMARY.md", format!("{}\n", lines.join("\n")).as_bytes())
    }
}

fn read(path: &str) -> Result<String, String> {
    fs::read_to_string(root().join(path)).map_err(|error| format!("{path}: {error}"))
}

fn write(path: &str, args: &[&str]) -> Done {
    store(path, &output(&cargo(), args)?)
}

fn store(path: &str, bytes: &[u8]) -> Done {
    fs::write(root().join(path), bytes).map_err(|error| format!("{path}: {error}"))?;
    print(&format!("{path}\n"))
}
