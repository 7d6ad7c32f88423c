//! Compares rights: the permitted uses of the words, and the statements about them.

use scalewright_model::file::{EvidenceFile, Permission, UseFile};
use scalewright_model::{Pointer, Rights};

use super::{Both, Change, Kind, word};

pub(super) fn compare(both: &Both<'_>, changes: &mut Vec<Change>) {
    let (old, new) = (&both.old.instrument.rights, &both.new.instrument.rights);
    let Rights { holder, licence, wording, notice, terms, url, obtain, usage, evidence } = old;
    let place = Pointer::top("rights");
    let mut text =
        |kind: Kind, what: &str, key: &str, old: Option<&String>, new: Option<&String>| {
            if old != new {
                let change = Change::new(kind, what).turns(old.cloned(), new.cloned());
                changes.push(change.at(place.key(key)));
            }
        };
    text(Kind::Permission, "the licence", "licence", Some(licence), Some(&new.licence));
    text(Kind::RightsText, "the holder of the rights", "holder", Some(holder), Some(&new.holder));
    text(Kind::RightsText, "the terms", "terms", terms.as_ref(), new.terms.as_ref());
    text(Kind::RightsText, "the address of the terms", "url", url.as_ref(), new.url.as_ref());
    let (was, is) = (obtain.as_ref(), new.obtain.as_ref());
    text(Kind::RightsText, "how to obtain the words", "obtain", was, is);
    // A notice that neither file gives is composed of the holder and the licence, which are compared above.
    let given = both.old.file.rights.notice.is_some() || both.new.file.rights.notice.is_some();
    if given {
        text(Kind::RightsText, "the notice to print", "notice", Some(notice), Some(&new.notice));
    }
    let (was, is) = (word(wording), word(new.wording));
    let what = "whether the words are part of the definition";
    text(Kind::Permission, what, "wording", Some(&was), Some(&is));
    uses(usage, &new.usage, &place.key("use"), changes);
    let fields = |all: &[EvidenceFile]| -> Vec<(String, String, String)> {
        let each = all.iter().map(|evidence| {
            let EvidenceFile { source, states, seen } = evidence;
            (source.clone(), states.clone(), seen.clone())
        });
        each.collect()
    };
    if fields(evidence) != fields(&new.evidence) {
        let change = Change::new(Kind::RightsText, "the evidence for the rights");
        changes.push(change.at_key(place.key("evidence")));
    }
}

fn uses(old: &UseFile, new: &UseFile, place: &Pointer, changes: &mut Vec<Change>) {
    let all = |usage: &UseFile| -> [(&'static str, Permission); 6] {
        let UseFile { clinical, research, education, commercial, electronic, translation } = usage;
        [
            ("clinical", *clinical),
            ("research", *research),
            ("education", *education),
            ("commercial", *commercial),
            ("electronic", *electronic),
            ("translation", *translation),
        ]
    };
    for ((context, was), (_, is)) in all(old).into_iter().zip(all(new)) {
        if was != is {
            let what = format!("the permission for {context} use");
            let change = Change::new(Kind::Permission, what).was(word(was)).is(word(is));
            changes.push(change.at(place.key(context)));
        }
    }
}
