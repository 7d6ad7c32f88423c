//! DDI-Codebook 2.5, for archives.

use super::ddi_variables;
use super::table::{Codebook, Part};
use crate::xml::Xml;

const NAMESPACE: &str = "ddi:codebook:2_5";
const SCHEMA: &str = "ddi:codebook:2_5 https://ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd";

/// The content of the file. `others` is the same codebook in other languages.
pub(super) fn bytes(book: &Codebook, others: &[Codebook]) -> Vec<u8> {
    let mut xml = Xml::new(0);
    xml.open(
        "codeBook",
        &[
            ("xmlns", NAMESPACE),
            ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
            ("xsi:schemaLocation", SCHEMA),
            ("version", "2.5"),
            ("xml:lang", &book.language),
        ],
    );
    document(&mut xml, book);
    study(&mut xml, book, others);
    book.parts.iter().for_each(|part| files(&mut xml, part));
    xml.open("dataDscr", &[]);
    book.parts.iter().for_each(|part| ddi_variables::groups(&mut xml, part));
    for (at, part) in book.parts.iter().enumerate() {
        let others: Vec<&Part> = others.iter().map(|other| &other.parts[at]).collect();
        ddi_variables::all(&mut xml, part, &others);
    }
    xml.finish()
}

/// The codebook itself.
fn document(xml: &mut Xml, book: &Codebook) {
    xml.open("docDscr", &[]);
    xml.open("citation", &[]);
    xml.nested(&["titlStmt"], &[], &[("titl", &format!("Codebook: {}", book.title))]);
    xml.open("prodStmt", &[]);
    xml.worded("software", &[("version", env!("CARGO_PKG_VERSION"))], "scalewright");
    for _ in 0..3 {
        xml.close();
    }
}

/// What is known about the instruments as a whole.
fn study(xml: &mut Xml, book: &Codebook, others: &[Codebook]) {
    xml.open("stdyDscr", &[]);
    xml.open("citation", &[]);
    xml.open("titlStmt", &[]);
    xml.text("titl", &book.title);
    let alone = others.iter().filter_map(|other| match other.parts.as_slice() {
        [only] => Some((&other.language, &only.title)),
        _ => None,
    });
    for (language, title) in alone {
        xml.worded("parTitl", &[("xml:lang", language)], title);
    }
    for part in &book.parts {
        xml.worded("IDNo", &[("agency", "scalewright")], &part.id);
    }
    xml.close();
    xml.close();
    described(xml, book);
    xml.open("method", &[]);
    xml.open("dataColl", &[]);
    for part in &book.parts {
        xml.text("resInstru", &format!("{} ({})", part.title, part.id));
    }
    xml.close();
    xml.close();
    xml.open("dataAccs", &[]);
    xml.open("useStmt", &[]);
    for part in &book.parts {
        xml.text("conditions", &format!("{}: {}", part.title, part.notice));
    }
    xml.close();
    xml.close();
    let works: Vec<_> = book.parts.iter().flat_map(|part| &part.references).collect();
    if !works.is_empty() {
        xml.open("othrStdyMat", &[]);
        works.into_iter().for_each(|(_, text)| xml.text("relPubl", text));
        xml.close();
    }
    for part in &book.parts {
        for (name, text) in &part.facts {
            xml.worded("notes", &[("type", &part.id), ("subject", name)], text);
        }
    }
    xml.close();
}

/// The abstract: warnings, instructions, and the descriptions of the instruments.
fn described(xml: &mut Xml, book: &Codebook) {
    xml.open("stdyInfo", &[]);
    for part in &book.parts {
        let description = part.facts.iter().find(|(name, _)| *name == "description");
        let texts = [part.banner.as_ref(), description.map(|(_, text)| text)];
        let texts = texts.into_iter().flatten().chain(&part.instructions);
        let lines: Vec<&str> = texts.map(String::as_str).collect();
        let text = lines.join("\n");
        xml.text("abstract", if text.is_empty() { &part.title } else { &text });
    }
    xml.close();
}

/// The tables of an instrument.
fn files(xml: &mut Xml, part: &Part) {
    for what in tables(part) {
        let id = ddi_variables::file(part, what);
        xml.open("fileDscr", &[("ID", &id)]);
        let name = format!("{}-{what}.csv", part.id);
        let content = format!("{}: {what}", part.title);
        xml.nested(&["fileTxt"], &[], &[("fileName", &name), ("fileCont", &content)]);
        xml.close();
    }
}

/// The names of the tables.
fn tables(part: &Part) -> Vec<&'static str> {
    match part.scores.is_empty() {
        true => vec!["answers"],
        false => vec!["answers", "scores"],
    }
}
