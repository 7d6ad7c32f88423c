//! Fonts, colours and widths.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Worksheet, XlsxError};

/// Colours as RGB.
const DARK: u32 = 0x1F_4E78;
const PALE: u32 = 0xEA_F1F8;
const INPUT: u32 = 0xFF_FBE6;
const LINE: u32 = 0xC9_CED6;
const GREY: u32 = 0x59_5F69;

/// Headers of columns.
pub(super) fn header() -> Format {
    Format::new()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(Color::RGB(DARK))
        .set_align(FormatAlign::Center)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(LINE))
}

/// What a column contains, below its header.
pub(super) fn comment() -> Format {
    Format::new()
        .set_italic()
        .set_font_size(9)
        .set_font_color(Color::RGB(GREY))
        .set_background_color(Color::RGB(PALE))
        .set_text_wrap()
        .set_align(FormatAlign::Top)
}

/// Cells to type answers into.
pub(super) fn input() -> Format {
    Format::new()
        .set_align(FormatAlign::Center)
        .set_background_color(Color::RGB(INPUT))
        .set_border(FormatBorder::Thin)
        .set_border_color(Color::RGB(LINE))
}

/// The start of an interval that has none.
pub(super) fn lowest() -> Format {
    Format::new().set_num_format("\"lowest\";\"lowest\"").set_align(FormatAlign::Right)
}

/// Cells with results.
pub(super) fn result() -> Format {
    Format::new().set_align(FormatAlign::Center)
}

/// Running text.
pub(super) fn text() -> Format {
    Format::new().set_text_wrap().set_align(FormatAlign::Top)
}

/// The title of a sheet.
pub(super) fn title() -> Format {
    Format::new().set_bold().set_font_size(14).set_font_color(Color::RGB(DARK)).set_text_wrap()
}

/// Cells of rows that have not been filled in.
pub(super) fn unfilled() -> Format {
    Format::new().set_font_color(Color::White)
}

/// The width of a column for its header, in characters.
pub(super) fn width(
    sheet: &mut Worksheet,
    column: u16,
    header: &str,
    least: u32,
) -> Result<(), XlsxError> {
    let length = u32::try_from(header.chars().count()).unwrap_or(u32::MAX);
    sheet.set_column_width(column, (length.saturating_add(3)).clamp(least, 40))?;
    Ok(())
}
