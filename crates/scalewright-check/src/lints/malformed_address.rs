//! Web addresses, DOIs and mail addresses that cannot work.

use scalewright_model::{Pointer, ReferenceIx, Severity};

use crate::citations;

use super::{Context, Group, Hit, Lint};

/// A web address, a DOI or a mail address that cannot work.
pub(super) static LINT: Lint = Lint {
    name: "malformed-address",
    summary: "a web address, a DOI or a mail address that cannot work",
    explain: include_str!("malformed_address.md"),
    group: Group::Provenance,
    level: Severity::Warning,
    since: "0.1",
    run,
};

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let mut report = |place: Pointer, text: &str, fault: &str| {
        let message = format!("`{text}` {fault}");
        hits.push(lint.hit(&context.file.id, message, |d| {
            d.at(place, "").help(
                "copy it again from the source, and open it: readers must be able to follow it",
            )
        }));
    };
    for (place, url) in addresses(context) {
        if let Some(fault) = url_fault(url) {
            report(place, url, fault);
        }
    }
    for (at, reference) in context.file.references.iter().enumerate() {
        let place = Pointer::reference(ReferenceIx(at));
        let Some(doi) = &reference.doi else { continue };
        if let Some(fault) = doi_fault(doi) {
            report(place.key("doi"), doi, fault);
            continue;
        }
        let texts = [(Some(&reference.citation), "citation"), (reference.url.as_ref(), "url")];
        for (text, key) in texts {
            let other = text.and_then(|text| citations::doi(text));
            if let Some(other) = other.filter(|other| !other.eq_ignore_ascii_case(doi)) {
                report(place.key(key), other, "is another DOI than that of the reference");
            }
        }
    }
    for (place, text) in contacts(context) {
        let words = text
            .split(|c: char| c.is_whitespace() || matches!(c, '<' | '>' | '(' | ')' | ',' | ';'));
        let mails = words
            .map(|word| word.trim_end_matches(['.', ':', '!', '?']))
            .filter(|word| word.contains('@'));
        for mail in mails.filter(|mail| !is_mail(mail)) {
            report(place.clone(), mail, "is not a mail address");
        }
    }
}

/// The web addresses of a definition, with their places.
fn addresses<'a>(context: &Context<'a>) -> Vec<(Pointer, &'a str)> {
    let file = context.file;
    let rights = Pointer::top("rights");
    let mut all: Vec<(Pointer, &str)> = Vec::new();
    all.extend(file.url.iter().map(|url| (Pointer::top("url"), url.as_str())));
    all.extend(file.rights.url.iter().map(|url| (rights.key("url"), url.as_str())));
    for (at, evidence) in file.rights.evidence.iter().enumerate() {
        // Evidence may be a letter or a page of a manual.
        let source = evidence.source.as_str();
        let is_address =
            source.contains("://") || source.starts_with("www.") || source.starts_with("http");
        if is_address && !source.trim().contains(' ') {
            all.push((rights.key("evidence").index(at).key("source"), source));
        }
    }
    for (at, reference) in file.references.iter().enumerate() {
        let place = Pointer::reference(ReferenceIx(at)).key("url");
        all.extend(reference.url.iter().map(|url| (place.clone(), url.as_str())));
    }
    all
}

/// The texts that may contain mail addresses.
fn contacts<'a>(context: &Context<'a>) -> Vec<(Pointer, &'a str)> {
    let rights = Pointer::top("rights");
    let file = &context.file.rights;
    let texts = [
        ("holder", Some(&file.holder)),
        ("obtain", file.obtain.as_ref()),
        ("terms", file.terms.as_ref()),
    ];
    texts.into_iter().filter_map(|(key, text)| Some((rights.key(key), text?.as_str()))).collect()
}

/// What is wrong with a web address. Names in other schemes, such as `urn:`, are not checked.
fn url_fault(url: &str) -> Option<&'static str> {
    let lower = url.to_ascii_lowercase();
    let Some((scheme, rest)) = lower.split_once("://") else {
        let web = lower.starts_with("http") || lower.starts_with("www.");
        return web.then_some("has no `://`: an address begins with `https://`");
    };
    if !matches!(scheme, "http" | "https" | "ftp") {
        let near = scheme.starts_with("ht") || scheme.ends_with("tp") || scheme.ends_with("tps");
        return near.then_some("begins with a misspelt `https`");
    }
    if url.contains(char::is_whitespace)
        || url.contains(['<', '>', '"', '{', '}', '|', '\\', '^', '`'])
    {
        return Some("contains a character that no address has");
    }
    if rest.starts_with("http") && rest[4..].trim_start_matches('s').starts_with([':', '/']) {
        return Some("begins twice");
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = host.rsplit('@').next().unwrap_or_default().split(':').next().unwrap_or_default();
    if !is_host(host) && host != "localhost" {
        return Some("has no valid host name");
    }
    let ends = url.ends_with(['.', ',', ';', ':']) || url.ends_with(')') && !url.contains('(');
    if ends {
        return Some("ends with a punctuation mark");
    }
    let path = &rest[host.len()..];
    let is_doi = matches!(host, "doi.org" | "dx.doi.org" | "www.doi.org");
    (is_doi && doi_fault(path.trim_start_matches('/')).is_some())
        .then_some("does not lead to a DOI")
}

