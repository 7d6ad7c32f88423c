//! Runs plug-ins that work and plug-ins that misbehave: `tests/plugins`. A script states its error in its first line, and in
//! the second, during which call it occurs.

#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::time::{Duration, Instant};

use scalewright_plugins::process::{Program, Sandbox, Session, locate};
use scalewright_plugins::{Failure, Limits, answer};
use scalewright_wire::{ImportRequest, Kind};

fn plugins() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/plugins")
}

/// An importer: a script in a folder of `tests/plugins`.
fn script(folder: &str, file: &str) -> Program {
    let python = locate("python3", None).expect("Python is installed");
    let name = file.strip_suffix(".py").expect("it is a Python script");
    let mut program = Program::new(Kind::Import, name, &python);
    program.command.extend(["-B".into(), file.into()]);
    program.folder = Some(plugins().join(folder));
    program
}

fn request(name: &str) -> ImportRequest {
    let (options, base64) = (BTreeMap::new(), String::new());
    ImportRequest { protocol: 1, options, name: name.to_owned(), base64 }
}

/// The small limits of plug-ins that misbehave.
fn small() -> Limits {
    let (output, memory) = (4_000_000, 300_000_000);
    Limits { time: Duration::from_secs(3), output, files: 1_000, memory }
}

/// What happened: the call that failed and how, and how long it took.
fn outcome(program: &Program) -> (&'static str, Failure, Duration) {
    let since = Instant::now();
    let mut session = match Session::start(program) {
        Ok(session) => session,
        Err(failure) => return ("start", failure, since.elapsed()),
    };
    // More than a pipe holds: a plug-in that does not read it all must not block anything.
    let request = ImportRequest { base64: "A".repeat(1_000_000), ..request("file") };
    let since = Instant::now();
    let answered = match session.import(&request) {
        Ok(answered) => answered,
        Err(failure) => return ("import", failure, since.elapsed()),
    };
    if let Err(problems) = answer::files(answered.files, &program.limits) {
        return ("files", Failure::of_answer("", &problems), since.elapsed());
    }
    let since = Instant::now();
    match session.finish() {
        Ok(()) => ("nothing", Failure::new(""), since.elapsed()),
        Err(failure) => ("finish", failure, since.elapsed()),
    }
}

/// Runs a script, and returns what is not as it states.
fn misbehaves(file: &str) -> Option<String> {
    let text = fs::read_to_string(plugins().join("hostile").join(file)).expect("a script");
    let mut lines = text.lines();
    let mut stated = |key: &str| {
        let line = lines.next().and_then(|line| line.strip_prefix(key));
        line.expect("it states what is expected").to_owned()
    };
    let (expected, during) = (stated("# expected: "), stated("# in: "));
    let program = Program { limits: small(), ..script("hostile", file) };
    let (call, failure, took) = outcome(&program);
    let is_expected = failure.message.contains(&expected) || failure.stderr.contains(&expected);
    let is_in_time = took < program.limits.time + Duration::from_secs(2);
    let has_ended = running(file) == 0;
    (!(is_expected && call == during && is_in_time && has_ended))
        .then(|| format!("{file}: {call} {took:?}, all ended: {has_ended}: {failure:#?}"))
}

/// How many processes run a script, or are the one that a script starts without an environment.
fn running(file: &str) -> usize {
    let entries = fs::read_dir("/proc").expect("/proc exists").flatten();
    let commands =
        entries.filter_map(|entry| fs::read_to_string(entry.path().join("cmdline")).ok());
    let own = |command: &String| {
        command.contains(&format!("tests/plugins/hostile/{file}\0"))
            || (file == "fork-without-environment.py" && command.contains("600.125"))
    };
    commands.filter(own).count()
}

/// The temporary folders of plug-ins that this process started.
fn left() -> Vec<PathBuf> {
    let prefix = format!(".scalewright-plugin-{}-", std::process::id());
    let entries = fs::read_dir(std::env::temp_dir()).expect("the folder exists").flatten();
    let own = entries.filter(|entry| entry.file_name().to_string_lossy().starts_with(&prefix));
    own.map(|entry| entry.path()).collect()
}

// One test, so that no other one has a temporary folder or a process while they are counted.
#[test]
fn plugins_run_within_their_limits_and_leave_nothing() {
    each_hostile_plugin_is_one_error();
    a_plugin_answers_one_request();
    a_plugin_serves_a_hundred_requests();
    assert_eq!(left(), Vec::<PathBuf>::new());
    assert!(!Path::new("/tmp/scalewright-outside").exists());
    assert!(!plugins().join("hostile/written").exists());
}

fn each_hostile_plugin_is_one_error() {
    let folder = fs::read_dir(plugins().join("hostile")).expect("the folder exists").flatten();
    let names = folder.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let only = std::env::var("HOSTILE").unwrap_or_default();
    let mut files: Vec<String> = names
        .filter(|name| name.ends_with(".py") && name != "plugin.py" && name.contains(&only))
        .collect();
    files.sort();
    assert!(!files.is_empty());
    let (files, wrong) = (Mutex::new(files), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(|| {
                loop {
                    let Some(file) = files.lock().expect("no thread panics").pop() else { return };
                    wrong.lock().expect("no thread panics").extend(misbehaves(&file));
                }
            });
        }
    });
    let wrong = wrong.into_inner().expect("no thread panics");
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

fn a_plugin_answers_one_request() {
    let program = script("working", "importer.py");
    let mut session = Session::start(&program).expect("it describes itself");
    assert_eq!(session.sandbox(), Sandbox::Full);
    assert_eq!(session.description().summary, "repeats the name");
    let answered = session.import(&request("ä")).expect("it answers");
    let files = answer::files(answered.files, &program.limits);
    assert_eq!(files, Ok(vec![("instrument.toml".to_owned(), "ä".as_bytes().to_vec())]));
    session.finish().expect("it has ended");
}

fn a_plugin_serves_a_hundred_requests() {
    let program = script("working", "server.py");
    let mut session = Session::start(&program).expect("it describes itself");
    let mut processes = std::collections::BTreeSet::new();
    for number in 0..100 {
        let answered = session.import(&request(&number.to_string())).expect("it answers");
        let text = answered.files.first().and_then(|file| file.text.clone()).expect("a text");
        let (name, process) = text.split_once(' ').expect("two words");
        assert_eq!(name, number.to_string());
        processes.insert(process.to_owned());
    }
    assert_eq!(processes.len(), 1);
    session.finish().expect("it ends");
}
