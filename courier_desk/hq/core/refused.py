"""What headquarters does not do, and why, in the stable codes of the protocol."""

from courier_desk.protocol.messages import Problem, ProblemCode


class Refused(Exception):
    """A refusal that the desk gets as ``Problem``. ``code`` decides what it does next, ``text`` is for a log."""

    def __init__(
        self,
        code: ProblemCode,
        text: str,
        *,
        epoch: int | None = None,
        cursor: int | None = None,
        chain: bytes | None = None,
        resume_after: int | None = None,
    ) -> None:
        super().__init__(text)
        self.code = code
        self.problem = Problem(
            code=code.value,
            text=text,
            epoch=epoch,
            cursor=cursor,
            chain=chain.hex() if chain is not None else None,
            resume_after=resume_after,
        )
