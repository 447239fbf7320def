"""Words that set a group of reviews apart from all others.

Words are eojeol (stretches between spaces and signs) of two letters and more; a particle at the end is taken off where
the bare word occurs at least as often (영화가, 영화는 -> 영화), which needs no dictionary. They are ranked by the
z-score of log-odds with an informative Dirichlet prior:

    B. Monroe, M. Colaresi, K. Quinn (2008): Fightin' Words: Lexical Feature Selection and Evaluation for Identifying
    the Content of Political Conflict. Political Analysis 16(4), 372-403; eq. 16 (difference), 20 and 22 (variance, z).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from maeum.audience.running import Running

if TYPE_CHECKING:
    import polars as pl

PRIOR: Final = 500.0  # words that the prior weighs, at most
PRIOR_SHARE: Final = 0.1  # of all words, which it weighs at most too, so that small tables are not all prior
MOST: Final = 60_000  # different words that are looked at, the most frequent
LEAST: Final = 3  # times that a word must occur in a group, and in all reviews
TELLING: Final = 1.96  # z from which a word is told
HELD: Final = 3_000_000  # different words that are counted; beyond it those met once so far are forgotten
_PATTERN: Final = r"[가-힣]{2,20}|[a-z][a-z0-9']{1,20}|[ㅋㅎㅠㅜ]{2,}"
_FINAL: Final = 28  # codes of a Hangul syllable that share all but the last consonant
_BASE: Final = 0xAC00
# particle -> whether it stands after a final consonant (True), a vowel (False), either (None)
_PARTICLES: Final = {
    "에서": None, "에게": None, "한테": None, "부터": None, "까지": None, "으로": True, "은": True, "는": False,
    "이": True, "가": False, "을": True, "를": False, "과": True, "와": False, "의": None, "에": None, "도": None,
    "만": None, "로": False,
}  # fmt: skip
Counts = NDArray[Any]


def words_of(texts: pl.Series) -> pl.Series:
    """The words of each text, as lists; laughter and tears of any length are two letters (ㅋㅋㅋㅋ -> ㅋㅋ)."""
    found = texts.str.normalize("NFC").str.to_lowercase().str.replace_all(r"([ㅋㅎㅠㅜ])[ㅋㅎㅠㅜ]+", "${1}${1}")
    return found.str.extract_all(_PATTERN)


class Vocabulary:
    """The words of all used reviews, and what each counts as."""

    def __init__(self) -> None:
        self._counts = Running(["word"])

    def add(self, texts: pl.Series) -> None:
        """Count the words of texts."""
        import polars as pl

        counts = words_of(texts).explode().drop_nulls().alias("word").value_counts(name="n")
        self._counts.add(counts.with_columns(pl.col("n").cast(pl.Int64)))
        whole = self._counts.frame() if counts.height else None
        if whole is not None and whole.height > HELD:
            self._counts = Running(["word"])
            self._counts.add(whole.filter(pl.col("n") > 1))

    def terms(self) -> Terms:
        """Put together words and their particles, and keep the most frequent."""
        import polars as pl

        whole = self._counts.frame()
        if whole is None:
            return Terms([], pl.DataFrame(schema={"word": pl.String, "term": pl.Int32}), np.zeros(0, np.int64))
        count_of = dict(zip(whole["word"].to_list(), whole["n"].to_list(), strict=True))
        bare = [_bare(word, count_of) for word in count_of]
        table = pl.DataFrame({"word": list(count_of), "bare": bare, "n": list(count_of.values())})
        totals = table.group_by("bare").agg(pl.col("n").sum()).filter(pl.col("n") >= LEAST)
        kept = totals.sort(["n", "bare"], descending=[True, False]).head(MOST)
        numbered = kept.with_row_index("term").with_columns(pl.col("term").cast(pl.Int32))
        known = table.select("word", "bare").join(numbered.select("bare", "term"), on="bare", how="inner")
        return Terms(kept["bare"].to_list(), known.select("word", "term"), kept["n"].to_numpy().astype(np.int64))


class Terms:
    """Numbered words.

    Attributes:
        names: V words, the most frequent first.
        of_word: `word` (as it stands in texts) -> `term` (number).
        counts: `(V,)` times in all used reviews.
    """

    def __init__(self, names: list[str], of_word: pl.DataFrame, counts: Counts) -> None:
        self.names, self.of_word, self.counts = names, of_word, counts

    def matrix(self, texts: pl.Series) -> Any:
        """Sparse counts `(N, V)` of the words of N texts."""
        import polars as pl
        from scipy.sparse import csr_matrix

        long = pl.DataFrame({"text": np.arange(len(texts), dtype=np.int32), "word": words_of(texts)})
        found = long.explode("word").drop_nulls().join(self.of_word, on="word", how="inner")
        ones = np.ones(found.height, np.int32)
        return csr_matrix(
            (ones, (found["text"].to_numpy(), found["term"].to_numpy())), shape=(len(texts), len(self.names))
        )


def log_odds(
    group: Counts, everything: Counts, sizes: tuple[float, float] | None = None, prior: float | None = None
) -> tuple[Counts, Counts]:
    """Log-odds of words in a group against all other reviews, and their z-scores.

    Args:
        group: Times in the group, of some words or all.
        everything: Times in all reviews, those of the group included, of the same words.
        sizes: Words in the group and in all reviews; the sums of the counts when None.
        prior: Words that the prior weighs (`PRIOR`, `PRIOR_SHARE` when None); a word's part of it is its share of all.
    """
    own, total = sizes or (float(group.sum()), float(everything.sum()))
    if prior is None:
        prior = min(PRIOR, PRIOR_SHARE * total)
    alpha = prior * everything / max(total, 1)
    a, b = group + alpha, everything - group + alpha
    with np.errstate(divide="ignore", invalid="ignore"):
        difference = np.log(a / (own + prior - a)) - np.log(b / (total - own + prior - b))
        return difference, difference / np.sqrt(1 / a + 1 / b)


def telling(terms: Terms, words: NDArray[Any], times: Counts, limit: int) -> list[dict[str, Any]]:
    """The words that speak most for a group, with z of at least 1.96, the most telling first.

    Args:
        terms: All words.
        words: Numbers of the words of the group.
        times: How often each occurs in it.
        limit: How many are wanted.
    """
    whole = terms.counts[words].astype(np.float64)
    odds, z = log_odds(times.astype(np.float64), whole, (float(times.sum()), float(terms.counts.sum())))
    usable = np.flatnonzero((times >= LEAST) & (z >= TELLING))
    best = usable[np.lexsort((words[usable], -z[usable]))][:limit]
    return [
        {"word": terms.names[words[v]], "rank": rank, "n": int(times[v]), "n_rest": int(whole[v] - times[v]),
         "log_odds": float(odds[v]), "z": float(z[v])}
        for rank, v in enumerate(best.tolist(), 1)
    ]  # fmt: skip


def _bare(word: str, count_of: dict[str, int]) -> str:
    """The word without a particle, where that stands alone at least as often."""
    for particle, closed in _PARTICLES.items():
        stem = word[: -len(particle)]
        if len(stem) < 2 or not word.endswith(particle) or not "가" <= stem[-1] <= "힣":
            continue
        if closed is not None and ((ord(stem[-1]) - _BASE) % _FINAL != 0) != closed:
            continue
        if count_of.get(stem, 0) >= count_of[word]:
            return stem
    return word
