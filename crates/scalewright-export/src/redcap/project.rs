//! A project of REDCap: CDISC ODM 1.3.1 with REDCap's extensions, as REDCap's own downloads are laid out.
//!
//! What is known of the layout is from such downloads alone. Sections are groups of items; a checkbox is an item for
//! each code, `field___code`; the status of each form, which no data dictionary names, is an item like the others.

mod items;

use scalewright_model::{Diagnostic, ItemIx, Pointer, ResponseKind};

use super::field::{Field, RECORD};
use super::form::Form;
use super::losses;
use super::xml::Xml;
use items::{choices, group, item, oids, ticks};

/// What a project is made of.
pub(super) struct Project<'a> {
    /// What it is known by to programs.
    pub(super) name: &'a str,
    /// What people call it.
    pub(super) title: &'a str,
    /// Its forms.
    pub(super) forms: &'a [Form<'a>],
}

/// The states that REDCap has for every form, and its words for them.
const STATES: &str = "0, Incomplete | 1, Unverified | 2, Complete";

/// Settings that a new project begins with.
const SETTINGS: [(&str, &str); 15] = [
    ("redcap:RecordAutonumberingEnabled", "1"),
    ("redcap:CustomRecordLabel", ""),
    ("redcap:SecondaryUniqueField", ""),
    ("redcap:SchedulingEnabled", "0"),
    ("redcap:SurveysEnabled", "0"),
    ("redcap:SurveyInvitationEmailField", ""),
    ("redcap:DisplayTodayNowButton", "1"),
    ("redcap:PreventBranchingEraseValues", "0"),
    ("redcap:RequireChangeReason", "0"),
    ("redcap:DataHistoryPopup", "1"),
    ("redcap:OrderRecordsByField", ""),
    ("redcap:Purpose", "0"),
    ("redcap:PurposeOther", ""),
    ("redcap:ProjectNotes", ""),
    ("redcap:MissingDataCodes", ""),
];

/// The bytes of the file.
pub(super) fn xml(project: &Project<'_>) -> Vec<u8> {
    let Project { name, title, forms } = project;
    let day = day(forms);
    let moment = format!("{day}T00:00:00");
    // The letters and digits alone, as REDCap makes the identifiers of a project of its title.
    let id: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let mut xml = Xml::new(2);
    xml.open("ODM", &root(name, title, &moment));
    xml.open("Study", &[("OID", &format!("Project.{id}"))]);
    xml.open("GlobalVariables", &[]);
    let description = format!("The instruments of {title}, as scalewright made them.");
    xml.text("StudyName", title);
    xml.text("StudyDescription", &description);
    xml.text("ProtocolName", title);
    SETTINGS.iter().for_each(|(setting, value)| xml.text(setting, value));
    xml.close();
    let version = format!("Metadata.{id}_{day}_0000");
    xml.open(
        "MetaDataVersion",
        &[("OID", &version), ("Name", title), ("redcap:RecordIdField", RECORD)],
    );
    let parts: Vec<Part<'_>> =
        forms.iter().enumerate().map(|(index, form)| Part::new(form, index == 0)).collect();
    parts.iter().for_each(|part| part.form(&mut xml));
    parts.iter().for_each(|part| part.groups(&mut xml));
    parts.iter().for_each(|part| part.items(&mut xml));
    parts.iter().for_each(|part| part.code_lists(&mut xml));
    xml.finish()
}

/// The day of the newest definition: there is no clock, and the same definitions give the same bytes.
fn day<'a>(forms: &[Form<'a>]) -> &'a str {
    let days = forms.iter().filter_map(|form| form.request.instrument.date.as_deref());
    days.max().unwrap_or("1980-01-01")
}

