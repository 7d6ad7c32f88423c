//! The code of all scores of an instrument: the items that it reads, the lines of each score, and the columns that it
//! gives. Every language prints a file from it.

use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::{
    Band, Comparison, Diagnostic, Instrument, ItemIx, Lower, OptionValue, ScaleIx, TOLERANCE, Upper,
};
use scalewright_scoring::normal::{CheckIx, Normal, Output, TruthChecks};
use scalewright_scoring::{Accepted, Score, formula_text, looked_into};

use super::lines::{Line, Lines, Piece, Print, within};
use super::losses::{BANDS, SCORE};
use super::options::Columns;
use super::syntax::{Syntax, option_column};
use super::walk::Walk;
use crate::ExportRequest;
use crate::loss::{refused, unscored};

/// The code of an instrument's scores.
pub(crate) struct Script {
    /// The items that the scores are computed from, in the order of the instrument.
    pub(crate) items: Vec<ScriptItem>,
    /// The lines of each score, each after those of the scores that it is computed from.
    pub(crate) blocks: Vec<Block>,
    /// The columns of the result, in the order of the definition.
    pub(crate) columns: Vec<Column>,
    /// What is left out or refused.
    pub(crate) diagnostics: Vec<Diagnostic>,
    /// The condition under which each item is asked and then each note is shown, in the order of the instrument, if the
    /// conditions are printed too; `None` for what is always asked or shown.
    pub(crate) conditions: Vec<Option<Print<Piece>>>,
    /// The lines that each condition needs, parallel to the conditions, see [`Script::needed`].
    pub(crate) condition_needs: Vec<Vec<usize>>,
    /// The lines that only conditions need.
    pub(crate) rest: Vec<Line>,
}

/// An item that the code reads.
pub(crate) struct ScriptItem {
    /// The item.
    pub(crate) ix: ItemIx,
    /// The position of the option, if this is one of an item with several choices. Its answer is then 1 or 0.
    pub(crate) option: Option<usize>,
    /// Its id, which is the name of the column of the data. For an option, the name of its column.
    pub(crate) id: String,
    /// The name of the variable with the cleaned answer.
    pub(crate) name: String,
    /// The answers that are accepted; all others are missing.
    pub(crate) accepted: Accepted,
    /// The values that state that there is no answer. They are missing, not invalid.
    pub(crate) non_response: Vec<OptionValue>,
}

impl ScriptItem {
    /// The call that cleans the answer, in a language in which that is a call. `none` writes the argument for the values
    /// that state that there is no answer; without such values there is no argument.
    pub(crate) fn cleaning_call(&self, syntax: &dyn Syntax, none: fn(&str) -> String) -> String {
        let call = syntax.clean(&syntax.column(&self.id), Some(&self.accepted)).text;
        let values =
            self.non_response.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        match call.strip_suffix(')') {
            Some(open) if !values.is_empty() => format!("{open}, {})", none(&values)),
            _ => call,
        }
    }
}

/// The lines of a score.
pub(crate) struct Block {
    /// Its scale.
    pub(crate) scale: ScaleIx,
    /// The id of its scale.
    pub(crate) id: String,
    /// The title of its scale.
    pub(crate) title: String,
    /// Its formula, in the notation of definitions.
    pub(crate) formula: String,
    /// The lines that no earlier score has needed.
    pub(crate) lines: Vec<Line>,
}

/// The kind of value in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// A score that is a number.
    Number,
    /// A truth value.
    Truth,
    /// One of the words of a score.
    Word,
    /// A number of answers.
    Count,
    /// The label of a band.
    Label,
}

/// What a column contains.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Content {
    /// The score.
    Score,
    /// How many of its items were answered.
    Answered,
    /// Whether it uses a substitute for a missing answer.
    Prorated,
    /// The label of the band that contains it, of the set at this position of [`Scale::all_bands`].
    ///
    /// [`Scale::all_bands`]: scalewright_model::Scale::all_bands
    Band(usize),
}

/// A column of the result.
pub(crate) struct Column {
    /// Its name.
    pub(crate) name: String,
    /// The kind of its values.
    pub(crate) kind: Kind,
    /// The position of its score in the program.
    pub(crate) position: usize,
    /// Its scale.
    pub(crate) scale: ScaleIx,
    /// What it contains.
    pub(crate) content: Content,
    /// Its expression, or a statement.
    pub(crate) text: Piece,
    /// The lines that the expression needs, as positions among all lines, see [`Script::needed`].
    pub(crate) needs: Vec<usize>,
}

impl Column {
    /// Whether its values are texts.
    pub(crate) fn is_text(&self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Label)
    }
}

