//! Instructions, sections, items and the rights notice as rows. Neighbouring items that share a response scale become a
//! matrix: a group on one page whose first row shows the labels of the choices.

use scalewright_model::{
    Entry, Item, ItemIx, NoteIx, Pointer, ResponseKind, SectionIx, SectionWording, Wording,
};
use scalewright_scoring::emit::{digits, number};

use super::build::Build;
use super::row::Row;
use super::words::shown;
use crate::notes;
use crate::ui::{filled, ui};

/// The pattern of a clock time, which is typed as a text: a time in ODK has a time zone, and the engines read it
/// differently.
pub(super) const CLOCK: &str = "^([01][0-9]|2[0-3]):[0-5][0-9]$";

/// Adds the rows that respondents read, in order.
pub(super) fn add(build: &mut Build<'_>) {
    let instructions = build.languages.each(|wording| text(wording.instructions.as_ref()));
    if !instructions.is_empty() {
        let name = build.names.free("instructions");
        build.rows.push(Row::note(name, instructions, Pointer::top("instructions")));
    }
    let instrument = build.request.instrument;
    let entries = instrument.entries();
    let section = |entry: &Entry| instrument.section_of(*entry);
    for part in entries.chunk_by(|a, b| section(a) == section(b)) {
        match instrument.section_of(part[0]) {
            None => pieces(build, part, &[]),
            Some(ix) => add_section(build, ix, part),
        }
    }
}

/// Adds notes, and the items between them.
fn pieces(build: &mut Build<'_>, entries: &[Entry], lead_in: &[String]) {
    let is_item = |entry: &Entry| matches!(entry, Entry::Item(_));
    for piece in entries.chunk_by(|a, b| is_item(a) && is_item(b)) {
        if let Entry::Note(note) = piece[0] {
            self::note(build, note);
            continue;
        }
        let items = piece.iter().filter_map(|entry| match entry {
            Entry::Item(item) => Some(*item),
            Entry::Note(_) => None,
        });
        blocks(build, &items.collect::<Vec<_>>(), lead_in);
    }
}

fn note(build: &mut Build<'_>, note: NoteIx) {
    let instrument = build.request.instrument;
    let text = build.languages.each(|wording| Some(shown(&wording.notes[note.0])));
    let relevant = build.shown[notes::position(instrument, Entry::Note(note))].clone();
    let place = Pointer::note(note).key("text");
    // Nobody reads data by the name of a note, so that it may differ from the id.
    let row = Row::note(build.names.free(&instrument.notes[note.0].id), text, place);
    build.rows.push(Row { relevant, ..row });
}

fn text(text: Option<&String>) -> Option<String> {
    text.map(|text| shown(text))
}

fn add_section(build: &mut Build<'_>, ix: SectionIx, entries: &[Entry]) {
    let place = Pointer::section(ix);
    let part = |of: fn(&SectionWording) -> Option<&String>| {
        build.languages.each(|wording: &Wording| text(of(&wording.sections[ix.0])))
    };
    let title = part(|words| words.title.as_ref());
    let instructions = part(|words| words.instructions.as_ref());
    let lead_in = part(|words| words.lead_in.as_ref());
    let id = build.request.instrument.sections[ix.0].id.clone();
    let is_group = !title.is_empty();
    if is_group {
        let name = build.names.free(&id);
        build.rows.push(Row::group(name, title, place.key("title")));
    }
    if !instructions.is_empty() {
        let name = build.names.free(&format!("{id}_instructions"));
        build.rows.push(Row::note(name, instructions, place.key("instructions")));
    }
    pieces(build, entries, &lead_in);
    if is_group {
        build.rows.push(Row::end());
    }
}

/// Adds the items of a section, in blocks: matrices, and what is between them.
fn blocks(build: &mut Build<'_>, items: &[ItemIx], lead_in: &[String]) {
    let instrument = build.request.instrument;
    let joins =
        |a: &ItemIx, b: &ItemIx| instrument.items[a.0].response == instrument.items[b.0].response;
    let is_matrix = |run: &[ItemIx]| {
        build.matrices
            && run.len() > 1
            && matches!(
                instrument.response(run[0]).kind,
                ResponseKind::Coded { options: _ } | ResponseKind::YesNo
            )
    };
    let mut single: Vec<ItemIx> = Vec::new();
    let runs: Vec<(&[ItemIx], bool)> =
        items.chunk_by(joins).map(|run| (run, is_matrix(run))).collect();
    for (run, is_matrix) in runs {
        match is_matrix {
            true => {
                singles(build, &std::mem::take(&mut single), lead_in);
                matrix(build, run, lead_in);
            }
            false => single.extend(run),
        }
    }
    singles(build, &single, lead_in);
}

/// Adds items that are not in a matrix. What they continue is on the same page.
fn singles(build: &mut Build<'_>, items: &[ItemIx], lead_in: &[String]) {
    let Some(first) = items.first() else { return };
    let is_page = !lead_in.is_empty();
    if is_page {
        open_page(build, items, "page");
        let name = build.names.free("lead_in");
        let place = build.section_of(*first).key("lead-in");
        build.rows.push(Row::note(name, lead_in.to_vec(), place));
    }
    for item in items {
        let row = question(build, *item);
        build.rows.push(row);
    }
    if is_page {
        build.rows.push(Row::end());
    }
}

