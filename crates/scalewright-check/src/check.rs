//! Runs the four gates in order over a definition and the files that belong to it.

mod fixes;
mod keyed;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use scalewright_model::file::{CasesFile, InstrumentFile, NormFile, WordingFile, WordingPolicy};
use scalewright_model::{
    Diagnostic, Expanded, Instrument, MOST_FINDINGS, Origin, Pointer, ResolvedWording, Scale,
    expand, resolve, resolve_wording,
};
use scalewright_scoring::{Possible, Program, Range, compile, range};

use crate::input::{Input, Source};
use crate::lints::{Context, File};
use crate::orders::{self, OptionOrder};
use crate::outside::{Linted, NoOutsideLints, OutsideLint, OutsideLints, OutsideProblem};
use crate::supplied::{KeyPlaces, SuppliedKey};
use crate::{
    Document, Finding, Levels, SchemaKind, Silenced, allow, answers, cases, levels, lints, shape,
    todos, words,
};
use fixes::Wordings;

/// The result of a check.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The checked files, the definition first. The marks of findings refer to them by index.
    pub documents: Vec<Document>,
    /// All findings, by document and position.
    pub findings: Vec<Finding>,
    /// The findings of lints that the definition allows.
    pub silenced: Vec<Silenced>,
    /// The findings that a [`Baseline`](crate::baseline::Baseline) knows.
    pub known: Vec<Finding>,
    /// The instrument with all its wordings, if the definition itself could be resolved.
    pub instrument: Option<Instrument>,
    /// The wording files that say that they are incomplete. The instrument does not have their words.
    pub unfinished: Vec<Unfinished>,
    /// The compiled scores of the instrument.
    pub program: Program,
    /// The possible values of each score, parallel to the program's scores.
    pub ranges: Vec<Range>,
    /// The lints of other programs that ran.
    pub outside: Vec<OutsideLint>,
    /// The errors of these programs, at most one of each.
    pub problems: Vec<OutsideProblem>,
    /// The key that was supplied for the definition.
    pub key: Option<SuppliedKey>,
    /// The cases, if their file could be read, and those of a supplied key after them.
    pub(crate) cases: Option<CasesFile>,
    /// Which parts of the definition come from the supplied key.
    pub(crate) places: Option<KeyPlaces>,
    /// The findings beyond the most that are shown.
    pub(crate) cut: Vec<Finding>,
    /// The kinds of warnings, not of lints, that a setting made errors.
    pub(crate) raised: BTreeSet<Cow<'static, str>>,
    /// Whether there is an error. Lint findings that are errors only because of a setting do not count.
    broken: bool,
    /// The definition without abbreviations, if its keys and types are valid.
    pub(crate) file: Option<InstrumentFile>,
    /// The index of the document with the cases, if there is one.
    pub(crate) case_document: Option<usize>,
}

impl Checked {
    /// Returns the norms as the definition states them: groups with their means and standard deviations.
    #[must_use]
    pub fn norms(&self) -> &[NormFile] {
        self.file.as_ref().map_or(&[], |file| &file.norms)
    }
}

/// A wording file that says that it is incomplete.
#[derive(Debug, Clone)]
pub struct Unfinished {
    /// The language of the words.
    pub language: String,
    /// The number of texts that it lacks.
    pub missing: usize,
    /// The index of the document.
    pub document: usize,
}

impl Checked {
    /// Returns the digest that the definition states for the wording in a language. Tags are compared without regard to
    /// case.
    #[must_use]
    pub fn stated_digest(&self, language: &str) -> Option<&str> {
        let mut stated = self.file.as_ref()?.rights.digests.iter();
        let (_, digest) = stated.find(|(tag, _)| tag.eq_ignore_ascii_case(language))?;
        Some(digest)
    }

    /// Returns the result for a file that is not a definition, such as `pack.toml`.
    #[must_use]
    pub fn of_file(document: Document, mut findings: Vec<Finding>, levels: &Levels) -> Self {
        let broken = findings.iter().any(Finding::is_error);
        findings.iter_mut().for_each(|finding| levels.raise(finding));
        findings.sort_by_key(Finding::order);
        let cut = shorten(&mut findings);
        Self {
            documents: vec![document],
            findings,
            silenced: Vec::new(),
            known: Vec::new(),
            cut,
            raised: BTreeSet::new(),
            instrument: None,
            unfinished: Vec::new(),
            program: Program::default(),
            ranges: Vec::new(),
            outside: Vec::new(),
            problems: Vec::new(),
            key: None,
            places: None,
            cases: None,
            broken,
            file: None,
            case_document: None,
        }
    }

