//! Items, their code lists and units.

use scalewright_model::{
    Item, ItemIx, Keying, OptionValue, ResponseKind, ResponseOption, ResponseScaleIx, Terms,
    Wording,
};
use scalewright_scoring::emit::digits;

use super::form::{Form, alias};
use super::oids::option_name;
use super::xml::Element;
use crate::choices;

/// The definitions for an item: one, or one for each option of an item with several answers.
pub(super) fn items(form: &Form<'_>, at: usize) -> Vec<Element> {
    let instrument = form.request.instrument;
    let item = &instrument.items[at];
    match &instrument.response_scales[item.response.0].kind {
        ResponseKind::SeveralChoice { options: _ } => options(form, at),
        kind => vec![self::item(form, at, kind)],
    }
}

fn item(form: &Form<'_>, at: usize, kind: &ResponseKind) -> Element {
    let item = &form.request.instrument.items[at];
    let index = item.response.0;
    let own = definition(form.oids.item(&item.id), &item.id, data_type(kind, form.is_two()));
    let own = sized(form, own, at, kind);
    let question = form.texts("Question", |wording| Some(question(form, at, kind, wording)));
    let is_measured = !form.is_two() && has_unit(form, item.response);
    let unit = is_measured.then(|| {
        Element::new("MeasurementUnitRef")
            .with("MeasurementUnitOID", form.oids.numbered("MU", index))
    });
    let list = has_list(kind)
        .then(|| Element::new("CodeListRef").with("CodeListOID", form.oids.numbered("CL", index)));
    own.of(question).of(unit).of(checks(kind)).of(list).of(keys(form, ItemIx(at)))
}

fn definition(oid: String, name: &str, data_type: &str) -> Element {
    Element::new("ItemDef").with("OID", oid).with("Name", name).with("DataType", data_type)
}

/// The type of options with decimals. Version 2.0 has no lists of floats.
fn with_decimals(is_two: bool) -> &'static str {
    if is_two { "decimal" } else { "float" }
}

/// The type of an answer.
fn data_type(kind: &ResponseKind, is_two: bool) -> &'static str {
    match kind {
        ResponseKind::Coded { options } if choices::decimals(options) > 0 => with_decimals(is_two),
        ResponseKind::Coded { options: _ }
        | ResponseKind::YesNo
        | ResponseKind::SeveralChoice { options: _ }
        | ResponseKind::Numeric { min: _, max: _, decimals: 0 }
        | ResponseKind::VisualAnalogue { min: _, max: _, decimals: 0 } => "integer",
        ResponseKind::Numeric { min: _, max: _, decimals: _ }
        | ResponseKind::VisualAnalogue { min: _, max: _, decimals: _ } => "float",
        // OpenEDC shows the first as one line, the second as several.
        ResponseKind::Text { lines: 1 } => "string",
        ResponseKind::Text { lines: _ } => "text",
        ResponseKind::Date => "date",
        ResponseKind::Time => "time",
    }
}

/// Adds the length of the longest answer, and the decimals.
fn sized(form: &Form<'_>, own: Element, at: usize, kind: &ResponseKind) -> Element {
    let item = &form.request.instrument.items[at];
    let longest = |values: &mut dyn Iterator<Item = f64>| {
        values.map(|value| digits(value.trunc()).len()).max()
    };
    let codes = |options: &[ResponseOption]| {
        longest(&mut options.iter().map(|option| option.value.number()))
    };
    let (length, decimals) = match kind {
        ResponseKind::Coded { options: _ } | ResponseKind::YesNo => {
            let options = choices::options(form.request.instrument, item.response);
            (codes(&options), choices::decimals(&options))
        }
        ResponseKind::Numeric { min: Some(min), max: Some(max), decimals }
        | ResponseKind::VisualAnalogue { min, max, decimals } => {
            (longest(&mut [*min, *max].into_iter()), *decimals)
        }
        ResponseKind::Numeric { min: _, max: _, decimals } => (None, *decimals),
        _ => return own,
    };
    let point = if decimals > 0 { decimals as usize + 1 } else { 0 };
    let own = own.with("Length", (length.unwrap_or(16) + point).to_string());
    match decimals > 0 && !form.is_two() {
        true => own.with("SignificantDigits", decimals.to_string()),
        false => own,
    }
}

