"""The repositories of people: log-ins, approvals, identity proofs, drafts."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as upsert

from courier_desk.base.clock import from_text, to_text
from courier_desk.base.ids import new_id
from courier_desk.domain.approval import Approval, Grade, RequestKind
from courier_desk.domain.login import LoginState
from courier_desk.domain.user import Actor
from courier_desk.storage.schema_orders import inspection, refusal
from courier_desk.storage.schema_people import approval, draft, former_password, operator_login, session
from courier_desk.storage.working import Working

_IN_VISIT = (
    select(inspection)
    .where(inspection.c.visit_id == bindparam("visit"), inspection.c.identity_kind != "")
    .order_by(inspection.c.seen_at.desc())
    .limit(1)
)


class PeopleRepository:
    """Log-in states and sessions."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def login_state(self, operator_id: str) -> LoginState | None:
        """What is kept of this person's log-in."""
        found = select(operator_login).where(operator_login.c.operator_id == operator_id)
        row = self._work.connection.execute(found).mappings().first()
        if row is None:
            return None
        return LoginState(
            operator_id=row["operator_id"],
            password_hash=row["password_hash"],
            must_change=bool(row["must_change"]),
            failures=row["failures"],
            last_failure_at=from_text(row["last_failure_at"]) if row["last_failure_at"] else None,
            changed_at=from_text(row["changed_at"]) if row["changed_at"] else None,
            question=row["question"],
            answer_hash=row["answer_hash"],
        )

    def save_login_state(self, state: LoginState) -> None:
        """Keep it, new or changed."""
        values = {
            "password_hash": state.password_hash,
            "must_change": int(state.must_change),
            "failures": state.failures,
            "last_failure_at": to_text(state.last_failure_at) if state.last_failure_at else None,
            "changed_at": to_text(state.changed_at) if state.changed_at else None,
            "question": state.question,
            "answer_hash": state.answer_hash,
        }
        statement = upsert(operator_login).values(operator_id=state.operator_id, **values, **self._work.house)
        self._work.connection.execute(
            statement.on_conflict_do_update(
                index_elements=["operator_id"], set_=values | {"row_version": operator_login.c.row_version + 1}
            )
        )

    def former_hashes(self, operator_id: str) -> Sequence[str]:
        """The hashes of all former passwords."""
        found = select(former_password.c.password_hash).where(former_password.c.operator_id == operator_id)
        return self._work.connection.execute(found).scalars().all()

    def add_former_hash(self, operator_id: str, password_hash: str) -> None:
        """This password is not to be accepted again."""
        values = {"operator_id": operator_id, "password_hash": password_hash}
        statement = upsert(former_password).values(**values, **self._work.house)
        self._work.connection.execute(statement.on_conflict_do_nothing())

    def open_session(self, actor: Actor, at: datetime) -> None:
        """The person is in; a session that a dead desk left open does not hold the log-in."""
        self.close_sessions(actor.operator_id, at)
        values = {"id": actor.session_id, "operator_id": actor.operator_id, "opened_at": to_text(at)}
        self._work.connection.execute(insert(session), values | self._work.house)

    def close_sessions(self, operator_id: str, at: datetime) -> None:
        """The person is out."""
        self._work.connection.execute(
            update(session)
            .where(session.c.operator_id == operator_id, session.c.closed_at.is_(None))
            .values(closed_at=to_text(at), row_version=session.c.row_version + 1)
        )

    def session_open(self, session_id: str) -> bool:
        """True while the session has not been closed."""
        found = select(session.c.id).where(session.c.id == session_id, session.c.closed_at.is_(None))
        return self._work.connection.execute(found).first() is not None


class ApprovalRepository:
    """Answers to requests, each used once."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def add(self, given: Approval) -> None:
        """Keep an answer."""
        values = {
            "id": given.id,
            "kind": given.kind.value,
            "digest": given.digest,
            "grade": int(given.grade),
            "asker_id": given.asker_id,
            "approver_id": given.approver_id,
            "given_at": to_text(given.given_at),
            "used_at": to_text(given.used_at) if given.used_at else None,
        }
        self._work.connection.execute(insert(approval), values | self._work.house)

    def get(self, approval_id: str) -> Approval | None:
        """The answer with this id."""
        row = self._work.connection.execute(select(approval).where(approval.c.id == approval_id)).mappings().first()
        if row is None:
            return None
        return Approval(
            id=row["id"],
            kind=RequestKind(row["kind"]),
            digest=row["digest"],
            grade=Grade(row["grade"]),
            asker_id=row["asker_id"],
            approver_id=row["approver_id"],
            given_at=from_text(row["given_at"]),
            used_at=from_text(row["used_at"]) if row["used_at"] else None,
        )

    def use(self, approval_id: str, at: datetime) -> None:
        """It was used and counts no more."""
        self._work.connection.execute(
            update(approval)
            .where(approval.c.id == approval_id)
            .values(used_at=to_text(at), row_version=approval.c.row_version + 1)
        )


class IdentityRepository:
    """Whose paper was seen in which visit, and the register of refusals."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def seen_in_visit(self, visit_id: str) -> Mapping[str, str] | None:
        """Kind, masked number, hash and time of the paper seen in this visit."""
        row = self._work.connection.execute(_IN_VISIT, {"visit": visit_id}).mappings().first()
        if row is None:
            return None
        return {key: row[key] for key in ("identity_kind", "identity_masked", "identity_hash", "seen_at")}

    def refuse(self, reason: str, action: str, remark: str, *, refusal_id: str | None = None) -> str:
        """Keep that a parcel was refused; returns its place in the register."""
        values = {
            "id": refusal_id or new_id(),
            "reason": reason,
            "action": action,
            "remark": remark,
            "refused_at": to_text(self._work.now),
            "operator_id": self._work.operator_id,
        }
        self._work.connection.execute(insert(refusal), values | self._work.house)
        return values["id"]


class DraftRepository:
    """Half-filled forms."""

    def __init__(self, work: Working) -> None:
        self._work = work

    def save(self, draft_id: str, owner_id: str, page: str, title: str, body: str, at: datetime) -> bool:
        """Keep the newest state of a form; False when it is somebody else's."""
        values = {"title": title, "body": body, "saved_at": to_text(at)}
        statement = upsert(draft).values(id=draft_id, owner_id=owner_id, page=page, **values, **self._work.house)
        done = self._work.connection.execute(
            statement.on_conflict_do_update(
                index_elements=["id"],
                set_=values | {"row_version": draft.c.row_version + 1},
                where=draft.c.owner_id == owner_id,
            )
        )
        return done.rowcount == 1

    def of_owner(self, owner_id: str) -> Sequence[tuple[str, str, str]]:
        """Id, page and body of this person's forms, oldest first."""
        found = select(draft.c.id, draft.c.page, draft.c.body).where(draft.c.owner_id == owner_id)
        return [(r[0], r[1], r[2]) for r in self._work.connection.execute(found.order_by(draft.c.id))]

    def take_over(self, draft_id: str, new_owner_id: str) -> bool:
        """Give it to somebody else; False when it is gone."""
        done = self._work.connection.execute(
            update(draft)
            .where(draft.c.id == draft_id)
            .values(owner_id=new_owner_id, row_version=draft.c.row_version + 1)
        )
        return done.rowcount == 1

    def remove(self, draft_id: str, owner_id: str) -> None:
        """The form was confirmed or thrown away by its owner; nobody else's is touched."""
        self._work.connection.execute(delete(draft).where(draft.c.id == draft_id, draft.c.owner_id == owner_id))
