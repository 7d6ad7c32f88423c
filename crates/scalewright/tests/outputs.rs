//! Files that are written: whole and together or not at all; through links, devices and pipes; and by the rules of whoever
//! owns the folder.
#![cfg(target_os = "linux")]

mod common;

use std::fs::{self, File};
use std::io::{Read, Write};
use std::os::unix::fs::{FileTypeExt, PermissionsExt, symlink};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use common::{PROGRAM, Place, SCORES, text};

fn mode(at: &Place, name: &str) -> u32 {
    fs::metadata(at.at(name)).expect("it is there").permissions().mode() & 0o7777
}

fn make_pipe(at: &Place, name: &str) {
    let made = Command::new("mkfifo").arg(at.at(name)).status().expect("there is mkfifo");
    assert!(made.success());
}

#[test]
fn links_are_followed_and_stay() {
    let at = Place::new();
    at.write("data/old.csv", "old");
    symlink("data/old.csv", at.at("link.csv")).expect("it can be made");
    symlink("data/new.csv", at.at("dangling.csv")).expect("it can be made");
    symlink("link.csv", at.at("far.csv")).expect("it can be made");
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
        assert!(fs::symlink_metadata(at.at(link)).expect("it is there").is_symlink());
        assert_eq!(at.read(file), SCORES);
    }
    symlink("circle", at.at("circle")).expect("it can be made");
    let done = at.score(&["--out", "circle"]);
    assert_eq!(done.status.code(), Some(2));
    assert!(text(&done.stderr).contains("cannot write `circle`"), "{}", text(&done.stderr));
}

#[test]
fn devices_and_pipes_are_written_through() {
    let at = Place::new();
    assert_eq!(at.score(&["--out", "/dev/null"]).status.code(), Some(0));
    let null = fs::metadata("/dev/null").expect("it is there");
    assert!(null.file_type().is_char_device());
    let full = at.score(&["--out", "/dev/full"]);
    assert_eq!(full.status.code(), Some(2));
    assert!(text(&full.stderr).contains("no space left on device"), "{}", text(&full.stderr));
    make_pipe(&at, "pipe");
    let reader = {
        let path = at.at("pipe");
        std::thread::spawn(move || {
            let mut read = String::new();
            File::open(path).expect("it is there").read_to_string(&mut read).expect("it is text");
            read
        })
    };
    let done = at.score(&["--out", "pipe"]);
    assert_eq!(done.status.code(), Some(0), "{}", text(&done.stderr));
    assert_eq!(reader.join().expect("it was read"), SCORES);
    assert!(fs::metadata(at.at("pipe")).expect("it is there").file_type().is_fifo());
    // What is open elsewhere is added to, as with `>>` of a shell.
    at.write("log", "before\n");
    let script =
        format!("exec 3>>log; '{PROGRAM}' score two answers.csv --columns scores -o /dev/fd/3");
    let done = Command::new("sh").args(["-c", &script]).current_dir(at.path()).output();
    assert_eq!(done.expect("there is a shell").status.code(), Some(0));
    assert_eq!(at.read("log"), format!("before\n{SCORES}"));
}

#[test]
fn new_files_obey_the_umask_and_others_keep_their_mode() {
    let at = Place::new();
    let under = |umask: &str, out: &str| {
        let script = format!("umask {umask}; '{PROGRAM}' score two answers.csv --out {out}");
        let done = Command::new("sh").args(["-c", &script]).current_dir(at.path()).status();
        assert!(done.expect("there is a shell").success());
    };
    for (umask, new) in [("077", 0o600), ("022", 0o644), ("002", 0o664)] {
        under(umask, umask);
        assert_eq!(mode(&at, umask), new, "{umask}");
        for kept in [0o600, 0o640, 0o644, 0o666] {
            at.write("old", "old");
            fs::set_permissions(at.at("old"), fs::Permissions::from_mode(kept))
                .expect("it is ours");
            under(umask, "old");
            assert_eq!(mode(&at, "old"), kept, "{umask}");
        }
    }
}

#[test]
fn a_run_that_is_cut_short_leaves_nothing() {
    let at = Place::new();
    let before = at.names();
    for signal in ["INT", "TERM", "KILL"] {
        let args =
            ["score", "two", "-", "--out", "out.csv", "--report", "r.csv", "--on-error", "skip"];
        let mut command = at.command(&args);
        let mut child =
            command.stdin(Stdio::piped()).stderr(Stdio::null()).spawn().expect("it runs");
        let mut input = child.stdin.take().expect("a pipe");
        input.write_all(b"respondent,x_1,x_2\n").expect("it is read");
        // More than a pipe holds: when it has been taken, scores have been written.
        for row in 0..100_000 {
            writeln!(input, "p{row},1,2").expect("it is read");
        }
        let pid = child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &pid]).status();
        assert!(sent.expect("there is kill").success());
        assert_eq!(child.wait().expect("it ends").code(), None, "it was killed");
        drop(input);
        assert_eq!(at.names(), before, "{signal}");
    }
}

