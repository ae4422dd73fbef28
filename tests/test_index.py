"""The facade: what developers see of an index."""

from __future__ import annotations

import datetime as dt
import gc
import json
import subprocess
import sys
import threading
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import kzsearch
import kzsearch.index
from kzsearch import Article, Index, default_path, open_index, rebuild_index, verify_index
from kzsearch.errors import IndexMissingError, KzsearchError, QueryError
from kzsearch.text.scripts import Script, from_cyrillic

ARTICLES = [
    Article(
        id="senat",
        title="Сенат төрағасы сөз сөйледі",
        body="Парламент Сенатының төрағасы екі ел туралы <айтты>.",
        date=dt.date(2025, 9, 29),
        source="BAQ.KZ",
        category="Саясат",
    ),
    Article(
        id="mektep",
        title="Мектеп ашылды",
        body="Ауылда жаңа мектеп ашылды. Сенат депутаты келді.",
        date=dt.datetime(2025, 9, 1, 20, 30, tzinfo=dt.UTC),
        source="Aymaq",
        category="Білім",
    ),
    Article(id="bos", title="Күні жоқ хабар", body="Мұнда күні жоқ.", source="Aymaq"),
]

OTHER_SCRIPTS = {
    article.id: article
    for article in (
        Article(
            id="latyn",
            title="Jańa zań",
            body="Qyrǵyzstan prezıdenti qol qoıdy: zańǵa, jobasyn ol Telegram-da jarııalaǵan edi.",
        ),
        Article(
            id="tote",
            title="قۇرىلتاي",
            body="استانا. KAZINFORM: جاڭا قۇرىلتايدىڭ دەپۋتاتتارى قازاق ٴتىل بىلۋى مۇمكىن",
        ),
        Article(id="kirill", title="Мектеп", body="Ауылда жаңа мектеп ашылды."),
    )
}


