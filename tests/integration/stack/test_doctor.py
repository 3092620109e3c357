"""The doctor on a real machine, with real servers that answer and that do not."""

import json
import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from services import clock
from services.dossier.notices import MessageState, NoticeKind, Way
from services.settings import Settings
from services.stack import doctor_machine, doctor_reading, doctor_servers
from services.stack.diagnosis import State
from services.stack.doctor import examine, examine_servers
from services.stack.ports import free_port
from services.stack.postgres import EmbeddedPostgres
from services.stack.valkey import EmbeddedValkey
from services.storage.database import Connection
from services.storage.messages import NewMessage, Wanted, add_messages, end_message, list_messages
from services.wording import Language, sentence
from tests.builders import rabbitmq, seaweed

pytestmark = pytest.mark.real


def test_a_machine_that_can_run_the_tests_lacks_nothing_needed(tmp_path: Path) -> None:
    found = list(examine(Settings(data_folder=tmp_path)))
    assert [diagnosis.name for diagnosis in found if diagnosis.state is State.MISSING] == []
    assert {"engine pytesseract", "database", "broker", "store", "disk"} <= {diagnosis.name for diagnosis in found}


def test_an_engine_without_its_model_is_missing_when_it_is_the_chosen_one(tmp_path: Path) -> None:
    found = next(doctor_reading.check_engines(Settings(ocr_engine="pytesseract", tessdata=str(tmp_path))))
    assert found.state is State.MISSING
    assert "tesseract-ocr-vie" in found.sentence.say(Language.EN)


def test_an_engine_that_another_stands_in_for_is_named_and_not_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("services.ocr.trueocr_models.PINNED", {"det.onnx": "0" * 64, "rec.onnx": "0" * 64})
    found = {diagnosis.name: diagnosis for diagnosis in doctor_reading.check_engines(Settings(ocr_engine="trueocr"))}
    assert found["engine trueocr"].state is State.OPTIONAL
    assert "pytesseract" in found["engine"].sentence.say(Language.EN)


def test_a_missing_adapted_recogniser_is_told_and_not_needed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor_reading.check_reader().state is State.OK
    monkeypatch.setattr("services.ocr.trueocr_models.ADAPTED", tmp_path / "reader.onnx")
    assert doctor_reading.check_reader().state is State.OPTIONAL
    (tmp_path / "reader.onnx").write_bytes(b"another")
    assert doctor_reading.check_reader().state is State.MISSING


def test_without_tesseract_the_command_ends_with_1_and_says_how_to_get_it(tmp_path: Path) -> None:
    environment = os.environ | {
        "PATH": str(tmp_path), "MOTCUA_DATA_FOLDER": str(tmp_path), "MOTCUA_OCR_ENGINE": "pytesseract",
    }  # fmt: skip
    command = [sys.executable, "-c", "from services.cli import main; main()", "doctor", "--json", "-"]
    printed = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert printed.returncode == 1, printed.stderr
    report = json.loads(printed.stdout)
    assert report["ok"] is False
    missing = [check for check in report["checks"] if check["state"] == "missing"]
    assert [check["name"] for check in missing] == ["engine pytesseract"]
    assert "apt-get install" in missing[0]["text_vi"]


def test_a_data_folder_that_is_not_there_yet_counts_the_room_of_the_nearest_one(tmp_path: Path) -> None:
    assert doctor_machine.check_disk(Settings(data_folder=tmp_path / "not" / "yet")).state is State.OK


def test_a_taken_port_is_told_and_is_no_fault(valkey: EmbeddedValkey) -> None:
    taken = int(valkey.url.split(":")[2].split("/")[0])
    assert doctor_machine.check_port(Settings(api_port=taken)).state is State.OPTIONAL
    assert doctor_machine.check_port(Settings(api_port=free_port())).state is State.OK


def test_servers_that_answer(
    database_url: str,
    rabbit: rabbitmq.RabbitNode,
    valkey: EmbeddedValkey,
    seaweed_s3: seaweed.SeaweedServer,
) -> None:
    settings = Settings(
        database_url=database_url,
        broker_url=rabbit.url,
        store_url=seaweed_s3.url,
        store_access_key=seaweed.ACCESS_KEY,
        store_secret_key=SecretStr(seaweed.SECRET_KEY),
    )
    assert doctor_servers.check_database(settings).state is State.OK
    assert doctor_servers.check_broker(settings).state is State.OK
    assert doctor_servers.check_broker(Settings(broker_url=valkey.url)).state is State.OK
    assert doctor_servers.check_store(settings).state is State.OK


def test_a_store_that_refuses_our_key_is_missing(seaweed_s3: seaweed.SeaweedServer) -> None:
    wrong = Settings(store_url=seaweed_s3.url, store_access_key="motcua-test", store_secret_key=SecretStr("wrong"))
    assert doctor_servers.check_store(wrong).state is State.MISSING


def test_a_database_without_tables_says_to_migrate(postgres: EmbeddedPostgres) -> None:
    found = doctor_servers.check_database(Settings(database_url=postgres.copy_database("template0", "untouched")))
    assert found.state is State.MISSING
    assert "motcua migrate" in found.sentence.say(Language.EN)


def test_messages_that_could_not_be_delivered_are_told(connection: Connection, database_url: str) -> None:
    """Given up, or waiting long past their time; neither keeps the product from working."""
    settings = Settings(database_url=database_url)
    told = {one.name: one for one in examine_servers(settings)}["messages"]
    assert told.state is State.OK
    row = NewMessage(NoticeKind.PROCESSING, Way.WEBHOOK, "webhook:x", {})
    add_messages(connection, [row, row, row], clock.now() - timedelta(hours=2))
    first = list_messages(connection, Wanted(), 9)[0]
    end_message(connection, first.id, MessageState.DEAD, clock.now(), sentence("notice.broke", error="OSError"))
    told = doctor_servers.check_messages(settings)
    assert (told.state, told.sentence.params) == (State.OPTIONAL, {"dead": 1, "late": 2})


@pytest.mark.parametrize("broker", ["amqp://motcua:secret@127.0.0.1:{}//", "redis://:secret@127.0.0.1:{}/0"])
def test_servers_that_do_not_answer_are_missing_and_no_password_is_told(broker: str) -> None:
    nobody = free_port()
    settings = Settings(
        database_url=f"postgresql://motcua:secret@127.0.0.1:{nobody}/motcua",
        broker_url=broker.format(nobody),
        store_url=f"s3://127.0.0.1:{nobody}/motcua",
        store_secret_key=SecretStr("secret"),
    )
    for check in (doctor_servers.check_database, doctor_servers.check_broker, doctor_servers.check_store):
        found = check(settings)
        assert found.state is State.MISSING
        assert all("secret" not in found.sentence.say(language) for language in Language)
