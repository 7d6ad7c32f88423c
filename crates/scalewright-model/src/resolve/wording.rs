//! Wording files: checks that every text belongs to a part of the definition, and that no text is missing.

mod incomplete;

use std::collections::{BTreeMap, BTreeSet};

use incomplete::Missing;

use crate::file::{FORMAT, ResponseScaleWordingFile, WordingFile};
use crate::vocabulary::WordingPolicy;
use crate::{
    Diagnostic, Instrument, MOST_FINDINGS, Pointer, ResponseKind, ResponseOption, ResponseScale,
    ResponseWording, ScaleWording, SectionWording, Segment, Severity, Wording, did_you_mean,
};

/// A wording file, compared with its instrument.
#[derive(Debug, Clone)]
pub struct ResolvedWording {
    /// The wording, which is complete. `None` if any finding is an error, or the file says that it is incomplete.
    pub wording: Option<Wording>,
    /// The number of texts that a file lacks that says that it is incomplete. `None` for other files.
    pub missing: Option<usize>,
    /// All findings.
    pub found: Vec<Diagnostic>,
}

/// Resolves a wording file for the instrument that it belongs to.
#[must_use]
pub fn resolve_wording(file: &WordingFile, instrument: &Instrument) -> ResolvedWording {
    let mut resolver = Resolver { file, instrument, found: Vec::new(), missing: Vec::new() };
    resolver.check_header();
    let wording = Wording {
        language: file.language.clone(),
        title: resolver.title(),
        instructions: resolver.optional(&file.instructions, |w| &w.instructions, "instructions"),
        recall_period: resolver.recall_period(),
        translation: file.translation.as_ref().map(|translation| translation.status),
        notice: file
            .notice
            .clone()
            // A translation may have another holder than the instrument. Its notice is then made from its own rights.
            .or_else(|| file.rights.as_ref().map(|rights| super::metadata::rights(rights).notice)),
        responses: resolver.responses(),
        sections: resolver.sections(),
        stems: resolver.stems(),
        notes: resolver.notes(),
        scales: resolver.scales(),
    };
    let Resolver { mut found, missing, .. } = resolver;
    if !file.incomplete {
        found.extend(incomplete::errors(&file.language, missing.clone()));
    }
    let broken = found.iter().any(|finding| finding.severity == Severity::Error);
    if file.incomplete {
        found.push(incomplete::finding(&file.language, &missing));
        return ResolvedWording {
            wording: None,
            missing: Some(incomplete::count(&missing)),
            found,
        };
    }
    ResolvedWording { wording: Some(wording).filter(|_| !broken), missing: None, found }
}

struct Resolver<'a> {
    file: &'a WordingFile,
    instrument: &'a Instrument,
    found: Vec<Diagnostic>,
    /// What the file lacks.
    missing: Vec<Missing>,
}

impl<'a> Resolver<'a> {
    fn check_header(&mut self) {
        if self.file.format != FORMAT {
            super::names::check_format(self.file.format, &mut self.found);
        }
        if self.file.instrument != self.instrument.id {
            let message = format!(
                "this is the wording of `{}`, not of `{}`",
                self.file.instrument, self.instrument.id
            );
            let finding = Diagnostic::error("wrong-instrument", message)
                .at(Pointer::top("instrument"), "")
                .help(format!("write `instrument = \"{}\"`", self.instrument.id));
            self.found.push(finding);
        }
        if self.instrument.wording(&self.file.language).is_some() {
            let message = format!("the wording in `{}` is given twice", self.file.language);
            let finding = Diagnostic::error("duplicate-language", message)
                .at(Pointer::top("language"), "already given elsewhere")
                .help("keep one wording per language");
            self.found.push(finding);
        }
    }

