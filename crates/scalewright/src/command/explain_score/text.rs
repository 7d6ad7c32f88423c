//! An explanation as text for a terminal.

use clap::builder::styling::{AnsiColor, Style};
use scalewright_model::Instrument;
use scalewright_model::text::line;
use scalewright_scoring::{Account, AccountTable, Content, Entry, Phrases, cited};

const NAME: Style = AnsiColor::Green.on_default().bold();
const LABEL: Style = Style::new().bold();

/// Returns the explanation of all scores, then their references.
pub(super) fn whole(instrument: &Instrument, accounts: &[Account]) -> String {
    let title = line(&instrument.title);
    let mut text = format!(
        "{NAME}{}{NAME:#}: {title}, version {}\n",
        instrument.id,
        line(&instrument.version)
    );
    if accounts.is_empty() {
        text.push_str("\nno scales: the instrument is not scored\n");
    }
    for account in accounts {
        text.push('\n');
        text.push_str(&one(instrument, account));
    }
    let works = cited(accounts);
    if !works.is_empty() {
        text.push_str(&format!("\n{LABEL}references{LABEL:#}\n"));
    }
    for work in works {
        let work = &instrument.references[work.0];
        let doi =
            work.doi.as_ref().map(|doi| format!(" https://doi.org/{doi}")).unwrap_or_default();
        text.push_str(&format!("  {}: {}{}\n", line(&work.id), line(&work.citation), line(&doi)));
    }
    text
}

fn one(instrument: &Instrument, account: &Account) -> String {
    let mut page = Explanation {
        text: format!(
            "{NAME}{}{NAME:#}: {} ({})\n",
            account.id,
            line(&account.title),
            account.kind
        ),
    };
    for Entry { part: _, label, content } in account.entries(Phrases::english()) {
        match content {
            Content::Lines(lines) => match lines.as_slice() {
                [one] => page.entry(&label, one),
                several => page.list(&label, several),
            },
            Content::Terms(terms) => {
                let numbers = terms.iter().map(|term| term.number.chars().count());
                let width = numbers.max().unwrap_or(0);
                let lines: Vec<String> = terms.iter().map(|term| term.aligned(width)).collect();
                page.list(&label, &lines);
            }
            Content::Table(table) => page.list(&label, &grid(&table)),
        }
    }
    for (what, references) in &account.sources {
        let ids: Vec<&str> =
            references.iter().map(|work| instrument.references[work.0].id.as_str()).collect();
        page.entry(&format!("source of the {what}"), &ids.join(", "));
    }
    page.text
}

/// Returns a table in aligned columns, long ones in blocks side by side, and then its notes.
fn grid(table: &AccountTable) -> Vec<String> {
    const WIDTH: usize = 78;
    const APART: &str = "   |   ";
    let columns = table.columns.len();
    let lines = || std::iter::once(&table.columns).chain(&table.rows);
    let size = |cell: &String| cell.chars().count();
    let widths: Vec<usize> =
        (0..columns).map(|at| lines().map(|row| size(&row[at])).max().unwrap_or(0)).collect();
    let number = |cell: &str| cell.parse::<f64>().is_ok() || cell.starts_with(['−', '–']);
    let numeric = |at: usize| table.rows.iter().all(|row| number(&row[at]));
    let right: Vec<bool> = (0..columns).map(numeric).collect();
    let written = |row: &Vec<String>| {
        let cells = row.iter().enumerate().map(|(at, cell)| match right[at] {
            true => format!("{cell:>width$}", width = widths[at]),
            false => format!("{cell:width$}", width = widths[at]),
        });
        cells.collect::<Vec<String>>().join("  ")
    };
    let width = widths.iter().sum::<usize>() + 2 * columns.saturating_sub(1);
    let blocks = table.blocks(WIDTH / (width + APART.len()).max(1));
    let blocks: Vec<Vec<String>> = table
        .side_by_side(blocks)
        .map(|rows| std::iter::once(&table.columns).chain(rows).map(written).collect())
        .collect();
    let height = blocks.first().map_or(0, Vec::len);
    let across = |at: usize| {
        let cells = blocks.iter().filter_map(|block| block.get(at).map(String::as_str));
        cells.collect::<Vec<&str>>().join(APART).trim_end().to_owned()
    };
    (0..height).map(across).chain(table.notes.iter().cloned()).collect()
}

struct Explanation {
    text: String,
}

impl Explanation {
    fn entry(&mut self, label: &str, what: &str) {
        self.text.push_str(&format!("  {LABEL}{}{LABEL:#}: {}\n", line(label), line(what)));
    }

    fn list(&mut self, label: &str, lines: &[String]) {
        self.text.push_str(&format!("  {LABEL}{}{LABEL:#}:\n", line(label)));
        for entry in lines {
            self.text.push_str(&format!("    {}\n", line(entry)));
        }
    }
}
