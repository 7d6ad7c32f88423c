//! Formulas, flags and conditions: parsing, name lookup, and the search for circular definitions.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use crate::file::{FlagFile, InstrumentFile, NoteFile};
use crate::formula::{ParsedFormula, ScaleName, ScaleType, Scope, Sums, read};
use crate::vocabulary::ScoreKind;
use crate::{
    Ask, Diagnostic, Expr, Fill, Formula, Item, ItemIx, Missing, Model, NoteIx, Origin, Pointer,
    ResponseScale, Scale, ScaleIx, Table, Terms, Transform,
};

use super::norms;
use super::scales::{circle, references};
use super::tables::Named;

/// The tables and models that formulas can name, by name.
pub(super) struct TablesAndModels<'f> {
    pub(super) tables: Named<'f, Table>,
    pub(super) models: Named<'f, Model>,
}

/// Resolves all formulas. Sets the terms of scales with a formula, appends flags and derived scores to `scales`, and
/// sets the conditions of `items`. Returns the condition of each note.
pub(super) fn resolve(
    file: &InstrumentFile,
    items: &mut [Item],
    responses: &[ResponseScale],
    scales: &mut Vec<Scale>,
    known: TablesAndModels<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Option<Ask>> {
    // `written` and `scales` grow in the same order: scales, flags, derived scores. Entries are matched by position
    // below.
    let mut written = parse_formulas(file, scales, found);
    for (index, flag) in file.flags.iter().enumerate() {
        scales.push(scale_of_flag(file, flag, index, found));
        let place = Pointer::flag(index).key("when");
        written.push(read(&flag.when, &place, found).map(|formula| (formula, place)));
    }
    let derived_scores = norms::derived_scores(file, scales, &known.tables, found);
    scales.extend(derived_scores.iter().map(|score| score.scale.clone()));
    // Types before lowering, because a formula may name scales that come later in the file.
    let types = types(scales, &written, file.flags.len());
    // In a block, because `names` borrows the items and scales that are changed below.
    let (lowered, asks, shown) = {
        let names = scope(items, responses, scales, &types, known);
        let lowered: Vec<Option<Formula>> = written
            .iter()
            .enumerate()
            .map(|(index, written)| {
                let (written, place) = written.as_ref()?;
                let is_flag = matches!(scales[index].origin, Origin::Flag(_));
                match is_flag {
                    // Always as a condition, so that a flag whose formula gives a number is reported.
                    true => written.test(&names, place, found).map(Formula::Truth),
                    false => written.formula(&names, place, found),
                }
            })
            .collect();
        let derived = norms::formulas(&derived_scores, &names, found);
        let lowered: Vec<_> = lowered.into_iter().chain(derived).collect();
        (lowered, conditions(file, &names, found), conditions_of_notes(file, &names, found))
    };
    for (scale, formula) in scales.iter_mut().zip(lowered) {
        if let Some(formula) = formula {
            scale.terms = Terms::Formula(Box::new(formula));
        }
    }
    items.iter_mut().zip(asks).for_each(|(item, ask)| item.ask = ask);
    // No answer or score depends on a note, so that notes are in no circle.
    check_circles(file, items, scales, found);
    shown
}

/// Parses the formulas of scales. The entry is `None` for a scale without a formula or with one that cannot be parsed.
fn parse_formulas(
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
        ..formula_scale(&flag.id, &flag.title, Origin::Flag(index))
    }
}