impl Script {
    /// The scores that `request` publishes, printed in `syntax`.
    pub(crate) fn new(request: &ExportRequest<'_>, syntax: &dyn Syntax, columns: Columns) -> Self {
        Self::printed(request, syntax, columns, (false, true))
    }

    /// The scores and conditions of a form, whose program has a value for each option of items with several choices.
    pub(crate) fn of_form(
        request: &ExportRequest<'_>,
        syntax: &dyn Syntax,
        columns: Columns,
    ) -> Self {
        Self::printed(request, syntax, columns, (true, true))
    }

    /// The same with the conditions under which items are asked.
    pub(crate) fn with_conditions(
        request: &ExportRequest<'_>,
        syntax: &dyn Syntax,
        columns: Columns,
    ) -> Self {
        Self::printed(request, syntax, columns, (true, false))
    }

    fn printed(
        request: &ExportRequest<'_>,
        syntax: &dyn Syntax,
        columns: Columns,
        (with_conditions, with_options): (bool, bool),
    ) -> Self {
        let (instrument, program) = (request.instrument, request.program);
        let normal = Normal::of(program, instrument);
        let names = names(instrument, syntax);
        let walk = Walk(syntax);
        let mut lines = Lines::new(instrument, program, &normal, &walk);
        lines.cleaned = Some(&names.items);
        lines.option_names = with_options.then_some(&names.options);
        let mut printer = Printer {
            request,
            lines,
            walk: &walk,
            names: &names,
            columns,
            found: Vec::new(),
            listed: 0,
        };
        let published = request.published();
        let mut scored: Vec<(usize, Block, Vec<Column>)> = Vec::new();
        for (position, _) in published.iter().enumerate().filter(|(_, is)| **is) {
            scored.extend(printer.score(position));
        }
        let conditions = if with_conditions { printer.conditions() } else { Vec::new() };
        let (conditions, condition_needs) = conditions.into_iter().unzip();
        let rest = printer.lines.since(printer.listed).to_vec();
        let mut diagnostics = unscored(request, syntax.language());
        diagnostics.append(&mut printer.found);
        // Conditions under which items are asked read further items.
        let mut used = printer.lines.read;
        for (position, _, _) in &scored {
            used.extend(&program.scores[*position].items);
        }
        let items = used.into_iter().filter_map(|ix| item(request, ix, &names));
        let options = printer.lines.read_options.iter();
        let options = options.map(|(ix, at)| option(request, (*ix, *at), &names));
        let mut items: Vec<ScriptItem> = items.chain(options).collect();
        items.sort_by_key(|item| (item.ix, item.option));
        let (mut blocks, mut columns) = (Vec::new(), Vec::new());
        for (_, block, own) in scored {
            blocks.push(block);
            columns.extend(own);
        }
        // The columns of a score keep their order, because sorting is stable.
        columns.sort_by_key(|column| column.scale);
        Self { items, blocks, columns, diagnostics, conditions, condition_needs, rest }
    }

    /// The lines at these positions among all lines.
    pub(crate) fn needed(&self, needs: &[usize]) -> Vec<&Line> {
        let all: Vec<&Line> =
            self.blocks.iter().flat_map(|block| &block.lines).chain(&self.rest).collect();
        needs.iter().filter_map(|at| all.get(*at).copied()).collect()
    }

    /// Whether any score is left.
    pub(crate) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }
}

/// The column of an option of an item with several choices.
fn option(request: &ExportRequest<'_>, (ix, at): (ItemIx, usize), names: &Names) -> ScriptItem {
    let value = request.instrument.response(ix).options()[at].value;
    ScriptItem {
        ix,
        option: Some(at),
        id: option_column(&request.instrument.items[ix.0].id, value),
        name: names.options[&(ix, at)].clone(),
        accepted: Accepted::Values([0, 1].map(OptionValue::whole).into()),
        non_response: Vec::new(),
    }
}

/// An item with one answer. `None` for others.
fn item(request: &ExportRequest<'_>, ix: ItemIx, names: &Names) -> Option<ScriptItem> {
    let accepted = request.program.answer(ix)?.accepted.clone();
    if let Accepted::Choices(_) = accepted {
        return None;
    }
    let options = request.instrument.response(ix).options().iter();
    let non_response = options.filter(|option| option.non_response).map(|option| option.value);
    Some(ScriptItem {
        ix,
        option: None,
        id: request.instrument.items[ix.0].id.clone(),
        name: names.items[ix.0].clone(),
        accepted,
        non_response: non_response.collect(),
    })
}

/// The names of variables.
struct Names {
    /// Those of the cleaned answers, parallel to the items of the instrument.
    items: Vec<String>,
    /// Those of scores, parallel to the scales of the instrument.
    scales: Vec<String>,
    /// Those of the options of items with several choices that formulas look into.
    options: BTreeMap<(ItemIx, usize), String>,
}

