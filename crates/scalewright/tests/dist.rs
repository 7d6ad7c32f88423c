//! The files of a release, made by `cargo xtask dist` from the program under test, and used as users do: the archive is
//! unpacked, and the wheel is installed with pip into an empty environment.

mod common;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use common::{PROGRAM, text};
use tempfile::TempDir;

fn root() -> PathBuf {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.canonicalize().expect("the repository exists")
}

/// Returns the Python that `tests/oracles/setup` installs, with maturin.
fn python() -> PathBuf {
    let path = root().join("target/oracles/venv/bin/python");
    assert!(path.is_file(), "run tests/oracles/setup");
    path
}

fn run(program: impl AsRef<Path>, args: &[&str]) -> Output {
    let mut command = Command::new(program.as_ref());
    let done = command.args(args).current_dir(root()).output().expect("it can be run");
    assert!(done.status.success(), "{args:?}: {}{}", text(&done.stdout), text(&done.stderr));
    done
}

/// Returns the folder with the files of a release, made once. The compression level is low, because the program of a
/// debug build is large.
fn made() -> &'static Path {
    static MADE: OnceLock<TempDir> = OnceLock::new();
    let folder = MADE.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let (out, python) = (folder.path().display().to_string(), python().display().to_string());
        let dist = ["run", "--quiet", "--package", "xtask", "--", "dist", "--profile", "dev"];
        let options = ["--level", "1", "--out", &out, "--python", &python];
        run(env!("CARGO"), &[&dist[..], &options].concat());
        folder
    });
    folder.path()
}

/// Returns the only file of the release whose name ends with `ending`.
fn published(ending: &str) -> PathBuf {
    let entries = fs::read_dir(made()).expect("it was made").flatten();
    let mut found: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    found.retain(|path| path.to_string_lossy().ends_with(ending));
    assert_eq!(found.len(), 1, "{ending}: {found:?}");
    found.remove(0)
}

/// Returns the names of the commands, from the help.
fn commands() -> Vec<String> {
    let help = text(&run(PROGRAM, &["--help"]).stdout);
    let list = help.split("Commands:\n").nth(1).expect("commands are listed");
    let list = list.split("\n\n").next().expect("a list ends");
    let lines = list.lines().filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let names = lines.filter_map(|line| line.split_whitespace().next());
    names.filter(|name| *name != "help").map(str::to_owned).collect()
}

#[test]
fn the_archive_is_complete() {
    let archive = published(".tar.gz").display().to_string();
    let top = Path::new(&archive).file_name().expect("a name").to_string_lossy();
    let top = format!("{}/", top.trim_end_matches(".tar.gz"));
    assert!(top.starts_with(concat!("scalewright-", env!("CARGO_PKG_VERSION"), "-")), "{top}");
    let listed = text(&run("tar", &["-tzf", &archive]).stdout);
    let names: BTreeSet<&str> =
        listed.lines().map(|name| name.strip_prefix(&top).expect("one folder")).collect();
    let mut wanted: BTreeSet<String> = [
        "CHANGELOG.md",
        "FONTS.txt",
        "LICENSE-APACHE",
        "LICENSE-MIT",
        "README.md",
        "THIRD-PARTY.txt",
        "completions/_scalewright",
        "completions/_scalewright.ps1",
        "completions/scalewright.bash",
        "completions/scalewright.elv",
        "completions/scalewright.fish",
        "man/scalewright.1",
        "scalewright",
        "scalewright.cdx.json",
    ]
    .map(str::to_owned)
    .into();
    let commands = commands();
    assert!(commands.len() > 10, "{commands:?}");
    wanted.extend(commands.iter().map(|name| format!("man/scalewright-{name}.1")));
    assert_eq!(names, wanted.iter().map(String::as_str).collect());

    let folder = tempfile::tempdir().expect("a temporary folder");
    run("tar", &["-xzf", &archive, "-C", &folder.path().display().to_string()]);
    let unpacked = folder.path().join(&top);
    let version = text(&run(unpacked.join("scalewright"), &["--version"]).stdout);
    assert_eq!(version, concat!("scalewright ", env!("CARGO_PKG_VERSION"), "\n"));
    for command in &commands {
        let page = fs::read_to_string(unpacked.join(format!("man/scalewright-{command}.1")));
        let page = page.expect("a page");
        assert!(page.contains(".SH SYNOPSIS") && page.contains(".SH OPTIONS"), "{command}");
        for shell in ["_scalewright", "scalewright.bash", "scalewright.fish"] {
            let script = fs::read_to_string(unpacked.join("completions").join(shell));
            assert!(script.expect("a script").contains(command.as_str()), "{shell}: {command}");
        }
    }
    bill_of_materials(&unpacked.join("scalewright.cdx.json"));
    let licences = fs::read_to_string(unpacked.join("THIRD-PARTY.txt")).expect("licences");
    for expected in ["typst-library 0.", "MIT License", "Apache License", "zstd-sys 2."] {
        assert!(licences.contains(expected), "{expected}");
    }
}

