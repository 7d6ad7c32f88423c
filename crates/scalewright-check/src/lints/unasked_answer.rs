//! Answers in cases to items that are not asked.

use scalewright_model::{Formula, ItemIx, Pointer, ScaleIx, Severity};
use scalewright_scoring::{EvalStep, Score, evaluate};

use super::{Context, File, Group, Hit, Lint};

/// An answer in a case to an item that is not asked after the other answers.
pub(super) static LINT: Lint = Lint {
    name: "unasked-answer",
    summary: "an answer in a case to an item that is not asked",
    explain: include_str!("unasked_answer.md"),
    group: Group::Cases,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// Words in the title of a case that show that the answer is there on purpose, to confirm that it is not used.
const ON_PURPOSE: [&str; 9] = [
    "not asked",
    "skip",
    "ignor",
    "not used",
    "unused",
    "does not count",
    "although",
    "despite",
    "whatever",
];

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let Some(file) = context.cases else { return };
    for (at, item) in context.instrument.items.iter().enumerate() {
        let answered = |case: &scalewright_model::file::CaseFile| {
            case.responses.contains_key(&item.id) || case.chosen.contains_key(&item.id)
        };
        let (Some(ask), true) = (&item.ask, file.cases.iter().any(answered)) else { continue };
        // The condition is evaluated as one more score, after all others.
        let mut program = context.program.clone();
        program.order.push(EvalStep::Score(program.scores.len()));
        let formula = Formula::Truth(ask.when.clone());
        program.scores.push(Score { scale: ScaleIx(0), formula, items: vec![ItemIx(at)] });
        let scored = evaluate(&program, &crate::cases::responses(file, context.instrument));
        let Some(asked) = scored.last() else { continue };
        for (row, case) in file.cases.iter().enumerate().filter(|(_, case)| answered(case)) {
            let title = case.title.as_deref().unwrap_or_default().to_lowercase();
            let meant = ON_PURPOSE.iter().any(|words| title.contains(words));
            // A condition that is unknown does not exclude the answer.
            if meant || asked.score.get(row) != Some(0.0) {
                continue;
            }
            let id = &item.id;
            let key = if case.responses.contains_key(id) { "responses" } else { "chosen" };
            let message = format!(
                "case {} answers `{id}`, which is not asked after its other answers",
                row + 1
            );
            let hit = lint.hit(id, message, |d| {
                d.at(Pointer::case(row).key(key).key(id), format!("asked only if `{}`", ask.text)).help(
                    "remove the answer, or correct the answer before it; a case that confirms that it is ignored has `not asked` in its title",
                )
            });
            hits.push(hit.inside(File::Cases));
        }
    }
}
