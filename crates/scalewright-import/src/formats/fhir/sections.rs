//! Groups as sections. Ours are flat, and each is in one piece.

use super::reader::Reader;
use crate::form::Section;
use crate::words::Words;

/// A group that is being read.
#[derive(Debug, Default)]
pub(super) struct Group {
    pub(super) link_id: String,
    pub(super) title: Words,
    pub(super) lead_in: Words,
    pub(super) instructions: Words,
    /// The section that its items are in.
    pub(super) section: Option<usize>,
    /// Whether its words are in a section: its own, or the one of a group inside.
    pub(super) is_printed: bool,
}

impl Group {
    pub(super) fn has_words(&self) -> bool {
        !(self.title.is_empty() && self.lead_in.is_empty() && self.instructions.is_empty())
    }

    /// The words below the title.
    pub(super) fn texts(&self) -> Words {
        joined(&[&self.lead_in, &self.instructions], "\n")
    }
}

/// The groups around an item, the outermost first, and what has been printed.
#[derive(Debug, Default)]
pub(super) struct Groups {
    pub(super) open: Vec<Group>,
    /// A text after the last item, which belongs before the next one.
    pub(super) pending: Words,
    /// The place of that text, and its link id.
    pub(super) pending_at: String,
    pub(super) pending_name: String,
    /// The section of the last item.
    last: Option<usize>,
    /// Whether there was an item.
    pub(super) has_items: bool,
}

impl Groups {
    /// The section for the next item.
    pub(super) fn section(&mut self, reader: &mut Reader<'_>) -> Option<usize> {
        self.has_items = true;
        let depth = self.open.iter().rposition(Group::has_words);
        let pending = std::mem::take(&mut self.pending);
        if depth.is_none() && pending.is_empty() {
            self.last = None;
            return None;
        }
        let known = depth.and_then(|depth| self.open[depth].section);
        // A section that was interrupted by another one begins again.
        if known.is_some() && known == self.last && pending.is_empty() {
            return known;
        }
        let mut section = Section::default();
        let mut name = "part".to_owned();
        if let Some(depth) = depth {
            let titles: Vec<&Words> = self.open[..=depth]
                .iter()
                .map(|group| &group.title)
                .filter(|t| !t.is_empty())
                .collect();
            section.title = joined(&titles, " – ");
            // Groups around it without a section of their own have no other place for their texts.
            for around in self.open[..depth].iter().filter(|group| !group.is_printed) {
                let texts = around.texts();
                section.instructions = joined(&[&section.instructions, &texts], "\n");
            }
            let group = &self.open[depth];
            name.clone_from(&group.link_id);
            section.lead_in = group.lead_in.clone();
            if !group.is_printed {
                section.instructions = joined(&[&section.instructions, &group.instructions], "\n");
            }
            self.open[..=depth].iter_mut().for_each(|group| group.is_printed = true);
        }
        section.instructions = joined(&[&section.instructions, &pending], "\n");
        section.id = reader.ids.section(&name);
        let position = reader.form.sections.len();
        reader.form.sections.push(section);
        if let Some(depth) = depth {
            self.open[depth].section = Some(position);
        }
        self.last = Some(position);
        Some(position)
    }
}

/// Words one after the other, in the languages of the first that has any.
pub(super) fn joined(all: &[&Words], by: &str) -> Words {
    let all: Vec<&&Words> = all.iter().filter(|words| !words.is_empty()).collect();
    let mut out = Words::default();
    let Some(last) = all.last() else { return out };
    for (language, _) in last.iter() {
        let parts: Vec<&str> = all.iter().filter_map(|words| words.of(language)).collect();
        out.add(language, &parts.join(by));
    }
    out
}
