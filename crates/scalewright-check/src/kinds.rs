//! Detects the format of a file from its first bytes, since its name may be wrong.

/// The number of bytes at the beginning of a file that are examined.
pub const HEAD: usize = 64 << 10;

/// A format of file that is detected from its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// No known format: probably text.
    Text,
    /// The beginning of a JSON list.
    JsonList,
    /// The beginning of a JSON object.
    JsonObject,
    /// Parquet.
    Parquet,
    /// An Arrow IPC file.
    ArrowFile,
    /// An Arrow IPC stream.
    ArrowStream,
    /// A system file of SPSS, compressed or not.
    Spss,
    /// A file of Stata.
    Stata,
    /// A file compressed with gzip.
    Gzip,
    /// A file compressed with zstd.
    Zstd,
    /// A ZIP archive of files, with its description.
    Zip(Foreign),
    /// CDISC Dataset-JSON: one object, or its lines.
    DatasetJson,
    /// A file of another program, in a format that cannot be read.
    Foreign(Foreign),
}

/// A format that cannot be read, with advice how to convert it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Foreign {
    /// The format, as in "this is …".
    pub what: String,
    /// What to do.
    pub help: String,
}

impl Kind {
    /// What the file is, for those who read only text: its format and what to do. `None` for text, and for formats of
    /// tables.
    #[must_use]
    pub fn foreign(&self) -> Option<Foreign> {
        let foreign =
            |what: &str, help: &str| Some(Foreign { what: what.to_owned(), help: help.to_owned() });
        match self {
            Self::Foreign(foreign) | Self::Zip(foreign) => Some(foreign.clone()),
            Self::Gzip => foreign("a file compressed with gzip", UNPACK),
            Self::Zstd => foreign("a file compressed with zstd", UNPACK),
            Self::Spss => foreign("an SPSS file", STATISTICS),
            Self::Stata => foreign("a Stata file", STATISTICS),
            Self::DatasetJson => foreign("a CDISC Dataset-JSON file", "export the answers as CSV"),
            Self::Text | Self::JsonList | Self::JsonObject => None,
            Self::Parquet | Self::ArrowFile | Self::ArrowStream => None,
        }
    }
}

impl Foreign {
    fn kind(what: impl Into<String>, help: impl Into<String>) -> Kind {
        Kind::Foreign(Self { what: what.into(), help: help.into() })
    }

    /// Whether the file is XML, which some formats of responses are.
    #[must_use]
    pub fn is_xml(&self) -> bool {
        self.what == XML
    }

    /// Whether the file is a workbook, whose sheets may be tables of responses.
    #[must_use]
    pub fn is_workbook(&self) -> bool {
        [XLSX, XLSB, ODS, XLS].contains(&self.what.as_str())
    }

    /// Whether the file is a jamovi file, which may be a table of responses.
    #[must_use]
    pub fn is_jamovi(&self) -> bool {
        self.what == JAMOVI
    }

    /// Whether the file is text in another encoding.
    #[must_use]
    pub fn is_text(&self) -> bool {
        self.what.starts_with("text in")
    }
}

const XML: &str = "an XML file";
const XLSX: &str = "an Excel workbook (.xlsx)";
const XLSB: &str = "a binary Excel workbook (.xlsb)";
const ODS: &str = "an OpenDocument spreadsheet (.ods)";
const XLS: &str = "an old Excel workbook (.xls), or one with a password";
const JAMOVI: &str = "a jamovi file (.omv)";
const SPREADSHEET: &str = "open it, and save the sheet with the answers as \"CSV UTF-8\"";
const PORTABLE: &str = "open it in SPSS or PSPP, and save it as a .sav file";
const STATISTICS: &str = "give it where a table of answers is expected";
const UNPACK: &str = "unpack it, and use the file inside";
const R: &str =
    "export it from R as CSV: `write.csv(answers, \"answers.csv\", row.names = FALSE, na = \"\")`";
