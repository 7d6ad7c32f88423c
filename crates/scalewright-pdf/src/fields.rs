//! Converts placeholder links to form fields.
//!
//! Typst cannot write form fields. But it writes links, each with its rectangle and its position in the tag tree and in
//! the reading order. A link to `scalewright:KIND/NAME/VALUE` is a placeholder for a field: its annotation becomes a
//! widget, its structure element a `Form`, and nothing else changes. The value is that of a button, or the look of typed
//! text: its size in points, and `-rtl` if it runs from right to left. Several places for the same text are one field.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

use crate::later::{self, LaterPages};
use crate::strings::text;
use crate::{Problem, form_font, marks};

/// The names of a field for programs and screen readers.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// Its name: the id of an item.
    pub name: String,
    /// The question, for screen readers and as a tooltip.
    pub tooltip: String,
    /// The coded values and their labels.
    pub options: Vec<(String, String)>,
    /// Where its text is shown again, on every page after the first.
    pub later: Option<LaterPages>,
}

/// The URI scheme of placeholders.
const SCHEME: &str = "scalewright:";

/// The flag of radio buttons. Without `NoToggleToOff`, so that a second click takes a choice back.
const RADIO: i64 = 1 << 15;

/// The flag of a text field with several lines.
const MULTILINE: i64 = 1 << 12;

/// The font, size and colour of text in fields that state none.
const APPEARANCE: &str = "/Helv 10 Tf 0 g";

/// The font, size and colour of marks that a viewer draws itself. Size 0 is as large as the button.
const MARK_APPEARANCE: &str = "/ZaDb 0 Tf 0 g";

/// The mark that such a viewer draws: in `ZapfDingbats`, this character is a cross.
const CROSS: &str = "8";

/// The ending of the look of a field in which text runs from right to left.
const RIGHT_TO_LEFT: &str = "-rtl";

struct Placeholder {
    annotation: ObjectId,
    page: ObjectId,
    kind: String,
    name: String,
    value: String,
}

/// Converts the placeholders in a PDF to fields, and writes the marks that [`crate::filled()`] reads.
///
/// # Errors
///
/// If the PDF cannot be read or written. That is a defect of this program, not of the form.
pub fn fillable(
    pdf: &[u8],
    fields: &[Field],
    marks: &[(&str, String)],
) -> Result<Vec<u8>, Vec<Problem>> {
    make(pdf, fields, marks).map_err(|error| {
        let message = format!("form fields cannot be added: {error}");
        vec![Problem { message, hints: Vec::new() }]
    })
}

fn make(pdf: &[u8], fields: &[Field], marks: &[(&str, String)]) -> Result<Vec<u8>, lopdf::Error> {
    let mut document = Document::load_mem(pdf)?;
    for field in fields {
        if let Some(later) = &field.later {
            later::add(&mut document, &field.name, later)?;
        }
    }
    let known: BTreeMap<&str, &Field> = fields.iter().map(|f| (f.name.as_str(), f)).collect();
    let placeholders = placeholders(&document)?;
    let repeated = repeated(&placeholders);
    let mut groups: BTreeMap<String, Group> = BTreeMap::new();
    let mut order = Vec::new();
    let mut names = BTreeMap::new();
    let mut drawings = Drawings::default();
    for place in &placeholders {
        let field = known.get(place.name.as_str()).copied();
        names.insert(place.annotation, label(place, field));
        let parent = if place.kind == "radio" || repeated.contains(place.name.as_str()) {
            // The group gets its number now, before its own object exists, because its widgets refer to it.
            let group = groups.entry(place.name.clone()).or_insert_with(|| {
                let id = document.new_object_id();
                order.push(id);
                Group { id, is_radio: place.kind == "radio", kids: Vec::new() }
            });
            group.kids.push(place.annotation.into());
            Some(group.id)
        } else {
            order.push(place.annotation);
            None
        };
        widget(&mut document, &mut drawings, place, parent, &names[&place.annotation])?;
    }
    for (name, group) in groups {
        let tooltip = known.get(name.as_str()).map_or(name.as_str(), |field| &field.tooltip);
        document.objects.insert(group.id, group.field(&name, tooltip).into());
    }
    retag(&mut document, &names);
    let font = form_font::embed(&mut document);
    let dingbats = document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "ZapfDingbats",
    });
    // Not from `groups`, which is sorted by name: the list of fields keeps the reading order.
    let order: Vec<Object> = order.into_iter().map(Object::from).collect();
    // Without `NeedAppearances`, which PDF/A forbids. In `DR`, programs find the font in which they draw typed text.
    let form = document.add_object(dictionary! {
        "Fields" => order,
        "DA" => Object::string_literal(APPEARANCE),
        "DR" => dictionary! { "Font" => dictionary! { "Helv" => font, "ZaDb" => dingbats } },
    });
    document.catalog_mut()?.set("AcroForm", form);
    marks::put(&mut document, marks)?;
    let mut bytes = Vec::new();
    document.save_to(&mut bytes)?;
    Ok(bytes)
}

