//! The items that macros declare, found among the tokens: a doc comment, perhaps `pub` and a keyword, and a name.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::Item;

use super::words::text_of;

/// An item among the tokens of a macro.
pub(super) struct Declared {
    pub(super) name: String,
    pub(super) docs: Vec<String>,
    /// `enum`, `static` and so on, if the tokens contain it.
    pub(super) keyword: Option<String>,
    pub(super) is_public: bool,
}

/// Returns the items that a macro, or a call of one, declares: the public ones, or the one with this name.
pub(super) fn declared(item: &Item, name: Option<&str>) -> Vec<Declared> {
    let mut found = Vec::new();
    if let Item::Macro(item) = item {
        add_declared(item.mac.tokens.clone(), &mut found);
    }
    found.retain(|item| name.map_or(item.is_public, |name| item.name == name));
    found
}

fn add_declared(stream: TokenStream, found: &mut Vec<Declared>) {
    let mut next = Declared::new();
    let mut before = String::new();
    for tree in stream {
        let text = tree.to_string();
        match &tree {
            TokenTree::Group(group) if before == "#" && group.delimiter() == Delimiter::Bracket => {
                next.docs.extend(doc_of(group.stream()));
            }
            TokenTree::Group(group) => {
                // `pub(crate)` is not public.
                next.is_public &= before != "pub";
                add_declared(group.stream(), found);
            }
            TokenTree::Ident(_) if text == "pub" => next.is_public = true,
            TokenTree::Ident(_) if KEYWORDS.contains(&text.as_str()) => {
                next.keyword = Some(text.clone());
            }
            // A name after `$` is a variable of the macro.
            TokenTree::Ident(_) if before != "$" => {
                next.name.clone_from(&text);
                found.push(std::mem::replace(&mut next, Declared::new()));
            }
            TokenTree::Punct(sign) if sign.as_char() == '#' => {}
            _ => next = Declared::new(),
        }
        before = text;
    }
}

const KEYWORDS: [&str; 6] = ["const", "enum", "fn", "static", "struct", "type"];

impl Declared {
    fn new() -> Self {
        Self { name: String::new(), docs: Vec::new(), keyword: None, is_public: false }
    }
}

/// Returns the text of the tokens `doc = "text"`.
fn doc_of(stream: TokenStream) -> Option<String> {
    let meta: syn::MetaNameValue = syn::parse2(stream).ok()?;
    text_of("doc", &meta)
}
