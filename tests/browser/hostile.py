"""People, files and a policy that would do harm, if a page let them."""

from connectrules import Contact
from connectrules.render.cells import harmless
from tests.browser import made

_SCRIPT = "<script>window.hit=1</script>"

NAMES = (
    _SCRIPT,
    f"</script>{_SCRIPT}",
    f"</noscript>{_SCRIPT}",
    "<!--<script>",
    "-->]]><img src=x onerror=window.hit=1>",
    "\"' onmouseover='window.hit=1' autofocus onfocus=\"window.hit=1",
    "${window.hit=1} {{window.hit=1}} $policy $contacts `${window.hit=1}`",
    "&lt;b&gt; &amp;amp; &#x3c;",
    "__proto__",
    "constructor",
    "right\u202eleft\u2066\u2069\u200f\u200e",
    "line\u2028para\u2029graph\r\n\t\x00\x1b[31m\x7f\x9b",
    "half \ud800 pair \udfff",
    "\ufeffmark\u00ad\u200b",
    "שלום עולם",
    "👩\u200d👩\u200d👧 family",
    "z" + "\u0301" * 60,
    "=HYPERLINK(0)",
    r"\u003cscript\u003e \x3c",
)

LINKS = (
    "HTTPS://net.example/in/ada?a=1&b=%22#<b>",
    "http://127.0.0.1:9/x",
    "https://net.example",
    "mailto:ada@net.example",
)

SCHEMES = (
    "javascript:window.hit=1",
    "JaVaScRiPt://net.example/%0Awindow.hit=1",
    "data:text/html,window.hit=1",
    "file:///etc/hosts",
    "ftp://net.example",
    "//net.example",
    "https://[",
)
"""Addresses of a kind that no link may have, and one that is none."""

_NO_LINKS = (
    "javascript:window.hit=1",
    "JaVaScRiPt:window.hit=1//https://net.example",
    "java\tscript:window.hit=1",
    "\x01javascript:window.hit=1",
    " javascript:window.hit=1",
    "https://\njavascript:window.hit=1",
    "data:text/html,<script>window.hit=1</script>",
    "vbscript:x",
    "file:///etc/hosts",
    "//net.example",
    "net.example/in/ada",
    "https:net.example",
    "https://",
    "https://[",
    "https://a:b:c",
    "https://%zz/",
    "https://good.example@evil.example/",
    "https://good.example\\@evil.example/",
    "https://net.example/\u202egpj.exe",
    "https://net.example/a b",
    "https://net.example/" + "a" * 5_000,
    "mailto:",
    "mailto:javascript:window.hit=1@x",
    "\ud800",
)

_POLICY = r"""
POLICY "</title><script>window.hit=1</script>"
ABOUT "</style><img src=x onerror=window.hit=1>"
ASK would recommend: "<img src=x onerror=window.hit=1> {name} ${1} </script>"
# </code></pre></details><script>window.hit=1</script> <!--
CONNECT "</script><script>window.hit=1</script>" WHEN would recommend
BECAUSE "<svg onload=window.hit=1>"
CONNECT "__proto__" WHEN company is "<b>"
CONNECT "constructor" WHEN company is "</script>"
DECLINE "error" WHEN company contains "\"><img src=x onerror=window.hit=1>"
OTHERWISE REVIEW BECAUSE "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>"
"""

_COMPANIES = ("<b>", "</script>", '"><img src=x onerror=window.hit=1>')


def people() -> list[Contact]:
    """One for each name, link and company, and one that cannot be judged."""
    named = [
        Contact(key=f"k{number}{name}", name=name, position=name, note=_SCRIPT)
        for number, name in enumerate(NAMES)
    ]
    linked = [
        Contact(
            key=f"link {number}",
            url=url,
            company="x",
            would_recommend=True,
            origins={"would recommend": _SCRIPT},
        )
        for number, url in enumerate(LINKS + _NO_LINKS)
    ]
    employed = [Contact(key=company, company=company) for company in _COMPANIES]
    wrong = Contact(key="wrong", company=7, would_recommend=f"{_SCRIPT}\u202e")  # type: ignore[arg-type]
    return [*named, *linked, *employed, wrong]


def names() -> list[str]:
    """What they are called on a page."""
    return [harmless(str(one.name or one.key)) for one in people()]


def text() -> str:
    """A page about them."""
    files = (f"{_SCRIPT}.csv", "\u202evsc.elif", "a\ud800b")
    return made.text_of(people(), policy=_POLICY, files=files, notes=(*NAMES, "$script $notes"))
