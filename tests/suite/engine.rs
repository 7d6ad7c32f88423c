//! The engine as a library: files from memory, notes as values, columns from other programs. And its architecture: the
//! command line stays small, and no command imports from another.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Cursor, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use scalewright_check::Level;
use scalewright_export::TARGETS;
use scalewright_model::{ItemIx, Note, NoteKind};
use scalewright_project::{Disk, Library, Memory, Overlay, Settings, keys_are_sure, sound};
use scalewright_scoring::{Column, InvalidResponses, Responses, evaluate};
use scalewright_tables::{
    Keep, KeptColumns, LeftOut, Reading, ResponsesFormat, Run, ScoreColumns, ScoresFormat,
    ScoresHeader, TableInput, open, sink,
};

use crate::support::{load, root};

const STEADY: &str = "tests/scoring/steady-ten/instrument.toml";

fn text(path: &str) -> String {
    fs::read_to_string(root().join(path)).expect("the fixture exists")
}

#[test]
fn a_library_may_be_in_memory_only() {
    let mut files = Memory::default();
    let at = Path::new("/study/instruments/steady-ten/instrument.toml");
    files.put(at, text(STEADY));
    files.put("/study/instruments/odd/notes.txt", "no definition");
    files.put("/study/scalewright.toml", "[lints]\nno-cases = \"deny\"\n");
    let cwd = Path::new("/study");
    let settings = Settings::read(&files, cwd, None).expect("the settings are sound");
    let library = Library::new(&files, cwd, None, settings, TARGETS);
    let found = library.one(Path::new("steady-ten")).expect("it is found by its id");
    assert_eq!(found.path, Path::new("instruments/steady-ten/instrument.toml"));
    assert_eq!(library.all().expect("they are readable"), std::slice::from_ref(&found));
    let levels = library.levels(&found, &[]).expect("the lint is known");
    let input = library.input(&found, &[]).expect("the file is readable");
    let checked = scalewright_check::check_at(input, &levels);
    assert!(
        checked.findings.iter().any(|finding| finding.code == "no-cases" && finding.is_error())
    );
    let (notes, unread) = library.skipped().into_notes();
    assert_eq!((notes, unread), (Vec::new(), Vec::new()));
    let unknown = library.levels(&found, &[("nothing".to_owned(), Level::Warn)]);
    assert!(unknown.is_err_and(|stop| stop.message.contains("`nothing`")));
}

#[test]
fn unsaved_text_takes_precedence_over_files_on_disk() {
    let cwd = root();
    let mut files = Overlay { above: Memory::default(), below: Disk };
    let saved = text(STEADY);
    let check = |files: &Overlay<Disk>| {
        let library = Library::at(files, &cwd, Some(PathBuf::from("tests/scoring")));
        let found = library.one(Path::new("steady-ten")).expect("it exists");
        library.check(&found, &[]).expect("the file is readable")
    };
    assert!(sound(&check(&files)).is_ok());
    // A definition that is being edited ends in the middle of a string.
    files.above.put(cwd.join(STEADY), format!("{saved}\n[[scales]]\nid = \"half"));
    let checked = check(&files);
    let unsound = sound(&checked).expect_err("it ends in the middle of a text");
    assert_eq!(unsound.errors[0].code, "syntax");
    let name = &checked.documents[unsound.errors[0].marks[0].document].name;
    assert_eq!(name, STEADY);
    files.above.remove(&cwd.join(STEADY));
    assert!(sound(&check(&files)).is_ok());
    // A file that exists only in an editor belongs to its folder too.
    files.above.put(cwd.join(STEADY).with_file_name("xx.toml"), "language = 1");
    assert!(sound(&check(&files)).is_err());
    assert_eq!(text(STEADY), saved);
}

#[test]
fn wrong_settings_are_reported_with_their_location() {
    let mut files = Memory::default();
    files.put("/study/scalewright.toml", "[lints]\nband-gap = \"loud\"\n");
    let refused = Settings::read(&files, Path::new("/study"), None).expect_err("it is no level");
    assert_eq!(refused.stop.message, "the settings in `scalewright.toml` are wrong");
    assert_eq!(refused.findings.len(), 1);
    assert_eq!(refused.documents[0].name, "scalewright.toml");
}

