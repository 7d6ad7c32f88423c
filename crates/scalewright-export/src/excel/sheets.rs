//! The sheets with answers, scores, intermediate results and tables.

use scalewright_model::OptionValue;

use rust_xlsxwriter::{
    ConditionalFormatFormula, DataValidation, DataValidationRule, Formula, Worksheet,
};
use scalewright_scoring::Accepted;
use scalewright_scoring::emit::digits;
use scalewright_scoring::normal::tree::Leaf;

use super::answers::{coded, separated};
use super::cells::{Cell, Row};
use super::names::{Area, ROW, STEPS_ROW, letters, written};
use super::style;
use super::tables::{FIRST_ROW, Tables};
use crate::code::script::{Script, ScriptItem};

/// The result of writing. An error says why the workbook cannot be written.
pub(super) type Written<T> = Result<T, Box<dyn std::error::Error>>;

/// The name of the sheet to type into.
pub(super) const ANSWERS: &str = "Answers";
/// The name of the sheet with the results.
pub(super) const SCORES: &str = "Scores";
/// The name of the sheet with intermediate results.
pub(super) const STEPS: &str = "Steps";
/// The longest list of values that the validation of a cell can contain, and its longest formula and message.
const VALIDATION: usize = 255;

/// Begins a sheet with this name.
pub(super) fn begun<'w>(sheet: &'w mut Worksheet, name: &str) -> Written<&'w mut Worksheet> {
    // Formulas have no results yet. LibreOffice computes a formula whose result is an empty text, and shows any other
    // result until something changes. Excel computes all formulas.
    Ok(sheet.set_name(name)?.set_formula_result_default(""))
}

/// Writes the sheet to type answers into, with the first row.
pub(super) fn answers(sheet: &mut Worksheet, script: &Script, rows: u32) -> Written<()> {
    begun(sheet, ANSWERS)?.set_freeze_panes(1, 1)?;
    sheet.set_landscape().set_repeat_rows(0, 0)?;
    let (header, input) = (style::header(), style::input());
    let ids = script.items.iter().map(|item| item.id.as_str());
    for (column, id) in (0..).zip(std::iter::once("respondent").chain(ids)) {
        sheet.write_string_with_format(0, column, id, &header)?;
        style::width(sheet, column, id, if column == 0 { 16 } else { 9 })?;
        sheet.write_blank(1, column, &input)?;
    }
    for (column, item) in (1..).zip(&script.items) {
        let validation = validation(item, &format!("{}2", letters(column)))?;
        sheet.add_data_validation(1, column, rows, column, &validation)?;
    }
    Ok(())
}

/// The validation of what is typed into the cells of an item. `cell` is the first of them.
fn validation(item: &ScriptItem, cell: &str) -> Written<DataValidation> {
    let none = &item.non_response;
    let (rule, allowed) = match &item.accepted {
        // Each option has a column of its own.
        Accepted::Choices(_) => (listed(cell, &[0, 1].map(OptionValue::whole)), "0, 1".to_owned()),
        Accepted::Values(values) => {
            let all: Vec<OptionValue> = values.iter().chain(none).copied().collect();
            (listed(cell, &all), separated(&all, ", "))
        }
        Accepted::Between { min, max, decimals: _ } => {
            let (low, high) = (digits(*min), digits(*max));
            let rule = match none.is_empty() {
                true => DataValidation::new()
                    .allow_decimal_number(DataValidationRule::Between(*min, *max)),
                false => {
                    let none = coded(cell, none);
                    let formula = format!("OR(AND({cell}>={low},{cell}<={high}),{none})");
                    DataValidation::new().allow_custom(Formula::new(formula))
                }
            };
            let more = if none.is_empty() {
                String::new()
            } else {
                format!(", {}", separated(none, ", "))
            };
            (rule, format!("from {low} to {high}{more}"))
        }
    };
    let message = format!("The allowed answers are: {allowed}.");
    let message = match message.len() <= VALIDATION {
        true => message,
        false => format!("The sheet {STEPS} lists the allowed answers."),
    };
    let title: String = item.id.chars().take(32).collect();
    Ok(rule.set_error_title(title)?.set_error_message(message)?)
}

/// The validation of one of some whole numbers: a list to choose from, if it is short enough.
fn listed(cell: &str, values: &[OptionValue]) -> DataValidation {
    let texts: Vec<String> = values.iter().map(ToString::to_string).collect();
    let rule = DataValidation::new();
    if let Ok(rule) = rule.clone().allow_list_strings(&texts) {
        return rule;
    }
    let formula = coded(cell, values);
    match (formula.len() <= VALIDATION, values.iter().min(), values.iter().max()) {
        (false, Some(low), Some(high)) => {
            rule.allow_decimal_number(DataValidationRule::Between(low.number(), high.number()))
        }
        _ => rule.allow_custom(Formula::new(formula)),
    }
}

