//! The elements of responses and questionnaires.

use serde_json::Value as Json;

use super::machine::{Context, Machine};
use super::scalar::{Collection, Datum, Evaluated, of_json, text};
use super::world::{Answered, World};

/// Where a path without a beginning begins.
pub(crate) fn this<'w>(context: &Context<'w>) -> Datum<'w> {
    context.this.clone().unwrap_or_else(|| here(context.node))
}

/// The item of the response for an item of the questionnaire.
pub(crate) fn here<'w>(node: usize) -> Datum<'w> {
    if node == 0 { Datum::Response } else { Datum::Item(node) }
}

/// Adds the elements called `name` of a value.
pub(crate) fn member<'w>(
    machine: &mut Machine<'w>,
    of: &Datum<'w>,
    name: &str,
    found: &mut Collection<'w>,
) -> Evaluated<()> {
    let world = machine.world;
    match of {
        Datum::Response => match name {
            "item" => items(machine, 0, found)?,
            "resourceType" => found.push(text("QuestionnaireResponse")),
            // A path may begin with the type of what it begins at.
            "QuestionnaireResponse" => found.push(Datum::Response),
            _ => {}
        },
        Datum::Item(node) => match name {
            "linkId" => found.push(text(world.nodes[*node].link_id.as_str())),
            "text" if !world.nodes[*node].text.is_empty() => {
                found.push(text(world.nodes[*node].text.as_str()));
            }
            "item" if world.nodes[*node].question.is_none() => items(machine, *node, found)?,
            "answer" => {
                let count = answers(machine, *node)?.len();
                found.extend((0..count).map(|at| Datum::Answer(*node, at)));
            }
            _ => {}
        },
        Datum::Answer(node, at) => match name {
            "item" => items(machine, *node, found)?,
            "value" => found.extend(answers(machine, *node)?.get(*at).cloned()),
            _ if name == key(world, *node) => {
                found.extend(answers(machine, *node)?.get(*at).cloned());
            }
            _ => {}
        },
        Datum::Chosen(node, at) => json_member(chosen(world, *node, *at), name, found),
        Datum::Json(json) => json_member(json, name, found),
        Datum::Quantity(number) if name == "value" => found.push(Datum::Number(*number)),
        Datum::Quantity(_) | Datum::Number(_) | Datum::Text(_) | Datum::Truth(_) => {}
    }
    Ok(())
}

fn items<'w>(machine: &mut Machine<'w>, node: usize, found: &mut Collection<'w>) -> Evaluated<()> {
    let children = &machine.world.nodes[node].children;
    machine.step(children.len())?;
    found.extend(children.iter().filter(|child| machine.present[**child]).map(|c| Datum::Item(*c)));
    Ok(())
}

/// The answers to a question, or the value of a calculated item.
fn answers<'w>(machine: &mut Machine<'w>, node: usize) -> Evaluated<Collection<'w>> {
    match machine.world.nodes[node].score {
        Some(score) => machine.score(score),
        None => Ok(machine.given[node].clone()),
    }
}

/// The element that has the answer to a question.
fn key(world: &World, node: usize) -> &'static str {
    match (&world.nodes[node].question, world.nodes[node].score) {
        (_, Some(score)) => world.calculated[score].key,
        (Some(question), None) => question.key,
        (None, None) => "",
    }
}

/// What the response contains for a chosen option.
pub(crate) fn chosen(world: &World, node: usize, at: usize) -> &Json {
    let offered =
        world.nodes[node].question.as_ref().and_then(|question| match &question.answered {
            Answered::One { offered, .. } => offered.get(at),
            Answered::Several(offered) => offered.get(at).map(|(_, offered)| offered),
            Answered::Number { .. } | Answered::Other { .. } => None,
        });
    offered.map_or(&Json::Null, |offered| &offered.json)
}

/// The number that the questionnaire gives to a chosen option.
pub(crate) fn weight(world: &World, of: &Datum<'_>) -> Option<f64> {
    match of {
        Datum::Chosen(node, at) => {
            let question = world.nodes[*node].question.as_ref()?;
            match &question.answered {
                Answered::One { offered, .. } => offered.get(*at)?.weight,
                Answered::Several(offered) => offered.get(*at)?.1.weight,
                Answered::Number { .. } | Answered::Other { .. } => None,
            }
        }
        _ => None,
    }
}

fn json_member<'w>(json: &'w Json, name: &str, found: &mut Collection<'w>) {
    let Json::Object(object) = json else { return };
    let exact = object.get(name);
    let element = exact.or_else(|| {
        // `value` is `valueCoding`, `valueDecimal` and so on.
        let typed = |key: &str| {
            let kind = key.strip_prefix(name).unwrap_or_default();
            kind.starts_with(|c: char| c.is_ascii_uppercase())
        };
        let choice = matches!(name, "value" | "answer" | "deceased" | "effective");
        object.iter().find(|(key, _)| choice && typed(key)).map(|(_, value)| value)
    });
    match element {
        Some(Json::Array(all)) => found.extend(all.iter().filter_map(of_json)),
        Some(one) => found.extend(of_json(one)),
        None => {}
    }
}

/// The direct parts of a value.
pub(crate) fn children<'w>(
    machine: &mut Machine<'w>,
    of: &Datum<'w>,
    found: &mut Collection<'w>,
) -> Evaluated<()> {
    let names: Vec<String> = match of {
        Datum::Response => vec!["item".to_owned()],
        // The values of calculated items are computed only where they are asked for.
        Datum::Item(node) if machine.world.nodes[*node].score.is_some() => {
            ["linkId", "text", "item"].map(str::to_owned).to_vec()
        }
        Datum::Item(_) => ["linkId", "text", "answer", "item"].map(str::to_owned).to_vec(),
        Datum::Answer(..) => ["value", "item"].map(str::to_owned).to_vec(),
        Datum::Chosen(node, at) => keys(chosen(machine.world, *node, *at)),
        Datum::Json(json) => keys(json),
        Datum::Quantity(_) => vec!["value".to_owned()],
        Datum::Number(_) | Datum::Text(_) | Datum::Truth(_) => Vec::new(),
    };
    machine.step(names.len())?;
    for name in names {
        member(machine, of, &name, found)?;
    }
    Ok(())
}

fn keys(json: &Json) -> Vec<String> {
    json.as_object().map(|object| object.keys().cloned().collect()).unwrap_or_default()
}

/// The words of a value: a text, or what is shown for a coding.
pub(crate) fn written(world: &World, datum: &Datum<'_>) -> Option<String> {
    let of = |json: &Json| {
        let text = |key: &str| json.get(key).and_then(Json::as_str).map(str::to_owned);
        text("display").or_else(|| text("code"))
    };
    match datum {
        Datum::Text(text) => Some(text.to_string()),
        Datum::Json(json) => of(json),
        Datum::Chosen(node, at) => of(chosen(world, *node, *at)),
        _ => None,
    }
}
