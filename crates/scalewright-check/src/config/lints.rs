//! Reads the levels of lints under `[lints]` and `[[overrides]]`.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::file::{ConfigFile, LevelFile, LintsFile};
use scalewright_model::{Diagnostic, MOST_FINDINGS, Pointer};

use crate::levels::{Level, Levels};
use crate::outside::{is_plugin_name, plugin_of};

/// The key that sets all lints of a plug-in, in its table.
const ALL: &str = "all";

/// The levels of one table, by the name under which they are set.
type Table = BTreeMap<String, LintsFile>;

/// Returns the levels so that names of more lints apply first, and names of fewer lints override them.
pub(super) fn in_order(lints: &Table) -> Vec<(String, Level)> {
    let set = settings(lints, &Pointer::root());
    let mut all: Vec<(String, Level)> =
        set.into_iter().map(|(name, level, _)| (name, self::level(level))).collect();
    // The sort is stable, so names of the same width keep the order of the alphabet, and the result is always the same.
    all.sort_by_key(|(name, _)| Levels::width(name));
    all
}

/// Returns the plug-ins with a table under `[lints]`, each with its place.
pub(super) fn plugins(file: &ConfigFile) -> Vec<(String, Pointer)> {
    let tables = file.lints.iter().filter(|(_, value)| matches!(value, LintsFile::Plugin(_)));
    tables.map(|(name, _)| (name.clone(), Pointer::top("lints").key(name))).collect()
}

/// Returns the lints of other programs that the file names, each with its place.
pub(super) fn outside(file: &ConfigFile) -> Vec<(String, Pointer)> {
    let all = tables(file).into_iter().flat_map(|(table, place)| settings(table, &place));
    all.filter(|(name, ..)| plugin_of(name).is_some()).map(|(name, _, at)| (name, at)).collect()
}

/// Reports names that are neither a lint, nor a group, nor a plug-in. Only the plug-ins know their lints.
pub(super) fn wrong(file: &ConfigFile) -> Vec<Diagnostic> {
    let enabled: BTreeSet<String> = plugins(file).into_iter().map(|(name, _)| name).collect();
    let mut found = Vec::new();
    for (table, place) in tables(file) {
        for (name, value) in table {
            // Nothing shortens these findings later, so this is the limit itself.
            if found.len() >= MOST_FINDINGS {
                return found;
            }
            let place = place.key(name);
            found.extend(match value {
                LintsFile::Plugin(_) => misnamed(name).map(|wrong| wrong.at_key(place, "")),
                LintsFile::Level(_) => unknown(name, &enabled)
                    .map(|wrong| wrong.at_key(place, "only lints can be set")),
            });
        }
    }
    found
}

fn unknown(name: &str, enabled: &BTreeSet<String>) -> Option<Diagnostic> {
    // Any level will do, since only the name is checked.
    let help = Levels::with_plugins(enabled.iter().cloned()).set(name, Level::Warn).err()?;
    let found = Diagnostic::error("unknown-lint", format!("there is no lint or group `{name}`"));
    let found = found.help(help.unwrap_or_else(|| "`scalewright explain` lists them".to_owned()));
    let help = format!("to run a lint plug-in `{name}`, write a table: `[lints.{name}]`");
    Some(found.maybe_help(is_plugin_name(name).then_some(help)))
}

/// Reports a table whose name cannot be that of a plug-in.
fn misnamed(name: &str) -> Option<Diagnostic> {
    let wrong =
        |message: String, help: &str| Some(Diagnostic::error("unknown-lint", message).help(help));
    if !is_plugin_name(name) {
        return wrong(
            format!("`{name}` cannot be the name of a lint plug-in"),
            "write lower-case letters, digits and single hyphens, such as `[lints.house]`",
        );
    }
    Levels::default().set(name, Level::Warn).ok()?;
    let message = format!("`{name}` is not a lint plug-in, so it has a level and not a table");
    wrong(message, "write the level, such as `\"warn\"`")
}

/// Returns the tables of levels, each with its place.
fn tables(file: &ConfigFile) -> Vec<(&Table, Pointer)> {
    let own = std::iter::once((&file.lints, Pointer::top("lints")));
    let others = file.overrides.iter().enumerate();
    let others =
        others.map(|(index, one)| (&one.lints, Pointer::entry("overrides", index).key("lints")));
    own.chain(others).collect()
}

/// Returns the name, level and place of each setting of a table: the level `all` of a plug-in is that of its name.
fn settings(lints: &Table, table: &Pointer) -> Vec<(String, LevelFile, Pointer)> {
    let mut all = Vec::new();
    for (name, value) in lints {
        let place = table.key(name);
        match value {
            LintsFile::Level(level) => all.push((name.clone(), *level, place)),
            LintsFile::Plugin(own) => {
                // First, because the level of a single lint takes precedence.
                all.extend(own.get(ALL).map(|level| (name.clone(), *level, place.key(ALL))));
                let own = own.iter().filter(|(lint, _)| *lint != ALL);
                all.extend(
                    own.map(|(lint, level)| (format!("{name}/{lint}"), *level, place.key(lint))),
                );
            }
        }
    }
    all
}

fn level(setting: LevelFile) -> Level {
    match setting {
        LevelFile::Allow => Level::Allow,
        LevelFile::Hint => Level::Hint,
        LevelFile::Warn => Level::Warn,
        LevelFile::Deny => Level::Deny,
    }
}
