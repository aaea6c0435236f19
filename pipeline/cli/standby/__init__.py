"""The process that stands by for the next build: left by a build, it ends after a while.

``leaving`` begins it, ``loading`` loads in it what a build needs, ``serving`` waits for builds,
``copying`` is what a build is done in. What is said to it, and by whom, is in ``pipeline.standby``.
"""
