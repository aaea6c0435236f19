"""Puts what a new content repository begins with into the wheel; all else is in pyproject.toml.

The theme, the language table and the interface's catalogs lie at the root of this repository, where
its own site is built with them. `pipeline init` and `pipeline upgrade` need them where the program
is installed.
"""

import shutil
from pathlib import Path

from setuptools import setup
from setuptools.command.build_py import build_py

ROOT = Path(__file__).parent
PLACE = "pipeline/cli/repository/shipped"
FILES = ("theme/**/*", "locales/locales.toml", "locales/*/interface.po", "mkdocs.yml")


class BuildWithTheme(build_py):
    """Builds the package with those files in it; an editable one has them at the root."""

    def run(self) -> None:
        """Build, then copy."""
        super().run()
        if self.editable_mode:
            return
        place = Path(self.build_lib, PLACE)
        shutil.rmtree(place, ignore_errors=True)
        for pattern in FILES:
            for path in filter(Path.is_file, ROOT.glob(pattern)):
                target = place / path.relative_to(ROOT)
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, target)


setup(cmdclass={"build_py": BuildWithTheme})
