//! Version numbers: which of two is later, and whether the new one agrees with the changes.

use std::cmp::Ordering;

use scalewright_model::{Diagnostic, Pointer};

use super::kinds::Bump;

/// A version as defined by Semantic Versioning 2.0.0.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Version {
    /// Major, minor, patch.
    core: [u128; 3],
    /// The pre-release identifiers after the hyphen; empty for a release.
    pre: Vec<Identifier>,
}

/// A pre-release identifier. Numbers sort before words.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Identifier {
    Number(u128),
    Word(String),
}

impl Version {
    /// Parses a version that matches the pattern of the schema.
    fn of(text: &str) -> Self {
        let (core, pre) = text.split_once('-').unwrap_or((text, ""));
        // Numbers too large for `u128` count as the largest one: they do not occur, and comparing must not fail.
        let number = |text: &str| text.parse().unwrap_or(u128::MAX);
        let mut parts = core.split('.').map(number);
        let core = [(); 3].map(|()| parts.next().unwrap_or(0));
        let identifier = |text: &str| match text.bytes().all(|byte| byte.is_ascii_digit()) {
            true => Identifier::Number(number(text)),
            false => Identifier::Word(text.to_owned()),
        };
        let pre = pre.split('.').filter(|text| !text.is_empty()).map(identifier);
        Self { core, pre: pre.collect() }
    }

    fn order(&self, other: &Self) -> Ordering {
        let pre = match (self.pre.is_empty(), other.pre.is_empty()) {
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            _ => self.pre.cmp(&other.pre),
        };
        self.core.cmp(&other.core).then(pre)
    }

    /// The lowest release that agrees with changes of this version.
    fn raised(&self, bump: Bump) -> [u128; 3] {
        let [major, minor, patch] = self.core;
        match (bump, major) {
            (Bump::None, _) => self.core,
            // Only releases promise compatibility: anything may change after a pre-release.
            _ if !self.pre.is_empty() => self.core,
            // Below 1.0.0, the second number marks major changes, and the third all others.
            (Bump::Major, 1..) => [major.saturating_add(1), 0, 0],
            (Bump::Minor, 1..) | (Bump::Major, 0) => [major, minor.saturating_add(1), 0],
            (Bump::Patch, _) | (Bump::Minor, 0) => [major, minor, patch.saturating_add(1)],
        }
    }
}

/// The lowest version that agrees with changes of `old`.
pub(super) fn needed(old: &str, bump: Bump) -> String {
    let version = Version::of(old);
    if bump != Bump::None && !version.pre.is_empty() {
        let [major, minor, patch] = version.core;
        return format!("{major}.{minor}.{patch}");
    }
    match bump {
        Bump::None => old.to_owned(),
        bump => version.raised(bump).map(|part| part.to_string()).join("."),
    }
}

/// Reports a version `new` that does not agree with changes of `old`, or returns `None`.
pub(super) fn finding(old: &str, new: &str, bump: Bump) -> Option<Diagnostic> {
    let (before, after) = (Version::of(old), Version::of(new));
    let order = after.order(&before);
    // A pre-release of the required version is enough, so only the three numbers are compared.
    let enough = after.core >= before.raised(bump);
    let raised = order == Ordering::Greater && enough;
    if raised || (bump == Bump::None && order == Ordering::Equal) {
        return None;
    }
    let message = match order {
        Ordering::Less => format!("the version goes down, from `{old}` to `{new}`"),
        Ordering::Equal => {
            format!("the version is still `{old}` although the definition has changed")
        }
        Ordering::Greater => {
            format!("the version goes from `{old}` to `{new}`, which is too little for the changes")
        }
    };
    let because = match bump {
        Bump::None => "nothing else has changed".to_owned(),
        bump => format!("the changes are {}", bump.name()),
    };
    let found = Diagnostic::error("version-not-bumped", message);
    let found = found.at(Pointer::top("version"), because);
    Some(found.help(format!("write `version = \"{}\"`", needed(old, bump))))
}

#[cfg(test)]
mod tests {
    use super::{Bump, finding, needed};

    #[test]
    fn changes_require_a_lowest_version() {
        for (old, bump, lowest) in [
            ("1.4.2", Bump::Major, "2.0.0"),
            ("1.4.2", Bump::Minor, "1.5.0"),
            ("1.4.2", Bump::Patch, "1.4.3"),
            ("1.4.2", Bump::None, "1.4.2"),
            ("0.4.2", Bump::Major, "0.5.0"),
            ("0.4.2", Bump::Minor, "0.4.3"),
            ("2.0.0-rc.1", Bump::Major, "2.0.0"),
        ] {
            assert_eq!(needed(old, bump), lowest, "{old} {bump:?}");
        }
    }

    #[test]
    fn versions_that_are_too_low_are_reported() {
        for (old, new, bump, agrees) in [
            ("1.0.0", "1.0.0", Bump::None, true),
            ("1.0.0", "1.0.1", Bump::None, true),
            ("1.0.1", "1.0.0", Bump::None, false),
            ("1.0.0", "1.0.0", Bump::Patch, false),
            ("1.0.0", "1.0.1", Bump::Patch, true),
            ("1.0.0", "1.0.1", Bump::Minor, false),
            ("1.9.0", "1.10.0", Bump::Minor, true),
            ("1.0.0", "1.9.9", Bump::Major, false),
            ("1.0.0", "2.0.0-rc.1", Bump::Major, true),
            ("2.0.0-rc.1", "2.0.0-rc.2", Bump::Major, true),
            ("2.0.0-rc.9", "2.0.0-rc.10", Bump::Major, true),
            ("2.0.0-rc.2", "2.0.0-rc.2", Bump::Major, false),
            ("2.0.0-rc.2", "2.0.0", Bump::Major, true),
            ("2.0.0", "2.0.0-rc.2", Bump::None, false),
            ("0.1.0", "0.1.1", Bump::Major, false),
            ("0.1.0", "0.2.0", Bump::Major, true),
            ("0.1.0", "1.0.0", Bump::Major, true),
            ("99999999999999999999.0.0", "100000000000000000000.0.0", Bump::Major, true),
        ] {
            assert_eq!(finding(old, new, bump).is_none(), agrees, "{old} {new} {bump:?}");
        }
    }
}