/// Names of variables that are all different.
fn names(instrument: &Instrument, syntax: &dyn Syntax) -> Names {
    let mut taken = BTreeSet::new();
    let mut name = |id: &str, ending: &str| {
        let mut name = syntax.variable(id);
        let mut more = id.to_owned();
        while !taken.insert(name.to_lowercase()) {
            more.push_str(ending);
            name = syntax.variable(&more);
        }
        name
    };
    let items = instrument.items.iter().map(|item| name(&item.id, "_answer")).collect();
    let scales = instrument.scales.iter().map(|scale| name(&scale.id, "_score")).collect();
    let mut options = BTreeMap::new();
    for ix in looked_into(instrument) {
        for (at, option) in instrument.response(ix).options().iter().enumerate() {
            let id = option_column(&instrument.items[ix.0].id, option.value);
            options.insert((ix, at), name(&id, "_answer"));
        }
    }
    Names { items, scales, options }
}

/// The printing of one score after the other.
struct Printer<'a> {
    request: &'a ExportRequest<'a>,
    lines: Lines<'a>,
    walk: &'a Walk<'a>,
    names: &'a Names,
    columns: Columns,
    found: Vec<Diagnostic>,
    /// How many lines are in blocks. Lines of a score that was refused are listed with the next one, which may use
    /// them.
    listed: usize,
}

impl Printer<'_> {
    /// The lines and columns of the score at a position, unless it is refused.
    fn score(&mut self, position: usize) -> Option<(usize, Block, Vec<Column>)> {
        let score = &self.request.program.scores[position];
        let scale = &self.request.instrument.scales[score.scale.0];
        let words = &self.request.wording.scales[score.scale.0];
        let mut columns = match self.computed(position, score, &scale.id) {
            Ok(columns) => columns,
            Err(why) => {
                self.found.push(refused(self.request, scale.pointer(), (&SCORE, &scale.id), &why));
                return None;
            }
        };
        if self.columns == Columns::All {
            columns.extend(self.bands(position));
        }
        let block = Block {
            scale: score.scale,
            id: scale.id.clone(),
            title: words.title.clone(),
            formula: formula_text(&score.formula, self.request.instrument),
            lines: self.lines.since(self.listed).to_vec(),
        };
        self.listed = self.lines.len();
        Some((position, block, columns))
    }

    /// The conditions under which items are asked and notes shown: true once they are known to be.
    fn conditions(&mut self) -> Vec<(Option<Print<Piece>>, Vec<usize>)> {
        let normal = self.lines.normal;
        let mut conditions = Vec::new();
        for asked in normal.conditions() {
            let printed = |truth: TruthChecks| self.lines.started(|lines| lines.check(truth.yes));
            let condition = asked.map(printed);
            let needs = if condition.is_some() { self.lines.needed() } else { Vec::new() };
            conditions.push((condition, needs));
        }
        conditions
    }

    /// The columns of a score, except those of bands.
    fn computed(&mut self, position: usize, score: &Score, id: &str) -> Print<Vec<Column>> {
        let mut columns = vec![self.number(position, score)?];
        if self.columns == Columns::All {
            columns.extend(self.marks(position, id)?);
        }
        columns.iter().try_for_each(|column| fits(self.walk, &column.text))?;
        Ok(columns)
    }

    /// The column of the score itself.
    fn number(&mut self, position: usize, score: &Score) -> Print<Column> {
        let (syntax, normal) = (self.walk.0, self.lines.normal);
        let name = &self.names.scales[score.scale.0];
        let output = &normal.scores[position];
        if let Output::Number(step) | Output::Word { position: step, words: _ } = output {
            self.lines.score_line(position, name, *step)?;
        }
        let walk = self.walk;
        let text = self.lines.started(|lines| match output {
            Output::Number(_) => walk.score_number(lines, position),
            Output::Word { position: _, words } => {
                let of = walk.score_number(lines, position)?;
                let words = words.iter().map(|word| syntax.text(word));
                Ok(syntax.word(&of, &words.collect::<Print<Vec<_>>>()?))
            }
            Output::Truth(truth) => walk.truth(lines, *truth),
        })?;
        let kind = match output {
            Output::Number(_) => Kind::Number,
            Output::Word { position: _, words: _ } => Kind::Word,
            Output::Truth(_) => Kind::Truth,
        };
        let name = self.request.instrument.scales[score.scale.0].id.clone();
        let (scale, content, needs) = (score.scale, Content::Score, self.lines.needed());
        Ok(Column { name, kind, position, scale, content, text, needs })
    }

    /// The columns about the answers that the score uses.
    fn marks(&mut self, position: usize, id: &str) -> Print<[Column; 2]> {
        let (walk, normal) = (self.walk, self.lines.normal);
        let scale = self.request.program.scores[position].scale;
        let answered = normal.answered[position].clone();
        let text = self.lines.started(|lines| match answered.is_empty() {
            true => Ok(walk.0.number(0.0)),
            false => Ok(walk.0.count(&lines.checks(&answered)?)),
        })?;
        let name = format!("{id}_answered");
        let (content, needs) = (Content::Answered, self.lines.needed());
        let counted = Column { name, kind: Kind::Count, position, scale, content, text, needs };
        let (yes, known) = (normal.prorated[position], normal.is_scored(position));
        let text = self.lines.started(|lines| walk.mark(lines, yes, known))?;
        let name = format!("{id}_prorated");
        let (content, needs) = (Content::Prorated, self.lines.needed());
        Ok([counted, Column { name, kind: Kind::Truth, position, scale, content, text, needs }])
    }

    /// The columns with labels of bands, except those that are refused.
    fn bands(&mut self, position: usize) -> Vec<Column> {
        let scale = self.request.program.scores[position].scale;
        let (own, words) =
            (&self.request.instrument.scales[scale.0], &self.request.wording.scales[scale.0]);
        let mut columns = Vec::new();
        for (at, ((set, bands), labels)) in own.all_bands().zip(words.all_bands()).enumerate() {
            let name = match set {
                None => format!("{}_band", own.id),
                Some(set) => format!("{}_band_{set}", own.id),
            };
            let walk = self.walk;
            let printed = self.lines.started(|lines| walk.band(lines, position, bands, labels));
            let printed = printed.and_then(|text| fits(walk, &text).map(|()| text));
            match printed {
                Ok(text) => columns.push(Column {
                    name,
                    kind: Kind::Label,
                    position,
                    scale,
                    content: Content::Band(at),
                    text,
                    needs: self.lines.needed(),
                }),
                Err(why) => {
                    let finding = refused(self.request, own.pointer(), (&BANDS, &own.id), &why);
                    self.found.push(finding);
                }
            }
        }
        columns
    }
}

