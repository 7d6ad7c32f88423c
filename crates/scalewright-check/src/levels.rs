//! The levels of lints: the default of each lint, or the level set by a study or a command.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Severity, did_you_mean};

use crate::Finding;
use crate::lints::{Group, LINTS, Lint};
use crate::outside::{OutsideLints, is_well_named, plugin_of};

/// The level that is set for a lint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// The lint is switched off.
    Allow,
    /// Findings are worth a second look, and never fail a check.
    Hint,
    /// Findings are probably mistakes.
    Warn,
    /// Findings fail a check. The instrument can still be scored and exported.
    Deny,
}

/// The names for more than one lint or group.
const WIDE: [&str; 2] = ["all", "warnings"];

/// The levels that are set. All other lints have their default level.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    given: BTreeMap<String, Level>,
    /// The lints that were last set as `warnings`, which the same name sets again.
    together: BTreeSet<String>,
    /// Whether warnings that do not come from lints, such as `stale-allow`, fail a check.
    others: bool,
    /// The programs whose lints may be set, by the name of the program.
    plugins: BTreeSet<String>,
    /// The lints of these programs with their default severities, once they are known.
    outside: BTreeMap<String, Severity>,
    /// Everything that was set, in order, to be set again when the lints of other programs are known.
    order: Vec<(String, Level)>,
}

impl Level {
    /// The severity of findings at this level. A lint that is switched off finds nothing.
    #[must_use]
    pub fn severity(self) -> Severity {
        match self {
            Self::Allow | Self::Hint => Severity::Hint,
            Self::Warn => Severity::Warning,
            Self::Deny => Severity::Error,
        }
    }
}

impl Levels {
    /// Levels that may also be set for all lints of each of these programs, by the name of the program.
    #[must_use]
    pub fn with_plugins(plugins: impl IntoIterator<Item = String>) -> Self {
        Self { plugins: plugins.into_iter().collect(), ..Self::default() }
    }

    /// Sets the level of a lint, a group of lints, `all` lints, or `warnings`. These are all lints that give warnings
    /// so far, and also the warnings that do not come from lints. A name with a slash is that of a lint of another
    /// program: [`verify`](crate::outside::verify) reports an unknown one once the program runs.
    ///
    /// # Errors
    /// Returns an error if there is no such lint or group, with a suggestion if there is a similar name.
    pub fn set(&mut self, name: &str, level: Level) -> Result<(), Option<String>> {
        let wide = WIDE.contains(&name);
        let selected = self.selected(name);
        let elsewhere = plugin_of(name).is_some() || self.plugins.contains(name);
        // A known name may select nothing, such as `warnings` if all lints are switched off.
        if selected.is_empty() && !wide && !is_group(name) && !elsewhere {
            return Err(nearest(name, &self.plugins));
        }
        if wide {
            self.others = level == Level::Deny;
        }
        match name {
            "warnings" => self.together.extend(selected.iter().cloned()),
            // A lint that is set by another name is no longer one of the `warnings`.
            _ => self.together.retain(|lint| !selected.contains(lint)),
        }
        self.given.extend(selected.into_iter().map(|lint| (lint, level)));
        self.order.push((name.to_owned(), level));
        Ok(())
    }

    /// Returns the lints that a name selects.
    fn selected(&self, name: &str) -> Vec<String> {
        // A lint that this name made an error gives no warnings now, but the name must still select it.
        let warns = |lint: &str, default| {
            self.severity(lint, default) == Severity::Warning || self.together.contains(lint)
        };
        let own = LINTS.iter().filter(|lint| match name {
            "all" => true,
            "warnings" => warns(lint.name, lint.level),
            _ => lint.name == name || is_called(lint.group, name),
        });
        let outside = self.outside.iter().filter(|(lint, default)| match name {
            "all" => true,
            "warnings" => warns(lint, **default),
            _ => *lint == name || plugin_of(lint) == Some(name),
        });
        let own = own.map(|lint| lint.name.to_owned());
        own.chain(outside.map(|(lint, _)| lint.clone())).collect()
    }

    /// Returns the same levels, applied to the lints of other programs too.
    pub(crate) fn knowing(&self, outside: &dyn OutsideLints) -> Self {
        if outside.plugins().is_empty() {
            // Not set again: levels without denials have no order.
            return self.clone();
        }
        let lints = outside.lints().iter().filter(|lint| is_well_named(lint, outside));
        let lints = lints.map(|lint| (lint.name.clone(), lint.level));
        let plugins = self.plugins.iter().chain(outside.plugins()).cloned();
        let mut levels = Self { outside: lints.collect(), ..Self::with_plugins(plugins) };
        for (name, level) in &self.order {
            // Each of these names was accepted before, and knowing more lints refuses none.
            let _ = levels.set(name, *level);
        }
        levels
    }

