//! Recognises the language of a text by its most frequent words, where it is certain.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::words::listed;

/// A set of languages, one bit each, by their position in [`LANGUAGES`].
type Set = u64;

/// The most frequent words of languages that separate words, without those that carry a meaning of their own.
const LANGUAGES: [(&str, &str); 26] = [
    (
        "en",
        "the of and to in is i my was that it you your have had how did are with for not were when me been do does any at by from this there would could about often felt could people feel she he they or an as on be",
    ),
    (
        "de",
        "der die das und ich ist nicht zu mir mich mein meine war sie wie ein eine einen ihr ihre ihnen haben habe hatte sind wenn auf mit für dass von den dem im oder auch wurde sich bei fühlte über es an in hat aus",
    ),
    (
        "fr",
        "le la les des et je est que une un mon ma mes dans vous votre vos pas pour avez ai avec sur ne sont qui du au aux suis était été me se ou plus en il ce cette j l d n de à par",
    ),
    (
        "es",
        "el la los las de y que en un una mi mis me se ha he con por para no su sus es usted qué cuando como lo del al han estado fue sido muy más o era durante le está yo",
    ),
    (
        "it",
        "il lo la gli le di e che un una mi mio mia mie ho è con per non del della nel nella sono ha quando come si suo sua lei ero stato stata durante al alla anche i o in da più",
    ),
    (
        "pt",
        "o a os as de e que em um uma meu minha meus me se tem com por para não seu sua do da no na é foi você eu quando como dos das ao à são tenho estava durante ou mais pelo lhe nos nas",
    ),
    (
        "nl",
        "de het een en ik is niet te van mijn me u uw heb hebt had was dat in met op voor bij zijn hoe als er zich over kon werd of ook aan naar om mij wat die voelde",
    ),
    (
        "sv",
        "och jag är inte att det en ett min mitt mina mig du din har hade var som på med för av den när hur om de till under eller kände sig kan vid från så",
    ),
    (
        "da",
        "og jeg er ikke at det en et min mit mine mig du din har havde var som på med for af den når hvor om de til under eller følte sig kan ved fra så dig",
    ),
    (
        "nb",
        "og jeg er ikke å det en et min mitt mine meg du din har hadde var som på med for av den når hvor om de til under eller følte seg kan ved fra så deg",
    ),
    (
        "fi",
        "ja en on ei että minun minua minulla oli olen olin se kun kuinka mitä sinun oletko kanssa ovat tai jos ole minä niin olisi mutta minut hän siitä kuin teidän koska usein",
    ),
    (
        "pl",
        "i w na się nie że do jest z o moje mój moja mnie mi jak był było byłem czy pan pani po od co lub przez dla jestem tak przed być ze gdy kiedy oraz mam miałem swoje",
    ),
    (
        "cs",
        "a se na je že v si jsem jsme jak mé můj moje mě mi byl bylo by k po s z do ale nebo když pro jste aby jsou ne to o při měl měla být svůj než které",
    ),
    (
        "sk",
        "a sa na je že v si som sme ako moje môj ma mi bol bolo by k po s z do ale alebo keď pre ste aby sú nie to o pri mal mala byť svoj než ktoré",
    ),
    (
        "hu",
        "a az és nem hogy egy van volt én nekem engem mint ha is meg ön vagy voltam vagyok milyen amikor el csak volna már minden az ki volt azt ezt úgy kell lehet",
    ),
    (
        "tr",
        "ve bir bu ben bana benim için çok ile da de mi ne olarak daha gibi kadar olan oldu vardı değil en siz sizin kendimi veya ya nasıl her şey olduğunu",
    ),
    (
        "ro",
        "și de la în a cu nu că am pe un o mi m este sunt fost care mai ce din pentru sau când cum dumneavoastră meu mea mele ați s ca al ale avut",
    ),
    (
        "hr",
        "i u je se na da ne sam su za s od kao bio bila što ili kako moj moja me mi nije kada sa bih će biti koji vam vaš imao do o te",
    ),
    (
        "id",
        "dan yang di saya tidak untuk dengan anda ini itu dari pada ke atau adalah dalam telah bisa akan ada merasa seberapa sering apakah karena oleh sangat lebih",
    ),
    (
        "vi",
        "và của tôi không là có một cho trong với được những các đã người khi bạn về hay rất này cảm thấy nào ông bà bị",
    ),
    (
        "ru",
        "и в не на я что с мне мой меня моя мои был была было как вы ваш вас у из по это для когда или к о от за так бы себя очень но",
    ),
    (
        "uk",
        "і в не на я що з мені мій мене моя мої був була було як ви ваш вас у із по це для коли або до від за так би себе дуже але та є про",
    ),
    (
        "bg",
        "и в не на аз че с ми мой моя съм беше бях как вие ваш вас от по това за когато или към се да са е си бях много ли което",
    ),
    (
        "sr",
        "и у је се на да не сам су за с од као био била што или како мој моја ме ми није када са бих ће бити који вам ваш имао",
    ),
    (
        "el",
        "και το η ο να τα της του την τον με σε δεν ότι για από που είναι ήταν μου σας τις οι στο στη στην θα αν πως ή έχω έχετε μια ένα όταν",
    ),
    (
        "ca",
        "el la els les de i que en un una meu meva em es ha he amb per no seu és vostè quan com ho del al han estat va molt més o era durant jo",
    ),
];

