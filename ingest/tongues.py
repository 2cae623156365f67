"""Who says so in languages other than English: a few patterns each, tried in order on a sentence.

Chinese, Urdu, Arabic, French, Spanish and German, the languages beside English that a reader of this
library's news meets. Each has its verbs of saying, the nouns of roles and of bodies that speak, and the
order they come in; a pattern names what it finds as `role`, `name`, `body` or `pronoun`. They find the
common forms of news prose, not all; what they don't find is no speech rather than a wrong speaker. A
parser would find more, at several hundred times the cost of the whole reading of a document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

_Pattern = re.Pattern[str]


class Tongue(NamedTuple):
    """A language's patterns; `hint` is found in every sentence that any of them fits."""

    hint: _Pattern
    patterns: tuple[_Pattern, ...]
    marks: tuple[str, str]


class _Latin(NamedTuple):
    """The words of a language that writes names with capitals.

    `said` stands between a subject and what it says, in either order; `by` before who is quoted;
    `unnamed` are whole patterns for who needs no naming, having spoken last.
    """

    said: str
    by: str
    roles: str
    bodies: str
    articles: str
    of: str
    pronouns: str
    unnamed: tuple[str, ...]
    marks: tuple[str, str]


_FRENCH = _Latin(
    said=r"\b(?:a|ont|avait|avaient) (?:également |aussi |notamment |ensuite |encore )?"
    r"(?:déclaré|affirmé|indiqué|annoncé|souligné|estimé|précisé|ajouté|assuré|expliqué|averti|rappelé|"
    r"confirmé|démenti|jugé|dit|fait savoir|prévenu|promis|dénoncé|salué)\b|"
    r"\b(?:déclare|affirme|indique|annonce|souligne|estime|précise|ajoute|assure|explique|dit)(?:nt)?\b",
    by=r"[Ss]elon|[Dd]['’]après",
    roles="(?i:ministre|président|présidente|porte-parole|premier ministre|première ministre|ambassadeur|"
    "ambassadrice|secrétaire|directeur|directrice|chef|gouverneur|commissaire|député|députée|sénateur|"
    "maire|général|analyste|expert|experte|responsable|professeur|chancelier|conseiller|conseillère)",
    bodies="(?i:ministère|gouvernement|ambassade|présidence|police|armée|parlement|commission|agence|banque|"
    "organisation|communiqué|déclaration|rapport|office|entreprise|société|parti|Élysée|Kremlin|ONU|FMI)",
    articles=r"[Ll]e |[Ll]a |[Ll]['’]|[Ll]es |[Uu]n |[Uu]ne |[Ss]on |[Ss]a ",
    of=r"(?:de la |de l['’]|des |du |de |d['’]|à la |aux |au |et |chargée? )",
    pronouns="il|elle|ils|elles",
    unnamed=(r"\b(?:a|ont)-t-(?P<pronoun>ils?|elles?)\b",),
    marks=("«", "»"),
)
_SPANISH = _Latin(
    said=r"\b(?:también )?(?:dijo|dijeron|declaró|declararon|afirmó|afirmaron|señaló|señalaron|aseguró|"
    r"anunció|anunciaron|indicó|subrayó|destacó|explicó|advirtió|añadió|agregó|confirmó|negó|reiteró|"
    r"manifestó|sostuvo|precisó|informó|denunció|ha dicho|ha declarado|ha afirmado|ha señalado|ha asegurado|"
    r"ha anunciado|ha explicado|ha advertido)\b",
    by=r"[Ss]egún|[Dd]e acuerdo con",
    roles="(?i:ministro|ministra|presidente|presidenta|portavoz|primer ministro|primera ministra|embajador|"
    "embajadora|secretario|secretaria|director|directora|jefe|jefa|gobernador|gobernadora|comisario|"
    "comisaria|diputado|diputada|senador|senadora|alcalde|alcaldesa|general|analista|experto|experta|"
    "canciller|vocero|vocera|profesor|profesora|consejero|consejera)",
    bodies="(?i:ministerio|gobierno|embajada|presidencia|policía|ejército|parlamento|comisión|agencia|banco|"
    "organización|comunicado|declaración|informe|oficina|empresa|partido|cancillería|ONU|FMI)",
    articles=r"[Ee]l |[Ll]a |[Ll]os |[Ll]as |[Uu]n |[Uu]na |[Ss]u ",
    of=r"(?:de la |de los |de las |del |de |a la |y )",
    pronouns="él|ella|ellos|ellas",
    unnamed=(
        r"^(?:Además,? |También )?(?P<pronoun>(?i:añadió|agregó|dijo|afirmó|señaló|explicó|indicó))\sque\b",
    ),
    marks=("«", "»"),
)
_GERMAN = _Latin(
    said=r"\b(?:sagte|sagten|erklärte|erklärten|betonte|betonten|teilte|teilten|warnte|warnten|kündigte|"
    r"kündigten|bestätigte|dementierte|forderte|forderten|meinte|ergänzte|versicherte|unterstrich|"
    r"bekräftigte|sagt|erklärt|betont|warnt|hat gesagt|hat erklärt)\b(?: auch| zudem| weiter| ferner)?",
    by=r"[Ll]aut|[Nn]ach Angaben (?:der |des |von )?|[Nn]ach Aussage (?:der |des |von )?",
    roles="(?:[A-ZÄÖÜ][a-zäöüß-]+)?(?:[Mm]inister|[Mm]inisterin|[Pp]räsident|[Pp]räsidentin|[Ss]precher|"
    "[Ss]precherin|[Bb]otschafter|[Bb]otschafterin|[Ss]ekretär|[Ss]ekretärin|[Dd]irektor|[Dd]irektorin|"
    "[Cc]hef|[Cc]hefin|[Kk]anzler|[Kk]anzlerin|[Gg]ouverneur|[Kk]ommissar|[Kk]ommissarin|"
    "[Aa]bgeordneter?|[Bb]ürgermeister|[Gg]eneral|[Aa]nalyst|[Ee]xperte|[Ee]xpertin|[Bb]eauftragte)",
    bodies="[A-ZÄÖÜ]?[a-zäöüß]*(?:[Mm]inisterium|[Aa]mt|[Rr]egierung|[Bb]otschaft|[Pp]olizei|[Aa]rmee|"
    "[Pp]arlament|[Kk]ommission|[Aa]gentur|[Bb]ank|[Oo]rganisation|[Ee]rklärung|[Mm]itteilung|[Bb]ericht|"
    "[Bb]ehörde|[Uu]nternehmen|[Pp]artei|[Bb]undestag|UNO|IWF)",
    articles="[Dd]er |[Dd]ie |[Dd]as |[Ee]ine? |[Ss]ein |[Ii]hr ",
    of="(?:der |des |für |von |vom |im |in |und |am )",
    pronouns="er|sie",
    unnamed=(),
    marks=("„", "“"),
)