    /// Checks the syntax and the shape of a wording file whose instrument is not available.
    #[must_use]
    pub fn of_wording(source: Source, levels: &Levels) -> Self {
        let mut gate = Gate::default();
        let _: Option<WordingFile> = gate.read(source, SchemaKind::Wording);
        let Gate { mut documents, findings, .. } = gate;
        Self::of_file(documents.remove(0), findings, levels)
    }

    /// Returns the wording file in `language` that says that it is incomplete, if there is one.
    #[must_use]
    pub fn unfinished(&self, language: &str) -> Option<&Unfinished> {
        self.unfinished.iter().find(|one| one.language.eq_ignore_ascii_case(language))
    }

    /// Returns the instrument if the check found no errors. Findings that are errors only because of a setting do not
    /// count.
    #[must_use]
    pub fn sound(&self) -> Option<&Instrument> {
        if self.broken { None } else { self.instrument.as_ref() }
    }

    /// Returns the ids of the forms that the definition declares parallel.
    #[must_use]
    pub fn parallel_to(&self) -> &[String] {
        self.file.as_ref().map_or(&[], |file| &file.parallel_to)
    }

    /// Returns the number of items that the definition states for a scale.
    #[must_use]
    pub fn stated_items(&self, scale: &Scale) -> Option<u32> {
        let Origin::Scale(position) = scale.origin else { return None };
        self.file.as_ref()?.scales.get(position)?.stated_items
    }

    /// Takes out all findings, also those beyond the most that are shown.
    pub(crate) fn uncut(&mut self) -> Vec<Finding> {
        let mut all = std::mem::take(&mut self.findings);
        all.append(&mut self.cut);
        for finding in &mut all {
            finding.help.retain(|help| *help != more_findings());
        }
        all.sort_by_key(Finding::order);
        all
    }

    /// Puts findings back after [`Self::uncut`], and the `known` ones apart from them.
    pub(crate) fn put_back(&mut self, mut findings: Vec<Finding>, known: Vec<Finding>) {
        self.cut = shorten(&mut findings);
        (self.findings, self.known) = (findings, known);
    }

    /// Whether `finding` is an error that leaves the meaning of the definition open. Findings of lints and about cases
    /// never do.
    #[must_use]
    pub fn obscures(&self, finding: &Finding) -> bool {
        let of_cases = Some(finding.order().0) == self.case_document;
        finding.is_error() && !of_cases && !levels::is_lint(&finding.code)
    }
}

/// Checks a definition and the files that belong to it, with each lint at its default level.
#[must_use]
pub fn check(input: Input) -> Checked {
    check_at(input, &Levels::default())
}

/// Checks a definition and the files that belong to it, with the given levels of lints.
#[must_use]
pub fn check_at(input: Input, levels: &Levels) -> Checked {
    check_with(input, levels, &NoOutsideLints)
}

