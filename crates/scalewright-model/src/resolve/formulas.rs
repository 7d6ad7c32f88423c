//! Formulas, flags and conditions: read, their names looked up, and no circle among them.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::sync::Arc;

use crate::file::{FlagFile, InstrumentFile};
use crate::formula::{ParsedFormula, ScaleName, ScaleType, Scope, Sums, read};
use crate::vocabulary::ScoreKind;
use crate::{
    Ask, Diagnostic, Expr, Fill, Formula, Item, ItemIx, Missing, Model, Origin, Pointer,
    ResponseScale, Scale, ScaleIx, Table, Terms, Transform,
};

use super::norms;
use super::scales::{circle, references};

/// What formulas can name besides items and scales.
pub(super) struct TablesAndModels<'f> {
    pub(super) tables: BTreeMap<&'f str, Arc<Table>>,
    pub(super) models: BTreeMap<&'f str, Arc<Model>>,
}

/// Fills in what formulas say: adds flags and derived scores to `scales`, and conditions to `items`.
pub(super) fn resolve(
    file: &InstrumentFile,
    items: &mut [Item],
    responses: &[ResponseScale],
    scales: &mut Vec<Scale>,
    known: TablesAndModels<'_>,
    found: &mut Vec<Diagnostic>,
) {
    let mut written = written(file, scales, found);
    for (index, flag) in file.flags.iter().enumerate() {
        scales.push(scale_of_flag(file, flag, index, found));
        let place = Pointer::flag(index).key("when");
        written.push(read(&flag.when, &place, found).map(|formula| (formula, place)));
    }
    let derived_scores = norms::derived_scores(file, scales, &known.tables, found);
    scales.extend(derived_scores.iter().map(|score| score.scale.clone()));
    let types = types(scales, &written, file.flags.len());
    let (lowered, asks) = {
        let names = names(items, responses, scales, &types, known);
        let lowered: Vec<Option<Formula>> = written
            .iter()
            .enumerate()
            .map(|(index, written)| {
                let (written, place) = written.as_ref()?;
                let is_flag = matches!(scales[index].origin, Origin::Flag(_));
                match is_flag {
                    true => written.test(&names, place, found).map(Formula::Truth),
                    false => written.formula(&names, place, found),
                }
            })
            .collect();
        let derived = norms::formulas(&derived_scores, &names, found);
        (lowered.into_iter().chain(derived).collect::<Vec<_>>(), asks(file, &names, found))
    };
    for (scale, formula) in scales.iter_mut().zip(lowered) {
        if let Some(formula) = formula {
            scale.terms = Terms::Formula(Box::new(formula));
        }
    }
    items.iter_mut().zip(asks).for_each(|(item, ask)| item.ask = ask);
    no_circles(file, items, scales, found);
}

/// The formulas of scales, as far as they can be read; nothing for scales without one.
fn written(
    file: &InstrumentFile,
    scales: &[Scale],
    found: &mut Vec<Diagnostic>,
) -> Vec<Option<(ParsedFormula, Pointer)>> {
    let formulas = scales.iter().zip(&file.scales).enumerate();
    formulas
        .map(|(index, (scale, file))| {
            let text = file.formula.as_ref().filter(|_| scale.score == ScoreKind::Formula)?;
            let place = Pointer::scale(index).key("formula");
            Some((read(text, &place, found)?, place))
        })
        .collect()
}

fn scale_of_flag(
    file: &InstrumentFile,
    flag: &FlagFile,
    index: usize,
    found: &mut Vec<Diagnostic>,
) -> Scale {
    let source = references(file, &flag.source, &Pointer::flag(index).key("source"), found);
    Scale {
        description: flag.description.clone(),
        key_status: flag.key_status,
        key_source: source,
        ..bare(&flag.id, &flag.title, Origin::Flag(index))
    }
}

/// A scale that is a formula and nothing else.
pub(super) fn bare(id: &str, title: &str, origin: Origin) -> Scale {
    Scale {
        id: id.to_owned(),
        title: title.to_owned(),
        description: None,
        unit: None,
        codes: Vec::new(),
        parent: None,
        origin,
        terms: Terms::Unknown,
        score: ScoreKind::Formula,
        weights: None,
        transform: Transform::None,
        round: None,
        missing: Missing {
            kind: crate::vocabulary::MissingKind::InFormula,
            need: 1,
            mandatory: Vec::new(),
            fill: Fill::Nothing,
        },
        key_status: None,
        key_source: Vec::new(),
        missing_source: Vec::new(),
        reliability: None,
        stated_range: None,
        bands: Vec::new(),
        bands_source: Vec::new(),
        band_sets: Vec::new(),
    }
}

