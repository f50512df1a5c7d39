"""What a map is: records, changes, the document, figures, layout and drawing list. No Qt, no SQL, no files."""
