//! The analysis as tables: a row for each scale, or for each item.

use std::borrow::Cow;

use scalewright_model::Stop;
use scalewright_tables::{
    Out, TableCell, TableColumn, TableFormat, TableWriter, ValueKind, failed,
};

use super::alpha::Interval;
use super::formats::AnalysisTable;
use super::result::{Analysis, GroupAnalysis, ItemAnalysis, ScaleAnalysis};

/// Writes a table of the analysis. With `guard`, cells of text tables that a spreadsheet would run as formulas get an
/// apostrophe.
///
/// # Errors
///
/// When the output cannot be written, or this build lacks the format.
pub fn write_table(
    analysis: &Analysis,
    table: AnalysisTable,
    format: TableFormat,
    (out, guard): (Out, bool),
) -> Result<(), Stop> {
    let by = analysis.by.as_deref();
    let mut writer = TableWriter::new(columns(by, table), format, (out, guard))?;
    for group in &analysis.groups {
        for (id, scale) in &group.scales {
            let start = || {
                let group = group.group.as_deref().map(text);
                group.into_iter().chain([text(id)]).collect::<Vec<TableCell<'_>>>()
            };
            let rows = match table {
                AnalysisTable::Scales => vec![scale_cells(group, scale)],
                AnalysisTable::Items => items(scale),
            };
            for row in rows {
                let row: Vec<TableCell<'_>> = start().into_iter().chain(row).collect();
                writer.row(&row).map_err(|error| failed(&error))?;
            }
        }
    }
    writer.finish().map_err(|error| failed(&error))
}

/// The columns of the table of scales after the name of the scale.
const SCALE: [(&str, ValueKind); 30] = {
    use ValueKind::{Number, Text, Whole};
    [
        ("rows", Whole),
        ("n", Whole),
        ("k", Whole),
        ("alpha", Number),
        ("alpha_lower", Number),
        ("alpha_upper", Number),
        ("alpha_std", Number),
        ("omega_minres", Number),
        ("omega_cfa", Number),
        ("lambda2", Number),
        ("lambda4", Number),
        ("lambda6", Number),
        ("split_half", Number),
        ("mean_r", Number),
        ("min_r", Number),
        ("max_r", Number),
        ("score_mean", Number),
        ("score_sd", Number),
        ("score_min", Number),
        ("score_max", Number),
        ("score_skew", Number),
        ("floor", Number),
        ("ceiling", Number),
        ("sem", Number),
        ("sdc95", Number),
        ("kmo", Number),
        ("chisq", Number),
        ("cfi", Number),
        ("rmsea", Number),
        ("not_computed", Text),
    ]
};

/// The columns of the table of items after the name of the scale.
const ITEMS: [(&str, ValueKind); 20] = {
    use ValueKind::{Number, Text, Truth, Whole};
    [
        ("item", Text),
        ("reversed", Truth),
        ("weight", Number),
        ("n_answered", Whole),
        ("n_missing", Whole),
        ("n", Whole),
        ("mean", Number),
        ("sd", Number),
        ("skew", Number),
        ("floor", Number),
        ("ceiling", Number),
        ("r_item_total", Number),
        ("r_item_rest", Number),
        ("r_item_rest_lower", Number),
        ("r_item_rest_upper", Number),
        ("smc", Number),
        ("loading_minres", Number),
        ("alpha_if_deleted", Number),
        ("alpha_std_if_deleted", Number),
        ("lambda6_if_deleted", Number),
    ]
};

fn columns(by: Option<&str>, table: AnalysisTable) -> Vec<TableColumn> {
    let column = |name: &str, kind| TableColumn { name: name.to_owned(), kind };
    let own: &[(&str, ValueKind)] = match table {
        AnalysisTable::Scales => &SCALE,
        AnalysisTable::Items => &ITEMS,
    };
    // A column of the data may have the same name as a column of the table.
    let by = by.map(|by| match by == "scale" || own.iter().any(|(name, _)| *name == by) {
        true => column(&format!("group_{by}"), ValueKind::Text),
        false => column(by, ValueKind::Text),
    });
    let scale = column("scale", ValueKind::Text);
    by.into_iter()
        .chain([scale])
        .chain(own.iter().map(|(name, kind)| column(name, *kind)))
        .collect()
}

