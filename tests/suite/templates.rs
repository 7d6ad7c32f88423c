//! Exporters that are folders of templates: escapes, bounds, and mistakes with their places.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use scalewright_check::Checked;
use scalewright_model::{Layout, Paper};
use scalewright_plugins::templates::{Printed, TemplateExporter, Wrong};
use scalewright_project::{Disk, Memory};
use scalewright_wire as wire;

use crate::oracles::python;
use crate::support::{load, root};

/// Texts that are active in some kind of file.
const HOSTILE: &[&str] = &[
    "plain words",
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onclick='alert(1)",
    "a & b &amp; c &#60;",
    "=cmd|' /C calc'!A0",
    "one, \"two\"; three\tfour|five",
    "first line\nsecond line",
    "</script><!-- ]]> --> {{ instrument.id }} {% raw %}",
    "# *heading* _em_ `code` [link](javascript:alert(1)) ![x](y) ~~no~~",
    "1. a list",
    "- a list",
    "\\input{/etc/passwd} $x^2$ 50% {brace} #1 & _ ~ ``quoted''",
    "[optional]",
    "https://example.org/?a=1&b=2",
    "  spaces around  ",
    "back\\slash\\",
    "é ü ß 漢字 العربية \u{1f600}",
    "\u{2028}line\u{2029}",
    "null",
    "0012",
];

fn folder(name: &str) -> PathBuf {
    root().join("tests/plugins").join(name)
}

fn read(name: &str) -> Result<TemplateExporter, Wrong> {
    TemplateExporter::read(&Disk, &folder(name), Path::new(name))
}

/// The request to publish an instrument.
fn request_of(checked: &Checked, wording: &scalewright_model::Wording) -> wire::ExportRequest {
    let published = vec![true; checked.program.scores.len()];
    let text = checked.documents[0].text.as_str();
    let definition = wire::encode::Definition {
        instrument: checked.instrument.as_ref().expect("no errors"),
        program: &checked.program,
        ranges: &checked.ranges,
        published: &published,
        sources: &[("instrument.toml", text)],
    };
    let publication = wire::encode::Publication {
        wording,
        yes_and_no: |_| ("Yes", "No"),
        options: BTreeMap::new(),
        paper: Paper::A4,
        layout: Layout::Comfortable,
        accept_recalled_keys: true,
        leave_out_scores: false,
        house: wire::HouseStyle::default(),
    };
    wire::encode::export_request(&definition, publication)
}

/// A request with these options and a small definition.
fn request(options: BTreeMap<String, wire::OptionValue>) -> wire::ExportRequest {
    let definition = "format = 1\nid = \"a\"\n[[items]]\nid = \"q1\"\n[[items]]\nid = \"q2-long\"\n\
                      [[scales]]\nid = \"total\"\nbands = [1]\n[[scales]]\nid = \"other\"\n";
    let checked = load(&root().join("instruments/side-by-side"));
    let wording = &checked.instrument.as_ref().expect("no errors").wordings[0];
    let mut request = request_of(&checked, wording);
    request.options = options;
    request.sources[0].text = definition.to_owned();
    request
}

fn words(texts: &[&str]) -> BTreeMap<String, wire::OptionValue> {
    let texts = texts.iter().map(|text| (*text).to_owned()).collect();
    BTreeMap::from([("words".to_owned(), wire::OptionValue::Texts(texts))])
}

