//! What `[pdf]` sets, as far as it can be judged without the files that it names.

use scalewright_model::file::PdfFile;
use scalewright_model::{Diagnostic, Pointer};

/// How far a colour has to stand out from white paper: WCAG 2.2, success criterion 1.4.3.
const LEAST_CONTRAST: f64 = 4.5;

/// A logo without its words, words without a logo, a colour that cannot be read.
pub(super) fn wrong(pdf: &PdfFile) -> Vec<Diagnostic> {
    let place = |key: &str| Pointer::top("pdf").key(key);
    let logo = match (&pdf.logo, &pdf.logo_alt) {
        (Some(_), None) => Some(
            Diagnostic::error("missing-key", "the key `logo-alt` is missing")
                .at_key(place("logo"), "")
                .help("say what the logo shows, for those who cannot see it: `logo-alt = \"…\"`"),
        ),
        (None, Some(_)) => Some(
            Diagnostic::error("misplaced-key", "`logo-alt` is not used: there is no `logo`")
                .at_key(place("logo-alt"), "")
                .help("name the file, `logo = \"logo.svg\"`, or remove the words"),
        ),
        _ => None,
    };
    let colour = pdf.colour.as_deref().and_then(|colour| faint(colour, place("colour")));
    logo.into_iter().chain(colour).collect()
}

fn faint(colour: &str, place: Pointer) -> Option<Diagnostic> {
    let contrast = contrast(colour)?;
    // Cut, not rounded, so that nothing is called 4.5 and refused.
    let shown = (contrast * 10.0).floor() / 10.0;
    let message = format!("`{colour}` stands out from white by {shown:.1} to 1 only");
    let faint = Diagnostic::error("faint-colour", message)
        .at(place, "")
        .help(format!("take a darker colour: at least {LEAST_CONTRAST} to 1 can be read"));
    (contrast < LEAST_CONTRAST).then_some(faint)
}

/// The contrast ratio of `#rrggbb` to white, as WCAG 2.2 defines it; nothing for what is no colour.
fn contrast(colour: &str) -> Option<f64> {
    let channel = |from: usize| {
        let byte = u8::from_str_radix(colour.get(from..from + 2)?, 16).ok()?;
        let share = f64::from(byte) / 255.0;
        Some(if share <= 0.040_45 { share / 12.92 } else { ((share + 0.055) / 1.055).powf(2.4) })
    };
    let luminance = 0.2126 * channel(1)? + 0.7152 * channel(3)? + 0.0722 * channel(5)?;
    Some(1.05 / (luminance + 0.05))
}

#[cfg(test)]
mod tests {
    use super::contrast;

    #[test]
    fn contrasts_are_those_of_the_standard() {
        // Worked examples: black 21, white 1, and #767676, the lightest grey that keeps 4.5 (WebAIM).
        for (colour, expected) in [("#000000", 21.0), ("#ffffff", 1.0), ("#767676", 4.54)] {
            let found = contrast(colour).expect("it is a colour");
            assert!((found - expected).abs() < 0.005, "{colour}: {found}");
        }
        assert!(contrast("#777777").expect("it is a colour") < 4.5);
    }
}
