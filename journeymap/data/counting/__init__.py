"""From rows to counts: what is staged, coded and added up by a columnar engine, here or where the rows are."""
