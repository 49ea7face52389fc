"""Features of languages: function words, endings, letters, scripts. Written by hand, copied from no list.

A word or an ending that several languages have says less of each. English has more words here than the others: those
that headlines are full of, and those that look like a word of another language (`die`, `pour`, `son`).
"""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "en": """
        a about after again against ahead all also am amid among an and are as at attack attacks away back bank be
        been before behind being big black boy but by call came can chef child children city coach comes could court
        crash crisis cut day days dead deal death deaths did die dies do does domain down drama during else euro fall
        fans film final fire first five for former found four from game get gets girl global government group has hat
        hath have he held help her high hit home hope hospital house how i if in inside into is it its jail job jobs
        just justice killed kills king know land last late later law lead leave left less let life like live long lost
        love made main make makes man market may me media men met million mine minister money months more most mother
        much mundial murder music must my national near need never new news next night no nor north not now of off oil
        old on once one open or our out over pain party past peace people per plan plane player police poll pour power
        president price put real record red report rights rise rose rules said say says school season see sees set
        share she should show since six so some son south star state stay still stop storm street strike study such
        summit support take taken talks tax team test than that the their them then there these they this those three
        time to too top trade trial turn two under up urges us use van via video vote vs wants war was watch water we
        week weeks were west what when where which while white who why will win winner wins with woman women won work
        world worst would year years you young your zone
    """,
    "fr": """
        annonce appel après armée attaque au aucun aussi autre aux avant avec avenir blessés car ce ces cet cette ceux
        chef chez comme comment contre coup crise d dans de demande depuis des deux dimanche dit du dès elle elles en
        encore enfants enquête entre est et eu face faire fait femme femmes fin gouvernement grève guerre hausse homme
        hommes ils je jeudi jeunes jour jours jusqu justice l la le les leur leurs lors lui lundi mais mardi mer
        mercredi ministre moins mois monde mondiale mort morte morts même n ne ni non nos notre nous nouveau nouvelle
        on ont ou où par pas pays pendant peu peut plus police pour pourquoi premier première procès près président qu
        quand que quel qui retour réforme sa samedi sans santé se selon semaine ses siècle son sont sous sur tous tout
        toute trois très tué tués un une va vendredi vers veut victoire vie ville visite voici vote vous y à école
        élection élections était état été être
    """,
    "de": """
        ab aber als am an angriff auch auf aus bahn bei beim bis bleibt bund bundesregierung da damit das dass dem den
        denn der des deutsche deutschen deutschland die dies diese doch drei durch ein eine einem einen einer eines
        ende er erhält erste ersten es euro fall fordern fordert frau frauen für gegen geht geld gericht gewinnt gibt
        große großen haben hat haushalt heute im in ins ist jahr jahre jahren jetzt kann kein keine kinder krieg
        kritik können könnte land leben mann meer mehr menschen millionen minister mit montag müssen nach neue neuen
        neuer neues nicht noch nun nur ob oder ohne partei polizei prozess präsident regierung sagt schon schule sein
        seine seit sich sie sieht sind so soll sollen sonntag stadt steht stellt stirbt streik tag tage tod tote toten
        um und uns unter unternehmen urteil verletzte verliert vom von vor wahl war warum was weg wegen welt wenn wer
        werden wie wieder will wir wird woche wurde zahl zeit zu zum zur zwei zwischen über
    """,
    "es": """
        a acuerdo agua ahora al alcalde ante antes anuncia así ataque ayuda año años aún bajo cada cae calle casa
        cierra ciudad como con contra crece crisis cuando cumbre de del denuncia derecha desde después detenido
        detenidos dice dinero donde dos durante día días ejército el elecciones ella en entre era es escuela esta este
        esto está están fin fue fueron gana gobierno gran guerra ha haber hacia han hasta hay heridos hijos hombre
        huelga juez juicio justicia jóvenes la las le ley llega los lunes madre mayor mañana medio mejor mientras mil
        millones ministro muere mueren muertos mujer mujeres mundial mundo muy más ni niños no nuestra nueva nuevo
        nuevos o otra otro para paz país pero pide pierde policía por porque presenta presidente primer primera pueblo
        que quien qué salud se segunda según semana ser si sin sobre solo son su sus también tiene trabajo tras tres
        tu un una unos victoria vida viernes vuelve y ya
    """,
    "pt": """
        a acordo ainda ajuda ano anos antes anuncia ao aos após as ataque até avança cada caso chega cidade com como
        contra cresce crise da das de decide deixa depois deputados desde dia dias dinheiro direito diz do dos e ela
        eleições em empresa entre era escola estado está estão eu feridos filho fim foi foram ganha governo greve
        guerra homem homens há isso jovens juiz justiça já lei lhe lisboa maior mais mas meio melhor menos mesmo
        milhões ministro morre morreu mortos muito mulher mulheres mundial mundo mãe na nas nem no nos nova novo num
        numa não o onde os ou para país países pede pela pelas pelo pelos perde polícia por porque prefeitura prende
        presidente preço preços primeira primeiro quando que quem quer recebe reforma rio saúde se segunda segundo sem
        semana ser seu seus sob sobre sua suas são também tem tempo trabalho três têm um uma vai vence vida vitória
        volta vão às é
    """,
    "it": """
        a accordo ad addio ai aiuti al all alla allarme alle allo anche ancora anni anno annuncia apre arrestato
        attacco bambini bufera casa caso che chi chiede chiude ci città come con contro cosa così crisi d da dai dal
        dall dalla dalle degli dei del dell della delle dello di dice domani donna donne dopo dove due e ecco ed
        elezioni era fa feriti ferito figlio fine fino fra giorni giorno giovani giustizia gli governo guerra ha hanno
        i il in incidente io l la lavoro le legge lo loro ma madre mai mesi miliardi milioni ministro mondiale mondo
        morta morte morti morto nei nel nell nella nelle noi non nuova nuovi nuovo o oggi ogni pace paese paesi papa
        per perché più polizia presidente prima primo processo punto quando quasi questa questo ragazzi riforma
        ritorno salute sciopero scuola se senza settimana si sono sotto stop su sua sui sul sull sulla suo suoi torna
        tra tre tutti tutto uccisa uccisi un una uno uomini uomo vince vita vittoria voto è
    """,
    "nl": """
        aan aanval akkoord al alle als begint bij dan dat de deze die dit doden dood door drie een eerste en er gaat
        geen gemeente gewonden grote haar had hebben heeft hem het hij hoe huis hun ik in is jaar je jongeren kabinet
        kan kinderen komt krijgt land leven maar maken man meer mensen met miljoen minister moet moeten moord na naar
        nederland nederlandse niet nieuw nieuwe nog nu of om onder onderzoek ook oorlog op over politie president
        rechter regering school stad staking steeds stopt te tegen terug tot tussen twee uit van vanaf vandaag veel
        verkiezingen verliest volgens voor vraagt vrouw vrouwen wat week weer weg wel werd wereld wij wil wint worden
        wordt zal ze zegge zegt zich ziekenhuis zijn zo zoekt zonder
    """,
    "sv": """
        alla anfall att av barn bli blir de den det där då död döda dödades efter ej ekonomi eller en enligt ett
        forskare fred från får för första går ha han har hela hon hundra i in inför inga inte ja kan kommer krig
        kräver kvinna kvinnor land länder man med mellan men mer miljoner ministern mot män människor ny nya nytt när
        nästa och också om pengar polisen president på regeringen riksdagen sedan sig sin sina sjukhus ska skola stora
        säger så till tre två under upp ut utan vad val vann var vi vid vill världen är år åtalas över
    """,
    "da": """
        af alle at blev bliver børn da dansk danske de den der det dræbt død døde efter ej eller en er et fik flere
        folk folketinget for forslag fra får første gik går ham han har hun hvad hvor i ifølge ikke ind ingen jeg kan
        kommer krig kræver kvinde kvinder land man mand med mellem men mere millioner minister mod mænd ned nu ny nye
        nyt når næste og om op over penge politiet præsident på regeringen sagde siden sig siger skal skole som stemme
        store til to tre ud uden uge under valg var ved verden vi vil vinder år
    """,
    "no": """
        alle at av barn ble blir da de den der det drept død døde eller en enn er et etter flere folk for forslag fra
        får fått første gikk gjør går ham han har hun hva hvor hvordan i ifølge ikke ingen inn jeg kan kommer krever
        krig kvinne kvinner land man mann med mellom men menn mer millioner minister mot ned neste noe norge norsk
        norske ny nye nytt nå når og også om opp over penger politiet president på regjeringen sa seg siden sier sin
        skal skole som stemme store stortinget til to tre uke under ut uten valg var ved verden vi vil vinner år
    """,
    "pl": """
        ale atak bez by być był była będzie ceny co czy dla dni do dzieci gdy głos i ich ile jak jako jego jej jest
        już kiedy kobiet kobiety kraj która który którzy lat ludzi ma mamy miliony minister może na nad nie nowa nowe
        nowy od oraz osób po pod podczas policja polsce polska polski pracy premier prezydent proces przed przez przy
        roku rosja rząd rządu się są tak też to tylko tym ustawa w we wobec wojna wojny wyborach wybory wypadek z za
        zabity ze zmarł został została świat świata że żołnierzy
    """,
    "tr": """
        adam ama ancak açıkladı bakan bakanı başkan başkanı bir bu bugün büyük cumhurbaşkanı da daha de değil diye
        dünya en genel gibi göre güvenlik her hükümet iki ile ilk insan ise için iş kadar kadın karşı kişi mi mı nasıl
        ne olan olarak oldu onun polis savaş seçim son sonra tarafından tüm var ve veya ya yaralı yeni yeniden yok
        yüzde yıl çok öldü ülke üç şu
    """,
}  # fmt: skip

