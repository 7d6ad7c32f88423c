//! Checks pictures from users: which may be used in a document, and why others are refused.
//!
//! A picture is checked completely before it is used. An SVG drawing may contain shapes, gradients and clip paths, but
//! nothing that refers to another file, runs a script, repeats itself or needs fonts. A PNG picture is limited in
//! pixels.

mod drawing;

use typst::foundations::{Bytes, Smart};
use typst::visualize::{ExchangeFormat, RasterImage, SvgImage};

/// The maximum size of a picture file, in bytes.
pub const MOST_PICTURE_BYTES: u64 = 1 << 20;

/// The maximum number of pixels per side: more than 100 mm at 600 dots per inch.
const MOST_PIXELS: u32 = 2_500;

/// The first bytes of every PNG file.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// A kind of picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Picture {
    /// A PNG image, made of pixels.
    Png,
    /// An SVG drawing.
    Svg,
}

/// Why a picture cannot be used, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unusable {
    /// What is wrong, for example: `it has 9000 × 40 pixels`.
    pub message: String,
    /// What to do.
    pub help: String,
}

impl Unusable {
    fn new(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self { message: message.into(), help: help.into() }
    }
}

/// Checks a picture file and returns its kind.
///
/// # Errors
///
/// If the file is not a picture, is broken, or cannot be used in a document.
pub fn picture(bytes: &[u8]) -> Result<Picture, Unusable> {
    if bytes.len() as u64 > MOST_PICTURE_BYTES {
        let message = format!("it is larger than {} MiB", MOST_PICTURE_BYTES >> 20);
        return Err(Unusable::new(message, "reduce its size"));
    }
    if bytes.starts_with(PNG) {
        return png(bytes).map(|()| Picture::Png);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) if text.trim_start_matches('\u{feff}').trim_start().starts_with('<') => {
            // First, because reading or rendering an unchecked drawing can take unlimited work.
            drawing::check(text)?;
            let read = SvgImage::new(Bytes::new(bytes.to_vec()));
            read.map(|_| Picture::Svg).map_err(|_| {
                Unusable::new("it has no width, height or view box", "save it again as SVG")
            })
        }
        _ => Err(Unusable::new("it is neither PNG nor SVG", "save it as PNG or SVG")),
    }
}

fn png(bytes: &[u8]) -> Result<(), Unusable> {
    let broken = || Unusable::new("it is a broken PNG file", "save it again as PNG");
    // The header is the first chunk; its data begins with width and height.
    let side = |at: usize| {
        let four = bytes.get(at..at + 4)?;
        four.try_into().ok().map(u32::from_be_bytes)
    };
    let (width, height) = side(16).zip(side(20)).ok_or_else(broken)?;
    // Before the picture is decoded, because a small file can contain a picture that fills the memory.
    if width.max(height) > MOST_PIXELS {
        let message = format!("it has {width} × {height} pixels");
        let help = format!("reduce it to {MOST_PIXELS} pixels per side, which is enough for print");
        return Err(Unusable::new(message, help));
    }
    let read = RasterImage::new(Bytes::new(bytes.to_vec()), ExchangeFormat::Png, Smart::Auto);
    read.map(|_| ()).map_err(|_| broken())
}

#[cfg(test)]
mod tests {
    use super::picture;

    /// The message for a drawing with this content; empty if it is accepted.
    fn refused(body: &str) -> String {
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" xmlns:xlink=\"http://www.w3.org/1999/xlink\" \
             width=\"40\" height=\"20\">{body}</svg>"
        );
        match picture(svg.as_bytes()) {
            Ok(_) => String::new(),
            Err(unusable) => unusable.message,
        }
    }

    #[test]
    fn shapes_gradients_and_clip_paths_are_accepted() {
        let body = "<title>x</title><metadata><x:a xmlns:x=\"urn:x\"><x:b/></x:a></metadata><defs><linearGradient id=\"g\"><stop offset=\"0\" stop-color=\"red\"/>\
                    </linearGradient><clipPath id=\"c\"><rect width=\"9\" height=\"9\"/></clipPath></defs>\
                    <style>.a{fill:url(#g)}</style><g clip-path=\"url(#c)\"><path class=\"a\" d=\"M0 0h9v9z\"/></g>";
        assert_eq!(refused(body), "");
    }

    #[test]
    fn references_scripts_and_oversized_drawings_are_refused() {
        for (body, expected) in [
            ("<image href=\"/etc/passwd\"/>", "`image`"),
            ("<image xlink:href=\"data:image/png;base64,AAAA\"/>", "`image`"),
            ("<script>alert(1)</script>", "`script`"),
            ("<foreignObject><p/></foreignObject>", "`foreignObject`"),
            ("<use href=\"#a\"/>", "`use`"),
            ("<text>Logo</text>", "`text`"),
            ("<filter id=\"f\"/>", "`filter`"),
            ("<svg/>", "`svg`"),
            ("<rect onclick=\"x()\"/>", "`onclick`"),
            ("<rect fill=\"url(http://example.org/a.svg#g)\"/>", "another file"),
            ("<rect style=\"fill: url( 'a.svg' )\"/>", "another file"),
            ("<style>@import 'a.css';</style>", "another file"),
            ("<linearGradient href=\"a.svg#g\"/>", "another file"),
            ("<metadata><style>@import 'a.css';</style></metadata>", "another file"),
            ("<x:a xmlns:x=\"urn:x\"><text xmlns=\"\">Logo</text></x:a>", "`text`"),
            ("<clipPath id=\"a\"><rect clip-path=\"url(#a)\"/></clipPath>", "clip path"),
        ] {
            assert!(refused(body).contains(expected), "{body}: {}", refused(body));
        }
        let deep = format!("{}{}", "<g>".repeat(9_000), "</g>".repeat(9_000));
        assert!(refused(&deep).contains("deep"), "{}", refused(&deep));
        assert!(refused(&"<g/>".repeat(30_000)).contains("parts"));
        let clips = format!(
            "<clipPath id=\"c\"><path d=\"{}\"/></clipPath>{}",
            "M0 0".repeat(10_000),
            "<g clip-path=\"url(#c)\"/>".repeat(500)
        );
        assert!(refused(&clips).contains("clip path"), "{}", refused(&clips));
    }

    #[test]
    fn files_that_are_not_usable_pictures_are_refused_with_a_reason() {
        let dtd = "<!DOCTYPE svg [<!ENTITY a \"b\">]><svg xmlns=\"http://www.w3.org/2000/svg\"/>";
        let mut huge = Vec::from(&b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"[..]);
        huge.extend([0, 0, 255, 255, 0, 0, 255, 255]);
        for (bytes, expected) in [
            (&b"GIF89a"[..], "neither"),
            (b"\x1f\x8b\x08", "neither"),
            (b"", "neither"),
            (b"<html/>", "not SVG"),
            (b"<svg", "broken"),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"-1\" height=\"4\"/>", "no width"),
            (dtd.as_bytes(), "document type"),
            (b"\x89PNG\r\n\x1a\n", "broken"),
            (&huge, "65535"),
            (&[b' '; 2 << 20], "larger"),
        ] {
            let message = picture(bytes).expect_err("it should be refused").message;
            assert!(message.contains(expected), "{message}");
        }
    }
}
