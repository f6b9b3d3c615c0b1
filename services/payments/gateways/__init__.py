"""Where payment gateways go, one file each: who collects money for us and tells us of it. There is none yet."""