/// Creates a scale with a formula and without any other property. The formula is set later.
pub(super) fn formula_scale(id: &str, title: &str, origin: Origin) -> Scale {
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

/// Returns the type of result of each scale. A formula that only names other scales has the type of those.
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
    // A formula that only names another scale has the type of that scale. A few rounds resolve any chain that is
    // worth writing. A longer chain is assumed to give numbers.
    let mut types: Vec<ScaleType> = (0..scales.len()).map(plain).collect();
    for _ in 0..ROUNDS {
        // A new list in each round, so that the result does not depend on the order of the scales.
        let next: Vec<ScaleType> = (0..scales.len())
            .map(|index| match written.get(index) {
                Some(Some((formula, _))) if !is_flag(index) => {
                    formula.scale_type(&|name| positions.get(name).map(|at| types[*at].clone()))
                }
                // Derived scores of norms are beyond the end of `written`. They are numbers.
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

/// The number of rounds for resolving the types of scales that name each other.
const ROUNDS: usize = 8;

/// Collects everything that formulas can name.
fn scope<'a>(
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
            // `items(…)` needs items with a keying; it refuses a scale with an empty list.
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

/// Resolves the condition of each item. `None` for an item that is always asked, and for an invalid condition.
fn conditions(
    file: &InstrumentFile,
    names: &Scope<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Option<Ask>> {
    let items = file.items.iter().enumerate();
    items
        .map(|(index, item)| {
            let place = Pointer::item(ItemIx(index));
            let Some(text) = &item.ask_if else {
                if item.when_not_asked.is_some() {
                    let message = format!("`{}` is always asked", item.id);
                    let finding = Diagnostic::error("misplaced-key", message)
                        .at_key(place.key("when-not-asked"), "")
                        .help("add the condition `ask-if = \"…\"`, or remove `when-not-asked`");
                    found.push(finding);
                }
                return None;
            };
            let otherwise = item.when_not_asked;
            // Checked before the condition, whose errors end the work on this item.
            let response = names.response(ItemIx(index));
            let several = matches!(response.kind, crate::ResponseKind::SeveralChoice { .. });
            if several && otherwise.is_some() {
                let message = format!("`{}` takes several choices at once", item.id);
                let finding = Diagnostic::error("misplaced-key", message)
                    .at_key(place.key("when-not-asked"), "")
                    .help("remove it: where the item is not asked, no option is chosen");
                found.push(finding);
            }
            if let Some(Err(why)) = otherwise.map(|answer| response.accepts(answer)) {
                let message =
                    format!("{} is not an answer to `{}`", otherwise.unwrap_or(0.0), item.id);
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

/// Resolves the condition of each note. `None` for a note that is always shown, and for an invalid condition.
fn conditions_of_notes(
    file: &InstrumentFile,
    names: &Scope<'_>,
    found: &mut Vec<Diagnostic>,
) -> Vec<Option<Ask>> {
    let mut ask = |(index, note): (usize, &NoteFile)| {
        let text = note.ask_if.as_ref()?;
        let place = Pointer::note(NoteIx(index)).key("ask-if");
        let when = read(text, &place, found)?.test(names, &place, found)?;
        Some(Ask { when, text: text.clone(), otherwise: None })
    };
    file.notes.iter().enumerate().map(&mut ask).collect()
}

/// Reports scores and conditions that depend on themselves. Circles that consist only of lists of scales are reported
/// in [`super::scales`].
fn check_circles(
    file: &InstrumentFile,
    items: &[Item],
    scales: &[Scale],
    found: &mut Vec<Diagnostic>,
) {
    let edges = edges(items, scales);
    let mut seen: BTreeSet<usize> = BTreeSet::new();
    // Only nodes that can be on a circle: a search from each of thousands of nodes would be slow.
    for start in on_circles(&edges) {
        if seen.contains(&start) {
            continue;
        }
        // A node that only depends on a circle is not on it. The circle is reported from one of its own nodes.
        let Some(circle) = circle(&edges, start) else { continue };
        let lists_only = circle.iter().all(|&node| {
            node >= items.len() && matches!(scales[node - items.len()].terms, Terms::Scales(_))
        });
        // Before the test below, so that a circle of lists is not searched again from its other nodes.
        seen.extend(&circle);
        if lists_only {
            continue;
        }
        found.push(circular(file, items, scales, &circle));
    }
}

/// Returns the nodes that each node uses. The nodes are the items, then the scales. An item uses what its condition
/// names; a scale uses what it is computed from.
fn edges(items: &[Item], scales: &[Scale]) -> Vec<Vec<usize>> {
    let mut edges = Vec::new();
    let edges_to = |scales: Vec<ScaleIx>, below: Vec<ItemIx>| {
        let above = scales.into_iter().map(|scale| scale.0 + items.len());
        let mut all: Vec<usize> = above.chain(below.into_iter().map(|item| item.0)).collect();
        // A formula may name a score many times. One edge is enough, and keeps the search short.
        all.sort_unstable();
        all.dedup();
        all
    };
    for item in items {
        let (mut above, mut below) = (Vec::new(), Vec::new());
        if let Some(ask) = &item.ask {
            ask.when.operands(&mut above, &mut below);
        }
        edges.push(edges_to(above, below));
    }
    for scale in scales {
        let (mut above, mut below) = (Vec::new(), Vec::new());
        match &scale.terms {
            Terms::Items(entries) => below.extend(entries.iter().map(|entry| entry.item)),
            Terms::Scales(parts) => above.extend(parts.iter().map(|part| part.scale)),
            Terms::Formula(formula) => formula.operands(&mut above, &mut below),
            Terms::Unknown => {}
        }
        edges.push(edges_to(above, below));
    }
    edges
}

/// Returns the nodes that are on a circle or depend on one (Kahn's algorithm): those that remain when nodes without
/// remaining dependencies are removed repeatedly.
fn on_circles(edges: &[Vec<usize>]) -> Vec<usize> {
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
    // Reported at the first node of the circle with a formula, because that is where the circle can be broken.
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
    let rotated = circle.iter().cycle().skip_while(|&&node| node != start).take(circle.len());
    let mut path: Vec<String> =
        rotated.take(SHOWN).map(|&node| format!("`{}`", id(node))).collect();
    if circle.len() > SHOWN {
        path.push(format!("{} more", circle.len() - SHOWN));
    }
    path.push(format!("`{}`", id(start)));
    Diagnostic::error("formula-cycle", format!("`{}` depends on itself", id(start)))
        .at(place, format!("leads back to it: {}", path.join(" → ")))
        .help("break the circle: a score may use only answers, and scores that do not depend on it")
}
