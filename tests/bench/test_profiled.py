"""Flame graphs: frames by module, widths by share, and what is too narrow left to the folded file."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from xml.etree import ElementTree

from bench.profiled import Sampler, flame_graph

STACKS: Counter[tuple[str, ...]] = Counter(
    {
        ("services/usage/app:run", "shared/engine/worker:_round"): 750,
        ("services/usage/app:run", "aiokafka/client:<genexpr>"): 249,
        ("services/usage/app:run", "aiokafka/client:rare"): 1,
    }
)


def test_a_frame_is_as_wide_as_its_share_and_says_it() -> None:
    graph = ElementTree.fromstring(flame_graph(STACKS, "usage & rating"))
    titles = [title.text for title in graph.iter("{http://www.w3.org/2000/svg}title")]
    assert "shared/engine/worker:_round: 75.0 %" in titles
    assert "aiokafka/client:<genexpr>: 24.9 %" in titles
    assert "services/usage/app:run: 100.0 %" in titles


def test_the_folded_stacks_stand_beside_the_picture(tmp_path: Path) -> None:
    Sampler(STACKS).write(tmp_path / "profiles" / "usage.svg", "usage")
    folded = (tmp_path / "profiles" / "usage.folded").read_text().splitlines()
    assert "services/usage/app:run;aiokafka/client:rare 1" in folded and len(folded) == 3
    assert (tmp_path / "profiles" / "usage.svg").read_text().startswith("<svg ")


def test_nothing_sampled_is_an_empty_picture() -> None:
    assert len(ElementTree.fromstring(flame_graph(Counter(), "idle"))) == 1
