"""The HTTP api of a service: problems, lists, commands, and the server that carries them."""