ENDINGS: Mapping[str, str] = {
    "en": "ing ings ed ly ght ness tion ship ers ty ies ould ble ful ic al",
    "fr": "eux euse eur eurs ement ements aient ées ée és tion aire ères ique iques ité",
    "de": "ung ungen lich liche keit schaft ieren iert heit isch ische ischen chen",
    "es": "ción ciones dad ando iendo aron ieron ado ada ados adas ales ía",
    "pt": "ção ções dade ando endo aram eram ado ada ados adas ais ência ário",
    "it": "zione zioni tà ando endo ato ata ati mente ello ezza agli ismo",
    "nl": "heid lijk lijke ingen eren isch ische teren tie ties",
    "sv": "ningar ningen het heter arna erna ligt liga ades",
    "da": "ningen erne hed heder ligt lige ede",
    "no": "ningen ene het heter lig lige et",
    "pl": "ego emu ych ów ości ość ali ami ach ie",
    "tr": "lar ler ları leri dı di nın nin dan den yor acak ecek",
}

LETTERS: Mapping[str, str] = {
    "fr": "êëîïôûœùèàâç", "de": "ßäöü", "es": "ñáíóú", "pt": "ãõâêôçáíóú", "it": "èàùòì", "nl": "ë",
    "sv": "åäö", "da": "æøå", "no": "æøå", "pl": "łąęśżźćń", "tr": "ğşıç",
}  # fmt: skip

