//! What single choices give: tables of the values that steps and checks have for each option of one item.

use scalewright_model::{Instrument, ItemIx, OptionValue, ResponseKind};
use scalewright_scoring::normal::{CheckIx, Normal, Output, StepIx};
use scalewright_scoring::{Asked, Program};

use super::points::Cell;
use super::reads::{Read, Reads};
use crate::choices;
use crate::code::lines::{Print, unsupported};

/// The scores of an instrument, in a form in which each item is asked or not before the scores are computed.
pub(super) struct Grading<'a> {
    pub(super) instrument: &'a Instrument,
    /// The scores without the conditions of items: a form leaves items that it does not ask without an answer.
    program: Program,
    pub(super) normal: Normal,
    pub(super) reads: Reads,
    /// For each item, when it is asked.
    asked: Vec<Option<Asked>>,
    /// For each item, why the form does not contain the condition under which it is asked.
    pub(super) unconditional: Vec<Option<String>>,
}

/// The values of a step, or of a check, for the choices of one item.
pub(super) struct Table<T> {
    /// The value for each cell: those of the item, and those that stand in for it if it is not asked.
    pub(super) cells: Vec<(Cell, T)>,
    /// The value without an answer.
    pub(super) unanswered: T,
}

impl<'a> Grading<'a> {
    pub(super) fn new(instrument: &'a Instrument, program: &Program) -> Self {
        let mut program = program.clone();
        let asked =
            program.answers.iter_mut().map(|answer| answer.as_mut()?.asked.take()).collect();
        let normal = Normal::of(&program, instrument);
        let reads = Reads::of(&normal);
        let unconditional = vec![None; instrument.items.len()];
        Self { instrument, program, normal, reads, asked, unconditional }
    }

    /// The only item that is read; `None` if there is none or there are several.
    pub(super) fn only_item(read: &Read) -> Option<ItemIx> {
        let mut items = read.items.iter();
        items.next().copied().filter(|_| items.next().is_none())
    }

    /// The values of a step that reads one item.
    pub(super) fn step_table(&self, step: StepIx, item: ItemIx) -> Print<Table<Option<f64>>> {
        self.table(self.reads.step(step), item, |answers| {
            self.normal.step_value(&self.program, answers, step)
        })
    }

    /// Whether a check that reads one item is true.
    pub(super) fn check_table(&self, check: CheckIx, item: ItemIx) -> Print<Table<bool>> {
        self.table(self.reads.check(check), item, |answers| {
            self.normal.check_value(&self.program, answers, check)
        })
    }

    /// The value of a step that reads no item.
    pub(super) fn constant(&self, step: StepIx) -> Option<f64> {
        self.normal.step_value(&self.program, &vec![None; self.instrument.items.len()], step)
    }

    fn table<T>(
        &self,
        read: &Read,
        item: ItemIx,
        of: impl Fn(&[Option<f64>]) -> T,
    ) -> Print<Table<T>> {
        if read.is_too_deep() {
            return unsupported("its formula is nested too deeply");
        }
        let mut answers = vec![None; self.instrument.items.len()];
        let unanswered = of(&answers);
        let mut cells = Vec::new();
        for (cell, answer) in self.cells(item)? {
            answers[item.0] = Some(answer);
            cells.push((cell, of(&answers)));
        }
        Ok(Table { cells, unanswered })
    }

    /// The cells that give an answer to an item, each with the answer.
    pub(super) fn cells(&self, item: ItemIx) -> Print<Vec<(Cell, f64)>> {
        if let Some(why) = &self.unconditional[item.0] {
            let id = &self.instrument.items[item.0].id;
            return unsupported(format!("it uses `{id}`, which the form cannot hide: {why}"));
        }
        let codes = self.codes(item)?;
        let own = codes.into_iter().map(|code| ((item, code), code.number()));
        let mut cells: Vec<(Cell, f64)> = own.collect();
        let asked = self.asked[item.0].as_ref();
        if let Some(value) = asked.and_then(|asked| asked.otherwise) {
            cells.extend(self.not_asked(item)?.into_iter().map(|cell| (cell, value)));
        }
        Ok(cells)
    }

    /// The codes of the options of an item.
    fn codes(&self, item: ItemIx) -> Print<Vec<OptionValue>> {
        match &self.instrument.response(item).kind {
            ResponseKind::Coded { options: _ } | ResponseKind::YesNo => {
                let response = self.instrument.items[item.0].response;
                let options = choices::options(self.instrument, response);
                Ok(options.iter().map(|option| option.value).collect())
            }
            _ => {
                let id = &self.instrument.items[item.0].id;
                unsupported(format!("it uses `{id}`, and Qualtrics gives points only to choices"))
            }
        }
    }

    /// The choices of another item after which `item` is not asked.
    fn not_asked(&self, item: ItemIx) -> Print<Vec<Cell>> {
        let Some(truth) = self.normal.asked[item.0] else { return Ok(Vec::new()) };
        let id = &self.instrument.items[item.0].id;
        let Some(gate) = Self::only_item(self.reads.check(truth.no)) else {
            return unsupported(format!(
                "a value counts where `{id}` is not asked, and its condition depends on several items"
            ));
        };
        let table = self.check_table(truth.no, gate)?;
        if table.unanswered || table.cells.iter().any(|((of, _), no)| *no && *of != gate) {
            return unsupported(format!(
                "a value counts where `{id}` is not asked, and its condition depends on another such item"
            ));
        }
        Ok(table.cells.into_iter().filter(|(_, no)| *no).map(|(cell, _)| cell).collect())
    }

    /// Whether the value of an item counts where it is not asked.
    pub(super) fn counts_unasked(&self, item: ItemIx) -> bool {
        self.asked[item.0].as_ref().is_some_and(|asked| asked.otherwise.is_some())
    }

    /// The step with the number of a score, or with the position of its word; `None` for a truth value.
    pub(super) fn score_step(&self, position: usize) -> Option<StepIx> {
        match &self.normal.scores[position] {
            Output::Number(step) | Output::Word { position: step, words: _ } => Some(*step),
            Output::Truth(_) => None,
        }
    }
}
