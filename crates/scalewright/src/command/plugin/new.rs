//! `scalewright plugin new`: a working plug-in to start from.
//!
//! The files are in the folder `new/`, as they are written but for the name: each says `example-name` instead.

use std::path::{Path, PathBuf};

use scalewright_export::exporter;
use scalewright_model::Stop;

use crate::cli::{PluginKind, PluginLanguage, PluginNewArgs};
use crate::exit_code::OK;
use crate::output::{self, Outputs};
use crate::plugins::is_free_importer;
use crate::terminal::Terminal;

/// The name in the files of `new/`, which is replaced by that of the plug-in.
const PLACEHOLDER: &str = "example-name";
/// The most characters of a name.
const LONGEST_NAME: usize = 40;

/// The file that checks the plug-in in continuous integration.
const WORKFLOW: &str = include_str!("new/check.yml");
/// The script that checks the plug-in.
const TEST: &str = include_str!("new/test.sh");

/// A file to write: its path below the folder of the plug-in, and its text, both with the placeholder.
type Start = (&'static str, &'static str);

/// Writes the files of a plug-in into a new folder.
pub(crate) fn run(args: &PluginNewArgs, terminal: &mut Terminal<'_>) -> Result<u8, Stop> {
    let PluginNewArgs { name, language, kind, out } = args;
    is_free(name, *kind)?;
    let folder = out.clone().unwrap_or_else(|| PathBuf::from(name));
    // A link that leads nowhere exists too.
    if terminal.cwd.join(&folder).symlink_metadata().is_ok() {
        return Err(Stop::usage(format!("`{}` already exists", folder.display()))
            .help("choose another name, or another folder with `--out`"));
    }
    let files = files(name, *language, *kind)?;
    for path in output::write_all(Outputs::new(terminal.cwd), &folder, files, terminal)? {
        terminal.print(&path.display().to_string());
    }
    terminal.eprint(&next(&folder, name, *language));
    Ok(OK)
}

/// Stops if no plug-in can have the name.
fn is_free(name: &str, kind: PluginKind) -> Result<(), Stop> {
    if name.len() > LONGEST_NAME {
        let length = name.len();
        return Err(Stop::usage(format!(
            "`{name}` has {length} characters: the name of a plug-in has at most {LONGEST_NAME}"
        ))
        .help("choose a shorter name"));
    }
    if kind == PluginKind::Import {
        is_free_importer(name)?;
    }
    if kind == PluginKind::Export && exporter(name).is_some() {
        return Err(Stop::usage(format!("`{name}` is the name of a built-in target"))
            .help("choose another name: `--to` would never reach the plug-in"));
    }
    Ok(())
}

/// Returns the files of a plug-in: their paths below its folder, and their contents.
fn files(
    name: &str,
    language: PluginLanguage,
    kind: PluginKind,
) -> Result<Vec<(String, Vec<u8>)>, Stop> {
    let settings = (SETTINGS, settings(language, kind));
    let readme = (README, readme(language, kind));
    let starts = starts(language, kind)?;
    let common = [("test.sh", TEST), (".github/workflows/check.yml", WORKFLOW)];
    let fixed = starts.iter().chain(&common).map(|(path, text)| (*path, (*text).to_owned()));
    let files = [readme, settings].into_iter().chain(fixed);
    let named = |text: &str| text.replace(PLACEHOLDER, name);
    Ok(files
        .map(|(path, text)| (named(path), with_build(&named(&text), language).into_bytes()))
        .collect())
}

const README: &str = "README.md";
const SETTINGS: &str = "scalewright.toml";

/// Returns the files that depend on the language and the kind.
fn starts(language: PluginLanguage, kind: PluginKind) -> Result<Vec<Start>, Stop> {
    let start = match (language, kind) {
        (PluginLanguage::Python, kind) => vec![("example-name.py", python(kind))],
        (PluginLanguage::Shell, kind) => vec![("example-name.sh", shell(kind))],
        (PluginLanguage::Rust, kind) => {
            let mut files = vec![
                ("Cargo.toml", cargo(kind)),
                ("src/main.rs", rust(kind)),
                (".gitignore", "/target\n"),
            ];
            if kind == PluginKind::Import {
                files.push(("src/head.toml", include_str!("new/rust/head.toml")));
            }
            files
        }
        (PluginLanguage::Template, PluginKind::Export) => vec![
            ("templates/target.toml", include_str!("new/template/target.toml")),
            ("templates/page.html", include_str!("new/template/page.html")),
        ],
        (PluginLanguage::Template, PluginKind::Lint | PluginKind::Import) => {
            let message = "templates can only export: a lint or an importer has to be a program";
            return Err(Stop::usage(message)
                .help("use `--language python`, `shell` or `rust`, or leave out `--kind`"));
        }
    };
    Ok(start)
}

fn python(kind: PluginKind) -> &'static str {
    match kind {
        PluginKind::Export => include_str!("new/python/export.py"),
        PluginKind::Lint => include_str!("new/python/lint.py"),
        PluginKind::Import => include_str!("new/python/import.py"),
    }
}

fn shell(kind: PluginKind) -> &'static str {
    match kind {
        PluginKind::Export => include_str!("new/shell/export.sh"),
        PluginKind::Lint => include_str!("new/shell/lint.sh"),
        PluginKind::Import => include_str!("new/shell/import.sh"),
    }
}

