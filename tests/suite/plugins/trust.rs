//! Which plug-ins run, and what is left if one of them does not answer well: on the command line.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use crate::support::{Run, root, run};

/// A study whose settings name the command of an exporter.
struct Study(TempDir);

impl Study {
    fn new(settings: &str) -> Self {
        let study = tempfile::tempdir().expect("a temporary folder");
        fs::create_dir(study.path().join("plugins")).expect("the folder can be created");
        for (from, to) in [
            ("itemlist/itemlist.py", "plugins/itemlist.py"),
            ("house/house.py", "plugins/house.py"),
        ] {
            let from = root().join("tests/plugins").join(from);
            fs::copy(from, study.path().join(to)).expect("the example exists");
        }
        fs::write(study.path().join("scalewright.toml"), settings).expect("the file is writable");
        Self(study)
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Runs the program with a record of trusted plug-ins of its own.
    fn run(&self, args: &[&str]) -> Run {
        let config = self.path().join("config").display().to_string();
        run(&[args, &["--config-dir", &config]].concat(), self.path())
    }

    fn export(&self, target: &str, more: &[&str]) -> Run {
        let instrument = root().join("instruments/side-by-side").display().to_string();
        self.run(&[&["export", &instrument, "--to", target, "--out", "out"], more].concat())
    }

    fn has_output(&self) -> bool {
        self.path().join("out").exists()
    }
}

const ITEMLIST: &str =
    "[plugins.export.itemlist]\ncommand = [\"python3\", \"plugins/itemlist.py\"]\n";

#[test]
fn a_command_of_the_settings_runs_only_if_it_is_trusted_and_unchanged() {
    let study = Study::new(ITEMLIST);
    let untrusted = study.export("itemlist", &[]);
    assert_eq!(untrusted.code, 2, "{}", untrusted.err);
    for part in
        ["you have not trusted", "plugins/itemlist.py`", "scalewright plugin trust itemlist"]
    {
        assert!(untrusted.err.contains(part), "{part}: {}", untrusted.err);
    }
    assert!(!study.has_output(), "nothing is written");
    let trusted = study.run(&["plugin", "trust"]);
    assert_eq!(trusted.code, 0, "{}", trusted.err);
    let done = study.export("itemlist", &[]);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(study.path().join("out/side-by-side.en.itemlist.csv").is_file(), "{}", done.out);
    let program = study.path().join("plugins/itemlist.py");
    let text = fs::read_to_string(&program).expect("the program exists");
    fs::write(&program, text + "\n# changed\n").expect("the program is writable");
    let changed = study.export("itemlist", &[]);
    assert_eq!(changed.code, 2, "{}", changed.err);
    assert!(changed.err.contains("has changed since you trusted it"), "{}", changed.err);
    assert_eq!(study.run(&["plugin", "trust", "itemlist"]).code, 0);
    assert_eq!(study.export("itemlist", &[]).code, 0);
    let removed = study.run(&["plugin", "trust", "--remove"]);
    assert!(removed.err.contains("1 command no longer trusted"), "{}", removed.err);
    assert_eq!(study.export("itemlist", &[]).code, 2);
    assert_eq!(study.export("itemlist", &["--trust-plugins"]).code, 0, "for this run");
}

#[test]
fn a_damaged_record_trusts_nothing_and_is_not_overwritten() {
    let study = Study::new(ITEMLIST);
    let record = study.path().join("config/trusted-plugins.json");
    fs::create_dir(study.path().join("config")).expect("the folder can be created");
    fs::write(&record, "{\"trusted\": [").expect("the file is writable");
    for args in [&["plugin", "trust"][..], &["plugin", "list"]] {
        let result = study.run(args);
        assert!(
            result.code == 2 && result.err.contains("is damaged")
                || result.out.contains("is damaged"),
            "{args:?}: {}{}",
            result.out,
            result.err
        );
    }
    assert_eq!(study.export("itemlist", &[]).code, 2);
    assert_eq!(fs::read_to_string(record).expect("the record exists"), "{\"trusted\": [");
}

#[test]
fn mistakes_in_the_settings_of_plugins_are_reported_at_their_place() {
    for (settings, code, place) in [
        ("[plugins.export.Bad_Name]\ncommand = [\"x\"]", "wrong-form", "1:"),
        ("[plugins.export.a]\ncommand = []", "empty-list", "2:"),
        ("[plugins.export.a]\ncommand = [\"\"]", "wrong-form", "2:"),
        ("[plugins.export.a]\ncomand = [\"x\"]", "unknown-key", "2:"),
        ("[plugins.lint.a]\ntemplates = \"a\"", "misplaced-key", "2:"),
        ("[plugins.export.a]\ntemplates = \"a\"\ntime-limit = 5", "misplaced-key", "3:"),
        ("[plugins.export.a]\ncommand = [\"x\"]\npass-env = [\"A=B\"]", "wrong-form", "3:"),
        ("[plugins.export.a]\ncommand = [\"x\"]\ntime-limit = 0", "out-of-range", "3:"),
        ("[plugins.export.pdf]\ncommand = [\"x\"]", "built-in-target", "1:"),
        ("[export.nosuch]\nx = true", "unknown-target", "1:"),
        (
            "[plugins.lint.house]\ncommand = [\"python3\", \"plugins/house.py\"]\n[lints.house]\nlong-steem = \"deny\"",
            "unknown-lint",
            "4:",
        ),
    ] {
        let study = Study::new(settings);
        let instrument = root().join("instruments/side-by-side").display().to_string();
        let result = study.run(&["check", &instrument, "--trust-plugins"]);
        assert_eq!(result.code, 2, "{settings}: {}", result.err);
        let wanted = format!("scalewright.toml:{place}");
        assert!(result.err.contains(&format!("error[{code}]")), "{settings}: {}", result.err);
        assert!(result.err.contains(&wanted), "{settings}: {}", result.err);
    }
}

#[test]
fn options_of_a_plugin_are_checked_like_ours() {
    let study = Study::new(&format!("{ITEMLIST}[export.itemlist]\ndelimiter = \"pip\"\n"));
    let wrong = study.export("itemlist", &["--trust-plugins"]);
    assert_eq!(wrong.code, 2, "{}", wrong.err);
    assert!(wrong.err.contains("scalewright.toml:4:13"), "{}", wrong.err);
    for (set, part) in [
        ("itemlist.delimiter=x", "cannot be `x`"),
        ("itemlist.delimiters=tab", "did you mean `delimiter`?"),
        ("itemlist.scores=yes", ""),
    ] {
        let study = Study::new(ITEMLIST);
        let result = study.export("itemlist", &["--trust-plugins", "--set", set]);
        assert_eq!(result.code == 0, part.is_empty(), "{set}: {}", result.err);
        assert!(result.err.contains(part), "{set}: {}", result.err);
    }
    let study = Study::new(ITEMLIST);
    let unused = study.export("itemlist", &["--trust-plugins", "--paper", "a4"]);
    assert!(unused.err.contains("`--paper` has no effect on `itemlist`"), "{}", unused.err);
    let study = Study::new(ITEMLIST);
    let grouped = study.export("itemlist", &["--trust-plugins", "--study", "trial"]);
    assert!(grouped.err.contains("`itemlist` cannot publish a study"), "{}", grouped.err);
}

#[test]
fn a_hostile_plugin_is_one_error_and_nothing_is_written() {
    // One of each kind; the tests of the crate have all of them, with processes and memory.
    for name in [
        "absolute-path",
        "another-protocol",
        "case-collision",
        "endless-output",
        "half-an-answer",
        "invalid-json",
        "many-files-answered",
        "parent-folder",
        "segfault",
        "sleeping",
        "sparse-file",
        "unknown-key",
    ] {
        let script = root().join(format!("tests/plugins/hostile/{name}.py")).display().to_string();
        let study = Study::new(&format!(
            "[plugins.export.hostile]\ncommand = [\"python3\", {script:?}]\ntime-limit = 1\noutput-limit = 2\nfile-limit = 50\n"
        ));
        let result = study.export("hostile", &["--trust-plugins", "--quiet"]);
        assert_ne!(result.code, 0, "{name}: {}", result.err);
        let errors = result.err.lines().filter(|line| line.starts_with("error"));
        assert_eq!(errors.count(), 1, "{name}: {}", result.err);
        assert!(!study.has_output(), "{name}: nothing is written");
    }
}

#[cfg(unix)]
#[test]
fn files_in_folders_are_not_written_through_links() {
    let study = Study::new("[plugins.export.deep]\ncommand = [\"python3\", \"plugins/deep.py\"]\n");
    let program = "import json, sys\nfor line in sys.stdin:\n    kind = json.loads(line)['request']\n    \
        print(json.dumps({'protocol': 1, 'kind': 'export', 'name': 'deep', 'version': '1', 'summary': 'x'}\n        \
        if kind == 'describe' else {'protocol': 1, 'files': [{'path': 'sub/x.txt', 'text': 'x'}]}))\n";
    fs::write(study.path().join("plugins/deep.py"), program).expect("the file is writable");
    for folder in ["out", "elsewhere"] {
        fs::create_dir(study.path().join(folder)).expect("the folder can be created");
    }
    let link = study.path().join("out/sub");
    std::os::unix::fs::symlink(study.path().join("elsewhere"), &link)
        .expect("the link can be made");
    let result = study.export("deep", &["--trust-plugins"]);
    assert_eq!(result.code, 2, "{}", result.err);
    assert!(result.err.contains("`out/sub` is a link"), "{}", result.err);
    let entries = fs::read_dir(study.path().join("elsewhere")).expect("the folder exists").count();
    assert_eq!(entries, 0, "nothing is written elsewhere");
    fs::remove_file(link).expect("the link exists");
    assert_eq!(study.export("deep", &["--trust-plugins"]).code, 0);
    assert!(study.path().join("out/sub/x.txt").is_file());
}

#[test]
fn lints_of_the_settings_run_in_every_check() {
    let settings = "[plugins.lint.house]\ncommand = [\"python3\", \"plugins/house.py\"]\n[lints.house]\nlong-stem = \"deny\"\n";
    let study = Study::new(settings);
    let text = fs::read_to_string(root().join("instruments/side-by-side/instrument.toml"))
        .expect("the definition exists");
    let long = format!("stem = \"I had a say in {} how we used our time.\"", "very ".repeat(40));
    let text = text.replacen("stem = \"I had a say in how we used our time.\"", &long, 1);
    let text: String = text
        .lines()
        .filter(|line| !line.starts_with("translations"))
        .map(|line| format!("{line}\n"))
        .collect();
    fs::write(study.path().join("form.toml"), text).expect("the file is writable");
    let untrusted = study.run(&["check", "form.toml"]);
    assert_eq!(untrusted.code, 2, "{}", untrusted.err);
    let checked = study.run(&["check", "form.toml", "--trust-plugins"]);
    assert_eq!(checked.code, 1, "{}{}", checked.out, checked.err);
    assert!(checked.out.contains("error[house/long-stem]"), "{}", checked.out);
    assert!(checked.out.contains("form.toml:"), "{}", checked.out);
    // Other commands do not run it.
    assert_eq!(study.run(&["explain-score", "form.toml"]).code, 0);
}

#[test]
fn the_house_style_of_the_settings_reaches_plugins() {
    let house = root().join("tests/fixtures/house");
    let settings = fs::read_to_string(house.join("scalewright.toml")).expect("the settings exist");
    let study = Study::new(&format!(
        "{settings}\n[plugins.export.shows]\ncommand = [\"python3\", \"plugins/shows.py\"]\n"
    ));
    fs::copy(house.join("logo.svg"), study.path().join("logo.svg")).expect("the logo exists");
    let program = "import base64, json, sys\nfor line in sys.stdin:\n    request = json.loads(line)\n    \
        if request['request'] == 'describe':\n        \
        print(json.dumps({'protocol': 1, 'kind': 'export', 'name': 'shows', 'version': '1', 'summary': 'x'}))\n    \
        else:\n        house = request['house']\n        \
        logo = base64.b64decode(house['logo']['base64']).decode()\n        \
        files = [{'path': 'x.txt', 'text': house['colour'] + house['footer'] + logo}]\n        \
        print(json.dumps({'protocol': 1, 'files': files}))\n";
    fs::write(study.path().join("plugins/shows.py"), program).expect("the file is writable");
    let result = study.export("shows", &["--trust-plugins"]);
    assert_eq!(result.code, 0, "{}", result.err);
    let text = fs::read_to_string(study.path().join("out/x.txt")).expect("the file is written");
    let logo = fs::read_to_string(house.join("logo.svg")).expect("the logo exists");
    assert!(text.starts_with("#1f4e79The Harbour Study") && text.ends_with(&logo), "{text}");
}
