//! Items as questions: a group of fields with a legend, or a field with a label.

use scalewright_model::{Entry, Item, ItemIx, NoteIx, ResponseKind, SectionIx};

use super::form::Form;
use super::text::{escaped, lines, paragraph};
use crate::choices;
use scalewright_scoring::emit::digits;

/// All questions and notes, under the headings of their sections.
pub(super) fn all(form: &Form<'_>) -> String {
    let instrument = form.request.instrument;
    let (mut html, mut open) = (String::new(), None);
    for (at, entry) in instrument.entries().into_iter().enumerate() {
        let section = instrument.section_of(entry);
        if at == 0 || section != open {
            html.push_str(&section.map(|section| beginning(form, section)).unwrap_or_default());
            open = section;
        }
        html.push_str(&match entry {
            Entry::Item(item) => question(form, item, &instrument.items[item.0]),
            Entry::Note(note) => self::note(form, note),
        });
    }
    html
}

/// A note.
fn note(form: &Form<'_>, note: NoteIx) -> String {
    let name = escaped(&form.field(&form.request.instrument.notes[note.0].id));
    let text = paragraph("between", &form.request.wording.notes[note.0]);
    format!("<div id=\"between-{name}\">\n{text}</div>\n")
}

/// The heading and the texts of a section.
fn beginning(form: &Form<'_>, section: SectionIx) -> String {
    let words = &form.request.wording.sections[section.0];
    // The instrument has a heading above it, in a study a second one.
    let level = if form.prefix.is_empty() { "h2" } else { "h3" };
    let title = words.title.as_deref().map(|text| format!("<{level}>{}</{level}>\n", lines(text)));
    let instructions = words.instructions.as_deref().map(|text| paragraph("instructions", text));
    let lead_in = words.lead_in.as_deref().map(|text| paragraph("lead-in", text));
    [title, instructions, lead_in].into_iter().flatten().collect()
}

/// The number and the words of an item.
fn stem(form: &Form<'_>, index: ItemIx, item: &Item) -> String {
    let words = lines(&form.request.wording.stems[index.0]);
    let number = choices::printed_number(&item.number);
    let number = number.map(|text| format!("<span class=\"number\">{}</span> ", escaped(&text)));
    let number = number.unwrap_or_default();
    let required = match item.required {
        true => format!(
            " <span class=\"required\" title=\"{0}\" aria-hidden=\"true\">*</span>",
            crate::ui::ui(&form.request.wording.language).0.required
        ),
        false => String::new(),
    };
    format!("{number}<span class=\"stem\">{words}</span>{required}")
}

fn question(form: &Form<'_>, index: ItemIx, item: &Item) -> String {
    let name = escaped(&form.field(&item.id));
    let stem = stem(form, index, item);
    let answer = match &form.request.instrument.response(index).kind {
        ResponseKind::Coded { options: _ } | ResponseKind::YesNo => {
            options(form, item, &name, "radio")
        }
        ResponseKind::SeveralChoice { options: _ } => options(form, item, &name, "checkbox"),
        ResponseKind::VisualAnalogue { min, max, decimals } => {
            line(form, item, &name, (*min, *max, *decimals))
        }
        kind => return labelled(form, item, (&name, &stem), kind),
    };
    let role = if item.required { " aria-required=\"true\" role=\"radiogroup\"" } else { "" };
    // Only a group of radio buttons may be required as a whole.
    let is_group = matches!(
        form.request.instrument.response(index).kind,
        ResponseKind::Coded { options: _ } | ResponseKind::YesNo
    );
    let role = if is_group { role } else { "" };
    let clear = match item.required {
        true => String::new(),
        false => format!(
            "<button type=\"button\" class=\"clear\" data-clear=\"{name}\" aria-describedby=\"stem-{name}\" hidden>{}</button>\n",
            form.words.clear
        ),
    };
    format!(
        "<fieldset class=\"question\" id=\"item-{name}\" data-item=\"{name}\"{role}>\n<legend id=\"stem-{name}\">{stem}</legend>\n{answer}{clear}</fieldset>\n"
    )
}

/// The options as buttons, each with its label.
fn options(form: &Form<'_>, item: &Item, name: &str, kind: &str) -> String {
    let instrument = form.request.instrument;
    let options = choices::options(instrument, item.response);
    let labels = choices::labels(instrument, form.request.wording, item.response);
    let longest = labels.iter().map(|label| label.chars().count()).max().unwrap_or(0);
    // Short labels stand side by side.
    let class = if options.len() <= 11 && longest <= 40 { "options row" } else { "options" };
    let mut html = format!("<div class=\"{class}\">\n");
    for (option, label) in options.iter().zip(labels) {
        html.push_str(&format!(
            "<label><input type=\"{kind}\" name=\"{name}\" value=\"{}\"> <span>{}</span></label>\n",
            option.value,
            lines(label)
        ));
    }
    html + "</div>\n"
}

