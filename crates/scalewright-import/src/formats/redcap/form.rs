//! Reads one form of a project.

mod answers;
mod around;
mod items;
mod names;
mod own;
mod scores;
mod tags;
mod texts;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::columns::Column;
use super::field::Field;
use super::notes::listed;
use super::project::{Project, Record};
use crate::finding::{Finding, Kind};
use crate::form::Form;
use crate::ids::Ids;
use crate::options::Options;
use crate::place::Place;
use crate::words::Words;
use around::State;
use texts::Texts;

/// The most items of a form.
pub(super) const MOST_ITEMS: usize = 5000;

/// What a field of the project has become.
pub(super) struct Known<'a> {
    /// All fields by name. Of two with the same name, the first.
    pub(super) fields: HashMap<&'a str, &'a Field>,
    /// The record id.
    pub(super) record: Option<&'a str>,
}

impl<'a> Known<'a> {
    pub(super) fn of(project: &'a Project) -> Self {
        let mut fields: HashMap<&str, &Field> = HashMap::new();
        for field in &project.fields {
            fields.entry(&field.name).or_insert(field);
        }
        let record = match &project.record {
            Record::Named(name) => Some(name.as_str()),
            Record::None => None,
            Record::First => {
                let first = project.fields.first().filter(|field| field.kind == "text");
                first.map(|field| field.name.as_str()).filter(|name| looks_like_record(name))
            }
        };
        Self { fields, record }
    }
}

/// Whether the first field of a dictionary has the name of a record id.
fn looks_like_record(name: &str) -> bool {
    name.ends_with("id")
        || name.split('_').any(|word| matches!(word, "id" | "record" | "subject" | "participant"))
}

/// Reads one form.
pub(super) struct Reader<'a> {
    options: &'a Options,
    project: &'a Project,
    known: &'a Known<'a>,
    name: &'a str,
    file: &'a str,
    fields: Vec<&'a Field>,
    ids: Ids,
    form: Form,
    /// The position of each item, by the name of its field.
    items: HashMap<&'a str, usize>,
    /// The position of each note with a condition, by the name of its field.
    notes: HashMap<&'a str, usize>,
    /// The position of each box of a checkbox, by field and code.
    boxes: HashMap<(&'a str, String), usize>,
    /// The position of each score, by the name of its field.
    scores: HashMap<&'a str, usize>,
    /// Why fields of the form are neither: clauses by the names of the fields.
    left_out: HashMap<&'a str, String>,
    /// The position of each response scale, by what it consists of.
    answers: BTreeMap<String, usize>,
    texts: Texts,
    /// The codes of options that mean no answer.
    non_responses: BTreeSet<String>,
    /// The fields that have each action tag.
    tags: BTreeMap<String, Vec<&'a Field>>,
    /// Findings that concern several fields: the first place and the fields, by kind, code and message.
    shared: BTreeMap<(Kind, &'static str, String), (Place, Vec<&'a str>)>,
    /// Whether the form was exported by this program.
    is_ours: bool,
    state: State<'a>,
}

/// Reads the form with this name.
pub(super) fn read<'a>(
    file: &'a str,
    name: &'a str,
    project: &'a Project,
    known: &'a Known<'a>,
    fields: Vec<&'a Field>,
    options: &'a Options,
) -> Form {
    let mut reader = Reader {
        options,
        project,
        known,
        name,
        file,
        fields,
        ids: Ids::default(),
        form: Form::default(),
        items: HashMap::new(),
        notes: HashMap::new(),
        boxes: HashMap::new(),
        scores: HashMap::new(),
        left_out: HashMap::new(),
        answers: BTreeMap::new(),
        texts: Texts::default(),
        non_responses: BTreeSet::new(),
        tags: BTreeMap::new(),
        shared: BTreeMap::new(),
        is_ours: false,
        state: State::default(),
    };
    reader.head();
    reader.fields();
    reader.conditions();
    reader.scores();
    reader.finish()
}

impl<'a> Reader<'a> {
    fn report(
        &mut self,
        kind: Kind,
        code: &'static str,
        place: &Place,
        message: impl Into<String>,
    ) {
        self.form.findings.push(Finding::new(kind, code, place, message));
    }

    /// Reports something about a field, in one finding with the other fields of which the same is true.
    fn share(
        &mut self,
        kind: Kind,
        code: &'static str,
        field: &'a Field,
        column: Column,
        message: &str,
    ) {
        let shared = self.shared.entry((kind, code, message.to_owned()));
        let (_, names) = shared.or_insert_with(|| (field.place(column), Vec::new()));
        names.push(&field.name);
    }

    /// Reports something with what to do about it.
    fn advise(&mut self, kind: Kind, code: &'static str, place: &Place, message: &str, help: &str) {
        self.form.findings.push(Finding::new(kind, code, place, message).help(help));
    }

    /// Words without markup.
    fn words(&mut self, words: &Words, most: usize, place: &Place) -> Words {
        self.texts.words(words, most, place, &self.known.fields)
    }

    /// A text in the main language of the file.
    fn tagged(&self, text: &str) -> Words {
        let mut words = Words::default();
        words.add(self.project.language.as_deref().unwrap_or_default(), text);
        words
    }

    /// The title of the form, and what the file says about it.
    fn head(&mut self) {
        let facts = self.project.forms.get(self.name).cloned().unwrap_or_default();
        self.form.id = Ids::instrument(self.name);
        let place = Place::new(self.file, "");
        let titled = self.words(&facts.title, 300, &place);
        self.form.titled.title =
            if titled.is_empty() { Words::only(&spoken(self.name)) } else { titled };
        self.form.language = self.project.language.clone();
        self.form.titled.citation =
            format!("{}, {}, form {}.", self.file, self.project.title, self.name);
        if facts.events.len() > 1 {
            let events = listed(facts.events.iter().map(String::as_str));
            self.report(
                Kind::Note,
                "events",
                &place,
                format!("the form is asked at several events: {events}"),
            );
        }
        if facts.is_repeating {
            self.report(
                Kind::Note,
                "repeating",
                &place,
                "the form can be answered several times for one record",
            );
        }
        self.missing_codes(&place);
    }

    /// Codes that are stored instead of an answer.
    fn missing_codes(&mut self, place: &Place) {
        if self.project.missing.is_empty() {
            return;
        }
        let codes = self.project.missing.iter().map(|(code, label)| format!("`{code}` ({label})"));
        let codes = codes.collect::<Vec<_>>().join(", ");
        let message = format!("the project stores codes instead of missing answers: {codes}");
        self.advise(
            Kind::Note,
            "missing-codes",
            place,
            &message,
            "treat these codes as blanks when you score data of the project",
        );
    }

    /// What was noticed about the form as a whole.
    fn finish(mut self) -> Form {
        self.after_last_item();
        self.report_tags();
        for ((kind, code, message), (place, names)) in std::mem::take(&mut self.shared) {
            let names = listed(names.into_iter());
            self.report(kind, code, &place, format!("{message}: {names}"));
        }
        let file = self.file;
        self.form.findings.extend(self.ids.finding(file));
        self.form.findings.extend(self.texts.findings(file));
        self.form
    }
}

/// A name of a form as a title: `walk_log` is `Walk log`.
pub(super) fn spoken(name: &str) -> String {
    let text = name.replace('_', " ");
    let mut letters = text.trim().chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}
