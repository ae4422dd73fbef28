"""JSON as programs write it: what stands around articles, and what their fields hold."""

from __future__ import annotations

import json
from typing import Any

import pytest

TEXT = "Қалада жаңа көпір ашылды."
ITEM = {"title": "Көпір", "text": TEXT, "url": "https://ulgi.example/1"}
OTHER = {"title": "Жол", "text": "Ауылда жол жөнделді.", "url": "https://ulgi.example/2"}


def one(read_file: Any, value: object, name: str = "a.json") -> Any:
    outcome = read_file(name, json.dumps(value, ensure_ascii=False))
    assert outcome.problems == []
    [article] = outcome.articles
    return article


@pytest.mark.parametrize(
    "value",
    [
        [ITEM, OTHER],
        {"articles": [ITEM, OTHER]},
        {"status": "ok", "totalResults": 2, "articles": [ITEM, OTHER]},
        {"data": {"items": [ITEM, OTHER]}, "meta": {"page": 1}},
        {"data": [{"id": 1, "attributes": ITEM}, {"id": 2, "attributes": OTHER}]},
        {"data": {"posts": {"edges": [{"node": ITEM}, {"node": OTHER}]}}},
        {"response": {"docs": [ITEM, OTHER], "numFound": 2}},
        {"took": 3, "hits": {"total": 2, "hits": [{"_source": ITEM}, {"_source": OTHER}]}},
        {"hits": [{"document": ITEM}, {"document": OTHER}], "found": 2},
        {"rows": [{"row_idx": 0, "row": ITEM}, {"row_idx": 1, "row": OTHER}], "features": []},
        {"content": [ITEM, OTHER], "totalPages": 1},
        {"n1": ITEM, "n2": OTHER},
        {"title": {"0": "Көпір", "1": "Жол"}, "text": {"0": TEXT, "1": OTHER["text"]}},
        {"columns": ["title", "text"], "data": [["К", TEXT], ["Ж", OTHER["text"]]]},
        {"schema": {"fields": []}, "data": [{"index": 0, **ITEM}, {"index": 1, **OTHER}]},
        [["title", "text"], ["Көпір", TEXT], ["Жол", OTHER["text"]]],
        [{"type": "header"}, {"type": "table", "name": "news", "data": [ITEM, OTHER]}],
        {"@context": "https://schema.org", "@graph": [
            {"@type": "WebPage", "name": "x"},
            {"@type": "NewsArticle", "headline": "К", "articleBody": TEXT},
            {"@type": "Article", "headline": "Ж", "articleBody": OTHER["text"]}]},
    ],
    ids=range(18),
)  # fmt: skip
def test_what_stands_around_articles(read_file: Any, value: object) -> None:
    for indent in (None, 2):
        content = json.dumps(value, ensure_ascii=False, indent=indent)
        for name in ("a.json", "download"):
            outcome = read_file(name, content)
            assert outcome.bodies == [TEXT, OTHER["text"]]
            assert [p for p in outcome.problems if "there is no text" not in p] == []


