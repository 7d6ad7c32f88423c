//! Braces in texts. SurveyJS replaces a name in braces by its value, and has no escape for a brace. A value that is a
//! brace takes its place: what SurveyJS has inserted it does not replace again.

use super::form::Form;
use super::model::{CalculatedValue, Choice, Element, Page, Rows};
use super::texts::Text;

/// The name of the value that is a brace.
const NAME: &str = "text__brace";

/// Replaces the braces of all texts. Returns the value that is a brace, if any text needs it.
pub(super) fn replace(
    form: &Form<'_>,
    title: &mut Option<Text>,
    pages: &mut [Page],
) -> Option<CalculatedValue> {
    let name = form.name(NAME);
    let mut texts: Vec<&mut Text> = title.iter_mut().collect();
    pages.iter_mut().flat_map(|page| &mut page.elements).for_each(|part| collect(part, &mut texts));
    let mut is_needed = false;
    for text in texts {
        is_needed |= text.replace_braces(&format!("{{{name}}}"));
    }
    is_needed.then(|| CalculatedValue {
        name,
        expression: "'{'".to_owned(),
        include_into_result: false,
    })
}

/// The texts of an element in which SurveyJS replaces names. Texts in HTML have no braces, and the labels of sliders are
/// shown as written.
fn collect<'e>(element: &'e mut Element, texts: &mut Vec<&'e mut Text>) {
    texts.extend(element.title.iter_mut().chain(&mut element.description));
    let choices = element.choices.iter_mut().chain(&mut element.columns);
    texts.extend(choices.filter_map(|Choice { value: _, text }| text.as_mut()));
    if let Some(Rows::Items(rows)) = &mut element.rows {
        texts.extend(rows.iter_mut().map(|row| &mut row.text));
    }
    element.elements.iter_mut().for_each(|inner| collect(inner, texts));
}
