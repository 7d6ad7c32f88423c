//! The files for continuous integration: the action's script, the hooks, and the snippets of the documentation. These
//! tests are here and not in `tests/`, because Cargo gives the path of the program only to tests of this package.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

const PROGRAM: &str = env!("CARGO_BIN_EXE_scalewright");

fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().expect("the repository exists")
}

/// Returns a command for a third-party program that `tests/oracles/setup` installs.
fn oracle(name: &str) -> Command {
    let path = root().join("target/oracles/venv/bin").join(name);
    assert!(path.is_file(), "run tests/oracles/setup");
    Command::new(path)
}

/// Returns a folder with a broken instrument and a sound one.
fn repository() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["broken", "sound"] {
        let to = folder.path().join("instruments").join(name);
        fs::create_dir_all(&to).expect("it can be created");
        let from = root().join("tests/reports/library").join(name);
        for entry in fs::read_dir(from).expect("the fixture exists").flatten() {
            fs::copy(entry.path(), to.join(entry.file_name())).expect("it can be copied");
        }
    }
    let settings = "[lints]\nall = \"allow\"\nband-gap = \"warn\"\n";
    fs::write(folder.path().join("scalewright.toml"), settings).expect("it can be written");
    folder
}

/// Runs the script as the action does, with no other environment variables.
fn action(cwd: &Path, inputs: &[(&str, &str)]) -> Output {
    let mut command = Command::new("bash");
    command.arg(root().join(".ci/action")).current_dir(cwd).env_clear();
    command.env("PATH", "/usr/bin:/bin").env("SCALEWRIGHT", PROGRAM).env("GITHUB_ACTIONS", "true");
    command.env("GITHUB_OUTPUT", cwd.join("output")).envs(inputs.iter().copied());
    command.output().expect("`bash` can be run")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn the_action_annotates_errors() {
    let at = repository();
    let done = action(at.path(), &[("INPUT_SARIF_FILE", "reports/results.sarif")]);
    let out = text(&done.stdout);
    assert_eq!(done.status.code(), Some(1), "{out}{}", text(&done.stderr));
    for start in [
        "::warning file=instruments/broken/instrument.toml,line=51,",
        "::error file=instruments/broken/de.toml,line=22,endLine=22,col=1,",
    ] {
        assert!(out.lines().any(|line| line.starts_with(start)), "{start}: {out}");
    }
    assert!(text(&done.stderr).contains("checked 2 instruments: 2 errors, 1 warning"));
    let sarif = fs::read_to_string(at.path().join("reports/results.sarif")).expect("a report");
    let sarif: serde_json::Value = serde_json::from_str(&sarif).expect("it is JSON");
    assert_eq!(sarif["runs"][0]["results"].as_array().map(Vec::len), Some(3));
    let output = fs::read_to_string(at.path().join("output")).expect("an output");
    assert_eq!(output, "exit-code=1\n");
}

#[test]
fn the_action_takes_paths_arguments_and_formats() {
    let at = repository();
    let done = action(at.path(), &[("INPUT_PATHS", "sound\n\n")]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert_eq!(text(&done.stdout), "");
    let done = action(at.path(), &[("INPUT_ARGS", "--library instruments/sound")]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    // A name with a space is one name, and no part of an input is run as a command.
    fs::rename(at.path().join("instruments"), at.path().join("my $(touch run) scales"))
        .expect("moved");
    let inputs = [
        ("INPUT_PATHS", "my $(touch run) scales/sound\nmy $(touch run) scales/broken"),
        ("INPUT_ARGS", "  --deny\n band-gap --allow wording-and-language $(touch run) "),
        ("INPUT_FORMAT", "concise"),
    ];
    let done = action(at.path(), &inputs);
    assert_eq!(done.status.code(), Some(2), "{}", text(&done.stdout));
    let inputs = [inputs[0], ("INPUT_ARGS", "--deny band-gap"), inputs[2]];
    let done = action(at.path(), &inputs);
    let out = text(&done.stdout);
    assert_eq!(done.status.code(), Some(1), "{out}{}", text(&done.stderr));
    assert!(!at.path().join("run").exists());
    let lines: Vec<&str> = out.lines().collect();
    let token = lines[0].strip_prefix("::stop-commands::").expect("commands are stopped");
    assert_eq!(lines.last(), Some(&format!("::{token}::").as_str()));
    assert!(out.contains("51:48: error[band-gap]"), "{out}");
}

#[test]
fn the_action_reports_that_it_could_not_check() {
    let at = repository();
    let inputs = [("INPUT_PATHS", "no-such"), ("INPUT_SARIF_FILE", "results.sarif")];
    let done = action(at.path(), &inputs);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stdout).contains("::error title=scalewright::the check could not be"));
    assert!(text(&done.stderr).contains("no-such"));
    assert!(!at.path().join("results.sarif").exists());
    let done = action(at.path(), &[("SCALEWRIGHT", "/nowhere/scalewright")]);
    assert_eq!(done.status.code(), Some(2), "{}", text(&done.stderr));
}

/// Returns a git repository with two forms of a family, the settings, and all of it in a first commit.
fn family() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for name in ["harbour", "harbour-s"] {
        let to = folder.path().join("instruments").join(name);
        fs::create_dir_all(&to).expect("it can be created");
        let from = root().join("tests/diff/forms/old").join(name).join("instrument.toml");
        fs::copy(from, to.join("instrument.toml")).expect("it can be copied");
    }
    fs::write(folder.path().join("scalewright.toml"), "[lints]\nall = \"allow\"\n")
        .expect("written");
    git(folder.path(), &["init", "--quiet", "--initial-branch=main"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "Start"]);
    folder
}