#[test]
fn two_outputs_are_two_files() {
    let at = Place::new();
    at.write("answers.csv", "respondent,x_1,x_2\np1,1,2\np2,7,1\n");
    at.write("there.csv", "there");
    fs::hard_link(at.at("there.csv"), at.at("hard.csv")).expect("it can be made");
    symlink("there.csv", at.at("soft.csv")).expect("it can be made");
    symlink("new.csv", at.at("dangling.csv")).expect("it can be made");
    symlink(".", at.at("here")).expect("it can be made");
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
    // A shell has standard output in the file of the report.
    let script =
        format!("'{PROGRAM}' score two answers.csv --on-error skip --report r.csv > r.csv");
    let done = Command::new("sh").args(["-c", &script]).current_dir(at.path()).output();
    assert_eq!(done.expect("there is a shell").status.code(), Some(2));
}

#[test]
fn no_input_is_written_over() {
    let at = Place::new();
    at.write("map.toml", "[columns]\nx_1 = \"x_1\"\nx_2 = \"x_2\"\n");
    fs::hard_link(at.at("answers.csv"), at.at("hard.csv")).expect("it can be made");
    let definition = at.read("instruments/two/instrument.toml");
    for out in ["answers.csv", "./hard.csv", "map.toml", "instruments/two/instrument.toml"] {
        for more in [&["--out", out][..], &["--report", out, "--on-error", "skip"]] {
            let mut args = vec!["--map", "map.toml"];
            args.extend(more);
            let done = at.score(&args);
            let err = text(&done.stderr);
            assert_eq!(done.status.code(), Some(2), "{args:?}: {err}");
            // No table is written as TOML, so that is refused in any case.
            let why =
                if out.ends_with(".toml") { "is written as" } else { "is a file that is read" };
            assert!(err.contains(why), "{args:?}: {err}");
        }
    }
    let done = at.run(&["check", "--format", "json", "--out", "instruments/two/instrument.toml"]);
    assert_eq!(done.status.code(), Some(2), "{}", text(&done.stderr));
    assert_eq!(at.read("answers.csv"), common::ANSWERS);
    assert_eq!(at.read("instruments/two/instrument.toml"), definition);
}

#[test]
fn outputs_come_together_or_not_at_all() {
    let at = Place::new();
    at.write("answers.csv", "respondent,x_1,x_2\np1,1,2\np2,7,1\n");
    at.write("scores.csv", "old");
    fs::create_dir(at.at("folder")).expect("it can be made");
    let before = at.names();
    for report in ["folder", "answers.csv/x.csv", "/dev/full"] {
        for out in ["scores.csv", "new/deep/scores.csv"] {
            let done = at.score(&["--out", out, "--report", report, "--on-error", "skip"]);
            assert_eq!(done.status.code(), Some(2), "{report}: {}", text(&done.stderr));
            assert_eq!(at.names(), before, "{report}");
            assert_eq!(at.read("scores.csv"), "old");
        }
    }
    // One of the files of an export has the name of a folder.
    fs::create_dir_all(at.at("out/two.en.fhir.json")).expect("it can be made");
    fs::write(at.at("out/two.en.fhir.json/x"), "x").expect("it can be written");
    let to = ["export", "two", "--to", "redcap,fhir", "--out", "out"];
    let names = fs::read_dir(at.at("out")).expect("it is there").count();
    let done = at.run(&to);
    if done.status.code() == Some(2) {
        assert_eq!(fs::read_dir(at.at("out")).expect("it is there").count(), names);
    }
}

/// Whoever waits for a pipe waits for ever.
fn ends(at: &Place, args: &[&str]) -> (Option<i32>, String) {
    let mut command = at.command(args);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("it runs");
    let begun = Instant::now();
    while child.try_wait().expect("it runs").is_none() {
        if begun.elapsed() > Duration::from_secs(60) {
            child.kill().expect("it runs");
            panic!("{args:?} does not end");
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    let done = child.wait_with_output().expect("it ended");
    (done.status.code(), text(&done.stderr))
}

#[test]
fn no_pipe_is_waited_for() {
    let at = Place::new();
    fs::create_dir_all(at.at("forms")).expect("it can be made");
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
    fs::remove_file(at.at("scalewright.toml")).expect("it is there");
    for (args, named) in cases {
        if args[0] == "read" && cfg!(not(feature = "pdf")) {
            continue;
        }
        let (code, err) = ends(&at, args);
        assert_eq!(code, Some(2), "{args:?}: {err}");
        assert!(err.contains(&format!("cannot read `{named}`")), "{args:?}: {err}");
    }
}

/// Root may read everything: the program is run as somebody else.
#[test]
fn what_may_not_be_read_is_an_error() {
    use std::os::unix::process::CommandExt;
    let at = Place::new();
    let is_root = Command::new("id").arg("-u").output().expect("there is id").stdout == b"0\n";
    let open = |path: &str, mode| {
        fs::set_permissions(at.at(path), fs::Permissions::from_mode(mode)).expect("it is ours");
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
        command.output().expect("it runs")
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
