//! Project files, archives and damaged files.

use std::io::{Cursor, Write};

use super::{dictionary, forms_of, has, items, options, scores};
use crate::form::ResponseKind;
use crate::options::Options;

/// A project file with two languages, missing-data codes and events.
const PROJECT: &str = r#"<?xml version="1.0" encoding="UTF-8" ?>
<ODM xmlns="http://www.cdisc.org/ns/odm/v1.3" xmlns:redcap="https://projectredcap.org" ODMVersion="1.3.1" SourceSystem="REDCap" SourceSystemVersion="14.0.1">
<Study OID="Project.P">
<GlobalVariables><StudyName>P</StudyName><redcap:MissingDataCodes>-99, Not asked</redcap:MissingDataCodes>
<redcap:SurveysGroup><redcap:Surveys form_name="f"/></redcap:SurveysGroup></GlobalVariables>
<MetaDataVersion OID="M" Name="P" redcap:RecordIdField="rid">
<StudyEventDef OID="E1" Name="Start"><FormRef FormOID="Form.f"/></StudyEventDef>
<StudyEventDef OID="E2" Name="End"><FormRef FormOID="Form.f"/></StudyEventDef>
<FormDef OID="Form.f" Name="My form" Repeating="No" redcap:FormName="f"><ItemGroupRef ItemGroupOID="f.rid"/><ItemGroupRef ItemGroupOID="gone"/></FormDef>
<ItemGroupDef OID="f.rid" Name="My form"><ItemRef ItemOID="rid"/><ItemRef ItemOID="a"/><ItemRef ItemOID="c___1"/><ItemRef ItemOID="c___2"/><ItemRef ItemOID="n"/><ItemRef ItemOID="s"/><ItemRef ItemOID="f_complete"/></ItemGroupDef>
<ItemDef OID="rid" Name="rid" redcap:Variable="rid" redcap:FieldType="text"><Question><TranslatedText>Id</TranslatedText></Question></ItemDef>
<ItemDef OID="a" Name="a" redcap:Variable="a" redcap:FieldType="select" redcap:RequiredField="y" redcap:SectionHeader="Head" redcap:Odd="1"><Question><TranslatedText>One</TranslatedText><TranslatedText xml:lang="de">Eins</TranslatedText></Question><CodeListRef CodeListOID="a.choices"/></ItemDef>
<ItemDef OID="c___1" Name="c___1" redcap:Variable="c" redcap:FieldType="checkbox"><Question><TranslatedText>Many</TranslatedText></Question><CodeListRef CodeListOID="c___1.choices"/></ItemDef>
<ItemDef OID="c___2" Name="c___2" redcap:Variable="c" redcap:FieldType="checkbox"><Question><TranslatedText>Many</TranslatedText></Question><CodeListRef CodeListOID="c___2.choices"/></ItemDef>
<ItemDef OID="n" Name="n" redcap:Variable="n" redcap:FieldType="text" redcap:TextValidationType="int" redcap:BranchingLogic="[c(2)] = '1'"><Question><TranslatedText>How many</TranslatedText></Question><RangeCheck Comparator="GE" SoftHard="Soft"><CheckValue>1</CheckValue></RangeCheck><RangeCheck Comparator="LE" SoftHard="Soft"><CheckValue>9</CheckValue></RangeCheck></ItemDef>
<ItemDef OID="s" Name="s" redcap:Variable="s" redcap:FieldType="calc" redcap:Calculation="[a] + [n]"><Question><TranslatedText>Sum</TranslatedText></Question></ItemDef>
<ItemDef OID="f_complete" Name="f_complete" redcap:Variable="f_complete" redcap:FieldType="select" redcap:SectionHeader="Form Status"><Question><TranslatedText>Complete?</TranslatedText></Question></ItemDef>
<CodeList OID="a.choices" redcap:Variable="a"><CodeListItem CodedValue="1"><Decode><TranslatedText>x</TranslatedText><TranslatedText xml:lang="de">ix</TranslatedText></Decode></CodeListItem><CodeListItem CodedValue="-99"><Decode><TranslatedText>y</TranslatedText></Decode></CodeListItem></CodeList>
<CodeList OID="c___1.choices" redcap:Variable="c" redcap:CheckboxChoices="1, One|2, Two"/>
<CodeList OID="c___2.choices" redcap:Variable="c" redcap:CheckboxChoices="1, One|2, Two"/>
</MetaDataVersion></Study>
<ClinicalData/></ODM>"#;

