"""Markdown health resources to a multilingual website and printable leaflets."""

__version__ = "0.1.0"
