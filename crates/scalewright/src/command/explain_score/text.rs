//! An explanation as text for a terminal.

use clap::builder::styling::{AnsiColor, Style};
use scalewright_model::Instrument;
use scalewright_model::text::line;
use scalewright_scoring::emit::number;
use scalewright_scoring::{Account, Reach, cited};

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
    page.entry("measures", account.description.as_deref());
    page.entry("part of", account.part_of.as_deref());
    page.entry("unit", account.unit.as_deref());
    page.entry("rule", Some(&account.rule));
    page.list("computed from", &account.terms);
    page.list("then", &account.steps);
    page.entry("formula", account.formula.as_deref());
    page.list("groups", &account.groups);
    page.entry("missing", account.missing.as_deref());
    page.entry("needed", joined(&account.mandatory).as_deref());
    page.list("asked", &account.conditions);
    if let Some(range) = account.range.as_ref().filter(|_| account.words.is_empty()) {
        page.entry("complete", Some(&reach(&range.complete)));
        page.entry("with missing", Some(&reach(&range.any)));
    }
    page.entry("words", joined(&account.words).as_deref());
    for set in &account.bands {
        let label = set.set.as_ref().map_or("bands".to_owned(), |set| format!("bands {set}"));
        let lines: Vec<String> =
            set.bands.iter().map(|(label, scores)| format!("{label}: {scores}")).collect();
        page.list(&label, &lines);
    }
    page.entry("reliability", account.reliability.as_deref());
    page.entry("key", account.key);
    for (what, references) in &account.sources {
        let ids: Vec<&str> =
            references.iter().map(|work| instrument.references[work.0].id.as_str()).collect();
        page.entry("source", Some(&format!("{} of the {what}", ids.join(", "))));
    }
    page.text
}

fn joined(list: &[String]) -> Option<String> {
    (!list.is_empty()).then(|| list.join(", "))
}

/// Returns the possible scores in words.
fn reach(reach: &Reach) -> String {
    if reach.is_empty() {
        return "never scored".to_owned();
    }
    let ends = format!("{} to {}", number(reach.low), number(reach.high));
    let mut text = if reach.exact { ends } else { format!("within {ends}") };
    if let Some(values) = &reach.values {
        let plural = if values.len() == 1 { "" } else { "s" };
        text.push_str(&format!(", {} different score{plural}", values.len()));
    }
    if reach.may_miss {
        text.push_str(", or no score");
    }
    text
}

struct Explanation {
    text: String,
}

impl Explanation {
    fn entry(&mut self, label: &str, what: Option<&str>) {
        if let Some(what) = what {
            self.text.push_str(&format!("  {LABEL}{}{LABEL:#}: {}\n", line(label), line(what)));
        }
    }

    fn list(&mut self, label: &str, lines: &[String]) {
        if !lines.is_empty() {
            self.text.push_str(&format!("  {LABEL}{}{LABEL:#}:\n", line(label)));
        }
        for entry in lines {
            self.text.push_str(&format!("    {}\n", line(entry)));
        }
    }
}
