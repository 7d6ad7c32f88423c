//! Additions to a form, such as ink and notes, in words: each with the item that it is nearest to.

use scalewright_model::text::line;
use scalewright_pdf::{FieldValue, Filled, Remark, Spot};

/// Returns what was added to a form, each with its page and the field that is nearest to it.
pub(super) fn remarks(filled: &Filled, item_of: impl Fn(&str) -> Option<String>) -> Vec<String> {
    let places = || {
        filled.fields.iter().flat_map(|(name, field)| {
            spots(field).iter().flatten().map(move |spot| (name.as_str(), *spot))
        })
    };
    let words = |remark: &Remark| {
        let nearest = places().filter(|(_, spot)| spot.page == remark.spot.page);
        let nearest = nearest.min_by_key(|(_, spot)| apart(*spot, remark.spot));
        let item = nearest.and_then(|(name, _)| item_of(name));
        let place = item.map_or(String::new(), |id| format!(", near `{id}`"));
        let words = line(&remark.words);
        let words = if words.is_empty() { words } else { format!(": \u{201c}{words}\u{201d}") };
        format!("{} on page {}{place}{words}", remark.kind, remark.spot.page + 1)
    };
    filled.remarks.iter().map(words).collect()
}

fn spots(field: &FieldValue) -> &[Option<Spot>] {
    match field {
        FieldValue::Buttons { spots, .. } | FieldValue::Typed { spots, .. } => spots,
        FieldValue::Foreign => &[],
    }
}

/// The distance of two places on a page. Items follow each other down the page, so the height counts more.
fn apart(one: Spot, other: Spot) -> i64 {
    let (x, y) = (i64::from(one.x) - i64::from(other.x), i64::from(one.y) - i64::from(other.y));
    x * x + 16 * y * y
}
