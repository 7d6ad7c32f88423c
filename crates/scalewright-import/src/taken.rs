//! Takes the words of a form that somebody holds into a wording file for a definition.
//!
//! Items are matched by their codes in terminologies, then by their names, then by their order; options by their codes,
//! then by their values. Whatever is not certain is refused with its reason: wrong words make wrong scores.

mod answers;
mod items;
pub mod report;
mod sections;
mod take;
mod types;

use scalewright_model::{Instrument, Stop};

use crate::audit::Names;
use crate::form::Form;
use crate::formats;
use crate::options::Options;
use crate::source::{Opened, Sources};
use items::Matching;

pub use types::{MatchedBy, Remark, Taken, TakenItem, Verbatim};

/// Takes the words of a form in a language. `from` is the name of the format of the file; `None` recognises it. `names`
/// are names in the form for ids of the definition.
///
/// # Errors
///
/// Returns a stop if the file cannot be read as a form, has no item of the definition, or has no words in the language.
pub fn taken(
    sources: &Sources<'_>,
    from: Option<&str>,
    options: &Options,
    names: &Names,
    instrument: &Instrument,
) -> Result<Taken, Stop> {
    let opened = Opened::of(sources)?;
    let format = formats::format_of(&opened, from)?;
    let forms = (format.read)(&opened, options)?;
    let matchings: Vec<Matching> =
        forms.iter().map(|form| items::matching(form, instrument, names)).collect();
    let best = best(&forms, &matchings, sources.file, instrument)?;
    let (form, matching) = (&forms[best], &matchings[best]);
    let language = language(form, options, sources.file)?;
    let mut taken = take::words(form, instrument, matching, &language);
    taken.format = (format.name.into(), format.title.into());
    Ok(taken)
}

/// The position of the form with the most items of the definition.
fn best(
    forms: &[Form],
    matchings: &[Matching],
    file: &str,
    instrument: &Instrument,
) -> Result<usize, Stop> {
    let most = matchings.iter().map(Matching::counts).max().unwrap_or_default();
    let fitting: Vec<usize> =
        (0..forms.len()).filter(|at| matchings[*at].counts() == most).collect();
    match fitting[..] {
        // A form whose items were all refused says why.
        [only] if most.1 > 0 || !matchings[only].refusals.is_empty() => Ok(only),
        [first, second, ..] if most.1 > 0 => {
            let names = [first, second].map(|at| format!("`{}`", forms[at].id));
            let message = format!(
                "{file}: several forms of the file fit `{}` equally: {}",
                instrument.id,
                names.join(" and ")
            );
            Err(Stop::wrong(message).help("export the one form from its platform"))
        }
        _ => Err(Stop::wrong(format!("{file}: the file has no item of `{}`", instrument.id)).help(
            "name the items that have other names: `--names FILE`, a table with the columns `id` and `field_name`",
        )),
    }
}

/// The language of the words: the one that the user names, if the form has words in it; else that of the form.
fn language(form: &Form, options: &Options, file: &str) -> Result<String, Stop> {
    let mut tags: Vec<&str> = Vec::new();
    for (tag, _) in form.items.iter().flat_map(|item| item.stem.iter()) {
        let tag = if tag.is_empty() { form.language.as_deref().unwrap_or("") } else { tag };
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let unstated = Stop::usage(format!("{file}: the form does not say in which language it is"))
        .help("state it: `--language en`");
    let Some(wanted) = &options.language else {
        let own = form.language.clone().or(tags.first().map(|tag| (*tag).to_owned()));
        return own.filter(|tag| !tag.is_empty()).ok_or(unstated);
    };
    let has = |tag: &&str| tag.is_empty() || tag.eq_ignore_ascii_case(wanted);
    if tags.is_empty() || tags.iter().any(has) {
        return Ok(wanted.clone());
    }
    let message = format!("{file}: the form has no words in `{wanted}`");
    Err(Stop::usage(message).help(format!("it has words in: {}", tags.join(", "))))
}
