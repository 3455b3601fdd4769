"""Tool tips that show data: Qt takes whatever looks like mark-up in them for mark-up."""

from html import escape


def plain_tip(text: str) -> str:
    """``text`` as a tool tip that shows it letter by letter."""
    return f"<span>{escape(text)}</span>".replace("\n", "<br/>") if "<" in text else text
