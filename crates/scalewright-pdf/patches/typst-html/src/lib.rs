//! Typst's HTML target, left out.
//!
//! `typst` and `typst-realize` always depend on `typst-html`, which brings HTML, SVG and a rasteriser for pictures along.
//! A form is laid out in pages, so none of that can ever run. This crate takes its place (`[patch.crates-io]` in the
//! root `Cargo.toml`): it has the items that the two ask for, and no document can contain an HTML element.
//!
//! Compiling to HTML is impossible by construction: Typst's `HtmlDocument` does not exist here.

#![expect(missing_docs, reason = "Typst's macro writes items without documentation")]

use typst_library::foundations::{Content, Module, NativeRuleMap, Scope, StyleChain};
use typst_library::visualize::Color;
use typst_macros::elem;

/// An HTML element, which nothing creates.
#[elem(name = "elem")]
pub struct HtmlElem {
    /// In place of a tag.
    #[required]
    pub tag: bool,
}

/// Properties of tags.
pub mod tag {
    /// Whether white space beside the tag collapses.
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

/// The body of a MathML element: there is none.
#[must_use]
pub fn html_mathml_body<'a>(
    _content: &'a Content,
    _styles: StyleChain<'a>,
) -> Option<Option<&'a Content>> {
    None
}

/// The content as it is: colours of HTML are left out.
#[must_use]
pub fn html_span_filled(content: Content, _color: Color) -> Content {
    content
}