#[test]
fn project_files_are_read() {
    let options_ = Options { language: Some("en".to_owned()), ..Options::default() };
    let forms = forms_of("p.xml", PROJECT.as_bytes(), &options_).expect("a project");
    let form = &forms[0];
    assert_eq!(form.titled.title.of("en"), Some("My form"));
    assert_eq!(form.titled.citation, "p.xml, a REDCap project file (REDCap 14.0.1), form f.");
    assert_eq!(
        items(form),
        [
            "a! a section_1 - | Eins / One",
            "c_1 tick section_1 - | Many One",
            "c_2 tick section_1 - | Many Two",
            "n n section_1 not is_missing(c_2) and c_2 = 1 | How many",
        ]
    );
    assert_eq!(options(form, 0).len(), 2);
    assert_eq!(scores(form), ["s: scale of a, n"]);
    for (code, part) in [
        ("events", "`Start`, `End`"),
        ("missing-codes", "`-99` (Not asked)"),
        ("non-response-counted", "-99"),
        ("no-group", ""),
        ("project-settings", "SurveysGroup"),
        ("data", ""),
        ("unknown-attribute", "`Odd`"),
    ] {
        assert!(has(form, code, part), "{code} {part}: {:#?}", form.findings);
    }
}

/// An archive with some files.
fn archive(files: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).expect("written");
        writer.write_all(text.as_bytes()).expect("written");
    }
    writer.finish().expect("written").into_inner()
}

#[test]
fn instrument_archives_are_read() {
    let table =
        dictionary(&["study_id,f,,text,Id of the study,,,,,,,,,,,,,", "a,f,,yesno,A,,,,,,,,,,,,,"]);
    let bytes = archive(&[
        ("OriginID.txt", "redcap.example.org"),
        ("instrument.csv", &table),
        ("attachments/a/picture.png", "x"),
    ]);
    let forms = forms_of("f.zip", &bytes, &Options::default()).expect("an archive");
    // The first field is an item, because archives have no record id.
    assert_eq!(items(&forms[0]), ["study_id text - - | Id of the study", "a yes_no - - | A"]);
    assert!(has(&forms[0], "attachments", "picture.png"));
    assert_eq!(forms[0].items[0].place.to_string(), "f.zip/instrument.csv: row 2");
    let other = archive(&[("data.csv", "a,b\n1,2\n")]);
    assert_eq!(
        forms_of("f.zip", &other, &Options::default()).err().as_deref(),
        Some("not recognised")
    );
}

#[test]
fn other_files_are_not_recognised() {
    for text in [
        "a,b,c\n1,2,3\n",
        "<html><body>REDCap</body></html>",
        "{\"definition\": {}}",
        "PK\u{3}\u{4}",
    ] {
        assert!(forms_of("x", text.as_bytes(), &Options::default()).is_err(), "{text}");
    }
}

