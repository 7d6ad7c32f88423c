//! Output files: all are written completely, or none; links, devices and pipes are written through; permissions are
//! respected.
#![cfg(target_os = "linux")]

mod common;

use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::{PROGRAM, SCORES, TestFolder, text};

fn mode(at: &TestFolder, name: &str) -> u32 {
    fs::metadata(at.at(name)).expect("it exists").permissions().mode() & 0o7777
}

fn make_pipe(at: &TestFolder, name: &str) {
    let made = Command::new("mkfifo").arg(at.at(name)).status().expect("`mkfifo` can be run");
    assert!(made.success());
}

#[test]
fn links_are_followed_and_stay() {
    let at = TestFolder::new();
    at.write("data/old.csv", "old");
    symlink("data/old.csv", at.at("link.csv")).expect("it can be created");
    symlink("data/new.csv", at.at("dangling.csv")).expect("it can be created");
    symlink("link.csv", at.at("far.csv")).expect("it can be created");
    for (link, file) in [
        ("link.csv", "data/old.csv"),
        ("dangling.csv", "data/new.csv"),
        ("far.csv", "data/old.csv"),
    ] {
        fs::remove_file(at.at(file)).ok();
        if link != "dangling.csv" {
            at.write(file, "old");
        }
        let done = at.score(&["--out", link]);
        assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
        assert!(fs::symlink_metadata(at.at(link)).expect("it exists").is_symlink());
        assert_eq!(at.read(file), SCORES);
    }
    symlink("circle", at.at("circle")).expect("it can be created");
    let done = at.score(&["--out", "circle"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("cannot write `circle`"), "{}", text(&done.stderr));
}

#[test]
fn a_hyphen_is_standard_output() {
    let at = TestFolder::new();
    let done = at.score(&["--out", "-"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert_eq!(text(&done.stdout), SCORES);
    assert!(!at.at("-").exists());
}

#[test]
fn devices_and_pipes_are_written_through() {
    let at = TestFolder::new();
    assert_eq!(at.score(&["--out", "/dev/null"]).status.code(), Some(0));
    let null = fs::metadata("/dev/null").expect("it exists");
    assert!(null.file_type().is_char_device());
    let full = at.score(&["--out", "/dev/full"]);
    assert_eq!(full.status.code(), Some(2));
    assert!(text(&full.stderr).contains("no space left on device"), "{}", text(&full.stderr));
    make_pipe(&at, "pipe");
    let reader = {
        let path = at.at("pipe");
        std::thread::spawn(move || {
            let mut read = String::new();
            File::open(path).expect("it exists").read_to_string(&mut read).expect("it is text");
            read
        })
    };
    let done = at.score(&["--out", "pipe"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert_eq!(reader.join().expect("it was read"), SCORES);
    assert!(fs::metadata(at.at("pipe")).expect("it exists").file_type().is_fifo());
    // A file that is open under a descriptor is appended to, as with `>>` in a shell.
    at.write("log", "before\n");
    let script =
        format!("exec 3>>log; '{PROGRAM}' score two answers.csv --columns scores -o /dev/fd/3");
    let done = Command::new("sh").args(["-c", &script]).current_dir(at.path()).output();
    assert_eq!(done.expect("`sh` can be run").status.code(), Some(0));
    assert_eq!(at.read("log"), format!("before\n{SCORES}"));
}

#[test]
fn new_files_obey_the_umask_and_existing_ones_keep_their_mode() {
    let at = TestFolder::new();
    let under = |umask: &str, out: &str| {
        let script = format!("umask {umask}; '{PROGRAM}' score two answers.csv --out {out}");
        let done = Command::new("sh").args(["-c", &script]).current_dir(at.path()).status();
        assert!(done.expect("`sh` can be run").success());
    };
    for (umask, new) in [("077", 0o600), ("022", 0o644), ("002", 0o664)] {
        under(umask, umask);
        assert_eq!(mode(&at, umask), new, "{umask}");
        for kept in [0o600, 0o640, 0o644, 0o666] {
            at.write("old", "old");
            fs::set_permissions(at.at("old"), fs::Permissions::from_mode(kept))
                .expect("the mode can be changed");
            under(umask, "old");
            assert_eq!(mode(&at, "old"), kept, "{umask}");
        }
    }
}

#[test]
fn an_interrupted_run_leaves_nothing() {
    let at = TestFolder::new();
    let before = at.names();
    for signal in ["INT", "TERM", "KILL"] {
        let args =
            ["score", "two", "-", "--out", "out.csv", "--report", "r.csv", "--on-error", "skip"];
        let mut command = at.command(&args);
        let mut child = command
            .stdin(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the program can be run");
        let mut input = child.stdin.take().expect("a pipe");
        input.write_all(b"respondent,x_1,x_2\n").expect("it is read");
        // More rows than fit in a pipe: when the program has read them, it has already written scores.
        for row in 0..100_000 {
            writeln!(input, "p{row},1,2").expect("it is read");
        }
        let pid = child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &pid]).status();
        assert!(sent.expect("`kill` can be run").success());
        assert_eq!(child.wait().expect("it ends").code(), None, "it was killed");
        drop(input);
        assert_eq!(at.names(), before, "{signal}");
    }
}

#[test]
fn two_outputs_must_be_different_files() {
    let at = TestFolder::new();
    at.write("answers.csv", "respondent,x_1,x_2\np1,1,2\np2,7,1\n");
    at.write("there.csv", "there");
    fs::hard_link(at.at("there.csv"), at.at("hard.csv")).expect("it can be created");
    symlink("there.csv", at.at("soft.csv")).expect("it can be created");
    symlink("new.csv", at.at("dangling.csv")).expect("it can be created");
    symlink(".", at.at("here")).expect("it can be created");
    let before = at.names();
    for (out, report) in [
        ("new.csv", "new.csv"),
        ("new.csv", "./new.csv"),
        ("new.csv", "instruments/../new.csv"),
        ("new.csv", "here/new.csv"),
        ("new.csv", "dangling.csv"),
        ("there.csv", "hard.csv"),
        ("there.csv", "soft.csv"),
        ("soft.csv", "hard.csv"),
        ("/dev/stdout", "/dev/fd/1"),
    ] {
        let done = at.score(&["--out", out, "--report", report, "--on-error", "skip"]);
        let err = text(&done.stderr);
        assert_eq!(done.status.code(), Some(2), "{out} {report}: {err}");
        assert!(err.contains("are the same file"), "{out} {report}: {err}");
        assert_eq!(at.names(), before);
        assert_eq!(at.read("there.csv"), "there");
    }
    // A shell redirects standard output to the file of the report.
    let script =
        format!("'{PROGRAM}' score two answers.csv --on-error skip --report r.csv > r.csv");
    let done = Command::new("sh").args(["-c", &script]).current_dir(at.path()).output();
    assert_eq!(done.expect("`sh` can be run").status.code(), Some(2));
}

#[test]
fn inputs_are_never_overwritten() {
    let at = TestFolder::new();
    at.write("map.toml", "[columns]\nx_1 = \"x_1\"\nx_2 = \"x_2\"\n");
    fs::hard_link(at.at("answers.csv"), at.at("hard.csv")).expect("it can be created");
    let definition = at.read("instruments/two/instrument.toml");
    for out in ["answers.csv", "./hard.csv", "map.toml", "instruments/two/instrument.toml"] {
        for more in [&["--out", out][..], &["--report", out, "--on-error", "skip"]] {
            let mut args = vec!["--map", "map.toml"];
            args.extend(more);
            let done = at.score(&args);
            let err = text(&done.stderr);
            assert_eq!(done.status.code(), Some(2), "{args:?}: {err}");
            // Tables are never TOML, so such a name is refused anyway, with another message.
            let why = if out.ends_with(".toml") {
                "is not a supported"
            } else {
                "is a file that is read"
            };
            assert!(err.contains(why), "{args:?}: {err}");
        }
    }
    let done = at.run(&["check", "--format", "json", "--out", "instruments/two/instrument.toml"]);
    assert_eq!(done.status.code(), Some(2), "{}", text(&done.stderr));
    assert_eq!(at.read("answers.csv"), common::ANSWERS);
    assert_eq!(at.read("instruments/two/instrument.toml"), definition);
}

#[test]
fn either_all_outputs_are_written_or_none() {
    let at = TestFolder::new();
    at.write("answers.csv", "respondent,x_1,x_2\np1,1,2\np2,7,1\n");
    at.write("scores.csv", "old");
    fs::create_dir(at.at("folder")).expect("it can be created");
    let before = at.names();
    for report in ["folder", "answers.csv/x.csv", "/dev/full"] {
        for out in ["scores.csv", "new/deep/scores.csv"] {
            let done = at.score(&["--out", out, "--report", report, "--on-error", "skip"]);
            assert_eq!(done.status.code(), Some(2), "{report}: {}", text(&done.stderr));
            assert_eq!(at.names(), before, "{report}");
            assert_eq!(at.read("scores.csv"), "old");
        }
    }
    // One of the files of the export has the same name as an existing folder.
    fs::create_dir_all(at.at("out/two.en.fhir.json")).expect("it can be created");
    fs::write(at.at("out/two.en.fhir.json/x"), "x").expect("it can be written");
    let to = ["export", "two", "--to", "redcap,fhir", "--out", "out"];
    let names = fs::read_dir(at.at("out")).expect("it exists").count();
    let done = at.run(&to);
    if done.status.code() == Some(2) {
        assert_eq!(fs::read_dir(at.at("out")).expect("it exists").count(), names);
    }
}

/// Runs the program with a time limit: waiting for a pipe without a writer would never end.
fn ends(at: &TestFolder, args: &[&str]) -> (Option<i32>, String) {
    let mut command = at.command(args);
    let mut child = command
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program can be run");
    let begun = Instant::now();
    while child.try_wait().expect("the program can be run").is_none() {
        if begun.elapsed() > Duration::from_secs(60) {
            child.kill().expect("the program can be run");
            panic!("{args:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let done = child.wait_with_output().expect("it ended");
    (done.status.code(), text(&done.stderr))
}

#[test]
fn pipes_are_refused_instead_of_waited_for() {
    let at = TestFolder::new();
    fs::create_dir_all(at.at("forms")).expect("it can be created");
    at.instrument("instruments/other");
    for pipe in ["forms/x.pdf", "de.toml", "instruments/other/de.toml", "scalewright.toml"] {
        make_pipe(&at, pipe);
    }
    let cases: [(&[&str], &str); 5] = [
        (&["read", "forms", "--instrument", "two"], "forms/x.pdf"),
        (&["read", "forms/x.pdf", "--instrument", "two"], "forms/x.pdf"),
        (&["check", "--wording", "de.toml"], "de.toml"),
        (&["check", "other"], "instruments/other/de.toml"),
        (&["list"], "instruments/other/de.toml"),
    ];
    let (code, err) = ends(&at, &["list"]);
    assert_eq!(code, Some(2), "{err}");
    assert!(err.contains("cannot read `scalewright.toml`: it is a pipe"), "{err}");
    fs::remove_file(at.at("scalewright.toml")).expect("it exists");
    for (args, named) in cases {
        if args[0] == "read" && cfg!(not(feature = "pdf")) {
            continue;
        }
        let (code, err) = ends(&at, args);
        assert_eq!(code, Some(2), "{args:?}: {err}");
        assert!(err.contains(&format!("cannot read `{named}`")), "{args:?}: {err}");
    }
}

/// Root may read everything, so the program runs as another user.
#[test]
fn unreadable_files_are_errors() {
    use std::os::unix::process::CommandExt;
    let at = TestFolder::new();
    let is_root = Command::new("id").arg("-u").output().expect("`id` can be run").stdout == b"0\n";
    let open = |path: &str, mode| {
        fs::set_permissions(at.at(path), fs::Permissions::from_mode(mode))
            .expect("the mode can be changed");
    };
    at.instrument("instruments/shut/below");
    at.write("forms/a.pdf", "%PDF-");
    open("", 0o755);
    open("instruments/shut", 0o000);
    open("forms", 0o000);
    let run = |args: &[&str]| {
        let mut command = at.command(args);
        if is_root {
            command.uid(65_534).gid(65_534);
        }
        command.output().expect("the program can be run")
    };
    for args in [&["check"][..], &["list"], &["fmt", "--check"], &["check", "instruments"]] {
        let done = run(args);
        let err = text(&done.stderr);
        assert_eq!(done.status.code(), Some(2), "{args:?}: {err}");
        assert!(err.contains("cannot read `instruments/shut"), "{args:?}: {err}");
        assert!(err.contains("permission denied"), "{args:?}: {err}");
    }
    assert!(text(&run(&["list"]).stdout).contains("two"), "the others are still listed");
    if cfg!(feature = "pdf") {
        let done = run(&["read", "forms", "--instrument", "two"]);
        let err = text(&done.stderr);
        assert_eq!(done.status.code(), Some(2), "{err}");
        assert!(err.contains("cannot read `forms`: permission denied"), "{err}");
    }
    open("instruments/shut", 0o755);
    open("forms", 0o755);
}
