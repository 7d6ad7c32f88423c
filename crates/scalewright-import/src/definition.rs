//! A form as a definition with its wording files.

mod rights;
mod scales;
mod translations;
mod words;

use std::collections::BTreeMap;

use scalewright_model::file::{
    AdministrationFile, AllowFile, InstrumentFile, ItemFile, NoteFile, ReferenceFile, WordingFile,
};
use scalewright_model::{Pointer, Respondent, Status, Stop, WordingPolicy};

use crate::finding::{Finding, Kind};
use crate::form::rule::{Rule, Target};
use crate::form::{Form, Note};
use crate::options::Options;
use crate::place::Place;

/// A definition made from a form, as files that are not yet texts.
#[derive(Debug, Clone)]
pub struct Definition {
    /// `instrument.toml`.
    pub file: InstrumentFile,
    /// The wording files that belong beside the definition. Those that lack words say so.
    pub wordings: Vec<WordingFile>,
    /// The wording files of all languages, if the wording is withheld. They do not belong beside the definition.
    pub private: Vec<WordingFile>,
    /// Comments of the definition.
    pub comments: Vec<(Pointer, String)>,
    /// The names of columns in data of the source that differ from our ids: column by id.
    pub columns: BTreeMap<String, String>,
    /// For each scale of the definition, the score of the form, by position.
    pub scores: Vec<usize>,
    /// What was assumed or changed.
    pub findings: Vec<Finding>,
}

impl Definition {
    /// Makes the definition of `form`, whose source is called `file`.
    ///
    /// # Errors
    ///
    /// Returns a stop if a decision of the user is missing, such as the language.
    pub fn of(form: &Form, file: &str, options: &Options) -> Result<Self, Stop> {
        let language = language(form, options)?;
        let id = options.id.clone().unwrap_or_else(|| form.id.clone());
        let mut made = Maker {
            form,
            language: &language,
            place: Place::new(file, ""),
            comments: Vec::new(),
            findings: Vec::new(),
        };
        let rights = made.rights(options);
        let withheld = rights.wording == WordingPolicy::Withheld;
        let administration = made.administration(options);
        let title = made.title();
        let mut definition = InstrumentFile::new(&id, &title, &language, rights, administration);
        made.head(&mut definition);
        made.body(&mut definition, withheld);
        let scores = made.scales(&mut definition);
        let mut wordings = made.translations(&definition);
        let mut private = Vec::new();
        if withheld {
            private.push(made.wording(&definition, &language).0);
            private.append(&mut wordings);
        }
        let columns = columns(form);
        let Maker { comments, findings, form: _, language: _, place: _ } = made;
        Ok(Self { file: definition, wordings, private, comments, columns, scores, findings })
    }

    /// Silences the lint about items on no scale at `item`, or everywhere, with a reason.
    pub fn allow_unscored(&mut self, item: Option<&str>, reason: &str) {
        self.file.allow.push(AllowFile {
            lint: "item-on-no-scale".to_owned(),
            at: item.map(str::to_owned),
            reason: reason.to_owned(),
        });
    }
}

/// The language of the definition: the one of the options, unless the source states only other ones.
fn language(form: &Form, options: &Options) -> Result<String, Stop> {
    if let Some(wanted) = &options.language {
        let stated = stated(form);
        let has_wanted = stated.iter().any(|tag| tag == wanted);
        if !has_wanted && let [first, ..] = &stated[..] {
            let languages = crate::words::some_of(stated.iter().map(String::as_str));
            return Err(Stop::usage(format!(
                "the source of `{}` has no words in `{wanted}`, but in {languages}",
                form.id
            ))
            .help(format!("leave `--language` out, or give `--language {first}`")));
        }
    }
    options.language.clone().or_else(|| form.language.clone()).ok_or_else(|| {
        Stop::usage(format!("the source of `{}` does not say in which language it is", form.id))
            .help("add `--language` with a BCP 47 tag, such as `--language en`")
    })
}

/// The languages in which a source has the words of its items, as far as it states any. None if some words are in no
/// language that it states.
fn stated(form: &Form) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for (tag, _) in form.items.iter().flat_map(|item| item.stem.iter()) {
        if tag.is_empty() {
            return Vec::new();
        }
        if !tags.iter().any(|known| known == tag) {
            tags.push(tag.to_owned());
        }
    }
    tags
}

/// The columns whose names differ from the ids.
fn columns(form: &Form) -> BTreeMap<String, String> {
    let items = form.items.iter().map(|item| (&item.id, &item.column));
    let differing = items.filter(|(id, column)| id != column && !column.is_empty());
    differing.map(|(id, column)| (id.clone(), column.clone())).collect()
}

/// Makes a definition, and collects comments and findings.
struct Maker<'a> {
    form: &'a Form,
    language: &'a str,
    place: Place,
    comments: Vec<(Pointer, String)>,
    findings: Vec<Finding>,
}

