//! The encoding of the texts of a system file.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};

/// The encoding of texts. `None` if it is unknown, so that only ASCII can be read.
#[derive(Debug, Clone)]
pub(super) struct Decoder {
    encoding: Option<&'static Encoding>,
    /// The name that the file gives, for messages.
    named: String,
}

impl Decoder {
    /// The encoding with the name in record 7/20, or else the code page in record 7/3.
    pub(super) fn new(named: Option<&str>, page: Option<i32>) -> Self {
        let encoding = match (named, page) {
            (Some(name), _) => by_name(name),
            (None, Some(page)) => by_page(page),
            (None, None) => None,
        };
        let named = match (named, page) {
            (Some(name), _) => format!("`{}`", name.trim()),
            (None, Some(page @ 4..)) => format!("code page {page}"),
            _ => "not stated".to_owned(),
        };
        Self { encoding, named }
    }

    /// The text in these bytes, without the blanks at its end. A letter that the end cuts in two is left out.
    ///
    /// # Errors
    ///
    /// Why the bytes are no text.
    pub(super) fn text<'b>(&self, bytes: &'b [u8]) -> Result<Cow<'b, str>, String> {
        let end = bytes.iter().rposition(|&byte| byte != b' ' && byte != 0).map_or(0, |at| at + 1);
        let bytes = &bytes[..end];
        if bytes.is_ascii() {
            // An escape sequence changes the meaning of ASCII in ISO-2022-JP only, which no program writes here.
            return Ok(String::from_utf8_lossy(bytes));
        }
        let Some(encoding) = self.encoding else {
            return Err(format!(
                "a text has letters that are not ASCII, and the encoding of the file is {}",
                self.named
            ));
        };
        let (text, malformed) = encoding.decode_without_bom_handling(whole(bytes, encoding));
        match malformed {
            true => Err(format!("a text is not in the encoding of the file, {}", self.named)),
            false => Ok(text),
        }
    }
}

/// The bytes without a letter of UTF-8 that their end cuts in two, as programs do that cut labels by bytes.
fn whole<'b>(bytes: &'b [u8], encoding: &'static Encoding) -> &'b [u8] {
    if encoding != UTF_8 {
        return bytes;
    }
    match std::str::from_utf8(bytes) {
        Err(error) if error.error_len().is_none() => &bytes[..error.valid_up_to()],
        _ => bytes,
    }
}

fn by_name(name: &str) -> Option<&'static Encoding> {
    let name = name.trim().trim_end_matches('\0');
    let digits = name.trim_start_matches(|letter: char| !letter.is_ascii_digit());
    let prefix = name[..name.len() - digits.len()].to_lowercase();
    Encoding::for_label(name.as_bytes()).or_else(|| {
        // Such as `CP1252`, `ibm-1252` or `x-cp 65001`.
        let is_page =
            ["cp", "cp-", "ibm", "ibm-", "windows", "ansi", "ms"].contains(&prefix.as_str());
        by_page(digits.parse().ok().filter(|_| is_page)?)
    })
}

/// The encoding of a code page of Windows. 2 and 3 mean ASCII with or without unknown other letters.
fn by_page(page: i32) -> Option<&'static Encoding> {
    let label = match page {
        65001 => "utf-8".to_owned(),
        874 | 1250..=1258 => format!("windows-{page}"),
        28591..=28606 => format!("iso-8859-{}", page - 28590),
        866 => "ibm866".to_owned(),
        932 => "shift_jis".to_owned(),
        936 => "gbk".to_owned(),
        949 => "euc-kr".to_owned(),
        950 => "big5".to_owned(),
        10000 => "macintosh".to_owned(),
        20866 => "koi8-r".to_owned(),
        21866 => "koi8-u".to_owned(),
        51932 => "euc-jp".to_owned(),
        54936 => "gb18030".to_owned(),
        _ => return None,
    };
    Encoding::for_label(label.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::Decoder;

    #[test]
    fn texts_are_decoded_or_refused() {
        let one = |name, page, bytes: &[u8]| {
            Decoder::new(name, page).text(bytes).map(|text| text.into_owned()).ok()
        };
        for (name, page, bytes, expected) in [
            (Some("UTF-8"), None, &b"b\xc3\xa9  "[..], Some("bé")),
            (Some("UTF-8"), None, b"b\xc3", Some("b")),
            (Some("UTF-8"), None, b"b\xc3x", None),
            (Some("WINDOWS-1250"), None, b"\xe8", Some("č")),
            (Some("cp1252"), None, b"\xe9", Some("é")),
            (Some("CP850"), None, b"\x82", None),
            (None, Some(1252), b"\xe9\0\0", Some("é")),
            (None, Some(28605), b"\xa4", Some("€")),
            (None, Some(2), b"\xe9", None),
            (None, None, b" never ", Some(" never")),
        ] {
            assert_eq!(one(name, page, bytes).as_deref(), expected, "{name:?} {page:?}");
        }
    }
}
