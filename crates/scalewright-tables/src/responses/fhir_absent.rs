//! Why an answer of a QuestionnaireResponse is missing: a coding of a system of such reasons, or the extension that states one.

use std::rc::Rc;

use serde_json::Value;

/// The code systems of reasons for a missing answer.
const SYSTEMS: [&str; 2] = [
    "http://terminology.hl7.org/CodeSystem/data-absent-reason",
    "http://terminology.hl7.org/CodeSystem/v3-NullFlavor",
];
/// The extension that states a reason.
const EXTENSION: &str = "http://hl7.org/fhir/StructureDefinition/data-absent-reason";
/// At most this many characters of a reason are kept.
const LONGEST: usize = 100;

/// The reason that a coding is, if its system has no other codes.
pub(super) fn of_coding(coding: &Value) -> Option<Rc<str>> {
    let system = coding["system"].as_str()?;
    SYSTEMS.contains(&system).then(|| {
        let words = coding["code"].as_str().or(coding["display"].as_str());
        reason(words.unwrap_or("unknown"))
    })
}

/// The reason that an extension of an element states: an item, an answer, or the value of an answer.
pub(super) fn of_element(element: &Value) -> Option<Rc<str>> {
    let own = element["extension"].as_array().into_iter().flatten();
    let inner = element.as_object().into_iter().flatten();
    // The extensions of a value such as `valueInteger` are in `_valueInteger`.
    let inner = inner.filter(|(key, _)| key.starts_with("_value"));
    let inner = inner.flat_map(|(_, of)| of["extension"].as_array().into_iter().flatten());
    let mut stated = own.chain(inner).filter(|extension| extension["url"] == EXTENSION);
    let stated = stated.next()?;
    Some(reason(stated["valueCode"].as_str().unwrap_or("unknown")))
}

fn reason(words: &str) -> Rc<str> {
    let words: String = words.trim().chars().take(LONGEST).collect();
    Rc::from(if words.is_empty() { "unknown" } else { words.as_str() })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{EXTENSION, SYSTEMS, of_coding, of_element};

    #[test]
    fn reasons_are_found_wherever_fhir_states_them() {
        let coding = json!({ "system": SYSTEMS[0], "code": "asked-declined" });
        assert_eq!(of_coding(&coding).as_deref(), Some("asked-declined"));
        assert_eq!(of_coding(&json!({ "system": "http://loinc.org", "code": "1" })), None);
        let extension = json!([{ "url": EXTENSION, "valueCode": "not-asked" }]);
        for element in [
            json!({ "extension": extension }),
            json!({ "_valueInteger": { "extension": extension } }),
        ] {
            assert_eq!(of_element(&element).as_deref(), Some("not-asked"), "{element}");
        }
        assert_eq!(of_element(&json!({ "valueInteger": 3 })), None);
    }
}
