//! The font of text typed into form fields. Viewers draw text with it later, so all its characters are embedded.

use lopdf::{Document, Object, ObjectId, Stream, dictionary};

/// Foxit Sans, bare CFF, 15 KB; it has the characters of Windows code page 1252.
const FILE: &[u8] = include_bytes!("../fonts/FoxitSans.cff");

/// The name of the face inside the file.
const NAME: &str = "ChromSansOTF";

/// The widths of the characters 32 to 255, in thousandths of the font size.
#[rustfmt::skip]
const WIDTHS: [i64; 224] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778,
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556,
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584, 278,
    667, 350, 222, 556, 333, 1000, 556, 556, 333, 1000, 667, 333, 1000, 350, 611, 350,
    350, 222, 222, 333, 333, 350, 556, 1000, 333, 1000, 500, 366, 944, 350, 500, 667,
    278, 333, 556, 556, 556, 556, 260, 556, 333, 737, 370, 612, 584, 0, 737, 333,
    400, 584, 333, 333, 333, 556, 537, 278, 333, 333, 365, 612, 834, 834, 834, 611,
    667, 667, 667, 667, 667, 667, 1000, 722, 667, 667, 667, 667, 278, 278, 278, 278,
    722, 722, 778, 778, 778, 778, 778, 584, 778, 722, 722, 722, 722, 667, 667, 611,
    556, 556, 556, 556, 556, 556, 889, 500, 556, 556, 556, 556, 278, 278, 278, 278,
    556, 556, 556, 556, 556, 556, 556, 584, 611, 556, 556, 556, 556, 500, 556, 500,
];

/// Adds the font to the document, and returns its object.
pub(crate) fn embed(document: &mut Document) -> Result<ObjectId, lopdf::Error> {
    // `Type1C` is the name of bare CFF in PDF.
    let mut file = Stream::new(dictionary! { "Subtype" => "Type1C" }, FILE.to_vec());
    file.compress()?;
    let file = document.add_object(file);
    let bounds = [-166, -225, 1000, 931].map(Object::Integer).to_vec();
    let descriptor = document.add_object(dictionary! {
        "Type" => "FontDescriptor", "FontName" => NAME, "Flags" => 32, "FontBBox" => bounds,
        "ItalicAngle" => 0, "Ascent" => 718, "Descent" => -207, "CapHeight" => 718, "StemV" => 88,
        "FontFile3" => file,
    });
    let widths: Vec<Object> = WIDTHS.iter().map(|width| Object::Integer(*width)).collect();
    Ok(document.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type1", "BaseFont" => NAME, "Encoding" => "WinAnsiEncoding",
        "FirstChar" => 32, "LastChar" => 255, "Widths" => widths, "FontDescriptor" => descriptor,
    }))
}