/// The words of an item, after its number.
fn stem(form: &Form<'_>, at: usize, wording: &Wording) -> String {
    let stem = &wording.stems[at];
    match choices::printed_number(&form.request.instrument.items[at].number) {
        None => stem.clone(),
        Some(number) => format!("{number} {stem}"),
    }
}

/// The words of an item with what ODM has no place for: the ends of a line and, in version 2.0, the unit.
fn question(form: &Form<'_>, at: usize, kind: &ResponseKind, wording: &Wording) -> String {
    let words = &wording.responses[form.request.instrument.items[at].response.0];
    let stem = stem(form, at, wording);
    match kind {
        ResponseKind::VisualAnalogue { min, max, decimals: _ } => {
            let end = |value: &f64, label: &Option<String>| {
                label.as_ref().map(|label| format!("{} = {label}", digits(*value)))
            };
            let ends: Vec<String> =
                end(min, &words.min_label).into_iter().chain(end(max, &words.max_label)).collect();
            if ends.is_empty() { stem } else { format!("{stem}\n\n{}", ends.join("; ")) }
        }
        _ => match words.unit.as_ref().filter(|_| form.is_two()) {
            Some(unit) => format!("{stem} ({unit})"),
            None => stem,
        },
    }
}

/// The limits of a number.
fn checks(kind: &ResponseKind) -> Vec<Element> {
    let (min, max) = match kind {
        ResponseKind::Numeric { min, max, decimals: _ } => (*min, *max),
        ResponseKind::VisualAnalogue { min, max, decimals: _ } => (Some(*min), Some(*max)),
        _ => return Vec::new(),
    };
    let check = |(comparator, limit): (&str, Option<f64>)| {
        let value = Element::text("CheckValue", digits(limit?));
        let check = Element::new("RangeCheck").with("Comparator", comparator);
        Some(check.with("SoftHard", "Hard").of([value]))
    };
    [("GE", min), ("LE", max)].into_iter().filter_map(check).collect()
}

/// The scales on which an item is reversed; `None` if there are none.
fn keys(form: &Form<'_>, item: ItemIx) -> Option<Element> {
    let reversed = form.request.instrument.scales.iter().filter(|scale| match &scale.terms {
        Terms::Items(items) => {
            items.iter().any(|own| own.item == item && own.keying == Keying::Negative)
        }
        Terms::Scales(_) | Terms::Formula(_) | Terms::Unknown => false,
    });
    // The schema allows one alias of each context.
    let ids: Vec<&str> = reversed.map(|scale| scale.id.as_str()).collect();
    (!ids.is_empty()).then(|| alias("reversed", &ids.join(" ")))
}

/// An item with several answers: yes or no for each option.
fn options(form: &Form<'_>, at: usize) -> Vec<Element> {
    let instrument = form.request.instrument;
    let Item {
        id,
        response,
        number: _,
        section: _,
        required: _,
        ask: _,
        background: _,
        codes: _,
        taken_from: _,
    } = &instrument.items[at];
    let options = choices::options(instrument, *response);
    let made = options.iter().enumerate().map(|(position, option)| {
        let question = form.texts("Question", |wording| {
            let labels = choices::labels(instrument, wording, *response);
            Some(format!("{}: {}", stem(form, at, wording), labels.get(position)?))
        });
        let name = option_name(id, option.value);
        let own = definition(form.oids.option(id, option.value), &name, "integer");
        let list = Element::new("CodeListRef").with("CodeListOID", form.oids.one("CL"));
        own.with("Length", "1").of(question).of([list, alias("item", id)])
    });
    made.collect()
}