/// Checks that the SBOM conforms to its schema, and that each package in it agrees with `Cargo.lock`.
fn bill_of_materials(path: &Path) {
    let schema = "import sys; from cyclonedx.schema import SchemaVersion as V; \
        from cyclonedx.validation.json import JsonStrictValidator as J; \
        sys.exit(J(V.V1_6).validate_str(open(sys.argv[1], encoding='utf-8').read()))";
    run(python(), &["-c", schema, &path.display().to_string()]);
    let bom = fs::read_to_string(path).expect("an SBOM");
    let bom: serde_json::Value = serde_json::from_str(&bom).expect("it is JSON");
    let lock = fs::read_to_string(root().join("Cargo.lock")).expect("the lock file exists");
    let components = bom["components"].as_array().expect("a list");
    assert!(components.len() > 200, "{}", components.len());
    let value = |of: &serde_json::Value| of.as_str().unwrap_or_default().to_owned();
    for component in components {
        let (name, version) = (value(&component["name"]), value(&component["version"]));
        let entry = format!("name = \"{name}\"\nversion = \"{version}\"\n");
        let locked = lock.split(&entry).nth(1).unwrap_or_else(|| panic!("{name} {version}"));
        let hash = value(&component["hashes"][0]["content"]);
        let locked = locked.split("[[package]]").next().unwrap_or_default();
        assert_eq!(locked.contains("checksum"), !hash.is_empty(), "{name}");
        assert!(locked.contains(&hash), "{name}: {hash}");
    }
}

#[test]
fn checksums_match_the_files() {
    let sums = published("SHA256SUMS");
    let listed = fs::read_to_string(&sums).expect("it is text");
    let names: Vec<&str> = listed.lines().filter_map(|line| line.split("  ").nth(1)).collect();
    assert_eq!(names.len(), 2, "{listed}");
    let mut command = Command::new("sha256sum");
    let done = command.args(["--check", "SHA256SUMS"]).current_dir(made()).output();
    let done = done.expect("`sha256sum` can be run");
    assert!(done.status.success(), "{}{}", text(&done.stdout), text(&done.stderr));
}

#[test]
fn the_wheel_installs_the_command() {
    let wheel = published(".whl").display().to_string();
    let bare = tempfile::tempdir().expect("a temporary folder");
    let at = bare.path().display().to_string();
    run("python3", &["-m", "venv", &at]);
    let pip = ["-m", "pip", "install", "--quiet", "--no-index", "--disable-pip-version-check"];
    run(bare.path().join("bin/python"), &[&pip[..], &[&wheel]].concat());
    let mut command = Command::new(bare.path().join("bin/scalewright"));
    let done = command.args(["check", "instruments/side-by-side"]).env_clear();
    let done = done.current_dir(root()).output().expect("it was installed");
    assert!(done.status.success(), "{}", text(&done.stderr));
    let installed =
        text(&run(bare.path().join("bin/pip"), &["show", "--files", "scalewright"]).stdout);
    for name in [
        concat!("Version: ", env!("CARGO_PKG_VERSION")),
        "bin/scalewright\n",
        "share/man/man1/scalewright-check.1",
        "share/bash-completion/completions/scalewright",
        "licenses/LICENSE-MIT",
        "licenses/THIRD-PARTY.txt",
        "sboms/scalewright.cdx.json",
    ] {
        assert!(installed.contains(name), "{name}: {installed}");
    }
}

#[test]
fn the_same_input_gives_the_same_archive() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    for name in ["parts/man", "first", "second"] {
        fs::create_dir_all(at(name)).expect("it can be created");
    }
    fs::write(at("parts/man/scalewright.1"), ".TH").expect("it can be written");
    fs::write(at("program"), "program").expect("it can be written");
    let target = "x86_64-unknown-linux-gnu";
    for out in ["first", "second"] {
        let make = ["xtask/dist/make.py", "archive", "--root", ".", "--target", target];
        let given = ["--program", &at("program"), "--extras", &at("parts"), "--out", &at(out)];
        run(python(), &[&make[..], &given].concat());
        // A newer modification time must not change the archive.
        fs::write(at("program"), "program").expect("it can be written");
    }
    let name = format!("scalewright-{}-{target}.tar.gz", env!("CARGO_PKG_VERSION"));
    let [first, second] =
        ["first", "second"].map(|out| fs::read(folder.path().join(out).join(&name)));
    assert!(first.expect("made") == second.expect("made"), "the archives differ");
}

