"""A report or a list as a document to read and to print: what it says, its template, and how it is set."""