    /// Returns the wording in the source language, if it is known. A translation must have the same texts.
    fn source(&self) -> Option<&'a Wording> {
        self.instrument.wording(&self.instrument.language)
    }

    /// Whether the file is a translation, as opposed to the source wording that the definition withholds.
    fn is_translation(&self) -> bool {
        // BCP 47 tags have no case: `pt-br` is `pt-BR`.
        !self.file.language.eq_ignore_ascii_case(&self.instrument.language)
    }

    fn title(&mut self) -> String {
        let included = self.instrument.rights.wording == WordingPolicy::Included;
        match &self.file.title {
            Some(title) => title.clone(),
            None => {
                if included && self.is_translation() {
                    self.report_missing(Pointer::root(), "the `title`", &[], "title = \"…\"");
                }
                self.instrument.title.clone()
            }
        }
    }

    fn recall_period(&mut self) -> Option<String> {
        let source = &self.instrument.administration.recall_period;
        if self.is_translation() && self.file.recall_period.is_none() && source.is_some() {
            self.report_missing(
                Pointer::root(),
                "the `recall-period`",
                &[],
                "recall-period = \"…\"",
            );
        }
        // Not the source's period for a translation: respondents would read a phrase in another language.
        if self.is_translation() { self.file.recall_period.clone() } else { source.clone() }
    }

    /// Returns a text, and reports it as missing if the source wording has it and the file does not.
    fn optional(
        &mut self,
        given: &Option<String>,
        of: impl Fn(&'a Wording) -> &'a Option<String>,
        key: &str,
    ) -> Option<String> {
        // If the source wording is withheld and not known, nothing can be required.
        if given.is_none() && self.source().is_some_and(|source| of(source).is_some()) {
            self.report_missing(
                Pointer::root(),
                &format!("the `{key}`"),
                &[],
                &format!("{key} = \"…\""),
            );
        }
        given.clone()
    }

    fn stems(&mut self) -> Vec<String> {
        let ids: Vec<&str> = self.instrument.items.iter().map(|item| item.id.as_str()).collect();
        let place = Pointer::top("items");
        self.unknown_keys("item", self.file.items.keys(), &ids, &place);
        let texts = ids.iter().map(|&id| self.file.items.get(id));
        self.all(texts.collect(), &ids, &place, "stems of")
    }

    fn notes(&mut self) -> Vec<String> {
        let ids: Vec<&str> = self.instrument.notes.iter().map(|note| note.id.as_str()).collect();
        let place = Pointer::top("notes");
        self.unknown_keys("note", self.file.notes.keys(), &ids, &place);
        let texts = ids.iter().map(|&id| self.file.notes.get(id));
        self.all(texts.collect(), &ids, &place, "texts of")
    }

    fn responses(&mut self) -> Vec<ResponseWording> {
        let scales = &self.instrument.response_scales;
        let names: Vec<&str> = scales.iter().map(|scale| scale.name.as_str()).collect();
        let place = Pointer::top("response-scales");
        self.unknown_keys("response scale", self.file.response_scales.keys(), &names, &place);
        let nothing = ResponseScaleWordingFile::default();
        let given = scales.iter().map(|s| self.file.response_scales.get(&s.name));
        let given: Vec<_> = given.map(|words| words.unwrap_or(&nothing).clone()).collect();
        let all = scales.iter().zip(&given);
        all.map(|(scale, words)| self.response(scale, words, &place.key(&scale.name))).collect()
    }

    fn response(
        &mut self,
        scale: &ResponseScale,
        words: &ResponseScaleWordingFile,
        place: &Pointer,
    ) -> ResponseWording {
        let labels = self.labels(scale, words, &place.key("options"));
        self.check_labels(scale, words, place);
        ResponseWording {
            labels,
            // Of several options, they are labels.
            min_label: words.min_label.clone().filter(|_| scale.options().is_empty()),
            max_label: words.max_label.clone().filter(|_| scale.options().is_empty()),
            yes_label: words.yes_label.clone(),
            no_label: words.no_label.clone(),
            // Most units, such as `cm`, are the same in all languages, so a translation need not repeat them.
            unit: words.unit.clone().or_else(|| self.source_words(scale)?.unit.clone()),
        }
    }

    /// Returns the label of each option; of those without words, the number.
    fn labels(
        &mut self,
        scale: &ResponseScale,
        words: &ResponseScaleWordingFile,
        place: &Pointer,
    ) -> Vec<String> {
        let options = scale.options();
        let values: Vec<String> = options.iter().map(ResponseOption::number).collect();
        let (unlabelled, labelled): (Vec<_>, Vec<_>) =
            options.iter().zip(&values).partition(|(option, _)| option.unlabelled);
        let unlabelled: BTreeSet<&str> = unlabelled.iter().map(|(_, v)| v.as_str()).collect();
        for value in words.options.keys().filter(|value| unlabelled.contains(value.as_str())) {
            let message =
                format!("the option `{value}` of `{}` has no words in the definition", scale.name);
            let finding = Diagnostic::error("unknown-wording-id", message)
                .at_key(place.key(value), "")
                .help("remove it: respondents see its number in every language");
            self.found.push(finding);
        }
        let ids: Vec<&str> = labelled.iter().map(|(_, value)| value.as_str()).collect();
        let given = words.options.keys().filter(|value| !unlabelled.contains(value.as_str()));
        self.unknown_keys("option", given, &ids, place);
        let texts = ids.iter().map(|&value| words.options.get(value));
        let mut texts: Vec<Option<&String>> = texts.collect();
        if scale.has_words_at_its_ends() {
            self.take_ends(&mut texts, words, place);
        }
        let what = format!("labels of `{}` for", scale.name);
        let mut texts = self.all(texts, &ids, place, &what).into_iter();
        let all = options.iter().map(|option| match option.unlabelled {
            true => option.number(),
            // There are as many texts as labelled options.
            false => texts.next().unwrap_or_default(),
        });
        all.collect()
    }

    /// Takes the words at the two ends as the labels of the first and the last option.
    fn take_ends<'w>(
        &mut self,
        texts: &mut [Option<&'w String>],
        words: &'w ResponseScaleWordingFile,
        options: &Pointer,
    ) {
        let [low, .., high] = texts else { return };
        for (key, given, text) in
            [("min-label", &words.min_label, low), ("max-label", &words.max_label, high)]
        {
            if given.is_some() && text.is_some() {
                let message = format!("the label of an option is given again as `{key}`");
                let finding = Diagnostic::error("unknown-wording-id", message)
                    .at_key(options.parent().key(key), "")
                    .help("remove it, or the label under `options`");
                self.found.push(finding);
            }
            *text = text.or(given.as_ref());
        }
    }

    /// Returns the words of the same response scale in the source language, if they are known.
    fn source_words(&self, scale: &ResponseScale) -> Option<&'a ResponseWording> {
        let position = self.instrument.response_scales.iter().position(|s| s.name == scale.name)?;
        Some(&self.source()?.responses[position])
    }

    fn check_labels(
        &mut self,
        scale: &ResponseScale,
        words: &ResponseScaleWordingFile,
        place: &Pointer,
    ) {
        let analogue = matches!(scale.kind, ResponseKind::VisualAnalogue { .. });
        let has_ends = analogue || scale.has_words_at_its_ends();
        let yes_no = scale.kind == ResponseKind::YesNo;
        let numeric = matches!(scale.kind, ResponseKind::Numeric { .. });
        let source = self.source_words(scale);
        // The usual yes and no of the language may only be used if the source uses the usual ones of its language.
        let own_yes = source.is_some_and(|source| source.yes_label.is_some());
        let own_no = source.is_some_and(|source| source.no_label.is_some());
        let keys = [
            ("min-label", &words.min_label, has_ends, analogue),
            ("max-label", &words.max_label, has_ends, analogue),
            ("yes-label", &words.yes_label, yes_no, own_yes),
            ("no-label", &words.no_label, yes_no, own_no),
            ("unit", &words.unit, numeric, false),
        ];
        for (key, given, belongs, needed) in keys {
            match given {
                Some(_) if !belongs => self.found.push(
                    Diagnostic::error(
                        "unknown-wording-id",
                        format!("the response scale `{}` has no `{key}`", scale.name),
                    )
                    .at_key(place.key(key), "")
                    .help(instead_of(key, scale)),
                ),
                None if needed => {
                    let example = format!("{key} = \"…\"");
                    let what = format!("the `{key}` of `{}`", scale.name);
                    self.report_missing(place.clone(), &what, &[], &example);
                }
                _ => {}
            }
        }
    }

    fn sections(&mut self) -> Vec<SectionWording> {
        let sections = &self.instrument.sections;
        let ids: Vec<&str> = sections.iter().map(|section| section.id.as_str()).collect();
        let place = Pointer::top("sections");
        self.unknown_keys("section", self.file.sections.keys(), &ids, &place);
        let source = self.source();
        let mut all = Vec::new();
        for (index, id) in ids.iter().enumerate() {
            let words = self.file.sections.get(*id).cloned().unwrap_or_default();
            let resolved = SectionWording {
                title: words.title,
                lead_in: words.lead_in,
                instructions: words.instructions,
            };
            if let Some(source) = source {
                self.check_section(id, &source.sections[index], &resolved, &place.key(id));
            }
            all.push(resolved);
        }
        all
    }

    fn check_section(
        &mut self,
        id: &str,
        source: &SectionWording,
        made: &SectionWording,
        place: &Pointer,
    ) {
        let keys = [
            ("title", &source.title, &made.title),
            ("lead-in", &source.lead_in, &made.lead_in),
            ("instructions", &source.instructions, &made.instructions),
        ];
        for (key, source, made) in keys {
            if source.is_some() && made.is_none() {
                let what = format!("the `{key}` of `{id}`");
                self.report_missing(place.clone(), &what, &[], &format!("{key} = \"…\""));
            }
        }
    }

    fn scales(&mut self) -> Vec<ScaleWording> {
        let scales = &self.instrument.scales;
        let ids: Vec<&str> = scales.iter().map(|scale| scale.id.as_str()).collect();
        let place = Pointer::top("scales");
        self.unknown_keys("scale", self.file.scales.keys(), &ids, &place);
        // The names of scales and bands are part of the structure. So they need not be repeated in a wording of the
        // source language, nor translated for an instrument that withholds its wording.
        let must =
            self.is_translation() && self.instrument.rights.wording == WordingPolicy::Included;
        let mut all = Vec::new();
        for scale in scales {
            let place = place.key(&scale.id);
            let words = self.file.scales.get(&scale.id).cloned().unwrap_or_default();
            // The name of a derived score contains that of the norm, which is the name of a publication and needs no
            // translation.
            let is_derived = matches!(scale.origin, crate::Origin::Norm(..));
            if must && words.title.is_none() && !is_derived {
                let what = format!("the `title` of `{}`", scale.id);
                self.report_missing(place.clone(), &what, &[], "title = \"…\"");
            }
            if words.unit.is_some() && scale.unit.is_none() {
                let message = format!("the score of `{}` has no unit", scale.id);
                let finding = Diagnostic::error("unknown-wording-id", message)
                    .at_key(place.key("unit"), "")
                    .help("remove it, or add the `unit` of the scale to the definition");
                self.found.push(finding);
            }
            let (bands, band_sets) = self.bands(scale, &words.bands, &place.key("bands"), must);
            let feedback = self.feedback(scale, &words.feedback, &place.key("feedback"), must);
            let title = words.title.unwrap_or(scale.title.clone());
            let unit = words.unit.or_else(|| scale.unit.clone());
            all.push(ScaleWording { title, unit, bands, band_sets, feedback });
        }
        all
    }

    /// Returns the names of a scale's own bands, and those of each further set. A label that occurs in several sets is
    /// translated once.
    fn bands(
        &mut self,
        scale: &crate::Scale,
        words: &BTreeMap<String, String>,
        place: &Pointer,
        must: bool,
    ) -> (Vec<String>, Vec<Vec<String>>) {
        let labels = labels_of(scale, |_| true);
        self.unknown_keys("band", words.keys(), &labels, place);
        let texts = labels.iter().map(|&label| words.get(label)).collect::<Vec<_>>();
        if must {
            let what = format!("names of the bands of `{}` for", scale.id);
            self.all(texts, &labels, place, &what);
        }
        // A band without a translation keeps its label, so that it is never printed without a name.
        let name = |band: &crate::Band| words.get(&band.label).unwrap_or(&band.label).clone();
        let own = scale.bands.iter().map(name).collect();
        (own, scale.band_sets.iter().map(|set| set.bands.iter().map(name).collect()).collect())
    }

    /// Returns the feedback on the bands of each set, and reports bands of the definition with feedback that the file
    /// has none for. Feedback of the definition is never shown in another language.
    fn feedback(
        &mut self,
        scale: &crate::Scale,
        words: &BTreeMap<String, String>,
        place: &Pointer,
        must: bool,
    ) -> Vec<Vec<Option<String>>> {
        self.unknown_keys("band", words.keys(), &labels_of(scale, |_| true), place);
        if must {
            let labels = labels_of(scale, |band| band.feedback.is_some());
            let texts = labels.iter().map(|&label| words.get(label)).collect();
            self.all(
                texts,
                &labels,
                place,
                &format!("feedback on the bands of `{}` for", scale.id),
            );
        }
        let own = !self.is_translation();
        let text = |band: &crate::Band| {
            let given = words.get(&band.label).filter(|text| !text.trim().is_empty()).cloned();
            given.or_else(|| band.feedback.clone().filter(|_| own))
        };
        scale.all_bands().map(|(_, bands)| bands.iter().map(text).collect()).collect()
    }

    /// Returns all `texts`, and reports the ids without one. An empty text counts as missing.
    fn all(
        &mut self,
        texts: Vec<Option<&String>>,
        ids: &[&str],
        place: &Pointer,
        what: &str,
    ) -> Vec<String> {
        let full = |text: &Option<&String>| text.is_some_and(|text| !text.trim().is_empty());
        let lacking: Vec<&str> =
            ids.iter().zip(&texts).filter(|(_, text)| !full(text)).map(|(id, _)| *id).collect();
        if let Some(first) = lacking.first() {
            // Ids of items and notes are bare TOML keys. Values of options and labels of bands may need quotes.
            let example = match what {
                "stems of" | "texts of" => format!("{first} = \"…\""),
                _ => format!("\"{first}\" = \"…\""),
            };
            self.report_missing(place.clone(), &format!("the {what}"), &lacking, &example);
        }
        texts.into_iter().map(|text| text.cloned().unwrap_or_default()).collect()
    }

    /// Records that the wording lacks `what`, for the ids given. `example` is the line to add.
    fn report_missing(&mut self, place: Pointer, what: &str, ids: &[&str], example: &str) {
        const SHOWN: usize = 6;
        let mut names: Vec<String> = ids.iter().take(SHOWN).map(|id| format!("`{id}`")).collect();
        if ids.len() > SHOWN {
            names.push(format!("{} more", ids.len() - SHOWN));
        }
        let names = match names.is_empty() {
            true => String::new(),
            false => format!(" {}", names.join(", ")),
        };
        let help = format!("add `{example}` {}", location(&place));
        let (what, count) = (format!("{what}{names}"), ids.len().max(1));
        self.missing.push(Missing { what, count, place, help });
    }

    /// Reports keys that do not belong to the definition. `what` is the kind of thing that they name.
    fn unknown_keys<'k>(
        &mut self,
        what: &str,
        given: impl Iterator<Item = &'k String>,
        known: &[&str],
        place: &Pointer,
    ) {
        let all: BTreeSet<&str> = known.iter().copied().collect();
        for key in given.filter(|key| !all.contains(key.as_str())).take(MOST_FINDINGS) {
            let message = format!("the definition has no {what} `{key}`");
            let finding =
                Diagnostic::error("unknown-wording-id", message).at_key(place.key(key), "").help(
                    did_you_mean(key, known.iter().copied())
                        .unwrap_or_else(|| "remove it, or correct the name".to_owned()),
                );
            self.found.push(finding);
        }
    }
}