fn text(text: &str) -> TableCell<'_> {
    TableCell::Text(Cow::Borrowed(text))
}

fn number<'a>(value: Option<f64>) -> TableCell<'a> {
    value.filter(|value| value.is_finite()).map_or(TableCell::Empty, TableCell::Number)
}

fn whole<'a>(value: u64) -> TableCell<'a> {
    TableCell::Whole(i64::try_from(value).unwrap_or(i64::MAX))
}

fn scale_cells<'a>(group: &GroupAnalysis, scale: &'a ScaleAnalysis) -> Vec<TableCell<'a>> {
    let s = scale.statistics.as_ref();
    let feldt = s.and_then(|s| s.alpha_ci95?.feldt);
    let spread = s.and_then(|s| s.score.or(s.total));
    let ends = s.and_then(|s| s.floor_ceiling_sum);
    let fit = s.and_then(|s| s.omega_cfa.as_ref()).map(|cfa| cfa.fit);
    let lambda4 = s.and_then(|s| s.guttman.lambda4_cov.as_ref()).map(|all| all.lambda4_max_any);
    let numbers = [
        s.map(|s| s.alpha),
        feldt.map(|ends| ends.lower),
        feldt.map(|ends| ends.upper),
        s.map(|s| s.alpha_std),
        s.and_then(|s| s.omega_minres.as_ref()).map(|minres| minres.omega_total),
        s.and_then(|s| s.omega_cfa.as_ref()).map(|cfa| cfa.omega_total_model),
        s.map(|s| s.guttman.lambda2),
        lambda4,
        s.and_then(|s| s.guttman.lambda6_cov),
        s.and_then(|s| s.split_half).map(|halves| halves.odd_even.spearman_brown),
        s.map(|s| s.inter_item.mean_r),
        s.map(|s| s.inter_item.min_r),
        s.map(|s| s.inter_item.max_r),
        spread.map(|spread| spread.mean),
        spread.and_then(|spread| spread.sd),
        spread.map(|spread| spread.min),
        spread.map(|spread| spread.max),
        spread.and_then(|spread| spread.skew_type2_g1),
        ends.map(|ends| ends.floor_prop),
        ends.map(|ends| ends.ceiling_prop),
        s.map(|s| s.sem_score.unwrap_or(s.sem_total)),
        s.map(|s| s.sdc95_score.unwrap_or(s.sdc95_total)),
        s.and_then(|s| s.factorability.as_ref()).map(|all| all.kmo_overall),
        fit.map(|fit| fit.chisq),
        fit.map(|fit| fit.cfi),
        fit.and_then(|fit| fit.rmsea),
    ];
    let why = scale.not_computed.as_deref().map_or(TableCell::Empty, text);
    let counts = [whole(group.rows), whole(scale.n), whole(scale.k as u64)];
    counts.into_iter().chain(numbers.map(number)).chain([why]).collect()
}

fn items(scale: &ScaleAnalysis) -> Vec<Vec<TableCell<'_>>> {
    let Some(statistics) = &scale.statistics else { return Vec::new() };
    let loadings = statistics.omega_minres.as_ref().map(|minres| &minres.loadings);
    let of = |(at, (id, item)): (usize, &'_ (String, ItemAnalysis))| {
        let rest: Option<Interval> = item.r_item_rest_ci95;
        let numbers = [
            Some(item.mean),
            Some(item.sd),
            item.skew,
            item.floor_prop,
            item.ceiling_prop,
            Some(item.r_item_total),
            item.r_item_rest,
            rest.map(|rest| rest.lower),
            rest.map(|rest| rest.upper),
            item.smc,
            loadings.map(|loadings| loadings[at]),
            item.alpha_if_deleted,
            item.alpha_std_if_deleted,
            item.lambda6_if_deleted,
        ];
        let start = [
            TableCell::Text(Cow::Owned(id.clone())),
            TableCell::Truth(item.reversed),
            TableCell::Number(item.weight),
            whole(item.n_answered),
            whole(item.n_missing),
            whole(scale.n),
        ];
        start.into_iter().chain(numbers.map(number)).collect()
    };
    statistics.items.iter().enumerate().map(of).collect()
}
