"""Texts that stand under a lang that they are not in."""

from dataclasses import replace

import pytest

from pipeline.checks.output.fallback import check_fallback_language

SOMALI = "so/covid-19/fever/index.html"
ARABIC = "ar/covid-19/fever/index.html"
ENGLISH = "Stay at home for 5 days and drink water often."


@pytest.mark.parametrize(
    ("path", "old", "new", "text"),
    [
        (SOMALI, "<p>Guriga joog 5 maalmood oo biyo badan cab.</p>", f"<p>{ENGLISH}</p>", ENGLISH),
        (ARABIC, "<h1>الحمى</h1>", "<h1>Call 999 now</h1>", "Call 999 now"),
        # A part of a sentence, in a sentence of another; marks and capitals make no difference.
        (
            SOMALI,
            "cab.</p>",
            "cab. stay at HOME for 5 days – and <b>drink</b> water</p>",
            "Guriga joog 5 maalmood oo biyo badan cab. stay at HOME for 5 days – and drink wa…",
        ),
        # Its own lang does not help where it says the reader's.
        (ARABIC, "<h1>", f'<p lang="ar">{ENGLISH}</p><h1>', ENGLISH),
        (SOMALI, "<title>Qandho", f"<title>{ENGLISH}", ENGLISH),
    ],
)
def test_english_under_another_lang_is_critical(broken, path, old, new, text):
    (finding,) = check_fallback_language(broken(path, old, new))
    assert finding.severity == "critical"
    assert finding.message == f'This stands under lang="{path[:2]}": {text}'


@pytest.mark.parametrize(
    "text",
    [
        f'<p><span lang="en" dir="ltr">{ENGLISH}</span></p>',
        f'<p>Qandho: <bdi lang="en">{ENGLISH}</bdi> cab</p>',
        "<p>Wac 999 ama NHS 111.</p>",
        "<p>Fever</p>",  # one word: a name, or one that two languages share
    ],
)
def test_english_that_says_so_and_names_are_left_alone(broken, text):
    assert check_fallback_language(broken(SOMALI, "<h1>", f"{text}<h1>")) == ()


def test_the_text_of_a_picture_cannot_say_its_language_so_it_is_only_advice(broken, tell):
    site = broken(SOMALI, "<h1>", f'<img src="../../assets/site.css" alt="{ENGLISH}"><h1>')
    assert tell(check_fallback_language(site)) == [
        f'minor {SOMALI}:13 This stands under lang="so": {ENGLISH}'
    ]


def test_where_languages_can_be_told_apart_every_longer_text_is_asked(broken):
    french = (
        "Restez à la maison pendant cinq jours, reposez-vous et buvez souvent de l’eau, "
        "même si vous n’avez pas soif."
    )
    site = broken(SOMALI, "<h1>", f"<p>{french}</p><h1>")
    assert check_fallback_language(site) == ()

    def is_in(text: str, tag: str) -> bool | None:
        return (tag == "fr") if "pendant" in text else None

    (finding,) = check_fallback_language(replace(site, is_in=is_in))
    assert finding.message.startswith('This stands under lang="so": Restez à la maison')
