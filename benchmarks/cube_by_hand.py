"""The cube's numbers in SQL as an analyst would write it for DuckDB, one query a fact.

`{name}` stands for the scan of a fact table, `$as_of` for the instant of knowledge.
"""

from collections.abc import Mapping

__all__ = ["BY_HAND"]

_DECISIONS = """
decision AS (
  SELECT decision_id, session_id, creator_id, market, business_date, outcome,
    decided_at, detection,
    CASE WHEN starts_with(policy_id, 'tns.') THEN 'tns'
         WHEN starts_with(policy_id, 'eco.') THEN 'ecosystem'
         ELSE 'unknown' END AS domain,
    coalesce(nullif(regexp_extract(policy_id, '^[^.]+\\.[^.]+'), ''), policy_id)
      AS policy_l1,
    coalesce(nullif(severity, ''), 'unknown') AS severity,
    coalesce(nullif(actor, ''), 'unknown') AS actor,
    coalesce(nullif(automated_decision, ''), 'unknown') AS automated
  FROM {moderation_decision}
  WHERE coalesce(superseded_by, '') = ''
)"""

_PENALTIES = f"""{_DECISIONS},
penalty AS (
  SELECT p.penalty_id, p.decision_id, p.session_id, p.creator_id, p.market, p.code,
    p.business_date, p.subject, p.policy_id, p.status, p.started_at, p.planned_end_at,
    p.ended_at,
    coalesce(p.appealable, false) AS appealable,
    coalesce(d.domain, 'unknown') AS domain,
    coalesce(d.policy_l1, 'unknown') AS policy_l1,
    coalesce(d.severity, 'unknown') AS severity,
    coalesce(d.actor, 'unknown') AS actor,
    coalesce(d.automated, 'unknown') AS automated
  FROM {{penalty}} p LEFT JOIN decision d USING (decision_id)
  WHERE p.status <> 'void_technical'
)"""

_SESSIONS = """
session AS (
  SELECT session_id, market, business_date,
    coalesce(nullif(language, ''), 'unknown') AS language,
    coalesce(nullif(category, ''), 'unknown') AS category,
    coalesce(cast(round(duration_s) AS BIGINT),
      cast(floor(epoch(coalesce(ended_at, heard_at))) AS BIGINT)
      - cast(floor(epoch(started_at)) AS BIGINT)) AS live_s
  FROM (SELECT *, CASE WHEN epoch($as_of) - epoch(started_at) <= 48 * 3600
    THEN ingested_at END AS heard_at FROM {live_session})
  WHERE NOT coalesce(is_test, false) AND NOT coalesce(is_internal, false)
    AND coalesce(cast(round(duration_s) AS BIGINT),
      cast(floor(epoch(coalesce(ended_at, heard_at))) AS BIGINT)
      - cast(floor(epoch(started_at)) AS BIGINT)) >= 60
)"""

_CHAINED = f"""{_DECISIONS},
penalty AS (
  SELECT decision_id, count(*) AS penalties, max(rank_tns) AS rank_tns,
    max(rank_ecosystem) AS rank_ecosystem
  FROM {{penalty}} LEFT JOIN ladder ON ladder_code = code
  WHERE status <> 'void_technical' GROUP BY decision_id
),
enforced AS (
  SELECT d.*, coalesce(penalties, 0) AS own,
    CASE domain WHEN 'tns' THEN coalesce(rank_tns, 0)
      WHEN 'ecosystem' THEN coalesce(rank_ecosystem, 0) ELSE 0 END AS rank,
    coalesce(session_id, creator_id, decision_id) AS unit
  FROM decision d LEFT JOIN penalty USING (decision_id)
  WHERE outcome NOT IN ('no_action', 'escalate')
),
marked AS (
  SELECT *, cast(coalesce(cast(floor(epoch(decided_at)) AS BIGINT)
      - cast(floor(epoch(lag(decided_at) OVER chain)) AS BIGINT), 601) > 600 AS INTEGER)
    AS starts
  FROM enforced
  WINDOW chain AS (
    PARTITION BY business_date, unit, creator_id, policy_l1
    ORDER BY decided_at, decision_id)
),
chained AS (
  SELECT *, sum(starts) OVER (
    PARTITION BY business_date, unit, creator_id, policy_l1
    ORDER BY decided_at, decision_id ROWS UNBOUNDED PRECEDING) AS chain
  FROM marked
)"""

_WORDS = "market, business_date, domain, policy_l1, severity, actor, automated"

_STEPS = ",\n  ".join(
    f"cast(coalesce(sum({what}) FILTER ({step} IS NOT NULL), 0) AS BIGINT) AS {name}"
    for step in (
        "effective_10s",
        "effective_60s",
        "interactors",
        "new_follows",
        "gifters",
    )
    for what, name in ((step, step), ("entries", f"entries_of_{step}"))
)

