//! The columns of the answers.

use scalewright_model::{
    Code, FormNote, Instrument, Item, ItemIx, ResponseKind, ScaleIx, Side, Terms, Wording,
};
use scalewright_scoring::emit::number;
use scalewright_scoring::{Account, test_text};

use super::table::{ASKED, Kind, Note, Role, Section, Value, Variable};
use crate::choices::{labels, options, printed_number};
use crate::{ExportRequest, ui};

/// The column of an item. `accounts` are those of the published scores.
pub(super) fn variable(
    request: &ExportRequest<'_>,
    wording: &Wording,
    accounts: &[Account],
    ix: ItemIx,
) -> Variable {
    let instrument = request.instrument;
    let item = &instrument.items[ix.0];
    let scale = &instrument.response_scales[item.response.0];
    let stem = wording.stems[ix.0].trim();
    let label = match printed_number(&item.number) {
        Some(number) => format!("{number} {stem}"),
        None => stem.to_owned(),
    };
    let mut variable = Variable::new(item.id.clone(), Role::Item, kind(&scale.kind), label);
    variable.response = Some(scale.name.clone());
    variable.unit.clone_from(&wording.responses[item.response.0].unit);
    (variable.min, variable.max) = limits(&scale.kind);
    variable.values = values(instrument, wording, ix);
    if let Some(section) = item.section {
        let words = &wording.sections[section.0];
        variable.section = Section {
            title: words.title.clone(),
            lead_in: words.lead_in.clone(),
            instructions: words.instructions.clone(),
        };
    }
    variable.notes = notes(request, wording, accounts, ix);
    variable
}

/// What else is known about an item.
fn notes(
    request: &ExportRequest<'_>,
    wording: &Wording,
    accounts: &[Account],
    ix: ItemIx,
) -> Vec<Note> {
    let instrument = request.instrument;
    let Item {
        id: _,
        number: _,
        response,
        section: _,
        required,
        ask: _,
        background,
        codes,
        taken_from,
    } = &instrument.items[ix.0];
    let words = &wording.responses[response.0];
    let ends = [("the low end", &words.min_label), ("the high end", &words.max_label)];
    let ends = ends.into_iter().filter_map(|(name, label)| Some((name, label.clone()?)));
    let mut notes: Vec<Note> = ends.collect();
    notes.extend(decimals(&instrument.response_scales[response.0].kind));
    notes.extend(asked(instrument, ix));
    notes.extend(beside(instrument, wording, ix));
    if *required {
        notes.push(("required", "a form on a screen requires an answer".to_owned()));
    }
    notes.extend(uses(request, accounts, ix));
    if *background {
        let fact = "a fact about the respondent that norms need, not a part of the instrument";
        notes.push(("background", fact.to_owned()));
    }
    if let Some(from) = taken_from {
        notes.push(("taken from", format!("`{from}` of the long form")));
    }
    if !codes.is_empty() {
        let codes: Vec<String> = codes.iter().map(Code::text).collect();
        notes.push(("codes", codes.join("; ")));
    }
    notes
}

fn kind(kind: &ResponseKind) -> Kind {
    match kind {
        ResponseKind::Coded { options: _ } | ResponseKind::YesNo => Kind::Integer,
        ResponseKind::SeveralChoice { options: _ } => Kind::Several,
        ResponseKind::Numeric { min: _, max: _, decimals: 0 }
        | ResponseKind::VisualAnalogue { min: _, max: _, decimals: 0 } => Kind::Integer,
        ResponseKind::Numeric { min: _, max: _, decimals: _ }
        | ResponseKind::VisualAnalogue { min: _, max: _, decimals: _ } => Kind::Number,
        ResponseKind::Text { lines: _ } => Kind::Text,
        ResponseKind::Date => Kind::Date,
        ResponseKind::Time => Kind::Time,
    }
}

