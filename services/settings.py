"""The only reader of the environment: every setting, its default and what it means.

Each is set by an environment variable `MOTCUA_<NAME>`; `deploy/settings.env.example` lists them all (held by a test).
"""

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict

MEBIBYTE = 1024 * 1024


class Settings(BaseSettings):
    """All settings of every process; one object, read once."""

    model_config = SettingsConfigDict(env_prefix="MOTCUA_", frozen=True)

    # where things are
    database_url: str = Field(default="postgresql://motcua@127.0.0.1:5432/motcua", description="PostgreSQL, the truth")
    broker_url: str = Field(
        default="amqp://guest:guest@127.0.0.1:5672//", description="RabbitMQ (amqp://) or Valkey (redis://)"
    )
    store_url: str = Field(
        default="file:///var/lib/motcua/objects",
        description="file:///folder, or s3://host:port/bucket (s3+tls:// for TLS)",
    )
    store_access_key: str = Field(default="", description="access key of the S3 store")
    store_secret_key: SecretStr = Field(default=SecretStr(""), description="secret key of the S3 store")
    data_folder: Path = Field(default=Path("data"), description="where the embedded stack keeps its data")
    eval_data: Path | None = Field(
        default=None, description="folder of evaluation inputs; tests and benchmarks skip without it"
    )

    # the agency
    agency_code: str = Field(
        default="H37.00",
        description="code of the receiving agency, heads every dossier's code (QD 20/2020/QD-TTg); H37.00 stands in "
        "until the province gives its own",
    )
    unit: str = Field(default="tinh", description="receiving unit of a dossier that names none")
    close_unanswered: bool = Field(
        default=True, description="whether a dossier is stopped when nobody answered within the procedure's days"
    )
    dossier_code_format: str = Field(
        default="{agency}-{day:%y%m%d}-{number:04d}", description="format of a dossier's code"
    )

    # intake limits
    max_files: int = Field(default=50, description="files in one dossier")
    max_file_mb: int = Field(default=200, description="size of one file, MiB")
    upload_hours: float = Field(default=24, description="hours a file that is sent in pieces is waited for")
    upload_room_gb: int = Field(default=20, description="GiB that files not yet handed in may take in the store")
    max_pages: int = Field(default=1000, description="pages of one file")
    max_pixels: int = Field(default=100_000_000, description="pixels of one page image")
    pages_per_run: int = Field(default=8, description="pages one OCR stage run reads")

    # reading
    ocr_engine: str = Field(
        default="trueocr",
        description="reading engine: trueocr (falls back to pytesseract where it cannot start), tesserocr or "
        "pytesseract",
    )
    tessdata: str = Field(default="", description="folder of Tesseract models; empty: Tesseract's own")
    name_pass: bool = Field(
        default=True, description="whether Tesseract reads doubtful names a second time (accents only) behind trueocr"
    )
    page_seconds: float = Field(
        default=60.0, description="seconds one page may take before it is given up as unreadable"
    )

    # the national portal
    national_url: str = Field(default="", description="where the national portal takes dossiers; empty: not told")
    national_token: SecretStr = Field(default=SecretStr(""), description="bearer token of the national portal")

    # messages to people and systems
    public_url: str = Field(
        default="", description="address of the portal as citizens reach it; messages link to it. Empty: no link"
    )
    smtp_host: str = Field(default="", description="mail server; empty: no mail is sent")
    smtp_port: int = Field(default=587, description="its port")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        default="starttls", description="starttls, tls from the first byte, or none (for a server on this host only)"
    )
    smtp_ca: str = Field(default="", description="file of the authority that signed the server's certificate; empty: "
                         "the system's")  # fmt: skip
    smtp_user: str = Field(default="", description="account on it; empty: none")
    smtp_password: SecretStr = Field(default=SecretStr(""), description="that account's password")
    smtp_sender: str = Field(default="", description="address that mail comes from")
    sms_url: str = Field(
        default="", description="gateway that takes text messages (docs/api.md, Text messages); empty: none are sent"
    )
    sms_token: SecretStr = Field(default=SecretStr(""), description="bearer token of the gateway")
    webhook_hosts: str = Field(
        default="",
        description="hosts and networks inside that webhooks may reach, by http too: hub.example, 10.1.0.0/16",
    )
    webhook_ca: str = Field(
        default="", description="file of an authority that signed subscribers' certificates; empty: the system's"
    )
    webhook_failures: int = Field(default=20, ge=1, description="failures in a row after which a webhook is shut")
    notify_attempts: int = Field(default=20, ge=1, description="attempts after which a message is given up")
    notify_retry_base_s: float = Field(default=30.0, description="wait before the second attempt; doubles, up to 6 h")
    notify_timeout_s: float = Field(default=10.0, gt=0, description="seconds one delivery may take")
    notify_interval_s: float = Field(default=2.0, gt=0, description="how often the notifier looks by itself")
    message_days: int = Field(default=180, ge=1, description="days that messages are kept after they ended")

    # signing in with an identity provider
    oidc_issuer: str = Field(default="", description="identity provider (OpenID Connect) of the staff; empty: none")
    oidc_client_id: str = Field(default="", description="our name there")
    oidc_client_secret: SecretStr = Field(default=SecretStr(""), description="our secret there; empty: a public client")
    oidc_name: str = Field(default="tài khoản của tỉnh", description="what the button on the sign-in page calls it")
    oidc_scopes: str = Field(default="openid profile email", description="what is asked for")
    oidc_claim: str = Field(
        default="preferred_username",
        description="claim that is an account's name; email: the account of that address, if the provider verified it",
    )
    oidc_trust_mfa: bool = Field(
        default=False, description="whether the phone's code is not asked for where the provider says it asked (amr)"
    )
    oidc_groups_claim: str = Field(default="groups", description="claim that lists groups")
    oidc_roles: str = Field(
        default="", description="roles that groups give, at each sign-in: mot-cua=one_stop, lanh-dao=head; empty: none"
    )
    oidc_ca: str = Field(default="", description="file of the authority of its certificate; empty: the system's")

    # the road
    retry_base_s: float = Field(default=1.0, description="wait before the second attempt; doubles each time")
    relay_interval_s: float = Field(
        default=1.0, description="how often the relay looks for what was not published or was lost"
    )

    # the assistant
    assistant_on: bool = Field(default=True, description="whether the assistant answers at all")
    assistant_rate: int = Field(default=20, description="messages a minute one address may send; 0: no limit")
    assistant_log_days: int = Field(default=180, description="days the log of questions is kept; sums by week stay")
    assistant_ticket_hours: int = Field(default=8, description="working hours an officer has for a question")
    assistant_sure: float = Field(default=0.78, description="confidence from which a procedure is answered")
    assistant_unsure: float = Field(default=0.2, description="confidence below which a question is handed over")
    assistant_llm_url: str = Field(
        default="", description="OpenAI-compatible endpoint (…/v1) that may rephrase answers; empty: off"
    )
    assistant_llm_model: str = Field(default="", description="model of that endpoint")
    assistant_llm_key: SecretStr = Field(default=SecretStr(""), description="key of that endpoint")
    assistant_llm_seconds: float = Field(default=4.0, description="seconds a rephrasing may take before it is given up")

    assistant_facebook_secret: SecretStr = Field(
        default=SecretStr(""), description="app secret that signs Facebook's webhook; empty: off"
    )
    assistant_facebook_verify: SecretStr = Field(
        default=SecretStr(""), description="word that Facebook shows when it confirms the webhook"
    )
    assistant_facebook_token: SecretStr = Field(default=SecretStr(""), description="access token of the page")
    assistant_facebook_url: str = Field(
        default="https://graph.facebook.com/v23.0/me/messages", description="where answers to Facebook are sent"
    )
    assistant_zalo_app: str = Field(default="", description="app id of the Zalo official account")
    assistant_zalo_secret: SecretStr = Field(
        default=SecretStr(""), description="secret that signs Zalo's webhook; empty: off"
    )
    assistant_zalo_token: SecretStr = Field(default=SecretStr(""), description="access token of the official account")
    assistant_zalo_url: str = Field(
        default="https://openapi.zalo.me/v3.0/oa/message/cs", description="where answers to Zalo are sent"
    )

    # the API
    api_host: str = Field(default="127.0.0.1", description="address the API listens on")
    api_port: int = Field(default=8000, description="port the API listens on")
    api_processes: int = Field(default=1, ge=1, description="processes that serve the API, on one port")
    access: Literal["closed", "open"] = Field(
        default="closed",
        description="closed: everybody is who he signs in as; open: whoever reaches 127.0.0.1 may do everything, for "
        "development only",
    )
    second_factor_required: bool = Field(
        default=True, description="whether an account works only after a phone app was confirmed"
    )
    token: SecretStr = Field(
        default=SecretStr(""), description="API token of commands that talk to a server; else the data folder's"
    )
    log_level: str = Field(default="INFO", description="DEBUG, INFO, WARNING or ERROR")


@cache
def get_settings() -> Settings:
    """The settings of this process, read from the environment once."""
    return Settings()
