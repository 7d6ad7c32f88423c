//! Pages, panels and the texts between questions.

use super::expressions::{Condition, Pending, Subject};
use super::{Reader, keys};
use crate::around::{Around, Groups};
use crate::finding::Kind;
use crate::json::Node;
use crate::place::Place;
use crate::words::Words;

/// The state of reading pages.
#[derive(Default)]
pub(super) struct State<'a> {
    pub(super) groups: Groups,
    pub(super) around: Around,
    /// The conditions of the page and the panels around.
    pub(super) conditions: Vec<Condition>,
    /// The name of the page or panel, until a section has it.
    pub(super) section: Option<&'a str>,
    /// The texts that no question has followed yet: the name, the words and the place of each.
    pub(super) unused: Vec<(String, Words, Place)>,
}

impl<'a> Reader<'a> {
    /// Reads all pages. A survey without pages has its elements on one.
    pub(super) fn pages(&mut self, survey: &Node<'a>) {
        let mut state = State::default();
        for page in survey.get("pages").list() {
            self.panel(&page, "a page", &mut state);
        }
        self.elements(survey, &mut state);
        self.flush(&mut state, 0);
    }

    /// Reads a page or a panel.
    fn panel(&mut self, panel: &Node<'a>, what: &'static str, state: &mut State<'a>) {
        self.left_out.keys(panel, what, keys::PANEL);
        let Some(condition) = self.condition(panel) else { return };
        let outer = state.around.clone();
        let texts = state.unused.len();
        let before = state.conditions.len();
        state.conditions.extend(condition);
        let title = self.texts.words(&panel.get("title"));
        if !title.is_empty() {
            state.around.title = headed(&outer.title, &title);
            state.section = panel.get("name").text();
        }
        let description = self.texts.words(&panel.get("description"));
        if !description.is_empty() {
            state.around.instruct(&description, &state.groups);
            let name = panel.get("name").text().unwrap_or("note").to_owned();
            state.unused.push((name, description, panel.get("description").place()));
        }
        self.elements(panel, state);
        self.flush(state, texts);
        state.around = outer;
        state.section = None;
        state.conditions.truncate(before);
    }

    fn elements(&mut self, parent: &Node<'a>, state: &mut State<'a>) {
        let lists = ["elements", "questions"].map(|key| parent.get(key));
        for element in lists.iter().flat_map(Node::list) {
            match element.get("type").text().unwrap_or("text") {
                "panel" | "flowpanel" => self.panel(&element, "a panel", state),
                "html" => self.html(&element, state),
                "image" => {
                    self.report(Kind::NotUnderstood, "media", &element, "an image is left out")
                }
                "expression" => self.expression(&element),
                kind => self.question(&element, kind, state),
            }
        }
    }

    /// The condition of an element: `Some(None)` if it is always shown, and `None` if it never is.
    pub(super) fn condition(&mut self, element: &Node<'a>) -> Option<Option<Condition>> {
        let node = element.get("visibleIf");
        // A condition takes precedence over `visible`.
        if let Some(text) = node.text() {
            return Some(Some((text.to_owned(), node.place())));
        }
        if element.get("visible").truth() != Some(false) {
            return Some(None);
        }
        let name = element.get("name").text().unwrap_or("an element");
        let message = format!("`{name}` is never shown, and is left out");
        self.report(Kind::Changed, "never-shown", element, message);
        None
    }

    /// A text. Before the first question it is part of the instructions; later ones begin a section, or are notes in a
    /// section with a heading.
    fn html(&mut self, element: &Node<'a>, state: &mut State<'a>) {
        let Some(condition) = self.condition(element) else { return };
        let words = self.texts.words(&element.get("html"));
        if words.is_empty() {
            return;
        }
        let name = element.get("name").text().unwrap_or("note");
        if condition.is_some() || !state.conditions.is_empty() && self.form.items.is_empty() {
            let is_after = state.groups.has_begun(&state.around);
            let note = (words, &element.place());
            let note = self.form.note(&mut self.ids, name, note, is_after);
            let mut all = state.conditions.clone();
            all.extend(condition);
            let pending = note.map(|note| Pending::condition(Subject::Note(note), &all));
            self.pending.extend(pending.flatten());
        } else if !state.around.title.is_empty() && state.groups.has_begun(&state.around) {
            self.form.note(&mut self.ids, name, (words, &element.place()), true);
        } else if self.form.items.is_empty() && state.around.title.is_empty() {
            self.form.titled.instructions = self.form.titled.instructions.then(&words);
        } else {
            state.around.instruct(&words, &state.groups);
            state.unused.push((name.to_owned(), words, element.place()));
        }
    }

    /// An element that shows a computed value.
    fn expression(&mut self, element: &Node<'a>) {
        let (Some(name), Some(text)) =
            (element.get("name").text(), element.get("expression").text())
        else {
            self.report(
                Kind::NotUnderstood,
                "computation",
                element,
                "an expression without a name or a text is left out",
            );
            return;
        };
        let title = self.texts.words(&element.get("title"));
        let title = if title.is_empty() { Words::only(name) } else { title };
        let known = [
            "type",
            "name",
            "title",
            "expression",
            "visible",
            "startWithNewLine",
            "titleLocation",
            "width",
            "minWidth",
            "maxWidth",
        ];
        self.left_out.keys(element, "an expression", &known);
        self.score(element, name, text, title);
    }

    /// Texts that no question of their panel follows, with the conditions around them. `first` is the number of texts
    /// before the panel.
    fn flush(&mut self, state: &mut State<'a>, first: usize) {
        let first = first.min(state.unused.len());
        for (name, words, place) in state.unused.split_off(first) {
            let note = self.form.note(&mut self.ids, &name, (words, &place), true);
            let pending =
                note.map(|note| Pending::condition(Subject::Note(note), &state.conditions));
            self.pending.extend(pending.flatten());
        }
    }
}

/// The heading of a panel below that of its page.
fn headed(outer: &Words, title: &Words) -> Words {
    if outer.is_empty() {
        return title.clone();
    }
    let mut words = Words::default();
    for (language, text) in title.iter() {
        let before = outer.of(language).map(|before| format!("{before} – ")).unwrap_or_default();
        words.add(language, &format!("{before}{text}"));
    }
    words
}
