//! The order in which a wording file lists the options of its response scales.

use scalewright_model::Pointer;

use crate::document::Tree;
use crate::lints::File;

/// The options of one response scale, in the order in which a file lists them.
#[derive(Debug, Clone)]
pub(crate) struct OptionOrder {
    pub(crate) file: File,
    /// The name of the response scale.
    pub(crate) response_scale: String,
    /// The keys, in the order of the text.
    pub(crate) values: Vec<String>,
    /// The location of the options.
    pub(crate) place: Pointer,
}

/// Returns the order of the options of each response scale in a wording file; empty for other files.
pub(crate) fn of_options(tree: &Tree<'_>, file: File) -> Vec<OptionOrder> {
    let scales = Pointer::top("response-scales");
    let Some(all) = tree.value(&scales).and_then(|value| value.as_table()) else {
        return Vec::new();
    };
    let listed = all.iter().filter_map(|(name, scale)| {
        let name: &str = name.get_ref();
        let options = scale.get_ref().as_table()?.get("options")?.get_ref().as_table()?;
        let mut keys: Vec<(usize, String)> =
            options.keys().map(|key| (key.span().start, key.get_ref().to_string())).collect();
        // The tables of the parser are sorted by key, so the order of the text is that of the positions.
        keys.sort_unstable();
        let values = keys.into_iter().map(|(_, key)| key).collect();
        let place = scales.key(name).key("options");
        Some(OptionOrder { file, response_scale: name.to_owned(), values, place })
    });
    listed.collect()
}
