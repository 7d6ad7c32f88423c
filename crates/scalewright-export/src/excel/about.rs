//! The sheet that says what the workbook scores, how to use it, and whether its self-test agrees.

use rust_xlsxwriter::{Formula, Worksheet};

use super::sheets::{ANSWERS, SCORES, STEPS, Written, begun};
use super::style;
use crate::ExportRequest;
use crate::code::head::head;
use crate::code::script::Script;

/// The name of the sheet.
pub(super) const ABOUT: &str = "About";

/// Writes the sheet. `tested` is the range of the cells that say whether a score of the self-test agrees.
pub(super) fn write(
    sheet: &mut Worksheet,
    request: &ExportRequest<'_>,
    script: &Script,
    (rows, tested): (u32, Option<&str>),
) -> Written<()> {
    begun(sheet, ABOUT)?.set_column_width(0, 24)?.set_column_width(1, 96)?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    let text = style::text();
    sheet.write_string_with_format(
        0,
        0,
        &request.wording.title,
        &style::title().unset_text_wrap(),
    )?;
    let mut row = 2;
    let mut head = head(request, script, "formulas of a workbook");
    head.extend([
        String::new(),
        format!("Type or paste one respondent a row into the sheet {ANSWERS}, in rows 2 to {}.", rows + 1),
        format!("The sheet {SCORES} shows the scores of the same row, and {STEPS} how they are computed."),
        "An answer that is not allowed is marked `invalid`, counts as missing, and is counted in `invalid_answers`.".to_owned(),
        String::new(),
    ]);
    for line in &head {
        sheet.write_string(row, 0, line)?;
        row += 1;
    }
    if let Some(range) = tested {
        let formula = format!(
            "IF(ISERROR(AND({range})),\"The self-test does NOT agree.\",IF(AND({range}),\"The self-test agrees.\",\"The self-test does NOT agree.\"))"
        );
        let bold = style::header();
        sheet.write_formula_with_format(row, 0, Formula::new(formula), &bold)?;
        row += 2;
    }
    let header = style::header();
    sheet.write_string_with_format(row, 0, "score", &header)?;
    sheet.write_string_with_format(row, 1, "what it is", &header)?;
    for block in &script.blocks {
        row += 1;
        sheet.write_string_with_format(row, 0, &block.id, &text)?;
        sheet.write_string_with_format(
            row,
            1,
            format!("{}: {}", block.title, block.formula),
            &text,
        )?;
    }
    Ok(())
}
