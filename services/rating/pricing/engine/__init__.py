"""What all price models share; see the package above for how the parts meet."""
