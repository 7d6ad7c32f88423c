//! Options whose values are named and described by a library crate.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use scalewright_model::Choice;

/// Returns a parser that accepts the names of all values of `T`, with their help texts.
pub(super) fn choice<T: Choice>() -> impl TypedValueParser<Value = T> {
    let values = T::ALL
        .iter()
        .map(|one| PossibleValue::new(one.name()).help(one.about().trim_end_matches('.')));
    PossibleValuesParser::new(values).try_map(|name| {
        let named = T::ALL.iter().copied().find(|one| one.name() == name);
        named.ok_or_else(|| format!("there is no `{name}`"))
    })
}
