"""Files of usage: each taken once, in the background, whatever ends in between."""
