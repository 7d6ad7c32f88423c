//! Reads the cells of all column types that can contain answers or names.

use std::rc::Rc;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, DecimalType,
    Float16Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, UInt8Type,
    UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, PrimitiveArray};
use arrow_schema::DataType;
use scalewright_scoring::Column;

use super::times;
use crate::responses::answer::Given;
use crate::responses::batch;
use crate::responses::cell::{Answer, Cells};
use crate::responses::kept::Kept;
use crate::responses::texts::Texts;

/// A cell of a column of any type.
enum Cell<'a> {
    Missing,
    Whole(i128),
    Number(f64),
    /// A decimal number, with all its digits.
    Decimal(String),
    Text(&'a str),
    /// A date, a clock time, or both, as text.
    Time(String),
    List(ArrayRef),
}

fn cell(array: &dyn Array, row: usize) -> Cell<'_> {
    if array.is_null(row) {
        return Cell::Missing;
    }
    match array.data_type() {
        DataType::Int8 => whole::<Int8Type>(array, row),
        DataType::Int16 => whole::<Int16Type>(array, row),
        DataType::Int32 => whole::<Int32Type>(array, row),
        DataType::Int64 => whole::<Int64Type>(array, row),
        DataType::UInt8 => whole::<UInt8Type>(array, row),
        DataType::UInt16 => whole::<UInt16Type>(array, row),
        DataType::UInt32 => whole::<UInt32Type>(array, row),
        DataType::UInt64 => whole::<UInt64Type>(array, row),
        DataType::Boolean => Cell::Whole(i128::from(array.as_boolean().value(row))),
        // By way of its shortest text, a 3.1 in single precision is read as 3.1, not as 3.0999999046.
        DataType::Float32 => {
            let short = array.as_primitive::<Float32Type>().value(row);
            Cell::Number(short.to_string().parse().unwrap_or(f64::from(short)))
        }
        DataType::Float64 => Cell::Number(array.as_primitive::<Float64Type>().value(row)),
        DataType::Float16 => {
            let short = array.as_primitive::<Float16Type>().value(row);
            Cell::Number(short.to_string().parse().unwrap_or(f64::from(short)))
        }
        DataType::Decimal32(..) => decimal::<Decimal32Type>(array, row),
        DataType::Decimal64(..) => decimal::<Decimal64Type>(array, row),
        DataType::Decimal128(..) => decimal::<Decimal128Type>(array, row),
        DataType::Decimal256(..) => decimal::<Decimal256Type>(array, row),
        DataType::Date32 | DataType::Date64 => Cell::Time(times::day(array, row)),
        DataType::Time32(_) | DataType::Time64(_) => Cell::Time(times::time(array, row)),
        DataType::Timestamp(..) => Cell::Time(times::moment(array, row)),
        DataType::List(_) => Cell::List(array.as_list::<i32>().value(row)),
        DataType::LargeList(_) => Cell::List(array.as_list::<i64>().value(row)),
        DataType::Utf8 => Cell::Text(array.as_string::<i32>().value(row)),
        DataType::LargeUtf8 => Cell::Text(array.as_string::<i64>().value(row)),
        DataType::Utf8View => Cell::Text(array.as_string_view().value(row)),
        DataType::Dictionary(_, _) => {
            let dictionary = array.as_any_dictionary();
            match cell(dictionary.keys(), row) {
                Cell::Whole(key) => usize::try_from(key)
                    .ok()
                    .filter(|&key| key < dictionary.values().len())
                    // The value of a key may be null too, which `cell` also finds.
                    .map_or(Cell::Missing, |key| cell(dictionary.values().as_ref(), key)),
                _ => Cell::Missing,
            }
        }
        // Null columns. Columns of other types have been refused.
        _ => Cell::Missing,
    }
}

fn whole<T: ArrowPrimitiveType>(array: &dyn Array, row: usize) -> Cell<'_>
where
    T::Native: Into<i128>,
{
    Cell::Whole(array.as_primitive::<T>().value(row).into())
}

fn decimal<T: DecimalType>(array: &dyn Array, row: usize) -> Cell<'_> {
    Cell::Decimal(array.as_primitive::<T>().value_as_string(row))
}

/// A cell as text for messages; empty if it is missing.
pub(super) fn text(array: &dyn Array, row: usize) -> String {
    match cell(array, row) {
        Cell::Missing => String::new(),
        Cell::Whole(number) => number.to_string(),
        Cell::Number(number) => number.to_string(),
        Cell::Text(text) => batch::short(text),
        Cell::Decimal(text) | Cell::Time(text) => text,
        Cell::List(entries) => {
            let entries = entries.as_ref();
            let shown: Vec<String> =
                (0..entries.len().min(20)).map(|at| text(entries, at)).collect();
            format!("[{}]", shown.join(", "))
        }
    }
}

