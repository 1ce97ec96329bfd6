"""Hours from any spreadsheet: read, matched, shown before they are kept, undone as a whole."""
