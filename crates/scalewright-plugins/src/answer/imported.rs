//! What an importer answers instead of a refusal: the files of a definition, or a form.

use scalewright_model::text::quote;
use scalewright_wire::ImportResponse;

use super::files::files;
use crate::Limits;

/// A file in an answer: its path and its content.
type Content = (String, Vec<u8>);

/// What an importer made of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportAnswer {
    /// A definition, first, and the files that belong to it.
    Definition(Vec<Content>),
    /// A file of a built-in format.
    Form(Content),
}

/// Returns what an importer answered, which is not a refusal.
///
/// # Errors
///
/// Returns what is wrong, a sentence each: neither a definition nor a form, both, files that [`files`] refuses, and files
/// that no definition has.
pub fn imported(response: ImportResponse, limits: &Limits) -> Result<ImportAnswer, Vec<String>> {
    let ImportResponse { protocol: _, files: own, form, notes: _, refusal: _ } = response;
    match form {
        Some(_) if !own.is_empty() => {
            Err(vec!["it has both `files` and `form`: answer one of them".to_owned()])
        }
        Some(form) => {
            let form = files(vec![form], limits)?.into_iter().next();
            form.map(ImportAnswer::Form).ok_or_else(|| vec!["it has no form".to_owned()])
        }
        None if own.is_empty() => {
            Err(vec!["it has no `files`, no `form` and no `refusal`".to_owned()])
        }
        None => definition(files(own, limits)?).map(ImportAnswer::Definition),
    }
}

/// Returns the files of a definition, if they are no others.
fn definition(files: Vec<Content>) -> Result<Vec<Content>, Vec<String>> {
    let is_first = files.first().is_some_and(|(path, _)| path == DEFINITION);
    let first = (!is_first).then(|| format!("its first file is not `{DEFINITION}`"));
    let others = files.iter().skip(1).filter(|(path, _)| !belongs(path));
    let others = others.map(|(path, _)| {
        format!("`{}` does not belong to a definition: it can have `cases.toml`, wording files such as `de.toml` or `private/de.toml`, and `import/columns.toml`", quote(path))
    });
    let problems: Vec<String> = first.into_iter().chain(others).take(MOST_PROBLEMS).collect();
    if problems.is_empty() { Ok(files) } else { Err(problems) }
}

const DEFINITION: &str = "instrument.toml";
/// How many problems are reported.
const MOST_PROBLEMS: usize = 20;

/// Whether a file may be beside a definition. No program may write anything else through us.
fn belongs(path: &str) -> bool {
    let own = ["private/", "incomplete/"].iter().find_map(|folder| path.strip_prefix(folder));
    let Some(name) = own.unwrap_or(path).strip_suffix(".toml") else { return false };
    let is_tag = (2..=35).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_tag || path == "import/columns.toml"
}

#[cfg(test)]
mod tests {
    use scalewright_wire::{File, ImportResponse};

    use super::{ImportAnswer, imported};
    use crate::Limits;

    fn file(path: &str) -> File {
        File { path: path.to_owned(), text: Some("x".to_owned()), base64: None }
    }

    fn answered(paths: &[&str], form: Option<&str>) -> Result<ImportAnswer, Vec<String>> {
        let response = ImportResponse {
            files: paths.iter().map(|path| file(path)).collect(),
            form: form.map(file),
            ..ImportResponse::default()
        };
        imported(response, &Limits::default())
    }

    #[test]
    fn only_files_of_a_definition_and_forms_are_accepted() {
        let whole = ["instrument.toml", "pt-BR.toml", "private/de.toml", "import/columns.toml"];
        assert!(
            matches!(answered(&whole, None), Ok(ImportAnswer::Definition(files)) if files.len() == 4)
        );
        assert!(matches!(answered(&[], Some("a.csv")), Ok(ImportAnswer::Form(_))));
        for (paths, form) in [
            (&[][..], None),
            (&["instrument.toml"], Some("a.csv")),
            (&["de.toml", "instrument.toml"], None),
            (&["instrument.toml", "run.sh"], None),
            (&["instrument.toml", "import/run.toml"], None),
            (&["instrument.toml", "other/de.toml"], None),
            (&[], Some("../a.csv")),
        ] {
            assert!(answered(paths, form).is_err(), "{paths:?} {form:?}");
        }
    }
}
