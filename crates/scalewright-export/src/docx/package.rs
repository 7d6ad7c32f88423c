//! The package: the parts of a document and how they refer to each other, without dates, so that the same form is always the
//! same file.

use super::xml::escaped;
use crate::zipped::zipped;

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006";
const WORDS: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// What a package contains.
pub(super) struct Package<'a> {
    pub(super) title: &'a str,
    pub(super) language: &'a str,
    /// `word/document.xml`, `word/styles.xml` and `word/footer1.xml`, without their first lines.
    pub(super) document: String,
    pub(super) styles: String,
    pub(super) footer: String,
    /// The embedded definition.
    pub(super) definition: Option<String>,
}

impl Package<'_> {
    /// The bytes of the file.
    pub(super) fn bytes(&self) -> Vec<u8> {
        let mut parts = vec![
            ("[Content_Types].xml", types(self.definition.is_some())),
            ("_rels/.rels", self.relations()),
            ("docProps/core.xml", self.properties()),
            ("word/document.xml", self.document.clone()),
            ("word/_rels/document.xml.rels", self.relations_of_the_document()),
            ("word/styles.xml", self.styles.clone()),
            ("word/settings.xml", SETTINGS.to_owned()),
            ("word/footer1.xml", self.footer.clone()),
        ];
        if let Some(definition) = &self.definition {
            parts.extend([
                ("customXml/item1.xml", definition.clone()),
                (
                    "customXml/_rels/item1.xml.rels",
                    relations(&[("customXmlProps", "itemProps1.xml")]),
                ),
                ("customXml/itemProps1.xml", ITEM.to_owned()),
            ]);
        }
        let entries: Vec<(String, Vec<u8>)> = parts
            .into_iter()
            .map(|(name, text)| (name.to_owned(), format!("{HEAD}{text}").into_bytes()))
            .collect();
        zipped(&entries)
    }

    fn properties(&self) -> String {
        format!(
            "<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
             <dc:title>{}</dc:title><dc:language>{}</dc:language></cp:coreProperties>",
            escaped(self.title),
            escaped(self.language)
        )
    }

    fn relations(&self) -> String {
        format!(
            "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{OFFICE}/relationships/officeDocument\" \
             Target=\"word/document.xml\"/><Relationship Id=\"rId2\" Type=\"{PACKAGE}/relationships/metadata/core-properties\" \
             Target=\"docProps/core.xml\"/></Relationships>"
        )
    }

    fn relations_of_the_document(&self) -> String {
        let mut targets =
            vec![("styles", "styles.xml"), ("settings", "settings.xml"), ("footer", "footer1.xml")];
        if self.definition.is_some() {
            targets.push(("customXml", "../customXml/item1.xml"));
        }
        relations(&targets)
    }
}

/// Relations to parts, with the ids `rId1`, `rId2` and so on.
fn relations(targets: &[(&str, &str)]) -> String {
    let each = targets.iter().enumerate().map(|(at, (kind, target))| {
        format!(
            "<Relationship Id=\"rId{}\" Type=\"{OFFICE}/relationships/{kind}\" Target=\"{target}\"/>",
            at + 1
        )
    });
    format!(
        "<Relationships xmlns=\"{PACKAGE}/relationships\">{}</Relationships>",
        each.collect::<String>()
    )
}

/// The types of the parts.
fn types(has_definition: bool) -> String {
    let part =
        |name: &str, kind: &str| format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>");
    let mut parts = [
        part("word/document.xml", &format!("{WORDS}.document.main+xml")),
        part("word/styles.xml", &format!("{WORDS}.styles+xml")),
        part("word/settings.xml", &format!("{WORDS}.settings+xml")),
        part("word/footer1.xml", &format!("{WORDS}.footer+xml")),
        part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
    ]
    .concat();
    if has_definition {
        let kind = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml";
        parts += &part("customXml/itemProps1.xml", kind);
    }
    format!(
        "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" \
         ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{parts}</Types>"
    )
}

/// The settings: documents of Word 2013 and later, whose layout other programs follow too.
const SETTINGS: &str = "<w:settings xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:compat>\
    <w:compatSetting w:name=\"compatibilityMode\" w:uri=\"http://schemas.microsoft.com/office/word\" w:val=\"15\"/></w:compat></w:settings>";

/// The properties of the embedded definition. Its id is that of this kind of content.
const ITEM: &str = "<ds:datastoreItem ds:itemID=\"{5CA1E000-0000-4000-8000-000000000001}\" \
    xmlns:ds=\"http://schemas.openxmlformats.org/officeDocument/2006/customXml\"><ds:schemaRefs/></ds:datastoreItem>";