/// Like [`check_at`], and runs the lints of other programs too.
#[must_use]
pub fn check_with(input: Input, levels: &Levels, outside: &dyn OutsideLints) -> Checked {
    let levels = &levels.knowing(outside);
    let mut problems = Vec::new();
    let mut gate = Gate::default();
    let Input { definition, folder, beside, supplied, cases, .. } = input;
    let (key, long_form, parallel) = (input.key, input.long_form, input.parallel);
    // `fix` depends on this order of documents: the definition, its wordings, the supplied wordings, the cases, the key.
    let file: Option<InstrumentFile> = gate.read(definition, SchemaKind::Instrument);
    let beside = gate.read_wordings(beside);
    gate.supplied_wordings = gate.documents.len();
    let supplied = gate.read_wordings(supplied);
    gate.wordings = 1..gate.documents.len();
    let case_document = gate.documents.len();
    let has_cases = cases.is_some();
    let cases: Option<Option<CasesFile>> = cases.map(|source| gate.read(source, SchemaKind::Cases));
    let (file, key_cases) = gate.keyed(file, key);
    let file = file.map(|file| gate.expanded(file));
    let mut instrument = file.as_ref().and_then(|file| gate.resolve(file, folder.as_deref()));
    let mut wordings = gate.wordings(beside, true, &mut instrument);
    wordings.extend(gate.wordings(supplied, false, &mut instrument));
    gate.case_document = has_cases.then_some(case_document);
    let (mut program, mut ranges) = (Program::default(), Vec::new());
    let all_cases = gate.all_cases(cases.as_ref().and_then(Option::as_ref), key_cases.as_ref());
    let mut silenced = Vec::new();
    if let Some(file) = &file {
        gate.promised(file, instrument.as_ref());
    }
    // Errors in wordings or cases do not stop the lints, which check what could be read.
    if let (Some(file), Some(instrument)) = (&file, &instrument) {
        program = compile(instrument);
        ranges = range(&program);
        let mut cases_agree = true;
        if let Some(Some(cases)) = &cases {
            let found = cases::run(cases, instrument, &program);
            cases_agree = found.is_empty();
            gate.add(found, case_document);
        }
        if let (Some(cases), Some(key)) = (&key_cases, &gate.supplied) {
            let (found, document) = (cases::run(cases, instrument, &program), key.document);
            cases_agree &= found.is_empty();
            gate.add(found, document);
        }
        let parallel: Vec<InstrumentFile> = parallel.iter().filter_map(read_quietly).collect();
        let long_form = long_form.as_ref().and_then(read_quietly);
        let words = words::of_all(file, &wordings);
        let todos = todos::of(&gate.documents[0].text);
        let context = Context {
            file,
            instrument,
            program: &program,
            ranges: &ranges,
            possible: Possible::new(&program, &ranges),
            has_cases: cases.is_some() || key_cases.is_some(),
            // What cases leave untested is reported only once every case is reproduced.
            cases: all_cases.as_ref().filter(|_| cases_agree),
            wordings: &wordings,
            words: &words,
            option_orders: &gate.option_orders,
            long_form: long_form.as_ref(),
            parallel: &parallel,
            todos: &todos,
            study: &input.study,
            targets: input.targets,
        };
        let document = |place: File| match place {
            File::Definition => 0,
            // Without `cases.toml`, all cases are those of the key file, which is then the document at this index.
            File::Cases => case_document,
            File::Wording(document) => document,
        };
        let mut hits = lints::run(&context, levels);
        let documents: Vec<&Document> = gate.documents.iter().take(case_document).collect();
        let linted =
            Linted { instrument, program: &program, ranges: &ranges, documents: &documents };
        let answered = answers::run(outside, &linted, levels);
        hits.extend(answered.hits);
        problems = answered.problems;
        let divided = allow::apply(hits, file, levels, (outside, &problems));
        // `add` parses the document again, so it is called once per document and not once per finding.
        let mut by_document: BTreeMap<usize, Vec<Diagnostic>> = BTreeMap::new();
        for (found, place) in divided.kept {
            by_document.entry(document(place)).or_default().push(found);
        }
        by_document.into_iter().for_each(|(document, found)| gate.add(found, document));
        silenced.extend(gate.silenced(divided.silenced, document));
    }
    let (mut broken, mut raised) = (false, BTreeSet::new());
    // The level of a lint is already applied here; `raise` makes errors only of warnings that no lint gives.
    for finding in &mut gate.findings {
        // First, because an error that is only a setting must not stop scoring and exports.
        broken |= finding.is_error() && !levels.raises(&finding.code);
        let before = finding.severity;
        levels.raise(finding);
        if finding.severity != before {
            raised.insert(finding.code.clone());
        }
    }
    // `shorten` keeps the first findings of each document, so they must be sorted before.
    gate.findings.sort_by_key(Finding::order);
    let cut = shorten(&mut gate.findings);
    let Gate { documents, findings, case_document, places, supplied, unfinished, .. } = gate;
    Checked {
        key: supplied,
        places,
        documents,
        findings,
        silenced,
        known: Vec::new(),
        cut,
        raised,
        instrument,
        unfinished,
        program,
        ranges,
        outside: outside.lints().to_vec(),
        problems,
        cases: all_cases,
        broken,
        file,
        case_document,
    }
}