/// Replaces a text in the definition of an instrument.
fn edit(at: &Path, id: &str, from: &str, to: &str) {
    let path = at.join("instruments").join(id).join("instrument.toml");
    let text = fs::read_to_string(&path).expect("it exists");
    assert!(text.contains(from), "{from}: {text}");
    fs::write(path, text.replacen(from, to, 1)).expect("it can be written");
}

#[test]
fn the_action_shows_what_has_changed_since_the_base() {
    let base = [("EVENT_BASE", "main")];
    let at = family();
    let done = action(at.path(), &base);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert_eq!(text(&done.stdout), "");
    // Official words without a new version.
    edit(at.path(), "harbour", "I slept well.", "I slept soundly.");
    let done = action(at.path(), &base);
    let out = text(&done.stdout);
    assert_eq!(done.status.code(), Some(1), "{out}{}", text(&done.stderr));
    assert!(out.contains("::error file=instruments/harbour/instrument.toml,line=6,"), "{out}");
    assert!(out.contains("title=words::wording, major: the stem of `h_1`"), "{out}");
    let output = fs::read_to_string(at.path().join("output")).expect("an output");
    assert!(output.ends_with("exit-code=1\n"), "{output}");
    // With a new version, it passes, and is still shown.
    edit(at.path(), "harbour", "1.0.0", "2.0.0");
    let summary = at.path().join("summary.md");
    let shown = summary.display().to_string();
    let done = action(at.path(), &[base[0], ("GITHUB_STEP_SUMMARY", shown.as_str())]);
    let out = text(&done.stdout);
    assert_eq!(done.status.code(), Some(0), "{out}{}", text(&done.stderr));
    assert!(out.contains("::warning file=instruments/harbour/instrument.toml,line=27,"), "{out}");
    let summary = fs::read_to_string(summary).expect("a summary");
    assert!(summary.contains("I slept soundly."), "{summary}");
    let done = action(at.path(), &[("EVENT_BASE", "main"), ("INPUT_BASE", "none")]);
    assert_eq!(text(&done.stdout), "", "no comparison");
}

#[test]
fn the_action_sees_a_lost_minus_a_removed_instrument_and_settings() {
    let deny = [("EVENT_BASE", "main"), ("INPUT_DIFF_ARGS", "--deny-warnings")];
    let at = family();
    edit(at.path(), "harbour-s", "\"-s_1\"", "\"s_1\"");
    edit(at.path(), "harbour-s", "1.0.0", "2.0.0");
    let done = action(at.path(), &deny);
    let out = text(&done.stdout);
    assert_eq!(done.status.code(), Some(1), "{out}{}", text(&done.stderr));
    let alone = "title=forms-diverge::the keying of `s_1` has changed on `harbour-s`, \
                 but not that of `h_2` on `harbour`";
    assert!(out.contains(alone), "{out}");
    let at = family();
    fs::remove_dir_all(at.path().join("instruments/harbour-s")).expect("it can be removed");
    let done = action(at.path(), &deny);
    let out = text(&done.stdout);
    assert_eq!(done.status.code(), Some(1), "{out}{}", text(&done.stderr));
    assert!(out.contains("title=instrument-removed::the instrument `harbour-s` is gone"), "{out}");
    let at = family();
    let settings = "[lints]\nall = \"allow\"\n\n[[overrides]]\npath = \"instruments/harbor\"\n\
                    lints = { all = \"hint\" }\n";
    fs::write(at.path().join("scalewright.toml"), settings).expect("it can be written");
    let done = action(at.path(), &deny);
    let out = text(&done.stdout);
    assert_eq!(done.status.code(), Some(1), "{out}{}", text(&done.stderr));
    let changed = "::warning file=scalewright.toml,line=6,";
    assert!(out.contains(changed) && out.contains("title=settings-changed::"), "{out}");
    assert!(out.contains("title=unused-override::`instruments/harbor` does not exist"), "{out}");
}