fn has_list(kind: &ResponseKind) -> bool {
    matches!(kind, ResponseKind::Coded { options: _ } | ResponseKind::YesNo)
}

fn has_unit(form: &Form<'_>, response: ResponseScaleIx) -> bool {
    form.request.wording.responses[response.0].unit.is_some()
}

/// Whether an item uses the response scale at this position.
fn is_used(form: &Form<'_>, index: usize) -> bool {
    form.request.instrument.items.iter().any(|item| item.response.0 == index)
}

/// The code lists of the response scales that items use, and that of options.
pub(super) fn lists(form: &Form<'_>) -> Vec<Element> {
    let instrument = form.request.instrument;
    let mut lists = Vec::new();
    for (index, response) in instrument.response_scales.iter().enumerate() {
        if has_list(&response.kind) && is_used(form, index) {
            lists.push(list(form, ResponseScaleIx(index)));
        }
    }
    let is_several = |item: &Item| {
        let kind = &instrument.response_scales[item.response.0].kind;
        matches!(kind, ResponseKind::SeveralChoice { options: _ })
    };
    if instrument.items.iter().any(is_several) {
        lists.push(yes_and_no(form));
    }
    lists
}

fn list(form: &Form<'_>, response: ResponseScaleIx) -> Element {
    let instrument = form.request.instrument;
    let options = choices::options(instrument, response);
    let items = options.iter().enumerate().map(|(position, option)| {
        let ResponseOption { value, code, non_response, unlabelled: _ } = option;
        let decode = form.texts("Decode", |wording| {
            let labels = choices::labels(instrument, wording, response);
            labels.get(position).map(|label| (*label).to_owned())
        });
        // The schema requires the words of an option.
        let decode = decode.unwrap_or_else(|| form.one_text("Decode", &value.to_string()));
        let aliases = code.iter().map(|code| alias("code", code));
        let none = non_response.then(|| alias("non-response", "yes"));
        entry(*value, position).of([decode]).of(aliases).of(none)
    });
    let name = &instrument.response_scales[response.0].name;
    let list = Element::new("CodeList").with("OID", form.oids.numbered("CL", response.0));
    let kind = match choices::decimals(&options) {
        0 => "integer",
        _ => with_decimals(form.is_two()),
    };
    list.with("Name", name).with("DataType", kind).of(items)
}

fn entry(value: OptionValue, position: usize) -> Element {
    let entry = Element::new("CodeListItem").with("CodedValue", value.to_string());
    entry.with("OrderNumber", (position + 1).to_string())
}

/// The code list for the options of items with several answers.
fn yes_and_no(form: &Form<'_>) -> Element {
    let word = |yes: bool| {
        form.texts("Decode", |wording| {
            let (own, _) = crate::ui::ui(&wording.language);
            Some(if yes { own.yes } else { own.no }.to_owned())
        })
    };
    let entries =
        [(OptionValue::whole(1), true), (OptionValue::whole(0), false)].into_iter().enumerate();
    let entries = entries.map(|(position, (value, yes))| entry(value, position).of(word(yes)));
    let list = Element::new("CodeList").with("OID", form.oids.one("CL"));
    list.with("Name", "options").with("DataType", "integer").of(entries)
}

/// The units of numbers. Version 2.0 has no element for them.
pub(super) fn units(form: &Form<'_>) -> Vec<Element> {
    if form.is_two() {
        return Vec::new();
    }
    let scales = form.request.instrument.response_scales.iter().enumerate();
    let unit = |(index, response): (usize, &scalewright_model::ResponseScale)| {
        let symbol = form.texts("Symbol", |wording| wording.responses[index].unit.clone())?;
        let unit = Element::new("MeasurementUnit").with("OID", form.oids.numbered("MU", index));
        Some(unit.with("Name", &response.name).of([symbol]))
    };
    scales.filter(|(index, _)| is_used(form, *index)).filter_map(unit).collect()
}
