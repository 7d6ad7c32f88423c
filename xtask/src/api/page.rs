//! Prints the page of a crate: what it is for, what it depends on, and its public items, sorted by what they are for.

use std::fs;
use std::path::Path;

use super::items::{Kind, PublicItem, items};
use super::methods::methods;
use super::read::{Name, Sources};
use super::words::{docs, first_sentence, plain};

/// What is chosen by hand about a page.
pub(super) struct Page {
    /// The name of the crate.
    pub(super) name: &'static str,
    /// The types and traits whose methods are on the page.
    pub(super) methods: &'static [&'static str],
    /// The public modules of which only the names of their types are on the page.
    pub(super) names_only: &'static [&'static str],
}

impl Page {
    /// Returns the text of the page. `root` is the root of the workspace.
    pub(super) fn text(&self, root: &Path) -> Result<String, String> {
        let folder = root.join("crates").join(self.name);
        let sources = Sources::read(&folder.join("src"))?;
        let manifest = fs::read_to_string(folder.join("Cargo.toml"));
        let manifest = manifest.map_err(|error| format!("Cargo.toml: {error}"))?;
        let intro = docs(&sources.module(&Name::new())?.attrs);
        let (listed, named) = self.divided(items(&sources)?)?;
        let mut text = format!("# {}\n\n{}\n\n", self.name, plain(&intro.join("\n")));
        text.push_str(&dependencies(&manifest));
        for (title, heads, kinds) in SECTIONS {
            let rows = listed.iter().filter(|item| kinds.contains(&item.kind));
            let rows: Vec<String> = rows.map(|item| row(item, &named)).collect();
            text.push_str(&table(title, heads, &rows));
        }
        text.push_str(&self.method_tables(&sources)?);
        text.push_str(&format!("\n## The rest\n\n`cargo doc -p {} --open` shows ", self.name));
        text.push_str("everything: fields, variants and all methods.\n");
        Ok(text)
    }

    /// Divides items into those with a row of their own, and those of modules of which only the names are listed.
    /// What has the same name outside that module is not listed again.
    fn divided(
        &self,
        items: Vec<PublicItem>,
    ) -> Result<(Vec<PublicItem>, Vec<PublicItem>), String> {
        let is_listed = |item: &PublicItem| {
            let module = item.path.rsplit_once("::").map_or("", |(module, _)| module);
            item.kind != Kind::Type || !self.names_only.contains(&module)
        };
        for module in self.names_only {
            let is_it = |item: &PublicItem| item.kind == Kind::Module && item.path == *module;
            if !items.iter().any(is_it) {
                return Err(format!("`{module}` is not a public module"));
            }
        }
        let (listed, mut named): (Vec<_>, Vec<_>) = items.into_iter().partition(is_listed);
        named.retain(|item| listed.iter().all(|other| other.path != last_name(&item.path)));
        Ok((listed, named))
    }

    /// Returns a table of methods for each main type.
    fn method_tables(&self, sources: &Sources) -> Result<String, String> {
        let mut text = String::new();
        for name in self.methods {
            let found = methods(sources, name)?;
            let rows: Vec<String> = found.iter().map(|item| row(item, &[])).collect();
            let title = format!("Methods of `{name}`");
            text.push_str(&table(&title, ["method", "what it does"], &rows));
        }
        Ok(text)
    }
}

/// The sections: their titles, the heads of their columns, and what is in them.
const SECTIONS: [(&str, [&str; 2], &[Kind]); 5] = [
    ("Functions", ["function", "what it does"], &[Kind::Function]),
    ("Types", ["type", "what it is"], &[Kind::Type]),
    ("Traits", ["trait", "what it is"], &[Kind::Trait]),
    ("Constants and macros", ["name", "what it is"], &[Kind::Constant, Kind::Macro]),
    ("Modules", ["module", "what it contains"], &[Kind::Module]),
];

/// Returns the sentence about the crates that a crate uses.
fn dependencies(manifest: &str) -> String {
    let lines = manifest.split("[dependencies]").nth(1).unwrap_or_default().lines();
    let ours = lines.filter(|line| line.starts_with("scalewright")).map(|line| {
        let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
        let note = if line.contains("optional") { " (optional)" } else { "" };
        format!("[`{name}`]({name}.md){note}")
    });
    let ours: Vec<String> = ours.collect();
    match ours.as_slice() {
        [] => "It uses no other crate of the workspace.\n".to_owned(),
        [only] => format!("It uses {only}.\n"),
        [first @ .., last] => format!("It uses {} and {last}.\n", first.join(", ")),
    }
}

/// Returns a section with a table, or nothing if there are no rows.
fn table(title: &str, [left, right]: [&str; 2], rows: &[String]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    format!("\n## {title}\n\n| {left} | {right} |\n|---|---|\n{}", rows.concat())
}

/// Returns the row of an item. A module's row ends with the names of its items among `named`.
fn row(item: &PublicItem, named: &[PublicItem]) -> String {
    let shown = item.signature.as_ref().unwrap_or(&item.path);
    let mut about = first_sentence(&plain(&item.docs.join("\n")));
    if let Some(feature) = &item.feature {
        about.push_str(&format!(" Needs the feature `{feature}`."));
    }
    let before = format!("{}::", item.path);
    let within = named.iter().filter_map(|item| item.path.strip_prefix(&before));
    let within: Vec<String> = within.map(|name| format!("`{name}`")).collect();
    if item.kind == Kind::Module && !within.is_empty() {
        about.push_str(&format!(" Types: {}.", within.join(", ")));
    }
    format!("| `{}` | {} |\n", escaped(shown), escaped(&about))
}

fn last_name(path: &str) -> &str {
    path.rsplit("::").next().unwrap_or(path)
}

fn escaped(cell: &str) -> String {
    cell.replace('|', "\\|")
}
