//! The default of an option, in words.

use scalewright_export::OptionSpec;

/// Returns the value of an option that is left out; `nothing` for an empty list.
pub(super) fn default_of(option: &OptionSpec) -> &str {
    if option.default.is_empty() { "nothing" } else { &option.default }
}
