"""A mistake in a policy file is shown as a compiler shows it: file, line, hint."""

from pathlib import Path

import pytest

from atalaia.domain.codes import PenaltyCode, Subject
from atalaia.domain.errors import ReferenceDataError
from atalaia.domain.markets import load_markets
from atalaia.domain.policies.invariants.penalties_suit_the_subject import SUITED
from atalaia.domain.policies.loading import tree_of

TREE = """\
version: "1"
domains:
  tns:
    domain: tns
    name: {en: T, es: T, pt: T}
    description: {en: T, es: T, pt: T}
sources: {OPS: practice}
"""
SOUND = """\
id: tns.hate
name: {en: Hate, es: Odio, pt: Ódio}
description: {en: Attacks, es: Ataques, pt: Ataques}
leaves:
  slur:
    name: {en: Slur, es: Insulto, pt: Xingamento}
    description: {en: A slur, es: Un insulto, pt: Um xingamento}
    aliases: {en: [slur], es: [insulto], pt: [xingamento]}
    dsa_category: STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH
    source: OPS
    confidence: public
    versions:
      - label: "2025"
        effective_to: 2026-01-01
        severity: high
        lane: remove
        first: [interrupt]
        repeat: [live_suspend_7d]
      - label: "2026"
        effective_from: 2026-01-01
        severity: high
        lane: remove
        first: [interrupt]
        repeat: [live_suspend_7d]
        overrides:
          - {markets: [MX], lane: age_restrict, why: {en: w, es: p, pt: p}}
        allow_notes:
          - {season: {from: "10-25", to: "11-05"}, text: {en: a, es: b, pt: c}}
        change_note: {en: why, es: por qué, pt: por quê}
"""
MARKETS = load_markets()


def load(folder: Path, files: dict[str, str]) -> object:
    paths = [folder / name for name in ("tree.yaml", *files)]
    for path, text in zip(paths, (TREE, *files.values()), strict=True):
        path.write_text(text, encoding="utf-8")
    return tree_of(paths, markets=MARKETS)


def test_sound_file_loads(tmp_path: Path):
    """The file that the broken ones are made of is itself in order."""
    assert load(tmp_path, {"tns.hate.yaml": SOUND}) is not None


