//! Everything to which a document has access: its main source, the files given with it, and the fonts.

use std::hash::{DefaultHasher, Hash};
use std::sync::{LazyLock, Mutex, PoisonError};

use typst::diag::{FileError, FileResult, PackageError};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{self, FileId, RootedPath, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use crate::faces::families;
use crate::{Fonts, Problem, TypstDocument};

/// The path of the main source in messages.
const MAIN: &str = "/main.typ";

/// The path of the list of families that a document may name.
const FACES: &str = "/faces.json";

/// The path of the numbers of pages, for a part of a document.
const PAGES: &str = "/pages.json";

/// The Typst library. Row headers of tables need an experimental feature.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    let features = [Feature::A11yExtras].into_iter().collect();
    LazyHash::new(Library::builder().with_features(features).build())
});

/// The last parsed main source, which most documents share.
static PARSED: Mutex<Option<syntax::Source>> = Mutex::new(None);

/// Initialises the library, and parses the main source of the next documents. Both keep the hash by which Typst recognises them,
/// which takes about as long.
pub(crate) fn warm_up(main: &str) {
    let mut hasher = DefaultHasher::new();
    LIBRARY.hash(&mut hasher);
    // A path that cannot name a file is reported with the first document.
    if let Ok(source) = parsed(main) {
        source.hash(&mut hasher);
    }
}

/// Where the pages of a part are in its document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Place {
    /// How many pages are before those of the part.
    pub(crate) before: usize,
    /// How many pages the document has.
    pub(crate) all: usize,
}

/// The parsed main source. Consecutive documents with the same source are parsed once.
fn parsed(main: &str) -> Result<syntax::Source, Problem> {
    // The source is replaced as a whole, so it is valid even after a panic in another thread.
    let mut last = PARSED.lock().unwrap_or_else(PoisonError::into_inner);
    match &*last {
        // A clone shares the syntax tree.
        Some(source) if source.text() == main => Ok(source.clone()),
        _ => Ok(last.insert(syntax::Source::new(id(MAIN)?, main.to_owned())).clone()),
    }
}

/// The families that a document names after the embedded text face, as a JSON list.
fn faces(source: &TypstDocument<'_>, fonts: &Fonts) -> Vec<u8> {
    let texts = source.files.iter().filter(|(path, _)| path.ends_with(".json"));
    let texts = texts.filter_map(|(_, bytes)| std::str::from_utf8(bytes).ok());
    let names = families(fonts, texts);
    // Names of fonts come from files, so they are escaped as JSON.
    let quoted: Vec<String> = names.iter().map(|name| format!("{:?}", plain(name))).collect();
    format!("[{}]", quoted.join(",")).into_bytes()
}

/// A name of a font without characters that JSON would have to escape. No font has them in its name.
fn plain(name: &str) -> String {
    name.chars().filter(|c| !c.is_control() && !matches!(c, '"' | '\\')).collect()
}

/// The environment of one document.
pub(crate) struct MemoryWorld<'a> {
    fonts: &'a Fonts,
    main: syntax::Source,
    files: Vec<(FileId, Bytes)>,
}

impl<'a> MemoryWorld<'a> {
    /// Copies the input of a document, or of the part at `place`. A path that leaves the virtual root is a problem.
    pub(crate) fn new(
        source: &TypstDocument<'_>,
        place: Option<Place>,
        fonts: &'a Fonts,
    ) -> Result<Self, Problem> {
        let main = parsed(source.main)?;
        let given = source.files.iter().map(|(path, bytes)| (*path, bytes.to_vec()));
        let pages = place.map_or("null".to_owned(), |Place { before, all }| {
            format!("{{\"before\":{before},\"all\":{all}}}")
        });
        let files = given.chain([(FACES, faces(source, fonts)), (PAGES, pages.into_bytes())]);
        let files = files.map(|(path, bytes)| Ok((id(path)?, Bytes::new(bytes))));
        Ok(Self { fonts, main, files: files.collect::<Result<_, _>>()? })
    }
}

fn id(path: &str) -> Result<FileId, Problem> {
    match VirtualPath::new(path) {
        Ok(path) => Ok(RootedPath::new(VirtualRoot::Project, path).intern()),
        Err(error) => Err(Problem {
            message: format!("`{path}` cannot name a virtual file: {error}"),
            hints: vec!["write an absolute path such as `/form.json`".to_owned()],
        }),
    }
}

fn not_given(id: FileId) -> FileError {
    match id.root() {
        VirtualRoot::Package(package) => PackageError::NotFound(package.clone()).into(),
        VirtualRoot::Project => FileError::NotFound(id.vpath().get_with_slash().into()),
    }
}

impl World for MemoryWorld<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        self.fonts.book()
    }

    fn main(&self) -> FileId {
        self.main.id()
    }

    /// The source of a file. Only the main source is code; a file given as data is never evaluated.
    fn source(&self, id: FileId) -> FileResult<syntax::Source> {
        if id == self.main.id() {
            return Ok(self.main.clone());
        }
        // A file that was not given is reported as missing, not as data.
        self.file(id).and(Err(FileError::NotSource))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let given = self.files.iter().find(|(given, _)| *given == id);
        given.map(|(_, bytes)| bytes.clone()).ok_or_else(|| not_given(id))
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.font(index)
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        // A form must not depend on the day on which it is made.
        None
    }
}
