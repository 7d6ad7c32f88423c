//! The definition in a sheet of its own, which the platforms ignore, so that it can be recovered from there byte for byte.

use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::options::Options;
use crate::ExportRequest;
use crate::packed::packed;

/// The name of the sheet.
const SHEET: &str = "definition";

/// How many characters of a definition are in a cell. Excel allows 32,767.
const CELL: usize = 32_000;

/// Whether the form contains the definition: not if that is not requested, or there are no sources.
pub(super) fn is_embedded(request: &ExportRequest<'_>) -> bool {
    Options::of(request.options).attachments && !request.sources.is_empty()
}

/// Adds the sheet with the definition of each instrument that is embedded. The cells of an instrument, in their order,
/// contain the text together.
pub(super) fn add(
    workbook: &mut Workbook,
    requests: &[&ExportRequest<'_>],
) -> Result<(), XlsxError> {
    if requests.is_empty() {
        return Ok(());
    }
    let sheet = workbook.add_worksheet();
    sheet.set_name(SHEET)?.set_hidden(true).set_column_width(2, 60)?;
    let bold = Format::new().set_bold();
    for (at, header) in (0..).zip(["instrument", "version", "definition"]) {
        sheet.write_string_with_format(0, at, header, &bold)?;
    }
    let mut row = 1;
    for request in requests {
        let text = format!("scalewright-definition:{}", packed(request));
        // All characters have one byte.
        for cell in text.as_bytes().chunks(CELL) {
            sheet.write_string(row, 0, &request.instrument.id)?;
            sheet.write_string(row, 1, &request.instrument.version)?;
            sheet.write_string(row, 2, String::from_utf8_lossy(cell))?;
            row += 1;
        }
    }
    Ok(())
}
