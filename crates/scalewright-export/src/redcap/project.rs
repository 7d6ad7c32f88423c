//! A REDCap project file: CDISC ODM 1.3.1 with REDCap's extensions, laid out like REDCap's own downloads.
//!
//! The layout is known only from such downloads. Sections are groups of items. A checkbox is one item for each code,
//! `field___code`. The status of each form, which no data dictionary contains, is an item like the others.

mod items;

use scalewright_model::{Diagnostic, ItemIx, Pointer, ResponseKind};

use super::field::{Field, RECORD};
use super::form::Form;
use super::losses;
use crate::xml::Xml;
use items::{choices, group, item, oids, ticks};

/// The content of a project file.
pub(super) struct Project<'a> {
    /// The project's name for programs.
    pub(super) name: &'a str,
    /// The project's title for readers.
    pub(super) title: &'a str,
    /// Its forms.
    pub(super) forms: &'a [Form<'a>],
}

/// The states of every form in REDCap, with REDCap's labels.
const STATES: &str = "0, Incomplete | 1, Unverified | 2, Complete";

/// The initial settings of a new project.
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

/// Returns the bytes of the project file.
pub(super) fn xml(project: &Project<'_>) -> Vec<u8> {
    let Project { name, title, forms } = project;
    let day = day(forms);
    let moment = format!("{day}T00:00:00");
    // REDCap itself builds the identifiers of a project from the letters and digits of its title.
    let id: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
    let mut xml = Xml::new(2);
    xml.open("ODM", &root(name, title, &moment));
    xml.open("Study", &[("OID", &format!("Project.{id}"))]);
    xml.open("GlobalVariables", &[]);
    let description = format!("The instruments of {title}, exported by scalewright.");
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
    let forms = forms.iter().enumerate();
    let forms: Vec<ProjectForm<'_>> =
        forms.map(|(index, form)| ProjectForm::new(form, index == 0)).collect();
    // The schema of ODM requires this order: all forms, then all groups, all items, all code lists.
    forms.iter().for_each(|form| form.definition(&mut xml));
    forms.iter().for_each(|form| form.groups(&mut xml));
    forms.iter().for_each(|form| form.items(&mut xml));
    forms.iter().for_each(|form| form.code_lists(&mut xml));
    xml.finish()
}

/// Returns the day of the newest definition. The current day is not used, so that the same definitions give the same
/// bytes.
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

/// A form of the project with the fields that REDCap adds: the record id in the first form, and the status.
struct ProjectForm<'a> {
    name: &'a str,
    title: String,
    fields: Vec<Field>,
}

impl<'a> ProjectForm<'a> {
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
        // REDCap inserts the names of forms into HTML pages.
        let title = form.request.wording.title.replace('<', "&lt;").replace('>', "&gt;");
        Self { name, title, fields: fields.collect() }
    }

    /// Returns the fields under each heading, with the identifier of their group.
    fn sections(&self) -> Vec<(String, &[Field])> {
        let sections = self.fields.chunk_by(|_, next| next.section.is_empty());
        sections.map(|fields| (group(self.name, fields), fields)).collect()
    }

    /// Writes the form's definition, which refers to its groups.
    fn definition(&self, xml: &mut Xml) {
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

/// Returns what may be lost in a project: the ends of sliders, which REDCap's own downloads do not contain.
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