_ZH_CLAUSE = r"(?:^|[，。；：！？“”「」（）()、\s])"
_ZH_WORD = r"[^\s，。；：！？、“”「」‘’《》（）()]"
_ZH_ROLE = (
    "总理|总统|主席|部长|外长|发言人|大使|书记|省长|市长|州长|秘书长|议长|参谋长|司令|局长|主任|司长|董事长|总裁|"
    "首席执行官|经理|教授|专家|研究员|分析师|官员|负责人|代表|特使|议员|法官|律师|学者|秘书|顾问|会长|院长|校长|国王|"
    "行长|公使|领事"
)
_ZH_BODY = (
    "外交部|商务部|国防部|财政部|委员会|政府|使馆|公司|银行|组织|法院|警方|军方|总统府|白宫|议会|协会|研究所|大学|"
    "声明|公报|报告|文告|新华社|通讯社|机构|基金会|联合国|双方|集团|当局|人士|媒体|[部委局署办]"
)
_ZH_NAME = r"[\u4e00-\u9fff]{1,8}(?:·[\u4e00-\u9fff]{1,8})+|[\u4e00-\u9fff]{2,4}?"
_ZH_BESIDE = (
    r"(?:(?:\d{1,2}月)?\d{1,2}日|当天|当日|日前|近日|今天|昨天|周[一二三四五六日]|星期[一二三四五六日]|"
    r"(?:在|就|对|向|于|接受|主持|出席)[^，。；：“”]{1,40}?|也|还|则|随后|同时|进一步|明确|再次|一致|均|都){0,4}"
)
_ZH_SAID = (
    r"(?:表示|指出|强调|认为|宣布|透露|重申|呼吁|警告|回应|坦言|否认|证实|承认|谴责|补充道|告诉记者|"
    r"说道|介绍说|回应说|(?<![小据传学话])说(?![明服法不])|(?<![被据名号宣简俗自堪])称(?![为作呼号赞]))"
)
_CHINESE = (
    rf"{_ZH_CLAUSE}(?P<pronoun>他们|她们|他|她){_ZH_BESIDE}{_ZH_SAID}",
    rf"{_ZH_CLAUSE}(?P<role>{_ZH_WORD}{{0,24}}?(?:{_ZH_ROLE}))(?P<name>{_ZH_NAME}){_ZH_BESIDE}{_ZH_SAID}",
    rf"{_ZH_CLAUSE}(?P<name>[\u4e00-\u9fff]{{1,8}}(?:·[\u4e00-\u9fff]{{1,8}}?)+)(?P<role>{_ZH_ROLE})?"
    rf"{_ZH_BESIDE}{_ZH_SAID}",
    rf"{_ZH_CLAUSE}(?P<role>{_ZH_WORD}{{0,24}}?(?:{_ZH_ROLE})){_ZH_BESIDE}{_ZH_SAID}",
    rf"{_ZH_CLAUSE}(?P<body>{_ZH_WORD}{{0,20}}?(?:{_ZH_BODY})){_ZH_BESIDE}{_ZH_SAID}",
    rf"{_ZH_CLAUSE}(?P<known>[\u4e00-\u9fff]{{2,4}}?){_ZH_BESIDE}{_ZH_SAID}",
    rf"{_ZH_CLAUSE}据(?P<body>[\u4e00-\u9fff]{{2,14}}?)(?:(?:\d{{1,2}}月)?\d{{1,2}}日)?(?:报道|消息|介绍|透露)",
)

