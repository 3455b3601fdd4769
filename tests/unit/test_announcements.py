"""Announcements and knowledge as headquarters writes them: what is sound, and what is refused with its place."""

import copy
from datetime import date
from typing import Any

import pytest

from courier_desk.base.errors import UserError
from courier_desk.domain.announcement import announcements_from
from courier_desk.domain.knowledge import knowledge_from
from courier_desk.domain.reference import ReferenceKind
from courier_desk.domain.reference_contents import sample_sets

SAMPLE = {each.kind: each.payload for each in sample_sets()}


def _announcements(**changes: Any) -> dict[str, Any]:
    document = copy.deepcopy(SAMPLE[ReferenceKind.ANNOUNCEMENTS])
    document["announcements"][0] |= changes
    return document


@pytest.mark.parametrize(
    ("day", "shown"), [("2026-11-09", False), ("2026-11-10", True), ("2027-02-28", True), ("2027-03-01", False)]
)
def test_an_announcement_is_shown_on_its_days_only(day: str, shown: bool) -> None:
    assert announcements_from(_announcements())[0].shown_on(date.fromisoformat(day)) is shown


def test_one_without_a_last_day_stays() -> None:
    assert announcements_from(_announcements(last_day=None))[0].shown_on(date(2030, 1, 1))


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"last_day": "2026-11-09"}, r"announcements\[1\].last_day"),
        ({"urgency": "loud"}, r"announcements\[1\].urgency"),
        ({"text": {"zh": "有", "en": ""}}, r"announcements\[1\].text.en"),
        ({"text": {"zh": "有", "en": "x" * 4001}}, r"announcements\[1\].text.en"),
        ({"key": "2026-real-name"}, r"announcements\[2\]"),
        ({"script": "x"}, "script"),
    ],
)
def test_a_faulty_announcement_is_refused_with_its_place(changes: dict[str, Any], place: str) -> None:
    with pytest.raises(UserError, match=place):
        announcements_from(_announcements(**changes))


def test_an_article_without_owner_or_review_date_is_refused() -> None:
    for key in ("owner", "review_on"):
        document = copy.deepcopy(SAMPLE[ReferenceKind.KNOWLEDGE])
        del document["articles"][1][key]
        with pytest.raises(UserError, match=rf"articles\[2\].*{key}"):
            knowledge_from(document)
