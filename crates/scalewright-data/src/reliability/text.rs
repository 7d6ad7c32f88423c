//! The analysis as text to read, and as JSON.

use std::fmt::Write;

use scalewright_model::text::line;

use super::alpha::Interval;
use super::result::{Analysis, GroupAnalysis, ItemAnalysis, ScaleAnalysis, Statistics};
use super::retest::Retest;

const BOLD: &str = "\u{1b}[1m";
const DIM: &str = "\u{1b}[2m";
const END: &str = "\u{1b}[0m";

/// The analysis as one JSON object, with every number in full.
#[must_use]
pub fn json(analysis: &Analysis) -> String {
    // Serialising numbers, texts and lists cannot fail.
    let mut text = serde_json::to_string_pretty(analysis).unwrap_or_default();
    text.push('\n');
    text
}

/// The analysis as text, with terminal styles.
#[must_use]
pub fn text(analysis: &Analysis) -> String {
    let mut page = format!(
        "{BOLD}{}{END} ({} {})\n",
        line(&analysis.title),
        line(&analysis.instrument),
        line(&analysis.version)
    );
    let tables = match analysis.tables.as_slice() {
        [only] => line(only),
        many => format!("{} tables", many.len()),
    };
    let _ = writeln!(page, "{tables}, {}", respondents(analysis));
    for group in &analysis.groups {
        if let (Some(by), Some(name)) = (&analysis.by, &group.group) {
            let name = if name.is_empty() { "(empty)".to_owned() } else { line(name) };
            let _ = writeln!(page, "\n{BOLD}{} = {name}{END}: {}", line(by), rows(group.rows));
        }
        for (id, scale) in &group.scales {
            page.push_str(&of_scale(id, scale, group));
        }
    }
    for (id, why) in &analysis.not_analysed {
        let _ = writeln!(page, "\n{BOLD}{}{END} is not analysed: {}", line(id), line(why));
    }
    page
}

fn rows(count: u64) -> String {
    format!("{count} {}", if count == 1 { "row" } else { "rows" })
}

fn respondents(analysis: &Analysis) -> String {
    let all = analysis.groups.iter().map(|group| group.rows).sum();
    let used = match analysis.missing {
        "pairwise" => "each pair of items uses the respondents who answered both",
        _ => "each scale uses the respondents who answered all its items",
    };
    format!("{}; {used}", rows(all))
}

fn of_scale(id: &str, scale: &ScaleAnalysis, group: &GroupAnalysis) -> String {
    let mut page = format!("\n{BOLD}{}{END}  {}\n", line(id), line(&scale.title));
    let items = if scale.k == 1 { "item" } else { "items" };
    let whom = match scale.n == scale.n_most {
        true => format!("{} of {} respondents", scale.n, group.rows),
        false => format!("{} to {} of {} respondents", scale.n, scale.n_most, group.rows),
    };
    let _ = writeln!(page, "{DIM}{} {items}, {whom}{END}", scale.k);
    for item in &scale.constant {
        let _ = writeln!(page, "left out: {}, which everybody answered alike", line(item));
    }
    match (&scale.statistics, &scale.not_computed) {
        (Some(statistics), _) => {
            page.push_str(&coefficients(statistics));
            page.push_str(&items_table(statistics, group.rows));
        }
        (None, Some(why)) => {
            let _ = writeln!(page, "not computed: {why}");
        }
        (None, None) => {}
    }
    page.push_str(&scale.test_retest.as_ref().map(retest).unwrap_or_default());
    page
}

/// A number with `digits` decimals, or a dash.
pub(super) fn number(value: Option<f64>, digits: usize) -> String {
    match value {
        // A number that rounds to zero has no sign.
        Some(value) if value.abs() < 0.5 / 10_f64.powi(i32::try_from(digits).unwrap_or(0)) => {
            format!("{:.digits$}", 0.0)
        }
        Some(value) => format!("{value:.digits$}").replace('-', "−"),
        None => "–".to_owned(),
    }
}

/// A share as a percentage.
pub(super) fn percent(share: Option<f64>) -> String {
    share.map_or("–".to_owned(), |share| format!("{:.1} %", share * 100.0))
}

