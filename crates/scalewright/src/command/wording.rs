//! `scalewright wording`.

use std::path::Path;

use scalewright_check::wording_digest;
use scalewright_model::{Instrument, ResponseKind, Wording};
use scalewright_project::{Found, Library};
use scalewright_tables::{Form, Named};

use crate::cli::WordingArgs;
use crate::gates::sound;
use crate::output::Outputs;
use crate::templates::toml_text;
use crate::{OK, Stop, Terminal, output};

/// Prints a wording file with a place for every word.
pub(crate) fn run(
    args: &WordingArgs,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    is_tag(&args.language)?;
    let found = library.one(&args.instrument)?;
    if args.digest {
        return digest(args, &found, library, terminal);
    }
    let checked = library.check(&found, &[])?;
    // A promised translation that is not there yet is what this command is for.
    let instrument = match &checked.instrument {
        Some(instrument) => instrument,
        None => sound(&checked, terminal)?,
    };
    if let Some(there) = instrument.wording(&args.language) {
        let message = format!("`{}` has words in `{}` already", instrument.id, there.language);
        return Err(Stop::usage(message));
    }
    let text = template(instrument, &args.language);
    let named = Named { option: "--out", path: args.out.as_deref() };
    terminal.noting(|notes| named.form(None, FORMS, notes))?;
    match &args.out {
        Some(path) if is_there(&terminal.cwd.join(path)) => {
            return Err(Stop::usage(format!("`{}` is there already", path.display()))
                .help("choose another name: wording is never overwritten"));
        }
        Some(path) => {
            output::write_one(Outputs::new(terminal.cwd), path, text.into_bytes(), terminal)?;
            terminal.say(&path.display().to_string());
        }
        None => terminal.result(text.as_bytes()),
    }
    Ok(OK)
}

/// A wording file is TOML, whatever it is called.
const FORMS: &[Form<()>] = &[Form { name: "", form: (), endings: &["toml"], suits: &[] }];
/// Whether there is something that a file would take the place of.
fn is_there(path: &Path) -> bool {
    path.is_file() || path.is_dir()
}

/// Prints the digest of words that are there.
fn digest(
    args: &WordingArgs,
    found: &Found,
    library: &Library<'_>,
    terminal: &mut Terminal<'_>,
) -> Result<u8, Stop> {
    let checked = library.check(found, &library.wordings(&args.wording)?)?;
    let instrument = match &checked.instrument {
        Some(instrument) => instrument,
        None => sound(&checked, terminal)?,
    };
    let Some(wording) = instrument.wording(&args.language) else {
        let message = format!("`{}` has no words in `{}`", instrument.id, args.language);
        return Err(Stop::usage(message).help("name the file that has them: `--wording FILE`"));
    };
    terminal.result(format!("{}\n", wording_digest(instrument, wording)).as_bytes());
    Ok(OK)
}

fn is_tag(tag: &str) -> Result<(), Stop> {
    let mut parts = tag.split('-');
    let language = parts.next().unwrap_or_default();
    let letters =
        (2..=8).contains(&language.len()) && language.chars().all(|c| c.is_ascii_alphabetic());
    let rest = parts.all(|part| {
        (1..=8).contains(&part.len()) && part.chars().all(|c| c.is_ascii_alphanumeric())
    });
    if letters && rest && tag.len() <= 35 {
        return Ok(());
    }
    Err(Stop::usage(format!("`{tag}` is not a language tag"))
        .help("write a BCP 47 tag, as `de`, `pt-BR` or `zh-Hant`"))
}

/// Every place for words, empty; the source words beside, where they may be shown.
fn template(instrument: &Instrument, language: &str) -> String {
    let source = instrument.wording(&instrument.language);
    let mut lines = Lines { text: String::new(), source };
    let about = match source {
        Some(_) => "Fill in the empty texts; the source words stand beside them.",
        None => "Fill in the empty texts from a form that you may use.",
    };
    lines.line(&format!("# Words of {} in {language}. {about}", instrument.id));
    lines.line("# A text left empty is reported as missing.");
    lines.line("format = 1");
    lines.line(&format!("instrument = {}", toml_text(&instrument.id)));
    lines.line(&format!("language = {}", toml_text(language)));
    let is_source = language.eq_ignore_ascii_case(&instrument.language);
    if !is_source {
        lines.text("title", Some(&instrument.title));
    }
    lines.optional("instructions", |w| w.instructions.as_deref());
    if let (false, Some(period)) = (is_source, &instrument.administration.recall_period) {
        lines.text("recall-period", Some(period));
    }
    responses(instrument, &mut lines);
    sections(instrument, &mut lines);
    lines.line("\n[items]");
    for (index, item) in instrument.items.iter().enumerate() {
        let beside = source.map(|source| source.stems[index].as_str());
        lines.text(&item.id, beside);
    }
    if !is_source {
        scales(instrument, &mut lines);
    }
    lines.text
}

