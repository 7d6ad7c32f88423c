//! The items of an activity, in its order, with their properties.

use super::Reader;
use super::answers::is_shown;
use super::files::{Category, category};
use super::head::bare;
use super::order::stated;
use super::pending::{Pending, Scope, State, Subject};
use crate::around::Around;
use crate::finding::Kind;
use crate::form::Item;
use crate::json::Node;
use crate::words::Words;

/// The most items of a form.
const MOST_ITEMS: usize = 5000;

/// The greatest depth of activities inside each other.
const DEEPEST: usize = 8;

/// The keys of an item that are understood, or that say nothing about it.
const KEYS: &[&str] = &[
    "@context",
    "@id",
    "@type",
    "id",
    "category",
    "schemaVersion",
    "version",
    "prefLabel",
    "question",
    "preamble",
    "responseOptions",
    "ui",
];

impl<'a> Reader<'a> {
    /// Reads an activity, or one inside another.
    pub(super) fn activity(&mut self, activity: &Node<'a>, state: &mut State<'a>) {
        self.unread(activity);
        let file = activity.place().file;
        self.scopes.push(Scope::default());
        let scope = self.scopes.len() - 1;
        self.computed(activity, scope);
        let properties = self.properties(activity);
        let preamble = self.texts.words(&activity.get("preamble"));
        state.around.lead_in = preamble.clone();
        state.inside.push(file.clone());
        let texts = state.unused.len();
        let mut read: Vec<String> = Vec::new();
        for entry in activity.get("ui").get("order").list() {
            let Some(path) = self.path_of(&file, &entry) else { continue };
            if read.contains(&path) {
                self.report(
                    Kind::Doubtful,
                    "twice",
                    &entry,
                    format!("`{path}` is in the order a second time, and is imported once"),
                );
                continue;
            }
            let property = properties.get(&path).cloned();
            self.entry(&entry, property, scope, state);
            read.push(path);
            state.around.lead_in = preamble.clone();
        }
        self.not_in_order(&properties, &read, scope);
        self.flush(state, texts);
        state.inside.pop();
    }

    /// Reads an entry of the order: an item, instructions, or an activity inside.
    fn entry(
        &mut self,
        entry: &Node<'a>,
        property: Option<Node<'a>>,
        scope: usize,
        state: &mut State<'a>,
    ) {
        let stated = stated(entry).unwrap_or_default();
        let variable = property.as_ref().and_then(|property| property.get("variableName").text());
        if variable.is_some_and(|name| self.scopes[scope].is_score(name)) {
            return;
        }
        let Some(condition) = self.visibility(property.as_ref(), scope, stated) else { return };
        let files = self.files;
        let is_inline = category(entry.value()) == Some(Category::Item);
        let document = match files.get(&entry.place().file, stated) {
            _ if is_inline => entry.clone(),
            Ok(document) => document,
            Err(reason) => {
                let message =
                    format!("{reason}, so that `{}` is left out", variable.unwrap_or(stated));
                self.report(Kind::NotUnderstood, "missing-file", entry, message);
                self.lost.extend(variable.map(str::to_owned));
                return;
            }
        };
        let before = state.conditions.len();
        state.conditions.extend(condition);
        match category(document.value()) {
            Some(Category::Activity) => self.inside(entry, &document, state),
            Some(Category::Item) => self.item(entry, &document, property, scope, state),
            _ => self.report(
                Kind::NotUnderstood,
                "category",
                entry,
                format!("`{stated}` is neither an item nor an activity, and is left out"),
            ),
        }
        state.conditions.truncate(before);
    }

    /// Reads an activity that is an entry of another.
    fn inside(&mut self, entry: &Node<'a>, activity: &Node<'a>, state: &mut State<'a>) {
        let place = activity.place();
        if state.inside.contains(&place.file) || state.inside.len() >= DEEPEST {
            self.report(
                Kind::NotUnderstood,
                "nested",
                entry,
                "an activity that contains itself, or is nested too deeply, is left out",
            );
            return;
        }
        let message = format!(
            "the items of the activity `{}` inside this one are imported in its place",
            place.file
        );
        self.report(Kind::Changed, "nested", entry, message);
        let outer = std::mem::take(&mut state.around);
        state.around.title = self.texts.words(&activity.get("prefLabel"));
        let name = activity.get("id").text().map(bare);
        state.section = name;
        self.activity(activity, state);
        state.groups.end();
        state.section = None;
        state.around = outer;
    }

