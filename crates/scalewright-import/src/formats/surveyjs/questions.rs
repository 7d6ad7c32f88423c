//! Questions as items.

use super::elements::State;
use super::expressions::{Condition, Pending, Subject};
use super::{Reader, keys};
use crate::around::Around;
use crate::expr::Bound;
use crate::finding::Kind;
use crate::form::{Item, Response, ResponseKind};
use crate::json::Node;
use crate::words::Words;

/// The most items of a form.
const MOST_ITEMS: usize = 5000;

/// An item that is about to be added.
pub(super) struct Asked<'n> {
    /// Its name in expressions and in the data.
    pub(super) name: &'n str,
    /// The name that its id is made of.
    pub(super) id: &'n str,
    pub(super) stem: Words,
    pub(super) response: usize,
    pub(super) required: bool,
}

impl<'a> Reader<'a> {
    /// Reads a question.
    pub(super) fn question(&mut self, element: &Node<'a>, kind: &str, state: &mut State<'a>) {
        let Some(name) = element.get("valueName").text().or_else(|| element.get("name").text())
        else {
            self.report(
                Kind::NotUnderstood,
                "no-name",
                element,
                "a question without a name is left out",
            );
            return;
        };
        let Some(condition) = self.condition(element) else { return };
        self.left_out.keys(element, "a question", keys::QUESTION);
        let before = state.conditions.len();
        state.conditions.extend(condition);
        match kind {
            "matrix" => self.matrix(element, name, state),
            "multipletext" => self.several_texts(element, name, state),
            "checkbox" | "tagbox" => self.checkbox(element, name, state),
            _ => self.single(element, kind, name, state),
        }
        state.conditions.truncate(before);
    }

    /// A question with one answer.
    fn single(&mut self, element: &Node<'a>, kind: &str, name: &str, state: &mut State<'a>) {
        let Some(response) = self.response(element, kind, name) else { return };
        let stem = self.stem(element);
        let required = is_required(element);
        self.add(element, Asked { name, id: name, stem, response, required }, state);
        self.comments(element, name, state);
    }

    /// The position of the response scale of a question; `None` if its answers are not understood.
    pub(super) fn response(&mut self, element: &Node<'a>, kind: &str, name: &str) -> Option<usize> {
        let keys: Vec<String> = element
            .entries()
            .into_iter()
            .filter(|(key, _)| !keys::UNRELATED.contains(key))
            .map(|(key, value)| format!("{key} {}", value.value()))
            .collect();
        let signature = format!("{kind} {}", keys.join(" "));
        if let Some(known) = self.answers.get(&signature) {
            return Some(*known);
        }
        let made = self.kind(element, kind).map_err(|reason| {
            let message = format!("{reason}, so that `{name}` is left out");
            self.report(Kind::NotUnderstood, "answers", element, message);
        });
        let position = self.add_response(made.ok()?, name, element);
        self.answers.insert(signature, position);
        Some(position)
    }

    /// Adds a response scale.
    pub(super) fn add_response(&mut self, kind: ResponseKind, name: &str, at: &Node<'a>) -> usize {
        let name = match &kind {
            ResponseKind::Text(1) => "text",
            ResponseKind::Text(_) => "long_text",
            _ => name,
        };
        // Equal texts differ in nothing but their lines.
        if let ResponseKind::Text(lines) = kind {
            let same = |response: &Response| matches!(response.kind, ResponseKind::Text(own) if own == lines);
            if let Some(known) = self.form.responses.iter().position(same) {
                return known;
            }
        }
        let name = self.ids.response(name);
        self.form.responses.push(Response { name, kind, place: at.place() });
        self.form.responses.len() - 1
    }

    fn kind(&mut self, element: &Node<'a>, kind: &str) -> Result<ResponseKind, String> {
        match kind {
            "radiogroup" | "dropdown" | "buttongroup" => {
                self.choices(element).map(ResponseKind::Coded)
            }
            "checkbox" | "tagbox" => self.choices(element).map(ResponseKind::Several),
            "rating" => self.rating(element).map(ResponseKind::Coded),
            "boolean" => Ok(self.yes_no(element)),
            "text" => self.text(element),
            "comment" => Ok(ResponseKind::Text(lines(element))),
            "slider" => self.slider(element),
            _ => Err(format!(
                "a question of the type `{}` has no counterpart",
                kind.chars().take(60).collect::<String>()
            )),
        }
    }

