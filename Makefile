# Everything is done by scripts/ (standard library only); `make help` is the manual.
.DEFAULT_GOAL := help
.PHONY: run test check train evaluate evaluate-stock lock environments help
SETUP := sh scripts/python3.sh -m scripts.setup

run: ## set up what is missing and start everything in the foreground (Ctrl-C stops it)
	@exec $(SETUP) run

test: ## set up what is missing and run every check and every test
	@exec $(SETUP) test

check: ## formatting, lint, types and layers only
	@exec $(SETUP) check

train: ## train the dialogue model if anything it is made of changed
	@exec $(SETUP) train

environments: ## make .venv and .venv-engine from the lock files
	@exec $(SETUP) environments

evaluate: ## measure how well messages are understood, against the floors (results/intents.html)
	@exec $(SETUP) evaluate

evaluate-stock: ## train stock Rasa on the same examples and compare it with ours (an hour or more)
	@exec $(SETUP) evaluate-stock

lock: ## write requirements/*.lock anew from requirements/*.in (needs uv)
	@exec $(SETUP) lock

help: ## this text
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-15s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)
	@echo "Settings, such as PORT and CONSULTA_HOME: docs/settings.md"
