"""A partner's page becomes a resource that nobody can publish before a person has filled it in."""

# ruff: noqa: E501 - documents are read better as they are written

import base64
import re

import pytest
import yaml

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVQI12P4z8AAAAMBAQDJ/pLvAAAAAElFTkSuQmCC"
)
PAGE = (
    '<html lang="en"><h1>Find a dentist</h1><p>A dentist looks after your teeth. Ask for one early.</p>'
    f'<p><img src="data:image/png;base64,{base64.b64encode(PNG).decode()}"></p>'
    "<h2>What to do</h2><ul><li>Call 111.</li></ul>"
)
SVG = '<svg viewBox="0 0 1 1" aria-label="Dot"><script>a()</script><circle r="1" onclick="a()"/></svg>'


@pytest.fixture
def leaflet(place):
    path = place.root / "Leaflet FINAL (2).html"
    path.write_text(PAGE, "utf-8")
    return path


def test_a_resource_its_picture_and_what_to_do_next(place, pipeline, leaflet):
    ran = pipeline("import-source", leaflet.name, "--topic", "covid-19")
    assert ran.code == 0
    assert ran.out.splitlines() == [
        "Wrote content/covid-19/find-a-dentist.md from Leaflet FINAL (2).html: “Find a dentist”",
        "Kept: 1 heading, 3 paragraphs, 1 list, 1 picture.",
        "  images/find-a-dentist-1.png (1 KB)",
        "Worth a look:",
        "  - A picture without a text for people who cannot see it: `images/find-a-dentist-1.png`.",
        "    in picture images/find-a-dentist-1.png",
        "    → Write what matters in it between the square brackets of `![]`.",
        "",
        (
            "Next: read it beside the document, fill in the 9 values that begin with TO FILL IN, mark what "
            "is critical, then `pipeline check content/covid-19/find-a-dentist.md`."
        ),
    ]
    folder = place.root / "content/covid-19"
    assert (folder / "images/find-a-dentist-1.png").read_bytes() == PNG
    text = (folder / "find-a-dentist.md").read_text("utf-8")
    head = yaml.safe_load(text.split("---\n")[1])
    assert (head["title"], head["summary"]) == (
        "Find a dentist",
        "A dentist looks after your teeth.",
    )
    assert text.endswith("![](images/find-a-dentist-1.png)\n\n## What to do\n\n- Call 111.\n")


def test_what_is_not_filled_in_is_refused_with_line_and_remedy(pipeline, leaflet):
    pipeline("import-source", leaflet.name, "--topic", "covid-19")
    ran = pipeline("check", "covid-19/find-a-dentist")
    assert ran.code == 15
    found = re.findall(r"line (\d+) +critical +`(.*)` is still to be filled in", ran.out)
    assert found == [
        ("4", "audience"), ("6", "risk"), ("8", "urgency"), ("9", "owner"), ("11", "sources: title"),
        ("12", "sources: url"), ("13", "sources: checked"), ("14", "last_checked"), ("15", "review_by"),
    ]  # fmt: skip
    assert "→ Write it in place of `TO FILL IN`: clinical, general or activity." in ran.out
    assert ran.out.count("(unusable-resource)") == 9


def test_nothing_is_written_over_without_being_asked(place, pipeline, leaflet):
    pipeline("import-source", leaflet.name, "--topic", "covid-19")
    resource = place.root / "content/covid-19/find-a-dentist.md"
    resource.write_text("mine", "utf-8")
    ran = pipeline("import-source", leaflet.name, "--topic", "covid-19")
    assert ran.code == 4
    assert "find-a-dentist.md: There is such a file already; nothing was written." in ran.err
    assert resource.read_text("utf-8") == "mine"
    assert pipeline("import-source", leaflet.name, "--topic", "covid-19", "--replace").code == 0
    assert resource.read_text("utf-8").startswith("---\n")


def test_a_picture_of_others_is_not_written_over_either(place, pipeline, leaflet):
    picture = place.root / "content/covid-19/images/find-a-dentist-1.png"
    picture.parent.mkdir()
    picture.write_bytes(b"mine")
    assert pipeline("import-source", leaflet.name, "--topic", "covid-19").code == 4
    assert picture.read_bytes() == b"mine"
    assert not (place.root / "content/covid-19/find-a-dentist.md").exists()


@pytest.mark.parametrize("option", ["--dry-run", "--stdout"])
def test_a_trial_writes_nothing(place, pipeline, leaflet, option):
    before = sorted(place.root.rglob("*"))
    ran = pipeline("import-source", leaflet.name, "--topic", "covid-19", option)
    assert sorted(place.root.rglob("*")) == before
    told = ran.err if option == "--stdout" else ran.out
    assert told.startswith("Would write content/covid-19/find-a-dentist.md")
    assert told.rstrip().endswith("Nothing was written.")
    assert ran.out.startswith("---\ntitle:") is (option == "--stdout")


def test_what_is_left_out_is_told_and_gives_its_exit_code(place, pipeline, leaflet):
    leaflet.write_text(
        f"<h1>Flu</h1><p>Rest.</p><iframe src='https://x.example/'></iframe>{SVG}", "utf-8"
    )
    ran = pipeline("import-source", leaflet.name, "--topic", "covid-19", "--slug", "flu-2")
    assert ran.code == 11
    assert ran.out.splitlines()[3:9] == [
        "Left out:",
        "  - A frame with another page (“https://x.example/”).",
        "    in paragraph 2 (“Rest.”), under “Flu”",
        "    → Link to it: `[words](address)`.",
        "  - What a picture (SVG) would have run or loaded.",
        "    in picture images/flu-2-1.svg",
    ]
    picture = (place.root / "content/covid-19/images/flu-2-1.svg").read_text("utf-8")
    assert "script" not in picture
    assert "onclick" not in picture


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        ([], 4, "The document needs a topic."),
        (["--topic", "nope"], 4, "`nope` is not a topic."),
        (["--topic", "covid-19", "--slug", "../x"], 4, "`../x` cannot be a resource's name."),
        (["--topic", "covid-19", "--slug", "index"], 4, "`index` cannot be a resource's name."),
    ],
)
def test_places_that_are_none(pipeline, leaflet, arguments, code, message):
    ran = pipeline("import-source", leaflet.name, *arguments)
    assert ran.code == code
    assert message in ran.err


def test_a_file_that_is_not_read_has_its_own_exit_code(place, pipeline):
    (place.root / "old.doc").write_bytes(b"x")
    ran = pipeline("import-source", "old.doc", "--topic", "covid-19")
    assert ran.code == 21
    assert "Open it, and save it as .docx" in ran.err


def test_a_name_in_another_script_comes_from_the_file(place, pipeline):
    (place.root / "Qandho 2.html").write_text("<h1>الحمى</h1><p>اشرب.</p>", "utf-8")
    ran = pipeline("import-source", "Qandho 2.html", "--topic", "covid-19", "--dry-run")
    assert ran.out.startswith(
        "Would write content/covid-19/qandho-2.md from Qandho 2.html: “الحمى”"
    )
