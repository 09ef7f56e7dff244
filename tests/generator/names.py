"""Invented provinces, counties, towns, villages, bureaus and persons, and the scene that a bulletin plays in.

In: a random source. Out: a `Scene`: who inspected whom, when, and how things are called there.

>>> scene_of(Random(1), "town").whole in ("全镇", "全乡")
True
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from tests.generator.numerals import han

PROVINCES = ("澄江省", "岚东省", "云泽省", "北屏省", "汀南省", "沧原省")
CITIES = ("临川口市", "青溪市", "望海市", "曲梁市", "丰泽原市", "雁回市", "永和渡市", "安宁河市")
COUNTIES = ("澄河县", "云岭县", "白沙湾县", "石鼓岭县", "枫桥县", "金沙渡县", "东洛县", "清源河县", "双桥县", "柳泉县")
DISTRICTS = ("滨湖新区", "云台区", "北渡区", "松泉区", "河清区", "玉带区", "南屏区")
TOWNS = (
    "青禾镇",
    "柳溪镇",
    "石门坎镇",
    "双河口镇",
    "乌桕镇",
    "榆岭镇",
    "白马渡镇",
    "枣林镇",
    "桃源铺镇",
    "龙泉铺乡",
    "杏花乡",
)
VILLAGES = (
    "东湾村", "西岭村", "南坪村", "北坡村", "上河村", "下河村", "石桥村", "柳林村", "槐树村", "新庄村",
    "古井村", "双塘村", "杨柳村", "青山村", "大坝村", "梨园村", "牛角村", "黄沙村", "桐木村", "竹园村",
)  # fmt: skip
BUREAUS = (
    "自然资源局", "住房和城乡建设局", "交通运输局", "农业农村局", "水利局", "教育局", "卫生健康局", "民政局",
    "市场监督管理局", "文化和旅游局", "人力资源和社会保障局", "应急管理局", "城市管理局", "林业局",
)  # fmt: skip
SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕施张孔曹严华金魏陶姜"
GIVEN = ("建国", "志强", "海燕", "文斌", "晓东", "丽华", "永福", "春生", "国栋", "玉梅", "振华", "立新", "新民", "德胜")


@dataclass(frozen=True)
class Scene:
    """Where, who and when."""

    kind: str
    genre: str
    province: str
    city: str
    county: str
    organ: str
    short: str
    own: str
    whole: str
    superior: str
    group: str
    group_number: int
    action: str
    round_name: str
    villages: int
    branches: int
    peers: int
    village_names: tuple[str, ...]
    persons: tuple[str, ...]
    inspection_start: date
    inspection_end: date
    feedback: date
    cutoff: date
    signature: date
    publication: date
    document_head: str

    @property
    def words(self) -> dict[str, str]:
        """The words that sentences may use by name."""
        return {
            "organ": self.organ,
            "short": self.short,
            "own": self.own,
            "whole": self.whole,
            "superior": self.superior,
            "group": self.group,
            "action": self.action,
            "county": self.county,
            "city": self.city,
            "province": self.province,
            "feedback_year": str(self.feedback.year),
            "past_year": str(self.feedback.year - 1),
        }


def days_between(source: Random, low: int, high: int) -> timedelta:
    """A random number of days."""
    return timedelta(days=source.randint(low, high))


def scene_of(source: Random, kind: str) -> Scene:
    """A scene for an inspected town, bureau or county."""
    province, city = source.choice(PROVINCES), source.choice(CITIES)
    county = source.choice(COUNTIES + DISTRICTS)
    number = source.randint(1, 9)
    if kind == "town":
        town = source.choice(TOWNS)
        is_township = town.endswith("乡")
        organ, short = f"中共{town}委员会", f"{town}党委"
        own, whole = ("乡党委", "全乡") if is_township else ("镇党委", "全镇")
        superior, action = ("区委" if county.endswith("区") else "县委"), "巡察"
        head = f"{town[0]}委"
    elif kind == "bureau":
        bureau = source.choice(BUREAUS)
        organ, short = f"中共{county}{bureau}党组", f"{county}{bureau}党组"
        own, whole = "局党组", "全局"
        superior, action = ("区委" if county.endswith("区") else "县委"), "巡察"
        head = f"{county[0]}{bureau[0]}党组"
    else:
        organ, short = f"中共{county}委员会", f"{county}"
        is_district = county.endswith("区")
        own, whole = ("区委", "全区") if is_district else ("县委", "全县")
        superior, action = ("市委", "巡察") if source.random() < 0.5 else ("省委", "巡视")
        head = f"{county[0]}委"
    genre = "inspection" if kind == "town" or source.random() < 0.65 else source.choice(("audit", "environment"))
    if kind == "bureau" and genre == "environment":
        genre = "audit"
    if genre != "inspection":
        action = "审计" if genre == "audit" else "督察"
    session, turn = source.randint(7, 15), source.randint(1, 8)
    group = f"{superior}第{han(number)}{action}组" if source.random() < 0.8 else f"{superior}{action}{han(number)}组"
    if genre == "audit":
        group = f"{superior[0]}审计局第{han(number)}审计组"
    elif genre == "environment":
        superior = "省委"
        group = f"省第{han(number)}生态环境保护督察组"
    start = date(source.randint(2019, 2024), source.choice((2, 3, 4, 5, 6, 7, 8, 9)), source.randint(1, 28))
    end = start + days_between(source, 38, 92)
    feedback = end + days_between(source, 20, 75)
    cutoff = feedback + days_between(source, 100, 210)
    signature = cutoff + days_between(source, 3, 40)
    publication = signature + days_between(source, 0, 35)
    persons = tuple(source.sample([f"{surname}{name}" for surname, name in zip(SURNAMES, GIVEN * 3, strict=False)], 5))
    return Scene(
        kind=kind,
        genre=genre,
        province=province,
        city=city,
        county=county,
        organ=organ,
        short=short,
        own=own,
        whole=whole,
        superior=superior,
        group=group,
        group_number=number,
        action=action,
        round_name=f"{han(session)}届{superior}第{han(turn)}轮{action}",
        villages=source.randint(13, 46) if kind == "town" else source.randint(128, 290),
        branches=source.randint(9, 34) if kind == "bureau" else source.randint(48, 190),
        peers=source.randint(11, 32),
        village_names=tuple(source.sample(VILLAGES, 10)),
        persons=persons,
        inspection_start=start,
        inspection_end=end,
        feedback=feedback,
        cutoff=cutoff,
        signature=signature,
        publication=publication,
        document_head=head,
    )
