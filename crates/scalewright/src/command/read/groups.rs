//! The forms of each instrument, and where its table is written.

use std::path::{Path, PathBuf};

use scalewright_model::Stop;
use scalewright_tables::AnswersFormat;
use scalewright_tables::filled::id_in;

use super::bytes;
use crate::terminal::Terminal;

/// The forms of an instrument.
pub(super) struct Group {
    /// The instrument: a file, a folder or an id.
    pub(super) instrument: PathBuf,
    pub(super) forms: Vec<PathBuf>,
}

/// Groups forms by the instrument that each names, in the order of their first forms. A form that names none is in the first
/// group, where reading it tells why. `None` if no form names its instrument.
pub(super) fn groups(
    paths: Vec<PathBuf>,
    terminal: &Terminal<'_>,
) -> Result<Option<Vec<Group>>, Stop> {
    let mut named = Vec::new();
    for path in paths {
        let id = id_in(&bytes(&path, terminal.cwd)?).ok();
        named.push((path, id.map(PathBuf::from)));
    }
    let Some(first) = named.iter().find_map(|(_, id)| id.clone()) else { return Ok(None) };
    let mut groups = vec![Group { instrument: first.clone(), forms: Vec::new() }];
    for (path, id) in named {
        let instrument = id.unwrap_or_else(|| first.clone());
        match groups.iter_mut().find(|group| group.instrument == instrument) {
            Some(group) => group.forms.push(path),
            None => groups.push(Group { instrument, forms: vec![path] }),
        }
    }
    Ok(Some(groups))
}

/// The paths of the tables of some instruments: `out`, or for several instruments a file of each in the folder `out`.
///
/// # Errors
///
/// When there are several instruments and no folder is named.
pub(super) fn outputs(
    ids: &[&str],
    out: Option<&Path>,
    format: AnswersFormat,
) -> Result<Vec<Option<PathBuf>>, Stop> {
    if ids.len() == 1 {
        return Ok(vec![out.map(Path::to_path_buf)]);
    }
    let list: Vec<String> = ids.iter().map(|id| format!("`{id}`")).collect();
    let is_file = |out: &&Path| out.extension().is_some();
    let Some(folder) = out.filter(|out| !is_file(out)) else {
        let message = format!("the forms are of several instruments: {}", list.join(", "));
        return Err(Stop::usage(message).help(
            "name a folder for their tables with `--out DIR`, or read the forms of one instrument with `--instrument ID`",
        ));
    };
    let ending = match format {
        AnswersFormat::Csv | AnswersFormat::Redcap => "csv",
        AnswersFormat::Tsv => "tsv",
        AnswersFormat::Json => "json",
        AnswersFormat::Jsonl => "jsonl",
    };
    Ok(ids.iter().map(|id| Some(folder.join(format!("{id}.{ending}")))).collect())
}
