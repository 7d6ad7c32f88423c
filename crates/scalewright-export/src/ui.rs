//! The few words that forms need in addition to the instrument's own, in the languages that are built in.

use scalewright_model::file::{Status, TranslationStatus};
use scalewright_model::{Diagnostic, Pointer, Wording};

mod ar;
mod by_language;
mod de;
mod en;
mod es;
mod fr;
mod he;
mod it;
mod ja;
mod ko;
mod nl;
mod parts;
mod pt;
mod report;
mod shape;
mod typing;
mod zh;

pub(crate) use parts::PartWords;
pub(crate) use report::ReportWords;
pub(crate) use shape::Ui;
pub(crate) use typing::Typing;

impl Ui {
    /// Returns how numbers, dates and times are typed in the language.
    pub(crate) fn typing(&self) -> &'static Typing {
        typing::of(self.language)
    }

    /// Returns the words of the parts that not every report has.
    pub(crate) fn parts(&self) -> &'static PartWords {
        by_language::parts(self.language)
    }
}

/// Returns the usual words for yes and no in a language. If the language is not built in, they are English.
#[must_use]
pub fn yes_and_no(tag: &str) -> (&'static str, &'static str) {
    let (words, _) = ui(tag);
    (words.yes, words.no)
}

/// Returns the words of the language of `tag` and `true`, or the English words and `false`.
pub(crate) fn ui(tag: &str) -> (&'static Ui, bool) {
    let language = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    match UI.iter().find(|ui| ui.language == language) {
        Some(ui) => (ui, true),
        // English is the first entry.
        None => (&UI[0], false),
    }
}

/// Returns a pattern with its placeholders replaced, in the order of `values`. Values with arbitrary text must come
/// last, so that braces in them are not taken for placeholders.
pub(crate) fn filled(pattern: &str, values: &[(&str, &str)]) -> String {
    let fill =
        |text: String, (place, value): &(&str, &str)| text.replace(&format!("{{{place}}}"), value);
    values.iter().fold(pattern.to_owned(), fill)
}

/// Returns a warning that the built-in words of `what` are in English, if there are none in `language`.
pub(crate) fn english(language: &str, what: &str) -> Option<Diagnostic> {
    let (_, known) = ui(language);
    let message = format!(
        "the built-in words of {what} (\"Page 1 of 2\", \"Date\", \"Scores\") are in English: there are none in `{language}`"
    );
    let place = Pointer::top("language");
    (!known).then(|| Diagnostic::warning("english-form-words", message).at(place, ""))
}

/// Whether a wording is an untested translation.
pub(crate) fn is_draft(wording: &Wording) -> bool {
    wording.translation == Some(TranslationStatus::Draft)
}

/// Returns the text of the frame at the top: a warning about a version in development, a retired version or a draft
/// translation.
pub(crate) fn banner(words: &Ui, status: Status, wording: Option<&Wording>) -> Option<String> {
    let version = match status {
        Status::Development => Some(words.development),
        Status::Retired => Some(words.retired),
        Status::Active => None,
    };
    let draft = wording.is_some_and(is_draft).then_some(words.draft);
    let warnings: Vec<&str> = version.into_iter().chain(draft).collect();
    (!warnings.is_empty()).then(|| warnings.join(" · "))
}

