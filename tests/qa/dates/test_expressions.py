"""Two hundred ways to write a day, and a few that are none, each with the days it must give.

All are read from Sunday, 21 January 2024. Expected spans are written "since..until" or as one day.
"""

from __future__ import annotations

import datetime as dt

import pytest

from qa.dates.find import find_days

SUNDAY = dt.date(2024, 1, 21)

EXPLICIT = """
The third meeting was held on 21 July 2022. | 2022-07-21
It was signed on July 21, 2022, in Beijing. | 2022-07-21
It was signed on July 21 2022. | 2022-07-21
On the 21st of July, 2022, they met. | 2022-07-21
On 21st July 2022 they met. | 2022-07-21
July 21st, 2022 was a Thursday. | 2022-07-21
Sun Jan 21 2024 | 2024-01-21
Sunday, January 21, 2024 | 2024-01-21
Sunday 21 January 2024 at 10:30 | 2024-01-21
Published: 2022-07-21 | 2022-07-21
2022-07-21T10:15:00Z | 2022-07-21
2022/07/21 | 2022-07-21
2022.07.21 | 2022-07-21
21/07/2022 | 2022-07-21
21.07.2022 | 2022-07-21
21-07-2022 | 2022-07-21
07/21/2022 | 2022-07-21
21/07/22 | 2022-07-21
21-Jul-2022 | 2022-07-21
21 Jul 2022 | 2022-07-21
Jul. 21, 2022 | 2022-07-21
Sept. 9, 2021 | 2021-09-09
9 Sept 2021 | 2021-09-09
JULY 21, 2022 | 2022-07-21
what happened on 21 july 2022 | 2022-07-21
july 21, 2022 | 2022-07-21
The deal of 5 March 2019 was renewed. | 2019-03-05
It opened on May 1, 2014. | 2014-05-01
29 February 2024 | 2024-02-29
They met on the 3rd of May. | 2023-05-03
31 December 1999 | 1999-12-31
1 January 1900 | 1900-01-01
In 1996 McDonald's entered India. | 1996-01-01..1996-12-31
the popular 1982 movie | 1982-01-01..1982-12-31
March 7 , 2012 | 2012-03-07
( 2017 - 10 - 24 ) | 2017-10-24
It fell on 4 July 1776. | 1776-07-04
Tue, 03 Mar 2020 09:00:00 GMT | 2020-03-03
July 2023 | 2023-07-01..2023-07-31
September, 2022 | 2022-09-01..2022-09-30
the July of 2023 | 2023-07-01..2023-07-31
Feb 2024 | 2024-02-01..2024-02-29
Nov. 2021 | 2021-11-01..2021-11-30
February 1900 had 28 days | 1900-02-01..1900-02-28
31 June 2022 | 2022-06-01..2022-06-30
2022-07 | 2022-07-01..2022-07-31
in 2015 | 2015-01-01..2015-12-31
By 2030, the port is to grow. | 2030-01-01..2030-12-31
The treaty (1954) stands. | 1954-01-01..1954-12-31
Founded 1987. | 1987-01-01..1987-12-31
in the year 2000 | 2000-01-01..2000-12-31
Born in 1812, he died young. | 1812-01-01..1812-12-31
The king died in 830. | 0830-01-01..0830-12-31
a 2016 report by the ministry | 2016-01-01..2016-12-31
the 2013 election | 2013-01-01..2013-12-31
its 1973 constitution | 1973-01-01..1973-12-31
2023's floods | 2023-01-01..2023-12-31
mid-2018 | 2018-05-03..2018-08-31
early 2020 | 2020-01-01..2020-05-01
in late 2021 | 2021-09-01..2021-12-31
at the end of 2021 | 2021-09-01..2021-12-31
early January 2024 | 2024-01-01..2024-01-10
late July 2022 | 2022-07-22..2022-07-31
mid-July 2022 | 2022-07-11..2022-07-21
at the beginning of September 2022 | 2022-09-01..2022-09-10
the 1990s | 1990-01-01..1999-12-31
in the 1980's | 1980-01-01..1989-12-31
the early 1990s | 1990-01-01..1993-05-01
the 19th century | 1801-01-01..1900-12-31
the 21st century | 2001-01-01..2100-12-31
the first quarter of 2020 | 2020-01-01..2020-03-31
the fourth quarter of 2022 | 2022-10-01..2022-12-31
Q3 2021 | 2021-07-01..2021-09-30
Q3 of 2021 | 2021-07-01..2021-09-30
2021 Q3 | 2021-07-01..2021-09-30
the first half of 2019 | 2019-01-01..2019-06-30
H2 2019 | 2019-07-01..2019-12-31
fiscal year 2019-20 | 2019-07-01..2020-06-30
FY2020 | 2019-07-01..2020-06-30
FY20 | 2019-07-01..2020-06-30
financial year 2019/20 | 2019-07-01..2020-06-30
fiscal 2021 | 2020-07-01..2021-06-30
summer 2019 | 2019-06-01..2019-08-31
the summer of 2019 | 2019-06-01..2019-08-31
spring 2020 | 2020-03-01..2020-05-31
the winter of 2019 | 2019-12-01..2020-02-29
fall 2016 | 2016-09-01..2016-11-30
"""