#[test]
fn damaged_files_end_in_findings_or_errors() {
    let table = dictionary(&[
        "a,f,Head,radio,A <b>x</b> &amp; [a],\"1, x | 2, y\",,,,,,,,,,,,@DEFAULT='1'",
        "c,f,,checkbox,C,\"1, x | 2, y\",,,,,,[a]='1',,,,,,@CALCTEXT(x)",
        "s,f,,slider,S,l | m | h,,number,0,10,,,,,,,,",
        "t,f,,calc,T,\"if([c(1)]=1, [a]*2, '')\",,,,,,,,,,,,",
        "b,f,,text,B,,,,,,,,,,,,,\"@CALCTEXT(if([t]='', '', if([t]<2,'low','high')))\"",
    ]);
    let zipped = archive(&[("instrument.csv", &table)]);
    let mut state = 0x9e37_79b9_u32;
    let mut next = move |most: usize| {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state as usize % most.max(1)
    };
    let signs = b"\"',|[]()@<>&;\n\\=0a\xff\0{}";
    let mut read = 0_usize;
    for source in [table.as_bytes(), PROJECT.as_bytes(), &zipped] {
        for _ in 0..400 {
            let mut bytes = source.to_vec();
            for _ in 0..=next(4) {
                let at = next(bytes.len());
                match next(4) {
                    0 => bytes.truncate(at.max(1)),
                    1 => bytes.insert(at, signs[next(signs.len())]),
                    2 => {
                        bytes.remove(at);
                        if bytes.is_empty() {
                            bytes.push(b'x');
                        }
                    }
                    _ => bytes[at] = signs[next(signs.len())],
                }
            }
            read += usize::from(forms_of("d", &bytes, &Options::default()).is_ok());
        }
    }
    assert!(read > 100, "{read}");
}

/// A text as PHP serializes it.
fn php(text: &str) -> String {
    format!("s:{}:\"{text}\";", text.len())
}

/// An array as PHP serializes it.
fn php_array(entries: &[(&str, String)]) -> String {
    let count = entries.len();
    let entries: String = entries.iter().map(|(key, value)| php(key) + value).collect();
    format!("a:{count}:{{{entries}}}")
}

#[test]
fn languages_inside_of_project_files_are_read() {
    let words = |text: &str| php_array(&[("", php_array(&[("translation", php(text))]))]);
    let choices = php_array(&[("1", php("équis")), ("-99", php("i griega"))]);
    let spanish = php_array(&[
        ("key", php("es")),
        (
            "dd",
            php_array(&[
                ("field-label", php_array(&[("a", words("Uno"))])),
                ("field-enum", php_array(&[("a", choices)])),
                ("form-name", php_array(&[("f", words("Mi formulario"))])),
                ("survey-title", php_array(&[("f", words("Encuesta"))])),
            ]),
        ),
    ]);
    let packed = |settings: &str| {
        use base64::Engine as _;
        let settings = base64::engine::general_purpose::STANDARD.encode(settings);
        let element = format!(
            "<redcap:MultilanguageSettingsGroup><redcap:MultilanguageSettings settings=\"{settings}\"/></redcap:MultilanguageSettingsGroup></GlobalVariables>"
        );
        PROJECT.replace("</GlobalVariables>", &element).into_bytes()
    };
    let english = Options { language: Some("en".to_owned()), ..Options::default() };
    let settings =
        php_array(&[("version", php("14.0.10")), ("langs", php_array(&[("es", spanish)]))]);
    let forms = forms_of("p.xml", &packed(&settings), &english).expect("a project");
    let form = &forms[0];
    assert_eq!(form.titled.title.of("es"), Some("Mi formulario"));
    assert_eq!(items(form)[0], "a! a section_1 - | Eins / One / Uno");
    let ResponseKind::Coded(choices) = &form.responses[form.items[0].response].kind else {
        panic!("it has options")
    };
    assert_eq!(choices[0].label.of("es"), Some("équis"));
    assert_eq!(choices[1].label.of("es"), Some("i griega"));
    assert!(has(form, "translations", "`survey-title`"), "{:#?}", form.findings);
    // No languages, and a form that is not understood.
    let none = php_array(&[("langs", php_array(&[]))]);
    let forms = forms_of("p.xml", &packed(&none), &english).expect("a project");
    assert!(!has(&forms[0], "translations", ""), "{:#?}", forms[0].findings);
    let forms = forms_of("p.xml", &packed("a:1:{s:5:\"lang"), &english).expect("a project");
    assert!(has(&forms[0], "translations", "not understood"), "{:#?}", forms[0].findings);
}
