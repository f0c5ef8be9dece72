"""A small catalogue to match against."""

# ruff: noqa: E501 - a table is read line by line

from typing import Literal

from clinic.catalogue import Service
from clinic.languages import Language


def _service(
    code: str,
    names: str,
    es: str = "",
    pt: str = "",
    en: str = "",
    kind: Literal["consult", "study"] = "study",
) -> Service:
    spanish, portuguese, english = names.split(" | ")
    synonyms: dict[Language, str] = {"es": es, "pt": pt, "en": en}
    return Service(
        code,
        kind,
        {"es": spanish, "pt": portuguese, "en": english},
        {language: tuple(filter(None, known.split("|"))) for language, known in synonyms.items()},
        20,
    )


CATALOGUE = (
    _service("cbc", "Biometría hemática | Hemograma completo | Complete blood count",
             "BH|BHC|citometría hemática", "hemograma", "CBC|blood test|full blood count"),
    _service("urine", "Examen general de orina | Urina tipo I | Urinalysis",
             "EGO|uroanálisis|análisis de orina", "EAS|exame de urina|urina tipo 1", "urine test"),
    _service("chem6", "Química sanguínea de 6 elementos | Bioquímica de 6 itens | Chemistry panel, 6",
             "QS6|QS 6"),
    _service("chem27", "Química sanguínea de 27 elementos | Bioquímica de 27 itens | Chemistry panel, 27",
             "QS27|QS 27"),
    _service("chem35", "Química sanguínea de 35 elementos | Bioquímica de 35 itens | Chemistry panel, 35",
             "QS35|QS 35"),
    _service("us_abdomen", "Ultrasonido abdominal | Ultrassom abdominal | Abdominal ultrasound",
             "ecografía abdominal|ultrasonido de abdomen"),
    _service("us_pelvis", "Ultrasonido pélvico | Ultrassom pélvico | Pelvic ultrasound"),
    _service("us_breast", "Ultrasonido de mama | Ultrassom de mama | Breast ultrasound"),
    _service("pap", "Papanicolaou | Papanicolau | Pap smear", "citología cervical", "preventivo"),
    _service("xray", "Radiografía de tórax | Raio-x de tórax | Chest X-ray",
             "placa de tórax|rayos x de tórax"),
    _service("hcg_quantity", "Prueba de embarazo cuantitativa | Beta-hCG quantitativo | Quantitative hCG"),
    _service("hcg_quality", "Prueba de embarazo cualitativa | Beta-hCG qualitativo | Qualitative hCG"),
    _service("glucose", "Glucosa en ayunas | Glicemia de jejum | Fasting glucose",
             "glucosa", "glicose", "blood sugar"),
    _service("lipids", "Perfil de lípidos | Perfil lipídico | Lipid panel", "colesterol"),
    _service("thyroid", "Perfil tiroideo | Perfil tireoidiano | Thyroid panel", "TSH|T3 T4 TSH"),
    _service("ecg", "Electrocardiograma | Eletrocardiograma | Electrocardiogram", "ECG"),
    _service("skin", "Consulta de dermatología | Consulta de dermatologia | Dermatology consult",
             en="skin doctor", kind="consult"),
    _service("gyn", "Consulta de ginecología | Consulta de ginecologia | Gynecology consult",
             kind="consult"),
    _service("general", "Medicina general | Clínica geral | General medicine",
             "médico general|consulta general", "clínico geral", "GP", kind="consult"),
)  # fmt: skip
