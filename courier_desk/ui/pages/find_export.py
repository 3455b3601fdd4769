"""What was found as a workbook. Names and telephones stay masked; whoever needs them unmasked asks for an approval."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from courier_desk.base.translation import _
from courier_desk.services.find import MOST_ROWS, FindSpec
from courier_desk.services.rows import OrderRow
from courier_desk.ui.pages.find_columns import EXPORT_HEADS, MONEY_COLUMNS, OrderWords
from courier_desk.ui.pages.list_export import ExportJob
from courier_desk.ui.ui_context import UiContext


def found_orders(ctx: UiContext, words: OrderWords, spec: FindSpec) -> ExportJob:
    """All orders of ``spec``."""
    find = ctx.services.find

    def fetch(fetched: Sequence[OrderRow]) -> list[OrderRow]:
        return find.orders(ctx.actor, replace(spec, offset=len(fetched), limit=MOST_ROWS))

    return ExportJob(
        question=_("Export what was found"),
        stem=_("Orders"),
        title=_("Orders found, {station}").format(station=ctx.services.station.name),
        heads=tuple(str(head) for head in EXPORT_HEADS),
        cells=words.cells,
        fetch=fetch,
        record=partial(find.record_export, ctx.actor),
        piece=MOST_ROWS,
        notes=(_("Names and telephones are masked."),),
        money=MONEY_COLUMNS,
    )
