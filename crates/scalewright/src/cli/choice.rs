//! Options whose values a library names and describes.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use scalewright_model::Choice;

/// Takes the name of one of the choices.
pub(super) fn choice<T: Choice>() -> impl TypedValueParser<Value = T> {
    let values = T::ALL
        .iter()
        .map(|one| PossibleValue::new(one.name()).help(one.about().trim_end_matches('.')));
    PossibleValuesParser::new(values).try_map(|name| {
        let named = T::ALL.iter().copied().find(|one| one.name() == name);
        named.ok_or_else(|| format!("there is no `{name}`"))
    })
}