/// Words of units, bands and scales, which show that a short text was not translated. They are not counted.
const CONTENT: [(&str, &str); 6] = [
    (
        "en",
        "year years day days night nights hour hours minute minutes week weeks month months times points never always often \
            rarely seldom sometimes yes male female age sex gender calm home sleep mood energy pain work family friends health anger \
            fear sad sadness happy happiness hope trust goals tasks support settled unsettled mixed life low high medium mild \
            severe moderate weak strong poor good fair bad worse better rested tired worry worries thoughts feelings loneliness \
            children parents school daily use aids views evening morning alcohol drinks cigarettes other none unknown total",
    ),
    (
        "de",
        "jahr jahre tag tage nacht nächte stunde stunden minute minuten woche wochen monat monate punkte nie immer oft selten \
            manchmal ja nein männlich weiblich alter geschlecht schlaf stimmung schmerz arbeit familie freunde gesundheit wut angst \
            niedrig hoch mittel leicht schwer gut schlecht ruhe zuhause total",
    ),
    (
        "fr",
        "an ans année années jour jours nuit nuits heure heures semaine semaines mois points jamais toujours souvent rarement \
            parfois oui non homme femme âge sexe sommeil humeur douleur travail famille santé colère peur faible élevé moyen total",
    ),
    (
        "es",
        "año años día días noche noches hora horas minuto minutos semana semanas mes meses puntos nunca siempre sí hombre mujer \
            edad sexo sueño dolor trabajo familia salud miedo bajo alto medio total",
    ),
    (
        "it",
        "anno anni giorno giorni notte notti ora ore minuti settimana settimane mese mesi punti mai sempre sì uomo donna età sesso \
            sonno dolore lavoro famiglia salute paura basso alto medio",
    ),
    (
        "nl",
        "jaar jaren dag dagen nacht nachten uur uren minuten week weken maand maanden punten nooit altijd ja nee man vrouw leeftijd \
            geslacht slaap pijn werk gezin vrienden gezondheid angst laag hoog",
    ),
];

/// Languages whose frequent words are almost the same. A text is not reported as one of them if it should be another.
const ALIKE: [&[&str]; 6] = [
    &["da", "nb", "nn", "no", "sv"],
    &["cs", "sk"],
    &["hr", "sr", "bs", "sl"],
    &["es", "pt", "ca", "gl"],
    &["ru", "uk", "bg", "sr", "be", "mk"],
    &["id", "ms"],
];

