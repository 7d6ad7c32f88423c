//! Which wording is published, and the errors if there is none.

use scalewright_check::{Checked, Finding, Unfinished};
use scalewright_model::file::WordingPolicy;
use scalewright_model::{Instrument, Stop, Wording};

use crate::render::{self, Printable};

/// Returns the reason why nothing is published in one of the languages asked for, or in the source language if none is,
/// because its wording says that it is incomplete.
pub(crate) fn unfinished_of(checked: &Checked, asked: &[String]) -> Option<Stop> {
    let source = checked.instrument.as_ref().map(|instrument| &instrument.language);
    let asked = if asked.is_empty() { source.map_or(asked, std::slice::from_ref) } else { asked };
    asked.iter().find_map(|language| unfinished(checked, language))
}

/// Returns the reason why nothing is published in `language`, if its wording says that it is incomplete.
pub(crate) fn unfinished(checked: &Checked, language: &str) -> Option<Stop> {
    let known = checked.instrument.as_ref().is_some_and(|i| i.wording(language).is_some());
    let Unfinished { language, missing, document } =
        checked.unfinished(language).filter(|_| !known)?;
    let message = match missing {
        0 => format!("the wording in `{language}` says that it is incomplete, and lacks nothing"),
        1 => format!("the wording in `{language}` is incomplete: it lacks 1 text"),
        many => format!("the wording in `{language}` is incomplete: it lacks {many} texts"),
    };
    let (file, id) = (&checked.documents[*document].name, checked.instrument.as_ref()?.id.as_str());
    Some(Stop::wrong(message).help(format!(
        "complete `{file}`, and remove `incomplete = true` from it; `scalewright check {id}` says what is missing"
    )))
}

/// Returns the source wording; if it is withheld and not supplied, the only other wording.
pub(crate) fn source_or_only(instrument: &Instrument) -> Result<&Wording, Stop> {
    match (instrument.wording(&instrument.language), instrument.wordings.as_slice()) {
        (Some(source), _) => Ok(source),
        (None, [only]) => Ok(only),
        (None, _) => {
            Err(Stop::wrong(format!("`{}` has wording in several languages", instrument.id))
                .help("choose one, such as `--language de`"))
        }
    }
}

/// Returns the wording in `language`, or an error that lists the available languages.
pub(crate) fn wording<'i>(instrument: &'i Instrument, language: &str) -> Result<&'i Wording, Stop> {
    instrument.wording(language).ok_or_else(|| {
        if instrument.wordings.is_empty() {
            return needs_wording(instrument, language);
        }
        let known = instrument.wordings.iter().map(|w| w.language.as_str());
        let known: Vec<String> = known.map(|language| format!("`{language}`")).collect();
        let message = format!("`{}` has no wording in `{language}`", instrument.id);
        Stop::wrong(message).help(format!(
            "available: {}; to add one: `scalewright wording {} --language {language}`",
            known.join(", "),
            instrument.id
        ))
    })
}

/// Returns the error for an instrument without wording: what is missing, and how to supply it in `language`.
pub(crate) fn needs_wording(instrument: &Instrument, language: &str) -> Stop {
    let id = &instrument.id;
    let options = instrument.response_scales.iter().flat_map(|scale| scale.options());
    let labels = options.filter(|option| !option.unlabelled).count();
    let message = match instrument.rights.wording {
        WordingPolicy::Withheld => format!(
            "`{id}` withholds its wording: the stems of {} items and the labels of {labels} response options are missing",
            instrument.items.len()
        ),
        WordingPolicy::Included => format!("`{id}` has no wording"),
    };
    let obtain = instrument.rights.obtain.as_ref();
    let stop = Stop::wrong(message).help(format!(
        "if you may use it: `scalewright wording {id} --language {language} > {language}.toml`, \
         fill it in, and pass it with `--wording {language}.toml`"
    ));
    match obtain {
        Some(how) => stop.help(format!("to obtain it: {how}")),
        None => stop,
    }
}

/// Returns the findings about texts that a translation leaves in the source language, one line each.
pub(crate) fn untranslated(checked: &Checked, wording: &Wording) -> Vec<Printable> {
    // A finding does not store its language, but the messages of this lint name it.
    let named = format!("`{}`", wording.language);
    let about =
        |finding: &&Finding| finding.code == "untranslated" && finding.message.contains(&named);
    let findings = checked.findings.iter().filter(about);
    findings.map(|finding| render::concise(finding, &checked.documents)).collect()
}
