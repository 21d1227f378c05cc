"""What people say for the reports that can be compared."""

from __future__ import annotations

from executor_service.registry.parameters import Words


def comparing_words() -> dict[str, Words]:
    """The words for the choice of a report in `report.compare`."""
    return {
        "sales.by_customer": {
            "es": ("ventas por cliente", "ventas", "facturación"),
            "pt": ("vendas por cliente", "vendas", "faturamento"),
            "en": ("sales by customer", "sales", "revenue"),
        },
        "sales.by_item": {
            "es": ("ventas por producto", "productos", "por producto", "por artículo"),
            "pt": ("vendas por produto", "produtos", "por produto"),
            "en": ("sales by item", "items", "by item", "by product"),
        },
        "sales.by_item_group": {
            "es": ("ventas por categoría", "por categoría", "por grupo"),
            "pt": ("vendas por categoria", "por categoria", "por grupo"),
            "en": ("sales by item group", "by category", "by item group"),
        },
        "sales.by_territory": {
            "es": ("ventas por territorio", "por territorio", "por zona"),
            "pt": ("vendas por território", "por território", "por região"),
            "en": ("sales by territory", "by territory", "by region"),
        },
        "sales.by_seller": {
            "es": ("ventas por vendedor", "por vendedor", "vendedores"),
            "pt": ("vendas por vendedor", "por vendedor", "vendedores"),
            "en": ("sales by salesperson", "by salesperson", "sellers"),
        },
        "sales.gross_profit": {
            "es": ("ganancia bruta", "margen", "utilidad bruta"),
            "pt": ("lucro bruto", "margem"),
            "en": ("gross profit", "margin"),
        },
        "purchases.by_supplier": {
            "es": ("compras", "compras por proveedor"),
            "pt": ("compras", "compras por fornecedor"),
            "en": ("purchases", "purchases by supplier"),
        },
        "finance.profit_and_loss": {
            "es": ("estado de resultados", "pérdidas y ganancias", "resultados", "gastos"),
            "pt": ("demonstração de resultados", "dre", "resultados", "despesas"),
            "en": ("profit and loss", "income statement", "expenses"),
        },
        "finance.cost_of_sales": {
            "es": ("costo de ventas",),
            "pt": ("custo das vendas",),
            "en": ("cost of sales", "cost of goods sold"),
        },
    }
