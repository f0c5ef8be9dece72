"""Clínica Aurora's branches, who works there, and its plans. None of it exists."""

from datetime import time
from typing import Final

from integrations.database import Base
from integrations.tables import BranchHoursRow, BranchRow, PlanRow, PractitionerRow

MORNING: Final = (time(7), time(13))
"""Blood is drawn in the morning, while patients still fast."""

# code, weekdays (opens, closes), Saturday (opens, closes); all are closed on Sunday.
_HOURS: Final = (
    ("roma", (time(7), time(20)), (time(7), time(15))),
    ("providencia", (time(7), time(19)), (time(7), time(14))),
    ("paulista", (time(7), time(19)), (time(7), time(16))),
)

# code, name, title, minutes of a slot, shift
_STAFF: Final = (
    ("roma-dermatology-1", "Pérez", "Dra.", 30, None),
    ("roma-dermatology-2", "Dermatología, consultorio 2", "", 30, None),
    ("roma-general-1", "Hernández", "Dr.", 30, None),
    ("roma-general-2", "Medicina general, consultorio 4", "", 30, None),
    ("roma-gynaecology-1", "Jiménez", "Dra.", 30, None),
    ("roma-paediatrics-1", "Pediatría, consultorio 6", "", 30, None),
    ("roma-cardiology-1", "Ramírez", "Dr.", 30, None),
    ("roma-laboratory-1", "Laboratorio, toma 1", "", 15, MORNING),
    ("roma-laboratory-2", "Laboratorio, toma 2", "", 15, MORNING),
    ("roma-ultrasound-1", "Ultrasonido", "", 30, None),
    ("roma-x-ray-1", "Rayos X", "", 20, None),
    ("providencia-dermatology-1", "López", "Dr.", 30, None),
    ("providencia-general-1", "Castillo", "Dra.", 30, None),
    ("providencia-gynaecology-1", "Ginecología, consultorio 3", "", 30, None),
    ("providencia-paediatrics-1", "Pediatría, consultorio 4", "", 30, None),
    ("providencia-orthopaedics-1", "Navarro", "Dr.", 30, None),
    ("providencia-laboratory-1", "Laboratorio, toma 1", "", 15, MORNING),
    ("providencia-laboratory-2", "Laboratorio, toma 2", "", 15, MORNING),
    ("providencia-ultrasound-1", "Ultrasonido", "", 30, None),
    ("providencia-x-ray-1", "Rayos X", "", 20, None),
    ("paulista-dermatology-1", "Silva", "Dra.", 30, None),
    ("paulista-general-1", "Souza", "Dr.", 30, None),
    ("paulista-gynaecology-1", "Ginecologia, sala 3", "", 30, None),
    ("paulista-cardiology-1", "Almeida", "Dra.", 30, None),
    ("paulista-laboratory-1", "Laboratório, coleta 1", "", 15, MORNING),
    ("paulista-laboratory-2", "Laboratório, coleta 2", "", 15, MORNING),
    ("paulista-ultrasound-1", "Ultrassom, sala 1", "", 30, None),
    ("paulista-ultrasound-2", "Ultrassom, sala 2", "", 30, None),
    ("paulista-x-ray-1", "Raio-x", "", 20, None),
)


def branch_rows() -> list[Base]:
    """The three branches."""
    return [
        BranchRow(
            code="roma",
            name="Roma",
            city="Ciudad de México",
            district="Roma Norte",
            address="Av. Álvaro Obregón 100, Roma Norte, 06700 Ciudad de México",
            country="MX",
            currency="MXN",
            zone="America/Mexico_City",
            phone="+525550000100",
            aliases=["Roma Norte", "CDMX", "DF", "México", "Ciudad de México", "Mexico City"],
            latitude=19.4189,
            longitude=-99.1602,
        ),
        BranchRow(
            code="providencia",
            name="Providencia",
            city="Guadalajara",
            district="Providencia",
            address="Av. Providencia 2450, Providencia, 44630 Guadalajara, Jalisco",
            country="MX",
            currency="MXN",
            zone="America/Mexico_City",
            phone="+523350000100",
            aliases=["Guadalajara", "GDL", "Jalisco", "Provi"],
            latitude=20.6983,
            longitude=-103.3827,
        ),
        BranchRow(
            code="paulista",
            name="Paulista",
            city="São Paulo",
            district="Bela Vista",
            address="Av. Paulista 1000, Bela Vista, 01310-100 São Paulo, SP",
            country="BR",
            currency="BRL",
            zone="America/Sao_Paulo",
            phone="+551150000100",
            aliases=["Avenida Paulista", "São Paulo", "SP", "Sampa", "Bela Vista"],
            latitude=-23.5652,
            longitude=-46.6517,
        ),
    ]


def hours_rows() -> list[Base]:
    """When they are open."""
    return [
        BranchHoursRow(branch=code, weekday=weekday, opens=opens, closes=closes)
        for code, weekdays, saturday in _HOURS
        for weekday, (opens, closes) in enumerate([weekdays] * 5 + [saturday])
    ]


def practitioner_rows() -> list[Base]:
    """Doctors by surname, and the units and rooms that have no one name."""
    return [
        PractitionerRow(
            code=code,
            name=name,
            title=title,
            branch=code.split("-")[0],
            slot_minutes=minutes,
            shift_starts=shift and shift[0],
            shift_ends=shift and shift[1],
        )
        for code, name, title, minutes, shift in _STAFF
    ]


def plan_rows() -> list[Base]:
    """Everybody's price, the clinic's own membership, and companies' agreements."""
    return [
        PlanRow(
            code="public",
            names={"es": "Público en general", "pt": "Particular", "en": "Public price"},
            aliases=["público", "particular", "sin convenio", "sem convênio", "no insurance"],
        ),
        PlanRow(
            code="aurora-plus",
            names={"es": "Aurora Plus", "pt": "Aurora Plus", "en": "Aurora Plus"},
            aliases=["membresía", "membresía Aurora", "clube Aurora", "Aurora membership"],
        ),
        PlanRow(
            code="corporate",
            names={
                "es": "Convenio Empresas",
                "pt": "Convênio Empresas",
                "en": "Corporate agreement",
            },
            aliases=["empresas", "empresa", "convenio de empresa", "convênio empresa", "company"],
        ),
    ]