/// Refuses the expression of a column that is too long for the language.
fn fits(walk: &Walk<'_>, piece: &Piece) -> Print<()> {
    within(walk.0.longest(), piece.text.clone()).map(|_| ())
}

impl Walk<'_> {
    fn truth(&self, lines: &mut Lines<'_>, truth: TruthChecks) -> Print<Piece> {
        let TruthChecks { yes, no, known } = truth;
        if known == CheckIx::ALWAYS {
            return Ok(self.0.sure_truth_value(&lines.check(yes)?));
        }
        let (yes, no) = (self.possible(lines, yes)?, self.possible(lines, no)?);
        Ok(self.0.truth_value(yes.as_ref(), no.as_ref()))
    }

    /// A condition; `None` if it is never true.
    fn possible(&self, lines: &mut Lines<'_>, check: CheckIx) -> Print<Option<Piece>> {
        Ok(match check {
            CheckIx::NEVER => None,
            check => Some(lines.check(check)?),
        })
    }

    /// The mark of a score: whether `yes` is true, missing if the score is.
    fn mark(&self, lines: &mut Lines<'_>, yes: CheckIx, known: CheckIx) -> Print<Piece> {
        let (yes, known) = (self.possible(lines, yes)?, self.possible(lines, known)?);
        // The mark is only true of scores that are known, so it is decided first.
        Ok(self.0.truth_value(yes.as_ref(), known.as_ref()))
    }

    /// The label of the first band that contains a score.
    fn band(
        &self,
        lines: &mut Lines<'_>,
        position: usize,
        bands: &[Band],
        labels: &[String],
    ) -> Print<Piece> {
        let score = self.score_number(lines, position)?;
        let mut cases = Vec::new();
        for (band, label) in bands.iter().zip(labels) {
            let edges = edges(band)
                .map(|(comparison, edge)| self.0.compare(comparison, &score, &self.0.number(edge)));
            let within = self.0.definite(self.0.all(&edges), std::slice::from_ref(&score));
            cases.push((within, Piece::atom(self.0.text(label)?)));
        }
        let none = Piece::atom(self.0.missing_text());
        self.chain(lines, cases, none)
    }
}

/// The ends of a band as comparisons. They are moved by the tolerance, so that a score within it of an end counts as
/// equal to the end.
fn edges(band: &Band) -> [(Comparison, f64); 2] {
    let lower = match band.lower {
        Lower::From(from) => (Comparison::AtLeast, from - TOLERANCE),
        Lower::Above(above) => (Comparison::Greater, above + TOLERANCE),
    };
    let upper = match band.upper {
        Upper::To(to) => (Comparison::AtMost, to + TOLERANCE),
        Upper::Below(below) => (Comparison::Less, below - TOLERANCE),
    };
    [lower, upper]
}
