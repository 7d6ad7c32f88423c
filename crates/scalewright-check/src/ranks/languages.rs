//! The usual labels of response scales, by language.

/// The usual labels of a language, one text per dimension, in the order of the dimensions: frequency, agreement,
/// intensity, quality, satisfaction, likelihood, amount. Labels of one rank are separated
/// by `|`, ranks by `<`. Labels whose order depends on the reader, such as *sometimes* and *occasionally*, have one rank.
pub(super) type Vocabulary = [&'static str; 7];

/// The known languages.
pub(super) const LANGUAGES: [(&str, &Vocabulary); 24] = [
    ("en", &ENGLISH),
    ("de", &GERMAN),
    ("es", &SPANISH),
    ("fr", &FRENCH),
    ("it", &ITALIAN),
    ("pt", &PORTUGUESE),
    ("nl", &DUTCH),
    ("pl", &POLISH),
    ("cs", &CZECH),
    ("sv", &SWEDISH),
    ("da", &DANISH),
    ("nb", &NORWEGIAN),
    ("no", &NORWEGIAN),
    ("fi", &FINNISH),
    ("hu", &HUNGARIAN),
    ("tr", &TURKISH),
    ("el", &GREEK),
    ("ru", &RUSSIAN),
    ("uk", &UKRAINIAN),
    ("ar", &ARABIC),
    ("he", &HEBREW),
    ("ja", &JAPANESE),
    ("zh", &CHINESE),
    ("ko", &KOREAN),
];

const ENGLISH: Vocabulary = [
    "never | not at all | none of the time | at no time | no time < almost never | hardly ever | very rarely | very seldom < \
     rarely | seldom | a little of the time < sometimes | occasionally | some of the time | several days | now and then | \
     from time to time < about half the time | half of the time | half the time < often | frequently | fairly often | \
     more than half the days | more than half of the time | a good bit of the time | quite often < very often | usually | \
     most of the time | very frequently | mostly < almost always | nearly every day | nearly always | every day < always | \
     all of the time | all the time | constantly",
    "strongly disagree | completely disagree | totally disagree | not at all true | not true | not true at all | \
     definitely false | definitely disagree | very untrue < disagree | mostly disagree | moderately disagree | mostly false | \
     untrue < slightly disagree | somewhat disagree | mildly disagree | disagree slightly | disagree somewhat | \
     disagree a little | rather disagree | tend to disagree | hardly true < neither | neither agree nor disagree | neutral | \
     undecided | unsure | uncertain | not sure | somewhat true | sometimes true < slightly agree | somewhat agree | mildly agree | \
     agree slightly | agree somewhat | agree a little | rather agree | tend to agree | moderately true < agree | mostly agree | \
     moderately agree | true | mostly true < strongly agree | completely agree | totally agree | certainly true | \
     definitely true | exactly true | very true | definitely agree | completely true",
    "not at all | none | not | no < a little | a little bit | slightly | a bit | mild | very slightly | minimal | mildly < \
     moderately | somewhat | moderate | to some extent < quite a bit | quite a lot | considerably | a lot | very | very much | \
     severe | strongly | severely | a great deal | quite < extremely | completely | extreme | totally | very severe | very severely",
    "very poor | very bad | terrible | awful | much worse < poor | bad | worse | a little worse | somewhat worse < fair | \
     average | acceptable | about the same | the same | neither good nor bad | neither good nor poor < good | better | \
     a little better | somewhat better < very good | much better < excellent | outstanding",
    "very dissatisfied | extremely dissatisfied | completely dissatisfied < dissatisfied | unsatisfied | \
     mostly dissatisfied < slightly dissatisfied | somewhat dissatisfied < neither satisfied nor dissatisfied | \
     neither | neutral | mixed < slightly satisfied | somewhat satisfied < satisfied | mostly satisfied < very satisfied | \
     extremely satisfied | completely satisfied",
    "impossible | extremely unlikely | definitely not | certainly not < very unlikely | very improbable < unlikely | \
     improbable | probably not | somewhat unlikely < possibly | neither likely nor unlikely | perhaps | maybe | neutral | \
     not sure < likely | probable | probably | somewhat likely < very likely | very probable < extremely likely | certain | \
     definitely | certainly",
    "none | nothing | no one | nobody | not any < very few | very little | hardly any < few | a few | little | a little < some < \
     many | much | a lot | most | quite a lot < very many | very much | almost all | nearly all < all | everything | everyone",
];
const GERMAN: Vocabulary = [
    "nie | niemals | überhaupt nicht | zu keinem zeitpunkt < fast nie | so gut wie nie | sehr selten | kaum | kaum jemals < \
     selten | ab und zu < manchmal | gelegentlich | hin und wieder | an einzelnen tagen | einige zeit < ungefähr die hälfte der zeit | \
     etwa die hälfte der zeit < oft | häufig | öfter | ziemlich oft | an mehr als der hälfte der tage < sehr oft | sehr häufig | meistens | \
     meist | die meiste zeit | in der regel < fast immer | beinahe jeden tag | fast jeden tag | täglich < immer | ständig | \
     die ganze zeit | andauernd",
    "stimme gar nicht zu | stimme überhaupt nicht zu | stimmt gar nicht | stimmt überhaupt nicht | trifft gar nicht zu | \
     trifft überhaupt nicht zu | stimme voll und ganz nicht zu | stimmt nicht | lehne stark ab < stimme nicht zu | trifft nicht zu | \
     lehne ab | stimmt wenig | stimmt kaum < stimme eher nicht zu | trifft eher nicht zu | stimmt eher nicht | trifft kaum zu | \
     trifft wenig zu < weder noch | teils teils | weder zustimmung noch ablehnung | unentschieden | neutral | \
     stimme weder zu noch nicht zu < stimme eher zu | trifft eher zu | stimmt eher | stimme etwas zu < stimme zu | trifft zu | stimmt | \
     stimmt ziemlich | stimme weitgehend zu | trifft weitgehend zu < stimme sehr zu | stimme voll zu | stimme voll und ganz zu | \
     stimme völlig zu | trifft voll zu | trifft voll und ganz zu | trifft völlig zu | stimmt genau | stimmt völlig | \
     stimme stark zu | trifft genau zu",
    "überhaupt nicht | gar nicht | keine | nicht | kein < ein wenig | ein bisschen | wenig | etwas | leicht | kaum < mäßig | \
     mittelmäßig | einigermaßen | mittel | teilweise < ziemlich | stark | erheblich | sehr | schwer < extrem | äußerst | \
     sehr stark | völlig | sehr schwer | vollständig",
    "sehr schlecht | viel schlechter | ungenügend < schlecht | schlechter | mangelhaft | etwas schlechter < mittelmäßig | \
     befriedigend | durchschnittlich | weder gut noch schlecht | unverändert | gleich | weniger gut < gut | besser | \
     etwas besser < sehr gut | viel besser < ausgezeichnet | hervorragend",
    "sehr unzufrieden | völlig unzufrieden < unzufrieden | ziemlich unzufrieden < eher unzufrieden < weder zufrieden noch unzufrieden | \
     weder noch | teils teils | neutral < eher zufrieden < zufrieden | ziemlich zufrieden < sehr zufrieden | völlig zufrieden",
    "unmöglich | äußerst unwahrscheinlich | auf keinen fall | sicher nicht < sehr unwahrscheinlich < unwahrscheinlich | \
     eher unwahrscheinlich | wahrscheinlich nicht < vielleicht | möglicherweise | weder noch < wahrscheinlich | \
     eher wahrscheinlich < sehr wahrscheinlich < äußerst wahrscheinlich | sicher | auf jeden fall | ganz sicher",
    "keine | nichts | niemand | keiner < sehr wenig | sehr wenige | kaum < wenig | wenige | ein wenig < einige | etwas < viel | \
     viele | die meisten < sehr viel | sehr viele | fast alle < alle | alles",
];
const SPANISH: Vocabulary = [
    "nunca | en absoluto | en ningún momento | jamás < casi nunca | muy raramente | muy pocas veces < rara vez | raramente | \
     pocas veces < a veces | algunas veces | ocasionalmente | de vez en cuando | varios días < la mitad del tiempo < a menudo | \
     frecuentemente | con frecuencia | muchas veces | más de la mitad de los días < muy a menudo | la mayoría de las veces | \
     muy frecuentemente | la mayor parte del tiempo | generalmente < casi siempre | casi todos los días < siempre | todo el tiempo",
    "totalmente en desacuerdo | muy en desacuerdo | completamente en desacuerdo | nada cierto | falso < en desacuerdo | \
     bastante en desacuerdo | poco cierto < algo en desacuerdo | ligeramente en desacuerdo | más bien en desacuerdo < \
     ni de acuerdo ni en desacuerdo | neutral | indeciso | neutro | algo cierto < algo de acuerdo | ligeramente de acuerdo | \
     más bien de acuerdo < de acuerdo | bastante de acuerdo | bastante cierto < totalmente de acuerdo | muy de acuerdo | \
     completamente de acuerdo | muy cierto | totalmente cierto",
    "nada | en absoluto | ninguno | ninguna < un poco | poco | ligeramente | muy poco | leve < moderadamente | algo | moderado | \
     moderada | regular < bastante | mucho | muy | grave < extremadamente | muchísimo | completamente | totalmente | extremo",
    "muy malo | muy mala | muy mal | mucho peor < malo | mala | mal | peor < regular | aceptable | igual | ni bueno ni malo < bueno | \
     buena | bien | mejor < muy bueno | muy buena | muy bien | mucho mejor < excelente",
    "muy insatisfecho | muy insatisfecha < insatisfecho | insatisfecha < algo insatisfecho < ni satisfecho ni insatisfecho | neutral < \
     algo satisfecho < satisfecho | satisfecha < muy satisfecho | muy satisfecha",
    "imposible | seguro que no | definitivamente no < muy improbable < improbable | poco probable | probablemente no < quizás | tal vez | \
     posiblemente < probable | probablemente < muy probable < seguro | seguro que sí | definitivamente sí",
    "nada | ninguno | ninguna | nadie < muy poco | muy pocos < poco | pocos | un poco < algo | algunos < mucho | muchos | bastante | \
     la mayoría < muchísimo | casi todos < todo | todos",
];
const FRENCH: Vocabulary = [
    "jamais | pas du tout | à aucun moment < presque jamais | très rarement < rarement < parfois | quelquefois | de temps en temps | \
     occasionnellement | plusieurs jours < la moitié du temps < souvent | fréquemment | assez souvent | plus de la moitié des jours | \
     plus de la moitié du temps < très souvent | la plupart du temps | le plus souvent | généralement < presque toujours | \
     presque tous les jours < toujours | tout le temps | en permanence",
    "pas du tout d accord | tout à fait en désaccord | fortement en désaccord | totalement en désaccord | pas du tout vrai | faux < \
     pas d accord | en désaccord | peu vrai < plutôt pas d accord | plutôt en désaccord | un peu en désaccord < \
     ni d accord ni pas d accord | ni en accord ni en désaccord | neutre | indécis | ni d accord ni en désaccord < plutôt d accord | \
     un peu d accord < d accord | en accord | plutôt vrai < tout à fait d accord | fortement d accord | totalement d accord | \
     fortement en accord | très vrai | tout à fait vrai",
    "pas du tout | aucun | aucune | nullement < un peu | légèrement | peu | très peu | léger < modérément | moyennement | modéré < \
     assez | beaucoup | très | fortement | sévère < extrêmement | énormément | complètement | extrême",
    "très mauvais | très mauvaise | très mal | bien pire < mauvais | mauvaise | mal | pire < moyen | moyenne | passable | \
     ni bonne ni mauvaise | identique | pareil < bon | bonne | bien | mieux < très bon | très bonne | très bien | \
     beaucoup mieux < excellent | excellente",
    "très insatisfait | très insatisfaite | pas du tout satisfait < insatisfait | insatisfaite | peu satisfait < plutôt insatisfait < \
     ni satisfait ni insatisfait | neutre < plutôt satisfait < satisfait | satisfaite < très satisfait | très satisfaite | \
     tout à fait satisfait",
    "impossible | certainement pas < très improbable | très peu probable < improbable | peu probable | probablement pas < peut être | \
     possible < probable | probablement < très probable < certain | certainement",
    "aucun | rien | personne | aucune < très peu < peu | un peu < quelques | certains | certaines < beaucoup | la plupart < \
     énormément | presque tous < tous | tout | toutes",
];
const ITALIAN: Vocabulary = [
    "mai | per niente < quasi mai | molto raramente < raramente | di rado < a volte | qualche volta | talvolta | ogni tanto | \
     occasionalmente | alcuni giorni < metà del tempo < spesso | frequentemente | più della metà dei giorni < molto spesso | \
     la maggior parte del tempo | di solito < quasi sempre | quasi ogni giorno < sempre",
    "fortemente in disaccordo | per niente d accordo | totalmente in disaccordo | completamente in disaccordo | per niente vero | falso < \
     in disaccordo | non d accordo | poco vero < leggermente in disaccordo | piuttosto in disaccordo | poco d accordo < \
     né d accordo né in disaccordo | neutrale | incerto | indeciso < leggermente d accordo | abbastanza d accordo | \
     piuttosto d accordo < d accordo | abbastanza vero < fortemente d accordo | molto d accordo | totalmente d accordo | \
     completamente d accordo | molto vero | del tutto vero",
    "per niente | affatto | per nulla | nessuno < un po | poco | leggermente | lieve < moderatamente | abbastanza | moderato < molto | \
     parecchio | grave < moltissimo | estremamente | completamente | estremo",
    "pessimo | pessima | molto male | molto peggio < scarso | scarsa | cattivo | cattiva | male | peggio < discreto | discreta | \
     sufficiente | uguale < buono | buona | bene | meglio < molto buono | molto buona | molto bene | molto meglio < ottimo | ottima | \
     eccellente",
    "molto insoddisfatto | molto insoddisfatta < insoddisfatto | insoddisfatta < né soddisfatto né insoddisfatto | neutrale < \
     soddisfatto | soddisfatta < molto soddisfatto | molto soddisfatta",
    "impossibile | sicuramente no < molto improbabile < improbabile | probabilmente no < forse | possibile < probabile | \
     probabilmente < molto probabile < certo | sicuramente sì",
    "nessuno | niente | nulla < pochissimo | pochissimi < poco | pochi | un po < alcuni | qualche < molto | molti | \
     la maggior parte < moltissimo | quasi tutti < tutto | tutti",
];
const PORTUGUESE: Vocabulary = [
    "nunca | de modo nenhum | nenhuma vez < quase nunca | muito raramente < raramente | poucas vezes < às vezes | por vezes | \
     algumas vezes | de vez em quando | ocasionalmente | vários dias < metade do tempo < frequentemente | muitas vezes | \
     com frequência | mais da metade dos dias | mais de metade dos dias < muito frequentemente | a maior parte do tempo | \
     na maioria das vezes | geralmente < quase sempre | quase todos os dias < sempre | o tempo todo",
    "discordo totalmente | discordo fortemente | discordo completamente | nada verdadeiro | falso < discordo | pouco verdadeiro < \
     discordo um pouco | discordo parcialmente | discordo ligeiramente < não concordo nem discordo | nem concordo nem discordo | neutro | \
     indeciso < concordo um pouco | concordo parcialmente | concordo ligeiramente < concordo | verdadeiro < concordo totalmente | \
     concordo fortemente | concordo completamente | muito verdadeiro | totalmente verdadeiro",
    "nada | de modo nenhum | de forma alguma | nenhum | nenhuma < um pouco | pouco | ligeiramente | muito pouco | leve < \
     moderadamente | mais ou menos | moderado | moderada < bastante | muito | grave < extremamente | muitíssimo | completamente | extremo",
    "muito mau | muito má | muito ruim | péssimo | péssima | muito pior < mau | má | ruim | pior < razoável | regular | igual < bom | \
     boa | melhor < muito bom | muito boa | muito melhor < excelente | ótimo | ótima",
    "muito insatisfeito | muito insatisfeita < insatisfeito | insatisfeita < nem satisfeito nem insatisfeito | neutro < satisfeito | \
     satisfeita < muito satisfeito | muito satisfeita",
    "impossível | certamente não < muito improvável < improvável | pouco provável | provavelmente não < talvez | possivelmente < \
     provável | provavelmente < muito provável < certo | certamente",
    "nenhum | nada | ninguém < muito pouco | muito poucos < pouco | poucos | um pouco < alguns | algum < muito | muitos | bastante | \
     a maioria < muitíssimo | quase todos < tudo | todos",
];
const DUTCH: Vocabulary = [
    "nooit | helemaal niet | op geen enkel moment < bijna nooit | vrijwel nooit | zeer zelden | zelden of nooit < zelden | weinig < soms | \
     af en toe | nu en dan | verscheidene dagen | meerdere dagen < de helft van de tijd < vaak | dikwijls | regelmatig | geregeld | \
     meer dan de helft van de dagen < heel vaak | zeer vaak | meestal | meestentijds < bijna altijd | bijna elke dag | \
     vrijwel altijd < altijd | voortdurend | de hele tijd",
    "helemaal mee oneens | helemaal niet mee eens | zeer mee oneens | sterk mee oneens | zeer oneens | helemaal niet waar < mee oneens | \
     oneens | niet mee eens < enigszins mee oneens | een beetje mee oneens | eerder oneens < niet mee eens niet mee oneens | neutraal | \
     noch mee eens noch mee oneens | geen mening < enigszins mee eens | een beetje mee eens | eerder eens < mee eens | eens < \
     helemaal mee eens | zeer mee eens | sterk mee eens | zeer eens | helemaal waar",
    "helemaal niet | geen | niet < een beetje | enigszins | licht | weinig | een klein beetje < matig | redelijk | tamelijk < \
     nogal | veel | erg | sterk | ernstig < extreem | heel erg | zeer veel | uiterst | volledig | zeer ernstig",
    "zeer slecht | heel slecht | veel slechter < slecht | slechter | onvoldoende < matig | redelijk | hetzelfde | voldoende < goed | \
     beter < zeer goed | heel goed | veel beter < uitstekend",
    "zeer ontevreden | heel ontevreden < ontevreden < enigszins ontevreden < niet tevreden niet ontevreden | \
     noch tevreden noch ontevreden | neutraal < enigszins tevreden < tevreden < zeer tevreden | heel tevreden",
    "onmogelijk | zeker niet < zeer onwaarschijnlijk < onwaarschijnlijk | waarschijnlijk niet < misschien | mogelijk < waarschijnlijk < \
     zeer waarschijnlijk < zeker | zeker wel",
    "geen | niets | niemand < heel weinig | zeer weinig < weinig | een paar | een beetje < enkele | sommige < veel | de meeste < \
     heel veel | zeer veel | bijna alle < alle | alles",
];
const POLISH: Vocabulary = [
    "nigdy | wcale | ani razu < prawie nigdy | bardzo rzadko < rzadko < czasami | czasem | niekiedy | od czasu do czasu | kilka dni < \
     połowę czasu < często | więcej niż połowę dni < bardzo często | przeważnie | zwykle | zazwyczaj | większość czasu < prawie zawsze | \
     prawie codziennie < zawsze | stale | cały czas",
    "zdecydowanie się nie zgadzam | zdecydowanie nie zgadzam się | całkowicie się nie zgadzam | zdecydowanie nie | \
     całkowicie nieprawdziwe < nie zgadzam się | nie < raczej się nie zgadzam | raczej nie zgadzam się | raczej nie < \
     ani się zgadzam ani nie zgadzam | trudno powiedzieć | nie mam zdania < raczej się zgadzam | raczej zgadzam się | raczej tak < \
     zgadzam się | tak < zdecydowanie się zgadzam | zdecydowanie zgadzam się | całkowicie się zgadzam | zdecydowanie tak",
    "wcale | wcale nie | w ogóle | w ogóle nie | brak < trochę | nieco | lekko | słabo | mało < umiarkowanie | średnio < dość mocno | \
     dość | mocno | bardzo | znacznie | dużo < niezmiernie | bardzo mocno | skrajnie | całkowicie | niezwykle",
    "bardzo zły | bardzo zła | bardzo źle | dużo gorzej < zły | zła | źle | gorzej < przeciętny | przeciętna | przeciętnie | \
     ani dobrze ani źle | tak samo < dobry | dobra | dobrze | lepiej < bardzo dobry | bardzo dobra | bardzo dobrze | dużo lepiej < \
     doskonały | doskonała | doskonale",
    "bardzo niezadowolony | bardzo niezadowolona < niezadowolony | niezadowolona < ani zadowolony ani niezadowolony < zadowolony | \
     zadowolona < bardzo zadowolony | bardzo zadowolona",
    "niemożliwe | na pewno nie < bardzo mało prawdopodobne < mało prawdopodobne | raczej nie < być może | możliwe < prawdopodobne | \
     prawdopodobnie < bardzo prawdopodobne < na pewno | na pewno tak",
    "nic | żaden | nikt | brak < bardzo mało < mało | niewiele | trochę < kilka | niektóre < dużo | wiele | większość < bardzo dużo | \
     prawie wszystkie < wszystko | wszystkie",
];
const CZECH: Vocabulary = [
    "nikdy | vůbec | vůbec ne < téměř nikdy | skoro nikdy | velmi zřídka < zřídka | málokdy < někdy | občas | několik dní < \
     polovinu času < často | více než polovinu dnů < velmi často | většinou | obvykle < téměř vždy | skoro vždy | téměř každý den < \
     vždy | stále | pořád",
    "rozhodně nesouhlasím | zcela nesouhlasím | silně nesouhlasím | rozhodně ne < nesouhlasím | ne < spíše nesouhlasím | spíše ne < \
     ani souhlasím ani nesouhlasím | ani tak ani tak | nevím | neutrální < spíše souhlasím | spíše ano < souhlasím | ano < \
     rozhodně souhlasím | zcela souhlasím | silně souhlasím | rozhodně ano",
    "vůbec ne | vůbec | žádný | žádná < trochu | málo | mírně | slabě < středně | přiměřeně < dost | hodně | velmi | silně | značně < \
     extrémně | velmi silně | zcela | nesmírně",
    "velmi špatný | velmi špatná | velmi špatně | mnohem hůře < špatný | špatná | špatně | hůře < průměrný | průměrná | stejně < dobrý | \
     dobrá | dobře | lépe < velmi dobrý | velmi dobrá | velmi dobře | mnohem lépe < výborný | výborná | výborně",
    "velmi nespokojen | velmi nespokojený < nespokojen | nespokojený < ani spokojen ani nespokojen < spokojen | spokojený < \
     velmi spokojen | velmi spokojený",
    "nemožné | určitě ne < velmi nepravděpodobné < nepravděpodobné | spíše ne < možná < pravděpodobné | pravděpodobně < \
     velmi pravděpodobné < jisté | určitě | určitě ano",
    "nic | žádný | nikdo < velmi málo < málo | trochu < několik | někteří < mnoho | hodně | většina < velmi mnoho | téměř všechno < \
     vše | všechno | všichni",
];
const SWEDISH: Vocabulary = [
    "aldrig | inte alls < nästan aldrig | mycket sällan < sällan < ibland | då och då | flera dagar | emellanåt < hälften av tiden < \
     ofta | ganska ofta | mer än hälften av dagarna < mycket ofta | för det mesta | oftast | vanligtvis | det mesta av tiden < nästan alltid | \
     nästan varje dag < alltid | hela tiden | ständigt",
    "instämmer inte alls | håller inte alls med | tar helt avstånd | stämmer inte alls < instämmer inte | håller inte med < \
     instämmer delvis inte | instämmer knappast < varken eller | varken instämmer eller tar avstånd | neutral | osäker < instämmer delvis | \
     stämmer delvis | instämmer något < instämmer | håller med | stämmer < instämmer helt | håller helt med | stämmer helt | \
     instämmer helt och hållet",
    "inte alls | ingen | inget < lite | lite grann | något | lätt | en aning < måttligt | i viss mån | ganska < mycket | ganska mycket | \
     starkt | svår < extremt | väldigt mycket | oerhört | fullständigt",
    "mycket dålig | mycket dåligt | mycket sämre < dålig | dåligt | sämre < varken bra eller dålig | medelmåttig | någorlunda | \
     oförändrad < bra | god | bättre < mycket bra | mycket god | mycket bättre < utmärkt",
    "mycket missnöjd < missnöjd < ganska missnöjd < varken nöjd eller missnöjd | neutral < ganska nöjd < nöjd < mycket nöjd",
    "omöjligt | absolut inte | säkert inte < mycket osannolikt < osannolikt | troligen inte < kanske | möjligen < troligt | sannolikt | \
     troligen < mycket troligt | mycket sannolikt < säkert | absolut",
    "ingen | inget | inga < mycket lite | mycket få < lite | få | några få < några | en del < många | mycket | de flesta < väldigt många | \
     nästan alla < alla | allt",
];
const DANISH: Vocabulary = [
    "aldrig | slet ikke | på intet tidspunkt < næsten aldrig | meget sjældent < sjældent < sommetider | af og til | nogle gange | \
     en gang imellem | flere dage < halvdelen af tiden < ofte | tit | ret ofte | mere end halvdelen af dagene < meget ofte | \
     for det meste | som regel | det meste af tiden < næsten altid | næsten hver dag < altid | hele tiden | konstant",
    "helt uenig | meget uenig | stærkt uenig | passer slet ikke < uenig < delvist uenig | lidt uenig < hverken enig eller uenig | \
     hverken eller | neutral < delvist enig | lidt enig < enig < helt enig | meget enig | stærkt enig | passer helt",
    "slet ikke | ikke | ingen < lidt | en smule | en lille smule | let < moderat | i nogen grad | noget < en hel del | meget | \
     i høj grad | ret meget | svær < ekstremt | særdeles meget | fuldstændig | i meget høj grad",
    "meget dårlig | meget dårligt | meget værre < dårlig | dårligt | værre < nogenlunde | middel | hverken god eller dårlig | \
     uændret < god | godt | bedre < meget god | meget godt | meget bedre < fremragende | udmærket",
    "meget utilfreds < utilfreds < delvist utilfreds < hverken tilfreds eller utilfreds | neutral < delvist tilfreds < tilfreds < \
     meget tilfreds",
    "umuligt | helt sikkert ikke < meget usandsynligt < usandsynligt | nok ikke < måske < sandsynligt | sandsynligvis < \
     meget sandsynligt < helt sikkert",
    "ingen | intet < meget lidt | meget få < lidt | få < nogle | noget < mange | meget | de fleste < rigtig mange | næsten alle < alle | alt",
];
const NORWEGIAN: Vocabulary = [
    "aldri | ikke i det hele tatt < nesten aldri | svært sjelden < sjelden < noen ganger | av og til | iblant | noen dager | \
     en gang iblant < halve tiden < ofte | ganske ofte | mer enn halvparten av dagene < svært ofte | veldig ofte | som regel | vanligvis | \
     for det meste | mesteparten av tiden < nesten alltid | nesten hver dag < alltid | hele tiden | konstant",
    "helt uenig | svært uenig | sterkt uenig | stemmer ikke i det hele tatt < uenig | stemmer ikke < litt uenig | delvis uenig | \
     noe uenig < verken enig eller uenig | hverken enig eller uenig | nøytral | verken eller < litt enig | delvis enig | noe enig < enig | \
     stemmer < helt enig | svært enig | sterkt enig | stemmer helt",
    "ikke i det hele tatt | ikke | ingen < litt | en del | svakt < moderat | i noen grad | noe < ganske mye | mye | veldig | svært | \
     i stor grad < ekstremt | veldig mye | svært mye | fullstendig | i svært stor grad",
    "svært dårlig | veldig dårlig | mye verre < dårlig | verre < verken god eller dårlig | middels | nokså god | uendret < god | bra | \
     bedre < svært god | veldig god | svært bra | mye bedre < utmerket",
    "svært misfornøyd | veldig misfornøyd < misfornøyd < litt misfornøyd < verken fornøyd eller misfornøyd | nøytral < litt fornøyd < \
     fornøyd < svært fornøyd | veldig fornøyd",
    "umulig | helt sikkert ikke < svært usannsynlig < usannsynlig | neppe < kanskje < sannsynlig | sannsynligvis < svært sannsynlig < \
     helt sikkert",
    "ingen | ingenting < svært lite | svært få < lite | få < noen | noe < mange | mye | de fleste < svært mange | nesten alle < alle | alt",
];
const FINNISH: Vocabulary = [
    "ei koskaan | en koskaan | ei lainkaan < tuskin koskaan | ei juuri koskaan | hyvin harvoin | erittäin harvoin < harvoin < joskus | \
     silloin tällöin | toisinaan | useana päivänä < puolet ajasta < usein | melko usein | useammin kuin puolet päivistä < hyvin usein | \
     erittäin usein | yleensä | useimmiten | suurimman osan ajasta < lähes aina | melkein aina | lähes joka päivä < aina | koko ajan | \
     jatkuvasti",
    "täysin eri mieltä | vahvasti eri mieltä | ei pidä lainkaan paikkaansa < eri mieltä < jokseenkin eri mieltä | \
     osittain eri mieltä | hieman eri mieltä < ei samaa eikä eri mieltä | en samaa enkä eri mieltä | neutraali | en osaa sanoa < \
     jokseenkin samaa mieltä | osittain samaa mieltä | hieman samaa mieltä < samaa mieltä < täysin samaa mieltä | \
     vahvasti samaa mieltä | pitää täysin paikkansa",
    "ei lainkaan | en lainkaan | ei yhtään | ei ollenkaan < hieman | vähän | jonkin verran | lievä < kohtalaisesti | \
     kohtalainen | melko < melko paljon | paljon | hyvin | voimakkaasti | vaikea < erittäin paljon | äärimmäisen | erittäin | täysin",
    "erittäin huono | hyvin huono | paljon huonompi < huono | huonompi < kohtalainen | keskinkertainen | ennallaan < hyvä | parempi < \
     erittäin hyvä | hyvin hyvä | paljon parempi < erinomainen",
    "erittäin tyytymätön | hyvin tyytymätön < tyytymätön < melko tyytymätön < ei tyytyväinen eikä tyytymätön < melko tyytyväinen < \
     tyytyväinen < erittäin tyytyväinen | hyvin tyytyväinen",
    "mahdotonta | varmasti ei < erittäin epätodennäköistä < epätodennäköistä < ehkä | mahdollisesti < todennäköistä | \
     todennäköisesti < erittäin todennäköistä < varmasti",
    "ei mitään | ei yhtään < hyvin vähän < vähän < jonkin verran | muutama < paljon | useimmat | monta < erittäin paljon | \
     lähes kaikki < kaikki",
];
const HUNGARIAN: Vocabulary = [
    "soha | egyáltalán nem < szinte soha | majdnem soha | nagyon ritkán < ritkán < néha | időnként | olykor | alkalmanként | \
     több napon át < az idő felében < gyakran | sokszor | az idő több mint felében < nagyon gyakran | többnyire | általában | \
     az idő nagy részében < szinte mindig | majdnem mindig | majdnem minden nap < mindig | állandóan | egész idő alatt",
    "egyáltalán nem értek egyet | teljesen nem értek egyet | egyáltalán nem igaz | egyáltalán nem jellemző < nem értek egyet | \
     nem igaz < inkább nem értek egyet | kissé nem értek egyet < egyet is értek meg nem is | semleges | se nem értek egyet se nem | \
     is is < inkább egyetértek | részben egyetértek < egyetértek | igaz < teljesen egyetértek | teljes mértékben egyetértek | \
     nagyon egyetértek | teljesen igaz",
    "egyáltalán nem | nem | semennyire < kissé | kicsit | egy kicsit | enyhén < közepesen | mérsékelten | valamennyire < eléggé | \
     nagyon | jelentősen | erősen < rendkívül | teljesen | nagyon erősen | szélsőségesen",
    "nagyon rossz | sokkal rosszabb < rossz | rosszabb < közepes | elfogadható | ugyanolyan < jó | jobb < nagyon jó | sokkal jobb < kiváló",
    "nagyon elégedetlen | teljesen elégedetlen < elégedetlen < inkább elégedetlen < se nem elégedett se nem elégedetlen | semleges < \
     inkább elégedett < elégedett < nagyon elégedett | teljesen elégedett",
    "lehetetlen | biztosan nem < nagyon valószínűtlen < valószínűtlen < talán | lehetséges < valószínű | valószínűleg < \
     nagyon valószínű < biztos | biztosan igen",
    "semmi | senki | egy sem < nagyon kevés < kevés | egy kevés < néhány < sok | a legtöbb < nagyon sok | majdnem mind < minden | mind",
];
const TURKISH: Vocabulary = [
    "hiçbir zaman | asla | hiç < neredeyse hiç | hemen hemen hiç | çok nadiren | çok seyrek < nadiren | seyrek < bazen | ara sıra | \
     zaman zaman | birkaç gün < zamanın yarısında < sık sık | sıklıkla | günlerin yarısından fazlasında < çok sık | çoğu zaman | \
     genellikle | çoğunlukla < neredeyse her zaman | hemen her zaman | neredeyse her gün | hemen hemen her gün < her zaman | daima | sürekli",
    "kesinlikle katılmıyorum | hiç katılmıyorum | tamamen katılmıyorum | hiç doğru değil < katılmıyorum | doğru değil < \
     biraz katılmıyorum | kısmen katılmıyorum < kararsızım | ne katılıyorum ne katılmıyorum | nötr < biraz katılıyorum | \
     kısmen katılıyorum < katılıyorum | doğru < kesinlikle katılıyorum | tamamen katılıyorum | tamamen doğru",
    "hiç | hiç değil < biraz | az | çok az | hafif < orta derecede | orta | kısmen < oldukça | çok | epeyce | şiddetli < aşırı | \
     son derece | çok fazla | aşırı derecede | tamamen",
    "çok kötü | çok daha kötü < kötü | daha kötü < orta | ne iyi ne kötü | aynı < iyi | daha iyi < çok iyi | çok daha iyi < mükemmel",
    "hiç memnun değilim | çok memnuniyetsiz < memnun değilim | memnuniyetsiz < ne memnunum ne değilim | kararsızım < memnunum | memnun < \
     çok memnunum | çok memnun",
    "imkansız | kesinlikle hayır < çok düşük olasılık < olası değil | muhtemelen hayır < belki < olası | muhtemelen < çok olası < \
     kesin | kesinlikle evet",
    "hiç | hiçbiri < çok az < az | biraz < bazı | bazıları < çok | çoğu < pek çok | neredeyse hepsi < hepsi | tümü",
];
const GREEK: Vocabulary = [
    "ποτέ | καθόλου < σχεδόν ποτέ | πολύ σπάνια < σπάνια < μερικές φορές | κάποιες φορές | περιστασιακά | πότε πότε | αρκετές μέρες < \
     τον μισό χρόνο < συχνά | αρκετά συχνά | περισσότερες από τις μισές μέρες < πολύ συχνά | συνήθως | τις περισσότερες φορές < \
     σχεδόν πάντα | σχεδόν κάθε μέρα < πάντα | πάντοτε | όλη την ώρα",
    "διαφωνώ απόλυτα | διαφωνώ έντονα | διαφωνώ πλήρως | καθόλου αληθές < διαφωνώ < μάλλον διαφωνώ | διαφωνώ λίγο < \
     ούτε συμφωνώ ούτε διαφωνώ | ουδέτερος | ουδέτερο < μάλλον συμφωνώ | συμφωνώ λίγο < συμφωνώ < συμφωνώ απόλυτα | συμφωνώ έντονα | \
     συμφωνώ πλήρως | απόλυτα αληθές",
    "καθόλου | κανένα < λίγο | ελαφρώς | ελάχιστα < μέτρια | κάπως < αρκετά | πολύ | έντονα < πάρα πολύ | εξαιρετικά | υπερβολικά | απόλυτα",
    "πολύ κακή | πολύ κακός | πολύ κακό | πολύ χειρότερα < κακή | κακός | κακό | χειρότερα < μέτρια | μέτριος | μέτριο | το ίδιο < καλή | \
     καλός | καλό | καλύτερα < πολύ καλή | πολύ καλός | πολύ καλό | πολύ καλύτερα < εξαιρετική | άριστη | άριστα",
    "πολύ δυσαρεστημένος | πολύ δυσαρεστημένη < δυσαρεστημένος | δυσαρεστημένη < ούτε ικανοποιημένος ούτε δυσαρεστημένος < \
     ικανοποιημένος | ικανοποιημένη < πολύ ικανοποιημένος | πολύ ικανοποιημένη",
    "αδύνατο | σίγουρα όχι < πολύ απίθανο < απίθανο | μάλλον όχι < ίσως < πιθανό | πιθανόν < πολύ πιθανό < σίγουρα | βέβαιο",
    "κανένας | τίποτα | καθόλου < πολύ λίγο < λίγο | λίγα < μερικά | κάποια < πολύ | πολλά | τα περισσότερα < πάρα πολύ | σχεδόν όλα < \
     όλα | όλοι",
];
const RUSSIAN: Vocabulary = [
    "никогда | совсем нет | ни разу < почти никогда | очень редко < редко < иногда | время от времени | изредка | несколько дней < \
     половину времени < часто | довольно часто | более половины дней | более недели < очень часто | обычно | в основном | \
     большую часть времени < почти всегда | почти каждый день < всегда | постоянно | все время | всё время",
    "полностью не согласен | полностью не согласна | совершенно не согласен | совершенно не согласна | абсолютно не согласен | \
     категорически не согласен | совсем неверно | совершенно неверно < не согласен | не согласна | неверно < скорее не согласен | \
     скорее не согласна | частично не согласен < ни согласен ни не согласен | затрудняюсь ответить | нейтрально | \
     и согласен и не согласен < скорее согласен | скорее согласна | частично согласен < согласен | согласна | верно < \
     полностью согласен | полностью согласна | совершенно согласен | абсолютно согласен | совершенно верно",
    "совсем нет | нисколько | вовсе нет | совсем не | нет < немного | слегка | чуть чуть | слабо | незначительно < умеренно | средне | \
     в некоторой степени < довольно сильно | сильно | очень | значительно | много < чрезвычайно | очень сильно | крайне | полностью",
    "очень плохо | очень плохое | очень плохой | намного хуже < плохо | плохое | плохой | хуже < удовлетворительно | \
     удовлетворительное | посредственное | средне | так же < хорошо | хорошее | хороший | лучше < очень хорошо | очень хорошее | \
     очень хороший | намного лучше < отлично | отличное | отличный",
    "очень не удовлетворен | очень недоволен | полностью не удовлетворен < не удовлетворен | недоволен | недовольна < \
     ни доволен ни недоволен < удовлетворен | доволен | довольна < очень удовлетворен | очень доволен | очень довольна | \
     полностью удовлетворен",
    "невозможно | точно нет | определенно нет < очень маловероятно < маловероятно | вероятно нет < возможно | может быть < вероятно < \
     очень вероятно < точно да | определенно да | наверняка",
    "ничего | никто | нисколько < очень мало < мало | немного < некоторые | несколько < много | большинство < очень много | \
     почти все < все | всё",
];
const UKRAINIAN: Vocabulary = [
    "ніколи | зовсім ні | жодного разу < майже ніколи | дуже рідко < рідко < іноді | інколи | час від часу | кілька днів < \
     половину часу < часто | доволі часто | більше половини днів < дуже часто | зазвичай | переважно | більшу частину часу < \
     майже завжди | майже щодня | майже кожен день < завжди | постійно | весь час",
    "повністю не згоден | повністю не згодна | категорично не згоден | зовсім не згоден | цілком не згоден < не згоден | не згодна < \
     скоріше не згоден | скоріше не згодна | радше не згоден < ні згоден ні не згоден | важко сказати | нейтрально < скоріше згоден | \
     скоріше згодна | радше згоден < згоден | згодна < повністю згоден | повністю згодна | цілком згоден | цілком згодна",
    "зовсім ні | аж ніяк | анітрохи | зовсім не < трохи | злегка | слабо < помірно | певною мірою < досить сильно | сильно | дуже | \
     значно | багато < надзвичайно | дуже сильно | вкрай | повністю",
    "дуже погано | дуже погане | значно гірше < погано | погане | гірше < задовільно | посередньо | так само < добре | хороше | краще < \
     дуже добре | дуже хороше | значно краще < відмінно | чудово",
    "дуже незадоволений | дуже незадоволена < незадоволений | незадоволена < ні задоволений ні незадоволений < задоволений | \
     задоволена < дуже задоволений | дуже задоволена",
    "неможливо | точно ні < дуже малоймовірно < малоймовірно | мабуть ні < можливо < ймовірно < дуже ймовірно < точно так | напевно",
    "нічого | ніхто | жоден < дуже мало < мало | трохи < деякі | кілька < багато | більшість < дуже багато | майже всі < все | всі | усі",
];
const ARABIC: Vocabulary = [
    "أبدا | أبدًا | مطلقا | إطلاقا | ابدا | لا يحدث أبدا < نادرا جدا | تقريبا أبدا < نادرا | نادرًا < أحيانا | أحيانًا | احيانا | \
     بعض الأحيان | عدة أيام | بعض الوقت < نصف الوقت < غالبا | غالبًا | كثيرا | أكثر من نصف الأيام < معظم الوقت | غالبا جدا | عادة < \
     دائما تقريبا | تقريبا كل يوم | كل يوم تقريبا < دائما | دائمًا | طوال الوقت | كل الوقت",
    "لا أوافق بشدة | أعارض بشدة | غير موافق بشدة | غير موافق إطلاقا < لا أوافق | غير موافق | أعارض < لا أوافق إلى حد ما | \
     غير موافق إلى حد ما < محايد | لا أوافق ولا أعارض | غير متأكد < أوافق إلى حد ما | موافق إلى حد ما < أوافق | موافق < أوافق بشدة | \
     موافق بشدة | موافق تماما",
    "لا على الإطلاق | على الإطلاق | إطلاقا | مطلقا | لا شيء | أبدا < قليلا | قليلًا | بعض الشيء < بشكل متوسط | إلى حد ما | متوسط | \
     باعتدال < كثيرا | كثيرًا | إلى حد كبير | بشدة < جدا جدا | للغاية | تماما | إلى أقصى حد",
    "سيئ جدا | سيئة جدا | أسوأ بكثير < سيئ | سيئة | أسوأ < مقبول | متوسط | لا بأس < جيد | جيدة | أفضل < جيد جدا | جيدة جدا | \
     أفضل بكثير < ممتاز | ممتازة",
    "غير راض على الإطلاق | غير راض جدا | غير راض تماما < غير راض < محايد < راض < راض جدا | راض تماما",
    "مستحيل | بالتأكيد لا < غير محتمل جدا < غير محتمل < ربما < محتمل < محتمل جدا < مؤكد | بالتأكيد",
    "لا شيء | لا أحد < قليل جدا < قليل | قليلا < بعض < كثير | كثيرا | معظم < كثير جدا < كل | الكل | جميع",
];
const HEBREW: Vocabulary = [
    "אף פעם | אף פעם לא | לעולם לא | כלל לא | בכלל לא < כמעט אף פעם | כמעט אף פעם לא | כמעט לעולם לא | לעתים רחוקות מאוד < \
     לעתים רחוקות | לעיתים רחוקות | לעתים נדירות < לפעמים | מדי פעם | מספר ימים | חלק מהזמן < מחצית מהזמן < לעתים קרובות | \
     לעיתים קרובות | הרבה פעמים | יותר ממחצית הימים < לעתים קרובות מאוד | לעיתים קרובות מאוד | רוב הזמן | בדרך כלל < כמעט תמיד | \
     כמעט כל יום < תמיד | כל הזמן",
    "כלל לא מסכים | מאוד לא מסכים | מתנגד בהחלט | לא מסכים בכלל | בכלל לא מסכים < לא מסכים | מתנגד < די לא מסכים | \
     לא כל כך מסכים < ניטרלי | לא מסכים ולא מתנגד | לא בטוח < די מסכים | מסכים במידה מסוימת < מסכים < מאוד מסכים | מסכים מאוד | \
     מסכים בהחלט | מסכים לחלוטין",
    "כלל לא | בכלל לא | במידה מועטה מאוד | אין < קצת | מעט | במידה מועטה < במידה בינונית | בינוני | במידה מסוימת < הרבה | מאוד | \
     במידה רבה | די הרבה < במידה רבה מאוד | הרבה מאוד | באופן קיצוני | לגמרי",
    "גרוע מאוד | רע מאוד < גרוע | רע | פחות טוב < בינוני | סביר | אותו דבר < טוב | טוב יותר < טוב מאוד < מצוין | מצויין",
    "מאוד לא מרוצה | כלל לא מרוצה < לא מרוצה < ניטרלי | לא מרוצה ולא לא מרוצה < מרוצה < מאוד מרוצה | מרוצה מאוד",
    "בלתי אפשרי | בטוח שלא | בהחלט לא < מאוד לא סביר < לא סביר < אולי | ייתכן < סביר | כנראה < סביר מאוד < בטוח | בהחלט כן",
    "כלום | אף אחד < מעט מאוד < מעט | קצת < כמה | חלק < הרבה | רוב < הרבה מאוד | כמעט הכל < הכל | כולם",
];
const JAPANESE: Vocabulary = [
    "まったくない | 全くない | 全然ない | 一度もない | なかった | いつもない < ほとんどない | めったにない | ほとんどなかった < まれに | \
     たまに | 少しだけ < ときどき | 時々 | ときどきある | 数日 < 半分くらい < しばしば | よく | よくある | しばしばある | 半分以上 | \
     半分以上の日 < たいてい | ほとんどいつも | とてもよくある < ほとんど毎日 | ほぼ毎日 < いつも | 常に | いつもある | いつでも",
    "まったくそう思わない | 全くそう思わない | 強く反対する | まったく同意しない | 全く同意しない | まったく当てはまらない | \
     全く当てはまらない | 全く賛成しない | まったくあてはまらない | 全くあてはまらない < そう思わない | 反対する | 同意しない | 当てはまらない | あてはまらない | \
     賛成しない < あまりそう思わない | ややそう思わない | やや反対 | あまり当てはまらない | あまりあてはまらない | \
     どちらかというとそう思わない < どちらともいえない | どちらでもない < ややそう思う | やや賛成 | やや当てはまる | ややあてはまる | \
     どちらかというとそう思う < そう思う | 賛成する | 同意する | 当てはまる | あてはまる < とてもそう思う | 強くそう思う | \
     強く同意する | 非常にそう思う | 非常に当てはまる | 非常にあてはまる | とても当てはまる | とてもあてはまる | 強く賛成する",
    "まったくない | 全くない | 全然ない | まったく | ない < 少し | わずかに | 少しある | すこし < 中程度 | ある程度 | まあまあ < かなり | \
     とても | 多い | かなりある < 非常に | 極度に | 極めて | 非常にある",
    "とても悪い | 非常に悪い | とても悪くなった < 悪い | 悪くなった < ふつう | 普通 | 変わらない | どちらでもない < 良い | よい | 良くなった < \
     とても良い | とてもよい | 非常に良い | 非常によい | とても良くなった < 最高に良い | 最高によい",
    "とても不満 | 非常に不満 | 大変不満 < 不満 < やや不満 < どちらともいえない | どちらでもない < やや満足 < 満足 < とても満足 | \
     非常に満足 | 大変満足",
    "ありえない < とてもありそうにない < ありそうにない < たぶん | もしかすると < ありそう < とてもありそう < 確実",
    "まったくない | 全くない | なし < とても少ない < 少ない | 少し < いくらか | いくつか < 多い | たくさん < とても多い | 非常に多い < \
     すべて | 全て | 全部",
];
const CHINESE: Vocabulary = [
    "从不 | 从来没有 | 从未 | 從不 | 從未 | 從來沒有 | 完全没有 | 完全不会 | 完全不會 | 没有 | 沒有 < 几乎从不 | 几乎没有 | 幾乎從不 | 幾乎沒有 | \
     极少 < 很少 | 偶尔 | 偶爾 | 少有 < 有时 | 有時 | 有时候 | 有時候 | 好几天 | 几天 | 一半时间 < 经常 | 經常 | 常常 | 时常 | 一半以上的天数 | 超过一半的天数 < \
     很经常 | 非常经常 | 大部分时间 | 大部分時間 | 通常 < 几乎总是 | 幾乎總是 | 几乎每天 | 幾乎每天 < 总是 | 總是 | 一直 | 所有时间 | 始终",
    "非常不同意 | 完全不同意 | 强烈不同意 | 強烈不同意 | 完全不符合 | 非常不符合 < 不同意 | 不符合 | 比较不符合 < 有点不同意 | 比较不同意 | 稍不同意 | \
     有點不同意 < 中立 | 不确定 | 不確定 | 既不同意也不反对 | 一般 | 无意见 < 有点同意 | 比较同意 | 稍同意 | 有點同意 | 比较符合 < 同意 | 符合 < 非常同意 | 完全同意 | \
     强烈同意 | 強烈同意 | 完全符合 | 非常符合",
    "完全没有 | 完全不 | 一点也不 | 一點也不 | 根本不 | 没有 | 沒有 | 无 < 有一点 | 有点 | 有點 | 一点点 | 轻微 | 輕微 | 稍微 < 中等 | 中度 | 一般 | 有些 < 相当 | 相當 | \
     很 | 很多 | 严重 | 嚴重 | 重度 < 极其 | 极度 | 非常 | 极端 | 極度 | 极重度",
    "很差 | 非常差 | 很不好 < 差 | 不好 | 较差 < 一般 | 尚可 | 普通 < 好 | 较好 < 很好 | 非常好 < 极好 | 優秀 | 优秀 | 极佳",
    "非常不满意 | 很不满意 | 非常不滿意 < 不满意 | 不滿意 < 有点不满意 < 一般 | 中立 < 有点满意 | 比较满意 < 满意 | 滿意 < 非常满意 | 很满意 | 非常滿意",
    "不可能 | 绝对不会 < 非常不可能 | 极不可能 < 不太可能 < 也许 | 可能 < 很可能 < 非常可能 | 极有可能 < 肯定 | 一定",
    "没有 | 沒有 | 无 < 很少 | 极少 < 少 | 一些 < 若干 < 多 | 许多 | 大部分 | 很多 < 非常多 | 几乎全部 < 全部 | 所有",
];
const KOREAN: Vocabulary = [
    "전혀 없음 | 전혀 | 전혀 아니다 | 전혀 그렇지 않다 | 전혀 없다 | 전혀 방해 받지 않았다 | 한 번도 없음 < 거의 없음 | 거의 없다 | 거의 그렇지 않다 < \
     드물게 | 가끔 그렇지 않다 < 가끔 | 때때로 | 이따금 | 며칠 동안 | 가끔 그렇다 < 절반 정도 < 자주 | 종종 | 자주 그렇다 | 7일 이상 | 절반 이상 < 매우 자주 | \
     대부분 | 대체로 | 보통 < 거의 항상 | 거의 매일 < 항상 | 언제나 | 늘 | 항상 그렇다",
    "전혀 동의하지 않음 | 전혀 동의하지 않는다 | 매우 동의하지 않음 | 매우 반대 | 전혀 그렇지 않다 < 동의하지 않음 | 동의하지 않는다 | 반대 | 그렇지 않다 < \
     약간 동의하지 않음 | 약간 반대 | 별로 그렇지 않다 < 보통 | 보통이다 | 중립 < 약간 동의함 | 약간 동의 | 조금 그렇다 < 동의함 | 동의한다 | 동의 | 그렇다 < \
     매우 동의함 | 매우 동의한다 | 매우 동의 | 매우 그렇다 | 전적으로 동의함",
    "전혀 | 전혀 없음 | 없음 | 전혀 아니다 < 조금 | 약간 | 조금 있음 < 보통 | 중간 | 어느 정도 < 상당히 | 꽤 | 많이 | 심함 < 매우 | 극도로 | 매우 많이 | \
     아주 많이 | 매우 심함",
    "매우 나쁨 | 매우 나쁘다 < 나쁨 | 나쁘다 < 보통 | 보통이다 < 좋음 | 좋다 < 매우 좋음 | 매우 좋다 < 최상",
    "매우 불만족 | 매우 불만 < 불만족 | 불만 < 약간 불만족 < 보통 < 약간 만족 < 만족 < 매우 만족",
    "불가능 < 매우 가능성 낮음 < 가능성 낮음 < 아마도 < 가능성 높음 < 매우 가능성 높음 < 확실함",
    "없음 | 전혀 없음 < 아주 적음 < 적음 | 조금 < 약간 | 일부 < 많음 | 대부분 < 아주 많음 < 전부 | 모두",
];
