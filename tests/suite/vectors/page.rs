//! The pages about vectors and features.

use std::fmt::Write as _;
use std::fs;

use serde_json::Value;

use super::{list, map, vectors, word};
use crate::support::root;

const INTRODUCTION: &str = "\
# Published vectors

A vector is a set of answers with its score according to a third-party test, data file or rule. The vectors below are in
`tests/vectors/scoring_vectors.json`, each with its source; `tests/vectors/map.toml` states which definition scores them.
Every run of the tests scores all of them. The scores must be exactly equal, or equal in the decimals that the source prints.

Definitions in `instruments/` are part of the library. Those in `tests/scoring/` are for tests only: third-party instruments
without their wording, whose key was read in a program rather than in a publication.

A test generates this page from the map.

## Instruments

| instrument, by its name in the source | vectors | scored by |
|---|--:|---|
";

fn counted(vectors: &Value, name: &str) -> usize {
    list(vectors, "vectors").iter().filter(|vector| word(vector, "instrument") == name).count()
}

fn page() -> String {
    let (map, vectors) = (map(), vectors());
    let mut page = INTRODUCTION.to_owned();
    let mut line = |text: String| page.extend([text.as_str(), "\n"]);
    for entry in &map.instruments {
        let count = counted(&vectors, &entry.name);
        let by = entry.definition.as_ref().map_or("—".to_owned(), |folder| format!("`{folder}`"));
        line(format!("| {} | {count} | {by} |", entry.name));
    }
    line(format!("| **all** | **{}** | |", list(&vectors, "vectors").len()));

    line("\n## Scored differently\n".to_owned());
    for entry in &map.instruments {
        if let Some(note) = &entry.note {
            line(format!("- {}: {note}", entry.name));
        }
        for (id, other) in &entry.vectors {
            if let (Some(folder), Some(reason)) = (&other.definition, &other.reason) {
                line(format!("- `{id}` is scored by `{folder}`: {reason}."));
            }
        }
    }

    line("\n## Wrong at the source\n".to_owned());
    line("Our score must differ from the wrong number of the source.\n".to_owned());
    for entry in &map.instruments {
        for (id, wrong) in &entry.known_bad {
            let vector = list(&vectors, "vectors").iter().find(|vector| word(vector, "id") == id);
            let vector = vector.expect("the map names a vector");
            for (key, theirs) in wrong {
                let ours = &vector["expected"][key];
                line(format!("- `{id}`, {key}: the source has {theirs}, correct is {ours}."));
            }
        }
    }

    line("\n## Not expressible\n".to_owned());
    let mut none = true;
    for entry in &map.instruments {
        let whole = entry.not_expressible.iter().map(|reason| (entry.name.clone(), reason));
        let some = entry.vectors.iter();
        let some =
            some.filter_map(|(id, o)| Some((format!("`{id}`"), o.not_expressible.as_ref()?)));
        for (what, reason) in whole.chain(some) {
            line(format!("- {what}: {reason}."));
            none = false;
        }
    }
    if none {
        line("Every vector of an instrument can be expressed. These rules of public tools for missing answers cannot:\n".to_owned());
    }
    for (path, reason) in &map.policies.not_expressible {
        line(format!("- `{path}`: {reason}."));
    }

    line("\n## Reliability and change\n".to_owned());
    line("| vector | scored by |\n|---|---|".to_owned());
    for entry in &map.reliability {
        line(format!("| `{}` | `{}` |", entry.id, entry.definition));
    }

    line("\n## Tables, weights and parameters\n".to_owned());
    line("| table | scored by |\n|---|---|".to_owned());
    for entry in &map.tables {
        line(format!("| `{}` | `{}` |", entry.name, entry.definition));
    }

    line("\n## Whole files\n".to_owned());
    line("An independent program computed these files in exact rational arithmetic; they are compared cell by cell.\n".to_owned());
    line("| file | scores per respondent | scored by |\n|---|--:|---|".to_owned());
    for file in &map.files {
        line(format!("| `{}` | {} | `{}` |", file.name, file.columns.len(), file.definition));
    }
    let policies = &map.policies;
    line(format!(
        "\n`{1}` gives the scores of psych, sjmisc and PROscorerTools for one file under {0} of their rules. The differences:\n",
        policies.columns.len(),
        policies.definition
    ));
    for (path, difference) in &policies.differences {
        line(format!("- `{path}`: {difference}."));
    }
    page
}

#[test]
fn the_page_matches_the_map() {
    let path = root().join("docs/src/vectors.md");
    let page = page();
    if std::env::var_os("UPDATE_DOCS").is_some() {
        fs::write(&path, &page).expect("the page can be written");
    }
    let there = fs::read_to_string(&path).unwrap_or_default();
    assert_eq!(there, page, "docs/src/vectors.md is out of date: run with UPDATE_DOCS=1");
}

#[test]
fn every_feature_has_its_fixture() {
    let path = root().join("docs/src/features.md");
    let page = fs::read_to_string(&path).expect("the page exists");
    let mut missing = String::new();
    let mut shown = std::collections::BTreeSet::new();
    let (mut rows, mut named) = (std::collections::BTreeSet::new(), 0);
    for line in page.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        let Ok(number) = cells[1].parse::<u32>() else { continue };
        rows.insert(number);
        for name in cells[3].split('`').skip(1).step_by(2) {
            let there = ["tests/scoring", "instruments"].iter().any(|parent| {
                let folder = root().join(parent).join(name);
                folder.join("instrument.toml").is_file() && folder.join("cases.toml").is_file()
            });
            if !there {
                writeln!(missing, "row {number}: `{name}` has no definition with cases")
                    .expect("writing to a string cannot fail");
            }
            shown.insert(name.to_owned());
            named += 1;
        }
    }
    assert!(missing.is_empty(), "{missing}");
    assert_eq!(rows, (1..=51).collect(), "every feature has a row");
    assert!(named > 40, "too few fixtures are named");
    for entry in fs::read_dir(root().join("tests/scoring")).expect("it exists").flatten() {
        let name = entry.file_name().to_string_lossy().into_owned();
        let listed = !name.starts_with("feature-") || shown.contains(&name);
        assert!(listed, "docs/src/features.md does not name `{name}`");
    }
}