    /// The rank of a name: names for more lints come first.
    pub(crate) fn width(name: &str) -> usize {
        match name {
            "all" => 0,
            "warnings" => 1,
            _ if is_group(name) => 2,
            _ => 3,
        }
    }

    /// The level that is set for a lint; `None` if it has its default level.
    #[must_use]
    pub fn given(&self, lint: &Lint) -> Option<Level> {
        self.given_outside(lint.name)
    }

    /// The level that is set for a lint of another program; `None` if it has its default level.
    pub(crate) fn given_outside(&self, name: &str) -> Option<Level> {
        self.given.get(name).copied()
    }

    fn severity(&self, lint: &str, default: Severity) -> Severity {
        match self.given_outside(lint) {
            // A lint that is switched off gives no warnings, so `warnings` does not include it.
            Some(Level::Allow) => Severity::Hint,
            Some(level) => level.severity(),
            None => default,
        }
    }

    /// Makes a warning that does not come from a lint an error, if `warnings` or `all` are denied.
    pub fn raise(&self, finding: &mut Finding) {
        if self.others && finding.severity == Severity::Warning && !is_lint(&finding.code) {
            finding.severity = Severity::Error;
        }
    }

    /// Whether findings of a lint are errors only because of its set level.
    pub(crate) fn raises(&self, code: &str) -> bool {
        // Only `check` runs the lints of other programs, so they must not prevent the use of a definition either.
        if plugin_of(code).is_some() {
            return true;
        }
        // A lint that is an error by default breaks a definition, even if its level is set too.
        let own = lint(code).map(|lint| lint.level);
        self.given.get(code) == Some(&Level::Deny) && own != Some(Severity::Error)
    }

    /// The same levels, without those that make findings errors.
    #[must_use]
    pub fn without_denials(&self) -> Self {
        let given = self.given.iter().filter(|(_, level)| **level != Level::Deny);
        let given = given.map(|(name, level)| (name.clone(), *level)).collect();
        Self { given, ..Self::with_plugins(self.plugins.iter().cloned()) }
    }
}

/// Whether findings of this kind come from a lint, of this or another program.
pub(crate) fn is_lint(code: &str) -> bool {
    lint(code).is_some() || plugin_of(code).is_some()
}

fn lint(code: &str) -> Option<&'static Lint> {
    LINTS.iter().copied().find(|lint| lint.name == code)
}

fn is_group(name: &str) -> bool {
    Group::ALL.iter().any(|group| is_called(*group, name))
}

/// Whether `name` is the key or the name of a group.
fn is_called(group: Group, name: &str) -> bool {
    group.key() == name || group.name() == name
}

/// Suggests a lint, a group or a program with a similar name.
fn nearest(name: &str, plugins: &BTreeSet<String>) -> Option<String> {
    let groups: Vec<String> = Group::ALL.iter().map(|group| group.key()).collect();
    let lints = LINTS.iter().map(|lint| lint.name);
    let names = lints.chain(groups.iter().map(String::as_str)).chain(WIDE);
    let names = names.chain(plugins.iter().map(String::as_str));
    did_you_mean(name, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_and_lints_have_different_names() {
        for group in Group::ALL {
            assert!(lint(&group.key()).is_none(), "{}", group.key());
            assert!(!WIDE.contains(&group.key().as_str()), "{}", group.key());
        }
    }

    #[test]
    fn later_levels_override_earlier_ones() {
        let mut levels = Levels::default();
        let lint = LINTS[0];
        for (name, level) in [("all", Level::Deny), (lint.name, Level::Allow)] {
            assert!(levels.set(name, level).is_ok());
        }
        assert_eq!(levels.given(lint), Some(Level::Allow));
        // A lint that is switched off is not among the warnings.
        assert!(levels.set("warnings", Level::Deny).is_ok());
        assert_eq!(levels.given(lint), Some(Level::Allow));
        assert!(levels.set(&lint.group.key(), Level::Hint).is_ok());
        assert_eq!(levels.given(lint), Some(Level::Hint));
        let used = levels.without_denials().knowing(&crate::outside::NoOutsideLints);
        assert_eq!(used.given(lint), Some(Level::Hint), "levels that are not denials are kept");
        assert_eq!(
            levels.set("bandgap", Level::Deny),
            Err(Some("did you mean `band-gap`?".to_owned()))
        );
    }
}
