"""Addresses of cases and their procedures."""

from django.urls import path

from atalaia.desk.casework import (
    exports,
    pages,
    pages_alerts,
    pages_bulk,
    pages_case,
    pages_intake,
    pages_live,
    pages_procedure_edit,
    pages_procedures,
)
from atalaia.desk.casework.replies import pages as replies
from atalaia.desk.casework.restore import export_pages as restore_files
from atalaia.desk.casework.restore import pages as restore

app_name = "casework"

urlpatterns = [
    path("events", pages_live.events, name="events"),
    path("cases/", pages.listed, name="list"),
    path("cases/ageing/", pages.ageing, name="ageing"),
    path("cases/bulk/", pages_bulk.bulk, name="bulk"),
    path("cases/alerts/", pages_alerts.listed, name="alerts"),
    path("cases/alerts/import/", pages_alerts.from_file, name="alert_import"),
    path(
        "cases/alerts/<str:key>/open-case/",
        pages_alerts.open_case,
        name="alert_open_case",
    ),
    path("cases/alerts/<str:key>/dismiss/", pages_alerts.dismiss, name="alert_dismiss"),
    path(
        "cases/alerts/<str:key>/bring-back/",
        pages_alerts.bring_back,
        name="alert_bring_back",
    ),
    path("cases/new/", pages_intake.new, name="new"),
    path("cases/import/", pages_intake.from_file, name="import"),
    path("cases/import/cases.csv", pages_intake.template_file, name="import_template"),
    path("cases/export.<str:kind>", exports.export, name="export"),
    path("reference/sops/", pages_procedures.listed, name="procedures"),
    path("reference/sops/new/", pages_procedure_edit.new, name="procedure_new"),
    path("reference/sops/<str:key>/", pages_procedures.procedure, name="procedure"),
    path(
        "reference/sops/<str:key>/compare/",
        pages_procedures.compare,
        name="procedure_compare",
    ),
    path(
        "reference/sops/<str:key>/draft/",
        pages_procedure_edit.draft,
        name="procedure_draft",
    ),
    path(
        "reference/sops/<str:key>/edit/",
        pages_procedure_edit.edit,
        name="procedure_edit",
    ),
    path(
        "reference/sops/<str:key>/in-force/",
        pages_procedure_edit.in_force,
        name="procedure_in_force",
    ),
    path(
        "reference/sops/<str:key>/drop/",
        pages_procedure_edit.drop,
        name="procedure_drop",
    ),
    path("cases/<str:key>/", pages_case.case, name="case"),
    path("cases/<str:key>/reply/", replies.reply, name="reply"),
    path("cases/<str:key>/reply/sent/", replies.sent, name="reply_sent"),
    path("cases/<str:key>/restore/", restore.restore, name="restore"),
    path("cases/<str:key>/restore/ask/", restore.ask, name="restore_ask"),
    path("cases/<str:key>/restore/results/", restore.results, name="restore_results"),
    path("cases/<str:key>/restore/drop/", restore.drop, name="restore_drop"),
    path(
        "cases/<str:key>/restore/decisions.<str:kind>",
        restore_files.decisions,
        name="restore_export",
    ),
    path("cases/<str:key>/beside/", pages.beside, name="beside"),
    path("cases/<str:key>/row/", pages.row, name="row"),
    path("cases/<str:key>/do/<str:deed>/", pages_case.do, name="do"),
]