/// Whether a text is the name of a computer on the internet: `www.example.org`.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        !label.is_empty()
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_')
    };
    let last = host.rsplit('.').next().unwrap_or_default();
    let is_number =
        host.split('.').count() == 4 && host.split('.').all(|part| part.parse::<u8>().is_ok());
    let is_name = last.chars().count() > 1
        && !last.chars().any(|c| c.is_ascii_digit() && !host.contains("xn--"));
    host.contains('.') && host.split('.').all(is_label) && (is_name || is_number)
}

/// What is wrong with a DOI.
fn doi_fault(doi: &str) -> Option<&'static str> {
    let parts = doi.strip_prefix("10.").and_then(|rest| rest.split_once('/'));
    let Some((registrant, suffix)) = parts else {
        return Some("is not a DOI: it has no prefix such as `10.1234/`");
    };
    let first = registrant.split('.').next().unwrap_or_default();
    // The registrants of DOIs have four to nine digits.
    if !(4..=9).contains(&first.len()) || !first.bytes().all(|b| b.is_ascii_digit()) {
        return Some("is not a DOI: the prefix has four to nine digits after `10.`");
    }
    let lower = suffix.to_ascii_lowercase();
    if lower.contains("doi.org")
        || lower.contains("doi:")
        || lower.contains("10.1234/10.")
        || lower.starts_with("10.") && lower.contains('/')
    {
        return Some("contains a second DOI");
    }
    let placeholder = lower.bytes().all(|b| matches!(b, b'x' | b'?' | b'0' | b'.' | b'-'));
    if placeholder {
        return Some("is a placeholder of a DOI");
    }
    let closes = suffix.ends_with(')') && !suffix.contains('(');
    (suffix.ends_with(['.', ',', ';', ':', '/']) || closes)
        .then_some("ends with a punctuation mark, which is not part of a DOI")
}

fn is_mail(text: &str) -> bool {
    let mut parts = text.split('@');
    let (local, host) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let local = local.strip_prefix("mailto:").unwrap_or(local);
    parts.next().is_none()
        && !local.is_empty()
        && !local.contains("..")
        && !local.ends_with('.')
        && is_host(host)
}

#[cfg(test)]
mod tests {
    use super::{doi_fault, is_mail, url_fault};

    #[test]
    fn addresses_are_judged_by_their_form() {
        for url in [
            "htps://example.org",
            "https:/example.org",
            "http//example.org",
            "www.example.org",
            "https://example",
            "https://example,org/a",
            "https://https://example.org",
            "https://example..org",
            "https://example.org/a.",
            "https://example.org/a b",
            "https://doi.org/1234",
        ] {
            assert!(url_fault(url).is_some(), "{url}");
        }
        for url in [
            "https://example.org",
            "http://example.org:8080/a?b=c#d",
            "https://en.wikipedia.org/wiki/A_(b)",
            "urn:oid:1.2.3",
            "https://doi.org/10.1037/h0085885",
            "https://web.archive.org/web/2020/https://example.org/",
            "http://192.168.0.1/x",
        ] {
            assert_eq!(url_fault(url), None, "{url}");
        }
        for doi in [
            "10.123/abc",
            "10.1234/abc.",
            "10.1234/",
            "10.1234/https://doi.org/10.1234/abc",
            "10.12345678901/a",
            "10.1234/xxxx",
        ] {
            assert!(doi_fault(doi).is_some(), "{doi}");
        }
        for doi in [
            "10.1234/harbour.2024.001",
            "10.1046/j.1525-1497.2001.016009606.x",
            "10.1002/(SICI)1097-4679(199911)55:11<1371::AID-JCLP5>3.0.CO;2-X",
        ] {
            assert_eq!(doi_fault(doi), None, "{doi}");
        }
        assert!(is_mail("a.b@example.org") && !is_mail("a@example") && !is_mail("a@@example.org"));
    }
}
