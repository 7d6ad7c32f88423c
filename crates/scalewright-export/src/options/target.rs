//! The options of one target, built in or provided by a plug-in.

use super::{Conflict, OptionSpec, OptionValues, Side};

/// A target's name, its options, and those that exclude each other.
#[derive(Debug, Clone, Copy)]
pub struct TargetOptions<'a> {
    /// The name of the target on the command line.
    pub name: &'a str,
    /// The options.
    pub options: &'a [OptionSpec],
    /// The options that exclude each other.
    pub conflicts: &'a [Conflict],
}

impl<'a> TargetOptions<'a> {
    /// Returns the option with this name.
    #[must_use]
    pub fn option(&self, name: &str) -> Option<&'a OptionSpec> {
        self.options.iter().find(|option| option.name == name)
    }

    /// Returns the first conflict that applies to the given values and the plain options in `flags`.
    #[must_use]
    pub fn conflict(&self, values: &OptionValues, flags: &[&str]) -> Option<&'a Conflict> {
        self.conflicts.iter().find(|Conflict { options, flag, help: _ }| {
            let matches = |(name, value): &Side| {
                let given = self.option(name).map(|spec| values.get(spec));
                // Without a value in the conflict, giving the option is enough, even with its default.
                value.as_ref().map_or(values.is_given(name), |value| Some(&**value) == given)
            };
            options.iter().all(matches) && flag.as_ref().is_none_or(|flag| flags.contains(&&**flag))
        })
    }
}
