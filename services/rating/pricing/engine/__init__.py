"""What all price models share; and aggregations with them; see the package above for how it is used."""
