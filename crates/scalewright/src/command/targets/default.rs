//! The default of an option, in words.

use scalewright_export::OptionSpec;

/// Returns the value that an option has when it is left out; `nothing` if that is empty.
pub(super) fn default_of(option: &OptionSpec) -> &str {
    if option.default.is_empty() { "nothing" } else { &option.default }
}
