//! Imports a file of a source: reads it, makes the definition, and proves its scores.

use std::borrow::Cow;

use scalewright_check::{Checked, Input, Source, Writer, check};
use scalewright_model::file::WordingFile;
use scalewright_model::{Pointer, Stop};
use sha2::{Digest, Sha256};

use crate::codes;
use crate::definition::Definition;
use crate::finding::{Finding, Kind};
use crate::form::Form;
use crate::form::rule::{Rule, Target};
use crate::formats;
use crate::ids::Ids;
use crate::numbered;
use crate::options::Options;
use crate::own;
use crate::place::Place;
use crate::prove::{Outcome, Proof, Subject, prove};
use crate::source::{Opened, Sources};

/// The name and the title of files that this program made.
const OWN: (&str, &str) = ("scalewright", "a file made by scalewright");

/// An instrument that was imported.
#[derive(Debug, Clone)]
pub struct Imported {
    /// The id of the instrument.
    pub id: String,
    /// The files to write, by path below the folder of the instrument.
    pub files: Vec<(String, Vec<u8>)>,
    /// What is known about each score and condition of the source.
    pub proofs: Vec<Proof>,
    /// What was changed, assumed or not understood.
    pub findings: Vec<Finding>,
    /// The errors that a check of the definition reports, in words.
    pub errors: Vec<String>,
}

/// The result of importing a file.
#[derive(Debug, Clone)]
pub struct Import {
    /// The format of the file: its name for `--from`, and what it is.
    pub format: (Cow<'static, str>, Cow<'static, str>),
    /// The SHA-256 digest of the file, in hexadecimal.
    pub digest: String,
    /// The instruments, in the order of the file.
    pub instruments: Vec<Imported>,
}

/// Imports the instruments of a file. `from` is the name of its format; `None` recognises it by its content.
///
/// # Errors
///
/// Returns a stop if the file is of no known format, cannot be read, or if a decision of the user is missing.
pub fn import(
    sources: &Sources<'_>,
    from: Option<&str>,
    options: &Options,
) -> Result<Import, Stop> {
    import_with_digest(sources, from, options, digest(sources.bytes))
}

/// Whether a file is of one of our formats, judged by its content.
#[must_use]
pub fn is_recognised(sources: &Sources<'_>) -> bool {
    Opened::of(sources).is_ok_and(|opened| {
        formats::format_of(&opened, None).is_ok() || !own::definitions(&opened).is_empty()
    })
}

/// Imports the instruments of a file; `digest` is that of the file from which it was made.
pub(crate) fn import_with_digest(
    sources: &Sources<'_>,
    from: Option<&str>,
    options: &Options,
    digest: String,
) -> Result<Import, Stop> {
    let opened = Opened::of(sources)?;
    if let Some(import) = recovered(&opened, from, options) {
        is_without_translations(
            options,
            &import.format.1,
            "`--from redcap` reads the form itself",
        )?;
        return Ok(Import { digest, ..import });
    }
    let format = formats::format_of(&opened, from)?;
    if format.name != "redcap" {
        is_without_translations(options, format.title, "leave it out")?;
    }
    let forms = (format.read)(&opened, options)?;
    if options.id.is_some() && forms.len() > 1 {
        return Err(Stop::usage(format!(
            "{}: the file has {} instruments, so that one id does not suffice",
            sources.file,
            forms.len()
        )));
    }
    let name = opened.name();
    let instruments = forms.into_iter().map(|form| imported(form, name, &digest, options));
    Ok(Import {
        format: (format.name.into(), format.title.into()),
        instruments: instruments.collect::<Result<_, _>>()?,
        digest,
    })
}

/// Stops if languages were given to a file that does not take them.
fn is_without_translations(options: &Options, title: &str, help: &str) -> Result<(), Stop> {
    match options.translations.is_empty() {
        true => Ok(()),
        false => Err(Stop::usage(format!(
            "`--translation` is for projects of REDCap, and the file is {title}"
        ))
        .help(help)),
    }
}

