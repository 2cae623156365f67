"""The passages' words in a Tantivy index, which can be rebuilt from the catalogue.

A passage is indexed by its own words, by those of its neighbours (`wide`: what it is about often
stands a sentence earlier), by its article's headline, by the days it names, and by the acronyms
it introduces. Texts come as index terms (see `qa.text.terms`), so Tantivy only counts them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from qa.core.disk import told_plainly
from qa.core.errors import UnavailableError
from qa.core.types import Article, Filters, Passage
from qa.store.index_state import Differences, IndexState
from qa.store.lexical_query import day_number, day_terms
from qa.store.library import Library
from qa.text.acronyms import introduced
from qa.text.terms import terms

if TYPE_CHECKING:
    import tantivy

SCHEMA = "3"  # Raised when fields or terms change: an index of another schema is built anew.
BATCH = 2_000
WRITER_BYTES = 64_000_000
LOCK_SECONDS = 600
Progress = Callable[[int, int], None]
Stop = Callable[[], bool]


class Lexical:
    """The lexical index. Safe to share between threads."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._state = IndexState(library, "lexical")
        self._lock = threading.Lock()
        self._index: tantivy.Index | None = None
        self._folder: Path | None = None
        self._generation = -1
        self._languages: tuple[str, ...] = ()

    def sync(self, progress: Progress | None = None, stop: Stop | None = None) -> int:
        """Brings the index up to the library. Returns how many passages were added.

        Args:
            progress: called with passages done and passages to do.
            stop: asked between batches; what is left waits for the next sync.
        """
        with self._alone():
            self._forget_other_schema()
            return self._sync(progress, stop)

    def differences(self) -> Differences:
        """Where the index differs from the catalogue.

        Raises:
            UnavailableError: a file of it is damaged.
        """
        with self._alone():
            index = self._open()
            index.writer(WRITER_BYTES, 1).garbage_collect_files()  # Removes files of a killed commit.
            index.reload()
            _verify(self._library.indexes / "tantivy")
            expected = self._state.checksums().keys()
            held = _ids(index.searcher())
            unknown = self._state.unknown(held - expected)
        return Differences(tuple(expected - held), tuple(unknown))

    def start_anew(self) -> None:
        """Deletes the index, whatever its state; the next sync fills it again."""
        with self._alone():
            self._start_anew()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Lets one process write at a time."""
        from filelock import FileLock, Timeout

        try:
            with (
                told_plainly(self._library.folder),
                FileLock(self._library.folder / "tantivy.lock", timeout=LOCK_SECONDS),
            ):
                yield
        except Timeout as error:
            raise UnavailableError("Another ingest is writing to the word index; try again later.") from error

    def search(self, query: str, k: int, *filters: Filters, headed: bool = True) -> list[tuple[str, float]]:
        """The passages that share the question's rarest words: their ids and scores, the best first.

        Args:
            filters: what may be found; each of several filters gives its own `k` best.
            headed: whether headline and publisher count among a passage's words.
        """
        from qa.store.lexical_query import LexicalQuery, filtered

        if self._library.meta("lexical_schema") != SCHEMA:
            self.sync()  # An older Dateline's index; the first search brings it up to date.
        index = self._fresh()
        searcher = index.searcher()
        asked = LexicalQuery(searcher, index.schema, headed=headed).build(query, self._languages or ("en",))
        if asked is None:
            return []
        queries = [filtered(asked, each, index.schema) for each in filters or (Filters(),)]
        hits = [hit for each in queries for hit in searcher.search(each, k, count=False).hits]
        found = {searcher.doc(address)["id"][0]: score for score, address in hits}
        return sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))

    def known(self, question: str) -> float:
        """The share of a question's words that some passage has, 0..1; near 0 for another language."""
        from qa.store.lexical_query import LexicalQuery

        index = self._fresh()
        return LexicalQuery(index.searcher(), index.schema).known(question, self._languages or ("en",))

    def with_phrase(self, phrase: str, k: int, filters: Filters = Filters()) -> list[tuple[str, float]]:
        """The passages that have a word in text or title, or several words in this order in the text.

        Returns:
            Ids and scores of the `k` best, in the index's order.
        """
        from qa.store.lexical_query import filtered

        index = self._fresh()
        asked = self._phrase(index, phrase)
        if asked is None:
            return []
        searcher = index.searcher()
        hits = searcher.search(filtered(asked, filters, index.schema), k, count=False).hits
        # Stored fields lie in blocks; in the index's order each block is unpacked once.
        hits.sort(key=lambda hit: (hit[1].segment_ord, hit[1].doc))
        return [(searcher.doc(address)["id"][0], score) for score, address in hits]

    def how_many(self, phrase: str) -> int:
        """How many passages `with_phrase` would find without a limit."""
        index = self._fresh()
        asked = self._phrase(index, phrase)
        if asked is None:
            return 0
        return int(index.searcher().search(asked, 1).count)  # type: ignore[attr-defined]

    def beginning(self, prefix: str) -> list[tuple[str, int]]:
        """The index terms that begin with some letters, and how many passages have each."""
        return self._fresh().searcher().terms_with_prefix("text", prefix)

    def _phrase(self, index: tantivy.Index, phrase: str) -> tantivy.Query | None:
        from tantivy import Occur, Query

        parts = []
        for words in dict.fromkeys(tuple(terms(phrase, each)) for each in self._languages or ("en",)):
            if len(words) > 1:
                parts.append((Occur.Should, Query.phrase_query(index.schema, "text", list(words))))
            elif words:
                for field in ("text", "title"):
                    parts.append((Occur.Should, Query.term_query(index.schema, field, words[0])))
        return Query.boolean_query(parts) if parts else None

    def with_most(self, question: str, k: int, filters: Filters = Filters()) -> list[str]:
        """Passages that have, with their neighbours and headline, most of a question's words.

        "Most" is more than half of their weight; a rare word weighs more.

        Returns:
            The ids of the best `k`, in the index's order; fewer if there are no more.
        """
        from qa.store.lexical_query import LexicalQuery, filtered

        index = self._fresh()
        searcher = index.searcher()
        asked = LexicalQuery(searcher, index.schema).most_words(question, self._languages or ("en",))
        if asked is None:
            return []
        query, floor = asked
        hits = searcher.search(filtered(query, filters, index.schema), k, count=False).hits
        having = sorted(
            (address for score, address in hits if score > floor),
            key=lambda address: (address.segment_ord, address.doc),
        )
        return [searcher.doc(address)["id"][0] for address in having]

    def _sync(self, progress: Progress | None, stop: Stop | None) -> int:
        total = self._library.stats().waiting_lexical
        gone = self._state.removals()
        if not total and not gone:
            return 0
        writer = self._open().writer(WRITER_BYTES, 1)
        writer.garbage_collect_files()  # Files of a killed commit would disturb the next.
        done = 0
        while gone:
            for id_ in gone:
                writer.delete_documents_by_term("id", id_)
            writer.commit()
            self._state.mark_removed(gone)
            gone = self._state.removals()
        while batch := self._state.waiting(BATCH):
            if stop and stop():
                break
            self._add(writer, batch)
            self._state.mark_indexed([passage.id for passage in batch])
            done += len(batch)
            if progress:
                progress(done, max(total, done))
        writer.wait_merging_threads()
        return done

    def count(self) -> int:
        """How many passages the index holds."""
        return int(self._fresh().searcher().num_docs)

    def _add(self, writer: tantivy.IndexWriter, batch: Sequence[Passage]) -> None:
        articles = self._library.articles_by_id(passage.article_id for passage in batch)
        analysed: dict[str, Mapping[int, str]] = {}
        for passage in batch:
            article = articles.get(passage.article_id)
            if article is None:
                continue  # Removed since; `removals` has it.
            if article.id not in analysed:
                passages = self._library.passages_of(article.id)
                analysed[article.id] = {each.position: _ready(each.text, article) for each in passages}
            writer.delete_documents_by_term("id", passage.id)
            writer.add_document(_document(passage, article, analysed[article.id]))
        writer.commit()

    def _forget_other_schema(self) -> None:
        known = self._library.meta("lexical_schema")
        if known == SCHEMA:
            return
        if (self._library.indexes / "tantivy").exists():
            self._start_anew()
        self._library.set_meta("lexical_schema", SCHEMA)

    def _start_anew(self) -> None:
        import shutil

        shutil.rmtree(self._library.indexes / "tantivy", ignore_errors=True)
        self._index = None
        self._state.forget_all()

    def _fresh(self) -> tantivy.Index:
        """The index with all commits of all processes."""
        generation = self._library.generation()
        index = self._open()
        with self._lock:
            if generation != self._generation:
                index.reload()
                self._languages = self._library.languages()
                self._generation = generation
        return index

    def _open(self) -> tantivy.Index:
        import tantivy

        with self._lock:
            folder = self._library.indexes / "tantivy"
            if self._index is None or folder != self._folder:
                folder.mkdir(parents=True, exist_ok=True)
                self._folder = folder
                self._index = tantivy.Index(_schema(), str(folder))
                ready = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build()
                self._index.register_tokenizer("ready", ready)
            return self._index


