# Short names for the scripts. Nothing here that a script or the Swift package manager does not do.

.DEFAULT_GOAL := help
.PHONY: help setup build run demo test lint format check docker clean

help: ## Lists the targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  %-8s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Installs the Debian packages that are missing
	Scripts/setup --tests

build: setup ## Builds for debugging
	swift build

run: setup ## Serves the registry of this user
	swift run -c release claimboard serve

demo: ## Shows the whole way, from papers to leaderboards
	Scripts/demo

test: setup ## Runs the Swift tests
	swift test --disable-xctest

lint: ## Checks all that needs no build
	Scripts/lint

format: ## Lays out the Swift code
	swift format --in-place --recursive --parallel Sources Tests Package.swift

check: ## Runs every check and test, as continuous integration does
	Scripts/test

docker: ## Builds and starts the service with its PostgreSQL in containers
	docker compose -f Docker/compose.yaml up --build

clean: ## Removes what was built
	rm -rf .build