const PYTHON: &str = "export it from Python as CSV or Parquet";
const UTF8: &str = "save the file as UTF-8: \"CSV UTF-8\" in a spreadsheet program";

/// First bytes that identify a format, the format, and what to do.
const MAGIC: &[(&[u8], &str, &str)] = &[
    (b"\xd0\xcf\x11\xe0", XLS, SPREADSHEET),
    (b"%PDF-", "a PDF", "read filled forms with `scalewright read`"),
    (b"SQLite format 3\0", "a SQLite database", "export the table with the answers as CSV"),
    (b"RDX2\n", "an R file (.RData)", R),
    (b"RDX3\n", "an R file (.RData)", R),
    (b"X\n\0\0\0", "an R file (.rds)", R),
    (b"\x93NUMPY", "a NumPy file", PYTHON),
    (b"\x89HDF\r\n", "an HDF5 file", "export the table with the answers as CSV"),
    (b"HEADER RECORD*******LIB", "a SAS transport file (.xpt)", "export it from SAS as CSV"),
    (
        b"\0\0\0\0\0\0\0\0\0\0\0\0\xc2\xea\x81\x60",
        "a SAS file (.sas7bdat)",
        "export it from SAS as CSV: `proc export`",
    ),
    (b"FEA1\0", "Feather version 1", "write it again as version 2, which is an Arrow file"),
    (b"Obj\x01", "an Avro file", "write it as Parquet or CSV"),
    (b"MATLAB 5.0 MAT-file", "a MATLAB file (.mat)", "export it from MATLAB as CSV: `writetable`"),
    (b"BZh91AY&SY", "a file compressed with bzip2", UNPACK),
    (b"\xfd7zXZ\0", "a file compressed with xz", UNPACK),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", UNPACK),
    (b"Rar!\x1a", "a RAR archive", UNPACK),
    (
        b"\x89PNG",
        "a picture (PNG)",
        "filled forms can be read only from PDF files with form fields",
    ),
    (
        b"\xff\xd8\xff",
        "a picture (JPEG)",
        "filled forms can be read only from PDF files with form fields",
    ),
    (b"{\\rtf", "an RTF document", "save the table as CSV UTF-8"),
    (
        b"version https://git-lfs",
        "a Git LFS pointer, not the file itself",
        "get the file: `git lfs pull`",
    ),
    // UTF-32 begins with the mark of UTF-16, so it must come first.
    (b"\xff\xfe\0\0", "text in UTF-32", UTF8),
    (b"\xff\xfe", "text in UTF-16, such as Excel's \"Unicode Text\"", UTF8),
    (b"\xfe\xff", "text in UTF-16", UTF8),
];

/// Detects the format of a file that begins with `head`. `tail` is the end of the file, or empty if it is not known.
#[must_use]
pub fn kind(head: &[u8], tail: &[u8]) -> Kind {
    let begins = |start: &[u8]| head.starts_with(start);
    // An archive without entries begins with the end of its directory.
    if begins(b"PK\x03\x04") || begins(b"PK\x05\x06") {
        return archive(head, tail);
    }
    // The name of the first column of a CSV file may begin with these letters too.
    let ends = |length: usize| head.get(length).is_none_or(|&byte| byte < b' ' && byte != b'\n');
    if begins(b"PAR1") && (ends(4) || tail.ends_with(b"PAR1")) {
        return Kind::Parquet;
    }
    if begins(b"PARE") && tail.ends_with(b"PARE") {
        return Foreign::kind("an encrypted Parquet file", "write it again without encryption");
    }
    if begins(b"ARROW1") && ends(6) {
        return Kind::ArrowFile;
    }
    if is_arrow_stream(head) {
        return Kind::ArrowStream;
    }
    if begins(b"\x1f\x8b") {
        return Kind::Gzip;
    }
    if begins(b"\x28\xb5\x2f\xfd") {
        return Kind::Zstd;
    }
    if begins(b"$FL2@(#)") || begins(b"$FL3@(#)") {
        return Kind::Spss;
    }
    // Stata before version 13: the format's version, then the byte order.
    if begins(b"<stata_dta>") || matches!(head, [0x66..=0x73, 1 | 2, ..] | [0x66, 0, 1, 0, ..]) {
        return Kind::Stata;
    }
    if let Some((_, what, help)) = MAGIC.iter().find(|(start, _, _)| begins(start)) {
        return Foreign::kind(*what, *help);
    }
    by_pattern(head).unwrap_or_else(|| text(head))
}