impl Maker<'_> {
    /// Notes a decision that the author has to make.
    fn assume(&mut self, at: Pointer, code: &'static str, message: &str) {
        self.comments.push((at, format!("TODO: {message}")));
        self.findings.push(Finding::new(Kind::Assumed, code, &self.place, message));
    }

    fn administration(&mut self, options: &Options) -> AdministrationFile {
        let known = options.respondent.or(self.form.respondent);
        if known.is_none() {
            let message = "the source does not say who answers";
            // No `TODO`: the lint `unknown-respondent` asks for the decision already.
            let at = Pointer::top("administration").key("respondent");
            self.comments.push((at, message.to_owned()));
            self.findings.push(Finding::new(Kind::Assumed, "respondent", &self.place, message));
        }
        let respondent = known.unwrap_or(Respondent::Unknown);
        AdministrationFile { respondent, ..AdministrationFile::new() }
    }

    fn title(&self) -> String {
        let title = self.form.titled.title.of(self.language);
        title.map_or_else(|| self.form.id.clone(), |title| words::shortened(title, 300))
    }

    /// Title, version, status and references.
    fn head(&mut self, file: &mut InstrumentFile) {
        let titled = &self.form.titled;
        file.short_title = titled.short_title.clone().filter(|text| text.chars().count() <= 40);
        file.description = titled.description.as_deref().map(|text| words::shortened(text, 10_000));
        file.url = titled.url.clone();
        file.date = titled.date.clone();
        match titled.version.as_deref().and_then(version) {
            Some(version) => {
                if Some(&version) != titled.version.as_ref() {
                    let text = format!(
                        "the source says {}",
                        titled.version.as_deref().unwrap_or_default()
                    );
                    self.comments.push((Pointer::top("version"), text));
                }
                file.version = version;
            }
            None => self.comments.push((Pointer::top("version"), "not in the source".to_owned())),
        }
        file.status = titled.status.unwrap_or(Status::Development);
        if titled.status.is_none() {
            self.comments.push((Pointer::top("status"), "not in the source".to_owned()));
        }
        file.references = vec![ReferenceFile {
            id: "import".to_owned(),
            citation: words::shortened(&titled.citation, 2000),
            doi: None,
            url: None,
            note: None,
        }];
        file.references.extend(self.form.references.iter().cloned());
    }

    /// Response scales, sections and items.
    fn body(&mut self, file: &mut InstrumentFile, withheld: bool) {
        file.instructions = self.included(withheld, &self.form.titled.instructions, 10_000);
        for response in &self.form.responses {
            let used = self
                .form
                .items
                .iter()
                .any(|item| self.form.responses[item.response].name == response.name);
            if used {
                file.response_scales
                    .insert(response.name.clone(), self.response(response, withheld));
            }
        }
        let used = |index| self.form.items.iter().any(|item| item.section == Some(index));
        file.sections = (0..self.form.sections.len())
            .filter(|index| used(*index))
            .map(|index| self.section(&self.form.sections[index], withheld))
            .collect();
        file.items = self.form.items.iter().map(|item| self.item(item, withheld)).collect();
        file.notes = self.form.notes.iter().filter_map(|note| self.note(note, withheld)).collect();
    }

    /// A note, unless there is no item beside it.
    fn note(&self, note: &Note, withheld: bool) -> Option<NoteFile> {
        let items = &self.form.items;
        let id = |at: usize| items.get(at).map(|item| item.id.clone());
        let next = if note.is_after { None } else { id(note.at) };
        let last = if next.is_some() { None } else { id(note.at.checked_sub(1)?) };
        let text = self.included(withheld, &note.text, 10_000);
        Some(NoteFile {
            id: note.id.clone(),
            // As for items: a placeholder where the source has words in other languages only.
            text: text.or_else(|| (!withheld).then(|| note.id.clone())),
            before: next,
            after: last,
            ask_if: note.condition.as_ref().and_then(condition),
        })
    }

    fn item(&self, item: &crate::form::Item, withheld: bool) -> ItemFile {
        let response = &self.form.responses[item.response].name;
        ItemFile {
            number: item.number.clone().filter(|number| number.chars().count() <= 12),
            stem: self.included(withheld, &item.stem, 4000).or_else(|| {
                // A stem is needed where wording is included: the name of the column, as a placeholder to be replaced.
                (!withheld).then(|| item.column.clone())
            }),
            section: item.section.map(|index| self.form.sections[index].id.clone()),
            required: item.required,
            ask_if: item.condition.as_ref().and_then(condition),
            ..ItemFile::new(&item.id, response)
        }
    }
}

/// The formula of a condition.
fn condition(rule: &Rule) -> Option<String> {
    match &rule.target {
        Target::Formula(formula) => Some(formula.clone()),
        Target::Scale(_) | Target::NotUnderstood(_) => None,
    }
}

/// A version of our form: three numbers. `1.0` is `1.0.0`, `v2` is `2.0.0`.
fn version(text: &str) -> Option<String> {
    let text = text.trim().trim_start_matches(['v', 'V']);
    let (numbers, rest) = text.split_at(text.find('-').unwrap_or(text.len()));
    let parts: Vec<&str> = numbers.split('.').collect();
    let are_numbers = parts.iter().all(|part| {
        (1..=9).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    });
    let rest_is_valid = rest.is_empty()
        || rest.len() > 1
            && rest[1..].bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-".contains(&byte));
    if !are_numbers || parts.len() > 3 || !rest_is_valid || text.len() > 50 {
        return None;
    }
    let number = |index: usize| parts.get(index).copied().unwrap_or("0");
    Some(format!("{}.{}.{}{rest}", number(0), number(1), number(2)))
}
