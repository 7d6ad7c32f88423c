//! Names that SurveyJS cannot use, and texts that it would change.

use std::collections::BTreeSet;

use scalewright_model::{Diagnostic, ItemIx, Pointer};

use super::form::Form;
use super::model::{Element, Page, Rows};
use super::texts::Text;

/// The names of properties that every JavaScript object has. An answer with such a name is not saved, or not found.
const RESERVED: [&str; 4] = ["constructor", "tostring", "valueof", "tolocalestring"];

/// What SurveyJS itself inserts into texts.
const INSERTED: [&str; 3] = ["locale", "pageno", "pagecount"];

/// Errors for ids that SurveyJS reserves, and for results that have the name of a question.
pub(super) fn refused(form: &Form<'_>) -> Vec<Diagnostic> {
    let instrument = form.request.instrument;
    let items = instrument.items.iter().enumerate();
    let items = items.map(|(index, item)| (item.id.as_str(), Pointer::item(ItemIx(index))));
    let scale = |column: &crate::code::script::Column| instrument.scales[column.scale.0].pointer();
    let columns = form.script.columns.iter().map(|column| (column.name.as_str(), scale(column)));
    let mut taken = BTreeSet::new();
    let mut found = Vec::new();
    for (name, place) in items.chain(columns) {
        let because = match (RESERVED.contains(&name), taken.insert(name)) {
            (true, _) => format!("SurveyJS reserves the name `{name}`"),
            (false, false) => format!("two questions or results would be named `{name}`"),
            (false, true) => continue,
        };
        let finding = Diagnostic::error("unusable-name", because).at(place.key("id"), "");
        found.push(finding.help("choose another id"));
    }
    found
}

/// Errors for texts with a name in braces, which SurveyJS would replace by its value.
pub(super) fn replaced(form: &Form<'_>, pages: &[Page]) -> Vec<Diagnostic> {
    let instrument = form.request.instrument;
    let ids = instrument.items.iter().map(|item| item.id.clone());
    let columns = form.script.columns.iter().map(|column| column.name.clone());
    let names: BTreeSet<String> = ids.chain(columns).map(|name| form.name(&name)).collect();
    let is_replaced = |text: &str| names_in(text).find(|name| {
        names.contains(name) || INSERTED.contains(&name.as_str()) || name.contains("__")
    });
    let mut found = Vec::new();
    let title = form.languages.text(|wording| Some(wording.title.clone()));
    let titles = title.iter().map(|text| (text, Pointer::top("title")));
    let mut texts: Vec<(&Text, Pointer)> = titles.collect();
    pages.iter().flat_map(|page| &page.elements).for_each(|part| collect(form, part, &mut texts));
    for (text, place) in texts {
        if let Some(name) = text.texts().find_map(&is_replaced) {
            let because = format!("SurveyJS would replace `{{{name}}}` in this text by a value");
            let finding = Diagnostic::error("replaced-text", because).at(place, "");
            found.push(finding.help("write the name without braces"));
        }
    }
    found
}

/// The names in braces, as SurveyJS compares them.
fn names_in(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split('{').skip(1);
    let inner = parts.filter_map(|part| part.split_once('}').map(|(inner, _)| inner));
    inner.map(|name| {
        let name = name.trim().to_lowercase();
        name.split(['.', '[']).next().unwrap_or_default().to_owned()
    })
}

/// The texts of an element that are not HTML, with their places.
fn collect<'e>(form: &Form<'_>, element: &'e Element, texts: &mut Vec<(&'e Text, Pointer)>) {
    let items = &form.request.instrument.items;
    let item_named = |name: &str| {
        let index = items.iter().position(|item| item.id == name || form.name(&item.id) == name);
        index.map(|index| Pointer::item(ItemIx(index)))
    };
    let place = item_named(&element.name).unwrap_or_else(Pointer::root);
    let own = element.title.iter().chain(&element.description);
    texts.extend(own.map(|text| (text, place.clone())));
    let choices = element.choices.iter().chain(&element.columns).chain(&element.custom_labels);
    texts.extend(choices.filter_map(|choice| Some((choice.text.as_ref()?, place.clone()))));
    if let Some(Rows::Items(rows)) = &element.rows {
        let row = |row: &'e super::model::Row| {
            (&row.text, item_named(&row.value).unwrap_or_else(Pointer::root))
        };
        texts.extend(rows.iter().map(row));
    }
    element.elements.iter().for_each(|inner| collect(form, inner, texts));
}

#[cfg(test)]
mod tests {
    use super::names_in;

    #[test]
    fn names_in_braces_are_found() {
        let found: Vec<String> = names_in("a {Q1.x} b { total } {open").collect();
        assert_eq!(found, ["q1", "total"]);
    }
}
