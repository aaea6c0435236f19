"""Templates are compiled once a process, and the site is that of MkDocs' own environment."""

from jinja2 import DictLoader, Environment
from mkdocs.theme import Theme

from pipeline.website.generator import running
from pipeline.website.generator.templates import make_environment

FEVER = "Drink water often & rest.\n\n![A cup](images/phone.svg)\n"


def files_of(site):
    return {path.relative_to(site): path.read_bytes() for path in site.rglob("*.*")}


def test_the_site_is_that_of_mkdocs_own_environment(make_workshop, monkeypatch):
    def build():
        workshop = make_workshop()
        document = workshop.document("covid-19/fever", "Fever & cough")
        built = workshop.build("ar", [workshop.page(document, "ar", FEVER, title="الحمى & السعال")])
        return files_of(built.folder)

    ours = build()
    monkeypatch.setattr(running, "make_environment", Theme.get_env)
    assert build() == ours


def test_a_theme_has_no_files_but_templates():
    environment = make_environment(Theme(name="material"))
    assert environment.list_templates() == []
    assert environment.get_template("main.html")


def render(text: str, *, autoescape: bool) -> str:
    """What a template of that text gives, its environment made as for a theme."""
    environment = make_environment(Theme(name="mkdocs"))
    environment.loader, environment.autoescape = DictLoader({"advice.html": text}), autoescape
    return environment.get_template("advice.html").render(advice="rest & drink")


def test_a_template_that_has_changed_is_compiled_anew():
    assert render("Please {{ advice }}", autoescape=False) == "Please rest & drink"
    assert render("Always {{ advice }}", autoescape=False) == "Always rest & drink"


def test_one_that_escapes_is_another():
    assert render("Now {{ advice }}", autoescape=False) == "Now rest & drink"
    assert render("Now {{ advice }}", autoescape=True) == "Now rest &amp; drink"


def test_it_is_compiled_once(monkeypatch):
    assert render("Once {{ advice }}", autoescape=False) == "Once rest & drink"
    monkeypatch.setattr(Environment, "compile", None)
    assert render("Once {{ advice }}", autoescape=False) == "Once rest & drink"
