//! The scores of an instrument in the languages of its expressions.

use scalewright_scoring::normal::{Normal, Output};

use super::exact::Hundredths;
use super::inline::{Named, Names, inlined};
use super::layout::Layout;
use super::oids::Oids;
use super::options::Options;
use super::syntax::OpenEdc;
use super::{in_r, in_spss};
use crate::ExportRequest;
use crate::code::losses::{BANDS, SCORE};
use crate::code::names::unusable;
use crate::code::script::{Column, Content, Kind, Script};
use crate::loss::Loss;
use crate::r::syntax::R;
use crate::spss;
use crate::spss::syntax::Spss;

/// An expression, or why a language does not have it.
pub(super) type Expression = Result<String, String>;

/// The code of a computed item or a condition in each language.
pub(super) struct Code {
    pub(super) openedc: Expression,
    pub(super) r: Expression,
    pub(super) spss: Expression,
}

/// A computed item.
pub(super) struct Computed {
    /// The column of the script in R, which has all scores that are exported.
    pub(super) column: Column,
    pub(super) code: Code,
    /// The positions of the items that it is computed from.
    pub(super) reads: Vec<usize>,
}

/// The scores and conditions of an instrument.
pub(super) struct Scripts {
    pub(super) r: Script,
    spss: Script,
    openedc: Script,
    /// Why there is no code in SPSS.
    no_spss: Option<String>,
}

impl Scripts {
    pub(super) fn new(request: &ExportRequest<'_>, options: &Options) -> Self {
        let script = |syntax| Script::with_conditions(request, syntax, options.columns);
        let spss = script(&Spss);
        let unusable = unusable(request, &spss, &spss::NAMES);
        Self {
            r: script(&R),
            no_spss: unusable.into_iter().next().map(|finding| finding.message),
            spss,
            openedc: script(&OpenEdc),
        }
    }

    /// The computed items, each after those that it is computed from.
    pub(super) fn computed(
        &mut self,
        request: &ExportRequest<'_>,
        (oids, layout): (&Oids, &Layout),
    ) -> Vec<Computed> {
        let columns = self.in_order();
        let normal = Normal::of(request.program, request.instrument);
        let exact = Hundredths::of(&normal);
        let mut names = names(&self.openedc, oids, layout, Some(layout.scores()));
        let mut all = Vec::new();
        for column in columns {
            let own = self.openedc.columns.iter().find(|other| other.name == column.name);
            let openedc = match own {
                None => Err(reason(&self.openedc, request, &column)),
                Some(own) => in_openedc(own, (&normal, &exact), &names),
            };
            if let (Ok(_), Some(own), Kind::Number) = (&openedc, own, column.kind)
                && let Some(name) = variable(&own.text.text)
            {
                names.insert(name, Named::Computed(oids.item(&column.name)));
            }
            let spss = self.in_spss(request, &column);
            let lines = self.r.needed(&column.needs);
            let r = in_r::code(&self.r, &lines, &column.text.text);
            let reads = in_r::items(&self.r, &lines, &column.text.text);
            let reads = reads.map(|item| item.ix.0).collect();
            all.push(Computed { code: Code { openedc, r: Ok(r), spss }, column, reads });
        }
        all
    }

    /// The columns in R, in the order in which they can be computed.
    fn in_order(&mut self) -> Vec<Column> {
        let mut columns = std::mem::take(&mut self.r.columns);
        let order: Vec<_> = self.r.blocks.iter().map(|block| block.scale).collect();
        columns.sort_by_key(|column| order.iter().position(|scale| *scale == column.scale));
        columns
    }

    fn in_spss(&self, request: &ExportRequest<'_>, column: &Column) -> Expression {
        if let Some(why) = &self.no_spss {
            return Err(why.clone());
        }
        let own = self.spss.columns.iter().find(|other| other.name == column.name);
        let own = own.ok_or_else(|| reason(&self.spss, request, column))?;
        Ok(in_spss::column(&self.spss, request, own))
    }

