"""What headquarters does, without HTTP: push, feed, enrolment, numbers, references, proofs."""
