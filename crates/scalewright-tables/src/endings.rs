//! What the ending of an output's name stands for. An ending that nothing here writes is refused, not filled with
//! something else.

use std::path::Path;

use scalewright_model::text::line;

use crate::{Note, NoteKind, Stop};

/// A form of output.
pub struct Form<F: 'static> {
    /// What messages and `--format` call it.
    pub name: &'static str,
    /// The form itself.
    pub form: F,
    /// Endings that stand for it; the first is the usual one.
    pub endings: &'static [&'static str],
    /// Further endings that suit it, though alone they stand for something else or for nothing.
    pub suits: &'static [&'static str],
}

/// The file that an option names.
pub struct Named<'a> {
    /// The option: `--out`.
    pub option: &'static str,
    /// Its path, where the option is given.
    pub path: Option<&'a Path>,
}

impl Named<'_> {
    /// The form that is stated, else the one that the ending stands for. A name without an ending gets the first of
    /// `forms`, which is that of standard output. A stated form that the ending contradicts is noted.
    ///
    /// # Errors
    ///
    /// When the ending stands for none of `forms` and none is stated.
    pub fn form<F: Copy + PartialEq>(
        &self,
        stated: Option<F>,
        forms: &[Form<F>],
        notes: &mut Vec<Note>,
    ) -> Result<F, Stop> {
        let Some(path) = self.path else { return Ok(stated.unwrap_or(forms[0].form)) };
        let ending = ending(path);
        let meant = forms.iter().find(|form| form.endings.contains(&ending.as_str()));
        match (stated, meant) {
            (None, Some(meant)) => Ok(meant.form),
            // A name without an ending promises nothing: devices, pipes and links often have such names.
            (None, None) if ending.is_empty() => Ok(forms[0].form),
            (None, None) => Err(self.unknown(path, &ending, forms, stated_by_option(forms))),
            (Some(stated), _) => {
                let of = |form: &&Form<F>| form.form == stated;
                if let Some(form) = forms.iter().find(of) {
                    notes.extend(contradiction(path, &ending, form, meant.is_some()));
                }
                Ok(stated)
            }
        }
    }

    fn unknown<F>(&self, path: &Path, ending: &str, forms: &[Form<F>], format: bool) -> Stop {
        let (option, shown) = (self.option, line(&path.display().to_string()));
        let what = format!("nothing is written as `.{}`", line(ending));
        let known: Vec<String> =
            forms.iter().flat_map(|form| form.endings).map(|ending| format!(".{ending}")).collect();
        let known = listed(&known);
        let help = match format {
            true => format!("end it in {known}, or state the form: `--format`"),
            false => format!("end it in {known}"),
        };
        Stop::usage(format!("`{option} {shown}`: {what}")).help(help)
    }
}

/// Whether a command has `--format` beside the option: those with one form only have none.
fn stated_by_option<F>(forms: &[Form<F>]) -> bool {
    forms.iter().any(|form| !form.name.is_empty())
}

fn contradiction<F>(path: &Path, ending: &str, form: &Form<F>, is_known: bool) -> Option<Note> {
    let suits = form.endings.contains(&ending) || form.suits.contains(&ending);
    // `.txt` and the like promise nothing; those of other programs' formats do.
    if suits || !(is_known || OF_OTHERS.contains(&ending)) {
        return None;
    }
    let text = format!(
        "`{}` will hold {}, as `--format` says, though its ending says otherwise",
        path.display(),
        form.name
    );
    Some(Note::new(NoteKind::Warning, text))
}

/// Endings of formats that programs of others know by them, and that nothing here writes.
const OF_OTHERS: &[&str] = &[
    "xlsx", "xls", "ods", "sav", "zsav", "por", "dta", "rds", "rdata", "zip", "gz", "pdf", "html",
];

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
