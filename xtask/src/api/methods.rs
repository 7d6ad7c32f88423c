//! The methods of a type or a trait.

use syn::{Attribute, ImplItem, Item, Signature, TraitItem, Type};

use super::items::{Kind, PublicItem, documented, feature_of};
use super::read::{Sources, is_public, is_public_item, name_of};
use super::signature::signature;
use super::words::docs;

/// Returns the public methods of a type, or the methods of a trait, in the order of the sources. Fails if there are none.
pub(super) fn methods(sources: &Sources, name: &str) -> Result<Vec<PublicItem>, String> {
    let items = sources.files().flat_map(|file| &file.items);
    // An `impl` states the name alone.
    if items.clone().filter(|item| is_type(item) && name_of(item).as_deref() == Some(name)).count()
        > 1
    {
        return Err(format!("several types have the name `{name}`"));
    }
    let found: Vec<PublicItem> = items.flat_map(|item| methods_in(item, name)).collect();
    if found.is_empty() {
        return Err(format!("`{name}` has no public methods"));
    }
    documented(found)
}

fn is_type(item: &Item) -> bool {
    matches!(item, Item::Enum(_) | Item::Struct(_) | Item::Trait(_) | Item::Type(_))
}

fn methods_in(item: &Item, name: &str) -> Vec<PublicItem> {
    match item {
        Item::Impl(own) if own.trait_.is_none() && is_named(&own.self_ty, name) => {
            let methods = own.items.iter().filter_map(|item| match item {
                ImplItem::Fn(method) if is_public(&method.vis) => Some(method),
                _ => None,
            });
            methods.map(|method| of_method(&method.sig, &method.attrs)).collect()
        }
        Item::Trait(own) if own.ident == name && is_public_item(item) => {
            let methods = own.items.iter().filter_map(|item| match item {
                TraitItem::Fn(method) => Some(method),
                _ => None,
            });
            methods.map(|method| of_method(&method.sig, &method.attrs)).collect()
        }
        _ => Vec::new(),
    }
}

fn of_method(method: &Signature, attributes: &[Attribute]) -> PublicItem {
    PublicItem {
        path: method.ident.to_string(),
        kind: Kind::Function,
        docs: docs(attributes),
        signature: Some(signature(method)),
        feature: feature_of(attributes),
    }
}

fn is_named(named: &Type, name: &str) -> bool {
    match named {
        Type::Path(path) => path.path.segments.last().is_some_and(|last| last.ident == name),
        _ => false,
    }
}