@pytest.fixture(scope="module")
def other_scripts(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(tmp_path_factory.mktemp("index"), create=True) as index:
        index.add(OTHER_SCRIPTS.values())
        yield index


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with open_index(tmp_path_factory.mktemp("index"), create=True) as index:
        index.add(ARTICLES)
        yield index


def found(index: Index, query: str, **arguments: object) -> list[str]:
    page = index.search(query, **arguments)  # type: ignore[arg-type]
    return [hit.article.id for hit in page.hits]


class TestSearch:
    def test_a_page_of_results(self, index: Index) -> None:
        page = index.search("сенат төраға", limit=5)
        assert (page.query, page.page, page.limit, page.total) == ("сенат төраға", 1, 5, 2)
        assert page.took_ms > 0
        first, second = page.hits
        assert (first.article, first.fallback) == (ARTICLES[0], False)
        assert (second.article.id, second.fallback) == ("mektep", True)
        assert first.score > 0
        assert first.snippet == (
            "Парламент <mark>Сенатының</mark> <mark>төрағасы</mark> екі ел туралы &lt;айтты&gt;."
        )
        assert [first.title.text[start:end] for start, end in first.title.marks] == [
            "Сенат",
            "төрағасы",
        ]
        assert page.facets["source"] == {"BAQ.KZ": 1, "Aymaq": 1}
        assert page.facets["month"] == {"2025-09": 2}

    def test_the_page_as_json(self, index: Index) -> None:
        data = json.loads(json.dumps(index.search("сенат", explain=True).to_json()))
        assert data["query"] == "сенат"
        assert data["total"] == 2
        assert {"id", "title", "date", "source", "category", "url", "score", "snippet"} <= set(
            data["hits"][0]
        )
        assert data["hits"][0]["explanation"]

    def test_pages_do_not_overlap(self, index: Index) -> None:
        everything = found(index, "сенат", limit=2)
        assert [found(index, "сенат", limit=1, page=page)[0] for page in (1, 2)] == everything
        assert found(index, "сенат", limit=1, page=3) == []

    def test_an_empty_query_finds_nothing_or_what_filters_leave(self, index: Index) -> None:
        assert index.search(" ").total == 0
        assert found(index, "", source=["BAQ.KZ", "Aymaq"]) == ["senat", "mektep", "bos"]
        assert found(index, "", category="саясат") == ["senat"]
        assert found(index, "-сенат") == ["bos"]

    def test_filters_narrow_words(self, index: Index) -> None:
        assert found(index, "сенат", source="aymaq") == ["mektep"]
        assert found(index, "сенат төраға", source="aymaq") == ["mektep"]
        assert found(index, "сенат", source="BAQ.KZ", category="Білім") == []

    def test_both_dates_are_inclusive_days_of_almaty(self, index: Index) -> None:
        assert found(index, "", date_from="2025-09", date_to="2025-09-02") == ["mektep"]
        assert found(index, "", date_from=dt.date(2025, 9, 2), date_to="2025-09-29") == [
            "senat",
            "mektep",
        ]
        assert found(index, "", date_to="2025-09-01") == []

    def test_sorting_by_date(self, index: Index) -> None:
        assert found(index, "мектеп сенат") == ["mektep", "senat"]
        assert found(index, "мектеп сенат", sort="date") == ["senat", "mektep"]

    def test_facets_can_be_left_out(self, index: Index) -> None:
        assert not index.search("сенат", facets=False).facets

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            ({"page": 0}, "The page must be a whole number from 1 to 1,000,000, not 0."),
            ({"page": 10**30}, "The page must be a whole number from 1 to 1,000,000"),
            ({"limit": -1}, "The limit must be a whole number from 1 to 1,000, not -1."),
            ({"limit": 1001}, "The limit must be a whole number"),
            ({"limit": 2.5}, "The limit must be a whole number"),
            ({"sort": "size"}, "The sort must be 'relevance' or 'date', not 'size'."),
            ({"date_from": "soon"}, "The date 'soon' is not a year, month or day"),
        ],
    )
    def test_wrong_arguments_are_told_in_a_sentence(
        self, index: Index, arguments: dict[str, object], sentence: str
    ) -> None:
        with pytest.raises(QueryError) as error:
            found(index, "сенат", **arguments)
        assert str(error.value).startswith(sentence)

    @pytest.mark.parametrize(
        ("query", "id", "marked"),
        [
            ("Қырғызстан заңы", "latyn", ["Qyrǵyzstan", "zańǵa"]),
            ("«президент қол қойды»", "latyn", ["prezıdenti qol qoıdy"]),
            ("жоба*", "latyn", ["jobasyn"]),
            ("Telegram", "latyn", ["Telegram-da"]),
            ("жаңа құрылтай", "tote", ["جاڭا", "قۇرىلتايدىڭ"]),
            ("тіл", "tote", ["ٴتىل"]),
            ("KAZINFORM", "tote", ["KAZINFORM"]),
        ],
    )
    def test_articles_in_other_scripts_are_found_and_shown_as_written(
        self, other_scripts: Index, query: str, id: str, marked: list[str]
    ) -> None:
        hits = other_scripts.search(query).hits
        assert [hit.article.id for hit in hits][:1] == [id]
        (body,) = hits[0].fragments
        assert body.text in OTHER_SCRIPTS[id].body
        assert [body.text[start:end] for start, end in body.marks] == marked
        _, whole = other_scripts.mark(hits[0].article, query)
        assert whole.text == OTHER_SCRIPTS[id].body
        assert set(marked) <= {whole.text[start:end] for start, end in whole.marks}

    @settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(query=st.text(alphabet='сенат елу2"«»“”()-:*.,OR \u0301\ud800', max_size=60) | st.text())
    def test_no_query_raises(self, index: Index, query: str) -> None:
        page = index.search(query)
        assert len(page.hits) == min(page.total, 10)
        for hit in page.hits:
            index.mark(hit.article, query)

    def test_many_threads_may_search(self, index: Index) -> None:
        results: list[list[str]] = []
        threads = [
            threading.Thread(target=lambda: results.append(found(index, "сенат"))) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(results) == 8
        assert all(result == results[0] for result in results)


def test_mark_marks_the_whole_article(index: Index) -> None:
    title, body = index.mark(ARTICLES[1], "сенат title:мектеп")
    assert title.text == ARTICLES[1].title
    assert body.text == ARTICLES[1].body
    assert [title.text[start:end] for start, end in title.marks] == ["Мектеп"]
    assert [body.text[start:end] for start, end in body.marks] == ["Сенат"]


def test_articles_come_and_go(tmp_path: Path) -> None:
    with open_index(tmp_path, create=True) as index:
        assert index.location == tmp_path
        seen: list[int] = []
        report = index.add(iter(ARTICLES), progress=seen.append)
        assert (report.added, report.updated, report.unchanged) == (3, 0, 0)
        assert seen[-1] == 3
        assert index.get("senat") == ARTICLES[0]
        assert index.get("jok") is None
        assert index.delete(["senat", "jok"]) == 1
        assert index.get("senat") is None
        assert index.stats().articles == 2
        assert "мектеп" in [count.term for count in index.suggest("мек")]
    assert verify_index(tmp_path) == []
    assert rebuild_index(str(tmp_path)) == 2


def test_closing_twice_does_nothing(tmp_path: Path) -> None:
    index = open_index(tmp_path, create=True)
    index.close()
    index.close()


@pytest.mark.parametrize("use", [open_index, rebuild_index, verify_index])
def test_a_missing_index_is_told_in_a_sentence(use: object, tmp_path: Path) -> None:
    with pytest.raises(IndexMissingError) as error:
        use(tmp_path / "none")  # type: ignore[operator]
    assert str(tmp_path / "none") in str(error.value)


class TestDefaultPath:
    def test_the_environment_comes_first(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("KZSEARCH_INDEX", "/data/news")
        assert default_path() == Path("/data/news")

    def test_a_checkout_has_its_own(self, monkeypatch: pytest.MonkeyPatch, root: Path) -> None:
        monkeypatch.delenv("KZSEARCH_INDEX", raising=False)
        assert default_path() == root / "index"

    def test_an_installed_package_uses_the_data_folder_of_the_user(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.delenv("KZSEARCH_INDEX", raising=False)
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        installed = tmp_path / "lib" / "site-packages" / "kzsearch" / "locations.py"
        monkeypatch.setattr(kzsearch.locations, "__file__", str(installed))
        path = default_path()
        assert path.name == "index"
        assert "kzsearch" in path.parts

    def test_it_is_what_open_index_opens(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("KZSEARCH_INDEX", str(tmp_path))
        with open_index(create=True) as index:
            assert index.location == tmp_path


class TestPackage:
    def test_every_public_name_is_there(self) -> None:
        for name in kzsearch.__all__:
            assert getattr(kzsearch, name) is not None
        assert set(dir(kzsearch)) >= set(kzsearch.__all__)

    def test_an_unknown_name_is_an_attribute_error(self) -> None:
        with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
            kzsearch.nonsense  # noqa: B018

    def test_importing_the_package_loads_nothing_heavy(self) -> None:
        code = "import sys, kzsearch; print(*sys.modules)"
        loaded = subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.split()
        rooms = {name for name in loaded if name.startswith("kzsearch.")}
        assert rooms == {"kzsearch.lazy", "kzsearch.version"}
        assert not {"whoosh", "pymorphy3", "numpy", "flask", "rich"} & set(loaded)

    def test_every_error_is_a_kzsearch_error(self) -> None:
        from kzsearch import errors

        for name in errors.__all__:
            assert issubclass(getattr(errors, name), KzsearchError)


class TestOtherScripts:
    """Queries in any script and from any keyboard, end to end."""

    @pytest.mark.parametrize(
        "query",
        [
            *("сенат торагасы", "Senat tóraǵasy", "Senat törağası", "Senat toragasy"),
            *(
                "سەنات توراعاسى",
                "ctyfn n-hf5fcs",
                "сенат т-ра5асы",
                "сенат тора5асы",
                '"Senat tóraǵasy"',
            ),
        ],
    )
    def test_a_query_finds_and_marks_what_was_meant(self, index: Index, query: str) -> None:
        page = index.search(query)
        first = page.hits[0]
        assert (first.article.id, first.fallback) == ("senat", False)
        marked = {first.title.text[start:end] for start, end in first.title.marks}
        assert {"Сенат", "төрағасы"} in (marked, {word for row in marked for word in row.split()})
        assert [note.typed for note in page.notes]
        assert index.search(page.notes[0].undo).notes != page.notes

    def test_the_way_back_finds_what_was_typed(self, index: Index) -> None:
        assert found(index, "mektep") == ["mektep"]
        undo = index.search("mektep").notes[0].undo
        assert (undo, found(index, undo)) == ("=mektep", [])
        assert found(index, "mektep", exact=True) == []

    def test_a_word_that_occurs_as_typed_keeps_matching(self, tmp_path: Path) -> None:
        with open_index(tmp_path, create=True) as index:
            index.add(
                [Article(id=f"kk-{n}", title=f"Қазақ елі, {n}", body="Қазақ.") for n in range(30)]
                + [Article(id="ru", title="Донской казак", body="Казак вернулся.")]
            )
            page = index.search("казак", limit=40)
            assert page.total == 31
            assert [note.meant for note in page.notes] == ["қазақ"]
            assert "ru" in {hit.article.id for hit in page.hits}

    def test_what_is_added_later_is_known_at_once(self, tmp_path: Path) -> None:
        with open_index(tmp_path, create=True) as index:
            assert index.search("ulpan").total == 0
            index.add([Article(id="a", title="Ұлпан", body="Ұлпан келді.")])
            assert found(index, "ulpan") == ["a"]


SPEECH = (
    "Ақтау портында жүк тиеу көлемі артты. Порт басшылығының мәліметінше, биыл айлақтан астық пен "
    "темір жөнелтілген, бұл былтырғыдан едәуір көп. Жаңа кран мен қойма іске қосылып, кемелердің "
    "кезек күту уақыты қысқарды. Каспий арқылы өтетін дәліз тасымалдаушылар үшін тиімді бола "
    "бастады, енді паром аптасына бес рет қатынайды. Келесі жылы теңіз түбін тереңдету жұмысы "
    "басталмақ, деп хабарлады порттың баспасөз қызметі. Жобаға отандық компаниялар қатысады."
)


def test_reprints_in_three_scripts_are_one_hit(tmp_path: Path) -> None:
    scripts = (Script.LATIN_2018, Script.LATIN_2021, Script.ARABIC)
    with open_index(tmp_path / "index", create=True) as index:
        index.add([Article(id="cyrillic", body=SPEECH, date=dt.date(2025, 1, 1))])
        index.add(Article(id=str(each), body=from_cyrillic(SPEECH, each)) for each in scripts)
        page = index.search("порт")
        assert (page.total, page.articles) == (1, 4)
        assert page.hits[0].copy_count == 3
        assert {copy.id for copy in page.hits[0].copies} | {page.hits[0].article.id} == {
            "cyrillic",
            *map(str, scripts),
        }
        assert index.search("порт", fold=False).total == 4
        assert index.similar("cyrillic") == ()


def test_rank_gives_the_ids_that_search_lists(index: Index) -> None:
    for query in ("сенат", "сенат қайда?", "мектеп сенат", "жоқсөз"):
        page = index.search(query, fold=False)
        assert index.rank(query) == [hit.article.id for hit in page.hits]
    assert len(index.rank("сенат", limit=1)) == 1


def test_what_an_index_learns_counts_in_its_next_questions(tmp_path: Path) -> None:
    words = "ксилофон арна өзен көл су тасқын жағалау қайық балық толқын кеме"

    def related(index: Index) -> bool:
        hits = index.search("ксилофон қайда?", explain=True).hits
        return any(part.match == "related" for hit in hits for part in hit.explanation)

    with open_index(tmp_path, create=True) as index, open_index(tmp_path) as server:
        index.add(Article(id=str(n), body=words) for n in range(6))
        assert not related(index)
        assert not related(server)
        assert index.learn_associations() > 0
        assert related(index)
        assert related(server)
        index.add([Article(id="7", body="ксилофон")])
        assert related(server)
        index.forget_associations()
        assert not related(index)
        assert not related(server)


def test_a_generation_is_let_go_of_as_soon_as_no_search_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "index"
    with open_index(path, create=True) as writer, open_index(path) as reader:
        writer.add([Article(id="1", title="Мектеп", body="Мектеп туралы мақала. " * 30)])
        gc.disable()
        try:
            for query in ("мектеп", "мектпте", '"мектеп туралы"', "мектеп OR қала", "шщ ъы"):
                reader.search(query)
            reader.complete("мек")
            reader.similar("1")
            engine: Any = reader._engine
            before = weakref.ref(engine._newest().searcher.snapshot)
            writer.add([Article(id="2", title="Жаңа", body="қала")])
            reader.search("мектпте")
            assert before() is None
        finally:
            gc.enable()
