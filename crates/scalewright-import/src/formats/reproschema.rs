//! ReproSchema: an activity as a folder of JSON-LD files, with a file for each item and for shared answers.
//!
//! The player shows the entries of `ui.order`; `ui.addProperties` gives each its variable, its condition and whether an
//! answer is required. Computations and conditions are JavaScript, in which the player substitutes the answers.

mod answers;
mod files;
pub(crate) mod folder;
mod head;
mod items;
mod numbers;
mod order;
mod pending;
mod scores;
#[cfg(test)]
mod tests;
mod texts;

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::Stop;
use serde_json::Value;

use crate::empty;
use crate::finding::{Finding, Kind};
use crate::form::Form;
use crate::format::Format;
use crate::ids::Ids;
use crate::json::Node;
use crate::left_out::LeftOut;
use crate::limits;
use crate::options::Options;
use crate::place::Place;
use crate::source::Opened;
use files::{Category, Files};
use pending::{Pending, Scope, State};
use texts::Texts;

/// The format.
pub(super) static FORMAT: Format = Format {
    name: "reproschema",
    title: "a ReproSchema activity",
    recognises: |opened| opened.json().is_some_and(recognises),
    read: |opened, options| Ok(vec![read(opened, options)?]),
};

/// Whether a JSON document belongs to ReproSchema.
fn recognises(document: &Value) -> bool {
    let has = |key: &str, name: &str| {
        document.get(key).is_some_and(|value| value.to_string().contains(name))
    };
    match files::category(document) {
        Some(Category::Activity) => document.get("ui").is_some_and(Value::is_object),
        Some(_) => has("@context", "reproschema") || has("@type", "reproschema"),
        None => false,
    }
}

/// Reads an activity with its items.
fn read(opened: &Opened<'_>, options: &Options) -> Result<Form, Stop> {
    let document = opened.json().unwrap_or(&Value::Null);
    let file = opened.name();
    if files::category(document) != Some(Category::Activity) {
        let stop =
            Stop::wrong(format!("{file}: the file is a part of ReproSchema, but not an activity"));
        return Err(stop.help("import the activity: the file whose `category` is `Activity`"));
    }
    let files = Files::read(file, document, opened.sources.beside);
    let mut reader = Reader {
        options,
        files: &files,
        texts: Texts::default(),
        ids: Ids::default(),
        form: Form { keeps_hidden: true, ..Form::default() },
        answers: BTreeMap::new(),
        scopes: Vec::new(),
        lost: BTreeSet::new(),
        pending: Vec::new(),
        text_numbers: BTreeSet::new(),
        unasked: BTreeMap::new(),
        left_out: LeftOut::default(),
    };
    let root = Node::root(file, document);
    reader.head(&root);
    if root.has(folder::COLLECTED) {
        let message = "the folder has no activity: its items are imported in the order of their names, without conditions and scores";
        reader.report(Kind::Doubtful, "no-activity", &root, message);
    }
    reader.activity(&root, &mut State::default());
    if reader.form.items.is_empty() {
        let what = "the activity has no items to answer";
        return Err(empty::stop(file, what, &reader.form.findings));
    }
    reader.rules();
    Ok(reader.finished(file))
}

/// Reads one activity.
struct Reader<'a> {
    options: &'a Options,
    files: &'a Files<'a>,
    texts: Texts,
    ids: Ids,
    form: Form,
    /// The position of each response scale, by what it consists of.
    answers: BTreeMap<String, usize>,
    /// The variables of each activity.
    scopes: Vec<Scope>,
    /// The variables of items that were left out.
    lost: BTreeSet<String>,
    /// The conditions and computations, which are read when all variables are known.
    pending: Vec<Pending>,
    /// The items for which the source stores digits as texts.
    text_numbers: BTreeSet<usize>,
    /// The items of variables that are not in the order, by variable.
    unasked: BTreeMap<String, String>,
    left_out: LeftOut,
}

impl<'a> Reader<'a> {
    /// Reports something about a part of the source.
    fn report(
        &mut self,
        kind: Kind,
        code: &'static str,
        at: &Node<'_>,
        message: impl Into<String>,
    ) {
        self.form.findings.push(Finding::new(kind, code, &at.place(), message));
    }

    fn finished(mut self, file: &str) -> Form {
        self.form.language = self.texts.main();
        self.form.findings.extend(self.ids.finding(file));
        self.form.findings.extend(self.texts.findings(file));
        self.form.findings.extend(self.left_out.findings());
        let place = Place::new(file, "");
        self.form.findings.extend(limits::findings(&self.form, &place));
        if let Some((first, count)) = self.files.with_nan() {
            let message =
                format!("{count} files contain `NaN`, which is not JSON; it is read as nothing");
            let first = Place::new(first, "");
            self.form.findings.push(Finding::new(Kind::Doubtful, "nan", &first, message));
        }
        if !self.form.scores.is_empty() {
            let message = "the player counts an answer that was skipped or is \"don't know\" as 0 in computations and conditions; in our scores it is missing";
            self.form.findings.push(Finding::new(Kind::Note, "skipped", &place, message));
        }
        self.form
    }
}