/// The release workflow conforms to its schema, and makes all files with the command that can be run anywhere.
#[test]
fn the_workflow_builds_with_the_command() {
    let file = root().join(".github/workflows/release.yml").display().to_string();
    let check = root().join("target/oracles/venv/bin/check-jsonschema");
    run(check, &["--builtin-schema", "vendor.github-workflows", &file]);
    let read = "import json, sys, yaml; print(json.dumps(yaml.safe_load(open(sys.argv[1]))))";
    let workflow = run(python(), &["-c", read, &file]).stdout;
    let workflow: serde_json::Value = serde_json::from_slice(&workflow).expect("it is JSON");
    let dist = &workflow["jobs"]["dist"];
    let list = |of: &serde_json::Value| of.as_array().cloned().unwrap_or_default();
    let targets: Vec<String> = list(&dist["strategy"]["matrix"]["include"])
        .iter()
        .map(|row| row["target"].as_str().unwrap_or_default().to_owned())
        .collect();
    assert_eq!(
        targets,
        [
            "x86_64-unknown-linux-gnu",
            "aarch64-unknown-linux-gnu",
            "x86_64-unknown-linux-musl",
            "x86_64-apple-darwin",
            "aarch64-apple-darwin",
            "x86_64-pc-windows-msvc",
        ]
    );
    let deny = fs::read_to_string(root().join("deny.toml")).expect("it exists");
    for target in &targets {
        assert!(deny.contains(&format!("\"{target}\"")), "{target} is missing in deny.toml");
    }
    let steps: Vec<serde_json::Value> =
        ["dist", "publish"].iter().flat_map(|job| list(&workflow["jobs"][*job]["steps"])).collect();
    let runs = steps.iter().filter_map(|step| step["run"].as_str());
    let builds: Vec<&str> = runs.filter(|run| run.contains("cargo xtask dist")).collect();
    let build = "cargo xtask dist --target ${{ matrix.target }} --python \"$DIST_PYTHON\"";
    assert_eq!(builds, [build]);
    for used in steps.iter().filter_map(|step| step["uses"].as_str()) {
        let version = used.split_once('@').map_or("", |(_, version)| version);
        assert!(version.starts_with('v') || version.len() == 40, "{used} is not pinned");
    }
    assert_eq!(workflow["permissions"]["contents"], "read");
    let text = fs::read_to_string(&file).expect("it is text");
    assert!(!text.contains("secrets."), "the workflow must not need secrets");
}

/// If its version has a release, the action downloads the program by the names that `cargo xtask dist` gives, and
/// accepts it only with the right checksum.
#[test]
fn the_action_downloads_the_program_of_a_release() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    let target = match std::env::consts::ARCH {
        "x86_64" => "x86_64-unknown-linux-musl",
        arch => &format!("{arch}-unknown-linux-gnu"),
    };
    let name = format!("scalewright-0.1.0-{target}");
    for made in ["release", "bin", &name] {
        fs::create_dir(at(made)).expect("it can be created");
    }
    script(&at(&name).join("scalewright"), "echo \"of the release: $1\"");
    // A replacement for `curl` that copies the requested file from the folder instead of the network.
    let curl = "while [ $# -gt 1 ]; do [ \"$1\" != --output ] || out=$2; shift; done; \
        cp \"$RELEASE/${1##*/v0.1.0/}\" \"$out\"";
    script(&at("bin/curl"), curl);
    let archive = format!("release/{name}.tar.gz");
    let [packed, from] =
        [at(&archive), folder.path().into()].map(|path| path.display().to_string());
    run("tar", &["-czf", &packed, "-C", &from, &name]);
    let sums = "cd \"$0\" && sha256sum -- *.tar.gz > SHA256SUMS";
    run("bash", &["-c", sums, &at("release").display().to_string()]);
    let action = |temp: &str| {
        fs::create_dir(at(temp)).expect("it can be created");
        let mut command = Command::new("bash");
        command.arg(root().join(".ci/action")).current_dir(folder.path()).env_clear();
        command.env("PATH", format!("{}:/usr/bin:/bin", at("bin").display()));
        command.env("RUNNER_TEMP", at(temp)).env("RELEASE", at("release"));
        command.env("ACTION_REPOSITORY", "someone/scalewright").env("ACTION_REF", "v0.1.0");
        command.output().expect("`bash` can be run")
    };
    let done = action("first");
    assert_eq!(text(&done.stdout), "of the release: check\n", "{}", text(&done.stderr));
    fs::write(at(&archive), "something else").expect("it can be written");
    let done = action("second");
    assert_eq!(done.status.code(), Some(2), "{}", text(&done.stdout));
    assert!(text(&done.stderr).contains("no release for this machine"), "{}", text(&done.stderr));
}

/// Writes an executable shell script.
fn script(path: &Path, commands: &str) {
    use std::os::unix::fs::PermissionsExt;
    fs::write(path, format!("#!/bin/sh\n{commands}\n")).expect("it can be written");
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).expect("it can be created");
}
