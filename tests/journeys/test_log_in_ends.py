"""A person who works here no more stands before the log-in page at once."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

from courier_desk.base.changes import Change
from courier_desk.domain.reference import ReferenceKind
from courier_desk.domain.reference_contents import sample_sets
from courier_desk.services.reference import admit
from courier_desk.ui.widgets.field_error import FieldError
from tests.journeys.hand import until
from tests.journeys.program import AGENT, Program, running, station


def _dismiss(program: Program) -> None:
    """What comes in from headquarters: the agent is inactive."""
    payload = next(each.payload for each in sample_sets() if each.kind is ReferenceKind.PEOPLE)
    people = [person | {"active": person["number"] != AGENT} for person in payload["people"]]
    document = payload | {"version": payload["version"] + 1, "people": people}
    reference = program.ui.services.reference
    with program.desk.context.desk.store.write(None) as work:
        admit(work, document)
        work.commit()
    reference.forget()
    reference.end_log_ins()


def test_a_log_in_that_ended_leads_to_the_log_in_page_with_a_word(qapp: QApplication, tmp_path: Path) -> None:
    station(tmp_path / "station")
    with running(qapp, tmp_path / "station") as program:
        program.log_in()
        program.on_db(lambda: _dismiss(program))
        program.ui.bridge.changed.emit((Change("reference", "people"),))
        shell = program.desk.shell
        until(lambda: shell.login.isVisible() and not program.window.isVisible(), "the log-in page is there")
        assert not program.ui.session.somebody
        said = [str(label.message) for label in shell.login.findChildren(FieldError) if label.message is not None]
        assert said == ["You are no longer logged in. Please log in again."]
        program.settle()
