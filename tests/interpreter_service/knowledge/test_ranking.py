"""Scores of chunks: BM25, coverage of the question, and what is looked up at all."""

from __future__ import annotations

import pytest

from interpreter_service.knowledge.quoting import LONGEST_QUOTE_CHARS, quote
from interpreter_service.knowledge.ranking import Asked, fused, least_telling, rarity, score
from interpreter_service.knowledge.terms import Stems, asked_words

CHUNKS = 100


def asked(question: str, context: str = "", **holding: int) -> Asked:
    """A question; `holding` says how many of the chunks hold a word, those not named one."""
    words, before = asked_words(question), asked_words(context)
    named: dict[Stems, int] = {asked_words(word)[0]: count for word, count in holding.items()}
    weights = {word: rarity(CHUNKS, named.get(word, 1)) for word in (*words, *before)}
    return Asked(words=words, context=tuple(one for one in before if one not in words), rarity=weights)


def test_rare_word_counts_more_than_a_common_one() -> None:
    question = asked("garantía del taladro", garantía=80)
    drill, warranty = score(question, "un taladro azul", 3), score(question, "una garantía larga", 3)
    assert drill.rank > warranty.rank
    assert drill.coverage > 0.8 > 0.2 > warranty.coverage


def test_short_chunk_outranks_a_long_one_with_the_same_words() -> None:
    question = asked("garantía")
    assert score(question, "garantía", 10).rank > score(question, "garantía " + "otra cosa " * 20, 10).rank


def test_coverage_is_of_the_own_words_and_nothing_without_any() -> None:
    assert score(asked("garantía taladro"), "garantía taladro", 5).coverage == 1
    assert score(asked("esmeril", context="garantía taladro"), "garantía taladro", 5).coverage == 0
    assert 0.5 < score(asked("esmeril", context="garantía taladro"), "garantía esmeril", 5).coverage < 1


@pytest.mark.parametrize("text", ["", "¡!", "\n"])
def test_chunk_without_words_scores_nothing(text: str) -> None:
    assert score(asked("garantía"), text, 5).rank == 0


def test_common_words_are_looked_up_only_where_there_are_no_others_or_few_chunks() -> None:
    common, rare = asked_words("garantía taladro")
    many = 50_000
    weights = {common: rarity(many, 30_000), rare: rarity(many, 10)}
    assert Asked(words=(common, rare), rarity=weights, least_telling=least_telling(many)).telling == (rare,)
    assert Asked(words=(common,), rarity=weights, least_telling=least_telling(many)).telling == (common,)
    assert least_telling(1_000) == 0


def test_rankings_are_joined_by_their_places() -> None:
    assert fused([1, 2, 3], [3, 1]) == [1, 3, 2]


def test_quote_is_the_sentence_with_the_words() -> None:
    text = "Somos una ferretería. La garantía del taladro es de 24 meses. Abrimos los lunes."
    assert quote(asked("garantía del taladro"), text) == "La garantía del taladro es de 24 meses."


def test_quote_joins_lines_that_the_page_cut() -> None:
    text = "La garantía del taladro percutor de 13 mm cubre los defectos\nde fabricación por 24 meses.\nOtra cosa."
    assert quote(asked("garantía del taladro"), text).endswith("por 24 meses.")


def test_quote_of_a_table_has_its_head_and_its_row() -> None:
    text = "Producto | Garantía\nMartillo | 6 meses\nSierra | 12 meses\nTaladro | 24 meses"
    assert quote(asked("garantía del taladro"), text) == "Producto | Garantía … Taladro | 24 meses"


def test_quote_without_any_word_is_the_start() -> None:
    assert quote(asked("otra"), "Uno. Dos.") == "Uno."


def test_quote_is_never_too_long() -> None:
    assert len(quote(asked("garantía"), "garantía " * 500)) <= LONGEST_QUOTE_CHARS
