"""The export as a file to hand over: a ZIP with JSON for machines and a page for people."""

import io
import json
import zipfile
from typing import Final

from flask import Flask

from clinic.languages import Language
from clinic.patients import Patient
from clinic.results import ReportStatus
from console import language
from console.needs import Needs
from console.patients.personal_data import Sections, collect

_SUFFIXES: Final = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}
_PAGES: Final = Flask("console").jinja_env
"""The console's templates, for commands too, where no request is answered."""


def archive(needs: Needs, patient: Patient) -> bytes:
    """data.json, data.html in the patient's language, and the files of their reports."""
    sections = collect(needs, patient)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as files:
        files.writestr("data.json", json.dumps(sections, ensure_ascii=False, indent=1))
        files.writestr("data.html", _page(needs, sections, patient.language))
        for report in needs.results.reports(patient.id):
            if report.status is not ReportStatus.ENTERED_IN_ERROR:
                name = f"reports/{report.id}.{_SUFFIXES.get(report.media_type, 'bin')}"
                files.writestr(name, needs.results.content(report.id))
    return packed.getvalue()


def _page(needs: Needs, sections: Sections, spoken: Language) -> str:
    words = language.catalogue()
    return _PAGES.get_template("console/export.html").render(
        sections=sections,
        language=spoken,
        clinic_name=needs.settings.clinic_name,
        at=needs.clock(),
        say=lambda key: words[key][spoken],
    )
