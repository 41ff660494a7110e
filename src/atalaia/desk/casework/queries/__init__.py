"""Everything that can be asked about cases; answers are frozen values."""

from atalaia.desk.casework.queries.acceptance import Acceptance, acceptance
from atalaia.desk.casework.queries.alerts import (
    AlertPage,
    AlertRow,
    alerts,
    alerts_of,
    one_alert,
)
from atalaia.desk.casework.queries.alike import Cluster, clusters, like_cases
from atalaia.desk.casework.queries.by_creator import open_cases_of
from atalaia.desk.casework.queries.changed import (
    Change,
    Touched,
    changes_since,
    seen_among,
    touched,
)
from atalaia.desk.casework.queries.diffs import (
    DiffCandidate,
    DiffCandidates,
    diff_candidates,
)
from atalaia.desk.casework.queries.filters import FILTERS, CaseFilters, filters_of
from atalaia.desk.casework.queries.heaps import OF_THE_RULE, HeapName
from atalaia.desk.casework.queries.listing import (
    CasePage,
    Sort,
    case_count,
    case_with_key,
    cases,
)
from atalaia.desk.casework.queries.named import NamedCase, cases_named
from atalaia.desk.casework.queries.one import (
    Answered,
    CaseDetail,
    Linked,
    Moved,
    Newer,
    Said,
    Stood,
    one_case,
)
from atalaia.desk.casework.queries.owed import (
    Ageing,
    Chase,
    Heap,
    ageing_by_owner,
    chase_list,
    due_ahead,
    owed,
    waits_with,
)
from atalaia.desk.casework.queries.rows import CaseRow
from atalaia.desk.casework.queries.skills import (
    SkillRow,
    Suggestion,
    skills,
    suggested_owners,
)
from atalaia.desk.casework.queries.sop_versions import (
    Rival,
    SopRow,
    one_procedure,
    procedures,
    rivals_of,
    versions_beside,
)

__all__ = [
    "FILTERS",
    "OF_THE_RULE",
    "Acceptance",
    "Ageing",
    "AlertPage",
    "AlertRow",
    "Answered",
    "CaseDetail",
    "CaseFilters",
    "CasePage",
    "CaseRow",
    "Change",
    "Chase",
    "Cluster",
    "DiffCandidate",
    "DiffCandidates",
    "Heap",
    "HeapName",
    "Linked",
    "Moved",
    "NamedCase",
    "Newer",
    "Rival",
    "Said",
    "SkillRow",
    "SopRow",
    "Sort",
    "Stood",
    "Suggestion",
    "Touched",
    "acceptance",
    "ageing_by_owner",
    "alerts",
    "alerts_of",
    "case_count",
    "case_with_key",
    "cases",
    "cases_named",
    "changes_since",
    "chase_list",
    "clusters",
    "diff_candidates",
    "due_ahead",
    "filters_of",
    "like_cases",
    "one_alert",
    "one_case",
    "one_procedure",
    "open_cases_of",
    "owed",
    "procedures",
    "rivals_of",
    "seen_among",
    "skills",
    "suggested_owners",
    "touched",
    "versions_beside",
    "waits_with",
]