/// The lowest and the highest number.
fn limits(kind: &ResponseKind) -> (Option<f64>, Option<f64>) {
    match kind {
        ResponseKind::Numeric { min, max, decimals: _ } => (*min, *max),
        ResponseKind::VisualAnalogue { min, max, decimals: _ } => (Some(*min), Some(*max)),
        _ => (None, None),
    }
}

fn decimals(kind: &ResponseKind) -> Option<Note> {
    match kind {
        ResponseKind::Numeric { min: _, max: _, decimals }
        | ResponseKind::VisualAnalogue { min: _, max: _, decimals }
            if *decimals > 0 =>
        {
            Some(("decimals", format!("at most {decimals}")))
        }
        ResponseKind::Time => {
            Some(("scored as", "minutes since midnight, from 0 to 1439".to_owned()))
        }
        _ => None,
    }
}

/// The values of an item with options.
fn values(instrument: &Instrument, wording: &Wording, ix: ItemIx) -> Vec<Value> {
    let response = instrument.items[ix.0].response;
    let labels = labels(instrument, wording, response);
    let options = options(instrument, response).into_iter().zip(labels);
    options
        .map(|(option, label)| Value {
            value: option.value.to_string(),
            label: label.trim().to_owned(),
            code: option.code,
            is_missing: option.non_response,
            limits: None,
        })
        .collect()
}

fn asked(instrument: &Instrument, ix: ItemIx) -> Option<Note> {
    let ask = instrument.items[ix.0].ask.as_ref()?;
    let when = test_text(&ask.when, instrument);
    let otherwise = match ask.otherwise {
        Some(value) => format!("counts as {}", number(value)),
        None => "is missing".to_owned(),
    };
    Some((ASKED, format!("{when}; if it was not asked, it {otherwise}")))
}

/// The texts that a form shows before and after an item.
fn beside(instrument: &Instrument, wording: &Wording, ix: ItemIx) -> Vec<Note> {
    let own = instrument.notes.iter().zip(&wording.notes).filter(|(note, _)| note.item == ix);
    let text = |(note, text): (&FormNote, &String)| {
        let name = match note.side {
            Side::Before => "text before",
            Side::After => "text after",
        };
        let when = note.ask.as_ref().map(|ask| test_text(&ask.when, instrument));
        let when = when.map(|when| format!(" (shown if {when})")).unwrap_or_default();
        (name, format!("{}{when}", text.trim()))
    };
    own.map(text).collect()
}

/// The scores that use an item: first those with a key, each with the keying, then those with a formula.
fn uses(request: &ExportRequest<'_>, accounts: &[Account], ix: ItemIx) -> Vec<Note> {
    let instrument = request.instrument;
    let (mut keyed, mut used) = (Vec::new(), Vec::new());
    for account in accounts {
        let Some(scale) = instrument.scales.iter().position(|scale| scale.id == account.id) else {
            continue;
        };
        let ix_of_scale = ScaleIx(scale);
        let terms = match &instrument.scales[scale].terms {
            Terms::Items(items) => items.as_slice(),
            Terms::Scales(_) | Terms::Formula(_) | Terms::Unknown => &[],
        };
        match terms.iter().position(|term| term.item == ix) {
            Some(at) => keyed.push(account.terms[at].named(&account.id)),
            None => {
                let score = request.program.position(ix_of_scale);
                let score = score.map(|at| &request.program.scores[at]);
                if score.is_some_and(|score| score.items.contains(&ix)) {
                    used.push(account.id.clone());
                }
            }
        }
    }
    let joined = |name, list: Vec<String>| (!list.is_empty()).then(|| (name, list.join("; ")));
    [joined("keyed on", keyed), joined("used by", used)].into_iter().flatten().collect()
}

/// The words of a column that identifies a row.
pub(super) fn key(name: &str, at: usize, wording: &Wording) -> Variable {
    let (own, _) = ui::ui(&wording.language);
    let label = if at == 0 { own.respondent.to_owned() } else { name.to_owned() };
    Variable::new(name.to_owned(), Role::Key, Kind::Text, label)
}
