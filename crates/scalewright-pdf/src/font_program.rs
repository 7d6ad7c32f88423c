//! A font of typed text: its files, and how a document holds them.

use lopdf::{Dictionary, Document, Object, ObjectId, Stream, dictionary};

/// The files of a font of fields, compressed, and its widths.
#[derive(Debug)]
pub(crate) struct FontProgram {
    pub(crate) name: &'static str,
    pub(crate) file: Vec<u8>,
    /// The number of bytes of the file before it was compressed.
    pub(crate) length: i64,
    /// The glyph of each code.
    pub(crate) glyphs: Vec<u8>,
    /// The CMap from codes to Unicode.
    pub(crate) to_unicode: Vec<u8>,
    /// Runs of widths.
    pub(crate) widths: Vec<Object>,
}

impl FontProgram {
    /// Adds the font to a document, and returns its object.
    pub(crate) fn embed(&self, document: &mut Document) -> ObjectId {
        let mut stream = |dictionary: Dictionary, compressed: &[u8]| {
            let mut stream = Stream::new(dictionary, compressed.to_vec());
            stream.dict.set("Filter", "FlateDecode");
            document.add_object(stream)
        };
        let file = stream(dictionary! { "Length1" => self.length }, &self.file);
        let glyphs = stream(Dictionary::new(), &self.glyphs);
        let to_unicode = stream(Dictionary::new(), &self.to_unicode);
        let bounds = [-600, -300, 1400, 1070].map(Object::Integer).to_vec();
        let descriptor = document.add_object(dictionary! {
            "Type" => "FontDescriptor", "FontName" => self.name, "Flags" => 32, "FontBBox" => bounds,
            // Viewers centre typed text by these two. They are those of capital letters and descenders, without accents.
            "Ascent" => 714, "Descent" => -240,
            "ItalicAngle" => 0, "CapHeight" => 714, "StemV" => 88, "FontFile2" => file,
        });
        let system = dictionary! {
            "Registry" => Object::string_literal("Adobe"),
            "Ordering" => Object::string_literal("Identity"),
            "Supplement" => 0,
        };
        let letters = document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => self.name,
            "CIDSystemInfo" => system, "FontDescriptor" => descriptor,
            "DW" => 600, "W" => self.widths.clone(), "CIDToGIDMap" => glyphs,
        });
        document.add_object(dictionary! {
            "Type" => "Font", "Subtype" => "Type0", "BaseFont" => self.name, "Encoding" => "Identity-H",
            "DescendantFonts" => vec![letters.into()], "ToUnicode" => to_unicode,
        })
    }
}
