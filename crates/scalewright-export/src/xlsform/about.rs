//! The sheet for readers: what is known about the instruments, and what each score is. The platforms ignore it.

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use crate::ExportRequest;
use crate::code::head::head;
use crate::code::script::Script;

/// Writes the sheet.
pub(super) fn write(
    sheet: &mut Worksheet,
    instruments: &[(&ExportRequest<'_>, &Script)],
) -> Result<(), XlsxError> {
    sheet.set_name("about")?.set_column_width(0, 28)?.set_column_width(1, 100)?;
    let (bold, text) = (Format::new().set_bold(), Format::new().set_text_wrap());
    let mut row = 0;
    let mut add = |sheet: &mut Worksheet, cells: [&str; 2], format: &Format| {
        for (at, cell) in (0..).zip(cells).filter(|(_, cell)| !cell.is_empty()) {
            sheet.write_string_with_format(row, at, cell, format)?;
        }
        row += 1;
        Ok::<(), XlsxError>(())
    };
    for (request, script) in instruments {
        add(sheet, [&request.wording.title, ""], &bold)?;
        for line in head(request, script, "an XLSForm") {
            add(sheet, ["", &line], &text)?;
        }
        for (name, value) in facts(request) {
            add(sheet, [name, &value], &text)?;
        }
        add(sheet, ["score", "what it is"], &bold)?;
        for block in &script.blocks {
            let unit = request.wording.scales[block.scale.0].unit.as_ref();
            let unit = unit.map(|unit| format!(" ({unit})")).unwrap_or_default();
            let what = format!("{}{unit}: {}", block.title, block.formula);
            add(sheet, [&block.id, &what], &text)?;
        }
        add(sheet, ["", ""], &text)?;
    }
    Ok(())
}

/// The facts that the instrument states, by their names.
fn facts(request: &ExportRequest<'_>) -> Vec<(&'static str, String)> {
    let facts = request.instrument.facts().into_iter();
    let stated = facts.filter_map(|fact| Some((fact.name.trim_start_matches("the "), fact.value?)));
    // A cell contains at most 32,767 characters.
    stated.map(|(name, value)| (name, value.chars().take(32_000).collect())).collect()
}
