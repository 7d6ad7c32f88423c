//! Walks the tree of form fields and reads the value of each.

use std::collections::{BTreeMap, BTreeSet};

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::widgets::{Pages, drawing, is_seen, shown, states};
use super::{FieldValue, Unreadable, refusal};

/// The maximum depth of the tree of fields.
const DEPTH: usize = 8;

/// The maximum length of the text of a field, in bytes.
const MOST_TEXT: usize = 64 << 10;

/// The values of the fields of a document, by their full names; there may be at most `most`.
pub(super) fn read(
    document: &Document,
    most: usize,
) -> Result<BTreeMap<String, FieldValue>, Unreadable> {
    FieldReader::read(document, most)
}

/// The fields found so far.
struct FieldReader<'a> {
    document: &'a Document,
    pages: Pages,
    /// For each appearance stream, the names of the text fields that use it.
    drawings: BTreeMap<ObjectId, Vec<String>>,
    found: BTreeMap<String, FieldValue>,
    seen: BTreeSet<ObjectId>,
    most: usize,
}

/// The attributes that a field inherits from the fields above it.
#[derive(Clone, Default)]
struct Inherited<'a> {
    name: String,
    kind: Option<&'a [u8]>,
    flags: i64,
    value: Option<&'a Object>,
}

/// The flag of radio buttons, only one of which can be marked.
const RADIO: i64 = 1 << 15;

/// The flag of push buttons, which have no value.
const PUSH: i64 = 1 << 16;

impl<'a> FieldReader<'a> {
    fn read(
        document: &'a Document,
        most: usize,
    ) -> Result<BTreeMap<String, FieldValue>, Unreadable> {
        let catalog = document.catalog().map_err(|_| Unreadable::Damaged)?;
        let form = catalog.get_deref(b"AcroForm", document).and_then(Object::as_dict);
        let form = form.map_err(|_| Unreadable::NoFields)?;
        let list = form.get_deref(b"Fields", document).and_then(Object::as_array);
        let list = list.map_err(|_| Unreadable::NoFields)?;
        let pages = Pages::new(document);
        let mut fields = Self {
            document,
            pages,
            drawings: BTreeMap::new(),
            found: BTreeMap::new(),
            seen: BTreeSet::new(),
            most,
        };
        for field in list {
            fields.add(field, &Inherited::default(), 0)?;
        }
        if fields.found.is_empty() {
            return Err(Unreadable::NoFields);
        }
        fields.discard_shared();
        Ok(fields.found)
    }

    /// Removes the shown text of text fields that share an appearance stream. Forms of earlier versions have such
    /// fields; a program that overwrites the stream shows the text of one field in all of them.
    fn discard_shared(&mut self) {
        for name in self.drawings.values().filter(|names| names.len() > 1).flatten() {
            if let Some(FieldValue::Typed { shown, .. }) = self.found.get_mut(name) {
                *shown = None;
            }
        }
    }

    fn add(
        &mut self,
        field: &'a Object,
        above: &Inherited<'a>,
        depth: usize,
    ) -> Result<(), Unreadable> {
        let id = field.as_reference().map_err(|_| Unreadable::Damaged)?;
        // `seen` detects cycles, and fields that are listed twice.
        if depth == DEPTH || !self.seen.insert(id) {
            return Err(Unreadable::TooDeep);
        }
        let field = self.document.get_dictionary(id).map_err(|_| Unreadable::Damaged)?;
        let here = self.inherit(field, above)?;
        let kids = self.kids(field)?;
        if kids.iter().any(|kid| self.is_field(kid)) {
            return kids.iter().try_for_each(|kid| self.add(kid, &here, depth + 1));
        }
        // Before the field is read, so that the work is bounded too.
        if self.found.len() == self.most {
            return Err(Unreadable::TooManyFields);
        }
        let given = self.given((id, field), kids, &here)?;
        match self.found.insert(here.name.clone(), given) {
            None => Ok(()),
            Some(_) => Err(Unreadable::Twice(here.name)),
        }
    }

