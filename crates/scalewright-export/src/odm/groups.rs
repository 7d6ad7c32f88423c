//! Groups of items: sections, scores, and the rights notice.

use scalewright_model::{NoteIx, Wording};

use super::conditions::Conditions;
use super::form::Form;
use super::layout::Group;
use super::oids::option_name;
use super::scripts::Computed;
use super::xml::Element;
use crate::{choices, ui};
use scalewright_model::ResponseKind;

/// The definitions of the groups, and the references to them. `conditions` are the conditions of the items and
/// the notes.
pub(super) fn groups(
    form: &Form<'_>,
    computed: &[Computed],
    conditions: &Conditions,
) -> (Vec<Element>, Vec<Element>) {
    let mut all: Vec<(usize, Element)> = Vec::new();
    for (index, group) in form.layout.groups.iter().enumerate() {
        let refs = item_refs(form, group, &conditions.of_items);
        let texts = form.texts("Description", |wording| texts(form, index, group, wording));
        all.push((index, self::group(form, index, name(form, group)).of(texts).of(refs)));
    }
    if !computed.is_empty() {
        let index = form.layout.scores();
        let title = form.texts("Description", |w| Some(ui::ui(&w.language).0.scores.to_owned()));
        let refs = computed.iter().enumerate().map(|(at, own)| {
            let name = &own.column.name;
            let method = form.oids.named("M", name);
            item_ref(form.oids.item(name), at, false).with("MethodOID", method)
        });
        all.push((index, group(form, index, "scores").of(title).of(refs)));
    }
    if !form.is_two() {
        let index = form.layout.rights();
        let notice = form.texts("Description", |wording| Some(form.notice(wording)));
        all.push((index, group(form, index, "rights").of(notice)));
    }
    let refs = all.iter().enumerate().map(|(at, (index, _))| {
        let own =
            Element::new("ItemGroupRef").with("ItemGroupOID", form.oids.numbered("IG", *index));
        let own = own.with("OrderNumber", (at + 1).to_string());
        match shown(form, *index, conditions) {
            Some(condition) => {
                own.with("Mandatory", "No").with("CollectionExceptionConditionOID", condition)
            }
            None => own.with("Mandatory", "Yes"),
        }
    });
    let refs = refs.collect();
    (all.into_iter().map(|(_, group)| group).collect(), refs)
}

/// The identifier of the condition of a group that is a note.
fn shown<'c>(form: &Form<'_>, index: usize, conditions: &'c Conditions) -> Option<&'c str> {
    match form.layout.groups.get(index)? {
        Group { section: _, is_first: _, above: _, notes, items } if items.is_empty() => {
            conditions.of_notes.get(notes.first()?.0)?.as_deref()
        }
        _ => None,
    }
}

fn group(form: &Form<'_>, index: usize, name: &str) -> Element {
    let group = Element::new("ItemGroupDef").with("OID", form.oids.numbered("IG", index));
    let group = group.with("Name", name).with("Repeating", "No");
    if form.is_two() { group.with("Type", "Section") } else { group }
}

/// The name of a group: the id of its section, if it has one.
fn name<'f>(form: &'f Form<'_>, group: &Group) -> &'f str {
    let instrument = form.request.instrument;
    group.section.map_or("items", |section| &instrument.sections[section.0].id)
}

/// The words above the items of a group; the first group also has the instructions of the whole form.
fn texts(form: &Form<'_>, index: usize, group: &Group, wording: &Wording) -> Option<String> {
    let mut texts = Vec::new();
    if index == 0 {
        let status = form.request.instrument.status;
        texts.extend(ui::banner(ui::ui(&wording.language).0, status, Some(wording)));
        texts.extend(wording.instructions.clone());
    }
    let note = |note: &NoteIx| wording.notes[note.0].clone();
    texts.extend(group.above.iter().map(note));
    if let Some(section) = group.section.filter(|_| group.is_first) {
        let words = &wording.sections[section.0];
        let own = [&words.title, &words.instructions, &words.lead_in];
        texts.extend(own.into_iter().flatten().cloned());
    }
    texts.extend(group.notes.iter().map(note));
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

/// The references to the items of a group.
fn item_refs(form: &Form<'_>, group: &Group, conditions: &[Option<String>]) -> Vec<Element> {
    let instrument = form.request.instrument;
    let mut refs = Vec::new();
    for &at in &group.items {
        let item = &instrument.items[at];
        let kind = &instrument.response_scales[item.response.0].kind;
        let ids = match kind {
            ResponseKind::SeveralChoice { options: _ } => {
                let options = choices::options(instrument, item.response);
                options.iter().map(|option| option_name(&item.id, option.value)).collect()
            }
            _ => vec![item.id.clone()],
        };
        let is_several = matches!(kind, ResponseKind::SeveralChoice { options: _ });
        for id in ids {
            let mandatory = item.required && !is_several;
            let own = item_ref(form.oids.item(&id), refs.len(), mandatory);
            refs.push(match conditions.get(at).and_then(Option::as_ref) {
                Some(condition) => own.with("CollectionExceptionConditionOID", condition),
                None => own,
            });
        }
    }
    refs
}

fn item_ref(oid: String, at: usize, mandatory: bool) -> Element {
    let own =
        Element::new("ItemRef").with("ItemOID", oid).with("OrderNumber", (at + 1).to_string());
    own.with("Mandatory", if mandatory { "Yes" } else { "No" })
}
