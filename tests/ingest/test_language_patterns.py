"""Who says so, in languages other than English: sentences as newspapers write them."""

from __future__ import annotations

import pytest

from ingest.speech import find_speech


def said(language: str, *sentences: str) -> list[tuple[str, str]]:
    text = ("" if language == "zh" else " ").join(sentences)
    return [(each.speaker, each.role) for each in find_speech(text, language=language)]


@pytest.mark.parametrize(
    ("language", "sentence", "speaker", "role"),
    [
        ("zh", "外交部发言人毛宁21日在例行记者会上表示，中方愿同各方加强合作。", "毛宁", "外交部发言人"),
        ("zh", "“我们愿意继续推进项目，”中国外交部副部长孙卫东说。", "孙卫东", "中国外交部副部长"),
        ("zh", "夏巴兹·谢里夫总理说，港口将在年底启用。", "夏巴兹·谢里夫", "总理"),
        ("zh", "双方一致认为，走廊建设进入新阶段。", "双方", ""),
        ("zh", "商务部宣布，将取消关税。", "商务部", ""),
        ("zh", "据新华社报道，会议在伊斯兰堡举行。", "新华社", ""),
        ("zh", "世界银行报告称，增长将放缓。", "世界银行报告", ""),
        ("ur", "وزیر خارجہ اسحاق ڈار نے کہا کہ پاکستان راہداری کو آگے بڑھائے گا۔", "اسحاق ڈار", "وزیر خارجہ"),
        ("ur", "ترجمان دفتر خارجہ ممتاز زہرا بلوچ نے ہفتہ وار بریفنگ میں صحافیوں کو بتایا کہ مذاکرات جاری ہیں۔", "ممتاز زہرا بلوچ", "ترجمان دفتر خارجہ"),
        ("ur", "وزیراعظم شہباز شریف نے کابینہ کے اجلاس سے خطاب کرتے ہوئے کہا کہ معیشت بہتر ہو رہی ہے۔", "شہباز شریف", "وزیراعظم"),
        ("ur", "وزارت خزانہ نے ایک بیان میں کہا کہ قسط مل گئی ہے۔", "وزارت خزانہ", ""),
        ("ur", "عالمی بینک کے مطابق شرح نمو کم رہے گی۔", "عالمی بینک", ""),
        ("ar", "قال وزير الخارجية الباكستاني إسحاق دار إن بلاده ستدعم المشروع.", "إسحاق دار", "وزير الخارجية الباكستاني"),
        ("ar", "أكد رئيس الوزراء شهباز شريف خلال الاجتماع أن الميناء سيفتح قريبا.", "شهباز شريف", "رئيس الوزراء"),
        ("ar", "أعلنت وزارة المالية أن القسط وصل.", "وزارة المالية", ""),
        ("fr", "Le ministre des Affaires étrangères Jean-Noël Barrot a déclaré que la France soutiendrait le projet.", "Jean-Noël Barrot", "Le ministre des Affaires étrangères"),
        ("fr", "« Nous irons plus loin », a affirmé Emmanuel Macron.", "Emmanuel Macron", ""),
        ("fr", "Emmanuel Macron, président de la République, a salué l'accord.", "Emmanuel Macron", "président de la République"),
        ("fr", "Selon l'ONU, la situation s'aggrave.", "ONU", ""),
        ("es", "El ministro de Exteriores, José Manuel Albares, dijo que España apoyará el plan.", "José Manuel Albares", "El ministro de Exteriores"),
        ("es", "«Vamos a seguir», afirmó Pedro Sánchez.", "Pedro Sánchez", ""),
        ("es", "Según el Ministerio de Hacienda, la deuda bajó.", "Ministerio de Hacienda", ""),
        ("de", "„Wir machen weiter“, sagte Bundeskanzler Friedrich Merz.", "Friedrich Merz", "Bundeskanzler"),
        ("de", "Wie der Sprecher des Ministeriums, Sebastian Fischer, sagte, ist das offen.", "Sebastian Fischer", "der Sprecher des Ministeriums"),
        ("de", "Das Auswärtige Amt teilte mit, dass die Botschaft geschlossen sei.", "Auswärtige Amt", ""),
    ],
)  # fmt: skip
def test_speakers(language, sentence, speaker, role):
    assert said(language, sentence) == [(speaker, role)]


@pytest.mark.parametrize(
    ("language", "first", "then", "speaker"),
    [
        ("zh", "巴基斯坦外交秘书穆罕默德·卡齐强调了走廊的意义。", "他还指出，双方应扩大合作。", "穆罕默德·卡齐"),
        ("zh", "外交部发言人毛宁表示，中方愿加强合作。", "发言人强调，合作不针对第三方。", "毛宁"),
        ("ur", "وزیر خارجہ اسحاق ڈار نے کہا کہ راہداری آگے بڑھے گی۔", "انہوں نے مزید کہا کہ تیسرے فریق کا خیرمقدم ہے۔", "اسحاق ڈار"),
        ("ar", "قال وزير الخارجية الباكستاني إسحاق دار إن بلاده ستدعم المشروع.", "وأضاف أن الجانبين اتفقا على جدول زمني.", "إسحاق دار"),
        ("ar", "قال وزير الخارجية الباكستاني إسحاق دار إن بلاده ستدعم المشروع.", "وقال دار إن المحادثات مستمرة.", "إسحاق دار"),
        ("fr", "« Non », a dit Emmanuel Macron.", "Rien n'est décidé, a-t-il ajouté.", "Emmanuel Macron"),
        ("es", "El presidente Gustavo Petro anunció una reforma.", "Petro dijo que no hay fecha.", "Gustavo Petro"),
        ("es", "El presidente Gustavo Petro anunció una reforma.", "Añadió que no hay fecha.", "Gustavo Petro"),
        ("de", "Außenministerin Annalena Baerbock erklärte, die Lage sei ernst.", "Sie betonte, dass niemand zurückbleibe.", "Annalena Baerbock"),
    ],
)  # fmt: skip
def test_a_pronoun_a_role_or_a_surname_stands_for_somebody_named_before(language, first, then, speaker):
    assert [each[0] for each in said(language, first, then)] == [speaker, speaker]


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("zh", "这条公路被称为中巴友谊路。"),
        ("zh", "据说那里很美。"),
        ("zh", "会议于周日在伊斯兰堡举行。"),
        ("zh", "他写了一本小说。"),
        ("ur", "اجلاس اتوار کو اسلام آباد میں ہوا۔"),
        ("ur", "پولیس نے دو افراد کو گرفتار کر لیا۔"),
        ("ur", "فریقین نے منصوبوں کا جائزہ لیا۔"),
        ("ar", "غادر القطار ظهرا."),
        ("fr", "Le conseil a adopté le budget."),
        ("es", "El tren salió a las doce."),
        ("de", "Der Zug fuhr um zwölf Uhr ab."),
        ("it", "Il ministro ha detto di no."),
    ],
)
def test_sentences_without_speech(language, sentence):
    assert said(language, sentence) == []


def test_a_quotation_goes_on_over_sentences():
    text = ("„Es ist spät“, sagte Friedrich Merz.", "„Wir gehen.", "Niemand wartet.“", "Der Zug fuhr ab.")
    assert said("de", *text) == [("Friedrich Merz", "")] * 3
