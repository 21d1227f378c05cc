"""Plain text out of Frappe's HTML."""

from __future__ import annotations

import pytest

from executor_service.erp.plain import plain_text, without_phones


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("Marca <strong>Truper</strong> ya existe", "Marca Truper ya existe"),
        ("one<br>two<br/>three", "one two three"),
        ("<p>a</p><ul><li>b</li><li>c</li></ul>", "a b c"),
        ('<a href="/app/x" onclick="a()">X</a> &amp; Y&nbsp;Z', "X & Y Z"),
        ("must be <, in, >= or >", "must be <, in, >= or >"),
        ("&lt;b&gt; stays", "<b> stays"),
        ("<script>alert('x')</script>ok<style>a{}</style>", "ok"),
        ("bad\nTraceback (most recent call last):\n  File x", "bad"),
        ("<!-- note -->text", "text"),
        ("", ""),
    ],
)
def test_html_becomes_one_plain_line(html: str, text: str) -> None:
    assert plain_text(html) == text


def test_long_text_ends_with_an_ellipsis_within_the_limit() -> None:
    assert len(plain_text("word " * 1000)) <= 500
    assert plain_text("abcdef", limit=4) == "abc…"


def test_unclosed_tags_cost_no_time() -> None:
    assert len(plain_text("<a " * 50_000)) <= 500
    assert plain_text("<!--" * 50_000) == ""
    assert plain_text("<script>" + "x" * 100_000) == ""


@pytest.mark.parametrize("phone", ["+51987654303", "+51 987 654 303", "+55 (11) 98765-4321"])
def test_phone_is_hidden_and_document_names_stay(phone: str) -> None:
    assert without_phones(f"{phone} in ACC-SINV-2026-00011") == "… in ACC-SINV-2026-00011"