pub(super) fn interval(interval: Option<Interval>, digits: usize) -> String {
    let end = |end: f64| number(Some(end), digits);
    interval.map_or(String::new(), |i| format!("[{}, {}]", end(i.lower), end(i.upper)))
}

/// The coefficients: each with its name, its value and what else is to be known.
pub(super) fn rows_of(statistics: &Statistics) -> Vec<[String; 3]> {
    let s = statistics;
    let row =
        |name: &str, value: Option<f64>, more: String| [name.to_owned(), number(value, 3), more];
    let feldt = s.alpha_ci95.and_then(|all| all.feldt);
    let with = |interval: String, what: &str| match interval.is_empty() {
        true => what.to_owned(),
        false => format!("{interval}  {what}"),
    };
    let mut rows = vec![
        row("alpha", Some(s.alpha), with(interval(feldt, 3), "95 %, Feldt")),
        row("standardised alpha", Some(s.alpha_std), String::new()),
    ];
    if feldt.is_none() {
        rows[0][2] = "no interval by pairs".to_owned();
    }
    rows.extend(omega_rows(s));
    let lambda4 = s.guttman.lambda4_cov.as_ref().map(|all| all.lambda4_max_any);
    rows.push(row("lambda 2", Some(s.guttman.lambda2), String::new()));
    if lambda4.is_some() {
        rows.push(row("lambda 4", lambda4, "the best division into two parts".to_owned()));
    }
    let why = s.guttman.lambda6_cov.map_or("items determine each other", |_| "");
    rows.push(row("lambda 6", s.guttman.lambda6_cov, why.to_owned()));
    if let Some(halves) = s.split_half {
        let what = "odd and even items, Spearman-Brown".to_owned();
        rows.push(row("split-half", Some(halves.odd_even.spearman_brown), what));
    }
    let r = s.inter_item;
    let range = format!("from {} to {}", number(Some(r.min_r), 2), number(Some(r.max_r), 2));
    rows.push(row("mean inter-item r", Some(r.mean_r), range));
    rows.extend(score_rows(s));
    rows
}

/// Omega by two methods, or why it is not computed.
fn omega_rows(s: &Statistics) -> Vec<[String; 3]> {
    let row =
        |name: &str, value: Option<f64>, more: String| [name.to_owned(), number(value, 3), more];
    let Some(minres) = &s.omega_minres else {
        let why = match s.items.len() {
            0..3 => "one factor needs three items",
            _ => "one factor, minimum residual: the fit does not converge",
        };
        return vec![row("omega total", None, why.to_owned())];
    };
    let heywood = if minres.improper { "; improper: an item is explained completely" } else { "" };
    let what = format!("one factor, minimum residual{heywood}");
    let mut rows = vec![row("omega total", Some(minres.omega_total), what)];
    let what = "one factor, maximum likelihood";
    match &s.omega_cfa {
        Some(cfa) => {
            let fit = format!(
                "{what}: χ² {}, df {:.0}, CFI {}, RMSEA {}",
                number(Some(cfa.fit.chisq), 1),
                cfa.fit.df,
                number(Some(cfa.fit.cfi), 3),
                number(cfa.fit.rmsea, 3)
            );
            let heywood = if cfa.improper { "; improper: a negative variance" } else { "" };
            rows.push(row("", Some(cfa.omega_total_model), format!("{fit}{heywood}")));
        }
        // By pairs there is no likelihood.
        None if s.alpha_ci95.is_some() => {
            let why = "the fit does not converge, or there are too few respondents";
            rows.push(row("", None, format!("{what}: {why}")));
        }
        None => {}
    }
    rows
}

