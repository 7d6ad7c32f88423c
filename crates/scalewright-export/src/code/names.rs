//! The names of items and columns that a language does not accept.

use std::collections::BTreeSet;

use scalewright_model::{Diagnostic, ItemIx, Pointer};

use super::script::{Column, Script};
use crate::ExportRequest;

/// What a language accepts as the name of a variable. It takes letters, digits and underscores, so ids are accepted
/// unless they are too long or reserved.
pub(crate) struct NameLimits {
    /// Its name for readers.
    pub(crate) language: &'static str,
    /// The most characters of a name.
    pub(crate) longest: usize,
    /// Whether the code shortens the names of columns that are longer.
    pub(crate) shortens: bool,
    /// The most characters of the id of an item or a scale, where the code has variables with longer names for them.
    pub(crate) longest_item: usize,
    /// Whether it reserves a name.
    pub(crate) is_reserved: fn(&str) -> bool,
}

/// Errors for the items and columns of a script whose names cannot be used.
pub(crate) fn unusable(
    request: &ExportRequest<'_>,
    script: &Script,
    limits: &NameLimits,
) -> Vec<Diagnostic> {
    let items = script.items.iter().map(|item| (&item.id, Pointer::item(item.ix)));
    let items = items.map(|(id, place)| (id.as_str(), place, limits.longest_item));
    let scales = script.blocks.iter().map(|block| {
        let place = request.instrument.scales[block.scale.0].pointer();
        (block.id.as_str(), place, limits.longest_item)
    });
    let columns = script.columns.iter().filter(|_| !limits.shortens).map(|column| {
        let place = request.instrument.scales[column.scale.0].pointer();
        (column.name.as_str(), place, limits.longest)
    });
    let mut found: Vec<Diagnostic> = Vec::new();
    for (name, place, longest) in items.chain(scales).chain(columns) {
        let Some(because) = limits.refuses(name, longest) else { continue };
        let finding = Diagnostic::error("unusable-name", because).at(place.key("id"), "");
        let finding = finding.help("choose another id");
        if !found.iter().any(|other| other.message == finding.message) {
            found.push(finding);
        }
    }
    found
}

/// The column with the number of answers that are not allowed.
pub(crate) const INVALID_ANSWERS: &str = "invalid_answers";

/// Errors for columns of the scores that have the name of an item or of another column: one would replace the other.
pub(crate) fn colliding(request: &ExportRequest<'_>, script: &Script) -> Vec<Diagnostic> {
    let instrument = request.instrument;
    let mut taken: BTreeSet<&str> = BTreeSet::from([INVALID_ANSWERS]);
    taken.extend(instrument.items.iter().map(|item| item.id.as_str()));
    let column_of = |column: &'_ Column| instrument.scales[column.scale.0].pointer();
    let columns = script.columns.iter().filter(|column| !taken.insert(&column.name));
    let items = instrument.items.iter().enumerate().filter(|(_, item)| item.id == INVALID_ANSWERS);
    let items = items.map(|(at, item)| (item.id.as_str(), Pointer::item(ItemIx(at))));
    let columns = columns.map(|column| (column.name.as_str(), column_of(column)));
    items.chain(columns).map(|(name, place)| collision(name, place)).collect()
}

fn collision(name: &str, place: Pointer) -> Diagnostic {
    let because =
        format!("the scores have a column `{name}`, and an item or another score has this name");
    Diagnostic::error("unusable-name", because).at(place.key("id"), "").help("choose another id")
}

impl NameLimits {
    /// Why a name cannot be used; `None` if it can.
    fn refuses(&self, name: &str, longest: usize) -> Option<String> {
        let language = self.language;
        if (self.is_reserved)(name) {
            return Some(format!("{language} reserves the name `{name}`"));
        }
        let length = name.chars().count();
        (length > longest).then(|| {
            format!("the name `{name}` has {length} characters, and {language} accepts {longest}")
        })
    }
}

#[cfg(test)]
mod tests {
    use super::NameLimits;

    #[test]
    fn long_and_reserved_names_are_refused() {
        let is_reserved = |name: &str| name == "with";
        let limits = NameLimits {
            language: "SPSS",
            longest: 8,
            shortens: false,
            longest_item: 7,
            is_reserved,
        };
        assert_eq!(limits.refuses("q1", 7), None);
        let because = "SPSS reserves the name `with`";
        assert_eq!(limits.refuses("with", 8).as_deref(), Some(because));
        let because = "the name `question_1` has 10 characters, and SPSS accepts 8";
        assert_eq!(limits.refuses("question_1", 8).as_deref(), Some(because));
    }
}
