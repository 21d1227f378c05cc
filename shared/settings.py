"""Everything the product needs from its surroundings, as `RECADO_*` variables, read once at the entry point."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

PREFIX = "RECADO_"

Url = Annotated[str, Field(pattern=r"^(https?://.+)?$")]
Policy = Literal["deny", "flows", "allow"]


UNREAD = frozenset(
    {
        "gateway_url",
        "broker_url",
        "s3_endpoint",
        "s3_bucket",
        "s3_key",
        "s3_secret",
        "telegram_token",
        "telegram_secret_token",
        "telegram_api_url",
    }
)
"""Names that are kept for what is not there yet: they may be set, and change nothing."""


class SettingsError(Exception):
    """One sentence that names every wrong setting and the way out."""


def _words(value: object) -> object:
    return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value


class Settings(BaseModel):
    """The settings of all services; what stands empty has a default that needs nothing installed."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    home: Path = Field(Path(".recado"), description="Data folder: database, secret key, artifacts")
    host: str = Field("127.0.0.1", description="Address to listen on")
    port: int = Field(8501, ge=1, le=65535, description="Port to listen on")
    public_url: Url = Field("", description="Address under which the world reaches this server, for links")
    trusted_proxies: int = Field(0, ge=0, le=10, description="How many reverse proxies stand in front")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="Least level that is logged")
    database_url: str = Field(
        "",
        repr=False,
        pattern=r"^$|^(sqlite|postgresql)(\+psycopg)?://",
        description="Empty: SQLite in the data folder",
    )
    secret_key: SecretStr | None = Field(
        None, min_length=32, description="Signs tokens and encrypts secrets; empty: made in the data folder"
    )
    gateway_url: Url = Field("", description="Where the gateway is, when services run apart")
    interpreter_url: Url = Field("", description="Where the interpreter is, when services run apart")
    executor_url: Url = Field("", description="Where the executor is, when services run apart")
    redis_url: str = Field("", repr=False, description="Redis for Socket.IO and limits across processes")
    broker_url: str = Field("", repr=False, description="Celery broker for tasks on more machines")
    s3_endpoint: Url = Field("", description="S3-compatible store for artifacts")
    s3_bucket: str = Field("", description="Bucket of that store")
    s3_key: SecretStr | None = Field(None, description="Access key of that store")
    s3_secret: SecretStr | None = Field(None, description="Secret of that store")
    whatsapp_token: SecretStr | None = Field(
        None, description="Token of the WhatsApp system user; empty: sends are simulated"
    )
    whatsapp_phone_number_id: str = Field("", description="Id of the WhatsApp number")
    whatsapp_app_secret: SecretStr | None = Field(None, description="App secret that signs deliveries")
    whatsapp_verify_token: SecretStr | None = Field(
        None, description="Word that Meta repeats when the webhook is set up"
    )
    whatsapp_invite_template: str = Field(
        "", description="Approved template that asks people to write when messages wait for them; empty: none"
    )
    whatsapp_invite_languages: Annotated[tuple[str, ...], BeforeValidator(_words)] = Field(
        ("es",), description="Language codes in which it is approved, e.g. es_MX,pt_BR,en_US, separated by commas"
    )
    whatsapp_api_version: str = Field("v26.0", pattern=r"^v\d+\.\d+$", description="Version of the Graph API")
    whatsapp_graph_url: Url = Field("https://graph.facebook.com", description="Where the Graph API is")
    telegram_token: SecretStr | None = Field(None, description="Token of the Telegram bot")
    telegram_secret_token: SecretStr | None = Field(None, description="Word that Telegram sends with each update")
    telegram_api_url: Url = Field("https://api.telegram.org", description="Where the Bot API is")
    llm_base_url: Url = Field("", description="OpenAI-compatible endpoint; empty with a key: OpenAI's own")
    llm_api_key: SecretStr | None = Field(None, description="Empty: the interpreter that needs no model")
    llm_model: str = Field("gpt-4.1-mini", description="Model that plans")
    llm_fallback_model: str = Field("", description="Model asked when the first does not answer")
    llm_embedding_model: str = Field("", description="Model for embeddings")
    llm_transcription_model: str = Field("", description="Model for voice notes; empty: they are not heard")
    erp_url: Url = Field("", description="ERPNext; empty: the demo company")
    erp_api_key: SecretStr | None = Field(None, description="API key of the connection's own ERP user")
    erp_api_secret: SecretStr | None = Field(None, description="API secret of that user")
    erp_db_host: str = Field("", description="MariaDB of the ERP, for reports written in SQL")
    erp_db_port: int = Field(3306, ge=1, le=65535, description="Its port")
    erp_db_name: str = Field("", description="Its database")
    erp_db_user: str = Field("", description="A user that may only SELECT")
    erp_db_password: SecretStr | None = Field(None, description="That user's password")
    erp_db_groups: Annotated[tuple[str, ...], BeforeValidator(_words)] = Field(
        (), description="Groups of contacts that may ask that database, separated by commas; empty: nobody"
    )
    erp_db_tables: Annotated[tuple[str, ...], BeforeValidator(_words)] = Field(
        (), description="Tables they may ask besides the usual ones, e.g. tabPolicy, separated by commas"
    )
    erp_ssh_host: str = Field("", description="SSH server in front of that database")
    erp_ssh_port: int = Field(22, ge=1, le=65535, description="Its port")
    erp_ssh_user: str = Field("", description="User on that server")
    erp_ssh_key_file: str = Field("", description="Private key for it; empty: the keys of the running agent")
    erp_ssh_known_hosts: str = Field("", description="File with the server's host key")
    erp_ssh_carrier: Literal["sshtunnel", "ssh"] = Field(
        "sshtunnel", description="What carries the tunnel: sshtunnel, or ssh for the system's, a little faster"
    )
    google_service_account_file: str = Field("", description="Key of a service account, for Google Sheets")
    google_folder_id: str = Field("", description="Folder of a shared drive where its spreadsheets are made")
    tools_path: Annotated[tuple[str, ...], BeforeValidator(_words)] = Field(
        (), description="Folders with tool files, separated by commas"
    )
    unknown_contacts: Policy = Field("deny", description="What unlinked contacts may do: deny, flows, allow")

    @classmethod
    def from_env(cls, env: Mapping[str, str]) -> Settings:
        """The settings in `env`; raises SettingsError that lists everything wrong, without showing any value."""
        names = {PREFIX + field.upper(): field for field in cls.model_fields}
        unknown = sorted(name for name in env if name.startswith(PREFIX) and name not in names)
        if unknown:
            raise SettingsError(f"{', '.join(unknown)}: no such setting. Remove it; .env.example lists all settings.")
        try:
            return cls.model_validate({field: env[name] for name, field in names.items() if env.get(name, "") != ""})
        except ValidationError as error:
            raise SettingsError(_sentence(error)) from None

    @property
    def database(self) -> str:
        return self.database_url or f"sqlite:///{self.home / 'recado.sqlite3'}"

    @property
    def llm_key(self) -> str:
        """The model's key in clear; "" for none."""
        return self.llm_api_key.get_secret_value() if self.llm_api_key else ""

    @property
    def uses_demo_erp(self) -> bool:
        return not self.erp_url


def _sentence(error: ValidationError) -> str:
    wrong = [f"{PREFIX}{str(one['loc'][0]).upper()} ({one['msg'].lower()})" for one in error.errors()]
    return f"Wrong settings: {'; '.join(wrong)}. Correct them in the environment or .env; .env.example describes each."
