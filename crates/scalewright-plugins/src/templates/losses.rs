//! Reports what a target declares to lose, at each place of the definition that states it.

use minijinja::value::Value;
use scalewright_check::{SchemaKind, schema};
use scalewright_model::{Diagnostic, Pointer, Segment};
use scalewright_wire as wire;
use serde_json::Value as Json;

use crate::templates::engine::environment;
use crate::templates::file::{Escape, LossFile};
use crate::templates::read::in_text;

/// The losses as the protocol describes them.
pub(super) fn descriptions(losses: &[LossFile]) -> Vec<wire::LossDescription> {
    let description = |loss: &LossFile| wire::LossDescription {
        keys: loss.keys.clone(),
        what: loss.what.clone(),
        because: loss.because.clone(),
        when: loss.when.clone(),
        help: loss.help.clone(),
    };
    losses.iter().map(description).collect()
}

/// The loss of the notes between items, in an exporter whose templates do not print them.
pub(super) fn of_notes() -> LossFile {
    LossFile {
        keys: vec!["notes[].id".to_owned()],
        what: "the note".to_owned(),
        because: "the templates of this target do not print notes".to_owned(),
        when: String::new(),
        condition: None,
        help: "print `notes_before` and `notes_after` of each item".to_owned(),
    }
}

/// Reports keys that no definition has, and conditions that are not explained.
pub(super) fn wrong(losses: &[LossFile]) -> Vec<Diagnostic> {
    let root = schema(SchemaKind::Instrument);
    let mut found = Vec::new();
    for (index, loss) in losses.iter().enumerate() {
        let place = Pointer::entry("losses", index);
        for (number, key) in loss.keys.iter().enumerate() {
            if !exists(&root, &root, &steps(key)) {
                let message = format!("no definition has the key `{key}`");
                let help = "keys are paths in `instrument.toml`: `scales[].bands`, `response-scales.*.missing`";
                let place = place.key("keys").index(number);
                found.push(Diagnostic::error("unknown-key", message).at(place, "").help(help));
            }
        }
        if loss.condition.is_some() && loss.when.is_empty() {
            let message = "`if` needs `when`, which states the condition in words";
            let help = "add it as a clause: `when = \"if the option `scores` is off\"`";
            found.push(
                Diagnostic::error("missing-key", message).at_key(place.key("if"), "").help(help),
            );
        }
    }
    found
}

/// A step of a path of keys.
#[derive(Clone, Copy)]
enum Step<'k> {
    /// A key of a table.
    Key(&'k str),
    /// Every key of a table.
    EveryKey,
    /// Every entry of a list.
    EveryEntry,
}

fn steps(path: &str) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    for part in path.split('.') {
        let key = part.trim_end_matches("[]");
        steps.push(if key == "*" { Step::EveryKey } else { Step::Key(key) });
        let lists = (part.len() - key.len()) / 2;
        steps.extend(std::iter::repeat_n(Step::EveryEntry, lists));
    }
    steps
}

/// Whether a schema permits a path.
fn exists(root: &Json, here: &Json, steps: &[Step<'_>]) -> bool {
    if let Some(name) = here.get("$ref").and_then(Json::as_str) {
        let target = root.pointer(name.trim_start_matches('#'));
        if target.is_some_and(|target| exists(root, target, steps)) {
            return true;
        }
    }
    let Some((step, rest)) = steps.split_first() else { return true };
    let below = match step {
        Step::Key(key) => here.get("properties").and_then(|keys| keys.get(key)),
        Step::EveryKey => here.get("additionalProperties").filter(|below| below.is_object()),
        Step::EveryEntry => here.get("items"),
    };
    if below.is_some_and(|below| exists(root, below, rest)) {
        return true;
    }
    let choices =
        ["anyOf", "oneOf", "allOf"].into_iter().filter_map(|key| here.get(key)?.as_array());
    choices.flatten().any(|choice| exists(root, choice, steps))
}

/// Returns the losses of a definition: for each declared key, each place that has it.
///
/// # Errors
/// Returns a diagnostic about `target.toml` if the condition of a loss fails.
pub(super) fn of_definition(
    losses: &[LossFile],
    definition: &Json,
    context: &Value,
) -> Result<Vec<wire::Loss>, Box<Diagnostic>> {
    let mut found = Vec::new();
    for (index, loss) in losses.iter().enumerate() {
        for key in &loss.keys {
            let mut places = Vec::new();
            collect(definition, &steps(key), Pointer::root(), None, &mut places);
            for place in places {
                let here = Pointer::entry("losses", index).key("if");
                if holds(loss, place.value, context)
                    .map_err(|error| Box::new(in_text(&error, here)))?
                {
                    found.push(place.loss(loss));
                }
            }
        }
    }
    Ok(found)
}

/// A place of a definition that has a declared key.
struct Place<'d> {
    at: Pointer,
    value: &'d Json,
    /// The id of the nearest table around it.
    id: Option<&'d str>,
}

impl Place<'_> {
    fn loss(&self, loss: &LossFile) -> wire::Loss {
        let what = match self.id {
            Some(id) => format!("{} of `{id}`", loss.what),
            None => loss.what.clone(),
        };
        wire::Loss {
            at: self.at.to_string(),
            what,
            because: loss.because.clone(),
            help: loss.help.clone(),
        }
    }
}

fn collect<'d>(
    here: &'d Json,
    steps: &[Step<'_>],
    at: Pointer,
    id: Option<&'d str>,
    places: &mut Vec<Place<'d>>,
) {
    let Some((step, rest)) = steps.split_first() else {
        return places.push(Place { at, value: here, id });
    };
    // The id of the instrument itself says nothing about the place.
    let own = here.get("id").and_then(Json::as_str).filter(|_| !at.segments().is_empty());
    let id = own.or(id);
    match (step, here) {
        (Step::Key(key), Json::Object(table)) => {
            if let Some(value) = table.get(*key) {
                collect(value, rest, at.key(key), id, places);
            }
        }
        (Step::EveryKey, Json::Object(table)) => {
            for (key, value) in table {
                collect(value, rest, at.join(Segment::Key(key.clone())), Some(key), places);
            }
        }
        (Step::EveryEntry, Json::Array(list)) => {
            for (index, value) in list.iter().enumerate() {
                collect(value, rest, at.index(index), id, places);
            }
        }
        _ => {}
    }
}

/// Whether something is lost at a place with this value.
fn holds(loss: &LossFile, value: &Json, context: &Value) -> Result<bool, minijinja::Error> {
    let Some(condition) = &loss.condition else { return Ok(true) };
    let environment = environment(Escape::Plain, [])?;
    let expression = environment.compile_expression(condition)?;
    let value = minijinja::context! { value => Value::from_serialize(value), ..context.clone() };
    let result = expression.eval(value)?;
    match result.is_undefined() {
        // A misspelt key must not count as false: the loss would be left out silently.
        true => Err(minijinja::Error::new(
            minijinja::ErrorKind::UndefinedError,
            "the condition is undefined: write `… is defined` to ask whether a key exists",
        )),
        false => Ok(result.is_true()),
    }
}
