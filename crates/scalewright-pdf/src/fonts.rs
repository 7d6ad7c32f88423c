//! The fonts of documents: those embedded in the program, and those of a folder.

use std::collections::BTreeMap;
use std::fmt;
use std::hash::{DefaultHasher, Hash};
use std::sync::{LazyLock, OnceLock};

use typst::foundations::Bytes;
use typst::text::{Coverage, Font, FontBook, FontInfo, FontStyle, FontWeight};
use typst::utils::LazyHash;
use unicode_script::UnicodeScript;

static EMBEDDED: [&[u8]; 4] = [
    include_bytes!("../fonts/NotoSans-Regular.ttf"),
    include_bytes!("../fonts/NotoSans-Bold.ttf"),
    include_bytes!("../fonts/NotoSans-Italic.ttf"),
    include_bytes!("../fonts/NotoSansMath-Regular.ttf"),
];

/// The position of the font of mathematical symbols in [`EMBEDDED`].
const MATH: usize = 3;

/// The Unicode block of Arabic letters.
const ARABIC: std::ops::RangeInclusive<u32> = 0x600..=0x6ff;

static FONTS: LazyLock<Fonts> = LazyLock::new(|| Fonts::new(Vec::new()).0);

/// A font file that may be needed. It is read once to find out its characters, and again only when a document uses it.
pub struct FontFile {
    /// Its name in messages.
    pub name: String,
    /// Reads the file; `None` if it cannot be read.
    pub read: Box<dyn Fn() -> Option<Vec<u8>> + Send + Sync>,
}

impl fmt::Debug for FontFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FontFile").field("name", &self.name).finish_non_exhaustive()
    }
}

/// A character that is in no font.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct MissingGlyph {
    /// The Unicode name of its script, such as `Han`; `Common` if it belongs to no single script.
    pub script: &'static str,
    /// The character.
    pub character: char,
}

/// One face of a font file. A file may contain several.
#[derive(Debug)]
struct Face {
    file: usize,
    index: u32,
    font: OnceLock<Option<Font>>,
}

/// The fonts of documents.
#[derive(Debug)]
pub struct Fonts {
    book: LazyHash<FontBook>,
    files: Vec<FontFile>,
    faces: Vec<Face>,
}

