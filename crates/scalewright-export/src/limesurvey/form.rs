//! An instrument as a part of a survey.

use scalewright_model::{ItemIx, ResponseKind, Wording};

use super::codes::{self, ARRAY, Codes, LONGEST, Namer, SLIDER, plain};
use super::options::{self, Options};
use super::scores;
use super::syntax::{Expressions, reference};
use super::texts::Languages;
use crate::ExportRequest;
use crate::code::script::Script;

/// An instrument that is exported.
pub(super) struct Form<'a> {
    pub(super) request: &'a ExportRequest<'a>,
    pub(super) options: Options,
    pub(super) languages: Languages<'a>,
    pub(super) codes: Codes,
    /// The questions in order.
    pub(super) runs: Vec<Run>,
    pub(super) expressions: Expressions,
    pub(super) script: Script,
}

/// Neighbouring items that are asked together: one question, or the rows of an array.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) first: usize,
    /// The number of items.
    pub(super) len: usize,
    /// The code of the question.
    pub(super) code: String,
    /// The codes of the rows of an array. Empty if the question is a single item.
    pub(super) rows: Vec<String>,
}

impl<'a> Form<'a> {
    /// The form of an instrument. `ending` distinguishes its lines from those of other instruments of a study; `namer`
    /// has named these.
    pub(super) fn new(
        request: &'a ExportRequest<'a>,
        languages: Languages<'a>,
        ending: &str,
        namer: &mut Namer,
        codes: Codes,
    ) -> Self {
        let options = Options::of(request.options);
        let runs = runs(request, &options, &codes, namer);
        let expressions = Expressions {
            ending: ending.to_owned(),
            variables: scores::variables(request, &codes, &runs, ending),
        };
        let script = Script::with_conditions(request, &expressions, options.columns);
        Self { request, options, languages, codes, runs, expressions, script }
    }

    /// The run that contains an item, and its position there.
    fn place(runs: &[Run], item: usize) -> Option<(&Run, usize)> {
        let run = runs.iter().find(|run| run.first <= item && item < run.first + run.len)?;
        Some((run, item - run.first))
    }

    /// The reference to the answer to an item, as it is stored.
    pub(super) fn stored(request: &ExportRequest<'_>, runs: &[Run], item: usize) -> String {
        let Some((run, at)) = Self::place(runs, item) else { return String::new() };
        match run.rows.get(at) {
            Some(row) => reference(&format!("{}_{row}", run.code)),
            None if is_slider(request, item) => reference(&format!("{}_{SLIDER}", run.code)),
            None => reference(&run.code),
        }
    }

    /// The name of the column of an item in exported responses.
    pub(super) fn column(&self, item: usize) -> String {
        let Some((run, at)) = Self::place(&self.runs, item) else { return String::new() };
        match run.rows.get(at) {
            Some(row) => format!("{}[{row}]", run.code),
            None if is_slider(self.request, item) => format!("{}[{SLIDER}]", run.code),
            None => run.code.clone(),
        }
    }
}

pub(super) fn is_slider(request: &ExportRequest<'_>, item: usize) -> bool {
    let kind = &request.instrument.response(ItemIx(item)).kind;
    matches!(kind, ResponseKind::VisualAnalogue { min: _, max: _, decimals: _ })
}

/// The wordings of an instrument that are published, the requested one first.
pub(super) fn languages<'a>(request: &'a ExportRequest<'a>) -> Languages<'a> {
    let instrument = request.instrument;
    let is_source = request.wording.language.eq_ignore_ascii_case(&instrument.language);
    let others = instrument.wordings.iter().filter(|other: &&Wording| {
        is_source
            && Options::of(request.options).languages == options::Languages::All
            && !other.language.eq_ignore_ascii_case(&request.wording.language)
    });
    Languages(std::iter::once(request.wording).chain(others).collect())
}

fn runs(
    request: &ExportRequest<'_>,
    options: &Options,
    codes: &Codes,
    namer: &mut Namer,
) -> Vec<Run> {
    let items = &request.instrument.items;
    let mut runs: Vec<Run> = Vec::new();
    let mut first = 0;
    while first < items.len() {
        let mut len = 1;
        while first + len < items.len() && joins(request, options, first, first + len) {
            len += 1;
        }
        runs.push(match len {
            1 => Run { first, len, code: codes.items[first].clone(), rows: Vec::new() },
            _ => array(request, codes, namer, (first, len)),
        });
        first += len;
    }
    runs
}

/// Whether the item at `next` is a row of the array that begins with the item at `first`.
fn joins(request: &ExportRequest<'_>, options: &Options, first: usize, next: usize) -> bool {
    let instrument = request.instrument;
    let (a, b) = (&instrument.items[first], &instrument.items[next]);
    let kind = &instrument.response(ItemIx(first)).kind;
    options.matrices
        && !instrument.has_note_before(ItemIx(next))
        && matches!(kind, ResponseKind::Coded { options: _ } | ResponseKind::YesNo)
        && a.response == b.response
        && a.section == b.section
        && a.required == b.required
        && a.ask == b.ask
}

/// The codes of an array: the common stem of the ids and what follows it, or a number and the codes of the items.
fn array(
    request: &ExportRequest<'_>,
    codes: &Codes,
    namer: &mut Namer,
    (first, len): (usize, usize),
) -> Run {
    let items = first..first + len;
    let ids: Vec<&str> =
        request.instrument.items[items.clone()].iter().map(|item| item.id.as_str()).collect();
    let own = &codes.items[items];
    if let Some((stem, rows)) = stem(&ids, own)
        && namer.take_all(&stem, &rows)
    {
        return Run { first, len, code: stem, rows };
    }
    let numbered = (1_u32..).map(|count| format!("{ARRAY}{count}"));
    let code = numbered.into_iter().find(|code| namer.take(code)).unwrap_or_default();
    Run { first, len, code, rows: own.to_vec() }
}

/// The common stem of ids and their endings, if their codes consist of just these.
fn stem(ids: &[&str], own_codes: &[String]) -> Option<(String, Vec<String>)> {
    let (first, _) = ids.first()?.rsplit_once('_')?;
    let stem = plain(first);
    let mut rows = Vec::new();
    for (id, code) in ids.iter().zip(own_codes) {
        let (own, row) = id.rsplit_once('_')?;
        if own != first || row == "time" || row.len() >= LONGEST {
            return None;
        }
        // In a study, the codes of some items are longer than their ids.
        let whole = code.strip_suffix(row)?;
        if rows.is_empty() && !whole.ends_with(&stem) {
            return None;
        }
        rows.push((whole.to_owned(), codes::row(row)));
    }
    let (stem, _) = rows.first()?.clone();
    let is_same = rows.iter().all(|(whole, _)| *whole == stem);
    let is_code = stem.len() <= LONGEST && stem.starts_with(|c: char| c.is_ascii_alphabetic());
    (is_same && is_code && !codes::is_reserved(&stem))
        .then(|| (stem, rows.into_iter().map(|(_, row)| row).collect()))
}
