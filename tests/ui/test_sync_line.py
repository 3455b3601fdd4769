"""What the page of headquarters says of the line, without a window."""

from courier_desk.services.exchange_state import EnteringStanding, Standing
from courier_desk.ui.pages import sync_line


def test_a_new_enrolment_says_how_much_is_ready_to_be_sent_again() -> None:
    assert sync_line._entering(Standing(None)) == ("", "", "")
    said, tone, _icon = sync_line._entering(Standing(None, entering=EnteringStanding(12_300, 250_000)))
    assert (said, tone) == ("12,300 of 250,000 operations are made ready to be sent again", "info")
