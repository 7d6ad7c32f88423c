//! Chooses the format of an output file by the ending of its name. A file with the ending of an unsupported format is
//! refused: another format must not be written under that name.

use std::path::Path;

use scalewright_model::text::line;

use crate::{Note, NoteKind, Stop};

/// A format of output, with the endings of its file names.
pub struct FileFormat<F: 'static> {
    /// The name in messages; empty if the command has no `--format`.
    pub name: &'static str,
    /// The format itself.
    pub format: F,
    /// The endings that select the format. The usual one comes first.
    pub endings: &'static [&'static str],
    /// Further endings that are accepted for the format. Without `--format` they select another format or none.
    pub suits: &'static [&'static str],
}

/// The output file that an option names.
pub struct Named<'a> {
    /// The option, such as `--out`.
    pub option: &'static str,
    /// The path, if the option is given.
    pub path: Option<&'a Path>,
}

impl Named<'_> {
    /// Returns `stated` if it is given, else the format that the ending selects. For standard output and for a name
    /// without an ending this is the first of `formats`. Adds a note if the ending contradicts `stated`.
    ///
    /// # Errors
    ///
    /// When `stated` is missing and the ending selects none of `formats`.
    pub fn format<F: Copy + PartialEq>(
        &self,
        stated: Option<F>,
        formats: &[FileFormat<F>],
        notes: &mut Vec<Note>,
    ) -> Result<F, Stop> {
        let Some(path) = self.path else { return Ok(stated.unwrap_or(formats[0].format)) };
        let ending = ending(path);
        let meant = formats.iter().find(|format| format.endings.contains(&ending.as_str()));
        match (stated, meant) {
            (None, Some(meant)) => Ok(meant.format),
            // Devices, pipes and links often have names without an ending, which promise no format.
            (None, None) if ending.is_empty() => Ok(formats[0].format),
            (None, None) => Err(self.unknown(path, &ending, formats)),
            (Some(stated), _) => {
                let is_stated = |format: &&FileFormat<F>| format.format == stated;
                if let Some(format) = formats.iter().find(is_stated) {
                    notes.extend(contradiction(path, &ending, format, meant.is_some()));
                }
                Ok(stated)
            }
        }
    }

    fn unknown<F>(&self, path: &Path, ending: &str, formats: &[FileFormat<F>]) -> Stop {
        let (option, shown) = (self.option, line(&path.display().to_string()));
        let what = format!("`.{}` is not a supported output format", line(ending));
        let endings = formats.iter().flat_map(|format| format.endings);
        let known: Vec<String> = endings.map(|ending| format!(".{ending}")).collect();
        let known = listed(&known);
        let help = match has_format_option(formats) {
            true => format!("use the ending {known}, or set the format with `--format`"),
            false => format!("use the ending {known}"),
        };
        Stop::usage(format!("`{option} {shown}`: {what}")).help(help)
    }
}

/// Whether the command has `--format` beside the option. Commands whose formats have no names do not have it.
fn has_format_option<F>(formats: &[FileFormat<F>]) -> bool {
    formats.iter().any(|format| !format.name.is_empty())
}

fn contradiction<F>(
    path: &Path,
    ending: &str,
    format: &FileFormat<F>,
    is_known: bool,
) -> Option<Note> {
    let suits = format.endings.contains(&ending) || format.suits.contains(&ending);
    // Endings such as `.txt` promise no format. Those of known formats do, of other programs too.
    if suits || !(is_known || THIRD_PARTY.contains(&ending)) {
        return None;
    }
    let text = format!(
        "`{}` is written as {}, as `--format` says, although its ending means another format",
        path.display(),
        format.name
    );
    Some(Note::new(NoteKind::Warning, text))
}

/// Endings of well-known formats of other programs that are not written here.
const THIRD_PARTY: &[&str] =
    &["xlsx", "xls", "ods", "por", "rds", "rdata", "zip", "gz", "pdf", "html"];

fn ending(path: &Path) -> String {
    path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default()
}

/// `a, b or c`.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [rest @ .., last] => format!("{} or {last}", rest.join(", ")),
    }
}
