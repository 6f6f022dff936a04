"""Nothing in the project names a place on a developer's machine or loads from elsewhere."""

import re
from html.parser import HTMLParser

from tests.support.tree import texts

PLACES = re.compile(
    r"""(?x)
      (?<![\w.]) / (?:work|root|farm) / \w      # a folder of one machine
    | (?<![\w.]) / (?:home|Users) / (?!pi/) \w+ /
    | pypi\.org | pythonhosted\.org | registry\.npmjs | (?:deb|security)\.debian\.org
    """
)
# JavaScript and CSS may name the SVG namespace, which nothing ever loads.
ELSEWHERE = re.compile(r"(?:\bhttps?:|\bwss?:|url\(\s*[\"']?)//(?!www\.w3\.org/)[\w.-]")
LOADING = {
    ("link", "href"),
    ("script", "src"),
    ("img", "src"),
    ("img", "srcset"),
    ("source", "src"),
    ("source", "srcset"),
    ("audio", "src"),
    ("video", "src"),
    ("video", "poster"),
    ("iframe", "src"),
    ("object", "data"),
    ("embed", "src"),
    ("use", "href"),
    ("image", "href"),
    ("form", "action"),
    ("base", "href"),
}


class Page(HTMLParser):
    """What a template loads, and what of it the content security policy would refuse."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=False)
        self.loads: list[str] = []
        self.inline: list[str] = []
        self._script_type: str | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        named = dict(attrs)
        self.loads += [v for k, v in attrs if v and (tag, k) in LOADING]
        self.inline += [f"<{tag} {k}=…>" for k in named if k == "style" or k.startswith("on")]
        if tag == "style":
            self.inline.append("<style>")
        if tag == "script" and "src" not in named and named.get("type") != "application/json":
            self.inline.append("<script>")


def of_kind(*endings: str) -> dict[str, str]:
    return {
        name: text
        for name, text in texts()
        if name.startswith(("static/", "templates/"))
        and not name.startswith("static/vendor/")
        and name.endswith(endings)
    }


def pages() -> dict[str, Page]:
    return {name: Page(text) for name, text in of_kind(".html", ".svg").items()}


def test_no_file_names_a_machines_folder_or_a_package_index() -> None:
    named = [
        f"{name}: {found.group()}"
        for name, text in texts()
        if name not in {"requirements.lock", "LICENSE"} and (found := PLACES.search(text))
    ]
    assert named == []


def test_the_lock_names_no_address() -> None:
    lock = dict(texts())["requirements.lock"]
    assert re.findall(r"https?:|file:/|--index-url|--find-links|\s@\s", lock) == []


def test_scripts_and_styles_name_nothing_outside_the_box() -> None:
    named = [
        f"{name}: {found.group()}"
        for name, text in of_kind(".js", ".css").items()
        if (found := ELSEWHERE.search(text))
    ]
    assert named == []


def test_pages_load_nothing_from_outside_the_box() -> None:
    loaded = [
        f"{name}: {address}"
        for name, page in pages().items()
        for address in page.loads
        if re.match(r"\s*(?:\w+:)?//", address)
    ]
    assert loaded == []


def test_pages_hold_nothing_that_the_content_security_policy_refuses() -> None:
    inline = [f"{name}: {what}" for name, page in pages().items() for what in page.inline]
    assert inline == []


def test_the_look_at_pages_sees_what_it_is_for() -> None:
    page = Page(
        '<p style="color:red" onclick="x()"><script>x()</script><style>p{}</style>'
        '<script type="application/json">{}</script><img src="//elsewhere.example/a.png">'
    )
    assert page.inline == ["<p style=…>", "<p onclick=…>", "<script>", "<style>"]
    assert page.loads == ["//elsewhere.example/a.png"]
    assert ELSEWHERE.search('fetch("https://elsewhere.example/")')
    assert ELSEWHERE.search("url(//elsewhere.example/a.woff2)")
    assert PLACES.search("see /ro" + "ot/x")
