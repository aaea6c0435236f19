"""What the checks know of a language: number words, units, negators, separators, length.

In: the table of a language (``tables/<tag>.toml``, which a translator can read and correct), what
a project has to add to it, and CLDR for what no table says. Out: a :class:`Language`, made once.
A language without a table is known by CLDR alone: the checks then say less, never more.
"""

from pipeline.languages.forms import Forms
from pipeline.languages.index import Index, split_words
from pipeline.languages.language import Language, Length
from pipeline.languages.loading import load_language, table_tags
from pipeline.languages.spelling import fold, folding
from pipeline.languages.stems import Stemmer, count_common, find_stemmer

__all__ = [
    "Forms",
    "Index",
    "Language",
    "Length",
    "Stemmer",
    "count_common",
    "find_stemmer",
    "fold",
    "folding",
    "load_language",
    "split_words",
    "table_tags",
]
