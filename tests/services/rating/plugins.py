"""A plug-in from a folder of its own, as if its file had been added.

plug_in("services.rating.pricing", "half_price", source)
"""

from __future__ import annotations

from collections.abc import Callable

PlugIn = Callable[[str, str, str], None]
