//! What the program of a form knows of its instruments: the items, the conditions, and the scores.

use scalewright_model::{ItemIx, ResponseKind};

use super::form::Form;
use super::options::{Options, Scores};
use super::text::literal;
use super::words::words;
use crate::code::head::{commented, wrapped};
use crate::code::script::{Content, Kind};
use crate::{javascript, notes};

/// The functions that the scores of all instruments use.
pub(super) fn helpers(forms: &[Form<'_>]) -> String {
    let uses = |form: &Form<'_>| {
        let lines =
            form.script.blocks.iter().flat_map(|block| &block.lines).chain(&form.script.rest);
        lines.into_iter().any(|line| line.text.contains("_normalCdf("))
    };
    let normal = if forms.iter().any(uses) { javascript::NORMAL_CDF } else { "" };
    format!("{}{normal}", javascript::HELPERS)
}

/// What the options and the language decide.
pub(super) fn settings(options: &Options, language: &str) -> String {
    let scores = match options.scores {
        Scores::Show => "show",
        Scores::Download => "download",
        Scores::Hide => "hide",
    };
    let words: String = words(language)
        .of_program()
        .into_iter()
        .map(|(name, text)| format!("  {name}: {},\n", literal(text)))
        .collect();
    format!(
        "const SCORES = \"{scores}\";\nconst EMBED = {};\nconst WORDS = {{\n{words}}};\n",
        options.embed
    )
}

/// An instrument: an entry of the list of forms.
pub(super) fn form(form: &Form<'_>, options: &Options) -> String {
    let instrument = form.request.instrument;
    format!(
        "{{\n  id: {}, version: {}, language: {}, prefix: {},\n  items: [\n{}  ],\n  notes: [{}],\n  columns: [\n{}  ],\n  evaluate(answers) {{{}  }},\n}},\n",
        literal(&instrument.id),
        literal(&instrument.version.to_string()),
        literal(&form.request.wording.language),
        literal(&form.prefix),
        items(form),
        notes(form),
        columns(form, options),
        evaluate(form, options),
    )
}

fn items(form: &Form<'_>) -> String {
    let item = |(index, item): (usize, &scalewright_model::Item)| {
        let kind = match form.request.instrument.response(ItemIx(index)).kind {
            ResponseKind::Coded { options: _ } | ResponseKind::YesNo => "choice",
            ResponseKind::SeveralChoice { options: _ } => "several",
            ResponseKind::Numeric { min: _, max: _, decimals: _ } => "number",
            ResponseKind::VisualAnalogue { min: _, max: _, decimals: _ } => "line",
            ResponseKind::Text { lines: _ } => "text",
            ResponseKind::Date => "date",
            ResponseKind::Time => "time",
        };
        format!(
            "    {{ id: {}, field: {}, kind: \"{kind}\", required: {} }},\n",
            literal(&item.id),
            literal(&form.field(&item.id)),
            item.required
        )
    };
    form.request.instrument.items.iter().enumerate().map(item).collect()
}

/// The notes with a condition.
fn notes(form: &Form<'_>) -> String {
    let notes = form.request.instrument.notes.iter().filter(|note| note.ask.is_some());
    let note = |note: &scalewright_model::FormNote| {
        format!("{{ id: {}, field: {} }}", literal(&note.id), literal(&form.field(&note.id)))
    };
    notes.map(note).collect::<Vec<_>>().join(", ")
}

/// The columns of the scores, each with its words; none if the form contains no scores.
fn columns(form: &Form<'_>, options: &Options) -> String {
    if options.scores == Scores::Hide {
        return String::new();
    }
    let column = |column: &crate::code::script::Column| {
        let words = &form.request.wording.scales[column.scale.0];
        let content = match column.content {
            Content::Score => "score",
            Content::Answered => "answered",
            Content::Prorated => "prorated",
            Content::Band(_) => "band",
        };
        format!(
            "    {{ name: {}, scale: {}, content: \"{content}\", truth: {} }},\n",
            literal(&column.name),
            literal(&words.title),
            column.kind == Kind::Truth,
        )
    };
    form.script.columns.iter().map(column).collect()
}

/// The body of the function that computes which items are asked and notes shown, and the scores.
fn evaluate(form: &Form<'_>, options: &Options) -> String {
    let script = &form.script;
    let mut text = javascript::CLEANING.to_owned();
    script.items.iter().for_each(|item| text.push_str(&javascript::answer(item)));
    for block in &script.blocks {
        text.push_str(&commented(&wrapped(&block.formula, 95), "  //"));
        for line in &block.lines {
            text.push_str(&format!("  const {} = {};\n", line.name, line.text));
        }
    }
    for line in &script.rest {
        text.push_str(&format!("  const {} = {};\n", line.name, line.text));
    }
    text.push_str("  return {\n    asked: {\n");
    let instrument = form.request.instrument;
    for (at, condition) in script.conditions.iter().enumerate() {
        if let Some(Ok(condition)) = condition {
            let (id, _) = notes::named(instrument, notes::entry_at(instrument, at));
            text.push_str(&format!("      {}: {},\n", literal(id), condition.text));
        }
    }
    text.push_str("    },\n    scores: {\n");
    let shown = script.columns.iter().filter(|_| options.scores != Scores::Hide);
    for column in shown {
        text.push_str(&format!("      {}: {},\n", literal(&column.name), column.text.text));
    }
    text + "    },\n  };\n"
}
