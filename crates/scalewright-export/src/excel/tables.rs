//! Tables in formulas: short ones as arrays of constants, long ones in a sheet of their own.

use scalewright_model::Comparison;
use scalewright_scoring::normal::tree::{Edge, Leaf, Node};

use super::names::letters;
use super::spelling::number;
use crate::code::intervals::intervals;
use crate::code::lines::Piece;
use crate::code::syntax::Syntax;

/// The maximum length of the arrays of constants within a formula.
const ARRAYS: usize = 400;
/// The most intervals with lines that are printed as nested choices.
const LINES: usize = 6;
/// The name of the sheet with the long tables.
pub(super) const SHEET: &str = "Tables";
/// The row of a table's first interval in the sheet, from 1.
pub(super) const FIRST_ROW: u32 = 3;
/// The columns of a table, with an empty one after it.
pub(super) const WIDTH: u16 = 6;

/// A table in the sheet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Long {
    /// The number at which each interval starts, ascending. The first one has none, and applies to all lower numbers.
    pub(super) starts: Vec<Option<f64>>,
    /// The result in each interval.
    pub(super) results: Vec<Leaf>,
}

/// The tables in the sheet.
#[derive(Debug, Default)]
pub(super) struct Tables(pub(super) Vec<Long>);

impl Tables {
    /// The formula of a table: a search where only one key is left, otherwise comparisons that bisect it.
    pub(super) fn printed(&mut self, syntax: &dyn Syntax, node: &Node, keys: &[Piece]) -> Piece {
        let (Edge { key, below }, less, more) = match node {
            Node::Leaf(leaf) => return syntax.leaf(leaf, &keys[0]),
            Node::Split { edge, less, more } => (*edge, less, more),
        };
        if let Some(table) = single(node, key) {
            if let Some(arrays) = arrays(&table, &keys[key]) {
                return arrays;
            }
            if table.is_long() {
                return self.found(table, &keys[key], &keys[0]);
            }
        }
        let test = syntax.compare(Comparison::Less, &keys[key], &syntax.number(below));
        let less = self.printed(syntax, less, keys);
        let more = self.printed(syntax, more, keys);
        syntax.choose(&[(test, less)], &more)
    }

    /// The formula that finds a number in the sheet. `first` is the key along which lines rise.
    fn found(&mut self, table: Long, key: &Piece, first: &Piece) -> Piece {
        let (is_constant, rows) = (table.is_constant(), table.starts.len());
        let at = match self.0.iter().position(|other| *other == table) {
            Some(at) => at,
            None => {
                self.0.push(table);
                self.0.len() - 1
            }
        };
        let column = |offset: u16| {
            let letters = letters(u16::try_from(at).unwrap_or(u16::MAX).saturating_mul(WIDTH).saturating_add(offset));
            let last = FIRST_ROW as usize + rows - 1;
            format!("{SHEET}!${letters}${FIRST_ROW}:${letters}${last}")
        };
        let row = format!("MATCH({},{},1)", key.text, column(0));
        let cell = |offset: u16| format!("INDEX({},{row})", column(offset));
        Piece::atom(match is_constant {
            true => cell(1),
            false => format!(
                "IF(ISNUMBER({value}),{value}+MAX({}-{},0)/{}*{},\"\")",
                first.operand(),
                cell(2),
                cell(4),
                cell(3),
                value = cell(1),
            ),
        })
    }
}

impl Long {
    /// Whether no interval has a line.
    pub(super) fn is_constant(&self) -> bool {
        !self.results.iter().any(|leaf| matches!(leaf, Leaf::Line { .. }))
    }

    fn is_long(&self) -> bool {
        self.is_constant() || self.starts.len() > LINES
    }
}

/// The table of a node that compares only this key.
fn single(node: &Node, key: usize) -> Option<Long> {
    let (mut starts, mut results) = (vec![None], Vec::new());
    for (end, node) in intervals(node, key) {
        let Node::Leaf(leaf) = node else { return None };
        results.push(*leaf);
        starts.extend(end.map(Some));
    }
    Some(Long { starts, results })
}

/// A search in arrays of constants; `None` if the table is too long for them, too short, or has lines.
fn arrays(table: &Long, key: &Piece) -> Option<Piece> {
    let result = |leaf: &Leaf| match leaf {
        Leaf::Missing => Some("\"\"".to_owned()),
        Leaf::Value(value) => Some(number(*value).text),
        Leaf::Line { .. } => None,
    };
    let results = table.results.iter().map(result).collect::<Option<Vec<_>>>()?;
    let starts: Vec<String> =
        table.starts.iter().flatten().map(|start| number(*start).text).collect();
    let (first, others) = results.split_first()?;
    let arrays = format!("{{{}}},{{{}}}", starts.join(","), others.join(","));
    let (x, start) = (&key.text, starts.first()?);
    (starts.len() > 1 && arrays.len() <= ARRAYS)
        .then(|| Piece::atom(format!("IF({}<{start},{first},LOOKUP({x},{arrays}))", key.operand())))
}

#[cfg(test)]
mod tests {
    use scalewright_scoring::normal::tree::Leaf;

    use super::{Long, Tables, arrays};
    use crate::code::lines::Piece;

    fn table(rows: u32) -> Long {
        let number = |row: u32| f64::from(row);
        Long {
            starts: (0..rows).map(|row| (row > 0).then(|| number(row))).collect(),
            results: (0..rows).map(|row| Leaf::Value(number(row) * 2.0)).collect(),
        }
    }

    #[test]
    fn short_tables_are_arrays_and_long_ones_a_sheet() {
        let short = arrays(&table(3), &Piece::atom("B2")).expect("it is short");
        assert_eq!(short.text, "IF(B2<1,0,LOOKUP(B2,{1,2},{2,4}))");
        assert!(arrays(&table(200), &Piece::atom("B2")).is_none());
        let mut tables = Tables::default();
        let key = Piece::atom("B2");
        let long = tables.found(table(200), &key, &key);
        assert_eq!(long.text, "INDEX(Tables!$B$3:$B$202,MATCH(B2,Tables!$A$3:$A$202,1))");
        assert_eq!(tables.found(table(200), &key, &key).text, long.text);
        assert_eq!(tables.0.len(), 1);
    }
}