#[test]
fn the_action_fetches_a_base_that_a_shallow_checkout_lacks() {
    let origin = family();
    let base = {
        let mut command = Command::new("git");
        let done = command.args(["rev-parse", "HEAD"]).current_dir(origin.path()).output();
        text(&done.expect("`git` can be run").stdout).trim().to_owned()
    };
    edit(origin.path(), "harbour", "I slept well.", "I slept soundly.");
    git(origin.path(), &["commit", "--quiet", "--all", "--message", "Change"]);
    git(origin.path(), &["config", "uploadpack.allowAnySHA1InWant", "true"]);
    let folder = tempfile::tempdir().expect("a temporary folder");
    let url = format!("file://{}", origin.path().display());
    git(folder.path(), &["clone", "--quiet", "--depth=1", &url, "here"]);
    let here = folder.path().join("here");
    let done = action(&here, &[("EVENT_BASE", base.as_str())]);
    let out = text(&done.stdout);
    assert_eq!(done.status.code(), Some(1), "{out}{}", text(&done.stderr));
    assert!(out.contains("the stem of `h_1`"), "{out}");
    // A revision that does not exist is no reason to pass.
    let done = action(&here, &[("INPUT_BASE", "no-such-branch")]);
    assert_eq!(done.status.code(), Some(2), "{}", text(&done.stderr));
    // The commit before a new branch is written as zeros.
    let zeros = "0000000000000000000000000000000000000000";
    let done = action(&here, &[("EVENT_BASE", zeros)]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
}

#[test]
fn the_action_reports_only_findings_that_the_baseline_does_not_know() {
    let at = repository();
    fs::remove_dir_all(at.path().join("instruments/broken")).expect("it can be removed");
    let definition = at.path().join("instruments/sound/instrument.toml");
    let own = fs::read_to_string(&definition).expect("it exists");
    let settings = "[lints]\nall = \"allow\"\nno-cases = \"deny\"\n";
    fs::write(at.path().join("scalewright.toml"), settings).expect("it can be written");
    let _ = fs::remove_file(at.path().join("instruments/sound/cases.toml"));
    let inputs = [("INPUT_BASELINE", "known.toml")];
    let mut write = Command::new(PROGRAM);
    let write = write.args(["check", "--write-baseline", "known.toml"]).current_dir(at.path());
    assert!(write.status().expect("it can be run").success());
    let done = action(at.path(), &inputs);
    assert_eq!(done.status.code(), Some(0), "{}{}", text(&done.stdout), text(&done.stderr));
    assert!(
        text(&done.stderr).contains("1 known finding in the baseline"),
        "{}",
        text(&done.stderr)
    );
    let other = at.path().join("instruments/other");
    fs::create_dir(&other).expect("it can be created");
    let id = "id = \"sound\"";
    assert!(own.contains(id));
    fs::write(other.join("instrument.toml"), own.replace(id, "id = \"other\"")).expect("written");
    let done = action(at.path(), &inputs);
    assert_eq!(done.status.code(), Some(1), "{}", text(&done.stderr));
    assert!(text(&done.stdout).contains("instruments/other/instrument.toml"));
}

#[test]
fn the_action_is_valid_and_its_script_reads_its_inputs() {
    let file = root().join("action.yml");
    let done = oracle("check-jsonschema")
        .args(["--builtin-schema", "vendor.github-actions"])
        .arg(&file)
        .output()
        .expect("the program can be run");
    assert!(done.status.success(), "{}", text(&done.stdout));
    let action = fs::read_to_string(&file).expect("it exists");
    let script = fs::read_to_string(root().join(".ci/action")).expect("it exists");
    for input in ["paths", "args", "format", "sarif-file", "baseline", "base", "diff-args"] {
        assert!(action.contains(&format!("\n  {input}:\n")), "{input}");
        let name = format!("INPUT_{}", input.replace('-', "_").to_uppercase());
        assert!(action.contains(&format!("{name}: ${{{{ inputs.{input} }}}}")), "{name}");
        assert!(script.contains(&format!("${{{name}:-")), "{name}");
    }
    let runs = action.split("run: ").nth(1).expect("it runs something");
    assert!(!runs.contains("${{"), "an input is inserted into the script: {runs}");
}

/// Returns the fenced blocks of the page on continuous integration with the info string `fence`, such as `yaml,github`.
fn blocks(fence: &str) -> Vec<String> {
    let page = fs::read_to_string(root().join("docs/src/ci.md")).expect("the page exists");
    let fence = format!("```{fence}\n");
    let blocks = page.split(&fence).skip(1);
    blocks.filter_map(|rest| Some(rest.split_once("```")?.0.to_owned())).collect()
}

#[test]
fn the_snippets_of_the_documentation_are_valid() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (fence, schema) in
        [("yaml,github", "vendor.github-workflows"), ("yaml,gitlab", "vendor.gitlab-ci")]
    {
        let blocks = blocks(fence);
        assert!(!blocks.is_empty(), "{fence}");
        for block in blocks {
            let file = folder.path().join("snippet.yml");
            fs::write(&file, &block).expect("it can be written");
            let mut command = oracle("check-jsonschema");
            let done = command.args(["--builtin-schema", schema]).arg(&file).output();
            let done = done.expect("the program can be run");
            assert!(done.status.success(), "{block}\n{}", text(&done.stdout));
        }
    }
}