/// Findings as `FILE:LINE:COLUMN: CODE: MESSAGE`, with the marked text and the help.
fn shown(wrong: &Wrong) -> String {
    let mut text = String::new();
    for finding in &wrong.findings {
        let mark = finding.marks.first().expect("a finding has a place");
        let document = &wrong.documents[mark.document];
        let before = &document.text[..mark.span.start];
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
        let marked = document.text[mark.span.clone()].lines().next().unwrap_or_default();
        writeln!(text, "{}:{line}:{column}: {}: {}", document.name, finding.code, finding.message)
            .expect("writing to a text");
        writeln!(text, "  marked: {marked}").expect("writing to a text");
        for help in &finding.help {
            writeln!(text, "  help: {help}").expect("writing to a text");
        }
    }
    text
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(folder("templates"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn hostile_texts_are_shown_unchanged_in_every_kind_of_file() {
    let exporter = read("templates/escapes").unwrap_or_else(|wrong| panic!("{}", shown(&wrong)));
    let answer = exporter.export(&request(words(HOSTILE)), &Printed::new());
    let answer = answer.unwrap_or_else(|wrong| panic!("{}", shown(&wrong)));
    assert_eq!(answer.files.len(), 7, "each kind of file");
    let scratch = tempfile::tempdir().expect("a folder");
    for file in &answer.files {
        let text = file.text.as_deref().expect("templates write text");
        std::fs::write(scratch.path().join(&file.path), text).expect("a file");
    }
    let expected = serde_json::to_string(HOSTILE).expect("texts");
    std::fs::write(scratch.path().join("expected.json"), expected).expect("a file");
    let script = folder("templates/escapes.py");
    let checked = Command::new(python()).arg(script).arg(scratch.path()).output();
    let checked = checked.expect("Python runs");
    assert!(checked.status.success(), "{}", String::from_utf8_lossy(&checked.stderr));
    assert_eq!(String::from_utf8_lossy(&checked.stdout).trim(), HOSTILE.len().to_string());
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_is_reported() {
    let exporter = read("templates/escapes").unwrap_or_else(|wrong| panic!("{}", shown(&wrong)));
    let answer = exporter.export(&request(words(&["=1+1", "-1", "@x"])), &Printed::new());
    let answer = answer.unwrap_or_else(|wrong| panic!("{}", shown(&wrong)));
    let messages: Vec<&str> = answer.diagnostics.iter().map(|one| one.message.as_str()).collect();
    assert_eq!(
        messages,
        ["`words.csv`: 2 cells (`=1+1` and others) would be run as a formula by a spreadsheet"]
    );
}

#[test]
fn mistakes_are_reported_together_with_their_places() {
    for name in
        ["target-keys", "target-values", "kinds", "syntax", "rules", "places", "parts", "flow"]
    {
        let Err(wrong) = read(&format!("templates/{name}")) else { panic!("{name} is accepted") };
        snapshot(name, &shown(&wrong).replace("templates/", ""));
    }
}

#[test]
fn mistakes_that_show_when_templates_run_stop_with_one_error() {
    let mut all = String::new();
    let mut cases: Vec<PathBuf> = std::fs::read_dir(folder("templates/runs"))
        .expect("the fixtures")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    cases.sort();
    for case in cases {
        let name = case.file_name().expect("a name").to_string_lossy().into_owned();
        let exporter = read(&format!("templates/runs/{name}"));
        let exporter = exporter.unwrap_or_else(|wrong| panic!("{}", shown(&wrong)));
        let word = if name == "control" { "a\u{1b}[31mb" } else { "javascript:alert(1)" };
        let word = wire::OptionValue::Text(word.to_owned());
        let request = request(BTreeMap::from([("word".to_owned(), word)]));
        let started = std::time::Instant::now();
        let Err(wrong) = exporter.export(&request, &Printed::new()) else {
            panic!("{name} is exported")
        };
        assert!(started.elapsed().as_secs() < 60, "{name} took too long");
        assert_eq!(wrong.findings.len(), 1, "{name}");
        all.push_str(&shown(&wrong).replace("templates/runs/", ""));
    }
    snapshot("runs", &all);
}

#[cfg(unix)]
#[test]
fn a_link_is_not_a_template() {
    let scratch = tempfile::tempdir().expect("a folder");
    let secret = scratch.path().join("secret.html");
    std::fs::write(&secret, "secret").expect("a file");
    let target = scratch.path().join("target");
    std::fs::create_dir(&target).expect("a folder");
    std::fs::copy(folder("templates/runs/itself/target.toml"), target.join("target.toml"))
        .expect("a copy");
    std::os::unix::fs::symlink(&secret, target.join("page.html")).expect("a link");
    let Err(wrong) = TemplateExporter::read(&Disk, &target, Path::new("x")) else {
        panic!("accepted")
    };
    assert!(
        shown(&wrong).contains("cannot read the template `page.html`: it is a link"),
        "{}",
        shown(&wrong)
    );
}

/// An exporter in memory with one file.
fn in_memory(extra: &str, template: &str) -> TemplateExporter {
    let mut files = Memory::default();
    let target = format!(
        "format = 1\nname = \"small\"\nversion = \"1\"\nsummary = \"s\"\n{extra}\n\
         [[files]]\ntemplate = \"a.txt\"\nname = \"{{{{ instrument.id }}}}.{{{{ wording.language }}}}.txt\"\nwhat = \"w\"\n"
    );
    files.put("/t/target.toml", target);
    files.put("/t/a.txt", template);
    TemplateExporter::read(&files, Path::new("/t"), Path::new("t"))
        .unwrap_or_else(|wrong| panic!("{}", shown(&wrong)))
}

#[test]
fn declared_losses_are_reported_at_each_key() {
    let loss = "losses = [{ keys = [\"scales[].bands\", \"items[].ask-if\"], what = \"the bands\", because = \"b\", \
                when = \"if they exist\", if = \"value == [1]\" }]";
    let exporter = in_memory(loss, "x\n");
    let answer = exporter.export(&request(BTreeMap::new()), &Printed::new());
    let answer = answer.unwrap_or_else(|wrong| panic!("{}", shown(&wrong)));
    assert_eq!(answer.files[0].path, "side-by-side.en.txt");
    let losses: Vec<(&str, &str)> =
        answer.losses.iter().map(|loss| (loss.at.as_str(), loss.what.as_str())).collect();
    assert_eq!(losses, [("/scales/0/bands", "the bands of `total`")]);
}

#[test]
fn ids_that_break_the_rules_of_names_are_refused() {
    let exporter = in_memory("names = { longest = 5, reserved = [\"TOTAL\"] }", "x\n");
    let answer = exporter.export(&request(BTreeMap::new()), &Printed::new());
    let answer = answer.unwrap_or_else(|wrong| panic!("{}", shown(&wrong)));
    let found: Vec<(&str, &str)> =
        answer.diagnostics.iter().map(|one| (one.at.as_str(), one.message.as_str())).collect();
    assert_eq!(
        found,
        [
            ("/items/1/id", "`q2-long` is longer than the 5 characters that `small` allows"),
            ("/scales/0/id", "`small` reserves the name `total`"),
        ]
    );
}

#[test]
fn a_score_that_a_dialect_cannot_express_is_an_error_or_a_loss() {
    let exporter = in_memory("dialects = [\"sql\"]", "x\n");
    let why = "the score needs a table of norms".to_owned();
    let printed = Printed::from([("sql", BTreeMap::from([("total".to_owned(), Err(why))]))]);
    let mut request = request(BTreeMap::new());
    let answer =
        exporter.export(&request, &printed).unwrap_or_else(|wrong| panic!("{}", shown(&wrong)));
    let found: Vec<(&str, &str)> =
        answer.diagnostics.iter().map(|one| (one.at.as_str(), one.message.as_str())).collect();
    let message = "the score `total` cannot be exported: the score needs a table of norms";
    assert_eq!(found, [("/scales/0", message)]);
    request.leave_out_scores = true;
    let answer =
        exporter.export(&request, &printed).unwrap_or_else(|wrong| panic!("{}", shown(&wrong)));
    assert!(answer.diagnostics.is_empty());
    assert_eq!(answer.losses[0].what, "the score `total`");
}

/// Writes the pages into the folder named by `SCALEWRIGHT_PAGES`, to look at them in a browser.
#[test]
fn the_page_shows_every_instrument_the_same_on_each_run() {
    let exporter = read("page").unwrap_or_else(|wrong| panic!("{}", shown(&wrong)));
    let lines: usize = ["target.toml", "page.html"]
        .iter()
        .map(|name| {
            std::fs::read_to_string(folder("page").join(name)).expect("text").lines().count()
        })
        .sum();
    assert!(lines < 80, "the example has {lines} lines");
    let mut pages = 0;
    for parent in ["instruments", "tests/scoring", "tests/fixtures"] {
        let entries = std::fs::read_dir(root().join(parent)).expect("a folder").flatten();
        let mut folders: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
        folders.retain(|folder| folder.join("instrument.toml").is_file());
        folders.sort();
        for folder in folders {
            let checked = load(&folder);
            for wording in &checked.instrument.as_ref().expect("no errors").wordings {
                let request = request_of(&checked, wording);
                let export = || {
                    let answer = exporter.export(&request, &Printed::new());
                    answer.unwrap_or_else(|wrong| panic!("{}: {}", folder.display(), shown(&wrong)))
                };
                let answer = export();
                assert_eq!(answer, export(), "{}: the same twice", folder.display());
                let page = answer.files[0].text.as_deref().expect("text");
                for item in &request.instrument.items {
                    assert!(page.contains(&format!("id=\"{}\"", item.id)), "{}", item.id);
                    assert!(page.contains(&format!("name=\"{}\"", item.id)), "{}", item.id);
                }
                if let Some(folder) = std::env::var_os("SCALEWRIGHT_PAGES") {
                    std::fs::write(Path::new(&folder).join(&answer.files[0].path), page)
                        .expect("a file");
                }
                pages += 1;
            }
        }
    }
    assert!(pages >= 20, "only {pages} pages");
}
