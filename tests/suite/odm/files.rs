//! What a form contains besides its scores, what is refused, and how answers are read.

use std::path::Path;

use crate::support::{Run, root, run};

fn export(folder: &Path, more: &[&str]) -> Run {
    let out = folder.display().to_string();
    let args = ["export", "side-by-side", "--to", "odm", "--out", &out];
    run(&[&args[..], more].concat(), &root())
}

fn written(more: &[&str]) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let result = export(folder.path(), more);
    assert_eq!(result.code, 0, "{}", result.err);
    let path = folder.path().join("side-by-side.en.odm.xml");
    std::fs::read_to_string(path).expect("it was written")
}

#[test]
fn options_change_the_form() {
    let all = written(&[]);
    assert!(all.contains("ODMVersion=\"1.3.2\"") && all.contains("scalewright:definition"));
    assert!(all.contains("xml:lang=\"de\"") && all.contains("sbs_total_answered"));
    assert!(!written(&["--set", "odm.languages=one"]).contains("xml:lang=\"de\""));
    assert!(!written(&["--set", "odm.attachments=no"]).contains("scalewright:definition"));
    assert!(!written(&["--set", "odm.columns=scores"]).contains("sbs_total_answered"));
    let two = written(&["--set", "odm.version=2.0"]);
    assert!(two.contains("http://www.cdisc.org/ns/odm/v2.0") && two.contains("<MethodSignature>"));
}

#[test]
fn a_result_with_the_name_of_an_item_is_refused_with_its_place() {
    let text = std::fs::read_to_string(root().join("tests/scoring/bands/instrument.toml"));
    let text = text.expect("the fixture exists");
    let scale = text.lines().skip_while(|line| *line != "[[scales]]").nth(1).expect("a scale");
    let id = scale.split('"').nth(1).expect("an id");
    let odd = text.replace("\"band_1\"", &format!("\"{id}\""));
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("odd.toml"), odd).expect("writable");
    let args = ["export", "odd.toml", "--to", "odm", "--out", "out", "--accept-recalled-keys"];
    let result = run(&args, folder.path());
    assert_ne!(result.code, 0, "{}", result.err);
    assert!(result.err.contains("odd.toml:"), "{}", result.err);
    assert!(!folder.path().join("out").exists(), "nothing is written");
}

/// An ODM file with the answers of one form.
fn answered(version: &str, form: &str, items: &str) -> String {
    format!(
        "<?xml version=\"1.0\"?>\n<ODM xmlns=\"http://www.cdisc.org/ns/odm/v1.3\" FileType=\"Snapshot\">\n \
         <ClinicalData StudyOID=\"S\" MetaDataVersionOID=\"{version}\">\n  <SubjectData SubjectKey=\"p1\">\n   \
         <StudyEventData StudyEventOID=\"SE.X\" StudyEventRepeatKey=\"2\">\n    \
         <FormData FormOID=\"{form}\"><ItemGroupData ItemGroupOID=\"IG.1\">{items}</ItemGroupData></FormData>\n   \
         </StudyEventData>\n  </SubjectData>\n </ClinicalData>\n</ODM>\n"
    )
}

fn score(text: &str) -> Run {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("answers.xml");
    std::fs::write(&path, text).expect("writable");
    let path = path.display().to_string();
    let args = ["score", "side-by-side", &path, "--from", "odm", "--columns", "scores"];
    run(&args, &root())
}

fn values(prefix: &str) -> String {
    let values = [4, 3, 5, 2, 4, 1, 4, 3, 1, 4, 2, 5].into_iter().enumerate();
    let value = |(at, value): (usize, i32)| {
        format!("<ItemData ItemOID=\"{prefix}sbs_{}\" Value=\"{value}\"/>", at + 1)
    };
    values.map(value).collect()
}

#[test]
fn answers_are_read_by_subject_and_event() {
    let untyped = score(&answered("MDV.0.1.0", "F.SIDE_BY_SIDE", &values("I.")));
    assert_eq!(untyped.code, 0, "{}", untyped.err);
    assert!(untyped.out.contains("SubjectKey,StudyEventOID,StudyEventRepeatKey,FormRepeatKey,"));
    assert!(untyped.out.contains("p1,SE.X,2,,"), "{}", untyped.out);
    // A study, typed values, and values in elements.
    let study = values("I.SIDE_BY_SIDE_");
    let typed = study
        .replace("<ItemData ", "<ItemDataInteger ")
        .replace(" Value=\"", ">")
        .replace("\"/>", "</ItemDataInteger>");
    let nested = study.replace(" Value=\"", "><Value>").replace("\"/>", "</Value></ItemData>");
    for items in [study, typed, nested] {
        let result = score(&answered("MDV.1", "F.SIDE_BY_SIDE", &items));
        assert_eq!(result.code, 0, "{}", result.err);
        assert_eq!(result.out, untyped.out, "{items}");
    }
}

#[test]
fn what_cannot_be_scored_is_reported() {
    let items = values("I.");
    let twice = format!("{items}<ItemData ItemOID=\"I.sbs_1\" Value=\"4\"/>");
    let stated = format!("{items}<ItemData ItemOID=\"I.sbs_total\" Value=\"1\"/>");
    let odd = items.replacen("Value=\"4\"", "Value=\"77\"", 1);
    let own = "F.SIDE_BY_SIDE";
    for (text, code, message) in [
        (answered("MDV.9.9.9", own, &items), 1, "is the version of the form that was answered"),
        (answered("MDV.0.1.0", own, &twice), 1, "is in the form twice"),
        (answered("MDV.0.1.0", own, &odd), 1, "77"),
        (answered("MDV.0.1.0", own, &stated), 0, "states"),
        (answered("MDV.0.1.0", "F.OTHER", &items), 1, "no form has an answer to an item"),
        (answered("MDV.0.1.0", own, &items).replace("Snapshot", "Transactional"), 1, "changes"),
        (
            "<?xml version=\"1.0\"?><!DOCTYPE ODM [<!ENTITY a \"b\">]><ODM>&a;</ODM>".to_owned(),
            1,
            "entities",
        ),
        ("<?xml version=\"1.0\"?><ODM><A></ODM>".to_owned(), 1, "answers.xml:1:"),
        ("<?xml version=\"1.0\"?><html/>".to_owned(), 1, "not an ODM file"),
    ] {
        let result = score(&text);
        let said = format!("{}{}", result.out, result.err);
        assert!(said.contains(message), "{message}: {said}");
        assert_eq!(result.code, code, "{message}: {said}");
    }
}

#[test]
fn deep_files_are_read_or_refused() {
    let deep = format!("<?xml version=\"1.0\"?><ODM>{}", "<A>".repeat(200_000));
    assert_eq!(score(&deep).code, 1);
    let closed = format!("{deep}{}</ODM>", "</A>".repeat(200_000));
    assert_eq!(score(&closed).code, 1);
}

#[test]
fn a_study_is_one_file_with_a_form_for_each_instrument() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let result = export(folder.path(), &["tests/scoring/steady-ten", "--study", "trial"]);
    assert_eq!(result.code, 0, "{}", result.err);
    let text = std::fs::read_to_string(folder.path().join("trial.en.odm.xml")).expect("written");
    assert_eq!(text.matches("<FormDef ").count(), 2);
    assert!(
        text.contains("OID=\"I.SIDE_BY_SIDE_sbs_1\"")
            && text.contains("OID=\"I.STEADY_TEN_steady_1\"")
    );
}
