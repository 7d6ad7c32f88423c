//! The whole workbook.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook};
use scalewright_model::{Diagnostic, Pointer};

use super::cells::Row;
use super::sheets::{self, Written};
use super::tables::Tables;
use super::{Options, about, repeat, self_test};
use crate::ExportRequest;
use crate::code::script::Script;
use crate::code::self_test::rows;

/// The maximum number of columns of a sheet.
const COLUMNS: usize = 16_384;

/// The bytes of the workbook, or why there is none.
pub(super) fn bytes(
    request: &ExportRequest<'_>,
    script: &Script,
    tables: &Tables,
    options: &Options,
) -> Result<Vec<u8>, Box<Diagnostic>> {
    let row = Row::of(script);
    let test = if options.self_test { self_test::width(&row, script) } else { 0 };
    let most = row.steps.len().max(row.scores.len()).max(test).max(tables.width());
    if most > COLUMNS {
        return Err(too_wide(most));
    }
    written(request, script, (&row, tables), options).map_err(|why| {
        let message = format!("the workbook cannot be written: {why}");
        Box::new(Diagnostic::error("unwritable-workbook", message))
    })
}

fn too_wide(columns: usize) -> Box<Diagnostic> {
    let message = format!("the workbook needs {columns} columns, and the limit is {COLUMNS}");
    let found = Diagnostic::error("too-many-columns", message).at(Pointer::top("items"), "");
    Box::new(
        found.help("export fewer scores, or leave out the self-test: `--set excel.self-test=no`"),
    )
}

fn written(
    request: &ExportRequest<'_>,
    script: &Script,
    (row, tables): (&Row, &Tables),
    options: &Options,
) -> Written<Vec<u8>> {
    let mut workbook = Workbook::new();
    let count = options.rows.count();
    sheets::answers(workbook.add_worksheet(), script, count)?;
    sheets::scores(workbook.add_worksheet(), row)?;
    sheets::steps(workbook.add_worksheet(), row, count)?;
    if !tables.0.is_empty() {
        sheets::tables(workbook.add_worksheet(), tables)?;
    }
    let tested = match options.self_test {
        true => {
            Some(self_test::write(workbook.add_worksheet(), script, row, &rows(request, script))?)
        }
        false => None,
    };
    about::write(workbook.add_worksheet(), request, script, (count, tested.as_deref()))?;
    // Otherwise the file would contain the present time, and differ from export to export.
    let properties = DocProperties::new()
        .set_title(&request.wording.title)
        .set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    workbook.set_properties(&properties);
    repeat::rows(workbook.save_to_buffer()?, count)
}
