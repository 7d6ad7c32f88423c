//! A wording file to fill in: an empty text for every key, with the source words beside it if they may be shown.

use scalewright_check::Writer;
use scalewright_model::file::{
    ResponseScaleWordingFile, ScaleWordingFile, SectionWordingFile, WordingFile,
};
use scalewright_model::{
    Instrument, Pointer, ResponseKind, ResponseScale, ResponseWording, Scale, Section, Wording,
};

/// Returns the text of a wording file for `instrument` in `language`, without words.
#[must_use]
pub fn template(instrument: &Instrument, language: &str) -> String {
    let source = instrument.wording(&instrument.language);
    let about = match source {
        Some(_) => "Fill in the empty texts; the source words are beside them.",
        None => "Fill in the empty texts from a form that you may use.",
    };
    let head = format!("Words of {} in {language}. {about}", instrument.id);
    let writer = Writer::new().head(&head).head("A text left empty is reported as missing.");
    let file = WordingFile::new(&instrument.id, language);
    let mut template = WordingTemplate { instrument, source, writer, file };
    template.form();
    template.responses();
    template.sections();
    template.items();
    template.notes();
    template.scales();
    template.writer.wording(&template.file)
}

struct WordingTemplate<'a> {
    instrument: &'a Instrument,
    /// The source words; `None` if they are withheld.
    source: Option<&'a Wording>,
    writer: Writer,
    file: WordingFile,
}

