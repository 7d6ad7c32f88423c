//! Norms and tables whose name belongs to another scale.

use std::collections::BTreeMap;

use scalewright_model::{Origin, Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// A norm or a table that is named after a scale other than the one it is used for.
pub(super) static LINT: Lint = Lint {
    name: "norm-of-other-scale",
    summary: "a norm or a table named after a scale other than its own",
    explain: include_str!("norm_of_other_scale.md"),
    group: Group::Range,
    level: Severity::Hint,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let mut tables: BTreeMap<&str, &str> = BTreeMap::new();
    for (index, norm) in context.file.norms.iter().enumerate() {
        let place = Pointer::norm(index);
        if let Some(other) = named_after(context, &norm.id).filter(|other| *other != norm.scale) {
            let message = format!(
                "`{}` is a norm for `{}`, but is named after `{other}`",
                norm.id, norm.scale
            );
            hits.push(lint.hit(&norm.id, message, |d| {
                d.at(place.key("scale"), "")
                    .at(place.key("id"), "named here")
                    .help("name the scale of this norm, or rename the norm")
            }));
        }
        for (at, group) in norm.groups.iter().enumerate() {
            let Some(table) = group.table.as_deref() else { continue };
            let other = *tables.entry(table).or_insert(&norm.scale);
            if other != norm.scale {
                let message =
                    format!("the table `{table}` is used for `{other}` and for `{}`", norm.scale);
                hits.push(lint.hit(&norm.id, message, |d| {
                    d.at(place.key("groups").index(at).key("table"), "")
                        .help("scales rarely share a table of norms: name the table of this scale")
                }));
                break;
            }
        }
    }
}

/// The scale with the longest id that a name begins with.
fn named_after<'a>(context: &Context<'a>, name: &str) -> Option<&'a str> {
    let scales = context.instrument.scales.iter();
    let own = scales.filter(|scale| matches!(scale.origin, Origin::Scale(_)));
    let after = own.filter(|scale| {
        name.strip_prefix(scale.id.as_str())
            .is_some_and(|rest| rest.starts_with('_') || rest.is_empty())
    });
    after.map(|scale| scale.id.as_str()).max_by_key(|id| id.len())
}
