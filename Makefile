# All logic is in installer/dev.py, which also serves Windows: py installer\dev.py run
PYTHON ?= python3
COMMANDS = run hq test unit bench soak shots forms words lint lock setup

.PHONY: $(COMMANDS)
$(COMMANDS):
	@$(PYTHON) installer/dev.py $@ $(ARGS)