impl WordingTemplate<'_> {
    /// Whether the language is that of the instrument. Then titles and labels of scales are already in the definition.
    fn is_source(&self) -> bool {
        self.file.language.eq_ignore_ascii_case(&self.instrument.language)
    }

    fn beside(&mut self, at: Pointer, text: &str) {
        self.writer = std::mem::take(&mut self.writer).beside(at, text);
    }

    fn order(&mut self, at: Pointer, names: Vec<String>) {
        self.writer = std::mem::take(&mut self.writer).order(at, names);
    }

    /// Returns an empty text, and puts the source text beside it as a comment.
    fn text(&mut self, at: Pointer, beside: Option<&str>) -> String {
        if let Some(beside) = beside {
            self.beside(at, beside);
        }
        String::new()
    }

    /// Returns an empty text if the source has this text. If the source is not known, it adds a comment instead.
    fn optional(
        &mut self,
        table: &Pointer,
        key: &str,
        of: impl Fn(&Wording) -> Option<&str>,
    ) -> Option<String> {
        let at = table.key(key);
        match self.source.map(of) {
            Some(beside) => beside.map(|beside| self.text(at, Some(beside))),
            None => {
                let comment = format!("{key} = \"\"   # if the form has any");
                self.writer = std::mem::take(&mut self.writer).above(at, &comment);
                None
            }
        }
    }

    fn form(&mut self) {
        let (root, instrument) = (Pointer::root(), self.instrument);
        self.file.instructions =
            self.optional(&root, "instructions", |w| w.instructions.as_deref());
        if !self.is_source() {
            self.file.title = Some(self.text(root.key("title"), Some(&instrument.title)));
            let period = instrument.administration.recall_period.as_deref();
            self.file.recall_period =
                period.map(|period| self.text(root.key("recall-period"), Some(period)));
        }
    }

    fn responses(&mut self) {
        let table = Pointer::top("response-scales");
        for (index, scale) in self.instrument.response_scales.iter().enumerate() {
            let words = self.source.map(|source| &source.responses[index]);
            let at = table.key(&scale.name);
            if let Some(words) = self.response(scale, words, &at) {
                self.file.response_scales.insert(scale.name.clone(), words);
            }
        }
    }

    fn response(
        &mut self,
        scale: &ResponseScale,
        words: Option<&ResponseWording>,
        at: &Pointer,
    ) -> Option<ResponseScaleWordingFile> {
        let mut file = ResponseScaleWordingFile::default();
        match &scale.kind {
            ResponseKind::Coded { options }
                if scale.has_words_at_its_ends() && options.len() > 2 =>
            {
                let low = words.and_then(|words| words.labels.first()).map(String::as_str);
                let high = words.and_then(|words| words.labels.last()).map(String::as_str);
                file.min_label = Some(self.text(at.key("min-label"), low));
                file.max_label = Some(self.text(at.key("max-label"), high));
            }
            ResponseKind::Coded { options } | ResponseKind::SeveralChoice { options } => {
                let at = at.key("options");
                let labelled = options.iter().enumerate().filter(|(_, option)| !option.unlabelled);
                let mut names = Vec::new();
                for (position, option) in labelled {
                    let name = option.number();
                    let beside = words.map(|words| words.labels[position].as_str());
                    file.options.insert(name.clone(), self.text(at.key(&name), beside));
                    names.push(name);
                }
                // The map of options sorts its keys as texts, in which 10 comes before 2.
                self.order(at, names);
            }
            ResponseKind::VisualAnalogue { .. } => {
                let low = words.and_then(|words| words.min_label.as_deref());
                let high = words.and_then(|words| words.max_label.as_deref());
                file.min_label = Some(self.text(at.key("min-label"), low));
                file.max_label = Some(self.text(at.key("max-label"), high));
            }
            ResponseKind::YesNo => {
                let yes = words.and_then(|words| words.yes_label.as_deref());
                let no = words.and_then(|words| words.no_label.as_deref());
                file.yes_label = yes.map(|yes| self.text(at.key("yes-label"), Some(yes)));
                file.no_label = no.map(|no| self.text(at.key("no-label"), Some(no)));
            }
            ResponseKind::Numeric { .. } => {
                let unit = words.and_then(|words| words.unit.as_deref());
                file.unit = unit.map(|unit| self.text(at.key("unit"), Some(unit)));
            }
            ResponseKind::Text { .. } | ResponseKind::Date | ResponseKind::Time => {}
        }
        (file != ResponseScaleWordingFile::default()).then_some(file)
    }

    fn sections(&mut self) {
        let table = Pointer::top("sections");
        let sections = &self.instrument.sections;
        for (index, Section { id }) in sections.iter().enumerate() {
            let at = table.key(id);
            let file = SectionWordingFile {
                title: self.optional(&at, "title", |w| w.sections[index].title.as_deref()),
                lead_in: self.optional(&at, "lead-in", |w| w.sections[index].lead_in.as_deref()),
                instructions: self
                    .optional(&at, "instructions", |w| w.sections[index].instructions.as_deref()),
            };
            self.file.sections.insert(id.clone(), file);
        }
        self.order(table, sections.iter().map(|section| section.id.clone()).collect());
    }

    fn items(&mut self) {
        let table = Pointer::top("items");
        let items = &self.instrument.items;
        for (index, item) in items.iter().enumerate() {
            let beside = self.source.map(|source| source.stems[index].as_str());
            let text = self.text(table.key(&item.id), beside);
            self.file.items.insert(item.id.clone(), text);
        }
        self.order(table, items.iter().map(|item| item.id.clone()).collect());
    }

    fn notes(&mut self) {
        let table = Pointer::top("notes");
        let notes = &self.instrument.notes;
        for (index, note) in notes.iter().enumerate() {
            let beside = self.source.map(|source| source.notes[index].as_str());
            let text = self.text(table.key(&note.id), beside);
            self.file.notes.insert(note.id.clone(), text);
        }
        self.order(table, notes.iter().map(|note| note.id.clone()).collect());
    }

    fn scales(&mut self) {
        if self.is_source() {
            return;
        }
        let table = Pointer::top("scales");
        let scales = &self.instrument.scales;
        for scale in scales {
            let file = self.scale(scale, &table.key(&scale.id));
            self.file.scales.insert(scale.id.clone(), file);
        }
        self.order(table, scales.iter().map(|scale| scale.id.clone()).collect());
    }

    /// Returns the words of a scale. A label that occurs in several sets of bands is translated once.
    fn scale(&mut self, scale: &Scale, at: &Pointer) -> ScaleWordingFile {
        let mut file = ScaleWordingFile {
            title: Some(self.text(at.key("title"), Some(&scale.title))),
            ..ScaleWordingFile::default()
        };
        file.unit = scale.unit.as_deref().map(|unit| self.text(at.key("unit"), Some(unit)));
        let (bands, mut labels) = (at.key("bands"), Vec::new());
        for band in scale.all_bands().flat_map(|(_, bands)| bands) {
            if !file.bands.contains_key(&band.label) {
                labels.push(band.label.clone());
                let text = self.text(bands.key(&band.label), Some(&band.label));
                file.bands.insert(band.label.clone(), text);
            }
        }
        self.order(bands, labels);
        self.feedback(scale, &at.key("feedback"), &mut file);
        file
    }

    /// Adds an empty text for the feedback on each band that has one in the definition.
    fn feedback(&mut self, scale: &Scale, at: &Pointer, file: &mut ScaleWordingFile) {
        let mut labels = Vec::new();
        for band in scale.all_bands().flat_map(|(_, bands)| bands) {
            let Some(text) = &band.feedback else { continue };
            if !file.feedback.contains_key(&band.label) {
                labels.push(band.label.clone());
                let text = self.text(at.key(&band.label), Some(text));
                file.feedback.insert(band.label.clone(), text);
            }
        }
        self.order(at.clone(), labels);
    }
}
