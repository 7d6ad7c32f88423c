//! Norm groups with the same numbers.

use scalewright_model::file::NormGroupFile;
use scalewright_model::{Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// Two groups of a norm with the same mean and standard deviation, or the same table.
pub(super) static LINT: Lint = Lint {
    name: "twin-norm-groups",
    summary: "two groups of a norm with the same numbers",
    explain: include_str!("twin_norm_groups.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// The greatest number of groups that are compared with one another.
const MOST: usize = 200;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (index, norm) in context.file.norms.iter().enumerate() {
        let groups = &norm.groups[..norm.groups.len().min(MOST)];
        let place = Pointer::norm(index).key("groups");
        for (two, group) in groups.iter().enumerate() {
            let Some(one) = groups[..two].iter().position(|other| alike(context, other, group))
            else {
                continue;
            };
            let message = format!(
                "groups {} and {} of `{}` have the same numbers",
                one + 1,
                two + 1,
                norm.id
            );
            let key = if group.table.is_some() { "table" } else { "mean" };
            hits.push(lint.hit(&norm.id, message, |d| {
                d.at(place.index(two).key(key), "").at(place.index(one).key(key), "the same here")
                    .help("a line may have been copied and not changed: compare both with the source, or unite the groups with `or`")
            }));
            break;
        }
    }
}

fn alike(context: &Context<'_>, one: &NormGroupFile, two: &NormGroupFile) -> bool {
    match (&one.table, &two.table) {
        (None, None) => one.mean == two.mean && one.sd == two.sd,
        // A table under two names, with the same rows.
        (Some(one), Some(two)) => {
            let rows = |name: &String| context.file.tables.get(name).map(|table| &table.rows);
            one == two || (rows(one).is_some() && rows(one) == rows(two))
        }
        _ => false,
    }
}