BLOCKS: tuple[tuple[int, int, str], ...] = (
    (0x0370, 0x03FF, "el"), (0x0400, 0x052F, "ru"), (0x0530, 0x058F, "hy"), (0x0590, 0x05FF, "he"),
    (0x0600, 0x06FF, "ar"), (0x0750, 0x077F, "ar"), (0x0900, 0x097F, "hi"), (0x0980, 0x09FF, "bn"),
    (0x0B80, 0x0BFF, "ta"), (0x0E00, 0x0E7F, "th"), (0x10A0, 0x10FF, "ka"), (0x1100, 0x11FF, "ko"),
    (0x3040, 0x30FF, "ja"), (0x4E00, 0x9FFF, "zh"), (0xAC00, 0xD7AF, "ko"),
)  # fmt: skip
"""The main language of a script: first and last code point (Unicode, Blocks.txt)."""

OWN_LETTERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "ar": (("ur", "ٹڈےھہ"), ("ps", "ښځڅډړ"), ("fa", "پچژگکی")),
    "ru": (("uk", "іїєґ"), ("be", "ў"), ("sr", "ђјљњћџ"), ("ru", "ыэё")),
}
"""Languages that share a script, by letters that the others before and after do not have."""

SMALL_WORDS: Mapping[str, str] = {"hi": "है हैं के की का में ने को से पर"}
"""For scripts of several languages: words of the main one, of which a text must show one."""
