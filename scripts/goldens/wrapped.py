"""The reports as web archives, by Chromium and as Internet Explorer did, and as answers of web services."""

from __future__ import annotations

import html
import shutil
import tempfile
from email.charset import BASE64, Charset
from email.header import Header
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from pathlib import Path

from playwright.sync_api import sync_playwright

from scripts.goldens.made import Made, title_of
from scripts.goldens.pages import page_html


def archive_by_chromium(pages: dict[str, str], path: Path) -> None:
    """Save the first of the pages as Chromium does."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for name, text in pages.items():
            (Path(folder) / name).write_text(text, encoding="utf-8")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page()
        page.route(
            "http://www.jiangzhou.gov.cn/**",
            lambda route: route.fulfill(path=Path(folder) / route.request.url.rpartition("/")[2]),
        )
        page.goto(f"http://www.jiangzhou.gov.cn/zwgk/{next(iter(pages))}")
        session = page.context.new_cdp_session(page)
        data = session.send("Page.captureSnapshot", {"format": "mhtml"})["data"]
        path.write_bytes(data.encode())
        browser.close()


def archive_by_explorer(made: Made, path: Path) -> None:
    """What Internet Explorer saved: GB2312 in base64, headers in GB2312, a picture behind the page."""
    charset = Charset("gb2312")
    charset.body_encoding = BASE64
    page = MIMENonMultipart("text", "html", charset="gb2312")
    page.set_payload(page_html(made).replace("utf-8", "gb2312"), charset)
    page["Content-Location"] = "http://www.jiangzhou.gov.cn/art/2023/1/28/art_1.html"
    picture = MIMENonMultipart("image", "gif")
    picture.set_payload("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
    picture["Content-Transfer-Encoding"] = "base64"
    whole = MIMEMultipart("related", "----=_NextPart_000_0000_01D9.ABCD", type="text/html")
    whole["From"] = Header("由 Windows Internet Explorer 8 保存", "gb2312")
    whole["Subject"] = Header(title_of(made), "gb2312")
    whole["X-MimeOLE"] = "Produced By Microsoft MimeOLE V6.1.7601.17609"
    whole.attach(page)
    whole.attach(picture)
    text = whole.as_bytes().replace(b"\n", b"\r\n")
    path.write_bytes(text)


def answer(made: Made, more: dict[str, object]) -> dict[str, object]:
    inside = page_html(made)
    body = inside[inside.index("<body>") + 6 : inside.index("</body>")]
    return {"id": 9, "infoTitle": title_of(made), "infoContent": html.escape(body), "summary": "", **more}
