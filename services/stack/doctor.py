"""What this machine has and lacks: every check gives a sentence that says what to do."""

from collections.abc import Iterator

from services.settings import Settings
from services.stack import doctor_machine, doctor_reading, doctor_servers
from services.stack.diagnosis import Diagnosis, State, well


def examine_machine(settings: Settings) -> Iterator[Diagnosis]:
    """Everything the product needs on this machine, the most needed first."""
    yield doctor_machine.check_python()
    yield doctor_machine.check_packages()
    yield from doctor_reading.check_engines(settings)
    yield doctor_machine.check_disk(settings)
    yield doctor_machine.check_port(settings)
    yield doctor_reading.check_reader()
    yield doctor_reading.check_libreoffice()
    yield doctor_reading.check_fonts()


def examine_servers(settings: Settings) -> Iterator[Diagnosis]:
    """Database and the messages in it, broker and store, as the settings name them."""
    yield from examine_database(settings)
    yield doctor_servers.check_broker(settings)
    yield doctor_servers.check_store(settings)


def examine_database(settings: Settings) -> Iterator[Diagnosis]:
    """The database; where it answers, what could not be delivered from it."""
    found = doctor_servers.check_database(settings)
    yield found
    if found.state is State.OK:
        yield doctor_servers.check_messages(settings)


def examine(settings: Settings) -> Iterator[Diagnosis]:
    """The machine, and then each server: the configured one, or the bundled one where none is configured."""
    yield from examine_machine(settings)
    given = settings.model_fields_set
    if "database_url" in given:
        yield from examine_database(settings)
    else:
        yield doctor_machine.check_postgres()
    yield doctor_servers.check_broker(settings) if "broker_url" in given else doctor_machine.check_valkey()
    if "store_url" in given:
        yield doctor_servers.check_store(settings)
    else:
        yield well("store", "embedded", setting="MOTCUA_STORE_URL")


def count_missing(found: list[Diagnosis]) -> int:
    """How many required things are not there."""
    return sum(diagnosis.state is State.MISSING for diagnosis in found)