BY_HAND: Mapping[str, str] = {
    "valid_sessions": f"""
WITH {_SESSIONS}
SELECT market, business_date, language, category,
  count(*) AS valid_sessions, cast(sum(live_s) AS BIGINT) AS live_seconds
FROM session GROUP BY ALL""",
    "enforced_decisions": f"""
WITH {_CHAINED},
incident AS (
  SELECT *, sum(own) OVER incident AS penalties,
    row_number() OVER (incident ORDER BY rank DESC, decided_at DESC, decision_id DESC)
      AS place
  FROM chained
  WINDOW incident AS (PARTITION BY business_date, unit, creator_id, policy_l1, chain)
)
SELECT {_WORDS},
  count(*) FILTER (place = 1 AND penalties > 0) AS incidents,
  count(*) FILTER (detection IN ('proactive_model', 'proactive_human'))
    AS proactive_decisions,
  count(detection) AS enforced_decisions
FROM incident GROUP BY ALL""",
    "penalised_sessions": f"""
WITH {_PENALTIES}, {_SESSIONS},
penalised AS (
  SELECT session_id, s.market, s.business_date, language, category, domain, policy_l1
  FROM penalty p JOIN session s USING (session_id)
  WHERE subject IN ('session', 'creator', 'account')
    AND coalesce(policy_id, '') <> 'tns.minors.gifter_under18'
)
SELECT CASE WHEN grouping(domain) = 1 THEN 'all'
    WHEN grouping(policy_l1) = 1 THEN 'domain' ELSE 'policy_l1' END AS level,
  market, business_date, language, category,
  CASE WHEN grouping(domain) = 1 THEN '*' ELSE domain END AS domain,
  CASE WHEN grouping(policy_l1) = 1 THEN '*' ELSE policy_l1 END AS policy_l1,
  count(DISTINCT session_id) AS penalised_sessions
FROM penalised
GROUP BY GROUPING SETS (
  (market, business_date, language, category),
  (market, business_date, language, category, domain),
  (market, business_date, language, category, domain, policy_l1))""",
    "penalty_outcomes": f"""
WITH {_PENALTIES},
last AS (
  SELECT penalty_id, CASE WHEN counted THEN result END AS result,
    CASE WHEN counted THEN channel END AS channel, true AS appealed
  FROM (SELECT *, result NOT IN ('withdrawn', 'invalid') AS counted FROM {{appeal}})
  QUALIFY row_number() OVER (PARTITION BY penalty_id
    ORDER BY counted DESC, round DESC, submitted_at DESC, appeal_id DESC) = 1
),
outcome AS (
  SELECT p.*, result, appealed, coalesce(nullif(channel, ''), 'unknown') AS channel,
    CASE WHEN stops_live AND status = 'reversed' THEN
      cast(floor(epoch(ended_at)) AS BIGINT) - cast(floor(epoch(started_at)) AS BIGINT)
    END AS served,
    cast(floor(epoch(planned_end_at)) AS BIGINT)
      - cast(floor(epoch(started_at)) AS BIGINT) AS planned
  FROM penalty p LEFT JOIN last USING (penalty_id)
  LEFT JOIN ladder ON ladder_code = code
),
timed AS (
  SELECT *, CASE WHEN least(served, coalesce(planned, served)) > 0 AND served > 0
    THEN floor(epoch(started_at)) + least(served, coalesce(planned, served))
    END AS until
  FROM outcome
),
lost AS (
  SELECT *, greatest(0, until - greatest(floor(epoch(started_at)),
    coalesce(max(until) OVER (
      PARTITION BY coalesce(creator_id, penalty_id), business_date
      ORDER BY started_at, penalty_id
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS lost_s
  FROM timed
)
SELECT {_WORDS}, channel,
  count(*) FILTER (appealable AND appealed) AS appealed_penalties,
  count(*) FILTER (appealable) AS appealable_penalties,
  count(*) FILTER (result = 'overturned') AS overturned_penalties,
  count(*) FILTER (result IN ('overturned', 'reduced')) AS overturned_appeals,
  count(*) FILTER (result <> 'pending') AS decided_appeals,
  cast(coalesce(sum(lost_s), 0) AS BIGINT) AS lost_seconds,
  count(*) AS penalties
FROM lost GROUP BY ALL""",
    "traffic": f"""
WITH {_SESSIONS}
SELECT s.market, s.business_date, language, category, traffic_source,
  cast(coalesce(sum(entries) FILTER (impressions > 0), 0) AS BIGINT) AS entries,
  cast(coalesce(sum(impressions) FILTER (impressions > 0), 0) AS BIGINT)
    AS impressions,
  {_STEPS}
FROM {{traffic_snapshot}} JOIN session s USING (session_id) GROUP BY ALL""",
    "ineligible_time": f"""
WITH {_SESSIONS},
flag AS (
  SELECT session_id, penalty_id, market, business_date, language, category, live_s,
    greatest(0, floor(epoch(p.started_at)) - floor(epoch(l.started_at))) AS since_s,
    least(live_s, floor(epoch(coalesce(p.ended_at, CASE WHEN status = 'reversed'
      THEN p.started_at ELSE planned_end_at END))) - floor(epoch(l.started_at)))
      AS until_s
  FROM (SELECT session_id, penalty_id, started_at, ended_at, planned_end_at, status
    FROM {{penalty}} WHERE code = 'fyf_ineligible' AND status <> 'void_technical') p
  JOIN session USING (session_id)
  JOIN (SELECT session_id, started_at FROM {{live_session}}) l USING (session_id)
),
fresh AS (
  SELECT *, greatest(0, until_s - greatest(since_s, coalesce(max(until_s) OVER (
    PARTITION BY session_id ORDER BY since_s, penalty_id
    ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING), 0))) AS fresh_s
  FROM flag WHERE until_s > since_s
)
SELECT market, business_date, language, category,
  cast(sum(fresh_s) AS BIGINT) AS ineligible_seconds
FROM fresh GROUP BY ALL""",
}