/// Keeps the first [`MOST_FINDINGS`] findings of each document, errors before warnings, and adds a note if some are
/// dropped. Returns those that are dropped.
fn shorten(findings: &mut Vec<Finding>) -> Vec<Finding> {
    let mut errors: BTreeMap<usize, usize> = BTreeMap::new();
    for finding in findings.iter().filter(|finding| finding.is_error()) {
        *errors.entry(finding.order().0).or_default() += 1;
    }
    let mut kept: BTreeMap<(usize, bool), usize> = BTreeMap::new();
    let is_kept = |finding: &Finding| {
        let (document, ..) = finding.order();
        let errors = errors.get(&document).copied().unwrap_or(0);
        let room = MOST_FINDINGS.saturating_sub(if finding.is_error() { 0 } else { errors });
        let kept = kept.entry((document, finding.is_error())).or_default();
        *kept += 1;
        *kept <= room
    };
    let (rest, dropped): (Vec<Finding>, Vec<Finding>) =
        std::mem::take(findings).into_iter().partition(is_kept);
    *findings = rest;
    let shortened: BTreeSet<usize> = dropped.iter().map(|finding| finding.order().0).collect();
    for document in shortened {
        let last = findings.iter_mut().rfind(|finding| finding.order().0 == document);
        last.into_iter().for_each(|finding| finding.help.push(more_findings()));
    }
    dropped
}

/// The note on the last finding that is shown of a file with more.
fn more_findings() -> String {
    format!("there are more findings: only {MOST_FINDINGS} are shown for this file")
}

/// Reads a definition without reporting its errors, for the long form of a short form.
fn read_quietly(source: &Source) -> Option<InstrumentFile> {
    let (document, unread) = Document::decode(0, source.name.clone(), source.bytes.clone());
    let (tree, errors) = document.tree(0);
    // The long form has a check of its own, which reports these errors.
    if unread.is_some() || !errors.is_empty() {
        return None;
    }
    let file: InstrumentFile = shape::read(&tree, SchemaKind::Instrument).0?;
    Some(expand(&file).file.into_owned())
}

#[derive(Default)]
struct Gate {
    documents: Vec<Document>,
    findings: Vec<Finding>,
    /// The order in which wording files list the options of response scales.
    option_orders: Vec<OptionOrder>,
    /// The index of the document with the cases, if there is one.
    case_document: Option<usize>,
    /// Which parts of the definition come from a supplied key.
    places: Option<KeyPlaces>,
    /// The supplied key.
    supplied: Option<SuppliedKey>,
    /// The indices of the wording files.
    wordings: std::ops::Range<usize>,
    /// The index of the first wording file that is supplied.
    supplied_wordings: usize,
    unfinished: Vec<Unfinished>,
}

impl Gate {
    /// Runs the first two gates, syntax and shape, on one file.
    fn read<T: serde::de::DeserializeOwned>(
        &mut self,
        source: Source,
        kind: SchemaKind,
    ) -> Option<T> {
        let index = self.documents.len();
        let (document, unread) = Document::decode(index, source.name, source.bytes);
        let (file, found) = match unread {
            Some(finding) => {
                self.findings.push(finding);
                (None, Vec::new())
            }
            None => match document.tree(index) {
                (tree, errors) if errors.is_empty() => {
                    if kind == SchemaKind::Wording {
                        // The type that reads the file sorts the options, so their order is taken from the tree.
                        self.option_orders.extend(orders::of_options(&tree, File::Wording(index)));
                    }
                    shape::read(&tree, kind)
                }
                (_, errors) => {
                    self.findings.extend(errors);
                    (None, Vec::new())
                }
            },
        };
        self.documents.push(document);
        self.add(found, index);
        file
    }

    fn add(&mut self, found: Vec<Diagnostic>, index: usize) {
        let removed = fixes::removed(&found);
        let mut placed = self.locate(found, index);
        if index == 0 {
            let wordings = Wordings {
                documents: &self.documents,
                all: self.wordings.clone(),
                supplied: self.supplied_wordings,
            };
            wordings.complete(&removed, &mut placed);
        }
        self.findings.extend(placed);
    }

    /// Locates the findings that the definition allows, in the order of documents and positions.
    fn silenced(
        &self,
        found: Vec<(Diagnostic, File, String)>,
        document: impl Fn(File) -> usize,
    ) -> Vec<Silenced> {
        let mut by_document: BTreeMap<usize, (Vec<Diagnostic>, Vec<String>)> = BTreeMap::new();
        // `shorten` does not see these findings, so their number is limited here.
        for (found, place, reason) in found.into_iter().take(MOST_FINDINGS) {
            let (findings, reasons) = by_document.entry(document(place)).or_default();
            findings.push(found);
            reasons.push(reason);
        }
        let placed = by_document.into_iter().flat_map(|(index, (found, reasons))| {
            // `locate` returns one finding per diagnostic, in the same order, so the reasons still match.
            let findings = self.locate(found, index).into_iter();
            findings.zip(reasons).map(|(finding, reason)| Silenced { finding, reason })
        });
        let mut placed: Vec<Silenced> = placed.collect();
        placed.sort_by_key(|silenced| silenced.finding.order());
        placed
    }