fn root<'a>(name: &'a str, title: &'a str, moment: &'a str) -> [(&'static str, &'a str); 13] {
    [
        ("xmlns", "http://www.cdisc.org/ns/odm/v1.3"),
        ("xmlns:ds", "http://www.w3.org/2000/09/xmldsig#"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xmlns:redcap", "https://projectredcap.org"),
        ("xsi:schemaLocation", "http://www.cdisc.org/ns/odm/v1.3 schema/odm/ODM1-3-1.xsd"),
        ("ODMVersion", "1.3.1"),
        ("FileOID", name),
        ("FileType", "Snapshot"),
        ("Description", title),
        ("AsOfDateTime", moment),
        ("CreationDateTime", moment),
        ("SourceSystem", "scalewright"),
        ("SourceSystemVersion", env!("CARGO_PKG_VERSION")),
    ]
}

/// A form with the fields that REDCap has of its own.
struct Part<'a> {
    name: &'a str,
    title: String,
    fields: Vec<Field>,
}

impl<'a> Part<'a> {
    fn new(form: &'a Form<'_>, first: bool) -> Self {
        let name = form.names.form.as_str();
        let status = Field {
            name: format!("{name}_complete"),
            form: name.to_owned(),
            section: "Form Status".to_owned(),
            kind: "dropdown",
            label: "Complete?".to_owned(),
            choices: STATES.to_owned(),
            ..Field::default()
        };
        let record = first.then(|| Field::record(name, &form.request.wording.language));
        let fields = record.into_iter().chain(form.fields.iter().cloned()).chain([status]);
        // The names of forms are shown in pages of HTML.
        let title = form.request.wording.title.replace('<', "&lt;").replace('>', "&gt;");
        Self { name, title, fields: fields.collect() }
    }

    /// The fields under one heading, and the identifier of their group.
    fn sections(&self) -> Vec<(String, &[Field])> {
        let sections = self.fields.chunk_by(|_, next| next.section.is_empty());
        sections.map(|fields| (group(self.name, fields), fields)).collect()
    }

    fn form(&self, xml: &mut Xml) {
        let oid = format!("Form.{}", self.name);
        xml.open(
            "FormDef",
            &[
                ("OID", &oid),
                ("Name", &self.title),
                ("Repeating", "No"),
                ("redcap:FormName", self.name),
            ],
        );
        for (oid, _) in self.sections() {
            xml.empty("ItemGroupRef", &[("ItemGroupOID", &oid), ("Mandatory", "No")]);
        }
        xml.close();
    }

    fn groups(&self, xml: &mut Xml) {
        for (oid, fields) in self.sections() {
            let heading = fields[0].section.as_str();
            let name = if heading.is_empty() { &self.title } else { heading };
            xml.open("ItemGroupDef", &[("OID", &oid), ("Name", name), ("Repeating", "No")]);
            for field in fields {
                let mandatory = if field.required { "Yes" } else { "No" };
                for oid in oids(field) {
                    xml.empty(
                        "ItemRef",
                        &[
                            ("ItemOID", &oid),
                            ("Mandatory", mandatory),
                            ("redcap:Variable", &field.name),
                        ],
                    );
                }
            }
            xml.close();
        }
    }

    fn items(&self, xml: &mut Xml) {
        for field in &self.fields {
            oids(field).iter().for_each(|oid| item(xml, field, oid));
        }
    }

    fn code_lists(&self, xml: &mut Xml) {
        for field in &self.fields {
            match field.kind {
                "checkbox" => oids(field).iter().for_each(|oid| ticks(xml, field, oid)),
                "radio" | "dropdown" => choices(xml, field),
                _ => {}
            }
        }
    }
}

/// What may get lost on the way into a project: REDCap's own downloads do not hold the ends of sliders.
pub(super) fn losses(form: &Form<'_>) -> Vec<Diagnostic> {
    let instrument = form.request.instrument;
    let mut found = Vec::new();
    for (index, item) in instrument.items.iter().enumerate() {
        let response = instrument.response(ItemIx(index));
        let ResponseKind::VisualAnalogue { min, max, decimals: _ } = response.kind else {
            continue;
        };
        if (min, max) == (0.0, 100.0) {
            continue;
        }
        let place = Pointer::response_scale(&response.name);
        let (min, max) = (min.to_string(), max.to_string());
        let words = [("id", item.id.as_str()), ("min", min.as_str()), ("max", max.as_str())];
        found.push(losses::SLIDER_ENDS.of(place, &words, None));
    }
    found
}
