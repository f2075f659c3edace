"""Plans that no document could come out of are refused before a run begins."""

import pytest

from cleaner.batch import TABLES, Plan
from cleaner.document import Role
from cleaner.errors import UsageError


def test_a_plan_with_a_wrong_choice_of_comments_is_refused():
    with pytest.raises(UsageError, match="no choice of comments 'bogus'; there are none, with"):
        Plan(comments="bogus")


@pytest.mark.parametrize("form", ["text", "markdown", "labels"])
def test_a_plan_keeps_blocks_or_comments_only(form):
    with pytest.raises(UsageError, match="give one of them"):
        Plan(form, keep={Role.BODY}, comments="only")


@pytest.mark.parametrize("form", ["json", *TABLES])
def test_a_plan_of_records_may_have_both(form):
    assert Plan(form, keep={Role.BODY}, comments="only").wanted.comments == "none"