    /// Writes out the abbreviations of the definition. Everything after this refers to the result.
    fn expanded(&mut self, file: InstrumentFile) -> InstrumentFile {
        // `resolve` reports abbreviations with an error, which stay as they are.
        let Expanded { file: expanded, written, found: _ } = expand(&file);
        self.documents[0].written = written;
        match expanded {
            Cow::Owned(expanded) => expanded,
            Cow::Borrowed(_) => file,
        }
    }

    fn resolve(&mut self, file: &InstrumentFile, folder: Option<&str>) -> Option<Instrument> {
        let (instrument, found) = resolve(file);
        let mut found = self.documents[0].written.without_echoes(found);
        // Bounds the work of locating findings. `shorten` leaves fewer, but only after they are sorted.
        found.truncate(10 * MOST_FINDINGS);
        if let Some(folder) = folder.filter(|folder| *folder != file.id) {
            found.push(
                Diagnostic::error(
                    "wrong-folder",
                    format!("the folder is named `{folder}`, but the instrument `{}`", file.id),
                )
                .at(Pointer::top("id"), "")
                .help("an instrument is found by the name of its folder: rename one of the two"),
            );
        }
        self.add(found, 0);
        instrument
    }

    /// Reads wording files. Returns each with the index of its document.
    fn read_wordings(&mut self, sources: Vec<Source>) -> Vec<(usize, Option<WordingFile>)> {
        let first = self.documents.len();
        let read = sources.into_iter().map(|source| self.read(source, SchemaKind::Wording));
        read.enumerate().map(|(index, file)| (first + index, file)).collect()
    }

    fn wordings(
        &mut self,
        sources: Vec<(usize, Option<WordingFile>)>,
        beside: bool,
        instrument: &mut Option<Instrument>,
    ) -> Vec<(File, WordingFile)> {
        let mut files = Vec::new();
        for (index, file) in sources {
            let stem = stem(&self.documents[index].name).to_owned();
            if let (Some(file), Some(instrument)) = (file, instrument.as_mut()) {
                self.wording(&file, beside.then_some(stem.as_str()), index, instrument);
                files.push((File::Wording(index), file));
            }
        }
        files
    }

    fn wording(
        &mut self,
        file: &WordingFile,
        stem: Option<&str>,
        index: usize,
        instrument: &mut Instrument,
    ) {
        let mut found = Vec::new();
        if let Some(stem) = stem {
            found.extend(misnamed(file, stem));
            found.extend(withheld(instrument));
        }
        let ResolvedWording { wording, missing, found: more } = resolve_wording(file, instrument);
        found.extend(more);
        let language = file.language.clone();
        self.unfinished.extend(missing.map(|missing| Unfinished {
            language,
            missing,
            document: index,
        }));
        let source = wording.as_ref().is_some_and(|w| w.language == instrument.language);
        match wording {
            // Others take the first wording for that of the source language.
            Some(wording) if source => instrument.wordings.insert(0, wording),
            Some(wording) => instrument.wordings.push(wording),
            None => {}
        }
        self.add(found, index);
    }

    /// Reports translations that the definition lists but that have no wording file.
    fn promised(&mut self, file: &InstrumentFile, instrument: Option<&Instrument>) {
        let mut found = Vec::new();
        for (index, language) in file.translations.iter().enumerate() {
            // A file that exists but is not a valid wording has its own error.
            let exists =
                self.documents.iter().any(|d| stem(&d.name).eq_ignore_ascii_case(language));
            let known = instrument.is_some_and(|i| i.wording(language).is_some());
            // A language that is listed twice has its own error.
            let twice = file.translations[..index].iter().chain([&file.language]);
            let twice = twice.into_iter().any(|other| other.eq_ignore_ascii_case(language));
            if !exists && !known && !twice {
                let message = format!("the translation into `{language}` is missing");
                found.push(
                    Diagnostic::error("missing-translation", message)
                        .at(Pointer::top("translations").index(index), "listed here")
                        .help(format!(
                            "add `{language}.toml` next to this file; `scalewright wording {} --language {language}` creates one to fill in",
                            file.id
                        )),
                );
            }
        }
        self.add(found, 0);
    }
}

