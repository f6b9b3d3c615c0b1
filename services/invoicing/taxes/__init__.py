"""Tax engines: from lines to tax groups, pure, one file each."""
