"""The look of a Word document: its styles, its page, its header and footer, and what it says of itself."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from writ.formats.paper.sheet import Sheet
from writ.formats.reader.characters import clean
from writ.formats.reader.edition import SHOWN

_FONT = "Cambria"
_OWN = {
    "Law Text": (11, None, False, ""),
    "Law Marginal": (9.5, True, True, ""),
    "Law History": (8.5, None, False, ""),
    "Law Code": (9, None, False, "Consolas"),
    "Law Cell": (9.5, None, False, ""),
    "Law Signature": (11, None, True, ""),
}
"""Size in points, whether bold, whether it stays with the next paragraph, and its font if it has its own."""
_SIZES = {1: 15, 2: 13, 3: 12}


def prepare(document: Any, sheet: Sheet, said: Mapping[str, str], language: str) -> None:
    """A document ready to be written into."""
    _styles(document, language)
    _page(document, sheet, said)
    about = document.core_properties
    about.title, about.author = clean(sheet.title), clean(sheet.book)
    about.subject = clean(sheet.part or sheet.long_title)
    about.keywords, about.language = sheet.digest, language
    about.comments = ""
    about.last_modified_by = ""
    about.created = about.modified = dt.datetime(sheet.day.year, sheet.day.month, sheet.day.day)
    about.revision = 1


def _styles(document: Any, language: str) -> None:
    from docx.enum.style import WD_STYLE_TYPE
    from docx.shared import Pt, RGBColor

    styles = document.styles
    normal = styles["Normal"]
    normal.font.name, normal.font.size = _FONT, Pt(11)
    _all_letters(normal, _FONT)
    _language(normal, language)
    for level in range(1, 10):
        style = styles[f"Heading {level}"]
        style.font.name, style.font.size = _FONT, Pt(_SIZES.get(level, 11))
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.font.bold, style.font.italic = True, False
        style.paragraph_format.space_before = Pt(14 if level < 3 else 9)
        style.paragraph_format.space_after = Pt(4)
        style.paragraph_format.keep_with_next = True
        _all_letters(style, _FONT)
    for name in ("Title", "Subtitle"):
        styles[name].font.name = _FONT
        styles[name].font.color.rgb = RGBColor(0, 0, 0)
        _all_letters(styles[name], _FONT)
    styles["Title"].paragraph_format.space_before = Pt(90)
    for name, (size, bold, keep, font) in _OWN.items():
        style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = normal
        style.font.size, style.font.bold = Pt(size), bold
        if font:
            style.font.name = font
        style.paragraph_format.space_after = Pt(0 if name == "Law Cell" else 5)
        style.paragraph_format.keep_with_next = keep or None
    contents = styles["TOC Heading"]  # of a heading it would stand in the contents itself
    contents.base_style = normal
    contents.font.size, contents.font.bold = Pt(15), True


def _all_letters(style: Any, font: str) -> None:
    """The font for every script: the template of Word names others for some."""
    from docx.oxml.ns import qn

    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), font)


def _language(style: Any, language: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    element = OxmlElement("w:lang")
    element.set(qn("w:val"), language)
    style.element.get_or_add_rPr().append(element)


def _page(document: Any, sheet: Sheet, said: Mapping[str, str]) -> None:
    from docx.shared import Cm

    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    section.top_margin = section.bottom_margin = Cm(2.8)
    section.different_first_page_header_footer = True
    section.header.paragraphs[0].text = f"{clean(sheet.title)}\t\t{sheet.digest[:SHOWN]}"
    for footer in (section.footer, section.first_page_footer):
        paragraph = footer.paragraphs[0]
        paragraph.text = f"\t{said['page']} "
        field(paragraph, "PAGE", "1")
        paragraph.add_run(f" {said['of']} ")
        field(paragraph, "NUMPAGES", "1")


def field(paragraph: Any, instruction: str, shown: str) -> None:
    """A field: what Word reckons itself, with what stands there until it does."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    def part(kind: str) -> Any:
        element = OxmlElement("w:fldChar")
        element.set(qn("w:fldCharType"), kind)
        if kind == "begin" and instruction.startswith("TOC"):
            element.set(qn("w:dirty"), "true")  # Word fills it in when it opens the file
        return element

    said = OxmlElement("w:instrText")
    said.set(qn("xml:space"), "preserve")
    said.text = f" {instruction} "
    for each in (part("begin"), said, part("separate")):
        paragraph.add_run()._r.append(each)
    paragraph.add_run(shown)
    paragraph.add_run()._r.append(part("end"))
