//! Ids that exports make names of their own from.

use std::collections::BTreeSet;

use scalewright_model::{ItemIx, Pointer, Severity};
use scalewright_scoring::emit::redcap::RESERVED;

use super::{Context, Group, Hit, Lint};

/// An id that an export needs for another column.
pub(super) static LINT: Lint = Lint {
    name: "id-collision",
    summary: "an id that an export needs for another column",
    explain: include_str!("id_collision.md"),
    group: Group::Portability,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// What scores, and REDCap, put behind an id.
const ENDINGS: [&str; 6] = ["answered", "prorated", "band", "word", "complete", "timestamp"];

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let instrument = context.instrument;
    let form = instrument.id.replace('-', "_");
    let scales: BTreeSet<&str> = instrument.scales.iter().map(|scale| scale.id.as_str()).collect();
    let items = instrument.items.iter().enumerate();
    let items = items.map(|(index, item)| (item.id.as_str(), Pointer::item(ItemIx(index))));
    let all =
        items.chain(instrument.scales.iter().map(|scale| (scale.id.as_str(), scale.pointer())));
    for (id, place) in all {
        let ending = ENDINGS.into_iter().find_map(|ending| {
            let of = id.strip_suffix(ending)?.strip_suffix('_')?;
            let taken = match ending {
                "complete" | "timestamp" => of == form,
                _ => scales.contains(of),
            };
            taken.then_some(of)
        });
        let message = match ending {
            Some(of) => format!("`{id}` is also the name of a column that is made for `{of}`"),
            None if RESERVED.contains(&id) => format!("REDCap keeps the name `{id}` for itself"),
            None => continue,
        };
        hits.push(lint.hit(id, message, |d| {
            d.at(place.key("id"), "")
                .help("choose another id: tables of scores and platforms need this one")
        }));
    }
}
