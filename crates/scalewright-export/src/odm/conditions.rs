//! The conditions under which items are not collected.

use scalewright_model::{Diagnostic, ItemIx, Pointer};

use super::form::Form;
use super::scripts::{Code, Scripts};
use super::xml::Element;
use super::{losses, methods};

/// The conditions of an instrument.
pub(super) struct Conditions {
    pub(super) definitions: Vec<Element>,
    /// The identifier of the condition of each item.
    pub(super) of_items: Vec<Option<String>>,
}

/// The conditions, and what is lost.
pub(super) fn conditions(
    form: &Form<'_>,
    scripts: &Scripts,
    diagnostics: &mut Vec<Diagnostic>,
) -> Conditions {
    let instrument = form.request.instrument;
    let mut all = Conditions { definitions: Vec::new(), of_items: Vec::new() };
    for (at, item) in instrument.items.iter().enumerate() {
        let place = Pointer::item(ItemIx(at)).key("ask-if");
        let words = [("id", item.id.as_str())];
        match scripts.condition((&form.oids, &form.layout), at) {
            None => all.of_items.push(None),
            Some(Err(why)) => {
                diagnostics.push(losses::CONDITION.of(place, &words, Some(&why)));
                all.of_items.push(None);
            }
            Some(Ok((code, reads))) => {
                diagnostics.extend(lost(&code, &reads, &place, &words));
                let oid = form.oids.named("C", &item.id);
                all.definitions.push(definition(form, &oid, at, (code, &reads)));
                all.of_items.push(Some(oid));
            }
        }
    }
    all
}

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
    let item = &form.request.instrument.items[at];
    // OpenEDC reads what is within `!(` and `)`: the condition under which the item is shown.
    let openedc = code.openedc.unwrap_or_else(|_| "true".to_owned());
    let code = Code { openedc: Ok(format!("!({openedc})")), ..code };
    let text = item.ask.as_ref().map_or("", |ask| &ask.text);
    let description = form.one_text("Description", &format!("unless {text}"));
    let condition = Element::new("ConditionDef").with("OID", oid).with("Name", &item.id);
    let signature = methods::signature(form, reads, ("do_not_collect", "boolean"));
    condition.of([description]).of(signature).of(methods::expressions(form, &code))
}