struct Lines<'a> {
    text: String,
    source: Option<&'a Wording>,
}

impl Lines<'_> {
    fn line(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }

    /// An empty text, with the source's beside it.
    fn text(&mut self, key: &str, beside: Option<&str>) {
        let beside = beside.map(|text| format!("   # {}", one_line(text))).unwrap_or_default();
        self.line(&format!("{key} = \"\"{beside}"));
    }

    /// An empty text where the source has one; a comment where nobody here knows whether it does.
    fn optional<'s>(&'s mut self, key: &str, of: impl Fn(&'s Wording) -> Option<&'s str>)
    where
        Self: 's,
    {
        match self.source.map(&of) {
            Some(Some(beside)) => {
                let beside = beside.to_owned();
                self.text(key, Some(&beside));
            }
            Some(None) => {}
            None => self.line(&format!("# {key} = \"\"   # if the form has any")),
        }
    }
}

fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

fn responses(instrument: &Instrument, lines: &mut Lines<'_>) {
    for (index, scale) in instrument.response_scales.iter().enumerate() {
        let words = lines.source.map(|source| &source.responses[index]);
        let table = format!("response-scales.{}", key(&scale.name));
        match &scale.kind {
            ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => {
                lines.line(&format!("\n[{table}.options]"));
                for (position, option) in options.iter().enumerate() {
                    let beside = words.map(|words| words.labels[position].as_str());
                    lines.text(&format!("\"{}\"", option.value), beside);
                }
            }
            ResponseKind::VisualAnalogue { .. } => {
                lines.line(&format!("\n[{table}]"));
                lines.text("min-label", words.and_then(|w| w.min_label.as_deref()));
                lines.text("max-label", words.and_then(|w| w.max_label.as_deref()));
            }
            ResponseKind::YesNo => {
                let yes = words.and_then(|w| w.yes_label.as_deref());
                let no = words.and_then(|w| w.no_label.as_deref());
                if yes.or(no).is_some() {
                    lines.line(&format!("\n[{table}]"));
                }
                for (key, own) in [("yes-label", yes), ("no-label", no)] {
                    if own.is_some() {
                        lines.text(key, own);
                    }
                }
            }
            ResponseKind::Numeric { .. } => {
                if let Some(unit) = words.and_then(|words| words.unit.as_deref()) {
                    lines.line(&format!("\n[{table}]"));
                    lines.text("unit", Some(unit));
                }
            }
            ResponseKind::Text { .. } | ResponseKind::Date | ResponseKind::Time => {}
        }
    }
}

fn sections(instrument: &Instrument, lines: &mut Lines<'_>) {
    for (index, section) in instrument.sections.iter().enumerate() {
        lines.line(&format!("\n[sections.{}]", section.id));
        lines.optional("title", |w| w.sections[index].title.as_deref());
        lines.optional("lead-in", |w| w.sections[index].lead_in.as_deref());
        lines.optional("instructions", |w| w.sections[index].instructions.as_deref());
    }
}

fn scales(instrument: &Instrument, lines: &mut Lines<'_>) {
    for scale in &instrument.scales {
        lines.line(&format!("\n[scales.{}]", scale.id));
        lines.text("title", Some(&scale.title));
        if let Some(unit) = &scale.unit {
            lines.text("unit", Some(unit));
        }
        // A label is translated once, whichever sets of bands it is in.
        let mut labels: Vec<&str> = Vec::new();
        for band in scale.all_bands().flat_map(|(_, bands)| bands) {
            if !labels.contains(&band.label.as_str()) {
                labels.push(&band.label);
            }
        }
        if !labels.is_empty() {
            lines.line(&format!("\n[scales.{}.bands]", scale.id));
            labels.into_iter().for_each(|label| lines.text(&toml_text(label), Some(label)));
        }
    }
}

/// A key as TOML has it: bare where it can be.
fn key(name: &str) -> String {
    let bare =
        !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-' || c == '_');
    if bare { name.to_owned() } else { toml_text(name) }
}