    /// Reads an item.
    fn item(
        &mut self,
        entry: &Node<'a>,
        item: &Node<'a>,
        property: Option<Node<'a>>,
        scope: usize,
        state: &mut State<'a>,
    ) {
        self.left_out.keys(item, "an item", KEYS);
        self.left_out.keys(&item.get("ui"), "the `ui` of an item", &["inputType", "readonlyValue"]);
        let stem = self.stem(item);
        let preamble = self.texts.words(&item.get("preamble"));
        if item.get("ui").get("inputType").text().is_some_and(is_shown) {
            let file = item.place().file;
            let variable = property.and_then(|property| property.get("variableName").text());
            let name = variable.unwrap_or_else(|| bare(stated(entry).unwrap_or(&file)));
            return self.instructions(item, name, &preamble.then(&stem), state);
        }
        if self.form.items.len() >= MOST_ITEMS {
            let message =
                format!("the activity has more than {MOST_ITEMS} items, and this one is left out");
            return self.report(Kind::NotUnderstood, "too-many", entry, message);
        }
        let variable = self.variable(entry, item, property.as_ref());
        let Some(response) = self.response(item, &variable) else {
            self.lost.insert(variable);
            return;
        };
        let around =
            Around { lead_in: state.around.lead_in.then(&preamble), ..state.around.clone() };
        let section =
            state.groups.section(&mut self.form, &mut self.ids, &around, &mut state.section);
        state.unused.clear();
        let position = self.form.items.len();
        if property.is_some() && !self.scopes[scope].add(&variable, position) {
            self.report(
                Kind::Doubtful,
                "same-variable",
                entry,
                format!("a second item has the variable `{variable}`; expressions use the first"),
            );
        }
        self.pending.extend(Pending::condition(Subject::Item(position), &state.conditions));
        let required =
            property.is_some_and(|property| property.get("valueRequired").truth() == Some(true));
        let id = self.ids.item(&variable);
        self.form.items.push(Item {
            id,
            column: variable,
            number: None,
            stem,
            response,
            section,
            required,
            condition: None,
            place: item.place(),
        });
        if self.has_text_numbers(item) {
            self.text_numbers.insert(position);
        }
    }

    /// The variable of an item. Without an entry in `addProperties` it is the name of its file, and no expression knows it.
    fn variable(
        &mut self,
        entry: &Node<'a>,
        item: &Node<'a>,
        property: Option<&Node<'a>>,
    ) -> String {
        let variable = property.and_then(|property| property.get("variableName").as_text());
        if let Some(name) = variable.filter(|name| !name.trim().is_empty()) {
            return name;
        }
        let file = item.place().file;
        let name = bare(stated(entry).unwrap_or(&file)).to_owned();
        let message = format!(
            "`{name}` has no variable in `addProperties`; computations and conditions do not know it"
        );
        self.report(Kind::Doubtful, "no-variable", entry, message);
        name
    }

    fn stem(&mut self, item: &Node<'a>) -> Words {
        let mut question = self.texts.asked(&item.get("question"));
        let label = self.texts.words(&item.get("prefLabel"));
        if !question.is_empty() {
            // A language of the question that was never written.
            let entries = item.get("question").entries().into_iter();
            let blank = entries.filter_map(|(key, text)| {
                text.value().as_str().is_some_and(|text| text.trim().is_empty()).then_some(key)
            });
            let blank: Vec<String> = blank.map(crate::words::tag).collect();
            let filled: Vec<&String> =
                blank.iter().filter(|language| label.is_in(language)).collect();
            for language in &filled {
                question.add(language, label.of(language).unwrap_or_default());
            }
            if let Some(language) = filled.first() {
                let message = format!(
                    "the `question` is blank in `{language}`, and its `prefLabel` is used as its words"
                );
                self.report(Kind::Doubtful, "no-question", item, message);
            }
            return question;
        }
        if !label.is_empty() {
            self.report(
                Kind::Changed,
                "no-question",
                item,
                "the item has no `question`, and its `prefLabel` is used as its words",
            );
        }
        label
    }

    /// Instructions before the first item are those of the form; later ones begin a section. Those that are not always
    /// shown, and those in a section with a heading or a preamble, are notes.
    fn instructions(&mut self, item: &Node<'a>, name: &str, words: &Words, state: &mut State<'a>) {
        if !state.conditions.is_empty() {
            let is_after = state.groups.has_begun(&state.around);
            let note = (words.clone(), &item.place());
            let note = self.form.note(&mut self.ids, name, note, is_after);
            let pending =
                note.map(|note| Pending::condition(Subject::Note(note), &state.conditions));
            self.pending.extend(pending.flatten());
        } else if (!state.around.title.is_empty() || !state.around.lead_in.is_empty())
            && state.groups.has_begun(&state.around)
        {
            self.form.note(&mut self.ids, name, (words.clone(), &item.place()), true);
        } else if self.form.items.is_empty() && state.inside.len() == 1 {
            self.form.titled.instructions = self.form.titled.instructions.then(words);
        } else {
            state.around.instruct(words, &state.groups);
            state.unused.push((name.to_owned(), words.clone(), item.place()));
        }
    }

    /// Instructions that no item of their activity follows. `first` is the number of instructions before the activity.
    fn flush(&mut self, state: &mut State<'a>, first: usize) {
        let first = first.min(state.unused.len());
        for (name, words, place) in state.unused.split_off(first) {
            self.form.note(&mut self.ids, &name, (words, &place), true);
        }
    }
}
