import pytest

from cleaner.errors import UsageError
from cleaner.rendering import Format, parse_roles, render

LINES = (("body", "One | two."), ("comment", "Yes."), ("comment-meta", "Reply"), ("form", "Log in"))


def test_labels_print_every_line_or_the_chosen_ones(make_page):
    page = make_page(*LINES)
    assert render(page, "labels").split("\n")[0] == "body | One | two."
    assert render(page, "labels").count("\n") == 4
    assert render(page, "labels", comments="with") == render(page, "labels")
    assert render(page, "labels", comments="only") == "comment | Yes.\ncomment-meta | Reply\n"
    assert render(page, "labels", keep={"form"}) == "form | Log in\n"
    assert render(page, "labels", keep={"form"}, comments="with").count("\n") == 3
    assert render(make_page(), "labels") == ""


def test_render_refuses_what_does_not_exist(make_page):
    with pytest.raises(UsageError, match="no format 'pdf'; there are text, markdown, json, labels"):
        render(make_page(), "pdf")
    with pytest.raises(UsageError, match="one of them"):
        render(make_page(), "text", keep={"body"}, comments="only")


@pytest.mark.parametrize("choice", ["some", "", None, ["only"]])
def test_a_wrong_choice_of_comments_is_not_told_of_formats(make_page, choice):
    with pytest.raises(UsageError) as caught:
        render(make_page(), "text", comments=choice)
    assert str(caught.value) == f"no choice of comments {choice!r}; there are none, with, only"


def test_a_record_has_its_comments_whatever_is_kept(make_page):
    page = make_page(*LINES)
    kept = render(page, "json", keep={"form"})
    assert render(page, "json", keep={"form"}, comments="only") == kept


@pytest.mark.parametrize("names", ["nosuch", "body,nosuch", "", ",", "Body"])
def test_parse_roles_names_all_roles(names):
    with pytest.raises(UsageError, match=r"the 17 roles are headline, .* about"):
        parse_roles(names)


def test_every_format_has_a_suffix():
    assert [each.suffix for each in Format] == [".txt", ".md", ".json", ".labels"]
