"""Documents made in a test: the parts that Word, LibreOffice and browsers need, and no others."""

# ruff: noqa: E501 - documents are read better as they are written

import io
import zipfile
from html import escape
from pathlib import Path

from pipeline.intake import Intake, compose, parse_document

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram" '
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart"'
)
STYLES = """
<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="en-GB" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>
</w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre"><w:name w:val="Title"/><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Titre1"><w:name w:val="heading 1"/>
  <w:pPr><w:outlineLvl w:val="0"/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Titre2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Titre3"><w:name w:val="heading 3"/></w:style>
<w:style w:type="paragraph" w:styleId="Mine"><w:name w:val="Our heading"/><w:basedOn w:val="Titre2"/>
</w:style>
<w:style w:type="paragraph" w:styleId="TM1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="paragraph" w:styleId="Liste"><w:name w:val="List Paragraph"/></w:style>
<w:style w:type="paragraph" w:styleId="Puces"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Citation"><w:name w:val="Quote"/></w:style>
<w:style w:type="character" w:styleId="Fort"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>
"""
LEVELS = "".join(
    f'<w:lvl w:ilvl="{n}"><w:start w:val="1"/><w:numFmt w:val="{{form}}"/>'
    f'<w:lvlText w:val="%{n + 1}."/></w:lvl>'
    for n in range(3)
)
NUMBERING = "".join(
    f'<w:abstractNum w:abstractNumId="{n}">{LEVELS.format(form=form)}</w:abstractNum>'
    for n, form in enumerate(("bullet", "decimal", "lowerLetter"), start=1)
) + "".join(f'<w:num w:numId="{n}"><w:abstractNumId w:val="{n}"/></w:num>' for n in (1, 2, 3))
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
#: One red dot.
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cf"
    "c0000003010100c9fe92ef0000000049454e44ae426082"
)


def package(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return file.getvalue()


def part(name: str, inner: str) -> str:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {NAMES}>{inner}</w:{name}>'


def relations(*rows: tuple[str, str, str]) -> str:
    """Relationships: id, last word of the type, target; an address or a `!` leads outside."""
    outside = ' TargetMode="External"'
    inner = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{escape(target.removeprefix("!"))}"'
        f"{outside if target.startswith(('!', 'http', 'mailto')) else ''}/>"
        for name, kind, target in rows
    )
    name = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{name}">{inner}</Relationships>'


def _part_name(name: str) -> str:
    return name if "/" in name else name.replace("__", "/").replace("_", ".")


def docx(body: str, *links: tuple[str, str, str], **more: str | bytes) -> bytes:
    """A Word file with that body; more parts by name, `__` for `/` and `_` for `.`."""
    named = {_part_name(name): data for name, data in more.items()}
    return package(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/'
            f'2006/content-types"><Override PartName="/word/document.xml" ContentType="{OFFICE}'
            '.document.main+xml"/></Types>',
            "_rels/.rels": relations(("r1", "officeDocument", "word/document.xml")),
            "word/document.xml": part("document", f"<w:body>{body}</w:body>"),
            "word/styles.xml": part("styles", STYLES),
            "word/numbering.xml": part("numbering", NUMBERING),
            "word/_rels/document.xml.rels": relations(
                ("s", "styles", "styles.xml"), ("n", "numbering", "/word/numbering.xml"), *links
            ),
            **named,
        }
    )


def p(*runs: str, style: str = "", number: tuple[int, int] | None = None, more: str = "") -> str:
    """A paragraph of Word; text that is no markup becomes a run."""
    listed = (
        f'<w:numPr><w:ilvl w:val="{number[1]}"/><w:numId w:val="{number[0]}"/></w:numPr>'
        if number
        else ""
    )
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    inner = "".join(each if each.startswith(("<w:", "<m")) else r(each) for each in runs)
    return f"<w:p><w:pPr>{named}{listed}{more}</w:pPr>{inner}</w:p>"


def r(text: str, look: str = "") -> str:
    """A run of Word."""
    return f'<w:r><w:rPr>{look}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def odt(body: str, *, automatic: str = "", styles: str = "", **more: str | bytes) -> bytes:
    """An OpenDocument text with that body."""
    kinds = (
        "office",
        "text",
        "table",
        "style",
        "drawing:draw",
        "svg-compatible:svg",
        "xsl-fo-compatible:fo",
    )
    names = " ".join(
        f'xmlns:{each.rpartition(":")[2]}="urn:oasis:names:tc:opendocument:xmlns:'
        f'{each.partition(":")[0]}:1.0"'
        for each in kinds
    )
    names += (
        ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/"'
    )
    named = {_part_name(name): data for name, data in more.items()}
    return package(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {names}><office:automatic-styles>{automatic}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
            "styles.xml": f"<office:document-styles {names}>{styles}</office:document-styles>",
            **named,
        }
    )


def html(body: str, *, head: str = "", attributes: str = ' lang="en"') -> bytes:
    """A page with that body."""
    return (
        f'<!DOCTYPE html><html{attributes}><head><meta charset="utf-8">{head}</head>'
        f"<body>{body}</body></html>"
    ).encode()


def take(data: bytes, name: str = "leaflet.docx", *, source_tag: str = "en") -> Intake:
    """Import a document."""
    draft = parse_document(data, Path(name))
    return compose(draft, slug="leaflet", source_tag=source_tag, clean=lambda data, _name: data)


def body_of(intake: Intake) -> str:
    """The Markdown below the front matter."""
    return intake.markdown.partition("---\n")[2].partition("---\n")[2].strip("\n")


def told(intake: Intake) -> list[str]:
    """What was said, without the remedy."""
    return [f"{remark.outcome}: {remark.what}" for remark in intake.remarks]
