//! The conditions under which items are not collected, and notes not shown.

use scalewright_model::{Diagnostic, Pointer};

use super::form::Form;
use super::scripts::{Code, Scripts};
use super::xml::Element;
use super::{losses, methods};
use crate::notes;

/// The conditions of an instrument.
pub(super) struct Conditions {
    pub(super) definitions: Vec<Element>,
    /// The identifier of the condition of each item.
    pub(super) of_items: Vec<Option<String>>,
    /// The identifier of the condition of each note.
    pub(super) of_notes: Vec<Option<String>>,
}

/// The conditions, and what is lost.
pub(super) fn conditions(
    form: &Form<'_>,
    scripts: &Scripts,
    diagnostics: &mut Vec<Diagnostic>,
) -> Conditions {
    let instrument = form.request.instrument;
    let mut definitions = Vec::new();
    let count = instrument.items.len() + instrument.notes.len();
    let mut all = (0..count).map(|at| {
        let (id, place) = notes::named(instrument, notes::entry_at(instrument, at));
        let place = place.key("ask-if");
        let (words, is_note) = ([("id", id)], at >= instrument.items.len());
        let (code, reads) = match scripts.condition((&form.oids, &form.layout), at)? {
            Ok(_) if is_note && form.is_two() => {
                diagnostics.push(notes::lost(instrument, at, &losses::CONDITION, NO_GROUP));
                return None;
            }
            Ok(stated) => stated,
            Err(why) => {
                diagnostics.push(notes::lost(instrument, at, &losses::CONDITION, &why));
                return None;
            }
        };
        diagnostics.extend(lost(&code, &reads, &place, &words));
        let oid = form.oids.named("C", id);
        definitions.push(definition(form, &oid, at, (code, &reads)));
        Some(oid)
    });
    let of_items = all.by_ref().take(instrument.items.len()).collect();
    let of_notes = all.collect();
    Conditions { definitions, of_items, of_notes }
}

/// Why version 2.0 loses the condition of a note.
const NO_GROUP: &str =
    "a group of ODM 2.0 has items, so that a note belongs to that of the items that follow";

/// What a language cannot state of a condition.
fn lost(code: &Code, reads: &[usize], place: &Pointer, words: &[(&str, &str)]) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    match &code.openedc {
        Err(why) => found.push(losses::OPENEDC_CONDITION.of(place.clone(), words, Some(why))),
        Ok(_) if reads.len() > 1 => {
            found.push(losses::OPENEDC_SEVERAL.of(place.clone(), words, None))
        }
        Ok(_) => {}
    }
    if let Err(why) = &code.spss {
        found.push(losses::SPSS_CONDITION.of(place.clone(), words, Some(why)));
    }
    found
}

fn definition(form: &Form<'_>, oid: &str, at: usize, (code, reads): (Code, &[usize])) -> Element {
    let instrument = form.request.instrument;
    let entry = notes::entry_at(instrument, at);
    let (id, _) = notes::named(instrument, entry);
    // OpenEDC reads what is within `!(` and `)`: the condition under which the item is shown.
    let openedc = code.openedc.unwrap_or_else(|_| "true".to_owned());
    let code = Code { openedc: Ok(format!("!({openedc})")), ..code };
    let text = notes::ask(instrument, entry).map_or("", |ask| &ask.text);
    let description = form.one_text("Description", &format!("unless {text}"));
    let condition = Element::new("ConditionDef").with("OID", oid).with("Name", id);
    let signature = methods::signature(form, reads, ("do_not_collect", "boolean"));
    condition.of([description]).of(signature).of(methods::expressions(form, &code))
}