def _ids(searcher: tantivy.Searcher) -> set[str]:
    """The ids of all passages that an index holds."""
    from tantivy import Query

    if not searcher.num_docs:
        return set()
    hits = searcher.search(Query.all_query(), int(searcher.num_docs), count=False).hits
    return {searcher.doc(address)["id"][0] for _, address in hits}


def _verify(folder: Path) -> None:
    """Compares the index's files with the checksums at their ends.

    A file ends with a JSON note, the note's length, and a magic number. The note has the CRC-32 of all bytes
    before it.

    Raises:
        UnavailableError: a file is damaged.
    """
    import json
    import struct
    import zlib

    for path in folder.glob("[0-9a-f]*.*"):
        content = path.read_bytes()
        try:
            length, _ = struct.unpack("<II", content[-8:])
            sound = json.loads(content[-8 - length : -8])["crc"] == zlib.crc32(content[: -8 - length])
        except (struct.error, ValueError, KeyError, TypeError):
            sound = False
        if not sound:
            raise UnavailableError(f"{path.name} of the word index is damaged.")


def _schema() -> tantivy.Schema:
    import tantivy

    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("text", tokenizer_name="ready", index_option="position")
    for name in ("wide", "title", "days"):
        builder.add_text_field(name, tokenizer_name="ready", index_option="freq")
    for name in ("short", "long", "article", "publisher", "language", "section", "collection", "kind"):
        builder.add_text_field(name, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("introduces", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_integer_field("published", indexed=True, fast=True)
    return builder.build()


def _document(passage: Passage, article: Article, analysed: Mapping[int, str]) -> tantivy.Document:
    import tantivy

    around = range(passage.position - 1, passage.position + 2)
    days = [day for day in article.days if passage.start <= day.start < passage.end]
    pairs = [(_ready(short, article), _ready(long, article)) for short, long in introduced(passage.text)]
    return tantivy.Document(
        id=[passage.id],
        text=[analysed[passage.position]],
        wide=[" ".join(analysed[position] for position in around if position in analysed)],
        title=[_ready(f"{article.title} {article.publisher or ''}", article)],
        days=[" ".join(day_terms(days))],
        short=[short for short, _ in pairs],
        long=[long for _, long in pairs],
        introduces=[f"{short}\t{long}" for short, long in pairs],
        article=[article.id],
        publisher=[(article.publisher or "").casefold()],
        language=[(article.language or "").casefold()],
        section=[(article.section or "").casefold()],
        collection=[(article.collection or "").casefold()],
        kind=[article.kind],
        published=[day_number(article.published)],
    )


def _ready(text: str, article: Article) -> str:
    return " ".join(terms(text, article.language))