/// The definitions that a file of this program contains, byte for byte. `None` if there are none, or if the user wants
/// the file to be read as what it is.
fn recovered(opened: &Opened<'_>, from: Option<&str>, options: &Options) -> Option<Import> {
    if from.is_some_and(|from| from != OWN.0) {
        return None;
    }
    let definitions = own::definitions(opened);
    let instruments: Vec<Imported> =
        definitions.into_iter().map(|files| recovered_one(files, opened.name(), options)).collect();
    (!instruments.is_empty()).then(|| Import {
        format: (OWN.0.into(), OWN.1.into()),
        digest: String::new(),
        instruments,
    })
}

fn recovered_one(files: own::Files, file: &str, options: &Options) -> Imported {
    let definition = &files["instrument.toml"];
    let own_id = scalewright_check::id_of(definition);
    let id = options
        .id
        .clone()
        .or(own_id.clone())
        .filter(|id| Ids::instrument(id) == *id)
        .unwrap_or_else(|| "instrument".to_owned());
    let place = Place::new(file, "");
    let message = "the definition is the one from which the file was made, byte for byte; whether the file was changed since then is not known";
    let help = "`--from` and the name of the file's format reads the file itself";
    let mut findings = vec![Finding::new(Kind::Note, "own-definition", &place, message).help(help)];
    if own_id.as_ref() != Some(&id) {
        let message = format!("the folder is `{id}`, but the definition has another id");
        findings.push(Finding::new(Kind::Changed, "other-folder", &place, message));
    }
    let (first, others): (Vec<_>, Vec<_>) =
        files.into_iter().partition(|(name, _)| name == "instrument.toml");
    let files: Vec<_> = first.into_iter().chain(others).collect();
    let errors = errors(&checked(&id, &files));
    Imported { id, files, proofs: Vec::new(), findings, errors }
}

/// The SHA-256 digest of a file, in hexadecimal.
pub(crate) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Makes the definition of a form and proves it. What our check refuses is taken out and reported as not understood.
fn imported(mut form: Form, file: &str, digest: &str, options: &Options) -> Result<Imported, Stop> {
    let made = |form: &Form| {
        let mut definition = Definition::of(form, file, options)?;
        let source = Pointer::entry("references", 0);
        definition.comments.push((source, format!("sha256 {digest}")));
        Ok::<_, Stop>(definition)
    };
    numbered::take_out(&mut form, file);
    codes::distinct(&mut form);
    lose_dependents(&mut form);
    let mut definition = made(&form)?;
    for _ in 0..form.scores.len() + form.items.len() + form.notes.len() {
        if !take_out(&mut form, &definition) {
            break;
        }
        lose_dependents(&mut form);
        definition = made(&form)?;
    }
    let mut files = texts(&definition);
    // A check costs as much as the proofs, so it is repeated only after a change.
    let mut checked = self::checked(&definition.file.id, &files);
    if without_bands(&mut form, &definition, &checked) {
        definition = made(&form)?;
        files = texts(&definition);
        checked = self::checked(&definition.file.id, &files);
    }
    let proofs = prove(&form, &definition);
    let unscored = unscored(&definition, &checked);
    // A form without any score needs scales from its author first.
    if !unscored.is_empty() && !form.scores.is_empty() {
        allow_unscored(&mut definition, &form, &unscored, &proofs);
        files = texts(&definition);
        checked = self::checked(&definition.file.id, &files);
    }
    let mut findings = std::mem::take(&mut form.findings);
    findings.append(&mut definition.findings);
    findings.extend(not_understood(&proofs));
    findings.sort_by_key(|finding| finding.kind);
    let errors = errors(&checked);
    Ok(Imported { id: definition.file.id, files, proofs, findings, errors })
}

/// Silences the lint about items on no scale, because the source scores them nowhere, or only in a score that was not
/// understood.
fn allow_unscored(definition: &mut Definition, form: &Form, unscored: &[String], proofs: &[Proof]) {
    let lost = proofs.iter().filter(|proof| {
        proof.subject == Subject::Score && matches!(proof.outcome, Outcome::NotUnderstood(_))
    });
    let lost: Vec<String> = lost.map(|proof| letters(&proof.text)).collect();
    let mut items = form.items.iter().filter(|item| unscored.contains(&item.id));
    let of_lost = items.any(|item| {
        let column = letters(&item.column);
        column.len() > 2 && lost.iter().any(|text| text.contains(&column))
    });
    if of_lost {
        let reason = "The source scores these nowhere that could be taken over.";
        return definition.allow_unscored(None, reason);
    }
    for item in unscored {
        definition.allow_unscored(Some(item), "The source scores it nowhere.");
    }
}

