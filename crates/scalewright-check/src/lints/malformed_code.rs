//! Codes whose check digit is wrong, or whose terminology is misspelt.

use scalewright_model::{Change, Code, Pointer, Severity};

use super::{Context, Group, Hit, Lint};

/// A code of a terminology that cannot exist.
pub(super) static LINT: Lint = Lint {
    name: "malformed-code",
    summary: "a code of a terminology that cannot exist",
    explain: include_str!("malformed_code.md"),
    group: Group::Provenance,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// The addresses of terminologies as other systems know them.
const LOINC: &str = "http://loinc.org";
const SNOMED: &str = "http://snomed.info/sct";

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    for (place, code) in all(context) {
        if let Some(address) = misspelt(&code.system) {
            let message = format!("`{}` is not the address of the terminology", code.system);
            let system = place.key("system");
            hits.push(lint.hit(&context.file.id, message, |d| {
                d.at(system.clone(), "")
                    .help(format!("write `{address}`: other systems compare it letter by letter"))
                    .fix(
                        format!("write `{address}`"),
                        vec![Change::Replace(system, address.to_owned())],
                    )
            }));
        }
        let Some(fault) = fault(code) else { continue };
        let message = format!("`{}` {fault}", code.code);
        hits.push(lint.hit(&context.file.id, message, |d| {
            d.at(place.key("code"), "").help("look the code up again: two digits may be exchanged")
        }));
    }
}

/// All codes of a definition, with their places.
pub(super) fn all<'a>(context: &Context<'a>) -> Vec<(Pointer, &'a Code)> {
    let file = context.file;
    let mut all = Vec::new();
    let mut add = |place: Pointer, codes: &'a [Code]| {
        all.extend(codes.iter().enumerate().map(|(at, code)| (place.key("codes").index(at), code)));
    };
    add(Pointer::root(), &file.codes);
    for (at, item) in file.items.iter().enumerate() {
        add(Pointer::entry("items", at), &item.codes);
    }
    for (at, scale) in file.scales.iter().enumerate() {
        add(Pointer::entry("scales", at), &scale.codes);
    }
    all
}

/// Returns the address of the terminology that a misspelt one means.
fn misspelt(system: &str) -> Option<&'static str> {
    let lower = system.to_ascii_lowercase();
    let bare = lower
        .split("://")
        .last()
        .unwrap_or_default()
        .trim_start_matches("www.")
        .trim_end_matches('/');
    let meant = match bare {
        "loinc.org" | "loinc.com" | "loinc" | "urn:oid:2.16.840.1.113883.6.1" => LOINC,
        "snomed.info/sct" | "snomed.info" | "snomed.org" | "snomed.org/sct" | "snomed" => SNOMED,
        _ => return None,
    };
    (system != meant && !lower.starts_with("urn:")).then_some(meant)
}

/// What is wrong with a code.
fn fault(code: &Code) -> Option<&'static str> {
    let is = |name: &str| code.system.to_ascii_lowercase().contains(name);
    if is("loinc") {
        return loinc(&code.code);
    }
    let is_number = code.code.bytes().all(|b| b.is_ascii_digit());
    if is("snomed.info/sct")
        && !(is_number && (6..=18).contains(&code.code.len()) && verhoeff(&code.code))
    {
        return Some("is not a code of SNOMED CT: its check digit or its length is wrong");
    }
    None
}

/// What is wrong with a LOINC code: a number, a hyphen, and a check digit by the Luhn algorithm. The check digits of parts and
/// answers, which begin with letters, follow another rule.
fn loinc(code: &str) -> Option<&'static str> {
    if ["LP", "LA", "LL", "LG", "MTHU"].iter().any(|prefix| code.starts_with(prefix)) {
        return None;
    }
    let parts = code.split_once('-');
    let Some((body, check)) = parts.filter(|(body, check)| {
        is_digits(body) && body.len() < 8 && is_digits(check) && check.len() == 1
    }) else {
        return Some(
            "is not a LOINC code: it is a number, a hyphen and a check digit, as in `44250-9`",
        );
    };
    (luhn(body) != check.as_bytes()[0] - b'0')
        .then_some("is not a LOINC code: its check digit is wrong")
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// The check digit of the Luhn algorithm (ISO/IEC 7812-1): every other digit from the right is doubled.
fn luhn(digits: &str) -> u8 {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(at, byte)| {
            let digit = u32::from(byte - b'0') * if at % 2 == 0 { 2 } else { 1 };
            digit / 10 + digit % 10
        })
        .sum();
    u8::try_from((10 - sum % 10) % 10).unwrap_or_default()
}

/// Whether the last digit is the check digit of the Verhoeff algorithm, which SNOMED CT uses.
fn verhoeff(digits: &str) -> bool {
    // The permutation that is applied once more for each position from the right.
    const STEP: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    // The product of two symmetries of a pentagon: 0 to 4 are turns, 5 to 9 reflections.
    let product = |a: u8, b: u8| match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b) % 5 + 5,
        (false, true) => (a + 5 - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    };
    let mut check = 0;
    for (at, byte) in digits.bytes().rev().enumerate() {
        let turned = (0..at % 8).fold(byte - b'0', |digit, _| STEP[usize::from(digit)]);
        check = product(check, turned);
    }
    check == 0
}

#[cfg(test)]
mod tests {
    use super::{loinc, misspelt, verhoeff};

    #[test]
    fn check_digits_are_computed() {
        // Codes of the PHQ-9 panel and its total.
        for code in ["44249-1", "44261-6", "44250-9", "LA6568-5", "LP7839-6"] {
            assert_eq!(loinc(code), None, "{code}");
        }
        for code in ["44249-2", "44294-1", "442491", "44249-", "abc"] {
            assert!(loinc(code).is_some(), "{code}");
        }
        // Examples of the SNOMED CT documentation.
        for code in ["73211009", "404684003", "138875005", "22298006"] {
            assert!(verhoeff(code), "{code}");
        }
        assert!(!verhoeff("73211008") && !verhoeff("73212009"));
    }

    #[test]
    fn misspelt_terminologies_are_found() {
        assert_eq!(misspelt("https://loinc.org/"), Some("http://loinc.org"));
        assert_eq!(misspelt("http://loinc.org"), None);
        assert_eq!(misspelt("https://example.org/codes"), None);
    }
}