/// What each scale gives, by looking through formulas that name others.
fn types(
    scales: &[Scale],
    written: &[Option<(ParsedFormula, Pointer)>],
    flags: usize,
) -> Vec<ScaleType> {
    let positions: BTreeMap<&str, usize> =
        scales.iter().enumerate().map(|(i, scale)| (scale.id.as_str(), i)).collect();
    let first_flag = written.len() - flags;
    let is_flag = |index: usize| (first_flag..written.len()).contains(&index);
    let plain = |index: usize| if is_flag(index) { ScaleType::Truth } else { ScaleType::Number };
    // A formula that only names another scale gives what that gives; a few rounds find the end of any chain
    // that is worth writing, and a longer one is taken to give numbers.
    let mut types: Vec<ScaleType> = (0..scales.len()).map(plain).collect();
    for _ in 0..ROUNDS {
        let next: Vec<ScaleType> = (0..scales.len())
            .map(|index| match written.get(index) {
                Some(Some((formula, _))) if !is_flag(index) => {
                    formula.scale_type(&|name| positions.get(name).map(|at| types[*at].clone()))
                }
                _ => plain(index),
            })
            .collect();
        if next == types {
            break;
        }
        types = next;
    }
    types
}

/// How often types are looked through.
const ROUNDS: usize = 8;

fn names<'a>(
    items: &'a [Item],
    responses: &'a [ResponseScale],
    scales: &'a [Scale],
    types: &[ScaleType],
    known: TablesAndModels<'a>,
) -> Scope<'a> {
    let named = scales.iter().enumerate().map(|(index, scale)| {
        let keyed: Vec<Expr> = match &scale.terms {
            Terms::Items(entries) => {
                let response = |item: ItemIx| &responses[items[item.0].response.0];
                entries.iter().map(|entry| entry.keyed(response(entry.item))).collect()
            }
            Terms::Scales(_) | Terms::Formula(_) | Terms::Unknown => Vec::new(),
        };
        let name = ScaleName {
            index: ScaleIx(index),
            gives: types[index].clone(),
            keyed,
            bands: &scale.bands,
            band_sets: &scale.band_sets,
        };
        (scale.id.clone(), name)
    });
    Scope {
        items,
        item_ids: items.iter().enumerate().map(|(i, item)| (item.id.as_str(), ItemIx(i))).collect(),
        responses,
        scales: named.collect(),
        tables: known.tables,
        models: known.models,
        sums: Sums::default(),
    }
}

/// The conditions under which items are asked.
fn asks(file: &InstrumentFile, names: &Scope<'_>, found: &mut Vec<Diagnostic>) -> Vec<Option<Ask>> {
    let items = file.items.iter().enumerate();
    items
        .map(|(index, item)| {
            let place = Pointer::item(ItemIx(index));
            let Some(text) = &item.ask_if else {
                if item.when_not_asked.is_some() {
                    let message = format!("`{}` is always asked", item.id);
                    let finding = Diagnostic::error("misplaced-key", message)
                        .at_key(place.key("when-not-asked"), "")
                        .help("say when it is asked: `ask-if = \"…\"`, or remove it");
                    found.push(finding);
                }
                return None;
            };
            let otherwise = item.when_not_asked;
            let response = names.response(ItemIx(index));
            if let Some(Err(why)) = otherwise.map(|answer| response.accepts(answer)) {
                let message = format!("{} is no answer to `{}`", otherwise.unwrap_or(0.0), item.id);
                let finding = Diagnostic::error("not-an-answer", message)
                    .at(place.key("when-not-asked"), "")
                    .help(why);
                found.push(finding);
            }
            let place = place.key("ask-if");
            let when = read(text, &place, found)?.test(names, &place, found)?;
            Some(Ask { when, text: text.clone(), otherwise })
        })
        .collect()
}