/// A field with several widgets: radio buttons, or places that show the same text.
struct Group {
    id: ObjectId,
    is_radio: bool,
    kids: Vec<Object>,
}

impl Group {
    /// The field, of which its widgets are the kids.
    fn field(self, name: &str, tooltip: &str) -> Dictionary {
        let mut field =
            dictionary! { "T" => text(name), "TU" => text(tooltip), "Kids" => self.kids };
        if self.is_radio {
            field.set("FT", "Btn");
            field.set("Ff", RADIO);
        } else {
            field.set("FT", "Tx");
            field.set("DA", Object::string_literal(APPEARANCE));
        }
        field
    }
}

/// The names of texts that are typed once and shown in several places.
fn repeated(placeholders: &[Placeholder]) -> BTreeSet<String> {
    let texts = placeholders.iter().filter(|place| place.kind == "text");
    let mut count: BTreeMap<&str, usize> = BTreeMap::new();
    texts.for_each(|place| *count.entry(&place.name).or_default() += 1);
    count.into_iter().filter(|(_, count)| *count > 1).map(|(name, _)| name.to_owned()).collect()
}

/// The placeholders, page by page, and on each page in reading order.
fn placeholders(document: &Document) -> Result<Vec<Placeholder>, lopdf::Error> {
    let mut found = Vec::new();
    for page in document.get_pages().into_values() {
        let Ok(annotations) = document.get_dictionary(page)?.get(b"Annots") else { continue };
        // The list may be an object of its own.
        let (_, annotations) = document.dereference(annotations)?;
        for annotation in annotations.as_array()? {
            found.extend(placeholder(document, page, annotation.as_reference()?));
        }
    }
    Ok(found)
}

fn placeholder(document: &Document, page: ObjectId, annotation: ObjectId) -> Option<Placeholder> {
    let action = document.get_dictionary(annotation).ok()?.get(b"A").ok()?;
    let (_, action) = document.dereference(action).ok()?;
    let uri = action.as_dict().ok()?.get(b"URI").ok()?.as_str().ok()?;
    let mut parts = std::str::from_utf8(uri).ok()?.strip_prefix(SCHEME)?.splitn(3, '/');
    let mut part = || parts.next().map(str::to_owned);
    Some(Placeholder { annotation, page, kind: part()?, name: part()?, value: part()? })
}

/// The text that a screen reader reads for a widget.
fn label(place: &Placeholder, field: Option<&Field>) -> String {
    let Some(field) = field else { return place.name.clone() };
    let option = field.options.iter().find(|(value, _)| *value == place.value);
    match option {
        Some((_, label)) => format!("{}: {label}", field.tooltip),
        None => field.tooltip.clone(),
    }
}

fn widget(
    document: &mut Document,
    drawings: &mut Drawings,
    place: &Placeholder,
    parent: Option<ObjectId>,
    label: &str,
) -> Result<(), lopdf::Error> {
    let link = document.get_dictionary(place.annotation)?;
    let rectangle = link.get(b"Rect")?.clone();
    let sides =
        rectangle.as_array()?.iter().map(Object::as_float).collect::<Result<Vec<_>, _>>()?;
    let [left, bottom, right, top] = sides[..] else { return Ok(()) };
    let (width, height) = (hundredths(right - left), hundredths(top - bottom));
    // `F` 4 is the flag `Print`: without it, the field would be missing on paper.
    // A new dictionary instead of a changed link, whose action `A` must not remain: PDF/A forbids actions of fields.
    let mut widget = dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "Rect" => rectangle, "F" => 4, "P" => place.page,
        "TU" => text(label),
    };
    // Connects the widget to the element of the tag tree that the link had.
    if let Ok(key) = link.get(b"StructParent") {
        widget.set("StructParent", key.clone());
    }
    if matches!(place.kind.as_str(), "radio" | "check") {
        button(document, drawings, &mut widget, place, (width, height));
        if parent.is_none() {
            // Each check box is a field of its own, named like its column in tables: `item___value`.
            widget.set("FT", "Btn");
            widget.set("T", text(&format!("{}___{}", place.name, place.value)));
        }
    } else {
        typed(document, &mut widget, place, (width, height));
        if parent.is_none() {
            widget.set("FT", "Tx");
            widget.set("T", text(&place.name));
        }
    }
    if let Some(parent) = parent {
        widget.set("Parent", parent);
    }
    // In place of the link, because its page and the tag tree already refer to this object.
    document.objects.insert(place.annotation, widget.into());
    Ok(())
}

