"""Repositories of content: laid out anew, and brought up to a newer program.

``shipped`` finds what the program brings for them, ``laying`` makes one of it, ``theme``,
``settings``, ``interface``, ``rekeying`` and ``ledgers`` each work out one step of an upgrade,
``upgrading`` is the plan of all of them and carries it out.
"""