BROKEN = {
    "parents_exist": (
        "id: tns.hate",
        "id: tnz.hate",
        (
            ":1\n  1 | id: tnz.hate\n'tnz.hate' is not in the list 'domains'. "
            "Did you mean: tns?"
        ),
    ),
    "id_is_malformed": (
        "id: tns.hate",
        "id: hate",
        (
            ":1\n  1 | id: hate\nThe field 'id' is written as tns.minors, "
            "not as 'hate'. Mend the value."
        ),
    ),
    "names_are_complete": (
        "name: {en: Slur, es: Insulto, pt: Xingamento}",
        "name: {en: Slur, es: Insulto}",
        (
            ":6\n  6 | name: {en: Slur, es: Insulto}\nThe text 'name' has no version "
            "in: pt. Write it in English, Spanish and Portuguese in the same change."
        ),
    ),
    "leaves_have_aliases": (
        "pt: [xingamento]}",
        "pt: []}",
        (
            ":8\n  8 | aliases: {en: [slur], es: [insulto], pt: []}\nThe policy 'slur' "
            "has no alias in: pt. Add a word that analysts type for it in that "
            "language."
        ),
    ),
    "aliases_differ": (
        "es: [insulto]",
        "es: [insulto, Insulto]",
        (
            ":8\n  8 | aliases: {en: [slur], es: [insulto, Insulto], pt: "
            "[xingamento]}\n"
            "The alias 'Insulto' is written twice. Keep one of the two."
        ),
    ),
    "sources_are_known": (
        "source: OPS",
        "source: OSP",
        (
            ":10\n  10 | source: OSP\n'OSP' is not in the list 'sources'. "
            "Did you mean: OPS?"
        ),
    ),
    "dsa_category_is_known": (
        "CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH",
        "CATEGORY_ILLEGAL_SPEECH",
        (
            ":9\n  9 | dsa_category: STATEMENT_CATEGORY_ILLEGAL_SPEECH\n"
            "'STATEMENT_CATEGORY_ILLEGAL_SPEECH' is not in the list 'dsa_category'. "
            "Did you mean: STATEMENT_CATEGORY_ILLEGAL_OR_HARMFUL_SPEECH, "
            "STATEMENT_CATEGORY_VIOLENCE, STATEMENT_CATEGORY_ANIMAL_WELFARE?"
        ),
    ),
    "severities_are_known": (
        "severity: high",
        "severity: hihg",
        (
            ":15\n  15 | severity: hihg\n'hihg' is not in the list 'Severity'. "
            "Did you mean: high, medium, advisory?"
        ),
    ),
    "lanes_are_known": (
        "lane: remove",
        "lane: removal",
        (
            ":16\n  16 | lane: removal\n'removal' is not in the list 'Lane'. "
            "Did you mean: remove, monetisation, age_restrict?"
        ),
    ),
    "agency_lane_suits_subject": (
        "lane: remove",
        "lane: agency",
        (
            ":16\n  16 | lane: agency\nThe lane 'agency' does not suit the subject "
            "'creator'. Give agencies, and only agencies, the lane 'agency'."
        ),
    ),
    "penalties_are_known_codes": (
        "first: [interrupt]",
        "first: [interupt]",
        (
            ":17\n  17 | first: [interupt]\n"
            "'interupt' is not in the list 'PenaltyCode'. "
            "Did you mean: interrupt, agency_termination, fyf_ineligible?"
        ),
    ),
    "penalties_differ": (
        "first: [interrupt]",
        "first: [warn, warn]",
        (
            ":17\n  17 | first: [warn, warn]\nThe penalty 'warn' is written twice. "
            "Keep one of the two."
        ),
    ),
    "penalties_suit_the_subject": (
        "    source: OPS",
        "    subject: viewer\n    source: OPS",
        (
            ":18\n  18 | first: [interrupt]\nThe penalty 'interrupt' cannot be put on "
            "the subject 'viewer'. Choose among: account_ban, age_verification_hold, "
            "feature_restrict, law_enforcement_referral, warn, welfare_escalation."
        ),
    ),
    "versions_do_not_overlap": (
        "effective_to: 2026-01-01",
        "effective_to: 2026-02-01",
        (
            ":19\n  19 | - label: \"2026\"\nThe version '2026' begins before "
            "'2025' has "
            "ended, or has its label. End the earlier with 'effective_to' on the day "
            "the later begins."
        ),
    ),
    "version_is_not_empty": (
        "        effective_to: 2026-01-01",
        "        effective_from: 2026-01-01\n        effective_to: 2026-01-01",
        (
            ":13\n  13 | - label: \"2025\"\nThe version '2025' ends before it begins. "
            "Mend 'effective_from' or 'effective_to'."
        ),
    ),
    "changes_are_explained": (
        "        change_note: {en: why, es: por qué, pt: por quê}\n",
        "",
        (
            ":19\n  19 | - label: \"2026\"\nThe field 'change_note' is missing here. "
            "Add it to this block."
        ),
    ),
    "overrides_name_known_markets": (
        "markets: [MX]",
        "markets: [MEX]",
        (
            ":26\n  26 | - {markets: [MEX], lane: age_restrict, "
            "why: {en: w, es: p, pt: p}}\n'MEX' is not in the list 'markets'. "
            "Did you mean: MX, EC, PE?"
        ),
    ),
    "overrides_change_something": (
        "lane: age_restrict",
        "lane: remove",
        (
            ":26\n  26 | - {markets: [MX], lane: remove, why: {en: w, es: p, pt: p}}\n"
            "This override changes nothing for MX. State another severity, lane or "
            "penalties, or remove it."
        ),
    ),
    "overrides_do_not_overlap": (
        "        overrides:\n",
        (
            "        overrides:\n"
            "          - {markets: [MX, CO], severity: low, why: {en: w, es: p, "
            "pt: p}}\n"
        ),
        (
            ":27\n  27 | - {markets: [MX], lane: age_restrict, "
            "why: {en: w, es: p, pt: p}}\nTwo overrides hold in MX on the same day. "
            "Give each its own dates, or join them."
        ),
    ),
    "allow_note_day_exists": (
        'from: "10-25"',
        'from: "02-30"',
        (
            ':28\n  28 | - {season: {from: "02-30", to: "11-05"}, '
            "text: {en: a, es: b, pt: c}}\nThe field 'from' is written as '10-25', "
            "not as '02-30'. Mend the value."
        ),
    ),
    "allow_note_text_is_complete": (
        "text: {en: a, es: b, pt: c}",
        "text: {en: a, es: b}",
        (
            ':28\n  28 | - {season: {from: "10-25", to: "11-05"}, '
            "text: {en: a, es: b}}\nThe text 'text' has no version in: pt. "
            "Write it in English, Spanish and Portuguese in the same change."
        ),
    ),
    "replacements_exist": (
        "    source: OPS",
        "    superseded_by: tns.hate.slurs\n    source: OPS",
        (
            ":10\n  10 | superseded_by: tns.hate.slurs\n'tns.hate.slurs' is not in "
            "the list 'policies'. Did you mean: tns.hate.slur?"
        ),
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_file_is_shown_with_its_line(tmp_path: Path, name: str):
    """Each invariant says where it is broken, shows the line, and gives the way out."""
    sound, broken, message = BROKEN[name]
    assert sound in SOUND
    text = SOUND.replace(sound, broken, 1)
    with pytest.raises(ReferenceDataError) as caught:
        load(tmp_path, {"tns.hate.yaml": text})
    assert str(caught.value) == f"{tmp_path / 'tns.hate.yaml'}{message}"


def test_same_policy_in_two_files_is_refused(tmp_path: Path):
    """A first-level policy has one file, or decisions would be judged by either."""
    files = {"tns.hate.yaml": SOUND, "tns.hatred.yaml": SOUND}
    with pytest.raises(ReferenceDataError, match=r"already in .*tns\.hate\.yaml"):
        load(tmp_path, files)


def test_every_subject_says_which_penalties_suit_it():
    """A subject added later cannot pass unchecked as a host."""
    assert set(SUITED) == set(Subject)
    assert frozenset(PenaltyCode) == frozenset().union(*SUITED.values())