/// A visual analogue scale. A slider always has a position, so it has no answer until it is moved.
fn line(form: &Form<'_>, item: &Item, name: &str, (min, max, decimals): (f64, f64, u32)) -> String {
    let words = &form.request.wording.responses[item.response.0];
    let end = |label: &Option<String>, number: f64| {
        label.as_deref().map_or_else(|| digits(number), lines)
    };
    format!(
        "<div class=\"line\"><span>{}</span><input type=\"range\" name=\"{name}\" min=\"{}\" max=\"{}\" step=\"{}\" \
         aria-labelledby=\"stem-{name}\" aria-describedby=\"ends-{name}\" class=\"unanswered\"><span>{}</span></div>\n\
         <p class=\"value\" id=\"ends-{name}\"><output data-output=\"{name}\">{}</output></p>\n",
        end(&words.min_label, min),
        digits(min),
        digits(max),
        step(decimals),
        end(&words.max_label, max),
        form.words.not_answered,
    )
}

/// The distance of neighbouring numbers with so many decimals.
fn step(decimals: u32) -> String {
    match decimals {
        0 => "1".to_owned(),
        more => format!("0.{}1", "0".repeat(more as usize - 1)),
    }
}

/// A question with one field.
fn labelled(
    form: &Form<'_>,
    item: &Item,
    (name, stem): (&str, &str),
    kind: &ResponseKind,
) -> String {
    let words = &form.request.wording.responses[item.response.0];
    let required = if item.required { " required" } else { "" };
    let common = format!("id=\"field-{name}\" name=\"{name}\"{required}");
    let (input, note) = match kind {
        ResponseKind::Numeric { min, max, decimals } => {
            number(form, &common, (name, words.unit.as_deref()), (*min, *max, *decimals))
        }
        ResponseKind::Text { lines: 1 } => {
            (format!("<input type=\"text\" {common} maxlength=\"10000\">"), String::new())
        }
        ResponseKind::Text { lines } => (
            format!("<textarea {common} rows=\"{lines}\" maxlength=\"10000\"></textarea>"),
            String::new(),
        ),
        ResponseKind::Date => {
            (format!("<input type=\"date\" {common} max=\"9999-12-31\">"), String::new())
        }
        _ => (format!("<input type=\"time\" {common}>"), String::new()),
    };
    format!(
        "<div class=\"question\" id=\"item-{name}\" data-item=\"{name}\">\n<label class=\"legend\" for=\"field-{name}\" id=\"stem-{name}\">{stem}</label>\n<p class=\"field\">{input}{note}</p>\n</div>\n"
    )
}

/// The field of a number, and the note with its range and unit.
fn number(
    form: &Form<'_>,
    common: &str,
    (name, unit): (&str, Option<&str>),
    (min, max, decimals): (Option<f64>, Option<f64>, u32),
) -> (String, String) {
    let bound = |name: &str, bound: Option<f64>| {
        bound.map(|value| format!(" {name}=\"{}\"", digits(value))).unwrap_or_default()
    };
    let mode =
        if decimals == 0 && min.is_some_and(|min| min >= 0.0) { "numeric" } else { "decimal" };
    let (own, _) = crate::ui::ui(&form.request.wording.language);
    let range = match (min, max) {
        (Some(min), Some(max)) => {
            crate::ui::filled(own.range, &[("min", &digits(min)), ("max", &digits(max))])
        }
        _ => String::new(),
    };
    let parts: Vec<String> = [unit.map(escaped), Some(range).filter(|range| !range.is_empty())]
        .into_iter()
        .flatten()
        .collect();
    let (described, note) = match parts.is_empty() {
        true => (String::new(), String::new()),
        false => (
            format!(" aria-describedby=\"note-{name}\""),
            format!(" <span class=\"note\" id=\"note-{name}\">{}</span>", parts.join(" · ")),
        ),
    };
    let input = format!(
        "<input type=\"number\" {common}{}{} step=\"{}\" inputmode=\"{mode}\"{described}>",
        bound("min", min),
        bound("max", max),
        step(decimals)
    );
    (input, note)
}