/// A writer whose bytes can be read afterwards.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody else failed").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[test]
fn a_table_is_scored_without_files_and_without_printing() {
    let checked = load(&root().join("instruments/who-5"));
    let instrument = sound(&checked).expect("it has no errors");
    let program = &checked.program;
    assert_eq!(keys_are_sure(instrument, program, true), Ok(None));
    let ids: Vec<&str> = instrument.items.iter().map(|item| item.id.as_str()).collect();
    let table = format!("id,visit,{}\na,1,5,5,5,5,5\nb,1,9,5,5,5,5\n", ids.join(","));
    let reading = Reading { from: Some(ResponsesFormat::Csv), ..Reading::default() };
    let (from, mut notes) = (TableInput::Stream(Box::new(Cursor::new(table))), Vec::new());
    let opened = open(from, &reading, instrument, Path::new("/"), &mut notes).expect("a table");
    let keep = Keep::default();
    let wish = KeptColumns::Chosen(&keep);
    let plan = opened.plan(wish, instrument, &mut notes).expect("each item has a column");
    let beside = "columns that are not items, written beside the scores: `visit`";
    assert_eq!(notes, [Note::info(beside)]);
    let header =
        ScoresHeader::new(instrument, program, plan.id_name(), (ScoreColumns::Scores, false));
    let header = header.keeping(&opened, &plan, wish).distinct(ScoresFormat::Csv, &mut notes);
    let written = Written::default();
    let sink = sink(header, ScoresFormat::Csv, Box::new(written.clone())).expect("its head");
    let left_out = LeftOut::new(&opened.name, true, None);
    let how = (ScoreColumns::Scores, wish);
    let mut run = Run::new((instrument, program), how, (opened, plan), sink, left_out);
    notes.clear();
    while run.step(&mut notes).expect("the file is readable") {}
    assert_eq!(notes[0].kind, NoteKind::LeftOut);
    assert_eq!(notes[0].place.as_deref(), Some("standard input"));
    assert!(notes[0].text.starts_with(&format!("row 2 (line 3), column `{}`: `9`", ids[0])));
    assert_eq!(run.finish(&mut notes), Ok(1));
    assert_eq!(notes[1], Note::new(NoteKind::Total, "1 row left out"));
    let written = written.0.lock().expect("nobody failed").clone();
    let written = String::from_utf8(written).expect("valid UTF-8");
    let scales: Vec<&str> = instrument.scales.iter().map(|scale| scale.id.as_str()).collect();
    let rows: Vec<&str> = written.lines().collect();
    assert_eq!(rows[0], format!("id,visit,{}", scales.join(",")));
    assert!(rows.len() == 2 && rows[1].starts_with("a,1,25"), "{written}");
}

fn column(values: &[Option<f64>]) -> Column {
    let mut column = Column::default();
    values.iter().for_each(|value| column.push(*value));
    column
}

#[test]
fn columns_are_validated_before_they_are_scored() {
    let checked = load(&root().join("instruments/who-5"));
    let program = &checked.program;
    let good = || vec![column(&[Some(5.0), None]); 5];
    let responses = Responses::new(program, good()).expect("five columns of two answers");
    assert_eq!(responses.rows, 2);
    assert_eq!(evaluate(program, &responses)[0].score.get(0), Some(25.0));
    let unfit = |columns: Vec<Column>| Responses::new(program, columns).expect_err("unfit");
    assert_eq!(unfit(good()[1..].to_vec()), InvalidResponses::Columns { items: 5, columns: 4 });
    let mut short = good();
    short[3] = column(&[Some(1.0)]);
    let rows = InvalidResponses::Rows { item: ItemIx(3), expected: 2, found: 1 };
    assert_eq!(unfit(short), rows);
    for (value, shown) in [(6.0, "6"), (-1.0, "-1"), (0.5, "0.5"), (f64::INFINITY, "inf")] {
        let mut wild = good();
        wild[4] = column(&[None, Some(value)]);
        let answer = InvalidResponses::Answer { item: ItemIx(4), row: 1, value };
        assert_eq!(unfit(wild), answer);
        let phrase = format!("column 4, row 1: {shown} is not an accepted answer");
        assert_eq!(answer.to_string(), phrase);
    }
    let mut none = good();
    none[0] = column(&[Some(f64::NAN), None]);
    assert!(matches!(unfit(none), InvalidResponses::Answer { item: ItemIx(0), row: 0, .. }));
    assert_eq!(Responses::new(program, vec![Column::default(); 5]).map(|none| none.rows), Ok(0));
}

/// Every source file below `folder`.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder exists").flatten();
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.path()) {
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

#[test]
fn the_command_line_stays_small() {
    let lines = |path: &PathBuf| fs::read_to_string(path).expect("valid UTF-8").lines().count();
    let files = sources(&root().join("crates/scalewright/src"));
    let total: usize = files.iter().map(lines).sum();
    assert!(total > 1_000, "the sources were not found");
    assert!(total <= 14_000, "{total} lines: move what a library could do into a library");
}

#[test]
fn no_command_imports_from_another() {
    let commands = root().join("crates/scalewright/src/command");
    let files = sources(&commands);
    // The command that a file belongs to: its own name, or the folder that it is in.
    let of = |path: &Path| {
        let inside = path.strip_prefix(&commands).expect("it is below");
        let first = inside.components().next().expect("it has a name");
        first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
    };
    let names: BTreeSet<String> = files.iter().map(|path| of(path)).collect();
    assert!(names.contains("score") && names.contains("export"), "{names:?}");
    for path in &files {
        let text = fs::read_to_string(path).expect("valid UTF-8");
        let depth = path.strip_prefix(&commands).expect("it is below").components().count();
        // `super` of a command, or `super::super` of a file in its folder, is the module that all commands share.
        let upward = format!("{}::", vec!["super"; depth].join("::"));
        for name in &names {
            let other = *name != of(path);
            let foreign = [format!("crate::command::{name}"), format!("{upward}{name}")];
            let found = foreign.iter().find(|import| text.contains(import.as_str()));
            assert!(found.is_none() || !other, "{}: {found:?}", path.display());
        }
        let grouped = ["crate::command::{".to_owned(), format!("use {upward}{{")];
        let found = grouped.iter().find(|import| text.contains(import.as_str()));
        assert!(found.is_none(), "{}: {found:?}", path.display());
    }
}
