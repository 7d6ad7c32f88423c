//! The sheet for scoring an instrument by hand: what `explain-score` states, with blanks to write in.

use scalewright_check::Checked;
use scalewright_export::{Content, Document, ExportedFile, House};
use scalewright_model::{Instrument, Paper, ScaleIx, Wording};
use scalewright_scoring::{Account, AccountTable, Content as Stated, Entry, Part, Phrases, Tongue};
use serde_json::{Value, json};

/// The Typst source of the sheet.
const TEMPLATE: &str = include_str!("sheet.typ");

/// Returns the scoring sheet of an instrument in the language of `wording`. It is for scorers, not for respondents.
pub(super) fn scoring(
    checked: &Checked,
    instrument: &Instrument,
    wording: &Wording,
    (paper, house): (Paper, &House),
) -> ExportedFile {
    let tongue = Tongue::of(wording);
    let phrases = tongue.phrases;
    let account = |index| {
        let account =
            Account::of(instrument, &checked.program, &checked.ranges, ScaleIx(index), tongue);
        score(&account, phrases)
    };
    let scores: Vec<Value> = (0..instrument.scales.len()).map(account).collect();
    let title = wording.title.trim();
    let data = json!({
        "id": instrument.id,
        "title": phrases.sheet.replace("{title}", title),
        "language": phrases.language,
        "version": instrument.version,
        "date": instrument.date,
        "notice": wording.notice.as_ref().unwrap_or(&instrument.rights.notice),
        "paper": match paper {
            Paper::A4 => "a4",
            Paper::UsLetter => "us-letter",
        },
        "house": house,
        "words": {
            "number": phrases.number,
            "how": phrases.how,
            "answer": phrases.answer,
            "counts-as": phrases.counts_as,
            "score": phrases.score,
            "respondent": phrases.respondent,
            "date": phrases.date,
            "page": phrases.page,
            "not-for-respondents": phrases.not_for_respondents,
            "no-scores": phrases.no_scores,
        },
        "scores": scores,
    });
    let data = data.to_string().into_bytes();
    let ident = format!("{}|{}|{}|scoring", instrument.id, instrument.version, wording.language);
    let document = Document {
        weight: Document::weight_of(&data),
        template: TEMPLATE,
        data,
        parts: Vec::new(),
        files: Vec::new(),
        ident,
        fields: None,
        marks: Vec::new(),
    };
    let content = Content::Typst(document);
    ExportedFile { name: format!("{}.{}.scoring.pdf", instrument.id, wording.language), content }
}

/// Whether a scorer needs a part of a description. The table of terms says the same as a formula of terms, and has boxes
/// to fill in.
fn is_needed(part: Part, account: &Account) -> bool {
    match part {
        Part::Formula => account.terms.is_empty(),
        Part::Measures | Part::PartOf | Part::WithMissing | Part::Reliability => false,
        Part::Unit
        | Part::Rule
        | Part::Terms
        | Part::Steps
        | Part::Numbers
        | Part::Derived
        | Part::Table
        | Part::Missing
        | Part::Needed
        | Part::Asked
        | Part::Complete
        | Part::Words
        | Part::Bands
        | Part::Key => true,
    }
}

fn score(account: &Account, phrases: &Phrases) -> Value {
    let entries: Vec<Value> = account
        .entries(phrases)
        .into_iter()
        .filter(|entry| is_needed(entry.part, account))
        .map(entry)
        .collect();
    json!({ "id": account.id, "title": account.title.trim(), "entries": entries })
}

fn entry(Entry { part: _, label, content }: Entry) -> Value {
    match content {
        Stated::Lines(lines) => json!({ "label": label, "lines": lines }),
        Stated::Terms(terms) => {
            let term = |term: &scalewright_scoring::Term| {
                let title = if term.title.is_empty() {
                    String::new()
                } else {
                    format!(" ({})", term.title)
                };
                json!({
                    "number": term.number,
                    "sign": term.sign,
                    "name": format!("{}{title}", term.id),
                    "counts": term.counts,
                    "scale": term.sign.is_none(),
                })
            };
            json!({ "terms": terms.iter().map(term).collect::<Vec<_>>() })
        }
        Stated::Table(table) => tabled(&label, &table),
    }
}

/// A table, a long one in blocks side by side.
fn tabled(label: &str, table: &AccountTable) -> Value {
    const WIDEST: usize = 10;
    let columns = table.columns.len();
    let longest = |at: usize| {
        let cells =
            std::iter::once(&table.columns).chain(&table.rows).map(|row| row[at].chars().count());
        cells.max().unwrap_or(0).max(4)
    };
    // About as many characters as fit on a line.
    const LINE: usize = 84;
    let width: usize = (0..columns).map(longest).sum::<usize>() + 2 * columns;
    let most = (LINE / width.max(1)).min(WIDEST / columns.max(1));
    let blocks: Vec<&[Vec<String>]> = table.side_by_side(table.blocks(most)).collect();
    json!({
        "label": label,
        "columns": table.columns,
        "widths": (0..columns).map(longest).collect::<Vec<usize>>(),
        "blocks": blocks,
        "notes": table.notes,
    })
}
