"""Sets a report as what holds a page: a web archive, the answer of a web service."""

from __future__ import annotations

import json
from email.charset import QP, Charset
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart

from gxtools.forms import Forms
from gxtools.writing.content import Content
from gxtools.writing.layouts import HtmlLayout
from gxtools.writing.pages import set_page

_DEFAULT = HtmlLayout()


def set_archive(content: Content, layout: HtmlLayout = _DEFAULT, known: Forms | None = None) -> bytes:
    """The report as a web archive, as browsers save one. Raises what ``set_page`` raises."""
    archive = MIMEMultipart("related", type="text/html")
    charset = Charset("utf-8")
    charset.body_encoding = QP
    page = MIMENonMultipart("text", "html")
    page.set_payload(set_page(content, layout, known), charset)
    if content.address:
        archive["Snapshot-Content-Location"] = content.address
        page["Content-Location"] = content.address
    archive.attach(page)
    return archive.as_bytes()


def set_answer(content: Content, layout: HtmlLayout = _DEFAULT, known: Forms | None = None) -> str:
    """The report as the JSON answer of a web service. Raises what ``set_page`` raises."""
    article = {"id": 4711, "title": content.title, "content": set_page(content, layout, known)}
    if content.published:
        article["publishTime"] = f"{content.published.isoformat()} 09:30:00"
    if content.address:
        article["url"] = content.address
    return json.dumps({"code": 200, "msg": "success", "data": article}, ensure_ascii=False)
