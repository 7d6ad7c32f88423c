//! Elements and attributes of a project file.

use roxmltree::Node;

/// The namespace of REDCap's extensions.
pub(super) const REDCAP: &str = "https://projectredcap.org";

/// The lines of a text.
pub(super) struct Lines(Vec<usize>);

impl Lines {
    pub(super) fn of(text: &str) -> Self {
        Self(text.match_indices('\n').map(|(at, _)| at).collect())
    }

    /// The line on which an element begins, from 1.
    pub(super) fn line(&self, node: Node<'_, '_>) -> usize {
        self.0.partition_point(|end| *end < node.range().start) + 1
    }
}

/// The children of an element with a name in any namespace.
pub(super) fn children<'a>(
    node: Node<'a, 'a>,
    name: &'a str,
) -> impl Iterator<Item = Node<'a, 'a>> {
    node.children().filter(move |child| child.is_element() && child.tag_name().name() == name)
}

/// An attribute by its name in any namespace.
pub(super) fn attribute<'a>(node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// An attribute of REDCap's namespace.
pub(super) fn redcap<'a>(node: Node<'a, 'a>, name: &str) -> Option<&'a str> {
    node.attribute((REDCAP, name))
}

/// The languages that texts state, in order, each once, and whether all texts state one.
pub(super) fn languages(node: Node<'_, '_>) -> (Vec<String>, bool) {
    let mut languages: Vec<String> = Vec::new();
    let mut is_stated = true;
    for text in node.descendants().filter(|node| node.tag_name().name() == "TranslatedText") {
        match attribute(text, "lang").map(|tag| tag.replace('_', "-")) {
            Some(language) if !languages.contains(&language) => languages.push(language),
            Some(_) => {}
            None => is_stated = false,
        }
    }
    (languages, is_stated)
}