/// No score or condition may rest on itself. Circles of scales that are lists of scales are told elsewhere.
fn no_circles(
    file: &InstrumentFile,
    items: &[Item],
    scales: &[Scale],
    found: &mut Vec<Diagnostic>,
) {
    let edges = edges(items, scales);
    let mut told: BTreeSet<usize> = BTreeSet::new();
    for start in in_circles(&edges) {
        if told.contains(&start) {
            continue;
        }
        let Some(circle) = circle(&edges, start) else { continue };
        let lists_only = circle.iter().all(|&node| {
            node >= items.len() && matches!(scales[node - items.len()].terms, Terms::Scales(_))
        });
        told.extend(&circle);
        if lists_only {
            continue;
        }
        found.push(circular(file, items, scales, &circle));
    }
}

/// What each item, and after them each scale, rests on.
fn edges(items: &[Item], scales: &[Scale]) -> Vec<Vec<usize>> {
    let mut edges = Vec::new();
    let made = |scales: Vec<ScaleIx>, below: Vec<ItemIx>| {
        let above = scales.into_iter().map(|scale| scale.0 + items.len());
        let mut all: Vec<usize> = above.chain(below.into_iter().map(|item| item.0)).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    for item in items {
        let (mut above, mut below) = (Vec::new(), Vec::new());
        if let Some(ask) = &item.ask {
            ask.when.operands(&mut above, &mut below);
        }
        edges.push(made(above, below));
    }
    for scale in scales {
        let (mut above, mut below) = (Vec::new(), Vec::new());
        match &scale.terms {
            Terms::Items(entries) => below.extend(entries.iter().map(|entry| entry.item)),
            Terms::Scales(parts) => above.extend(parts),
            Terms::Formula(formula) => formula.operands(&mut above, &mut below),
            Terms::Unknown => {}
        }
        edges.push(made(above, below));
    }
    edges
}

/// The nodes that are left when those that rest on nothing are taken away again and again: in circles, or
/// resting on one.
fn in_circles(edges: &[Vec<usize>]) -> Vec<usize> {
    let mut above: Vec<Vec<usize>> = vec![Vec::new(); edges.len()];
    let mut open: Vec<usize> = edges.iter().map(Vec::len).collect();
    for (node, below) in edges.iter().enumerate() {
        below.iter().for_each(|&other| above[other].push(node));
    }
    let mut free: VecDeque<usize> = (0..edges.len()).filter(|&node| open[node] == 0).collect();
    while let Some(node) = free.pop_front() {
        for &other in &above[node] {
            open[other] -= 1;
            if open[other] == 0 {
                free.push_back(other);
            }
        }
    }
    (0..edges.len()).filter(|&node| open[node] > 0).collect()
}

fn circular(
    file: &InstrumentFile,
    items: &[Item],
    scales: &[Scale],
    circle: &[usize],
) -> Diagnostic {
    const SHOWN: usize = 8;
    let id = |node: usize| match node.checked_sub(items.len()) {
        Some(scale) => scales[scale].id.as_str(),
        None => file.items[node].id.as_str(),
    };
    // Told at the first part of the circle that has a formula.
    let has_formula = |node: &&usize| match node.checked_sub(items.len()) {
        Some(scale) => matches!(scales[scale].terms, Terms::Formula(_)),
        None => items[**node].ask.is_some(),
    };
    let start = circle.iter().find(has_formula).copied().unwrap_or(circle[0]);
    let place = match start.checked_sub(items.len()) {
        None => Pointer::item(ItemIx(start)).key("ask-if"),
        Some(scale) => match scales[scale].origin {
            Origin::Scale(_) => scales[scale].pointer().key("formula"),
            Origin::Flag(_) => scales[scale].pointer().key("when"),
            Origin::Norm(..) => scales[scale].pointer().key("groups"),
        },
    };
    let turned = circle.iter().cycle().skip_while(|&&node| node != start).take(circle.len());
    let mut way: Vec<String> = turned.take(SHOWN).map(|&node| format!("`{}`", id(node))).collect();
    if circle.len() > SHOWN {
        way.push(format!("{} more", circle.len() - SHOWN));
    }
    way.push(format!("`{}`", id(start)));
    Diagnostic::error("formula-cycle", format!("`{}` rests on itself", id(start)))
        .at(place, format!("leads back to it: {}", way.join(" → ")))
        .help("break the circle: a score may rest only on answers and on scores that do not rest on it")
}
