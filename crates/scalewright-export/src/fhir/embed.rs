//! The definition embedded in the Questionnaire, so that it can be recovered from there byte for byte.

use super::model::{Attachment, Extension, RelatedArtifact};
use crate::ExportRequest;
use crate::base64::base64;

/// Returns the definition and its wording files as documents that the Questionnaire is derived from.
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