/// The letters and digits of a name or an expression, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|letter| letter.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Takes out scores, bands and conditions in which our model finds errors. Returns whether there were any.
fn take_out(form: &mut Form, definition: &Definition) -> bool {
    let (_, found) = scalewright_model::resolve(&definition.file);
    let errors = found.iter().filter(|found| found.severity == scalewright_model::Severity::Error);
    let mut any = false;
    for error in errors {
        let Some(label) = error.labels.first() else { continue };
        let because = format!("the definition cannot express it: {}", error.message);
        any |= match label.pointer.segments() {
            [list, position, rest @ ..] if is(list, "scales") => {
                let score = index(position).and_then(|scale| definition.scores.get(scale));
                let is_band = rest.first().is_some_and(|key| is(key, "bands"));
                score.is_some_and(|score| match is_band {
                    true => lose_bands(form, *score, &error.message),
                    false => lose(&mut form.scores[*score].rule, because),
                })
            }
            [list, position, key, ..] if is(list, "items") && is(key, "ask-if") => {
                let rule = index(position).and_then(|item| form.items[item].condition.as_mut());
                rule.is_some_and(|rule| lose(rule, because))
            }
            [list, position, key, ..] if is(list, "notes") && is(key, "ask-if") => {
                let rule = index(position).and_then(|note| form.notes[note].condition.as_mut());
                rule.is_some_and(|rule| lose(rule, because))
            }
            _ => false,
        };
    }
    any
}

/// Takes out scores that use a score which was not understood.
fn lose_dependents(form: &mut Form) {
    let is_lost =
        |form: &Form, at: usize| matches!(form.scores[at].rule.target, Target::NotUnderstood(_));
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); form.scores.len()];
    for (user, score) in form.scores.iter().enumerate() {
        let used = score.rule.source.as_ref().map(|source| source.uses()).unwrap_or_default();
        for used in used {
            if let Some(users) = users.get_mut(used) {
                users.push(user);
            }
        }
    }
    let mut open: Vec<usize> = (0..users.len()).filter(|at| is_lost(form, *at)).collect();
    while let Some(lost) = open.pop() {
        let because = format!("it uses `{}`, which was not understood", form.scores[lost].column);
        for user in &users[lost] {
            if lose(&mut form.scores[*user].rule, because.clone()) {
                open.push(*user);
            }
        }
    }
}

/// Takes a rule out. Returns whether it was in.
fn lose(rule: &mut Rule, because: String) -> bool {
    let was_in = !matches!(rule.target, Target::NotUnderstood(_));
    if was_in {
        rule.target = Target::NotUnderstood(because);
    }
    was_in
}

/// Takes the bands of a score out. Returns whether there were any.
fn lose_bands(form: &mut Form, score: usize, because: &str) -> bool {
    let score = &mut form.scores[score];
    let any = !score.bands.is_empty();
    if any {
        score.bands.clear();
        let message = format!("the bands of `{}` are left out: {because}", score.id);
        form.findings.push(Finding::new(Kind::Doubtful, "bands", &score.rule.place, message));
    }
    any
}

/// Takes the bands out of scores whose bands our check refuses. Returns whether there were any.
fn without_bands(form: &mut Form, definition: &Definition, checked: &Checked) -> bool {
    let errors = checked
        .findings
        .iter()
        .filter(|finding| finding.is_error() && finding.code.starts_with("band"));
    let mut any = false;
    for error in errors {
        let scale = entry_of(error, "scales").and_then(|scale| definition.scores.get(scale));
        any |= scale.is_some_and(|score| lose_bands(form, *score, &error.message));
    }
    any
}

/// The position in a list of the definition that a finding is about.
fn entry_of(finding: &scalewright_check::Finding, list: &str) -> Option<usize> {
    let mark = finding.marks.first().filter(|mark| mark.document == 0)?;
    match mark.pointer.segments() {
        [of, position, ..] if is(of, list) => index(position),
        _ => None,
    }
}

fn is(segment: &scalewright_model::Segment, key: &str) -> bool {
    matches!(segment, scalewright_model::Segment::Key(name) if name == key)
}

