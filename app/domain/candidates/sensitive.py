"""Whether a note touches what we never ask: health, origin or religion; pure, by whole words in Dutch and English."""

import re
import unicodedata
from enum import StrEnum

WORD = re.compile(r"[^\W\d_]+")
HYPHENS = re.compile(r"(?<=\w)[-\u2010\u2011'\u2019](?=\w)")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


class Subject(StrEnum):
    HEALTH = "health"
    ORIGIN = "origin"
    RELIGION = "religion"


HEALTH = _words("""
    ziek zieke zieken ziekte ziektes ziektebeeld ziekmelding ziekgemeld ziekteverlof ziektewet ziekteverzuim
    arbeidsongeschikt arbeidsongeschiktheid wajong wajonger gehandicapt gehandicapte handicap invalide rolstoel
    zwanger zwangerschap zwangerschapsverlof miskraam bevallen depressie depressies depressief depressieve
    burnout overspannen overspanning paniekaanvallen hernia rugklachten rugpijn knieklachten nekklachten
    migraine kanker chemo chemokuur bestraling diabetes suikerziekte epilepsie epileptisch astma reuma adhd
    autisme autistisch dyslexie dyslectisch verslaafd verslaving afkickkliniek alcoholist medicijnen medicatie
    geopereerd revalideert revalideren hiv hartaanval hartinfarct beroerte slechthorend slechtziend sick
    sickness illness ill disease diseases disabled disability disabilities wheelchair pregnant pregnancy
    miscarriage depression depressed burnedout cancer chemotherapy diabetic epilepsy epileptic asthma arthritis
    rheumatism autism autistic dyslexia dyslexic addicted addiction alcoholic medication migraines hospitalised
    hospitalized bipolar
""")
ORIGIN = _words("""
    afkomst herkomst nationaliteit etniciteit etnisch etnische allochtoon allochtone allochtonen autochtoon
    huidskleur getint getinte donkergekleurd buitenlander buitenlanders buitenlandse migratieachtergrond
    asielzoeker asielzoekers statushouder statushouders vluchteling vluchtelingen roma sinti zigeuner turk
    turken turkse marokkaan marokkanen marokkaanse surinamer surinamers surinaamse antilliaan antillianen
    antilliaanse syrier syriers syrische roemeen roemenen roemeense bulgaar bulgaren bulgaarse poolse polen
    oekrainer oekrainers oekraiense eritreeer eritreers eritrese somalier somaliers somalische afghaan afghanen
    afghaanse irakees irakese iraanse iranier koerd koerden koerdische ghanees ghanese nigeriaan nigeriaanse
    kaapverdiaanse molukker molukse indonesische chinese chinezen vietnamese pakistaanse indiase hindoestaan
    hindoestaanse afrikaan afrikaanse aziatische arabische arabier nationality ethnicity ethnic immigrant
    immigrants foreigner foreigners refugee refugees skincolour turkish moroccan moroccans surinamese antillean
    syrian syrians romanian romanians bulgarian bulgarians polish ukrainian ukrainians eritrean somali somalian
    afghan iraqi iranian kurdish kurd ghanaian nigerian moluccan indonesian pakistani african asian arab
""")
RELIGION = _words("""
    geloofsovertuiging gelovig gelovige gelovigen godsdienst godsdienstig religie religieus religieuze moslim
    moslims moslima islam islamitisch islamitische christen christenen christelijk christelijke jood joden joods
    joodse hindoe hindoes hindoeisme boeddhist boeddhistisch katholiek katholieke protestant protestants
    protestantse gereformeerd gereformeerde hervormd jehova atheist hoofddoek hoofddoekje hidjab boerka keppel
    ramadan suikerfeest moskee synagoge kerkganger sabbat bekeerd religion religious muslim muslims islamic
    christianity jewish jew jews hindu hinduism buddhist buddhism catholic protestantism atheism hijab headscarf
    mosque synagogue sabbath jehovah
""")
BY_SUBJECT = {Subject.HEALTH: HEALTH, Subject.ORIGIN: ORIGIN, Subject.RELIGION: RELIGION}
PHRASES = {
    Subject.HEALTH: frozenset(
        {"lichamelijke beperking", "geestelijke beperking", "in therapie", "long covid", "back pain", "back problems"}
    ),
    Subject.ORIGIN: frozenset({"skin colour", "skin color", "dark skinned", "niet westers", "uit polen"}),
    Subject.RELIGION: frozenset({"zijn geloof", "haar geloof", "naar de kerk", "goes to church", "devout christian"}),
}
LANGUAGE_BEFORE = _words("speaks speak spoken fluent native basic learns learning")
HARMLESS_AFTER = _words("taal lessen language care support")
"""As in "speaks Turkish", "Arabische taal" and "disability care": a skill or a field of work."""
ONLY_AS_A_NAME = frozenset({"polish", "polen", "roma"})
"""In small letters these are something else, or a part of it."""


def found(text: str) -> frozenset[Subject]:
    """Which of the three subjects a text touches; none is as it should be."""
    words = WORD.findall(HYPHENS.sub("", _plain(text)))
    line = f" {' '.join(words).lower()} "
    touched = {subject for subject, phrases in PHRASES.items() if any(f" {each} " in line for each in phrases)}
    for before, word, after in zip(["", *words], words, [*words[1:], ""], strict=False):
        if before.lower() in LANGUAGE_BEFORE or after.lower() in HARMLESS_AFTER:
            continue
        if word.lower() in ONLY_AS_A_NAME and not word[0].isupper():
            continue
        touched |= {subject for subject, listed in BY_SUBJECT.items() if word.lower() in listed}
    return frozenset(touched)


def _plain(text: str) -> str:
    """The letters without their accents."""
    return "".join(each for each in unicodedata.normalize("NFKD", text) if not unicodedata.combining(each))
