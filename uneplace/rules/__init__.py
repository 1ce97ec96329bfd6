"""The law and the arithmetic of the clause sociale d'insertion: plain Python, no database, no clock."""