/// Detects formats that no fixed first bytes identify.
fn by_pattern(head: &[u8]) -> Option<Kind> {
    // Python pickles: the protocol version, then a frame.
    if let [0x80, 2..=5, 0x95 | 0x63 | b'}' | b']', ..] = head {
        return Some(Foreign::kind("a Python pickle file", PYTHON));
    }
    // The signature of a portable file is at byte 456, after its translation table; line breaks come before it.
    let start = &head[..head.len().min(600)];
    let has = |text: &[u8]| memchr::memmem::find(start, text).is_some();
    if has(b"SPSS PORT FILE") || has(b"SPSSPORT") {
        return Some(Foreign::kind("an SPSS portable file (.por)", PORTABLE));
    }
    // Zeros in every second byte: UTF-16 without a byte order mark.
    let zeros = head.iter().take(64).filter(|&&byte| byte == 0).count();
    // Other binary files have zeros too, but in a row.
    if head.len() >= 16 && zeros * 3 >= head.len().min(64) && !has(b"\0\0") {
        return Some(Foreign::kind("text in UTF-16", UTF8));
    }
    None
}

fn text(head: &[u8]) -> Kind {
    let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let begins = |start: &str| {
        text.get(..start.len()).is_some_and(|there| there.eq_ignore_ascii_case(start.as_bytes()))
    };
    if begins("<!doctype html") || begins("<html") || begins("<table") {
        return Foreign::kind("an HTML page", SPREADSHEET);
    }
    if begins("<?xml") {
        return Foreign::kind(XML, "export the answers as CSV, or add `--from odm` if it is ODM");
    }
    let next = |behind: &[u8]| behind.trim_ascii_start().first().copied();
    match text {
        // The name of the first column of a CSV file may begin with a bracket or a brace.
        [b'[', rest @ ..] if matches!(next(rest), Some(b'{')) => Kind::JsonList,
        [b'{', ..] if memchr::memmem::find(text, b"\"datasetJSONVersion\"").is_some() => {
            Kind::DatasetJson
        }
        [b'{', rest @ ..] if matches!(next(rest), Some(b'"')) => Kind::JsonObject,
        _ => Kind::Text,
    }
}

/// Whether this is an Arrow stream. It begins with a marker, the length of its first message, and an offset within
/// that.
fn is_arrow_stream(head: &[u8]) -> bool {
    let number = |at: usize| {
        let bytes = head.get(at..at + 4)?.try_into().ok()?;
        Some(u32::from_le_bytes(bytes))
    };
    let new = number(0) == Some(u32::MAX) && number(4).is_some_and(|length| length < 1 << 28);
    // Streams before version 0.15 have no marker.
    // Four characters of text give a number far above this bound, so text is never taken for a stream.
    let old = number(0).is_some_and(|length| (64..1 << 20).contains(&length) && length % 8 == 0)
        && number(4).is_some_and(|offset| (8..64).contains(&offset));
    new || old
}

