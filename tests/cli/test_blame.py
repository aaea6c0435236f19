"""A fault is told with the file and the line that a person mends."""

import pytest

from pipeline.cli.blame import blame_leaflet, blame_page
from pipeline.config import load_project
from pipeline.content import read_documents
from pipeline.errors import PdfError, WebsiteError

CATALOG = 'msgid ""\nmsgstr ""\n\nmsgid "Rest"\nmsgstr "Naso \U00013080 <marquee>"\n'


@pytest.fixture
def document(place):
    place.catalog.parent.mkdir(parents=True)
    place.catalog.write_text(CATALOG, "utf-8")
    text = place.resource.read_text("utf-8")
    place.resource.write_text(f"{text}\n[a](gone.md) ![b](images/bed.png)\n", "utf-8")
    (document,) = read_documents(load_project(place.root)).documents
    return document


@pytest.mark.parametrize(
    ("message", "path", "line"),
    [
        ("Doc file 'covid-19/fever.md' contains a link 'gone.md', but", "content", 25),
        ("The page would run something in the reader's browser: the tag <marquee>", "locales", 5),
        ("A plugin does not like it", "content", None),
    ],
)
def test_a_fault_of_a_page_has_its_line(place, document, message, path, line):
    error = WebsiteError(message, remedy="Mend it.", path=document.path)
    blamed = blame_page(error, load_project(place.root), document, "so")
    assert (blamed.path.relative_to(place.root).parts[0], blamed.line) == (path, line)
    assert (blamed.message, blamed.remedy) == (message, "Mend it.")


@pytest.mark.parametrize(
    ("message", "path", "line"),
    [
        ("No font has a glyph for 𓂀 (U+13080 EGYPTIAN …); looked in Noto Sans.", "locales", 5),
        (
            "WeasyPrint says: Failed to load image at 'file:///x/site/so/images/bed.png': no",
            "content",
            25,
        ),
        ("The picture images/bed.png has no text for people who cannot see it.", "content", 25),
        ("This leaflet has no title.", "locales", None),
    ],
)
def test_a_fault_of_a_leaflet_names_no_file_of_the_site(place, document, message, path, line):
    page = place.root / "site/so/covid-19/fever/index.html"
    error = PdfError(message, remedy="Mend it.", path=page)
    blamed = blame_leaflet(error, load_project(place.root), document, "so")
    assert (blamed.path.relative_to(place.root).parts[0], blamed.line) == (path, line)


def test_a_fault_of_the_theme_stays_one(place, document):
    project = load_project(place.root)
    font = PdfError("It cannot be read.", remedy="x", path=project.theme_dir / "fonts/a.ttf")
    assert blame_leaflet(font, project, document, "so") is font
    settings = WebsiteError("A plugin fails.", remedy="x", path=project.mkdocs_config)
    assert blame_page(settings, project, document, "so") is settings
