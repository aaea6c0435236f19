"""XML of others → elements: no entity is opened, no file and no network is asked."""

from lxml import etree


class XmlError(Exception):
    """It is no XML that is read: the reason in words, and the line."""

    def __init__(self, reason: str, line: int = 1) -> None:
        super().__init__(reason)
        self.reason = reason
        self.line = line


def parse_xml(data: bytes, *, may_have_type: bool = False) -> etree._Element:
    """The root element of a file.

    Args:
        data: the whole file.
        may_have_type: a document type may stand in it, as in every TMX; nothing of it is opened.

    Raises:
        XmlError: it is no XML, or has a document type where none is wanted: entities would come in.
    """
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None) or 1
        raise XmlError(f"This is not XML: {str(error).partition(', line')[0]}.", line) from None
    if root.getroottree().docinfo.doctype and not may_have_type:
        raise XmlError("The file has a document type, which is not opened.")
    return root
