"""What the job sheets of the demo say beside their title: hours, way to work, protections, pay, welcome."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from uneplace.offers.models import Demand, Equipment, JobSheet
from uneplace.organisations.audiences import Public, TradeFamily
from uneplace.organisations.models import Kind
from uneplace.people.abilities import Licence, Schedule

SITE = (Equipment.SHOES, Equipment.HELMET, Equipment.GLOVES, Equipment.VEST)


@dataclass(frozen=True)
class Conditions:
    """The conditions of one trade; `licences` and `wished` are asked as criteria."""

    timetable: str
    access: str
    pay: str
    tutor: tuple[str, str]
    deputy: tuple[str, str] = ("", "")
    schedules: tuple[str, ...] = ()
    without_car: bool = True
    demands: tuple[str, ...] = (Demand.CARRYING, Demand.STANDING)
    equipment: tuple[str, ...] = SITE
    equipment_by: str = JobSheet.Provider.COMPANY
    licences: tuple[str, ...] = ()
    wished: tuple[str, ...] = ()

    @property
    def fields(self) -> dict[str, Any]:
        """The columns of a job sheet."""
        return {
            "timetable": self.timetable,
            "schedules": list(self.schedules),
            "without_car": self.without_car,
            "access": self.access,
            "demands": list(self.demands),
            "equipment": list(self.equipment),
            "equipment_by": self.equipment_by,
            "pay": Decimal(self.pay),
            "tutor_name": self.tutor[0],
            "tutor_phone": self.tutor[1],
            "deputy_name": self.deputy[0],
            "deputy_phone": self.deputy[1],
        }


CONDITIONS = {
    "F1701": Conditions(
        "7 h 30 à 16 h 30, le vendredi 12 h",
        "Bus 4, arrêt Tilleuls, puis cinq minutes à pied.",
        "12.75",
        ("Yann Delestrac", "02 31 00 00 41"),
        schedules=(Schedule.EARLY,),
        demands=(Demand.CARRYING, Demand.HEIGHT, Demand.OUTSIDE),
    ),
    "F1703": Conditions(
        "7 h 30 à 16 h, le vendredi 12 h",
        "Bus 4, arrêt Tilleuls, ou ramassage à 7 h devant la gare.",
        "12.60",
        ("Sylvie Marchandeau", "02 31 00 00 42"),
        ("Yann Delestrac", "02 31 00 00 41"),
        schedules=(Schedule.EARLY,),
        demands=(Demand.CARRYING, Demand.BENDING, Demand.OUTSIDE),
        wished=(Licence.B,),
    ),
    "F1704": Conditions(
        "8 h à 16 h 30",
        "Ligne 2, terminus, puis dix minutes à pied.",
        "12.30",
        ("Abel Courtillon", "02 31 00 00 43"),
        demands=(Demand.CARRYING, Demand.STANDING, Demand.NOISE, Demand.OUTSIDE),
    ),
    "F1613": Conditions(
        "8 h à 16 h",
        "Bus 7, arrêt Sorbiers.",
        "12.45",
        ("Inès Varenguel", "02 31 00 00 44"),
        demands=(Demand.CARRYING, Demand.HEIGHT, Demand.DUST),
        equipment=(*SITE, Equipment.MASK),
    ),
    "F1606": Conditions(
        "8 h à 12 h et 13 h à 16 h",
        "Les logements sont en ville, tous desservis par le bus.",
        "12.50",
        ("Loïc Pradeilhes", "02 31 00 00 45"),
        demands=(Demand.STANDING, Demand.BENDING, Demand.PEOPLE),
        equipment=(Equipment.SHOES, Equipment.GLOVES, Equipment.MASK, Equipment.CLOTHES),
    ),
    "K2204": Conditions(
        "6 h à 13 h",
        "Le premier bus arrive à 6 h 20\u00a0: un vélo ou une voiture est utile.",
        "12.10",
        ("Carole Bissonnet", "02 31 00 00 46"),
        schedules=(Schedule.EARLY,),
        without_car=False,
        demands=(Demand.STANDING, Demand.REPEATING, Demand.PEOPLE),
        equipment=(Equipment.SHOES, Equipment.GLOVES, Equipment.CLOTHES),
    ),
    "A1203": Conditions(
        "8 h 30 à 16 h",
        "Camionnette de l’équipe à 8 h 15, place de la Halle.",
        "12.02",
        ("Gwenn Ardouin", "02 31 00 00 47"),
        ("Malo Kerjean", "02 31 00 00 48"),
        demands=(Demand.OUTSIDE, Demand.BENDING, Demand.NOISE),
        equipment=(Equipment.SHOES, Equipment.GLOVES, Equipment.GLASSES, Equipment.EARS),
        equipment_by=JobSheet.Provider.EMPLOYER,
        wished=(Licence.B, Licence.SST),
    ),
}

# What the service knows of its structures, by kind: whom they follow, and for which families of trades.
AUDIENCES: dict[str, tuple[list[str], list[str]]] = {
    Kind.MISSION_LOCALE: ([Public.YOUTH], []),
    Kind.FRANCE_TRAVAIL: ([Public.JOB_SEEKERS], []),
    Kind.PLIE: ([Public.JOB_SEEKERS, Public.RSA], []),
    Kind.CAP_EMPLOI: ([Public.DISABLED], []),
    Kind.CCAS: ([Public.RSA], []),
    Kind.SPIP: ([Public.JUSTICE], []),
    Kind.ACI: ([Public.PATH, Public.RSA], [TradeFamily.A, TradeFamily.F, TradeFamily.K]),
    Kind.EI: ([Public.PATH], [TradeFamily.F, TradeFamily.K]),
    Kind.ETTI: ([Public.PATH, Public.JOB_SEEKERS], [TradeFamily.F, TradeFamily.K, TradeFamily.N]),
    Kind.AI: ([Public.PATH], [TradeFamily.K]),
    Kind.EA: ([Public.DISABLED], [TradeFamily.A, TradeFamily.H]),
    Kind.REGIE: ([Public.DISTRICT], [TradeFamily.K, TradeFamily.A]),
}