fn index(segment: &scalewright_model::Segment) -> Option<usize> {
    match segment {
        scalewright_model::Segment::Index(index) => Some(*index),
        scalewright_model::Segment::Key(_) => None,
    }
}

/// The files of a definition.
fn texts(definition: &Definition) -> Vec<(String, Vec<u8>)> {
    let mut writer = Writer::new();
    for (at, text) in &definition.comments {
        writer = writer.beside(at.clone(), text);
    }
    let mut files =
        vec![("instrument.toml".to_owned(), writer.instrument(&definition.file).into_bytes())];
    let wording = |wording: &WordingFile| {
        let items = definition.file.items.iter().map(|item| item.id.clone());
        Writer::new().order(Pointer::top("items"), items).wording(wording).into_bytes()
    };
    for translation in &definition.wordings {
        files.push((format!("{}.toml", translation.language), wording(translation)));
    }
    for private in &definition.private {
        files.push((format!("private/{}.toml", private.language), wording(private)));
    }
    if !definition.columns.is_empty() {
        files.push(("import/columns.toml".to_owned(), columns(definition).into_bytes()));
    }
    files
}

/// The table that `scalewright score --map` reads.
fn columns(definition: &Definition) -> String {
    let mut text =
        "# The names of the columns in data of the source: scalewright score --map\n[columns]\n"
            .to_owned();
    for item in &definition.file.items {
        if let Some(column) = definition.columns.get(&item.id) {
            text.push_str(&format!("{} = {}\n", item.id, quoted(column)));
        }
    }
    text
}

/// A text as a TOML string.
fn quoted(text: &str) -> String {
    let mut quoted = String::from('"');
    for letter in text.chars() {
        match letter {
            '"' | '\\' => {
                quoted.push('\\');
                quoted.push(letter);
            }
            letter if letter.is_control() => {
                quoted.push_str(&format!("\\u{:04X}", u32::from(letter)))
            }
            letter => quoted.push(letter),
        }
    }
    quoted.push('"');
    quoted
}

pub(crate) fn checked(id: &str, texts: &[(String, Vec<u8>)]) -> Checked {
    let source =
        |(name, bytes): &(String, Vec<u8>)| Source { name: name.clone(), bytes: bytes.clone() };
    let other = |name: &str| !["instrument.toml", "cases.toml", "key.toml"].contains(&name);
    let beside = texts.iter().filter(|(name, _)| !name.contains('/') && other(name)).map(source);
    let cases = texts.iter().find(|(name, _)| name == "cases.toml").map(source);
    let supplied = texts.iter().filter(|(name, _)| name.starts_with("private/")).map(source);
    check(Input {
        folder: Some(id.to_owned()),
        beside: beside.collect(),
        cases,
        key: texts.iter().find(|(name, _)| name == "key.toml").map(source),
        supplied: supplied.collect(),
        ..Input::alone(source(&texts[0]))
    })
}

/// The items that the lint about items on no scale reports.
fn unscored(definition: &Definition, checked: &Checked) -> Vec<String> {
    let found = checked.findings.iter().filter(|finding| finding.code == "item-on-no-scale");
    let items = found.filter_map(|finding| definition.file.items.get(entry_of(finding, "items")?));
    items.map(|item| item.id.clone()).collect()
}

/// The errors of the definition, each as a line.
pub(crate) fn errors(checked: &Checked) -> Vec<String> {
    let errors = checked.findings.iter().filter(|finding| finding.is_error());
    errors.map(|finding| finding.message.clone()).collect()
}

/// A finding for each rule that is not in the definition.
fn not_understood(proofs: &[Proof]) -> Vec<Finding> {
    let missing = proofs.iter().filter_map(|proof| match &proof.outcome {
        Outcome::NotUnderstood(reason) => Some((proof, reason)),
        Outcome::Equal(_) | Outcome::Differs(_) | Outcome::NotProved(_) => None,
    });
    missing
        .map(|(proof, reason)| {
            let what = match proof.subject {
                Subject::Score => "score",
                Subject::Condition => "condition",
            };
            Finding::new(
                Kind::NotUnderstood,
                what,
                &proof.place,
                format!("the {what} of `{}` is left out: {reason}", proof.id),
            )
        })
        .collect()
}
