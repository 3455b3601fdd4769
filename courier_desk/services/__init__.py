"""Floor 4: the use cases. One class for a group, one method a use case, one unit of work each; no Qt, SQL, HTTP."""