/// Detects the format of a ZIP archive from the names of its entries.
fn archive(head: &[u8], tail: &[u8]) -> Kind {
    // The directory at the end lists all entries; the head contains only the first of them.
    let mut names = entries(tail, b"PK\x01\x02", 28, 46);
    if names.is_empty() {
        names = entries(head, b"PK\x03\x04", 26, 30);
    }
    let has_entry = |wanted: &str| names.iter().any(|name| name.starts_with(wanted));
    let contains = |text: &[u8]| memchr::memmem::find(head, text).is_some();
    if has_entry("xl/workbook.bin") {
        return Foreign::kind(XLSB, SPREADSHEET);
    }
    if has_entry("xl/") {
        return Foreign::kind(XLSX, SPREADSHEET);
    }
    // OpenDocument files store their media type at the beginning, not compressed.
    if contains(b"application/vnd.oasis.opendocument.spreadsheet") {
        return Foreign::kind(ODS, SPREADSHEET);
    }
    if has_entry("Index/Document.iwa") || has_entry("Index.zip") {
        return Foreign::kind("a Numbers spreadsheet", "export it from Numbers as CSV, in UTF-8");
    }
    if has_entry("word/") || contains(b"application/vnd.oasis.opendocument.text") {
        return Foreign::kind("a text document", "save the table as CSV UTF-8");
    }
    if contains(b"JASP-Archive-Version") || has_entry("internal.sqlite") {
        return Foreign::kind("a JASP file (.jasp)", "export the data from JASP as CSV");
    }
    if has_entry("data.bin") && has_entry("metadata.json") {
        let help =
            "export it from jamovi as CSV, and check that the codes are those of the definition";
        return Foreign::kind(JAMOVI, help);
    }
    zipped(&names)
}

fn zipped(names: &[String]) -> Kind {
    let files: Vec<&String> = names.iter().filter(|name| !name.ends_with('/')).collect();
    let shown: Vec<String> = files.iter().take(5).map(|name| format!("`{name}`")).collect();
    let mut list = shown.join(", ");
    if files.len() > 5 {
        list.push_str(&format!(" and {} more", files.len() - 5));
    }
    match files.len() {
        0 => Foreign::kind("a ZIP archive", UNPACK),
        _ => Kind::Zip(Foreign {
            what: format!("a ZIP archive with {list}"),
            help: "unpack it, and use the table inside".to_owned(),
        }),
    }
}

/// Returns the names of an archive's entries. Each entry has a signature and a header, which has the length of the name
/// at `length_at` and the name at `name_at`, counted from the signature.
fn entries(bytes: &[u8], mark: &[u8], length_at: usize, name_at: usize) -> Vec<String> {
    let mut names = Vec::new();
    // Numbers and lengths are limited, since a hostile archive can have very many long names.
    for at in memchr::memmem::find_iter(bytes, mark).take(1000) {
        let Some(&[low, high]) = bytes.get(at + length_at..at + length_at + 2) else { continue };
        let length = usize::from(u16::from_le_bytes([low, high]));
        if let Some(name) = bytes.get(at + name_at..at + name_at + length) {
            names.push(String::from_utf8_lossy(name).chars().take(200).collect());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use super::{Kind, kind};

    #[test]
    fn formats_are_distinguished_from_similar_text() {
        for (head, expected) in [
            (&b"id,q1\n1,2\n"[..], Kind::Text),
            (b"", Kind::Text),
            (b"[id],q1\n", Kind::Text),
            (b"{id},q1\n", Kind::Text),
            (b"sex,q1\n", Kind::Text),
            (b"hours\n3\n", Kind::Text),
            (b"PAR1,PAR2\n", Kind::Text),
            (b"PARENT,ORC\n", Kind::Text),
            (b"\xef\xbb\xbf [ {\"a\": 1}]", Kind::JsonList),
            (b"{\"a\": 1}\n", Kind::JsonObject),
            (b"PAR1\x15\x04", Kind::Parquet),
            (b"$FL2@(#) SPSS DATA FILE", Kind::Spss),
            (b"$FL3@(#) SPSS DATA FILE", Kind::Spss),
            (b"$FL2,q1\n", Kind::Text),
            (b"<stata_dta><header>", Kind::Stata),
            (b"\x6c\x02\x01\0", Kind::Stata),
            (b"lx,q1\n", Kind::Text),
            (b"ARROW1\0\0\xff\xff\xff\xff", Kind::ArrowFile),
            (b"\xff\xff\xff\xff\x20\x01\0\0\x10\0\0\0", Kind::ArrowStream),
        ] {
            assert_eq!(kind(head, b""), expected, "{head:?}");
        }
    }
}
