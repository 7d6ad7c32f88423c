//! `scalewright pack new`.

use std::path::Path;

use scalewright_model::Stop;
use scalewright_project::templates;

use crate::cli::{PackNewArgs, is_slug};
use crate::exit_code::OK;
use crate::output;
use crate::output::Outputs;
use crate::terminal::Terminal;

/// Writes a pack into a new folder. An existing one is never changed.
pub(super) fn run(args: &PackNewArgs, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
    let name = &args.name;
    // The instrument has the id `NAME-example`, from which item ids are made.
    if name.len() > 40 || !is_slug(name) || name == scalewright_model::file::LIBRARY_NAME {
        return Err(Stop::usage(format!("`{name}` cannot be the name of a pack")).help(
            "write lower-case words and digits joined by single hyphens, such as `my-pack`",
        ));
    }
    let folder = Path::new(name);
    if terminal.cwd.join(folder).symlink_metadata().is_ok() {
        return Err(Stop::usage(format!("`{name}` already exists"))
            .help("choose another name, or remove the folder"));
    }
    let id = format!("{name}-example");
    let file = |path: &str, text: String| (path.to_owned(), text.into_bytes());
    let files = vec![
        file("pack.toml", PACK.replace("NAME", name)),
        file("README.md", README.replace("NAME", name)),
        file(".gitattributes", "*.toml text eol=lf\n".to_owned()),
        file(".github/workflows/check.yml", WORKFLOW.to_owned()),
        file(
            &format!("instruments/{id}/instrument.toml"),
            templates::definition(&id, "An example", None),
        ),
        file(&format!("instruments/{id}/cases.toml"), templates::cases(&id, None)),
    ];
    for path in output::write_all(Outputs::new(terminal.cwd), folder, files, terminal)? {
        terminal.print(&path.display().to_string());
    }
    terminal.eprint(&format!("next: edit them, then `scalewright pack check {name}`\n"));
    Ok(OK)
}

const PACK: &str = r#"format = 1
name = "NAME"
version = "0.1.0"
title = "The title of the collection"
formats = { from = 1, to = 1 }

[rights]
holder = "Your name"
licence = "All rights reserved"
wording = "included"          # or "withheld": the pack contains no words that respondents read
"#;

const README: &str = "\
# NAME

A pack of instruments for scalewright.

```sh
scalewright pack check
```

checks `pack.toml`, every instrument and every wording file. To use the pack beside your own library, name its folder in the
environment variable `SCALEWRIGHT_PATH`, or in `scalewright.toml`:

```toml
[packs]
paths = [\"NAME\"]
```
";

const WORKFLOW: &str = "\
name: check
on: [push, pull_request]
permissions:
  contents: read
jobs:
  check:
    runs-on: ubuntu-latest
    timeout-minutes: 20
    steps:
      - uses: actions/checkout@v4
      # Put `scalewright` on the PATH here: see its page on installing.
      - run: scalewright pack check --deny-warnings --format github
";