/// Returns the label of each band that is wanted, once.
fn labels_of(scale: &crate::Scale, is_wanted: impl Fn(&crate::Band) -> bool) -> Vec<&str> {
    let mut labels: Vec<&str> = Vec::new();
    for band in scale.all_bands().flat_map(|(_, bands)| bands).filter(|band| is_wanted(band)) {
        if !labels.contains(&band.label.as_str()) {
            labels.push(&band.label);
        }
    }
    labels
}

/// Returns what to write instead of a key that a response scale does not have.
fn instead_of(key: &str, scale: &ResponseScale) -> String {
    let end = match (key, scale.options()) {
        ("min-label", [first, ..]) => first,
        ("max-label", [.., last]) => last,
        _ => return "remove it".to_owned(),
    };
    format!(
        "write the words as the label of an option: `options = {{ \"{}\" = \"…\" }}`",
        end.value
    )
}

/// Returns where in the file a key belongs: under which header.
fn location(place: &Pointer) -> String {
    let keys: Vec<String> = place.segments().iter().map(header_part).collect();
    match keys.is_empty() {
        true => "above the first `[…]`".to_owned(),
        false => format!("under `[{}]`", keys.join(".")),
    }
}

fn header_part(segment: &Segment) -> String {
    match segment {
        Segment::Key(key) if key.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c)) => {
            key.clone()
        }
        Segment::Key(key) => format!("{key:?}"),
        Segment::Index(index) => index.to_string(),
    }
}
