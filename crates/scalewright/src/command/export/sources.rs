//! The texts of a definition that exported files may contain.

use scalewright_check::Checked;
use scalewright_export::SourceFile;
use scalewright_model::file::KeyDisclosure;

/// Returns the text of the definition and of its wordings, and of a supplied key if its file permits that. Cases are not
/// published.
pub(super) fn sources(checked: &Checked) -> Vec<SourceFile<'_>> {
    let key = checked.key.as_ref().map(|key| (key.document, key.may_appear_in));
    let files = checked.documents.iter().enumerate().filter_map(|(index, document)| {
        // Published files must not reveal the paths of this machine.
        let name = document.name.rsplit(['/', '\\']).next().unwrap_or_default();
        let name = match key {
            // The name under which the key is found again, beside the definition.
            Some((at, KeyDisclosure::Definitions)) if at == index => "key.toml",
            Some((at, _)) if at == index => return None,
            _ => name,
        };
        Some(SourceFile { name, text: &document.text })
    });
    files.filter(|file| file.name != "cases.toml").collect()
}