fn matrix(build: &mut Build<'_>, items: &[ItemIx], lead_in: &[String]) {
    open_page(build, items, "matrix");
    let place = build.section_of(items[0]).key("lead-in");
    let head = Row {
        kind: format!("select_one {}", build.list(items[0])),
        name: build.names.free("head"),
        label: lead_in.to_vec(),
        appearance: "label",
        place,
        ..Row::default()
    };
    build.rows.push(head);
    for item in items {
        let row = question(build, *item);
        build.rows.push(Row { appearance: "list-nolabel", ..row });
    }
    build.rows.push(Row::end());
}

/// Begins a group on one page. It is hidden with its items if all have the same condition. Different conditions may
/// depend on items of the group, which JavaRosa refuses as a cycle.
fn open_page(build: &mut Build<'_>, items: &[ItemIx], name: &str) {
    let conditions: Vec<&str> = items.iter().map(|item| build.shown[item.0].as_str()).collect();
    let is_same = conditions.windows(2).all(|pair| pair[0] == pair[1]);
    let relevant = if is_same { conditions[0].to_owned() } else { String::new() };
    let name = build.names.free(name);
    let place = Pointer::item(items[0]);
    let group = Row::group(name, Vec::new(), place);
    build.rows.push(Row { appearance: "field-list", relevant, ..group });
}

fn question(build: &mut Build<'_>, ix: ItemIx) -> Row {
    // A background item is asked like any other.
    let Item {
        id,
        number,
        response: _,
        section: _,
        required,
        ask: _,
        background: _,
        codes: _,
        taken_from: _,
    } = &build.request.instrument.items[ix.0];
    let row = Row {
        name: id.clone(),
        number: if build.numbers { number.clone() } else { String::new() },
        label: build.languages.each(|wording| Some(shown(&wording.stems[ix.0]))),
        required: *required,
        relevant: build.shown[ix.0].clone(),
        place: Pointer::item(ix).key("stem"),
        ..Row::default()
    };
    answered(build, ix, row)
}

/// Returns the row with the type of its answers.
fn answered(build: &mut Build<'_>, ix: ItemIx, row: Row) -> Row {
    let response = build.request.instrument.items[ix.0].response.0;
    match build.request.instrument.response(ix).kind {
        ResponseKind::Coded { options: _ } | ResponseKind::YesNo => {
            Row { kind: format!("select_one {}", build.list(ix)), ..row }
        }
        ResponseKind::SeveralChoice { options: _ } => {
            Row { kind: format!("select_multiple {}", build.list(ix)), ..row }
        }
        ResponseKind::Numeric { min, max, decimals } => Row {
            kind: if decimals == 0 { "integer" } else { "decimal" }.to_owned(),
            hint: build.languages.each(|w| text(w.responses[response].unit.as_ref())),
            constraint: limits(min, max),
            message: match (min, max) {
                (Some(min), Some(max)) => build.languages.each(|w| Some(range(w, min, max))),
                _ => Vec::new(),
            },
            ..row
        },
        ResponseKind::VisualAnalogue { min, max, decimals } => Row {
            kind: "range".to_owned(),
            parameters: format!(
                "start={} end={} step={}",
                number(min),
                number(max),
                number(0.1_f64.powi(i32::try_from(decimals).unwrap_or(6)))
            ),
            hint: build.languages.each(|wording| ends(wording, response, (min, max))),
            ..row
        },
        ResponseKind::Text { lines } => Row {
            kind: "text".to_owned(),
            appearance: if lines > 1 { "multiline" } else { "" },
            ..row
        },
        ResponseKind::Date => Row { kind: "date".to_owned(), ..row },
        ResponseKind::Time => Row {
            kind: "text".to_owned(),
            hint: build.languages.each(|_| Some("00:00–23:59".to_owned())),
            constraint: format!("regex(., '{CLOCK}')"),
            message: build.languages.each(|_| Some("00:00–23:59".to_owned())),
            ..row
        },
    }
}

fn limits(min: Option<f64>, max: Option<f64>) -> String {
    let min = min.map(|min| format!(". >= {}", digits(min)));
    let max = max.map(|max| format!(". <= {}", digits(max)));
    min.into_iter().chain(max).collect::<Vec<_>>().join(" and ")
}

fn range(wording: &Wording, min: f64, max: f64) -> String {
    let (own, _) = ui(&wording.language);
    shown(&filled(own.range, &[("min", &digits(min)), ("max", &digits(max))]))
}

/// The words at the ends of a line, each after its number.
fn ends(wording: &Wording, response: usize, (min, max): (f64, f64)) -> Option<String> {
    let words = &wording.responses[response];
    let end = |at: f64, label: Option<&String>| Some(format!("{}: {}", digits(at), shown(label?)));
    let ends = [end(min, words.min_label.as_ref()), end(max, words.max_label.as_ref())];
    let ends: Vec<String> = ends.into_iter().flatten().collect();
    (!ends.is_empty()).then(|| ends.join("\n"))
}