SPANS = """
from 3 to 5 May 2021 | 2021-05-03..2021-05-05
3-5 May 2021 | 2021-05-03..2021-05-05
May 3-5, 2021 | 2021-05-03..2021-05-05
May 3 to 5, 2021 | 2021-05-03..2021-05-05
on 3 and 4 May 2021 | 2021-05-03..2021-05-04
3, 4 and 5 May 2021 | 2021-05-03..2021-05-05
July 30 to August 2, 2021 | 2021-07-30..2021-08-02
from 30 July to 2 August 2021 | 2021-07-30..2021-08-02
30 July - 2 August 2021 | 2021-07-30..2021-08-02
from December 30 to January 2, 2022 | 2021-12-30..2022-01-02
between 2002 and 2004 | 2002-01-01..2004-12-31
between the years 2002 and 2004 | 2002-01-01..2004-12-31
from 2002 to 2004 | 2002-01-01..2004-12-31
from 2002 until 2004 | 2002-01-01..2004-12-31
from 2002 through 2004 | 2002-01-01..2004-12-31
2013-2018 | 2013-01-01..2018-12-31
1540 -- 1542 | 1540-01-01..1542-12-31
2013–2018 | 2013-01-01..2018-12-31
(2013 - 2018) | 2013-01-01..2018-12-31
2013-18 | 2013-01-01..2018-12-31
1999-2000 | 1999-01-01..2000-12-31
1999-00 | 1999-01-01..2000-12-31
between November 9, 2023, and December 21, 2023 | 2023-11-09..2023-12-21
between May 2001 and June 2002 | 2001-05-01..2002-06-30
from April to November 1985 | 1985-04-01..1985-11-30
April-November 1985 | 1985-04-01..1985-11-30
from April 2005 until 10 May 2006 | 2005-04-01..2006-05-10
from 21 July 2022 to 3 August 2023 | 2022-07-21..2023-08-03
from 2018 to Jun 2018 | 2018-01-01..2018-06-30
in September 2022 and July 2023 | 2022-09-01..2022-09-30; 2023-07-01..2023-07-31
the 2nd and the 3rd Forum in September 2022 and July 2023 | 2022-09-01..2022-09-30; 2023-07-01..2023-07-31
in January and February 2021 | 2021-01-01..2021-01-31; 2021-02-01..2021-02-28
on July 21 and August 3, 2022 | 2022-07-21; 2022-08-03
in 2013, 2015 and 2018 | 2013-01-01..2013-12-31; 2015-01-01..2015-12-31; 2018-01-01..2018-12-31
in 2013 and in 2018 | 2013-01-01..2013-12-31; 2018-01-01..2018-12-31
on 29 July 2013 he said he would resign in August | 2013-07-29; 2013-08-01..2013-08-31
In 2013 they met on 5 May and on 6 June. | 2013-01-01..2013-12-31; 2013-05-05; 2013-06-06
"""

RELATIVE = """
The meeting was held on Sunday in Islamabad. | 2024-01-21
It was held on Saturday. | 2024-01-20
The minister said Monday that talks went well. | 2024-01-15
He will visit Beijing, the ministry said on Friday. | 2024-01-19
The ministry said the minister will arrive on Wednesday. | 2024-01-24
On Thursday, the committee will meet. | 2024-01-25
On Tuesday Xi addressed parliament. | 2024-01-16
Wednesday's meeting was long. | 2024-01-17
last Sunday | 2024-01-14
next Monday | 2024-01-22
this Friday | 2024-01-26
Applications close by Tuesday. | 2024-01-23
since Wednesday | 2024-01-17
on Friday morning | 2024-01-19
yesterday | 2024-01-20
He arrived today. | 2024-01-21
It opens tomorrow. | 2024-01-22
the day before yesterday | 2024-01-19
last night | 2024-01-20
this morning | 2024-01-21
last week | 2024-01-08..2024-01-14
this week | 2024-01-15..2024-01-21
next week | 2024-01-22..2024-01-28
earlier this week | 2024-01-15..2024-01-21
last month | 2023-12-01..2023-12-31
next month | 2024-02-01..2024-02-29
this month | 2024-01-01..2024-01-31
earlier this month | 2024-01-01..2024-01-21
later this month | 2024-01-21..2024-01-31
last year | 2023-01-01..2023-12-31
this year | 2024-01-01..2024-12-31
earlier this year | 2024-01-01..2024-01-21
later this year | 2024-01-21..2024-12-31
early last year | 2023-01-01..2023-05-02
late last month | 2023-12-22..2023-12-31
next year | 2025-01-01..2025-12-31
last quarter | 2023-10-01..2023-12-31
last decade | 2010-01-01..2019-12-31
last weekend | 2024-01-13..2024-01-14
last July | 2023-07-01..2023-07-31
last December | 2023-12-01..2023-12-31
next March | 2024-03-01..2024-03-31
last summer | 2023-06-01..2023-08-31
next spring | 2024-03-01..2024-05-31
this summer | 2024-06-01..2024-08-31
over the past two years | 2022-01-21..2024-01-21
in the last three months | 2023-10-21..2024-01-21
in the next five years | 2024-01-21..2029-01-21
over the past year | 2023-01-21..2024-01-21
the last 30 days | 2023-12-22..2024-01-21
two weeks ago | 2024-01-07
three days ago | 2024-01-18
10 days ago | 2024-01-11
a year ago | 2023-01-01..2023-12-31
five years ago | 2019-01-01..2019-12-31
two months ago | 2023-11-01..2023-11-30
a couple of years ago | 2022-01-01..2022-12-31
July 21 was hot | 2023-07-21
on December 5 | 2023-12-05
on 5 November | 2023-11-05
Elections are on February 8. | 2024-02-08
The forum will be held on September 9. | 2024-09-09
in July | 2023-07-01..2023-07-31
in June last year | 2023-06-01..2023-06-30
on 5 December of last year | 2023-12-05
in June this year | 2024-06-01..2024-06-30
since March | 2023-03-01..2023-03-31
in early December | 2023-12-01..2023-12-10
as of November | 2023-11-01..2023-11-30
the first quarter of this year | 2024-01-01..2024-03-31
the second half of last year | 2023-07-01..2023-12-31
"""

