//! Elements of resources, whatever their type is.

use serde_json::Value as Json;

/// The text of an element; `None` if it is not a text, or empty.
pub(super) fn text<'j>(of: &'j Json, key: &str) -> Option<&'j str> {
    of.get(key).and_then(Json::as_str).filter(|text| !text.trim().is_empty())
}

/// The truth of an element; a missing one is false.
pub(super) fn truth(of: &Json, key: &str) -> bool {
    of.get(key).and_then(Json::as_bool).unwrap_or(false)
}

/// The values of a list. An element that is not a list has none.
pub(super) fn list<'j>(of: &'j Json, key: &str) -> &'j [Json] {
    of.get(key).and_then(Json::as_array).map_or(&[], Vec::as_slice)
}

/// The number of an element.
pub(super) fn number(of: &Json, key: &str) -> Option<f64> {
    of.get(key).and_then(Json::as_f64).filter(|number| number.is_finite())
}

/// The value of a choice of types: `valueCoding` of `value`, with its name.
pub(super) fn choice<'j>(of: &'j Json, stem: &str) -> Option<(&'j str, &'j Json)> {
    let is_typed = |key: &str| {
        key.strip_prefix(stem)
            .is_some_and(|kind| kind.starts_with(|c: char| c.is_ascii_uppercase()))
    };
    let found = of.as_object()?.iter().find(|(key, _)| is_typed(key))?;
    Some((found.0.as_str(), found.1))
}

/// The short name of an extension: the last part of its address, without the name of the guide.
pub(super) fn short(url: &str) -> &str {
    let last = url.trim_end_matches('/').rsplit('/').next().unwrap_or(url);
    let last = last.strip_prefix("sdc-").unwrap_or(last);
    last.strip_prefix("questionnaire-").unwrap_or(last)
}

/// The extensions with a short name, each with its position.
pub(super) fn extensions<'j>(
    of: &'j Json,
    name: &'static str,
) -> impl Iterator<Item = (usize, &'j Json)> {
    let all = list(of, "extension").iter().enumerate();
    all.filter(move |(_, extension)| text(extension, "url").is_some_and(|url| short(url) == name))
}

/// The value of the first extension with a short name.
pub(super) fn extension<'j>(of: &'j Json, name: &'static str) -> Option<&'j Json> {
    let (_, extension) = extensions(of, name).next()?;
    choice(extension, "value").map(|(_, value)| value)
}

/// The number that an extension has as its value.
pub(super) fn extension_number(of: &Json, name: &'static str) -> Option<f64> {
    let value = extension(of, name)?;
    let number = value.as_f64().or_else(|| number(value, "value"));
    // Some writers put decimals in quotes.
    let number = number.or_else(|| value.as_str()?.trim().parse().ok());
    number.filter(|number: &f64| number.is_finite())
}

/// The codes of a concept or a coding.
pub(super) fn codes(of: &Json) -> Vec<&str> {
    let own = text(of, "code").into_iter();
    own.chain(list(of, "coding").iter().filter_map(|coding| text(coding, "code"))).collect()
}
