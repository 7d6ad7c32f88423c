//! The text of a template as a list of pieces: its own words, and where values are printed between them.

use std::ops::Range;

use minijinja::machinery::ast::{Expr, Stmt};

use crate::templates::rules::bytes;
use crate::templates::walk::{Part, walk};

/// A piece of a template.
pub(super) enum Piece<'t> {
    /// The template's own words.
    Words(&'t str),
    /// A printed value.
    Print {
        /// The bytes in the template.
        span: Range<usize>,
        /// The outermost filter of the value.
        filter: Option<&'t str>,
    },
    /// Another template.
    Include(Range<usize>),
}

/// The pieces of a template, in the order of its text. Both branches of a condition follow each other.
pub(super) fn pieces<'t>(template: &'t Stmt<'_>) -> Vec<Piece<'t>> {
    let mut pieces = Vec::new();
    walk(template, &mut |part| {
        let Part::Statement(statement) = part else { return };
        match statement {
            Stmt::EmitRaw(raw) => pieces.push(Piece::Words(raw.raw)),
            Stmt::EmitExpr(emit) => {
                let filter = match &emit.expr {
                    Expr::Filter(filter) => Some(filter.name),
                    _ => None,
                };
                pieces.push(Piece::Print { span: bytes(emit.span()), filter });
            }
            Stmt::CallBlock(call) => {
                pieces.push(Piece::Print { span: bytes(call.span()), filter: None });
            }
            Stmt::Include(include) => pieces.push(Piece::Include(bytes(include.span()))),
            _ => {}
        }
    });
    pieces
}