/// The score with its error of measurement, in its own units.
fn score_rows(s: &Statistics) -> Vec<[String; 3]> {
    let (spread, sem, change) = match s.score.or(s.total) {
        Some(spread) if s.score.is_some() => (Some(spread), s.sem_score, s.sdc95_score),
        spread => (spread, Some(s.sem_total), Some(s.sdc95_total)),
    };
    let mut rows = Vec::new();
    if let Some(spread) = spread {
        let ends = s.floor_ceiling_sum.map_or(String::new(), |ends| {
            format!(
                ", {} lowest, {} highest",
                percent(Some(ends.floor_prop)),
                percent(Some(ends.ceiling_prop))
            )
        });
        let more = format!(
            "SD {}, from {} to {}{ends}",
            number(spread.sd, 2),
            number(Some(spread.min), 2),
            number(Some(spread.max), 2)
        );
        rows.push(["score, mean".to_owned(), number(Some(spread.mean), 2), more]);
    }
    let more = format!("smallest detectable change {}", number(change, 2));
    rows.push(["SEM".to_owned(), number(sem, 2), more]);
    rows
}

fn coefficients(statistics: &Statistics) -> String {
    let rows = rows_of(statistics);
    let width = rows.iter().map(|row| row[1].chars().count()).max().unwrap_or(0);
    let of = |[name, value, more]: [String; 3]| {
        format!("  {name:<20}{value:>width$}  {more}").trim_end().to_owned() + "\n"
    };
    rows.into_iter().map(of).collect()
}

/// The heads of the table of items.
pub(super) const ITEM_HEADS: [&str; 9] =
    ["item", "missing", "mean", "SD", "skew", "lowest", "highest", "item-rest r", "alpha without"];

/// The cells of an item.
pub(super) fn item_cells(id: &str, item: &ItemAnalysis, rows: u64) -> [String; 9] {
    let sign = if item.reversed { "-" } else { "" };
    let missing = item.n_missing as f64 / rows.max(1) as f64;
    let rest = format!("{} {}", number(item.r_item_rest, 2), interval(item.r_item_rest_ci95, 2));
    [
        format!("{sign}{}", line(id)),
        percent(Some(missing)),
        number(Some(item.mean), 2),
        number(Some(item.sd), 2),
        number(item.skew, 2),
        percent(item.floor_prop),
        percent(item.ceiling_prop),
        rest.trim_end().to_owned(),
        number(item.alpha_if_deleted, 3),
    ]
}

fn items_table(statistics: &Statistics, rows: u64) -> String {
    let cells: Vec<[String; 9]> = std::iter::once(ITEM_HEADS.map(str::to_owned))
        .chain(statistics.items.iter().map(|(id, item)| item_cells(id, item, rows)))
        .collect();
    let width = |at: usize| cells.iter().map(|row| row[at].chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..9).map(width).collect();
    let mut page = String::from("\n");
    for (at, row) in cells.iter().enumerate() {
        let mut text = format!("  {:<width$}", row[0], width = widths[0]);
        for (cell, width) in row.iter().zip(&widths).skip(1) {
            let _ = write!(text, "  {cell:>width$}");
        }
        let text = text.trim_end();
        let _ = match at {
            0 => writeln!(page, "{DIM}{text}{END}"),
            _ => writeln!(page, "{text}"),
        };
    }
    page
}

fn retest(retest: &Retest) -> String {
    let mut page = String::new();
    for pair in &retest.pairs {
        let _ = writeln!(
            page,
            "\n  {BOLD}{} and {}{END}: {} respondents\n  r {} {}, ICC(2,1) {}, mean change {}, SD of change {}",
            line(&pair.first),
            line(&pair.second),
            pair.n,
            number(Some(pair.pearson), 3),
            interval(pair.pearson_ci95, 3),
            number(pair.icc.map(|icc| icc.icc.two.icc), 3),
            number(Some(pair.mean_diff), 2),
            number(Some(pair.sd_diff), 2),
        );
    }
    if let Some(all) = &retest.all_occasions {
        let _ = writeln!(
            page,
            "\n  {BOLD}all {} occasions{END}: {} respondents\n  ICC(2,1) {}, ICC(3,1) {}",
            all.k,
            all.n,
            number(Some(all.icc.two.icc), 3),
            number(Some(all.icc.three.icc), 3)
        );
    }
    if retest.repeated > 0 {
        let _ = writeln!(
            page,
            "\n  left out: {} with two rows for one occasion",
            match retest.repeated {
                1 => "1 respondent".to_owned(),
                more => format!("{more} respondents"),
            }
        );
    }
    page
}
