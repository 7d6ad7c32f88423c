//! What a check of data is, and the words that findings share.

use scalewright_model::{Diagnostic, ItemIx, Pointer, Severity};

use crate::collected::Collected;

/// A check of the data.
pub struct Check {
    /// The name in kebab case: `reversed-item`.
    pub name: &'static str,
    /// What it finds, as a clause.
    pub summary: &'static str,
    /// The severity of its findings unless they are weak.
    pub level: Severity,
    /// The page about it, in Markdown.
    pub explain: &'static str,
    /// Finds it in what was collected.
    pub(crate) run: fn(&Collected<'_>) -> Vec<Diagnostic>,
}

impl Check {
    /// A finding about the data as a whole.
    pub(crate) fn finding(&self, severity: Severity, message: String) -> Diagnostic {
        Diagnostic::new(self.name, severity, message).at(Pointer::top("id"), "")
    }

    /// A finding about an item: the place is the item in the definition, with the column beside it.
    pub(crate) fn of_item(
        &self,
        severity: Severity,
        (collected, item): (&Collected<'_>, usize),
        message: String,
    ) -> Diagnostic {
        let column = collected.columns.get(item).map_or("", String::as_str);
        let text = format!("column `{}`", scalewright_model::text::quote(column));
        let pointer = Pointer::item(ItemIx(item)).key("id");
        Diagnostic::new(self.name, severity, message).at(pointer, text)
    }
}

/// The ids of items, as a list.
pub(crate) fn ids(collected: &Collected<'_>, items: &[usize]) -> String {
    let ids: Vec<&str> =
        items.iter().map(|&item| collected.shape.items[item].id.as_str()).collect();
    crate::collected::list(&ids)
}

/// A number with two decimals, with the minus sign of printed text.
pub(crate) fn two(number: f64) -> String {
    format!("{number:.2}")
}

/// A share in percent, with a decimal if it is below 1 %.
pub(crate) fn percent(share: f64) -> String {
    match 100.0 * share {
        small if small > 0.0 && small < 1.0 => format!("{small:.1} %"),
        other => format!("{other:.0} %"),
    }
}

/// The names of respondents, as a list: the first five.
pub(crate) fn respondents(collected: &Collected<'_>, names: &[(u32, String)], all: u64) -> String {
    let shown: Vec<String> = names.iter().take(5).map(|name| collected.named(name)).collect();
    match all.saturating_sub(shown.len() as u64) {
        0 => shown.join(", "),
        more => format!("{} and {more} more", shown.join(", ")),
    }
}
