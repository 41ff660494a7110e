"""Whether the desk lives, and whether it can work."""

from dataclasses import replace

import pytest
from django.db import OperationalError
from django.db.migrations.recorder import MigrationRecorder
from django.test import Client

from atalaia.desk.shell import health
from atalaia.warehouse.place import Place


def test_a_living_process_says_so():
    """The check asks nothing of the records."""
    assert Client().get("/health/live").json() == {"status": "live"}


@pytest.mark.django_db
def test_records_of_this_version_are_ready():
    """With every migration done, the desk can work."""
    assert Client().get("/health/ready").json() == {"status": "ready"}


@pytest.mark.django_db
def test_an_address_that_leads_nowhere_says_what_to_do():
    """A page in the reader's language, with the status that machines read."""
    answer = Client().get("/nowhere", headers={"accept-language": "pt-BR"})

    assert (answer.status_code, answer.headers["Content-Language"]) == (404, "pt")


@pytest.mark.django_db
def test_records_that_lack_a_step_are_not_ready():
    """A new version waits for 'atalaia desk init'."""
    MigrationRecorder.Migration.objects.filter(app="audit").delete()
    answer = Client().get("/health/ready")

    assert (answer.status_code, answer.json()) == (503, {"status": "behind"})


@pytest.mark.django_db
def test_records_that_cannot_be_reached_are_not_ready(monkeypatch):
    """The database's own words are not passed on."""

    def fails() -> None:
        raise OperationalError("password authentication failed for user 'desk'")

    monkeypatch.setattr(health, "done_steps", fails)
    answer = Client().get("/health/ready")

    assert (answer.status_code, answer.json()) == (503, {"status": "unreachable"})


@pytest.mark.django_db
def test_a_data_folder_that_is_gone_is_not_ready(settings, tmp_path):
    """What the desk does could not become facts."""
    place = Place(root=tmp_path)
    settings.INSTALLATION = replace(settings.INSTALLATION, place=place)

    assert Client().get("/health/ready").json() == {"status": "no_folder"}


@pytest.mark.django_db
def test_readiness_costs_two_queries(django_assert_num_queries):
    """A machine asks every few seconds."""
    Client().get("/health/ready")

    with django_assert_num_queries(2):
        Client().get("/health/ready")
