"""The HTTP API of a service: problems, lists, commands, and the server that carries them."""
