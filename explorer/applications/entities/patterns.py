"""Patterns of sentences with slots for names. Made up by us: far simpler than newspapers, and the page says so."""

from __future__ import annotations

KNOWN_PATTERNS = """
PERSON was born in CITY .
PERSON was born in COUNTRY and grew up in CITY .
PERSON , who lives in CITY , speaks LANGUAGE .
PERSON speaks LANGUAGE and a little LANGUAGE .
PERSON scored the winning goal for TEAM .
PERSON joined the ORG in MONTH .
PERSON told ORG that the road to CITY was closed .
PERSON studied law at the ORG .
PERSON wrote the book in LANGUAGE .
PERSON and PERSON founded FIRM in CITY .
PERSON , 42 , was elected on WEEKDAY .
CITY is the largest city in COUNTRY .
CITY lies on a river in the north of COUNTRY .
CITY has a good harbour , and so has CITY .
CITY , where FIRST was born , has a new bridge .
COUNTRY is a country with many rivers .
COUNTRY borders COUNTRY in the east .
COUNTRY exports coffee to COUNTRY .
LANGUAGE is spoken in COUNTRY and COUNTRY .
LANGUAGE was her mother tongue .
TEAM beat TEAM 3 to 1 on WEEKDAY .
TEAM won the cup after PERSON scored twice .
TEAM signed PERSON from TEAM in MONTH .
TEAM , who lost in CITY , need a new coach .
LAST opened the door and looked at FIRST .
LAST fell from a horse near CITY .
LAST , who was born in CITY , paints .
FIRM opened a factory in CITY .
FIRM will cut 300 jobs , PERSON said .
FIRM , founded by PERSON , makes engines .
ORG said on WEEKDAY that it had hired PERSON .
ORG opened an office in CITY , COUNTRY .
FIRST , said FIRST , is from CITY .
FIRST is older than FIRST .
FIRST told FIRST about the beach at CITY .
FIRST bought a ticket from CITY to CITY .
FIRST has never been to COUNTRY , but speaks LANGUAGE .
The LANGUAGE language is taught at the ORG .
The coach of TEAM , PERSON , was not pleased .
The president of COUNTRY , PERSON , flew to CITY on WEEKDAY .
The mayor of CITY thanked PERSON .
The team trained for two weeks in CITY .
The ORG published a report on COUNTRY .
The book was translated from LANGUAGE into LANGUAGE by PERSON .
The river is long , and the road is new .
Shares of FIRM fell by four per cent on WEEKDAY .
It rained in CITY , but not in CITY .
In MONTH , PERSON moved from CITY to CITY .
My brother FIRST married PERSON in CITY .
Trains from CITY to CITY leave every hour .
WEEKDAY was the hottest day ever measured in CITY .
Will you meet FIRST in CITY on WEEKDAY ?
MONTH was cold in COUNTRY .
Dr PERSON works at a hospital in CITY .
Mrs LAST lives in CITY .
Nobody in CITY had heard of PERSON .
On WEEKDAY the weather was fine .
Both FIRST and FIRST work for ORG .
A ship from CITY sank off the coast of COUNTRY .
According to ORG , prices in CITY rose in MONTH .
In YEAR , PERSON moved to CITY .
She was born in YEAR in CITY .
Her friend PERSON built a house near CITY in YEAR .
He wrote three books on music between YEAR and YEAR .
They did not know what to do after the long winter .
However , most of these results were poor .
Many people believed that the new law was unjust .
After the war , the army left CITY .
The king died in YEAR , and his son fled to COUNTRY .
His father , a doctor , came from COUNTRY .
These animals live in large groups near rivers in COUNTRY and COUNTRY .
It is one of the oldest towns in COUNTRY .
Most of the workers are from COUNTRY , COUNTRY and COUNTRY .
During the war , about 200 soldiers died near CITY .
PERSON ( YEAR - YEAR ) was a painter from CITY .
A LANGUAGE poet , PERSON , lived in CITY .
The LANGUAGE army reached the border of COUNTRY in YEAR .
Some LANGUAGE and LANGUAGE songs are older than that .
This theory was first proposed by PERSON in MONTH YEAR .
According to PERSON , the idea is much older .
""".strip().split("\n")
"""Patterns of the training sentences, and of held-out sentences with other names."""

NEW_PATTERNS = """
PERSON met PERSON at the airport of CITY .
Heavy snow closed the roads around CITY .
For ORG , the year ended well .
TEAM and TEAM drew 1 to 1 .
Her letters to FIRST are kept in CITY .
Few people in COUNTRY can read LANGUAGE .
ORG has paid LAST for the house in CITY .
Then FIRST asked for a map of COUNTRY .
A court in CITY sent PERSON to prison .
FIRM sells shoes in COUNTRY .
LAST sold his house on WEEKDAY .
The songs of PERSON are sung in LANGUAGE .
CITY was destroyed by fire in MONTH .
Thousands left COUNTRY for CITY .
TEAM lost again , and PERSON resigned .
At the ORG , PERSON teaches LANGUAGE .
""".strip().split("\n")
"""Patterns that no training sentence has: other words stand around the names."""

SLOTS = {
    "PERSON": "PER", "FIRST": "PER", "LAST": "PER", "CITY": "LOC", "COUNTRY": "LOC",
    "ORG": "ORG", "TEAM": "ORG", "FIRM": "ORG", "LANGUAGE": "MISC",
}  # fmt: skip
"""Slots for names, and the kind of each: the four kinds of CoNLL-2003."""
MADE_OF = {
    "PERSON": ("FIRST LAST", "FIRST LAST", "FIRST LAST", "FIRST INITIAL . LAST", "FIRST", "LAST"),
    "ORG": ("University of CITY", "CITY University", "Bank of COUNTRY", "LAST and Sons", "LAST Airlines", "CITY Times", "LAST & LAST"),
    "TEAM": ("CITY", "CITY", "CITY United"),
    "FIRM": ("LAST", "LAST", "LAST Motors"),
}  # fmt: skip
"""What some slots are made of. A team bears the bare name of its town, a firm that of its founder: what is said of them tells."""
WORDS = {
    "MONTH": tuple(["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"]),
    "WEEKDAY": tuple(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]),
    "YEAR": tuple(str(year) for year in range(1650, 2020)),
    "INITIAL": tuple("ABCDEFGHJKLMNPRSTVW"),
}
"""Slots for months, days and years, which are no names, and for initials of names."""
KIND_WORDS = {"PER": "person", "LOC": "place", "ORG": "organisation", "MISC": "other name"}
"""What the kinds of the shipped sentences are called."""
