# ruff: noqa: SIM905  # a hundred words are read more easily as one text than as a list
"""What generated journals are made of: names of several scripts, firms, places, topics and the words of notes."""

from __future__ import annotations

from typing import Final

#: Given and family names that go together; Latin scripts come more often, as they do in such journals.
NAMES: Final = tuple(
    (tuple(given.split()), tuple(family.split()))
    for given, family in (
        (
            "Dana Priya Lena James Mary Robert Linda Michael Sarah David Emma Oliver Grace Henry Alice Ruth Walter Iris "
            "Simon Clara Hugo Nora Peter Judith Frank Paula Martin Esther Adam Helen",
            "Whitfield Ortiz Smith Johnson Brown Taylor Wilson Clark Hall Young Wright King Baker Carter Mitchell Turner "
            "Phillips Parker Evans Edwards Collins Stewart Morris Murphy Cook Rogers Reed Bailey Cooper Ward",
        ),
        (
            "José María Tomás Inês João Lucía Sofía André Núria Iñaki Raúl Zoë Chloé François Élodie",
            "García Núñez Fernández Gonçalves Muñoz Peña Álvarez Lefèvre Dupré Bérenger Sánchez Conceição",
        ),
        (
            "Jürgen Käthe Björn Åsa Søren Łukasz Agnieszka Zoltán Jiří Šárka Øyvind Þóra Güler Ömer",
            "Müller Weiß Sørensen Ångström Wałęsa Kowalczyk Horváth Dvořák Šimek Ødegård Jónsdóttir Yılmaz",
        ),
        ("Priya Arjun Ananya Rohan Meera Vikram Kavya Sanjay", "Nair Sharma Patel Iyer Reddy Banerjee Menon Gupta"),
        ("Анна Иван Ольга Дмитрий Елена Сергей", "Иванова Петров Смирнова Кузнецов Соколова Попов"),
        ("Ελένη Γιώργος Μαρία Νίκος", "Παπαδοπούλου Οικονόμου Νικολάου Γεωργίου"),
        ("明 芳 伟 秀英 敏 静", "王 李 张 刘 陈 杨"),
        ("さくら 陽菜 蓮 大翔", "佐藤 鈴木 高橋 田中"),
        ("민준 서연 지우 하준", "김 이 박 최"),
        ("محمد فاطمة يوسف ليلى", "الأحمد الخطيب حداد النجار"),
        ("דוד שרה נועה יוסי", "כהן לוי מזרחי פרץ"),
        ("John Anne-Marie Siobhán Conor", "O'Neil Smith-Jones MacDonald D'Angelo"),
    )
)
ORG_FIRST: Final = tuple(
    (
        "Acme Northwind Contoso Globex Fjord Blue Harbor Cedar Atlas Nimbus Orchid Granite Summit Vega Lumen Quartz Delta "
        "Meridian Falcon Juniper Cobalt Ember Tidal Aurora Pioneer Linden Saffron Onyx Zephyr Hollow Kestrel Marlow"
    ).split()
)
ORG_SECOND: Final = tuple(
    (
        "Analytics Systems Labs Robotics Health Energy Logistics Media Capital Partners Foods Networks Security Studio "
        "Software Materials Insurance Mobility Research Group Consulting Games Telecom Aerospace Education Works"
    ).split()
)
ORG_FORMS: Final = ("Inc", "Ltd", "GmbH", "LLC", "SA", "AB")
TITLES: Final = (
    "Engineer", "Staff Engineer", "Engineering Manager", "Head of Data", "Recruiter", "VP Platform", "Product Manager",
    "Founder", "CTO", "Designer", "Research Lead", "Account Executive", "Coach", "Analyst", "Director of Operations",
)  # fmt: skip
PLACES: Final = (
    "Berlin",
    "Lisbon",
    "Toronto",
    "Bengaluru",
    "Osaka",
    "São Paulo",
    "Kraków",
    "Nairobi",
    "Austin",
    "Oslo",
)
TOPICS: Final = tuple(
    (
        "hiring platform sre data security product design funding robotics health energy python rust cloud observability "
        "coaching career leadership writing speaking"
    ).split()
)
GOALS: Final = (
    "Platform role", "First customers", "Speak at a conference", "Learn about health tech", "Find a co-founder",
    "Mentor two people", "Move to Lisbon", "Advisory board", "Hire a team", "Publish the book",
)  # fmt: skip
_COMMON: Final = (
    "the a of to and in with about that for on we they was is it will after before team plan next week asked said told "
    "talked hiring role budget quarter product launch customer data platform move new old manager report career switch "
    "interview offer salary remote office travel family conference talk paper book idea feedback review roadmap search "
    "engineer design system migration cloud cost security risk board funding round investor partner contract pilot demo "
    "introduced promised sent shared read wrote called met walked lunch dinner coffee morning evening summer winter city"
).split()
_SYLLABLES: Final = "ba ke lo mi nu ra so ti ve zu dar fel gon hin jor lam mer pol ren sal tor vin wes yar".split()
#: Some hundred common words, then a few thousand that are seldom used: the tail that a search index pays for.
VOCABULARY: Final = (
    *_COMMON,
    *("überlegt", "naïve", "café", "встреча", "会议", "プロジェクト"),
    *(a + b for a in _SYLLABLES for b in _SYLLABLES),
    *(a + b + c for a in _SYLLABLES for b in _SYLLABLES for c in _SYLLABLES[:12]),
)
