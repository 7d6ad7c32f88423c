//! The sheet that compares five rows of scores with those that they must be.

use rust_xlsxwriter::{Formula, Worksheet};
use scalewright_scoring::emit::digits;

use super::cells::Row;
use super::names::{Area, letters};
use super::sheets::{Written, begun, formulas};
use super::style;
use crate::code::script::Script;
use crate::code::self_test::{TestRow, Value};

/// The name of the sheet.
pub(super) const SHEET: &str = "Self-test";
/// The row of the first respondent, from 0.
const FIRST_ROW: u32 = 2;

/// The first column of each group of columns, from 0.
struct Groups {
    steps: u16,
    scores: u16,
    expected: u16,
    agrees: u16,
    end: u16,
}

impl Groups {
    fn of(row: &Row, script: &Script) -> Option<Self> {
        let typed = u16::try_from(row.typed.len()).ok()?;
        let columns = u16::try_from(script.columns.len()).ok()?;
        let scores = typed.checked_add(u16::try_from(row.steps.len()).ok()?)?;
        let expected = scores.checked_add(u16::try_from(row.scores.len()).ok()?)?;
        let agrees = expected.checked_add(columns)?;
        let end = agrees.checked_add(columns)?;
        Some(Self { steps: typed, scores, expected, agrees, end })
    }
}

/// The number of columns that the sheet needs.
pub(super) fn width(row: &Row, script: &Script) -> usize {
    row.typed.len() + row.steps.len() + row.scores.len() + 2 * script.columns.len()
}

/// Writes the sheet. Returns the range of the cells that say whether a score agrees.
pub(super) fn write(
    sheet: &mut Worksheet,
    script: &Script,
    row: &Row,
    rows: &[TestRow],
) -> Written<String> {
    let groups = Groups::of(row, script).ok_or("too many columns")?;
    begun(sheet, SHEET)?.set_freeze_panes(FIRST_ROW, 1)?;
    headers(sheet, script, row, &groups)?;
    let (typed, steps) = (row.typed_columns(0), row.step_columns(groups.steps));
    for (at, test) in (FIRST_ROW..).zip(rows) {
        sheet.write_string(at, 0, format!("row {}", at - FIRST_ROW + 1))?;
        for (column, answer) in (1..).zip(&test.answers) {
            if let Some(answer) = answer {
                sheet.write_number(at, column, *answer)?;
            }
        }
        let number = (at + 1).to_string();
        let areas = [
            Area { columns: &typed, sheet: "", row: &number },
            Area { columns: &steps, sheet: "", row: &number },
        ];
        formulas(sheet, &row.steps, (at, groups.steps), &areas)?;
        formulas(sheet, &row.scores, (at, groups.scores), &areas)?;
        for (offset, value) in (0..).zip(&test.values) {
            expected(sheet, at, groups.expected + offset, value)?;
            // The first column of the scores is the respondent.
            let cell = format!("{}{}", letters(groups.scores + 1 + offset), at + 1);
            let wanted = format!("{}{}", letters(groups.expected + offset), at + 1);
            let formula = Formula::new(agrees(&cell, &wanted, value));
            sheet.write_formula(at, groups.agrees + offset, formula)?;
        }
    }
    let last = FIRST_ROW as usize + rows.len();
    let (first, end) = (letters(groups.agrees), letters(groups.end - 1));
    Ok(format!("'{SHEET}'!{first}{}:{end}{last}", FIRST_ROW + 1))
}

fn headers(sheet: &mut Worksheet, script: &Script, row: &Row, groups: &Groups) -> Written<()> {
    let (header, comment) = (style::header(), style::comment());
    for (column, title) in [
        (0, "answers"),
        (groups.steps, "steps"),
        (groups.scores, "scores"),
        (groups.expected, "expected scores"),
        (groups.agrees, "whether they agree"),
    ] {
        sheet.write_string_with_format(0, column, title, &header.clone().set_text_wrap())?;
    }
    let typed =
        std::iter::once("respondent").chain(script.items.iter().map(|item| item.id.as_str()));
    let cells = row.steps.iter().chain(&row.scores).map(|cell| cell.header.as_str());
    let columns = || script.columns.iter().map(|column| column.name.as_str());
    let names = typed.chain(cells).chain(columns()).chain(columns());
    for (column, name) in (0..).zip(names) {
        sheet.write_string_with_format(1, column, name, &comment)?;
        style::width(sheet, column, name, 12)?;
    }
    Ok(())
}

fn expected(sheet: &mut Worksheet, row: u32, column: u16, value: &Value) -> Written<()> {
    match value {
        Value::Missing => sheet,
        Value::Number(number) => sheet.write_number(row, column, *number)?,
        Value::Truth(truth) => sheet.write_boolean(row, column, *truth)?,
        Value::Text(text) => sheet.write_string(row, column, text)?,
    };
    Ok(())
}

/// The condition that a score is the expected one.
fn agrees(score: &str, expected: &str, value: &Value) -> String {
    match value {
        Value::Missing => format!("IF(ISTEXT({score}),{score}=\"\",FALSE)"),
        Value::Number(number) => {
            let tolerance = digits(1e-9 * number.abs().max(1.0));
            format!("IF(ISNUMBER({score}),ABS({score}-{expected})<={tolerance},FALSE)")
        }
        Value::Truth(_) => format!("IF(ISLOGICAL({score}),{score}={expected},FALSE)"),
        Value::Text(_) => format!("IF(ISTEXT({score}),EXACT({score},{expected}),FALSE)"),
    }
}
