//! New lints and exporters: the files, and the lines elsewhere, so that the structure is the easy way.

use std::fs;
use std::path::Path;

use crate::run::{Done, root, say};

/// The files of a lint, its lines in `lints.rs`, and its page of the book.
pub(crate) fn lint(name: &str) -> Done {
    let module = module_of(name)?;
    let folder = "crates/scalewright-check/src";
    create(
        &format!("{folder}/lints/{module}.rs"),
        &LINT.replace("{name}", name).replace("{module}", &module),
    )?;
    create(&format!("{folder}/lints/{module}.md"), &PAGE.replace("{name}", name))?;
    for (file, what) in [("fires", "that the lint finds"), ("quiet", "that it must not find")] {
        let text = FIXTURE.replace("{what}", what).replace("{file}", file);
        create(&format!("tests/lints/{name}/{file}.toml"), &text)?;
    }
    let list = format!("{folder}/lints.rs");
    insert(&list, "mod ", &format!("mod {module};"))?;
    insert(&list, "    &", &format!("    &{module}::LINT,"))?;
    say(
        "now write them, run `UPDATE_DOCS=1 cargo test -p scalewright-tests docs`, read the output that appears in the \
         page, and run `cargo xtask generate` for the book\n",
    )
}

/// The module of an exporter, and its lines in `lib.rs`.
pub(crate) fn exporter(name: &str) -> Done {
    let module = module_of(name)?;
    let folder = "crates/scalewright-export/src";
    create(&format!("{folder}/{module}.rs"), &EXPORTER.replace("{name}", name))?;
    let list = format!("{folder}/lib.rs");
    insert(&list, "mod ", &format!("mod {module};"))?;
    let path = root().join(&list);
    let text = read(&path)?;
    let text = text.replacen("] = [&", &format!("] = [&{module}::EXPORTER, &"), 1);
    write(&path, &text)?;
    count(&list, "pub static EXPORTERS: [&Exporter; ")?;
    say("now list it by name, and say in the help of `export` what it makes\n")
}

fn module_of(name: &str) -> Result<String, String> {
    let word = |word: &str| {
        !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
    };
    if name.starts_with(|c: char| c.is_ascii_lowercase()) && name.split('-').all(word) {
        return Ok(name.replace('-', "_"));
    }
    Err(format!(
        "`{name}` is no name: write lower-case words joined by hyphens, stating the defect"
    ))
}

fn create(path: &str, text: &str) -> Done {
    let whole = root().join(path);
    if whole.exists() {
        return Err(format!("{path} is there already"));
    }
    if let Some(folder) = whole.parent() {
        fs::create_dir_all(folder).map_err(|error| format!("{path}: {error}"))?;
    }
    write(&whole, text)?;
    say(&format!("{path}\n"))
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) -> Done {
    fs::write(path, text).map_err(|error| format!("{}: {error}", path.display()))
}

/// Puts `line` in its place among the first run of lines that begin with `start`.
fn insert(path: &str, start: &str, line: &str) -> Done {
    let whole = root().join(path);
    let text = read(&whole)?;
    let mut lines: Vec<&str> = text.lines().collect();
    let first = lines.iter().position(|other| other.starts_with(start));
    let first = first.ok_or_else(|| format!("{path} has no line that begins with `{start}`"))?;
    let run = lines[first..].iter().take_while(|other| other.starts_with(start)).count();
    let before = lines[first..first + run].iter().filter(|other| **other < line).count();
    lines.insert(first + before, line);
    write(&whole, &format!("{}\n", lines.join("\n")))?;
    say(&format!("{path}: {}\n", line.trim()))
}

/// Raises the number after `start` by one.
fn count(path: &str, start: &str) -> Done {
    let whole = root().join(path);
    let text = read(&whole)?;
    let (before, after) =
        text.split_once(start).ok_or_else(|| format!("{path} has no `{start}`"))?;
    let end = after.find(']').ok_or_else(|| format!("{path}: the list has no length"))?;
    let length: usize = after[..end].parse().map_err(|_| format!("{path}: no length"))?;
    write(&whole, &format!("{before}{start}{}{}", length + 1, &after[end..]))
}

const LINT: &str = r#"//! What the lint is about, in a sentence.

use scalewright_model::Severity;

use super::{Context, Group, Hit, Lint};

/// The defect, in a clause.
pub(super) static LINT: Lint = Lint {
    name: "{name}",
    summary: "the defect, in a clause",
    explain: include_str!("{module}.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let _ = (lint, context, hits);
}
"#;

const PAGE: &str = "\
# {name}

What is wrong, in a sentence or two.

## Why it matters

The defect as it was met, and what it does to scores.

## An example

In the definition that `scalewright new example` writes, …

```diff,file=instruments/example/instrument.toml
-a line as it is
+the line with the defect
```

```console
$ scalewright check example
```

## How to fix it

What to write instead.

## When to allow it

When it is right as it is.
";

const FIXTURE: &str = r#"# The smallest instrument {what}.
format = 1
id = "{file}"
title = "Title"
version = "1.0.0"
status = "development"
language = "en"

[rights]
holder = "scalewright authors"
licence = "CC0-1.0"
wording = "included"

[administration]
respondent = "self"

[response-scales.frequency]
options = [{ value = 0, label = "No" }, { value = 1, label = "Yes" }]

[[items]]
id = "a1"
stem = "First."
response = "frequency"

[[scales]]
id = "total"
title = "Total"
items = ["a1"]
score = "sum"
missing = "no-score"
"#;

const EXPORTER: &str = r#"//! What the platform is, and what comes out.

use crate::{ExportRequest, Exported, Exporter};

/// What comes out, in a line.
pub(crate) static EXPORTER: Exporter = Exporter {
    name: "{name}",
    summary: "what comes out, in a line",
    options: &[],
    export,
    study: None,
};

fn export(request: &ExportRequest<'_>) -> Exported {
    let _ = request;
    Exported::default()
}
"#;
