//! The logo that settings name, read and looked at.

use std::path::Path;

use scalewright_export::Logo;
use scalewright_model::{Diagnostic, Pointer};

/// The logo with its bytes, or what is wrong with the file. It lies in `folder` or below: settings from elsewhere must
/// not put a picture from this machine into what is handed out.
#[cfg(feature = "pdf")]
pub(super) fn read(
    folder: &Path,
    file: &str,
    alt: &str,
) -> Result<(Logo, Vec<u8>), Box<Diagnostic>> {
    use scalewright_pdf::{Picture, picture};

    let bytes = bytes(folder, file)?;
    let kind = picture(&bytes)
        .map_err(|why| unusable(file, &format!("cannot be used: {}", why.message), &why.help))?;
    let file = match kind {
        Picture::Png => "/logo.png",
        Picture::Svg => "/logo.svg",
    };
    Ok((Logo { file, alt: alt.to_owned() }, bytes))
}

#[cfg(feature = "pdf")]
fn bytes(folder: &Path, file: &str) -> Result<Vec<u8>, Box<Diagnostic>> {
    use std::fs::{self, File};
    use std::io::Read;

    use scalewright_model::text::plain;

    let unread = |error: std::io::Error| {
        let why = format!("cannot be read: {}", plain(&error));
        unusable(file, &why, "name it as seen from the settings: `logo.svg`")
    };
    // Links are followed before it is asked where the file lies.
    let base = fs::canonicalize(folder).map_err(unread)?;
    let path = fs::canonicalize(base.join(file)).map_err(unread)?;
    if !path.starts_with(&base) {
        let why = "lies outside the folder of the settings";
        return Err(unusable(file, why, "put it beside the settings or below"));
    }
    if !path.is_file() {
        return Err(unusable(file, "is not a file", "name an SVG or PNG file"));
    }
    let mut bytes = Vec::new();
    let most = scalewright_pdf::MOST_PICTURE_BYTES + 1;
    File::open(path).and_then(|open| open.take(most).read_to_end(&mut bytes)).map_err(unread)?;
    Ok(bytes)
}

/// Without PDF there is nothing to put it on.
#[cfg(not(feature = "pdf"))]
pub(super) fn read(_: &Path, file: &str, _: &str) -> Result<(Logo, Vec<u8>), Box<Diagnostic>> {
    Err(unusable(file, "cannot be used: this program was built without PDF", ""))
}

fn unusable(file: &str, why: &str, help: &str) -> Box<Diagnostic> {
    let place = Pointer::top("pdf").key("logo");
    let wrong = Diagnostic::error("unusable-file", format!("`{file}` {why}"));
    Box::new(wrong.at(place, "").help(help))
}
