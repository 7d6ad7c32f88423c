//! What is written is read again, and damaged files are refused without a panic.

use std::io::{Cursor, Seek, Write};
use std::sync::{Arc, Mutex};

use crate::responses::{Dta, Sav, Source, SourceCell};

use super::{Cell, Column, Kind, Program, Table};

/// What a table wrote.
#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody else failed").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// Two rows of cells of all kinds.
fn rows() -> [Vec<Cell<'static>>; 2] {
    static LONG: std::sync::LazyLock<String> = std::sync::LazyLock::new(|| "äb".repeat(900));
    [
        vec![
            Cell::Text("7"),
            Cell::Text(&LONG),
            Cell::Number(0.1),
            Cell::Number(1.0),
            Cell::Number(3.0),
        ],
        vec![Cell::Text("r 8"), Cell::Missing, Cell::Missing, Cell::Missing, Cell::Number(-2.5)],
    ]
}

fn written(program: Program) -> Vec<u8> {
    let column = |name: &str, kind, labels: &[(i32, &str)]| Column {
        name: name.to_owned(),
        label: format!("About {name}"),
        kind,
        labels: labels.iter().map(|(code, label)| (*code, (*label).to_owned())).collect(),
    };
    let columns = vec![
        column("id", Kind::Text, &[]),
        column("a long name, with blanks", Kind::Any, &[]),
        column("score", Kind::Number(None), &[]),
        column("band", Kind::Code, &[(1, "low"), (2, "größer")]),
        column("number", Kind::Any, &[]),
    ];
    let file = Written::default();
    let mut table = Table::new(program, columns, Box::new(file.clone())).expect("a table");
    rows().iter().flatten().for_each(|cell| table.add(*cell).expect("a cell"));
    table.finish().expect("the end");
    file.0.lock().expect("nobody else failed").clone()
}

/// The columns and the cells of a file. `None` if it is refused.
fn read(program: Program, bytes: &[u8]) -> Option<(Vec<String>, Vec<SourceCell>)> {
    let mut source: Box<dyn Source> = match program {
        Program::Spss | Program::SpssCompressed => {
            Box::new(Sav::open("a", Box::new(Cursor::new(bytes.to_vec()))).ok()?)
        }
        Program::Stata => {
            let mut file = tempfile::tempfile().expect("a temporary file");
            file.write_all(bytes).and_then(|()| file.rewind()).expect("it is written");
            Box::new(Dta::open("a", file).ok()?)
        }
    };
    let names = source.columns().iter().map(|column| column.name.clone()).collect();
    let (mut all, mut row) = (Vec::new(), Vec::new());
    while source.next(&mut row).ok()? {
        all.append(&mut row);
    }
    Some((names, all))
}

#[test]
fn tables_are_read_as_they_were_written() {
    let expected: Vec<SourceCell> = rows()
        .iter()
        .flatten()
        .map(|cell| match cell {
            Cell::Missing => SourceCell::Blank,
            Cell::Number(number) => SourceCell::Number(*number),
            Cell::Text(text) => SourceCell::Text((*text).to_owned()),
        })
        .collect();
    for program in [Program::Spss, Program::SpssCompressed, Program::Stata] {
        let (names, cells) = read(program, &written(program)).expect("it is read");
        assert_eq!(names, ["id", "a_long_name__with_blanks", "score", "band", "number"]);
        assert_eq!(cells, expected, "{program:?}");
    }
}

#[test]
fn damaged_files_are_refused_without_a_panic() {
    for (program, rounds) in
        [(Program::Spss, 4000), (Program::SpssCompressed, 1000), (Program::Stata, 1000)]
    {
        let whole = written(program);
        // A linear congruential generator (Knuth's MMIX), so that each run tries the same.
        let mut state = 1_u64;
        let mut roll = |below: usize| {
            state = state
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) as usize % below
        };
        for _ in 0..rounds {
            let mut bytes = whole.clone();
            // Most faults are in the dictionary, which comes first.
            let reach = if roll(4) == 0 { bytes.len() } else { bytes.len().min(2000) };
            for _ in 0..=roll(4) {
                let at = roll(reach);
                bytes[at] = [0, 1, 0x7f, 0x80, 0xff, roll(256) as u8][roll(6)];
            }
            if roll(3) == 0 {
                bytes.truncate(roll(whole.len()));
            }
            read(program, &bytes);
        }
    }
}
