//! How numbers, dates and times are written on a form, by language. Reading a form accepts all of these.

/// What people type in one language.
#[derive(Debug)]
pub(crate) struct Typing {
    language: &'static str,
    /// The decimal mark.
    pub(crate) decimal: &'static str,
    /// The pattern of a date, in the letters that people know from forms.
    pub(crate) date: &'static str,
    /// A date in a sentence, with the parts `{yyyy}`, `{mm}`, `{dd}`, or `{m}` and `{d}` without leading zeros.
    pub(crate) day: &'static str,
    /// The pattern of a time of day, of 24 hours.
    pub(crate) time: &'static str,
    /// A number compared with `{n}`: unequal, less, at most, greater, at least.
    pub(crate) compared: [&'static str; 5],
}

/// Returns the habits of a language; those of English if it has none here.
pub(super) fn of(language: &str) -> &'static Typing {
    TYPING.iter().find(|typing| typing.language == language).unwrap_or(&TYPING[0])
}

static TYPING: [Typing; 12] = [
    Typing {
        language: "en",
        decimal: ".",
        date: "YYYY-MM-DD",
        day: "{yyyy}-{mm}-{dd}",
        time: "HH:MM, 00:00 to 23:59",
        compared: ["not {n}", "less than {n}", "at most {n}", "more than {n}", "at least {n}"],
    },
    Typing {
        language: "de",
        decimal: ",",
        date: "TT.MM.JJJJ",
        day: "{dd}.{mm}.{yyyy}",
        time: "SS:MM, 00:00 bis 23:59",
        compared: [
            "nicht {n}",
            "weniger als {n}",
            "höchstens {n}",
            "mehr als {n}",
            "mindestens {n}",
        ],
    },
    Typing {
        language: "es",
        decimal: ",",
        date: "AAAA-MM-DD",
        day: "{dd}/{mm}/{yyyy}",
        time: "HH:MM, de 00:00 a 23:59",
        compared: [
            "distinto de {n}",
            "menos de {n}",
            "como máximo {n}",
            "más de {n}",
            "al menos {n}",
        ],
    },
    Typing {
        language: "fr",
        decimal: ",",
        date: "AAAA-MM-JJ",
        day: "{dd}/{mm}/{yyyy}",
        time: "HH:MM, de 00:00 à 23:59",
        compared: [
            "différent de {n}",
            "moins de {n}",
            "au plus {n}",
            "plus de {n}",
            "au moins {n}",
        ],
    },
    Typing {
        language: "it",
        decimal: ",",
        date: "AAAA-MM-GG",
        day: "{dd}/{mm}/{yyyy}",
        time: "HH:MM, da 00:00 a 23:59",
        compared: ["diverso da {n}", "meno di {n}", "al massimo {n}", "più di {n}", "almeno {n}"],
    },
    Typing {
        language: "nl",
        decimal: ",",
        date: "JJJJ-MM-DD",
        day: "{dd}-{mm}-{yyyy}",
        time: "UU:MM, 00:00 tot 23:59",
        compared: ["niet {n}", "minder dan {n}", "hoogstens {n}", "meer dan {n}", "minstens {n}"],
    },
    Typing {
        language: "pt",
        decimal: ",",
        date: "AAAA-MM-DD",
        day: "{dd}/{mm}/{yyyy}",
        time: "HH:MM, de 00:00 a 23:59",
        compared: [
            "diferente de {n}",
            "menos de {n}",
            "no máximo {n}",
            "mais de {n}",
            "pelo menos {n}",
        ],
    },
    Typing {
        language: "ar",
        decimal: ".",
        date: "YYYY-MM-DD",
        day: "{dd}/{mm}/{yyyy}",
        time: "HH:MM، من 00:00 إلى 23:59",
        compared: ["غير {n}", "أقل من {n}", "{n} على الأكثر", "أكثر من {n}", "{n} على الأقل"],
    },
    Typing {
        language: "he",
        decimal: ".",
        date: "YYYY-MM-DD",
        day: "{dd}.{mm}.{yyyy}",
        time: "HH:MM, מ־00:00 עד 23:59",
        compared: ["שונה מ־{n}", "פחות מ־{n}", "לכל היותר {n}", "יותר מ־{n}", "לפחות {n}"],
    },
    Typing {
        language: "ja",
        decimal: ".",
        date: "YYYY-MM-DD",
        day: "{yyyy}年{m}月{d}日",
        time: "HH:MM、00:00〜23:59",
        compared: ["{n}以外", "{n}未満", "{n}以下", "{n}より大きい", "{n}以上"],
    },
    Typing {
        language: "ko",
        decimal: ".",
        date: "YYYY-MM-DD",
        day: "{yyyy}년 {m}월 {d}일",
        time: "HH:MM, 00:00–23:59",
        compared: ["{n} 아님", "{n} 미만", "{n} 이하", "{n} 초과", "{n} 이상"],
    },
    Typing {
        language: "zh",
        decimal: ".",
        date: "YYYY-MM-DD",
        day: "{yyyy}年{m}月{d}日",
        time: "HH:MM，00:00 至 23:59",
        compared: ["不等于 {n}", "小于 {n}", "至多 {n}", "大于 {n}", "至少 {n}"],
    },
];
