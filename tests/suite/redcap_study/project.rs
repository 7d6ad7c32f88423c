//! The project file: third-party programs can read it, and it matches the dictionary.

use super::{Study, judged, library, studies};
use crate::invented;
use crate::oracles::python;
use crate::support::root;
use std::process::Command;

#[test]
fn the_project_file_is_valid_odm_and_matches_the_dictionary() {
    for (name, corpus) in studies() {
        let study = Study::of(&corpus);
        let folder = tempfile::tempdir().expect("a temporary folder");
        study.write(folder.path());
        let output = judged(&["tests/oracles/redcap/odm.py"], folder.path(), &[".redcap.xml"]);
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && printed.contains(": ok"), "{name}: {printed}");
        let output = Command::new(python())
            .arg("tests/oracles/redcap/project.py")
            .args([".xml", ".csv"].map(|end| folder.path().join(format!("all.en.redcap{end}"))))
            .current_dir(root())
            .output()
            .expect("the oracle can be run");
        let printed = String::from_utf8_lossy(&output.stdout);
        let why = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && printed.is_empty(), "{name}: {printed}{why}");
    }
}

#[test]
fn the_same_study_gives_the_same_bytes() {
    for corpus in [library(), invented::corpus()] {
        let [first, again] = [(); 2].map(|()| Study::of(&corpus));
        assert_eq!(first.files, again.files);
    }
}
