//! How bad a lint is taken to be: as it says itself, or as a study or a command sets it.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{Severity, did_you_mean};

use crate::Finding;
use crate::lints::{Group, LINTS, Lint};

/// What can be set for a lint.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Level {
    /// It is switched off.
    Allow,
    /// Worth a second look; it never fails a check.
    Hint,
    /// Probably not meant.
    Warn,
    /// It fails a check. The instrument can still be scored and exported.
    Deny,
}

/// The names that stand for more than a lint or a group.
const WIDE: [&str; 2] = ["all", "warnings"];

/// What is set, and what is not and stays as each lint has it.
#[derive(Debug, Clone, Default)]
pub struct Levels {
    given: BTreeMap<&'static str, Level>,
    /// Those that were last set as `warnings`: the same word sets them again.
    together: BTreeSet<&'static str>,
    /// Whether warnings that no lint gives, such as `stale-allow`, fail a check.
    others: bool,
}

impl Level {
    /// How bad a finding is at this level. What is switched off finds nothing.
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
    /// Sets the level of what `name` is: a lint, a group of them, `all` lints, or `warnings`, which are
    /// all that are warnings so far, those that no lint gives included.
    ///
    /// # Errors
    /// There is no such lint or group; the answer says what may have been meant.
    pub fn set(&mut self, name: &str, level: Level) -> Result<(), Option<String>> {
        let wide = WIDE.contains(&name);
        let meant: Vec<&'static str> = LINTS
            .iter()
            .filter(|lint| match name {
                "all" => true,
                "warnings" => {
                    self.severity(lint) == Severity::Warning || self.together.contains(lint.name)
                }
                _ => lint.name == name || is_called(lint.group, name),
            })
            .map(|lint| lint.name)
            .collect();
        if meant.is_empty() && !wide && !is_group(name) {
            return Err(nearest(name));
        }
        if wide {
            self.others = level == Level::Deny;
        }
        match name {
            "warnings" => self.together.extend(&meant),
            _ => self.together.retain(|lint| !meant.contains(lint)),
        }
        self.given.extend(meant.into_iter().map(|lint| (lint, level)));
        Ok(())
    }

    /// The place of a name among others, those that stand for more first.
    pub(crate) fn width(name: &str) -> usize {
        match name {
            "all" => 0,
            "warnings" => 1,
            _ if is_group(name) => 2,
            _ => 3,
        }
    }

    /// The level set for a lint; nothing when it stays as it is.
    #[must_use]
    pub fn given(&self, lint: &Lint) -> Option<Level> {
        self.given.get(lint.name).copied()
    }

    fn severity(&self, lint: &Lint) -> Severity {
        match self.given(lint) {
            // What is switched off is no warning that could be meant by that word.
            Some(Level::Allow) => Severity::Hint,
            Some(level) => level.severity(),
            None => lint.level,
        }
    }

    /// Makes an error of a warning that no lint gives, where that is set.
    pub fn raise(&self, finding: &mut Finding) {
        if self.others && finding.severity == Severity::Warning && lint(finding.code).is_none() {
            finding.severity = Severity::Error;
        }
    }

    /// Whether findings of a lint are errors only because it is set so.
    pub(crate) fn raises(&self, code: &str) -> bool {
        let own = lint(code).map(|lint| lint.level);
        self.given.get(code) == Some(&Level::Deny) && own != Some(Severity::Error)
    }

    /// The same, but nothing is made an error by it.
    #[must_use]
    pub fn without_denials(&self) -> Self {
        let given = self.given.iter().filter(|(_, level)| **level != Level::Deny);
        let given = given.map(|(name, level)| (*name, *level)).collect();
        Self { given, ..Self::default() }
    }
}

fn lint(code: &str) -> Option<&'static Lint> {
    LINTS.iter().copied().find(|lint| lint.name == code)
}

fn is_group(name: &str) -> bool {
    Group::ALL.iter().any(|group| is_called(*group, name))
}

/// Whether a group is meant: in one word, or as it is listed.
fn is_called(group: Group, name: &str) -> bool {
    group.key() == name || group.name() == name
}

/// The lint or group that may have been meant.
fn nearest(name: &str) -> Option<String> {
    let groups: Vec<String> = Group::ALL.iter().map(|group| group.key()).collect();
    let lints = LINTS.iter().map(|lint| lint.name);
    let names = lints.chain(groups.iter().map(String::as_str)).chain(WIDE);
    did_you_mean(name, names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_group_is_called_as_a_lint_is() {
        for group in Group::ALL {
            assert!(lint(&group.key()).is_none(), "{}", group.key());
            assert!(!WIDE.contains(&group.key().as_str()), "{}", group.key());
        }
    }

    #[test]
    fn what_is_set_last_holds() {
        let mut levels = Levels::default();
        let lint = LINTS[0];
        for (name, level) in [("all", Level::Deny), (lint.name, Level::Allow)] {
            assert!(levels.set(name, level).is_ok());
        }
        assert_eq!(levels.given(lint), Some(Level::Allow));
        // What is off is no warning.
        assert!(levels.set("warnings", Level::Deny).is_ok());
        assert_eq!(levels.given(lint), Some(Level::Allow));
        assert!(levels.set(&lint.group.key(), Level::Hint).is_ok());
        assert_eq!(levels.given(lint), Some(Level::Hint));
        assert_eq!(
            levels.set("bandgap", Level::Deny),
            Err(Some("did you mean `band-gap`?".to_owned()))
        );
    }
}
