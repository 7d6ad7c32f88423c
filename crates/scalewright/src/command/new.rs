//! `scalewright new`.

use std::path::{Path, PathBuf};

use scalewright_model::Stop;
use scalewright_project::{Library, templates};

use crate::cli::{NewArgs, is_slug};
use crate::exit_code::OK;
use crate::output;
use crate::output::Outputs;
use crate::terminal::Terminal;

/// Writes a definition and its cases into a new folder.
pub(crate) fn run(
    args: &NewArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    is_id(&args.id)?;
    let base = library.folder().unwrap_or(Path::new(""));
    let folder = base.join(&args.id);
    if terminal.cwd.join(&folder).exists() {
        return Err(Stop::usage(format!("`{}` already exists", folder.display()))
            .help("choose another id, or remove the folder"));
    }
    let title = args.title.clone().unwrap_or_else(|| title_of(&args.id));
    if title.trim().is_empty() || title.chars().count() > 300 {
        return Err(Stop::usage("a title has 1 to 300 characters"));
    }
    let schema = |kind: &str| {
        let path = base.parent().unwrap_or(Path::new("")).join("schemas");
        let file = format!("{kind}.schema.json");
        let there = !base.as_os_str().is_empty() && terminal.cwd.join(path).join(&file).is_file();
        // Outside of a library with schemas, the path would lead nowhere.
        there.then(|| format!("../../schemas/{file}"))
    };
    let files = [
        (
            "instrument.toml".to_owned(),
            templates::definition(&args.id, &title, schema("instrument").as_deref()).into_bytes(),
        ),
        (
            "cases.toml".to_owned(),
            templates::cases(&args.id, schema("cases").as_deref()).into_bytes(),
        ),
    ];
    for path in output::write_all(Outputs::new(terminal.cwd), &folder, files.into(), terminal)? {
        terminal.print(&path.display().to_string());
    }
    terminal.eprint(&next(&folder, base, &args.id));
    Ok(OK)
}

fn next(folder: &Path, base: &Path, id: &str) -> String {
    let name: PathBuf = match base.as_os_str().is_empty() {
        true => folder.to_path_buf(),
        false => PathBuf::from(id),
    };
    let name = name.display();
    format!(
        "next: edit them, then `scalewright check {name}` and `scalewright export {name} --to pdf --out out`\n"
    )
}

fn is_id(id: &str) -> Result<(), Stop> {
    // Item and scale ids begin with the id: the longest of them must not exceed the limit either.
    if id.len() <= 48 && is_slug(id) {
        return Ok(());
    }
    Err(Stop::usage(format!("`{id}` cannot be an id"))
        .help("write lower-case words and digits joined by single hyphens, such as `wai-sr`"))
}

/// Returns a title made from an id: `my-scale` becomes `My scale`.
fn title_of(id: &str) -> String {
    let spaced = id.replace('-', " ");
    let mut letters = spaced.chars();
    let first = letters.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}
