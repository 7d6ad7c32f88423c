//! Reads and checks the logo that the settings name.

use std::path::Path;

use scalewright_export::Logo;
use scalewright_model::{Diagnostic, Pointer};

/// Returns the logo with its bytes, or the error of the file. The file must be in `folder` or below: settings from
/// another person must not be able to embed any picture of this machine in published sheets.
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
        unusable(file, &why, "give its path relative to the settings, such as `logo.svg`")
    };
    // Follow links first, because a link in the folder can lead out of it.
    let base = fs::canonicalize(folder).map_err(unread)?;
    let path = fs::canonicalize(base.join(file)).map_err(unread)?;
    if !path.starts_with(&base) {
        let why = "is outside the folder of the settings";
        return Err(unusable(
            file,
            why,
            "move it into the folder of the settings, or a folder below",
        ));
    }
    if !path.is_file() {
        return Err(unusable(file, "is not a file", "name an SVG or PNG file"));
    }
    let mut bytes = Vec::new();
    let most = scalewright_pdf::MOST_PICTURE_BYTES + 1;
    File::open(path).and_then(|open| open.take(most).read_to_end(&mut bytes)).map_err(unread)?;
    Ok(bytes)
}

/// Without PDF no logo can be used.
#[cfg(not(feature = "pdf"))]
pub(super) fn read(_: &Path, file: &str, _: &str) -> Result<(Logo, Vec<u8>), Box<Diagnostic>> {
    Err(unusable(file, "cannot be used: this program was built without PDF", ""))
}

fn unusable(file: &str, why: &str, help: &str) -> Box<Diagnostic> {
    let place = Pointer::top("pdf").key("logo");
    let wrong = Diagnostic::error("unusable-file", format!("`{file}` {why}"));
    Box::new(wrong.at(place, "").help(help))
}
