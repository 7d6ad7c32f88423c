//! The styles of a document. Headings, the title and the header of tables are what their styles say, so that screen readers
//! find them.

use std::fmt::Write;

use scalewright_model::Layout;

use super::xml::escaped;

/// The size of the text in half-points.
fn size(layout: Layout) -> usize {
    match layout {
        Layout::Compact => 18,
        Layout::Comfortable => 21,
        Layout::LargePrint => 32,
    }
}

/// A style of paragraphs: its id, its name, the properties of its paragraphs, and those of its runs.
type Style = (&'static str, &'static str, &'static str, String);

/// `word/styles.xml`.
pub(super) fn styles(language: &str, layout: Layout) -> String {
    let (base, language) = (size(layout), escaped(language));
    let sized = |size: usize| format!("<w:sz w:val=\"{size}\"/><w:szCs w:val=\"{size}\"/>");
    let bold = |size: usize| format!("<w:b/><w:bCs/>{}", sized(size));
    let styles: [Style; 16] = [
        (
            "Title",
            "Title",
            "<w:keepNext/><w:spacing w:before=\"0\" w:after=\"160\"/>",
            bold(base + 13),
        ),
        (
            "Heading1",
            "heading 1",
            "<w:keepNext/><w:spacing w:before=\"240\" w:after=\"100\"/><w:outlineLvl w:val=\"0\"/>",
            bold(base + 5),
        ),
        ("Banner", "Banner", BORDER, bold(base)),
        (
            "Instructions",
            "Instructions",
            "<w:spacing w:before=\"60\" w:after=\"120\"/>",
            String::new(),
        ),
        (
            "LeadIn",
            "Lead-in",
            "<w:keepNext/><w:spacing w:before=\"60\" w:after=\"120\"/>",
            "<w:i/><w:iCs/>".to_owned(),
        ),
        ("Item", "Item", "<w:spacing w:before=\"60\" w:after=\"60\"/>", String::new()),
        (
            "Condition",
            "Condition",
            "<w:keepNext/><w:spacing w:before=\"60\" w:after=\"0\"/>",
            format!("<w:i/><w:iCs/>{}", sized(base - 3)),
        ),
        ("Corner", "Corner", "", sized(base - 4)),
        ("Option", "Option", "<w:jc w:val=\"center\"/>", sized(base - 2)),
        ("Value", "Value", "<w:jc w:val=\"center\"/>", sized(base - 4)),
        ("Choice", "Choice", "<w:keepNext/><w:ind w:start=\"360\" w:left=\"360\"/>", String::new()),
        (
            "Answer",
            "Answer",
            "<w:spacing w:before=\"0\" w:after=\"160\"/><w:ind w:start=\"360\" w:left=\"360\"/>",
            String::new(),
        ),
        ("Line", "Line", "<w:spacing w:before=\"0\" w:after=\"120\"/>", String::new()),
        ("Gap", "Gap", "<w:spacing w:before=\"0\" w:after=\"60\"/>", sized(8)),
        ("Notice", "Notice", "<w:spacing w:before=\"240\" w:after=\"0\"/>", sized(base - 5)),
        ("Footer", "footer", "", sized(base - 6)),
    ];
    let mut text = format!(
        "<w:styles xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:docDefaults><w:rPrDefault>\
         <w:rPr><w:rFonts w:ascii=\"Arial\" w:hAnsi=\"Arial\" w:cs=\"Arial\"/>{}<w:lang w:val=\"{language}\" \
         w:eastAsia=\"{language}\" w:bidi=\"{language}\"/></w:rPr></w:rPrDefault><w:pPrDefault/></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>\
         <w:style w:type=\"character\" w:styleId=\"Blank\"><w:name w:val=\"Blank\"/><w:rPr><w:color w:val=\"595959\"/></w:rPr></w:style>{TABLE}",
        sized(base)
    );
    for (id, name, paragraphs, runs) in styles {
        let _ = write!(
            text,
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
             <w:pPr>{paragraphs}</w:pPr><w:rPr>{runs}</w:rPr></w:style>"
        );
    }
    text + "</w:styles>"
}

/// A frame.
const BORDER: &str = "<w:pBdr><w:top w:val=\"single\" w:sz=\"6\" w:space=\"4\" w:color=\"auto\"/><w:left w:val=\"single\" w:sz=\"6\" \
    w:space=\"4\" w:color=\"auto\"/><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"4\" w:color=\"auto\"/><w:right w:val=\"single\" \
    w:sz=\"6\" w:space=\"4\" w:color=\"auto\"/></w:pBdr><w:spacing w:before=\"0\" w:after=\"160\"/>";

/// The tables of answers: lines between rows.
const TABLE: &str = "<w:style w:type=\"table\" w:styleId=\"Answers\"><w:name w:val=\"Answers\"/><w:tblPr><w:tblBorders>\
    <w:top w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"7F7F7F\"/><w:bottom w:val=\"single\" w:sz=\"6\" w:space=\"0\" w:color=\"7F7F7F\"/>\
    <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"BFBFBF\"/></w:tblBorders><w:tblCellMar><w:left w:w=\"80\" w:type=\"dxa\"/>\
    <w:right w:w=\"80\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>";
