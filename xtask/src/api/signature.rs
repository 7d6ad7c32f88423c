//! Prints the signature of a function on one line, as rustfmt would, without `pub`, `const` and `fn`.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Signature;

/// Returns the name, arguments and result of a function.
pub(super) fn signature(signature: &Signature) -> String {
    let mut bare = signature.clone();
    // A caller does not see these. `fn` remains, and is removed from the text.
    (bare.constness, bare.asyncness) = (None, None);
    let mut tokens = Vec::new();
    add_tokens(bare.into_token_stream(), &mut tokens);
    let mut text = String::new();
    let mut before = "";
    for (at, token) in tokens.iter().enumerate().skip(1) {
        let after = tokens.get(at + 1).map_or("", String::as_str);
        // Neither a trailing comma nor a mutable argument concerns a caller.
        let is_idle = token == "," && after == ")" || token == "mut" && matches!(before, "(" | ",");
        if is_idle {
            continue;
        }
        if is_spaced(before, token) {
            text.push(' ');
        }
        text.push_str(token);
        before = token;
    }
    text
}

/// Adds words and signs; signs of two characters and lifetimes are one token.
fn add_tokens(stream: TokenStream, tokens: &mut Vec<String>) {
    let mut joint = false;
    for tree in stream {
        let continues = joint;
        joint = matches!(&tree, TokenTree::Punct(sign) if sign.spacing() == Spacing::Joint);
        match tree {
            TokenTree::Group(group) => {
                let (open, close) = delimiters(group.delimiter());
                tokens.push(open.to_owned());
                add_tokens(group.stream(), tokens);
                tokens.push(close.to_owned());
            }
            other => match tokens.last_mut().filter(|last| continues && is_pair(last, &other)) {
                Some(last) => last.push_str(&other.to_string()),
                None => tokens.push(other.to_string()),
            },
        }
    }
}

fn delimiters(delimiter: Delimiter) -> (&'static str, &'static str) {
    match delimiter {
        Delimiter::Parenthesis => ("(", ")"),
        Delimiter::Brace => ("{", "}"),
        Delimiter::Bracket => ("[", "]"),
        Delimiter::None => ("", ""),
    }
}

fn is_pair(before: &str, next: &TokenTree) -> bool {
    before == "'" || matches!((before, next.to_string().as_str()), (":", ":") | ("-", ">"))
}

/// Whether a space is between two tokens.
fn is_spaced(before: &str, token: &str) -> bool {
    let never_after = matches!(before, "" | "(" | "[" | "<" | "&" | "::" | "?" | "#");
    let never_before = matches!(token, ")" | "]" | "," | ";" | ":" | ">" | "<" | "::");
    let is_word = before.chars().all(|c| c.is_alphanumeric() || c == '_');
    let is_keyword = matches!(before, "mut" | "dyn" | "impl" | "where");
    let calls = token == "(" && (before == ">" || is_word && !is_keyword);
    !never_after && !never_before && !calls
}
