//! A table that is being scored, with one instrument or several.

use std::hash::RandomState;

use super::repeats::Respondents;
use super::{Run, together::Together};
use crate::{Note, Stop};

/// A table that is being scored, batch by batch.
pub trait Scoring {
    /// Reads, evaluates and writes the next batch of rows. Returns `false` after the last batch. Adds notes on rows
    /// that cannot be scored and on stated scores that differ, also if an error follows.
    ///
    /// # Errors
    ///
    /// When the table cannot be read further, or the scores cannot be written.
    fn step(&mut self, notes: &mut Vec<Note>) -> Result<bool, Stop>;

    /// The amount read so far, in the unit of [`Opening::size`](super::Opening::size).
    fn progress(&self) -> u64;

    /// Writes the end of the table of scores and returns the number of rows scored. Adds the notes that concern the
    /// whole table.
    ///
    /// # Errors
    ///
    /// When rows cannot be scored and must not be left out, an item had no column in any row, or the scores cannot be
    /// written.
    fn finish(self: Box<Self>, notes: &mut Vec<Note>) -> Result<usize, Stop>;

    /// The number of rows that have been left out.
    fn rows_left_out(&self) -> u64;
}

/// A table beside others, whose respondents are compared.
pub(crate) trait Beside: Scoring {
    /// Stores at most `most` hashes of respondents, comparable to those of the other tables.
    fn set_beside(&mut self, hashes: &RandomState, most: usize);

    /// Removes and returns the respondents, after the last batch.
    fn take_respondents(&mut self) -> Respondents;
}

impl Scoring for Run<'_> {
    fn step(&mut self, notes: &mut Vec<Note>) -> Result<bool, Stop> {
        Run::step(self, notes)
    }

    fn progress(&self) -> u64 {
        Run::progress(self)
    }

    fn finish(self: Box<Self>, notes: &mut Vec<Note>) -> Result<usize, Stop> {
        Run::finish(*self, notes)
    }

    fn rows_left_out(&self) -> u64 {
        self.left_out.rows()
    }
}

impl Beside for Run<'_> {
    fn set_beside(&mut self, hashes: &RandomState, most: usize) {
        self.repeats.set_beside(hashes, most);
    }

    fn take_respondents(&mut self) -> Respondents {
        self.repeats.take()
    }
}

impl Scoring for Together<'_> {
    fn step(&mut self, notes: &mut Vec<Note>) -> Result<bool, Stop> {
        Together::step(self, notes)
    }

    fn progress(&self) -> u64 {
        Together::progress(self)
    }

    fn finish(self: Box<Self>, notes: &mut Vec<Note>) -> Result<usize, Stop> {
        Together::finish(*self, notes)
    }

    fn rows_left_out(&self) -> u64 {
        self.left_out.rows()
    }
}

impl Beside for Together<'_> {
    fn set_beside(&mut self, hashes: &RandomState, most: usize) {
        self.repeats.set_beside(hashes, most);
    }

    fn take_respondents(&mut self) -> Respondents {
        self.repeats.take()
    }
}
