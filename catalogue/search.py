"""Looking up a procedure in everyday words, with or without accents.

Okapi BM25 (Robertson & Zaragoza 2009, with the fields' weights of BM25F) over a procedure's
name, everyday words and field, counted in syllables and pairs of syllables, plus how well the
query fits the procedure's best single phrase. docs/look-up.md has the measured figures.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from catalogue.procedures import Procedure
from catalogue.words import is_accented, plain, syllables, toned

LONGEST_QUERY: Final = 200

# Chosen by asking for each everyday word of the catalogue with that word taken out of it; the
# questions in tests/data/lookup_questions.csv had no part in it.
K1: Final = 0.8
B: Final = 0.6
SYNONYM: Final = 0.7
FIELD: Final = 0.2
PAIR: Final = 0.3
COMMON: Final = 0.3
LEAST_COVERED: Final = 0.4

# Words of every question, which say little of what it is about.
_COMMON: Final = """
    tôi em anh chị ông bà cháu mình muốn cần xin hỏi cho thì là mà và của với để ở tại gì nào đâu
    sao thế như vậy ạ à có không được bị đã đang sẽ rồi này về ra làm các những theo trong
    bằng do từ đến hay hoặc khi phải nếu thủ tục
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A procedure that fits; a larger `score` fits better, `why` shows the words that met."""

    code: str
    name: str
    service_code: str | None
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class _Phrase:
    text: str
    weight: float
    syllables: tuple[str, ...]
    terms: frozenset[str]
    is_synonym: bool


def search(items: Iterable[Procedure], query: str, limit: int = 8) -> list[Hit]:
    """The procedures that fit a query best, or none. Keep an `Index` to ask more than once."""
    return Index(items).search(query, limit)


class Index:
    """The visible procedures, made ready for many queries; never changed afterwards."""

    def __init__(self, items: Iterable[Procedure]) -> None:
        self.items = [item for item in items if not item.hidden]
        self._accented = _Reading(self.items, toned)
        self._folded = _Reading(self.items, plain)

    def search(self, query: str, limit: int = 8) -> list[Hit]:
        """The best `limit` procedures, best first; an empty list when nothing fits."""
        words = syllables(query[:LONGEST_QUERY])
        scores: dict[int, tuple[float, str]] = {}
        if any(is_accented(word) for word in words):
            scores = self._accented.scores(words)
        # folding "trợ" would hit "trọ", so it is kept for words typed without, or half, accents
        if not scores or self._half_typed(words):
            scores = self._folded.scores(words) | scores
        best = sorted(scores, key=lambda at: (-scores[at][0], len(self.items[at].name), at))
        return [self._hit(at, *scores[at]) for at in best[: max(limit, 0)]]

    def _half_typed(self, words: Sequence[str]) -> bool:
        return any(
            toned(word) not in self._accented.holders and plain(word) in self._folded.holders
            for word in words
        )

    def _hit(self, at: int, score: float, why: str) -> Hit:
        item = self.items[at]
        return Hit(item.code, item.name, item.service, round(score, 3), why)


class _Reading:
    """All procedures under one way of writing syllables: with accents, or folded."""

    def __init__(self, items: Sequence[Procedure], write: Callable[[str], str]) -> None:
        self.write = write
        self.phrases = [self._phrases(item) for item in items]
        self.counts = [_counts(phrases) for phrases in self.phrases]
        self.holders: dict[str, list[int]] = {}
        for at, counts in enumerate(self.counts):
            for term in counts:
                self.holders.setdefault(term, []).append(at)
        self.lengths = [sum(counts.values()) for counts in self.counts]
        self.usual_length = sum(self.lengths) / max(1, len(items))
        self._common = frozenset(write(word) for word in _COMMON.split())

    def _phrases(self, item: Procedure) -> list[_Phrase]:
        texts = [(item.name, 1.0, False), (item.field, FIELD, False)]
        texts += [(text, SYNONYM, True) for text in item.synonyms]
        return [self._phrase(*entry) for entry in texts]

    def _phrase(self, text: str, weight: float, is_synonym: bool) -> _Phrase:
        words = tuple(self.write(word) for word in syllables(text))
        return _Phrase(text, weight, words, frozenset(_terms(words)), is_synonym)

    def weight(self, term: str) -> float:
        """How much a term tells: its inverse document frequency, less for common words."""
        held = len(self.holders.get(term, ()))
        idf = math.log(1 + (len(self.counts) - held + 0.5) / (held + 0.5))
        words = term.split(" ")
        common = COMMON if any(word in self._common for word in words) else 1.0
        return idf * common * (PAIR if len(words) > 1 else 1.0)

    def scores(self, query: Sequence[str]) -> dict[int, tuple[float, str]]:
        """Score and reason of every procedure that covers enough of the query."""
        words = tuple(self.write(word) for word in query)
        weights = {term: self.weight(term) for term in _terms(words)}
        whole = sum(weights.values())
        least = LEAST_COVERED * sum(weights[word] for word in set(words))
        found = {at for term in weights for at in self.holders.get(term, ())}
        scores = {}
        for at in found:
            if sum(weights[w] for w in set(words) if w in self.counts[at]) >= least:
                fit, phrase = self._best_phrase(at, weights, whole)
                scores[at] = (self._bm25(at, weights) / whole + fit, _why(phrase, words))
        return scores

    def _bm25(self, at: int, weights: dict[str, float]) -> float:
        counts = self.counts[at]
        damped = K1 * (1 - B + B * self.lengths[at] / self.usual_length)
        return sum(
            weight * counts[term] * (K1 + 1) / (counts[term] + damped)
            for term, weight in weights.items()
            if term in counts
        )

    def _best_phrase(
        self, at: int, weights: dict[str, float], whole: float
    ) -> tuple[float, _Phrase]:
        """The phrase nearest to the query, and how near, 0 to 1 (a weighted Dice measure)."""
        best = (-1.0, self.phrases[at][0])
        for phrase in self.phrases[at]:
            shared = sum(weight for term, weight in weights.items() if term in phrase.terms)
            if shared:
                own = sum(self.weight(term) for term in phrase.terms)
                best = max(best, (2 * shared / (whole + own), phrase), key=lambda pair: pair[0])
        return best


def _terms(words: Sequence[str]) -> list[str]:
    """The words, and each with its neighbour."""
    return [*dict.fromkeys(words), *dict.fromkeys(f"{a} {b}" for a, b in pairwise(words))]


def _counts(phrases: Iterable[_Phrase]) -> dict[str, float]:
    counts: dict[str, float] = defaultdict(float)
    for phrase in phrases:
        for term in phrase.terms:
            counts[term] += phrase.weight
    return dict(counts)


def _why(phrase: _Phrase, words: Sequence[str]) -> str:
    """The everyday phrase that met the query, or the query's words in an official name."""
    if phrase.is_synonym:
        return phrase.text
    wanted = set(words)
    runs: list[list[str]] = [[]]
    for shown, word in zip(syllables(phrase.text), phrase.syllables, strict=True):
        if word in wanted:
            runs[-1].append(shown)
        elif runs[-1]:
            runs.append([])
    return " · ".join(list(dict.fromkeys(" ".join(run) for run in runs if run))[:3])
