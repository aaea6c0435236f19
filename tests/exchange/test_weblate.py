"""Settings for a Weblate server, in the form of its command ``import_json``."""

import json
import re

from pipeline.exchange.weblate import Component, Server, render_components

#: Fields of a component that ``import_json`` takes, of those that we write: editable and no
#: relations (Weblate 5.14, ``weblate/trans/models/component.py``).
KNOWN = {
    "name", "slug", "vcs", "repo", "branch", "push", "push_on_commit", "filemask",
    "language_regex", "check_flags", "file_format", "file_format_params", "new_lang",
    "manage_units", "allow_translation_propagation", "suggestion_autoaccept", "license",
}  # fmt: skip
WORDS = Component(
    resource="interface",
    title="The words of the website",
    mask="locales/*/interface.po",
    languages=("so", "ckb", "prs", "pt-BR"),
    is_markdown=False,
)
FEVER = Component(
    resource="covid-19/fever",
    title="Fever",
    mask="locales/*/covid-19/fever.po",
    languages=("so",),
    is_markdown=True,
)
SERVER = Server(
    project="health",
    repository="https://example.org/health.git",
    branch="main",
    licence="MIT",
)


def settings(*components: Component, server: Server = SERVER) -> list[dict[str, object]]:
    return json.loads(render_components(components or (WORDS, FEVER), server))


def test_the_first_component_has_the_repository_and_the_others_share_it():
    words, fever = settings()
    assert (words["repo"], words["branch"]) == ("https://example.org/health.git", "main")
    assert (words["push"], words["push_on_commit"]) == ("", False)
    assert fever["repo"] == "weblate://health/interface"
    # Weblate refuses these where a repository is shared.
    assert not {"push", "branch", "push_branch"} & set(fever)


def test_a_component_of_a_resource():
    assert settings()[1] == {
        "name": "covid-19/fever: Fever",
        "slug": "covid-19_fever",
        "repo": "weblate://health/interface",
        "filemask": "locales/*/covid-19/fever.po",
        "language_regex": "^(so)$",
        "check_flags": "md-text",
        "vcs": "git",
        "file_format": "po",
        "file_format_params": {
            "po_line_wrap": 65535,
            "po_keep_previous": True,
            "po_fuzzy_matching": False,
        },
        "new_lang": "none",
        "manage_units": False,
        "allow_translation_propagation": False,
        "suggestion_autoaccept": 0,
        "license": "MIT",
    }


def test_all_fields_are_such_as_weblate_takes():
    for each in settings():
        assert set(each) <= KNOWN
        assert {"name", "filemask"} <= set(each)
        assert re.fullmatch(r"[-a-zA-Z0-9_]{1,100}", each["slug"])


def test_files_of_other_languages_are_left_alone():
    (words,) = settings(WORDS)
    pattern = re.compile(words["language_regex"])
    taken = ["so", "ckb", "prs", "pt-BR", "pt", "memory", "som"]
    assert [tag for tag in taken if pattern.match(tag)] == ["so", "ckb", "prs", "pt-BR"]


def test_names_have_room_and_differ():
    """Weblate holds 100 characters."""
    long = [
        Component(resource=f"topic/{'a' * 99}{end}", title="A", mask="*", languages=("so",),
                  is_markdown=True)
        for end in "bc"
    ]  # fmt: skip
    told = settings(*long)
    for field in ("name", "slug"):
        names = {each[field] for each in told}
        assert len(names) == 2
        assert {len(name) for name in names} == {100}
