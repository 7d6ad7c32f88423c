//! Tables whose results both rise and fall.

use scalewright_model::{Pointer, Severity};

use super::{Context, Group, Hit, Lint, shown};

/// A table of two columns whose results both rise and fall.
pub(super) static LINT: Lint = Lint {
    name: "table-not-monotone",
    summary: "a table whose results both rise and fall",
    explain: include_str!("table_not_monotone.md"),
    group: Group::Range,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (name, table) in &context.file.tables {
        let mut rows: Vec<(usize, f64, f64)> = table
            .rows
            .iter()
            .enumerate()
            // Rows with more than one key have no single order.
            .filter(|(_, row)| row.len() == 2)
            .map(|(index, row)| (index, row[0], row[1]))
            .collect();
        // The file may list the rows in any order.
        rows.sort_by(|a, b| a.1.total_cmp(&b.1));
        let rises = rows.windows(2).filter(|pair| pair[1].2 > pair[0].2).count();
        let falls = rows.windows(2).filter(|pair| pair[1].2 < pair[0].2).count();
        // The rarer direction is the likely mistake.
        let odd = |pair: &&[(usize, f64, f64)]| match falls <= rises {
            true => pair[1].2 < pair[0].2,
            false => pair[1].2 > pair[0].2,
        };
        let Some(turn) = rows.windows(2).find(odd).filter(|_| rises > 0 && falls > 0) else {
            continue;
        };
        let message = format!(
            "the results of the table `{name}` both rise and fall: {} gives {}, {} gives {}",
            shown(turn[0].1),
            shown(turn[0].2),
            shown(turn[1].1),
            shown(turn[1].2)
        );
        let place = Pointer::table(name).key("rows").index(turn[1].0);
        hits.push(lint.hit(name, message, |d| {
            d.at(place, "").help("compare this row and its neighbours with the source")
        }));
    }
}
