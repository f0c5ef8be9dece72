"""Every setting, from the environment or `.env`. A bad value refuses to start and says which."""

from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import (
    Field,
    HttpUrl,
    SecretStr,
    StringConstraints,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict

from app.model_files import ROOT
from clinic.outreach_rules import Cadence, Escalation

E164 = Annotated[str, StringConstraints(pattern=r"^\+[1-9]\d{6,14}$")]

_DATABASES = ("postgresql://", "postgresql+psycopg://", "postgres://", "sqlite:///")
_REDIS = ("redis://", "rediss://", "unix://")


class BadSettings(Exception):
    """Some settings cannot be used; the text has a line for each, without the values."""


class Settings(BaseSettings):
    """Consulta's settings; each is documented where it stands.

    What is left empty here is filled with what holds by default, except for the secrets
    (`app.secrets`) and the Twilio account (`app.account`).
    """

    model_config = SettingsConfigDict(
        env_file=".env", env_ignore_empty=True, extra="ignore", hide_input_in_errors=True
    )

    consulta_home: Path = Field(
        default=Path("var"), description="Where the data of this instance lives."
    )
    clinic_name: str = Field(
        default="Clínica Aurora", min_length=1, description="How the clinic calls itself."
    )
    host: str = Field(
        default="127.0.0.1",
        description="The address that the web server listens on; 0.0.0.0 for all.",
    )
    port: int = Field(default=8000, ge=1, le=65535, description="The web server's port.")
    engine_port: int = Field(
        default=5005, ge=1, le=65535, description="The engine's port, loopback."
    )
    actions_port: int = Field(
        default=5055, ge=1, le=65535, description="The actions' port, loopback."
    )
    public_base_url: str = Field(
        default="", description="What Twilio calls us by, without a slash at the end."
    )
    database_url: str = Field(
        default="", description="PostgreSQL; without it SQLite in CONSULTA_HOME."
    )
    redis_url: str = Field(
        default="", description="Redis for locks, jobs and limits when grown up."
    )
    engine_url: str = Field(
        default="", description="The engine's address; ours on ENGINE_PORT by default."
    )
    engine_token: SecretStr = Field(
        default=SecretStr(""),
        description="What the engine asks for; made in CONSULTA_HOME by default.",
    )
    engine_timeout: float = Field(
        default=12.0, gt=0, le=120, description="Seconds that a turn may take in the engine."
    )
    actions_url: str = Field(
        default="", description="The actions' address; ours on ACTIONS_PORT by default."
    )
    twilio_account_sid: str = Field(
        default="",
        pattern=r"^(AC[0-9a-fA-F]{32})?$",
        description="Without it the simulator plays Twilio.",
    )
    twilio_auth_token: SecretStr = Field(
        default=SecretStr(""), description="The account's primary token."
    )
    twilio_api_base_url: str = Field(
        default="", description="A test double of Twilio on the loopback."
    )
    twilio_sms_from: E164 = Field(default="+525550000100", description="The number that texts.")
    twilio_whatsapp_from: E164 = Field(default="+525550000100", description="The WhatsApp sender.")
    twilio_voice_from: E164 = Field(default="+525550000100", description="The number that calls.")
    twilio_messaging_service_sid: str = Field(
        default="",
        pattern=r"^(MG[0-9a-fA-F]{32})?$",
        description="Sends instead of a number, if set.",
    )
    sender_rates: str = Field(
        default="",
        description="What may go out a second where Twilio has agreed to other rates than usual, "
        "by channel: sms (segments), whatsapp, voice (calls), such as sms=10,voice=2.",
    )
    secret_key: SecretStr = Field(
        default=SecretStr(""), description="Signs sessions; made in CONSULTA_HOME by default."
    )
    second_factor: Literal["optional", "required"] = Field(
        default="optional",
        description="Whether everybody in the console must sign in with a second factor: "
        "`optional` or `required`.",
    )
    in_process_jobs: bool = Field(
        default=True,
        description="Whether the web process also works; no where `consulta worker` runs.",
    )
    staff_silent_minutes: int = Field(
        default=10,
        gt=0,
        le=24 * 60,
        description="Minutes of opening hours after which somebody who waits for a person stands "
        "out in the console's queue, and is told once that they are not forgotten.",
    )
    sweep_seconds: float = Field(
        default=3.0,
        gt=0,
        le=60,
        description="Seconds between two looks for what was left unfinished.",
    )
    results_link_hours: int = Field(
        default=72,
        ge=1,
        le=24 * 30,
        description="How many hours a patient's link to their results opens.",
    )
    outreach: bool = Field(
        default=True,
        description="Whether workers write of their own accord: reminders, offers, follow-ups.",
    )
    reminder_hours: str = Field(
        default="72,24,2",
        description="How many hours before a visit the patient is reminded; confirmed ones at the "
        "last alone, or with `all` after the hours at every one. `off`: never.",
    )
    escalation: str = Field(
        default="sms 4, voice 4",
        description="How an unanswered reminder goes on: the channel and the hours before it. "
        "`sms 4`: no calls. `off`: not at all.",
    )
    reminders_per_look: int = Field(
        default=100,
        ge=1,
        description="So many reminders a worker begins at one look, every 15 seconds: what became "
        "due in an outage goes out little by little.",
    )

    message_prices: str = Field(
        default="",
        description="A CSV like integrations/twilio/prices.csv with what messages cost the clinic.",
    )

    follow_ups: str = Field(
        default="feedback,no_show,recall,nudge",
        pattern=r"^(none|(feedback|no_show|recall|nudge)(,(feedback|no_show|recall|nudge))*)$",
        description="What is followed up: how a visit was, a missed visit, a visit due again, what "
        "was left half-way; or none.",
    )
    feedback_hours: int = Field(
        default=3, ge=1, le=48, description="Hours after a visit at which the patient is asked."
    )
    recalls_a_day: int = Field(
        default=50, ge=1, description="How many patients a day are told that a visit is due again."
    )

    training_data: Path = Field(
        default=Path(),
        description="The folder with domain.yml and data/ that trainers write to.",
    )
    models_folder: Path = Field(
        default=Path("models"),
        description="Where the models are kept, in CONSULTA_HOME; every engine must see it there.",
    )
    engine_python: Path = Field(
        default=Path(".venv-engine/bin/python"),
        description="The engine's Python, which trains too; beside the software.",
    )
    engine_urls: str = Field(
        default="",
        description="Every engine's address, with commas, where there are several behind "
        "ENGINE_URL: each is told of a new model.",
    )
    evaluation_set: Path = Field(
        default=Path("tests/understanding_intents/heldout.yml"),
        description="Messages with their meaning that never train: models are measured on them.",
    )
    conversation_tests: Path = Field(
        default=Path("tests/conversations"),
        description="The folder with the conversations (test_*.yml) that a new model must pass.",
    )
    training_floors: Path = Field(
        default=Path("benchmarks/intents_floors.json"),
        description="Figures under which no model is published.",
    )

    @field_validator("public_base_url", "engine_url", "actions_url", "twilio_api_base_url")
    @classmethod
    def _is_web_address(cls, value: str) -> str:
        if value:
            HttpUrl(value)
        return value.rstrip("/")

    @field_validator("engine_urls")
    @classmethod
    def _are_web_addresses(cls, value: str) -> str:
        return ",".join(
            cls._is_web_address(each.strip()) for each in value.split(",") if each.strip()
        )

    @field_validator("sender_rates")
    @classmethod
    def _is_rates(cls, value: str) -> str:
        # Its package brings the SDK along, which a command that only helps does not need.
        from integrations.twilio.rates import parse_rates  # noqa: PLC0415

        parse_rates(value)
        return value

    @field_validator("database_url")
    @classmethod
    def _is_database(cls, value: str) -> str:
        if value and not value.startswith(_DATABASES):
            raise ValueError("must be a postgresql:// or sqlite:/// address")
        return value

    @field_validator("message_prices")
    @classmethod
    def _is_price_list(cls, value: str) -> str:
        if value:
            from integrations.twilio.prices import read_prices  # noqa: PLC0415

            try:
                read_prices(Path(value))
            except OSError:
                raise ValueError("cannot be read") from None
        return value

    @field_validator("redis_url")
    @classmethod
    def _is_redis(cls, value: str) -> str:
        if value and not value.startswith(_REDIS):
            raise ValueError("must be a redis://, rediss:// or unix:// address")
        return value

    @field_validator("reminder_hours")
    @classmethod
    def _is_cadence(cls, value: str) -> str:
        Cadence.parse(value)
        return value

    @field_validator("escalation")
    @classmethod
    def _is_escalation(cls, value: str) -> str:
        Escalation.parse(value)
        return value

    @model_validator(mode="after")
    def _fit_together(self) -> Self:
        if self.twilio_account_sid and not self.twilio_auth_token.get_secret_value():
            raise ValueError("TWILIO_AUTH_TOKEN is needed with TWILIO_ACCOUNT_SID")
        ports = {self.port, self.engine_port, self.actions_port}
        if len(ports) != 3:
            raise ValueError("PORT, ENGINE_PORT and ACTIONS_PORT must differ")
        return self

    @model_validator(mode="after")
    def _fill_in(self) -> Self:
        self.consulta_home = self.consulta_home.expanduser().absolute()
        self.database_url = self.database_url or f"sqlite:///{self.consulta_home}/consulta.db"
        self.engine_url = self.engine_url or f"http://127.0.0.1:{self.engine_port}"
        self.actions_url = self.actions_url or f"http://127.0.0.1:{self.actions_port}"
        self.engine_urls = self.engine_urls or self.engine_url
        self.public_base_url = self.public_base_url or self.local_url
        self.models_folder = self.consulta_home / self.models_folder
        for name in ("engine_python", "evaluation_set", "conversation_tests", "training_floors"):
            setattr(self, name, ROOT / getattr(self, name))
        return self

    @property
    def local_url(self) -> str:
        """The web server as this machine reaches it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def simulated(self) -> bool:
        """Whether the simulator plays Twilio."""
        return not self.twilio_account_sid


def load_settings() -> Settings:
    """The settings of this process. Raises BadSettings, with a line for each that is bad."""
    try:
        return Settings()
    except ValidationError as error:
        raise BadSettings("\n".join(_lines(error))) from None


def _lines(error: ValidationError) -> list[str]:
    lines = []
    for problem in error.errors(include_input=False, include_url=False):
        name = str(problem["loc"][0]).upper() if problem["loc"] else ""
        text = problem["msg"].removeprefix("Value error, ")
        lines.append(f"{name}: {text}" if name else text)
    return lines