/// The languages of each frequent word.
static WORDS: LazyLock<HashMap<&str, Set>> = LazyLock::new(|| {
    let mut words: HashMap<&str, Set> = HashMap::new();
    for (at, (_, list)) in LANGUAGES.iter().enumerate() {
        for word in list.split(' ') {
            *words.entry(word).or_default() |= 1 << at;
        }
    }
    words
});

/// The words of texts, counted by the languages in which they are frequent.
#[derive(Debug, Default)]
pub(crate) struct Count {
    words: usize,
    frequent: [usize; LANGUAGES.len()],
}

impl Count {
    /// Counts the words of a text in the form that [`crate::words::plain`] returns.
    pub(crate) fn add(&mut self, plain: &str) {
        for word in plain.split(' ').filter(|word| word.chars().any(char::is_alphabetic)) {
            self.words += 1;
            let mut set = WORDS.get(word).copied().unwrap_or(0);
            while set != 0 {
                self.frequent[set.trailing_zeros() as usize] += 1;
                set &= set - 1;
            }
        }
    }

    /// Returns the language of the texts if it is certainly not that of the BCP 47 tag, given the least number of its
    /// frequent words, of words, and the least share of frequent words, one in so many.
    pub(crate) fn other(&self, tag: &str, enough: Enough) -> Option<&'static str> {
        let language = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
        let own = if language == "no" { "nb" } else { language.as_str() };
        // Without a list, nobody knows how a text in this language looks.
        let own_at = LANGUAGES.iter().position(|(known, _)| *known == own)?;
        let (best, most) =
            self.frequent.iter().enumerate().max_by_key(|(at, n)| (**n, LANGUAGES.len() - at))?;
        let certain = self.words >= enough.words
            && *most >= enough.frequent
            && most * enough.share >= self.words
            && self.frequent[own_at] * 4 <= *most;
        let other = LANGUAGES[best].0;
        let alike = ALIKE.iter().any(|group| group.contains(&own) && group.contains(&other));
        // Languages that are alike need many words: each has some that the other one lacks.
        let known = certain && (!alike || self.frequent[own_at] * 8 <= *most);
        known.then_some(other)
    }
}

/// How many words make a language certain.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Enough {
    /// The least number of words.
    pub(crate) words: usize,
    /// The least number of frequent words of the other language.
    pub(crate) frequent: usize,
    /// One word in so many is a frequent one.
    pub(crate) share: usize,
}

/// Whether a word belongs to `language`, and not to `other`.
pub(crate) fn is_of(word: &str, language: &str, other: &str) -> bool {
    let has = |list: &[(&str, &'static str)], tag: &str| {
        listed(list, tag).map(|words| words.split_ascii_whitespace().any(|known| known == word))
    };
    let known = |tag: &str| has(&LANGUAGES, tag) == Some(true) || has(&CONTENT, tag) == Some(true);
    // Without a list, nobody knows whether the other language has the same word.
    has(&LANGUAGES, other).is_some() && known(language) && !known(other)
}

#[cfg(test)]
mod tests {
    use super::{Count, Enough};
    use crate::words::plain;

    fn other(text: &str, tag: &str) -> Option<&'static str> {
        let mut count = Count::default();
        count.add(&plain(text));
        count.other(tag, Enough { words: 4, frequent: 3, share: 3 })
    }

    #[test]
    fn another_language_is_found_where_it_is_certain() {
        assert_eq!(other("I was tired and the day was long for me.", "de"), Some("en"));
        assert_eq!(other("Ich war müde, und der Tag war lang für mich.", "de-CH"), None);
        assert_eq!(other("Je me suis senti calme dans la journée", "de"), Some("fr"));
        assert_eq!(other("Jeg var træt, og det var en lang dag", "nb"), None);
        assert_eq!(other("Burnout", "de"), None);
        assert_eq!(other("I was tired and the day was long for me.", "ta"), None);
    }
}
