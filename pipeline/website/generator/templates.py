"""The theme's templates: compiled once a process, and none of the theme's other files looked at.

MkDocs compares each of Material's 14,500 files with a dozen patterns to copy what is no template
into the site; ours stand once at the root of the website, so the plugin takes all of them out
again. And each run compiles its templates anew. Together that was three quarters of the time of
a site of two pages.
"""

from jinja2 import Environment, FileSystemLoader
from mkdocs.theme import Theme

from pipeline.website.compiled import COMPILED


def make_environment(theme: Theme) -> Environment:
    """What MkDocs asks a theme for, with templates that are compiled once.

    Args:
        theme: the theme, with all its folders.
    """
    environment = Theme.get_env(theme)
    environment.loader = _Templates(theme.dirs)
    environment.bytecode_cache = COMPILED
    return environment


class _Templates(FileSystemLoader):
    """The templates of a theme that has no other files."""

    def list_templates(self) -> list[str]:
        return []
