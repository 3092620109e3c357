"""`motcua account …` and `motcua token …`: who may sign in, and what programs may do, from the server itself."""

from collections.abc import Iterable
from datetime import timedelta
from enum import StrEnum
from typing import Annotated, TypeVar

import typer

from services.access.passwords import invent_password
from services.access.roles import Permit, Role
from services.cli import app
from services.cli.here import open_database
from services.cli.output import stop, write_json
from services.clock import now
from services.dossier.errors import Refused
from services.storage.accounts import (
    add_account,
    begin_second_factor,
    disable_account,
    find_account,
    list_accounts,
    set_email,
    set_password,
)
from services.storage.database import Connection
from services.storage.sessions import add_token, list_tokens, revoke_token
from services.storage.units import list_units
from services.wording import Language, Sentence, sentence

account_app = typer.Typer(no_args_is_help=True, help="Accounts / Tài khoản.", epilog="Example: motcua account list")
token_app = typer.Typer(no_args_is_help=True, help="API tokens / Mã truy cập.", epilog="Example: motcua token list")
app.add_typer(account_app, name="account")
app.add_typer(token_app, name="token")

JsonFile = Annotated[str, typer.Option("--json", help="Write JSON to this file; - for standard output.")]
Word = TypeVar("Word", bound=StrEnum)
ACTOR = "motcua account"


@account_app.command("add", epilog="Example: motcua account add nong.thi.hoa --role one_stop --unit 06463")
def add(
    name: str,
    *,
    role: Annotated[list[str] | None, typer.Option(help=f"One of {', '.join(Role)}; repeat it.")] = None,
    unit: Annotated[list[str] | None, typer.Option(help="Unit, with all below it; repeat it.")] = None,
    display: Annotated[str, typer.Option(help="How people call him or her.")] = "",
    email: Annotated[str, typer.Option(help="Where to tell of what runs late.")] = "",
) -> None:
    """A new account; its first password is shown once / Tạo tài khoản."""
    password = invent_password()
    try:
        roles, units = _words(Role, role or []), unit or []
        if not roles or not units:
            raise Refused(sentence("access.role_and_unit", roles=", ".join(Role)))
        with open_database() as connection:
            _check_units(connection, units)
            add_account(connection, name, password, roles, units, display=display, email=email, at=now())
    except Refused as error:
        stop(error)
    _say(sentence("access.account_made", name=name, password=password))


@account_app.command("list", epilog="Example: motcua account list")
def list_all(*, json_file: JsonFile = "") -> None:
    """Everybody who may sign in / Danh sách tài khoản."""
    with open_database() as connection:
        accounts = list_accounts(connection)
    write_json(
        json_file,
        [
            {"name": one.name, "roles": one.roles, "units": one.units, "second_factor": one.second_factor,
             "disabled": one.disabled_at is not None}
            for one in accounts
        ],
    )  # fmt: skip
    if json_file != "-":
        for one in accounts:
            state = "✗" if one.disabled_at else "✓"
            typer.echo(f"{state} {one.name:24} {','.join(one.roles):24} {','.join(one.units)}")


@account_app.command("reset", epilog="Example: motcua account reset nong.thi.hoa")
def reset(name: str) -> None:
    """A first password again, and no second factor / Đặt lại mật khẩu và mã xác thực."""
    password = invent_password()
    with open_database() as connection:
        if find_account(connection, name) is None:
            stop(Refused(sentence("access.unknown_account", name=name)))
        set_password(connection, name, password, now(), must_change=True)
        begin_second_factor(connection, name, None)
    _say(sentence("access.account_made", name=name, password=password))


@account_app.command("disable", epilog="Example: motcua account disable nong.thi.hoa")
def disable(name: str) -> None:
    """Shut an account and end its sessions / Khóa tài khoản."""
    with open_database() as connection:
        if not disable_account(connection, name, now()):
            stop(Refused(sentence("access.unknown_account", name=name)))
    _say(sentence("access.account_changed", name=name))


@account_app.command("email", epilog="Example: motcua account email nong.thi.hoa hoa@example.gov.vn")
def email(
    name: str, address: Annotated[str, typer.Argument(help="Where to tell of what runs late; '' for nowhere.")]
) -> None:
    """Where an account is told of what runs late / Địa chỉ thư của tài khoản."""
    try:
        with open_database() as connection:
            known = set_email(connection, name, address)
    except Refused as error:
        stop(error)
    if not known:
        stop(Refused(sentence("access.unknown_account", name=name)))
    _say(sentence("access.account_changed", name=name))


@token_app.command("add", epilog="Example: motcua token add prometheus --permit metrics --days 90")
def add_one(
    name: str,
    *,
    permit: Annotated[list[str], typer.Option(help=f"One of {', '.join(Permit)}; repeat it.")],
    unit: Annotated[list[str] | None, typer.Option(help="Unit, with all below it; none: the whole province.")] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="Days until it runs out.")] = 90,
) -> None:
    """A new token, shown once / Tạo mã truy cập."""
    try:
        with open_database() as connection:
            _check_units(connection, unit or [])
            at = now()
            token = add_token(
                connection, name, _words(Permit, permit), unit or [], by=ACTOR, at=at,
                expires_at=at + timedelta(days=days),
            )  # fmt: skip
    except Refused as error:
        stop(error)
    typer.echo(token)


@token_app.command("list", epilog="Example: motcua token list")
def list_every(*, json_file: JsonFile = "") -> None:
    """Tokens, never their secrets / Danh sách mã truy cập."""
    with open_database() as connection:
        tokens = list_tokens(connection)
    write_json(
        json_file,
        [
            {"id": one.id, "name": one.name, "permits": one.permits, "units": one.units,
             "expires_at": one.expires_at.isoformat(), "revoked": one.revoked_at is not None}
            for one in tokens
        ],
    )  # fmt: skip
    if json_file != "-":
        for one in tokens:
            state = "✗" if one.revoked_at else "✓"
            typer.echo(f"{state} {one.id}  {one.expires_at:%d/%m/%Y}  {one.name:20} {','.join(one.permits)}")


@token_app.command("revoke", epilog="Example: motcua token revoke 1f2e3d4c5b6a")
def revoke(token_id: str) -> None:
    """Shut a token / Thu hồi mã truy cập."""
    with open_database() as connection:
        if not revoke_token(connection, token_id, now()):
            stop(Refused(sentence("access.no_token")))


def _words(kind: type[Word], words: Iterable[str]) -> list[Word]:
    for word in words:
        if word not in set(kind):
            raise Refused(sentence("access.unknown_word", word=word, known=", ".join(kind)))
    return [kind(word) for word in words]


def _check_units(connection: Connection, units: Iterable[str]) -> None:
    known = {unit.id for unit in list_units(connection)}
    for unit in units:
        if unit not in known:
            raise Refused(sentence("deadline.unknown_unit", unit=unit))


def _say(said: Sentence) -> None:
    for language in Language:
        typer.echo(said.say(language))
