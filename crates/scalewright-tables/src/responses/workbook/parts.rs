//! The parts of an `.xlsx` workbook: which file of the archive is which sheet.

use std::collections::BTreeSet;

use roxmltree::{Document, Node, ParsingOptions};

use crate::Stop;
use crate::responses::archive::Archive;

use super::choose::SheetEntry;

/// The most bytes of a part that lists others.
const MOST: u64 = 16 << 20;
/// The most elements, attributes and texts of such a part.
const NODES: u32 = 1_000_000;

/// The sheets of a workbook, and the folder that its parts are in.
pub(super) struct Parts {
    /// The folder, with a slash at its end.
    pub(super) folder: String,
    /// The sheets.
    pub(super) sheets: Vec<SheetEntry>,
    /// The part of each sheet.
    pub(super) paths: Vec<String>,
}

/// Finds the sheets. Those with charts are left out.
pub(super) fn parts(archive: &mut Archive) -> Result<Parts, Stop> {
    let main = main_part(archive)?;
    let (folder, file) =
        main.rsplit_once('/').map_or(("", &*main), |(folder, file)| (folder, file));
    let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
    let links = archive.text(&format!("{folder}_rels/{file}.rels"), MOST)?;
    let links = parsed(archive, &links, "workbook.xml.rels")?;
    let book = archive.text(&main, MOST)?;
    let book = parsed(archive, &book, &main)?;
    let (mut sheets, mut paths) = (Vec::new(), Vec::new());
    for sheet in elements(&book, "sheet") {
        let id = attribute(sheet, "id").unwrap_or_default();
        let link = elements(&links, "Relationship").find(|link| link.attribute("Id") == Some(id));
        let target =
            link.and_then(|link| Some((link.attribute("Type")?, link.attribute("Target")?)));
        let (kind, target) = target.ok_or_else(|| archive.damaged(&main))?;
        if !kind.ends_with("/worksheet") {
            continue;
        }
        let path = match target.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None => format!("{folder}{target}"),
        };
        paths.push(archive.find(&path).ok_or_else(|| archive.damaged(&path))?);
        sheets.push(SheetEntry {
            name: sheet.attribute("name").unwrap_or_default().to_owned(),
            is_visible: matches!(sheet.attribute("state"), None | Some("visible")),
        });
    }
    let names: BTreeSet<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    if names.len() < sheets.len() {
        return Err(archive.damaged(&main));
    }
    Ok(Parts { folder, sheets, paths })
}

/// The part that lists the sheets.
fn main_part(archive: &mut Archive) -> Result<String, Stop> {
    let links = archive.text("_rels/.rels", MOST)?;
    let links = parsed(archive, &links, "_rels/.rels")?;
    let is_main = |link: &Node<'_, '_>| {
        link.attribute("Type").is_some_and(|kind| kind.ends_with("/relationships/officeDocument"))
    };
    let main = elements(&links, "Relationship").find(is_main);
    let main = main.and_then(|link| link.attribute("Target"));
    let main = main.ok_or_else(|| archive.damaged("_rels/.rels"))?;
    Ok(main.trim_start_matches('/').to_owned())
}

fn parsed<'t>(archive: &Archive, text: &'t str, part: &str) -> Result<Document<'t>, Stop> {
    let options =
        ParsingOptions { allow_dtd: false, nodes_limit: NODES, ..ParsingOptions::default() };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Document::parse_with_options(text, options).map_err(|_| archive.damaged(part))
}

fn elements<'d>(document: &'d Document<'_>, name: &str) -> impl Iterator<Item = Node<'d, 'd>> {
    let nodes = document.descendants();
    nodes.filter(move |node| node.is_element() && node.tag_name().name() == name)
}

/// The value of an attribute in any namespace: `r:id`.
fn attribute<'d>(node: Node<'d, 'd>, name: &str) -> Option<&'d str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|found| found.value())
}
