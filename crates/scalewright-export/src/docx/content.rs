//! The items as paragraphs and tables.

use scalewright_model::Layout;

use super::options::Options;
use super::xml::{Writing, cell, field, row, tick};
use crate::ExportRequest;
use crate::pdf::form::box_name;
use crate::printed::{Block, ItemData, OptionData, REQUIRED, blocks, explained};
use crate::ui::{Ui, filled};

/// The width of the text in twentieths of a point, on A4 and US Letter alike.
pub(super) const WIDTH: usize = 9_600;
/// The least width of a column with an option, and of the column with the words of the items.
const OPTION: usize = 620;
const STEM: usize = 3_400;
/// The width of a character of a label, roughly.
const LETTER: usize = 105;

/// What the paragraphs of a form have in common.
pub(super) struct Content<'a> {
    pub(super) request: &'a ExportRequest<'a>,
    pub(super) words: &'static Ui,
    pub(super) writing: Writing,
    pub(super) options: Options,
}

impl Content<'_> {
    /// All items with their headings.
    pub(super) fn items(&self) -> String {
        let blocks = blocks(self.request, self.words);
        let mark = explained(&blocks, self.words);
        let mark = mark.map(|text| self.writing.text("Instructions", &text)).unwrap_or_default();
        mark + &blocks.iter().map(|block| self.block(block)).collect::<String>()
    }

    fn block(&self, block: &Block<'_>) -> String {
        match block {
            Block::Section { title, lead_in, instructions } => {
                let parts =
                    [("Heading1", title), ("Instructions", instructions), ("LeadIn", lead_in)];
                let part = |(style, text): (&str, &Option<&str>)| {
                    text.map(|text| self.writing.text(style, text)).unwrap_or_default()
                };
                parts.into_iter().map(part).collect()
            }
            Block::Note { text, condition } => {
                let condition = condition.as_ref().map(|text| self.writing.text("Condition", text));
                condition.unwrap_or_default() + &self.writing.text("Instructions", text)
            }
            Block::Matrix { options, items } => match self.widths(options) {
                Some(widths) => self.matrix(options, items, &widths),
                None => items.iter().map(|item| self.list(item, options)).collect(),
            },
            Block::Several { item, options } => self.list(item, options),
            Block::Number { item, min, max, unit } => {
                let bounds = [("min", min), ("max", max)];
                let bounds: Vec<(&str, &str)> = bounds
                    .iter()
                    .filter_map(|(name, bound)| Some((*name, bound.as_deref()?)))
                    .collect();
                let range = match bounds.as_slice() {
                    both @ [_, _] => format!(" ({})", filled(self.words.range, both)),
                    [("min", least)] => format!(" (≥ {least})"),
                    [(_, most)] => format!(" (≤ {most})"),
                    _ => String::new(),
                };
                let unit = unit.map(|unit| format!(" {unit}")).unwrap_or_default();
                self.typed(item, "<w:text/>", 12, &format!("{unit}{range}"))
            }
            Block::VisualAnalogue { item, min_label, max_label, min: _, max: _ } => {
                self.stem(item) + &self.line(item, min_label, max_label)
            }
            Block::Text { item, lines: 1 } => self.typed(item, "<w:text/>", 40, ""),
            Block::Text { item, lines } => {
                let lines = usize::try_from(*lines).unwrap_or(1).min(40);
                self.typed(item, "<w:text w:multiLine=\"1\"/>", 75 * lines, "")
            }
            Block::Time { item } => self.typed(item, "<w:text/>", 14, ""),
            Block::Date { item } => self.typed(item, "<w:date/>", 14, ""),
        }
    }

    /// The widths of the columns of a matrix: the words of the items, then the options. `None` if a table would be too
    /// narrow, or if large print is asked for, which has no tables.
    fn widths(&self, options: &[OptionData<'_>]) -> Option<Vec<usize>> {
        let longest = options.iter().flat_map(|option| option.label.split_whitespace());
        let longest = longest.map(|word| word.chars().count()).max().unwrap_or_default();
        let option = (longest * LETTER + 160).max(OPTION);
        let needed = option.checked_mul(options.len())?;
        let is_large = self.request.common.layout == Layout::LargePrint;
        if is_large || needed + STEM > WIDTH {
            return None;
        }
        let each = option.max((WIDTH - STEM) / options.len().max(4));
        let mut widths = vec![WIDTH - each * options.len()];
        widths.extend(options.iter().map(|_| each));
        Some(widths)
    }

    /// A table with a row for each item and a column for each option.
    fn matrix(
        &self,
        options: &[OptionData<'_>],
        items: &[ItemData<'_>],
        widths: &[usize],
    ) -> String {
        let writing = self.writing;
        let heads = options.iter().zip(&widths[1..]).map(|(option, width)| {
            // The label of an option without words is its value already.
            let shows = self.options.values && option.label != option.value;
            let value = shows.then(|| writing.text("Value", &option.value));
            cell(*width, &(writing.text("Option", option.label) + &value.unwrap_or_default()))
        });
        let corner = cell(widths[0], &writing.text("Corner", self.words.item));
        let mut rows = row(true, &(corner + &heads.collect::<String>()));
        for item in items {
            let boxes = options.iter().zip(&widths[1..]).map(|(option, width)| {
                cell(*width, &writing.paragraph("Option", &self.tick(item, option)))
            });
            let stem = cell(widths[0], &self.stem(item));
            rows += &row(false, &(stem + &boxes.collect::<String>()));
        }
        let name = items.iter().map(shown).collect::<Vec<_>>().join(" · ");
        let name: String = name.chars().take(200).collect();
        // Two tables without a paragraph between them would become one.
        writing.table(&name, widths, &rows) + &writing.paragraph("Gap", "")
    }

    /// The words of an item, after its condition.
    fn stem(&self, item: &ItemData<'_>) -> String {
        let condition = item.condition.as_ref().map(|text| self.writing.text("Condition", text));
        let mark = if item.required { format!("\u{a0}{REQUIRED}") } else { String::new() };
        condition.unwrap_or_default() + &self.writing.text("Item", &(shown(item) + &mark))
    }

    fn tick(&self, item: &ItemData<'_>, option: &OptionData<'_>) -> String {
        let name = match option.label {
            "" => &option.value,
            label => label,
        };
        tick(&format!("{name}: {}", shown(item)), &box_name(item.id, &option.value))
    }

    /// An item with its options below each other.
    fn list(&self, item: &ItemData<'_>, options: &[OptionData<'_>]) -> String {
        let options = options.iter().map(|option| {
            let value = match self.options.values && option.label != option.value {
                true => format!(" {}", option.value),
                false => String::new(),
            };
            let text = self.writing.run(&format!("{value}  {}", option.label));
            self.writing.paragraph("Choice", &(self.tick(item, option) + &text))
        });
        self.stem(item) + &options.collect::<String>() + &self.writing.paragraph("Gap", "")
    }

    /// An item that is answered by typing, with what is behind the field.
    fn typed(&self, item: &ItemData<'_>, kind: &str, width: usize, behind: &str) -> String {
        let field = field(&shown(item), item.id, kind, width);
        let behind = if behind.is_empty() { String::new() } else { self.writing.run(behind) };
        self.stem(item) + &self.writing.paragraph("Answer", &(field + &behind))
    }

    /// A line between two labels, on which a cross is made.
    fn line(&self, item: &ItemData<'_>, min: &str, max: &str) -> String {
        // 100 mm: a length that is measured easily.
        const LINE: usize = 5_669;
        let label = (WIDTH - LINE) / 2;
        let border = "<w:pBdr><w:bottom w:val=\"single\" w:sz=\"8\" w:space=\"0\" w:color=\"auto\"/></w:pBdr>";
        let cells = [
            cell(label, &self.writing.text("Option", min)),
            cell(LINE, &self.writing.paragraph_with("Line", border, "")),
            cell(label, &self.writing.text("Option", max)),
        ];
        let widths = [label, LINE, label];
        let rows = row(false, &cells.concat());
        self.writing.table(&shown(item), &widths, &rows) + &self.writing.paragraph("Gap", "")
    }
}

/// The number and the words of an item.
fn shown(item: &ItemData<'_>) -> String {
    match crate::choices::printed_number(item.number) {
        None => item.stem.to_owned(),
        Some(number) => format!("{number} {}", item.stem),
    }
}
