"""A Word document's tree brought to what a reader of its final text sees: changes accepted, wrappers and fields gone.

Afterwards a block holds nothing but paragraphs and tables, a table rows, a row cells, and a paragraph runs.
"""

from __future__ import annotations

from lxml import etree

from gxtools.documents.docx_names import MC, OF_PARAGRAPH, OF_ROW, OF_RUN, PARAGRAPH, RUN, TEXT, VALUE, W, is_on, value
from gxtools.documents.docx_styles import Styles
from gxtools.documents.html_marks import doubted
from gxtools.grids import Note

# A paragraph whose end was taken out or is hidden goes on in the next one: this attribute of its properties says so.
JOINED = "joined"
# A field's chosen entry, which Word shows and no run holds.
CHOICE = W + "choice"


def _names(*names: str) -> tuple[str, ...]:
    return tuple(W + name for name in names)


_BOX = W + "txbxContent"
_CHANGES = _names("del", "moveFrom", "ins", "moveTo")
_UNSEEN = _names(
    *("del", "moveFrom", "delText", "delInstrText", "instrText", "rt", "rubyPr", "sdtPr", "sdtEndPr", "sectPr"),
    *("pPrChange", "rPrChange", "tblPrChange", "tblPrExChange", "trPrChange", "tcPrChange", "tblGridChange"),
    *("smartTagPr", "customXmlPr"),
)
_WRAPPERS = (
    *_names("ins", "moveTo", "sdt", "sdtContent", "customXml", "smartTag", "hyperlink", "fldSimple", "dir", "bdo"),
    *_names("ruby", "rubyBase"),
    *(MC + name for name in ("AlternateContent", "Choice", "Fallback")),
)
_CONTENTS = "table of contents"


def keep_visible(body: etree._Element, styles: Styles) -> tuple[Note, ...]:
    """Change a tree in place; return notes of what a person should know.

    Tracked changes are read as if all were accepted: what was put in is text, what was taken out is not. A field is
    its result, a content control its content, a table of contents and a prompt to fill in something are nothing. Text
    in a box follows the paragraph that the box is fixed to, once, though files hold it twice.
    """
    _choose_alternatives(body)
    notes = _note_changes(body)
    _accept_changes(body)
    _keep_results(body)
    _drop_prompts(body)
    _doubt_turned(body)
    etree.strip_elements(body, *_UNSEEN, with_tail=False)
    etree.strip_tags(body, *_WRAPPERS)
    _drop_contents(body, styles)
    _mark_hidden_ends(body)
    _move_boxes(body)
    return notes


def _remove(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def _choose_alternatives(body: etree._Element) -> None:
    """Of the forms in which a file holds the same thing for newer and older programs, the first that holds text."""
    for element in list(body.iter(MC + "AlternateContent")):
        forms = list(element)
        kept = next((form for form in forms if next(form.iter(TEXT), None) is not None), None)
        for form in forms:
            if form is not kept:
                element.remove(form)


def _note_changes(body: etree._Element) -> tuple[Note, ...]:
    if not any(next(element.iter(TEXT, W + "delText"), None) is not None for element in body.iter(*_CHANGES)):
        return ()
    return (
        Note(
            "The document holds tracked changes; it was read as if all of them were accepted.",
            "文件含有修订标记，已按接受全部修订读取。",
        ),
    )


def _accept_changes(body: etree._Element) -> None:
    """Rows and cells that were taken out go, and paragraphs whose end was taken out are marked to be joined."""
    for element in list(body.iter(*_names("del", "moveFrom", "cellDel"))):
        parent = element.getparent()
        if parent.tag == OF_ROW or element.tag == W + "cellDel":
            _remove(parent.getparent())
        elif parent.tag == OF_RUN and parent.getparent().tag == OF_PARAGRAPH:
            parent.getparent().set(JOINED, "1")


def _keep_results(body: etree._Element) -> None:
    """Drop what fields are made of, up to the mark that parts it from the result; a list of choices is the chosen."""
    if next(body.iter(W + "fldChar"), None) is None:
        return
    fields: list[bool] = []  # of those that are not over, the innermost last: whether the result has begun
    unseen: list[etree._Element] = []
    for element in body.iter(TEXT, PARAGRAPH, *_names("fldChar", "sym", "tab")):
        if element.tag == PARAGRAPH:
            # No instruction goes beyond its paragraph: one without an end must not swallow the rest.
            fields = [True] * len(fields)
        elif element.tag != W + "fldChar":
            unseen += [] if all(fields) else [element]
        elif (kind := element.get(W + "fldCharType")) == "begin":
            fields.append(False)
            _put_choice(element)
        elif fields:
            fields.pop()
            if kind != "end":
                fields.append(True)
    for element in unseen:
        _remove(element)


def _put_choice(field: etree._Element) -> None:
    choices = field.find(f"{W}ffData/{W}ddList")
    entries = choices.findall(W + "listEntry") if choices is not None else []
    chosen = value(choices, "result") or value(choices, "default") or "0"
    if chosen.isdecimal() and int(chosen) < len(entries):
        text = etree.Element(CHOICE)
        text.text = entries[int(chosen)].get(VALUE)
        field.addnext(text)


def _drop_prompts(body: etree._Element) -> None:
    """The text of a content control that waits to be filled in, or that holds a table of contents."""
    for control in list(body.iter(W + "sdt")):
        properties = control.find(W + "sdtPr")
        if properties is None:
            continue
        prompt = properties.find(W + "showingPlcHdr")
        gallery = value(properties.find(W + "docPartObj"), "docPartGallery") or ""
        if (prompt is not None and is_on(prompt)) or gallery.lower() == _CONTENTS:
            etree.strip_elements(control, TEXT, with_tail=False)


def _doubt_turned(body: etree._Element) -> None:
    """Digits that are set from right to left stand in another order than they are written in."""
    for element in body.iter(W + "bdo"):
        if element.get(VALUE) == "rtl":
            for text in element.iter(TEXT):
                text.text = doubted(text.text or "")


def _drop_contents(body: etree._Element, styles: Styles) -> None:
    """Lines of a table of contents, told by their style: their page numbers are no figures."""
    for element in list(body.iter(W + "pStyle")):
        if styles.get(element.get(VALUE)).name.startswith("toc "):
            etree.strip_elements(element.getparent().getparent(), RUN, with_tail=False)


def _mark_hidden_ends(body: etree._Element) -> None:
    for element in body.iter(W + "vanish"):
        owner = element.getparent().getparent()
        if owner is not None and owner.tag == OF_PARAGRAPH and is_on(element):
            owner.set(JOINED, "1")


def _move_boxes(body: etree._Element) -> None:
    for box in reversed(list(body.iter(_BOX))):  # the last first, so that several of one paragraph keep their order
        host = next(box.iterancestors(PARAGRAPH), None)
        _remove(box)
        if host is not None:
            for element in reversed(list(box)):
                host.addnext(element)
