//! The default of an option, in words.

use scalewright_export::OptionSpec;

/// The value that an option has when it is left out; `nothing` where it has none.
pub(super) fn default_of(option: &OptionSpec) -> &str {
    if option.default.is_empty() { "nothing" } else { &option.default }
}