/// Writes the sheet with the scores, with the first row.
pub(super) fn scores(sheet: &mut Worksheet, row: &Row) -> Written<()> {
    begun(sheet, SCORES)?.set_freeze_panes(1, 1)?;
    sheet.set_landscape().set_repeat_rows(0, 0)?;
    headers(sheet, &row.scores, 0)?;
    let (typed, steps) = (row.typed_columns(0), row.step_columns(0));
    let areas = [
        Area { columns: &typed, sheet: &format!("{ANSWERS}!"), row: ROW },
        Area { columns: &steps, sheet: &format!("{STEPS}!"), row: STEPS_ROW },
    ];
    formulas(sheet, &row.scores, (1, 0), &areas)
}

/// Writes the sheet with the steps, with the first row. A second row of headers says what they are.
pub(super) fn steps(sheet: &mut Worksheet, row: &Row, rows: u32) -> Written<()> {
    begun(sheet, STEPS)?.set_freeze_panes(2, 1)?;
    sheet.set_landscape().set_repeat_rows(0, 1)?;
    headers(sheet, &row.steps, 0)?;
    let comment = style::comment();
    sheet.set_row_height(1, 96)?;
    for (column, cell) in (0..).zip(&row.steps) {
        sheet.write_string_with_format(1, column, &cell.comment, &comment)?;
        style::width(sheet, column, &cell.header, 18)?;
    }
    let (typed, steps) = (row.typed_columns(0), row.step_columns(0));
    let areas = [
        Area { columns: &typed, sheet: &format!("{ANSWERS}!"), row: ROW },
        Area { columns: &steps, sheet: "", row: STEPS_ROW },
    ];
    formulas(sheet, &row.steps, (2, 0), &areas)?;
    let last = u16::try_from(row.steps.len())?.saturating_sub(1);
    let hidden =
        ConditionalFormatFormula::new().set_rule("=NOT($B3)").set_format(style::unfilled());
    sheet.add_conditional_format(2, 0, rows + 1, last, &hidden)?;
    Ok(())
}

/// Writes the headers of cells.
pub(super) fn headers(sheet: &mut Worksheet, cells: &[Cell], row: u32) -> Written<()> {
    let header = style::header();
    for (column, cell) in (0..).zip(cells) {
        sheet.write_string_with_format(row, column, &cell.header, &header)?;
        style::width(sheet, column, &cell.header, 12)?;
    }
    Ok(())
}

/// Writes the formulas of one row, the first of them at this row and column.
pub(super) fn formulas(
    sheet: &mut Worksheet,
    cells: &[Cell],
    (row, first): (u32, u16),
    areas: &[Area<'_>],
) -> Written<()> {
    let format = style::result();
    for (column, cell) in (first..).zip(cells) {
        let formula =
            written(&cell.formula, areas).map_err(|name| format!("`{name}` has no cell"))?;
        sheet.write_formula_with_format(row, column, Formula::new(formula), &format)?;
    }
    Ok(())
}

/// Writes the sheet with the tables: where each interval starts, and its result.
pub(super) fn tables(sheet: &mut Worksheet, tables: &Tables) -> Written<()> {
    begun(sheet, super::tables::SHEET)?.set_freeze_panes(2, 0)?;
    let header = style::header();
    let mut first = 0;
    for (number, table) in (1..).zip(&tables.0) {
        sheet.write_string_with_format(0, first, format!("table {number}"), &header)?;
        sheet.write_string_with_format(1, first, "from", &header)?;
        let names: &[&str] = match table.is_constant() {
            true => &["result"],
            false => &["result", "line from", "rise", "run"],
        };
        for (column, name) in (first + 1..).zip(names).filter(|_| table.across.is_empty()) {
            sheet.write_string_with_format(1, column, *name, &header)?;
        }
        for (column, from) in (first + 1..).zip(&table.across) {
            start(sheet, (1, column), *from)?;
        }
        for (row, (from, results)) in (FIRST_ROW - 1..).zip(table.starts.iter().zip(&table.results))
        {
            start(sheet, (row, first), *from)?;
            for (column, result) in (first + 1..).zip(results) {
                interval(sheet, (row, column), result, table.is_constant())?;
            }
        }
        first += u16::try_from(table.width())?;
    }
    Ok(())
}

/// Writes the number at which an interval starts. The first one starts below all numbers.
fn start(sheet: &mut Worksheet, (row, column): (u32, u16), from: Option<f64>) -> Written<()> {
    match from {
        Some(from) => sheet.write_number(row, column, from)?,
        None => sheet.write_number_with_format(row, column, -1e300, &style::lowest())?,
    };
    Ok(())
}

/// Writes the result of an interval of a table.
fn interval(
    sheet: &mut Worksheet,
    (row, first): (u32, u16),
    result: &Leaf,
    is_constant: bool,
) -> Written<()> {
    let numbers = match result {
        Leaf::Missing => {
            sheet.write_string(row, first, "none")?;
            return Ok(());
        }
        Leaf::Value(value) => [*value, 0.0, 0.0, 1.0],
        Leaf::Line { from, value, rise, run } => [*value, *from, *rise, *run],
    };
    let shown = if is_constant { 1 } else { numbers.len() };
    for (column, number) in (first..).zip(&numbers[..shown]) {
        sheet.write_number(row, column, *number)?;
    }
    Ok(())
}
