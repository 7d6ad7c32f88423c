//! The rows of a sheet of an `.xlsx` workbook, read by a thread of its own, some rows ahead. The library borrows the
//! workbook while it reads a sheet, and panics on some damaged ones: both stay within the thread.

use std::fs::File;
use std::io::BufReader;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread;

use calamine::{Data, Reader as _, Xlsx, XlsxFormulaMetadata};

use super::cells::{Rows, SheetCell, SheetRow, cell_name};
use super::values;
use crate::Stop;
use crate::responses::guard::guarded;
use crate::responses::source::SourceCell;

/// The number of cells that are handed over at a time.
const CELLS: usize = 8192;
/// The number of such pieces that may wait.
const PIECES: usize = 4;

/// What the thread hands over.
enum Piece {
    Rows(Vec<SheetRow>),
    End,
    /// The sheet cannot be read further than the cell.
    Damaged(Option<(u32, u32)>),
}

/// The rows of a sheet.
pub(super) struct Feed {
    name: String,
    pieces: Receiver<Piece>,
    rows: std::vec::IntoIter<SheetRow>,
    last: Option<u32>,
    is_done: bool,
}

impl Feed {
    /// Begins to read the sheet.
    pub(super) fn new(name: &str, file: BufReader<File>, sheet: &str) -> Self {
        let (sender, pieces) = sync_channel(PIECES);
        let sheet = sheet.to_owned();
        thread::spawn(move || {
            // If this panics, nothing more is sent, and the sheet is damaged.
            guarded(|| {
                let mut last = None;
                let done = produce(file, &sheet, &sender, &mut last);
                // Nobody may be waiting any more.
                let _ = sender.send(done.map_or(Piece::Damaged(last), |()| Piece::End));
            });
        });
        Self {
            name: name.to_owned(),
            pieces,
            rows: Vec::new().into_iter(),
            last: None,
            is_done: false,
        }
    }

    fn damaged(&self, after: Option<(u32, u32)>) -> Stop {
        let after = after.or(self.last.map(|row| (row, 0)));
        let place = after.map(|(row, column)| format!(" after cell {}", cell_name(row, column)));
        let place = place.unwrap_or_default();
        Stop::wrong(format!("{}: the sheet is damaged{place}", self.name))
            .help("open the workbook in a spreadsheet program, and save it again")
    }
}

impl Rows for Feed {
    fn next(&mut self) -> Result<Option<SheetRow>, Stop> {
        loop {
            if let Some(row) = self.rows.next() {
                if self.last.is_some_and(|last| row.row <= last) {
                    return Err(self.damaged(None));
                }
                self.last = Some(row.row);
                return Ok(Some(row));
            }
            if self.is_done {
                return Ok(None);
            }
            match self.pieces.recv() {
                Ok(Piece::Rows(rows)) => self.rows = rows.into_iter(),
                Ok(Piece::End) => self.is_done = true,
                Ok(Piece::Damaged(after)) => return Err(self.damaged(after)),
                Err(_) => return Err(self.damaged(None)),
            }
        }
    }
}

/// Reads the sheet, and sends its rows. `None` if it is damaged.
fn produce(
    file: BufReader<File>,
    sheet: &str,
    sender: &SyncSender<Piece>,
    last: &mut Option<(u32, u32)>,
) -> Option<()> {
    let mut workbook: Xlsx<_> = Xlsx::new(file).ok()?;
    let mut cells = workbook.worksheet_cells_reader(sheet).ok()?;
    let (mut rows, mut count): (Vec<SheetRow>, usize) = (Vec::new(), 0);
    while let Some(found) = cells.next_cell_with_formula_metadata().ok()? {
        let formula = match &found.formula {
            Some(
                XlsxFormulaMetadata::Normal { formula }
                | XlsxFormulaMetadata::Shared { formula, .. },
            ) => Some(formula.as_str()),
            Some(_) => Some(""),
            None => None,
        };
        let (value, formula) = values::cell(Data::from(found.value), formula);
        if value == SourceCell::Blank && formula.is_none() {
            continue;
        }
        let (row, column) = found.pos;
        // A cell that comes twice, or before the one on its left, may be read in two ways.
        if rows.last().is_some_and(|before| before.row == row)
            && last.is_some_and(|last| last.1 >= column)
        {
            return None;
        }
        *last = Some(found.pos);
        count += 1;
        let cell = SheetCell { column, value, formula };
        match rows.last_mut().filter(|before| before.row == row) {
            Some(before) => before.cells.push(cell),
            None => {
                if count > CELLS {
                    count = 0;
                    sender.send(Piece::Rows(std::mem::take(&mut rows))).ok()?;
                }
                rows.push(SheetRow { row, cells: vec![cell] });
            }
        }
    }
    sender.send(Piece::Rows(rows)).ok()
}
