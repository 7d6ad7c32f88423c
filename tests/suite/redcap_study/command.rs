//! `export --study` and `score --names` on the command line.

use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::records;
use crate::oracles::python;
use crate::support::{Run, root, run};

fn folder() -> TempDir {
    tempfile::tempdir().expect("a temporary folder")
}

fn read(folder: &Path, name: &str) -> Vec<u8> {
    std::fs::read(folder.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A small instrument of three items and a score with bands. All such instruments have the same ids.
fn instrument(id: &str, stem: &str) -> String {
    format!(
        "format = 1\nid = \"{id}\"\ntitle = \"The form {id} ]]> & <b>\"\nversion = \"1.0.0\"\nstatus = \"development\"\n\
         language = \"en\"\ndate = \"2026-03-0{}\"\n[rights]\nholder = \"us\"\nlicence = \"CC0-1.0\"\nwording = \"included\"\n\
         [administration]\nrespondent = \"self\"\n[response-scales.often]\noptions = [\n{{ value = 0, label = \"No\" }},\n\
         {{ value = 3, label = \"Yes ]]> <i>\" }},\n]\n[response-scales.which]\ntype = \"several-choice\"\noptions = [\n\
         {{ value = -9, label = \"None, or | nothing\" }},\n{{ value = 2, label = \"Some\" }},\n]\n\
         [[items]]\nid = \"feels_well\"\nstem = \"{stem}\"\nresponse = \"often\"\n\
         [[items]]\nid = \"record_id\"\nstem = \"Two\"\nresponse = \"often\"\n\
         [[items]]\nid = \"which\"\nstem = \"Three\"\nresponse = \"which\"\n\
         [[scales]]\nid = \"total\"\ntitle = \"Total\"\nitems = [\"feels_well\", \"-record_id\"]\nscore = \"sum\"\n\
         missing = \"no-score\"\nbands = [{{ label = \"low\", from = 0, to = 2 }}, {{ label = \"high\", from = 3, to = 6 }}]\n",
        id.len()
    )
}

/// A folder with two instruments that have the same ids.
fn twins() -> TempDir {
    let at = folder();
    let hostile = "a < b & c ]]> \\uFFFF <script>x</script> line\\nbreak [x] {y} \\\"q\\\" 'r'";
    for (id, stem) in [("one", "I feel well."), ("three", hostile)] {
        let text = instrument(id, stem);
        std::fs::write(at.path().join(format!("{id}.toml")), text).expect("the file is writable");
    }
    at
}

fn export(at: &Path, more: &[&str]) -> Run {
    let args = ["export", "one.toml", "three.toml", "--to", "redcap", "--out", "out"];
    run(&[&args[..], more].concat(), at)
}

#[test]
fn colliding_names_get_the_form_as_prefix_and_are_reported() {
    let at = twins();
    let result = export(at.path(), &["--study", "trial", "--set", "redcap.admin-fields=yes"]);
    assert_eq!(result.code, 0, "{}", result.err);
    let files = ["csv", "zip", "xml"].map(|ending| format!("out/trial.en.redcap.{ending}\n"));
    assert_eq!(result.out, format!("{}out/trial.en.redcap-names.csv\n", files.concat()));
    let expected = "`feels_well` is renamed to `one_feels_well` in this study (and 4 more fields)";
    assert!(result.err.contains(expected), "{}", result.err);
    let names =
        String::from_utf8(read(at.path(), "out/trial.en.redcap-names.csv")).expect("valid UTF-8");
    let three: Vec<&str> = names.lines().filter(|line| line.ends_with(",three")).collect();
    assert_eq!(
        three,
        [
            "three_feels_well,feels_well,three",
            "three_record_id,record_id,three",
            "three_which,which,three",
            "three_total,total,three",
            "three_total_band,total_band,three"
        ]
    );
    let rows = records(&read(at.path(), "out/trial.en.redcap.csv"));
    assert_eq!((&*rows[0][0], &*rows[0][1]), ("record_id", "one"));
    let total = rows.iter().find(|row| row[0] == "three_total").expect("the score exists");
    assert_eq!(total[5], "[three_feels_well] + (3 - [three_record_id])");
}

#[test]
fn hostile_texts_are_escaped_in_every_file() {
    let at = twins();
    let result = export(at.path(), &["--study", "trial", "--title", "]]> & <T>\u{1}\u{7}"]);
    assert_eq!(result.code, 0, "{}", result.err);
    let files = ["out/trial.en.redcap.xml", "out/trial.en.redcap.csv"];
    let text = String::from_utf8(read(at.path(), files[0])).expect("valid UTF-8");
    assert!(!text.contains(|c: char| c.is_control() && !"\n\t".contains(c)), "{text:?}");
    assert!(text.contains("<StudyName>]]&gt; &amp; &lt;T&gt;</StudyName>"), "{text}");
    // The newest definition determines the creation date of the project.
    assert!(text.contains("CreationDateTime=\"2026-03-05T00:00:00\""), "{text}");
    assert!(text.contains("OID=\"one_which____9\"") && text.contains("OID=\"one_which___2\""));
    for program in [&["odm.py"][..], &["project.py"], &["redcap_check.py", "check", "--strict"]] {
        let script = root().join("tests/oracles/redcap").join(program[0]);
        let judged: &[&str] = match program[0] {
            "odm.py" => &files[..1],
            "project.py" => &files,
            _ => &files[1..],
        };
        let output = Command::new(python())
            .arg(script)
            .args(&program[1..])
            .args(judged)
            .current_dir(at.path())
            .output()
            .expect("the oracle can be run");
        let printed = String::from_utf8_lossy(&output.stdout);
        let why = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{program:?}: {printed}{why}");
    }
}

/// Unpacks a ZIP file and the ZIP files in it.
const UNPACK: &str = "\
import io, sys, zipfile
outer = zipfile.ZipFile(sys.argv[1])
for name in outer.namelist():
    print(name)
    if name.endswith('.zip'):
        inner = zipfile.ZipFile(io.BytesIO(outer.read(name)))
        assert inner.namelist() == ['instrument.csv'], inner.namelist()
        open(f'{sys.argv[2]}/{name}', 'wb').write(outer.read(name))
        open(f'{sys.argv[2]}/{name}.csv', 'wb').write(inner.read('instrument.csv'))
";

fn unpacked(at: &Path) -> String {
    let output = Command::new(python())
        .args(["-c", UNPACK, "out/trial.en.redcap.zip", "."])
        .current_dir(at)
        .output()
        .expect("it can be run");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("names are text")
}

#[test]
fn the_zip_of_a_study_contains_the_zips_of_its_instruments() {
    let at = twins();
    let result = export(at.path(), &["--study", "trial", "--set", "redcap.record-id=no"]);
    assert_eq!(result.code, 0, "{}", result.err);
    let entries = unpacked(at.path());
    assert_eq!(entries, "README.txt\none.en.redcap.zip\nthree.en.redcap.zip\nnames.csv\n");
    // Their rows equal those of the dictionary.
    let rows = records(&read(at.path(), "out/trial.en.redcap.csv"));
    let inner = ["one", "three"].map(|id| read(at.path(), &format!("{id}.en.redcap.zip.csv")));
    assert_eq!(inner.iter().flat_map(|bytes| records(bytes)).collect::<Vec<_>>(), rows);
    // If no names collide, they equal the ZIP files of the single instruments.
    let steady = root().join("tests/scoring/steady-ten").display().to_string();
    let args = ["export", &steady, "side-by-side", "--to", "redcap", "--out", "out"];
    let library = root().join("instruments").display().to_string();
    let with = |more: &[&str]| {
        let result = run(&[&["--library", &library][..], &args, more].concat(), at.path());
        assert_eq!(result.code, 0, "{}", result.err);
    };
    with(&["--study", "trial"]);
    with(&[]);
    let entries = unpacked(at.path());
    assert_eq!(
        entries, "README.txt\nsteady-ten.en.redcap.zip\nside-by-side.en.redcap.zip\n",
        "no name was changed"
    );
    for zip in ["steady-ten.en.redcap.zip", "side-by-side.en.redcap.zip"] {
        assert!(read(at.path(), zip) == read(&at.path().join("out"), zip), "{zip}");
    }
}

#[test]
fn a_project_of_one_instrument_equals_a_study_of_one() {
    let at = folder();
    let steady = root().join("tests/scoring/steady-ten").display().to_string();
    let export = |more: &[&str]| {
        let args = ["export", &steady, "--to", "redcap", "--out", "out", "--quiet"];
        let result = run(&[&args[..], more].concat(), at.path());
        assert_eq!(result.code, 0, "{}", result.err);
    };
    export(&["--set", "redcap.project=yes"]);
    let title = "Ten statements about steadiness";
    let alone = read(at.path(), "out/steady-ten.en.redcap.xml");
    assert!(String::from_utf8_lossy(&alone).contains(&format!("<StudyName>{title}</StudyName>")));
    export(&["--study", "steady-ten", "--title", title]);
    assert!(alone == read(at.path(), "out/steady-ten.en.redcap.xml"));
    // The settings can state the title of the study.
    let settings = format!("format = 1\n[study]\ntitle = \"{title}\"\n");
    std::fs::write(at.path().join("scalewright.toml"), settings).expect("the file is writable");
    export(&["--study", "steady-ten"]);
    assert!(alone == read(at.path(), "out/steady-ten.en.redcap.xml"));
}

#[test]
fn impossible_studies_fail_with_a_reason_and_nothing_is_written() {
    let at = twins();
    let copy = at.path().join("copy.toml");
    std::fs::copy(at.path().join("one.toml"), &copy).expect("copied");
    let german = instrument("five", "x").replace("language = \"en\"", "language = \"de\"");
    std::fs::write(at.path().join("five.toml"), german).expect("the file is writable");
    let broken = instrument("seven", "x").replace("\"-record_id\"", "\"-nothing\"");
    std::fs::write(at.path().join("seven.toml"), broken).expect("the file is writable");
    let cases: [(&[&str], u8, &str); 9] = [
        (&["one.toml", "one.toml"], 2, "named twice"),
        (&["one.toml", "copy.toml"], 2, "`one` is named twice"),
        (
            &["one.toml", "--to", "fhir"],
            2,
            "`codebook`, `html`, `limesurvey`, `odm`, `qualtrics`, `redcap`, `reproschema`, `surveyjs`, `xlsform` can",
        ),
        (&["one.toml", "--to", "pdf,redcap"], 2, "`pdf` cannot publish a study"),
        (&["one.toml", "--set", "redcap.project=yes"], 2, "exclude each other"),
        (&["one.toml", "--study", "Not A Name"], 2, "lower-case letters, digits and hyphens"),
        (&["one.toml", "five.toml"], 1, "a study has one language"),
        (&["one.toml", "five.toml", "--language", "all"], 1, "no language in which all"),
        (&["one.toml", "seven.toml"], 1, "nothing was written"),
    ];
    for (args, code, expected) in cases {
        let to: &[&str] = if args.contains(&"--to") { &[] } else { &["--to", "redcap"] };
        let study: &[&str] = if args.contains(&"--study") { &[] } else { &["--study", "trial"] };
        let all = [&["export"][..], args, to, study, &["--out", "out"]].concat();
        let result = run(&all, at.path());
        assert_eq!(result.code, code, "{args:?}: {}", result.err);
        assert!(result.err.contains(expected), "{args:?}: {}", result.err);
        assert!(!at.path().join("out").exists(), "{args:?}");
    }
    let result =
        run(&["export", "one.toml", "--to", "redcap", "--title", "x", "--out", "o"], at.path());
    assert_eq!(result.code, 2, "{}", result.err);
}

/// REDCap's data export of the study of [`twins`].
const RAW: &str = "\
record_id,one_feels_well,one_record_id,one_which____9,one_which___2,one_total,one_complete,three_feels_well,three_record_id,three_which____9,three_which___2
7,0,3,0,1,0,2,3,0,1,0
8,3,3,0,0,3,2,,0,0,0
";

#[test]
fn each_instrument_is_scored_from_the_common_export() {
    let at = twins();
    assert_eq!(export(at.path(), &["--study", "trial"]).code, 0);
    std::fs::write(at.path().join("raw.csv"), RAW).expect("the file is writable");
    let names = "out/trial.en.redcap-names.csv";
    let score = |id: &str, more: &[&str]| {
        let definition = format!("{id}.toml");
        let args = [
            "score",
            &definition,
            "raw.csv",
            "--from",
            "redcap",
            "--columns",
            "scores",
            "--drop-all",
        ];
        run(&[&args[..], more].concat(), at.path())
    };
    let expected =
        [("one", "record_id,total\n7,0\n8,3\n"), ("three", "record_id,total\n7,6\n8,\n")];
    for (id, scores) in expected {
        let result = score(id, &["--names", names]);
        assert_eq!((result.code, result.out.as_str()), (0, scores), "{id}: {}", result.err);
    }
    // Without the table of names, REDCap's own field `record_id` would be read as an item.
    let result = score("one", &[]);
    assert_eq!((result.code, result.out.as_str()), (1, ""), "{}", result.err);
    assert!(result.err.contains("--names"), "{}", result.err);
    std::fs::write(at.path().join("names.csv"), "a,b\n1,2\n").expect("the file is writable");
    let result = score("one", &["--names", "names.csv"]);
    assert!(result.err.contains("the columns `field_name` and `id` are missing"), "{}", result.err);
    let doubled = "field_name,id\none_record_id,record_id\nx,record_id\n";
    std::fs::write(at.path().join("names.csv"), doubled).expect("the file is writable");
    let result = score("one", &["--names", "names.csv"]);
    assert!(result.err.contains("names.csv:3:1"), "{}", result.err);
    let args = ["score", "one.toml", "raw.csv", "--names", names];
    let result = run(&args, at.path());
    assert_eq!(result.code, 2, "{}", result.err);
    assert!(result.err.contains("--from redcap"), "{}", result.err);
}
