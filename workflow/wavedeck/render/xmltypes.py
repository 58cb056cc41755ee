"""The type of an XML element, for annotations."""

from lxml.etree import _Element as XmlElement

__all__ = ["XmlElement"]
