"""What people say for the orders and pictures of a result."""

from __future__ import annotations

from executor_service.registry.parameters import Words
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


def side_words() -> dict[str, Words]:
    """The words for the lines above and below a figure."""
    return {
        "above": {
            "es": ("mayores a", "mayores que", "mayor a", "más de", "superiores a", "arriba de", "encima de", "sobre"),
            "pt": ("maiores que", "maior que", "mais de", "acima de", "superiores a"),
            "en": ("above", "over", "more than", "greater than", "larger than"),
        },
        "below": {
            "es": ("menores a", "menores que", "menor a", "menos de", "inferiores a", "debajo de"),
            "pt": ("menores que", "menor que", "menos de", "abaixo de", "inferiores a"),
            "en": ("below", "under", "less than", "smaller than"),
        },
    }


PLACES = {
    "customer": ("customer", "customer_name", "party_name", "party"),
    "supplier": ("supplier", "supplier_name", "party_name", "party"),
    "item": ("item_name", "item"),
    "item_group": ("item_group", "group"),
    "warehouse": ("warehouse",),
    "territory": ("territory",),
    "status": ("status",),
    "date": ("date", "posting_date", "day", "month"),
    "order": ("order", "invoice", "voucher"),
}
"""The usual names of the columns by which people group."""


def group_words() -> dict[str, Words]:
    """The words for what an earlier answer is grouped by."""
    return {
        "customer": {"es": ("cliente",), "pt": ("cliente",), "en": ("customer",)},
        "supplier": {"es": ("proveedor",), "pt": ("fornecedor",), "en": ("supplier",)},
        "item": {"es": ("producto", "artículo"), "pt": ("produto", "item"), "en": ("item", "product")},
        "item_group": {"es": ("categoría",), "pt": ("categoria",), "en": ("category", "item group")},
        "warehouse": {"es": ("almacén", "tienda"), "pt": ("armazém", "loja"), "en": ("warehouse", "shop")},
        "territory": {"es": ("territorio", "zona"), "pt": ("território", "região"), "en": ("territory", "region")},
        "status": {"es": ("estado",), "pt": ("situação", "status"), "en": ("status", "state")},
        "date": {"es": ("fecha", "día"), "pt": ("data", "dia"), "en": ("date", "day")},
        "order": {
            "es": ("documento", "factura", "pedido"),
            "pt": ("documento", "fatura"),
            "en": ("document", "invoice"),
        },
    }
