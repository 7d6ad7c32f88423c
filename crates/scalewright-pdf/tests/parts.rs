//! A document in parts is one document: its pages, its structure tree and its outline are those of all parts.

use std::collections::BTreeSet;

use lopdf::{Dictionary, Document, Object, ObjectId};
use scalewright_pdf::{TypstDocument, render};

/// Each part has a heading, and a table with a header that its cells name; the pages are numbered.
const MARKUP: &str = r#"
#set document(title: "Parts")
#set text(font: "Noto Sans")
#let pages = json("/pages.json")
#set page(footer: context [page #(pages.before + counter(page).get().first()) of #pages.all])
#set heading(numbering: none)
#let data = json("/form.json")
#heading(data.name)
#for n in range(data.rows) {
  table(columns: 2, table.header([No.], [Word]), [#n], [row of #data.name])
}
"#;

fn parts() -> Vec<Vec<u8>> {
    let part = |(name, rows): (&str, u32)| format!(r#"{{"name": "{name}", "rows": {rows}}}"#);
    [("one", 30), ("two", 3), ("three", 40)].map(part).map(String::into_bytes).to_vec()
}

fn rendered() -> Vec<u8> {
    let mut parts = parts();
    let first = parts.remove(0);
    let files = [("/form.json", first.as_slice())];
    render(&TypstDocument { main: MARKUP, files: &files, parts: &parts, ident: "parts" })
        .expect("renders")
}

fn entry<'d>(document: &'d Document, of: &'d Dictionary, key: &[u8]) -> &'d Object {
    of.get_deref(key, document).expect("an entry")
}

fn reference(object: &Object) -> ObjectId {
    object.as_reference().expect("a reference")
}

#[test]
fn the_pages_are_numbered_through() {
    let document = Document::load_mem(&rendered()).expect("a PDF");
    let pages = document.get_pages();
    assert!(pages.len() > 3, "{}", pages.len());
    let metadata = document.catalog().expect("a catalog");
    let metadata = entry(&document, metadata, b"Metadata").as_stream().expect("metadata");
    let metadata = String::from_utf8_lossy(&metadata.content);
    assert!(metadata.contains(&format!("<xmpTPg:NPages>{}</", pages.len())), "{metadata}");
    for number in [1, pages.len() as u32] {
        let text = document.extract_text(&[number]).expect("text");
        assert!(text.contains(&format!("page {number} of {}", pages.len())), "{text}");
    }
}

#[test]
fn content_leads_to_the_elements_of_its_own_part() {
    let document = Document::load_mem(&rendered()).expect("a PDF");
    let root = document.catalog().expect("a catalog");
    let root = entry(&document, root, b"StructTreeRoot").as_dict().expect("a tree");
    let numbers = entry(&document, root, b"ParentTree").as_dict().expect("a tree");
    let numbers = numbers.get(b"Nums").and_then(Object::as_array).expect("numbers");
    let keys: Vec<i64> =
        numbers.iter().step_by(2).map(|key| key.as_i64().expect("a key")).collect();
    assert!(keys.is_sorted_by(|a, b| a < b), "{keys:?}");
    for page in document.get_pages().into_values() {
        let key = document.get_dictionary(page).expect("a page");
        let key = key.get(b"StructParents").and_then(Object::as_i64).expect("a key");
        let at = keys.iter().position(|other| *other == key).expect("in the tree");
        let (_, elements) = document.dereference(&numbers[2 * at + 1]).expect("elements");
        for element in elements.as_array().expect("a list") {
            let element = document.get_dictionary(reference(element)).expect("an element");
            assert!(on_page(element, page), "{element:?}");
        }
    }
    let top = root.get(b"K").and_then(Object::as_array).expect("a list");
    assert_eq!(top.len(), 1, "one document");
    let top = reference(&top[0]);
    let kids = document.get_dictionary(top).expect("an element");
    for kid in kids.get(b"K").and_then(Object::as_array).expect("kids") {
        let kid = document.get_dictionary(reference(kid)).expect("an element");
        assert_eq!(kid.get(b"P").map(reference).expect("a parent"), top);
    }
}

/// Whether an element has content on a page.
fn on_page(element: &Dictionary, page: ObjectId) -> bool {
    let is_on = |of: &Dictionary| of.get(b"Pg").is_ok_and(|on| reference(on) == page);
    let kids = element.get(b"K").ok().and_then(|kids| kids.as_array().ok());
    is_on(element) || kids.is_some_and(|kids| kids.iter().any(|kid| kid.as_dict().is_ok_and(is_on)))
}

#[test]
fn the_names_of_header_cells_differ_between_parts() {
    let document = Document::load_mem(&rendered()).expect("a PDF");
    let root = document.catalog().expect("a catalog");
    let root = entry(&document, root, b"StructTreeRoot").as_dict().expect("a tree");
    let names = entry(&document, root, b"IDTree").as_dict().expect("names");
    let names = names.get(b"Names").and_then(Object::as_array).expect("names");
    let listed: Vec<&[u8]> =
        names.iter().step_by(2).map(|name| name.as_str().expect("a name")).collect();
    assert!(listed.is_sorted_by(|a, b| a < b), "each name once, in order");
    let mut used = BTreeSet::new();
    for object in document.objects.values() {
        headers(object, &mut used);
    }
    assert!(used.len() >= 6, "{used:?}");
    for name in used {
        assert!(listed.binary_search(&name.as_slice()).is_ok(), "{name:?}");
    }
}

fn headers(object: &Object, found: &mut BTreeSet<Vec<u8>>) {
    match object {
        Object::Array(all) => all.iter().for_each(|one| headers(one, found)),
        Object::Dictionary(entries) => {
            if let Ok(Object::Array(names)) = entries.get(b"Headers") {
                found
                    .extend(names.iter().filter_map(|name| name.as_str().ok()).map(<[u8]>::to_vec));
            }
            entries.iter().for_each(|(_, one)| headers(one, found));
        }
        _ => {}
    }
}

#[test]
fn the_outline_lists_the_headings_of_all_parts() {
    let document = Document::load_mem(&rendered()).expect("a PDF");
    let root = document.catalog().expect("a catalog");
    let root = entry(&document, root, b"Outlines").as_dict().expect("an outline");
    let mut titles = Vec::new();
    let (mut at, mut before) = (root.get(b"First").ok(), None);
    while let Some(item) = at {
        let id = reference(item);
        let item = document.get_dictionary(id).expect("an item");
        assert_eq!(item.get(b"Prev").map(reference).ok(), before);
        titles.push(item.get(b"Title").and_then(Object::as_str).expect("a title").to_vec());
        (at, before) = (item.get(b"Next").ok(), Some(id));
    }
    assert_eq!(titles, [&b"one"[..], b"two", b"three"]);
    assert_eq!(root.get(b"Last").map(reference).ok(), before);
    assert_eq!(root.get(b"Count").and_then(Object::as_i64).expect("a count"), 3);
}

#[test]
fn each_object_is_defined_once_and_every_reference_leads_to_one() {
    let pdf = rendered();
    assert_eq!(pdf, rendered(), "the same source gives the same bytes");
    let document = Document::load_mem(&pdf).expect("a PDF");
    for (id, object) in &document.objects {
        references(object, &mut |to| {
            assert!(document.objects.contains_key(&to), "{id:?} refers to {to:?}");
        });
    }
    let catalogs = document.objects.values().filter(|object| {
        let kind = object.as_dict().and_then(|entries| entries.get(b"Type"));
        kind.and_then(Object::as_name).is_ok_and(|kind| kind == b"Catalog")
    });
    assert_eq!(catalogs.count(), 1);
}

fn references(object: &Object, each: &mut impl FnMut(ObjectId)) {
    match object {
        Object::Reference(id) => each(*id),
        Object::Array(all) => all.iter().for_each(|one| references(one, each)),
        Object::Dictionary(entries) => entries.iter().for_each(|(_, one)| references(one, each)),
        Object::Stream(stream) => stream.dict.iter().for_each(|(_, one)| references(one, each)),
        _ => {}
    }
}

#[test]
fn the_problems_of_a_part_are_reported() {
    let parts = [b"{}".to_vec()];
    let files = [("/form.json", &br#"{"name": "one", "rows": 1}"#[..])];
    let source = TypstDocument { main: MARKUP, files: &files, parts: &parts, ident: "parts" };
    let problems = render(&source).expect_err("a part lacks its name");
    assert!(problems[0].message.contains("name"), "{problems:?}");
}