/// Adds the look of a button: that of its two states, and what a viewer draws that redraws buttons itself.
fn button(
    document: &mut Document,
    drawings: &mut Drawings,
    widget: &mut Dictionary,
    place: &Placeholder,
    (width, height): (f32, f32),
) {
    // The state `Off` has an appearance too, although it draws nothing: PDF/A requires one for each widget.
    let off = drawings.get(document, (width, height), String::new());
    let on = drawings.get(document, (width, height), cross(width, height));
    let mut states = Dictionary::new();
    states.set(place.value.as_str(), on);
    states.set("Off", off);
    widget.set("AP", dictionary! { "N" => states });
    widget.set("AS", "Off");
    widget.set("MK", dictionary! { "CA" => Object::string_literal(CROSS) });
    widget.set("DA", Object::string_literal(MARK_APPEARANCE));
}

/// Adds the look of a place to type in.
fn typed(
    document: &mut Document,
    widget: &mut Dictionary,
    place: &Placeholder,
    (width, height): (f32, f32),
) {
    // Text fields must not share an appearance stream. Some programs overwrite the existing one, which would show
    // the text of one field in all fields of that size.
    let empty = document.add_object(drawing((width, height), "/Tx BMC EMC"));
    widget.set("AP", dictionary! { "N" => empty });
    let (size, is_leftward) = match place.value.strip_suffix(RIGHT_TO_LEFT) {
        Some(size) => (size, true),
        None => (place.value.as_str(), false),
    };
    let look = size.parse::<f32>().map(|size| format!("/Helv {size} Tf 0 g"));
    widget.set("DA", Object::string_literal(look.unwrap_or_else(|_| APPEARANCE.to_owned())));
    if is_leftward {
        // Aligned at the right.
        widget.set("Q", 2);
    }
    if place.kind == "lines" {
        widget.set("Ff", MULTILINE);
    }
}

/// Drawing operators for a cross, as a pen would make it. The printed coded value stays legible below it.
fn cross(width: f32, height: f32) -> String {
    let (x, y, r) = (width / 2.0, height / 2.0, 0.36 * height);
    let (left, right, bottom, top) = (x - r, x + r, y - r, y + r);
    format!("1.6 w 0 G {left} {bottom} m {right} {top} l S {left} {top} m {right} {bottom} l S")
}

/// The appearance streams of buttons. Equal ones are shared, because a form has hundreds of equal marks.
#[derive(Default)]
struct Drawings(BTreeMap<(u32, u32, String), ObjectId>);

impl Drawings {
    fn get(
        &mut self,
        document: &mut Document,
        (width, height): (f32, f32),
        marks: String,
    ) -> ObjectId {
        // As bits, because `f32` has no order for a map.
        let look = (width.to_bits(), height.to_bits(), marks);
        *self
            .0
            .entry(look)
            .or_insert_with_key(|(.., marks)| document.add_object(drawing((width, height), marks)))
    }
}

fn drawing((width, height): (f32, f32), marks: &str) -> Stream {
    let bounds: Vec<Object> = vec![0.into(), 0.into(), width.into(), height.into()];
    let form = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "BBox" => bounds,
        "Resources" => Dictionary::new(),
    };
    Stream::new(form, marks.as_bytes().to_vec())
}

/// Rounds to hundredths of a point, so that boxes that differ only by rounding errors share an appearance.
fn hundredths(points: f32) -> f32 {
    (points * 100.0).round() / 100.0
}

/// Changes each structure element `Link` of a placeholder to a `Form` whose only child is the widget.
fn retag(document: &mut Document, names: &BTreeMap<ObjectId, String>) {
    let ids: Vec<ObjectId> = document.objects.keys().copied().collect();
    for id in ids {
        let Some((kid, name)) = widget_of(document, id, names) else { continue };
        if let Ok(element) = document.get_dictionary_mut(id) {
            element.set("S", "Form");
            element.set("Alt", text(&name));
            // PDF/UA allows only the widget in a `Form`. Its words are in `Alt`.
            element.set("K", vec![kid]);
            element.remove(b"A");
        }
    }
}

/// The widget in a structure element `Link`, and its label; `None` for all other objects.
fn widget_of(
    document: &Document,
    id: ObjectId,
    names: &BTreeMap<ObjectId, String>,
) -> Option<(Object, String)> {
    let element = document.get_dictionary(id).ok()?;
    if element.get(b"S").ok()?.as_name().ok()? != b"Link" {
        return None;
    }
    let kids = match element.get(b"K").ok()? {
        Object::Array(kids) => kids.clone(),
        kid => vec![kid.clone()],
    };
    kids.into_iter().find_map(|kid| {
        let (_, object) = document.dereference(&kid).ok()?;
        let widget = object.as_dict().ok()?.get(b"Obj").ok()?.as_reference().ok()?;
        let name = names.get(&widget)?.clone();
        Some((kid, name))
    })
}
