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
    for input in ["paths", "args", "format", "sarif-file"] {
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
