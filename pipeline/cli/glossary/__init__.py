"""What `pipeline glossary` shows: how terms are kept to, and which may be missing.

``collecting`` reads what is compared, ``report`` and ``candidates`` lay the answers out.
"""
