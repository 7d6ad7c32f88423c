//! Blocks of questions, and the flow between them.

use std::collections::BTreeSet;

use super::Reader;
use super::parts::{Around, Branch};
use crate::finding::Kind;
use crate::form::Section;
use crate::json::Node;
use crate::texts::{joined, listed};
use crate::words::Words;

/// How deeply the flow may be nested.
const DEEPEST: usize = 60;

impl<'a> Reader<'a> {
    /// Reads the questions of all blocks in the order of the flow.
    pub(super) fn blocks(&mut self) {
        let payloads = self.elements("BL");
        let blocks: Vec<Node<'a>> = payloads.iter().flat_map(listed_or_keyed).collect();
        let mut read = BTreeSet::new();
        let flows = self.elements("FL");
        for flow in &flows {
            self.flow(flow, &blocks, &mut Vec::new(), &mut read);
        }
        for block in &blocks {
            let id = block.get("ID").text().unwrap_or_default();
            if read.contains(id) {
                continue;
            }
            if block.get("Type").text() == Some("Trash") {
                self.unused(block, "is in the block of deleted questions");
            } else if flows.is_empty() {
                self.block(block, &[]);
            } else {
                self.unused(block, "is in a block that the flow does not contain");
            }
        }
        if let Some(last) = blocks.last() {
            self.leave_texts(last);
        }
    }

    /// Names the questions of a block that is not asked.
    fn unused(&mut self, block: &Node<'a>, why: &str) {
        let ids: Vec<&str> = block
            .get("BlockElements")
            .list()
            .filter_map(|one| one.get("QuestionID").text())
            .collect();
        if !ids.is_empty() {
            let verb =
                if ids.len() == 1 { "is not imported: it" } else { "are not imported: each" };
            let message = format!("{} {verb} {why}", listed(ids.into_iter()));
            self.report(Kind::Note, "unused-block", block, message);
        }
    }

