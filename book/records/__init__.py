"""How the records in book/data were made."""
