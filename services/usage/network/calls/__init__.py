"""The calls: a request goes to its network element, and what came back is an outcome. The one place that does I/O."""
