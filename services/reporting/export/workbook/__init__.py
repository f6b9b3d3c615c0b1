"""The parts of an Excel workbook: the package of files, its styles, and cells."""