def test_an_object_longer_than_an_article_is_looked_into(
    read_file: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kzsearch.documents.formats.json_stream.MAX_CHARS", 70_000)
    items = [{**ITEM, "id": f"n{n}", "date": "2025-09-29"} for n in range(2_000)]
    for value in (
        {"name": "Арна", "count": 2_000, "items": items, "end": True},
        {"a": {"b": {"items": items}}},
        {f"k{n}": item for n, item in enumerate(items)},
        {"articles": items[:3], "more": items[3:]},
    ):
        outcome = read_file("a.json", json.dumps(value, ensure_ascii=False))
        assert len(outcome.articles) == 2_000
        assert outcome.problems == []


def test_a_long_object_that_is_cut_off(read_file: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kzsearch.documents.formats.json_stream.MAX_CHARS", 70_000)
    content = json.dumps({"items": [{**ITEM, "id": f"n{n}"} for n in range(2_000)]})
    outcome = read_file("a.json", content[:-400])
    assert 1_900 < len(outcome.articles) < 2_000
    assert len(outcome.problems) > 0


def test_keys_are_the_ids_of_an_object_of_articles(read_file: Any) -> None:
    outcome = read_file("a.json", json.dumps({"1001": ITEM, "1002": OTHER}))
    assert [article.id for article in outcome.articles] == ["1001", "1002"]


def test_bulk_file_of_elasticsearch(read_file: Any) -> None:
    lines = [
        {"index": {"_index": "news", "_id": "b1"}}, ITEM,
        {"create": {"_id": 7}}, OTHER,
        {"delete": {"_id": "b3"}},
    ]  # fmt: skip
    outcome = read_file("a.ndjson", "\n".join(json.dumps(line) for line in lines))
    assert outcome.problems == []
    assert [article.id for article in outcome.articles] == ["b1", "7"]


def test_elasticsearch_fields_and_ids(read_file: Any) -> None:
    lines = [
        {"_index": "n", "_id": "17", "_source": ITEM},
        {"_index": "n", "_id": "x", "fields": {"title": ["Жол"], "text": [OTHER["text"]]}},
    ]
    outcome = read_file("a.json", "\n".join(json.dumps(line) for line in lines))
    assert [article.id for article in outcome.articles] == ["17", "x"]
    assert outcome.articles[1].title == "Жол"


TELEGRAM = {
    "name": "Үлгі арнасы", "type": "public_channel", "id": 77,
    "messages": [
        {"id": 1, "type": "service", "date": "2025-09-01T10:00:00", "actor": "Үлгі арнасы",
         "action": "create_channel", "text": "", "text_entities": []},
        {"id": 2, "type": "message", "date": "2025-09-29T12:30:00",
         "date_unixtime": "1759138200", "from": "Үлгі арнасы",
         "text": [{"type": "bold", "text": "Көпір ашылды"}, "\n\n", "Ол ",
                  {"type": "text_link", "text": "ұзын", "href": "https://ulgi.example/1"}, "."]},
        {"id": 3, "type": "message", "date": "2025-09-29T12:30:00", "photo": "a.jpg", "text": "",
         "text_entities": []},
        {"id": 4, "type": "message", "date": "2025-09-29T12:30:00", "from": "Үлгі арнасы",
         "text": "Жол жөнделді."},
    ],
}  # fmt: skip


@pytest.mark.parametrize("whole", [False, True], ids=["a channel", "an account"])
def test_telegram(read_file: Any, whole: bool) -> None:
    value: object = {"about": "…", "chats": {"list": [TELEGRAM]}} if whole else TELEGRAM
    outcome = read_file("result.json", json.dumps(value, ensure_ascii=False, indent=1))
    assert outcome.problems == []
    first, second = outcome.articles
    assert (first.title, first.body) == ("Көпір ашылды", "Көпір ашылды\n\nОл ұзын.")
    assert first.date.isoformat() == "2025-09-29T09:30:00+00:00"
    assert {first.source, second.source} == {"Үлгі арнасы"}
    assert (first.id, second.id) == ("telegram-77:2", "telegram-77:4")
    assert first.author == ""


def test_two_channels_number_from_one_and_nothing_is_lost(read: Any, tmp_path: Any) -> None:
    for folder, number in (("a", 77), ("b", 78)):
        path = tmp_path / folder / "result.json"
        path.parent.mkdir()
        path.write_text(json.dumps({**TELEGRAM, "id": number, "name": f"Арна {number}"}))
    outcome = read(tmp_path)
    assert len({article.id for article in outcome.articles}) == 4
    assert outcome.problems == []


POST = {
    "id": 11, "date": "2025-09-29T14:30:00", "date_gmt": "2025-09-29T09:30:00", "status": "publish",
    "type": "post", "link": "https://ulgi.example/11", "author": 3, "categories": [4, 5],
    "title": {"rendered": "Көпір &#8211; ашылды"},
    "content": {"rendered": f"<p>{TEXT}</p>", "protected": False},
    "_embedded": {
        "author": [{"id": 3, "name": "Айгүл"}],
        "wp:term": [[{"taxonomy": "category", "name": "Қоғам"}],
                    [{"taxonomy": "post_tag", "name": "x"}]],
    },
}  # fmt: skip


def test_wordpress_rest(read_file: Any) -> None:
    article = one(read_file, [POST, {**POST, "id": 12, "status": "draft"}])
    assert (article.title, article.body) == ("Көпір – ашылды", TEXT)
    assert (article.author, article.category) == ("Айгүл", "Қоғам")
    assert article.date.isoformat() == "2025-09-29T09:30:00+00:00"
    assert article.source == "ulgi.example"
    assert article.id == "a:11"


def test_mongo(read_file: Any) -> None:
    record = {
        "_id": {"$oid": "5f1a2b3c4d5e6f7081920001"}, "title": "К", "text": TEXT,
        "date": {"$date": {"$numberLong": "1759138200000"}}, "views": {"$numberInt": "3"},
    }  # fmt: skip
    article = one(read_file, record, "a.jsonl")
    assert article.id == "5f1a2b3c4d5e6f7081920001"
    assert article.date.isoformat() == "2025-09-29T09:30:00+00:00"


def test_newsapi(read_file: Any) -> None:
    record = {
        "source": {"id": None, "name": "Үлгі"}, "author": "Айгүл", "title": "К",
        "description": "Қысқаша.", "url": "https://ulgi.example/1",
        "publishedAt": "2025-09-29T09:30:00Z", "content": f"{TEXT}… [+1234 chars]",
    }  # fmt: skip
    article = one(read_file, {"status": "ok", "articles": [record]})
    assert (article.source, article.body) == ("Үлгі", f"{TEXT}…")


def test_meta_object_tells_more(read_file: Any) -> None:
    record = {
        "content": TEXT,
        "warc_headers": {"warc-target-uri": "https://ulgi.example/1", "content-language": "kaz"},
        "metadata": {"identification": {"label": "kk"}},
    }
    article = one(read_file, record, "a.jsonl")
    assert (article.url, article.source) == ("https://ulgi.example/1", "ulgi.example")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (["Бір.", "Екі."], "Бір.\nЕкі."),
        ([{"type": "p", "data": {"text": "Бір."}}, {"data": {"text": "Екі."}}], "Бір.\nЕкі."),
        ({"blocks": [{"text": "Бір."}, {"text": "Екі."}]}, "Бір.\nЕкі."),
        ({"ops": [{"insert": "Бір.\n"}, {"insert": "Екі."}]}, "Бір.\nЕкі."),
        ({"type": "doc", "content": [
            {"type": "paragraph", "content": [{"type": "text", "text": "Б"},
                                              {"type": "text", "text": "ір."}]},
            {"type": "paragraph", "content": [{"type": "text", "text": "Екі."}]}]}, "Бір.\nЕкі."),
        ({"rendered": "<p>Бір.</p><p>Екі.</p>"}, "Бір.\n\nЕкі."),
        ("{'text': 'Бір.\\nЕкі.'}", "Бір.\nЕкі."),
        ('{"text": "Бір."}', "Бір."),
        ("{Бір.} Екі.", "{Бір.} Екі."),
        ("&lt;p&gt;Бір &amp;amp; екі.&lt;/p&gt;", "Бір & екі."),
        ("Бір < екі > 1 &6", "Бір < екі > 1 &6"),
    ],
)  # fmt: skip
def test_text_in_pieces(read_file: Any, body: object, text: str) -> None:
    assert one(read_file, [{"body": body, "title": "К"}]).body == text


@pytest.mark.parametrize("empty", ["nan", "NULL", "None", "-", "\\N", "n/a", "", None, [], {}])
def test_null_words_are_empty(read_file: Any, empty: object) -> None:
    record = dict.fromkeys(("title", "source", "author", "category", "date", "url", "id"), empty)
    article = one(read_file, [{**record, "body": TEXT}])
    assert (article.title, article.source, article.author) == (TEXT, "", "")
    assert (article.category, article.date, article.url) == ("", None, "")
    outcome = read_file("b.json", json.dumps([{"body": empty, "title": "К"}]))
    assert outcome.articles == []
    assert "there is no text" in outcome.problems[0]


def test_what_to_do_when_no_text_is_found(read_file: Any) -> None:
    [problem] = read_file("a.jsonl", '{"head": "К", "prose": "Мәтін."}').problems
    assert problem.endswith(
        "none of the fields head, prose is known to hold it; if one does, say which: "
        "--map body=head"
    )
