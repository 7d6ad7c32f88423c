//! The items and sections of an Open Scale Definition.

use super::Reader;
use super::conditions::Condition;
use crate::around::{Around, Groups};
use crate::finding::Kind;
use crate::form::Item;
use crate::json::Node;
use crate::place::Place;
use crate::words::Words;

/// The state of reading a list of items.
#[derive(Default)]
struct State<'a> {
    around: Around,
    /// The sections so far.
    groups: Groups,
    /// The id of the section, if the source has one.
    section: Option<&'a str>,
    /// The condition of the section.
    condition: Option<Node<'a>>,
    /// The instructions after the first item: the id, the words, the place, and the number of items before them.
    unused: Vec<(&'a str, Words, Place, usize)>,
}

/// The keys of items that are understood, or that only matter on a screen.
const KEYS: &[&str] = &[
    "id",
    "type",
    "text_key",
    "options",
    "visible_when",
    "dimension",
    "likert_points",
    "question_head",
    "number_min",
    "number_max",
    "likert_labels",
    "likert_min",
    "likert_max",
    "required",
    "min",
    "max",
    "rows",
    "columns",
    "min_label",
    "max_label",
    "validation",
    "title_key",
    "reverse",
    "likert_reverse",
    "random_group",
    "maxlength",
    "orientation",
    "anchors",
    "optional_rows",
    "min_selected",
    "max_selected",
    "input_type",
    "answer_alias",
    "randomize_options",
    "randomize",
];

impl<'a> Reader<'a> {
    pub(super) fn items(&mut self) {
        let mut state = State::default();
        for item in self.definition.get("items").list() {
            self.unknown(&item, KEYS);
            match item.get("type").text().unwrap_or_default() {
                "section" => self.section(&item, &mut state),
                "inst" => self.instructions(&item, &mut state),
                "image" | "imageresponse" | "audio" | "video" => {
                    self.report(
                        Kind::NotUnderstood,
                        "media",
                        &item,
                        "an item of images or sound is left out",
                    );
                }
                "grid" => self.grid(&item, &mut state),
                _ => self.item(&item, &mut state),
            }
        }
        // No item shows the instructions after the last one.
        let count = self.form.items.len();
        for (name, words, place, _) in state.unused.into_iter().filter(|(.., at)| *at == count) {
            self.form.note(&mut self.ids, name, (words, &place), true);
        }
    }

    fn section(&mut self, item: &Node<'a>, state: &mut State<'a>) {
        let key = item.get("title_key").text().or_else(|| item.get("text_key").text());
        state.around = Around {
            title: key.map(|key| self.texts.words(key)).unwrap_or_default(),
            ..Around::default()
        };
        state.section = item.get("id").text();
        state.condition = Some(item.get("visible_when")).filter(|node| !node.value().is_null());
    }

    /// Instructions before the first item are those of the form; later ones begin a section.
    fn instructions(&mut self, item: &Node<'a>, state: &mut State<'a>) {
        let Some(key) = item.get("text_key").text() else { return };
        let words = self.texts.words(key);
        let name = item.get("id").text().unwrap_or("note");
        if item.has("visible_when") && !self.is_shown_by_default(&item.get("visible_when")) {
            let Some(condition) = self.condition_of(item, state) else { return };
            let is_after = state.groups.has_begun(&state.around);
            let rule = condition.rule(&self.form, &item.get("visible_when"));
            let note = (words, &item.place());
            if let Some(note) = self.form.note(&mut self.ids, name, note, is_after) {
                self.form.notes[note].condition = rule;
            }
            return;
        }
        if self.form.items.is_empty() && state.around.title.is_empty() {
            self.form.titled.instructions = self.form.titled.instructions.then(&words);
        } else {
            state.around.instruct(&words, &state.groups);
            state.unused.push((name, words, item.place(), self.form.items.len()));
        }
    }

    fn item(&mut self, item: &Node<'a>, state: &mut State<'a>) {
        let Some(id) = item.get("id").text() else {
            self.report(Kind::NotUnderstood, "no-id", item, "an item without an id is left out");
            return;
        };
        let Some(condition) = self.condition_of(item, state) else { return };
        let Some(response) = self.response(item, id) else { return };
        let head = self.head_of(item);
        let section = self.section_of(&head, state);
        let stem = item.get("text_key").text().map(|key| self.texts.words(key)).unwrap_or_default();
        let own = self.ids.item(id);
        self.add(
            id,
            item,
            Item {
                id: own,
                column: id.to_owned(),
                number: None,
                stem,
                response,
                section,
                required: self.is_required(item),
                condition: condition.rule(&self.form, &item.get("visible_when")),
                place: item.place(),
            },
        );
    }