impl Fonts {
    /// Only the fonts embedded in the program.
    #[must_use]
    pub fn embedded() -> &'static Self {
        &FONTS
    }

    /// Parses the faces that every document has: the regular and the bold one.
    pub(crate) fn warm_up(&self) {
        self.book.hash(&mut DefaultHasher::new());
        for face in 0..2 {
            let _ = self.font(face);
        }
    }

    /// The embedded fonts, followed by those of `more`, in their order. Also returns the names of the files that
    /// contain no font.
    #[must_use]
    pub fn new(more: Vec<FontFile>) -> (Self, Vec<String>) {
        let embedded = EMBEDDED
            .iter()
            // The entries only keep the positions equal: embedded fonts are taken from `EMBEDDED`, without a copy.
            .map(|bytes| FontFile { name: String::new(), read: Box::new(|| Some(bytes.to_vec())) });
        let files: Vec<FontFile> = embedded.chain(more).collect();
        let (mut book, mut faces, mut fontless) = (FontBook::new(), Vec::new(), Vec::new());
        for (file, source) in files.iter().enumerate() {
            let infos: Vec<FontInfo> = match EMBEDDED.get(file) {
                Some(bytes) => FontInfo::iter(bytes).collect(),
                None => (source.read)().iter().flat_map(|b| FontInfo::iter(b)).collect(),
            };
            if infos.is_empty() {
                fontless.push(source.name.clone());
            }
            for (index, info) in (0..).zip(infos) {
                book.push(if file == MATH { without_arabic(info) } else { info });
                faces.push(Face { file, index, font: OnceLock::new() });
            }
        }
        (Self { book: LazyHash::new(book), files, faces }, fontless)
    }

    /// The characters of a text that would print as empty boxes, in the order of the text.
    #[must_use]
    pub fn lacking(&self, text: &str) -> Vec<MissingGlyph> {
        // The embedded fonts have all characters of ASCII, so most texts need no search.
        let drawn = text.chars().filter(|c| !c.is_ascii() && !is_unseen(*c));
        let boxes = drawn.filter(|c| {
            let point = u32::from(*c);
            !(0..self.faces.len())
                .any(|at| self.book.info(at).is_some_and(|info| info.coverage.contains(point)))
        });
        boxes.map(|c| MissingGlyph { script: c.script().full_name(), character: c }).collect()
    }

    /// Whether the embedded text face has a character.
    pub(crate) fn has_embedded(&self, point: u32) -> bool {
        self.book.info(0).is_some_and(|info| info.coverage.contains(point))
    }

    /// The upright families of the files that were given, each once, by name.
    pub(crate) fn supplied(&self) -> Vec<Family<'_>> {
        let faces = EMBEDDED.len()..self.faces.len();
        let infos = faces.filter_map(|at| self.book.info(at));
        let upright = infos.filter(|info| info.variant.style == FontStyle::Normal);
        let mut families: BTreeMap<&str, Family<'_>> = BTreeMap::new();
        for info in upright {
            let family = Family { info };
            // The face nearest to regular weight says what the family has.
            let off =
                |family: &Family<'_>| family.info.variant.weight.distance(FontWeight::REGULAR);
            let known = families.entry(&info.family).or_insert(family);
            if off(&family) < off(known) {
                *known = family;
            }
        }
        families.into_values().collect()
    }

    pub(crate) fn book(&self) -> &LazyHash<FontBook> {
        &self.book
    }

    pub(crate) fn font(&self, index: usize) -> Option<Font> {
        let face = self.faces.get(index)?;
        // A failure is kept too, so that a broken file is read only once.
        face.font.get_or_init(|| Font::new(self.bytes(face.file)?, face.index)).clone()
    }

    /// The bytes of a font file. Embedded ones are not copied.
    fn bytes(&self, file: usize) -> Option<Bytes> {
        match EMBEDDED.get(file) {
            Some(bytes) => Some(Bytes::new(*bytes)),
            None => (self.files[file].read)().map(Bytes::new),
        }
    }
}

/// A family of fonts from files that were given.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Family<'a> {
    info: &'a FontInfo,
}

impl<'a> Family<'a> {
    pub(crate) fn name(&self) -> &'a str {
        &self.info.family
    }

    /// Whether its regular face has a character.
    pub(crate) fn covers(&self, point: u32) -> bool {
        self.info.coverage.contains(point)
    }

    /// Whether it has the design of the embedded text face.
    pub(crate) fn is_kin(&self) -> bool {
        self.is_plain() && self.name().starts_with("Noto Sans")
    }

    /// Whether its name is that of a plain sans-serif text face.
    pub(crate) fn is_plain(&self) -> bool {
        const OTHER: [&str; 9] =
            ["Serif", "Mono", "Condensed", "Symbol", "Math", "UI", "Display", "Looped", "Emoji"];
        let name = self.name();
        name.contains("Sans") && !OTHER.iter().any(|word| name.contains(word))
    }
}

/// Removes Arabic letters from a font's coverage. In the mathematical font they are symbols, which do not join to
/// words.
fn without_arabic(mut info: FontInfo) -> FontInfo {
    let others = info.coverage.iter().filter(|point| !ARABIC.contains(point));
    info.coverage = Coverage::from_vec(others.collect());
    info
}

/// Whether a character is never drawn: spaces, control characters, direction marks, joiners and variation selectors.
pub(crate) fn is_unseen(character: char) -> bool {
    character.is_whitespace()
        || character.is_control()
        || matches!(character, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        || matches!(character, '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}