/// Returns the id in the `short-form-of` of a definition, if that much of the text can be read.
#[must_use]
pub fn long_form_of(bytes: &[u8]) -> Option<String> {
    const KEY: &str = "short-form-of";
    // Few definitions have this key, and looking for its bytes avoids parsing all others twice.
    let named = memchr::memmem::find(bytes, KEY.as_bytes()).is_some();
    named.then(|| text_of(bytes, KEY)).flatten()
}

/// Returns the ids in the `parallel-to` of a definition, if that much of the text can be read.
#[must_use]
pub fn parallel_forms_of(bytes: &[u8]) -> Vec<String> {
    const KEY: &str = "parallel-to";
    if memchr::memmem::find(bytes, KEY.as_bytes()).is_none() {
        return Vec::new();
    }
    let (document, _) = Document::decode(0, String::new(), bytes.to_vec());
    let (tree, _) = document.tree(0);
    let list = tree.value(&Pointer::top(KEY)).and_then(|value| value.as_array());
    let ids = list.into_iter().flatten().filter_map(|id| id.get_ref().as_str());
    ids.take(20).map(str::to_owned).collect()
}

/// The name of a file without its folder and without `.toml`.
fn stem(name: &str) -> &str {
    // The name is the path as the user gave it, which has backslashes on Windows.
    let file = name.rsplit(['/', '\\']).next().unwrap_or(name);
    file.strip_suffix(".toml").unwrap_or(file)
}

fn misnamed(file: &WordingFile, stem: &str) -> Option<Diagnostic> {
    if file.language.eq_ignore_ascii_case(stem) {
        return None;
    }
    let message =
        format!("the file is named `{stem}.toml`, but its language is `{}`", file.language);
    let finding = Diagnostic::error("wrong-file-name", message)
        .at(Pointer::top("language"), "")
        .help(format!("rename the file to `{}.toml`", file.language));
    Some(finding)
}

fn withheld(instrument: &Instrument) -> Option<Diagnostic> {
    if instrument.rights.wording == WordingPolicy::Included {
        return None;
    }
    let message = format!("wording is present though `{}` withholds it", instrument.id);
    let finding = Diagnostic::error("withheld-wording", message)
        .at(Pointer::top("instrument"), "these words may not be redistributed")
        .help("keep this file outside the library and pass it with `--wording FILE`");
    Some(finding)
}

/// Returns the `id` of a definition, if that much of the text can be read.
#[must_use]
pub fn id_of(bytes: &[u8]) -> Option<String> {
    text_of(bytes, "id")
}

/// Returns the id of the instrument that a wording file or a cases file belongs to, if that much of the text can be
/// read.
#[must_use]
pub fn instrument_of(bytes: &[u8]) -> Option<String> {
    text_of(bytes, "instrument")
}

/// Returns the text of a key if only plain texts and whole numbers stand above it, one in each line, as in most files.
/// This avoids parsing each file once more.
fn above_all_else(bytes: &[u8], key: &str) -> Option<String> {
    for line in std::str::from_utf8(bytes).ok()?.lines() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let (name, value) = line.split_once('=')?;
        let (name, value) = (name.trim(), value.trim());
        let is_bare = |b: u8| b.is_ascii_alphanumeric() || b == b'-' || b == b'_';
        let (text, rest) = match value.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').filter(|(text, _)| !text.contains('\\'))?,
            None => (value, value.trim_start_matches(|c: char| c.is_ascii_digit())),
        };
        let ends = rest.trim_start().is_empty() || rest.trim_start().starts_with('#');
        if name.is_empty() || !name.bytes().all(is_bare) || !ends {
            return None;
        }
        if name == key {
            return value.starts_with('"').then(|| text.to_owned());
        }
    }
    None
}

/// Returns the language of a wording file, if that much of the text can be read.
#[must_use]
pub fn language_of(bytes: &[u8]) -> Option<String> {
    text_of(bytes, "language")
}

fn text_of(bytes: &[u8], key: &str) -> Option<String> {
    if let Some(text) = above_all_else(bytes, key) {
        return Some(text);
    }
    let (document, _) = Document::decode(0, String::new(), bytes.to_vec());
    let (tree, _) = document.tree(0);
    let value = tree.value(&Pointer::top(key))?;
    value.as_str().map(str::to_owned)
}
