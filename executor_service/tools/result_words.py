"""What people say for the orders and pictures of a result."""

from __future__ import annotations

from executor_service.tools.saying import ChoiceWords


def result_words() -> ChoiceWords:
    """The words for the choices of the tools `result.*`."""
    return {
        "order": {
            "descending": {
                "es": ("de mayor a menor", "descendente", "mayores", "primeros", "mejores"),
                "pt": ("do maior para o menor", "decrescente", "maiores", "primeiros", "melhores"),
                "en": ("largest first", "descending", "largest", "biggest", "best"),
            },
            "ascending": {
                "es": ("de menor a mayor", "ascendente", "al revés", "menores", "peores"),
                "pt": ("do menor para o maior", "crescente", "ao contrário", "menores", "piores"),
                "en": ("smallest first", "ascending", "reversed", "smallest", "worst"),
            },
        },
        "by": {
            "name": {
                "es": ("por nombre", "alfabéticamente", "por orden alfabético"),
                "pt": ("por nome", "em ordem alfabética"),
                "en": ("by name", "alphabetically"),
            },
            "figure": {"es": ("por monto",), "pt": ("por valor",), "en": ("by amount",)},
        },
        "kind": {
            "bar": {"es": ("barras",), "pt": ("barras",), "en": ("bar", "bars")},
            "line": {"es": ("líneas", "línea"), "pt": ("linhas", "linha"), "en": ("line", "lines")},
            "pie": {"es": ("torta", "pastel", "circular"), "pt": ("pizza",), "en": ("pie",)},
        },
    }
