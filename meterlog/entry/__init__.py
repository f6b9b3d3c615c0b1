"""The one origin: console, documentation and the five APIs behind one address."""