fn git(cwd: &Path, args: &[&str]) {
    let mut command = Command::new("git");
    command.args(["-c", "user.name=t", "-c", "user.email=t@example.org"]).args(args);
    let done = command.current_dir(cwd).output().expect("`git` can be run");
    assert!(done.status.success(), "{args:?}: {}", text(&done.stderr));
}

/// Returns a repository with only the hooks, as pre-commit fetches them.
fn hooks() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let name = ".pre-commit-hooks.yaml";
    fs::copy(root().join(name), folder.path().join(name)).expect("it can be copied");
    git(folder.path(), &["init", "--quiet"]);
    git(folder.path(), &["add", "."]);
    git(folder.path(), &["commit", "--quiet", "--message", "Hooks"]);
    folder
}

#[test]
fn the_hooks_stop_a_commit_of_a_broken_instrument() {
    let manifest = root().join(".pre-commit-hooks.yaml");
    let done = oracle("pre-commit")
        .arg("validate-manifest")
        .arg(manifest)
        .output()
        .expect("the program can be run");
    assert!(done.status.success(), "{}{}", text(&done.stdout), text(&done.stderr));
    let (at, hooks) = (repository(), hooks());
    git(at.path(), &["init", "--quiet"]);
    git(at.path(), &["add", "."]);
    let folder = Path::new(PROGRAM).parent().expect("it is in a folder").display().to_string();
    let path = format!("{folder}:{}", std::env::var("PATH").unwrap_or_default());
    let run = |files: &[&str]| {
        let mut command = oracle("pre-commit");
        command.args(["try-repo", "--verbose"]).arg(hooks.path()).arg("scalewright-check");
        command.arg("--files").args(files).current_dir(at.path());
        command.env("PATH", &path).env("PRE_COMMIT_HOME", hooks.path().join("cache"));
        let done = command.output().expect("the program can be run");
        (done.status.code(), text(&done.stdout) + &text(&done.stderr))
    };
    let (code, output) = run(&["instruments/broken/de.toml", "instruments/broken/instrument.toml"]);
    assert_eq!(code, Some(1), "{output}");
    assert!(output.contains("error[unknown-wording-id]"), "{output}");
    assert!(output.contains("checked 1 instrument: 2 errors"), "{output}");
    let (code, output) = run(&["instruments/sound/instrument.toml"]);
    assert_eq!(code, Some(0), "{output}");
    assert!(output.contains("Passed"), "{output}");
    let (code, output) = run(&["scalewright.toml"]);
    assert_eq!(code, Some(0), "{output}");
    assert!(output.contains("Skipped"), "the settings are not an instrument: {output}");
}

#[test]
fn the_hook_shows_what_has_changed() {
    let (at, hooks) = (family(), hooks());
    let folder = Path::new(PROGRAM).parent().expect("it is in a folder").display().to_string();
    let path = format!("{folder}:{}", std::env::var("PATH").unwrap_or_default());
    let run = || {
        let mut command = oracle("pre-commit");
        command.arg("try-repo").arg(hooks.path()).args(["scalewright-diff", "--all-files"]);
        command.current_dir(at.path());
        command.env("PATH", &path).env("PRE_COMMIT_HOME", hooks.path().join("cache"));
        let done = command.output().expect("the program can be run");
        (done.status.code(), text(&done.stdout) + &text(&done.stderr))
    };
    // A deleted instrument is not among the files of a commit, and is shown all the same.
    fs::remove_dir_all(at.path().join("instruments/harbour-s")).expect("it can be removed");
    let (code, output) = run();
    assert_eq!(code, Some(0), "{output}");
    assert!(output.contains("the instrument `harbour-s` is gone"), "{output}");
    edit(at.path(), "harbour", "I slept well.", "I slept soundly.");
    let (code, output) = run();
    assert_eq!(code, Some(1), "{output}");
    assert!(output.contains("error[version-not-bumped]"), "{output}");
}
