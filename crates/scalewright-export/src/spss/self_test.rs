//! The file with the self-test. SPSS has one active dataset, so the test replaces it and is a file of its own.

use scalewright_scoring::emit::digits;

use super::commands::{comments, lines, literal};
use crate::ExportRequest;
use crate::code::head::wrapped;
use crate::code::script::{Column, Script};
use crate::code::self_test::{TestRow, Value, rows};

/// The text of the file.
pub(super) fn text(request: &ExportRequest<'_>, script: &Script) -> String {
    let file = request.file_name("sps");
    let rows = rows(request, script);
    let mut text = comments(&format!("Self-test of {file}."));
    text.push_str(&comments(
        "It closes the active dataset. It lists each row of answers with `right`, or with a column that differs \
         from the definition; if no row is listed, the syntax did not run. The folder with both files must be the working \
         directory; CD changes it.",
    ));
    text.push_str("\nPRESERVE.\nSET DECIMAL=DOT.\n");
    text.push_str(&data(script, &rows));
    text.push_str(&format!("INSERT FILE={} ENCODING='UTF8'.\n", literal(&file)));
    text.push_str("STRING @result (A64).\nCOMPUTE @result = 'right'.\n");
    script.columns.iter().enumerate().for_each(|(at, column)| {
        text.push_str(&lines(&check(column, &rows, at)));
    });
    text.push_str("IF (invalid_answers <> 0) @result = 'invalid_answers'.\n");
    text + "FORMATS @row (F8.0).\nLIST @row @result.\nRESTORE.\n"
}

/// The rows of answers. A row takes as many lines as it needs.
fn data(script: &Script, rows: &[TestRow]) -> String {
    let ids: Vec<&str> = script.items.iter().map(|item| item.id.as_str()).collect();
    let mut text = lines(&format!("DATA LIST FREE NOTABLE / @row {}.", ids.join(" ")));
    text.push_str("BEGIN DATA\n");
    for (at, row) in rows.iter().enumerate() {
        let cells = row.answers.iter().map(|answer| answer.map_or(".".to_owned(), digits));
        let cells: Vec<String> = cells.collect();
        for line in wrapped(&format!("{} {}", at + 1, cells.join(" ")), 78) {
            text.push_str(&(line + "\n"));
        }
    }
    text + "END DATA.\n"
}

/// The commands that compare a column.
fn check(column: &Column, rows: &[TestRow], at: usize) -> String {
    let name = &column.name;
    let values: Vec<&Value> = rows.iter().map(|row| &row.values[at]).collect();
    let wrong = format!("@result = {}", literal(name));
    if column.is_text() {
        let each = values.iter().enumerate().map(|(row, value)| {
            let text = if let Value::Text(text) = value { literal(text) } else { literal("") };
            format!("IF (@row = {} AND {name} <> {text}) {wrong}.\n", row + 1)
        });
        return each.collect();
    }
    let cases = values
        .iter()
        .enumerate()
        .filter_map(|(row, value)| number(value).map(|number| format!(" ({}={number})", row + 1)));
    let cases: String = cases.collect();
    format!(
        "RECODE @row{cases} (ELSE=SYSMIS) INTO #expected.\n\
         IF (NMISS({name}) <> NMISS(#expected)) {wrong}.\n\
         IF (ABS({name} - #expected) > 0.000000001 * MAX(1, ABS(#expected))) {wrong}.\n"
    )
}

fn number(value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => Some(digits(*number)),
        Value::Truth(truth) => Some(u8::from(*truth).to_string()),
        Value::Missing | Value::Text(_) => None,
    }
}
