//! The words of conditions on several items at once.

/// The patterns of one language. Placeholders in braces are replaced.
#[derive(Debug)]
pub(crate) struct ConditionWords {
    language: &'static str,
    /// At least one of some items has one of some answers.
    pub(crate) one_of: &'static str,
    /// Each of some items has one of some answers.
    pub(crate) each_of: &'static str,
    /// At least so many of some items have one of some answers.
    pub(crate) some_of: &'static str,
    /// Exactly so many of some items have one of some answers.
    pub(crate) exactly_of: &'static str,
    /// Exactly so many of some conditions are true.
    pub(crate) exactly: &'static str,
    /// What is between the parts of a list: answers or numbers, sentences, and conditions.
    pub(crate) between: [&'static str; 3],
}

/// Returns the words of a language; those of English if it has none here.
pub(super) fn of(language: &str) -> &'static ConditionWords {
    WORDS.iter().find(|words| words.language == language).unwrap_or(&WORDS[0])
}

static WORDS: [ConditionWords; 12] = [
    ConditionWords {
        language: "en",
        one_of: "at least one of {items} was answered: {answers}",
        each_of: "each of {items} was answered: {answers}",
        some_of: "at least {count} of {items} were answered: {answers}",
        exactly_of: "exactly {count} of {items} were answered: {answers}",
        exactly: "exactly {count} of these apply: {conditions}",
        between: [", ", ". ", "; "],
    },
    ConditionWords {
        language: "de",
        one_of: "bei mindestens einer der Fragen {items} geantwortet wurde: {answers}",
        each_of: "bei allen Fragen {items} geantwortet wurde: {answers}",
        some_of: "bei mindestens {count} der Fragen {items} geantwortet wurde: {answers}",
        exactly_of: "bei genau {count} der Fragen {items} geantwortet wurde: {answers}",
        exactly: "die Zahl der erfüllten Bedingungen genau {count} ist: {conditions}",
        between: [", ", ". ", "; "],
    },
    ConditionWords {
        language: "es",
        one_of: "en al menos una de las preguntas {items} se respondió: {answers}",
        each_of: "en todas las preguntas {items} se respondió: {answers}",
        some_of: "en al menos {count} de las preguntas {items} se respondió: {answers}",
        exactly_of: "en exactamente {count} de las preguntas {items} se respondió: {answers}",
        exactly: "el número de condiciones que se cumplen es exactamente {count}: {conditions}",
        between: [", ", ". ", "; "],
    },
    ConditionWords {
        language: "fr",
        one_of: "la réponse à au moins une des questions {items} est : {answers}",
        each_of: "la réponse à chacune des questions {items} est : {answers}",
        some_of: "la réponse à au moins {count} des questions {items} est : {answers}",
        exactly_of: "la réponse à exactement {count} des questions {items} est : {answers}",
        exactly: "le nombre de conditions remplies est exactement {count} : {conditions}",
        between: [", ", ". ", " ; "],
    },
    ConditionWords {
        language: "it",
        one_of: "ad almeno una delle domande {items} si è risposto: {answers}",
        each_of: "a tutte le domande {items} si è risposto: {answers}",
        some_of: "ad almeno {count} delle domande {items} si è risposto: {answers}",
        exactly_of: "a esattamente {count} delle domande {items} si è risposto: {answers}",
        exactly: "il numero di condizioni che valgono è esattamente {count}: {conditions}",
        between: [", ", ". ", "; "],
    },
    ConditionWords {
        language: "nl",
        one_of: "bij minstens één van de vragen {items} is geantwoord: {answers}",
        each_of: "bij alle vragen {items} is geantwoord: {answers}",
        some_of: "bij minstens {count} van de vragen {items} is geantwoord: {answers}",
        exactly_of: "bij precies {count} van de vragen {items} is geantwoord: {answers}",
        exactly: "precies {count} van deze gelden: {conditions}",
        between: [", ", ". ", "; "],
    },
    ConditionWords {
        language: "pt",
        one_of: "em pelo menos uma das perguntas {items} se respondeu: {answers}",
        each_of: "em todas as perguntas {items} se respondeu: {answers}",
        some_of: "em pelo menos {count} das perguntas {items} se respondeu: {answers}",
        exactly_of: "em exatamente {count} das perguntas {items} se respondeu: {answers}",
        exactly: "o número de condições que se verificam é exatamente {count}: {conditions}",
        between: [", ", ". ", "; "],
    },
    ConditionWords {
        language: "ar",
        one_of: "كانت الإجابة عن سؤال واحد على الأقل من {items}: {answers}",
        each_of: "كانت الإجابة عن كل من {items}: {answers}",
        some_of: "كانت الإجابة عن {count} على الأقل من {items}: {answers}",
        exactly_of: "كانت الإجابة عن {count} بالضبط من {items}: {answers}",
        exactly: "كان عدد الشروط المتحققة {count} بالضبط: {conditions}",
        between: ["، ", ". ", "؛ "],
    },
    ConditionWords {
        language: "he",
        one_of: "התשובה לאחת לפחות מבין {items} הייתה: {answers}",
        each_of: "התשובה לכל אחת מבין {items} הייתה: {answers}",
        some_of: "התשובה ל־{count} לפחות מבין {items} הייתה: {answers}",
        exactly_of: "התשובה ל־{count} בדיוק מבין {items} הייתה: {answers}",
        exactly: "מתקיימים בדיוק {count} מאלה: {conditions}",
        between: [", ", ". ", "; "],
    },
    ConditionWords {
        language: "ja",
        one_of: "{items}のうち1つ以上の回答が{answers}",
        each_of: "{items}のすべての回答が{answers}",
        some_of: "{items}のうち{count}個以上の回答が{answers}",
        exactly_of: "{items}のうちちょうど{count}個の回答が{answers}",
        exactly: "次のうちちょうど{count}個が当てはまる：{conditions}",
        between: ["、", "。", "；"],
    },
    ConditionWords {
        language: "ko",
        one_of: "{items} 중 1개 이상의 응답: {answers}",
        each_of: "{items} 모두의 응답: {answers}",
        some_of: "{items} 중 {count}개 이상의 응답: {answers}",
        exactly_of: "{items} 중 정확히 {count}개의 응답: {answers}",
        exactly: "다음 중 정확히 {count}개에 해당: {conditions}",
        between: [", ", ". ", "; "],
    },
    ConditionWords {
        language: "zh",
        one_of: "{items}中至少一题的回答为：{answers}",
        each_of: "{items}每题的回答为：{answers}",
        some_of: "{items}中至少 {count} 题的回答为：{answers}",
        exactly_of: "{items}中恰好 {count} 题的回答为：{answers}",
        exactly: "以下条件恰好满足 {count} 个：{conditions}",
        between: ["、", "。", "；"],
    },
];
