"""Records of another version are refused, those of this one are left alone."""

import pytest
from django.db.migrations.recorder import MigrationRecorder

from atalaia.desk.running.migrating import (
    NewerRecordsError,
    OlderRecordsError,
    migrate,
    require_present,
)
from desk.people import NOW

pytestmark = pytest.mark.django_db
Step = MigrationRecorder.Migration


def test_records_of_this_version_pass():
    """They were just made."""
    require_present()


def test_newer_records_are_refused():
    """By name of the step that this version does not know."""
    Step.objects.create(app="audit", name="9999_of_tomorrow", applied=NOW)

    with pytest.raises(NewerRecordsError, match=r"audit\.9999_of_tomorrow"):
        migrate()


def test_older_records_are_not_served():
    """They are brought up to date by a command, not by whoever asks first."""
    Step.objects.filter(app="audit", name="0002_guard").delete()

    with pytest.raises(OlderRecordsError):
        require_present()