_UR_ROLE = (
    "وزیر ?اعظم|وزیر ?اعلیٰ|وزیر خارجہ|وزیر داخلہ|وزیر خزانہ|وزیر دفاع|وزیر اطلاعات|وزیر منصوبہ بندی|"
    "وزیر تجارت|وزیر قانون|وزیر|صدر مملکت|صدر|ترجمان دفتر خارجہ|ترجمان|سیکرٹری خارجہ|سیکریٹری خارجہ|"
    "سیکرٹری|سیکریٹری|آرمی چیف|چیف جسٹس|چیئرمین|سفیر|گورنر|ڈائریکٹر جنرل|ڈائریکٹر|مشیر|معاون خصوصی|سربراہ|"
    "رہنما|تجزیہ کار|ماہر|جنرل"
)
_UR_BODY = (
    "دفتر خارجہ|وزارت خارجہ|وزارت خزانہ|وزارت داخلہ|وزارت|حکومت|پولیس|فوج|سفارت خانے|سفارتخانے|سفارت خانہ|"
    "بینک|کمیشن|کمیٹی|عدالت|پارلیمنٹ|ادارے|ادارہ|اعلامیے|اعلامیہ|بیان|رپورٹ|آئی ایس پی آر|اقوام متحدہ|"
    "حکام|فریقین|ذرائع"
)
_UR_WORD = r"[^\s۔،؟!:\"“”]+"
_UR_SAID = (
    r"(?:\s[^۔؟!\"“”]{0,90}?)?\s(?:کہا|بتایا|زور دیا|اعلان کیا|خبردار کیا|واضح کیا|دعویٰ کیا|تصدیق کی|"
    r"تردید کی|اعادہ کیا|مطالبہ کیا|یقین دلایا|مذمت کی|خیرمقدم کیا|اظہار کیا|لکھا)"
)
_URDU = (
    rf"(?P<pronoun>انہوں|انھوں|اُنہوں|اس)\sنے{_UR_SAID}",
    rf"(?P<role>(?:{_UR_WORD}\s){{0,3}}?(?:{_UR_ROLE}))\s(?P<name>(?!نے\s){_UR_WORD}(?:\s(?!نے\s){_UR_WORD}){{0,4}})"
    rf"\sنے{_UR_SAID}",
    rf"(?P<role>(?:{_UR_WORD}\s){{0,2}}?(?:{_UR_ROLE}))\sنے{_UR_SAID}",
    rf"(?P<body>(?:{_UR_WORD}\s){{0,2}}?(?:{_UR_BODY}))\sنے{_UR_SAID}",
    rf"(?:^|[۔،]\s)(?P<name>{_UR_WORD}(?:\s(?!نے\s){_UR_WORD}){{0,3}})\sنے{_UR_SAID}",
    rf"(?P<body>(?:{_UR_WORD}\s){{0,2}}?(?:{_UR_BODY}))\sکے مطابق",
)

