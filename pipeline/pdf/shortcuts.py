"""Shortcuts through WeasyPrint: the same pages, byte for byte, in less time.

Four of its functions are asked thousands of times for one leaflet, and nearly always for the
same: which value a style has where no rule says one, how wide margins and borders are, what Pango
has to know of a font before it sets a piece of text, and how much of a text fits in a line. The
usual case is answered here from memory; any other goes to WeasyPrint's own function. And a page of
which the tree is known need not be parsed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint import HTML, cssselect2
from weasyprint.css import ComputedStyle
from weasyprint.css.computed_values import PHYSICAL_FUNCTIONS
from weasyprint.css.functions import check_math
from weasyprint.css.properties import INHERITED, INITIAL_NOT_COMPUTED, INITIAL_VALUES
from weasyprint.layout import percent
from weasyprint.text import line_break
from weasyprint.text.constants import LST_TO_ISO, PANGO_DIRECTION
from weasyprint.text.ffi import FROM_UNITS, ffi, gobject, pango, unicode_to_char_p
from weasyprint.text.fonts import font_features, get_font_description
from weasyprint.text.line_break import Layout

_RESOLVER, _SPLITTER = "resolve_percentages", "split_first_line"
#: Modules of WeasyPrint that may have taken these functions by their names.
_LAYOUTS = ("absolute", "block", "column", "flex", "float", "grid", "inline", "page", "percent", "preferred", "table")  # fmt: skip  # noqa: E501
#: Properties whose value hangs together with that of others.
_ENTANGLED = frozenset({"position", "float", "display", "page"})
_LENGTHS = (
    "margin_left", "margin_right", "margin_top", "margin_bottom",
    "padding_left", "padding_right", "padding_top", "padding_bottom",
    "width", "min_width", "max_width", "height", "min_height", "max_height",
)  # fmt: skip
_BORDERS = ("border_top_width", "border_right_width", "border_bottom_width", "border_left_width")
_FEATURES = (
    "font_kerning", "font_variant_ligatures", "font_variant_position", "font_variant_caps",
    "font_variant_numeric", "font_variant_alternates", "font_variant_east_asian",
    "font_feature_settings",
)  # fmt: skip
#: What Pango is told before a text is set.
_OF_TEXT = (
    "lang", "direction", "font_language_override", "font_style", "font_stretch", "font_weight",
    "font_size", "font_variation_settings", *_FEATURES,
)  # fmt: skip
#: Of these a leaflet has about twenty, a process for many languages some hundreds.
_MOST_SETTINGS = 2000
#: Of these a leaflet has up to two thousand, a book of a language's pages many more.
_MOST_LINES = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class _Setting:
    """What Pango needs to know to set text in a style; it owns what it points to."""

    context: Any
    description: Any
    features: bytes
    own: dict[str, Any]


_Settings = dict[tuple[Any, ...], _Setting]
#: A first line of text: its layout, and its measures.
_Line = tuple[Any, ...]
_missing: Callable[[ComputedStyle, str], Any] = ComputedStyle.__missing__
_resolve_percentages: Callable[[Any, Any], None] = percent.resolve_percentages
_setup: Callable[[Layout, Any], None] = Layout.setup
_split_first_line: Callable[..., _Line] = line_break.split_first_line


def install() -> None:
    """Put the shortcuts in; once is enough, and a second time does no harm."""
    ComputedStyle.__missing__ = _value_of
    Layout.setup = _set_up
    _replace(_RESOLVER, _resolve_used)
    _replace(_SPLITTER, _split)


def remove() -> None:
    """Take the shortcuts out again, to compare."""
    ComputedStyle.__missing__ = _missing
    Layout.setup = _setup
    _replace(_RESOLVER, _resolve_percentages)
    _replace(_SPLITTER, _split_first_line)


def page_of(tree: Element, base_url: str, fetcher: Any) -> HTML:  # noqa: ANN401
    """A page as ``HTML`` makes it of a string, of which the tree is there already.

    Args:
        tree: the document; it has no ``<base>``.
        base_url: what addresses in it are relative to.
        fetcher: gets the files that it names.
    """
    page = HTML.__new__(HTML)
    page.base_url, page.url_fetcher, page.media_type = base_url, fetcher, "print"
    page.wrapper_element = cssselect2.ElementWrapper.from_html_root(tree, content_language=None)
    page.etree_element = page.wrapper_element.etree_element
    return page


def _replace(name: str, function: Callable[..., Any]) -> None:
    """Put a function in the place of WeasyPrint's, in all modules of the layout that have it."""
    for each in _LAYOUTS:
        module = import_module(f"weasyprint.layout.{each}")
        if hasattr(module, name):
            setattr(module, name, function)


def _value_of(self: ComputedStyle, key: str) -> Any:  # noqa: ANN401 - WeasyPrint has no types
    """The value of a property that no rule sets: inherited, or the initial one."""
    is_plain = key not in self.cascaded and key not in _ENTANGLED
    if not is_plain or key.startswith(("__", "text_decoration_")) or self.parent_style is None:
        return _missing(self, key)
    logical = PHYSICAL_FUNCTIONS.get(key)
    if logical and logical(block="ttb", inline=self["direction"]) in self.cascaded:
        return _missing(self, key)
    if key in INHERITED:
        value = self.parent_style[key]
        if check_math(value):
            return _missing(self, key)
    elif key in INITIAL_NOT_COMPUTED:
        return _missing(self, key)
    else:
        value = INITIAL_VALUES[key]
    self[key] = value
    return value


