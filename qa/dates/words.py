"""The words that date expressions are made of: months, weekdays, seasons, numbers.

English is read with all its relative forms; in the other languages only a month's name beside a
day or a year counts, so their names need no pattern of their own, only this table. The names
are those of the Unicode CLDR (wide form; stand-alone ones too where a language inflects them).
"""

from __future__ import annotations

ENGLISH_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
WEEKDAYS = "mon tue wed thu fri sat sun".split()

NUMBERS = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen".split(), 1
    )
} | {"a": 1, "an": 1, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "hundred": 100}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}

# First months of the seasons on the northern half of the globe, as weather services count them.
SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}

_MONTHS = """
es enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
fr janvier février mars avril mai juin juillet août septembre octobre novembre décembre
fr janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
de januar februar märz april mai juni juli august september oktober november dezember
de jänner feber maerz april mai juni juli august september oktober november dezember
pt janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro
it gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre
nl januari februari maart april mei juni juli augustus september oktober november december
ru января февраля марта апреля мая июня июля августа сентября октября ноября декабря
ru январь февраль март апрель май июнь июль август сентябрь октябрь ноябрь декабрь
ru январе феврале марте апреле мае июне июле августе сентябре октябре ноябре декабре
uk січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня
uk січень лютий березень квітень травень червень липень серпень вересень жовтень листопад грудень
pl stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia
pl styczeń luty marzec kwiecień maj czerwiec lipiec sierpień wrzesień październik listopad grudzień
tr ocak şubat mart nisan mayıs haziran temmuz ağustos eylül ekim kasım aralık
id januari februari maret april mei juni juli agustus september oktober november desember
ms januari februari mac april mei jun julai ogos september oktober november disember
sw januari februari machi aprili mei juni julai agosti septemba oktoba novemba desemba
ar يناير فبراير مارس أبريل مايو يونيو يوليو أغسطس سبتمبر أكتوبر نوفمبر ديسمبر
ar يناير فبراير مارس ابريل مايو يونيه يوليه اغسطس سبتمبر اكتوبر نوفمبر ديسمبر
ur جنوری فروری مارچ اپریل مئی جون جولائی اگست ستمبر اکتوبر نومبر دسمبر
fa ژانویه فوریه مارس آوریل مه ژوئن ژوئیه اوت سپتامبر اکتبر نوامبر دسامبر
hi जनवरी फ़रवरी मार्च अप्रैल मई जून जुलाई अगस्त सितंबर अक्टूबर नवंबर दिसंबर
hi जनवरी फरवरी मार्च अप्रैल मई जून जुलाई अगस्त सितम्बर अक्तूबर नवम्बर दिसम्बर
bn জানুয়ারি ফেব্রুয়ারি মার্চ এপ্রিল মে জুন জুলাই আগস্ট সেপ্টেম্বর অক্টোবর নভেম্বর ডিসেম্বর
"""

FOREIGN_MONTHS: dict[str, int] = {
    name: number for line in _MONTHS.strip().splitlines() for number, name in enumerate(line.split()[1:], 1)
}
"""Month names of other languages, in lower case, to the month's number."""

_ORDINAL_WORDS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth"
ORDINAL_NAMES: dict[str, str] = {
    word: str(number) for number, word in enumerate(_ORDINAL_WORDS.split(), 1)
} | {f"{number}{suffix}": str(number) for number in range(1, 100) for suffix in ("st", "nd", "rd", "th")}
"""Ordinals in words and figures, to the number in figures: "third" and "3rd" are "3"."""
