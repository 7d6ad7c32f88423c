//! The sheet for scoring an instrument by hand: the output of `explain-score`, with blanks to write in.

use scalewright_check::Checked;
use scalewright_export::{Content, Document, ExportedFile, House};
use scalewright_model::{Instrument, Paper, Stop};
use serde_json::json;

use crate::terminal::Terminal;
use crate::{accounts, gates};

/// The Typst source of the sheet.
const TEMPLATE: &str = include_str!("sheet.typ");

/// Returns the scoring sheet of an instrument. It is for scorers, not for respondents.
pub(super) fn scoring(
    checked: &Checked,
    instrument: &Instrument,
    (paper, house): (Paper, &House),
    accept_recalled_keys: bool,
    terminal: &mut Terminal<'_>,
) -> Result<ExportedFile, Stop> {
    gates::keys_are_sure(checked, instrument, accept_recalled_keys, terminal)?;
    let data = json!({
        "id": instrument.id,
        "title": instrument.title,
        "version": instrument.version,
        "date": instrument.date,
        "notice": instrument.rights.notice,
        "paper": match paper {
            Paper::A4 => "a4",
            Paper::UsLetter => "us-letter",
        },
        "house": house,
        "scores": accounts::scores(instrument, &checked.program, &checked.ranges),
    });
    let data = data.to_string().into_bytes();
    let document = Document {
        weight: Document::weight_of(&data),
        template: TEMPLATE,
        data,
        files: Vec::new(),
        ident: format!("{}|{}|scoring", instrument.id, instrument.version),
        fields: None,
        marks: Vec::new(),
    };
    let content = Content::Typst(document);
    Ok(ExportedFile { name: format!("{}.scoring.pdf", instrument.id), content })
}
