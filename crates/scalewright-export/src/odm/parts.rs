//! All that an instrument adds to a file.

use scalewright_model::{Diagnostic, Wording};

use super::form::{Form, alias};
use super::scripts::{Computed, Scripts};
use super::xml::Element;
use super::{conditions, definition, groups, items, losses, methods, names};

/// What an instrument adds to a file, in the order of the schema.
pub(super) struct Parts {
    /// The identifier of the form.
    pub(super) oid: String,
    pub(super) units: Vec<Element>,
    pub(super) form: Element,
    pub(super) groups: Vec<Element>,
    pub(super) items: Vec<Element>,
    pub(super) lists: Vec<Element>,
    pub(super) conditions: Vec<Element>,
    pub(super) methods: Vec<Element>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The parts of an instrument, and what is lost or refused.
pub(super) fn parts(form: &Form<'_>) -> Parts {
    let mut scripts = Scripts::new(form.request, &form.options);
    let mut diagnostics = std::mem::take(&mut scripts.r.diagnostics);
    let computed = scripts.computed(form.request, (&form.oids, &form.layout));
    diagnostics.extend(names::refused(form, &computed));
    let conditions = conditions::conditions(form, &scripts, &mut diagnostics);
    diagnostics.extend(losses::of_scores(form, &computed));
    let (groups, refs) = groups::groups(form, &computed, &conditions);
    let definition = definition::alias(form, &mut diagnostics);
    diagnostics.extend(losses::reported(form, definition.is_some()));
    Parts {
        oid: form.oids.one("F"),
        units: items::units(form),
        form: self::form(form, refs, definition),
        groups,
        items: all_items(form, &computed),
        lists: items::lists(form),
        conditions: conditions.definitions,
        methods: computed.iter().map(|own| methods::method(form, own)).collect(),
        diagnostics,
    }
}

fn all_items(form: &Form<'_>, computed: &[Computed]) -> Vec<Element> {
    let count = form.request.instrument.items.len();
    let asked = (0..count).flat_map(|at| items::items(form, at));
    asked.chain(computed.iter().map(|own| methods::item(form, own))).collect()
}

/// The definition of the form. In version 2.0 it is a group of groups.
fn form(form: &Form<'_>, refs: Vec<Element>, definition: Option<Element>) -> Element {
    let instrument = form.request.instrument;
    let title = |wording: &Wording| {
        // In version 2.0, a group without items is not allowed, so the notice has no place of its own.
        let notice = form.is_two().then(|| format!("\n\n{}", form.notice(wording)));
        let rest = form.layout.rest.iter().map(|note| format!("\n\n{}", wording.notes[note.0]));
        let rest: String = rest.collect();
        Some(format!("{}{rest}{}", wording.title, notice.unwrap_or_default()))
    };
    let own = if form.is_two() {
        let group = Element::new("ItemGroupDef").with("OID", form.oids.one("F"));
        group.with("Name", &form.request.wording.title).with("Repeating", "No").with("Type", "Form")
    } else {
        let own = Element::new("FormDef").with("OID", form.oids.one("F"));
        own.with("Name", &form.request.wording.title).with("Repeating", "No")
    };
    let version = alias("version", &format!("{} {}", instrument.id, instrument.version));
    own.of(form.texts("Description", title)).of(refs).of([version]).of(definition)
}