    /// Each row of a grid is an item.
    fn grid(&mut self, item: &Node<'a>, state: &mut State<'a>) {
        let Some(id) = item.get("id").text() else {
            self.report(Kind::NotUnderstood, "no-id", item, "an item without an id is left out");
            return;
        };
        let Some(condition) = self.condition_of(item, state) else { return };
        let Some(response) = self.response(item, id) else { return };
        let text = item.get("text_key").text().map(|key| self.texts.words(key)).unwrap_or_default();
        let head = self.head_of(item).then(&text);
        let section = self.section_of(&head, state);
        let optional: Vec<String> =
            item.get("optional_rows").list().filter_map(|row| row.as_text()).collect();
        for (index, row) in item.get("rows").list().enumerate() {
            let column = format!("{id}_{}", index + 1);
            let key = row.as_text().or_else(|| row.get("text_key").as_text()).unwrap_or_default();
            let required = self.is_required(item) && !optional.contains(&key);
            let own = self.ids.item(&column);
            let stem = self.texts.words(&key);
            self.add(
                &column,
                &row,
                Item {
                    id: own,
                    column: column.clone(),
                    number: None,
                    stem,
                    response,
                    section,
                    required,
                    condition: condition.rule(&self.form, &item.get("visible_when")),
                    place: row.place(),
                },
            );
        }
    }

    fn add(&mut self, name: &str, at: &Node<'a>, item: Item) {
        if self.items.contains_key(name) {
            self.report(
                Kind::Doubtful,
                "same-id",
                at,
                format!("a second item has the id `{name}`; scores use the first"),
            );
        }
        self.items.entry(name.to_owned()).or_insert(self.form.items.len());
        self.form.items.push(item);
    }

    /// The condition of an item with that of its section and its dimension; `None` if the item is never shown.
    fn condition_of(&mut self, item: &Node<'a>, state: &State<'a>) -> Option<Condition> {
        let mut all = Vec::new();
        let dimension = item.get("dimension").text();
        let dimension = dimension.and_then(|id| {
            self.definition.get("dimensions").list().find(|node| node.get("id").text() == Some(id))
        });
        let of_dimension = dimension.map(|node| node.get("visible_when"));
        let nodes = [state.condition.clone(), of_dimension, Some(item.get("visible_when"))];
        for node in nodes.into_iter().flatten().filter(|node| !node.value().is_null()) {
            all.push(self.condition(&node));
        }
        let condition = Condition::all(all);
        if condition == Condition::Never {
            let message =
                "the item is not shown with the default values of the parameters, and is left out";
            self.report(Kind::Changed, "never-shown", item, message);
            return None;
        }
        Some(condition)
    }

    /// The words above an item: its own, or those of the scale for items that are answered on a scale.
    fn head_of(&self, item: &Node<'a>) -> Words {
        let own = item.get("question_head");
        let answered = ["likert", "vas", "grid", "multi", "multicheck"];
        let general = self.definition.get("likert_options").get("question_head");
        let is_answered = item.get("type").text().is_some_and(|kind| answered.contains(&kind));
        let key = own.text().or_else(|| general.text().filter(|_| is_answered));
        key.map(|key| self.texts.words(key)).unwrap_or_default()
    }

    /// The section for an item below `head`: the last one, or a new one.
    fn section_of(&mut self, head: &Words, state: &mut State<'a>) -> Option<usize> {
        let around = Around { lead_in: head.clone(), ..state.around.clone() };
        state.groups.section(&mut self.form, &mut self.ids, &around, &mut state.section)
    }

    /// Whether the runner requires an answer.
    fn is_required(&self, item: &Node<'a>) -> bool {
        let required = |node: &Node<'_>| match node.value() {
            serde_json::Value::Bool(truth) => Some(*truth),
            serde_json::Value::Number(number) => Some(number.as_f64() != Some(0.0)),
            _ => None,
        };
        let scored = ["likert", "vas", "multi", "grid", "multicheck"];
        required(&item.get("required"))
            .or_else(|| required(&self.definition.get("default_required")))
            .unwrap_or_else(|| item.get("type").text().is_some_and(|kind| scored.contains(&kind)))
    }
}
