"""What of the site can be taken along: a page as one file, a language as one archive or on a phone.

In: rendered pages as bytes, and a function that reads what they show. Out: bytes; nothing here
reads or writes the disk. Both are made from pages that passed the gate and of nothing else, and
equal pages give equal bytes.
"""

from pipeline.offline.archive import Packed, Part, Words, pack_archive, render_archive
from pipeline.offline.keeplist import Listed, list_page, render_keep_list
from pipeline.offline.onefile import ONE_FILE_LIMIT, Copy, render_one_file
from pipeline.offline.packing import Member

__all__ = [
    "ONE_FILE_LIMIT",
    "Copy",
    "Listed",
    "Member",
    "Packed",
    "Part",
    "Words",
    "list_page",
    "pack_archive",
    "render_archive",
    "render_keep_list",
    "render_one_file",
]
