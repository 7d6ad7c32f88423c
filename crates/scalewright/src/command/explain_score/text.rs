//! An explanation as text for a terminal.

use clap::builder::styling::{AnsiColor, Style};
use scalewright_model::Instrument;
use scalewright_model::text::line;
use scalewright_scoring::{Account, Content, Entry, Phrases, cited};

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
            Content::Table(table) => page.list(&label, &table.aligned(78)),
        }
    }
    for (what, references) in &account.sources {
        let ids: Vec<&str> =
            references.iter().map(|work| instrument.references[work.0].id.as_str()).collect();
        page.entry(&format!("source of the {what}"), &ids.join(", "));
    }
    page.text
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
