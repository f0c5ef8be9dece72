"""The start page's words."""

from collections.abc import Mapping
from typing import Final

WORDS: Final[Mapping[str, Mapping[str, str]]] = {
    "es": {
        "lead": "Los pacientes confirman, cancelan, cambian y piden citas por SMS, WhatsApp o "
        "teléfono; aquí se atiende, se prueba y se vigila.",
        "console": "Consola del personal",
        "console_text": "Conversaciones, agenda y pacientes. Pide usuario y contraseña.",
        "simulator": "Simulador",
        "simulator_text": "Un teléfono en el navegador para escribir o llamar como paciente, sin "
        "cuenta de Twilio.",
        "metrics": "Métricas",
        "metrics_text": "Cifras para Prometheus, sin datos personales.",
        "state": "Estado",
        "database": "Base de datos",
        "engine": "Motor de diálogo",
        "actions": "Acciones",
        "well": "Funciona",
        "unwell": "No responde",
        "language": "Idioma",
    },
    "pt": {
        "lead": "Os pacientes confirmam, cancelam, remarcam e marcam consultas por SMS, WhatsApp "
        "ou telefone; aqui se atende, se experimenta e se acompanha.",
        "console": "Console da equipe",
        "console_text": "Conversas, agenda e pacientes. Pede usuário e senha.",
        "simulator": "Simulador",
        "simulator_text": "Um telefone no navegador para escrever ou ligar como paciente, sem "
        "conta da Twilio.",
        "metrics": "Métricas",
        "metrics_text": "Números para o Prometheus, sem dados pessoais.",
        "state": "Estado",
        "database": "Banco de dados",
        "engine": "Motor de diálogo",
        "actions": "Ações",
        "well": "Funcionando",
        "unwell": "Não responde",
        "language": "Idioma",
    },
    "en": {
        "lead": "Patients confirm, cancel, reschedule and book visits by SMS, WhatsApp or a phone "
        "call; here is where to answer, to try and to keep watch.",
        "console": "Staff console",
        "console_text": "Conversations, agenda and patients. Asks for a name and a password.",
        "simulator": "Simulator",
        "simulator_text": "A phone in the browser, to text or call as a patient without a Twilio "
        "account.",
        "metrics": "Metrics",
        "metrics_text": "Figures for Prometheus, without personal data.",
        "state": "State",
        "database": "Database",
        "engine": "Dialogue engine",
        "actions": "Actions",
        "well": "Running",
        "unwell": "Not answering",
        "language": "Language",
    },
}
