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
/// The most intervals of the first of two keys that are printed as nested choices.
const GROUPS: usize = 4;

/// A table in the sheet.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Long {
    /// The number at which each interval starts, ascending. The first one has none, and applies to all lower numbers.
    pub(super) starts: Vec<Option<f64>>,
    /// The same for a second key, whose intervals are the columns. Empty if there is only one key.
    pub(super) across: Vec<Option<f64>>,
    /// The results in each interval: one, or one for each interval of the second key.
    pub(super) results: Vec<Vec<Leaf>>,
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
        if let Some((table, other)) = double(node, key, keys.len()) {
            return self.found_by_two(table, (&keys[key], &keys[other]));
        }
        let test = syntax.compare(Comparison::Less, &keys[key], &syntax.number(below));
        let less = self.printed(syntax, less, keys);
        let more = self.printed(syntax, more, keys);
        syntax.choose(&[(test, less)], &more)
    }

    /// The formula that finds a number in the sheet. `first` is the key along which lines rise.
    fn found(&mut self, table: Long, key: &Piece, first: &Piece) -> Piece {
        let is_constant = table.is_constant();
        let (at, rows) = self.placed(table);
        let column = |offset: usize| range((at, offset), (at, offset), rows);
        let row = format!("MATCH({},{},1)", key.text, column(0));
        let cell = |offset: usize| format!("INDEX({},{row})", column(offset));
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

    /// The formula that finds a number in the sheet by two keys.
    fn found_by_two(&mut self, table: Long, (key, other): (&Piece, &Piece)) -> Piece {
        let width = table.across.len();
        let (at, rows) = self.placed(table);
        let (first, last) = (letters(column(at + 1)), letters(column(at + width)));
        let head = FIRST_ROW - 1;
        Piece::atom(format!(
            "INDEX({},MATCH({},{},1),MATCH({},{SHEET}!${first}${head}:${last}${head},1))",
            range((at, 1), (at, width), rows),
            key.text,
            range((at, 0), (at, 0), rows),
            other.text,
        ))
    }

    /// The first column and the number of rows of a table, which is added unless it is in the sheet.
    fn placed(&mut self, table: Long) -> (usize, usize) {
        let at = self.0.iter().position(|other| *other == table).unwrap_or_else(|| {
            self.0.push(table);
            self.0.len() - 1
        });
        (self.0[..at].iter().map(Long::width).sum(), self.0[at].starts.len())
    }

    /// The number of columns of the sheet.
    pub(super) fn width(&self) -> usize {
        self.0.iter().map(Long::width).sum()
    }
}

/// The rows of some columns of a table: each one is the first column of the table and an offset.
fn range(first: (usize, usize), last: (usize, usize), rows: usize) -> String {
    let (first, last) = (letters(column(first.0 + first.1)), letters(column(last.0 + last.1)));
    let end = FIRST_ROW as usize + rows - 1;
    format!("{SHEET}!${first}${FIRST_ROW}:${last}${end}")
}

/// A position as a column. A sheet with more columns is refused.
fn column(at: usize) -> u16 {
    u16::try_from(at).unwrap_or(u16::MAX)
}

impl Long {
    /// The number of its columns, with an empty one after them.
    pub(super) fn width(&self) -> usize {
        match self.across.len() {
            0 if self.is_constant() => 3,
            0 => 6,
            columns => columns + 2,
        }
    }

    /// Whether no interval has a line.
    pub(super) fn is_constant(&self) -> bool {
        !self
            .results
            .iter()
            .flatten()
            .any(|leaf| matches!(leaf, Leaf::Line { from: _, value: _, rise: _, run: _ }))
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
        results.push(vec![*leaf]);
        starts.extend(end.map(Some));
    }
    Some(Long { starts, across: Vec::new(), results })
}

/// The table of a node that compares this key and then, in each interval, one other key. It is returned with that key,
/// unless it is short or has lines.
fn double(node: &Node, key: usize, keys: usize) -> Option<(Long, usize)> {
    let groups = intervals(node, key);
    let other = groups.iter().find_map(|(_, node)| match node {
        Node::Split { edge, less: _, more: _ } => Some(edge.key),
        Node::Leaf(_) => None,
    })?;
    let (mut starts, mut across) = (vec![None], Vec::new());
    for (end, node) in &groups {
        let inner = single(node, other).filter(Long::is_constant)?;
        across.extend(inner.starts.into_iter().flatten());
        starts.extend(end.map(Some));
    }
    if groups.len() <= GROUPS {
        return None;
    }
    across.sort_by(f64::total_cmp);
    across.dedup();
    let across: Vec<Option<f64>> =
        std::iter::once(None).chain(across.into_iter().map(Some)).collect();
    let leaf = |node: &Node, start: &Option<f64>| {
        let mut at = vec![0.0; keys];
        at[other] = start.unwrap_or(f64::MIN);
        node.leaf(&at)
    };
    let row =
        |(_, node): &(Option<f64>, &Node)| across.iter().map(|start| leaf(node, start)).collect();
    let results = groups.iter().map(row).collect();
    Some((Long { starts, across, results }, other))
}

/// A search in arrays of constants; `None` if the table is too long for them, too short, or has lines.
fn arrays(table: &Long, key: &Piece) -> Option<Piece> {
    let result = |leaf: &Leaf| match leaf {
        Leaf::Missing => Some("\"\"".to_owned()),
        Leaf::Value(value) => Some(number(*value).text),
        Leaf::Line { from: _, value: _, rise: _, run: _ } => None,
    };
    let results = table.results.iter().flatten().map(result).collect::<Option<Vec<_>>>()?;
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
            across: Vec::new(),
            results: (0..rows).map(|row| vec![Leaf::Value(number(row) * 2.0)]).collect(),
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

    #[test]
    fn a_table_of_two_keys_is_a_grid() {
        let mut tables = Tables::default();
        let (age, raw) = (Piece::atom("B2"), Piece::atom("C2"));
        let first = tables.found(table(200), &age, &age);
        assert!(first.text.contains("$A$3"), "{}", first.text);
        let grid = Long { across: vec![None, Some(1.0)], ..table(3) };
        assert_eq!(
            tables.found_by_two(grid, (&age, &raw)).text,
            "INDEX(Tables!$E$3:$F$5,MATCH(B2,Tables!$D$3:$D$5,1),MATCH(C2,Tables!$E$2:$F$2,1))"
        );
    }
}
