//! The comparison as text for people.

use std::fmt::Write;

use scalewright_model::text::line;

use super::agreement::Agreement;
use super::compared::Compared;
use super::difference::{Kind, label, stem};
use crate::statistics::float;

/// The most differences that are listed.
const MOST: usize = 200;

pub(super) fn text(compared: &Compared) -> String {
    let mut text = String::new();
    let Compared { first, second, differences, matched, .. } = compared;
    let _ = writeln!(text, "first:  {} ({} rows)", line(&first.name), first.lines.len());
    let _ = writeln!(text, "second: {} ({} rows)", line(&second.name), second.lines.len());
    let _ = writeln!(text, "{matched} rows are in both; {} differ\n", plural(differences.len()));
    let mut last = None;
    for difference in differences.iter().take(MOST) {
        if last != Some(&difference.key) {
            let _ = writeln!(text, "{}", line(&difference.key.join(" ")));
            last = Some(&difference.key);
        }
        match &difference.kind {
            Kind::OnlyFirst => text.push_str("  only the first file has this row\n"),
            Kind::OnlySecond => text.push_str("  only the second file has this row\n"),
            Kind::Cell { column, item, first, second } => {
                let stem = item.map_or("", |item| stem(&compared.instrument, item));
                let stem =
                    if stem.is_empty() { String::new() } else { format!("  {}", line(stem)) };
                let _ = writeln!(text, "  {}{stem}", line(column));
                for (which, content) in [("first", first), ("second", second)] {
                    let _ = writeln!(text, "    {which:6}  {}", shown(compared, *item, content));
                }
            }
        }
    }
    if differences.len() > MOST {
        let _ =
            writeln!(text, "… and {} more: `--out` writes all of them", differences.len() - MOST);
    }
    if !differences.is_empty() {
        text.push('\n');
    }
    agreement(&mut text, compared);
    text
}

fn plural(count: usize) -> String {
    match count {
        1 => "1 cell or row".to_owned(),
        more => format!("{more} cells or rows"),
    }
}

/// An answer with its words.
fn shown(compared: &Compared, item: Option<usize>, content: &str) -> String {
    let label = item.map_or(String::new(), |item| label(&compared.instrument, item, content));
    match (content, label.as_str()) {
        ("", _) => "(empty)".to_owned(),
        (content, "") => line(content),
        (content, label) => format!("{} ({})", line(content), line(label)),
    }
}

fn agreement(text: &mut String, compared: &Compared) {
    let ids = compared.instrument.items.iter().map(|item| item.id.as_str());
    let width = ids.clone().map(str::len).max().unwrap_or(0).max(4);
    let _ = writeln!(
        text,
        "{:width$}  {:>6}  {:>9}  {:>6}  {:>8}  {:>9}",
        "item", "n", "agreement", "kappa", "weighted", "one blank"
    );
    for (id, one) in ids.zip(&compared.agreement) {
        let Agreement { n, same, one_blank, kappa, weighted } = one;
        let share = match n {
            0 => "–".to_owned(),
            n => format!("{:.1} %", 100.0 * float(*same) / float(*n)),
        };
        let two =
            |kappa: &Option<f64>| kappa.map_or("–".to_owned(), |kappa| format!("{kappa:.2}"));
        let _ = writeln!(
            text,
            "{id:width$}  {n:>6}  {share:>9}  {:>6}  {:>8}  {one_blank:>9}",
            two(kappa),
            two(weighted)
        );
    }
}
