"""A registry of 1,000 tools, and what people ask of them in words that no tool has for itself.

Subjects and operations are combined; each tool's own titles and examples are written from some patterns, the questions
from others, with words of courtesy, other inflections and dates around. The tools that come with Recado are among them.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from executor_service.tools.builtin import builtin_tools
from shared.contracts.base import LANGUAGES, Language
from shared.contracts.tools import ToolSpec

SIZE = 1_000
Words = dict[Language, str]


@dataclass(frozen=True)
class Question:
    """What is asked, and the tool that answers."""

    text: str
    language: Language
    tool: str


def _words(es: str, pt: str, en: str) -> Words:
    return {"es": es, "pt": pt, "en": en}


SUBJECTS: dict[str, Words] = {
    "vehicles": _words("vehículos", "veículos", "vehicles"),
    "routes": _words("rutas", "rotas", "routes"),
    "drivers": _words("choferes", "motoristas", "drivers"),
    "contracts": _words("contratos", "contratos", "contracts"),
    "licences": _words("licencias de software", "licenças de software", "software licences"),
    "machines": _words("máquinas", "máquinas", "machines"),
    "maintenance": _words("mantenimientos", "manutenções", "maintenance visits"),
    "inspections": _words("inspecciones", "inspeções", "inspections"),
    "batches": _words("lotes", "lotes", "batches"),
    "serials": _words("números de serie", "números de série", "serial numbers"),
    "recipes": _words("fórmulas de producción", "fórmulas de produção", "bills of materials"),
    "work_orders": _words("órdenes de producción", "ordens de produção", "work orders"),
    "shifts": _words("turnos", "turnos", "shifts"),
    "candidates": _words("postulantes", "candidatos", "applicants"),
    "trainings": _words("capacitaciones", "treinamentos", "trainings"),
    "loans": _words("préstamos", "empréstimos", "loans"),
    "assets": _words("activos fijos", "ativos fixos", "fixed assets"),
    "cheques": _words("cheques", "cheques", "cheques"),
    "budgets": _words("partidas presupuestales", "dotações", "budget lines"),
    "taxes": _words("retenciones", "retenções", "withholdings"),
    "warranties": _words("garantías", "garantias", "warranties"),
    "returns": _words("devoluciones", "devoluções", "returns"),
    "samples": _words("muestras", "amostras", "samples"),
    "promotions": _words("promociones", "promoções", "promotions"),
    "coupons": _words("cupones", "cupons", "coupons"),
    "campaigns": _words("campañas", "campanhas", "campaigns"),
    "surveys": _words("encuestas", "pesquisas", "surveys"),
    "visits": _words("visitas comerciales", "visitas comerciais", "sales visits"),
    "tickets": _words("tickets de soporte", "chamados de suporte", "support tickets"),
    "incidents": _words("accidentes", "acidentes", "accidents"),
    "permits": _words("permisos municipales", "alvarás", "permits"),
    "insurances": _words("seguros", "seguros", "insurance policies"),
    "rentals": _words("alquileres", "aluguéis", "rentals"),
    "tools_lent": _words("herramientas prestadas", "ferramentas emprestadas", "lent tools"),
    "fuel": _words("consumos de combustible", "consumos de combustível", "fuel purchases"),
    "tolls": _words("peajes", "pedágios", "tolls"),
    "containers": _words("contenedores", "contêineres", "containers"),
    "customs": _words("despachos aduaneros", "despachos aduaneiros", "customs entries"),
    "prices": _words("listas de precios", "listas de preços", "price lists"),
    "goals": _words("metas", "metas", "targets"),
    "deposits": _words("depósitos en garantía", "depósitos em garantia", "security deposits"),
    "meetings": _words("reuniones", "reuniões", "meetings"),
}
OPERATIONS: dict[str, tuple[Words, Words, Words]] = {
    "open": (
        _words("{} abiertos", "{} em aberto", "open {}"),
        _words("qué {} siguen abiertos", "quais {} continuam em aberto", "which {} are still open"),
        _words("muéstrame los {} abiertos", "me mostra {} abertos ainda", "show me open {}, not closed"),
    ),
    "overdue": (
        _words("{} vencidos", "{} vencidos", "overdue {}"),
        _words("qué {} están vencidos", "quais {} venceram", "which {} are overdue"),
        _words("dime los {} vencidos de este mes", "diz os {} vencidos deste mês", "the overdue {} of this month"),
    ),
    "count": (
        _words("cantidad de {}", "quantidade de {}", "number of {}"),
        _words("cuántos {} hay", "quantos {} existem", "how many {} are there"),
        _words("me dices cuántos {} tenemos hoy", "quantos {} temos hoje", "how many {} do we have today"),
    ),
    "cost": (
        _words("costo de {}", "custo de {}", "cost of {}"),
        _words("cuánto cuestan los {}", "quanto custam os {}", "how much do {} cost"),
        _words("quiero el costo de {} del año", "quero o custo de {} no ano", "I want the cost of {} this year"),
    ),
    "by_month": (
        _words("{} por mes", "{} por mês", "{} by month"),
        _words("evolución mensual de {}", "evolução mensal de {}", "monthly trend of {}"),
        _words("{} mes a mes en 2026", "{} mês a mês em 2026", "{} month by month in 2026"),
    ),
    "by_branch": (
        _words("{} por sucursal", "{} por filial", "{} by branch"),
        _words("{} en cada sucursal", "{} em cada filial", "{} in each branch"),
        _words("compara {} entre sucursales", "compara {} entre filiais", "compare {} across branches"),
    ),
    "by_person": (
        _words("{} por responsable", "{} por responsável", "{} by owner"),
        _words("{} de cada responsable", "{} de cada responsável", "{} of each owner"),
        _words("quién es responsable de más {}", "quem é responsável por mais {}", "which owner has most {}"),
    ),
    "create": (
        _words("Crear {}", "Criar {}", "Create {}"),
        _words("registra nuevos {}", "registra novos {}", "register new {}"),
        _words("quiero crear {} por favor", "quero criar {} por favor", "please create {}"),
    ),
    "cancel": (
        _words("Anular {}", "Anular {}", "Cancel {}"),
        _words("anula los {}", "anula os {}", "cancel the {}"),
        _words("hay que anular {} de ayer", "é preciso anular {} de ontem", "we must cancel {} of yesterday"),
    ),
    "approve": (
        _words("Aprobar {}", "Aprovar {}", "Approve {}"),
        _words("aprueba los {}", "aprova os {}", "approve the {}"),
        _words("quiero aprobar {} pendientes", "quero aprovar {} pendentes", "I want to approve pending {}"),
    ),
    "history": (
        _words("Historial de {}", "Histórico de {}", "History of {}"),
        _words("historial completo de {}", "histórico completo de {}", "full history of {}"),
        _words("pásame el historial de {}", "me passa o histórico de {}", "give me the history of {}"),
    ),
    "next": (
        _words("Próximos {}", "Próximos {}", "Upcoming {}"),
        _words("qué {} vienen", "quais {} vêm", "what {} are coming"),
        _words("los próximos {} de la semana", "os próximos {} da semana", "the upcoming {} of the week"),
    ),
    "late": (
        _words("{} atrasados", "{} atrasados", "late {}"),
        _words("qué {} van con retraso", "quais {} estão com atraso", "which {} are running late"),
        _words("hay {} con retraso?", "tem {} com atraso?", "any {} running late?"),
    ),
    "expiring": (
        _words("{} por vencer", "{} a vencer", "expiring {}"),
        _words("qué {} vencen pronto", "quais {} vencem logo", "which {} expire soon"),
        _words("{} que vencen en 30 días", "{} que vencem em 30 dias", "{} that expire soon, in 30 days"),
    ),
    "assign": (
        _words("Asignar {}", "Atribuir {}", "Assign {}"),
        _words("asigna {} a alguien", "atribui {} a alguém", "assign {} to somebody"),
        _words("necesito asignar {} a Ana", "preciso atribuir {} a Ana", "I need to assign {} to Ana"),
    ),
    "compare": (
        _words("Comparar {} entre períodos", "Comparar {} entre períodos", "Compare {} between periods"),
        _words("compara {} con el año anterior", "compara {} com o ano anterior", "compare {} with last year"),
        _words("cómo comparan los {} con 2025", "como os {} comparam com 2025", "how do {} compare with 2025"),
    ),
    "top": (
        _words("Principales {}", "Principais {}", "Top {}"),
        _words("los {} más importantes", "os {} mais importantes", "the most important {}"),
        _words("los 10 principales {}", "os 10 principais {}", "the top 10 {}"),
    ),
    "average": (
        _words("Promedio de {}", "Média de {}", "Average of {}"),
        _words("promedio diario de {}", "média diária de {}", "daily average of {}"),
        _words("cuál es el promedio de {}", "qual é a média de {}", "what is the average of {}"),
    ),
    "export": (
        _words("Exportar {}", "Exportar {}", "Export {}"),
        _words("exporta los {} a Excel", "exporta os {} para Excel", "export the {} to Excel"),
        _words("bájame {} en una hoja de Excel", "baixa {} numa planilha Excel", "export {} as an Excel sheet"),
    ),
    "notes": (
        _words("Notas de {}", "Notas de {}", "Notes on {}"),
        _words("comentarios sobre {}", "comentários sobre {}", "comments about {}"),
        _words("qué notas hay sobre {}", "que notas há sobre {}", "what notes are there about {}"),
    ),
    "documents": (
        _words("Archivos de {}", "Arquivos de {}", "Files of {}"),
        _words("archivos adjuntos de {}", "arquivos anexos de {}", "attached files of {}"),
        _words("mándame los archivos de {}", "manda os arquivos de {}", "send the files of {}"),
    ),
    "forecast": (
        _words("Pronóstico de {}", "Previsão de {}", "Forecast of {}"),
        _words("pronóstico trimestral de {}", "previsão trimestral de {}", "forecast {} next quarter"),
        _words("cuál es el pronóstico de {}", "qual é a previsão de {}", "what is the forecast for {}"),
    ),
    "rejected": (
        _words("{} rechazados", "{} rejeitados", "rejected {}"),
        _words("qué {} fueron rechazados", "quais {} foram rejeitados", "which {} were rejected"),
        _words("por qué rechazaron {} ayer", "por que rejeitaram {} ontem", "the {} rejected yesterday"),
    ),
    "by_supplier": (
        _words("{} por proveedor", "{} por fornecedor", "{} by supplier"),
        _words("{} de cada proveedor", "{} de cada fornecedor", "{} of each supplier"),
        _words("con qué proveedor hay más {}", "com qual fornecedor há mais {}", "{} per supplier this year"),
    ),
}  # fmt: skip


def thousand_tools() -> tuple[ToolSpec, ...]:
    """The built-in tools and as many generated ones as make a thousand."""
    own = [tool.spec for tool in builtin_tools()]
    return (*own, *list(_generated())[: SIZE - len(own)])


def questions(tools: tuple[ToolSpec, ...], *, seed: int = 1, per_language: int = 400) -> tuple[Question, ...]:
    """One question in a language for each of some generated tools; the same seed gives the same ones."""
    there = {tool.name for tool in tools}
    every = [question for question in _every_question() if question.tool in there]
    picked = random.Random(seed)
    chosen: list[Question] = []
    for language in LANGUAGES:
        of_language = [question for question in every if question.language == language]
        chosen += picked.sample(of_language, min(per_language, len(of_language)))
    return tuple(chosen)


def _generated() -> Iterator[ToolSpec]:
    for operation, (title, example, _) in OPERATIONS.items():
        for subject, words in SUBJECTS.items():
            titles = {language: _sentence(title, words, language) for language in LANGUAGES}
            yield ToolSpec(
                name=f"{subject}.{operation}",
                titles=titles,
                description=f"{titles['en']}.",
                parameters={"type": "object", "properties": {"period": {"type": "string", "x-semantic": "period"}}},
                examples={language: (_sentence(example, words, language),) for language in LANGUAGES},
            )


def _every_question() -> Iterator[Question]:
    for operation, (_, _, asked) in OPERATIONS.items():
        for subject, words in SUBJECTS.items():
            for language in LANGUAGES:
                yield Question(_sentence(asked, words, language), language, f"{subject}.{operation}")


def _sentence(pattern: Words, words: Words, language: Language) -> str:
    return pattern[language].format(words[language])