static UI: [Ui; 12] = [
    Ui {
        language: "en",
        page: "Page {page} of {pages}",
        respondent: "Respondent",
        date: "Date",
        number: "No.",
        item: "Item",
        range: "{min} to {max}",
        only_if: "Only if {condition}",
        numbered: "no. {item}",
        worded: "item “{item}”",
        answer: "{item} was answered: {answers}",
        answered: "{item} was answered",
        unanswered: "{item} was not answered",
        sum: "the answers to {items} add up to {bound}",
        and: "; and ",
        or: "; or ",
        at_least: "at least {count} of these apply: {conditions}",
        yes: "Yes",
        no: "No",
        scores: "Scores",
        band: "Band",
        development: "Development version, without validation evidence",
        retired: "Retired version, not for new respondents",
        draft: "Draft translation, not tested",
        made: ["Sum", "Mean", "Lowest answer", "Highest answer", "Score"],
        truth: "1 true, 0 false",
        answered_by: [
            "Answered by the person described.",
            "Answered by an informant.",
            "Answered by a trained rater.",
        ],
        about: "About: {subject}.",
        recall_period: "Recall period: {period}.",
        takes: "Takes about {minutes} minutes.",
        fields: ["Record ID", "Version", "Language"],
        report: &en::REPORT,
    },
    Ui {
        language: "de",
        page: "Seite {page} von {pages}",
        respondent: "Befragte Person",
        date: "Datum",
        number: "Nr.",
        item: "Aussage",
        range: "{min} bis {max}",
        only_if: "Nur wenn {condition}",
        numbered: "Nr. {item}",
        worded: "Frage „{item}“",
        answer: "bei {item} geantwortet wurde: {answers}",
        answered: "{item} beantwortet wurde",
        unanswered: "{item} nicht beantwortet wurde",
        sum: "die Antworten auf {items} zusammen {bound} ergeben",
        and: "; und ",
        or: "; oder ",
        at_least: "mindestens {count} davon zutreffen: {conditions}",
        yes: "Ja",
        no: "Nein",
        scores: "Testwerte",
        band: "Bereich",
        development: "Entwicklungsfassung ohne Belege zur Validität",
        retired: "Zurückgezogene Fassung, nicht für neue Befragungen",
        draft: "Übersetzungsentwurf, nicht geprüft",
        made: ["Summe", "Mittelwert", "Niedrigste Antwort", "Höchste Antwort", "Wert"],
        truth: "1 wahr, 0 falsch",
        answered_by: [
            "Beantwortet von der beschriebenen Person.",
            "Beantwortet von einer Auskunftsperson.",
            "Beantwortet von einer geschulten beurteilenden Person.",
        ],
        about: "Über: {subject}.",
        recall_period: "Zeitraum: {period}.",
        takes: "Dauert etwa {minutes} Minuten.",
        fields: ["Datensatz-ID", "Version", "Sprache"],
        report: &de::REPORT,
    },
    Ui {
        language: "es",
        page: "Página {page} de {pages}",
        respondent: "Persona que responde",
        date: "Fecha",
        number: "N.º",
        item: "Afirmación",
        range: "de {min} a {max}",
        only_if: "Solo si {condition}",
        numbered: "n.º {item}",
        worded: "ítem «{item}»",
        answer: "en el {item} se respondió: {answers}",
        answered: "se respondió al {item}",
        unanswered: "no se respondió al {item}",
        sum: "las respuestas a {items} suman {bound}",
        and: "; y ",
        or: "; o ",
        at_least: "se cumplen al menos {count} de estas condiciones: {conditions}",
        yes: "Sí",
        no: "No",
        scores: "Puntuaciones",
        band: "Categoría",
        development: "Versión en desarrollo, sin evidencia de validez",
        retired: "Versión retirada, no apta para nuevas aplicaciones",
        draft: "Traducción preliminar, no probada",
        made: ["Suma", "Media", "Respuesta más baja", "Respuesta más alta", "Puntuación"],
        truth: "1 verdadero, 0 falso",
        answered_by: [
            "Responde la persona descrita.",
            "Responde un informante.",
            "Responde una persona evaluadora formada.",
        ],
        about: "Sobre: {subject}.",
        recall_period: "Periodo de referencia: {period}.",
        takes: "Dura unos {minutes} minutos.",
        fields: ["ID de registro", "Versión", "Idioma"],
        report: &es::REPORT,
    },
    Ui {
        language: "fr",
        page: "Page {page} sur {pages}",
        respondent: "Personne interrogée",
        date: "Date",
        number: "N°",
        item: "Énoncé",
        range: "de {min} à {max}",
        only_if: "Seulement si {condition}",
        numbered: "n° {item}",
        worded: "champ « {item} »",
        answer: "la réponse au {item} est : {answers}",
        answered: "le {item} a reçu une réponse",
        unanswered: "le {item} est resté sans réponse",
        sum: "la somme des réponses aux questions {items} est {bound}",
        and: " ; et ",
        or: " ; ou ",
        at_least: "au moins {count} de ces conditions sont remplies : {conditions}",
        yes: "Oui",
        no: "Non",
        scores: "Scores",
        band: "Catégorie",
        development: "Version en développement, sans preuves de validité",
        retired: "Version retirée, à ne plus utiliser",
        draft: "Traduction provisoire, non testée",
        made: ["Somme", "Moyenne", "Réponse la plus basse", "Réponse la plus haute", "Score"],
        truth: "1 vrai, 0 faux",
        answered_by: [
            "Rempli par la personne décrite.",
            "Rempli par un informateur.",
            "Rempli par un évaluateur formé.",
        ],
        about: "Au sujet de : {subject}.",
        recall_period: "Période de référence : {period}.",
        takes: "Dure environ {minutes} minutes.",
        fields: ["ID d'enregistrement", "Version", "Langue"],
        report: &fr::REPORT,
    },
    Ui {
        language: "it",
        page: "Pagina {page} di {pages}",
        respondent: "Persona che risponde",
        date: "Data",
        number: "N.",
        item: "Affermazione",
        range: "da {min} a {max}",
        only_if: "Solo se {condition}",
        numbered: "n. {item}",
        worded: "punto «{item}»",
        answer: "al {item} si è risposto: {answers}",
        answered: "al {item} si è risposto",
        unanswered: "al {item} non si è risposto",
        sum: "la somma delle risposte a {items} è {bound}",
        and: "; e ",
        or: "; o ",
        at_least: "valgono almeno {count} di queste condizioni: {conditions}",
        yes: "Sì",
        no: "No",
        scores: "Punteggi",
        band: "Fascia",
        development: "Versione in sviluppo, senza prove di validità",
        retired: "Versione ritirata, da non usare più",
        draft: "Traduzione provvisoria, non verificata",
        made: ["Somma", "Media", "Risposta più bassa", "Risposta più alta", "Punteggio"],
        truth: "1 vero, 0 falso",
        answered_by: [
            "Risponde la persona descritta.",
            "Risponde un informatore.",
            "Risponde un valutatore formato.",
        ],
        about: "Riguarda: {subject}.",
        recall_period: "Periodo di riferimento: {period}.",
        takes: "Dura circa {minutes} minuti.",
        fields: ["ID record", "Versione", "Lingua"],
        report: &it::REPORT,
    },
    Ui {
        language: "nl",
        page: "Pagina {page} van {pages}",
        respondent: "Respondent",
        date: "Datum",
        number: "Nr.",
        item: "Uitspraak",
        range: "{min} tot {max}",
        only_if: "Alleen als {condition}",
        numbered: "nr. {item}",
        worded: "vraag “{item}”",
        answer: "bij {item} is geantwoord: {answers}",
        answered: "{item} is beantwoord",
        unanswered: "{item} niet is beantwoord",
        sum: "de antwoorden op {items} samen {bound} zijn",
        and: "; en ",
        or: "; of ",
        at_least: "ten minste {count} van deze gelden: {conditions}",
        yes: "Ja",
        no: "Nee",
        scores: "Scores",
        band: "Categorie",
        development: "Ontwikkelversie, zonder bewijs van validiteit",
        retired: "Ingetrokken versie, niet meer gebruiken",
        draft: "Voorlopige vertaling, niet getoetst",
        made: ["Som", "Gemiddelde", "Laagste antwoord", "Hoogste antwoord", "Score"],
        truth: "1 waar, 0 onwaar",
        answered_by: [
            "Ingevuld door de beschreven persoon.",
            "Ingevuld door een informant.",
            "Ingevuld door een getrainde beoordelaar.",
        ],
        about: "Over: {subject}.",
        recall_period: "Periode: {period}.",
        takes: "Duurt ongeveer {minutes} minuten.",
        fields: ["Record-ID", "Versie", "Taal"],
        report: &nl::REPORT,
    },
    Ui {
        language: "pt",
        page: "Página {page} de {pages}",
        respondent: "Respondente",
        date: "Data",
        number: "N.º",
        item: "Afirmação",
        range: "de {min} a {max}",
        only_if: "Apenas se {condition}",
        numbered: "n.º {item}",
        worded: "item “{item}”",
        answer: "no {item} se respondeu: {answers}",
        answered: "o {item} foi respondido",
        unanswered: "o {item} não foi respondido",
        sum: "as respostas a {items} somam {bound}",
        and: "; e ",
        or: "; ou ",
        at_least: "se verificam pelo menos {count} destas condições: {conditions}",
        yes: "Sim",
        no: "Não",
        scores: "Pontuações",
        band: "Categoria",
        development: "Versão em desenvolvimento, sem evidência de validade",
        retired: "Versão retirada, não usar mais",
        draft: "Tradução provisória, não testada",
        made: ["Soma", "Média", "Resposta mais baixa", "Resposta mais alta", "Pontuação"],
        truth: "1 verdadeiro, 0 falso",
        answered_by: [
            "Respondido pela pessoa descrita.",
            "Respondido por um informante.",
            "Respondido por um avaliador treinado.",
        ],
        about: "Sobre: {subject}.",
        recall_period: "Período de referência: {period}.",
        takes: "Demora cerca de {minutes} minutos.",
        fields: ["ID do registo", "Versão", "Idioma"],
        report: &pt::REPORT,
    },
    ar::UI,
    he::UI,
    ja::UI,
    ko::UI,
    zh::UI,
];
