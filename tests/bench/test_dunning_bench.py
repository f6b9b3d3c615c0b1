"""The bench of dunning does what it says, on few accounts: it counts on nothing that a change might take away."""

from __future__ import annotations

from bench.dunning import run


def test_every_account_reaches_its_step_and_the_dry_run_finds_the_same_and_what_comes_after() -> None:
    figures = run(200)
    # A step, a restriction and, for the invoice that falls due next, nothing; a letter, a fee and a restriction go out.
    assert (figures["accounts"], figures["events"], figures["commands"]) == (200, 400, 600)
