//! A stub for Typst's HTML target.
//!
//! `typst` and `typst-realize` always depend on `typst-html`, which depends on HTML and SVG output and a rasteriser for
//! pictures. A form is laid out in pages, so none of that ever runs. This crate replaces it (`[patch.crates-io]` in the
//! root `Cargo.toml`). It defines the items that the two crates use, and no document can contain an HTML element.
//!
//! Compiling to HTML is impossible, because Typst's `HtmlDocument` does not exist here.

#![expect(missing_docs, reason = "Typst's macro writes items without documentation")]

use typst_library::foundations::{Content, Module, NativeRuleMap, Scope, StyleChain};
use typst_library::visualize::Color;
use typst_macros::elem;

/// An HTML element. Never created.
#[elem(name = "elem")]
pub struct HtmlElem {
    /// A placeholder for the tag.
    #[required]
    pub tag: bool,
}

/// Properties of tags.
pub mod tag {
    /// Whether white space next to the tag collapses.
    #[must_use]
    pub fn is_whitespace_collapsing(_tag: bool) -> bool {
        false
    }

    /// Whether the tag is part of a paragraph.
    #[must_use]
    pub fn should_group_into_pars(_tag: bool) -> bool {
        false
    }
}

/// The module `html` of the standard library, which is empty.
#[must_use]
pub fn module() -> Module {
    Module::new("html", Scope::new())
}

/// Registers no show rule.
pub fn register(_rules: &mut NativeRuleMap) {}

/// The body of a MathML element: always `None`.
#[must_use]
pub fn html_mathml_body<'a>(
    _content: &'a Content,
    _styles: StyleChain<'a>,
) -> Option<Option<&'a Content>> {
    None
}

/// The content, unchanged: colours of HTML are not supported.
#[must_use]
pub fn html_span_filled(content: Content, _color: Color) -> Content {
    content
}
