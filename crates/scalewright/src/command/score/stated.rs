//! Scores that responses state beside their answers, where they are not what the answers come to.

use scalewright_model::{Instrument, Scale};
use scalewright_scoring::{Program, Scored};

use crate::Terminal;
use crate::render::quote;
use crate::responses::{Batch, Stated};

/// More differences than this are counted, not shown.
const SHOWN: usize = 50;
/// Engines of others keep eight decimals; a score that differs by more is another one.
const CLOSE: f64 = 1e-6;

/// What differed so far.
pub(super) struct Differences {
    name: String,
    count: usize,
}

impl Differences {
    pub(super) fn new(name: &str) -> Self {
        Self { name: name.to_owned(), count: 0 }
    }

    /// Compares what a batch of responses states with its scores, and tells what differs.
    pub(super) fn tell(
        &mut self,
        (instrument, program): (&Instrument, &Program),
        batch: &Batch,
        scored: &[Scored],
        terminal: &mut Terminal<'_>,
    ) {
        for stated in &batch.stated {
            let Some(position) = program.position(stated.scale) else { continue };
            let score = scored[position].score.get(stated.row);
            if agree(stated.score, score) {
                continue;
            }
            self.count += 1;
            if self.count <= SHOWN {
                let scale = &instrument.scales[stated.scale.0];
                let text = self.text(scale, stated, score, batch);
                terminal.tell(&format!("warning: {text}"));
            }
        }
    }

    fn text(&self, scale: &Scale, stated: &Stated, score: Option<f64>, batch: &Batch) -> String {
        let ours = match score {
            Some(score) if scale.is_truth() => (score != 0.0).to_string(),
            Some(score) => score.to_string(),
            None => "no score".to_owned(),
        };
        let shown: String = stated.text.chars().take(40).collect();
        format!(
            "{}: response {} (`{}`), `{}`: it states {shown}, but its answers come to {ours}: `{}`",
            self.name,
            batch.numbers[stated.row],
            quote(&batch.respondent(stated.row)),
            stated.place,
            scale.id,
        )
    }

    /// Says how many were not shown.
    pub(super) fn finish(self, terminal: &mut Terminal<'_>) {
        if self.count > SHOWN {
            let more = self.count - SHOWN;
            terminal.tell(&format!("… and {more} more scores that differ from those stated\n"));
        }
    }
}

fn agree(stated: Option<f64>, score: Option<f64>) -> bool {
    match (stated, score) {
        (Some(stated), Some(score)) => (stated - score).abs() <= CLOSE * score.abs().max(1.0),
        (None, _) | (_, None) => false,
    }
}
