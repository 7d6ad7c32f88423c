//! Items on another response scale than those around them.

use std::collections::BTreeMap;

use scalewright_model::{ItemIx, Pointer, ResponseKind, ResponseScaleIx, Severity};

use super::{Context, Group, Hit, Lint};

/// An item on another response scale than all other items of its section or scale.
pub(super) static LINT: Lint = Lint {
    name: "odd-response-scale",
    summary: "an item on another response scale than the items around it",
    explain: include_str!("odd_response_scale.md"),
    group: Group::Keying,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// The number of items from which on one of them can be odd.
const FEW: usize = 4;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let items = &context.instrument.items;
    let mut sections: BTreeMap<usize, Vec<ItemIx>> = BTreeMap::new();
    for (index, item) in items.iter().enumerate().filter(|(_, item)| !item.background) {
        if let Some(section) = item.section {
            sections.entry(section.0).or_default().push(ItemIx(index));
        }
    }
    let sections = sections.into_iter().map(|(section, items)| {
        let name = format!("the section `{}`", context.instrument.sections[section].id);
        (name, items)
    });
    let scales = context.keyed().map(|(scale, entries)| {
        (format!("`{}`", scale.id), entries.iter().map(|entry| entry.item).collect())
    });
    let mut reported = std::collections::BTreeSet::new();
    for (group, members) in sections.chain(scales) {
        let members: Vec<ItemIx> = members;
        let Some((odd, usual)) = odd(context, &members).filter(|(odd, _)| reported.insert(*odd))
        else {
            continue;
        };
        let (id, own) = (&items[odd.0].id, items[odd.0].response);
        let name = |response: ResponseScaleIx| &context.instrument.response_scales[response.0].name;
        let message = format!(
            "`{id}` is answered on `{}`, all other items of {group} on `{}`",
            name(own),
            name(usual)
        );
        hits.push(lint.hit(id, message, |d| {
            d.at(Pointer::item(odd).key("response"), "")
                .help("compare the response scale and the section of the item with the source")
        }));
    }
}

/// The only item of a group on another response scale, if that scale has as many options and belongs to other items.
fn odd(context: &Context<'_>, members: &[ItemIx]) -> Option<(ItemIx, ResponseScaleIx)> {
    let instrument = context.instrument;
    let response = |item: &ItemIx| instrument.items[item.0].response;
    if members.len() < FEW {
        return None;
    }
    // The usual scale is that of two of any three items.
    let firsts = [response(&members[0]), response(&members[1]), response(&members[2])];
    let usual =
        if firsts[0] == firsts[1] || firsts[0] == firsts[2] { firsts[0] } else { firsts[1] };
    let mut others = members.iter().filter(|item| response(item) != usual);
    let odd = *others.next().filter(|_| others.next().is_none())?;
    let own = response(&odd);
    // A response scale that only this item uses was written for it.
    let shared = instrument.items.iter().filter(|item| item.response == own).count() > 1;
    let [own, usual_scale] = [own, usual].map(|response| &instrument.response_scales[response.0]);
    let coded =
        |scale: &scalewright_model::ResponseScale| matches!(scale.kind, ResponseKind::Coded { .. });
    let alike = own.scored_values() == usual_scale.scored_values();
    (shared && alike && coded(own) && coded(usual_scale)).then_some((odd, usual))
}