    /// A part of the flow, with the branches around it.
    fn flow(
        &mut self,
        flow: &Node<'a>,
        blocks: &[Node<'a>],
        branches: &mut Vec<Branch<'a>>,
        read: &mut BTreeSet<&'a str>,
    ) {
        if branches.len() > DEEPEST {
            return self.report(
                Kind::NotUnderstood,
                "deep-flow",
                flow,
                "the flow is nested too deeply",
            );
        }
        for part in flow.get("Flow").list() {
            let kind = part.get("Type").text().unwrap_or_default();
            match kind {
                "Block" | "Standard" => self.block_of(&part, blocks, branches, read),
                "Branch" => {
                    branches.push(Branch::If(part.get("BranchLogic")));
                    self.flow(&part, blocks, branches, read);
                    branches.pop();
                }
                "Group" | "Root" => {
                    branches.push(Branch::Always);
                    self.flow(&part, blocks, branches, read);
                    branches.pop();
                }
                "BlockRandomizer" => {
                    self.randomizer(&part);
                    branches.push(Branch::Always);
                    self.flow(&part, blocks, branches, read);
                    branches.pop();
                }
                "EmbeddedData" => self.embedded(&part),
                "EndSurvey" => {
                    self.report(
                        Kind::NotUnderstood,
                        "end-of-survey",
                        &part,
                        "the flow can end here; items are asked to the end",
                    );
                }
                _ => {
                    let message = format!("a part of the flow of the type `{kind}` is left out");
                    self.report(Kind::NotUnderstood, "flow", &part, message);
                }
            }
        }
    }

    fn block_of(
        &mut self,
        part: &Node<'a>,
        blocks: &[Node<'a>],
        branches: &[Branch<'a>],
        read: &mut BTreeSet<&'a str>,
    ) {
        let Some(id) = part.get("ID").text() else { return };
        let Some(block) = blocks.iter().find(|block| block.get("ID").text() == Some(id)) else {
            let message = format!("the flow names the block `{id}`, which is not there");
            return self.report(Kind::Doubtful, "no-block", part, message);
        };
        if read.insert(id) {
            self.block(block, branches);
        } else {
            let message = format!("the block `{id}` is asked a second time; it is imported once");
            self.report(Kind::NotUnderstood, "repeated-block", part, message);
        }
    }

    fn block(&mut self, block: &Node<'a>, branches: &[Branch<'a>]) {
        self.leave_texts(block);
        self.around = Around::default();
        let options = block.get("Options");
        if options.get("Looping").text().is_some_and(|looping| looping != "None") {
            let message = "the questions of the block are repeated; they are imported once";
            self.report(Kind::NotUnderstood, "loop", &options.get("Looping"), message);
        }
        if options
            .get("RandomizeQuestions")
            .as_text()
            .is_some_and(|value| !matches!(value.as_str(), "false" | ""))
        {
            let message = "the order of the questions can vary; ours is that of the file";
            self.report(Kind::Note, "order", &options.get("RandomizeQuestions"), message);
        }
        for element in block.get("BlockElements").list() {
            if element.has("SkipLogic") {
                let message = "a rule that skips questions after this one is left out";
                self.report(Kind::NotUnderstood, "skip", &element.get("SkipLogic"), message);
            }
            let Some(id) = element.get("QuestionID").text() else { continue };
            match self.questions.get(id).cloned() {
                Some(question) => self.question(id, &question, branches),
                None => {
                    let message =
                        format!("the block names the question `{id}`, which is not there");
                    self.report(Kind::Doubtful, "no-question", &element, message);
                }
            }
        }
    }

    fn randomizer(&mut self, part: &Node<'a>) {
        let count = part.get("Flow").list().count();
        let shown = part.get("SubSet").as_text().and_then(|text| text.parse::<usize>().ok());
        if shown.is_some_and(|shown| shown < count) {
            let message = "respondents get only some of these blocks, drawn by chance; all are imported and always asked";
            self.report(Kind::NotUnderstood, "drawn", part, message);
        } else {
            let message = "the order of these blocks varies; ours is that of the file";
            self.report(Kind::Note, "order", part, message);
        }
    }

    /// Fields that the flow sets. Those that compute are listed, because they can be scores.
    fn embedded(&mut self, part: &Node<'a>) {
        for field in part.get("EmbeddedData").list() {
            let value = field.get("Value").as_text().unwrap_or_default();
            if value.contains("$e{") || value.contains("gr://") {
                let name = field.get("Field").as_text().unwrap_or_default();
                let shown: String = value.chars().take(120).collect();
                let message =
                    format!("the field `{name}` is computed as `{shown}` and is left out");
                self.report(Kind::NotUnderstood, "embedded-data", &field, message);
            }
        }
    }

    /// A text between questions. One with a condition is a note.
    pub(super) fn text(&mut self, question: &Node<'a>, branches: &[Branch<'a>]) {
        let own = question.get("QuestionText");
        let words = self
            .words(question, &own, 10_000, |translated| translated.get("QuestionText").as_text());
        if own.as_text().is_some_and(|text| text.starts_with("scalewright-definition:")) {
            return;
        }
        if question.has("DisplayLogic") {
            let name = question.get("DataExportTag").as_text();
            let name = name.unwrap_or_else(|| "note".to_owned());
            let is_after = self.around.instructions.is_empty();
            let note = (words, &question.place());
            if let Some(note) = self.form.note(&mut self.ids, &name, note, is_after) {
                let mut branches = branches.to_vec();
                branches.push(Branch::If(question.get("DisplayLogic")));
                self.shown.push((note, branches));
            }
        } else if self.form.items.is_empty() {
            let instructions = &self.form.titled.instructions;
            self.form.titled.instructions = joined(instructions, &words);
        } else {
            self.around.instructions = joined(&self.around.instructions, &words);
        }
    }

    /// The section of a question with rows, which continue its words.
    pub(super) fn matrix_section(&mut self, question: &Node<'a>, name: &str) -> Option<usize> {
        let own = question.get("QuestionText");
        let lead_in =
            self.words(question, &own, 2000, |translated| translated.get("QuestionText").as_text());
        let instructions = std::mem::take(&mut self.around.instructions);
        self.around.section = None;
        self.add_section(name, lead_in, instructions)
    }

    /// The section of a single question: it has one if there are words before it.
    pub(super) fn section(&mut self, name: &str) -> Option<usize> {
        let instructions = std::mem::take(&mut self.around.instructions);
        if !instructions.is_empty() {
            self.around.section = self.add_section(name, Words::default(), instructions);
        }
        self.around.section
    }

    fn add_section(&mut self, name: &str, lead_in: Words, instructions: Words) -> Option<usize> {
        if lead_in.is_empty() && instructions.is_empty() {
            return None;
        }
        let id = self.ids.section(name);
        self.form.sections.push(Section { id, title: Words::default(), lead_in, instructions });
        Some(self.form.sections.len() - 1)
    }

    /// A text that no question of its block follows is a note.
    fn leave_texts(&mut self, block: &Node<'a>) {
        let instructions = std::mem::take(&mut self.around.instructions);
        if !instructions.is_empty() {
            self.form.note(&mut self.ids, "note", (instructions, &block.place()), true);
        }
    }
}

/// The entries of a list, or of a table with numbers as keys.
fn listed_or_keyed<'a>(node: &Node<'a>) -> Vec<Node<'a>> {
    if node.table().is_none() {
        return node.list().collect();
    }
    let mut entries = node.entries();
    entries.sort_by_key(|(key, _)| key.parse::<u64>().unwrap_or(u64::MAX));
    entries.into_iter().map(|(_, node)| node).collect()
}
