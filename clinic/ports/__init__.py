"""What the clinic's rules ask of the outside: every adapter passes the same contract suite."""

from clinic.ports.catalogue import Catalogue, Prices
from clinic.ports.editing import CatalogueEditor
from clinic.ports.outreach import Campaigns, Feedbacks, OutreachRules, Recalls
from clinic.ports.patients import Patients
from clinic.ports.results import Results
from clinic.ports.schedule import Schedule
from clinic.ports.waitlist import Waitlist

__all__ = [
    "Campaigns",
    "Catalogue",
    "CatalogueEditor",
    "Feedbacks",
    "OutreachRules",
    "Patients",
    "Prices",
    "Recalls",
    "Results",
    "Schedule",
    "Waitlist",
]