def _resolve_used(box: Any, containing_block: Any) -> None:  # noqa: ANN401
    """Margins, widths and borders of a box, from memory where its style has no percentages."""
    style = box.style
    used = style.__dict__.get("_used")
    if used is None:
        used = style._used = _used_values(style)  # noqa: SLF001 - ours, kept where it belongs
        style._borders = {name: style[name] for name in _BORDERS}  # noqa: SLF001
    if not used:
        _resolve_percentages(box, containing_block)
        return
    box.__dict__.update(used)
    borders = style._borders  # noqa: SLF001
    if style["border_collapse"] == "collapse":  # in a table, which has found out some of them
        borders = {name: width for name, width in borders.items() if not hasattr(box, name)}
    box.__dict__.update(borders)


def _used_values(style: Any) -> dict[str, Any]:  # noqa: ANN401
    """Used values that depend on nothing but the style; empty where they depend on more."""
    if style["box_sizing"] != "content-box":
        return {}
    used: dict[str, Any] = {}
    for name in _LENGTHS:
        value = style[name]
        if value == "auto":
            used[name] = 0 if name in {"min_width", "min_height"} else value
        elif getattr(value, "unit", None) == "px":
            used[name] = value.value
        else:
            return {}
    return used


def _set_up(self: Layout, style: Any) -> None:  # noqa: ANN401
    """What ``Layout.setup`` does, with Pango's context and font from memory."""
    settings: _Settings = style.font_config.__dict__.setdefault("_settings", {})
    is_decorated = style["text_decoration_line"] != "none"
    key = (is_decorated, *style["font_family"], *[style[name] for name in _OF_TEXT])
    setting = settings.get(key)
    if setting is None:
        if len(settings) > _MOST_SETTINGS:
            settings.clear()
        setting = settings[key] = _make_setting(style, is_decorated=is_decorated)
    self.style = style
    self.first_line_direction = 0
    self.__dict__.update(setting.own)
    self.layout = ffi.gc(pango.pango_layout_new(setting.context), gobject.g_object_unref)
    pango.pango_layout_set_auto_dir(self.layout, False)  # noqa: FBT003 - a function of C
    pango.pango_layout_set_font_description(self.layout, setting.description)
    if setting.features:
        # A list of its own: letters that are set apart are noted in it.
        attributes = ffi.gc(pango.pango_attr_list_new(), pango.pango_attr_list_unref)
        feature = pango.pango_attr_font_features_new(setting.features)
        pango.pango_attr_list_insert(attributes, feature)
        pango.pango_layout_set_attributes(self.layout, attributes)


def _split(
    text: str,
    style: Any,  # noqa: ANN401
    context: Any,  # noqa: ANN401
    *how: Any,  # noqa: ANN401
    **which: Any,  # noqa: ANN401
) -> _Line:
    """What ``split_first_line`` gives: where a line is too long, its parts are split once more."""
    known = context.__dict__.setdefault("_lines", {})  # it lives as long as the document is set
    key = (text, id(style), how, *which.items())
    found = known.get(key)
    if found is None:
        if len(known) > _MOST_LINES:
            known.clear()
        line = _split_first_line(text, style, context, *how, **which)
        known[key] = style, line  # as long as this is kept, no other style has its number
        return line
    layout, *measures = found[1]
    own = Layout.__new__(Layout)  # each box has one to draw with
    own.__dict__.update(layout.__dict__)
    return own, *measures


def _make_setting(style: Any, *, is_decorated: bool) -> _Setting:  # noqa: ANN401
    context = ffi.gc(
        pango.pango_font_map_create_context(style.font_config.font_map), gobject.g_object_unref
    )
    pango.pango_context_set_round_glyph_positions(context, False)  # noqa: FBT003
    pango.pango_context_set_base_dir(context, PANGO_DIRECTION[style["direction"]])
    language = pango.pango_language_get_default()
    if tag := _language_of(style):
        pointer, _ = unicode_to_char_p(tag)
        language = pango.pango_language_from_string(pointer)
        pango.pango_context_set_language(context, language)
    description = get_font_description(style)
    features = font_features(*[style[name] for name in _FEATURES])
    own: dict[str, Any] = {"language": language, "ascent": None}
    own |= {"underline_position": None, "strikethrough_position": None}
    if is_decorated:
        own |= _decorations(context, description, language)
    return _Setting(
        context=context,
        description=description,
        features=",".join(f"{key} {value}" for key, value in features.items()).encode(),
        own=own,
    )


def _language_of(style: Any) -> str:  # noqa: ANN401
    override = style["font_language_override"]
    if override != "normal":
        return str(LST_TO_ISO.get(override.lower(), override))
    return style["lang"] or ""


def _decorations(context: Any, description: Any, language: Any) -> dict[str, float]:  # noqa: ANN401
    """Where lines under and through a text go."""
    metrics = ffi.gc(
        pango.pango_context_get_metrics(context, description, language),
        pango.pango_font_metrics_unref,
    )
    lines = ("underline", "strikethrough")
    names = ("ascent", *(f"{line}_{what}" for line in lines for what in ("position", "thickness")))
    measures = {name: getattr(pango, f"pango_font_metrics_get_{name}")(metrics) for name in names}
    return {name: FROM_UNITS * value for name, value in measures.items()}
