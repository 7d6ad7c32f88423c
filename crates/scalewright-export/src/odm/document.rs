//! The file around the forms.

use super::form::Form;
use super::options::Version;
use super::parts::Parts;
use super::xml::Element;

/// What a file is called.
pub(super) struct Study<'a> {
    /// The identifier of the study, and of its only event.
    pub(super) name: String,
    pub(super) title: &'a str,
    /// The version of the metadata.
    pub(super) version: &'a str,
    pub(super) description: String,
}

/// The file.
pub(super) fn document(study: &Study<'_>, forms: &[Form<'_>], parts: Vec<Parts>) -> Vec<u8> {
    let is_two = forms.first().is_some_and(|form| form.options.version == Version::Two);
    let own = if is_two { two(study, forms, parts) } else { one(study, parts) };
    root(study, forms, is_two).of([own]).document()
}

fn root(study: &Study<'_>, forms: &[Form<'_>], is_two: bool) -> Element {
    let (namespace, version) = match is_two {
        true => ("http://www.cdisc.org/ns/odm/v2.0", "2.0"),
        false => ("http://www.cdisc.org/ns/odm/v1.3", "1.3.2"),
    };
    // The current day is not used, so that the same definitions give the same bytes.
    let days = forms.iter().filter_map(|form| form.request.instrument.date.as_deref());
    let day = days.max().unwrap_or("1980-01-01");
    let root = Element::new("ODM").with("xmlns", namespace).with("ODMVersion", version);
    let root = root.with("FileType", "Snapshot").with("Granularity", "Metadata");
    let root = root.with("FileOID", format!("ODM.{}", study.name));
    let root = root.with("CreationDateTime", format!("{day}T00:00:00"));
    root.with("SourceSystem", "scalewright").with("SourceSystemVersion", env!("CARGO_PKG_VERSION"))
}

/// All forms, then all groups, all items, all code lists: the schema requires this order.
fn definitions(mut parts: Vec<Parts>) -> Vec<Element> {
    let mut all = Vec::new();
    let kinds: [fn(&mut Parts) -> Vec<Element>; 5] = [
        |own| std::mem::take(&mut own.groups),
        |own| std::mem::take(&mut own.items),
        |own| std::mem::take(&mut own.lists),
        |own| std::mem::take(&mut own.conditions),
        |own| std::mem::take(&mut own.methods),
    ];
    let forms =
        parts.iter_mut().map(|own| std::mem::replace(&mut own.form, Element::new("FormDef")));
    all.extend(forms.collect::<Vec<_>>());
    for kind in kinds {
        all.extend(parts.iter_mut().flat_map(kind));
    }
    all
}

fn version(study: &Study<'_>) -> Element {
    let version = Element::new("MetaDataVersion").with("OID", format!("MDV.{}", study.version));
    version.with("Name", format!("{} {}", study.title, study.version))
}

fn event(study: &Study<'_>) -> Element {
    let event = Element::new("StudyEventDef").with("OID", format!("SE.{}", study.name));
    event.with("Name", study.title).with("Repeating", "No").with("Type", "Scheduled")
}

fn one(study: &Study<'_>, mut parts: Vec<Parts>) -> Element {
    let globals = Element::new("GlobalVariables").of([
        Element::text("StudyName", study.title),
        Element::text("StudyDescription", &study.description),
        Element::text("ProtocolName", study.title),
    ]);
    let units: Vec<Element> =
        parts.iter_mut().flat_map(|own| std::mem::take(&mut own.units)).collect();
    let basic = (!units.is_empty()).then(|| Element::new("BasicDefinitions").of(units));
    let event_ref = Element::new("StudyEventRef")
        .with("StudyEventOID", format!("SE.{}", study.name))
        .with("OrderNumber", "1")
        .with("Mandatory", "Yes");
    let refs = references(&parts, "FormRef", "FormOID");
    let protocol = Element::new("Protocol").of([event_ref]);
    let metadata = version(study).of([protocol, event(study).of(refs)]).of(definitions(parts));
    let own = Element::new("Study").with("OID", format!("S.{}", study.name));
    own.of([globals]).of(basic).of([metadata])
}

fn two(study: &Study<'_>, forms: &[Form<'_>], parts: Vec<Parts>) -> Element {
    let refs = references(&parts, "ItemGroupRef", "ItemGroupOID");
    let metadata = version(study).of([event(study).of(refs)]).of(definitions(parts));
    let own = Element::new("Study").with("OID", format!("S.{}", study.name));
    let own = own.with("StudyName", study.title).with("ProtocolName", study.title);
    let description = forms.first().map(|form| form.one_text("Description", &study.description));
    own.of(description).of([metadata])
}

/// The references of the event to the forms.
fn references(parts: &[Parts], name: &'static str, oid: &'static str) -> Vec<Element> {
    let reference = |(at, own): (usize, &Parts)| {
        let reference = Element::new(name).with(oid, &own.oid);
        reference.with("OrderNumber", (at + 1).to_string()).with("Mandatory", "Yes")
    };
    parts.iter().enumerate().map(reference).collect()
}