_AR_ROLE = (
    "وزيرة?|رئيسة?|نائب رئيس|المتحدثة? باسم|متحدثة? باسم|الناطقة? باسم|سفيرة?|أمين عام|الأمين العام|مديرة?|"
    "مستشارة?|قائد|محافظ|مبعوث|الرئيس|الوزير|المتحدث|المبعوث|السفير|خبيرة?|محلل"
)
_AR_BODY = (
    "وزارة|حكومة|الحكومة|سفارة|السفارة|الشرطة|الجيش|البرلمان|لجنة|اللجنة|وكالة|البنك|بنك|منظمة|الأمم المتحدة|"
    "بيان|البيان|تقرير|التقرير|الرئاسة|الجانبان|الطرفان|المفوضية|مجلس"
)
_AR_SAID = (
    r"(?:^|[\s،«\"“])[وف]?(?:قالت?|صرحت?|صرّحت?|أكدت?|أعلنت?|أضافت?|أوضحت?|أشارت?|شددت?|حذرت?|ذكرت?|"
    r"أفادت?|كشفت?|نفت|نفى|دعت|دعا|جددت?)\s"
)
_AR_WORD = r"(?!(?:إن|أن|بأن|إنه|إنها|أنه|أنها|في|خلال|على|إلى|اليوم|يوم|أمس|لدى|عن|من)\s)[^\s،.:؛«»\"“”]+"
_AR_OF = r"(?:\s(?:ال\S+?|باسم|وزارة|مجلس|هيئة|و?ال\S+?)(?=[\s،.:؛«»\"“”]|$)){0,5}"
_AR_END = r"(?=[\s،.:؛«»\"“”]|$)"
_ARABIC = (
    r"(?:^|[\s،»])(?P<pronoun>[وف]?(?:قال|أضاف|أكد|أوضح|تابع|أشار|شدد|ذكر)ت?)\s"
    r"(?:إن|أن|إنه|إنها|أنه|أنها|إلى أن)\b",
    rf"{_AR_SAID}(?P<role>(?:{_AR_ROLE}){_AR_OF})\s(?P<name>{_AR_WORD}(?:\s{_AR_WORD}){{0,3}}){_AR_END}",
    rf"{_AR_SAID}(?P<role>(?:{_AR_ROLE}){_AR_OF}){_AR_END}",
    rf"{_AR_SAID}(?P<body>(?:{_AR_BODY}){_AR_OF}){_AR_END}",
    rf"{_AR_SAID}(?P<known>{_AR_WORD}(?:\s{_AR_WORD}){{0,3}}){_AR_END}",
    rf"(?:وفقا|وفقًا|بحسب|حسب)\s(?:ل)?(?P<body>(?:{_AR_BODY}){_AR_OF}){_AR_END}",
)

