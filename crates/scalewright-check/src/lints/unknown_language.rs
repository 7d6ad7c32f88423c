//! Language tags with an unknown language or country.

use scalewright_model::{Pointer, Severity};

use super::File;
use super::{Context, Group, Hit, Lint};

/// A language tag with an unknown code of a language or country.
pub(super) static LINT: Lint = Lint {
    name: "unknown-language",
    summary: "a language tag with an unknown or unusual code of a language or country",
    explain: include_str!("unknown_language.md"),
    group: Group::Wording,
    level: Severity::Warning,
    since: "0.1",
    run,
};

/// The two-letter codes of languages (ISO 639-1).
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";
/// The two-letter codes of countries (ISO 3166-1, and XK).
const COUNTRIES: &str = "AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW XK";

/// The codes of languages with three letters (ISO 639-2) that have a code with two, which tags must have (BCP 47).
const LONG: &str = "ara=ar bul=bg cat=ca ces=cs chi=zh cze=cs dan=da deu=de dut=nl ell=el eng=en est=et fas=fa fin=fi fra=fr fre=fr ger=de \
    gre=el heb=he hin=hi hrv=hr hun=hu ind=id isl=is ita=it jpn=ja kor=ko lav=lv lit=lt nld=nl nob=nb nor=no per=fa pol=pl por=pt ron=ro \
    rum=ro rus=ru slk=sk slo=sk slv=sl spa=es srp=sr swe=sv tha=th tur=tr ukr=uk urd=ur vie=vi zho=zh";

fn run(lint: &Lint, context: &Context<'_>, hits: &mut Vec<Hit>) {
    let top = Pointer::top;
    let own = std::iter::once((File::Definition, context.file.language.as_str(), top("language")));
    let others = context
        .wordings
        .iter()
        .map(|(place, file)| (*place, file.language.as_str(), top("language")));
    let promised = context.file.translations.iter().enumerate();
    let promised = promised
        .map(|(at, tag)| (File::Definition, tag.as_str(), top("translations").index(at)))
        // The file of the translation has the same tag, and one finding is enough.
        .filter(|(_, tag, _)| !context.wordings.iter().any(|(_, file)| file.language == *tag));
    for (file, tag, place) in own.chain(others).chain(promised) {
        let known = unknown(tag)
            .map(|(part, what)| format!("`{part}` in `{tag}` is not the code of a {what}"));
        let Some(message) = known.or_else(|| unusual(tag)) else { continue };
        let hit = lint.hit(tag, message, |d| {
            d.at(place, "").help(
                "write the code of a language (ISO 639) and, if it matters, of a country (ISO 3166-1): `zh-CN`",
            )
        });
        hits.push(hit.inside(file));
    }
}

/// What is unusual about a tag that is not wrong: capitals, and a code that is longer than needed.
fn unusual(tag: &str) -> Option<String> {
    let language = tag.split('-').next()?;
    let short = LONG.split_ascii_whitespace().filter_map(|pair| pair.split_once('='));
    if let Some((_, short)) =
        short.into_iter().find(|(long, _)| language.eq_ignore_ascii_case(long))
    {
        return Some(format!("the code of `{language}` in tags is `{short}`"));
    }
    let capital = language.bytes().any(|b| b.is_ascii_uppercase());
    capital.then(|| {
        format!(
            "the language `{language}` is in capitals, as countries are: `{}`",
            language.to_ascii_lowercase()
        )
    })
}

/// Returns the unknown part of a tag and its kind. Three-letter languages and other subtags are not checked: there are
/// thousands of them.
fn unknown(tag: &str) -> Option<(&str, &'static str)> {
    let listed =
        |list: &str, code: &str| list.split(' ').any(|known| known.eq_ignore_ascii_case(code));
    let mut parts = tag.split('-');
    let language = parts.next()?;
    // Codes of languages have two or three letters; longer ones were never registered.
    if language.len() > 3 || language.len() == 2 && !listed(LANGUAGES, language) {
        return Some((language, "language"));
    }
    parts
        // A single character begins an extension or, as `x`, private subtags, which have other meanings.
        .take_while(|part| part.len() > 1)
        .find(|part| part.len() == 2 && !listed(COUNTRIES, part))
        .map(|part| (part, "country"))
}

#[cfg(test)]
mod tests {
    use super::{unknown, unusual};

    #[test]
    fn unknown_languages_and_countries_are_found() {
        for tag in ["en", "pt-BR", "zh-Hant-TW", "de-x-zz", "gsw", "es-419"] {
            assert_eq!(unknown(tag), None, "{tag}");
        }
        assert_eq!(unknown("zn-ch"), Some(("zn", "language")));
        assert_eq!(unknown("jp"), Some(("jp", "language")));
        assert_eq!(unknown("en-UK"), Some(("UK", "country")));
        assert_eq!(unknown("english"), Some(("english", "language")));
        assert!(unusual("DE").is_some() && unusual("deu").is_some() && unusual("gsw-CH").is_none());
    }
}
