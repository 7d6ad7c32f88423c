//! The definition within the Questionnaire, so that whoever has the one can have the other back, byte for byte.

use super::model::{Attachment, Extension, RelatedArtifact};
use crate::ExportRequest;

/// The definition and its wording files as documents that the Questionnaire is derived from.
pub(super) fn definition(request: &ExportRequest<'_>) -> Vec<Extension> {
    let files = request.sources.iter().map(|source| {
        let mut extension =
            Extension::new("http://hl7.org/fhir/StructureDefinition/artifact-relatedArtifact");
        extension.value_related_artifact = Some(RelatedArtifact {
            kind: "derived-from",
            label: Some("scalewright definition".to_owned()),
            citation: None,
            url: None,
            document: Some(Attachment {
                content_type: Some("application/toml"),
                data: Some(base64(source.text.as_bytes())),
                url: None,
                title: Some(source.name.to_owned()),
            }),
        });
        extension
    });
    files.collect()
}

const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Base 64 of RFC 4648, padded.
fn base64(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or(0));
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for place in 0..4 {
            let digit = (group >> (18 - 6 * place)) & 63;
            text.push(match place > chunk.len() {
                true => '=',
                false => char::from(DIGITS[digit as usize]),
            });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn base64_is_that_of_the_rfc() {
        // The test vectors of RFC 4648, section 10.
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }
}