/// Whether cells of this type have a [`length`].
pub(super) fn has_length(array: &dyn Array) -> bool {
    !array.data_type().is_primitive()
}

/// The approximate length of a cell as text, in bytes. Only texts count.
pub(super) fn length(array: &dyn Array, row: usize) -> usize {
    match cell(array, row) {
        Cell::Text(text) => text.len(),
        _ => 0,
    }
}

/// Adds all cells as texts, as [`push_text`] does.
pub(super) fn push_texts(array: &dyn Array, texts: &mut Texts) {
    // The types of most respondents, of which all are known, are examined once for the whole column.
    match array.data_type() {
        DataType::Int32 if array.null_count() == 0 => push_whole::<Int32Type>(array, texts),
        DataType::Int64 if array.null_count() == 0 => push_whole::<Int64Type>(array, texts),
        DataType::Utf8View if array.null_count() == 0 => {
            array.as_string_view().iter().flatten().for_each(|text| texts.push(text));
        }
        _ => (0..array.len()).for_each(|row| push_text(array, row, texts)),
    }
}

fn push_whole<T: ArrowPrimitiveType>(array: &dyn Array, texts: &mut Texts)
where
    T::Native: itoa::Integer,
{
    let mut digits = itoa::Buffer::new();
    array.as_primitive::<T>().values().iter().for_each(|&n| texts.push(digits.format(n)));
}

/// Adds a cell as text. Lists and missing cells are added as empty texts.
pub(super) fn push_text(array: &dyn Array, row: usize, texts: &mut Texts) {
    match cell(array, row) {
        Cell::Whole(number) => match i64::try_from(number) {
            Ok(number) => texts.push(itoa::Buffer::new().format(number)),
            Err(_) => texts.push(&number.to_string()),
        },
        Cell::Text(text) => texts.push(text),
        Cell::Missing => texts.push(""),
        Cell::Number(number) => texts.push(&number.to_string()),
        Cell::Decimal(text) | Cell::Time(text) => texts.push(&text),
        Cell::List(_) => texts.push(""),
    }
}

/// Adds a cell to the cells that are written beside the scores.
pub(super) fn keep(array: &dyn Array, row: usize, kept: &mut Kept) {
    if array.is_null(row) {
        return kept.push_missing();
    }
    match array.data_type() {
        DataType::Boolean => {
            kept.push_literal(if array.as_boolean().value(row) { "true" } else { "false" });
        }
        kind => kept.push_by(kind.is_numeric(), |texts| push_text(array, row, texts)),
    }
}

/// The numbers that an item accepts, for items whose answers are small whole numbers.
pub(super) struct Codes {
    /// Indexed by the byte of a number: the coded answer, or [`Column::MISSING_CODE`] if the number is not an answer.
    codes: [i8; 256],
}

impl Codes {
    pub(super) fn new(rule: &Cells<'_>) -> Option<Self> {
        if !rule.is_scored() || !rule.is_small() {
            return None;
        }
        let mut codes = [Column::MISSING_CODE; 256];
        for code in -127..=127_i8 {
            if let Some(Some(answer)) = rule.plain(Given::Number(f64::from(code))) {
                codes[usize::from(code.cast_unsigned())] = small_code(answer);
            }
        }
        Some(Self { codes })
    }

    /// The code of a number; [`Column::MISSING_CODE`] if it is not an answer.
    #[inline]
    pub(super) fn of(&self, number: i64) -> i8 {
        // A number outside of ±127 is looked up as -128, which is no answer.
        let code = i8::try_from(number).unwrap_or(Column::MISSING_CODE);
        self.codes[usize::from(code.cast_unsigned())]
    }
}

/// What a cell without an answer contains.
pub(super) enum Found {
    /// The sign of a missing answer, with its reason.
    Absent(Rc<str>),
    /// What the item does not accept: the value and the reason.
    Wrong { value: String, reason: String },
}

/// The code of an answer that is known to be a whole number within ±127.
#[expect(
    clippy::cast_possible_truncation,
    reason = "called only for items whose answers are small"
)]
fn small_code(answer: f64) -> i8 {
    answer as i8
}

