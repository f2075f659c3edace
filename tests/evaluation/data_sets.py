"""Small data sets in the published layouts, in the project's own words."""

import gzip
import json

BRIDGE = (
    "The new bridge over the river opens on Monday, the council said in the evening. "
    "It took four years to build, and it cost more than anybody had expected."
)
ROAD = (
    "The road behind the bridge is closed until the spring, because the winter was too wet. "
    "Buses take the old way through the village, once every half an hour."
)
MENU = "Home\nContact\nSign in"


def page(*paragraphs, title="The bridge"):
    menu = "".join(f"<li><a href='/'>{entry}</a></li>" for entry in MENU.split("\n"))
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    html = f"<!DOCTYPE html><html><head><title>{title}</title></head><body><ul>{menu}</ul>"
    return f"{html}<main><h1>{title}</h1>{body}</main></body></html>".encode()


def write(path, content):
    path.parent.mkdir(parents=True, exist_ok=True)
    if isinstance(content, dict):
        content = json.dumps(content)
    content = content.encode() if isinstance(content, str) else content
    path.write_bytes(gzip.compress(content) if path.suffix == ".gz" else content)


def make_wcxb(folder, split="dev"):
    files = {
        "0001": {"page_type": "article", "split": split},
        "0002": {"page_type": "forum", "split": split},
    }
    write(folder / "metadata.json", {"files": files})
    for name, text in (("0001", BRIDGE), ("0002", ROAD), ("0003", "")):
        write(folder / split / "html" / f"{name}.html.gz", page(text))
        write(folder / split / "ground-truth" / f"{name}.json", _wcxb_gold(name, text))
    return folder


def _wcxb_gold(name, text):
    return {
        "url": f"https://example.org/{name}",
        "ground_truth": {"title": "The bridge", "main_content": text},
        "_internal": {"page_type": {"primary": "product"}},
    }


REMARKS = (("Ada", "I took the ferry all those years."), ("otter", "And who pays for it?"))


def remark(author, text):
    """A comment marked up with schema.org."""
    return (
        "<li class='remark' itemprop='comment' itemscope itemtype='https://schema.org/Comment'>"
        f"<b itemprop='author' itemscope itemtype='http://schema.org/Person'>"
        f"<a href='/u' itemprop='name'>{author}</a></b> <time>3 May 2021</time>"
        f"<div itemprop='text'><p>{text}</p></div></li>"
    )


def remarks_page(*remarks, article="<article itemscope itemtype='https://schema.org/Article'>"):
    items = "".join(remark(*each) for each in remarks)
    body = f"{article}<p>{BRIDGE}</p></article><ul class='comments'>{items}</ul>"
    return f"<!DOCTYPE html><title>The bridge</title><body><h1>The bridge</h1>{body}</body>"


def make_commented(folder):
    make_wcxb(folder)
    write(folder / "dev/html/0001.html.gz", remarks_page(*REMARKS))
    return folder


def make_aeb(folder):
    truth = {name: {"articleBody": text, "url": "https://example.org/a"} for name, text in TEXTS}
    write(folder / "ground-truth.json", truth)
    for name, text in TEXTS:
        write(folder / "html" / f"{name}.html.gz", page(text))
    return folder


TEXTS = (("a1", BRIDGE), ("b2", ROAD))


def make_traf(folder, places=("cache/one.html", "eval/two.html")):
    truth = {}
    for place, (name, text) in zip(places, TEXTS, strict=True):
        file = place.split("/")[1].removesuffix(".gz")
        truth[f"https://example.org/{name}"] = {
            "file": file,
            "with": [text[:30], text[-30:]],
            "without": ["Sign in"],
        }
        write(folder / place, page(text))
    write(folder / "evaldata.json", truth)
    return folder


def make_readability(folder, suffix=""):
    for name, text in TEXTS:
        write(folder / name / f"source.html{suffix}", page(text))
        expected = f"<div><h2>The bridge</h2><p>{text}</p></div>"
        write(folder / name / f"expected.html{suffix}", expected)
        write(folder / name / "expected-metadata.json", {"title": "The Bridge"})
    return folder


def make_roles(folder, cut="\t", name="readability-a1"):
    lines = [("navigation", entry) for entry in MENU.split("\n")]
    lines += [("headline", "The bridge"), ("body", BRIDGE)]
    write(folder / f"{name}.labels", "".join(f"{role}{cut}{text}\n" for role, text in lines))
    return folder