FOREIGN = """
会议于2024年1月21日举行。 | 2024-01-21
2024年1月 | 2024-01-01..2024-01-31
2013年以来 | 2013-01-01..2013-12-31
1月20日，会议举行 | 2024-01-20
2024年1月21日に開かれた | 2024-01-21
2024년 1월 21일 | 2024-01-21
اجلاس 21 جولائی 2022 کو ہوا | 2022-07-21
جولائی 2023 میں | 2023-07-01..2023-07-31
عقد في 21 يوليو 2022 | 2022-07-21
في سبتمبر 2022 | 2022-09-01..2022-09-30
۲۱ جولائی ۲۰۲۲ | 2022-07-21
el 21 de julio de 2022 | 2022-07-21
en julio de 2022 | 2022-07-01..2022-07-31
le 21 juillet 2022 | 2022-07-21
le 1er mai 2021 | 2021-05-01
en août 2019 | 2019-08-01..2019-08-31
am 21. Juli 2022 | 2022-07-21
im März 2020 | 2020-03-01..2020-03-31
em 21 de julho de 2022 | 2022-07-21
il 21 luglio 2022 | 2022-07-21
21 июля 2022 года | 2022-07-21
в сентябре 2022 года | 2022-09-01..2022-09-30
21 Temmuz 2022 | 2022-07-21
21 जुलाई 2022 को | 2022-07-21
pada 21 Agustus 2022 | 2022-08-21
21 lipca 2022 r. | 2022-07-21
"""

NONE = """
Sun Weidong spoke for China.
They may march on the capital.
The Friday Times reported it.
On Good Friday the markets rest.
Every Sunday they pray.
2000 people came.
It rose from 100 Gbit/s to 1000 Gbit/s and 2000 horsepower.
It has 1950 MW of power.
The road is 1,812 km long.
It cost $2015 and 2,022 rupees.
Article 370 and Report R-2626 were read.
The score was 21/07.
Version 1.2.2022a came out.
He rose by a third.
Theresa May and April Jones met June Smith.
The August gathering was a March of folly.
In 500 BC it stood.
Call 0300-1234567 now.
the second meeting of the group
the first Monday in a month
On this night he won.
Resolution No. 2018-0032
110 Stat. 2419
Booth 1618
a 21-year-old man
USA Today wrote so.
Monday Night Football
the next day he left
10.0.0.1 and 12:30 and 3.5%
The spring of hope and the fall of man
Room 1984a, flight PK1971
He said: "to this day, we wait."
"""


def cases(block: str) -> list[tuple[str, str]]:
    parts = (line.partition(" | ") for line in block.strip().splitlines())
    return [(text, expected) for text, _, expected in parts]


def span(date: dt.date, until: dt.date) -> str:
    return date.isoformat() if date == until else f"{date.isoformat()}..{until.isoformat()}"


@pytest.mark.parametrize(
    ("text", "expected"),
    [case for block in (EXPLICIT, SPANS, RELATIVE, FOREIGN, NONE) for case in cases(block)],
)
def test_an_expression_gives_its_days(text: str, expected: str) -> None:
    found = "; ".join(span(day.date, day.until) for day in find_days(text, SUNDAY))
    assert found == expected


@pytest.mark.parametrize("text", [text for text, _ in cases(EXPLICIT + SPANS) if "2" in text or "1" in text])
def test_a_text_without_a_date_of_its_own_still_gives_explicit_days(text: str) -> None:
    relative = {"They met on the 3rd of May."}
    assert bool(find_days(text, None)) is (text not in relative)