    /// The code of the condition of an item: true if it is not collected. `None` if it is always collected, or the
    /// reason why the condition cannot be stated.
    pub(super) fn condition(
        &self,
        (oids, layout): (&Oids, &Layout),
        item: usize,
    ) -> Option<Result<(Code, Vec<usize>), String>> {
        let printed = self.r.conditions.get(item)?.as_ref()?;
        let piece = match printed {
            Ok(piece) => piece,
            Err(why) => return Some(Err(why.because.clone())),
        };
        let lines = self.r.needed(&self.r.condition_needs[item]);
        let text = format!("!({})", piece.text);
        let reads = in_r::items(&self.r, &lines, &text).map(|item| item.ix.0).collect();
        let r = Ok(in_r::code(&self.r, &lines, &text));
        let openedc = self.in_openedc_condition((oids, layout), item);
        Some(Ok((Code { openedc, r, spss: self.spss_condition(item) }, reads)))
    }

    fn spss_condition(&self, item: usize) -> Expression {
        if let Some(why) = &self.no_spss {
            return Err(why.clone());
        }
        match self.spss.conditions.get(item).and_then(Option::as_ref) {
            Some(Ok(piece)) => {
                let lines = self.spss.needed(&self.spss.condition_needs[item]);
                Ok(in_spss::condition(&self.spss, &lines, &piece.text))
            }
            Some(Err(why)) => Err(why.because.clone()),
            None => Err(String::new()),
        }
    }

    fn in_openedc_condition(&self, (oids, layout): (&Oids, &Layout), item: usize) -> Expression {
        let names = names(&self.openedc, oids, layout, layout.group_of(item));
        match self.openedc.conditions.get(item).and_then(Option::as_ref) {
            Some(Ok(piece)) => inlined(&piece.text, &names, true).map_err(|why| why.because),
            Some(Err(why)) => Err(why.because.clone()),
            None => Err(String::new()),
        }
    }
}

/// The expression of OpenEDC for a column.
fn in_openedc(own: &Column, (normal, exact): (&Normal, &Hundredths), names: &Names) -> Expression {
    let is_exact = match (&own.content, &normal.scores[own.position]) {
        (Content::Score, Output::Number(step)) => exact.is(*step),
        _ => true,
    };
    match own.kind {
        Kind::Word | Kind::Label => {
            return Err("OpenEDC shows `undefined` for a text until it can compute it".to_owned());
        }
        _ if !is_exact => return Err("OpenEDC rounds a computed number to 2 decimals".to_owned()),
        _ => {}
    }
    let text = inlined(&own.text.text, names, false).map_err(|why| why.because)?;
    // OpenEDC puts a letter before an expression that begins with a digit.
    Ok(format!("({text})"))
}

/// The name of a variable, if the expression is only that.
fn variable(text: &str) -> Option<String> {
    let name = text.strip_prefix("@v:")?.strip_suffix('@')?;
    (!name.contains('@')).then(|| name.to_owned())
}

/// What replaces the names in an expression of OpenEDC that belongs to a group of items.
fn names(script: &Script, oids: &Oids, layout: &Layout, context: Option<usize>) -> Names {
    let mut names = Names::new();
    let all = script.blocks.iter().flat_map(|block| &block.lines).chain(&script.rest);
    for line in all {
        if let Some((_, name)) = line.name.trim_matches('@').split_once(':') {
            names.insert(name.to_owned(), Named::Expression(line.text.clone()));
        }
    }
    for item in &script.items {
        let Some(name) = variable(&item.name) else { continue };
        let own = oids.item(&item.id);
        let group = layout.group_of(item.ix.0);
        let path = match group {
            Some(group) if context != Some(group) => {
                format!("{}-{own}", oids.numbered("IG", group))
            }
            _ => own,
        };
        names.insert(name, Named::Answer(path, item.accepted.clone()));
    }
    names
}

/// Why a script does not have a column: what it says about it.
fn reason(script: &Script, request: &ExportRequest<'_>, column: &Column) -> String {
    let id = &request.instrument.scales[column.scale.0].id;
    let said = |loss: &Loss| {
        let what = format!("{} is not exported: ", loss.what.replace("{id}", id));
        let messages = script.diagnostics.iter();
        messages.filter_map(|finding| finding.message.strip_prefix(&what)).next()
    };
    let losses: &[&Loss] = match column.content {
        Content::Band(_) => &[&BANDS, &SCORE],
        _ => &[&SCORE],
    };
    losses.iter().find_map(|loss| said(loss)).unwrap_or_default().to_owned()
}
