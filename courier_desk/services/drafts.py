"""Half-filled forms, kept within a second, seen by their owner only (ui.md principle 6)."""

import json
from typing import Any

from courier_desk.base.errors import UserError
from courier_desk.base.translation import message
from courier_desk.domain.user import Action, Actor
from courier_desk.services.gate import Gate
from courier_desk.services.ports import Store

LONGEST_BODY = 200_000


class DraftService:
    """Keeps what is on a form as JSON. Runs on the db lane."""

    def __init__(self, store: Store, gate: Gate) -> None:
        self._store = store
        self._gate = gate

    def keep(self, actor: Actor, draft_id: str, page: str, title: str, body: dict[str, Any]) -> None:
        """Save the form's present state. Errors: UserError when it is unreasonably long."""
        self._gate.require(actor, Action.ORDER_ACCEPT)
        text = json.dumps(body, ensure_ascii=False)
        if len(text) > LONGEST_BODY:
            raise UserError(message("This form holds too much text to be kept."))
        with self._store.write(actor) as work:
            if not work.drafts.save(draft_id, actor.operator_id, page, title[:200], text, work.now):
                raise UserError(message("A colleague has taken this form over."))
            work.commit()

    def mine(self, actor: Actor) -> list[tuple[str, str, dict[str, Any]]]:
        """Draft id, page key and content of this person's forms, oldest first."""
        self._gate.require(actor, Action.ORDER_ACCEPT)
        with self._store.read() as work:
            return [(key, page, json.loads(body)) for key, page, body in work.drafts.of_owner(actor.operator_id)]

    def drop(self, actor: Actor, draft_id: str) -> None:
        """The form was confirmed or thrown away by its owner."""
        self._gate.require(actor, Action.ORDER_ACCEPT)
        with self._store.write(actor) as work:
            work.drafts.remove(draft_id, actor.operator_id)
            work.commit()

    def take_over(self, actor: Actor, draft_id: str) -> None:
        """A supervisor takes a colleague's form at hand-over."""
        self._gate.require(actor, Action.DRAFT_TAKE_OVER)
        with self._store.write(actor) as work:
            if not work.drafts.take_over(draft_id, actor.operator_id):
                raise UserError(message("This form is no longer there."))
            work.audit("draft.taken_over", "draft", draft_id, None, {"by": actor.operator_id})
            work.commit()