fn rust(kind: PluginKind) -> &'static str {
    match kind {
        PluginKind::Export => include_str!("new/rust/export.rs"),
        PluginKind::Lint => include_str!("new/rust/lint.rs"),
        PluginKind::Import => include_str!("new/rust/import.rs"),
    }
}

fn cargo(kind: PluginKind) -> &'static str {
    match kind {
        PluginKind::Export => include_str!("new/rust/export.toml"),
        PluginKind::Lint => include_str!("new/rust/lint.toml"),
        PluginKind::Import => include_str!("new/rust/import.toml"),
    }
}

/// Returns the kind as in the names of programs and in the settings.
fn kind_word(kind: PluginKind) -> &'static str {
    match kind {
        PluginKind::Export => "export",
        PluginKind::Lint => "lint",
        PluginKind::Import => "import",
    }
}

/// Returns the `scalewright.toml` that names the command.
fn settings(language: PluginLanguage, kind: PluginKind) -> String {
    let word = kind_word(kind);
    let means = match language {
        PluginLanguage::Python => r#"command = ["python3", "example-name.py"]"#.to_owned(),
        PluginLanguage::Shell => r#"command = ["sh", "example-name.sh"]"#.to_owned(),
        PluginLanguage::Rust => {
            format!("command = [\"target/release/scalewright-{word}-example-name\"]")
        }
        PluginLanguage::Template => r#"templates = "templates""#.to_owned(),
    };
    let enabled = match kind {
        PluginKind::Lint => {
            "\n# Runs it in every check. The level of a lint: \"deny\", \"warn\", \"hint\" or \"allow\".\n\
             [lints.example-name]\nlong-stem = \"warn\"\n"
        }
        PluginKind::Export | PluginKind::Import => "",
    };
    format!(
        "# Where scalewright finds the plug-in, seen from this folder.\n[plugins.{word}.example-name]\n{means}\n{enabled}"
    )
}

/// Returns the page for people who use the plug-in or change it.
fn readme(language: PluginLanguage, kind: PluginKind) -> String {
    let word = kind_word(kind);
    let (what, use_it) = match kind {
        PluginKind::Export => {
            ("an exporter", "scalewright export INSTRUMENT --to example-name --out out")
        }
        PluginKind::Lint => ("a lint plug-in", "scalewright check INSTRUMENT --lints example-name"),
        PluginKind::Import => ("an importer", "scalewright import FILE --from example-name"),
    };
    let trust = match language {
        PluginLanguage::Template => "",
        PluginLanguage::Python | PluginLanguage::Shell | PluginLanguage::Rust => {
            "scalewright plugin trust example-name    # the command in scalewright.toml may run\n"
        }
    };
    let install = match language {
        PluginLanguage::Python => {
            format!("install -m 755 example-name.py ~/.local/bin/scalewright-{word}-example-name")
        }
        PluginLanguage::Shell => {
            format!("install -m 755 example-name.sh ~/.local/bin/scalewright-{word}-example-name")
        }
        PluginLanguage::Rust => "cargo install --path .".to_owned(),
        PluginLanguage::Template => "cp -r templates STUDY/plugins/example-name".to_owned(),
    };
    let installed = match language {
        PluginLanguage::Template => {
            "To use the templates in a study, copy them, and name the folder in its `scalewright.toml`:\n\
             `[plugins.export.example-name]` with `templates = \"plugins/example-name\"`."
        }
        PluginLanguage::Python | PluginLanguage::Shell | PluginLanguage::Rust => {
            "To use it everywhere, install it in a folder of the `PATH`. Then it needs neither the settings nor trust."
        }
    };
    format!(
        "# example-name\n\nThis is {what} for scalewright.\n\n```sh\n{BUILD}{trust}scalewright plugin check example-name    \
         # is every answer right?\n{use_it}\n```\n\n{installed}\n\n```sh\n{install}\n```\n\n\
         `test.sh` checks the plug-in, and `.github/workflows/check.yml` runs it on each change.\n"
    )
}

/// The line on which `BUILD` is replaced by the command that builds the plug-in.
const BUILD: &str = "#BUILD\n";

/// Writes the command that builds the plug-in where the files ask for it.
fn with_build(text: &str, language: PluginLanguage) -> String {
    let build = match language {
        PluginLanguage::Rust => "cargo build --release\n",
        PluginLanguage::Python | PluginLanguage::Shell | PluginLanguage::Template => "",
    };
    text.replace(BUILD, build)
}

/// Returns the next commands.
fn next(folder: &Path, name: &str, language: PluginLanguage) -> String {
    let build = match language {
        PluginLanguage::Rust => "`cargo build --release`, ",
        PluginLanguage::Python | PluginLanguage::Shell | PluginLanguage::Template => "",
    };
    let trust = match language {
        PluginLanguage::Template => String::new(),
        PluginLanguage::Python | PluginLanguage::Shell | PluginLanguage::Rust => {
            format!("`scalewright plugin trust {name}`, ")
        }
    };
    format!("next: in `{}`, {build}{trust}`scalewright plugin check {name}`\n", folder.display())
}
