//! Checks the settings in `[pdf]`, as far as possible without the files that they name.

use scalewright_model::file::PdfFile;
use scalewright_model::{Diagnostic, Pointer};

/// The minimum contrast ratio of a colour to white paper: WCAG 2.2, success criterion 1.4.3.
const LEAST_CONTRAST: f64 = 4.5;

/// Reports a logo without alternative text, an alternative text without a logo, and a colour with too little contrast.
pub(super) fn wrong(pdf: &PdfFile) -> Vec<Diagnostic> {
    let place = |key: &str| Pointer::top("pdf").key(key);
    let logo = match (&pdf.logo, &pdf.logo_alt) {
        (Some(_), None) => Some(
            Diagnostic::error("missing-key", "the key `logo-alt` is missing")
                .at_key(place("logo"), "")
                .help("describe the logo for readers who cannot see it: `logo-alt = \"…\"`"),
        ),
        (None, Some(_)) => Some(
            Diagnostic::error(
                "misplaced-key",
                "`logo-alt` is not used, because there is no `logo`",
            )
            .at_key(place("logo-alt"), "")
            .help("name the file, such as `logo = \"logo.svg\"`, or remove `logo-alt`"),
        ),
        _ => None,
    };
    let colour = pdf.colour.as_deref().and_then(|colour| faint(colour, place("colour")));
    logo.into_iter().chain(colour).collect()
}

fn faint(colour: &str, place: Pointer) -> Option<Diagnostic> {
    let contrast = contrast(colour)?;
    // Truncated, not rounded: a rounded 4.47 would be refused as 4.5.
    let shown = (contrast * 10.0).floor() / 10.0;
    let message = format!("the contrast of `{colour}` with white is only {shown:.1}:1");
    let faint = Diagnostic::error("faint-colour", message)
        .at(place, "")
        .help(format!("use a darker colour, with a contrast of at least {LEAST_CONTRAST}:1"));
    (contrast < LEAST_CONTRAST).then_some(faint)
}

/// Returns the contrast ratio of `#rrggbb` to white, as defined by WCAG 2.2; `None` if the text is not a colour.
fn contrast(colour: &str) -> Option<f64> {
    let channel = |from: usize| {
        let byte = u8::from_str_radix(colour.get(from..from + 2)?, 16).ok()?;
        let share = f64::from(byte) / 255.0;
        // WCAG printed 0.03928 until 2021; for whole bytes, both numbers give the same result.
        Some(if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) })
    };
    let luminance = 0.2126 * channel(1)? + 0.7152 * channel(3)? + 0.0722 * channel(5)?;
    Some(1.05 / (luminance + 0.05))
}

#[cfg(test)]
mod tests {
    use super::contrast;

    #[test]
    fn contrasts_agree_with_published_examples() {
        // Black has 21, white 1, and #767676 is the lightest grey with at least 4.5 (WebAIM).
        for (colour, expected) in [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54)] {
            let found = contrast(colour).expect("a valid colour");
            assert!((found - expected).abs() < 0.005, "{colour}: {found}");
        }
        assert!(contrast("#777777").expect("a valid colour") < 4.5);
    }
}
