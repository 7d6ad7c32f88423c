//! The rights of a form.

use scalewright_model::file::RightsFile;
use scalewright_model::{Evidence, Pointer, WordingPolicy};

use super::Maker;
use crate::finding::{Finding, Kind};
use crate::licence::open_licence;
use crate::options::Options;

/// What is written where a source says nothing.
pub(crate) const NOT_STATED: &str = "not stated in the source";

impl Maker<'_> {
    /// The rights. Wording is included only if the source states an open licence, or the user states one.
    pub(super) fn rights(&mut self, options: &Options) -> RightsFile {
        let stated = &self.form.rights;
        let holder = options.holder.clone().or_else(|| stated.holder.clone());
        let open = stated.licence.as_deref().and_then(open_licence);
        let given = options
            .licence
            .as_deref()
            .map(|text| open_licence(text).unwrap_or_else(|| text.to_owned()));
        let licence = given.or(open.clone()).or_else(|| stated.licence.clone());
        let includes = options.licence.is_some() || open.is_some();
        let rights = Pointer::top("rights");
        if licence.is_none() {
            self.assume(
                rights.key("licence"),
                "licence",
                "the source does not state a licence of its wording",
            );
        }
        if holder.is_none() {
            self.comments.push((rights.key("holder"), "TODO: who owns the wording?".to_owned()));
        }
        if !includes {
            let message =
                "wording with unknown rights is withheld; the words are in a file of their own";
            let help = "if the wording may be redistributed, import it again with `--licence` and the SPDX identifier of its licence";
            self.findings.push(
                Finding::new(Kind::Note, "wording-withheld", &self.place, message).help(help),
            );
        }
        let mut file = RightsFile::new(
            &holder.unwrap_or_else(|| NOT_STATED.to_owned()),
            &licence.unwrap_or_else(|| NOT_STATED.to_owned()),
        );
        file.wording = if includes { WordingPolicy::Included } else { WordingPolicy::Withheld };
        file.terms.clone_from(&stated.terms);
        file.url = stated.url.clone().filter(|url| is_address(url));
        file.notice = self
            .form
            .titled
            .notice
            .of(self.language)
            .map(|text| super::words::shortened(text, 2000));
        file.evidence = self.evidence(options);
        file
    }

    /// What the source claims, if the day is known on which it was seen.
    fn evidence(&self, options: &Options) -> Vec<Evidence> {
        let seen = |evidence: &Evidence| Evidence {
            seen: if evidence.seen.is_empty() {
                options.date.clone().unwrap_or_default()
            } else {
                evidence.seen.clone()
            },
            ..evidence.clone()
        };
        self.form
            .rights
            .evidence
            .iter()
            .map(seen)
            .filter(|evidence| !evidence.seen.is_empty())
            .collect()
    }
}

/// Whether a text is a web address.
fn is_address(text: &str) -> bool {
    (text.starts_with("https://") || text.starts_with("http://"))
        && text.len() > 10
        && text.bytes().all(|byte| (b'!'..=b'~').contains(&byte))
}
