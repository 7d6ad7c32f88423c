//! Places on later pages that show the text of a field again.
//!
//! They lie in the head of a page, which Typst takes for decoration: it allows no link there. So each place gets a link here,
//! with an element in the structure tree before what the page begins with. [`super::fields`] makes fields of all links.

use lopdf::{Dictionary, Document, Object, ObjectId, dictionary};

/// The height of a place, by the size of its text: that of other places to type in.
const HEIGHT: f32 = 1.75;

/// Where a text is shown again on every page after the first. All lengths are in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LaterPages {
    /// Whether the place is at the right edge; else at the left one.
    pub is_right: bool,
    /// The distance from this edge.
    pub margin: f32,
    /// The distance of its lower side from the top of the page.
    pub bottom: f32,
    /// The width.
    pub width: f32,
    /// The size of the text.
    pub size: f32,
}

/// Adds the links of a field to a document.
pub(crate) fn add(
    document: &mut Document,
    name: &str,
    later: &LaterPages,
) -> Result<(), lopdf::Error> {
    let pages: Vec<ObjectId> = document.get_pages().into_values().skip(1).collect();
    for page in pages {
        let key = next_key(document)?;
        let link = link(document, page, (name, later), key)?;
        let annotation = document.add_object(link);
        let before = position(document, page)?;
        let root = top(document)?;
        let element = document.add_object(dictionary! {
            "Type" => "StructElem", "S" => "Link", "P" => root, "Pg" => page,
            "K" => vec![dictionary! { "Type" => "OBJR", "Obj" => annotation, "Pg" => page }.into()],
        });
        list(document, root, b"K")?.insert(before, element.into());
        list(document, page, b"Annots")?.insert(0, annotation.into());
        let numbers = number_tree(document)?;
        numbers.push(key.into());
        numbers.push(element.into());
    }
    Ok(())
}

/// A link for a field, as Typst writes one.
fn link(
    document: &Document,
    page: ObjectId,
    (name, later): (&str, &LaterPages),
    key: i64,
) -> Result<Dictionary, lopdf::Error> {
    let sides = document.get_dictionary(page)?.get_deref(b"MediaBox", document)?.as_array()?;
    let sides = sides.iter().map(Object::as_float).collect::<Result<Vec<_>, _>>()?;
    let [left, _, right, top] = sides[..] else { return Err(lopdf::Error::PageNumberNotFound(0)) };
    let start = match later.is_right {
        true => right - later.margin - later.width,
        false => left + later.margin,
    };
    let (bottom, height) = (top - later.bottom, HEIGHT * later.size);
    let rectangle: Vec<Object> =
        [start, bottom, start + later.width, bottom + height].map(Object::Real).to_vec();
    let direction = if later.is_right { "" } else { "-rtl" };
    let uri = format!("scalewright:text/{name}/{}{direction}", later.size);
    Ok(dictionary! {
        "Type" => "Annot", "Subtype" => "Link", "Rect" => rectangle, "StructParent" => key,
        "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal(uri) },
    })
}

fn structure(document: &mut Document) -> Result<&mut Dictionary, lopdf::Error> {
    let root = document.catalog()?.get(b"StructTreeRoot")?.as_reference()?;
    document.get_dictionary_mut(root)
}

/// The next key of the tree that leads from annotations to their elements. It is used up.
fn next_key(document: &mut Document) -> Result<i64, lopdf::Error> {
    let root = structure(document)?;
    let key = root.get(b"ParentTreeNextKey")?.as_i64()?;
    root.set("ParentTreeNextKey", key + 1);
    Ok(key)
}

/// The entries of that tree: a key, then an element.
fn number_tree(document: &mut Document) -> Result<&mut Vec<Object>, lopdf::Error> {
    let tree = structure(document)?.get(b"ParentTree")?;
    match tree.as_reference() {
        Ok(tree) => list(document, tree, b"Nums"),
        Err(_) => structure(document)?
            .get_mut(b"ParentTree")?
            .as_dict_mut()?
            .get_mut(b"Nums")?
            .as_array_mut(),
    }
}

/// The element of the whole document.
fn top(document: &mut Document) -> Result<ObjectId, lopdf::Error> {
    match structure(document)?.get(b"K")? {
        Object::Array(kids) => {
            kids.first().ok_or(lopdf::Error::DictKey("K".to_owned()))?.as_reference()
        }
        kid => kid.as_reference(),
    }
}

/// A list in an object, or in an object of its own.
fn list<'d>(
    document: &'d mut Document,
    object: ObjectId,
    key: &[u8],
) -> Result<&'d mut Vec<Object>, lopdf::Error> {
    if !document.get_dictionary(object)?.has(key) {
        document.get_dictionary_mut(object)?.set(key, Vec::<Object>::new());
    }
    match document.get_dictionary(object)?.get(key)?.as_reference() {
        Ok(list) => document.get_object_mut(list)?.as_array_mut(),
        Err(_) => document.get_dictionary_mut(object)?.get_mut(key)?.as_array_mut(),
    }
}

/// The position in the top element of the first part that begins on `page` or on a later one.
fn position(document: &mut Document, page: ObjectId) -> Result<usize, lopdf::Error> {
    let pages: Vec<ObjectId> = document.get_pages().into_values().collect();
    let wanted = pages.iter().position(|one| *one == page).unwrap_or_default();
    let root = top(document)?;
    let parts = list(document, root, b"K")?.clone();
    let begins = |part: &Object| {
        let first = first_page(document, part, 0);
        first.and_then(|first| pages.iter().position(|one| *one == first))
    };
    let before = parts.iter().position(|part| begins(part).is_some_and(|at| at >= wanted));
    Ok(before.unwrap_or(parts.len()))
}

/// Elements deeper than this are not looked into. A list in a table in a list has about 15.
const DEEPEST: usize = 60;

/// The page that the content of an element begins on.
fn first_page(document: &Document, element: &Object, depth: usize) -> Option<ObjectId> {
    let (_, element) = document.dereference(element).ok()?;
    if depth > DEEPEST {
        return None;
    }
    if let Object::Array(parts) = element {
        return parts.iter().find_map(|part| first_page(document, part, depth + 1));
    }
    let element = element.as_dict().ok()?;
    let own = || element.get(b"Pg").ok()?.as_reference().ok();
    let of_kids = |kids| first_page(document, kids, depth + 1);
    element.get(b"K").ok().and_then(of_kids).or_else(own)
}
