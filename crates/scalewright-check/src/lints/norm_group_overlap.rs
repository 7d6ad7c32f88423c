//! Norm groups that share respondents.

use scalewright_model::{Pointer, Severity, Test};

use super::{Cells, Context, Group, Hit, Lint, norm_group_gap};

/// Two groups of a norm that share some respondents.
pub(super) static LINT: Lint = Lint {
    name: "norm-group-overlap",
    summary: "two groups of a norm that share respondents",
    explain: include_str!("norm_group_overlap.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// The greatest number of groups that are compared with one another.
const MOST: usize = 40;

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (index, norm) in context.file.norms.iter().enumerate() {
        let tests = norm_group_gap::tests(context, index);
        let Some((one, two)) =
            (tests.len() <= MOST).then(|| overlapping(context, &tests)).flatten()
        else {
            continue;
        };
        let groups = Pointer::norm(index).key("groups");
        let message =
            format!("groups {} and {} of `{}` share respondents", one + 1, two + 1, norm.id);
        hits.push(lint.hit(&norm.id, message, |d| {
            d.at(groups.index(two).key("when"), "includes some of an earlier group")
                .at(groups.index(one).key("when"), "this group, which takes them")
                .help("groups usually exclude one another: compare `<` and `<=` and the numbers with the source")
        }));
    }
}

/// The first two groups that share respondents, while each also has others. If one includes the other, the earlier one
/// is probably meant as an exception.
fn overlapping(context: &Context<'_>, tests: &[&Test]) -> Option<(usize, usize)> {
    let cells = Cells::of(context.possible(), tests)?;
    let held: Vec<Vec<bool>> = cells
        .rows()
        .map(|row| tests.iter().map(|test| cells.holds(test, &row)).collect())
        .collect();
    let pairs = (0..tests.len()).flat_map(|one| (one + 1..tests.len()).map(move |two| (one, two)));
    pairs.into_iter().find(|&(one, two)| {
        let occurs = |a: bool, b: bool| held.iter().any(|row| row[one] == a && row[two] == b);
        occurs(true, true) && occurs(true, false) && occurs(false, true)
    })
}
