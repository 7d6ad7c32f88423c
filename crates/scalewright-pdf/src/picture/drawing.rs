//! Checks the content of an SVG drawing.

use roxmltree::{Document, Error, Node, ParsingOptions};

use super::Unusable;

const SVG: &str = "http://www.w3.org/2000/svg";

/// The maximum number of XML nodes in a drawing: elements, texts and comments.
const MOST_PARTS: u32 = 20_000;

/// The maximum depth of nested elements.
const MOST_DEPTH: usize = 64;

/// The maximum total size of clip paths, in bytes of their source, counted once for each use.
const MOST_CLIPPED: usize = 4 << 20;

/// The elements allowed inside the root element, sorted for binary search.
const ELEMENTS: [&str; 17] = [
    "circle",
    "clipPath",
    "defs",
    "desc",
    "ellipse",
    "g",
    "line",
    "linearGradient",
    "metadata",
    "path",
    "polygon",
    "polyline",
    "radialGradient",
    "rect",
    "stop",
    "style",
    "title",
];

/// Checks that the text is a self-contained drawing within the limits.
pub(super) fn check(text: &str) -> Result<(), Unusable> {
    let text = text.trim_start_matches('\u{feff}');
    let options =
        ParsingOptions { allow_dtd: false, nodes_limit: MOST_PARTS, ..Default::default() };
    let document = Document::parse_with_options(text, options).map_err(|error| unread(&error))?;
    let root = document.root_element();
    if !root.has_tag_name((SVG, "svg")) {
        return Err(Unusable::new("it is XML, but not SVG", "save it as PNG or SVG"));
    }
    // The root apart from the others: `ELEMENTS` lacks `svg`, so that a drawing inside of the drawing is refused.
    attributes(root)?;
    let mut open: Vec<(Node<'_, '_>, usize)> = root.children().map(|node| (node, 1)).collect();
    while let Some((node, depth)) = open.pop() {
        if !node.is_element() {
            continue;
        }
        if depth > MOST_DEPTH {
            return Err(plainer(format!(
                "its parts are nested more than {MOST_DEPTH} levels deep"
            )));
        }
        // Elements in other namespaces are private data of drawing programs, and are not drawn. Renderers may draw an
        // element without a namespace, and apply style sheets from inside metadata.
        if matches!(node.tag_name().namespace(), Some(SVG | "") | None) {
            element(node)?;
            attributes(node)?;
        }
        open.extend(node.children().map(|child| (child, depth + 1)));
    }
    clips(&document)
}

fn unread(error: &Error) -> Unusable {
    match error {
        Error::DtdDetected => plainer("it has a document type, which can refer to other files"),
        Error::NodesLimitReached => plainer(format!("it has more than {MOST_PARTS} parts")),
        _ => Unusable::new("it is a broken SVG file", "save it again as SVG"),
    }
}

fn element(node: Node<'_, '_>) -> Result<(), Unusable> {
    let name = node.tag_name().name();
    if ELEMENTS.binary_search(&name).is_err() {
        let name: String = name.chars().take(40).collect();
        return Err(plainer(format!("it contains `{name}`, which is not a plain shape")));
    }
    if name == "style" {
        let sheet: String = node.descendants().filter_map(|part| part.text()).collect();
        // `@import` loads another file, and escapes could hide a reference.
        if sheet.contains('@') || sheet.contains('\\') {
            return Err(elsewhere());
        }
        refers_within(&sheet)?;
        // The uses of a clip path could not be counted: a rule can apply to any number of elements.
        if sheet.contains("clip-path") {
            return Err(plainer("a clip path is set in a style sheet"));
        }
    }
    Ok(())
}

fn attributes(node: Node<'_, '_>) -> Result<(), Unusable> {
    for attribute in node.attributes() {
        let (name, value) = (attribute.name(), attribute.value());
        if name.to_lowercase().starts_with("on") {
            let name: String = name.chars().take(40).collect();
            return Err(plainer(format!("its attribute `{name}` runs a script")));
        }
        // The name is without its prefix, so this covers `xlink:href` too.
        if name == "href" && !value.trim_start().starts_with('#') {
            return Err(elsewhere());
        }
        refers_within(value)?;
    }
    Ok(())
}

/// Checks that every `url(…)` refers to a part of the drawing itself.
fn refers_within(text: &str) -> Result<(), Unusable> {
    // CSS has no case: `URL(…)` refers to a file too.
    let lower = text.to_ascii_lowercase();
    let within = lower.split("url(").skip(1).all(|rest| {
        rest.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '\''))
            .starts_with('#')
    });
    if within { Ok(()) } else { Err(elsewhere()) }
}

/// Checks clip paths. The renderer expands a clip path at each use, so clip paths must not use others, and their total
/// expanded size is limited.
fn clips(document: &Document<'_>) -> Result<(), Unusable> {
    let clipped = |node: &Node<'_, '_>| {
        let is_set = |value: &str| value.contains("clip-path");
        node.has_attribute("clip-path") || node.attribute("style").is_some_and(is_set)
    };
    let paths = || document.descendants().filter(|node| node.has_tag_name((SVG, "clipPath")));
    if paths().any(|path| path.descendants().any(|part| clipped(&part))) {
        return Err(plainer("a clip path uses a clip path"));
    }
    // An upper bound: each use counts as one of the largest clip path, so that references need not be resolved.
    let largest = paths().map(|path| path.range().len()).max().unwrap_or_default();
    let uses = document.descendants().filter(clipped).count();
    match uses.saturating_mul(largest) > MOST_CLIPPED {
        true => Err(plainer("a large clip path is used many times")),
        false => Ok(()),
    }
}

fn elsewhere() -> Unusable {
    plainer("it refers to another file")
}

fn plainer(message: impl Into<String>) -> Unusable {
    Unusable::new(message, "save it as plain SVG with everything converted to paths, or as PNG")
}
