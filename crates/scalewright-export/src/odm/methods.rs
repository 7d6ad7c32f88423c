//! Computed items and their methods.

use scalewright_model::Wording;
use scalewright_scoring::formula_text;

use super::form::{Form, alias};
use super::scripts::{Code, Computed};
use super::xml::Element;
use crate::code::script::{Content, Kind};

/// The item of a computed column.
pub(super) fn item(form: &Form<'_>, own: &Computed) -> Element {
    let column = &own.column;
    let item = Element::new("ItemDef").with("OID", form.oids.item(&column.name));
    let item = item.with("Name", &column.name).with("DataType", data_type(column.kind));
    let item = match column.kind {
        Kind::Number => item.with("Length", "24"),
        Kind::Truth => item.with("Length", "1"),
        Kind::Count => item.with("Length", "6"),
        Kind::Word | Kind::Label => item.with("Length", longest(form, own).to_string()),
    };
    let item = match (column.kind, form.is_two()) {
        (Kind::Number, false) => item.with("SignificantDigits", "10"),
        _ => item,
    };
    let item = if form.is_two() { item } else { item.with("Origin", "Derived") };
    let texts = |name| form.texts(name, |wording| Some(title(own, wording)));
    item.of(texts("Description")).of(texts("Question"))
}

fn data_type(kind: Kind) -> &'static str {
    match kind {
        Kind::Number => "float",
        // 1 for yes, 0 for no.
        Kind::Truth | Kind::Count => "integer",
        Kind::Word | Kind::Label => "text",
    }
}

/// The number of characters of the longest text that a column may contain.
fn longest(form: &Form<'_>, own: &Computed) -> usize {
    let texts = crate::spss::file::texts(form.request, &own.column);
    texts.iter().map(|text| text.chars().count()).max().unwrap_or(1).max(1)
}

/// The words of a computed item.
fn title(own: &Computed, wording: &Wording) -> String {
    let title = &wording.scales[own.column.scale.0].title;
    match own.column.content {
        Content::Score => title.clone(),
        Content::Answered | Content::Prorated | Content::Band(_) => {
            format!("{title} ({})", own.column.name)
        }
    }
}

/// The method of a computed item.
pub(super) fn method(form: &Form<'_>, own: &Computed) -> Element {
    let column = &own.column;
    let method = Element::new("MethodDef").with("OID", form.oids.named("M", &column.name));
    let method = method.with("Name", &column.name).with("Type", "Computation");
    let description = form.texts("Description", |wording| Some(title(own, wording)));
    let description = description.unwrap_or_else(|| form.one_text("Description", &column.name));
    let score = &form.request.program.scores[column.position];
    let formula = (column.content == Content::Score)
        .then(|| alias("formula", &formula_text(&score.formula, form.request.instrument)));
    let signature = signature(form, &own.reads, (&column.name, data_type(column.kind)));
    method.of([description]).of(signature).of(expressions(form, &own.code)).of(formula)
}

/// What a method reads and returns, which only version 2.0 states.
pub(super) fn signature(
    form: &Form<'_>,
    reads: &[usize],
    (name, data_type): (&str, &str),
) -> Option<Element> {
    let parameter = |(at, item): (usize, &usize)| {
        let id = &form.request.instrument.items[*item].id;
        let own = Element::new("Parameter").with("Name", id).with("DataType", "float");
        own.with("OrderNumber", (at + 1).to_string())
    };
    let returned = Element::new("ReturnValue").with("Name", name).with("DataType", data_type);
    let parameters = reads.iter().enumerate().map(parameter);
    form.is_two().then(|| Element::new("MethodSignature").of(parameters).of([returned]))
}

/// The expressions: that of OpenEDC first, because it reads the first one.
pub(super) fn expressions(form: &Form<'_>, code: &Code) -> Vec<Element> {
    let all = [("OpenEDC", &code.openedc), ("R", &code.r), ("SPSS", &code.spss)];
    let expression = |(context, code): (&str, &super::scripts::Expression)| {
        let code = code.as_ref().ok()?.clone();
        Some(match form.is_two() {
            true => Element::new("FormalExpression")
                .with("Context", context)
                .of([Element::text("Code", code)]),
            false => Element::text("FormalExpression", code).with("Context", context),
        })
    };
    all.into_iter().filter_map(expression).collect()
}