    fn inherit(
        &self,
        field: &'a Dictionary,
        above: &Inherited<'a>,
    ) -> Result<Inherited<'a>, Unreadable> {
        let entry = |key: &[u8]| field.get_deref(key, self.document).ok();
        let mut here = above.clone();
        if let Some(name) = entry(b"T") {
            let name = self.text(name)?;
            // PDF joins the names of a field and of the fields above it by full stops.
            let whole = if above.name.is_empty() { name } else { format!("{}.{name}", above.name) };
            here.name = whole;
        }
        if let Some(kind) = entry(b"FT") {
            here.kind = Some(kind.as_name().map_err(|_| Unreadable::Damaged)?);
        }
        if let Some(flags) = entry(b"Ff") {
            here.flags = flags.as_i64().map_err(|_| Unreadable::Damaged)?;
        }
        if field.has(b"V") {
            // A value that exists but cannot be resolved is damage. A field without the entry is blank.
            here.value = Some(entry(b"V").ok_or(Unreadable::Damaged)?);
        }
        Ok(here)
    }

    fn kids(&self, field: &'a Dictionary) -> Result<&'a [Object], Unreadable> {
        if !field.has(b"Kids") {
            return Ok(&[]);
        }
        let kids = field.get_deref(b"Kids", self.document).and_then(Object::as_array);
        kids.map(Vec::as_slice).map_err(|_| Unreadable::Damaged)
    }

    /// Whether `kid` is a field of its own. Without a name it is a widget of the field above it.
    fn is_field(&self, kid: &Object) -> bool {
        let kid = self.document.dereference(kid).ok().and_then(|(_, kid)| kid.as_dict().ok());
        kid.is_some_and(|kid| kid.has(b"T"))
    }

    fn given(
        &mut self,
        field: (ObjectId, &'a Dictionary),
        kids: &'a [Object],
        here: &Inherited<'a>,
    ) -> Result<FieldValue, Unreadable> {
        match here.kind {
            Some(b"Tx") => self.typed(field, kids, here),
            Some(b"Btn") if here.flags & PUSH == 0 => self.buttons(field, kids, here),
            // Push buttons have no value. scalewright's forms have neither lists nor signatures.
            _ => Ok(FieldValue::Foreign),
        }
    }

    /// The widgets of a field: its kids, or the field itself if it has none.
    fn widgets(
        &mut self,
        field: (ObjectId, &'a Dictionary),
        kids: &'a [Object],
    ) -> Result<Vec<(ObjectId, &'a Dictionary)>, Unreadable> {
        let mut widgets = vec![];
        for kid in kids {
            let id = kid.as_reference().map_err(|_| Unreadable::Damaged)?;
            if !self.seen.insert(id) {
                return Err(Unreadable::TooDeep);
            }
            let widget = self.document.get_dictionary(id).map_err(|_| Unreadable::Damaged)?;
            widgets.push((id, widget));
        }
        if widgets.is_empty() {
            widgets.push(field);
        }
        Ok(widgets)
    }

    fn typed(
        &mut self,
        field: (ObjectId, &'a Dictionary),
        kids: &'a [Object],
        here: &Inherited<'a>,
    ) -> Result<FieldValue, Unreadable> {
        let widgets = self.widgets(field, kids)?;
        let text = self.typed_text(here, &widgets)?;
        let spots = widgets.iter().map(|(id, widget)| self.pages.spot(self.document, *id, widget));
        let spots = spots.collect();
        let shown = self.shown(&widgets)?;
        let drawn = widgets.first().and_then(|(_, widget)| drawing(self.document, widget));
        if let Some(drawn) = drawn {
            self.drawings.entry(drawn).or_default().push(here.name.clone());
        }
        Ok(FieldValue::Typed { text, shown, spots })
    }

    /// The text typed into a field. Programs on poppler write it into the one widget that was typed into, and not into the
    /// field. Different texts are joined by a line break, which no form expects, so that they are refused.
    fn typed_text(
        &self,
        here: &Inherited<'a>,
        widgets: &[(ObjectId, &'a Dictionary)],
    ) -> Result<String, Unreadable> {
        let of_field = here.value.map_or(Ok(String::new()), |value| self.text(value))?;
        let own = |(_, widget): &(ObjectId, &'a Dictionary)| match widget.get(b"V") {
            Ok(value) => self.text(value),
            Err(_) => Ok(of_field.clone()),
        };
        let mut texts = widgets.iter().map(own).collect::<Result<Vec<_>, _>>()?;
        texts.retain(|text| !text.is_empty());
        texts.dedup();
        Ok(texts.join("\n"))
    }

    /// The text that all widgets of a field show; `None` if they show different ones, as with programs that draw only
    /// one of them again.
    fn shown(&self, widgets: &[(ObjectId, &'a Dictionary)]) -> Result<Option<String>, Unreadable> {
        let texts = widgets.iter().map(|(_, widget)| shown(self.document, widget));
        let texts: BTreeSet<Option<String>> = texts.collect::<Result<_, _>>()?;
        Ok(texts
            .into_iter()
            .collect::<Option<Vec<_>>>()
            .filter(|all| all.len() == 1)
            .and_then(|mut all| all.pop()))
    }

    fn buttons(
        &mut self,
        field: (ObjectId, &'a Dictionary),
        kids: &'a [Object],
        here: &Inherited<'a>,
    ) -> Result<FieldValue, Unreadable> {
        let (mut values, mut drawn, mut spots) = (vec![], vec![], vec![]);
        for (id, widget) in self.widgets(field, kids)? {
            values.extend(states(self.document, widget));
            spots.push(self.pages.spot(self.document, id, widget));
            // `AS` is the state that viewers draw. Some programs set only the value `V`, and the form then looks blank.
            let state = widget.get_deref(b"AS", self.document).ok();
            let state = state.map(|state| self.state(state)).transpose()?.flatten();
            drawn.extend(state.filter(|state| is_seen(self.document, widget, state)));
        }
        let marked = here.value.map(|value| self.state(value)).transpose()?.flatten();
        Ok(FieldValue::Buttons { one: here.flags & RADIO != 0, values, marked, drawn, spots })
    }

    /// The state that a value names; `None` if it is off. Some programs write a text instead of a name, including the
    /// slash with which names begin in a file.
    fn state(&self, value: &Object) -> Result<Option<String>, Unreadable> {
        let state = match value {
            Object::Null => String::new(),
            Object::Name(name) => String::from_utf8_lossy(name).into_owned(),
            value => self.text(value)?.trim_start_matches('/').to_owned(),
        };
        Ok(Some(state).filter(|state| !state.is_empty() && state != "Off"))
    }

    fn text(&self, value: &Object) -> Result<String, Unreadable> {
        let text = match value {
            Object::Null => return Ok(String::new()),
            // PDF allows a stream in place of a long text.
            Object::Stream(stream) => {
                let content = stream.get_plain_content_with_limit(MOST_TEXT);
                let content = content.map_err(|error| refusal(&error))?;
                &Object::string_literal(content)
            }
            text => text,
        };
        if text.as_str().is_ok_and(|bytes| bytes.len() > MOST_TEXT) {
            return Err(Unreadable::TooLarge);
        }
        let text = lopdf::decode_text_string(text).map_err(|_| Unreadable::Damaged)?;
        // Programs end the lines of a field with CR, LF or both.
        Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
    }
}