/// Adds the answers of a column. `found` gets each cell that is not an answer, except those without a value.
pub(super) fn answers(
    array: &dyn Array,
    takes: &Cells<'_>,
    codes: Option<&Codes>,
    answers: &mut Column,
    mut found: impl FnMut(usize, Found),
) {
    if let Some(codes) = codes {
        let added = answers.codes_mut();
        let before = added.len();
        if small(array, codes, added) {
            return;
        }
        // Read again one by one, to find which cells are wrong. Missing-answer codes are not wrong.
        added.truncate(before);
    }
    for row in 0..array.len() {
        let answer = answer(&cell(array, row), takes);
        answers.push(answer.as_ref().ok().and_then(Answer::code));
        match answer {
            Ok(Answer::Code(_)) => {}
            Ok(Answer::Absent(reason)) => found(row, Found::Absent(reason)),
            Err(reason) => found(row, Found::Wrong { value: text(array, row), reason }),
        }
    }
}

/// What a cell says about an item.
fn answer(cell: &Cell<'_>, takes: &Cells<'_>) -> Result<Answer, String> {
    match cell {
        Cell::Missing => Ok(Answer::Code(None)),
        Cell::List(entries) => {
            let entries = entries.as_ref();
            let all: Vec<Cell<'_>> = (0..entries.len()).map(|at| self::cell(entries, at)).collect();
            let given: Option<Vec<Given<'_>>> = all.iter().map(given).collect();
            takes.list(given.ok_or("is not an answer: the list contains a null")?)
        }
        other => given(other).map_or(Ok(Answer::Code(None)), |given| takes.answer(given)),
    }
}

fn given<'c>(cell: &'c Cell<'_>) -> Option<Given<'c>> {
    Some(match cell {
        #[expect(clippy::cast_precision_loss, reason = "numbers that lose digits are not answers")]
        Cell::Whole(number) => Given::Number(*number as f64),
        Cell::Number(number) => Given::Number(*number),
        // Parsed from all digits, as in a text table.
        Cell::Decimal(text) => Given::Number(text.parse().unwrap_or(f64::NAN)),
        Cell::Text(text) => Given::Text(text),
        Cell::Time(text) => Given::Text(text),
        Cell::Missing | Cell::List(_) => return None,
    })
}

/// Adds the answers of a column of whole numbers. Returns `false` if one of them is not an answer, or the column has
/// another type; what was added is then wrong.
fn small(array: &dyn Array, codes: &Codes, added: &mut Vec<i8>) -> bool {
    match array.data_type() {
        DataType::Int8 => lookup::<Int8Type>(array, codes, added, Some),
        DataType::Int16 => lookup::<Int16Type>(array, codes, added, |n| i8::try_from(n).ok()),
        DataType::Int32 => lookup::<Int32Type>(array, codes, added, |n| i8::try_from(n).ok()),
        DataType::Int64 => lookup::<Int64Type>(array, codes, added, |n| i8::try_from(n).ok()),
        DataType::UInt8 => lookup::<UInt8Type>(array, codes, added, |n| i8::try_from(n).ok()),
        DataType::UInt16 => lookup::<UInt16Type>(array, codes, added, |n| i8::try_from(n).ok()),
        DataType::UInt32 => lookup::<UInt32Type>(array, codes, added, |n| i8::try_from(n).ok()),
        DataType::UInt64 => lookup::<UInt64Type>(array, codes, added, |n| i8::try_from(n).ok()),
        // pandas stores whole numbers with missing values as floats.
        DataType::Float64 => lookup::<Float64Type>(array, codes, added, whole_float),
        _ => false,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "taken only where it is whole and small")]
fn whole_float(number: f64) -> Option<i8> {
    (number.fract() == 0.0 && number.abs() <= 127.0).then_some(number as i8)
}

fn lookup<T: ArrowPrimitiveType>(
    array: &dyn Array,
    codes: &Codes,
    added: &mut Vec<i8>,
    code: impl Fn(T::Native) -> Option<i8>,
) -> bool {
    let array: &PrimitiveArray<T> = array.as_primitive();
    let known = |number: &T::Native| {
        code(*number)
            .map_or(Column::MISSING_CODE, |code| codes.codes[usize::from(code.cast_unsigned())])
    };
    let before = added.len();
    added.extend(array.values().iter().map(known));
    let added = &mut added[before..];
    let Some(nulls) = array.nulls().filter(|nulls| nulls.null_count() > 0) else {
        return added.iter().all(|&code| code != Column::MISSING_CODE);
    };
    // The value under a null is arbitrary and may look like an answer, so it is replaced. Chunks of 64 rows match the
    // words of the null mask and avoid branches.
    let mut all = true;
    let masks = nulls.inner().bit_chunks();
    for (codes, mask) in added.chunks_mut(64).zip(masks.iter_padded()) {
        for (place, code) in codes.iter_mut().enumerate() {
            let present = mask >> place & 1 == 1;
            all &= !present | (*code != Column::MISSING_CODE);
            *code = if present { *code } else { Column::MISSING_CODE };
        }
    }
    all
}