_NO_NAME = (
    "Le|La|Les|El|Los|Las|Der|Die|Das|Il|Elle|Ils|Elles|Er|Sie|Él|Ella|Un|Une|Una|Ein|Eine|Selon|Según|Laut|"
    "Nach|En|Im|In|Am|Dans|Pour|Por|Para|Ce|Cette|Este|Esta|Mais|Aber|Pero|Et|Und|Hier|Ayer|Hoy|Gestern|Heute"
)
_CAPITAL = r"[A-ZÀ-ÖØ-Þ][\w’'-]*\w"
_NAME = (
    rf"(?!(?:{_NO_NAME})\s){_CAPITAL}(?:\s(?:(?:de|da|von|van|al|bin|del|la|ben|el|zu)\s)?{_CAPITAL}){{0,4}}"
)


def _latin(words: _Latin) -> tuple[str, ...]:
    """The patterns of a language that writes names with capitals, from its words."""
    # What follows a noun is tied to it by a word such as "de"; a capital without one begins a name.
    rest = rf"(?:\s(?>{words.of})[\w’'-]+(?:\s[a-zà-ÿ][\w-]+)?){{0,3}}"
    role = rf"(?:{words.articles})?(?:[\w’'-]+\s)?(?:{words.roles})\b{rest}"
    body = rf"(?:{words.articles})?(?:[\w’'-]+\s)?(?:{words.bodies})\b{rest}"
    apposed = rf"(?:{words.articles})?[^,]{{0,20}}?(?:{words.roles})\b[^,.]{{0,70}}"
    said = rf"(?:{words.said})"
    gap = r"(?:,\s(?:[^,]{2,50},\s)?|\s)"  # "..., hier à Paris, a déclaré"
    end = r"(?=[\s,.:;»“\"]|$)"
    return (
        *words.unnamed,
        rf"\b(?P<pronoun>(?i:{words.pronouns}))\s{said}",
        rf"{said}\s(?P<pronoun>{words.pronouns})\b",
        rf"\b(?P<name>{_NAME}),\s(?P<role>{apposed}),\s{said}",
        rf"\b(?P<role>{role}),?\s(?P<name>{_NAME}){gap}{said}",
        rf"\b(?P<body>{body}){gap}{said}",
        rf"\b(?P<role>{role}){gap}{said}",
        rf"\b(?P<name>{_NAME}){gap}{said}",
        rf"{said}\s(?P<role>{role}),?\s(?P<name>{_NAME})",
        rf"{said}\s(?P<name>{_NAME}),\s(?P<role>{apposed})",
        rf"{said}\s(?P<name>{_NAME})",
        rf"{said}\s(?P<body>{body}){end}",
        rf"{said}\s(?P<role>{role}){end}",
        rf"\b(?:{words.by})\s?(?P<role>{role}),?\s(?P<name>{_NAME})",
        rf"\b(?:{words.by})\s?(?P<name>{_NAME}),\s(?P<role>{apposed}),",
        rf"\b(?:{words.by})\s?(?P<body>{body}){end}",
        rf"\b(?:{words.by})\s?(?P<name>{_NAME})",
    )


_LATIN: Mapping[str, _Latin] = {"fr": _FRENCH, "es": _SPANISH, "de": _GERMAN}
_OTHERS: Mapping[str, tuple[str, tuple[str, ...], tuple[str, str]]] = {
    "zh": (rf"{_ZH_SAID}|据", _CHINESE, ("“", "”")),
    "ur": (r"\sنے\s|کے مطابق", _URDU, ("“", "”")),
    "ar": (rf"{_AR_SAID}|وفق|حسب", _ARABIC, ("«", "»")),
}


@cache
def tongue(language: str) -> Tongue | None:
    """The patterns of a language by its ISO 639-1 code, None where there are none."""
    if language in _LATIN:
        words = _LATIN[language]
        hint, patterns, marks = rf"{words.said}|{words.by}|-t-", _latin(words), words.marks
    elif language in _OTHERS:
        hint, patterns, marks = _OTHERS[language]
    else:
        return None
    return Tongue(re.compile(hint, re.IGNORECASE), tuple(map(re.compile, patterns)), marks)