    /// The words of a question: its title, or its name, and its description.
    pub(super) fn stem(&mut self, element: &Node<'a>) -> Words {
        let title = self.title(element);
        let is_unit = element.get("descriptionLocation").text() == Some("underInput")
            && element.get("inputType").text() == Some("number");
        if is_unit {
            return title;
        }
        let description = self.texts.words(&element.get("description"));
        title.then(&description)
    }

    fn title(&mut self, element: &Node<'a>) -> Words {
        let title = self.texts.words(&element.get("title"));
        if title.is_empty() { self.texts.words(&element.get("name")) } else { title }
    }

    /// Adds an item with the sections and conditions around it. Returns its position.
    pub(super) fn add(
        &mut self,
        at: &Node<'a>,
        asked: Asked<'_>,
        state: &mut State<'a>,
    ) -> Option<usize> {
        let around = state.around.clone();
        self.add_around(at, asked, &around, state)
    }

    /// Adds an item with other words around it than those of its panel.
    pub(super) fn add_around(
        &mut self,
        at: &Node<'a>,
        asked: Asked<'_>,
        around: &Around,
        state: &mut State<'a>,
    ) -> Option<usize> {
        let Asked { name, id, stem, response, required } = asked;
        let position = self.form.items.len();
        if position >= MOST_ITEMS {
            self.report(
                Kind::NotUnderstood,
                "too-many",
                at,
                format!("the survey has more than {MOST_ITEMS} items, and this one is left out"),
            );
            return None;
        }
        if !self.named(name, Bound::Item(position)) {
            self.report(
                Kind::Doubtful,
                "same-name",
                at,
                format!(
                    "a second question stores its answer as `{name}`; expressions use the first"
                ),
            );
        }
        let section =
            state.groups.section(&mut self.form, &mut self.ids, around, &mut state.section);
        state.unused.clear();
        self.pending.extend(Pending::condition(Subject::Item(position), &state.conditions));
        let id = self.ids.item(id);
        self.form.items.push(Item {
            id,
            column: name.to_owned(),
            number: None,
            stem,
            response,
            section,
            required,
            condition: None,
            place: at.place(),
        });
        Some(position)
    }

    /// The texts that a question asks for besides its options: what `other` means, and a comment.
    pub(super) fn comments(&mut self, element: &Node<'a>, name: &str, state: &mut State<'a>) {
        let is_on = |key: &str| element.get(key).truth() == Some(true);
        let has_other = is_on("hasOther") || is_on("showOtherItem");
        let has_comment = is_on("hasComment") || is_on("showCommentArea");
        if !has_other && !has_comment {
            return;
        }
        let key = if has_comment { "commentText" } else { "otherText" };
        let words = self.texts.words(&element.get(key));
        let otherwise = if has_comment { "Comment" } else { "Other" };
        let stem = if words.is_empty() { Words::only(otherwise) } else { words };
        let response =
            self.add_response(ResponseKind::Text(if has_comment { 2 } else { 1 }), "text", element);
        let before = state.conditions.len();
        if has_other
            && !has_comment
            && !matches!(element.get("type").text(), Some("checkbox" | "tagbox"))
        {
            let condition: Condition = (format!("{{{name}}} = 'other'"), element.place());
            state.conditions.push(condition);
        }
        let own = format!("{name}-Comment");
        self.add(element, Asked { name: &own, id: &own, stem, response, required: false }, state);
        state.conditions.truncate(before);
    }
}

/// Whether a question requires an answer.
pub(super) fn is_required(element: &Node<'_>) -> bool {
    element.get("isRequired").truth() == Some(true)
}

/// The lines of a long text.
fn lines(element: &Node<'_>) -> u32 {
    let stated = element.get("rows").value().as_u64().and_then(|rows| u32::try_from(rows).ok());
    stated.unwrap_or(4).clamp(2, 50)
}
